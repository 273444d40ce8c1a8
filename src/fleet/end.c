// What became of a request, and what the vehicle does next (M-12.5). Every request ends with a reason.
// reads, writes: vehicle_charge, vehicle_asks
#include "fleet/sight.h"

static void request_end(struct hand *h, const struct request *q, enum ask_end why) {
    sums_of(h, q->district, q->class)[FLEET_ended_served + (int)why]++;
    if (q->vehicle) h->town->s.vehicle_asks[q->vehicle] = 0;
}

static int64_t shift_end(const struct town *t, const struct request *q) {
    const struct ev_class_row *row = &t->m->tables->ev_classes[t->c->classes[q->class].table_row];
    int64_t day = (int64_t)q->number - t->m->first_day;
    return day * DAY_US + (int64_t)(row->shift_until * (double)HOUR_US);
}

// mWh per us while it drives: later_mwh over the whole shift.
static double shift_rate(const struct town *t, const struct request *q) {
    const struct ev_class_row *row = &t->m->tables->ev_classes[t->c->classes[q->class].table_row];
    return q->later_mwh / ((row->shift_until - row->shift_from) * (double)HOUR_US);
}

// Drives on from `at_us` with that charge: to the end of the shift, or until it has to ask again.
void shift_drive(struct hand *h, const struct request *q, int64_t at_us, int32_t charge) {
    struct town *t = h->town;
    int64_t *sums = sums_of(h, q->district, q->class);
    int64_t until = shift_end(t, q);
    double rate = shift_rate(t, q);
    int32_t need = at_us < until ? (int32_t)((double)(until - at_us) * rate) : 0;
    if (need <= charge - q->low_mwh || need == 0) {
        t->s.vehicle_charge[q->vehicle] = charge - need;
        t->s.vehicle_asks[q->vehicle] = 0;
        sums[FLEET_driven_mwh] += need;
        return;
    }
    struct request next = *q;
    int32_t leg = charge > q->low_mwh ? charge - q->low_mwh : 0;
    int64_t soonest = (at_us / QUARTER_US + 1) * QUARTER_US;
    next.at_us = at_us + (int64_t)(leg / rate);
    if (next.at_us < soonest) next.at_us = soonest;   // it asks by what will be published then
    sums[FLEET_driven_mwh] += leg;
    t->s.vehicle_charge[q->vehicle] = charge - leg;
    t->s.vehicle_asks[q->vehicle] = next.at_us < until;
    if (next.at_us >= until) {
        sums[FLEET_undriven_mwh] += need - leg;
        return;
    }
    next.charge_mwh = charge - leg;
    next.tries = 0;
    next.round++;
    next.catchment = 0;
    sums[FLEET_asked]++;
    request_put(h, &next);
}

// The rest of the day's way, once it has charged.
static void day_drive(struct hand *h, const struct request *q, int32_t charge) {
    struct town *t = h->town;
    int64_t *sums = sums_of(h, q->district, q->class);
    int32_t leg = q->later_mwh < charge ? q->later_mwh : charge;
    sums[FLEET_driven_mwh] += leg;
    sums[FLEET_undriven_mwh] += q->later_mwh - leg;
    t->s.vehicle_charge[q->vehicle] = charge - leg;
}

static enum ask_end served_how(const struct town *t, const struct session *x) {
    return x->start_us >= t->end_us ? END_WAITING : x->end_us > t->end_us ? END_CHARGING : END_SERVED;
}

void request_served(struct hand *h, const struct request *q, const struct session *x) {
    struct town *t = h->town;
    const struct sight *station = sight_at(t, x->station);
    int64_t *sums = sums_of(h, q->district, q->class);
    sums[FLEET_stay_us] += x->end_us - x->start_us;
    if (x->failed) {
        sums[FLEET_failed_starts]++;
        request_left(h, q, x->end_us, END_PATIENCE);
        return;
    }
    bool dc = station->current == DC, residents = station->access == ACCESS_RESIDENTS;
    sums[residents ? FLEET_residents_sessions : dc ? FLEET_dc_sessions : FLEET_ac_sessions]++;
    sums[residents ? FLEET_residents_uwh : dc ? FLEET_dc_uwh : FLEET_ac_uwh] += x->delivered_uwh;
    request_end(h, q, served_how(t, x));
    if (!q->vehicle) return;
    sums[FLEET_charged_mwh] += x->gained_mwh;
    int32_t charge = q->charge_mwh + x->gained_mwh;
    if (t->c->classes[q->class].kind == CLASS_SHIFT) shift_drive(h, q, x->end_us, charge);
    else day_drive(h, q, charge);
}

// The way it could not drive: on fuel, or not at all; of a shift what was left of it at `at_us`.
static void way_give_up(struct hand *h, const struct request *q, int64_t at_us, int64_t shift_until) {
    struct town *t = h->town;
    int64_t *sums = sums_of(h, q->district, q->class);
    int64_t missing = q->later_mwh;
    if (shift_until != NEVER_US)
        missing = shift_until > at_us ? (int64_t)((double)(shift_until - at_us) * shift_rate(t, q)) : 0;
    bool fuel = t->c->types[q->type].powertrain != TYPE_BEV;
    sums[fuel ? FLEET_fuel_mwh : FLEET_undriven_mwh] += missing;
    t->s.vehicle_charge[q->vehicle] = q->charge_mwh;
}

void request_left(struct hand *h, const struct request *q, int64_t at_us, enum ask_end why) {
    struct town *t = h->town;
    if (t->counts && why != END_NO_SITE && why != END_WAITING) {
        int64_t hour = (t->week_hour + q->at_us / HOUR_US) % WEEK_HOURS;
        h->week[(size_t)q->district * WEEK_HOURS + (size_t)hour].left++;
    }
    if (!q->vehicle) {
        request_end(h, q, at_us > t->end_us ? END_WAITING : why);
        return;
    }
    const struct ev_class *class = &t->c->classes[q->class];
    struct request next = *q;
    int64_t soonest = (at_us / QUARTER_US + 1) * QUARTER_US;
    next.at_us = at_us + (int64_t)(t->m->set.retry_minutes * 60e6);
    if (next.at_us < soonest) next.at_us = soonest;
    next.tries++;
    next.catchment = 0;
    int64_t shift_until = class->kind == CLASS_SHIFT ? shift_end(t, q) : NEVER_US;
    bool over = next.at_us >= shift_until;
    bool last = next.tries >= t->m->tables->ev_classes[class->table_row].tries;
    if (why == END_FUEL || last || over || next.at_us >= t->end_us) {
        enum ask_end end = why == END_FUEL || last ? why : over ? END_LATE : END_BETWEEN;
        way_give_up(h, q, at_us, shift_until);
        request_end(h, q, end);
        return;
    }
    request_put(h, &next);
}
