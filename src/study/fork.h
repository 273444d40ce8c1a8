// Forks: a what-if leaves the baseline where its first shock begins and runs until its state is equal to the
// baseline's again, to the byte; the rest is taken from the baseline. Exact, and many times cheaper than a rerun (M-7).
#ifndef STUDY_FORK_H
#define STUDY_FORK_H

#include "tick/tick.h"

enum { SNAPSHOT_DAYS = 7 };   // a replay costs at most six days; a snapshot a day would cost seven times the memory

// State and tallies as they stood before a day began.
struct snapshot {
    int32_t  tick;
    int32_t *state;
    int64_t *tally;
};

// A finished run that what-ifs fork from; const afterwards, so threads may share it.
struct baseline {
    const struct model *m;
    struct luck luck;
    int32_t   days;                  // of the run
    uint64_t *hash;                  // [days] of the state after that day
    struct snapshot *snapshots;      // before day 0, 7, 14, ...
    uint32_t  snapshot_count;
    struct tally tally;              // of the whole run
    struct day_figures *figures;     // [days]
    char ledger_message[200];        // why a run was refused with AP_LEDGER
};

// Days on which two models of the same tables differ, counted from the first day of the run; last < first: none.
struct span {
    int32_t first, last;
};

struct whatif {
    struct span  span;
    int32_t      merged_day;         // after this day its state is the baseline's; -1: not within the run
    int32_t      days_run;           // simulated, the replay before the fork included
    struct tally tally;              // of the whole run
    struct day_figures *figures;     // [days]
    uint64_t     last_hash;          // of the state after the last day
    const char  *differs_column;     // not merged: a column that still differs at the end, and its row
    uint32_t     differs_row;
    char         ledger_message[200];
};

MUST_CHECK enum ap_status baseline_run(const struct model *m, struct luck l, struct baseline *out);
void baseline_free(struct baseline *b);
// Brings r, a run of the baseline's model, to the end of a day (-1: before the first).
MUST_CHECK enum ap_status baseline_replay(const struct baseline *b, int32_t day, struct run *r);

// The days on which the shocks of `shocked` are not those of `m`.
struct span shock_span(const struct model *m, const struct model *shocked);
// `shocked` is built from the tables of the baseline's model with other shocks active, nothing else.
MUST_CHECK enum ap_status whatif_run(const struct baseline *b, const struct model *shocked, struct whatif *out);
void whatif_free(struct whatif *w);

#endif
