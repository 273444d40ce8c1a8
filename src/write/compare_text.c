#include "write/compare_text.h"

#include <stdio.h>
#include <string.h>

#include "write/charging_json.h"
#include "write/precision_text.h"
#include "write/quantity.h"

enum { NAME = 35, VALUE = 12, LUCK = 11, INPUTS = 22, RATIO = 10, INPUTS_SHOWN = 40, DECIMALS_MOST = 4 };

static bool has_worlds(const struct comparison *c) {
    return c->first.figures.worlds > 1;
}

static bool any_move(const struct difference *d) {
    return d->moved || d->moved_inputs;
}

// Periods with figures of their own: years, or all days of a run that has no whole year.
static bool in_text(const struct comparison *c, const struct difference *d) {
    if (d->judged) return true;
    struct period days = period_days(c->first.model.from, c->first.model.until);
    return any_move(d) && (d->period.kind == PERIOD_YEAR || d->period.kind == PERIOD_YEARS ||
                           (!c->first.figures.year && period_same(d->period, days)));
}

static void quantity_cell(double value, struct scale s, int columns, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(value, s, text);
    words_add_right(out, value == value ? text : "", columns);
}

static void luck_cell(const struct difference *d, struct scale s, struct words *out) {
    char text[QUANTITY_ROOM], cell[QUANTITY_ROOM + 8] = "";
    quantity_format((d->less.high - d->less.low) / 2, s, text);
    if (!isnan(d->less.low)) snprintf(cell, sizeof cell, "±%s", text);
    words_add_right(out, cell, LUCK);
}

static void inputs_cell(const struct difference *d, struct scale s, struct words *out) {
    char low[QUANTITY_ROOM], high[QUANTITY_ROOM], cell[2 * QUANTITY_ROOM + 8] = "";
    s.sign = true;
    quantity_format(d->less.low_inputs, s, low);
    quantity_format(d->less.high_inputs, s, high);
    if (!isnan(d->less.low_inputs)) snprintf(cell, sizeof cell, "%s – %s", low, high);
    words_add_right(out, cell, INPUTS);
}

// The scale of the levels, with as many decimals as three digits of the difference take.
static struct scale less_scale(struct scale s, double less) {
    double size = (less < 0 ? -less : less) / s.divisor;
    for (int k = 0; k < s.decimals; k++) size *= 10;
    while (size > 0 && size < 100 && s.decimals < DECIMALS_MOST) size *= 10, s.decimals++;
    s.sign = true;
    return s;
}

static void row_write(const struct comparison *c, const struct difference *d, struct words *out) {
    const struct indicator *indicator = indicator_of(d->indicator);
    double level = d->first.mean == d->first.mean ? d->first.mean : d->second.mean;
    struct scale s = scale_of(indicator->unit, level, LANGUAGE_EN), less = less_scale(s, d->less.mean);
    char label[120], ratio[32] = "";
    s.sign = false;
    snprintf(label, sizeof label, *s.unit ? "  %s (%s)" : "  %s%s", indicator->english, s.unit);
    words_add_left(out, label, NAME);
    quantity_cell(d->first.mean, s, VALUE, out);
    quantity_cell(d->second.mean, s, VALUE, out);
    quantity_cell(d->less.mean, less, VALUE, out);
    less.sign = false;
    luck_cell(d, less, out);
    if (has_worlds(c)) inputs_cell(d, less, out);
    if (!isnan(d->variance_ratio)) snprintf(ratio, sizeof ratio, "%.3f", d->variance_ratio);
    words_add_right(out, ratio, RATIO);
    words_add_text(out, d->moved ? "  moved\n" : d->moved_inputs ? "  moved (worlds)\n" : "\n");
}

static void heading_write(const struct comparison *c, const char *title, struct words *out) {
    words_add_left(out, title, NAME);
    words_add_right(out, "first", VALUE);
    words_add_right(out, "second", VALUE);
    words_add_right(out, "difference", VALUE);
    words_add_right(out, "luck", LUCK);
    if (has_worlds(c)) words_add_right(out, "luck and inputs", INPUTS);
    words_add_right(out, "variance", RATIO);
    words_add_text(out, "\n");
}

// A table for each period in which something is to be told, in the order of the calendar.
static void tables_write(const struct comparison *c, struct words *out) {
    struct period last = {0};
    for (bool any = true, begun = false; any; begun = true) {
        struct period next = {0};
        any = false;
        for (uint32_t i = 0; i < c->count; i++) {
            const struct period *p = &c->rows[i].period;
            bool later = !begun || p->from > last.from || (p->from == last.from && p->until > last.until);
            bool sooner = !any || p->from < next.from || (p->from == next.from && p->until < next.until);
            if (!in_text(c, &c->rows[i]) || !later || !sooner) continue;
            next = *p;
            any = true;
        }
        if (any) heading_write(c, next.name, out);
        for (uint32_t i = 0; any && i < c->count; i++)
            if (in_text(c, &c->rows[i]) && period_same(c->rows[i].period, next)) row_write(c, &c->rows[i], out);
        if (any) words_add_text(out, "\n");
        last = next;
    }
}

static void counts_write(const struct comparison *c, struct words *out) {
    uint32_t moved = 0, moved_inputs = 0, hidden = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        moved += c->rows[i].moved;
        moved_inputs += c->rows[i].moved_inputs;
        hidden += any_move(&c->rows[i]) && !in_text(c, &c->rows[i]);
    }
    words_add(out, "%u of %u figures moved: their interval by luck does not hold zero", moved, c->count);
    if (has_worlds(c)) words_add(out, "; %u by luck and inputs", moved_inputs);
    words_add(out, ".\n");
    if (hidden) words_add(out, "%u of them are months and reported periods: --json lists all.\n", hidden);
}

