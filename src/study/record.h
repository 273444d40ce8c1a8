// A record: what one run leaves behind for its readers. Cumulative figures by day, whole tallies at the ends of years,
// how far the undisturbed twin (same luck, no shocks) is ahead, and what both delivered to the fleet. Figures begin at
// m->from: warm-up is subtracted.
#ifndef STUDY_RECORD_H
#define STUDY_RECORD_H

#include "fleet/fleet.h"
#include "study/yards.h"
#include "tick/tick.h"

// Sums since m->from, at a day's end.
#define TOTALS(X)                                                                                  \
    X(made, "vehicle", "off the lines")                                                            \
    X(made_nev, "vehicle", "of them, NEVs")                                                        \
    X(made_smart, "vehicle", "of them, with assisted driving from smart_level up")                 \
    X(export_left, "vehicle", "left for a market abroad")                                          \
    X(export_value, "fen", "value of what left for markets abroad")                                \
    X(sold, "vehicle", "handed to buyers")                                                         \
    X(local_nev_sold, "vehicle", "NEVs handed to buyers in the region")                            \
    X(sales_missed, "vehicle", "buyers who left at once or after waiting")                         \
    X(turnover, "fen", "shipped by enterprises of the region")

struct totals {
#define TOTAL_FIELD(name, unit, meaning) int64_t name;
    TOTALS(TOTAL_FIELD)
#undef TOTAL_FIELD
};

// What the undisturbed twin made more, and how many buyers fewer it missed, since the first day.
struct gap {
    int64_t made, sales_missed;
};

struct mark {
    day_number   day;              // the tally is as it stood at the end of this day
    struct tally tally;
};

struct record {
    const struct model *m;
    int32_t        days;           // from..until
    struct totals *totals;         // [days + 1]; [0] is the evening before m->from
    struct gap    *gaps;           // [days + 1]
    struct mark   *marks;          // evening before m->from, each 31 December, the last day
    uint32_t       mark_count;     // 0: the model has no chain
    struct fleet_feed feed;        // to the fleet, by day from m->first_day; NULLs where the scenario has no charging
    struct fleet_feed twin_feed;   // what it would have been without shocks
    struct yards   yards;          // where the options ask for it
    uint64_t       state_hash;     // of the final state
    char           ledger_message[200];
};

struct record_options {
    const struct observer *observer;        // NULL: nobody looks
    // Told now and then how many days were simulated since last time; false stops the run (AP_INTERRUPTED).
    bool (*step)(void *self, int32_t days);
    void *self;
    bool  yards;                            // keep what lies in the yards
};

// Whether there are enterprises: a scenario may have sites alone.
bool chain_there(const struct model *m);
// One run of the model with this luck; without a chain all is zero. AP_LEDGER: ledger_message says which row.
MUST_CHECK enum ap_status record_run(const struct model *m, struct luck l,
                                     const struct record_options *o, struct record *out);
void record_free(struct record *r);

// Sums of the days from..until; both must lie in the record (from >= m->from).
struct totals record_between(const struct record *r, day_number from, day_number until);
// The mark at the end of that day, NULL when there is none.
const struct tally *record_at(const struct record *r, day_number day);

#endif
