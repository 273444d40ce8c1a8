// Blind forecasts: a year simulated from what was known at the end of the year before, scored against what was then
// reported and against naive guesses. Three stated rules say what buyers will want; none is chosen by its score
// (M-14.4).
#ifndef STUDY_FORECAST_H
#define STUDY_FORECAST_H

#include "study/indicators.h"

// R(rule, what it says about each platform and channel)
#define DEMAND_RULES(R)                                                                                                \
    R(level, "as many as in the year before")                                                                          \
    R(growth, "the growth of petrol cars or NEVs in the channel in the year before, once more")                        \
    R(rate, "the last three months' rate, seasonally adjusted, kept for a year")

enum demand_rule {
#define DEMAND_RULE_ID(rule, meaning) DEMAND_##rule,
    DEMAND_RULES(DEMAND_RULE_ID)
#undef DEMAND_RULE_ID
    DEMAND_RULE_COUNT
};
const char *demand_rule_name(enum demand_rule rule);
const char *demand_rule_meaning(enum demand_rule rule);

struct forecast_options {
    uint64_t seed;
    uint32_t replications, worlds, threads;
    bool (*step)(void *self, int64_t days_done, int64_t days_all);
    void *self;
};

// One figure reported for the year.
struct forecast_figure {
    enum indicator_id indicator;
    struct period period;
    double reported;
    const char *source;
    double naive_level;                    // last year's figure; NO_VALUE: none
    double naive_growth;                   // the same times the growth of the year before
    bool   naive_spread;                   // last year's months were not reported: its total by the season
    struct interval simulated[DEMAND_RULE_COUNT];   // means are NO_VALUE where the rule could not be applied
    bool   inside[DEMAND_RULE_COUNT];      // reported lies within the interval (worlds, else luck)
};

struct forecast_year {
    int      year;
    bool     possible[DEMAND_RULE_COUNT];  // growth needs two years before
    uint32_t shocks_left_out;              // steps that began later than was known
    int64_t  wanted[DEMAND_RULE_COUNT];    // vehicles, all channels
    int64_t  wanted_nevs[DEMAND_RULE_COUNT];
    struct forecast_figure *figures;
    uint32_t count;
};

struct forecasts {
    struct arena arena;
    const struct tables *tables;
    struct forecast_options options;
    struct forecast_year *years;
    uint32_t count;
    char trouble[240];
};

// Mean over figures of |forecast / reported - 1|; NO_VALUE when there is none.
double forecast_error(const struct forecast_year *y, enum demand_rule rule);
enum naive { NAIVE_LEVEL, NAIVE_GROWTH };
double naive_error(const struct forecast_year *y, enum naive naive);

// The bulletin's year and those after it for which something was reported. AP_BAD_INPUT after a complaint: none.
MUST_CHECK enum ap_status forecasts_run(const struct tables *t, const struct forecast_options *o, struct complaints *c,
                                        struct forecasts *out);
void forecasts_free(struct forecasts *f);

// forecast_tables.c: tables as they stood at the end of the year before, and wanted vehicles by a rule. Rows are of the
// arena; false in *possible when the rule has no years to go by.
struct forecast_wish {
    int year;
    enum demand_rule rule;
    day_number until;                      // last day to run
};
MUST_CHECK enum ap_status forecast_tables_make(const struct tables *t, struct forecast_wish wish, struct arena *a,
                                               struct tables *out, bool *possible);
// Share of each month [1..12] in a year's wanted vehicles, the mean over the years before `year`; false: no such year.
bool season_before(const struct tables *t, int year, double share[13]);

#endif
