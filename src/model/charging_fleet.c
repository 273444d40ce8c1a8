// Classes of vehicles: how they are used, which types they have, what they have at home.
#include "model/charging_builder.h"

// Cumulative weights within the class's BEVs and within its others.
static void weights_close(struct class_type *rows, uint32_t count) {
    double sum = 0, reached = 0;
    for (uint32_t i = 0; i < count; i++) sum += rows[i].weight;
    for (uint32_t i = 0; i < count; i++) {
        reached += sum > 0 ? rows[i].weight / sum : 1.0 / count;
        rows[i].weight = i + 1 == count ? 1 : reached;
    }
}

// Types of a class in one group, in the order of their names.
static uint32_t types_of_class(struct charging_work *w, uint32_t class, bool bev, uint32_t at) {
    const struct charging *c = w->c;
    uint32_t first = at;
    for (uint32_t type = 1; type < c->n.type; type++) {
        if ((c->types[type].powertrain == TYPE_BEV) != bev) continue;
        for (uint32_t i = 1; i <= w->t->class_types_count; i++) {
            const struct class_type_row *row = &w->t->class_types[i];
            if (w->class_of[row->class] != class || w->type_of[row->type] != type) continue;
            uint64_t who = hash_pair(c->classes[class].who, hash_text(w->t->ev_types[row->type].type));
            c->class_types[at++] = (struct class_type){ type, drawn(w->b, who, &row->common, row->weight) };
        }
    }
    weights_close(c->class_types + first, at - first);
    return at - first;
}

static void class_fill(struct charging_work *w, uint32_t row_number, struct ev_class *class) {
    const struct ev_class_row *row = &w->t->ev_classes[row_number];
    double variance = log_own(1 + row->km_spread * row->km_spread);
    class->who = hash_text(row->class);
    class->table_row = row_number;
    class->kind = (uint8_t)row->kind;
    class->km_mean = row->km_per_day * exp_own(-variance / 2);
    class->km_sigma = sqrt_own(variance);
    clock_fill(w, row->home_profile, 18, class->home);
    clock_fill(w, row->leave_profile, 8, class->leave);
    clock_fill(w, row->public_profile, -1, class->ask);
    day_law_fill(w, row, class->day_q16);
}

static void classes_place(struct charging_work *w) {
    struct charging *c = w->c;
    uint32_t count = w->t->ev_classes_count, at = 0;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->class_of = scratch_take(w->b, count + 1, sizeof *w->class_of);
    c->classes = model_take(w->b, count + 1, sizeof *c->classes);
    c->class_types = model_take(w->b, w->t->class_types_count, sizeof *c->class_types);
    if (w->b->refused) return;
    c->n.class = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->ev_classes[i + 1].class, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) w->class_of[order[i].row] = i + 1;
    for (uint32_t i = 1; i < c->n.class; i++) {
        struct ev_class *class = &c->classes[i];
        class_fill(w, order[i - 1].row, class);
        class->first_type = at;
        class->bevs = types_of_class(w, i, true, at);
        class->types = class->bevs + types_of_class(w, i, false, at + class->bevs);
        at += class->types;
    }
}

// What a class has at home when its vehicle joins in a year: the rows of the last from_year not after it.
struct homes {
    double  share[HOMES];
    int32_t watts[HOMES];
};

static void homes_read(const struct charging_work *w, uint32_t class, int64_t year, struct homes *out) {
    int64_t last = INT64_MIN;
    double sum = 0, reached = 0;
    *out = (struct homes){ .share = { 0 } };
    for (uint32_t i = 1; i <= w->t->homes_count; i++) {
        const struct home_row *row = &w->t->homes[i];
        if (w->class_of[row->class] == class && row->from_year <= year) last = larger_of(last, row->from_year);
    }
    for (uint32_t i = 1; i <= w->t->homes_count; i++) {
        const struct home_row *row = &w->t->homes[i];
        if (w->class_of[row->class] != class || row->from_year != last) continue;
        uint64_t who = hash_pair(w->c->classes[class].who, (uint64_t)row->from_year * HOMES + (uint64_t)row->home);
        out->share[row->home] = drawn(w->b, who, &row->common, row->share);
        out->watts[row->home] = (int32_t)(row->kw * 1000 + 0.5);
    }
    for (int home = 0; home < HOMES; home++) sum += out->share[home];
    for (int home = 0; home < HOMES; home++) {
        reached += sum > 0 ? out->share[home] / sum : 0;
        out->share[home] = home == HOME_NONE ? 1 : reached;   // whoever has no row has nothing
    }
}

static void homes_put(const struct homes *homes, uint32_t class, double *share, int32_t *watts) {
    for (uint32_t home = 0; home < HOMES; home++) {
        share[class * HOMES + home] = homes->share[home];
        watts[class * HOMES + home] = homes->watts[home];
    }
}

// Vehicles that are there already joined over the years before, in proportion to what was registered in each.
static void homes_before(const struct charging_work *w, uint32_t class, struct homes *out) {
    double position = year_position(w->m->first_day - 1), weights = 0, share[HOMES] = { 0 }, watts[HOMES] = { 0 };
    int64_t last = date_from_day(w->m->first_day - 1).year;
    homes_read(w, class, last, out);
    for (uint32_t i = 0; i < w->inflow_count && w->inflows[i].year <= last; i++) {
        struct homes homes;
        bool part = w->inflows[i].year == last;
        double weight = w->inflows[i].registrations * (part ? position - (double)(last - 1) : 1);
        homes_read(w, class, w->inflows[i].year, &homes);
        weights += weight;
        for (int home = 0; home < HOMES; home++) {
            share[home] += weight * homes.share[home];
            watts[home] += weight * homes.watts[home];
        }
    }
    for (int home = 0; home < HOMES && weights > 0; home++) {
        out->share[home] = home == HOME_NONE ? 1 : share[home] / weights;
        out->watts[home] = (int32_t)(watts[home] / weights + 0.5);
    }
}

static void homes_place(struct charging_work *w) {
    struct charging *c = w->c;
    size_t cells = (size_t)c->n.class * HOMES;
    c->home_share = model_take(w->b, (size_t)w->m->years * cells, sizeof *c->home_share);
    c->home_watts = model_take(w->b, (size_t)w->m->years * cells, sizeof *c->home_watts);
    c->opening_home_share = model_take(w->b, cells, sizeof *c->opening_home_share);
    c->opening_home_watts = model_take(w->b, cells, sizeof *c->opening_home_watts);
    if (w->b->refused) return;
    for (uint32_t class = 1; class < c->n.class; class++) {
        struct homes homes;
        homes_before(w, class, &homes);
        homes_put(&homes, class, c->opening_home_share, c->opening_home_watts);
        for (int32_t y = 0; y < w->m->years; y++) {
            homes_read(w, class, w->m->first_year + y, &homes);
            homes_put(&homes, class, c->home_share + (size_t)y * cells, c->home_watts + (size_t)y * cells);
        }
    }
}

void classes_build(struct charging_work *w) {
    classes_place(w);
    if (!w->b->refused) homes_place(w);
}