static void intervals_write(const struct comparison *c, struct words *out) {
    uint32_t pairs = c->first.figures.runs, worlds = c->first.figures.worlds;
    if (pairs < 2)
        words_add_text(out, "One pair has no interval: nothing can be said to have moved (--replications 4).\n");
    else
        words_add(out,
                  "luck: 95 %% interval of the mean difference over %u pairs with the same luck and the inputs as "
                  "written.\n", pairs);
    if (has_worlds(c))
        words_add(out,
                  "luck and inputs: where 95 %% of the differences of %u worlds lie, each drawn alike for both.\n",
                  worlds);
    else words_add_text(out, "The intervals hold luck, not inputs: for both add --worlds 20.\n");
    words_add_text(out, "variance: of the paired difference over that of two independent runs; 0.01 is worth 100 times "
                        "the runs.\n"
                        "Every figure is judged alone: of those that only vary, one in twenty seems to move.\n");
}

static void cell_write(const char *cell, struct words *out) {
    if (!cell[0]) words_add_text(out, "(empty)");
    else words_add_text(out, cell);
}

static void inputs_write(const struct input_differences *d, struct words *out) {
    words_add(out, "\nInput rows that differ: %u cells or rows%s\n", d->count, d->count ? "" : ": none");
    for (uint32_t i = 0; i < d->count && i < INPUTS_SHOWN; i++) {
        const struct input_difference *row = &d->rows[i];
        words_add(out, "  %s: %s", row->table, row->key);
        if (row->column[0]) {
            words_add(out, ", %s: ", row->column);
            cell_write(row->was, out);
            words_add_text(out, " -> ");
            cell_write(row->is, out);
        } else {
            words_add_text(out, row->was ? ": only in the first" : ": only in the second");
        }
        words_add_text(out, "\n");
    }
    if (d->count > INPUTS_SHOWN) words_add(out, "  and %u more (--json lists all)\n", d->count - INPUTS_SHOWN);
}

static void models_write(const struct comparison *c, struct words *out) {
    uint32_t first = c->first.figures.count - c->count, second = c->second.figures.count - c->count;
    if (first) words_add(out, "%u figures are of the first alone (other days or tables).\n", first);
    if (second) words_add(out, "%u figures are of the second alone (other days or tables).\n", second);
}

static const char *widest_name(const struct comparison *c) {
    return c->count ? indicator_of(c->rows[c->precision.widest].indicator)->name : "";
}

enum ap_status comparison_to_text(const struct comparison_told *t, struct words *out) {
    const struct comparison *c = t->c;
    words_add(out, "Compared on common random numbers\n  first:  %s\n  second: %s\n\n", t->first, t->second);
    tables_write(c, out);
    counts_write(c, out);
    intervals_write(c, out);
    precision_write(&c->precision, c->first.figures.runs, widest_name(c), out);
    models_write(c, out);
    inputs_write(t->inputs, out);
    words_add_text(out, "\nledgers balanced\n");
    return words_status(out);
}

// --- JSON

static json_t *difference_json(struct json_made *made, const struct difference *d) {
    json_t *o = json_object();
    json_put(made, o, "indicator", json_string(indicator_of(d->indicator)->name));
    json_put(made, o, "period", json_string(d->period.name));
    json_put(made, o, "unit", json_string(indicator_of(d->indicator)->unit));
    json_put(made, o, "first", interval_json(made, &d->first));
    json_put(made, o, "second", interval_json(made, &d->second));
    json_put(made, o, "difference", interval_json(made, &d->less));
    json_put(made, o, "pairs", json_integer(d->pairs));
    json_put(made, o, "variance_ratio", json_number(d->variance_ratio));
    json_put(made, o, "moved", json_boolean(d->moved));
    json_put(made, o, "moved_inputs", json_boolean(d->moved_inputs));
    return o;
}

static json_t *input_json(struct json_made *made, const struct input_difference *d) {
    json_t *o = json_object();
    json_put(made, o, "table", json_words(d->table));
    json_put(made, o, "key", json_words(d->key));
    json_put(made, o, "column", d->column[0] ? json_words(d->column) : json_null());
    json_put(made, o, "in_first", json_boolean(d->was != NULL));
    json_put(made, o, "in_second", json_boolean(d->is != NULL));
    json_put(made, o, "old", d->column[0] ? json_words(d->was) : json_null());
    json_put(made, o, "new", d->column[0] ? json_words(d->is) : json_null());
    return o;
}

enum ap_status comparison_to_json(const struct comparison_told *t, struct words *out) {
    const struct comparison *c = t->c;
    struct json_made made = {json_object(), false};
    json_t *o = made.root, *rows = json_array(), *inputs = json_array();
    json_put(&made, o, "first", json_words(t->first));
    json_put(&made, o, "second", json_words(t->second));
    json_put(&made, o, "seed", json_integer((json_int_t)c->first.options.seed));
    json_put(&made, o, "replications", json_integer(c->first.figures.runs));
    json_put(&made, o, "worlds", json_integer(c->first.figures.worlds));
    json_put(&made, o, "ledger", json_string("balanced"));
    if (c->precision.wanted > 0) json_put(&made, o, "precision", precision_json(&made, &c->precision, widest_name(c)));
    for (uint32_t i = 0; i < c->count; i++) json_add(&made, rows, difference_json(&made, &c->rows[i]));
    json_put(&made, o, "differences", rows);
    for (uint32_t i = 0; i < t->inputs->count; i++) json_add(&made, inputs, input_json(&made, &t->inputs->rows[i]));
    json_put(&made, o, "inputs", inputs);
    return json_write(out, &made);
}
