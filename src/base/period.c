#include "base/period.h"

#include <stdio.h>
#include <string.h>

#include "base/numbers.h"
#include "base/trouble.h"

static const char *const month_names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// A year in four digits, as the compiler can see.
static unsigned four(int year) {
    return (unsigned)year % 10000;
}

struct period period_years(int first, int last) {
    struct period p = {first == last ? PERIOD_YEAR : PERIOD_YEARS, day_from_date(first, 1, 1),
                       day_from_date(last, 12, 31), ""};
    if (first == last) snprintf(p.name, sizeof p.name, "%04u", four(first));
    else snprintf(p.name, sizeof p.name, "%04u-%04u", four(first), four(last));
    return p;
}

struct period period_year(int year) {
    return period_years(year, year);
}

struct period period_months(int year, int first_month, int last_month) {
    ASSERT(first_month >= 1 && last_month <= 12);
    ASSERT(first_month <= last_month);
    if (first_month == 1 && last_month == 12) return period_year(year);
    struct period p = {first_month == last_month ? PERIOD_MONTH : PERIOD_MONTHS,
                       day_from_date(year, first_month, 1),
                       day_from_date(year, last_month, days_in_month(year, last_month)), ""};
    unsigned first = (unsigned)first_month % 100, last = (unsigned)last_month % 100;
    if (first == last) snprintf(p.name, sizeof p.name, "%04u-%02u", four(year), first);
    else snprintf(p.name, sizeof p.name, "%04u-%02u..%04u-%02u", four(year), first, four(year), last);
    return p;
}

struct period period_days(day_number from, day_number until) {
    struct date a = date_from_day(from), b = date_from_day(until);
    bool months = a.day == 1 && b.day == days_in_month(b.year, b.month);
    if (months && a.year == b.year) return period_months(a.year, a.month, b.month);
    if (months && a.month == 1 && b.month == 12) return period_years(a.year, b.year);
    struct period p = {PERIOD_DAYS, from, until, ""};
    date_format(from, p.name);
    p.name[10] = p.name[11] = '.';
    date_format(until, p.name + 12);
    return p;
}

// count digits as a number, moving *at behind them; -1 when there are fewer or more.
static int digits_read(const char **at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    if ((*at)[count] >= '0' && (*at)[count] <= '9') return -1;
    *at += count;
    return value;
}

// YYYY-MM at *at.
static bool month_read(const char **at, int *year, int *month) {
    *year = digits_read(at, 4);
    if (*year < 1900 || *year > 2200 || **at != '-') return false;
    ++*at;
    *month = digits_read(at, 2);
    return *month >= 1 && *month <= 12;
}

static bool days_parse(const char *text, struct period *out) {
    if (strlen(text) != 22 || text[10] != '.' || text[11] != '.') return false;
    char first[11];
    memcpy(first, text, 10);
    first[10] = 0;
    day_number from, until;
    if (!date_parse(first, &from) || !date_parse(text + 12, &until) || from > until) return false;
    *out = period_days(from, until);
    return true;
}

bool period_parse(const char *text, struct period *out) {
    const char *at = text;
    int year = digits_read(&at, 4);
    if (year < 1900 || year > 2200) return false;
    if (!*at) {
        *out = period_year(year);
        return true;
    }
    const char *after = at + (at[0] == '-' ? 1 : 2);
    bool span = at[0] == '-' || (at[0] == '.' && at[1] == '.');
    int last = span ? digits_read(&after, 4) : -1;
    if (last >= year && last <= 2200 && !*after) {
        *out = period_years(year, last);
        return true;
    }
    int month, last_month, last_year;
    at = text;
    if (!month_read(&at, &year, &month)) return false;
    if (!*at) {
        *out = period_months(year, month, month);
        return true;
    }
    if (at[0] != '.' || at[1] != '.') return days_parse(text, out);
    at += 2;
    if (!month_read(&at, &last_year, &last_month) || *at) return false;
    if (last_year * 12 + last_month < year * 12 + month) return false;
    *out = period_days(day_from_date(year, month, 1),
                       day_from_date(last_year, last_month, days_in_month(last_year, last_month)));
    return true;
}

static int month_of_name(const char *text) {
    for (int i = 0; i < 12; i++)
        if (strncmp(text, month_names[i], 3) == 0) return i + 1;
    return 0;
}

static bool quarters_parse(int year, const char *text, struct period *out) {
    int first = 0, last = 0;
    if (text[0] == 'H' && (text[1] == '1' || text[1] == '2') && !text[2]) {
        first = text[1] == '1' ? 1 : 7;
        last = first + 5;
    } else if (text[0] == 'Q' && text[1] >= '1' && text[1] <= '4') {
        first = 3 * (text[1] - '1') + 1;
        last = first + 2;
        if (text[2] == '-' && text[3] == 'Q' && text[4] > text[1] && text[4] <= '4' && !text[5])
            last = 3 * (text[4] - '1') + 3;
        else if (text[2]) return false;
    } else {
        return false;
    }
    *out = period_months(year, first, last);
    return true;
}

bool period_parse_claim(int64_t year, const char *text, struct period *out) {
    if (period_parse(text, out)) return true;
    if (year < 1900 || year > 2200) return false;
    int y = (int)year;
    if (!*text || strcmp(text, "year") == 0) {
        *out = period_year(y);
        return true;
    }
    if (quarters_parse(y, text, out)) return true;
    int first = month_of_name(text);
    if (!first) return false;
    int last = first;
    if (text[3]) {
        last = text[3] == '-' ? month_of_name(text + 4) : 0;
        if (last < first || text[7]) return false;
    }
    *out = period_months(y, first, last);
    return true;
}

struct period period_year_before(struct period p) {
    struct date a = date_from_day(p.from), b = date_from_day(p.until);
    int month_end = days_in_month(b.year, b.month) == b.day;
    int last = days_in_month(b.year - 1, b.month);
    int first = (int)smaller_of(a.day, days_in_month(a.year - 1, a.month));
    return period_days(day_from_date(a.year - 1, a.month, first),
                       day_from_date(b.year - 1, b.month, month_end || b.day > last ? last : b.day));
}

bool period_same(struct period a, struct period b) {
    return a.from == b.from && a.until == b.until;
}

bool period_within(struct period inner, struct period outer) {
    return inner.from >= outer.from && inner.until <= outer.until;
}

int period_month_count(struct period p) {
    struct date a = date_from_day(p.from), b = date_from_day(p.until);
    if (a.day != 1 || b.day != days_in_month(b.year, b.month)) return 0;
    return (b.year - a.year) * 12 + b.month - a.month + 1;
}
