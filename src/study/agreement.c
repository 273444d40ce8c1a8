// Pairs are counted one by one: a million and a half for a region of 1,700 enterprises, a few milliseconds.
#include "study/agreement.h"

#include <stdlib.h>

#include "study/intervals.h"

struct ranked {
    double   value;
    uint32_t row;
};

// The larger first; equal values by row.
static int ranked_compare(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    if (a->value != b->value) return a->value > b->value ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

// order: [count] rows, the largest first; ranks: [count], from 1, equal values share their mean.
static enum ap_status ranks_find(const double *values, uint32_t count, double *ranks, uint32_t *order) {
    struct ranked *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    if (!sorted) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) sorted[i] = (struct ranked){ values[i], i };
    qsort(sorted, count, sizeof *sorted, ranked_compare);
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && sorted[end].value == sorted[first].value; end++) order[end] = sorted[end].row;
        for (uint32_t i = first; i < end; i++) ranks[sorted[i].row] = (first + end + 1) / 2.0;
    }
    free(sorted);
    return AP_OK;
}

static double kendall_of(const double *a, const double *b, uint32_t count) {
    int64_t agree = 0, tied_a = 0, tied_b = 0, pairs = (int64_t)count * (count - 1) / 2;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count; k++) {
            int by_a = (a[i] > a[k]) - (a[i] < a[k]), by_b = (b[i] > b[k]) - (b[i] < b[k]);
            agree += by_a * by_b;
            tied_a += by_a == 0;
            tied_b += by_b == 0;
        }
    if (tied_a == pairs || tied_b == pairs) return NO_VALUE;
    return (double)agree / (sqrt_own((double)(pairs - tied_a)) * sqrt_own((double)(pairs - tied_b)));
}

static double spearman_of(const double *a, const double *b, uint32_t count) {
    double mean = (count + 1) / 2.0, both = 0, of_a = 0, of_b = 0;
    for (uint32_t i = 0; i < count; i++) {
        both += (a[i] - mean) * (b[i] - mean);
        of_a += (a[i] - mean) * (a[i] - mean);
        of_b += (b[i] - mean) * (b[i] - mean);
    }
    return of_a > 0 && of_b > 0 ? both / (sqrt_own(of_a) * sqrt_own(of_b)) : NO_VALUE;
}

static uint32_t top_both(const uint32_t *a, const uint32_t *b, uint32_t top) {
    uint32_t both = 0;
    for (uint32_t i = 0; i < top; i++)
        for (uint32_t k = 0; k < top; k++) both += a[i] == b[k];
    return both;
}

struct rankings {
    double   *a, *b;
    uint32_t *order_a, *order_b;
};

static void rankings_free(struct rankings *r) {
    free(r->a);
    free(r->b);
    free(r->order_a);
    free(r->order_b);
}

static enum ap_status rankings_make(const double *a, const double *b, uint32_t count, struct rankings *r) {
    size_t rows = (size_t)count + 1;
    *r = (struct rankings){ malloc(rows * sizeof *r->a), malloc(rows * sizeof *r->b),
                            malloc(rows * sizeof *r->order_a), malloc(rows * sizeof *r->order_b) };
    enum ap_status status = r->a && r->b && r->order_a && r->order_b ? AP_OK : AP_NO_MEMORY;
    if (status == AP_OK) status = ranks_find(a, count, r->a, r->order_a);
    if (status == AP_OK) status = ranks_find(b, count, r->b, r->order_b);
    if (status != AP_OK) rankings_free(r);
    return status;
}

enum ap_status agreement_measure(const double *a, const double *b, uint32_t count, uint32_t top,
                                 struct agreement *out) {
    struct rankings r;
    *out = (struct agreement){ .rows = count, .top = top < count ? top : count, .kendall = NO_VALUE,
                               .spearman = NO_VALUE };
    TRY(rankings_make(a, b, count, &r));
    if (count > 1) {
        out->kendall = kendall_of(a, b, count);
        out->spearman = spearman_of(r.a, r.b, count);
    }
    out->top_both = top_both(r.order_a, r.order_b, out->top);
    for (uint32_t i = 0; i < count; i++) {
        out->zero_a += a[i] == 0;
        out->zero_b += b[i] == 0;
    }
    rankings_free(&r);
    return AP_OK;
}

enum ap_status agreement_worst(const double *a, const double *b, uint32_t count, uint32_t worst_count,
                               struct disagreement *worst) {
    struct rankings r;
    ASSERT(worst_count <= count);
    TRY(rankings_make(a, b, count, &r));
    struct ranked *gaps = malloc(((size_t)count + 1) * sizeof *gaps);
    if (gaps) {
        for (uint32_t i = 0; i < count; i++) {
            double gap = r.a[i] - r.b[i];
            gaps[i] = (struct ranked){ gap < 0 ? -gap : gap, i };
        }
        qsort(gaps, count, sizeof *gaps, ranked_compare);
        for (uint32_t i = 0; i < worst_count; i++)
            worst[i] = (struct disagreement){ gaps[i].row, r.a[gaps[i].row], r.b[gaps[i].row] };
    }
    free(gaps);
    rankings_free(&r);
    return gaps ? AP_OK : AP_NO_MEMORY;
}
