// Sites that share their power or serve by priority (M-12.14): a loop over events in time order, to the microsecond.
// Who waits is plugged in by priority, then by arrival; nobody is interrupted. What powers the guests get: share.c.
// reads: nothing of the state. writes: pile_free of the station's first pile: when one will be free, as drivers see it.
#include "fleet/events.h"

#include <stdlib.h>
#include <string.h>

enum { HANDFUL = 16, LINE_BYTES = 64 };

enum ap_status events_make(struct town *t) {
    const struct charging *c = t->c;
    t->events = calloc(c->n.site, sizeof *t->events);
    t->event_places = calloc(c->n.site, sizeof *t->event_places);
    t->event_next = calloc(c->n.site, sizeof *t->event_next);
    if (!t->events || !t->event_places || !t->event_next) return AP_NO_MEMORY;
    for (uint32_t i = 1; i < c->n.site; i++) {
        if (!c->sites[i].by_events) continue;
        t->events[i].queues = calloc(c->sites[i].stations, sizeof *t->events[i].queues);
        if (!t->events[i].queues) return AP_NO_MEMORY;
        t->events[i].step_us = NEVER_US;
        bool closed = c->sites[i].access == ACCESS_CLOSED;
        t->events[i].index = t->event_count;
        t->event_next[t->event_count] = NEVER_US;
        t->event_places[t->event_count++] =
            (struct event_place){ i, (closed ? i : c->sites[i].catchment) % t->hands, closed };
    }
    return AP_OK;
}

void events_free(struct town *t) {
    for (uint32_t i = 1; t->events && i < t->c->n.site; i++) {
        struct site_events *e = &t->events[i];
        for (uint32_t k = 0; e->queues && k < t->c->sites[i].stations; k++) free(e->queues[k].rows);
        free(e->queues);
        free(e->due_us);
        free(e->charges);
        free(e->guests);
    }
    free(t->events);
    free(t->event_places);
    free(t->event_next);
    t->events = NULL;
    t->event_places = NULL;
    t->event_next = NULL;
}

// --- time

static int64_t patience_end(const struct request *q) {
    int64_t patience = q->flags & ASK_FUEL ? 0 : q->patience_us;
    return patience == NEVER_US ? NEVER_US : q->at_us + patience;
}

static bool plug_free(const struct town *t, uint32_t station, const struct queue *line) {
    return t->c->stations[station].piles == 0 || line->plugged < t->c->stations[station].piles;
}

// When a pile of the station will be free; 0: one is. Who waits already goes first, at the mean stay so far.
static int64_t free_at(const struct town *t, const struct site_events *e, uint32_t station) {
    const struct station *pile = &t->c->stations[station];
    const struct queue *line = &e->queues[station - t->c->sites[pile->site].first_station];
    if (plug_free(t, station, line)) return 0;
    int64_t soonest = NEVER_US;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->guests[i].x.station != station) continue;
        int64_t at = e->charges[i].leave_us;
        if (at == NEVER_US) at = e->charges[i].full_us + e->guests[i].overstay_us;
        soonest = smaller_of(soonest, at);
    }
    const struct station_sums *sums = &t->stations[station];
    const struct counted *today = &sight_at(t, station)->today;
    int64_t started = sums->started + today->started, busy = sums->busy_us + today->busy_us;
    int64_t stay = started ? busy / started : HOUR_US;
    return soonest + line->count * (stay / pile->piles);
}

// After every event: when the next one is, and what drivers see.
static void outlook_set(struct town *t, uint32_t site_row) {
    const struct site *site = &t->c->sites[site_row];
    struct site_events *e = &t->events[site_row];
    int64_t next = e->step_us;
    for (uint32_t i = 0; i < e->count; i++) next = smaller_of(next, e->due_us[i]);
    for (uint32_t k = 0; k < site->stations; k++) {
        const struct queue *line = &e->queues[k];
        for (uint32_t i = 0; e->impatient && i < line->count; i++)
            next = smaller_of(next, patience_end(&line->rows[i]));
        const struct station *pile = &t->c->stations[site->first_station + k];
        if (!pile->piles) continue;
        t->s.pile_free[pile->first_pile] = free_at(t, e, site->first_station + k);
        sight_free_set(t, sight_at(t, site->first_station + k), t->s.pile_free[pile->first_pile]);
    }
    t->event_next[e->index] = next;
}

// --- who comes and goes

