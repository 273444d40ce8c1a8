// Scratch of one run: taken once, derived from the model, rebuilt from the state at a fork.
#include "tick/scratch.h"

#include <stdlib.h>
#include <string.h>

struct scratch_memory {
    struct scratch scratch;        // first: scratch_free gets its address
    struct arena   arena;
};

static enum ap_status rows_take(const struct model *m, struct scratch *x, struct arena *a) {
    const struct counts *n = &m->n;
    size_t calendars = (size_t)m->tables->calendars_count + 1;
    SCRATCH_TAKE(maker_factor, n->maker);
    SCRATCH_TAKE(maker_flow, n->maker);
    SCRATCH_TAKE(maker_level, n->maker);
    SCRATCH_TAKE(busy, n->maker);
    SCRATCH_TAKE(due, n->stock);
    SCRATCH_TAKE(lack, n->stock);
    SCRATCH_TAKE(ladings, n->link);
    SCRATCH_TAKE(makers_by_turn, n->maker);
    SCRATCH_TAKE(makers_now, n->maker);
    SCRATCH_TAKE(line_factor, n->line);
    SCRATCH_TAKE(line_flow, n->line);
    SCRATCH_TAKE(line_level, n->line);
    SCRATCH_TAKE(line_ticks, n->line);
    SCRATCH_TAKE(line_passed, n->line);
    SCRATCH_TAKE(line_weight, n->line);
    SCRATCH_TAKE(stock_allocation, n->stock);
    SCRATCH_TAKE(stock_target, n->stock);
    SCRATCH_TAKE(stock_daily_milli, n->stock);
    SCRATCH_TAKE(shelves, n->stock);
    SCRATCH_TAKE(owing, n->stock);
    SCRATCH_TAKE(owes, n->stock);
    SCRATCH_TAKE(review_stocks, n->stock);
    SCRATCH_TAKE(review_now, n->stock);
    SCRATCH_TAKE(reviews, n->stock);
    SCRATCH_TAKE(offer_factor, n->offer);
    SCRATCH_TAKE(market_factor, n->market);
    SCRATCH_TAKE(export_markets, n->market);
    SCRATCH_TAKE(lane_factor, n->lane);
    SCRATCH_TAKE(lane_extra, n->lane);
    SCRATCH_TAKE(link_extra, n->link);
    SCRATCH_TAKE(fresh, n->link);
    SCRATCH_TAKE(next_fresh, n->link);
    SCRATCH_TAKE(source_owing, n->link);
    SCRATCH_TAKE(build_weight, n->build);
    SCRATCH_TAKE(need, n->build);
    SCRATCH_TAKE(build_pace, n->build);
    SCRATCH_TAKE(in_process, n->build);
    SCRATCH_TAKE(plan_extra, n->build);
    SCRATCH_TAKE(plan_sum, (size_t)n->build * (PLAN_DAYS + 1));
    SCRATCH_TAKE(open_ticks, calendars * 4);
    SCRATCH_TAKE(typical_open, calendars);
    SCRATCH_TAKE(worked, calendars * 4);
    SCRATCH_TAKE(closed_days, calendars * ((size_t)m->days + 1));
    return AP_OK;
}

static void calendars_derive(const struct model *m, struct scratch *x) {
    for (uint32_t c = 0; c <= m->tables->calendars_count; c++) {
        int32_t *closed = x->closed_days + (size_t)c * ((size_t)m->days + 1);
        for (int32_t day = 0; day < m->days; day++) {
            int32_t open = 0;
            for (int32_t t = 0; t < m->ticks_per_day; t++) open += calendar_level(m, c, day, t) == LEVEL_NORMAL;
            closed[day + 1] = closed[day] + (open == 0);
            if (open > x->typical_open[c]) x->typical_open[c] = open;
        }
    }
}

// Shops in series, each with one before it, whose failures do not depend on their work; a word has a bit for each
// variant.
static bool line_in_series(const struct model *m, const struct line *line) {
    for (uint32_t i = 0; i < line->shops; i++) {
        const struct shop *shop = &m->shops[line->first_shop + i];
        if (shop->side || shop->failures == FAILURES_WORK || shop->feeders != (i > 0)) return false;
        if (i > 0 && m->feeders[shop->first_feeder] != line->first_shop + i - 1) return false;
    }
    return line->plain && line->builds > 0 && line->builds <= 64;
}

static enum ap_status flow_take(const struct model *m, struct scratch *x, struct arena *a) {
    size_t shops = 1, builds = 1;
    SCRATCH_TAKE(line_flows, m->n.line);
    for (uint32_t l = 1; l < m->n.line; l++) {
        x->line_flows[l] = line_in_series(m, &m->lines[l]);
        shops = m->lines[l].shops > shops ? m->lines[l].shops : shops;
        builds = m->lines[l].builds > builds ? m->lines[l].builds : builds;
    }
    SCRATCH_TAKE(flow_start, shops * (FLOW_UNITS + 1));
    SCRATCH_TAKE(flow_leave, shops * (FLOW_UNITS + 1));
    SCRATCH_TAKE(flow_column, shops * (FLOW_UNITS + 1));
    SCRATCH_TAKE(flow_there, shops * builds);
    SCRATCH_TAKE(flow_taken, shops * builds);
    SCRATCH_TAKE(flow_behind, shops * builds);
    SCRATCH_TAKE(flow_own, 4 * builds);
    SCRATCH_TAKE(flow_bodies, builds);
    return AP_OK;
}

