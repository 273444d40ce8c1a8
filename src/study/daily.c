#include "study/daily.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_DAYS = 10 };           // how often progress is told

static enum ap_status daily_make(const struct model *m, struct daily *out) {
    size_t days = (size_t)m->days;
    *out = (struct daily){.m = m};
    out->line_made = calloc(days * m->n.line, sizeof *out->line_made);
    out->variant_made = calloc(days * m->n.variant, sizeof *out->variant_made);
    out->variant_sold = calloc(days * m->n.variant, sizeof *out->variant_sold);
    out->export_left = calloc(days, sizeof *out->export_left);
    out->turnover_fen = calloc(days, sizeof *out->turnover_fen);
    bool made = out->line_made && out->variant_made && out->variant_sold && out->export_left && out->turnover_fen;
    return made ? AP_OK : AP_NO_MEMORY;
}

void daily_free(struct daily *d) {
    free(d->line_made);
    free(d->variant_made);
    free(d->variant_sold);
    free(d->export_left);
    free(d->turnover_fen);
    *d = (struct daily){0};
}

// Writes what the day added to the tallies.
static void day_write(const struct run *run, const struct tally *before, struct daily *out, int32_t day) {
    const struct model *m = run->m;
    const struct tally *t = &run->tally;
    int32_t *lines = out->line_made + (size_t)day * m->n.line;
    int32_t *made = out->variant_made + (size_t)day * m->n.variant;
    int32_t *sold = out->variant_sold + (size_t)day * m->n.variant;
    for (uint32_t i = 1; i < m->n.line; i++) lines[i] = (int32_t)(t->line_made[i] - before->line_made[i]);
    for (uint32_t i = 1; i < m->n.variant; i++) made[i] = (int32_t)(t->variant_made[i] - before->variant_made[i]);
    for (uint32_t i = 1; i < m->n.offer; i++)
        sold[m->offers[i].variant] += (int32_t)(t->offer_sold[i] - before->offer_sold[i]);
    for (uint32_t i = 1; i < m->n.market; i++)
        if (m->markets[i].channel == CHANNEL_EXPORT)
            out->export_left[day] += (int32_t)(t->market_left[i] - before->market_left[i]);
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (m->enterprises[i].in_region)
            out->turnover_fen[day] += t->enterprise_turnover[i] - before->enterprise_turnover[i];
}

struct days {
    int32_t first, last;
};

static enum ap_status days_run(struct run *run, struct days days, const struct daily_options *o, struct daily *out) {
    struct tally before;
    int32_t since = 0;
    TRY(tally_make(run->m, &before));
    enum ap_status status = AP_OK;
    for (int32_t day = days.first; day <= days.last && status == AP_OK; day++) {
        memcpy(before.block, run->tally.block, run->tally.cells * sizeof *run->tally.block);
        status = run_day(run, day);
        if (status != AP_OK) break;
        day_write(run, &before, out, day);
        if (o->look) o->look(o->looker, run, day);
        if (++since < STEP_DAYS && day < days.last) continue;
        if (o->step && !o->step(o->self, since)) status = AP_INTERRUPTED;
        since = 0;
    }
    if (status == AP_LEDGER) memcpy(out->ledger_message, run->ledger.message, sizeof out->ledger_message);
    tally_free(&before);
    return status;
}

enum ap_status daily_run(const struct model *m, struct luck l, const struct daily_options *o, struct daily *out) {
    struct run run;
    TRY(daily_make(m, out));
    TRY(run_make(m, l, &run));
    enum ap_status status = days_run(&run, (struct days){0, m->days - 1}, o, out);
    run_free(&run);
    return status;
}

enum ap_status daily_start_take(const struct run *run, int32_t day, struct daily_start *out) {
    *out = (struct daily_start){.day = day, .luck = run->luck};
    TRY(state_make(run->m, &out->state));
    TRY(tally_make(run->m, &out->tally));
    state_copy(&out->state, &run->state);
    memcpy(out->tally.block, run->tally.block, run->tally.cells * sizeof *run->tally.block);
    return AP_OK;
}

