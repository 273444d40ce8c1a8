#include "write/figures_json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "write/json_text.h"

const char *role_name(uint8_t role) {
    static const char *const names[] = {"driven", "derived", "scored", NULL};
    ASSERT(role <= ROLE_NONE);
    return names[role];
}

static json_t *number(double value) {
    bool whole = value > -9e15 && value < 9e15 && value == (double)(int64_t)value;
    if (value != value) return json_null();
    return whole ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *text(const char *value) {
    return value ? json_string(value) : json_null();
}

static json_t *figure_object(const struct figure *f) {
    const struct indicator *indicator = indicator_of(f->indicator);
    json_t *o = json_object();
    json_object_set_new(o, "indicator", text(indicator->name));
    json_object_set_new(o, "period", text(f->period.name));
    json_object_set_new(o, "unit", text(indicator->unit));
    json_object_set_new(o, "simulated", number(f->simulated));
    json_object_set_new(o, "low", number(f->low));
    json_object_set_new(o, "high", number(f->high));
    json_object_set_new(o, "low_inputs", number(f->low_inputs));
    json_object_set_new(o, "high_inputs", number(f->high_inputs));
    json_object_set_new(o, "reported", number(f->reported));
    json_object_set_new(o, "miss", number(f->miss));
    json_object_set_new(o, "source", text(f->source));
    json_object_set_new(o, "role", text(role_name(f->role)));
    return o;
}

enum ap_status study_to_json(const struct study *s, double seconds, struct words *out) {
    char hash[17];
    snprintf(hash, sizeof hash, "%016" PRIx64, s->first.state_hash);
    json_t *o = json_object(), *rows = json_array();
    json_object_set_new(o, "scenario", text(s->tables->name));
    json_object_set_new(o, "seed", json_integer((json_int_t)s->options.seed));
    json_object_set_new(o, "replications", json_integer(s->options.replications));
    json_object_set_new(o, "worlds", json_integer(s->options.worlds));
    json_object_set_new(o, "ledger", text("balanced"));
    json_object_set_new(o, "state_hash", text(hash));
    json_object_set_new(o, "seconds", number((double)(int64_t)(seconds * 1000 + 0.5) / 1000));
    for (uint32_t i = 0; i < s->figures.count; i++)
        json_array_append_new(rows, figure_object(&s->figures.rows[i]));
    json_object_set_new(o, "indicators", rows);
    return json_write(out, o);
}
