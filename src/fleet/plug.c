// What a session is once a pile is taken (M-12.5): how long it charges, what it delivers, when the pile is left.
#include "fleet/sight.h"

enum { STAY_HOURS_MOST = 48 };

static int64_t us_of_hours(double hours) {
    return (int64_t)(hours * (double)HOUR_US + 0.5);
}

// uWh at the plug for a gain in the battery.
static int64_t plug_uwh(int32_t gained_mwh, double efficiency) {
    return (int64_t)(gained_mwh * 1000.0 / efficiency + 0.5);
}

// Hours along the curve for what is gained.
static double curve_hours(const struct town *t, uint32_t power, const struct request *q, struct session *x) {
    struct curve curve = curve_of(t->c, q->type, power);
    x->from_hours = hours_at(&curve, q->charge_mwh);
    return hours_at(&curve, q->charge_mwh + x->gained_mwh) - x->from_hours;
}

static void stream_session(const struct town *t, const struct sight *station, const struct request *q,
                           struct session *x) {
    const struct charging *c = t->c;
    double hours = (double)q->size / (double)HOUR_US;
    x->delivered_uwh = (int64_t)((double)q->size * (station->watts / 3600.0) + 0.5);
    if (q->flags & ASK_ENERGY) {
        x->delivered_uwh = q->size;
        hours = (double)q->size / (station->watts * 1e6);
    }
    if (q->flags & ASK_ENERGY && q->type) {
        const struct ev_type *type = &c->types[q->type];
        double gain = (double)q->size * type->efficiency / 1000 + 0.5;
        double most = type->battery_mwh - q->charge_mwh;
        x->gained_mwh = (int32_t)(gain < most ? gain : most);
        if (gain > most) x->delivered_uwh = plug_uwh(x->gained_mwh, type->efficiency);
        hours = curve_hours(t, station->power, q, x);
    }
    x->full_us = x->start_us + us_of_hours(hours);
    x->end_us = x->full_us;
}

// Charge at which a driver leaves a DC pile: drawn around public_until, and never less than a little.
static int32_t charge_wanted(const struct town *t, const struct request *q, uint32_t word) {
    const struct ev_class_row *row = &t->m->tables->ev_classes[t->c->classes[q->class].table_row];
    int32_t battery = t->c->types[q->type].battery_mwh;
    double off = (draw_bits(word, 16, 16) + 0.5) / 32768 - 1;
    double share = row->public_until + off * row->public_until_spread;
    double least = q->charge_mwh + battery / 20.0 + q->later_mwh * (t->c->classes[q->class].kind == CLASS_DAILY);
    double wanted = share * battery > least ? share * battery : least;
    return wanted < battery ? (int32_t)wanted : battery;
}

static void dc_session(const struct town *t, const struct sight *station, const struct request *q, const uint32_t *luck,
                       struct session *x) {
    x->gained_mwh = charge_wanted(t, q, luck[0]) - q->charge_mwh;
    x->delivered_uwh = plug_uwh(x->gained_mwh, t->c->types[q->type].efficiency);
    x->full_us = x->start_us + us_of_hours(curve_hours(t, station->power, q, x));
    x->end_us = x->full_us;
    double mean = t->m->set.overstay_minutes;
    if (mean > 0) x->end_us += us_of_hours(exponential_of(t, luck[1], mean) / 60);
}

// At an AC pile it stays as long as its errand, or a resident until next morning; it is full by then or not.
static void ac_session(const struct town *t, const struct sight *station, const struct request *q, const uint32_t *luck,
                       struct session *x) {
    const struct charging *c = t->c;
    const struct ev_type *type = &c->types[q->type];
    const struct ev_class *class = &c->classes[q->class];
    int32_t watts = type->ac_watts < station->watts ? type->ac_watts : station->watts;
    double mean = t->m->tables->ev_classes[class->table_row].ac_stay_hours;
    double stay = exponential_of(t, luck[2], mean);
    if (q->access == ACCESS_RESIDENTS) {
        int64_t day = x->start_us / DAY_US, leave = clock_second(&class->leave[0], luck[2]) * INT64_C(1000000);
        int64_t until = day * DAY_US + leave;
        if (until <= x->start_us + HOUR_US / 2) until += DAY_US;
        stay = (double)(until - x->start_us) / (double)HOUR_US;
    }
    if (stay > STAY_HOURS_MOST) stay = STAY_HOURS_MOST;
    double room = type->battery_mwh - q->charge_mwh, most = stay * watts * 1000 * type->efficiency;
    x->gained_mwh = (int32_t)(room < most ? room : most);
    x->delivered_uwh = plug_uwh(x->gained_mwh, type->efficiency);
    x->end_us = x->start_us + us_of_hours(stay);
    x->full_us = x->start_us + us_of_hours((double)x->delivered_uwh / (watts * 1e6));
    if (x->full_us > x->end_us) x->full_us = x->end_us;
}

struct session session_of(const struct town *t, const struct sight *station, const struct request *q, int64_t start_us,
                          const uint32_t *luck) {
    struct session x = { .station = station->station, .start_us = start_us };
    struct philox drawn;
    if (!q->vehicle) {
        stream_session(t, station, q, &x);
        return x;
    }
    if (!luck) {
        drawn = draw_block(t->luck, vehicle_who(q->who), DRAW_SESSION, q->number, request_draw(q));
        luck = drawn.word;
    }
    x.failed = draw_bits(luck[0], 0, 16) < t->failed_q16;
    if (x.failed) {
        x.full_us = start_us;
        x.end_us = start_us + us_of_hours(t->m->set.failed_start_minutes / 60);
    } else if (q->current == DC) {
        dc_session(t, station, q, luck, &x);
    } else {
        ac_session(t, station, q, luck, &x);
    }
    return x;
}
