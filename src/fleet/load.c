// Energy by hour (M-12.6). Each hand adds to a ring of hours; what ends beyond it waits in `late`. The hours of a piece
// share its energy by rounding the energy delivered so far, so that they sum to it exactly.
// reads: nothing of the state. writes: hand's load, feeder_load, late; town's record.
#include <stdlib.h>
#include <string.h>

#include "fleet/town.h"

static void cell_add(struct hand *h, const struct load_piece *p, int64_t hour, int64_t uwh) {
    const struct charging_counts *n = &h->town->c->n;
    size_t row = (size_t)(hour % LOAD_RING);
    h->load[(row * n->district + p->district) * LOADS + p->kind] += uwh;
    if (p->feeder) h->feeder_load[row * n->feeder + p->feeder] += uwh;
}

static void late_put(struct hand *h, const struct load_piece *p) {
    if (h->late_count == h->late_room) {
        uint32_t room = h->late_room ? h->late_room * 2 : 64;
        struct load_piece *late = realloc(h->late, room * sizeof *late);
        if (!late) {
            h->status = AP_NO_MEMORY;
            return;
        }
        h->late = late;
        h->late_room = room;
    }
    h->late[h->late_count++] = *p;
}

static void piece_add(struct hand *h, const struct load_piece *p) {
    int64_t first = p->from_us / HOUR_US, last = (p->until_us - 1) / HOUR_US;
    int64_t beyond = (int64_t)h->town->day * 24 + LOAD_RING;
    if (last <= first) {
        cell_add(h, p, first, p->uwh);
        return;
    }
    double per_us = (double)p->uwh / (double)(p->until_us - p->from_us);
    int64_t before = 0;
    for (int64_t hour = first; hour <= last; hour++) {
        if (hour == beyond) {
            struct load_piece rest = *p;
            rest.from_us = hour * HOUR_US;
            rest.uwh = p->uwh - before;
            late_put(h, &rest);
            return;
        }
        int64_t so_far = hour == last ? p->uwh : (int64_t)((double)((hour + 1) * HOUR_US - p->from_us) * per_us);
        cell_add(h, p, hour, so_far - before);
        before = so_far;
    }
}

void load_constant(struct hand *h, const struct load_piece *p) {
    ASSERT(p->from_us >= (int64_t)h->town->day * DAY_US);
    h->delivered_uwh += p->uwh;
    if (p->from_us / HOUR_US >= (int64_t)h->town->day * 24 + LOAD_RING) late_put(h, p);
    else piece_add(h, p);
}

void loads_open(struct hand *h) {
    uint32_t count = h->late_count;
    h->late_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct load_piece piece = h->late[i];   // a copy: what is still too late is put back below it
        if (piece.from_us / HOUR_US >= (int64_t)h->town->day * 24 + LOAD_RING) late_put(h, &piece);
        else piece_add(h, &piece);
    }
}

void load_session(struct hand *h, const struct request *q, const struct session *x) {
    const struct charging *c = h->town->c;
    const struct station *station = &c->stations[x->station];
    const struct site *site = &c->sites[station->site];
    struct load_piece p = { x->start_us, x->full_us, x->delivered_uwh, site->district, site->feeder,
                            station->current == DC ? LOAD_DC : LOAD_AC };
    if (site->access == ACCESS_RESIDENTS) p.kind = LOAD_RESIDENTS;
    int64_t last = (x->full_us - 1) / HOUR_US;
    if (x->start_us / HOUR_US >= last || !q->type || station->current == AC) {
        load_constant(h, &p);
        return;
    }
    int64_t before = 0;
    for (int64_t hour = x->start_us / HOUR_US; hour <= last; hour++) {
        int64_t end = (hour + 1) * HOUR_US, so_far = x->delivered_uwh;
        if (hour < last) {
            double hours = (double)(end - x->start_us) / (double)HOUR_US;
            double charge = charge_after(c, q->type, station->power, q->charge_mwh, hours);
            so_far = (int64_t)((charge - q->charge_mwh) * 1000 / c->types[q->type].efficiency);
            if (so_far > x->delivered_uwh) so_far = x->delivered_uwh;
        }
        p.from_us = hour * HOUR_US > x->start_us ? hour * HOUR_US : x->start_us;
        p.until_us = hour < last ? end : x->full_us;
        p.uwh = so_far - before;
        load_constant(h, &p);
        before = so_far;
    }
}

// uWh in an hour are uW: watts are the millionth part.
static void hour_close(struct town *t, int32_t hour) {
    const struct charging_counts *n = &t->c->n;
    struct fleet_month *month = &t->out->months[t->month];
    size_t row = (size_t)(((int64_t)t->day * 24 + hour) % LOAD_RING);
    int32_t of_week = weekday_of(t->m->first_day + t->day) * 24 + hour;
    int64_t region[LOADS] = { 0 }, all = 0;
    for (uint32_t d = 1; d < n->district; d++) {
        int64_t sum = 0;
        for (int kind = 0; kind < LOADS; kind++) {
            int64_t uwh = 0;
            for (uint32_t i = 0; i < t->hands; i++) {
                int64_t *cell = &t->hand[i].load[(row * n->district + d) * LOADS + (size_t)kind];
                uwh += *cell;
                *cell = 0;
            }
            if (t->counts) t->out->week[(size_t)d * WEEK_HOURS + (size_t)of_week].load_uwh[kind] += uwh;
            region[kind] += uwh;
            sum += uwh;
        }
        t->home_uwh[d] = region[LOAD_HOME];    // cumulative over districts: the difference is the district's
        if (t->counts) month->peak_watts[d] = larger_of(month->peak_watts[d], sum / 1000000);
        all += sum;
    }
    t->closed_uwh += all;
    if (!t->counts) return;
    month->peak_watts[0] = larger_of(month->peak_watts[0], all / 1000000);
    int64_t *hours = t->out->hours + ((size_t)(t->m->first_day + t->day - t->m->from) * 24 + (size_t)hour) * LOADS;
    for (int kind = 0; kind < LOADS; kind++) {
        hours[kind] += region[kind];
        t->out->week[of_week].load_uwh[kind] += region[kind];
    }
}

// Feeders carry their base load, their sites and their share of the district's home charging.
static void feeders_close(struct town *t, int32_t hour) {
    const struct charging_counts *n = &t->c->n;
    struct fleet_month *month = &t->out->months[t->month];
    size_t row = (size_t)(((int64_t)t->day * 24 + hour) % LOAD_RING);
    for (uint32_t f = 1; f < n->feeder; f++) {
        const struct feeder *feeder = &t->c->feeders[f];
        int64_t home = t->home_uwh[feeder->district] - t->home_uwh[feeder->district - 1];
        int64_t watts = feeder->base_watts[hour] + (int64_t)((double)home * feeder->homes_share) / 1000000;
        for (uint32_t i = 0; i < t->hands; i++) {
            int64_t *cell = &t->hand[i].feeder_load[row * n->feeder + f];
            watts += *cell / 1000000;
            *cell = 0;
        }
        if (!t->counts) continue;
        month->feeder_peak_watts[f] = larger_of(month->feeder_peak_watts[f], watts);
        if (watts <= feeder->watts) continue;
        month->overload_hours[f]++;
        month->overload_hours[0]++;
    }
}

void loads_close(struct town *t) {
    for (int32_t hour = 0; hour < 24; hour++) {
        hour_close(t, hour);
        feeders_close(t, hour);
    }
}
