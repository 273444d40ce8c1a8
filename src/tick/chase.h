// Goal chasing in slices (flow.c): whose turn it is among several variants.
#ifndef TICK_CHASE_H
#define TICK_CHASE_H

#include "base/base.h"

// Levelling among several: who is furthest behind its share.
struct chase {
    uint64_t present;              // the variants to choose from, one bit each
    int32_t *there, *taken;        // of each variant: units to choose from, and chosen in the slice
    int64_t *behind;               // less by `weights` for each one chosen since the day began
    const int32_t *weight;
    int64_t  weights, ahead, total;   // ahead: units chosen, the next one counted; total: of there
};

// Those in `among` that are present; UINT32_MAX: none is.
static inline uint32_t chase_best(const struct chase *c, uint64_t among) {
    uint64_t left = c->present & among;
    if (left == 0) return UINT32_MAX;
    uint32_t best = (uint32_t)__builtin_ctzll(left);
    if ((left &= left - 1) == 0) return best;
    int64_t most = c->behind[best] + c->weight[best] * c->ahead;
    for (; left; left &= left - 1) {
        uint32_t v = (uint32_t)__builtin_ctzll(left);
        int64_t score = c->behind[v] + c->weight[v] * c->ahead;
        best = score > most ? v : best;
        most = score > most ? score : most;
    }
    return best;
}

static inline void chase_take(struct chase *c, uint32_t v) {
    c->present &= ~((uint64_t)(--c->there[v] == 0) << v);
    c->taken[v]++;
    c->behind[v] -= c->weights;
    c->ahead++;
    c->total--;
}

static inline void chase_add(struct chase *c, uint32_t v, int32_t units) {
    c->present |= (uint64_t)(units > 0) << v;
    c->there[v] += units;
    c->total += units;
}

#endif
