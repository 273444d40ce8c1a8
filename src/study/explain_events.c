// From the paths of rows to the events of the shock, and to the chain behind a row.
#include <stdlib.h>
#include <string.h>

#include "study/explain_compare.h"

struct event_words {
    const char *name, *unit;
};

static const struct event_words words[EXPLAIN_EVENT_KINDS] = {
#define EXPLAIN_EVENT_WORDS(name, unit, meaning) {#name, unit},
    EXPLAIN_EVENTS(EXPLAIN_EVENT_WORDS)
#undef EXPLAIN_EVENT_WORDS
};

const char *explain_event_name(enum explain_event_kind kind) {
    return words[kind].name;
}

const char *explain_event_unit(enum explain_event_kind kind) {
    return words[kind].unit;
}

// ---- the chain ----------------------------------------------------------------------------------------------------

static struct path_row cause_of(const struct explanation *e, struct path_row of) {
    switch (of.kind) {
    case PATH_LINE: return e->lines[of.row].main;
    case PATH_STOCK: return e->stocks[of.row].cause;
    case PATH_LINK: return e->links[of.row].cause;
    case PATH_LANE: return e->lanes[of.row].cause;
    case PATH_OFFER: return (struct path_row){PATH_LINE, e->offers[of.row].line};
    default: return (struct path_row){PATH_NONE, 0};
    }
}

uint32_t explain_chain(const struct explanation *e, struct path_row from, struct path_row out[CHAIN_MOST]) {
    uint32_t steps = 0;
    for (struct path_row at = from; at.kind != PATH_NONE && steps < CHAIN_MOST; at = cause_of(e, at)) {
        for (uint32_t i = 0; i < steps; i++)
            if (out[i].kind == at.kind && out[i].row == at.row) return steps;
        out[steps++] = at;
    }
    return steps;
}

// The line furthest behind; without one the stock that missed most demand or was too low longest, or the fullest lane.
static struct path_row worst_row(const struct explanation *e) {
    struct path_row worst = {PATH_NONE, 0};
    int32_t last = explain_last_day(e);
    int64_t most = 0;
    for (uint32_t l = 1; l < e->m->n.line; l++)
        if (e->lines[l].slow.days && e->lines[l].slow.first <= last && e->lines[l].gap_most > most) {
            most = e->lines[l].gap_most;
            worst = (struct path_row){PATH_LINE, l};
        }
    for (uint32_t s = 1; s < e->m->n.stock && worst.kind != PATH_LINE; s++)
        if (e->stocks[s].missed_most > most) {
            most = e->stocks[s].missed_most;
            worst = (struct path_row){PATH_STOCK, s};
        }
    bool missed = most > 0;
    for (uint32_t s = 1; s < e->m->n.stock && !missed; s++)
        if (e->stocks[s].held.days && e->stocks[s].hours_milli > most) {
            most = e->stocks[s].hours_milli;
            worst = (struct path_row){PATH_STOCK, s};
        }
    for (uint32_t i = 1; i < e->m->n.lane && most == 0; i++)
        if (e->lanes[i].most > 0 && (!worst.row || e->lanes[i].most > e->lanes[worst.row].most))
            worst = (struct path_row){PATH_LANE, i};
    return worst;
}

static int32_t first_day_of(const struct explanation *e, struct path_row of) {
    switch (of.kind) {
    case PATH_LINE: return e->lines[of.row].slow.first;
    case PATH_STOCK:
        return e->stocks[of.row].missed.first >= 0 ? e->stocks[of.row].missed.first : e->stocks[of.row].held.first;
    case PATH_LANE: return e->lanes[of.row].waiting.first;
    default: return e->span.first;
    }
}

void explain_cause(const struct explanation *e, struct explain_cause *out) {
    *out = (struct explain_cause){.cover_milli = -1};
    struct path_row worst = worst_row(e);
    out->steps = explain_chain(e, worst, out->chain);
    out->first_day = first_day_of(e, worst) - e->span.first;
    for (uint32_t i = 0; i < out->steps; i++)
        if (out->chain[i].kind == PATH_STOCK) {
            out->cover_milli = e->stocks[out->chain[i].row].cover_milli;
            break;
        }
    out->lost_ms = worst.kind == PATH_LINE ? e->lines[worst.row].lost_ms : 0;
    out->late = e->most.made;
    out->lost = e->days ? e->totals[e->days - 1].made : 0;
}

// ---- events -------------------------------------------------------------------------------------------------------

// Counted in a first pass (events NULL), filled in a second.
struct listing {
    const struct explanation *e;
    struct explain_event *events;
    uint32_t count;
};

static void event_add(struct listing *list, enum explain_event_kind kind, const struct path_days *days,
                      struct path_row row, double quantity) {
    if (days->first < 0) return;
    if (list->events)
        list->events[list->count] =
            (struct explain_event){days->first, days->last, days->later, kind, row, {PATH_NONE, 0}, quantity};
    list->count++;
}

static void event_cause(struct listing *list, const struct path_days *days, struct path_row cause) {
    if (list->events && days->first >= 0) list->events[list->count - 1].cause = cause;
}

