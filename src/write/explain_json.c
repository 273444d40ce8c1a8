// An explanation for programs: totals, the gap by day, and the events; and the events alone as CSV.
#include <jansson.h>

#include "write/explain_text.h"
#include "write/json_text.h"

static void date_put(struct json_made *made, json_t *object, const char *key, const struct explanation *e,
                     int32_t day) {
    char text[11];
    if (day < 0) {
        json_put(made, object, key, json_null());
        return;
    }
    date_format(e->m->first_day + day, text);
    json_put(made, object, key, json_string(text));
}

static void row_put(struct json_made *made, json_t *object, const char *const keys[2], const struct explanation *e,
                    struct path_row row) {
    struct words id = {0};
    path_row_id(e->m, row, &id);
    json_put(made, object, keys[0], json_string(path_kind_name(row.kind)));
    json_put(made, object, keys[1], json_string(words_text(&id)));
    made->refused |= words_status(&id) != AP_OK;
    words_free(&id);
}

static json_t *event_json(struct json_made *made, const struct explanation *e, const struct explain_event *event) {
    static const char *const row[2] = {"row_kind", "row"}, *const cause[2] = {"cause_kind", "cause"};
    json_t *object = json_object();
    date_put(made, object, "day", e, event->day);
    date_put(made, object, "until", e, event->last);
    json_put(made, object, "later_days", json_integer(event->later));
    json_put(made, object, "kind", json_string(explain_event_name(event->kind)));
    row_put(made, object, row, e, event->row);
    row_put(made, object, cause, e, event->cause);
    json_put(made, object, "quantity", json_real(event->quantity));
    json_put(made, object, "unit", json_string(explain_event_unit(event->kind)));
    struct words text = {0}, chinese = {0};
    explain_event_say(e, event, LANGUAGE_EN, &text);
    explain_event_say(e, event, LANGUAGE_ZH, &chinese);
    json_put(made, object, "text", json_string(words_text(&text)));
    json_put(made, object, "text_zh", json_string(words_text(&chinese)));
    made->refused |= words_status(&text) != AP_OK || words_status(&chinese) != AP_OK;
    words_free(&text);
    words_free(&chinese);
    return object;
}

static json_t *totals_json(struct json_made *made, const struct path_totals *t) {
    json_t *object = json_object();
#define PATH_TOTAL_PUT(name, unit, meaning) json_put(made, object, #name, json_integer(t->name));
    PATH_TOTALS(PATH_TOTAL_PUT)
#undef PATH_TOTAL_PUT
    return object;
}

static json_t *days_json(struct json_made *made, const struct explanation *e) {
    json_t *object = json_object();
#define PATH_TOTAL_DAYS(name, unit, meaning)                                                                           \
    {                                                                                                                  \
        json_t *array = json_array();                                                                                  \
        for (int32_t i = 0; i < e->days; i++) json_add(made, array, json_integer(e->totals[i].name));                  \
        json_put(made, object, #name, array);                                                                          \
    }
    PATH_TOTALS(PATH_TOTAL_DAYS)
#undef PATH_TOTAL_DAYS
    return object;
}

static json_t *units_json(struct json_made *made) {
    json_t *object = json_object();
#define PATH_TOTAL_UNIT(name, unit, meaning) json_put(made, object, #name, json_string(unit));
    PATH_TOTALS(PATH_TOTAL_UNIT)
#undef PATH_TOTAL_UNIT
    return object;
}

enum ap_status explain_to_json(const struct explanation *e, struct words *out) {
    struct json_made made = {.root = json_object()};
    struct explain_cause cause;
    struct words line = {0};
    explain_cause(e, &cause);
    explain_cause_say(e->m, &cause, LANGUAGE_EN, &line);
    bool there = e->days > 0;
    json_put(&made, made.root, "scenario", json_string(e->m->tables->name));
    date_put(&made, made.root, "from", e, there ? e->span.first : -1);
    date_put(&made, made.root, "until", e, there ? e->span.last : -1);
    date_put(&made, made.root, "settled", e, e->settled);
    json_put(&made, made.root, "differs", e->differs_column ? json_string(e->differs_column) : json_null());
    date_put(&made, made.root, "widest", e, e->most_day);
    date_put(&made, made.root, "rebuilt_95", e, e->rebuilt_day);
    json_put(&made, made.root, "cause", json_string(words_text(&line)));
    json_put(&made, made.root, "units", units_json(&made));
    json_put(&made, made.root, "most", totals_json(&made, &e->most));
    if (there) json_put(&made, made.root, "end", totals_json(&made, &e->totals[e->days - 1]));
    json_put(&made, made.root, "by_day", days_json(&made, e));
    json_t *events = json_array();
    for (uint32_t i = 0; i < e->event_count; i++) json_add(&made, events, event_json(&made, e, &e->events[i]));
    json_put(&made, made.root, "events", events);
    made.refused |= words_status(&line) != AP_OK;
    words_free(&line);
    return json_write(out, &made);
}

static void row_cells(const struct explanation *e, struct path_row row, struct words *out) {
    struct words id = {0};
    path_row_id(e->m, row, &id);
    words_add(out, ",%s,", path_kind_name(row.kind));
    words_add_csv(out, words_text(&id));
    out->refused |= id.refused;
    words_free(&id);
}

enum ap_status explain_to_csv(const struct explanation *e, struct words *out) {
    words_add_text(out, "day,until,later_days,kind,row_kind,row,cause_kind,cause,quantity,unit\n");
    for (uint32_t i = 0; i < e->event_count; i++) {
        const struct explain_event *event = &e->events[i];
        path_date_say(e, event->day, out);
        words_add_text(out, ",");
        path_date_say(e, event->last, out);
        words_add(out, ",%d,%s", event->later, explain_event_name(event->kind));
        row_cells(e, event->row, out);
        row_cells(e, event->cause, out);
        words_add(out, ",%.10g,%s\n", event->quantity, explain_event_unit(event->kind));
    }
    return words_status(out);
}
