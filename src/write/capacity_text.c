#include "write/capacity_text.h"

#include <jansson.h>
#include <stdio.h>

#include "write/json_text.h"
#include "write/quantity.h"

enum { LIMITS_SHOWN = 25 };

static const char *line_name(const struct capacity *c, uint32_t line) {
    return c->tables.lines[c->model.lines[line].table_row].line;
}

static int64_t line_nominal(const struct capacity *c, uint32_t line) {
    return c->tables.lines[c->model.lines[line].table_row].nominal;
}

// Who a limit is: a line and its plant, or an enterprise and what it makes.
struct limit_names {
    const char *kind, *enterprise, *of;
};

static struct limit_names names_of(const struct capacity *c, const struct capacity_limit *x) {
    if (x->line)
        return (struct limit_names){"line", enterprise_name(&c->model, c->model.lines[x->line].enterprise),
                                    line_name(c, x->line)};
    const struct maker *maker = &c->model.makers[x->maker];
    return (struct limit_names){"maker", enterprise_name(&c->model, maker->enterprise),
                                c->tables.products[c->tables.makers[maker->table_row].product].product};
}

// --- text

static void figure_write(const char *what, double vehicles, struct words *out) {
    char figure[QUANTITY_ROOM];
    quantity_format(vehicles, (struct scale){1, 0, "", NULL, false}, figure);
    words_add_left(out, what, 62);
    words_add_right(out, figure, 12);
    words_add_text(out, "\n");
}

static void head_write(const struct capacity *c, struct words *out) {
    words_add(out, "Capacity of %s in %d, vehicles a year\n\n", c->tables.name, c->year);
    figure_write("bound: slowest shops in all normal hours, no failures", c->most_alone, out);
    figure_write("simulated: unlimited orders, parts always there", (double)c->alone, out);
    figure_write("bound: linear program of lines, suppliers and links", c->most, out);
    figure_write("the same, no variant above its simulated share of its plant", c->most_as_mixed, out);
    figure_write("simulated: unlimited orders, the chain as it is", (double)c->with_chain, out);
    words_add(out, "\nBounds hold the vehicles in the works as the year began (%lld and %lld); the program also the\n"
                   "parts there were, every further shift of suppliers, links still to be qualified, and at first\n"
                   "the mix of variants that makes most vehicles. What the simulated chain makes less than at its\n"
                   "own mix, it makes less because of failures, transit and the rules of ordering.\n\n",
              (long long)c->begun_alone, (long long)c->begun);
}

static void lines_write(const struct capacity *c, struct words *out) {
    char figures[QUANTITY_ROOM * 2];
    words_add_text(out, "line                  slowest shop       alone  with chain     nominal\n");
    for (uint32_t i = 0; i < c->line_count; i++) {
        const struct capacity_line *x = &c->lines[i];
        words_add_left(out, line_name(c, x->line), 20);
        snprintf(figures, sizeof figures, "%14.0f %11lld %11lld", x->most, (long long)x->alone,
                 (long long)x->with_chain);
        words_add_text(out, figures);
        if (line_nominal(c, x->line)) words_add(out, " %11lld", (long long)line_nominal(c, x->line));
        words_add_text(out, "\n");
    }
    words_add_text(out, "nominal: as published, never used.\n\n");
}

static void limits_write(const struct capacity *c, struct words *out) {
    if (!c->limit_count) {
        words_add_text(out, "Nothing binds in the linear program: no line can build anything.\n");
        return;
    }
    words_add_text(out, "What binds in the linear program at that mix, by the vehicles that 1 % more of it adds:\n"
                        "      enterprise               line or product          can do a year  vehicles\n");
    for (uint32_t i = 0; i < c->limit_count && i < LIMITS_SHOWN; i++) {
        const struct capacity_limit *x = &c->limits[i];
        struct limit_names names = names_of(c, x);
        words_add_left(out, names.kind, 5);
        words_add_text(out, " ");
        words_add_left(out, names.enterprise, 24);
        words_add_text(out, " ");
        words_add_left(out, names.of, 20);
        words_add(out, " %17.0f %9.1f\n", x->units, x->units * x->gain / 100);
    }
    if (c->limit_count > LIMITS_SHOWN)
        words_add(out, "and %u more (--json lists all)\n", c->limit_count - LIMITS_SHOWN);
}

enum ap_status capacity_to_text(const struct capacity *c, struct words *out) {
    head_write(c, out);
    lines_write(c, out);
    limits_write(c, out);
    return words_status(out);
}

// --- JSON

static json_t *lines_json(struct json_made *made, const struct capacity *c) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < c->line_count; i++) {
        const struct capacity_line *x = &c->lines[i];
        json_t *object = json_object();
        json_put(made, object, "line", json_string(line_name(c, x->line)));
        json_put(made, object, "bound", json_real(x->most));
        json_put(made, object, "simulated_alone", json_integer(x->alone));
        json_put(made, object, "simulated_with_chain", json_integer(x->with_chain));
        int64_t nominal = line_nominal(c, x->line);
        json_put(made, object, "nominal", nominal ? json_integer(nominal) : json_null());
        json_add(made, array, object);
    }
    return array;
}

static json_t *limits_json(struct json_made *made, const struct capacity *c) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < c->limit_count; i++) {
        const struct capacity_limit *x = &c->limits[i];
        struct limit_names names = names_of(c, x);
        json_t *object = json_object();
        json_put(made, object, "kind", json_string(names.kind));
        json_put(made, object, "enterprise", json_string(names.enterprise));
        json_put(made, object, x->line ? "line" : "product", json_string(names.of));
        json_put(made, object, "units", json_real(x->units));
        json_put(made, object, "vehicles_per_unit", json_real(x->gain));
        json_put(made, object, "vehicles_per_percent", json_real(x->units * x->gain / 100));
        json_add(made, array, object);
    }
    return array;
}

enum ap_status capacity_to_json(const struct capacity *c, struct words *out) {
    struct json_made made = {.root = json_object()};
    json_put(&made, made.root, "scenario", json_string(c->tables.name));
    json_put(&made, made.root, "year", json_integer(c->year));
    json_put(&made, made.root, "bound_lines", json_real(c->most_alone));
    json_put(&made, made.root, "simulated_lines", json_integer(c->alone));
    json_put(&made, made.root, "bound_chain", json_real(c->most));
    json_put(&made, made.root, "bound_chain_as_mixed", json_real(c->most_as_mixed));
    json_put(&made, made.root, "simulated_chain", json_integer(c->with_chain));
    json_put(&made, made.root, "begun_lines", json_integer(c->begun_alone));
    json_put(&made, made.root, "begun_chain", json_integer(c->begun));
    json_put(&made, made.root, "lines", lines_json(&made, c));
    json_put(&made, made.root, "binding", limits_json(&made, c));
    return json_write(out, &made);
}