static bool guests_grow(struct hand *h, struct site_events *e) {
    if (e->count < e->room) return true;
    uint32_t room = e->room ? e->room * 2 : 8;
    struct charge *charges = realloc(e->charges, room * sizeof *charges);
    if (charges) e->charges = charges;
    struct guest *guests = charges ? realloc(e->guests, room * sizeof *guests) : NULL;
    if (guests) e->guests = guests;
    int64_t *due_us = guests ? realloc(e->due_us, room * sizeof *due_us) : NULL;
    if (due_us) e->due_us = due_us;
    if (!due_us) h->status = AP_NO_MEMORY;
    else e->room = room;
    return due_us != NULL;
}

// At a site with a limit it begins with its own power; powers_set limits it.
static struct charge charge_begin(const struct town *t, const struct request *q, const struct session *x) {
    const struct station *pile = &t->c->stations[x->station];
    const struct ev_type *type = &t->c->types[q->type];
    bool stays = q->vehicle && pile->current == AC;   // it leaves when its errand is over
    struct charge a = { .since_us = x->start_us, .full_us = x->full_us, .leave_us = stays ? x->end_us : NEVER_US,
                        .wanted_uwh = (double)x->delivered_uwh, .regime = AT_OWN };
    a.curved = pile->current == DC && q->type && (q->vehicle || q->flags & ASK_ENERGY);
    struct power_range range = { pile->watts, pile->watts };
    if (a.curved) range = charge_power(t->c, q->type, pile->power, q->charge_mwh);
    else if (pile->current == AC && q->type && type->ac_watts < pile->watts) range.watts = type->ac_watts;
    a.watts = a.most_watts = range.watts;
    a.peak_watts = a.curved ? range.peak_watts : range.watts;
    a.bound_watts = (int64_t)a.peak_watts + 2;   // further along its curve the peak is lower but for rounding
    return a;
}

static void plug_in(struct hand *h, uint32_t station, const struct request *q, const uint32_t *luck) {
    const struct town *t = h->town;
    const struct site *site = &t->c->sites[t->c->stations[station].site];
    struct site_events *e = &t->events[t->c->stations[station].site];
    if (!guests_grow(h, e)) return;
    struct session x = session_of(t, sight_at(t, station), q, e->now_us, luck);
    struct charge a = { .full_us = NEVER_US, .leave_us = x.end_us };
    wait_tally(h, station, q, e->now_us - q->at_us);
    if (site->watts > 0 && !x.failed) {
        a = charge_begin(t, q, &x);
    } else if (!x.failed) {
        load_session(h, q, &x);
        a.told_uwh = x.delivered_uwh;
    }
    e->charges[e->count] = a;
    e->most_watts += a.bound_watts;
    e->guests[e->count] = (struct guest){ *q, x, x.end_us - x.full_us };
    due_set(e, e->count);
    e->count++;
    e->queues[station - site->first_station].plugged++;
}

// Takes row i out; what it was is settled as a session that ends now.
static void plug_out(struct hand *h, uint32_t site, uint32_t i) {
    const struct town *t = h->town;
    struct site_events *e = &t->events[site];
    guest_close(h, site, i);
    struct guest g = e->guests[i];
    struct charge a = e->charges[i];
    e->count--;
    e->limited -= a.regime == AT_LEVEL;
    e->most_watts -= a.regime == AT_REST ? 0 : a.bound_watts;
    e->guests[i] = e->guests[e->count];
    e->charges[i] = e->charges[e->count];
    e->due_us[i] = e->due_us[e->count];
    e->queues[g.x.station - t->c->sites[site].first_station].plugged--;
    g.x.end_us = e->now_us;
    if (a.regime != AT_REST) {     // before it was full
        g.x.full_us = e->now_us;
        g.x.delivered_uwh = a.told_uwh;
        g.x.gained_mwh = (int32_t)((double)a.told_uwh * t->c->types[g.q.type].efficiency / 1000);
    }
    session_tally(h, &g.x);
    request_served(h, &g.q, &g.x);
}

static void guest_fill(struct hand *h, uint32_t site, uint32_t i) {
    struct site_events *e = &h->town->events[site];
    struct charge *a = &e->charges[i];
    guest_close(h, site, i);
    e->limited -= a->regime == AT_LEVEL;
    e->most_watts -= a->regime == AT_REST ? 0 : a->bound_watts;
    a->regime = AT_REST;
    a->full_us = NEVER_US;
    e->guests[i].x.full_us = e->now_us;
    if (a->leave_us == NEVER_US) a->leave_us = e->now_us + e->guests[i].overstay_us;
    due_set(e, i);
}

