// Closed sites with one kind of piles, first come first served, whose requests know their time: nothing but queues.
// The requests of a day are served and tallied in one go, several times faster than one by one through
// station_arrive, and to the same sums; energy by hour is that of the plugged time. What reaches beyond the hours
// that are kept goes one by one.
// reads, writes: pile_free
#include "fleet/spring.h"

#include "fleet/hours.h"

// A day at a station.
struct plain_day {
    struct hand *hand;
    const struct station *station;
    uint32_t row;
    int64_t  midnight_us;
    double   uwh_per_us;
    bool     places;               // the waiting places are counted
    int64_t  requests[24], waits[24], wait_us[24];
    struct station_sums sums;
    int64_t  ended[ENDS];
    struct hours plugged, waiting;
};

bool site_plain(const struct town *t, const struct spring *springs, uint32_t count) {
    if (!springs->site) return false;
    const struct site *site = &t->c->sites[springs->site];
    bool plain = site->stations == 1 && !site->by_events;
    for (uint32_t i = 0; i < count; i++) plain &= springs[i].q.type == 0 && t->c->streams[springs[i].stream].station;
    return plain;
}

// The pile that is free soonest is taken until `until_us`: the hole goes down to a leaf, the new time up from there.
static inline void soonest_take(int64_t *heap, uint32_t count, int64_t until_us) {
    uint32_t at = 0, child = 1;
    for (; child + 1 < count; child = 2 * at + 1) {
        child += heap[child + 1] < heap[child];
        heap[at] = heap[child];
        at = child;
    }
    if (child < count) {
        heap[at] = heap[child];
        at = child;
    }
    for (; at > 0 && heap[(at - 1) / 2] > until_us; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = until_us;
}

struct visit {
    int64_t at_us, wait_us, stay_us, uwh;  // stay 0 of who left
    uint32_t stream;
    bool     left, full;
};

static void details_put(struct plain_day *d, const struct visit *v) {
    struct town *t = d->hand->town;
    int64_t start = v->at_us + v->wait_us;
    t->station_waits[(size_t)d->row * WAIT_BINS + wait_bin(v->wait_us)]++;
    struct stream_sums *stream = &t->out->streams[v->stream];
    stream->arrived++;
    stream->waited += v->wait_us > 0;
    stream->wait_us += v->wait_us;
    if (v->wait_us > 0) hours_put(&d->waiting, v->at_us - d->midnight_us, start - d->midnight_us);
    if (!t->waiting || !t->waiting[d->row]) return;
    if (v->wait_us > 0) minutes_add(t, t->waiting[d->row], v->at_us, start);
    if (!v->left) minutes_add(t, t->plugged[d->row], start, start + v->stay_us);
}

static void visit_tally(struct plain_day *d, const struct visit *v) {
    const struct town *t = d->hand->town;
    int64_t start = v->at_us + v->wait_us, end = start + v->stay_us, hour = (v->at_us - d->midnight_us) / HOUR_US;
    int64_t waited = v->wait_us > 0, served = !v->left;
    d->requests[hour]++;
    d->waits[hour] += waited;
    d->wait_us[hour] += v->wait_us;
    d->sums.waited += waited;
    d->sums.wait_us += v->wait_us;
    d->sums.started += served;
    d->sums.busy_us += v->stay_us;
    d->sums.delivered_uwh += v->uwh;
    d->hand->wait_bins[wait_bin(v->wait_us)]++;
    enum ask_end why = v->left ? (start > t->end_us ? END_WAITING : v->full ? END_FULL : END_PATIENCE)
                               : start >= t->end_us ? END_WAITING : end > t->end_us ? END_CHARGING : END_SERVED;
    d->ended[why]++;
    hours_put(&d->plugged, start - d->midnight_us, end - d->midnight_us);
    if (t->station_waits) details_put(d, v);
}

// The sums of the day by district and class, by station and by hour of the week.
static void sums_close(struct plain_day *d) {
    struct town *t = d->hand->town;
    uint32_t district = t->c->sites[d->station->site].district;
    int64_t *sums = sums_of(d->hand, district, 0), arrived = 0;
    for (int why = 0; why < ENDS; why++) sums[FLEET_ended_served + why] += d->ended[why], arrived += d->ended[why];
    d->sums.arrived = arrived;
    d->sums.left = arrived - d->sums.started;
    d->sums.charging_us = d->sums.busy_us;
    struct station_sums *all = &t->stations[d->row];
#define STATION_SUM_ADD(name, unit, meaning) all->name += d->sums.name;
    STATION_SUMS(STATION_SUM_ADD)
#undef STATION_SUM_ADD
    bool dc = d->station->current == DC;
    sums[FLEET_asked] += arrived;
    sums[FLEET_tries] += arrived;
    sums[FLEET_waited] += d->sums.waited;
    sums[FLEET_wait_us] += d->sums.wait_us;
    sums[FLEET_stay_us] += d->sums.busy_us;
    sums[dc ? FLEET_dc_sessions : FLEET_ac_sessions] += d->sums.started;
    sums[dc ? FLEET_dc_uwh : FLEET_ac_uwh] += d->sums.delivered_uwh;
    struct week_cell *week = d->hand->week + (size_t)district * WEEK_HOURS;
    for (int64_t hour = 0; hour < 24 && t->counts; hour++) {
        struct week_cell *cell = &week[(t->week_hour + d->midnight_us / HOUR_US + hour) % WEEK_HOURS];
        cell->requests += d->requests[hour];
        cell->waits += d->waits[hour];
        cell->wait_us += d->wait_us[hour];
    }
}

// Plugged and waiting time by hour, and the energy of the plugged time: the last hour of all gets what rounding left.
static void hours_close(struct plain_day *d) {
    struct town *t = d->hand->town;
    const struct site *site = &t->c->sites[d->station->site];
    struct week_cell *week = d->hand->week + (size_t)site->district * WEEK_HOURS;
    int64_t first = d->midnight_us / HOUR_US, left = d->sums.delivered_uwh, busy = d->sums.busy_us;
    int64_t plugged_us[HOURS_KEPT], waiting_us[HOURS_KEPT];
    hours_take(&d->plugged, HOURS_KEPT, plugged_us);
    hours_take(&d->waiting, HOURS_KEPT, waiting_us);
    for (int64_t i = 0; i < HOURS_KEPT; i++) {
        int64_t us = plugged_us[i], at = (first + i) * HOUR_US;
        bool counts = at >= t->from_us && at < t->end_us;
        busy -= us;
        int64_t uwh = busy == 0 ? left : (int64_t)((double)us * d->uwh_per_us);
        struct load_piece p = { at, at + HOUR_US, uwh, site->district, site->feeder,
                                d->station->current == DC ? LOAD_DC : LOAD_AC };
        if (uwh) load_constant(d->hand, &p);
        left -= uwh;
        if (counts) week[(t->week_hour + first + i) % WEEK_HOURS].plugged_us[d->station->current] += us;
        if (counts && t->station_waits) {
            t->busy_us[(size_t)d->row * 24 + (size_t)(i % 24)] += us;
            t->queue_us[(size_t)d->row * 24 + (size_t)(i % 24)] += waiting_us[i];
        }
        if (busy == 0 && i >= 24 && !t->station_waits) break;
    }
}

// As station_arrive and session_of reckon it, without taking anything.
static struct visit visit_of(const struct plain_day *d, const struct spring *s, int64_t free_us) {
    uint32_t i = s->next;
    struct visit v = { .at_us = s->at_us[i], .stay_us = s->size[i], .stream = s->stream };
    if (s->q.flags & ASK_ENERGY) {
        v.uwh = s->size[i];
        v.stay_us = (int64_t)((double)v.uwh / (d->station->watts * 1e6) * (double)HOUR_US + 0.5);
    } else {
        v.uwh = (int64_t)((double)v.stay_us * d->uwh_per_us + 0.5);
    }
    v.wait_us = free_us > v.at_us ? free_us - v.at_us : 0;
    v.left = v.wait_us > s->patience_us[i];
    if (!v.left) return v;
    v.wait_us = s->patience_us[i];
    v.stay_us = v.uwh = 0;
    return v;
}

// Stops at a request that reaches beyond the hours kept; the others go one by one from there.
void plain_serve(struct hand *h, struct spring *springs, uint32_t count) {
    struct town *t = h->town;
    uint32_t row = t->c->streams[springs->stream].station;
    struct plain_day d = { .hand = h, .row = row, .station = &t->c->stations[row] };
    d.midnight_us = (int64_t)t->day * DAY_US;
    d.uwh_per_us = d.station->watts / 3600.0;
    d.places = t->c->sites[d.station->site].places >= 0;
    int64_t *heap = t->s.pile_free + d.station->first_pile, none = 0;
    bool always = d.station->piles == 0;
    for (;;) {
        struct spring *s = count == 1 ? springs : spring_first(springs, count);
        if (spring_at(s) == NEVER_US) break;
        struct visit v = visit_of(&d, s, always ? none : heap[0]);
        int64_t end = v.at_us + v.wait_us + v.stay_us;
        if (end >= d.midnight_us + HOURS_KEPT * HOUR_US) break;
        if (d.places && (v.wait_us > 0 || v.left) && !place_take(t, row, v.at_us, v.at_us + v.wait_us)) {
            v.left = v.full = true;
            v.wait_us = v.stay_us = v.uwh = 0;
            end = v.at_us;
        }
        if (!always && !v.left) soonest_take(heap, d.station->piles, end);
        visit_tally(&d, &v);
        spring_next(t, s);
    }
    sums_close(&d);
    hours_close(&d);
}
