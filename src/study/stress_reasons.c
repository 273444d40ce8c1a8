#include "study/stress_reasons.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/crew.h"
#include "study/stress_values.h"

struct asking {
    const struct stress *stress;
    struct stress_reasons *out;
    pthread_mutex_t lock; // guards the words of trouble
};

const struct explain_cause *stress_reason_of(const struct stress_reasons *r, uint32_t which) {
    for (uint32_t i = 0; i < r->count; i++)
        if (r->rows[i].which == which) return &r->rows[i].cause;
    return NULL;
}

static enum ap_status path_follow(struct asking *a, const struct standstill *still, struct stress_reason *out) {
    const struct stress *s = a->stress;
    struct explanation path;
    struct explain_options o = {.baseline = NULL};
    enum ap_status status = explain_run(&a->out->model, &still->model, luck_of(s->options.seed, 0), &o, &path);
    if (status == AP_OK) explain_cause(&path, &out->cause);
    if (status == AP_LEDGER) {
        pthread_mutex_lock(&a->lock);
        snprintf(a->out->trouble, sizeof a->out->trouble, "%s", path.ledger_message);
        pthread_mutex_unlock(&a->lock);
    }
    explain_free(&path);
    return status;
}

static enum ap_status reason_find(void *self, uint32_t hand, uint32_t job) {
    (void)hand;
    struct asking *a = self;
    const struct stress *s = a->stress;
    const struct model *m = &a->out->model;
    struct stress_reason *out = &a->out->rows[job];
    const struct stress_case *one = &s->cases[out->which];
    struct standstill still;
    struct standstill_time time = {.from = m->from - m->first_day, .days = s->options.days[one->mode]};
    TRY(standstill_make(m, &s->rows.rows[one->row], time, &still));
    enum ap_status status = still.hits ? path_follow(a, &still, out) : AP_OK;
    standstill_free(&still);
    return status;
}

static enum ap_status reasons_find(const struct stress *s, struct complaints *c, struct stress_reasons *out) {
    stress_tables(s->tables, s->options.starts[0], s->options.horizon, &out->tables);
    TRY(model_build(&out->tables, s->options.seed, 0, c, &out->model));
    out->built = true;
    struct asking a = {.stress = s, .out = out};
    struct crew crew = {s->options.threads, out->count, reason_find, &a};
    pthread_mutex_init(&a.lock, NULL);
    enum ap_status status = crew_run(&crew);
    pthread_mutex_destroy(&a.lock);
    return status;
}

enum ap_status stress_reasons_make(const struct stress *s, const uint32_t *cases, uint32_t count, struct complaints *c,
                                   struct stress_reasons *out) {
    memset(out, 0, sizeof *out);
    out->rows = calloc(count + 1, sizeof *out->rows);
    if (!out->rows) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (!stress_reason_of(out, cases[i])) out->rows[out->count++].which = cases[i];
    return out->count ? reasons_find(s, c, out) : AP_OK;
}

void stress_reasons_free(struct stress_reasons *r) {
    if (r->built) model_free(&r->model);
    free(r->rows);
    memset(r, 0, sizeof *r);
}
