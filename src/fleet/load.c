// Energy by hour (M-12.6). Each hand adds to rows of hours, from this midnight on and beside each other, as a session
// needs several; what ends beyond them waits in `late`. The hours of a piece
// share its energy by rounding the energy delivered so far, so that they sum to it exactly.
// reads: nothing of the state. writes: hand's load, feeder_load, late; town's record.
#include <stdlib.h>
#include <string.h>

#include "fleet/sight.h"

static int64_t *load_row(const struct hand *h, uint32_t district, enum load_kind kind) {
    return h->load + ((size_t)district * LOADS + kind) * LOAD_HOURS;
}

// Row 0 is nobody's: sites without a feeder add to it, and nobody reads it.
static int64_t *feeder_row(const struct hand *h, uint32_t feeder) {
    return h->feeder_load + (size_t)feeder * LOAD_HOURS;
}

static void hours_shift(int64_t *row) {
    memmove(row, row + 24, (LOAD_HOURS - 24) * sizeof *row);
    memset(row + LOAD_HOURS - 24, 0, 24 * sizeof *row);
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

// Since midnight; before the end of the hours kept.
static void piece_add(struct hand *h, const struct load_piece *p) {
    int64_t midnight = (int64_t)h->town->day * DAY_US, from = p->from_us - midnight, until = p->until_us - midnight;
    int64_t hour = from / HOUR_US, last = (until - 1) / HOUR_US, before = 0;
    int64_t *load = load_row(h, p->district, p->kind), *feeder = feeder_row(h, p->feeder);
    if (last > hour) {
        double per_us = (double)p->uwh / (double)(until - from);
        for (; hour < last && hour < LOAD_HOURS; hour++) {
            int64_t so_far = (int64_t)((double)((hour + 1) * HOUR_US - from) * per_us);
            load[hour] += so_far - before;
            feeder[hour] += so_far - before;
            before = so_far;
        }
    }
    if (hour == LOAD_HOURS) {
        struct load_piece rest = *p;
        rest.from_us = midnight + hour * HOUR_US;
        rest.uwh = p->uwh - before;
        late_put(h, &rest);
        return;
    }
    load[hour] += p->uwh - before;
    feeder[hour] += p->uwh - before;
}

static void piece_put(struct hand *h, const struct load_piece *p) {
    if (p->from_us >= (int64_t)h->town->day * DAY_US + LOAD_HOURS * HOUR_US) late_put(h, p);
    else piece_add(h, p);
}

void load_constant(struct hand *h, const struct load_piece *p) {
    ASSERT(p->from_us >= (int64_t)h->town->day * DAY_US);
    h->delivered_uwh += p->uwh;
    piece_put(h, p);
}

void loads_open(struct hand *h) {
    uint32_t count = h->late_count;
    h->late_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct load_piece piece = h->late[i];   // a copy: what is still too late is put back below it
        piece_put(h, &piece);
    }
}

void load_session(struct hand *h, const struct request *q, const struct session *x) {
    const struct charging *c = h->town->c;
    const struct sight *station = sight_at(h->town, x->station);
    struct load_piece p = { x->start_us, x->full_us, x->delivered_uwh, station->district, station->feeder,
                            sight_load(station) };
    int64_t hour = x->start_us / HOUR_US, last = (x->full_us - 1) / HOUR_US, before = 0;
    if (hour >= last || !q->type || station->current == AC) {
        load_constant(h, &p);
        return;
    }
    struct curve curve = curve_of(c, q->type, station->power);
    for (; hour <= last; hour++) {
        int64_t end = (hour + 1) * HOUR_US, so_far = x->delivered_uwh;
        if (hour < last) {
            double hours = (double)(end - x->start_us) / (double)HOUR_US;
            double charge = charge_at(&curve, x->from_hours + hours);
            so_far = (int64_t)((charge - q->charge_mwh) * 1000 / c->types[q->type].efficiency);
            if (so_far > x->delivered_uwh) so_far = x->delivered_uwh;
        }
        p.until_us = hour < last ? end : x->full_us;
        p.uwh = so_far - before;
        load_constant(h, &p);
        p.from_us = end;
        before = so_far;
    }
}

