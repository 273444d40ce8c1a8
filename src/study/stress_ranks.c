// Values by line, figure and run first: means over the members of a subject and over the starts. Then each run ranks
// its lines, and the lines are ordered by the mean of the replications.
#include "study/stress_ranks.h"

#include "study/agreement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOP = 10, SPEND_TOP = 20, NO_LINE = -1 };

struct ranking {
    const struct stress *s;
    struct stress_ranks *out;
    uint32_t *role_of;     // [family][district][plant, dual] subject + 1
    uint32_t *subject_of;  // [row of stress->rows] subject + 1, 0: by its place in the run
    int32_t *line_of;      // [subject][mode]
    double *values;        // [line][figure][runs]
    double *sums, *counts; // [line][figure] of the run at hand
    double *ranks;         // [line][runs]
    double *scratch;       // [runs]
    uint32_t subject_room;
    bool refused; // memory for the name of a role
};

static const struct stress_place *place_of(const struct stress *s, uint32_t run, uint32_t enterprise_row) {
    return &s->places[(size_t)run * (s->tables->enterprises_count + 1) + enterprise_row];
}

static bool invented(const struct stress *s, const struct standstill_row *row) {
    return row->kind == STANDSTILL_ENTERPRISE && s->tables->enterprises[row->table_row].identity != 0;
}

// --- subjects

static uint32_t subject_add(struct ranking *k, struct stress_subject subject) {
    ASSERT(k->out->subject_count < k->subject_room);
    k->out->subjects[k->out->subject_count++] = subject;
    return k->out->subject_count;
}

static uint32_t named_add(struct ranking *k, uint32_t row) {
    const struct stress *s = k->s;
    const struct standstill_row *r = &s->rows.rows[row];
    struct stress_subject x = {
        .kind = r->kind, .nature = SUBJECT_OTHER, .row = row, .id = r->id, .name = r->name, .name_zh = r->name_zh};
    if (r->kind == STANDSTILL_ENTERPRISE) {
        const struct stress_place *place = place_of(s, 0, r->table_row);
        x.nature = place->plant ? SUBJECT_PLANT : SUBJECT_SUPPLIER;
        x.family = place->family;
        x.district = s->tables->enterprises[r->table_row].district;
        x.plant = place->plant;
        x.dual = place->dual;
    }
    return subject_add(k, x);
}

static uint32_t *role_place(const struct ranking *k, const struct stress_place *place, uint32_t district) {
    size_t code = (size_t)place->family * (k->s->tables->districts_count + 1) + district;
    return &k->role_of[code * 4 + 2u * place->plant + place->dual];
}

// "brake / Yubei / single"; 0 where the run's network does not use the enterprise.
static uint32_t role_find(struct ranking *k, uint32_t run, uint32_t row) {
    const struct tables *t = k->s->tables;
    uint32_t enterprise = k->s->rows.rows[row].table_row, district = t->enterprises[enterprise].district;
    const struct stress_place *place = place_of(k->s, run, enterprise);
    if (!place->plant && !place->family) return 0;
    uint32_t *known = role_place(k, place, district);
    if (*known) return *known;
    char id[400];
    int count = place->plant ? snprintf(id, sizeof id, "plants / %s", t->districts[district].district)
                             : snprintf(id, sizeof id, "%s / %s / %s", t->products[place->family].product,
                                        t->districts[district].district, place->dual ? "dual" : "single");
    const char *text = text_copy(&k->out->arena, id, (size_t)smaller_of(count, sizeof id - 1));
    if (!text) {
        k->refused = true;
        return 0;
    }
    struct stress_subject x = {.kind = STANDSTILL_ENTERPRISE,
                               .nature = SUBJECT_ROLE,
                               .row = row,
                               .id = text,
                               .name = "",
                               .name_zh = "",
                               .family = place->family,
                               .district = district,
                               .plant = place->plant,
                               .dual = place->dual};
    return *known = subject_add(k, x);
}

static uint32_t subject_find(struct ranking *k, uint32_t run, uint32_t row) {
    if (invented(k->s, &k->s->rows.rows[row])) return role_find(k, run, row);
    if (!k->subject_of[row]) k->subject_of[row] = named_add(k, row);
    return k->subject_of[row];
}

static uint32_t line_find(struct ranking *k, uint32_t subject, const struct stress_case *one) {
    int32_t *place = &k->line_of[(size_t)(subject - 1) * STRESS_DAYS_MOST + one->mode];
    if (*place == NO_LINE) *place = (int32_t)k->out->line_count++;
    return (uint32_t)*place;
}

