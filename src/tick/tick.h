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

// Series by day, part of a record: vehicles off the lines and out of the region, and what dealers and buyers have
// ordered and the yards have not yet handed over, at the end of the day.
struct day_figures {
    int32_t made, made_nev, export_left, waiting;
};

// What passes between clusters. Told by who is computed; in a what-if, told by the baseline for who is not.
enum note_kind {
    NOTE_ORDER,          // row: the link by which the buyer orders
    NOTE_TAKEN_BACK,     // the link; what it owes is ordered elsewhere
    NOTE_SHIPMENT,       // the link by which the supplier ships
    NOTE_TO_LANE,        // the way whose lane is handed vehicles
    NOTE_DEPARTURE,      // the way on which they depart
    NOTE_TARGET,         // the stock whose target is no longer the baseline's: the plans of others changed
    NOTE_KINDS
};
struct note {
    uint32_t row;
    uint8_t  kind, tick, ahead;    // tick of the day; ahead: a departure arrives on that day from today
    int32_t  count;
};

// Messages out and in. `script` holds what comes from rows that are not computed, by kind and tick.
struct exchange {
    void (*tell)(void *self, const struct note *n);
    void *self;
    const struct note *script[NOTE_KINDS];
    uint32_t script_count[NOTE_KINDS], script_next[NOTE_KINDS];
    const int32_t *targets;                // [stock] today's in the baseline; NULL: nobody compares
    const int64_t *plan_sums;              // [build][PLAN_DAYS + 1] today's in the baseline
};

struct scratch;          // emptied each tick; rebuilt from the state by scratch_reset

struct run {             // one run in progress
    const struct model *m;
    struct state   state;
    struct tally   tally;
    struct luck    luck;
    struct scratch *scratch;
    const struct observer *observer;       // NULL: nobody looks
    struct exchange *exchange;             // NULL: nobody listens
    bool partial;                          // not every cluster is computed
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
// From now on only the clusters that are on are computed (NULL: everything). Their cells of the state have to be in
// place; the others hold anything. Where not all are on, the ledgers, which hold for the whole, are left to the caller.
void run_choose(struct run *r, const struct clusters *c, const bool *on);
// Stages of a tick, for profiles.
uint32_t stage_count(void);
const char *stage_name(uint32_t stage);
// To be called when r->state was written from elsewhere (fork, snapshot).
void run_resume(struct run *r);
// Of the day that was run: targets of all stocks, and sums of the plans by build, [PLAN_DAYS + 1] each.
const int32_t *run_targets(const struct run *r);
const int64_t *run_plan_sums(const struct run *r);
// And its figures by cluster, where clusters were chosen.
const struct day_figures *run_figures(const struct run *r, uint32_t cluster);

#endif
