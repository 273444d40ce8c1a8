// The mean's interval is Student's. Where worlds lie is told by their quantiles; fewer than twenty have none to speak
// of and get a prediction interval.
#include "study/intervals.h"

#include <stdlib.h>

enum { QUANTILE_WORLDS = 20 };

struct spread {
    double mean, deviation;
};

// Of `count` values that lie `step` apart; NAN when one of them is.
static struct spread spread_of(const double *values, uint32_t count, size_t step) {
    struct spread s = {0, 0};
    for (uint32_t i = 0; i < count; i++) s.mean += values[i * step];
    s.mean /= (double)count;
    for (uint32_t i = 0; i < count; i++) {
        double d = values[i * step] - s.mean;
        s.deviation += d * d;
    }
    s.deviation = count > 1 ? sqrt_own(s.deviation / (double)(count - 1)) : NO_VALUE;
    return s;
}

static int value_order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Between the order statistics, linear (Hyndman and Fan 1996, type 7).
static double quantile_of(const double *sorted, uint32_t count, double share) {
    double at = share * (double)(count - 1);
    uint32_t i = (uint32_t)at;
    if (i + 1 >= count) return sorted[count - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

static void worlds_close(struct run_values v, double *scratch, struct interval *out) {
    const double *values = v.first + (size_t)v.runs * v.step;
    struct spread s = spread_of(values, v.worlds, v.step);
    if (isnan(s.mean)) return;
    if (v.worlds < QUANTILE_WORLDS) {
        // Where a further world would lie: Student's prediction interval.
        double n = (double)v.worlds;
        double half = student_95((int)v.worlds) * s.deviation * sqrt_own(1 + 1 / n);
        out->low_inputs = s.mean - half;
        out->high_inputs = s.mean + half;
        return;
    }
    for (uint32_t i = 0; i < v.worlds; i++) scratch[i] = values[(size_t)i * v.step];
    qsort(scratch, v.worlds, sizeof *scratch, value_order);
    out->low_inputs = quantile_of(scratch, v.worlds, 0.025);
    out->high_inputs = quantile_of(scratch, v.worlds, 0.975);
}

struct interval interval_of(struct run_values v, double *scratch) {
    ASSERT(v.runs > 0);
    struct spread s = spread_of(v.first, v.runs, v.step);
    struct interval out = {s.mean, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE};
    if (v.runs > 1) {
        double half = student_95((int)v.runs) * s.deviation / sqrt_own((double)v.runs);
        out.low = s.mean - half;
        out.high = s.mean + half;
    }
    if (v.worlds > 1) worlds_close(v, scratch, &out);
    return out;
}
