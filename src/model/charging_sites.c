// Feeders, sites and stations in the order of their names, and the rated powers that occur.
#include "model/charging_builder.h"

#include <stdlib.h>
#include <string.h>

enum { PILES_MOST = 50000000 };    // each has a place in the fleet's state

static int64_t watts_of(double kw) {
    return (int64_t)(kw * 1000 + 0.5);
}

static void feeder_fill(struct charging_work *w, uint32_t row_number, struct feeder *f) {
    const struct feeder_row *row = &w->t->feeders[row_number];
    double factor[24];
    profile_scaled(w, row->base_shape, 0, factor);
    *f = (struct feeder){ .table_row = row_number, .district = w->c->district_of[row->district],
                          .watts = watts_of(drawn(w->b, hash_text(row->feeder), &row->common, row->kva)),
                          .homes_share = row->homes_share };
    for (int hour = 0; hour < 24; hour++) f->base_watts[hour] = watts_of(row->base_kw * factor[hour]);
}

static void feeders_place(struct charging_work *w) {
    uint32_t count = w->t->feeders_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->feeder_of = scratch_take(w->b, count + 1, sizeof *w->feeder_of);
    w->c->feeders = model_take(w->b, count + 1, sizeof *w->c->feeders);
    if (w->b->refused) return;
    w->c->n.feeder = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->feeders[i + 1].feeder, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        w->feeder_of[order[i].row] = i + 1;
        feeder_fill(w, order[i].row, &w->c->feeders[i + 1]);
    }
}

static void site_fill(struct charging_work *w, uint32_t row_number, struct site *site) {
    const struct site_row *row = &w->t->sites[row_number];
    uint64_t who = hash_text(row->site);
    *site = (struct site){
        .who = who, .table_row = row_number, .district = w->c->district_of[row->district],
        .feeder = w->feeder_of[row->feeder], .tariff = tariff_find(w, row->tariff),
        .access = (uint8_t)row->access, .queue = (uint8_t)row->queue,
        .watts = watts_of(drawn(w->b, who, &row->common, row->site_kw)),
        .places = (int32_t)smaller_of(row->places, INT32_MAX), .fee_fen = (int32_t)row->fee,
        .opened = day_of_run(w->m, row->opened, DAY_ALWAYS), .until = day_of_run(w->m, row->until, DAY_EVER),
    };
}

static void sites_place(struct charging_work *w) {
    uint32_t count = w->t->sites_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->c->site_of = model_take(w->b, count + 1, sizeof *w->c->site_of);
    w->c->sites = model_take(w->b, count + 1, sizeof *w->c->sites);
    if (w->b->refused) return;
    w->c->n.site = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->sites[i + 1].site, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        w->c->site_of[order[i].row] = i + 1;
        site_fill(w, order[i].row, &w->c->sites[i + 1]);
    }
}

static void station_fill(struct charging_work *w, uint32_t row_number, uint32_t station) {
    const struct site_pile_row *row = &w->t->site_piles[row_number];
    struct site *site = &w->c->sites[w->c->site_of[row->site]];
    struct station *s = &w->c->stations[station];
    uint64_t who = hash_pair(site->who, hash_text(row->group));
    *s = (struct station){ .who = who, .table_row = row_number, .site = w->c->site_of[row->site],
                           .current = (uint8_t)row->current, .watts = (int32_t)larger_of(1, watts_of(row->kw)),
                           .opened = day_of_run(w->m, row->opened, site->opened), .until = site->until };
    if (row->piles > 0)
        s->piles = (uint32_t)larger_of(1, (int64_t)(drawn(w->b, who, &row->common, (double)row->piles) + 0.5));
}

// Consecutive by site, within it by the name of the group.
static void stations_place(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = w->t->site_piles_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    uint32_t *filled = scratch_take(w->b, c->n.site, sizeof *filled);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < count; i++) {
        const struct site_pile_row *row = &w->t->site_piles[i + 1];
        order[i] = (struct sorted){ row->group, i + 1 };
        c->sites[c->site_of[row->site]].stations++;
    }
    sorted_order(order, count);
    c->n.station = count + 1;
    c->stations = model_take(w->b, count + 1, sizeof *c->stations);
    if (w->b->refused) return;
    uint32_t at = 1;
    for (uint32_t i = 1; i < c->n.site; i++) c->sites[i].first_station = at, at += c->sites[i].stations;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t site = c->site_of[w->t->site_piles[order[i].row].site];
        station_fill(w, order[i].row, c->sites[site].first_station + filled[site]++);
    }
    c->n.pile = 1;
    for (uint32_t i = 1; i < c->n.station; i++) {
        struct station *s = &c->stations[i];
        s->first_pile = s->piles ? c->n.pile : 0;
        c->n.pile += s->piles;
        if (c->n.pile <= PILES_MOST) continue;
        complain(w->b->c, w->t->site_piles[s->table_row].common.source, 0, NULL, "TOO_MANY_PILES", NULL,
                 "with these there are more than %d piles", PILES_MOST);
        return;
    }
}

// A limit that the piles cannot reach limits nothing, and spares the event loop.
static void events_decide(struct charging_work *w) {
    for (uint32_t i = 1; i < w->c->n.site; i++) {
        struct site *site = &w->c->sites[i];
        int64_t sum = 0;
        bool always = false;
        for (uint32_t k = site->first_station; k < site->first_station + site->stations; k++) {
            always |= w->c->stations[k].piles == 0;
            sum += (int64_t)w->c->stations[k].piles * w->c->stations[k].watts;
        }
        site->by_events = (site->watts > 0 && (always || site->watts < sum)) || site->queue == QUEUE_PRIORITY;
    }
}

static uint64_t power_key(const struct station *s) {
    return (uint64_t)s->current << 32 | (uint32_t)s->watts;
}

static int key_compare(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static uint32_t power_find(const struct charging *c, uint64_t key) {
    uint32_t low = 1, high = c->n.power;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        uint64_t at = (uint64_t)c->power_current[middle] << 32 | (uint32_t)c->powers[middle];
        if (at <= key) low = middle;
        else high = middle;
    }
    return low;
}

static void powers_place(struct charging_work *w) {
    struct charging *c = w->c;
    uint64_t *keys = scratch_take(w->b, c->n.station, sizeof *keys);
    c->powers = model_take(w->b, POWERS_MOST, sizeof *c->powers);
    c->power_current = model_take(w->b, POWERS_MOST, 1);
    if (w->b->refused) return;
    for (uint32_t i = 1; i < c->n.station; i++) keys[i - 1] = power_key(&c->stations[i]);
    qsort(keys, c->n.station - 1, sizeof *keys, key_compare);
    c->n.power = 1;
    for (uint32_t i = 0; i + 1 < c->n.station; i++) {
        if (i && keys[i] == keys[i - 1]) continue;
        if (c->n.power == POWERS_MOST) {
            complain(w->b->c, w->t->site_piles[1].common.source, 0, NULL, "TOO_MANY_POWERS",
                     "round kw to usual powers", "the piles have more than %d different rated powers",
                     POWERS_MOST - 1);
            return;
        }
        c->power_current[c->n.power] = (uint8_t)(keys[i] >> 32);
        c->powers[c->n.power++] = (int32_t)(uint32_t)keys[i];
    }
    for (uint32_t i = 1; i < c->n.station; i++)
        c->stations[i].power = (uint8_t)power_find(c, power_key(&c->stations[i]));
}

void sites_build(struct charging_work *w) {
    static void (*const parts[])(struct charging_work *) = { feeders_place, sites_place, stations_place, events_decide,
                                                             powers_place };
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !w->b->refused; i++) parts[i](w);
}
