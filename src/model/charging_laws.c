// Laws of a day's use as quantiles (M-12.9): the fleet draws one of QUANTILES equal parts of the law, so that a draw
// costs a look into a table and the mean is exact.
#include "model/charging_builder.h"

// Logarithm of the gamma function, a > 0: Stirling's series from 12 on, down by recurrence. Error below 1e-13.
static double log_gamma(double a) {
    double product = 1;
    while (a < 12) product *= a, a += 1;
    double r = 1 / (a * a);
    double tail = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / a;
    return (a - 0.5) * log_own(a) - a + 0.91893853320467274178 + tail - log_own(product);
}

// Gamma law with mean `a` and scale 1.
struct gamma {
    double a, log_gamma;
};

static double gamma_density(const struct gamma *g, double x) {
    return exp_own((g->a - 1) * log_own(x) - x - g->log_gamma);
}

// Share below x: the series below a + 1, the continued fraction above it (Lentz).
static double gamma_below(const struct gamma *g, double x) {
    double front = exp_own(g->a * log_own(x) - x - g->log_gamma);
    if (x < g->a + 1) {
        double term = 1 / g->a, sum = term;
        double n = g->a + 1;
        while (term > sum * 1e-15) term *= x / n++, sum += term;
        return front * sum;
    }
    double b = x + 1 - g->a, c = 1e300, d = 1 / b, h = d;
    for (int i = 1; i < 1000; i++) {
        double n = -i * (i - g->a);
        b += 2;
        d = 1 / (n * d + b);
        c = b + n / c;
        h *= c * d;
        if (c * d - 1 < 1e-15 && c * d - 1 > -1e-15) break;
    }
    return 1 - front * h;
}

// Newton's method, held between bounds that close in; `from` is a smaller quantile.
static double gamma_quantile(const struct gamma *g, double q, double from) {
    double low = from, high = 1e300;
    double x = exp_own((log_own(q) + g->log_gamma + log_own(g->a)) / g->a);   // right where q is small
    if (x < 1e-290 && low < 1e-290) return 0;
    if (x <= low) x = low * 1.01;
    for (int i = 0; i < 200; i++) {
        double off = gamma_below(g, x) - q, step = off / gamma_density(g, x), next = x - step;
        if (step <= x * 1e-13 && -step <= x * 1e-13) break;
        if (off > 0) high = x;
        else low = x;
        if (high == 1e300 && !(next < x * 2)) next = x * 2;
        if (!(next > low && next < high)) next = (low + high) / 2;
        x = next;
    }
    return x;
}

// Wilson and Hilferty (1931): a cube of a normal. For small spreads, where the exact series would be long.
static double gamma_narrow(double cv, double z) {
    double v = cv * cv / 9, root = 1 - v + z * cv / 3;
    return root * root * root;
}

enum { DAY_CONSTANT, DAY_EXPONENTIAL, DAY_GAMMA, DAY_UNIFORM };

static void quantiles_fill(const struct ev_class_row *row, double *x) {
    double cv = row->day_spread;
    struct gamma g = { .a = 1 };
    bool wide = row->day_law == DAY_GAMMA && cv >= 0.05;
    if (wide) g.a = 1 / (cv * cv), g.log_gamma = log_gamma(g.a);
    for (int i = 0; i < QUANTILES; i++) {
        double q = (i + 0.5) / QUANTILES;
        switch (row->day_law) {
        case DAY_EXPONENTIAL: x[i] = -log_own(1 - q); break;
        case DAY_UNIFORM: x[i] = 1 + cv * (2 * q - 1); break;
        case DAY_GAMMA:
            x[i] = wide ? gamma_quantile(&g, q, i ? x[i - 1] : 0) : gamma_narrow(cv, normal_quantile(q));
            break;
        default: x[i] = 1;
        }
    }
}

// Sums rounded one after the other: the parts keep the whole, so the mean is exactly 1.
void day_law_fill(struct charging_work *w, const struct ev_class_row *row, int32_t q16[QUANTILES]) {
    const double whole = (double)QUANTILES * 65536;
    double *x = scratch_take(w->b, QUANTILES, sizeof *x), sum = 0, reached = 0;
    if (w->b->refused) return;
    quantiles_fill(row, x);
    for (int i = 0; i < QUANTILES; i++) sum += x[i];
    int64_t before = 0;
    for (int i = 0; i < QUANTILES; i++) {
        reached += x[i];
        int64_t so_far = (int64_t)(reached / sum * whole + 0.5);
        q16[i] = (int32_t)(so_far - before);
        before = so_far;
    }
}
