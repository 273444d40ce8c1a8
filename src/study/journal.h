// The journal of a baseline: what a what-if that computes only some clusters has to know about the others (M-7). Of
// each day the cells of every cluster when it began, what the day added to its tallies and figures, the messages
// between clusters, the plans and the targets. Cells are packed: most of them are zero.
#ifndef STUDY_JOURNAL_H
#define STUDY_JOURNAL_H

#include "tick/tick.h"

// Messages of one kind and day, by row; within a row in the order they were sent.
struct mail {
    uint32_t    *first;            // [rows + 1]; NULL: there were none
    struct note *notes;
};

struct page {
    uint32_t *first_state;         // [clusters + 1] into words
    uint32_t *first_tally;         // [clusters + 1] into words; NULL on the last page
    int32_t  *words;
    uint64_t *hashes;              // [cluster] of its cells
    struct day_figures *figures;   // [cluster]
    struct mail mail[NOTE_TARGET]; // the kinds before it
    int32_t  *targets;             // [stock]
    int64_t  *plan_sums;           // [build][PLAN_DAYS + 1]
};

struct journal {
    const struct model *m;
    struct clusters clusters;
    int32_t first, days;           // days of the run that are written down: first to days - 1
    struct page *pages;            // [days - first + 1]: the last one is what stood after the last day
    struct tally opening;          // before the first of them
    uint32_t notes_most[NOTE_TARGET];   // of a kind on a day
    // while it is written
    struct recorder *recorder;
};

// The run has to be before day `first`; its clusters are chosen and its exchange set.
MUST_CHECK enum ap_status journal_begin(struct journal *j, struct run *r, int32_t first);
// Runs one day and writes it down.
MUST_CHECK enum ap_status journal_day(struct journal *j, struct run *r, int32_t day);
// After the last day.
MUST_CHECK enum ap_status journal_end(struct journal *j, struct run *r);
void journal_free(struct journal *j);

static inline const struct page *journal_page(const struct journal *j, int32_t day) {
    ASSERT(day >= j->first && day <= j->days);
    return &j->pages[day - j->first];
}
// The cells of a cluster as they were when the day began, into a whole block.
void journal_state(const struct journal *j, int32_t day, uint32_t cluster, int32_t *block);
bool journal_state_same(const struct journal *j, int32_t day, uint32_t cluster, const int32_t *block, int32_t *work);
// Adds `sign` times what the day added to the tallies of a cluster.
void journal_tally(const struct journal *j, int32_t day, uint32_t cluster, int64_t *block, int sign);
// Hash of a cluster's cells in a block; `work` holds [clusters.state_most].
uint64_t cluster_hash(const struct clusters *c, uint32_t cluster, const int32_t *block, int32_t *work);
// Rows that messages of a kind have, and who sends and gets them.
uint32_t note_rows(const struct model *m, enum note_kind kind);

#endif