static enum ap_status claims_take(const struct model *m, struct scratch *x, struct arena *a) {
    size_t most = CHANNEL_COUNT;
    for (uint32_t s = 0; s < m->n.stock; s++) most = m->stocks[s].outs > most ? m->stocks[s].outs : most;
    for (uint32_t l = 1; l < m->n.lane; l++) most = m->lanes[l].ways > most ? m->lanes[l].ways : most;
    SCRATCH_TAKE(claims, most);
    return AP_OK;
}

struct due {
    int32_t  review, phase;
    uint32_t stock;
};

static int due_compare(const void *left, const void *right) {
    const struct due *a = left, *b = right;
    if (a->review != b->review) return a->review < b->review ? -1 : 1;
    if (a->phase != b->phase) return a->phase < b->phase ? -1 : 1;
    return a->stock < b->stock ? -1 : a->stock > b->stock;
}

// Bought stocks by review time and phase, so that a tick touches only those that are due.
static enum ap_status reviews_derive(const struct model *m, struct scratch *x, struct arena *a) {
    struct due *due = arena_take(a, m->n.stock + 1, sizeof *due);
    if (!due) return AP_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct stock *stock = &m->stocks[s];
        if (stock->kind == STOCK_BOUGHT && stock->sources && stock->policy != POLICY_NONE)
            due[count++] = (struct due){ m->stock_plans[s].review_ticks, m->stock_plans[s].review_phase, s };
    }
    qsort(due, count, sizeof *due, due_compare);
    for (uint32_t i = 0; i < count; i++) {
        x->review_stocks[i] = due[i].stock;
        bool next = i == 0 || due[i].review != due[i - 1].review || due[i].phase != due[i - 1].phase;
        if (next) x->reviews[x->review_count++] = (struct review){ due[i].review, due[i].phase, { .first = i } };
        x->reviews[x->review_count - 1].stocks.count++;
    }
    return AP_OK;
}

static int horizon_compare(const void *left, const void *right) {
    const struct horizon *a = left, *b = right;
    if (a->days_milli != b->days_milli) return a->days_milli < b->days_milli ? -1 : 1;
    if (a->calendar != b->calendar) return a->calendar < b->calendar ? -1 : 1;
    return a->stocks.first < b->stocks.first ? -1 : a->stocks.first > b->stocks.first;
}

// Stocks with planned use by how far ahead they look; a level of their own is their target for ever.
static enum ap_status horizons_derive(const struct model *m, struct scratch *x, struct arena *a) {
    SCRATCH_TAKE(horizons, m->n.stock);
    SCRATCH_TAKE(horizon_stocks, m->n.stock);
    SCRATCH_TAKE(horizon_now, m->n.stock);
    SCRATCH_TAKE(horizon_of, m->n.stock);
    SCRATCH_TAKE(planned_spans, m->n.build);
    struct horizon *all = x->horizons;   // one of each stock, then those that are equal together
    uint32_t count = 0;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct stock_plan *plan = &m->stock_plans[s];
        if (m->stocks[s].policy == POLICY_ORDER_UP_TO) x->stock_target[s] = m->stocks[s].order_up_to;
        else if (m->first_planned[s + 1] > m->first_planned[s])
            all[count++] = (struct horizon){ plan->horizon_days_milli, plan->calendar, { .first = s } };
    }
    qsort(all, count, sizeof *all, horizon_compare);
    for (uint32_t i = 0; i < count; i++) {
        struct horizon one = all[i], *last = &all[x->horizon_count];
        x->horizon_stocks[i] = one.stocks.first;
        bool next = i == 0 || one.days_milli != last[-1].days_milli || one.calendar != last[-1].calendar;
        if (next) *last = (struct horizon){ one.days_milli, one.calendar, { .first = i } };
        x->horizon_count += next;
        all[x->horizon_count - 1].stocks.count++;
        x->horizon_of[x->horizon_stocks[i]] = x->horizon_count;
    }
    return AP_OK;
}

// Makers take turns by the hash of their id, so that a tick meets an equal part of them.
static enum ap_status turns_derive(const struct model *m, struct scratch *x, struct arena *a) {
    int64_t turns = (int64_t)(m->set.make_hours * 3600 / m->tick_seconds + 0.5);
    x->turns = turns < 1 ? 1 : turns > m->ticks_per_day ? m->ticks_per_day : (int32_t)turns;
    SCRATCH_TAKE(turn_makers, x->turns);
    uint32_t at = 0;
    for (int32_t turn = 0; turn < x->turns; turn++) {
        x->turn_makers[turn].first = at;
        for (uint32_t i = 1; i < m->n.maker; i++)
            if (m->makers[i].outputs && (int32_t)(m->makers[i].who % (uint64_t)x->turns) == turn)
                x->makers_by_turn[at++] = i;
        x->turn_makers[turn].count = at - x->turn_makers[turn].first;
    }
    return AP_OK;
}

