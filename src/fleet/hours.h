// Time by hour of many intervals, without walking through their hours: each end adds what is left of its own hour, and
// a whole hour to all behind it.
#ifndef FLEET_HOURS_H
#define FLEET_HOURS_H

#include <string.h>

#include "fleet/town_state.h"

enum { HOURS_KEPT = 96 };          // from a midnight on

struct hours_edge {
    int64_t part, whole;
};
struct hours {
    int64_t open;                  // intervals that reach over the first midnight
    struct hours_edge edge[HOURS_KEPT + 1];
};

static inline void hours_end(struct hours *x, int64_t us, int64_t sign) {
    int64_t hour = us / HOUR_US;
    x->edge[hour].part += sign * ((hour + 1) * HOUR_US - us);
    x->edge[hour].whole += sign;
}

// Moments since the first midnight: 0 .. HOURS_KEPT hours.
static inline void hours_put(struct hours *x, int64_t from_us, int64_t until_us) {
    hours_end(x, from_us, 1);
    hours_end(x, until_us, -1);
}

// Time within hours 0 .. count - 1, which are over: hour `count` becomes the first.
static inline void hours_take(struct hours *x, int count, int64_t *us) {
    for (int i = 0; i < count; i++) {
        us[i] = x->edge[i].part + x->open * HOUR_US;
        x->open += x->edge[i].whole;
    }
    memmove(x->edge, x->edge + count, (size_t)(HOURS_KEPT + 1 - count) * sizeof *x->edge);
    memset(x->edge + HOURS_KEPT + 1 - count, 0, (size_t)count * sizeof *x->edge);
}

#endif
