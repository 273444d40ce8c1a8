#include "study/measures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/programs.h"
#include "study/stress_values.h"
#include "study/systemic.h"

const char *measure_name(enum measure measure) {
    static const char *const names[MEASURE_COUNT] = {"simulated", "ttr", "tts", "esri"};
    ASSERT((int)measure >= 0 && measure < MEASURE_COUNT);
    return names[measure];
}

static enum ap_status rows_list(struct measures *out) {
    const struct stress *s = out->stress;
    out->cases = TAKE(&out->arena, s->case_count + 1, uint32_t);
    for (enum measure i = 0; i < MEASURE_COUNT; i++) out->values[i] = TAKE(&out->arena, s->case_count + 1, double);
    for (enum measure i = 0; i < MEASURE_COUNT; i++)
        if (!out->values[i]) return AP_NO_MEMORY;
    if (!out->cases) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < s->case_count; i++) {
        if (s->rows.rows[s->cases[i].row].kind != STANDSTILL_ENTERPRISE || s->cases[i].mode != 0) continue;
        double sum = 0;
        for (uint32_t start = 0; start < s->options.start_count; start++)
            sum += (double)s->values[stress_job(s, 0, start, i)].deficit;
        out->values[MEASURE_SIMULATED][out->count] = sum / s->options.start_count;
        out->cases[out->count++] = i;
    }
    return AP_OK;
}

static uint32_t model_row(const struct model *m, uint32_t table_row) {
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (m->enterprises[i].table_row == table_row) return i;
    ASSERT(false);
    return 0;
}

static enum ap_status row_measure(struct measures *out, const struct model *m, struct programs *p, uint32_t i) {
    const struct stress *s = out->stress;
    uint32_t which = out->cases[i], row = model_row(m, s->rows.rows[s->cases[which].row].table_row);
    struct outage down = {&row, 1};
    struct outage_loss loss;
    double days = (double)s->values[stress_job(s, 0, 0, which)].out_days;
    TRY(programs_ttr(p, &down, days, &loss));
    out->values[MEASURE_TTR][i] = loss.units;
    return programs_tts(p, &down, &out->values[MEASURE_TTS][i]);
}

static enum ap_status programs_measure(struct measures *out, const struct model *m) {
    struct programs *p = NULL;
    struct programs_options o = {.weight = LOST_UNITS, .first_day = m->from - m->first_day, .last_day = m->days - 1};
    enum ap_status status = programs_make(m, &o, &p);
    if (status == AP_OK) out->planned_a_day = programs_planned_a_day(p);
    for (uint32_t i = 0; i < out->count && status == AP_OK; i++) status = row_measure(out, m, p, i);
    if (status != AP_OK && p) snprintf(out->trouble, sizeof out->trouble, "%s", programs_trouble(p));
    programs_free(p);
    return status;
}

static enum ap_status index_measure(struct measures *out, const struct model *m) {
    struct systemic *index = NULL;
    TRY(systemic_make(m, &index));
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t row = model_row(m, out->stress->rows.rows[out->stress->cases[out->cases[i]].row].table_row);
        out->values[MEASURE_ESRI][i] = systemic_risk(index, &row, 1);
    }
    systemic_free(index);
    return AP_OK;
}

// Days survived are the worse the fewer: the order is taken of what lies below the longest.
static enum ap_status pair_measure(struct measures *out, enum measure measure) {
    struct measure_pair *pair = &out->pairs[measure];
    const double *with = out->values[measure];
    double *turned = TAKE(&out->arena, out->count + 1, double);
    if (!turned) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < out->count; i++)
        turned[i] = measure == MEASURE_TTS ? SURVIVES_FOR_EVER - with[i] : with[i];
    pair->worst_count = (uint32_t)smaller_of(MEASURES_WORST, out->count);
    TRY(agreement_measure(out->values[MEASURE_SIMULATED], turned, out->count, MEASURES_TOP, &pair->agreement));
    return agreement_worst(out->values[MEASURE_SIMULATED], turned, out->count, pair->worst_count, pair->worst);
}

static enum ap_status measures_fill(struct measures *out, const struct model *m) {
    TRY(rows_list(out));
    if (out->count == 0) return AP_OK;
    TRY(programs_measure(out, m));
    TRY(index_measure(out, m));
    for (enum measure i = MEASURE_TTR; i < MEASURE_COUNT; i++) TRY(pair_measure(out, i));
    return agreement_measure(out->values[MEASURE_TTR], out->values[MEASURE_ESRI], out->count, MEASURES_TOP,
                             &out->programs_and_index);
}

enum ap_status measures_make(const struct stress *s, struct complaints *c, struct measures *out) {
    struct tables tables;
    struct model model;
    *out = (struct measures){.stress = s};
    stress_tables(s->tables, s->options.starts[0], s->options.horizon, &tables);
    TRY(model_build(&tables, s->options.seed, 0, c, &model));
    enum ap_status status = measures_fill(out, &model);
    model_free(&model);
    return status;
}

void measures_free(struct measures *m) {
    arena_free(&m->arena);
    *m = (struct measures){.count = 0};
}
