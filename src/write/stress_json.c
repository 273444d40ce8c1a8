// A stress test as one JSON object: subjects with their ranks, and every what-if of the first run, invented enterprises
// too.
#include <string.h>

#include "write/json_text.h"
#include "write/measures_text.h"
#include "write/stress_csv.h"
#include "write/stress_names.h"
#include "write/stress_text.h"

static json_t *number_json(double value) {
    return isnan(value) ? json_null() : json_real(value);
}

// Money leaves in yuan, as in the CSV file.
static double in_yuan(uint32_t figure, double value) {
    return strcmp(stress_columns[figure].unit, "yuan") == 0 ? value / 100 : value;
}

static json_t *figure_json(struct json_made *made, uint32_t figure, const struct interval *x) {
    json_t *object = json_object();
    json_put(made, object, "mean", number_json(in_yuan(figure, x->mean)));
    json_put(made, object, "low", number_json(in_yuan(figure, x->low)));
    json_put(made, object, "high", number_json(in_yuan(figure, x->high)));
    json_put(made, object, "low_inputs", number_json(in_yuan(figure, x->low_inputs)));
    json_put(made, object, "high_inputs", number_json(in_yuan(figure, x->high_inputs)));
    return object;
}

static json_t *line_json(struct json_made *made, const struct stress_ranks *r, const struct stress_line *line) {
    json_t *object = json_object(), *figures = json_object();
    char days[16];
    if (line->event) memcpy(days, "own", 4);
    else stress_mode_name(r->stress, line->mode, days);
    json_put(made, object, "days", json_string(days));
    json_put(made, object, "members", json_integer(line->members));
    json_put(made, object, "rank", json_integer(line->rank));
    json_put(made, object, "rank_low", number_json(line->rank_low));
    json_put(made, object, "rank_high", number_json(line->rank_high));
    json_put(made, object, "ranked", json_integer(line->ranked));
    json_put(made, object, "top_ten", json_integer(line->top_ten));
    json_put(made, object, "unsettled_share", number_json(line->unsettled));
    json_put(made, object, "lowest_by_start", number_json(line->lowest));
    json_put(made, object, "highest_by_start", number_json(line->highest));
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++)
        json_put(made, figures, stress_columns[f].name, figure_json(made, f, &line->figures[f]));
    json_put(made, object, "figures", figures);
    return object;
}

static json_t *subject_json(struct json_made *made, const struct stress_ranks *r, uint32_t subject) {
    static const char *const natures[] = {"plant", "supplier", "role", "other"};
    const struct stress_subject *x = &r->subjects[subject];
    const struct tables *t = r->stress->tables;
    json_t *object = json_object(), *lines = json_array();
    json_put(made, object, "kind", json_string(standstill_kind_name(x->kind)));
    json_put(made, object, "target", json_string(x->id));
    json_put(made, object, "name", json_string(x->name));
    json_put(made, object, "name_zh", json_string(x->name_zh));
    json_put(made, object, "nature", json_string(natures[x->nature]));
    if (x->kind == STANDSTILL_ENTERPRISE) {
        struct stress_place place = {.family = x->family, .plant = x->plant, .dual = x->dual};
        json_put(made, object, "family", json_string(x->family ? t->products[x->family].product : ""));
        json_put(made, object, "district", json_string(t->districts[x->district].district));
        json_put(made, object, "sources", json_string(stress_sources_name(&place)));
    }
    for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
        const struct stress_line *line = stress_line_find(r, subject, mode);
        if (line) json_add(made, lines, line_json(made, r, line));
    }
    json_put(made, object, "times", lines);
    return object;
}

