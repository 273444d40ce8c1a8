// Do two measures order the same rows alike?
#ifndef STUDY_AGREEMENT_H
#define STUDY_AGREEMENT_H

#include "base/base.h"

struct disagreement {
    uint32_t row;                 // index into the values
    double   rank_a, rank_b;      // 1: the largest; equal values share the mean of their ranks
};

struct agreement {
    uint32_t rows;
    double   kendall;             // tau-b; NO_VALUE where one measure is the same for all
    double   spearman;            // of the mean ranks; NO_VALUE alike
    uint32_t top, top_both;       // of the `top` first rows of each, how many are in both; equal values by row
    uint32_t zero_a, zero_b;      // rows without any effect
};

// a, b: [count]; larger means worse. `worst` gets the `worst_count` rows whose ranks differ most, the largest first.
MUST_CHECK enum ap_status agreement_measure(const double *a, const double *b, uint32_t count, uint32_t top,
                                            struct agreement *out);
MUST_CHECK enum ap_status agreement_worst(const double *a, const double *b, uint32_t count, uint32_t worst_count,
                                          struct disagreement *worst);

#endif
