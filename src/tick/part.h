// What is computed: everything, or the rows of some clusters (M-7). Loops over rows go over these lists.
#ifndef TICK_PART_H
#define TICK_PART_H

#include "tick/tick.h"

// Rows that are computed, in ascending order.
struct rows {
    uint32_t *row;
    uint32_t  count;
};

// A part of a list of rows; `now` of them are computed and stand first in that part of the list's second array.
struct group {
    uint32_t first, count, now;
};

struct part {
    const struct clusters *clusters;     // NULL: everything
    const bool *on;                      // [cluster]
    struct rows makers, lines, links, stocks, builds, offers, markets, lanes, demands, yards;
    struct cells *ring_spans;            // columns of the rings
    struct group  rings[RINGS];          // of ring_spans: `now` of them
    struct day_figures *figures;         // [cluster, or only 0] of today
    const int64_t **plan_rows;           // [build] sums of its plan: the run's own, or what the baseline planned
};

static inline bool enterprise_on(const struct part *p, uint32_t enterprise) {
    return !p->on || p->on[p->clusters->of_enterprise[enterprise]];
}

#endif
