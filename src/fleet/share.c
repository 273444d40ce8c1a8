// Sites that share their power or serve by priority (M-12.14): a loop over events in time order, to the microsecond.
// Power is shared equally by who charges, each limited by pile and vehicle (water-filling); what somebody cannot take
// goes to the others. Constant powers are exact; where vehicles' curves and the site's limit meet, the level is set
// anew at every event and every five minutes. Who waits is plugged in by priority, then by arrival; nobody is
// interrupted. Between two changes of its power a guest is not looked at: its stretch is closed when the power
// changes, and at midnight, when the hours of the day are closed.
// reads: nothing of the state. writes: pile_free of the station's first pile: when one will be free, as drivers see it.
#include <stdlib.h>
#include <string.h>

#include "fleet/town.h"

#define STEP_US INT64_C(300000000)
static const double UWH_PER_WATT_US = 1.0 / 3600;      // a watt for a microsecond
static const double NO_LEVEL = 1e300;

enum regime {
    AT_REST,                       // takes no power from the site's share: full, failed, or at a site without limit
    AT_OWN,                        // as much as pile and vehicle allow
    AT_LEVEL                       // as much as the site allows
};

// What events touch of somebody who is plugged in.
struct charge {
    int64_t  since_us;             // the regime began, or what it gave was last told
    int64_t  full_us;              // at the powers of now; NEVER_US: at rest
    int64_t  leave_us;             // when the plug is free again; NEVER_US: not known before it is full
    double   uwh, wanted_uwh;      // delivered until since_us; in all
    double   watts;                // of the regime; AT_OWN along a curve: at since_us
    double   most_watts, peak_watts;   // what pile and vehicle allow, as last looked at; and at most from then on
    int64_t  told_uwh;             // of uwh, what the load was told
    int64_t  bound_watts;          // above peak_watts for as long as it charges
    enum regime regime;
    bool     curved;               // most_watts follows a curve
};

struct guest {
    struct request q;
    struct session x;
    int64_t overstay_us;
};

struct queue {
    struct request *rows;          // by priority, then by arrival
    uint32_t count, room, plugged;
};

struct site_events {
    int64_t now_us;                // of the last event
    uint32_t index;                // in town's event_places and event_next
    int64_t step_us;               // when the level is looked at again; NEVER_US: at the next event
    struct charge *charges;        // [count]
    struct guest  *guests;         // [count]
    uint32_t count, room;
    uint32_t limited;              // guests at the level
    int64_t  most_watts;           // never less than what the guests not at rest may still reach together
    uint32_t impatient;            // in all queues, those who may leave
    struct queue *queues;          // [site's stations]
};

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

// --- stretches of one power

static uint32_t power_of(const struct town *t, const struct guest *g) {
    return t->c->stations[g->x.station].power;
}

static double charge_of(const struct town *t, const struct guest *g, double uwh) {
    return g->q.charge_mwh + uwh * t->c->types[g->q.type].efficiency / 1000;
}

static double uwh_at(const struct town *t, const struct charge *a, const struct guest *g, int64_t now_us) {
    double us = (double)(now_us - a->since_us), uwh = a->uwh + a->watts * UWH_PER_WATT_US * us;
    if (a->regime == AT_REST) return a->uwh;
    if (now_us >= a->full_us) return a->wanted_uwh;
    if (us <= 0) return a->uwh;
    if (a->regime == AT_OWN && a->curved) {
        double mwh = charge_after(t->c, g->q.type, power_of(t, g), charge_of(t, g, a->uwh), us / (double)HOUR_US);
        uwh = (mwh - g->q.charge_mwh) * 1000 / t->c->types[g->q.type].efficiency;
    }
    return uwh < a->wanted_uwh ? uwh : a->wanted_uwh;
}

// Pieces of load that follow each other with the same bounds are told as one.
struct telling {
    struct hand *hand;
    struct load_piece piece;
};

static void telling_flush(struct telling *out) {
    if (out->piece.uwh) load_constant(out->hand, &out->piece);
    out->piece.uwh = 0;
}

static void piece_tell(struct telling *out, const struct load_piece *p) {
    bool same = out->piece.uwh && out->piece.from_us == p->from_us && out->piece.until_us == p->until_us &&
                out->piece.kind == p->kind;
    if (!same) {
        telling_flush(out);
        out->piece = *p;
    } else {
        out->piece.uwh += p->uwh;
    }
}

// Along its curve the load of a stretch is that of a session from its charge on.
static void curve_tell(struct hand *h, const struct guest *g, const struct charge *a, double before, int64_t more) {
    struct request q = g->q;
    struct session x = { .station = g->x.station, .start_us = a->since_us, .delivered_uwh = more };
    x.full_us = h->town->events[h->town->c->stations[x.station].site].now_us;
    q.charge_mwh = (int32_t)charge_of(h->town, g, before);
    load_session(h, &q, &x);
}

