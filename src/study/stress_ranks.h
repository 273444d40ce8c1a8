// What a stress test says to people: subjects instead of rows, each with its figures, their intervals and its rank.
// A subject is a named enterprise, a role (M-13.4: all invented enterprises of a family, district and kind of source),
// a district, a lane, a family or a common cause.
#ifndef STUDY_STRESS_RANKS_H
#define STUDY_STRESS_RANKS_H

#include "study/intervals.h"
#include "study/stress.h"

enum subject_nature { SUBJECT_PLANT, SUBJECT_SUPPLIER, SUBJECT_ROLE, SUBJECT_OTHER };

struct stress_subject {
    uint8_t kind; // enum standstill_kind: ranks are within a kind
    uint8_t nature;
    uint32_t row; // of stress->rows; a role: its first member
    const char *id, *name, *name_zh;
    uint32_t family, district; // rows of products and districts, 0: none. Of enterprises and roles
    bool plant, dual;
};

// A subject for one time out: a line of the ranking.
struct stress_line {
    uint32_t subject;
    uint32_t mode;                                // index into options.days
    bool event;                                   // its steps are its own
    uint32_t members;                             // rows averaged, in the first run
    struct interval figures[STRESS_FIGURE_COUNT]; // over runs; NO_VALUE for days that never came
    double lowest, highest;                       // deficit, over the starts, in the first run
    double unsettled;                             // share of its what-ifs that were not settled within the horizon
    uint32_t rank;              // by the replications' mean; 1: the largest deficit of its kind and time
    double rank_low, rank_high; // 95 % of the worlds lie there (of the replications without worlds); NO_VALUE: one run
    uint32_t ranked, top_ten;   // worlds (or replications) in which it was ranked; in which it was among the first ten
};

// What is true of all rows of a kind and time.
struct stress_shape {
    double spend_rank; // Spearman: what buyers spend at a supplier against its deficit; NO_VALUE: another kind
    uint32_t spend_rows, spend_top, spend_top_both; // suppliers; of the first so many by spend, those first by deficit
    uint32_t rows, without_effect; // what-ifs of the first run: those that held back no output, no export and no buyer
};

struct stress_ranks {
    struct arena arena;
    const struct stress *stress;
    struct stress_subject *subjects;
    uint32_t subject_count;
    struct stress_line *lines; // by kind, time and rank
    uint32_t line_count;
    struct stress_shape shapes[STANDSTILL_KINDS][STRESS_DAYS_MOST];
    bool by_worlds; // ranks spread over worlds, not over luck alone
};

MUST_CHECK enum ap_status stress_ranks_make(const struct stress *s, struct stress_ranks *out);
void stress_ranks_free(struct stress_ranks *r);

#endif
