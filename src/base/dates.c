// Days are counted with years that begin in March: the leap day is then the last of its year, and the months before it
// have lengths that one linear formula gives (Hinnant 2013, days_from_civil).
#include "base/dates.h"

#include <stddef.h>

#include "base/numbers.h"
#include "base/trouble.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };   // 400 years; 0000-03-01 to 1970-01-01

day_number day_from_date(int year, int month, int day) {
    ASSERT(month >= 1 && month <= 12);
    int shifted = month <= 2 ? year - 1 : year;
    int era = (int)floor_div(shifted, 400);
    int year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

struct date date_from_day(day_number day) {
    int shifted = day + DAYS_TO_1970;
    int era = (int)floor_div(shifted, DAYS_PER_ERA);
    int day_of_era = shifted - era * DAYS_PER_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    struct date date = {
        .year = year_of_era + era * 400 + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
    return date;
}

int weekday_of(day_number day) {
    // 1970-01-01 was a Thursday: 3.
    return (int)(((day + 3) % 7 + 7) % 7);
}

int days_in_month(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    ASSERT(month >= 1 && month <= 12);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

// Reads 1 to `most` digits; -1 when there are fewer than `least` or more than `most`.
static int digits_read(const char **text, int least, int most) {
    int value = 0, count = 0;
    while (**text >= '0' && **text <= '9' && count <= most) {
        value = value * 10 + (**text - '0');
        count++;
        (*text)++;
    }
    return count >= least && count <= most ? value : -1;
}

bool date_parse(const char *text, day_number *out) {
    ASSERT(text != NULL && out != NULL);
    int year = digits_read(&text, 4, 4);
    char mark = *text;
    if (year < 1900 || year > 2200 || (mark != '-' && mark != '/')) return false;
    text++;
    int least = mark == '-' ? 2 : 1;   // 2023-8-1 is refused: it is nobody's standard and hides typing errors
    int month = digits_read(&text, least, 2);
    if (month < 1 || month > 12 || *text != mark) return false;
    text++;
    int day = digits_read(&text, least, 2);
    if (day < 1 || day > days_in_month(year, month) || *text != '\0') return false;
    *out = day_from_date(year, month, day);
    return true;
}

bool moment_parse(const char *text, int64_t *out) {
    ASSERT(text != NULL && out != NULL);
    char date[11] = "";
    day_number day = 0;
    for (int i = 0; i < 10 && text[i]; i++) date[i] = text[i];
    if (!date_parse(date, &day) || date[9] == '\0' || (text[10] != 'T' && text[10] != ' ')) return false;
    int clock[3] = { 0, 0, 0 };
    const char *at = text + 11;
    for (int i = 0; i < 3; i++) {
        clock[i] = digits_read(&at, 2, 2);
        if (clock[i] < 0 || clock[i] > (i ? 59 : 23)) return false;
        if (i && *at == '\0') break;
        if (i == 2 || *at != ':') return false;
        at++;
    }
    *out = (int64_t)day * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2];
    return true;
}

static void digits_write(char *out, int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format(day_number day, char out[11]) {
    struct date date = date_from_day(day);
    ASSERT(date.year >= 0 && date.year <= 9999);
    digits_write(out, date.year, 4);
    out[4] = '-';
    digits_write(out + 5, date.month, 2);
    out[7] = '-';
    digits_write(out + 8, date.day, 2);
    out[10] = '\0';
}
