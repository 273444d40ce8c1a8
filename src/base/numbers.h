// Elementary functions of our own, and integer helpers: the same bits on any machine (no libm, no contraction).
#ifndef BASE_NUMBERS_H
#define BASE_NUMBERS_H

#include <stdint.h>

double exp_own(double x);        // relative error below 1e-15 for |x| < 700
double log_own(double x);        // x > 0, relative error below 1e-15
// Logarithms of normal numbers in place, the same bits as log_own, side by side where the machine can.
void logs_own(double *x, uint32_t count);
double sqrt_own(double x);       // correctly rounded (IEEE sqrt instruction)
double power_own(double x, double y);   // x > 0
// Quantile of the standard normal distribution (Wichura 1988, AS 241, about 1e-16).
double normal_quantile(double u);
// Two-sided 95 % Student quantile for n - 1 degrees of freedom, n >= 2.
double student_95(int n);

static inline int64_t smaller_of(int64_t a, int64_t b) {
    return a < b ? a : b;
}
static inline int64_t larger_of(int64_t a, int64_t b) {
    return a > b ? a : b;
}
// a / b rounded down, b > 0.
static inline int64_t floor_div(int64_t a, int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}
// a / b rounded up, b > 0.
static inline int64_t ceil_div(int64_t a, int64_t b) {
    return -floor_div(-a, b);
}
// The units that a rate of `micro_per_tick` (1e-6 units a tick) gives in tick t: floor(c(t+1)) - floor(ct).
// A function of the date alone: nothing is carried over (M-3).
static inline int64_t rate_units(int64_t micro_per_tick, int64_t t) {
    int64_t rest = micro_per_tick % 1000000;   // whole units are the same in every tick: the products stay small
    return micro_per_tick / 1000000 + (rest * (t + 1)) / 1000000 - (rest * t) / 1000000;
}

#endif
