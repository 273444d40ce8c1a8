#include "study/stress_values.h"

void stress_tables(const struct tables *t, day_number start, int32_t horizon, struct tables *out) {
    *out = *t;
    out->settings.from = start;
    out->settings.until = start + horizon - 1;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) out->table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
}

static int32_t first_counted(const struct model *m) {
    return m->from - m->first_day;
}

// M-13.1: how the deficit of cumulative output went, day by day.
static void deficit_read(const struct baseline *b, const struct whatif *w, struct stress_values *v) {
    const int32_t start = first_counted(b->m);
    int64_t behind = 0, peak = 0, nevs = 0, exports = 0;
    for (int32_t day = start; day < b->days; day++) {
        const struct day_figures *base = &b->figures[day], *with = &w->figures[day];
        behind += base->made - with->made;
        nevs += base->made_nev - with->made_nev;
        exports += base->export_left - with->export_left;
        v->export_deficit = larger_of(v->export_deficit, exports);
        v->delay += larger_of(behind, 0);
        v->peak_backlog = larger_of(v->peak_backlog, (int64_t)with->waiting - base->waiting);
        if (behind > 0 && v->first_stop_days < 0) v->first_stop_days = day - start;
        if (behind > peak) {
            peak = behind;
            v->deficit_days = day - start;
            v->rebuilt_95_days = -1;
        }
        if (peak && behind * 20 <= peak && v->rebuilt_95_days < 0) v->rebuilt_95_days = day - start;
    }
    v->deficit = peak;
    v->lost = behind;
    v->delayed = peak - larger_of(behind, 0);
    v->nevs_lost = nevs;
}

struct stress_values stress_values_nothing(void) {
    return (struct stress_values){.first_stop_days = -1, .deficit_days = -1, .rebuilt_95_days = -1};
}

// Both tallies began with the same warm-up, so their difference is that of the days that count.
static void tallies_read(const struct baseline *b, const struct standstill *o, const struct whatif *w,
                         struct stress_values *v) {
    const struct model *m = b->m;
    const struct tally *base = &b->tally, *with = &w->tally;
    for (uint32_t i = 1; i < m->n.variant; i++)
        v->value_lost += (base->variant_made[i] - with->variant_made[i]) * m->variants[i].price_fen;
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (m->markets[i].channel != CHANNEL_EXPORT) continue;
        v->export_units_lost += base->market_left[i] - with->market_left[i];
        v->export_value_lost += base->market_value[i] - with->market_value[i];
    }
    for (uint32_t i = 1; i < m->n.offer; i++)
        v->sales_lost +=
            with->offer_lost[i] + with->offer_cancelled[i] - base->offer_lost[i] - base->offer_cancelled[i];
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (m->enterprises[i].in_region && !o->hit[i])
            v->turnover_others_lost += base->enterprise_turnover[i] - with->enterprise_turnover[i];
}

void stress_values_read(const struct baseline *b, const struct standstill *o, const struct whatif *w,
                        struct stress_values *out) {
    *out = stress_values_nothing();
    out->out_days = o->days;
    deficit_read(b, w, out);
    tallies_read(b, o, w, out);
    out->settled_days = w->merged_day < 0 ? -1 : larger_of(w->merged_day + 1 - first_counted(b->m), 0);
}

// --- places: what a ranking may call an invented enterprise by

// Approved sources of the buyer of a link.
static uint32_t sources_of(const struct model *m, uint32_t buyer) {
    const struct stock *stock = &m->stocks[buyer];
    uint32_t approved = 0;
    for (uint32_t i = 0; i < stock->sources; i++)
        approved += m->links[m->source_links[stock->first_source + i]].approved;
    return approved;
}

// Its family is what it makes most of by value of its capacity; ties: the first.
static uint32_t family_of(const struct model *m, uint32_t enterprise) {
    uint32_t family = 0;
    double most = -1;
    for (uint32_t i = 1; i < m->n.maker; i++) {
        const struct maker *maker = &m->makers[i];
        if (maker->enterprise != enterprise || !maker->outputs) continue;
        const struct product *p = &m->products[m->stocks[m->outputs[maker->first_output]].product];
        double value = (double)maker->rate_micro * (double)p->value_fen;
        if (value <= most) continue;
        most = value;
        family = p->family;
    }
    return family;
}

// Vehicles wanted of a build from the first day that counts on.
static double wanted_of_build(const struct model *m, uint32_t build) {
    const int64_t *sum = &m->wanted_sum[(size_t)build * ((size_t)m->days + 1)];
    return (double)(sum[m->days] - sum[first_counted(m)]) / 1e6;
}

static int64_t normal_hours(const struct model *m, const struct line *line) {
    int64_t hours = 0;
    for (int32_t day = (int32_t)larger_of(first_counted(m), line->first_day); day < m->days && day <= line->last_day;
         day++)
        for (int32_t tick = 0; tick < m->ticks_per_day; tick++)
            hours += calendar_level(m, line->calendar, day, tick) == LEVEL_NORMAL;
    return hours * m->tick_seconds / 3600;
}

// Vehicles wanted of a line from the first day that counts on.
static double wanted_of(const struct model *m, const struct line *line) {
    double wanted = 0;
    for (uint32_t i = line->first_build; i < line->first_build + line->builds; i++) wanted += wanted_of_build(m, i);
    return wanted;
}

static void plant_read(const struct model *m, uint32_t enterprise, struct stress_place *out) {
    double wanted = 0, able = 0;
    for (uint32_t i = 1; i < m->n.line; i++) {
        const struct line *line = &m->lines[i];
        if (line->enterprise != enterprise) continue;
        out->plant = true;
        wanted += wanted_of(m, line);
        able += (double)line->units_per_hour_milli / 1000 * (double)normal_hours(m, line);
    }
    out->use = able > 0 ? wanted / able : 0;
}

// What a link's buyer needs for what is wanted, times the link's share.
static double link_fen(const struct model *m, const struct link *link) {
    double units = 0;
    for (uint32_t i = m->first_planned[link->buyer]; i < m->first_planned[link->buyer + 1]; i++)
        units += m->planned[i].use_per_1024 / 1024.0 * wanted_of_build(m, m->planned[i].build);
    return units * link->share_ppm / 1e6 * (double)m->products[m->stocks[link->buyer].product].value_fen;
}

void stress_places_read(const struct model *m, struct stress_place *places) {
    for (uint32_t i = 1; i < m->n.enterprise; i++) {
        struct stress_place *place = &places[m->enterprises[i].table_row];
        uint32_t alone = 0, shared = 0;
        for (uint32_t k = 1; k < m->n.link; k++) {
            if (m->links[k].supplier_enterprise != i || !m->links[k].approved) continue;
            uint32_t sources = sources_of(m, m->links[k].buyer);
            place->spend += link_fen(m, &m->links[k]);
            alone += sources == 1;
            shared += sources > 1;
        }
        place->family = family_of(m, i);
        plant_read(m, i, place);
        place->dual = shared > alone;
    }
}
