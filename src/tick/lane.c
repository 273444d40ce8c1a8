// Stage 8: departures of the lanes; leaving the region happens with leg 1 (M-4.8).
// reads: way_waiting    writes: way_waiting, lane_waiting, offer_arriving, market_arriving
#include "tick/stage.h"

static int32_t spread_draw(const struct tick *k, const struct lane *lane, uint32_t leg) {
    const struct leg *l = &k->m->legs[lane->first_leg + leg];
    if (l->spread_ticks == 0) return 0;
    double u = draw_uniform(k->luck, lane->who, DRAW_LANE, when_tick(k), leg);
    return (int32_t)(u * (l->spread_ticks + 1));
}

// When what departs now arrives: transit of each leg, and from the second on the wait for the next departure.
static int32_t arrival_tick(const struct tick *k, uint32_t row) {
    const struct lane *lane = &k->m->lanes[row];
    int64_t at = (int64_t)k->tick + k->x->lane_extra[row];
    for (uint32_t i = 0; i < lane->legs; i++) {
        const struct leg *leg = &k->m->legs[lane->first_leg + i];
        int64_t period = (1000000 + leg->departures_micro / 2) / leg->departures_micro;
        if (i > 0 && period > 1) at = ceil_div(at, period) * period;
        at += leg->transit_ticks + spread_draw(k, lane, i);
    }
    return (int32_t)at;
}

static void dealers_await(struct tick *k, uint32_t offer, int32_t day, int32_t count) {
    ASSERT(day - k->day < DEALER_RING_DAYS);
    k->s->offer_arriving[offer * DEALER_RING_DAYS + (uint32_t)(day % DEALER_RING_DAYS)] += count;
}

static void way_depart(struct tick *k, uint32_t row, int32_t count, int32_t arrives) {
    const struct model *m = k->m;
    const struct way *way = &m->ways[row];
    const struct offer *offer = &m->offers[way->offer];
    int32_t day = arrives / m->ticks_per_day;
    if (day <= k->day) day = k->day + 1;
    note_tell_ahead(k, row, count, day - k->day);
    k->s->way_waiting[row] -= count;
    k->s->lane_waiting[way->lane] -= count;
    k->t->way_left[row] += count;
    k->t->market_left[way->market] += count;
    k->t->market_value[way->market] += count * way->price_fen;
    if (offer->dealer) {
        dealers_await(k, way->offer, day, count);
    } else {
        ASSERT(day - k->day < MARKET_RING_DAYS);
        figures_of(k, k->x->part.on ? k->x->part.clusters->of_lane[way->lane] : 0)->export_left += count;
        k->s->market_arriving[way->market * MARKET_RING_DAYS + (uint32_t)(day % MARKET_RING_DAYS)] += count;
    }
    if (!k->observer) return;
    struct event e = { .kind = VEHICLE_LEFT, .way = row, .count = count,
                       .second = (int64_t)(k->tick + 1) * m->tick_seconds };
    k->observer->see(k->observer->self, &e);
    e.kind = VEHICLE_ARRIVES;
    e.second = (int64_t)arrives * m->tick_seconds;
    k->observer->see(k->observer->self, &e);
}

static void lane_depart(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct lane *lane = &m->lanes[row];
    const struct leg *leg = &m->legs[lane->first_leg];
    int64_t rate = scaled_ppm(leg->departures_micro, k->x->lane_factor[row]);
    int64_t room = rate_units(rate, when_tick(k)) * leg->capacity;
    if (room == 0) return;
    int32_t arrives = arrival_tick(k, row);
    uint32_t count = 0;
    for (uint32_t i = 0; i < lane->ways; i++) {
        uint32_t way = m->ways_of_lane[lane->first_way + i];
        if (k->s->way_waiting[way])
            k->x->claims[count++] = (struct claim){ .owed = k->s->way_waiting[way], .row = way };
    }
    allocate(k->x->claims, count, room);
    for (uint32_t i = 0; i < count; i++)
        if (k->x->claims[i].given) way_depart(k, k->x->claims[i].row, (int32_t)k->x->claims[i].given, arrives);
}

void lanes_depart(struct tick *k) {
    for (uint32_t i = 0; i < k->x->part.lanes.count; i++)
        if (k->s->lane_waiting[k->x->part.lanes.row[i]]) lane_depart(k, k->x->part.lanes.row[i]);
    for (const struct note *n; (n = note_next(k, NOTE_DEPARTURE));)
        dealers_await(k, k->m->ways[n->row].offer, k->day + n->ahead, n->count);
}
