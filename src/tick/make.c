// Stage 4: suppliers make towards their cover and what they owe (M-4.4).
// reads: stock_*, maker_strain    writes: stock_on_hand (components), transit of what is made
#include "tick/stage.h"

// What a made stock lacks to its target and what it owes.
int64_t made_lacking(const struct tick *k, uint32_t stock) {
    const struct state *s = k->s;
    int64_t need = (int64_t)k->x->stock_target[stock] + k->x->shelves[stock].owed_out + s->stock_backlog[stock] -
                   s->stock_on_hand[stock] - s->stock_under_way[stock];
    return need > 0 ? need : 0;
}

// Ticks worked since the last turn, this one included, of every calendar up to each level: the same for all makers
// whose turn it is.
static void worked_count(const struct tick *k) {
    int32_t *worked = k->x->worked, a_day = k->m->ticks_per_day;
    for (uint32_t c = 0; c <= k->m->tables->calendars_count; c++) {
        for (int level = 0; level < 4; level++) worked[c * 4 + (uint32_t)level] = 0;
        for (int32_t back = 0; back < k->x->turns && back <= k->tick; back++) {
            int32_t tick = k->tick - back;
            for (int level = calendar_level(k->m, c, tick / a_day, tick % a_day); level && level < 4; level++)
                worked[c * 4 + (uint32_t)level]++;
        }
    }
}

// Units a maker may start at its turn: staffed rate x shock x overtime over the ticks worked since the last turn, at
// most its planned flow where a shock caps it. Rates are functions of the date (M-3): of its turn's number.
static int64_t allowed(const struct tick *k, const struct maker *maker, uint32_t row) {
    int32_t worked = k->x->worked[maker->calendar * 4 + (uint32_t)k->x->maker_level[row]];
    if (worked == 0 || maker->servers || k->s->enterprise_down[maker->enterprise]) return 0;
    bool shocked = k->x->shocked;
    int64_t rate = shocked ? scaled_ppm(maker->rate_micro, k->x->maker_factor[row]) : maker->rate_micro;
    if (k->x->maker_level[row] > LEVEL_NORMAL) rate += scaled_ppm(rate, maker->overtime_ppm);
    if (shocked && k->x->maker_flow[row] >= 0) {
        int64_t planned = 0;
        int32_t ticks = k->x->open_ticks[maker->calendar * 4 + LEVEL_NORMAL];
        for (uint32_t o = 0; o < maker->outputs; o++)
            planned += k->x->stock_daily_milli[k->m->outputs[maker->first_output + o]];
        int64_t flow = scaled_ppm(planned * 1000 / (ticks ? ticks : 1), k->x->maker_flow[row]);
        rate = smaller_of(rate, flow);
    }
    return rate_units(rate * worked, when_tick(k) / (uint32_t)k->x->turns);
}

// Whole kits that the components on hand allow, up to `wanted`.
static int64_t kits(const struct tick *k, uint32_t stock, int64_t wanted) {
    const struct model *m = k->m;
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++) {
        int32_t on_hand = k->s->stock_on_hand[m->needs[i].stock], quantity = m->needs[i].quantity;
        if (on_hand < wanted * quantity) wanted = quantity == 1 ? on_hand : on_hand / quantity;
    }
    return wanted;
}

static void units_start(struct tick *k, uint32_t stock, int64_t count) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[k->x->shelves[stock].maker];
    const struct need *end = m->needs + m->first_need[stock + 1];
    k->x->plant[maker->enterprise].stamp += m->first_need[stock] < m->first_need[stock + 1];
    for (const struct need *need = m->needs + m->first_need[stock]; need < end; need++) {
        k->s->stock_on_hand[need->stock] -= (int32_t)(count * need->quantity);
        k->x->due[need->stock] = true;
        k->x->busy[k->x->shelves[need->stock].maker] = true;
        k->t->stock_used[need->stock] += count * need->quantity;
    }
    int64_t good = count;
    if (maker->yield_ppm < 1000000) {
        int64_t parts = count * maker->yield_ppm;
        double u = draw_uniform(k->luck, m->stocks[stock].who, DRAW_YIELD, when_tick(k), 0);
        good = parts / 1000000 + (u * 1e6 < (double)(parts % 1000000));
    }
    k->t->stock_made[stock] += count;
    if (good < count) k->t->stock_scrapped[stock] += count - good;
    if (good > 0) transit_add(k, stock, (int32_t)good, maker->flow_ticks);
}

// In proportion to what is lacking when the rate is short; the first turn goes round with the tick, so that scarce
// components and remainders favour nobody.
// What the maker after next touches comes while this one works.
static void maker_fetch(const struct tick *k, uint32_t row) {
    const struct maker *maker = &k->m->makers[row];
    for (uint32_t o = 0; o < maker->outputs && o < 4; o++) {
        uint32_t stock = k->m->outputs[maker->first_output + o];
        FETCH(k->x->shelves[stock]);
        FETCH(k->x->stock_target[stock]);
        FETCH(k->s->stock_on_hand[stock]);
        FETCH(k->s->stock_under_way[stock]);
        FETCH(k->s->stock_backlog[stock]);
        FETCH(k->m->first_need[stock]);
    }
}

static void maker_work(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct maker *maker = &m->makers[row];
    const uint32_t *outputs = m->outputs + maker->first_output;
    int64_t most = allowed(k, maker, row), total = 0, *lack = k->x->lack;
    if (most == 0) return;
    if (maker->outputs == 1) {             // no shares, no turns
        total = made_lacking(k, outputs[0]);
        k->x->busy[row] = total > 0;
        int64_t count = total > 0 ? kits(k, outputs[0], smaller_of(total, most)) : 0;
        if (count > 0) units_start(k, outputs[0], count);
        return;
    }
    for (uint32_t o = 0; o < maker->outputs; o++) total += lack[o] = made_lacking(k, outputs[o]);
    k->x->busy[row] = total > 0;
    int64_t left = smaller_of(most, total);
    uint32_t turn = when_tick(k) % maker->outputs;
    bool scarce = most < total;
    for (int round = 0; round < 2 && left > 0; round++)
        for (uint32_t i = 0, o = turn; i < maker->outputs && left > 0; i++, o = o + 1 < maker->outputs ? o + 1 : 0) {
            int64_t count = round == 0 && scarce ? lack[o] * most / total : lack[o];
            if (count == 0 || (count = kits(k, outputs[o], smaller_of(count, left))) <= 0) continue;
            units_start(k, outputs[o], count);
            lack[o] -= count;
            left -= count;
        }
}

void suppliers_make(struct tick *k) {
    const struct scratch *x = k->x;
    if (k->m->set.saturate == SATURATE_LINES) return;
    int32_t turn = k->tick % x->turns;
    worked_count(k);
    const struct group *makers = &x->turn_makers[turn];
    for (uint32_t i = makers->first, end = i + makers->now; i < end; i++) {
        if (x->far && i + 6 < end) FETCH(k->m->makers[x->makers_now[i + 6]]);
        if (x->far && i + 3 < end && x->busy[x->makers_now[i + 3]]) maker_fetch(k, x->makers_now[i + 3]);
        if (x->busy[x->makers_now[i]]) maker_work(k, x->makers_now[i]);
    }
}
