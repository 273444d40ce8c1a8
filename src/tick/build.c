// Stage 5: lines build, unit by unit, in milliseconds inside the tick (M-4.5): blocking after service, levelling afresh
// each day, release gated by parts.
// reads: build_today, stock_on_hand, stock_under_way    writes: shop_*, place_*, build_released, stock_on_hand
#include "tick/floor.h"

enum { CLOCK_MOST_MS = 2000000000 };   // 23 days

// ---- clocks of failures -------------------------------------------------------------------------------------------

static int32_t clock_draw(const struct floor *f, struct station *at, uint32_t purpose) {
    const struct tick *k = f->k;
    uint32_t number = (uint32_t)at->clocks++;
    int64_t mean = purpose == DRAW_UP ? at->shop->up_ms_mean : at->shop->down_ms_mean;
    double u = draw_uniform(k->luck, who_of(at->shop->who, number), purpose, when_tick(k), number & 65535);
    double ms = exponential_from(u, (double)mean) + 0.5;
    if (ms > CLOCK_MOST_MS) return purpose == DRAW_UP ? -CLOCK_MOST_MS : CLOCK_MOST_MS;
    return ms < 1 ? 1 : (int32_t)ms;
}

// A clock up that is longer than the column can hold is written as minus its longest, and drawn anew when that is over:
// an exponential time does not remember how long it has run.
static int32_t clock_left(const struct station *at) {
    return at->down_left > 0 ? at->down_left : at->up_left < 0 ? -at->up_left : at->up_left;
}

// Moves a running clock by `dt`; when it runs out the shop goes down or comes back.
static void clock_move(const struct floor *f, struct station *at, int32_t dt) {
    if (at->down_left > 0) {
        at->down_left -= dt;
        if (at->down_left == 0) at->up_left = clock_draw(f, at, DRAW_UP);
        return;
    }
    bool longer = at->up_left < 0;
    at->up_left += longer ? dt : -dt;
    if (at->up_left != 0) return;
    if (longer) at->up_left = clock_draw(f, at, DRAW_UP);
    else at->down_left = clock_draw(f, at, DRAW_DOWN);
}

static bool works(const struct station *at) {
    return at->left > 0 && at->down_left == 0;
}

static bool clock_runs(const struct station *at) {
    if (at->shop->failures == FAILURES_NONE) return false;
    return at->shop->failures == FAILURES_CALENDAR || at->down_left > 0 || works(at);
}

// Calendar clocks go on while the line is closed.
static void clocks_pass(struct floor *f, int32_t ms) {
    for (uint32_t i = 0; i < f->shops; i++) {
        struct station *at = &f->station[i];
        if (at->shop->failures != FAILURES_CALENDAR) continue;
        for (int32_t left = ms; left > 0;) {
            int32_t until = clock_left(at), step = until < left ? until : left;
            clock_move(f, at, step);
            left -= step;
        }
    }
}

static void clocks_start(struct floor *f) {
    for (uint32_t i = 0; i < f->shops; i++) {
        struct station *at = &f->station[i];
        if (at->shop->failures != FAILURES_NONE && at->up_left == 0 && at->down_left == 0)
            at->up_left = clock_draw(f, at, DRAW_UP);
    }
}

// ---- events -------------------------------------------------------------------------------------------------------

static int32_t next_event(const struct floor *f, int32_t left) {
    for (uint32_t i = 0; i < f->shops; i++) {
        const struct station *at = &f->station[i];
        if (works(at) && at->left < left) left = at->left;
        if (!clock_runs(at)) continue;
        if (clock_left(at) < left) left = clock_left(at);
    }
    return left;
}

static void time_pass(struct floor *f, int32_t dt) {
    for (uint32_t i = 0; i < f->shops; i++) {
        struct station *at = &f->station[i];
        bool working = works(at), running = clock_runs(at);
        at->level_ms += (int64_t)dt * (at->waiting + (at->unit != 0));
        if (working) {
            at->busy_ms += dt;
            at->left -= dt;
            if (at->left == 0) station_finish(f, at);
        } else if (at->unit && at->left == 0) {
            at->blocked_ms += dt;
        }
        if (running) clock_move(f, at, dt);
    }
}

static void line_run(struct floor *f, int32_t window) {
    floor_settle(f);
    for (int32_t now = 0; now < window;) {
        int32_t dt = next_event(f, window - now);
        time_pass(f, dt);
        now += dt;
        f->now_ms += dt;
        floor_settle(f);
    }
    for (uint32_t i = 0; i < f->shops; i++) f->k->t->shop_open_ms[f->line->first_shop + i] += window;
}

// Nothing to start and nothing on the shops: the tick passes the line by, but for its clocks.
static bool line_rests(const struct tick *k, const struct line *line) {
    const struct model *m = k->m;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++)
        if (k->s->shop_unit[i]) return false;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
        if (k->s->build_today[b] > k->s->build_released[b]) return false;
    for (uint32_t p = m->shops[line->first_shop].first_place, i = 0; i < line->shops * line->builds; i++)
        if (k->s->place_waiting[p + i]) return false;
    return true;
}

static int32_t window_of(const struct tick *k, uint32_t row, int32_t tick_ms) {
    const struct line *line = &k->m->lines[row];
    int level = calendar_level(k->m, line->calendar, k->day, k->tick_of_day);
    if (level == LEVEL_CLOSED || level > k->x->line_level[row]) return 0;
    if (k->day < line->first_day || k->day > line->last_day) return 0;
    k->x->line_passed[row]++;
    return (int32_t)smaller_of(scaled_ppm(tick_ms, k->x->line_factor[row]), tick_ms);
}

void lines_build(struct tick *k) {
    int32_t tick_ms = k->m->tick_seconds * 1000;
    for (uint32_t row = 1; row < k->m->n.line; row++) {
        const struct line *line = &k->m->lines[row];
        int32_t window = window_of(k, row, tick_ms);
        struct floor f;
        floor_open(&f, k, row);
        clocks_start(&f);
        if (window > 0 && line_rests(k, line)) {
            for (uint32_t i = 0; i < line->shops; i++) k->t->shop_open_ms[line->first_shop + i] += window;
            window = 0;
        }
        if (window > 0) {
            parts_open(&f);
            line_run(&f, window);
            parts_close(&f);
        }
        if (window < tick_ms) clocks_pass(&f, tick_ms - window);
        floor_close(&f);
    }
}
