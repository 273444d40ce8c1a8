// Keys in a fixed order; the hours and endings are those of the first replication, the rest means with intervals.
#include "write/charging_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "write/town_hours.h"

json_t *json_number(double value) {
    bool whole = value > -9e15 && value < 9e15 && value == (double)(int64_t)value;
    if (value != value) return json_null();
    return whole ? json_integer((json_int_t)value) : json_real(value);
}

json_t *interval_json(struct json_made *made, const struct interval *x) {
    json_t *o = json_object();
    json_put(made, o, "mean", json_number(x->mean));
    json_put(made, o, "low", json_number(x->low));
    json_put(made, o, "high", json_number(x->high));
    json_put(made, o, "low_inputs", json_number(x->low_inputs));
    json_put(made, o, "high_inputs", json_number(x->high_inputs));
    return o;
}

json_t *json_words(const char *value) {
    return value ? json_string(value) : json_null();
}

// --- by class and district

static const char *scope_name(const struct study *s, struct town_scope scope) {
    if (scope.district != ALL) return town_district(&s->model, (uint32_t)scope.district)->district;
    return town_class(&s->model, (uint32_t)scope.class);
}

static json_t *measure_object(struct json_made *made, const struct interval *is, const char *unit) {
    json_t *o = json_object();
    json_put(made, o, "unit", json_words(unit));
    json_put(made, o, "simulated", json_number(is->mean));
    json_put(made, o, "low", json_number(is->low));
    json_put(made, o, "high", json_number(is->high));
    json_put(made, o, "low_inputs", json_number(is->low_inputs));
    json_put(made, o, "high_inputs", json_number(is->high_inputs));
    return o;
}

static json_t *row_object(struct json_made *made, const struct study *s, const struct town_figure *f) {
    json_t *o = json_object();
    json_put(made, o, f->scope.district == ALL ? "class" : "district", json_words(scope_name(s, f->scope)));
    for (int k = 0; k < TOWN_MEASURES_COUNT; k++) {
        const struct town_measure_words *words = town_measure_of((enum town_measure)k);
        if (f->scope.district == ALL ? words->of_classes : words->of_districts)
            json_put(made, o, words->name, measure_object(made, &f->is[k], words->unit));
    }
    return o;
}

static json_t *classes_array(struct json_made *made, const struct study *s) {
    json_t *rows = json_array();
    for (uint32_t i = 0; i < s->town.classes; i++) json_add(made, rows, row_object(made, s, &s->town.rows[i]));
    return rows;
}

// The worst first; those nobody asked in stand behind, in the order of the table.
static json_t *districts_array(struct json_made *made, const struct study *s) {
    json_t *rows = json_array();
    const struct town_figure **worst = calloc(s->town.count + 1, sizeof *worst);
    if (!worst) {
        made->refused = true;
        return rows;
    }
    uint32_t asked = worst_districts(s, worst);
    for (uint32_t i = 0; i < asked; i++) json_add(made, rows, row_object(made, s, worst[i]));
    for (uint32_t i = s->town.classes; i < s->town.count; i++) {
        bool shown = false;
        for (uint32_t k = 0; k < asked; k++) shown |= worst[k] == &s->town.rows[i];
        if (!shown) json_add(made, rows, row_object(made, s, &s->town.rows[i]));
    }
    free(worst);
    return rows;
}

// --- hours of the week, the worst first

static json_t *hour_object(struct json_made *made, const struct town_hour *h) {
    json_t *o = json_object();
    json_put(made, o, "hour_of_week", json_integer(h->hour));
    json_put(made, o, "came", json_number(h->requests));
    json_put(made, o, "wait_minutes", json_number(h->wait_minutes));
    json_put(made, o, "left_share", json_number(h->left_share));
    json_put(made, o, "plugged", json_number(h->plugged[AC] + h->plugged[DC]));
    json_put(made, o, "load_kw", json_number(h->load_kw));
    return o;
}