// Which subjects and lines all runs together have, before memory is taken for their values.
static void lines_find(struct ranking *k) {
    for (uint32_t run = 0; run < k->s->runs; run++) {
        for (uint32_t i = 0; i < k->s->case_count; i++) {
            uint32_t subject = subject_find(k, run, k->s->cases[i].row);
            if (subject) line_find(k, subject, &k->s->cases[i]);
        }
    }
}

// --- values

static bool is_day(uint32_t figure) {
    return strcmp(stress_columns[figure].unit, "day") == 0;
}

static void job_add(struct ranking *k, uint32_t line, uint32_t job, bool first_run) {
    int64_t figures[STRESS_FIGURE_COUNT];
    memcpy(figures, &k->s->values[job], sizeof figures);
    struct stress_line *out = &k->out->lines[line];
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++) {
        if (is_day(f) && figures[f] < 0) continue;
        k->sums[(size_t)line * STRESS_FIGURE_COUNT + f] += (double)figures[f];
        k->counts[(size_t)line * STRESS_FIGURE_COUNT + f]++;
    }
    if (!first_run) return;
    out->members++;
    out->unsettled += figures[STRESS_settled_days] < 0;
}

static void starts_read(struct ranking *k, uint32_t which, uint32_t line) {
    struct stress_line *out = &k->out->lines[line];
    for (uint32_t start = 0; start < k->s->options.start_count; start++) {
        double deficit = (double)k->s->values[stress_job(k->s, 0, start, which)].deficit;
        bool first = out->members == 1 && start == 0;
        if (first || deficit < out->lowest) out->lowest = deficit;
        if (first || deficit > out->highest) out->highest = deficit;
    }
}

static void run_read(struct ranking *k, uint32_t run) {
    const struct stress *s = k->s;
    size_t cells = (size_t)k->out->line_count * STRESS_FIGURE_COUNT;
    memset(k->sums, 0, cells * sizeof *k->sums);
    memset(k->counts, 0, cells * sizeof *k->counts);
    for (uint32_t i = 0; i < s->case_count; i++) {
        uint32_t subject = subject_find(k, run, s->cases[i].row);
        if (!subject) continue;
        uint32_t line = line_find(k, subject, &s->cases[i]);
        struct stress_line *out = &k->out->lines[line];
        out->subject = subject - 1;
        out->mode = s->cases[i].mode;
        out->event = s->rows.rows[s->cases[i].row].cause == CAUSE_EVENT;
        for (uint32_t start = 0; start < s->options.start_count; start++) {
            job_add(k, line, stress_job(s, run, start, i), run == 0);
            if (run == 0 && start == 0) starts_read(k, i, line);
        }
    }
    for (size_t i = 0; i < cells; i++)
        k->values[i * s->runs + run] = k->counts[i] > 0 ? k->sums[i] / k->counts[i] : NO_VALUE;
}

// --- ranks

struct placed {
    uint32_t line;
    double keys[4]; // of placed_keys
};

// The larger deficit first; then who holds back exports, then whose buyers leave, then the longer delay.
static const enum stress_figure placed_keys[4] = {STRESS_deficit, STRESS_export_deficit, STRESS_sales_lost,
                                                  STRESS_delay};

static double value_of(const struct ranking *k, uint32_t line, enum stress_figure figure, uint32_t run) {
    return k->values[((size_t)line * STRESS_FIGURE_COUNT + figure) * k->s->runs + run];
}

// At last the order of the tables.
static int placed_compare(const void *left, const void *right) {
    const struct placed *a = left, *b = right;
    for (int i = 0; i < 4; i++) {
        if (b->keys[i] > a->keys[i]) return 1;
        if (b->keys[i] < a->keys[i]) return -1;
    }
    return a->line < b->line ? -1 : a->line > b->line;
}

static bool same_ranking(const struct stress_ranks *r, const struct stress_line *line, uint32_t kind, uint32_t mode) {
    return r->subjects[line->subject].kind == kind && line->mode == mode;
}

static void run_rank(struct ranking *k, uint32_t run, uint32_t kind, uint32_t mode, struct placed *order) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < k->out->line_count; i++) {
        double deficit = value_of(k, i, STRESS_deficit, run);
        if (!same_ranking(k->out, &k->out->lines[i], kind, mode) || isnan(deficit)) continue;
        order[count].line = i;
        for (int key = 0; key < 4; key++) order[count].keys[key] = value_of(k, i, placed_keys[key], run);
        count++;
    }
    if (count > 1) qsort(order, count, sizeof *order, placed_compare);
    for (uint32_t i = 0; i < count; i++) k->ranks[(size_t)order[i].line * k->s->runs + run] = i + 1;
}

