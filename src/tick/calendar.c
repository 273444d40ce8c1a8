// Stage 1: in the first tick of a day, shocks, levels of work and plans are set.
// reads: link_owed (through scratch), stock_on_hand, strains    writes: maker_strain, line counters of the day, plans
#include "tick/stage.h"

#include <string.h>

// Ticks of the day in which a calendar works, by level.
static void open_ticks_count(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t c = 0; c <= m->tables->calendars_count; c++) {
        int32_t *open = k->x->open_ticks + c * 4;
        memset(open, 0, 4 * sizeof *open);
        for (int32_t t = 0; t < m->ticks_per_day; t++)
            for (int level = calendar_level(m, c, k->day, t); level && level < 4; level++) open[level]++;
    }
}

static int32_t strain_after(const struct tick *k, int32_t strain, bool strained) {
    int32_t most = (int32_t)k->m->set.shift_add_days + 1;
    if (!strained) return 0;
    return strain < most ? strain + 1 : most;
}

static int32_t level_of(const struct tick *k, int32_t strain) {
    if (strain == 0) return LEVEL_NORMAL;
    return strain > (int32_t)k->m->set.shift_add_days ? LEVEL_EXTRA : LEVEL_OVERTIME;
}

// A maker whose buyers wait for more than overtime_above_days of its normal work is strained (M-4.4).
static void makers_strain(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t n = 0; n < k->x->part.makers.count; n++) {
        uint32_t i = k->x->part.makers.row[n];
        const struct maker *maker = &m->makers[i];
        int64_t a_day = maker->rate_micro * k->x->open_ticks[maker->calendar * 4 + LEVEL_NORMAL];
        if (a_day > 0 && k->tick > 0) {
            int64_t owed = 0;
            for (uint32_t o = 0; o < maker->outputs; o++) {
                uint32_t s = m->outputs[maker->first_output + o];
                int32_t lacking = k->x->shelves[s].owed_out - k->s->stock_on_hand[s];
                owed += lacking > 0 ? lacking : 0;
            }
            bool strained = (double)owed * 1e6 > m->set.overtime_above_days * (double)a_day;
            k->s->maker_strain[i] = strain_after(k, k->s->maker_strain[i], strained);
        }
        int32_t planned = m->maker_plan[(size_t)i * (size_t)m->maker_weeks + (size_t)(k->day / 7)];
        int32_t strained = level_of(k, k->s->maker_strain[i]);
        k->x->maker_level[i] = strained > planned ? strained : planned;
        k->x->busy[i] = true;
    }
}

static void lines_strain(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t n = 0; n < k->x->part.lines.count; n++) {
        uint32_t l = k->x->part.lines.row[n];
        const struct line *line = &m->lines[l];
        int64_t need = 0;
        for (uint32_t i = line->first_build; i < line->first_build + line->builds; i++) {
            int64_t one = build_late(k, i);
            need += one > 0 ? one : 0;
        }
        int64_t a_day = line_capacity(m, l, k->x->open_ticks[line->calendar * 4 + LEVEL_NORMAL]);
        if (a_day > 0)
            k->s->line_strain[l] =
                strain_after(k, k->s->line_strain[l], (double)need > m->set.overtime_above_days * (double)a_day);
        bool saturated = m->set.saturate != SATURATE_NO;
        int32_t planned = m->shift_plan[(size_t)l * (size_t)m->days + (size_t)k->day];
        int32_t strained = level_of(k, k->s->line_strain[l]);
        k->x->line_level[l] = saturated ? LEVEL_NORMAL : strained > planned ? strained : planned;
    }
}

static void link_take_back(struct tick *k, uint32_t row) {
    const struct link *link = &k->m->links[row];
    note_tell(k, NOTE_TAKEN_BACK, row, k->s->link_owed[row]);
    k->s->stock_owed_in[link->buyer] -= k->s->link_owed[row];
    k->x->due[link->buyer] = true;
    k->x->shelves[link->supplier].owed_out -= k->s->link_owed[row];
    k->s->link_owed[row] = 0;
    k->s->link_owed_since[row] = 0;
}

