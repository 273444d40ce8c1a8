#include "study/explain_watch.h"

#include <string.h>

static uint32_t stage_find(const char *name) {
    uint32_t i = 0;
    while (i < stage_count() && strcmp(stage_name(i), name) != 0) i++;
    ASSERT(i < stage_count());
    return i;
}

uint32_t needs_count(const struct model *m) {
    uint32_t count = m->first_need[m->n.stock];
    for (uint32_t b = 1; b < m->n.build; b++)
        count = (uint32_t)larger_of(count, m->builds[b].first_need + m->builds[b].needs);
    return count;
}

// Bodies of a build that still want their last parts, as the line counts them before a release.
static int32_t bodies_of(const struct watch *w, const struct line *line, uint32_t build) {
    const struct model *m = w->run.m;
    const struct state *s = &w->run.state;
    uint32_t column = build - line->first_build;
    int32_t count = 0;
    for (uint32_t i = line->first_shop; i + 1 < line->first_shop + line->shops; i++)
        if (!m->shops[i].side)
            count += s->place_waiting[m->shops[i].first_place + column] + (s->shop_unit[i] == (int32_t)build);
    return count;
}

// Bodies right before a last shop that stands empty.
static int32_t bodies_before_last(const struct watch *w, const struct line *line, uint32_t build) {
    const struct model *m = w->run.m;
    const struct shop *last = &m->shops[line->first_shop + line->shops - 1];
    if (w->run.state.shop_unit[line->first_shop + line->shops - 1]) return 0;
    int32_t count = 0;
    for (uint32_t i = 0; i < last->feeders; i++) {
        const struct shop *feeder = &m->shops[m->feeders[last->first_feeder + i]];
        if (!feeder->side) count += w->run.state.place_waiting[feeder->first_place + build - line->first_build];
    }
    return count;
}

// What a build that has vehicles left to start, or bodies that wait, has too little of (M-4.5): first parts on hand;
// last parts on hand for a body that waits, on hand and under way for one more release.
static void build_look(struct watch *w, const struct line *line, uint32_t row) {
    const struct model *m = w->run.m;
    const struct state *s = &w->run.state;
    const struct build *build = &m->builds[row];
    bool wants = s->build_today[row] > s->build_released[row];
    bool waits = line->shops > 1 && bodies_before_last(w, line, row) > 0;
    if (!wants && !waits) return;
    int64_t bodies = line->shops > 1 ? bodies_of(w, line, row) : 0;
    for (uint32_t i = build->first_need; i < build->first_need + build->needs; i++) {
        const struct need *need = &m->needs[i];
        int64_t on_hand = s->stock_on_hand[need->stock], coming = on_hand + s->stock_under_way[need->stock];
        bool first = i < build->first_need + build->first_needs || line->shops == 1;
        bool low = first ? wants && on_hand < need->quantity
                         : (waits && on_hand < need->quantity) || (wants && coming / need->quantity <= bodies);
        w->need_ticks[i] += low;
    }
}

// A line that was open in this tick.
static void lines_look(struct watch *w) {
    const struct model *m = w->run.m;
    if (m->set.saturate == SATURATE_LINES) return;
    for (uint32_t l = 1; l < m->n.line; l++) {
        const struct line *line = &m->lines[l];
        if (w->run.tally.shop_open_ms[line_last_shop(m, l)] == w->open_ms[l]) continue;
        for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) build_look(w, line, b);
    }
}

static void makers_look(struct watch *w) {
    const struct model *m = w->run.m;
    const struct state *s = &w->run.state;
    for (uint32_t row = 1; row < m->n.stock; row++) {
        if (m->stocks[row].kind != STOCK_MADE) continue;
        w->started[row] += s->stock_under_way[row] - w->under_way[row];
        for (uint32_t i = m->first_need[row]; i < m->first_need[row + 1]; i++)
            w->need_ticks[i] += s->stock_on_hand[m->needs[i].stock] < m->needs[i].quantity;
    }
}

static void links_look(struct watch *w) {
    const int32_t *owed = w->run.state.link_owed;
    for (uint32_t i = 1; i < w->run.m->n.link; i++) {
        w->link_sent[i] += w->owed[i] - owed[i];
        w->link_ticks[i] += owed[i] > 0;
    }
}

// Called before each stage and after the last.
static void look(void *self, uint32_t stage) {
    struct watch *w = self;
    const struct model *m = w->run.m;
    const struct state *s = &w->run.state;
    if (stage == w->make) memcpy(w->under_way, s->stock_under_way, m->n.stock * sizeof *w->under_way);
    if (stage == w->make + 1) makers_look(w);
    if (stage == w->build)
        for (uint32_t l = 1; l < m->n.line; l++) w->open_ms[l] = w->run.tally.shop_open_ms[line_last_shop(m, l)];
    if (stage == w->build + 1) lines_look(w);
    if (stage == w->ship) memcpy(w->owed, s->link_owed, m->n.link * sizeof *w->owed);
    if (stage == w->ship + 1) links_look(w);
}

enum ap_status watch_make(const struct model *m, struct luck l, struct arena *a, struct watch *out) {
    *out = (struct watch){.make = stage_find("make"), .build = stage_find("build"), .ship = stage_find("ship"),
                          .needs = needs_count(m)};
    out->need_ticks = TAKE(a, out->needs + 1, int32_t);
    out->link_ticks = TAKE(a, m->n.link, int32_t);
    out->link_sent = TAKE(a, m->n.link, int32_t);
    out->started = TAKE(a, m->n.stock, int32_t);
    out->owed = TAKE(a, m->n.link, int32_t);
    out->under_way = TAKE(a, m->n.stock, int32_t);
    out->open_ms = TAKE(a, m->n.line, int64_t);
    if (!out->need_ticks || !out->link_ticks || !out->link_sent || !out->started || !out->owed || !out->under_way ||
        !out->open_ms)
        return AP_NO_MEMORY;
    return run_make(m, l, &out->run);
}

void watch_free(struct watch *w) {
    if (w->run.m) run_free(&w->run);
    *w = (struct watch){0};
}

enum ap_status watch_day(struct watch *w, int32_t day) {
    const struct model *m = w->run.m;
    memset(w->need_ticks, 0, w->needs * sizeof *w->need_ticks);
    memset(w->link_ticks, 0, m->n.link * sizeof *w->link_ticks);
    memset(w->link_sent, 0, m->n.link * sizeof *w->link_sent);
    memset(w->started, 0, m->n.stock * sizeof *w->started);
    w->run.clock = look;
    w->run.clock_self = w;
    enum ap_status status = run_day(&w->run, day);
    w->run.clock = NULL;
    return status;
}
