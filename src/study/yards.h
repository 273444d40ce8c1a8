// Yards: what lies in the enterprises' yards and how late they ship, summed at the end of each day that counts, by
// calendar year. Of the first replication.
#ifndef STUDY_YARDS_H
#define STUDY_YARDS_H

#include "tick/tick.h"

struct yard {
    int64_t parts_fen;             // sum over days: value of bought parts on hand
    int64_t made_fen;              // of made parts and built vehicles
    int64_t link_days, late_days;  // approved links it serves x days; of these, owed for longer than a day
};

struct yards {
    const struct model *m;
    int          first_year;
    uint32_t     years;
    int32_t     *days;             // [years]
    struct yard *rows;             // [years][enterprise]
};

MUST_CHECK enum ap_status yards_make(const struct model *m, struct yards *out);
void yards_free(struct yards *y);
// At the end of that day.
void yards_day(struct yards *y, const struct run *run, day_number day);
const struct yard *yard_of(const struct yards *y, int year, uint32_t enterprise);
int32_t yard_days(const struct yards *y, int year);

#endif