static void shocks_list(struct listing *list) {
    const struct model *m = list->e->m;
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock *shock = &m->shocks[i];
        if (!list->e->hit[i] || shock->until < 0 || shock->from >= m->days) continue;
        struct path_days days = {(int32_t)larger_of(shock->from, 0), (int32_t)smaller_of(shock->until, m->days - 1), 0,
                                 0, 0};
        event_add(list, EXPLAIN_shock, &days, (struct path_row){PATH_SHOCK, i + 1}, shock->factor_ppm / 1e6);
    }
}

static void supply_list(struct listing *list) {
    const struct explanation *e = list->e;
    for (uint32_t s = 1; s < e->m->n.stock; s++) {
        const struct stock_path *path = &e->stocks[s];
        struct path_row row = {PATH_STOCK, s};
        event_add(list, EXPLAIN_makes_less, &path->less, row, (double)path->gap_most);
        event_cause(list, &path->less, path->cause);
        event_add(list, EXPLAIN_short, &path->held, row, (double)path->hours_milli / 1000);
        event_cause(list, &path->held, path->cause);
        event_add(list, EXPLAIN_demand_missed, &path->missed, row, (double)path->missed_most);
    }
    for (uint32_t i = 1; i < e->m->n.link; i++) {
        event_add(list, EXPLAIN_owes, &e->links[i].owing, (struct path_row){PATH_LINK, i},
                  (double)e->links[i].gap_most);
        event_cause(list, &e->links[i].owing, e->links[i].cause);
    }
    for (uint32_t i = 1; i < e->m->n.maker; i++) {
        const struct maker_path *path = &e->makers[i];
        struct path_row row = {PATH_MAKER, i};
        event_add(list, EXPLAIN_overtime, &path->overtime, row, (double)path->overtime_units);
        event_add(list, EXPLAIN_further_shift, &path->shift, row, (double)path->shift_units);
    }
}

static void output_list(struct listing *list) {
    const struct explanation *e = list->e;
    for (uint32_t l = 1; l < e->m->n.line; l++) {
        const struct line_path *path = &e->lines[l];
        struct path_row row = {PATH_LINE, l};
        event_add(list, EXPLAIN_line_slow, &path->slow, row, (double)path->lost_ms / 3600000);
        event_cause(list, &path->slow, path->cause);
        event_add(list, EXPLAIN_line_idle, &path->idle, row, path->idle.days);
        event_cause(list, &path->idle, path->idle_cause);
        event_add(list, EXPLAIN_overtime, &path->overtime, row, (double)path->overtime_ms / 3600000);
        event_add(list, EXPLAIN_further_shift, &path->shift, row, (double)path->shift_ms / 3600000);
    }
    for (uint32_t o = 1; o < e->m->n.offer; o++) {
        const struct offer_path *path = &e->offers[o];
        event_add(list, EXPLAIN_buyers_leave, &path->lost, (struct path_row){PATH_OFFER, o}, (double)path->lost_units);
        if (path->line) event_cause(list, &path->lost, (struct path_row){PATH_LINE, path->line});
    }
    for (uint32_t i = 1; i < e->m->n.lane; i++) {
        const struct lane_path *path = &e->lanes[i];
        event_add(list, EXPLAIN_lane_waits, &path->waiting, (struct path_row){PATH_LANE, i}, (double)path->most);
        event_cause(list, &path->waiting, path->cause);
    }
}

static void totals_list(struct listing *list) {
    const struct explanation *e = list->e;
    const struct path_row all = {PATH_NONE, 0};
    struct path_days widest = {e->most_day, e->most_day, 0, 0, 0}, rebuilt = {e->rebuilt_day, e->rebuilt_day, 0, 0, 0};
    struct path_days gone = {e->backlog_gone, e->backlog_gone, 0, 0, 0}, settled = {e->settled, e->settled, 0, 0, 0};
    event_add(list, EXPLAIN_widest, &widest, all, (double)e->most.made);
    event_add(list, EXPLAIN_rebuilt, &rebuilt, all,
              (double)(e->rebuilt_day < 0 ? 0 : e->most.made - e->totals[e->rebuilt_day - e->span.first].made));
    event_add(list, EXPLAIN_backlog_gone, &gone, all, (double)e->most.backlog);
    event_add(list, EXPLAIN_settled, &settled, all, e->settled - e->span.first);
}

static void all_list(struct listing *list) {
    list->count = 0;
    shocks_list(list);
    supply_list(list);
    output_list(list);
    totals_list(list);
}

static int by_day(const void *left, const void *right) {
    const struct explain_event *a = left, *b = right;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->row.kind != b->row.kind) return a->row.kind < b->row.kind ? -1 : 1;
    return a->row.row < b->row.row ? -1 : a->row.row > b->row.row;
}

enum ap_status explain_events_list(struct explanation *e) {
    struct listing list = {.e = e};
    all_list(&list);
    list.events = TAKE(&e->arena, list.count + 1, struct explain_event);
    if (!list.events) return AP_NO_MEMORY;
    all_list(&list);
    qsort(list.events, list.count, sizeof *list.events, by_day);
    e->events = list.events;
    e->event_count = list.count;
    return AP_OK;
}
