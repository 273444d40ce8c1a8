// The piles (M-12.4). Within a catchment drivers come in the order of (moment, vehicle) and choose (choose.c). Piles of
// a station serve first come, first served: on arrival the soonest free pile tells the wait, so a session is resolved
// at once. Sites that share power or serve by priority: share.c.
// reads, writes: pile_free, place_until
#include <string.h>

#include "fleet/town.h"

// Puts the pile that is free soonest (the root) down to `free_us` and restores the heap.
static void pile_take(int64_t *heap, uint32_t count, int64_t free_us) {
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) break;
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= free_us) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = free_us;
}

int64_t station_free(const struct town *t, uint32_t station) {
    const struct station *x = &t->c->stations[station];
    return x->piles ? t->s.pile_free[x->first_pile] : 0;
}

// Whether a waiting place is left; takes it until `until_us`.
bool place_take(struct town *t, uint32_t station, int64_t at_us, int64_t until_us) {
    int32_t places = t->c->sites[t->c->stations[station].site].places;
    if (places < 0) return true;
    int64_t *place = t->s.place_until + t->first_place[station];
    for (int32_t i = 0; i < places; i++) {
        if (place[i] > at_us) continue;
        place[i] = until_us;
        return true;
    }
    return false;
}

// One more at every minute within an interval: kept as changes from minute to minute (details of closed sites).
void minutes_add(const struct town *t, int32_t *changes, int64_t from_us, int64_t until_us) {
    int64_t last = (int64_t)t->m->days * 24 * 60;
    int64_t begin = (from_us + MINUTE_US - 1) / MINUTE_US, end = (until_us + MINUTE_US - 1) / MINUTE_US;
    if (begin < 0) begin = 0;
    if (begin <= last) changes[begin]++;
    if (end <= last) changes[end]--;
}

// Adds what counts of an interval to a table by hour of the day, [24] cells.
static void hours_add(const struct town *t, int64_t *cells, int64_t from_us, int64_t until_us) {
    from_us = larger_of(from_us, t->from_us);
    until_us = smaller_of(until_us, t->end_us);
    while (from_us < until_us) {
        int64_t end = (from_us / HOUR_US + 1) * HOUR_US;
        if (end > until_us) end = until_us;
        cells[from_us / HOUR_US % 24] += end - from_us;
        from_us = end;
    }
}

void wait_tally(struct hand *h, uint32_t station, const struct request *q, int64_t wait_us) {
    struct town *t = h->town;
    struct station_sums *sums = &t->stations[station];
    int64_t *of_class = sums_of(h, q->district, q->class);
    uint32_t bin = wait_bin(wait_us);
    sums->wait_us += wait_us;
    of_class[FLEET_tries]++;
    of_class[FLEET_wait_us] += wait_us;
    if (wait_us > 0) {
        sums->waited++;
        of_class[FLEET_waited]++;
    }
    h->wait_bins[(size_t)q->class * WAIT_BINS + bin]++;
    if (t->counts) {
        struct week_cell *week = &h->week[(size_t)q->district * WEEK_HOURS +
                                          (size_t)((t->week_hour + q->at_us / HOUR_US) % WEEK_HOURS)];
        week->requests++;
        week->waits += wait_us > 0;
        week->wait_us += wait_us;
    }
    if (!t->station_waits) return;
    t->station_waits[(size_t)station * WAIT_BINS + bin]++;
    hours_add(t, t->queue_us + (size_t)station * 24, q->at_us, q->at_us + wait_us);
    if (t->waiting[station] && wait_us > 0) minutes_add(t, t->waiting[station], q->at_us, q->at_us + wait_us);
    if (t->c->sites[t->c->stations[station].site].access != ACCESS_CLOSED) return;   // several hands may
    struct stream_sums *stream = &t->out->streams[q->who];
    stream->arrived++;
    stream->waited += wait_us > 0;
    stream->wait_us += wait_us;
}

// Plugged time by hour of the week at its place, as far as it counts: in one go for the whole day where the hours are
// those kept (load.c), else hour by hour.
static void week_add(struct hand *h, const struct session *x) {
    struct town *t = h->town;
    const struct station *station = &t->c->stations[x->station];
    uint32_t district = t->c->sites[station->site].district;
    int64_t from = larger_of(x->start_us, t->from_us), until = smaller_of(x->end_us, t->end_us);
    int64_t midnight = (int64_t)t->day * DAY_US;
    if (from >= until) return;
    if (from >= midnight && until <= midnight + LOAD_HOURS * HOUR_US) {
        hours_put(&h->plugged[district * CURRENTS + station->current], from - midnight, until - midnight);
        return;
    }
    struct week_cell *week = h->week + (size_t)district * WEEK_HOURS;
    while (from < until) {
        int64_t hour = from / HOUR_US, end = smaller_of((hour + 1) * HOUR_US, until);
        week[(t->week_hour + hour) % WEEK_HOURS].plugged_us[station->current] += end - from;
        from = end;
    }
}

