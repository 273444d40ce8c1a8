// The order of the stages is the model (M-1): goods arrive before orders are placed, suppliers make before lines build,
// goods ship before markets take vehicles. One row, one stage, one file.
#include "tick/stage.h"

#include <stdlib.h>
#include <string.h>

struct stage {
    const char *name;
    void (*happen)(struct tick *k);
};

static const struct stage stages[] = {
    { "calendar", day_begins },     // calendar.c: shocks, levels, plans; in the first tick of a day
    { "arrive", shipments_arrive }, // arrive.c
    { "order", orders_place },      // order.c
    { "make", suppliers_make },     // make.c
    { "build", lines_build },       // build.c
    { "ship", goods_ship },         // ship.c
    { "serve", servers_work },      // serve.c
    { "market", markets_take },     // market.c
    { "lane", lanes_depart },       // lane.c
    { "read", stocks_read },        // reading.c
};

uint32_t stage_count(void) {
    return sizeof stages / sizeof *stages;
}

const char *stage_name(uint32_t stage) {
    ASSERT(stage < stage_count());
    return stages[stage].name;
}

static struct tick tick_of(struct run *r, int32_t day) {
    return (struct tick){ .m = r->m, .s = &r->state, .t = &r->tally, .x = r->scratch, .luck = r->luck,
                          .observer = r->observer, .no_shocks = r->no_shocks, .day = day,
                          .exchange = r->exchange };
}

// What waits to be handed over counts when the day is over; then the clusters' figures are added up.
static void figures_close(struct tick *k, struct day_figures *today) {
    const struct part *p = &k->x->part;
    for (uint32_t i = 0; i < p->offers.count; i++) {
        uint32_t o = p->offers.row[i];
        int32_t waits = k->m->offers[o].dealer ? k->s->offer_wanted[o] : k->s->offer_waiting[o];
        figures_of(k, p->on ? cluster_of_offer(p->clusters, k->m, o) : 0)->waiting += waits;
    }
    *today = (struct day_figures){ 0 };
    for (uint32_t c = 0; c < (p->on ? p->clusters->count : 1); c++) {
        const struct day_figures *one = &p->figures[c];
        today->made += one->made;
        today->made_nev += one->made_nev;
        today->export_left += one->export_left;
        today->waiting += one->waiting;
    }
}

enum ap_status run_day(struct run *r, int32_t day) {
    ASSERT(day >= 0 && day < r->m->days);
    ASSERT(r->state.tick == day * r->m->ticks_per_day);
    struct tick k = tick_of(r, day);
    for (k.tick_of_day = 0; k.tick_of_day < r->m->ticks_per_day; k.tick_of_day++) {
        k.tick = r->state.tick;
        for (uint32_t i = 0; i < stage_count(); i++) {
            if (r->clock) r->clock(r->clock_self, i);
            stages[i].happen(&k);
        }
        if (r->clock) r->clock(r->clock_self, stage_count());
        r->state.tick++;
        if (r->m->set.audit_every_tick && !r->partial) TRY(ledger_check(r->m, &r->state, &r->tally, &r->ledger));
    }
    shipments_value(&k);
    figures_close(&k, &r->days[day]);
    return r->partial ? AP_OK : ledger_check(r->m, &r->state, &r->tally, &r->ledger);
}

// Stocks at their targets, dealers at theirs, lines empty.
static void state_open(struct run *r) {
    const struct model *m = r->m;
    struct tick k = tick_of(r, 0);
    shocks_apply(&k);
    plans_open(&k);
    plans_renew(&k);
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct stock *stock = &m->stocks[s];
        int32_t target = r->scratch->stock_target[s];
        if (stock->policy == POLICY_ORDER_UP_TO || stock->policy == POLICY_S_S) target = stock->order_up_to;
        if (stock->policy == POLICY_R_Q) target = stock->reorder_at + stock->lot;
        if (stock->policy == POLICY_NONE || stock->kind == STOCK_BUILT) target = 0;
        r->state.stock_on_hand[s] = m->stock_plans[s].opening >= 0 ? m->stock_plans[s].opening : target;
        r->tally.stock_opening[s] = r->state.stock_on_hand[s];
    }
    for (uint32_t o = 1; o < m->n.offer; o++)
        if (m->offers[o].dealer)
            r->tally.offer_opening[o] = r->state.offer_stock[o] = m->dealer_target[(size_t)o * ((size_t)m->days + 1)];
}

enum ap_status run_make(const struct model *m, struct luck l, struct run *out) {
    ASSERT(m && out);
    *out = (struct run){ .m = m, .luck = l };
    enum ap_status status = state_make(m, &out->state);
    if (status == AP_OK) status = tally_make(m, &out->tally);
    if (status == AP_OK) status = scratch_make(m, &out->scratch);
    out->days = calloc((size_t)m->days, sizeof *out->days);
    out->ledger.work = calloc(m->n.product + m->n.stock, sizeof *out->ledger.work);
    if (!out->days || !out->ledger.work) status = AP_NO_MEMORY;
    if (status != AP_OK) {
        run_free(out);
        return status;
    }
    scratch_reset(m, &out->state, out->scratch);
    state_open(out);
    return AP_OK;
}

void run_choose(struct run *r, const struct clusters *c, const bool *on) {
    r->partial = false;
    for (uint32_t i = 1; on && i < c->count; i++) r->partial |= !on[i];
    part_choose(r->m, r->scratch, c, on);
}

const int32_t *run_targets(const struct run *r) {
    return r->scratch->stock_target;
}

const int64_t *run_plan_sums(const struct run *r) {
    return r->scratch->plan_sum;
}

const struct day_figures *run_figures(const struct run *r, uint32_t cluster) {
    ASSERT(r->scratch->part.on);
    return &r->scratch->part.figures[cluster];
}

void run_resume(struct run *r) {
    scratch_reset(r->m, &r->state, r->scratch);
}

void run_free(struct run *r) {
    state_free(&r->state);
    tally_free(&r->tally);
    scratch_free(r->scratch);
    free(r->days);
    free(r->ledger.work);
    *r = (struct run){ 0 };
}