static void options_put(struct json_made *made, const struct stress *s) {
    json_t *starts = json_array(), *days = json_array(), *units = json_object();
    json_put(made, made->root, "scenario", json_string(s->tables->name));
    json_put(made, made->root, "outages", json_integer(s->jobs));
    json_put(made, made->root, "horizon", json_integer(s->options.horizon));
    json_put(made, made->root, "replications", json_integer(s->options.replications));
    json_put(made, made->root, "worlds", json_integer(s->options.worlds));
    json_put(made, made->root, "seed", json_integer((json_int_t)s->options.seed));
    for (uint32_t i = 0; i < s->options.start_count; i++) {
        char day[11];
        date_format(s->options.starts[i], day);
        json_add(made, starts, json_string(day));
    }
    for (uint32_t mode = 0; mode < s->options.day_count; mode++) {
        char name[16];
        stress_mode_name(s, mode, name);
        json_add(made, days, json_string(name));
    }
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++)
        json_put(made, units, stress_columns[f].name, json_string(stress_columns[f].unit));
    json_put(made, made->root, "starts", starts);
    json_put(made, made->root, "days", days);
    json_put(made, made->root, "units", units);
}

static json_t *shapes_json(struct json_made *made, const struct stress_ranks *r) {
    json_t *shapes = json_array();
    for (uint32_t kind = 0; kind < STANDSTILL_KINDS; kind++) {
        for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
            const struct stress_shape *x = &r->shapes[kind][mode];
            char days[16];
            if (!x->rows) continue;
            json_t *object = json_object();
            stress_mode_name(r->stress, mode, days);
            json_put(made, object, "kind", json_string(standstill_kind_name(kind)));
            json_put(made, object, "days", json_string(days));
            json_put(made, object, "outages", json_integer(x->rows));
            json_put(made, object, "without_effect", json_integer(x->without_effect));
            if (kind == STANDSTILL_ENTERPRISE)
                json_put(made, object, "spend_rank_correlation", number_json(x->spend_rank));
            json_add(made, shapes, object);
        }
    }
    return shapes;
}

static json_t *whatif_json(struct json_made *made, const struct stress *s, uint32_t start, uint32_t which) {
    const struct standstill_row *row = &s->rows.rows[s->cases[which].row];
    json_t *object = json_object();
    int64_t figures[STRESS_FIGURE_COUNT];
    char days[16], day[11];
    stress_days_name(s, &s->cases[which], days);
    date_format(s->options.starts[start], day);
    json_put(made, object, "kind", json_string(standstill_kind_name(row->kind)));
    json_put(made, object, "target", json_string(row->id));
    json_put(made, object, "days", json_string(days));
    json_put(made, object, "start", json_string(day));
    memcpy(figures, &s->values[stress_job(s, 0, start, which)], sizeof figures);
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++) {
        bool never = figures[f] < 0 && strcmp(stress_columns[f].unit, "day") == 0;
        bool money = strcmp(stress_columns[f].unit, "yuan") == 0;
        json_put(made, object, stress_columns[f].name,
                 never   ? json_null()
                 : money ? json_real((double)figures[f] / 100)
                         : json_integer(figures[f]));
    }
    return object;
}

enum ap_status stress_to_json(const struct stress_said *said, struct words *out) {
    const struct stress_ranks *r = said->ranks;
    const struct stress *s = r->stress;
    struct json_made made = {.root = json_object()};
    json_t *subjects = json_array(), *rows = json_array();
    options_put(&made, s);
    for (uint32_t i = 0; i < r->subject_count; i++) json_add(&made, subjects, subject_json(&made, r, i));
    for (uint32_t start = 0; start < s->options.start_count; start++)
        for (uint32_t i = 0; i < s->case_count; i++) json_add(&made, rows, whatif_json(&made, s, start, i));
    json_put(&made, made.root, "subjects", subjects);
    json_put(&made, made.root, "without_effect", shapes_json(&made, r));
    if (said->reasons) reasons_put(&made, s, said->reasons);
    if (said->measures) measures_put(&made, said->measures, said->disagreements);
    json_put(&made, made.root, "first_run", rows);
    return json_write(out, &made);
}
