#include "study/sensitivity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/agreement.h"
#include "study/intervals.h"

enum { TOP = 10 };

struct asking {
    const struct tables *tables; // as written
    struct stress_options options;
    struct sensitivity *out;
    double *written, *moved; // [rows] deficits
    uint32_t tests, test;    // of all; begun
};

// The progress of one test within all.
static bool part_step(void *self, int64_t done, int64_t all) {
    const struct asking *a = self;
    return a->options.step(a->options.self, (int64_t)a->test * all + done, (int64_t)a->tests * all);
}

static bool counts(const struct stress *s, uint32_t which) {
    const struct standstill_row *row = &s->rows.rows[s->cases[which].row];
    bool enterprises = s->options.what & (1u << STANDSTILL_ENTERPRISE | STANDSTILL_REGIONAL);
    return !enterprises || row->kind == STANDSTILL_ENTERPRISE;
}

static uint32_t deficits_read(const struct stress *s, double *out) {
    uint32_t rows = 0;
    for (uint32_t i = 0; i < s->case_count; i++) {
        if (!counts(s, i)) continue;
        double sum = 0;
        for (uint32_t start = 0; start < s->options.start_count; start++)
            sum += (double)s->values[stress_job(s, 0, start, i)].deficit;
        out[rows++] = sum / s->options.start_count;
    }
    return rows;
}

// One whole test of these tables. AP_BAD_INPUT: no model can be built from them.
static enum ap_status test_run(struct asking *a, const struct tables *t, struct complaints *c, double **deficits) {
    struct stress s;
    struct stress_options o = a->options;
    o.step = a->options.step ? part_step : NULL;
    o.self = a;
    TRY(stress_make(t, &o, c, &s));
    enum ap_status status = stress_run(&s);
    if (status == AP_LEDGER) memcpy(a->out->trouble, s.trouble, sizeof a->out->trouble);
    if (status == AP_OK && !*deficits) *deficits = calloc(s.case_count + 1, sizeof **deficits);
    if (status == AP_OK && !*deficits) status = AP_NO_MEMORY;
    if (status == AP_OK) a->out->rows = deficits_read(&s, *deficits);
    stress_free(&s);
    a->test++;
    return status;
}

static double total_of(const double *deficits, uint32_t rows) {
    double sum = 0;
    for (uint32_t i = 0; i < rows; i++) sum += deficits[i];
    return sum;
}

static enum ap_status end_read(const struct asking *a, struct sensitivity_end *out) {
    struct agreement same;
    const uint32_t rows = a->out->rows;
    TRY(agreement_measure(a->written, a->moved, rows, TOP, &same));
    out->possible = true;
    out->moved = isnan(same.kendall) ? 0 : (1 - same.kendall) / 2;
    out->top_kept = same.top_both;
    out->total = a->out->total > 0 ? total_of(a->moved, rows) / a->out->total - 1 : 0;
    return AP_OK;
}

static void recovery_move(struct enterprise_row *row, enum range_end end, uint64_t seed) {
    double low = row->ttr_low_days, high = row->ttr_high_days;
    if (end == RANGE_LOW) row->ttr_mode_days = low;
    else if (end == RANGE_HIGH) row->ttr_mode_days = high;
    else if (low < high)
        row->ttr_mode_days =
            triangular_from(draw_uniform(luck_of(seed, 0), hash_text(row->enterprise), DRAW_WORLD, 2, 0), low,
                            row->ttr_mode_days, high);
}

// Times to recover have a range of their own, in three columns.
static enum ap_status recoveries_move(struct tables *t, enum range_end end, uint64_t seed, struct arena *arena) {
    size_t rows = (size_t)t->enterprises_count + 1;
    struct enterprise_row *moved = TAKE(arena, rows, struct enterprise_row);
    if (!moved) return AP_NO_MEMORY;
    memcpy(moved, t->enterprises, rows * sizeof *moved);
    for (size_t i = 1; i < rows; i++) recovery_move(&moved[i], end, seed);
    t->enterprises = moved;
    return AP_OK;
}

