// Two studies side by side, batch by batch. Figures are matched by indicator and period, so that the models need not
// have equal tables.
#include "study/compare.h"

#include <stdio.h>
#include <string.h>

// --- progress over both

// The studies take turns; the second will take as many days as the first.
static bool either_step(void *self, int64_t days_done, int64_t days_all) {
    const struct comparison *c = self;
    const struct study *other = c->running == &c->first ? &c->second : &c->first;
    int64_t done = other->days_done + days_done;
    return !c->options.step || c->options.step(c->options.self, done, larger_of(2 * days_all, done));
}

enum ap_status comparison_make(const struct tables *was, const struct tables *is, const struct study_options *o,
                               struct complaints *c, struct comparison *out) {
    memset(out, 0, sizeof *out);
    out->was = was;
    out->is = is;
    out->options = *o;
    out->precision = (struct precision){o->half_width, NO_VALUE, 0, false};
    struct study_options both = *o;
    both.step = either_step;
    both.self = out;
    TRY(study_make(was, &both, c, &out->first));
    return study_make(is, &both, c, &out->second);
}

// --- pairs

static uint32_t figure_index(const struct figures *f, const struct figure *figure) {
    return (uint32_t)(figure - f->rows);
}

static enum ap_status rows_plan(struct comparison *c) {
    const struct figures *f = &c->first.figures;
    c->rows = TAKE(&c->arena, f->count + 1, struct difference);
    if (!c->rows) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < f->count; i++) {
        const struct figure *figure = &f->rows[i];
        if (!figure_find(&c->second.figures, figure->indicator, figure->period)) continue;
        c->rows[c->count++] = (struct difference){.indicator = figure->indicator, .period = figure->period,
                                                  .judged = figure_is_level(&c->first, figure)};
    }
    return AP_OK;
}

// The values of one figure in both studies, and their differences: replications, then worlds.
struct columns {
    double  *first, *second, *less, *scratch;
    uint32_t runs, worlds;
};

static enum ap_status columns_make(struct arena *a, uint32_t runs, uint32_t worlds, struct columns *out) {
    size_t rows = (size_t)runs + worlds + 1;
    *out = (struct columns){TAKE(a, rows, double), TAKE(a, rows, double), TAKE(a, rows, double), TAKE(a, rows, double),
                            runs, worlds};
    return out->first && out->second && out->less && out->scratch ? AP_OK : AP_NO_MEMORY;
}

static void columns_fill(const struct comparison *c, const struct difference *d, struct columns *out) {
    const struct figures *f = &c->first.figures, *g = &c->second.figures;
    uint32_t left = figure_index(f, figure_find(f, d->indicator, d->period));
    uint32_t right = figure_index(g, figure_find(g, d->indicator, d->period));
    for (uint32_t i = 0; i < out->runs + out->worlds; i++) {
        out->first[i] = f->values[(size_t)i * f->count + left];
        out->second[i] = g->values[(size_t)i * g->count + right];
        out->less[i] = out->second[i] - out->first[i];
    }
}

static double variance_of(const double *values, uint32_t count) {
    double mean = 0, sum = 0;
    for (uint32_t i = 0; i < count; i++) mean += values[i];
    mean /= (double)count;
    for (uint32_t i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
    return sum / (double)(count - 1);
}

static double variance_ratio_of(const struct columns *x) {
    if (x->runs < 2) return NO_VALUE;
    double apart = variance_of(x->first, x->runs) + variance_of(x->second, x->runs);
    return apart > 0 ? variance_of(x->less, x->runs) / apart : NO_VALUE;
}

static bool off_zero(double low, double high) {
    return low > 0 || high < 0;
}

static void difference_close(struct difference *d, const struct columns *x) {
    d->first = interval_of((struct run_values){x->first, x->runs, x->worlds, 1}, x->scratch);
    d->second = interval_of((struct run_values){x->second, x->runs, x->worlds, 1}, x->scratch);
    d->less = interval_of((struct run_values){x->less, x->runs, x->worlds, 1}, x->scratch);
    d->pairs = 0;
    for (uint32_t i = 0; i < x->runs; i++) d->pairs += !isnan(x->less[i]);
    d->variance_ratio = variance_ratio_of(x);
    d->moved = off_zero(d->less.low, d->less.high);
    d->moved_inputs = off_zero(d->less.low_inputs, d->less.high_inputs);
}

static enum ap_status differences_close(struct comparison *c, uint32_t runs, uint32_t worlds) {
    struct arena arena = {0};
    struct columns x;
    enum ap_status status = columns_make(&arena, runs, worlds, &x);
    for (uint32_t i = 0; i < c->count && status == AP_OK; i++) {
        columns_fill(c, &c->rows[i], &x);
        difference_close(&c->rows[i], &x);
    }
    arena_free(&arena);
    return status;
}

// --- running

static enum ap_status batch_run(struct comparison *c, uint32_t first, uint32_t count) {
    struct study *studies[2] = {&c->first, &c->second};
    const char *const names[2] = {"the first", "the second"};
    for (int i = 0; i < 2; i++) {
        c->running = studies[i];
        enum ap_status status = study_rows_run(studies[i], first, count);
        if (status == AP_LEDGER || status == AP_BAD_INPUT)
            snprintf(c->trouble, sizeof c->trouble, "%s: %s", names[i], studies[i]->trouble);
        if (status != AP_OK) return status;
    }
    return AP_OK;
}

// Half-widths of differences are judged against the first's level: a difference may well be zero.
static void precision_judge(struct comparison *c) {
    struct precision *p = &c->precision;
    p->reached = NO_VALUE;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct difference *d = &c->rows[i];
        double level = d->first.mean < 0 ? -d->first.mean : d->first.mean;
        if (!d->judged || !(level > 0) || isnan(d->less.low)) continue;
        double half = (d->less.high - d->less.low) / 2 / level;
        if (half <= p->reached) continue;
        p->reached = half;
        p->widest = i;
    }
    p->met = p->reached <= p->wanted;
}

static enum ap_status replicate_until(struct comparison *c) {
    const struct study_options *o = &c->first.options;
    uint32_t done = 0;
    while (!c->precision.met && done < o->replications_most) {
        uint32_t next = replications_next(o, done);
        TRY(batch_run(c, done, next - done));
        done = next;
        TRY(differences_close(c, done, 0));
        precision_judge(c);
    }
    study_settle(&c->first, done);
    study_settle(&c->second, done);
    return batch_run(c, done, c->first.figures.worlds);
}

enum ap_status comparison_run(struct comparison *c) {
    TRY(rows_plan(c));
    if (c->first.options.half_width > 0) TRY(replicate_until(c));
    else TRY(batch_run(c, 0, c->first.figures.runs + c->first.figures.worlds));
    TRY(study_close(&c->first));
    TRY(study_close(&c->second));
    return differences_close(c, c->first.figures.runs, c->first.figures.worlds);
}

void comparison_free(struct comparison *c) {
    study_free(&c->first);
    study_free(&c->second);
    arena_free(&c->arena);
    memset(c, 0, sizeof *c);
}
