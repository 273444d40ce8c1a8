// Intervals: many runs' values of one figure closed to a mean and what it is worth. In the order of the runs, so that
// threads change no byte.
#ifndef STUDY_INTERVALS_H
#define STUDY_INTERVALS_H

#include <math.h>

#include "base/base.h"

// A figure that there is not.
#define NO_VALUE ((double)NAN)

struct interval {
    double mean;                       // over the replications
    double low, high;                  // 95 % interval of that mean, by luck
    double low_inputs, high_inputs;    // where 95 % of the worlds lie, by luck and inputs
};

// The values of a figure: `runs` replications, then `worlds`, `step` cells apart.
struct run_values {
    const double *first;
    uint32_t runs, worlds;
    size_t   step;
};

// scratch: [worlds]. A figure that a run does not have has no interval.
struct interval interval_of(struct run_values v, double *scratch);

#endif