// The hours of the day by district and kind, all hands together; the next day's come to the front.
static void rows_take(struct town *t, size_t row, int64_t *uwh) {
    for (int hour = 0; hour < 24; hour++) uwh[hour] = 0;
    for (uint32_t i = 0; i < t->hands; i++) {
        int64_t *load = t->hand[i].load + row * LOAD_HOURS;
        for (int hour = 0; hour < 24; hour++) uwh[hour] += load[hour];
        hours_shift(load);
    }
}

// uWh in an hour are uW: watts are the millionth part.
static void district_close(struct town *t, uint32_t d, int64_t (*region)[24]) {
    struct fleet_month *month = &t->out->months[t->month];
    struct week_cell *week = t->out->week + (size_t)d * WEEK_HOURS + weekday_of(t->m->first_day + t->day) * 24;
    int64_t sum[24] = { 0 }, uwh[24];
    for (int kind = 0; kind < LOADS; kind++) {
        rows_take(t, (size_t)d * LOADS + (size_t)kind, uwh);
        if (kind == LOAD_HOME) memcpy(t->home_uwh + (size_t)d * 24, uwh, sizeof uwh);
        for (int hour = 0; hour < 24; hour++) {
            sum[hour] += uwh[hour];
            region[kind][hour] += uwh[hour];
            if (t->counts) week[hour].load_uwh[kind] += uwh[hour];
        }
    }
    for (int hour = 0; hour < 24 && t->counts; hour++)
        month->peak_watts[d] = larger_of(month->peak_watts[d], sum[hour] / 1000000);
}

static void region_close(struct town *t, int64_t (*region)[24]) {
    struct fleet_month *month = &t->out->months[t->month];
    struct week_cell *week = t->out->week + weekday_of(t->m->first_day + t->day) * 24;
    int32_t today = t->m->first_day + t->day - t->m->from;
    for (int hour = 0; hour < 24; hour++) {
        int64_t all = 0;
        for (int kind = 0; kind < LOADS; kind++) all += region[kind][hour];
        t->closed_uwh += all;
        if (!t->counts) continue;
        month->peak_watts[0] = larger_of(month->peak_watts[0], all / 1000000);
        int64_t *of_hour = t->out->hours + (size_t)(today * 24 + hour) * LOADS;
        for (int kind = 0; kind < LOADS; kind++) {
            of_hour[kind] += region[kind][hour];
            week[hour].load_uwh[kind] += region[kind][hour];
        }
    }
}

// Feeders carry their base load, their sites and their share of the district's home charging.
static void feeder_close(struct town *t, uint32_t f) {
    const struct feeder *feeder = &t->c->feeders[f];
    struct fleet_month *month = &t->out->months[t->month];
    int64_t sites[24] = { 0 };
    for (uint32_t i = 0; i < t->hands; i++) {
        int64_t *load = feeder_row(&t->hand[i], f);
        for (int hour = 0; hour < 24; hour++) sites[hour] += load[hour];
        hours_shift(load);
    }
    for (int hour = 0; hour < 24 && t->counts && f; hour++) {
        int64_t home = t->home_uwh[(size_t)feeder->district * 24 + (size_t)hour];
        int64_t watts = feeder->base_watts[hour] + (int64_t)((double)home * feeder->homes_share) / 1000000;
        watts += sites[hour] / 1000000;
        month->feeder_peak_watts[f] = larger_of(month->feeder_peak_watts[f], watts);
        if (watts <= feeder->watts) continue;
        month->overload_hours[f]++;
        month->overload_hours[0]++;
    }
}

// Plugged time of the day by hour of the week.
static void plugged_close(struct hand *h) {
    const struct town *t = h->town;
    int32_t first = weekday_of(t->m->first_day + t->day) * 24;
    int64_t us[24];
    for (uint32_t i = CURRENTS; i < t->c->n.district * CURRENTS; i++) {
        struct week_cell *week = h->week + (size_t)(i / CURRENTS) * WEEK_HOURS + first;
        hours_take(&h->plugged[i], 24, us);
        for (int hour = 0; hour < 24; hour++) week[hour].plugged_us[i % CURRENTS] += us[hour];
    }
}

void loads_close(struct town *t) {
    int64_t region[LOADS][24] = { { 0 } };
    for (uint32_t d = 1; d < t->c->n.district; d++) district_close(t, d, region);
    region_close(t, region);
    for (uint32_t f = 0; f < t->c->n.feeder; f++) feeder_close(t, f);
    for (uint32_t i = 0; i < t->hands; i++) plugged_close(&t->hand[i]);
}
