// The charging side, step by step; the steps stand in charging_builder.h. A scenario without any costs nothing.
#include "model/charging.h"

#include "model/charging_builder.h"

enum {
    DISTRICTS_MOST = 65000,        // a vehicle's district is kept in 16 bits
    VEHICLES_MOST = 100000000,     // of a count or a year: rows are numbered in 32 bits
};

int32_t day_of_run(const struct model *m, day_number date, int32_t none) {
    if (date == DATE_NONE) return none;
    return (int32_t)smaller_of(larger_of((int64_t)date - m->first_day, DAY_ALWAYS), DAY_EVER);
}

static void most_complain(struct charging_work *w, struct source at, const char *rule, const char *what, int most) {
    complain(w->b->c, at, 0, NULL, rule, NULL, "%s: %d are possible", what, most);
}

static double highest(const struct row_common *common, double written) {
    bool ranged = common->law != LAW_NONE && common->high > written;
    return ranged ? common->high : written;
}

// What the columns could not hold. Looked for first: the arrays are sized by it.
static void charging_limits(struct charging_work *w) {
    const struct tables *t = w->t;
    if (t->ev_types_count >= TYPES_MOST)
        most_complain(w, t->ev_types[TYPES_MOST].common.source, "TOO_MANY_TYPES", "types of NEV", TYPES_MOST - 1);
    if (t->ev_classes_count >= CLASSES_MOST)
        most_complain(w, t->ev_classes[CLASSES_MOST].common.source, "TOO_MANY_CLASSES", "classes of vehicles",
                      CLASSES_MOST - 1);
    if (t->districts_count > DISTRICTS_MOST)
        most_complain(w, t->districts[DISTRICTS_MOST + 1].common.source, "TOO_MANY_DISTRICTS",
                      "districts of a charging fleet", DISTRICTS_MOST);
    for (uint32_t i = 1; i <= t->fleet_stock_count; i++)
        if (highest(&t->fleet_stock[i].common, (double)t->fleet_stock[i].vehicles) > VEHICLES_MOST)
            most_complain(w, t->fleet_stock[i].common.source, "FLEET_TOO_LARGE", "vehicles", VEHICLES_MOST);
    for (uint32_t i = 1; i <= t->fleet_inflow_count; i++)
        if (highest(&t->fleet_inflow[i].common, (double)t->fleet_inflow[i].registrations) > VEHICLES_MOST)
            most_complain(w, t->fleet_inflow[i].common.source, "FLEET_TOO_LARGE", "vehicles a year", VEHICLES_MOST);
}

// Where vehicles that join live: by nev_weight, else by population, else alike; only in the region.
static void district_shares(struct charging_work *w) {
    struct charging *c = w->c;
    double sum = 0, reached = 0;
    for (int even = 0; even < 2 && sum <= 0; even++) {
        for (uint32_t d = 1; d < c->n.district; d++) {
            const struct district_row *row = &w->t->districts[c->district_row[d]];
            double weight = row->nev_weight >= 0 ? row->nev_weight : (double)row->population;
            c->district_share[d] = !row->in_region ? 0 : even ? 1 : weight;
            sum += c->district_share[d];
        }
    }
    if (sum <= 0 && w->t->ev_classes_count)
        complain(w->b->c, w->t->ev_classes[1].common.source, 0, NULL, "NO_HOME_DISTRICT",
                 "set in_region of a district to yes", "no district lies in the region: the fleet lives nowhere");
    for (uint32_t d = 1; d < c->n.district && sum > 0; d++) {
        reached += c->district_share[d];
        c->district_share[d] = reached / sum;
    }
}

static void districts_build(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = w->t->districts_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    c->n.one = 1;
    c->n.district = count + 1;
    c->district_row = model_take(w->b, count + 1, sizeof *c->district_row);
    c->district_of = model_take(w->b, count + 1, sizeof *c->district_of);
    c->district_share = model_take(w->b, count + 1, sizeof *c->district_share);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->districts[i + 1].district, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        c->district_row[i + 1] = order[i].row;
        c->district_of[order[i].row] = i + 1;
    }
    district_shares(w);
    int32_t from = day_of_run(w->m, w->m->set.charging_from, 0);
    c->charging_from = from < 0 ? 0 : from;
    c->charging_until = day_of_run(w->m, w->m->set.charging_until, w->m->days - 1);
    if (c->charging_until > w->m->days - 1) c->charging_until = w->m->days - 1;
}

typedef void (*charging_step)(struct charging_work *w);

// The order matters: each step uses what the ones before it placed.
static const charging_step steps[] = {
    charging_limits, districts_build, profiles_build, sites_build,   catchments_build, reach_build,
    types_build,     curves_build,    streams_build,  inflows_read,  classes_build,    inflow_build,
    days_build,
};

void charging_build(struct builder *b) {
    const struct tables *t = b->t;
    struct charging_work w = { .b = b, .t = t, .m = b->m, .c = &b->m->charging };
    w.c->there = t->sites_count || t->streams_count || t->sessions_count || t->ev_classes_count ||
                 t->fleet_stock_count || t->fleet_inflow_count;
    uint64_t before = b->c->count;
    for (size_t i = 0; w.c->there && i < sizeof steps / sizeof *steps; i++)
        if (!b->refused && b->c->count == before) steps[i](&w);
}
