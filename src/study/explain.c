// Both runs go on until their states are equal again after the shock's last day. In a market whose demand was shocked
// equal states do not mean equal futures while buyers of those days wait (M-4.7): there the runs go on until none can.
#include "study/explain.h"

#include <string.h>

#include "study/explain_compare.h"

// Whether `m` has the shock too.
static bool shock_known(const struct model *m, const struct model *shocked, uint32_t row) {
    const struct shock *one = &shocked->shocks[row];
    if (row >= m->shock_count || !m->shocks[row].active) return false;
    const struct shock *other = &m->shocks[row];
    return one->from == other->from && one->until == other->until && one->basis == other->basis &&
           one->factor_ppm == other->factor_ppm && one->extra_ticks == other->extra_ticks &&
           one->targets == other->targets;
}

static enum ap_status paths_make(struct explanation *e) {
    const struct counts *n = &e->m->n;
    e->hit = TAKE(&e->arena, e->m->shock_count + 1, bool);
    e->totals = TAKE(&e->arena, (size_t)e->m->days + 1, struct path_totals);
    e->stocks = TAKE(&e->arena, n->stock, struct stock_path);
    e->links = TAKE(&e->arena, n->link, struct link_path);
    e->lines = TAKE(&e->arena, n->line, struct line_path);
    e->makers = TAKE(&e->arena, n->maker, struct maker_path);
    e->offers = TAKE(&e->arena, n->offer, struct offer_path);
    e->lanes = TAKE(&e->arena, n->lane, struct lane_path);
    e->market_gap = TAKE(&e->arena, n->market, int64_t);
    e->turnover_gap = TAKE(&e->arena, n->enterprise, int64_t);
    bool good = e->hit && e->totals && e->stocks && e->links && e->lines && e->makers && e->offers && e->lanes &&
                e->market_gap && e->turnover_gap;
    return good ? AP_OK : AP_NO_MEMORY;
}

// Both runs to the evening before the shock: one is run, the other is its copy.
static enum ap_status runs_begin(struct sides *x, const struct explain_options *o) {
    struct run *calm = &x->calm.run, *shocked = &x->shocked.run;
    int32_t first = x->e->span.first;
    if (o->baseline) {
        baseline_replay(o->baseline, first - 1, calm);
    } else {
        for (int32_t day = 0; day < first; day++) {
            TRY(run_day(calm, day));
            if (o->step && !o->step(o->self, 1)) return AP_INTERRUPTED;
        }
    }
    if (first == 0) return AP_OK;          // each has opened with its own plans
    ASSERT(calm->state.cells == shocked->state.cells && calm->tally.cells == shocked->tally.cells);
    shocked->state.tick = calm->state.tick;
    memcpy(shocked->state.block, calm->state.block, calm->state.cells * sizeof *calm->state.block);
    memcpy(shocked->tally.block, calm->tally.block, calm->tally.cells * sizeof *calm->tally.block);
    run_resume(shocked);
    return AP_OK;
}

static struct path_totals totals_of(const struct model *m, const struct run *r) {
    struct path_totals sum = {0};
    const struct tally *t = &r->tally;
    for (uint32_t i = 1; i < m->n.variant; i++) {
        sum.made += t->variant_made[i];
        sum.made_nev += m->variants[i].nev ? t->variant_made[i] : 0;
    }
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (m->markets[i].channel != CHANNEL_EXPORT) continue;
        sum.export_left += t->market_left[i];
        sum.export_value += t->market_value[i];
    }
    for (uint32_t i = 1; i < m->n.offer; i++) {
        sum.sold += t->offer_sold[i];
        sum.buyers_lost -= t->offer_lost[i] + t->offer_cancelled[i];
        sum.backlog -= m->offers[i].dealer ? r->state.offer_wanted[i] : r->state.offer_waiting[i];
    }
    for (uint32_t i = 1; i < m->n.demand; i++) sum.demand_missed -= t->demand_lost[i];
    for (uint32_t s = 1; s < m->n.stock; s++) sum.demand_missed -= r->state.stock_backlog[s];
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        sum.turnover += m->enterprises[i].in_region ? t->enterprise_turnover[i] : 0;
    return sum;
}

static void totals_add(struct sides *x, int32_t day) {
    struct explanation *e = x->e;
    struct path_totals gap = totals_of(e->m, &x->calm.run), shocked = totals_of(e->m, &x->shocked.run);
#define PATH_TOTAL_LESS(name, unit, meaning) gap.name -= shocked.name;
    PATH_TOTALS(PATH_TOTAL_LESS)
#undef PATH_TOTAL_LESS
    if (gap.made > e->most.made) e->most_day = day;
#define PATH_TOTAL_MOST(name, unit, meaning) e->most.name = larger_of(e->most.name, gap.name);
    PATH_TOTALS(PATH_TOTAL_MOST)
#undef PATH_TOTAL_MOST
    e->totals[e->days++] = gap;
}

static bool markets_shocked(const struct explanation *e) {
    for (uint32_t i = 0; i < e->m->shock_count; i++)
        if (e->hit[i] && e->m->shocks[i].scope == SCOPE_MARKET) return true;
    return false;
}

