// Inside the study room: one run watched stage by stage, so that what was short in an hour is seen in that hour. The
// tick tells nobody why it made less; a watch looks at what is on hand right after the stage that wanted it.
#ifndef STUDY_EXPLAIN_WATCH_H
#define STUDY_EXPLAIN_WATCH_H

#include "tick/tick.h"

struct watch {
    struct run run;
    uint32_t make, build, ship;    // numbers of these stages
    uint32_t needs;                // rows of the model's needs
    // of the day at hand
    int32_t *need_ticks;           // [needs] ticks in which there was too little of it for one unit more
    int32_t *link_ticks;           // [link] ticks after whose shipping it owed
    int32_t *link_sent;            // [link] units shipped
    int32_t *started;              // [stock] units started by its maker, the good ones
    // before a stage
    int32_t *owed;                 // [link]
    int32_t *under_way;            // [stock]
    int64_t *open_ms;              // [line] of its last shop
};

// How many rows of needs the model has: of builds and of made stocks.
uint32_t needs_count(const struct model *m);
// The last shop of a line, where vehicles leave it.
static inline uint32_t line_last_shop(const struct model *m, uint32_t line) {
    return m->lines[line].first_shop + m->lines[line].shops - 1;
}

// The arrays live in the arena; the run is to be freed by watch_free in any case.
MUST_CHECK enum ap_status watch_make(const struct model *m, struct luck l, struct arena *a, struct watch *out);
void watch_free(struct watch *w);
// One day, watched.
MUST_CHECK enum ap_status watch_day(struct watch *w, int32_t day);

#endif
