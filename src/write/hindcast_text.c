#include "write/hindcast_text.h"

#include <stdio.h>
#include <string.h>

#include "write/charging_json.h"
#include "write/quantity.h"

enum { WHAT = 44, VALUE = 12, RANGE = 23, USED = 8 };

static const char *const measure_names[] = {"output", "nev_output", "exports", "turnover", "sales", "stop_days",
                                            "days_to_stop", "days_to_start"};
static const char *const measure_words[] = {"vehicles made", "NEVs made", "exports", "turnover", "sold",
                                            "days stopped", "days until it stopped", "days until the first vehicle"};
static const char *const as_names[] = {"change", "ratio", "growth"};
static const char *const used_names[] = {"no", "partly", "yes"};

const char *hindcast_measure_name(const struct hindcast_row *row) {
    return measure_names[row->measure];
}

const char *hindcast_as_name(const struct hindcast_row *row) {
    return as_names[row->as];
}

const char *hindcast_used_name(const struct hindcast_row *row) {
    return used_names[row->used];
}

const char *hindcast_unit(const struct hindcast_row *row) {
    if (row->measure >= MEASURE_STOP_DAYS) return "day";
    if (row->as != AS_CHANGE) return "ratio";
    return row->measure == MEASURE_TURNOVER ? "yuan" : "vehicle";
}

static struct scale effect_scale(const struct hindcast_row *row, double size) {
    struct scale s = scale_of(hindcast_unit(row), size, LANGUAGE_EN);
    if (row->measure >= MEASURE_STOP_DAYS) return (struct scale){1, 1, "", NULL, false};
    s.sign = true;
    return s;
}

static void value_cell(double value, struct scale s, int columns, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(value, s, text);
    words_add_right(out, value == value ? text : "-", columns);
}

static void range_cell(double low, double high, struct scale s, struct words *out) {
    char from[QUANTITY_ROOM], until[QUANTITY_ROOM], cell[2 * QUANTITY_ROOM + 8] = "";
    quantity_format(low, s, from);
    quantity_format(high, s, until);
    if (low == low && low != high) snprintf(cell, sizeof cell, "%s – %s", from, until);
    words_add_right(out, cell, RANGE);
}

static const char *verdict_of(const struct hindcast_effect *e) {
    if (!e->covered) return "outside the days of the scenario";
    if (!e->judged) return e->simulated.mean == e->simulated.mean ? "no interval" : "did not happen";
    return e->inside ? "inside" : "OUTSIDE";
}

static void effect_write(const struct hindcast_effect *e, struct words *out) {
    const struct hindcast_row *row = e->row;
    double size = row->value < 0 ? -row->value : row->value;
    struct scale s = effect_scale(row, size);
    char what[200];
    struct period p = period_days(row->from, row->until);
    snprintf(what, sizeof what, "    %s%s%s, %.30s", row->of, row->of[0] ? ", " : "", measure_words[row->measure],
             p.name);
    words_add_left(out, what, WHAT);
    if (text_columns(what) >= WHAT) {
        words_add_text(out, "\n");
        words_add_left(out, "", WHAT);
    }
    char unit[16];
    snprintf(unit, sizeof unit, "%.12s", s.unit);
    value_cell(e->simulated.mean, s, VALUE, out);
    range_cell(e->own_low, e->own_high, s, out);
    value_cell(row->value, s, VALUE, out);
    range_cell(e->low, e->high, s, out);
    words_add_text(out, "  ");
    words_add_left(out, unit, 9);
    words_add_left(out, used_names[row->used], USED);
    words_add(out, "%s", verdict_of(e));
    words_add(out, "  [%s]\n", row->common.origin);
    if (row->common.note[0]) words_add(out, "      %s\n", row->common.note);
}

static void shock_write(const struct hindcast_shock *s, struct words *out) {
    char from[11], until[11], watched[11], lost[QUANTITY_ROOM], net[QUANTITY_ROOM], share[QUANTITY_ROOM];
    date_format(s->from, from);
    date_format(s->until, until);
    date_format(s->watched, watched);
    words_add(out, "%s %s, %s to %s\n", s->shock, s->name, from, until);
    if (s->outside) {
        words_add_text(out, "    outside the days of the scenario: not run\n\n");
        return;
    }
    struct scale vehicles = {1, 0, "", NULL, true};
    quantity_format(0 - s->lost.mean, vehicles, lost);
    quantity_format(0 - s->net.mean, vehicles, net);
    quantity_format(0 - s->share.mean, scale_of("ratio", 0, LANGUAGE_EN), share);
    words_add(out, "    %s vehicles while it lasted (%s), %s by %s\n", lost, share, net, watched);
    for (uint32_t i = 0; i < s->effect_count; i++) effect_write(&s->effects[i], out);
    if (!s->effect_count) words_add_text(out, "    published effect: none is known\n");
    words_add_text(out, "\n");
}

