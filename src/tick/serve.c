// Stage 7: makers with servers finish units one by one, in exact time within the tick, among the demand that falls on
// their stock (M-4.4). Exponential times forget how long they have run, so nothing is remembered between ticks.
// reads: stock_*, enterprise_down    writes: stock_on_hand, stock_backlog
#include "tick/stage.h"

// The events of one Poisson process in this tick; times in ticks since its start.
struct service {
    uint64_t who;
    uint32_t purpose, row;             // row: of demands
    uint32_t drawn;
    double   gap, at;                  // mean time between two; the next one
    double   mark;                     // of the next one, uniform
};

static void stream_next(const struct tick *k, struct service *s) {
    uint32_t number = s->drawn++;
    struct philox p = draw_block(k->luck, who_of(s->who, number), s->purpose, when_tick(k), number & 65535);
    double u = ((double)(((uint64_t)p.word[0] << 32 | p.word[1]) >> 11) + 0.5) * 0x1p-53;
    s->at += exponential_from(u, s->gap);
    s->mark = (p.word[2] + 0.5) * 0x1p-32;
}

// Units that all servers of a maker would finish in this tick if none ever stood idle.
static double rate_of(const struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[row];
    int level = calendar_level(m, maker->calendar, k->day, k->tick_of_day);
    if (level == LEVEL_CLOSED || level > k->x->maker_level[row] || k->s->enterprise_down[maker->enterprise]) return 0;
    int64_t rate = scaled_ppm(maker->rate_micro, k->x->maker_factor[row]);
    if (k->x->maker_level[row] > LEVEL_NORMAL) rate += scaled_ppm(rate, maker->overtime_ppm);
    if (k->x->maker_flow[row] >= 0) {
        int64_t planned = 0;
        for (uint32_t o = 0; o < maker->outputs; o++)
            planned += k->x->stock_daily_milli[m->outputs[maker->first_output + o]];
        rate = smaller_of(rate, scaled_ppm(planned * 1000 / m->ticks_per_day, k->x->maker_flow[row]));
    }
    return (double)rate / 1e6;
}

// Whole units of the stock that the components on hand allow.
static int64_t kits_of(const struct tick *k, uint32_t stock) {
    const struct model *m = k->m;
    int64_t kits = INT32_MAX;
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++)
        kits = smaller_of(kits, k->s->stock_on_hand[m->needs[i].stock] / m->needs[i].quantity);
    return kits;
}

static void unit_finish(struct tick *k, uint32_t stock) {
    const struct model *m = k->m;
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++) {
        const struct need *need = &m->needs[i];
        k->s->stock_on_hand[need->stock] -= need->quantity;
        k->t->stock_used[need->stock] += need->quantity;
        k->x->due[need->stock] = true;
        k->x->busy[m->stocks[need->stock].maker] = true;
        k->x->plant[m->stocks[stock].enterprise].stamp++;
    }
    k->t->stock_made[stock]++;
    stock_receive(k, stock, 1);
}

// One of all servers' possible completions: it is one if the server that it falls to has something to do. Of several
// products the one that lacks most is finished.
static void completion_try(struct tick *k, const struct maker *maker, double mark) {
    const uint32_t *outputs = k->m->outputs + maker->first_output;
    int64_t busy = 0, most = 0;
    uint32_t best = 0;
    for (uint32_t o = 0; o < maker->outputs; o++) {
        int64_t lack = smaller_of(made_lacking(k, outputs[o]), kits_of(k, outputs[o]));
        busy += lack;
        if (lack > most) most = lack, best = outputs[o];
    }
    if (mark * maker->servers < (double)busy) unit_finish(k, best);
}

static void maker_serve(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[row];
    double rate = rate_of(k, row);
    struct service streams[MOST_SERVED + 1] = { { .who = maker->who, .purpose = DRAW_SERVER } };
    uint32_t count = rate > 0;
    if (rate > 0) streams[0].gap = 1 / rate;
    for (uint32_t i = 1; i < m->n.demand; i++)
        if (m->demands[i].served && m->stocks[m->demands[i].stock].maker == row && m->demands[i].mean > 0)
            streams[count++] = (struct service){ .who = m->demands[i].who, .purpose = DRAW_DEMAND, .row = i,
                                                .gap = 1 / m->demands[i].mean };
    for (uint32_t i = 0; i < count; i++) stream_next(k, &streams[i]);
    while (count > 0) {
        struct service *first = streams;
        for (uint32_t i = 1; i < count; i++)
            if (streams[i].at < first->at) first = &streams[i];
        if (first->at >= 1) break;
        if (first->purpose == DRAW_SERVER) completion_try(k, maker, first->mark);
        else demand_meet(k, first->row, 1);
        stream_next(k, first);
    }
}

void servers_work(struct tick *k) {
    if (k->m->set.saturate == SATURATE_LINES) return;
    for (uint32_t i = 0; i < k->m->serving_count; i++)
        if (enterprise_on(&k->x->part, k->m->makers[k->m->serving[i]].enterprise)) maker_serve(k, k->m->serving[i]);
}