static int rank_order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The spread over worlds, or without worlds over replications; the first run is world 0, as written, and no draw.
static void spread_read(struct ranking *k, uint32_t line) {
    const struct stress *s = k->s;
    struct stress_line *out = &k->out->lines[line];
    uint32_t first = s->options.worlds > 1 ? s->options.replications : 0, count = 0;
    out->rank_low = out->rank_high = NO_VALUE;
    for (uint32_t run = first; run < s->runs; run++) {
        double rank = k->ranks[(size_t)line * s->runs + run];
        if (isnan(rank)) continue;
        k->scratch[count++] = rank;
        out->top_ten += rank <= TOP;
    }
    out->ranked = count;
    if (count < 2) return;
    qsort(k->scratch, count, sizeof *k->scratch, rank_order);
    uint32_t cut = (uint32_t)(0.025 * (double)(count - 1));
    out->rank_low = k->scratch[cut];
    out->rank_high = k->scratch[count - 1 - cut];
}

static double finite_mean(const double *values, uint32_t count) {
    double sum = 0, known = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (isnan(values[i])) continue;
        sum += values[i];
        known++;
    }
    return known > 0 ? sum / known : NO_VALUE;
}

static void line_close(struct ranking *k, uint32_t line) {
    const struct stress *s = k->s;
    struct stress_line *out = &k->out->lines[line];
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++) {
        const double *values = &k->values[((size_t)line * STRESS_FIGURE_COUNT + f) * s->runs];
        struct run_values v = {values, s->options.replications, s->options.worlds, 1};
        out->figures[f] = interval_of(v, k->scratch);
        if (isnan(out->figures[f].mean)) out->figures[f].mean = finite_mean(values, s->options.replications);
    }
    if (out->members) out->unsettled /= out->members;
    out->members /= s->options.start_count;
    spread_read(k, line);
}

// --- the order people read

struct sorting {
    struct stress_line line;
    uint8_t kind;
    uint32_t place;
};

static int line_compare(const void *left, const void *right) {
    const struct sorting *a = left, *b = right;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->line.mode != b->line.mode) return a->line.mode < b->line.mode ? -1 : 1;
    const struct interval *x = a->line.figures, *y = b->line.figures;
    // A role that only other worlds have stands last.
    bool x_there = !isnan(x[STRESS_deficit].mean), y_there = !isnan(y[STRESS_deficit].mean);
    if (x_there != y_there) return x_there ? -1 : 1;
    struct placed left_placed = {.line = a->place}, right_placed = {.line = b->place};
    for (int i = 0; i < 4; i++) {
        left_placed.keys[i] = x[placed_keys[i]].mean;
        right_placed.keys[i] = y[placed_keys[i]].mean;
    }
    return placed_compare(&left_placed, &right_placed);
}

static enum ap_status lines_order(struct ranking *k) {
    struct stress_ranks *r = k->out;
    struct sorting *order = calloc(r->line_count + 1, sizeof *order);
    if (!order) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < r->line_count; i++)
        order[i] = (struct sorting){r->lines[i], r->subjects[r->lines[i].subject].kind, i};
    if (r->line_count > 1) qsort(order, r->line_count, sizeof *order, line_compare);
    for (uint32_t i = 0; i < r->line_count; i++) {
        r->lines[i] = order[i].line;
        bool first = i == 0 || order[i].kind != order[i - 1].kind || order[i].line.mode != order[i - 1].line.mode;
        r->lines[i].rank = first ? 1 : r->lines[i - 1].rank + 1;
    }
    free(order);
    return AP_OK;
}

static bool stress_effect(const struct stress_values *v) {
    return v->deficit > 0 || v->export_deficit > 0 || v->sales_lost > 0;
}

static void shapes_read(struct ranking *k) {
    const struct stress *s = k->s;
    for (uint32_t i = 0; i < s->case_count; i++) {
        struct stress_shape *shape = &k->out->shapes[s->rows.rows[s->cases[i].row].kind][s->cases[i].mode];
        for (uint32_t start = 0; start < s->options.start_count; start++) {
            shape->rows++;
            shape->without_effect += !stress_effect(&s->values[stress_job(s, 0, start, i)]);
        }
    }
}

// Does the spend at a supplier tell what its outage costs?
static enum ap_status spend_read(struct ranking *k, uint32_t mode, double *spend, double *deficits) {
    const struct stress *s = k->s;
    struct stress_shape *shape = &k->out->shapes[STANDSTILL_ENTERPRISE][mode];
    struct agreement same;
    uint32_t rows = 0;
    shape->spend_rank = NO_VALUE;
    for (uint32_t i = 0; i < s->case_count; i++) {
        const struct standstill_row *row = &s->rows.rows[s->cases[i].row];
        const struct stress_place *place = place_of(s, 0, row->table_row);
        if (row->kind != STANDSTILL_ENTERPRISE || s->cases[i].mode != mode || place->plant || !place->family) continue;
        spend[rows] = place->spend;
        deficits[rows] = 0;
        for (uint32_t start = 0; start < s->options.start_count; start++)
            deficits[rows] += (double)s->values[stress_job(s, 0, start, i)].deficit;
        rows++;
    }
    if (rows < 3) return AP_OK;
    TRY(agreement_measure(spend, deficits, rows, SPEND_TOP, &same));
    shape->spend_rank = same.spearman;
    shape->spend_rows = rows;
    shape->spend_top = same.top;
    shape->spend_top_both = same.top_both;
    return AP_OK;
}

