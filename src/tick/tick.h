// The tick room: what happens in a tick, one file per stage. The order of the stages is the model (stages.c).
#ifndef TICK_TICK_H
#define TICK_TICK_H

#include "state/state.h"

// What happens to vehicles, for an observer (the trace). Times are seconds since the first day began.
enum event_kind { VEHICLE_STARTED, VEHICLE_FINISHED, VEHICLE_TO_LANE, VEHICLE_LEFT, VEHICLE_ARRIVES };
struct event {
    enum event_kind kind;
    uint32_t build;      // started, finished: row of builds
    uint32_t stock;      // to lane: the yard
    uint32_t way;        // to lane, left, arrives: row of ways
    int32_t  count;      // how many vehicles of the cohort
    int64_t  second;     // when; VEHICLE_ARRIVES is told with LEFT and lies in the future
};
struct observer {
    void (*see)(void *self, const struct event *e);
    void *self;
};

// Series by day, part of a record: vehicles off the lines.
struct day_figures {
    int32_t made, made_nev, export_left;
};

struct scratch;          // emptied each tick; rebuilt from the state by scratch_reset

struct run {             // one run in progress
    const struct model *m;
    struct state   state;
    struct tally   tally;
    struct luck    luck;
    struct scratch *scratch;
    const struct observer *observer;       // NULL: nobody looks
    bool no_shocks;                        // the undisturbed twin
    struct day_figures *days;              // [m->days]
    struct ledger_report ledger;
    // A profiler's clock, called before each stage and after the last; NULL: nobody measures.
    void (*clock)(void *self, uint32_t stage);
    void *clock_self;
};

MUST_CHECK enum ap_status run_make(const struct model *m, struct luck l, struct run *out);
void run_free(struct run *r);
// One whole day (all its ticks), then the ledgers. Day 0 is m->first_day.
MUST_CHECK enum ap_status run_day(struct run *r, int32_t day);
// Stages of a tick, for profiles.
uint32_t stage_count(void);
const char *stage_name(uint32_t stage);
// To be called when r->state was written from elsewhere (fork, snapshot).
void run_resume(struct run *r);

#endif
