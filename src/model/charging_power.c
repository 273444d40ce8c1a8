// Types of NEV, and what power each takes at each rated power, by charge (M-12.11).
#include "model/charging_builder.h"

#include <string.h>

static double lower(double a, double b) {
    return a < b ? a : b;
}

// Of a car: what lies above every pile limits nothing.
static int32_t watts_most(double kw) {
    return (int32_t)(lower(kw, 1e6) * 1000 + 0.5);
}

void types_build(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = w->t->ev_types_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->type_of = scratch_take(w->b, count + 1, sizeof *w->type_of);
    c->types = model_take(w->b, count + 1, sizeof *c->types);
    if (w->b->refused) return;
    c->n.type = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->ev_types[i + 1].type, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct ev_type_row *row = &w->t->ev_types[order[i].row];
        double kwh = drawn(w->b, hash_text(row->type), &row->common, row->battery_kwh);
        w->type_of[order[i].row] = i + 1;
        c->types[i + 1] = (struct ev_type){
            .table_row = order[i].row, .powertrain = (uint8_t)row->powertrain,
            .battery_mwh = (int32_t)larger_of(1, (int64_t)(kwh * 1e6 + 0.5)), .mwh_per_m = row->kwh_per_100km * 10,
            .ac_watts = watts_most(row->ac_kw), .dc_watts = watts_most(row->dc_kw),
            .efficiency = row->efficiency,
        };
    }
}

// The limit by charge of one type: points of charge (mWh) and watts.
struct limit {
    double  *mwh, *watts;
    uint32_t count;
};

struct curve_work {
    struct charging_work *w;
    struct sorted *rows;           // of curves.csv, by name
    struct limit   limit;          // of the type at work; room for all rows
    struct list    points;         // struct power_point
};

// By charge, whatever the order of the file.
static void limit_insert(struct limit *l, double mwh, double watts) {
    uint32_t at = l->count++;
    for (; at > 0 && l->mwh[at - 1] > mwh; at--) {
        l->mwh[at] = l->mwh[at - 1];
        l->watts[at] = l->watts[at - 1];
    }
    l->mwh[at] = mwh;
    l->watts[at] = watts;
}

static void limit_read(struct curve_work *k, uint32_t type) {
    const struct tables *t = k->w->t;
    const struct ev_type_row *row = &t->ev_types[k->w->c->types[type].table_row];
    k->limit.count = 0;
    if (!row->curve[0]) return;
    uint32_t low = 0, high = t->curves_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (strcmp(k->rows[middle].key, row->curve) < 0) low = middle + 1;
        else high = middle;
    }
    for (; low < t->curves_count && strcmp(k->rows[low].key, row->curve) == 0; low++) {
        const struct curve_row *point = &t->curves[k->rows[low].row];
        uint64_t who = hash_pair(hash_text(point->curve), (uint64_t)(point->soc * 1e6 + 0.5));
        double watts = drawn(k->w->b, who, &point->common, point->kw) * 1000;
        limit_insert(&k->limit, point->soc * k->w->c->types[type].battery_mwh, watts > 1 ? watts : 1);
    }
}

// log(1 + x); where x is small the sum would lose what the series keeps.
static double log_above_one(double x) {
    if (x < 1e-4 && x > -1e-4) return x * (1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4))));
    return log_own(1 + x);
}

// Hours from one point to the next: energy at constant power, or the logarithm that linear power gives. Notes its rise.
static double hours_between(struct power_point *a, double mwh, double watts, double efficiency) {
    double hours = (mwh - a->mwh) / 1000 / efficiency / a->watts;
    a->rise = (watts - a->watts) / a->watts;
    a->log_rise = log_above_one(a->rise);
    return a->rise == 0 ? hours : hours * a->log_rise / a->rise;
}

// A third point of constant power moves the second.
static void point_add(struct curve_work *k, struct power_curve *curve, double mwh, double watts, double efficiency) {
    if (k->w->b->refused) return;              // a point before this one is missing
    struct power_point *end = k->points.items ? (struct power_point *)k->points.items + k->points.count : NULL;
    ASSERT(curve->points == 0 || end != NULL);
    bool moves = curve->points >= 2 && end[-1].watts == watts && end[-2].watts == watts;
    if (moves) k->points.count--, curve->points--, end--;
    struct power_point *last = curve->points ? end - 1 : NULL;
    double hours = last ? last->hours + hours_between(last, mwh, watts, efficiency) : 0;
    struct power_point *p = list_add(k->w->b, &k->points, sizeof *p);
    *p = (struct power_point){ .mwh = mwh, .watts = watts, .hours = hours };
    curve->points++;
}

// The limit cut at `most`, with a point where it crosses.
static void limit_follow(struct curve_work *k, struct power_curve *curve, double most, double efficiency) {
    const struct limit *l = &k->limit;
    for (uint32_t i = 0; i < l->count; i++) {
        point_add(k, curve, l->mwh[i], lower(l->watts[i], most), efficiency);
        if (i + 1 == l->count) break;
        double before = l->watts[i] - most, after = l->watts[i + 1] - most;
        bool crosses = (before < 0 && after > 0) || (before > 0 && after < 0);
        if (crosses)
            point_add(k, curve, l->mwh[i] + (l->mwh[i + 1] - l->mwh[i]) * before / (before - after), most, efficiency);
    }
}

static void curve_fill(struct curve_work *k, uint32_t type, uint32_t power) {
    enum { CHARGE_MOST = 2000000000 };         // mWh: the largest battery there can be
    const struct charging *c = k->w->c;
    const struct ev_type *row = &c->types[type];
    struct power_curve *curve = &c->curves[(size_t)type * c->n.power + power];
    bool dc = c->power_current[power] == DC;
    double limit = dc ? row->dc_watts : row->ac_watts, most = c->powers[power];
    curve->first = k->points.count;
    if (type && limit < most) most = limit;
    if (most <= 0) return;
    double efficiency = type ? row->efficiency : 1, full = type ? row->battery_mwh : CHARGE_MOST;
    if (type && dc && k->limit.count) {
        limit_follow(k, curve, most, efficiency);
        return;
    }
    point_add(k, curve, 0, most, efficiency);
    point_add(k, curve, full, most, efficiency);
}

void curves_build(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t rows = w->t->curves_count;
    struct curve_work k = { .w = w };
    k.rows = scratch_take(w->b, rows, sizeof *k.rows);
    k.limit.mwh = scratch_take(w->b, rows, sizeof *k.limit.mwh);
    k.limit.watts = scratch_take(w->b, rows, sizeof *k.limit.watts);
    c->curves = model_take(w->b, (size_t)c->n.type * c->n.power, sizeof *c->curves);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < rows; i++) k.rows[i] = (struct sorted){ w->t->curves[i + 1].curve, i + 1 };
    sorted_order(k.rows, rows);
    for (uint32_t type = 0; type < c->n.type; type++) {
        if (type) limit_read(&k, type);
        for (uint32_t power = 1; power < c->n.power && !w->b->refused; power++) curve_fill(&k, type, power);
    }
    c->power_points = model_take(w->b, k.points.count, sizeof *c->power_points);
    if (!w->b->refused && k.points.count)
        memcpy(c->power_points, k.points.items, k.points.count * sizeof *c->power_points);
    list_free(&k.points);
}
