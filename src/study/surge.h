// A surge: the NEV orders of one maker are multiplied from a date. Which links run short first, what is built of what
// is wanted, what unlimited supply would have built, and what the firm horizon does (M-14.5).
#ifndef STUDY_SURGE_H
#define STUDY_SURGE_H

#include "study/daily.h"
#include "study/intervals.h"

enum {
    SURGE_LEAD_DAYS = 28,          // days counted before the surge, behind the warm-up
    SURGE_UNLIMITED = 100,         // unlimited supply: makers work at so many times their rate
    SURGE_SETTINGS = 9,            // firm horizons x flexes, at most
    SURGE_SERIES_DAYS = 7          // output is told by weeks
};

struct surge_options {
    uint64_t    seed;
    uint32_t    replications, threads;
    const char *maker;
    day_number  from;
    uint32_t    days;
    double      times;
    bool (*step)(void *self, int64_t days_done, int64_t days_all);
    void *self;
};

// NEVs of the maker over the days of the surge, under one firm horizon and flex.
struct surge_setting {
    int64_t firm_days;
    double  flex_up;
    bool    own;                   // those of the scenario
    struct interval before;        // made without the surge
    struct interval made;          // made with it
    struct interval unlimited;     // made with it if suppliers could make whatever is ordered
    struct interval asked;         // ordered by buyers beyond what they order without it
    struct interval left;          // buyers who left beyond those who leave without it
    double  share;                 // of what was asked for in addition, what was made in addition by the last day
    int32_t first_short;           // days after the surge began until a link ran short because of it; -1: none did
};

// One link that ran short with the surge and not without, in the scenario's own setting.
struct surge_short {
    uint32_t link;                 // row of the model
    int32_t  first_day;            // since the surge began, the earliest of the replications
    uint32_t runs;                 // in how many replications
    int32_t  days;                 // short in all replications together
    int64_t  owed_most;            // units, at the end of a day
};

struct surge {
    struct arena arena;
    const struct tables *tables;
    struct surge_options options;
    struct model  model;           // of the scenario's own setting: for names
    struct surge_setting settings[SURGE_SETTINGS];
    uint32_t      setting_count;
    struct surge_short *shorts;    // in the order in which they ran short
    uint32_t      short_count;
    uint32_t      weeks;
    double       *by_week[3];      // [week] mean NEVs made: before, made, unlimited; of the own setting
    char trouble[240];
};

// AP_BAD_INPUT after a complaint: no such maker, no NEVs of it, a date outside the scenario.
MUST_CHECK enum ap_status surge_run(const struct tables *t, const struct surge_options *o, struct complaints *c,
                                    struct surge *out);
void surge_free(struct surge *s);

#endif
