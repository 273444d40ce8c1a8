// Rates of makers (M-10): as written, or headroom x the mean planned use of the busiest year; and the outputs of each.
#include "model/builder.h"

static void outputs_place(struct builder *b) {
    struct model *m = b->m;
    m->outputs = model_take(b, m->n.stock, sizeof *m->outputs);
    uint32_t *filled = scratch_take(b, m->n.maker, sizeof *filled);
    if (b->refused) return;
    for (uint32_t s = 1; s < m->n.stock; s++) m->makers[m->stocks[s].maker].outputs++;
    uint32_t at = 0;
    m->makers[0].outputs = 0;
    for (uint32_t i = 1; i < m->n.maker; i++) m->makers[i].first_output = at, at += m->makers[i].outputs;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        uint32_t maker = m->stocks[s].maker;
        if (maker) m->outputs[m->makers[maker].first_output + filled[maker]++] = s;
    }
}

// Planned use of a stock, units a day, in days first..last-1.
static double planned_a_day(const struct model *m, uint32_t stock, int32_t first, int32_t last) {
    double sum = 0;
    for (uint32_t k = m->first_planned[stock]; k < m->first_planned[stock + 1]; k++) {
        const int64_t *wanted = m->wanted_sum + (size_t)m->planned[k].build * ((size_t)m->days + 1);
        sum += (double)(wanted[last] - wanted[first]) / 1e6 * m->planned[k].use_per_1000 / 1000;
    }
    return sum / (last - first);
}

// The busiest year's planned use of a maker, units a day; short pieces of years count only when there is no whole one.
static double busiest_year(const struct model *m, const struct maker *maker) {
    double most = 0;
    bool whole = false;
    for (int32_t y = 0; y < m->years; y++) {
        int32_t first = day_from_date(m->first_year + y, 1, 1) - m->first_day;
        int32_t last = day_from_date(m->first_year + y + 1, 1, 1) - m->first_day;
        bool this_whole = first >= 0 && last <= m->days;
        if (whole && !this_whole) continue;
        if (first < 0) first = 0;
        if (last > m->days) last = m->days;
        double sum = 0;
        for (uint32_t k = 0; k < maker->outputs; k++)
            sum += planned_a_day(m, m->outputs[maker->first_output + k], first, last);
        if (sum > most || (this_whole && !whole)) most = sum;
        whole |= this_whole;
    }
    return most;
}

static double open_ticks_a_day(const struct model *m, uint32_t calendar) {
    if (calendar == 0) return m->ticks_per_day;
    double open = 0;
    for (int32_t day = 0; day < m->days; day++)
        for (int32_t tick = 0; tick < m->ticks_per_day; tick++)
            open += calendar_level(m, calendar, day, tick) == LEVEL_NORMAL;
    return open / m->days;
}

// What an enterprise without a known buyer sells to others: its turnover in the register, over what it makes.
static double outside_a_day(const struct builder *b, const struct maker *maker) {
    const struct tables *t = b->t;
    const struct maker_row *row = &t->makers[maker->table_row];
    const struct enterprise_row *e = &t->enterprises[row->enterprise];
    int64_t value = t->products[row->product].value;
    uint32_t families = 0;
    for (uint32_t i = 1; i <= t->makers_count; i++) families += t->makers[i].enterprise == row->enterprise;
    if (value <= 0 || families == 0) return 0;
    double size = (double)drawn_fen(b, hash_text(e->enterprise), &e->common, e->size);
    return size / families / (double)value / 365;
}

static int64_t micro(double units) {
    return units > 4e9 ? 4000000000000000LL : (int64_t)(units * 1e6 + 0.5);
}

void makers_build(struct builder *b) {
    struct model *m = b->m;
    outputs_place(b);
    double *open = scratch_take(b, b->t->calendars_count + 1, sizeof *open);
    if (b->refused) return;
    for (uint32_t i = 0; i <= b->t->calendars_count; i++) open[i] = open_ticks_a_day(m, i);
    for (uint32_t i = 1; i < m->n.maker; i++) {
        struct maker *maker = &m->makers[i];
        const struct maker_row *row = &b->t->makers[maker->table_row];
        double share = row->outside_share < 0.95 ? row->outside_share : 0.95;
        double headroom = drawn(b, maker->who, &row->common, row->headroom);
        double planned = busiest_year(m, maker) / (open[maker->calendar] > 0 ? open[maker->calendar] : 1);
        double written = row->capacity * m->tick_seconds / 3600;
        bool given = row->capacity > 0;
        maker->rate_micro = micro(given ? written * (1 - share) : planned * headroom);
        double outside = planned * share / (1 - share);
        if (given) outside = written * share;
        else if (planned <= 0) outside = outside_a_day(b, maker) / (open[maker->calendar] > 0 ? open[maker->calendar] : 1);
        maker->outside_micro = micro(outside);
    }
}
