// Which uncertain inputs move the ranking of a stress test most (M-13.5): one group of rows at a time is moved to the
// low end of its ranges, to the high end, and each row to a draw of its own; luck and all other inputs stay as they
// are.
#ifndef STUDY_SENSITIVITY_H
#define STUDY_SENSITIVITY_H

#include "read/ranges.h"
#include "study/stress.h"

struct sensitivity_end {
    bool possible;     // the model could be built there
    double moved;      // (1 - Kendall's tau) / 2 of the deficits against those as written: share of pairs that swap
    uint32_t top_kept; // of the first ten as written, so many still are
    double total;      // of all deficits, over that as written, less 1
};

struct sensitivity_input {
    const char *table, *column;
    uint32_t rows; // that have a range
    struct sensitivity_end ends[RANGE_ENDS];
    double moved; // the most of the ends
};

struct sensitivity {
    struct arena arena;
    struct sensitivity_input *inputs; // the largest move first
    uint32_t count;
    uint32_t rows; // of the ranking: single enterprises where there are any, else all that was asked for
    double total;  // of the deficits as written, vehicles
    char trouble[300];
};

// As stress_make and stress_run, with one replication, no worlds and the first of the days alone.
MUST_CHECK enum ap_status sensitivity_run(const struct tables *t, const struct stress_options *o, struct complaints *c,
                                          struct sensitivity *out);
void sensitivity_free(struct sensitivity *s);

#endif
