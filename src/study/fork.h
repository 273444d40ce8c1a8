// Forks: a what-if leaves the baseline where its first shock begins, computes only the clusters of rows that can differ
// from it, and takes the rest from the baseline. When no cluster differs any more it is over. Exact, and many times
// cheaper than a rerun (M-7).
#ifndef STUDY_FORK_H
#define STUDY_FORK_H

#include "study/journal.h"

// A finished run that what-ifs fork from; const afterwards, so threads may share it.
struct baseline {
    const struct model *m;
    struct luck luck;
    int32_t   days;                  // of the run
    struct journal journal;          // from the first day on which a what-if may begin
    struct state end;                // after the last day
    uint64_t  hash;                  // of it
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
    int32_t      days_run;           // simulated at least in part
    int64_t      cluster_days;       // clusters computed, added up over the days, repeated days counted again
    struct tally tally;              // of the whole run
    struct day_figures *figures;     // [days]
    uint64_t     last_hash;          // of the state after the last day
    const char  *differs_column;     // not merged: a column that still differs at the end, and its row
    uint32_t     differs_row;
    char         ledger_message[200];
};

// Runs the model and keeps what what-ifs that begin on day `first` or later need.
MUST_CHECK enum ap_status baseline_run(const struct model *m, struct luck l, int32_t first, struct baseline *out);
void baseline_free(struct baseline *b);
// Brings r, a run of the baseline's model, to the end of a day, `first` - 1 or later.
void baseline_replay(const struct baseline *b, int32_t day, struct run *r);

// The days on which the shocks of `shocked` are not those of `m`.
struct span shock_span(const struct model *m, const struct model *shocked);

// Where a thread works on one what-if after the other.
struct desk;
MUST_CHECK enum ap_status desk_make(const struct baseline *b, struct desk **out);
void desk_free(struct desk *d);

// `shocked` is the baseline's model with other shocks active, nothing else: built from the same tables, or a copy with
// its own shocks and targets. `desk` of the same baseline; NULL: one is made for this what-if.
MUST_CHECK enum ap_status whatif_run(const struct baseline *b, const struct model *shocked, struct desk *desk,
                                     struct whatif *out);
void whatif_free(struct whatif *w);

#endif