static void guests_settle(struct hand *h, uint32_t site) {
    struct site_events *e = &h->town->events[site];
    for (uint32_t i = 0; i < e->count;) {
        if (e->due_us[i] > e->now_us) {
            i++;
            continue;
        }
        if (e->charges[i].full_us <= e->now_us) guest_fill(h, site, i);
        if (e->charges[i].leave_us <= e->now_us) plug_out(h, site, i);
        else i++;
    }
}

static void queue_remove(struct site_events *e, struct queue *line, uint32_t i) {
    e->impatient -= patience_end(&line->rows[i]) != NEVER_US;
    line->count--;
    memmove(line->rows + i, line->rows + i + 1, (line->count - i) * sizeof *line->rows);
}

// Who finds a free plug begins; then who has waited long enough goes.
static void queue_settle(struct hand *h, uint32_t station) {
    struct town *t = h->town;
    uint32_t site = t->c->stations[station].site;
    struct site_events *e = &t->events[site];
    struct queue *line = &e->queues[station - t->c->sites[site].first_station];
    while (line->count && plug_free(t, station, line)) {
        struct request q = line->rows[0];
        queue_remove(e, line, 0);
        plug_in(h, station, &q, NULL);
        if (h->status != AP_OK) return;
    }
    for (uint32_t i = 0; e->impatient && i < line->count;) {
        struct request q = line->rows[i];
        if (patience_end(&q) > e->now_us) {
            i++;
            continue;
        }
        queue_remove(e, line, i);
        sight_at(t, station)->today.left++;
        wait_tally(h, station, &q, e->now_us - q.at_us);
        request_left(h, &q, e->now_us, q.flags & ASK_FUEL ? END_FUEL : END_PATIENCE);
    }
}

static void site_settle(struct hand *h, uint32_t site) {
    const struct site *x = &h->town->c->sites[site];
    guests_settle(h, site);
    for (uint32_t i = 0; i < x->stations; i++) queue_settle(h, x->first_station + i);
    powers_set(h, site);
    outlook_set(h->town, site);
}

void event_advance(struct hand *h, uint32_t site, int64_t until_us) {
    struct site_events *e = &h->town->events[site];
    const int64_t *next = &h->town->event_next[e->index];
    while (*next <= until_us && h->status == AP_OK) {
        e->now_us = *next;
        site_settle(h, site);
    }
    if (until_us % DAY_US) return;
    e->now_us = until_us;
    stretches_close(h, site);
}

static void queue_put(struct hand *h, struct site_events *e, struct queue *line, const struct request *q) {
    if (line->count == line->room) {
        uint32_t room = line->room ? line->room * 2 : 8;
        struct request *rows = realloc(line->rows, room * sizeof *rows);
        if (!rows) {
            h->status = AP_NO_MEMORY;
            return;
        }
        line->rows = rows;
        line->room = room;
    }
    uint32_t at = line->count;
    while (at > 0 && line->rows[at - 1].priority < q->priority) at--;
    memmove(line->rows + at + 1, line->rows + at, (line->count - at) * sizeof *line->rows);
    line->rows[at] = *q;
    line->count++;
    e->impatient += patience_end(q) != NEVER_US;
}

void event_foresee(const struct town *t, uint32_t site) {
    __builtin_prefetch(&t->events[site], 1);
    __builtin_prefetch((const char *)&t->events[site] + 64, 1);
}

void guests_foresee(const struct town *t, uint32_t site) {
    const struct site_events *e = &t->events[site];
    const struct site *x = &t->c->sites[site];
    __builtin_prefetch(e->queues, 1);
    __builtin_prefetch(e->due_us, 1);
    __builtin_prefetch(x);
    __builtin_prefetch(&t->c->stations[x->first_station]);
    __builtin_prefetch(e->charges + e->count, 1);
    __builtin_prefetch(e->guests + e->count, 1);
}

// Those whose turn comes until then.
void due_foresee(const struct town *t, uint32_t site, int64_t until_us) {
    const struct site_events *e = &t->events[site];
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->due_us[i] > until_us) continue;
        const char *charge = (const char *)&e->charges[i], *guest = (const char *)&e->guests[i];
        for (size_t at = 0; at < sizeof *e->charges; at += LINE_BYTES) __builtin_prefetch(charge + at, 1);
        for (size_t at = 0; at < sizeof *e->guests; at += LINE_BYTES) __builtin_prefetch(guest + at, 1);
    }
}

