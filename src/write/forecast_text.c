#include "write/forecast_text.h"

#include <stdio.h>

#include "write/charging_json.h"
#include "write/quantity.h"

enum { NAME = 44, VALUE = 12, RULE = 11 };

static void miss_cell(double guess, double reported, struct words *out) {
    char text[QUANTITY_ROOM], cell[QUANTITY_ROOM + 2] = "";
    quantity_format(guess / reported - 1, scale_of("ratio", 0, LANGUAGE_EN), text);
    if (!isnan(guess)) snprintf(cell, sizeof cell, "%s", text);
    words_add_right(out, isnan(guess) ? "-" : cell, RULE);
}

static void figure_write(const struct forecast_figure *f, struct words *out) {
    const struct indicator *indicator = indicator_of(f->indicator);
    struct scale s = scale_of(indicator->unit, f->reported, LANGUAGE_EN);
    char label[120], text[QUANTITY_ROOM];
    snprintf(label, sizeof label, "  %s, %.30s%s%s%s", indicator->english, f->period.name, *s.unit ? " (" : "", s.unit,
             *s.unit ? ")" : "");
    words_add_left(out, label, NAME);
    quantity_format(f->reported, s, text);
    words_add_right(out, text, VALUE);
    miss_cell(f->naive_level, f->reported, out);
    words_add_text(out, f->naive_spread ? "~" : " ");
    miss_cell(f->naive_growth, f->reported, out);
    words_add_text(out, f->naive_spread ? "~ " : "  ");
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) {
        miss_cell(f->simulated[rule].mean, f->reported, out);
        words_add_text(out, f->inside[rule] ? "*" : " ");
    }
    words_add(out, "  [%s]\n", f->source);
}

static void error_cell(double error, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(error, scale_of("share", 0, LANGUAGE_EN), text);
    words_add_right(out, text, RULE);
    words_add_text(out, " ");
}

static void wanted_write(const struct forecast_year *y, struct words *out) {
    words_add_left(out, "  wanted (thousand)", NAME + VALUE + 2 * RULE + 4);
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) {
        char text[32] = "-";
        if (y->possible[rule]) snprintf(text, sizeof text, "%.0f", (double)y->wanted[rule] / 1e3);
        words_add_right(out, text, RULE);
        words_add_text(out, " ");
    }
    words_add_text(out, "\n");
    words_add_left(out, "    of them NEVs", NAME + VALUE + 2 * RULE + 4);
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) {
        char text[32] = "-";
        if (y->possible[rule]) snprintf(text, sizeof text, "%.0f", (double)y->wanted_nevs[rule] / 1e3);
        words_add_right(out, text, RULE);
        words_add_text(out, " ");
    }
    words_add_text(out, "\n");
}

static void year_write(const struct forecast_year *y, struct words *out) {
    words_add(out, "%d, from what was known at the end of %d\n", y->year, y->year - 1);
    words_add_left(out, "", NAME + VALUE);
    words_add_text(out, "   naive: last year's            simulated, demand by\n");
    words_add_left(out, "", NAME);
    words_add_right(out, "reported", VALUE);
    words_add_right(out, "level", RULE);
    words_add_right(out, "growth", RULE + 1);
    words_add_text(out, "  ");
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++)
        words_add_right(out, demand_rule_name((enum demand_rule)rule), RULE + (rule > 0));
    words_add_text(out, "\n");
    for (uint32_t i = 0; i < y->count; i++) figure_write(&y->figures[i], out);
    words_add_left(out, "  mean size of the miss", NAME + VALUE);
    error_cell(naive_error(y, NAIVE_LEVEL), out);
    error_cell(naive_error(y, NAIVE_GROWTH), out);
    words_add_text(out, " ");
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) error_cell(forecast_error(y, (enum demand_rule)rule), out);
    words_add_text(out, "\n");
    wanted_write(y, out);
    words_add(out, "  %u steps of shocks that began in %d were not known and are left out\n\n", y->shocks_left_out,
              y->year);
}

