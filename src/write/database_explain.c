// The tables of an explanation: its events in words of both languages, the gap by day, and what each line lost.
#include "write/database.h"
#include "write/explain_text.h"

static const struct output_table steps_table = {"explain_steps", "what the shock did, and why", 1,
    {{"position", "INTEGER NOT NULL", "", "in the order of their first days", NULL}, KEY("day", "first day"),
     KEY("until_day", "last day of the first spell"), COUNTED("later_days", "day", "of it after that spell"),
     KEY("kind", "what happened"), KEY("row_kind", "to what; empty: the whole"), KEY("row", "its name"),
     KEY("cause_kind", "because of what; empty: not known"), KEY("cause", "its name"),
     MEASURED("value", "", "how much"), KEY("unit", "of the value"),
     COUNTED("told", "1", "0: it began when the shock was absorbed; ripples"), KEY("text", "in English"),
     KEY("text_zh", "in Chinese")}};
static const struct output_table days_table = {"explain_days",
                                               "what the undisturbed run is ahead since the shock began",
                                               1,
                                               {KEY("day", "at its end"),
#define EXPLAIN_DAY_COLUMN(name, unit, meaning) MEASURED(#name, unit[0] == 'f' ? "yuan" : unit, meaning),
                                                PATH_TOTALS(EXPLAIN_DAY_COLUMN)
#undef EXPLAIN_DAY_COLUMN
                                               }};
static const struct output_table lines_table = {
    "explain_lines",
    "what each line lost until the shock was absorbed",
    1,
    {KEY("line", "id"), KEY("slow_from", "first day behind for a known cause"),
     COUNTED("idle_days", "day", "made nothing"), MEASURED("missed_hours", "hour", "of work of its last shop"),
     MEASURED("extra_hours", "hour", "open longer"), COUNTED("late", "vehicle", "behind at most"),
     COUNTED("missing", "vehicle", "behind when it was absorbed"), KEY("cause_kind", "what most were lost to"),
     KEY("cause", "its name")}};
static const struct output_table *const tables[] = {&steps_table, &days_table, &lines_table};

static void day_text(struct database *d, int at, const struct explanation *e, int32_t day) {
    day_bind(d, at, e->m->first_day + day);
}

static bool row_bind(struct database *d, int at, const struct explanation *e, struct path_row row) {
    struct words id = {0};
    path_row_id(e->m, row, &id);
    text_bind(d, at, path_kind_name(row.kind));
    text_bind(d, at + 1, words_text(&id));
    bool whole = words_status(&id) == AP_OK;
    words_free(&id);
    return whole;
}

static bool sentence_bind(struct database *d, int at, const struct explanation *e, const struct explain_event *event) {
    bool whole = true;
    for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
        struct words text = {0};
        explain_event_say(e, event, (enum language)language, &text);
        text_bind(d, at + language, words_text(&text));
        whole = words_status(&text) == AP_OK && whole;
        words_free(&text);
    }
    return whole;
}

static enum ap_status steps_fill(struct database *d, const struct explanation *e) {
    for (uint32_t i = 0; i < e->event_count; i++) {
        const struct explain_event *event = &e->events[i];
        count_bind(d, 1, i + 1);
        day_text(d, 2, e, event->day);
        day_text(d, 3, e, event->last);
        count_bind(d, 4, event->later);
        text_bind(d, 5, explain_event_name(event->kind));
        bool whole = row_bind(d, 6, e, event->row);
        whole = row_bind(d, 8, e, event->cause) && whole;
        value_bind(d, 10, event->quantity);
        text_bind(d, 11, explain_event_unit(event->kind));
        count_bind(d, 12, event->row.kind == PATH_NONE || event->day <= explain_last_day(e));
        whole = sentence_bind(d, 13, e, event) && whole;
        if (!whole) return AP_NO_MEMORY;
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status days_fill(struct database *d, const struct explanation *e) {
    for (int32_t i = 0; i < e->days; i++) {
        int at = 1;
        day_text(d, at++, e, e->span.first + i);
#define EXPLAIN_DAY_BIND(name, unit, meaning)                                                                          \
        if (unit[0] == 'f') fen_bind(d, at++, e->totals[i].name);                                                      \
        else count_bind(d, at++, e->totals[i].name);
        PATH_TOTALS(EXPLAIN_DAY_BIND)
#undef EXPLAIN_DAY_BIND
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status lines_fill(struct database *d, const struct explanation *e) {
    for (uint32_t l = 1; l < e->m->n.line; l++) {
        const struct line_path *path = &e->lines[l];
        if (path->slow.first < 0 || path->slow.first > explain_last_day(e)) continue;
        text_bind(d, 1, e->m->tables->lines[e->m->lines[l].table_row].line);
        day_text(d, 2, e, path->slow.first);
        count_bind(d, 3, path->idle.days);
        value_bind(d, 4, (double)path->lost_ms / 3600000);
        value_bind(d, 5, (double)(path->overtime_ms + path->shift_ms) / 3600000);
        count_bind(d, 6, path->gap_most);
        count_bind(d, 7, path->gap_absorbed);
        if (!row_bind(d, 8, e, path->main)) return AP_NO_MEMORY;
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status explain_fill(struct database *d, const struct output_table *t, const void *self) {
    if (t == &steps_table) return steps_fill(d, self);
    if (t == &days_table) return days_fill(d, self);
    ASSERT(t == &lines_table);
    return lines_fill(d, self);
}

struct result_part explain_part(const struct explanation *e) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, explain_fill, e};
}