// What the guest took since its stretch began, at the moment of the site; a new stretch begins.
static void stretch_close(struct telling *out, uint32_t site_row, uint32_t i) {
    struct town *t = out->hand->town;
    struct site_events *e = &t->events[site_row];
    const struct site *site = &t->c->sites[site_row];
    struct charge *a = &e->charges[i];
    const struct guest *g = &e->guests[i];
    if (a->regime == AT_REST || (a->since_us >= e->now_us && a->full_us > e->now_us)) return;
    double before = a->uwh;
    a->uwh = uwh_at(t, a, g, e->now_us);
    int64_t more = (int64_t)a->uwh - a->told_uwh;
    bool dc = t->c->stations[g->x.station].current == DC;
    struct load_piece p = { a->since_us, e->now_us, more, site->district, site->feeder, dc ? LOAD_DC : LOAD_AC };
    if (site->access == ACCESS_RESIDENTS) p.kind = LOAD_RESIDENTS;
    if (a->regime == AT_OWN && a->curved) curve_tell(out->hand, g, a, before, more);
    else piece_tell(out, &p);
    a->told_uwh += more;
    if (a->regime == AT_LEVEL) t->stations[g->x.station].throttled_us += e->now_us - a->since_us;
    a->since_us = e->now_us;
}

// --- power

static int64_t us_up(double us) {
    if (us > 1e17) return INT64_C(1) << 60;
    int64_t whole = (int64_t)us;
    return whole + ((double)whole < us);
}

// When it is full at the power of its regime, which begins now.
static int64_t full_at(const struct town *t, const struct charge *a, const struct guest *g) {
    if (a->regime == AT_OWN && a->curved) {
        double until = g->q.charge_mwh + g->x.gained_mwh, from = charge_of(t, g, a->uwh);
        double hours = from < until ? charge_hours(t->c, g->q.type, power_of(t, g), from, until) : 0;
        return a->since_us + us_up(hours * (double)HOUR_US);
    }
    return a->since_us + us_up((a->wanted_uwh - a->uwh) / (a->watts * UWH_PER_WATT_US));
}

// What the vehicles allow now, and from now on; true when one of them follows a curve.
static bool most_look(const struct town *t, struct site_events *e) {
    bool curved = false;
    for (uint32_t i = 0; i < e->count; i++) {
        struct charge *a = &e->charges[i];
        const struct guest *g = &e->guests[i];
        if (a->regime == AT_REST || !a->curved) continue;
        double charge = charge_of(t, g, uwh_at(t, a, g, e->now_us));
        struct power_range range = charge_power(t->c, g->q.type, power_of(t, g), charge);
        a->most_watts = range.watts;
        a->peak_watts = range.peak_watts;
        curved = true;
    }
    return curved;
}

static double peak_of(const struct site_events *e) {
    double peak = 0;
    for (uint32_t i = 0; i < e->count; i++) peak += e->charges[i].regime == AT_REST ? 0 : e->charges[i].peak_watts;
    return peak;
}

// The power that nobody exceeds: what is left by those who take less is shared equally by the others.
static double level_of(const struct site_events *e, double site_watts) {
    double all = 0, level = 0;
    for (uint32_t i = 0; i < e->count; i++) all += e->charges[i].regime == AT_REST ? 0 : e->charges[i].most_watts;
    if (all <= site_watts) return NO_LEVEL;
    for (uint32_t limited = 0, last = 0;; last = limited) {
        double left = site_watts;
        limited = 0;
        for (uint32_t i = 0; i < e->count; i++) {
            const struct charge *a = &e->charges[i];
            if (a->regime == AT_REST) continue;
            bool less = level > 0 && a->most_watts <= level;
            left -= less ? a->most_watts : 0;
            limited += !less;
        }
        if (limited == last || limited == 0) return level;
        level = left / limited;
    }
}

static void regime_set(struct telling *out, uint32_t site, uint32_t i, double level) {
    const struct town *t = out->hand->town;
    struct site_events *e = &t->events[site];
    struct charge *a = &e->charges[i];
    bool own = a->most_watts <= level;
    if (a->regime == AT_REST || (own && a->regime == AT_OWN)) return;
    if (!own && a->regime == AT_LEVEL && a->watts == level) return;
    stretch_close(out, site, i);
    e->limited -= a->regime == AT_LEVEL;
    e->limited += !own;
    a->regime = own ? AT_OWN : AT_LEVEL;
    a->watts = own ? a->most_watts : level;
    a->full_us = full_at(t, a, &e->guests[i]);
}

// Nobody is limited as long as the highest powers that the guests may still reach fit.
static void powers_set(struct hand *h, uint32_t site) {
    const struct town *t = h->town;
    struct site_events *e = &t->events[site];
    double most = (double)t->c->sites[site].watts, level = NO_LEVEL;
    struct telling out = { .hand = h };
    e->step_us = NEVER_US;
    if (most <= 0) return;
    if ((double)e->most_watts > most && peak_of(e) > most) {
        bool curved = most_look(t, e);
        level = level_of(e, most);
        if (curved && (level < NO_LEVEL || peak_of(e) > most)) e->step_us = e->now_us + STEP_US;
    }
    if (level == NO_LEVEL && !e->limited) return;
    for (uint32_t i = 0; i < e->count; i++) regime_set(&out, site, i, level);
    telling_flush(&out);
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
    int64_t stay = sums->started ? sums->busy_us / sums->started : HOUR_US;
    return soonest + line->count * (stay / pile->piles);
}

