#include "write/sensitivity_text.h"

#include <stdio.h>

#include "write/json_text.h"
#include "write/quantity.h"

enum { SHOWN = 5, CELL = 16 };

static void share_add(struct words *out, const struct sensitivity_end *end, double value, bool sign) {
    char cell[CELL];
    snprintf(cell, sizeof cell, sign ? "%+.1f %%" : "%.1f %%", 100 * value);
    words_add_right(out, end->possible ? cell : "-", 9);
}

static void input_write(const struct sensitivity_input *x, uint32_t rank, struct words *out) {
    char name[120];
    snprintf(name, sizeof name, "%s.%s", x->table, x->column);
    words_add(out, "%6u  ", rank);
    words_add_left(out, name, 30);
    words_add(out, "%7u", x->rows);
    for (int end = 0; end < RANGE_ENDS; end++) share_add(out, &x->ends[end], x->ends[end].moved, false);
    words_add_text(out, "   ");
    for (int end = 0; end < RANGE_ENDS; end++) {
        char cell[CELL];
        snprintf(cell, sizeof cell, "%u", x->ends[end].top_kept);
        words_add_right(out, x->ends[end].possible ? cell : "-", 4);
    }
    words_add_text(out, "   ");
    for (int end = 0; end < RANGE_ENDS; end++) share_add(out, &x->ends[end], x->ends[end].total, true);
    words_add_text(out, "\n");
}

enum ap_status sensitivity_to_text(const struct sensitivity *s, const struct tables *t, struct words *out) {
    uint32_t none = 0;
    words_add(
        out, "What the ranking of %s depends on: %u rows, one group of uncertain inputs moved at a time, same luck\n\n",
        t->name, s->rows);
    words_add_text(
        out,
        "                                               pairs that swap         of top ten            all deficits\n"
        "  rank  input                            rows      low     high    drawn    low high drawn"
        "      low     high    drawn\n");
    for (uint32_t i = 0; i < s->count; i++) {
        bool moves = s->inputs[i].moved > 0;
        if (moves && i < SHOWN) input_write(&s->inputs[i], i + 1, out);
        none += !moves;
    }
    words_add(out, "\n%u groups with a range were moved, %u of them move no pair.\n", s->count, none);
    words_add_text(
        out,
        "low, high: all rows of the group at that end of their ranges; drawn: each row a draw of its own. pairs that\n"
        "swap: share of all pairs of rows whose order turns round (ties count half); of top ten: how many of the\n"
        "first ten as written stay; -: no model can be built there.\n");
    return words_status(out);
}

static json_t *end_json(struct json_made *made, const struct sensitivity_end *end) {
    json_t *object = json_object();
    if (!end->possible) {
        json_decref(object);
        return json_null();
    }
    json_put(made, object, "pairs_swapped", json_real(end->moved));
    json_put(made, object, "top_ten_kept", json_integer(end->top_kept));
    json_put(made, object, "deficits", json_real(end->total));
    return object;
}

enum ap_status sensitivity_to_json(const struct sensitivity *s, const struct tables *t, struct words *out) {
    static const char *const ends[RANGE_ENDS] = {"low", "high", "drawn"};
    struct json_made made = {.root = json_object()};
    json_t *inputs = json_array();
    json_put(&made, made.root, "scenario", json_string(t->name));
    json_put(&made, made.root, "rows", json_integer(s->rows));
    json_put(&made, made.root, "deficits", json_real(s->total));
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sensitivity_input *x = &s->inputs[i];
        json_t *object = json_object();
        json_put(&made, object, "rank", json_integer(i + 1));
        json_put(&made, object, "table", json_string(x->table));
        json_put(&made, object, "column", json_string(x->column));
        json_put(&made, object, "rows", json_integer(x->rows));
        json_put(&made, object, "pairs_swapped", json_real(x->moved));
        for (int end = 0; end < RANGE_ENDS; end++) json_put(&made, object, ends[end], end_json(&made, &x->ends[end]));
        json_add(&made, inputs, object);
    }
    json_put(&made, made.root, "inputs", inputs);
    return json_write(out, &made);
}
