// Which rows are computed: the lists that the loops of the stages go over.
#include "tick/part.h"

#include "tick/scratch.h"

#define PART_TAKE(field, count)                                                                                        \
    if (!(p->field = arena_take(a, (size_t)(count) + 1, sizeof *p->field))) return AP_NO_MEMORY

enum ap_status part_take(const struct model *m, struct part *p, struct arena *a) {
    const struct counts *n = &m->n;
    PART_TAKE(makers.row, n->maker);
    PART_TAKE(lines.row, n->line);
    PART_TAKE(links.row, n->link);
    PART_TAKE(stocks.row, n->stock);
    PART_TAKE(builds.row, n->build);
    PART_TAKE(offers.row, n->offer);
    PART_TAKE(markets.row, n->market);
    PART_TAKE(lanes.row, n->lane);
    PART_TAKE(demands.row, n->demand);
    PART_TAKE(yards.row, n->stock);
    PART_TAKE(ring_spans, n->stock);
    PART_TAKE(figures, n->enterprise + n->variant + n->lane);
    PART_TAKE(plan_rows, n->build);
    return AP_OK;
}

static bool stock_on(const struct model *m, const struct part *p, uint32_t stock) {
    return enterprise_on(p, m->stocks[stock].enterprise);
}

// A link has two ends; its cells are in place when one of them is computed.
static bool link_on(const struct model *m, const struct part *p, uint32_t link) {
    return enterprise_on(p, m->links[link].supplier_enterprise) || stock_on(m, p, m->links[link].buyer);
}

static bool offer_on(const struct model *m, const struct part *p, uint32_t offer) {
    return !p->on || p->on[cluster_of_offer(p->clusters, m, offer)];
}

static bool lane_on(const struct part *p, uint32_t lane) {
    return !p->on || p->on[p->clusters->of_lane[lane]];
}

static void row_add(struct rows *rows, uint32_t row, bool on) {
    rows->row[rows->count] = row;
    rows->count += on;
}

static void rows_choose(const struct model *m, struct part *p) {
    p->makers.count = p->lines.count = p->links.count = p->stocks.count = p->builds.count = p->offers.count = 0;
    p->markets.count = p->lanes.count = p->demands.count = p->yards.count = 0;
    for (uint32_t i = 1; i < m->n.maker; i++) row_add(&p->makers, i, enterprise_on(p, m->makers[i].enterprise));
    for (uint32_t i = 1; i < m->n.line; i++) row_add(&p->lines, i, enterprise_on(p, m->lines[i].enterprise));
    for (uint32_t i = 1; i < m->n.link; i++) row_add(&p->links, i, link_on(m, p, i));
    for (uint32_t i = 1; i < m->n.stock; i++) {
        bool on = stock_on(m, p, i);
        row_add(&p->stocks, i, on);
        row_add(&p->yards, i, on && m->stocks[i].kind == STOCK_BUILT);
    }
    for (uint32_t i = 1; i < m->n.build; i++)
        row_add(&p->builds, i, enterprise_on(p, m->lines[m->builds[i].line].enterprise));
    for (uint32_t i = 1; i < m->n.offer; i++) row_add(&p->offers, i, offer_on(m, p, i));
    for (uint32_t i = 1; i < m->n.market; i++) row_add(&p->markets, i, lane_on(p, m->markets[i].lane));
    for (uint32_t i = 1; i < m->n.lane; i++) row_add(&p->lanes, i, lane_on(p, i));
    for (uint32_t i = 1; i < m->n.demand; i++) row_add(&p->demands, i, stock_on(m, p, m->demands[i].stock));
}

// The columns of a ring that are computed, as spans.
static void rings_choose(const struct model *m, struct part *p) {
    uint32_t first = 0;
    for (int k = 0; k < RINGS; k++) {
        const struct ring *ring = &m->rings[k];
        struct group *group = &p->rings[k];
        *group = (struct group){ .first = first };
        bool before = false;
        for (uint32_t i = 0; i < ring->columns; i++) {
            bool on = stock_on(m, p, m->ring_stocks[ring->first_stock + i]);
            if (on && !before) p->ring_spans[first + group->now++] = (struct cells){ i, 0 };
            if (on) p->ring_spans[first + group->now - 1].count++;
            before = on;
        }
        first += group->now;
    }
}

static void stocks_choose(const struct model *m, const struct part *p, const uint32_t *all, uint32_t *chosen,
                          struct group *g) {
    g->now = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        chosen[g->first + g->now] = all[g->first + i];
        g->now += stock_on(m, p, all[g->first + i]);
    }
}

static void turns_choose(const struct model *m, struct scratch *x) {
    for (int32_t turn = 0; turn < x->turns; turn++) {
        struct group *g = &x->turn_makers[turn];
        g->now = 0;
        for (uint32_t i = 0; i < g->count; i++) {
            uint32_t row = x->makers_by_turn[g->first + i];
            x->makers_now[g->first + g->now] = row;
            g->now += enterprise_on(&x->part, m->makers[row].enterprise);
        }
    }
}

void part_choose(const struct model *m, struct scratch *x, const struct clusters *clusters, const bool *on) {
    ASSERT(!on == !clusters);
    x->part.clusters = clusters;
    x->part.on = on;
    rows_choose(m, &x->part);
    rings_choose(m, &x->part);
    for (uint32_t i = 0; i < x->review_count; i++)
        stocks_choose(m, &x->part, x->review_stocks, x->review_now, &x->reviews[i].stocks);
    for (uint32_t i = 0; i < x->horizon_count; i++)
        stocks_choose(m, &x->part, x->horizon_stocks, x->horizon_now, &x->horizons[i].stocks);
    turns_choose(m, x);
    for (uint32_t b = 1; b < m->n.build; b++) x->part.plan_rows[b] = x->plan_sum + (size_t)b * (PLAN_DAYS + 1);
}