void event_arrive(struct hand *h, const struct sight *x, const struct request *q, const uint32_t *luck) {
    struct town *t = h->town;
    uint32_t station = x->station;
    const struct station *pile = &t->c->stations[station];
    const struct site *site = &t->c->sites[pile->site];
    struct site_events *e = &t->events[pile->site];
    struct queue *line = &e->queues[station - site->first_station];
    event_advance(h, pile->site, q->at_us);
    e->now_us = q->at_us;
    sight_at(t, station)->today.arrived++;
    bool waits = !plug_free(t, station, line);
    if (waits && site->places >= 0 && line->count >= (uint32_t)site->places) {
        sight_at(t, station)->today.left++;
        wait_tally(h, station, q, 0);
        request_left(h, q, e->now_us, q->flags & ASK_FUEL ? END_FUEL : END_FULL);
        return;
    }
    struct request mine = *q;
    if (site->queue != QUEUE_PRIORITY) mine.priority = 0;
    if (waits) {
        queue_put(h, e, line, &mine);
        queue_settle(h, station);      // who does not wait at all goes at once
    } else {
        plug_in(h, station, &mine, luck);
        powers_set(h, pile->site);
        t->stations[station].throttled += e->count && e->charges[e->count - 1].regime == AT_LEVEL;
    }
    outlook_set(t, pile->site);
}

// The run is over: who waits or charges ends so.
static void site_end(struct hand *h, uint32_t site) {
    struct town *t = h->town;
    struct site_events *e = &t->events[site];
    const struct site *x = &t->c->sites[site];
    event_advance(h, site, t->end_us);
    for (uint32_t k = 0; k < x->stations; k++) {
        struct queue *line = &e->queues[k];
        for (uint32_t i = 0; i < line->count; i++) {
            wait_tally(h, x->first_station + k, &line->rows[i], t->end_us - line->rows[i].at_us);
            request_left(h, &line->rows[i], t->end_us + 1, END_WAITING);
        }
        line->count = 0;
    }
    e->impatient = 0;
    stretches_close(h, site);
    for (uint32_t i = 0; i < e->count; i++) e->charges[i].since_us = t->end_us + 1;
    e->now_us = t->end_us + 1;     // who still charges ends after the run
    while (e->count) plug_out(h, site, e->count - 1);
    outlook_set(t, site);
}

// A handful of sites at a time: the memory of one is on its way while the others are worked.
void events_advance(struct hand *h, int64_t until_us) {
    const struct town *t = h->town;
    uint32_t sites[HANDFUL], count = 0;
    for (uint32_t i = 0; i <= t->event_count; i++) {
        bool all = until_us % DAY_US == 0, last = i == t->event_count;
        const struct event_place *place = &t->event_places[i];
        if (!last && !place->closed && place->hand == h->number && (all || t->event_next[i] <= until_us)) {
            event_foresee(t, place->site);
            sites[count++] = place->site;
        }
        if (count < HANDFUL && !last) continue;
        for (uint32_t k = 0; k < count; k++) guests_foresee(t, sites[k]);
        for (uint32_t k = 0; k < count; k++) due_foresee(t, sites[k], until_us);
        for (uint32_t k = 0; k < count; k++) event_advance(h, sites[k], until_us);
        count = 0;
    }
}

void events_end(struct hand *h) {
    const struct town *t = h->town;
    for (uint32_t i = 0; i < t->event_count; i++)
        if (t->event_places[i].hand == h->number) site_end(h, t->event_places[i].site);
}

int64_t events_open(const struct town *t) {
    int64_t open = 0;
    for (uint32_t i = 0; i < t->event_count; i++) {
        const struct site_events *e = &t->events[t->event_places[i].site];
        open += e->count;
        for (uint32_t k = 0; k < t->c->sites[t->event_places[i].site].stations; k++) open += e->queues[k].count;
    }
    return open;
}

int64_t events_uwh(const struct town *t) {
    int64_t told = 0;
    for (uint32_t i = 0; i < t->event_count; i++) {
        const struct site_events *e = &t->events[t->event_places[i].site];
        for (uint32_t k = 0; k < e->count; k++) told += e->charges[k].told_uwh;
    }
    return told;
}