static void lading_fill(const struct model *m, uint32_t row, struct lading *out) {
    const struct link *link = &m->links[row];
    const struct stock *buyer = &m->stocks[link->buyer];
    *out = (struct lading){ .buyer = link->buyer, .supplier = link->supplier, .ring = buyer->ring,
                            .cell = m->rings[buyer->ring].first + buyer->ring_column, .spread_per = link->spread_per,
                            .weight = link->share_ppm > 0 ? link->share_ppm : 1, .approved = link->approved };
}

static void shelf_fill(const struct model *m, uint32_t row, struct shelf *out) {
    const struct stock *s = &m->stocks[row];
    bool to_target = s->policy == POLICY_PLAN || s->policy == POLICY_ORDER_UP_TO;
    ASSERT(s->sources <= MOST_SOURCES);
    *out = (struct shelf){ .maker = s->maker, .enterprise = s->enterprise, .first_out = s->first_out, .outs = s->outs,
                           .first_source = s->first_source, .sources = (uint8_t)s->sources, .ring = s->ring,
                           .cell = m->rings[s->ring].first + s->ring_column,
                           .simple = to_target && s->lot <= 1 && s->order_most <= 0 && !s->in_kits };
}

enum ap_status scratch_make(const struct model *m, struct scratch **out) {
    struct scratch_memory *memory = calloc(1, sizeof *memory);
    *out = NULL;
    if (!memory) return AP_NO_MEMORY;
    struct scratch *x = &memory->scratch;
    *out = x;
    TRY(rows_take(m, x, &memory->arena));
    TRY(parts_derive(m, x, &memory->arena));
    TRY(flow_take(m, x, &memory->arena));
    TRY(claims_take(m, x, &memory->arena));
    TRY(reviews_derive(m, x, &memory->arena));
    TRY(horizons_derive(m, x, &memory->arena));
    TRY(turns_derive(m, x, &memory->arena));
    calendars_derive(m, x);
    for (uint32_t b = 1; b < m->n.build; b++) {
        int32_t open = x->typical_open[m->lines[m->builds[b].line].calendar];
        x->build_pace[b] = 1024 * m->ticks_per_day / (open ? open : m->ticks_per_day);
    }
    for (uint32_t i = 1; i < m->n.market; i++)
        if (m->markets[i].channel == CHANNEL_EXPORT) x->export_markets[x->export_market_count++] = i;
    TRY(part_take(m, &x->part, &memory->arena));
    part_choose(m, x, NULL, NULL);
    for (uint32_t i = 0; i < m->n.stock; i++) shelf_fill(m, i, &x->shelves[i]);
    for (uint32_t i = 1; i < m->n.link; i++) lading_fill(m, i, &x->ladings[i]);
    x->shocked = true;             // so that the first day sets the defaults
    x->far = m->n.stock > FAR_STOCKS;
    return AP_OK;
}

void scratch_free(struct scratch *x) {
    if (!x) return;
    struct scratch_memory *memory = (struct scratch_memory *)(void *)x;
    arena_free(&memory->arena);
    free(memory);
}

void scratch_reset(const struct model *m, const struct state *s, struct scratch *x) {
    x->shocked = true;
    x->fresh_count = x->next_fresh_count = x->owing_count = x->source_owing_count = 0;
    x->shelves[0].owed_out = 0;
    for (uint32_t n = 0; n < x->part.stocks.count; n++) {
        uint32_t i = x->part.stocks.row[n];
        x->shelves[i].owed_out = 0;
        x->owes[i] = false;
        x->due[i] = true;
    }
    for (uint32_t n = 0; n < x->part.links.count; n++) {
        uint32_t i = x->part.links.row[n], supplier = m->links[i].supplier;
        if (s->link_ordered[i]) x->fresh[x->fresh_count++] = i;
        if (s->link_owed[i] == 0 || !enterprise_on(&x->part, m->links[i].supplier_enterprise)) continue;
        x->shelves[supplier].owed_out += s->link_owed[i];
        if (supplier == 0) x->source_owing[x->source_owing_count++] = i;
        else if (!x->owes[supplier]) x->owing[x->owing_count++] = supplier;
        x->owes[supplier] = supplier != 0;
    }
    memset(x->busy, true, m->n.maker * sizeof *x->busy);
    memset(x->credits, 0, m->n.build * sizeof *x->credits);
    memset(x->plant, 0, m->n.enterprise * sizeof *x->plant);
    for (uint32_t b = 1; b < m->n.build; b++) {
        x->credits[b].takes[PARTS_OWN] = x->credits[x->line_needs[b].leader].used;
        x->credits[b].takes[PARTS_COMMON] = x->plant[m->lines[m->builds[b].line].enterprise].used;
    }
    for (uint32_t e = 0; e < m->n.enterprise; e++) x->plant[e].stamp = 1;   // no limits are valid yet
}