static enum ap_status spends_read(struct ranking *k) {
    double *spend = calloc(k->s->case_count + 1, sizeof *spend),
           *deficits = calloc(k->s->case_count + 1, sizeof *deficits);
    enum ap_status status = spend && deficits ? AP_OK : AP_NO_MEMORY;
    for (uint32_t mode = 0; mode < k->s->options.day_count && status == AP_OK; mode++)
        status = spend_read(k, mode, spend, deficits);
    free(spend);
    free(deficits);
    return status;
}

static enum ap_status subjects_take(struct ranking *k) {
    const struct stress *s = k->s;
    size_t roles = (size_t)(s->tables->products_count + 1) * (s->tables->districts_count + 1) * 4;
    // Each run can bring as many roles as it has invented enterprises, but never more than there are codes.
    k->subject_room = s->rows.count + (uint32_t)smaller_of((int64_t)roles, (int64_t)s->rows.count * s->runs);
    k->role_of = calloc(roles, sizeof *k->role_of);
    k->subject_of = calloc(s->rows.count + 1, sizeof *k->subject_of);
    k->line_of = malloc((size_t)k->subject_room * STRESS_DAYS_MOST * sizeof *k->line_of + 1);
    k->out->subjects = TAKE(&k->out->arena, k->subject_room, struct stress_subject);
    if (!k->role_of || !k->subject_of || !k->line_of || !k->out->subjects) return AP_NO_MEMORY;
    for (size_t i = 0; i < (size_t)k->subject_room * STRESS_DAYS_MOST; i++) k->line_of[i] = NO_LINE;
    return AP_OK;
}

static enum ap_status values_take(struct ranking *k) {
    const uint32_t runs = k->s->runs;
    size_t lines = k->out->line_count, cells = lines * STRESS_FIGURE_COUNT;
    k->values = calloc(cells * runs + 1, sizeof *k->values);
    k->sums = calloc(cells + 1, sizeof *k->sums);
    k->counts = calloc(cells + 1, sizeof *k->counts);
    k->ranks = calloc(lines * runs + 1, sizeof *k->ranks);
    k->scratch = calloc(runs + 1, sizeof *k->scratch);
    k->out->lines = TAKE(&k->out->arena, lines + 1, struct stress_line);
    if (!k->values || !k->sums || !k->counts || !k->ranks || !k->scratch || !k->out->lines) return AP_NO_MEMORY;
    for (size_t i = 0; i < lines * runs; i++) k->ranks[i] = NO_VALUE;
    return AP_OK;
}

static enum ap_status ranks_fill(struct ranking *k) {
    TRY(subjects_take(k));
    lines_find(k);
    if (k->refused) return AP_NO_MEMORY;
    TRY(values_take(k));
    for (uint32_t run = 0; run < k->s->runs; run++) run_read(k, run);
    struct placed *order = calloc(k->out->line_count + 1, sizeof *order);
    if (!order) return AP_NO_MEMORY;
    for (uint32_t run = 0; run < k->s->runs; run++)
        for (uint32_t kind = 0; kind < STANDSTILL_KINDS; kind++)
            for (uint32_t mode = 0; mode < k->s->options.day_count; mode++) run_rank(k, run, kind, mode, order);
    free(order);
    for (uint32_t i = 0; i < k->out->line_count; i++) line_close(k, i);
    shapes_read(k);
    TRY(spends_read(k));
    return lines_order(k);
}

enum ap_status stress_ranks_make(const struct stress *s, struct stress_ranks *out) {
    *out = (struct stress_ranks){.stress = s, .by_worlds = s->options.worlds > 1};
    struct ranking k = {.s = s, .out = out};
    enum ap_status status = ranks_fill(&k);
    free(k.role_of);
    free(k.subject_of);
    free(k.line_of);
    free(k.values);
    free(k.sums);
    free(k.counts);
    free(k.ranks);
    free(k.scratch);
    if (status != AP_OK) stress_ranks_free(out);
    return status;
}

void stress_ranks_free(struct stress_ranks *r) {
    arena_free(&r->arena);
    *r = (struct stress_ranks){.line_count = 0};
}
