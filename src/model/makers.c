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

// Planned use of a stock in one year of volumes.csv, units a day.
static double stock_planned_a_day(const struct builder *b, uint32_t stock, int32_t year) {
    const struct model *m = b->m;
    double sum = 0;
    for (uint32_t k = m->first_planned[stock]; k < m->first_planned[stock + 1]; k++)
        sum += b->year_wanted[(size_t)m->planned[k].build * (size_t)b->volume_years + (size_t)year] *
               m->planned[k].use_per_1024 / 1024;
    return sum / 365;
}

// Of a maker, good units a day.
static double planned_a_day(const struct builder *b, const struct maker *maker, int32_t year) {
    const struct model *m = b->m;
    double sum = 0;
    for (uint32_t o = 0; o < maker->outputs; o++)
        sum += stock_planned_a_day(b, m->outputs[maker->first_output + o], year);
    return sum;
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

// What an enterprise that is only somebody's unapproved source would be asked for if it were qualified: it has the
// means, or it could not be a source. Units a day of the busiest year.
static double asked_if_qualified(const struct builder *b, const struct maker *maker) {
    const struct model *m = b->m;
    double most = 0;
    for (int32_t y = 0; y < b->volume_years; y++) {
        double sum = 0;
        for (uint32_t o = 0; o < maker->outputs; o++) {
            const struct stock *stock = &m->stocks[m->outputs[maker->first_output + o]];
            for (uint32_t i = stock->first_out; i < stock->first_out + stock->outs; i++)
                sum += stock_planned_a_day(b, m->links[i].buyer, y) * m->links[i].share_ppm / 1e6;
        }
        most = sum > most ? sum : most;
    }
    return most * 1e6 / maker->yield_ppm;
}

// What an enterprise without a known buyer sells to others: its turnover in the register, over what it makes.
static double outside_a_day(const struct builder *b, const struct maker *maker) {
    const struct tables *t = b->t;
    const struct maker_row *row = &t->makers[maker->table_row];
    const struct enterprise_row *e = &t->enterprises[row->enterprise];
    int64_t value = t->products[row->product].value;
    uint32_t families = b->families_of[row->enterprise];
    if (value <= 0 || families == 0) return 0;
    double size = (double)drawn_fen(b, hash_text(e->enterprise), &e->common, e->size);
    return size / families / (double)value / 365;
}

static int64_t micro(double units) {
    return units > 4e9 ? 4000000000000000LL : (int64_t)(units * 1e6 + 0.5);
}

// Starts a tick, over the normal hours of a mean year: the same whatever days the run covers.
static void rates_set(struct builder *b, struct maker *maker) {
    const struct maker_row *row = &b->t->makers[maker->table_row];
    double share = row->outside_share < 0.95 ? row->outside_share : 0.95;
    double headroom = drawn(b, maker->who, &row->common, row->headroom);
    double open = b->open_hours[maker->calendar] * 3600 / b->m->tick_seconds;
    if (row->capacity > 0) {
        double written = row->capacity * b->m->tick_seconds / 3600;
        maker->rate_micro = micro(written * (1 - share));
        maker->outside_micro = micro(written * share);
        return;
    }
    double planned = busiest_year(b, maker);
    double outside = planned > 0 ? planned * share / (1 - share) : outside_a_day(b, maker);
    if (planned <= 0) planned = asked_if_qualified(b, maker);
    maker->rate_micro = micro(open > 0 ? planned * headroom / open : 0);
    maker->outside_micro = micro(open > 0 ? outside / open : 0);
}

// Makers with servers, and the demands that fall among their work: the others fall at the end of their tick.
static void servers_place(struct builder *b) {
    struct model *m = b->m;
    m->serving = model_take(b, m->n.maker, sizeof *m->serving);
    if (b->refused) return;
    for (uint32_t i = 1; i < m->n.maker; i++)
        if (m->makers[i].servers) m->serving[m->serving_count++] = i;
    for (uint32_t i = 1; i < m->n.demand; i++) {
        struct demand *d = &m->demands[i];
        d->served = d->law == DEMAND_POISSON && d->every_ticks == 1 && m->makers[m->stocks[d->stock].maker].servers;
    }
}

void makers_build(struct builder *b) {
    outputs_place(b);
    b->families_of = scratch_take(b, b->t->enterprises_count + 1, sizeof *b->families_of);
    for (uint32_t i = 1; i <= b->t->makers_count && !b->refused; i++) b->families_of[b->t->makers[i].enterprise]++;
    if (!b->refused) servers_place(b);
    for (uint32_t i = 1; i < b->m->n.maker && !b->refused; i++) rates_set(b, &b->m->makers[i]);
}