static void heading_write(struct words *out) {
    words_add_left(out, "", WHAT);
    words_add_right(out, "simulated", VALUE);
    words_add_right(out, "interval", RANGE);
    words_add_right(out, "published", VALUE);
    words_add_right(out, "range", RANGE);
    words_add_text(out, "           used    verdict\n");
}

static void intervals_write(const struct hindcast *h, struct words *out) {
    if (h->options.worlds > 1)
        words_add(out, "interval: where 95 %% of the effects of %u worlds lie: luck and inputs. ", h->options.worlds);
    else if (h->options.replications > 1)
        words_add(out,
                  "interval: 95 %% of the mean over %u replications: luck alone (--worlds 20 for luck and inputs). ",
                  h->options.replications);
    else words_add_text(out, "One run has no interval: nothing is judged (--replications 4). ");
    words_add_text(out, "Inside: both ranges meet.\nused: whether the figure, or what it was made from, went into the "
                        "scenario; only those that did not are evidence.\n");
}

enum ap_status hindcast_to_text(const struct hindcast *h, struct words *out) {
    words_add(out, "Hindcast of %s: each dated shock, with it less without it, same luck, one set of parameters\n\n",
              h->tables->name);
    heading_write(out);
    for (uint32_t i = 0; i < h->count; i++) shock_write(&h->shocks[i], out);
    if (!h->count) words_add_text(out, "shocks.csv has no active shock.\n");
    words_add(out, "Of %u published effects that went into nothing, %u lie inside. ", h->unused, h->unused_inside);
    words_add_text(out, "Misses stay as they are.\n");
    intervals_write(h, out);
    words_add_text(out, "ledgers balanced\n");
    return words_status(out);
}

// --- JSON

static void date_put(struct json_made *made, json_t *o, const char *key, day_number day) {
    char text[11];
    date_format(day, text);
    json_put(made, o, key, json_string(text));
}

static json_t *effect_json(struct json_made *made, const struct hindcast_effect *e) {
    const struct hindcast_row *row = e->row;
    json_t *o = json_object();
    json_put(made, o, "measure", json_string(measure_names[row->measure]));
    json_put(made, o, "of", json_words(row->of));
    date_put(made, o, "from", row->from);
    date_put(made, o, "until", row->until);
    json_put(made, o, "as", json_string(as_names[row->as]));
    json_put(made, o, "unit", json_string(hindcast_unit(row)));
    json_put(made, o, "simulated", interval_json(made, &e->simulated));
    json_put(made, o, "published", json_number(row->value));
    json_put(made, o, "published_low", json_number(e->low));
    json_put(made, o, "published_high", json_number(e->high));
    json_put(made, o, "used", json_string(used_names[row->used]));
    json_put(made, o, "inside", e->judged ? json_boolean(e->inside) : json_null());
    json_put(made, o, "source", json_words(row->common.origin));
    json_put(made, o, "note", json_words(row->common.note));
    return o;
}

static json_t *shock_json(struct json_made *made, const struct hindcast_shock *s) {
    json_t *o = json_object(), *effects = json_array();
    json_put(made, o, "shock", json_words(s->shock));
    json_put(made, o, "name", json_words(s->name));
    date_put(made, o, "from", s->from);
    date_put(made, o, "until", s->until);
    json_put(made, o, "outside", json_boolean(s->outside));
    if (!s->outside) {
        date_put(made, o, "watched_until", s->watched);
        json_put(made, o, "output_share_lost", interval_json(made, &s->share));
        json_put(made, o, "output_lost", interval_json(made, &s->lost));
        json_put(made, o, "output_lost_net", interval_json(made, &s->net));
        for (uint32_t i = 0; i < s->effect_count; i++) json_add(made, effects, effect_json(made, &s->effects[i]));
    }
    json_put(made, o, "effects", effects);
    return o;
}

enum ap_status hindcast_to_json(const struct hindcast *h, struct words *out) {
    struct json_made made = {json_object(), false};
    json_t *o = made.root, *shocks = json_array();
    json_put(&made, o, "scenario", json_words(h->tables->name));
    json_put(&made, o, "seed", json_integer((json_int_t)h->options.seed));
    json_put(&made, o, "replications", json_integer(h->options.replications));
    json_put(&made, o, "worlds", json_integer(h->options.worlds));
    json_put(&made, o, "ledger", json_string("balanced"));
    for (uint32_t i = 0; i < h->count; i++) json_add(&made, shocks, shock_json(&made, &h->shocks[i]));
    json_put(&made, o, "shocks", shocks);
    json_put(&made, o, "unused", json_integer(h->unused));
    json_put(&made, o, "unused_inside", json_integer(h->unused_inside));
    return json_write(out, &made);
}