// M-4.3: a link that has owed for more than a day without a pause is short. From switch_days on what it owes is taken
// back by the buyer where another approved link is not short: the next review orders it there.
static void links_judge(struct tick *k) {
    const struct model *m = k->m;
    const struct rows *links = &k->x->part.links;
    struct state *s = k->s;
    int32_t most = (int32_t)larger_of(m->set.qualify_days, m->set.switch_days) + 1;
    for (uint32_t n = 0; n < links->count; n++) {
        uint32_t i = links->row[n];
        bool is_short = s->link_owed_since[i] && k->tick + 1 - s->link_owed_since[i] > m->ticks_per_day;
        if (!is_short) s->link_short_days[i] = 0;
        else if (s->link_short_days[i] < most) s->link_short_days[i]++;
    }
    for (uint32_t n = 0; n < links->count; n++) {
        uint32_t i = links->row[n];
        const struct link *link = &m->links[i];
        if (s->link_short_days[i] < larger_of(m->set.switch_days, 1) || !link->supplier || !s->link_owed[i]) continue;
        const struct stock *buyer = &m->stocks[link->buyer];
        if (!enterprise_on(&k->x->part, buyer->enterprise)) continue;
        bool other = false;
        for (uint32_t o = 0; o < buyer->sources; o++) {
            uint32_t link_row = m->source_links[buyer->first_source + o];
            other |= link_row != i && m->links[link_row].approved && s->link_short_days[link_row] == 0;
        }
        if (other) link_take_back(k, i);
    }
    for (const struct note *n; (n = note_next(k, NOTE_TAKEN_BACK));) link_take_back(k, n->row);
}

// Parts that nobody plans for any more are scrap (M-4.1): what is left over would be remembered for ever.
static void leftovers_scrap(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t i = 0; i < m->ending_count; i++) {
        uint32_t stock = m->endings[i].stock;
        bool ended = k->day >= m->endings[i].day && enterprise_on(&k->x->part, m->stocks[stock].enterprise);
        if (!ended || k->x->stock_target[stock] > 0 || k->s->stock_on_hand[stock] == 0) continue;
        k->t->stock_scrapped[stock] += k->s->stock_on_hand[stock];
        k->s->stock_on_hand[stock] = 0;
        k->x->due[stock] = true;
        k->x->plant[m->stocks[stock].enterprise].stamp++;
    }
}

// Other customers of the makers: they take their part of the day's work at once (M-4.4).
static void outside_sells(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t n = 0; n < k->x->part.makers.count; n++) {
        uint32_t i = k->x->part.makers.row[n];
        const struct maker *maker = &m->makers[i];
        int64_t a_day = maker->outside_micro * k->x->open_ticks[maker->calendar * 4 + LEVEL_NORMAL];
        if (a_day == 0 || k->s->enterprise_down[maker->enterprise]) continue;
        int64_t units = rate_units(scaled_ppm(a_day, k->x->maker_factor[i]), when_day(k, k->day));
        const struct maker_row *row = &m->tables->makers[maker->table_row];
        int64_t value = m->tables->products[row->product].value;
        if (maker->outputs) {
            uint32_t stock = m->outputs[maker->first_output];
            value = m->products[m->stocks[stock].product].value_fen;
            k->t->stock_made[stock] += units;
            k->t->stock_sold[stock] += units;
        }
        k->t->enterprise_turnover[maker->enterprise] += units * value;
    }
}

// Enterprises with failures of their own (M-4.9): one draw a step, the same for what is up and what is down.
static void outages_turn(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t i = 0; i < m->failing_count; i++) {
        const struct enterprise *e = &m->enterprises[m->failing[i]];
        if (when_tick(k) % (uint32_t)e->outage_ticks != 0 || !enterprise_on(&k->x->part, m->failing[i])) continue;
        int32_t *down = &k->s->enterprise_down[m->failing[i]];
        double u = draw_uniform(k->luck, e->who, DRAW_OUTAGE, when_tick(k), 0);
        *down = u < (*down ? 1 - e->recovers : e->fails);
    }
}

void day_begins(struct tick *k) {
    outages_turn(k);
    if (k->tick_of_day != 0) return;
    const struct model *m = k->m;
    memset(k->x->part.figures, 0, (k->x->part.on ? k->x->part.clusters->count : 1) * sizeof *k->x->part.figures);
    open_ticks_count(k);
    shocks_apply(k);
    memset(k->s->place_done, 0, m->n.place * sizeof *k->s->place_done);
    plans_carry(k);
    memset(k->s->build_released, 0, m->n.build * sizeof *k->s->build_released);
    makers_strain(k);
    lines_strain(k);
    links_judge(k);
    plans_renew(k);
    lines_plan(k);
    outside_sells(k);
    leftovers_scrap(k);
}