enum ap_status forecasts_to_text(const struct forecasts *f, struct words *out) {
    words_add(out, "Blind forecasts of %s: misses against what was then reported\n\n", f->tables->name);
    for (uint32_t i = 0; i < f->count; i++) year_write(&f->years[i], out);
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++)
        words_add(out, "%s: %s\n", demand_rule_name((enum demand_rule)rule),
                  demand_rule_meaning((enum demand_rule)rule));
    words_add_text(out, "Months by the mean season of the years before. Volumes, shapes, losses, market shares and\n"
                        "shocks of the year and later are left out; lines open and holidays fall as announced. No\n"
                        "rule was chosen by its score. Mean sizes are over the figures that each has a guess for.\n"
                        "~ last year's months were not reported: its total by the season.\n");
    words_add_text(out, f->options.worlds > 1
                            ? "* the reported figure lies in the interval of the worlds: luck and inputs.\n"
                        : f->options.replications > 1 ? "* the reported figure lies in the interval by luck.\n"
                                                      : "One run has no interval.\n");
    words_add_text(out, "Misses stay as they are.\nledgers balanced\n");
    return words_status(out);
}

// --- JSON

static json_t *figure_json(struct json_made *made, const struct forecast_figure *f) {
    json_t *o = json_object(), *simulated = json_object();
    json_put(made, o, "indicator", json_string(indicator_of(f->indicator)->name));
    json_put(made, o, "period", json_string(f->period.name));
    json_put(made, o, "unit", json_string(indicator_of(f->indicator)->unit));
    json_put(made, o, "reported", json_number(f->reported));
    json_put(made, o, "source", json_words(f->source));
    json_put(made, o, "naive_level", json_number(f->naive_level));
    json_put(made, o, "naive_growth", json_number(f->naive_growth));
    json_put(made, o, "naive_by_season", json_boolean(f->naive_spread));
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) {
        const struct interval *x = &f->simulated[rule];
        json_t *one = json_object();
        json_put(made, one, "mean", json_number(x->mean));
        json_put(made, one, "low", json_number(x->low));
        json_put(made, one, "high", json_number(x->high));
        json_put(made, one, "low_inputs", json_number(x->low_inputs));
        json_put(made, one, "high_inputs", json_number(x->high_inputs));
        json_put(made, one, "miss", json_number(x->mean / f->reported - 1));
        json_put(made, one, "inside", json_boolean(f->inside[rule]));
        json_put(made, simulated, demand_rule_name((enum demand_rule)rule), one);
    }
    json_put(made, o, "simulated", simulated);
    return o;
}

static json_t *year_json(struct json_made *made, const struct forecast_year *y) {
    json_t *o = json_object(), *figures = json_array(), *errors = json_object(), *wanted = json_object();
    json_put(made, o, "year", json_integer(y->year));
    for (uint32_t i = 0; i < y->count; i++) json_add(made, figures, figure_json(made, &y->figures[i]));
    json_put(made, o, "figures", figures);
    json_put(made, errors, "naive_level", json_number(naive_error(y, NAIVE_LEVEL)));
    json_put(made, errors, "naive_growth", json_number(naive_error(y, NAIVE_GROWTH)));
    for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++) {
        const char *name = demand_rule_name((enum demand_rule)rule);
        json_put(made, errors, name, json_number(forecast_error(y, (enum demand_rule)rule)));
        json_put(made, wanted, name, y->possible[rule] ? json_integer(y->wanted[rule]) : json_null());
    }
    json_put(made, o, "mean_miss", errors);
    json_put(made, o, "wanted", wanted);
    json_put(made, o, "shock_steps_left_out", json_integer(y->shocks_left_out));
    return o;
}

enum ap_status forecasts_to_json(const struct forecasts *f, struct words *out) {
    struct json_made made = {json_object(), false};
    json_t *o = made.root, *years = json_array();
    json_put(&made, o, "scenario", json_words(f->tables->name));
    json_put(&made, o, "seed", json_integer((json_int_t)f->options.seed));
    json_put(&made, o, "replications", json_integer(f->options.replications));
    json_put(&made, o, "worlds", json_integer(f->options.worlds));
    json_put(&made, o, "ledger", json_string("balanced"));
    for (uint32_t i = 0; i < f->count; i++) json_add(&made, years, year_json(&made, &f->years[i]));
    json_put(&made, o, "years", years);
    return json_write(out, &made);
}
