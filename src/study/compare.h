// Compare: two scenarios on common random numbers. Run i of both has the same luck, world w the same draws of every
// input that both have; so their difference is far better known than either (M-14.2).
#ifndef STUDY_COMPARE_H
#define STUDY_COMPARE_H

#include "study/replicate.h"

// What became of an indicator in a period, second less first.
struct difference {
    enum indicator_id indicator;
    struct period period;
    struct interval first, second;
    struct interval less;              // of the differences, pair by pair
    uint32_t pairs;                    // replications in which both have the figure
    double   variance_ratio;           // var(difference) / (var(first) + var(second)); NO_VALUE: nothing varies
    bool     judged;                   // a level, which half-widths are wanted of
    bool     moved;                    // the interval by luck does not hold zero
    bool     moved_inputs;             // nor does that by luck and inputs
};

struct comparison {
    const struct tables *was, *is;
    struct study first, second;
    struct arena arena;
    struct difference *rows;
    uint32_t count, room;
    struct precision precision;        // of the differences of levels, over the first's level; widest: a row
    char trouble[300];
    struct study_options options;      // as given; the studies tell this comparison
    const struct study *running;
};

// Builds both models; complaints to c. Seed, replications, worlds and precision are those of `o` for both.
MUST_CHECK enum ap_status comparison_make(const struct tables *was, const struct tables *is,
                                          const struct study_options *o, struct complaints *c, struct comparison *out);
// Every run of both, then the differences.
MUST_CHECK enum ap_status comparison_run(struct comparison *c);
void comparison_free(struct comparison *c);

#endif