// Day by day until settled; the days that were looked at for certainty alone are not counted.
static enum ap_status days_compare(struct sides *x, const struct explain_options *o) {
    struct explanation *e = x->e;
    int32_t hold = markets_shocked(e) ? COHORT_DAYS : 0, settled_days = 0;
    sides_begin(x);
    for (int32_t day = e->span.first; day < e->m->days; day++) {
        TRY(watch_day(&x->calm, day));
        TRY(watch_day(&x->shocked, day));
        sides_day(x, day);
        totals_add(x, day);
        if (o->step && !o->step(o->self, 2)) return AP_INTERRUPTED;
        bool equal = day >= e->span.last && state_equal(&x->calm.run.state, &x->shocked.run.state);
        if (equal && e->settled < 0) {
            e->settled = day;
            settled_days = e->days;
        }
        if (!equal) e->settled = -1;
        if (e->settled >= 0 && day - e->settled >= hold) break;
    }
    if (e->settled >= 0) e->days = settled_days;
    else state_difference(e->m, &x->shocked.run.state, &x->calm.run.state, &e->differs_column, &e->differs_row);
    sides_end(x);
    return AP_OK;
}

enum { CLOSED_ONE_IN = 20 };           // a gap is closed when no more than one in so many of its most is left

static bool closed(int64_t gap, int64_t most) {
    return gap <= 0 || gap * CLOSED_ONE_IN <= most;
}

// When what was lost was back: the first days after the worst. What differs later are ripples.
static void ends_find(struct explanation *e) {
    int32_t first = e->span.first, worst = e->most_day < first ? 0 : e->most_day - first, orders = 0, exports = 0;
    for (int32_t i = 1; i < e->days; i++) {
        if (e->totals[i].backlog > e->totals[orders].backlog) orders = i;
        if (e->totals[i].export_left > e->totals[exports].export_left) exports = i;
    }
    int32_t from = (int32_t)larger_of(e->span.last - first, larger_of(worst, larger_of(orders, exports)));
    bool lost = e->most.made > 0 || e->most.export_left > 0 || e->most.demand_missed > 0;
    for (int32_t i = 0; i < e->days; i++) {
        const struct path_totals *t = &e->totals[i];
        bool made = closed(t->made - t->buyers_lost, e->most.made);   // who left waits for nothing
        if (i > worst && e->most.made > 0 && made && e->rebuilt_day < 0) e->rebuilt_day = first + i;
        if (i > orders && e->most.backlog > 0 && t->backlog <= 0 && e->backlog_gone < 0) e->backlog_gone = first + i;
        bool all = lost && made && closed(t->backlog, e->most.backlog) && closed(t->export_left, e->most.export_left) &&
                   closed(t->demand_missed, e->most.demand_missed);
        if (i >= from && all && e->absorbed < 0) e->absorbed = first + i;
    }
    int32_t last = explain_last_day(e) - first;
    for (uint32_t l = 1; l < e->m->n.line && e->days; l++) {
        const int32_t *gap = line_gaps(e, l);
        for (int32_t i = 0; i <= last; i++) e->lines[l].gap_most = larger_of(e->lines[l].gap_most, gap[i]);
        e->lines[l].gap_absorbed = gap[last];
    }
}

int32_t explain_last_day(const struct explanation *e) {
    return e->absorbed >= 0 ? e->absorbed : e->span.first + e->days - 1;
}

enum ap_status explain_run(const struct model *m, const struct model *shocked, struct luck l,
                           const struct explain_options *o, struct explanation *out) {
    ASSERT(shocked->days == m->days && shocked->first_day == m->first_day);
    *out = (struct explanation){.m = shocked, .span = shock_span(m, shocked), .settled = -1, .most_day = -1,
                                .rebuilt_day = -1, .backlog_gone = -1, .absorbed = -1};
    TRY(paths_make(out));
    for (uint32_t i = 0; i < shocked->shock_count; i++)
        out->hit[i] = shocked->shocks[i].active && !shock_known(m, shocked, i);
    if (out->span.last < out->span.first) return AP_OK;
    out->line_gap = TAKE(&out->arena, (size_t)m->n.line * (size_t)(m->days - out->span.first), int32_t);
    if (!out->line_gap) return AP_NO_MEMORY;

    struct sides x = {.e = out};
    enum ap_status status = watch_make(m, l, &out->arena, &x.calm);
    if (status == AP_OK) status = watch_make(shocked, l, &out->arena, &x.shocked);
    if (status == AP_OK) status = sides_make(&x, &out->arena);
    if (status == AP_OK) status = runs_begin(&x, o);
    if (status == AP_OK) status = days_compare(&x, o);
    if (status == AP_OK) {
        ends_find(out);
        status = explain_events_list(out);
    }
    if (status == AP_LEDGER) {
        const struct run *r = x.calm.run.ledger.message[0] ? &x.calm.run : &x.shocked.run;
        memcpy(out->ledger_message, r->ledger.message, sizeof out->ledger_message);
    }
    watch_free(&x.calm);
    watch_free(&x.shocked);
    return status;
}

void explain_free(struct explanation *e) {
    arena_free(&e->arena);
    *e = (struct explanation){0};
}