static json_t *hours_array(struct json_made *made, const struct study *s) {
    struct town_hour hours[WEEK_HOURS];
    json_t *rows = json_array();
    worst_hours(s, hours);
    for (int i = 0; i < WEEK_HOURS; i++) json_add(made, rows, hour_object(made, &hours[i]));
    return rows;
}

// --- how requests of the period ended

static json_t *endings_object(struct json_made *made, const struct study *s) {
    static const struct {
        const char *name;
        enum fleet_sum sum;
    } endings[] = {{"asked", FLEET_asked}, {"served", FLEET_ended_served}, {"fuel", FLEET_ended_fuel},
                   {"patience", FLEET_ended_patience}, {"full", FLEET_ended_full}, {"no_site", FLEET_ended_no_site},
                   {"late", FLEET_ended_late}, {"waiting", FLEET_ended_waiting}, {"charging", FLEET_ended_charging},
                   {"between", FLEET_ended_between}};
    json_t *o = json_object();
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        int64_t count = fleet_sum(&s->fleet, s->town.period, (struct town_scope){ALL, ALL}, endings[i].sum);
        json_put(made, o, endings[i].name, json_integer((json_int_t)count));
    }
    return o;
}

// --- a replay

static json_t *occupancy_array(struct json_made *made, const struct replay *r) {
    json_t *rows = json_array();
    for (int hour = 0; hour < 24; hour++) {
        json_t *o = json_object();
        json_put(made, o, "hour", json_integer(hour));
        json_put(made, o, "workday", json_real(r->hours[0][hour].plugged));
        json_put(made, o, "weekend", json_real(r->hours[1][hour].plugged));
        json_put(made, o, "workday_kw", json_real(r->hours[0][hour].load_kw));
        json_put(made, o, "weekend_kw", json_real(r->hours[1][hour].load_kw));
        json_add(made, rows, o);
    }
    return rows;
}

static json_t *replay_object(struct json_made *made, const struct study *s) {
    struct replay r = replay_of(s);
    json_t *o = json_object();
    json_put(made, o, "sessions", json_integer((json_int_t)r.sessions));
    json_put(made, o, "energy_kwh", json_real((double)r.uwh / 1e9));
    json_put(made, o, "without_end", json_integer((json_int_t)r.without_end));
    json_put(made, o, "outside", json_integer((json_int_t)r.outside));
    json_put(made, o, "peak_load_kw", json_real(r.peak_kw));
    json_put(made, o, "occupancy", occupancy_array(made, &r));
    return o;
}

// --- what is assumed

static json_t *assumed_object(struct json_made *made, const struct tables *t) {
    json_t *o = json_object(), *settings = json_array();
#define ASSUMED_ROWS(table, row, COLUMNS, keys, main, required, meaning)                                               \
    {                                                                                                                  \
        int rows = 0;                                                                                                  \
        for (uint32_t i = 1; i <= t->table##_count; i++) rows += t->table[i].common.confidence == ASSUMED;             \
        if (rows) json_put(made, o, #table, json_integer(rows));                                                       \
    }
    CHARGING_TABLES(ASSUMED_ROWS)
#undef ASSUMED_ROWS
#define ASSUMED_SETTING(kind, name, dflt, low, high, unit, meaning)                                                    \
    if (t->setting_common[SETTING_##name].confidence == ASSUMED ||                                                     \
        t->setting_common[SETTING_##name].confidence == CONFIDENCE_NONE)                                               \
        json_add(made, settings, json_string(#name));
    CHARGING_SETTINGS(ASSUMED_SETTING)
#undef ASSUMED_SETTING
    json_put(made, o, "settings", settings);
    return o;
}

json_t *charging_object(struct json_made *made, const struct study *s) {
    json_t *o = json_object();
    bool replay = s->model.charging.n.session > 1;
    if (replay) {
        json_put(made, o, "replay", replay_object(made, s));
        return o;
    }
    json_put(made, o, "classes", classes_array(made, s));
    json_put(made, o, "districts", districts_array(made, s));
    json_put(made, o, "hours_of_week", hours_array(made, s));
    json_put(made, o, "requests", endings_object(made, s));
    json_put(made, o, "assumed", assumed_object(made, s->tables));
    return o;
}
