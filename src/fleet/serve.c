// The piles (M-12.4). Within a catchment drivers come in the order of (moment, vehicle) and choose (choose.c). Piles of
// a station serve first come, first served: on arrival the soonest free pile tells the wait, so a session is resolved
// at once. Sites that share power or serve by priority: events.c.
// reads, writes: pile_free, place_until
#include <string.h>

#include "fleet/sight.h"

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

// Whether a waiting place is left; takes it until `until_us`.
static bool place_free(struct town *t, const struct sight *x, int64_t at_us, int64_t until_us) {
    if (x->places < 0) return true;
    int64_t *place = t->s.place_until + x->first_place;
    for (int32_t i = 0; i < x->places; i++) {
        if (place[i] > at_us) continue;
        place[i] = until_us;
        return true;
    }
    return false;
}

bool place_take(struct town *t, uint32_t station, int64_t at_us, int64_t until_us) {
    return place_free(t, sight_at(t, station), at_us, until_us);
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
    struct counted *sums = &sight_at(t, station)->today;
    int64_t *of_class = sums_of(h, q->district, q->class);
    uint32_t bin = wait_us ? wait_bin(wait_us) : 0;
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
    const struct sight *place = sight_at(t, x->station);
    int64_t from = larger_of(x->start_us, t->from_us), until = smaller_of(x->end_us, t->end_us);
    int64_t midnight = (int64_t)t->day * DAY_US;
    if (from >= until) return;
    if (from >= midnight && until <= midnight + LOAD_HOURS * HOUR_US) {
        hours_put(&h->plugged[place->district * CURRENTS + place->current], from - midnight, until - midnight);
        return;
    }
    struct week_cell *week = h->week + (size_t)place->district * WEEK_HOURS;
    while (from < until) {
        int64_t hour = from / HOUR_US, end = smaller_of((hour + 1) * HOUR_US, until);
        week[(t->week_hour + hour) % WEEK_HOURS].plugged_us[place->current] += end - from;
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
    struct counted *sums = &sight_at(h->town, x->station)->today;
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

static void pile_repair(struct hand *h, struct sight *x, const struct request *q) {
    struct town *t = h->town;
    int64_t *heap = t->s.pile_free + x->first_pile;
    int64_t from = heap[0] > q->at_us ? heap[0] : q->at_us;
    t->stations[x->station].out_us += q->size;
    try_show(t, x->station, q, q->size, false);
    pile_take(heap, x->piles, from + q->size);
    sight_free_set(t, x, heap[0]);
}

void visit_settle(struct hand *h, struct visit *v, const uint32_t *luck) {
    struct town *t = h->town;
    struct sight *x = v->x;
    const struct request *q = v->q;
    v->how = VISIT_TOLD;
    if (q->flags & ASK_REPAIR || x->by_events) {
        if (q->flags & ASK_REPAIR) pile_repair(h, x, q);
        else event_arrive(h, x, q, luck);
        return;
    }
    int64_t *heap = t->s.pile_free + x->first_pile;
    int64_t patience = q->flags & ASK_FUEL ? 0 : q->patience_us, free_us = x->piles ? heap[0] : 0;
    int64_t wait = free_us > q->at_us ? free_us - q->at_us : 0;
    v->how = wait > patience ? VISIT_LEFT : VISIT_SERVED;
    if (wait > patience) wait = patience;
    if ((wait > 0 || v->how == VISIT_LEFT) && !place_free(t, x, q->at_us, q->at_us + wait)) {
        v->how = VISIT_FULL;
        wait = 0;
    }
    v->wait_us = wait;
    if (v->how != VISIT_SERVED) return;
    v->s = session_of(t, x, q, q->at_us + wait, luck);
    if (!x->piles) return;
    pile_take(heap, x->piles, v->s.end_us);
    sight_free_set(t, x, heap[0]);
}

void visit_tell(struct hand *h, const struct visit *v) {
    const struct town *t = h->town;
    const struct request *q = v->q;
    uint32_t station = v->x->station;
    if (v->how == VISIT_TOLD) return;
    v->x->today.arrived++;
    wait_tally(h, station, q, v->wait_us);
    if (v->how != VISIT_SERVED) {
        enum ask_end why = v->how == VISIT_FULL ? END_FULL : q->flags & ASK_FUEL ? END_FUEL : END_PATIENCE;
        v->x->today.left++;
        try_show(t, station, q, 0, true);
        request_left(h, q, q->at_us + v->wait_us, why);
        return;
    }
    try_show(t, station, q, v->s.end_us - v->s.start_us, false);
    session_tally(h, &v->s);
    if (!v->s.failed) load_session(h, q, &v->s);
    request_served(h, q, &v->s);
}

void station_arrive(struct hand *h, uint32_t station, const struct request *q) {
    struct visit v = { .q = q, .x = sight_at(h->town, station) };
    visit_settle(h, &v, NULL);
    visit_tell(h, &v);
}
