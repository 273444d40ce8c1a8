#include "write/figures_json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "write/charging_json.h"
#include "write/precision_text.h"

const char *role_name(uint8_t role) {
    static const char *const names[] = {"driven", "derived", "scored", NULL};
    ASSERT(role <= ROLE_NONE);
    return names[role];
}

static json_t *figure_object(struct json_made *made, const struct figure *f) {
    const struct indicator *indicator = indicator_of(f->indicator);
    json_t *o = json_object();
    json_put(made, o, "indicator", json_words(indicator->name));
    json_put(made, o, "period", json_words(f->period.name));
    json_put(made, o, "unit", json_words(indicator->unit));
    json_put(made, o, "simulated", json_number(f->simulated));
    json_put(made, o, "low", json_number(f->low));
    json_put(made, o, "high", json_number(f->high));
    json_put(made, o, "low_inputs", json_number(f->low_inputs));
    json_put(made, o, "high_inputs", json_number(f->high_inputs));
    json_put(made, o, "reported", json_number(f->reported));
    json_put(made, o, "reported_low", json_number(f->reported_low));
    json_put(made, o, "reported_high", json_number(f->reported_high));
    json_put(made, o, "miss", json_number(f->miss));
    json_put(made, o, "source", json_words(f->source));
    json_put(made, o, "role", json_words(role_name(f->role)));
    return o;
}

enum ap_status study_to_json(const struct study *s, double seconds, struct words *out) {
    char hash[17];
    snprintf(hash, sizeof hash, "%016" PRIx64, study_hash(s));
    struct json_made made = {json_object(), false};
    json_t *o = made.root, *rows = json_array();
    json_put(&made, o, "scenario", json_words(s->tables->name));
    json_put(&made, o, "seed", json_integer((json_int_t)s->options.seed));
    json_put(&made, o, "replications", json_integer(s->options.replications));
    json_put(&made, o, "worlds", json_integer(s->options.worlds));
    if (s->precision.wanted > 0) {
        const char *widest = indicator_of(s->figures.rows[s->precision.widest].indicator)->name;
        json_put(&made, o, "precision", precision_json(&made, &s->precision, widest));
    }
    json_put(&made, o, "ledger", json_words("balanced"));
    json_put(&made, o, "state_hash", json_words(hash));
    json_put(&made, o, "seconds", json_number((double)(int64_t)(seconds * 1000 + 0.5) / 1000));
    for (uint32_t i = 0; i < s->figures.count; i++)
        json_add(&made, rows, figure_object(&made, &s->figures.rows[i]));
    json_put(&made, o, "indicators", rows);
    if (s->model.charging.there) json_put(&made, o, "charging", charging_object(&made, s));
    return json_write(out, &made);
}