// After every event: when the next one is, and what drivers see.
static void outlook_set(struct town *t, uint32_t site_row) {
    const struct site *site = &t->c->sites[site_row];
    struct site_events *e = &t->events[site_row];
    int64_t next = e->step_us;
    for (uint32_t i = 0; i < e->count; i++)
        next = smaller_of(next, smaller_of(e->charges[i].full_us, e->charges[i].leave_us));
    for (uint32_t k = 0; k < site->stations; k++) {
        const struct queue *line = &e->queues[k];
        for (uint32_t i = 0; e->impatient && i < line->count; i++)
            next = smaller_of(next, patience_end(&line->rows[i]));
        const struct station *pile = &t->c->stations[site->first_station + k];
        if (!pile->piles) continue;
        t->s.pile_free[pile->first_pile] = free_at(t, e, site->first_station + k);
        t->sight_free[t->sight_of[site->first_station + k]] = t->s.pile_free[pile->first_pile];
    }
    t->event_next[e->index] = next;
}

static void stretches_close(struct hand *h, uint32_t site) {
    struct telling out = { .hand = h };
    for (uint32_t i = 0; i < h->town->events[site].count; i++) stretch_close(&out, site, i);
    telling_flush(&out);
}

// --- who comes and goes

static bool guests_grow(struct hand *h, struct site_events *e) {
    if (e->count < e->room) return true;
    uint32_t room = e->room ? e->room * 2 : 8;
    struct charge *charges = realloc(e->charges, room * sizeof *charges);
    if (charges) e->charges = charges;
    struct guest *guests = charges ? realloc(e->guests, room * sizeof *guests) : NULL;
    if (guests) e->guests = guests;
    if (!guests) h->status = AP_NO_MEMORY;
    else e->room = room;
    return guests != NULL;
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

static void plug_in(struct hand *h, uint32_t station, const struct request *q) {
    const struct town *t = h->town;
    const struct site *site = &t->c->sites[t->c->stations[station].site];
    struct site_events *e = &t->events[t->c->stations[station].site];
    if (!guests_grow(h, e)) return;
    struct session x = session_of(t, station, q, e->now_us);
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
    e->count++;
    e->queues[station - site->first_station].plugged++;
}

// Takes row i out; what it was is settled as a session that ends now.
static void plug_out(struct hand *h, uint32_t site, uint32_t i) {
    const struct town *t = h->town;
    struct site_events *e = &t->events[site];
    struct telling out = { .hand = h };
    stretch_close(&out, site, i);
    telling_flush(&out);
    struct guest g = e->guests[i];
    struct charge a = e->charges[i];
    e->count--;
    e->limited -= a.regime == AT_LEVEL;
    e->most_watts -= a.regime == AT_REST ? 0 : a.bound_watts;
    e->guests[i] = e->guests[e->count];
    e->charges[i] = e->charges[e->count];
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
    struct telling out = { .hand = h };
    stretch_close(&out, site, i);
    telling_flush(&out);
    e->limited -= a->regime == AT_LEVEL;
    e->most_watts -= a->regime == AT_REST ? 0 : a->bound_watts;
    a->regime = AT_REST;
    a->full_us = NEVER_US;
    e->guests[i].x.full_us = e->now_us;
    if (a->leave_us == NEVER_US) a->leave_us = e->now_us + e->guests[i].overstay_us;
}

static void guests_settle(struct hand *h, uint32_t site) {
    struct site_events *e = &h->town->events[site];
    for (uint32_t i = 0; i < e->count;) {
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
        plug_in(h, station, &q);
        if (h->status != AP_OK) return;
    }
    for (uint32_t i = 0; e->impatient && i < line->count;) {
        struct request q = line->rows[i];
        if (patience_end(&q) > e->now_us) {
            i++;
            continue;
        }
        queue_remove(e, line, i);
        t->stations[station].left++;
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

void event_arrive(struct hand *h, uint32_t station, const struct request *q) {
    struct town *t = h->town;
    const struct station *pile = &t->c->stations[station];
    const struct site *site = &t->c->sites[pile->site];
    struct site_events *e = &t->events[pile->site];
    struct queue *line = &e->queues[station - site->first_station];
    event_advance(h, pile->site, q->at_us);
    e->now_us = q->at_us;
    t->stations[station].arrived++;
    bool waits = !plug_free(t, station, line);
    if (waits && site->places >= 0 && line->count >= (uint32_t)site->places) {
        t->stations[station].left++;
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
        plug_in(h, station, &mine);
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

void events_advance(struct hand *h, int64_t until_us) {
    const struct town *t = h->town;
    for (uint32_t i = 0; i < t->event_count; i++) {
        const struct event_place *place = &t->event_places[i];
        if (place->closed || place->hand != h->number) continue;
        if (t->event_next[i] <= until_us || until_us % DAY_US == 0) event_advance(h, place->site, until_us);
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
