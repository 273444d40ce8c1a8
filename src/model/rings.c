// Transit rings: each stock gets a class by its longest delivery; coarse slots for long ones, single ticks where a case
// or a row of its own asks for exact times.
#include "model/builder.h"

enum { EXACT_RING = RINGS - 1 };
static const int32_t widths[RINGS] = { 1, 1, 8, 8, 24, 1 };
static const int32_t slots_least[RINGS] = { 16, 32, 16, 64, 16, 16 };

// The most ticks between shipping to a stock (or starting a unit of it) and its arrival, shocks included.
static void delays_find(struct builder *b, int32_t *delay) {
    struct model *m = b->m;
    for (uint32_t s = 1; s < m->n.stock; s++)
        delay[s] = m->stocks[s].maker ? m->makers[m->stocks[s].maker].flow_ticks : 1;
    int32_t *extra = scratch_take(b, m->n.link, sizeof *extra);
    if (b->refused) return;
    for (uint32_t i = 0; i < m->shock_count; i++)
        for (uint32_t k = 0; k < m->shocks[i].targets; k++) {
            const struct target *target = &m->targets[m->shocks[i].first_target + k];
            if (target->kind == TARGET_LINK) extra[target->row] += m->shocks[i].extra_ticks;
        }
    for (uint32_t i = 1; i < m->n.link; i++) {
        const struct link *link = &m->links[i];
        int32_t most = link->transit_ticks + spread_most(link) + extra[i];
        if (most > delay[link->buyer]) delay[link->buyer] = most;
    }
}

// The first class whose slots hold the delay; exact stocks keep single ticks however long it is.
static uint8_t ring_for(const struct model *m, const struct stock *s, int32_t delay) {
    bool single = s->exact || m->ticks_per_day < 24;
    for (int k = 0; k < EXACT_RING - 1; k++)
        if (delay < (slots_least[k] - 2) * widths[k] && (widths[k] == 1 || !single)) return (uint8_t)k;
    return single ? EXACT_RING : EXACT_RING - 1;
}

void rings_build(struct builder *b) {
    struct model *m = b->m;
    int32_t *delay = scratch_take(b, m->n.stock, sizeof *delay);
    if (b->refused) return;
    delays_find(b, delay);
    if (b->refused) return;
    for (int k = 0; k < RINGS; k++) m->rings[k] = (struct ring){ .width = widths[k], .slots = slots_least[k] };
    for (uint32_t s = 1; s < m->n.stock; s++) {
        struct stock *stock = &m->stocks[s];
        stock->ring = ring_for(m, stock, delay[s]);
        // A coarse slot is filled up before it arrives: cover has to reach over it.
        m->stock_plans[s].horizon_days_milli += (widths[stock->ring] - 1) * 1000 / m->ticks_per_day;
        struct ring *ring = &m->rings[stock->ring];
        stock->ring_column = ring->columns++;
        int32_t slots = delay[s] / ring->width + 3;
        if (slots > ring->slots) ring->slots = slots;
    }
    uint32_t column = 0;
    for (int k = 0; k < RINGS; k++) {
        m->rings[k].first = m->n.transit;
        m->rings[k].first_stock = column;
        uint64_t cells = (uint64_t)m->rings[k].slots * m->rings[k].columns;
        b->refused |= cells + m->n.transit > INT32_MAX;
        m->n.transit += (uint32_t)cells;
        column += m->rings[k].columns;
    }
    m->ring_stocks = b->refused ? NULL : model_take(b, column, sizeof *m->ring_stocks);
    if (b->refused) return;
    for (uint32_t s = 1; s < m->n.stock; s++)
        m->ring_stocks[m->rings[m->stocks[s].ring].first_stock + m->stocks[s].ring_column] = s;
    m->n.link += m->n.link == 0;
    m->n.build_day = m->n.build * PLAN_DAYS;
    m->n.offer_cohort = m->n.offer * COHORT_DAYS;
    m->n.offer_day = m->n.offer * DEALER_RING_DAYS;
    m->n.market_day = m->n.market * MARKET_RING_DAYS;
}
