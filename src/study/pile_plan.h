// Where the next public piles do most (M-12.17): a run that is watched, the choice, and runs with what was chosen and
// with as many in proportion, all with the same luck.
#ifndef STUDY_PILE_PLAN_H
#define STUDY_PILE_PLAN_H

#include "study/pile_queue.h"

struct pile_plan_options {
    uint32_t add;                  // piles
    uint32_t threads;
    uint32_t replications;         // 1 or more: all figures are sums over them
    enum pile_goal goal;
    uint32_t district;             // row of districts.csv; 0: the whole region
};

// What a run says of the public stations in question, and of the requests of those who live there.
struct pile_outcome {
    int64_t tries, wait_us, left, sessions;
    int64_t ended, given_up;
    int64_t overload_hours;        // of all feeders
};

struct pile_plan {
    struct arena  arena;
    const struct tables *tables;
    struct pile_plan_options options;
    struct model  model;
    struct pile_candidate *rows;   // [count]: the larger gain first
    uint32_t count;
    uint32_t by_events;            // public stations that cannot be judged: shared power or priorities
    uint32_t full;                 // candidates whose feeder had no room for one more pile
    uint32_t placed, spread;       // piles given by gain, and in proportion
    struct queue_total before, after;   // predicted, of the candidates
    struct pile_outcome baseline, proposal, proportional;
    char trouble[240];             // AP_LEDGER: which account
};

// AP_BAD_INPUT: complaints say why. The tables must outlive the plan.
MUST_CHECK enum ap_status pile_plan_make(const struct tables *t, const struct pile_plan_options *o,
                                         struct complaints *c, struct pile_plan *out);
void pile_plan_free(struct pile_plan *p);

#endif
