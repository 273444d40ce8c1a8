// Lanes, markets, offers and ways: where vehicles go. And outside demand at stocks.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

static void leg_fill(struct builder *b, uint32_t lane, struct leg *leg, const struct leg_row *row) {
    const struct tables *t = b->t;
    uint64_t who = hash_pair(b->m->lanes[lane].who, (uint64_t)row->leg);
    double hours = drawn(b, who, &row->common, row->transit_hours);
    *leg = (struct leg){
        .departures_micro = (int64_t)(row->departures * 1e6 / b->m->ticks_per_day + 0.5),
        .capacity = (int32_t)row->capacity,
        .transit_ticks = ticks_of(b, hours),
        .spread_ticks = ticks_of(b, row->spread_hours),
    };
    if (leg->departures_micro == 0)
        complain(b->c, row->common.source, 0, NULL, "LANE_WITHOUT_DEPARTURES", NULL,
                 "leg %lld of lane \"%s\" never departs", (long long)row->leg, t->lanes[row->lane].lane);
}

static void lanes_place(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    struct sorted *order = scratch_take(b, t->lanes_count, sizeof *order);
    b->lane_of = scratch_take(b, t->lanes_count + 1, sizeof *b->lane_of);
    m->lanes = model_take(b, t->lanes_count + 1, sizeof *m->lanes);
    m->legs = model_take(b, t->legs_count + 1, sizeof *m->legs);
    if (b->refused) return;
    for (uint32_t i = 0; i < t->lanes_count; i++) order[i] = (struct sorted){ t->lanes[i + 1].lane, i + 1 };
    sorted_order(order, t->lanes_count);
    m->n.lane = t->lanes_count + 1;
    uint32_t at = 0;
    for (uint32_t i = 1; i < m->n.lane; i++) {
        struct lane *lane = &m->lanes[i];
        lane->table_row = order[i - 1].row;
        lane->who = hash_text(t->lanes[lane->table_row].lane);
        lane->first_leg = at;
        b->lane_of[lane->table_row] = i;
        for (int64_t number = 1; number <= (int64_t)t->legs_count; number++)
            for (uint32_t k = 1; k <= t->legs_count; k++)
                if (t->legs[k].lane == lane->table_row && t->legs[k].leg == number)
                    leg_fill(b, i, &m->legs[at++], &t->legs[k]);
        lane->legs = at - lane->first_leg;
        if (lane->legs == 0)
            complain(b->c, t->lanes[lane->table_row].common.source, 0, NULL, "LANE_WITHOUT_LEGS", NULL,
                     "lane \"%s\" has no row in legs.csv", t->lanes[lane->table_row].lane);
    }
}

static void markets_place(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    struct sorted *order = scratch_take(b, t->markets_count, sizeof *order);
    b->market_of = scratch_take(b, t->markets_count + 1, sizeof *b->market_of);
    m->markets = model_take(b, t->markets_count + 1, sizeof *m->markets);
    if (b->refused) return;
    for (uint32_t i = 0; i < t->markets_count; i++) order[i] = (struct sorted){ t->markets[i + 1].market, i + 1 };
    sorted_order(order, t->markets_count);
    m->n.market = t->markets_count + 1;
    for (uint32_t i = 1; i < m->n.market; i++) {
        const struct market_row *row = &t->markets[order[i - 1].row];
        m->markets[i] = (struct market){ .who = hash_text(row->market), .table_row = order[i - 1].row,
                                         .lane = b->lane_of[row->lane], .channel = (uint32_t)row->channel };
        b->market_of[order[i - 1].row] = i;
    }
}

static void offers_place(struct builder *b) {
    struct model *m = b->m;
    uint32_t markets[CHANNEL_COUNT] = { 0 };
    for (uint32_t i = 1; i < m->n.market; i++) markets[m->markets[i].channel]++;
    m->n.offer = 1 + (m->n.variant - 1) * CHANNEL_COUNT;
    m->n.way = 1 + (m->n.variant - 1) * (m->n.market - 1);
    m->offers = model_take(b, m->n.offer, sizeof *m->offers);
    m->ways = model_take(b, m->n.way, sizeof *m->ways);
    if (b->refused) return;
    uint32_t offer = 1, way = 1;
    for (uint32_t v = 1; v < m->n.variant; v++) {
        m->variants[v].first_offer = offer;
        for (uint32_t channel = 0; channel < CHANNEL_COUNT; channel++, offer++) {
            struct offer *o = &m->offers[offer];
            *o = (struct offer){ .variant = v, .channel = channel, .dealer = channel != CHANNEL_EXPORT,
                                 .who = hash_pair(m->variants[v].who, channel), .first_way = way };
            for (uint32_t k = 1; k < m->n.market; k++) {
                if (m->markets[k].channel != channel) continue;
                const struct market_row *row = &b->t->markets[m->markets[k].table_row];
                double ratio = drawn(b, m->markets[k].who, &row->common, row->price_ratio);
                int64_t price = o->dealer ? m->variants[v].price_fen : m->variants[v].export_price_fen;
                m->ways[way] = (struct way){ .offer = offer, .market = k, .lane = m->markets[k].lane,
                                             .price_fen = (int64_t)((double)price * ratio + 0.5) };
                way++;
            }
            o->ways = way - o->first_way;
        }
    }
}

