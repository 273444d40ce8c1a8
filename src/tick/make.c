// Stage 4: suppliers make towards their cover and what they owe (M-4.4).
// reads: stock_*, maker_strain    writes: stock_on_hand (components), transit of what is made
#include "tick/scratch.h"

// What a made stock lacks to its target and what it owes.
static int64_t lacking(const struct tick *k, uint32_t stock) {
    const struct state *s = k->s;
    int64_t need = (int64_t)k->x->stock_target[stock] + k->x->stock_owed_out[stock] + s->stock_backlog[stock] -
                   s->stock_on_hand[stock] - s->stock_under_way[stock];
    return need > 0 ? need : 0;
}

// Units a maker may start in this tick: staffed rate x shock x overtime, at most its planned flow where that is capped.
static int64_t allowed(const struct tick *k, const struct maker *maker, uint32_t row) {
    int64_t rate = scaled_ppm(maker->rate_micro, k->x->maker_factor[row]);
    if (k->x->maker_level[row] > LEVEL_NORMAL) rate += scaled_ppm(rate, maker->overtime_ppm);
    if (k->x->maker_flow[row] >= 0) {
        int64_t planned = 0;
        int32_t ticks = k->x->open_ticks[maker->calendar * 4 + LEVEL_NORMAL];
        for (uint32_t o = 0; o < maker->outputs; o++)
            planned += k->x->stock_daily_milli[k->m->outputs[maker->first_output + o]];
        int64_t flow = scaled_ppm(planned * 1000 / (ticks ? ticks : 1), k->x->maker_flow[row]);
        rate = smaller_of(rate, flow);
    }
    return rate_units(rate, k->tick);
}

// Whole kits that the components on hand allow, up to `wanted`.
static int64_t kits(const struct tick *k, uint32_t stock, int64_t wanted) {
    const struct model *m = k->m;
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++)
        wanted = smaller_of(wanted, k->s->stock_on_hand[m->needs[i].stock] / m->needs[i].quantity);
    return wanted;
}

static void units_start(struct tick *k, uint32_t stock, int64_t count) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[m->stocks[stock].maker];
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++) {
        const struct need *need = &m->needs[i];
        k->s->stock_on_hand[need->stock] -= (int32_t)(count * need->quantity);
        k->t->product_used[m->stocks[need->stock].product] += count * need->quantity;
    }
    int64_t good = count;
    if (maker->yield_ppm < 1000000) {
        int64_t parts = count * maker->yield_ppm;
        double u = draw_uniform(k->luck, m->stocks[stock].who, DRAW_YIELD, (uint32_t)k->tick, 0);
        good = parts / 1000000 + (u * 1e6 < (double)(parts % 1000000));
    }
    k->t->product_made[m->stocks[stock].product] += count;
    k->t->product_scrapped[m->stocks[stock].product] += count - good;
    if (good > 0) transit_add(k, stock, (int32_t)good, maker->flow_ticks);
}

// In proportion to what is lacking when the rate is short; the first turn goes round with the tick, so that scarce
// components and remainders favour nobody.
static void maker_work(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[row];
    const uint32_t *outputs = m->outputs + maker->first_output;
    int64_t total = 0;
    for (uint32_t o = 0; o < maker->outputs; o++) total += lacking(k, outputs[o]);
    if (total == 0) {
        k->x->busy[row] = false;
        return;
    }
    int64_t most = allowed(k, maker, row), left = smaller_of(most, total);
    uint32_t turn = (uint32_t)k->tick % maker->outputs;
    bool rest_round = most < total;
    for (int round = 0; round < 2 && left > 0; round++)
        for (uint32_t o = 0; o < maker->outputs && left > 0; o++) {
            uint32_t stock = outputs[(o + turn) % maker->outputs];
            int64_t need = lacking(k, stock);
            int64_t count = round == 0 && rest_round ? need * most / total : need;
            count = kits(k, stock, smaller_of(count, left));
            if (count <= 0) continue;
            units_start(k, stock, count);
            left -= count;
        }
}

void suppliers_make(struct tick *k) {
    const struct model *m = k->m;
    if (m->set.saturate == SATURATE_LINES) return;
    for (uint32_t i = 1; i < m->n.maker; i++) {
        if (!k->x->busy[i]) continue;
        int level = calendar_level(m, m->makers[i].calendar, k->day, k->tick_of_day);
        if (level == LEVEL_CLOSED || level > k->x->maker_level[i]) continue;
        maker_work(k, i);
    }
}
