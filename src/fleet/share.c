// Power at sites by events (M-12.14). It is shared equally by who charges, each limited by pile and vehicle
// (water-filling); what somebody cannot take goes to the others. Constant powers are exact; where vehicles' curves and
// the site's limit meet, the level is set anew at every event and every five minutes. Between two changes of its power
// a guest is not looked at: its stretch is closed when the power changes, and at midnight, when the hours of the day
// are closed.
// reads, writes: guests of the site.
#include "fleet/events.h"

#define STEP_US INT64_C(300000000)
static const double UWH_PER_WATT_US = 1.0 / 3600;      // a watt for a microsecond
static const double NO_LEVEL = 1e300;

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
    struct curve curve = curve_of(h->town->c, q.type, power_of(h->town, g));
    x.from_hours = hours_at(&curve, q.charge_mwh);
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
    due_set(e, i);
}

// Nobody is limited as long as the highest powers that the guests may still reach fit.
void powers_set(struct hand *h, uint32_t site) {
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

void guest_close(struct hand *h, uint32_t site, uint32_t i) {
    struct telling out = { .hand = h };
    stretch_close(&out, site, i);
    telling_flush(&out);
}

void stretches_close(struct hand *h, uint32_t site) {
    struct telling out = { .hand = h };
    for (uint32_t i = 0; i < h->town->events[site].count; i++) stretch_close(&out, site, i);
    telling_flush(&out);
}
