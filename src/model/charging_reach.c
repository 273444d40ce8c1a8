// Catchments: sites among which a driver chooses at sight; and how far each district reaches for them. Closed sites are
// in none: who asks there names them.
#include "model/charging_builder.h"

#include <stdlib.h>
#include <string.h>

// Residents find the sites of their district and no others: these make one catchment.
static const char *catchment_name(const struct charging_work *w, uint32_t site) {
    const struct site *s = &w->c->sites[site];
    const struct site_row *row = &w->t->sites[s->table_row];
    bool own = row->catchment[0] && s->access != ACCESS_RESIDENTS;
    return own ? row->catchment : w->t->districts[w->c->district_row[s->district]].district;
}

// One catchment of the sites order[first..last) that have this access, if there are any.
static void catchment_add(struct charging_work *w, const struct sorted *order, uint32_t first, uint32_t last,
                          uint8_t access) {
    struct charging *c = w->c;
    struct catchment *at = &c->catchments[c->n.catchment];
    uint32_t sites = 0;
    for (uint32_t i = first; i < last; i++) {
        struct site *site = &c->sites[order[i].row];
        if (site->access != access) continue;
        const struct site_row *row = &w->t->sites[site->table_row];
        const struct district_row *district = &w->t->districts[c->district_row[site->district]];
        bool placed = row->lat != 0 || row->lon != 0;
        site->catchment = c->n.catchment;
        if (sites++ == 0)
            *at = (struct catchment){ .who = hash_pair(hash_text(order[i].key), access), .access = access,
                                      .district = site->district };
        at->lat += placed ? row->lat : district->lat;
        at->lon += placed ? row->lon : district->lon;
    }
    if (sites == 0) return;
    at->lat /= sites;
    at->lon /= sites;
    c->n.catchment++;
}

static void catchments_place(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = c->n.site - 1;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    c->catchments = model_take(w->b, count + 1, sizeof *c->catchments);
    c->residents = model_take(w->b, c->n.district, sizeof *c->residents);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ catchment_name(w, i + 1), i + 1 };
    sorted_order(order, count);
    c->n.catchment = 1;
    for (uint32_t first = 0, last; first < count; first = last) {
        for (last = first + 1; last < count && strcmp(order[last].key, order[first].key) == 0;) last++;
        for (int access = ACCESS_PUBLIC; access <= ACCESS_RESIDENTS; access++)
            catchment_add(w, order, first, last, (uint8_t)access);
    }
    for (uint32_t i = 1; i < c->n.catchment; i++)
        if (c->catchments[i].access == ACCESS_RESIDENTS) c->residents[c->catchments[i].district] = i;
}

// Where a station stands in catchment_piles.
struct opening {
    uint32_t catchment, station;
    int32_t  opened;
    uint8_t  current;
};

static int opening_compare(const void *left, const void *right) {
    const struct opening *a = left, *b = right;
    if (a->catchment != b->catchment) return a->catchment < b->catchment ? -1 : 1;
    if (a->current != b->current) return a->current < b->current ? -1 : 1;
    if (a->opened != b->opened) return a->opened < b->opened ? -1 : 1;
    return a->station < b->station ? -1 : a->station > b->station;
}

// Each station once per pile, by opening day: the piles that are open on a day are a prefix.
static void piles_place(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = 0;
    size_t piles = 0;
    struct opening *order = scratch_take(w->b, c->n.station, sizeof *order);
    if (w->b->refused) return;
    for (uint32_t i = 1; i < c->n.station; i++) {
        const struct station *s = &c->stations[i];
        if (c->sites[s->site].access == ACCESS_CLOSED) continue;
        order[count++] = (struct opening){ c->sites[s->site].catchment, i, s->opened, s->current };
        piles += s->piles ? s->piles : 1;
    }
    if (count) qsort(order, count, sizeof *order, opening_compare);
    c->catchment_piles = model_take(w->b, piles, sizeof *c->catchment_piles);
    c->catchment_opened = model_take(w->b, piles, sizeof *c->catchment_opened);
    if (w->b->refused) return;
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct catchment *catchment = &c->catchments[order[i].catchment];
        uint32_t same = c->stations[order[i].station].piles;
        if (catchment->piles[order[i].current] == 0) catchment->first_pile[order[i].current] = at;
        for (uint32_t k = 0; k < (same ? same : 1); k++, at++) {
            c->catchment_piles[at] = order[i].station;
            c->catchment_opened[at] = order[i].opened;
            catchment->piles[order[i].current]++;
        }
    }
}

void catchments_build(struct charging_work *w) {
    catchments_place(w);
    if (!w->b->refused) piles_place(w);
}

// Cosine of an angle within a quarter turn, by its series: the error is below 1e-12, far below that of a flat earth.
static double cosine(double radians) {
    static const double c[] = { 1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320,
                                -1.0 / 720,           1.0 / 24,           -1.0 / 2,        1 };
    double sum = 0;
    for (int k = 0; k < 9; k++) sum = sum * radians * radians + c[k];
    return sum;
}

// M-12.8: km on the sphere, flat around the mean latitude: 0.1 % at 500 km, where nobody drives to a pile any more.
static double distance_km(double lat_a, double lon_a, double lat_b, double lon_b) {
    const double radius = 6371, degree = 3.14159265358979323846 / 180;
    double east = lon_a - lon_b;
    if (east > 180) east -= 360;
    if (east < -180) east += 360;
    double x = east * degree * cosine((lat_a + lat_b) / 2 * degree), y = (lat_a - lat_b) * degree;
    return radius * sqrt_own(x * x + y * y);
}

// Pull of a catchment on a district, per pile. Places without coordinates are reached from their own district only.
static double pull(const struct charging_work *w, uint32_t district, const struct catchment *to) {
    const struct district_row *row = &w->t->districts[w->c->district_row[district]];
    bool from_known = row->lat != 0 || row->lon != 0, to_known = to->lat != 0 || to->lon != 0;
    if (from_known && to_known)
        return exp_own(-distance_km(row->lat, row->lon, to->lat, to->lon) / w->m->set.gravity_km);
    return to->district == district ? 1 : 0;
}

// M-12.8: cumulative weights of the public catchments, whatever the opening dates of their piles: only open ones are
// chosen later.
static void district_reach(struct charging_work *w, uint32_t district, double *weight) {
    struct charging *c = w->c;
    for (uint32_t i = 1; i < c->n.catchment; i++)
        weight[i] = c->catchments[i].access == ACCESS_PUBLIC ? pull(w, district, &c->catchments[i]) : 0;
    for (int current = 0; current < CURRENTS; current++) {
        uint32_t *reach = c->reach + ((size_t)district * CURRENTS + (size_t)current) * c->n.catchment;
        double sum = 0, reached = 0;
        for (uint32_t i = 1; i < c->n.catchment; i++) sum += weight[i] * c->catchments[i].piles[current];
        for (uint32_t i = 1; i < c->n.catchment && sum > 0; i++) {
            reached += weight[i] * c->catchments[i].piles[current];
            reach[i] = (uint32_t)(reached / sum * 4294967295.0);
        }
    }
}

void reach_build(struct charging_work *w) {
    struct charging *c = w->c;
    c->reach = model_take(w->b, (size_t)c->n.district * CURRENTS * c->n.catchment, sizeof *c->reach);
    double *weight = scratch_take(w->b, c->n.catchment, sizeof *weight);
    for (uint32_t d = 1; d < c->n.district && !w->b->refused; d++) district_reach(w, d, weight);
}
