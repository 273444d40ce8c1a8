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

// Planned use of a maker in one year of volumes.csv, good units a day.
static double planned_a_day(const struct builder *b, const struct maker *maker, int32_t year) {
    const struct model *m = b->m;
    double sum = 0;
    for (uint32_t o = 0; o < maker->outputs; o++) {
        uint32_t stock = m->outputs[maker->first_output + o];
        for (uint32_t k = m->first_planned[stock]; k < m->first_planned[stock + 1]; k++)
            sum += b->year_wanted[(size_t)m->planned[k].build * (size_t)b->volume_years + (size_t)year] *
                   m->planned[k].use_per_1000 / 1000;
    }
    return sum / 365;
}

// Starts a day that the busiest year calls for: sized by the volumes, not by the days of the run.
static double busiest_year(const struct builder *b, const struct maker *maker) {
    double most = 0;
    for (int32_t y = 0; y < b->volume_years; y++) {
        double planned = planned_a_day(b, maker, y);
        most = planned > most ? planned : most;
    }
    return most * 1e6 / maker->yield_ppm;
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
        double planned = busiest_year(b, maker) / (open[maker->calendar] > 0 ? open[maker->calendar] : 1);
        double written = row->capacity * m->tick_seconds / 3600;
        bool given = row->capacity > 0;
        maker->rate_micro = micro(given ? written * (1 - share) : planned * headroom);
        double outside = planned * share / (1 - share);
        if (given) outside = written * share;
        else if (planned <= 0) outside = outside_a_day(b, maker) / (open[maker->calendar] > 0 ? open[maker->calendar] : 1);
        maker->outside_micro = micro(outside);
    }
}