static void ways_of_lanes(struct builder *b) {
    struct model *m = b->m;
    m->ways_of_lane = model_take(b, m->n.way, sizeof *m->ways_of_lane);
    uint32_t *filled = scratch_take(b, m->n.lane, sizeof *filled);
    if (b->refused) return;
    for (uint32_t w = 1; w < m->n.way; w++) m->lanes[m->ways[w].lane].ways++;
    uint32_t at = 0;
    for (uint32_t i = 1; i < m->n.lane; i++) m->lanes[i].first_way = at, at += m->lanes[i].ways;
    for (uint32_t w = 1; w < m->n.way; w++) {
        uint32_t lane = m->ways[w].lane;
        m->ways_of_lane[m->lanes[lane].first_way + filled[lane]++] = w;
    }
}

static uint32_t stock_find(const struct model *m, uint32_t enterprise, uint32_t family) {
    const struct enterprise *e = &m->enterprises[enterprise];
    for (uint32_t s = e->first_stock; s < e->first_stock + e->stocks; s++)
        if (m->products[m->stocks[s].product].family == family && !m->products[m->stocks[s].product].platform)
            return s;
    return 0;
}

static void demands_place(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    struct sorted *order = scratch_take(b, t->demands_count, sizeof *order);
    m->demands = model_take(b, t->demands_count + 1, sizeof *m->demands);
    if (b->refused) return;
    for (uint32_t i = 0; i < t->demands_count; i++) order[i] = (struct sorted){ t->demands[i + 1].demand, i + 1 };
    sorted_order(order, t->demands_count);
    m->n.demand = t->demands_count + 1;
    for (uint32_t i = 1; i < m->n.demand; i++) {
        const struct demand_row *row = &t->demands[order[i - 1].row];
        int32_t every = ticks_of(b, row->every_hours);
        uint64_t who = hash_text(row->demand);
        m->demands[i] = (struct demand){
            .who = who, .stock = stock_find(m, b->enterprise_of[row->enterprise], row->product),
            .every_ticks = every < 1 ? 1 : every,
            .offset_ticks = ticks_of(b, row->offset_hours) % (every < 1 ? 1 : every),
            .mean = drawn(b, who, &row->common, row->mean), .deviation = row->deviation,
            .law = (uint8_t)row->demand_law, .lost = row->unmet == 1,
        };
    }
}

struct mean {
    double   mean;
    uint32_t demand;
};

static int mean_compare(const void *left, const void *right) {
    const struct mean *a = left, *b = right;
    if (a->mean != b->mean) return a->mean < b->mean ? -1 : 1;
    return a->demand < b->demand ? -1 : a->demand > b->demand;
}

// Demands of one mean share a law. Means that no law can have are left to limits.c.
static void poissons_build(struct builder *b) {
    struct model *m = b->m;
    struct mean *means = scratch_take(b, m->n.demand, sizeof *means);
    uint32_t count = 0, laws = 0, *sums = scratch_take(b, m->n.demand, sizeof *sums);
    if (b->refused) return;
    for (uint32_t i = 1; i < m->n.demand; i++) {
        const struct demand *d = &m->demands[i];
        if (d->law == DEMAND_POISSON && d->mean > 0 && d->mean <= 1e6) means[count++] = (struct mean){ d->mean, i };
    }
    qsort(means, count, sizeof *means, mean_compare);
    size_t all = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool next = i == 0 || means[i].mean != means[i - 1].mean;
        if (next) all += sums[++laws] = poisson_sums(means[i].mean);
        m->demands[means[i].demand].poisson = laws;
    }
    m->poissons = model_take(b, laws + 1, sizeof *m->poissons);
    double *place = model_take(b, all, sizeof *place);
    if (b->refused) return;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t law = m->demands[means[i].demand].poisson;
        if (m->poissons[law].count) continue;
        poisson_law_fill(means[i].mean, place, &m->poissons[law]);
        place += sums[law];
    }
}

void markets_build(struct builder *b) {
    lanes_place(b);
    if (b->refused) return;
    markets_place(b);
    if (b->refused) return;
    offers_place(b);
    if (b->refused) return;
    ways_of_lanes(b);
    demands_place(b);
    if (!b->refused) poissons_build(b);
}