static enum ap_status end_run(struct asking *a, const struct range_group *group, enum range_end end,
                              struct sensitivity_end *out) {
    struct arena arena = {0};
    struct tables moved = *a->tables;
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    if (!c) return AP_NO_MEMORY;
    c->arena = &arena;
    enum ap_status status = group ? range_move(&moved, group, end, a->options.seed, &arena)
                                  : recoveries_move(&moved, end, a->options.seed, &arena);
    if (status == AP_OK) status = test_run(a, &moved, c, &a->moved);
    if (status == AP_OK) status = end_read(a, out);
    arena_free(&arena);
    return status == AP_BAD_INPUT ? AP_OK : status; // out of what can be built: told as not possible
}

static enum ap_status input_run(struct asking *a, const struct range_group *group, struct sensitivity_input *out) {
    *out = group ? (struct sensitivity_input){.table = group->table, .column = group->column, .rows = group->rows}
                 : (struct sensitivity_input){
                       .table = "enterprises", .column = "ttr_mode_days", .rows = a->tables->enterprises_count};
    for (enum range_end end = 0; end < RANGE_ENDS; end++) {
        TRY(end_run(a, group, end, &out->ends[end]));
        if (out->ends[end].moved > out->moved) out->moved = out->ends[end].moved;
    }
    return AP_OK;
}

static int input_compare(const void *left, const void *right) {
    const struct sensitivity_input *a = left, *b = right;
    if (a->moved > b->moved || a->moved < b->moved) return a->moved > b->moved ? -1 : 1;
    int order = strcmp(a->table, b->table);
    return order ? order : strcmp(a->column, b->column);
}

// What the chain never reads cannot move anything.
static uint32_t groups_list(const struct tables *t, struct range_group groups[RANGE_GROUPS_MOST]) {
    struct tables chain = *t;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) chain.table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
    chain.reported_count = chain.claims_count = chain.piles_count = chain.expected_count = 0;
    static const char *const others[] = {
#define SETTING_NAME(kind, name, dflt, low, high, unit, meaning) #name,
        CHARGING_SETTINGS(SETTING_NAME)
#undef SETTING_NAME
    };
    uint32_t all = ranges_list(&chain, groups), kept = 0;
    for (uint32_t i = 0; i < all; i++) {
        bool other = false;
        for (size_t k = 0; k < sizeof others / sizeof *others && groups[i].setting >= 0; k++)
            other |= strcmp(groups[i].column, others[k]) == 0;
        if (!other) groups[kept++] = groups[i];
    }
    return kept;
}

static enum ap_status inputs_run(struct asking *a, struct complaints *c) {
    struct range_group groups[RANGE_GROUPS_MOST];
    struct sensitivity *out = a->out;
    uint32_t count = groups_list(a->tables, groups);
    bool recovery = a->options.days[0] == OWN_TIME;
    a->tests = (count + recovery) * RANGE_ENDS + 1;
    out->inputs = TAKE(&out->arena, count + 1, struct sensitivity_input);
    if (!out->inputs) return AP_NO_MEMORY;
    TRY(test_run(a, a->tables, c, &a->written));
    out->total = total_of(a->written, out->rows);
    for (uint32_t i = 0; i < count; i++) TRY(input_run(a, &groups[i], &out->inputs[out->count++]));
    if (recovery) TRY(input_run(a, NULL, &out->inputs[out->count++]));
    qsort(out->inputs, out->count, sizeof *out->inputs, input_compare);
    return AP_OK;
}

enum ap_status sensitivity_run(const struct tables *t, const struct stress_options *o, struct complaints *c,
                               struct sensitivity *out) {
    *out = (struct sensitivity){.count = 0};
    struct asking a = {.tables = t, .options = *o, .out = out};
    a.options.replications = 1;
    a.options.worlds = 0;
    a.options.day_count = 1;
    a.options.keep = NULL;
    enum ap_status status = inputs_run(&a, c);
    free(a.written);
    free(a.moved);
    return status;
}

void sensitivity_free(struct sensitivity *s) {
    arena_free(&s->arena);
    *s = (struct sensitivity){.count = 0};
}