void plugged_tally(struct hand *h, const struct session *x) {
    const struct town *t = h->town;
    week_add(h, x);
    if (!t->busy_us) return;
    hours_add(t, t->busy_us + (size_t)x->station * 24, x->start_us, x->end_us);
    if (t->plugged[x->station]) minutes_add(t, t->plugged[x->station], x->start_us, x->end_us);
}

void session_tally(struct hand *h, const struct session *x) {
    struct station_sums *sums = &h->town->stations[x->station];
    plugged_tally(h, x);
    sums->started++;
    sums->busy_us += x->end_us - x->start_us;
    sums->charging_us += x->failed ? 0 : x->full_us - x->start_us;
    sums->delivered_uwh += x->delivered_uwh;
}

static void try_show(const struct town *t, uint32_t station, const struct request *q, int64_t hold_us, bool left) {
    const struct station *x = &t->c->stations[station];
    if (!t->options.see || !x->piles || t->c->sites[x->site].access != ACCESS_PUBLIC) return;
    int64_t patience = q->flags & ASK_FUEL ? 0 : q->patience_us;
    struct fleet_try seen = { q->at_us, patience, hold_us, station, left, (q->flags & ASK_REPAIR) != 0 };
    t->options.see(t->options.seer, &seen);
}

static void station_repair(struct hand *h, uint32_t station, const struct request *q) {
    struct town *t = h->town;
    const struct station *x = &t->c->stations[station];
    int64_t *heap = t->s.pile_free + x->first_pile;
    int64_t from = heap[0] > q->at_us ? heap[0] : q->at_us;
    t->stations[station].out_us += q->size;
    try_show(t, station, q, q->size, false);
    pile_take(heap, x->piles, from + q->size);
    t->sight_free[t->sight_of[station]] = heap[0];
}

void station_arrive(struct hand *h, uint32_t station, const struct request *q) {
    struct town *t = h->town;
    const struct station *x = &t->c->stations[station];
    if (q->flags & ASK_REPAIR) {
        station_repair(h, station, q);
        return;
    }
    if (t->c->sites[x->site].by_events) {
        event_arrive(h, station, q);
        return;
    }
    t->stations[station].arrived++;
    int64_t free_us = station_free(t, station);
    int64_t wait = free_us > q->at_us ? free_us - q->at_us : 0;
    int64_t patience = q->flags & ASK_FUEL ? 0 : q->patience_us;
    bool leaves = wait > patience;
    if (leaves) wait = patience;
    bool full = (wait > 0 || leaves) && !place_take(t, station, q->at_us, q->at_us + wait);
    if (full) wait = 0;
    wait_tally(h, station, q, wait);
    if (full || leaves) {
        t->stations[station].left++;
        try_show(t, station, q, 0, true);
        request_left(h, q, q->at_us + wait, full ? END_FULL : q->flags & ASK_FUEL ? END_FUEL : END_PATIENCE);
        return;
    }
    struct session s = session_of(t, station, q, q->at_us + wait);
    if (x->piles) {
        int64_t *heap = t->s.pile_free + x->first_pile;
        pile_take(heap, x->piles, s.end_us);
        t->sight_free[t->sight_of[station]] = heap[0];
    }
    try_show(t, station, q, s.end_us - s.start_us, false);
    session_tally(h, &s);
    if (!s.failed) load_session(h, q, &s);
    request_served(h, q, &s);
}

// Where it asks: at the station that fails or that its stream names, else at the one that it chooses.
static uint32_t station_of(const struct town *t, uint32_t catchment, const struct request *q) {
    if (q->flags & ASK_REPAIR) return q->who;
    uint32_t named = q->vehicle ? 0 : t->c->streams[q->who].station;
    if (!named) return station_choose(t, catchment, q);
    const struct station *x = &t->c->stations[named];
    return x->opened <= t->day && t->day <= x->until ? named : 0;
}

void catchment_serve(struct hand *h, uint32_t catchment, const struct request *const *rows, uint32_t count) {
    struct town *t = h->town;
    for (uint32_t i = 0; i < count; i++) {
        const struct request *q = rows[i];
        uint32_t station = station_of(t, catchment, q);
        if (station) station_arrive(h, station, q);
        else request_left(h, q, q->at_us, END_NO_SITE);
    }
}
