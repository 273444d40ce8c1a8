// Dates are day numbers of the proleptic Gregorian calendar; day 0 is 1970-01-01.
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_number;

struct date {
    int year, month, day;
};

day_number day_from_date(int year, int month, int day);
struct date date_from_day(day_number day);
// 0 = Monday ... 6 = Sunday.
int weekday_of(day_number day);
int days_in_month(int year, int month);
// True and *out set for YYYY-MM-DD (also YYYY/M/D) that exists, years 1900-2200.
bool date_parse(const char *text, day_number *out);
// True and *out set for YYYY-MM-DDTHH:MM or YYYY-MM-DD HH:MM, seconds :SS or not: seconds since 1970-01-01, no zone.
bool moment_parse(const char *text, int64_t *out);
// Writes YYYY-MM-DD and a NUL: 11 bytes.
void date_format(day_number day, char out[11]);

#endif
