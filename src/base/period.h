// Periods: whole months of the calendar (or plain days), with the name they are printed under.
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/dates.h"

enum period_kind {
    PERIOD_YEAR,       // 2023
    PERIOD_MONTH,      // 2023-08
    PERIOD_MONTHS,     // 2023-01..2023-08
    PERIOD_YEARS,      // 2018-2022
    PERIOD_DAYS        // 2022-08-15..2022-08-28
};

struct period {
    enum period_kind kind;
    day_number from, until;
    char name[24];
};

struct period period_year(int year);
struct period period_years(int first, int last);
struct period period_months(int year, int first_month, int last_month);
struct period period_days(day_number from, day_number until);   // a year or month when it is one

// Reads a period as reported.csv writes it: 2023, 2023-08, 2023-01..2023-08, 2018-2022.
bool period_parse(const char *text, struct period *out);
// Reads it as claims.csv writes it: year, Jan, Jan-Aug, Q1, Q1-Q3, H1, 2018-2022; or as reported.csv does.
bool period_parse_claim(int64_t year, const char *text, struct period *out);

// The same months of the year before.
struct period period_year_before(struct period p);
bool period_same(struct period a, struct period b);
bool period_within(struct period inner, struct period outer);
// Months it has; 0 when it is not made of whole months.
int period_month_count(struct period p);

#endif