void daily_start_free(struct daily_start *s) {
    if (s->state.block) state_free(&s->state);
    if (s->tally.block) tally_free(&s->tally);
    *s = (struct daily_start){0};
}

static void daily_copy(const struct daily *from, int32_t days, struct daily *to) {
    size_t lines = (size_t)days * from->m->n.line, variants = (size_t)days * from->m->n.variant;
    memcpy(to->line_made, from->line_made, lines * sizeof *to->line_made);
    memcpy(to->variant_made, from->variant_made, variants * sizeof *to->variant_made);
    memcpy(to->variant_sold, from->variant_sold, variants * sizeof *to->variant_sold);
    memcpy(to->export_left, from->export_left, (size_t)days * sizeof *to->export_left);
    memcpy(to->turnover_fen, from->turnover_fen, (size_t)days * sizeof *to->turnover_fen);
}

enum ap_status daily_fork(const struct daily *so_far, const struct daily_start *start, const struct model *m,
                          const struct daily_options *o, struct daily *out) {
    struct run run;
    int32_t last = o->last ? o->last : m->days - 1;
    ASSERT(last < m->days && m->days == so_far->m->days);
    TRY(daily_make(m, out));
    daily_copy(so_far, start->day, out);
    TRY(run_make(m, start->luck, &run));
    state_copy(&run.state, &start->state);
    memcpy(run.tally.block, start->tally.block, run.tally.cells * sizeof *run.tally.block);
    run_resume(&run);
    enum ap_status status = days_run(&run, (struct days){start->day, last}, o, out);
    run_free(&run);
    return status;
}

// --- which vehicles

bool platform_of_nevs(const struct tables *t, uint32_t platform) {
    double nevs = 0, all = 0;
    for (uint32_t i = 1; i <= t->variants_count; i++) {
        if (t->variants[i].platform != platform) continue;
        all += t->variants[i].take;
        if (t->variants[i].powertrain >= PHEV) nevs += t->variants[i].take;
    }
    return 2 * nevs > all;
}

bool vehicles_find(const struct model *m, const char *name, struct vehicles *out) {
    const struct tables *t = m->tables;
    *out = (struct vehicles){0};
    if (!name[0]) return true;
    for (uint32_t i = 1; i <= t->platforms_count; i++) {
        if (strcmp(t->platforms[i].platform, name) == 0) out->platform = i;
        if (strcmp(t->platforms[i].maker, name) == 0) out->maker = t->platforms[i].maker;
    }
    if (out->platform) out->maker = NULL;
    for (uint32_t i = 1; i < m->n.enterprise && !out->platform && !out->maker; i++)
        if (strcmp(enterprise_name(m, i), name) == 0) out->enterprise = i;
    return out->platform || out->maker || out->enterprise;
}

bool vehicles_hold(const struct model *m, const struct vehicles *v, uint32_t variant) {
    uint32_t platform = m->tables->variants[m->variants[variant].table_row].platform;
    if (v->nevs && !m->variants[variant].nev) return false;
    if (v->platform) return platform == v->platform;
    return !v->maker || strcmp(m->tables->platforms[platform].maker, v->maker) == 0;
}

int64_t daily_made(const struct daily *d, const struct vehicles *v, int32_t day) {
    const struct model *m = d->m;
    int64_t sum = 0;
    for (uint32_t i = 1; v->enterprise && i < m->n.line; i++)
        if (m->lines[i].enterprise == v->enterprise) sum += d->line_made[(size_t)day * m->n.line + i];
    for (uint32_t i = 1; !v->enterprise && i < m->n.variant; i++)
        if (vehicles_hold(m, v, i)) sum += d->variant_made[(size_t)day * m->n.variant + i];
    return sum;
}

int64_t daily_sold(const struct daily *d, const struct vehicles *v, int32_t day) {
    ASSERT(!v->enterprise);
    int64_t sum = 0;
    for (uint32_t i = 1; i < d->m->n.variant; i++)
        if (vehicles_hold(d->m, v, i)) sum += d->variant_sold[(size_t)day * d->m->n.variant + i];
    return sum;
}
