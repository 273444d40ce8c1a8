// Hindcast: each dated shock with one set of parameters, with it against without it on common random numbers, beside
// what was published of it (hindcast.csv). Nothing is fitted: what lies outside stays outside (M-14.3).
#ifndef STUDY_HINDCAST_H
#define STUDY_HINDCAST_H

#include "study/daily.h"
#include "study/intervals.h"

enum { HINDCAST_AFTER_DAYS = 180 };    // a shock is watched so long after its last day, for what is rebuilt

struct hindcast_options {
    uint64_t    seed;
    uint32_t    replications, worlds, threads;
    const char *only;                  // the one shock asked for; NULL: every active one
    bool (*step)(void *self, int64_t days_done, int64_t days_all);
    void *self;
};

// One published effect beside the simulated one.
struct hindcast_effect {
    const struct hindcast_row *row;
    struct interval simulated;
    double low, high;                  // published: the row's range, or its value twice
    double own_low, own_high;          // simulated: by luck and inputs where there are worlds, else by luck
    bool   covered;                    // the row's days lie in the scenario
    bool   judged;                     // there is an interval
    bool   inside;                     // both ranges meet
};

struct hindcast_shock {
    const char *shock, *name;
    day_number  from, until;           // its first and last day
    day_number  watched;               // last day of the runs
    bool        outside;               // it lies outside the days of the scenario: nothing was run
    struct interval share;             // of the vehicles that would have been made while it lasted, not made
    struct interval lost;              // vehicles fewer while it lasted
    struct interval net;               // vehicles fewer until the last day watched
    struct hindcast_effect *effects;
    uint32_t    effect_count;
};

struct hindcast {
    struct arena arena;
    const struct tables *tables;
    struct hindcast_options options;
    struct hindcast_shock *shocks;
    uint32_t count;
    uint32_t unused, unused_inside;    // effects that went into nothing, and those of them inside
    char trouble[240];
};

// AP_BAD_INPUT after a complaint: no dated shock of the name, a model that cannot be built.
MUST_CHECK enum ap_status hindcast_run(const struct tables *t, const struct hindcast_options *o, struct complaints *c,
                                       struct hindcast *out);
void hindcast_free(struct hindcast *h);

#endif
