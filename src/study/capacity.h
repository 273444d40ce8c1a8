// What the chain can make in the bulletin's year: simulated with unlimited orders, beside the bound of a linear program
// and what stands in the way of more (M-32).
#ifndef STUDY_CAPACITY_H
#define STUDY_CAPACITY_H

#include "study/programs.h"

struct capacity_line {
    uint32_t line;
    double   most;                 // its slowest shop in all its normal hours, without failures
    int64_t  alone, with_chain;    // simulated: parts always there; with the real chain
};

struct capacity {
    struct arena  arena;
    struct model  model;           // of the saturated chain
    struct tables tables;          // a shallow copy, of that year
    int      year;
    int64_t  alone, with_chain;    // simulated
    // Bounds, with the vehicles begun before: of the lines; of the linear program with whatever mix makes most; and
    // where no yard gets a larger share of its plant's lines than it had in the simulated year.
    double   most_alone, most, most_as_mixed;
    int64_t  begun_alone, begun;   // in the works as the year begins
    struct capacity_line  *lines;
    uint32_t               line_count;
    struct capacity_limit *limits; // what binds in the linear program with that mix
    uint32_t               limit_count;
    char     trouble[240];
};

// AP_BAD_USE: the scenario has no lines. Two runs of a year and one linear program, with the luck of replication 0.
MUST_CHECK enum ap_status capacity_find(const struct tables *t, struct complaints *c, struct capacity *out);
void capacity_free(struct capacity *c);

#endif
