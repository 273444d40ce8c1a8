// The bound begins where the simulated year begins: with its stocks and the vehicles in its works, or the run could
// beat it by what it found there.
#include "study/capacity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/programs_matrix.h"
#include "study/replicate.h"

struct saturated {
    int64_t *made;                 // [line] in the year
    int64_t  all, begun;
    int32_t *stock_units;          // [stock] what there is as the year begins
    double  *mix;                  // [stock] of a plant's vehicles those of this yard
};

static int64_t vehicles_begun(const struct model *m, const struct state *s) {
    int64_t count = 0;
    for (uint32_t i = 1; i < m->n.shop; i++) {
        const struct line *line = &m->lines[m->shops[i].line];
        if (m->shops[i].side) continue;
        count += s->shop_unit[i] != 0;
        for (uint32_t k = 0; k < line->builds; k++) count += s->place_waiting[m->shops[i].first_place + k];
    }
    return count;
}

static void start_read(const struct run *r, struct saturated *out) {
    const struct model *m = r->m;
    out->begun = vehicles_begun(m, &r->state);
    for (uint32_t s = 0; s < m->n.stock; s++) {
        out->stock_units[s] = r->state.stock_on_hand[s] + r->state.stock_under_way[s];
        if (m->stocks[s].kind == STOCK_BUILT) out->mix[s] = -(double)r->tally.stock_made[s];
    }
    for (uint32_t l = 1; l < m->n.line; l++) out->made[l] = -r->tally.line_made[l];
}

// Vehicles of each yard become its share of those of its plant.
static enum ap_status mix_read(const struct run *r, struct arena *a, struct saturated *out) {
    const struct model *m = r->m;
    double *plants = TAKE(a, m->n.enterprise, double);
    if (!plants) return AP_NO_MEMORY;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        if (m->stocks[s].kind != STOCK_BUILT) continue;
        out->mix[s] += (double)r->tally.stock_made[s];
        plants[m->stocks[s].enterprise] += out->mix[s];
    }
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (out->mix[s] > 0) out->mix[s] /= plants[m->stocks[s].enterprise];
    return AP_OK;
}

static enum ap_status year_run(struct run *r, struct arena *a, struct saturated *out) {
    const struct model *m = r->m;
    for (int32_t day = 0; day < m->days; day++) {
        if (m->first_day + day == m->from) start_read(r, out);
        TRY(run_day(r, day));
    }
    for (uint32_t l = 1; l < m->n.line; l++) {
        out->made[l] += r->tally.line_made[l];
        out->all += out->made[l];
    }
    return mix_read(r, a, out);
}

static enum ap_status saturated_run(const struct model *m, struct capacity *c, struct saturated *out) {
    struct run run;
    *out = (struct saturated){ .made = TAKE(&c->arena, m->n.line, int64_t),
                               .stock_units = TAKE(&c->arena, m->n.stock, int32_t),
                               .mix = TAKE(&c->arena, m->n.stock, double) };
    if (!out->made || !out->stock_units || !out->mix) return AP_NO_MEMORY;
    TRY(run_make(m, luck_of((uint64_t)m->set.seed, 0), &run));
    enum ap_status status = year_run(&run, &c->arena, out);
    if (status == AP_LEDGER) snprintf(c->trouble, sizeof c->trouble, "%s", run.ledger.message);
    run_free(&run);
    return status;
}

// With parts always there.
static enum ap_status lines_run(const struct tables *t, struct complaints *complaints, struct capacity *c,
                                struct saturated *out) {
    struct tables tables;
    struct model model;
    tables_saturate(t, c->year, SATURATE_LINES, &tables);
    TRY(model_build(&tables, (uint64_t)tables.settings.seed, 0, complaints, &model));
    enum ap_status status = saturated_run(&model, c, out);
    model_free(&model);
    return status;
}

// mix: NULL: whatever makes most.
static enum ap_status bound_find(struct capacity *c, const struct saturated *chain, const double *mix, double *most) {
    const struct model *m = &c->model;
    int32_t first = m->from - m->first_day;
    struct programs_options options = { .purpose = PROGRAMS_CAPACITY, .weight = LOST_UNITS, .first_day = first,
                                        .last_day = m->days - 1, .stock_units = chain->stock_units, .mix = mix };
    struct programs *programs;
    enum ap_status status = programs_make(m, &options, &programs);
    if (status == AP_OK) status = programs_most(programs, m->days - first, most, c->limits, &c->limit_count);
    if (status == AP_REFUSED) snprintf(c->trouble, sizeof c->trouble, "%s", programs_trouble(programs));
    programs_free(programs);
    *most += (double)c->begun;
    return status;
}

static enum ap_status lines_fill(struct capacity *c, const struct saturated *alone, const struct saturated *chain) {
    const struct model *m = &c->model;
    int32_t first = m->from - m->first_day;
    c->lines = TAKE(&c->arena, m->n.line, struct capacity_line);
    if (!c->lines) return AP_NO_MEMORY;
    c->alone = alone->all;
    c->with_chain = chain->all;
    c->begun_alone = alone->begun;
    c->begun = chain->begun;
    c->most_alone = (double)alone->begun;
    for (uint32_t l = 1; l < m->n.line; l++) {
        double most = line_vehicles_a_day(m, l, PROGRAMS_CAPACITY, first, m->days - 1) * (m->days - first);
        c->lines[c->line_count++] = (struct capacity_line){ l, most, alone->made[l], chain->made[l] };
        c->most_alone += most;
    }
    return AP_OK;
}

enum ap_status capacity_find(const struct tables *t, struct complaints *complaints, struct capacity *out) {
    struct saturated alone, chain;
    memset(out, 0, sizeof *out);
    if (t->lines_count == 0) return AP_BAD_USE;
    out->year = (int)t->settings.bulletin_year;
    TRY(lines_run(t, complaints, out, &alone));
    tables_saturate(t, out->year, SATURATE_CHAIN, &out->tables);
    TRY(model_build(&out->tables, (uint64_t)out->tables.settings.seed, 0, complaints, &out->model));
    TRY(saturated_run(&out->model, out, &chain));
    TRY(lines_fill(out, &alone, &chain));
    out->limits = TAKE(&out->arena, out->model.n.line + out->model.n.maker, struct capacity_limit);
    if (!out->limits) return AP_NO_MEMORY;
    TRY(bound_find(out, &chain, NULL, &out->most));
    return bound_find(out, &chain, chain.mix, &out->most_as_mixed);
}

void capacity_free(struct capacity *c) {
    model_free(&c->model);
    arena_free(&c->arena);
    memset(c, 0, sizeof *c);
}
