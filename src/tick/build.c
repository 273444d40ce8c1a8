// Stage 5: lines build, unit by unit, in milliseconds inside the tick (M-4.5): blocking after service, levelling afresh
// each day, release gated by parts.
// reads: build_today, stock_on_hand, stock_under_way    writes: shop_*, place_*, build_released, stock_on_hand
#include "tick/floor.h"

enum { CLOCK_MOST_MS = 2000000000 };   // 23 days

// ---- clocks of failures -------------------------------------------------------------------------------------------

// A time of the law: exponential, or geometric in whole cycles.
static double time_from(const struct shop *of, double u, double mean) {
    if (of->failure_law == FAILURE_EXPONENTIAL) return exponential_from(u, mean) + 0.5;
    double chance = of->cycle_ms / mean;
    double cycles = chance >= 1 ? 0 : log_own(u) / log_own(1 - chance);
    return cycles < 1e9 ? (double)(1 + (int64_t)cycles) * of->cycle_ms : 1e18;
}

int32_t clock_draw(const struct floor *f, struct post *at, uint32_t purpose) {
    const struct tick *k = f->k;
    uint32_t number = (uint32_t)at->clocks++;
    int64_t mean = purpose == DRAW_UP ? at->shop->up_ms_mean : at->shop->down_ms_mean;
    double u = draw_uniform(k->luck, who_of(at->shop->who, number), purpose, when_tick(k), number & 65535);
    double ms = time_from(at->shop, u, (double)mean);
    if (ms > CLOCK_MOST_MS) return purpose == DRAW_UP ? -CLOCK_MOST_MS : CLOCK_MOST_MS;
    return ms < 1 ? 1 : (int32_t)ms;
}

// A clock up that is longer than the column can hold is written as minus its longest, and drawn anew when that is over:
// an exponential time does not remember how long it has run.
static int32_t clock_left(const struct post *at) {
    return at->down_left > 0 ? at->down_left : at->up_left < 0 ? -at->up_left : at->up_left;
}

static bool by_cycle(const struct shop *shop) {
    return shop->failures == FAILURES_CYCLE;
}

// Moves a running clock by `dt`; when it runs out the shop goes down or comes back.
static void clock_move(const struct floor *f, struct post *at, int32_t dt) {
    if (at->down_left > 0) {
        at->down_left -= dt;
        if (at->down_left > 0) return;
        if (!by_cycle(at->shop)) at->up_left = clock_draw(f, at, DRAW_UP);
        else if (at->unit == 0) at->up_left = REPAIRED;
        return;
    }
    bool longer = at->up_left < 0;
    at->up_left += longer ? dt : -dt;
    if (at->up_left != 0) return;
    if (longer) at->up_left = clock_draw(f, at, DRAW_UP);
    else at->down_left = clock_draw(f, at, DRAW_DOWN);
}

static bool works(const struct post *at) {
    return at->left > 0 && at->down_left == 0;
}

static bool clock_runs(const struct post *at) {
    if (at->shop->failures == FAILURES_NONE) return false;
    return at->shop->failures == FAILURES_CALENDAR || at->down_left > 0 || (works(at) && !by_cycle(at->shop));
}

// Calendar clocks go on while the line is closed.
static void clocks_pass(struct floor *f, int32_t ms) {
    for (uint32_t i = 0; i < f->shops; i++) {
        struct post *at = &f->station[i];
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
        struct post *at = &f->station[i];
        if (at->shop->failures != FAILURES_NONE && !by_cycle(at->shop) && at->up_left == 0 && at->down_left == 0)
            at->up_left = clock_draw(f, at, DRAW_UP);
    }
}

// ---- events -------------------------------------------------------------------------------------------------------

static int32_t next_event(const struct floor *f, int32_t left) {
    for (uint32_t i = 0; i < f->shops; i++) {
        const struct post *at = &f->station[i];
        if (works(at) && at->left < left) left = at->left;
        if (!clock_runs(at)) continue;
        if (clock_left(at) < left) left = clock_left(at);
    }
    return left;
}

static void time_pass(struct floor *f, int32_t dt) {
    for (uint32_t i = 0; i < f->shops; i++) {
        struct post *at = &f->station[i];
        bool working = works(at), running = clock_runs(at);
        if (!f->finishing) at->level_ms += (int64_t)dt * (at->waiting + (at->unit != 0));
        if (!f->finishing && at->unit == 0) at->empty_ms += dt;
        if (working) {
            at->busy_ms += dt;
            at->left -= dt;
            if (at->left == 0) station_finish(f, at);
        } else if (at->unit && at->left == 0 && !f->finishing) {
            at->blocked_ms += dt;
        }
        if (running) clock_move(f, at, dt);
    }
}

// A slice that flows, or the next event; how long it took.
static int32_t line_step(struct floor *f, int32_t left) {
    int32_t until = left;
    for (uint32_t i = 0; f->flows && i < f->shops; i++) {
        const struct post *at = &f->station[i];
        if (at->shop->failures == FAILURES_NONE) continue;
        if (clock_left(at) < until) until = clock_left(at);
    }
    int32_t dt = f->flows ? flow_run(f, until) : 0;
    for (uint32_t i = 0; dt && i < f->shops; i++)
        if (f->station[i].shop->failures != FAILURES_NONE) clock_move(f, &f->station[i], dt);
    if (dt) return dt;
    dt = next_event(f, left);
    time_pass(f, dt);
    return dt;
}

static void line_run(struct floor *f, int32_t window) {
    floor_settle(f);
    for (int32_t now = 0; now < window;) {
        int32_t dt = line_step(f, window - now);
        now += dt;
        f->now_ms += dt;
        floor_settle(f);
    }
    for (uint32_t i = 0; i < f->shops && !f->finishing; i++)
        f->k->t->shop_open_ms[f->line->first_shop + i] += window;
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
    if (k->day < line->first_day || k->day > line->last_day || k->s->enterprise_down[line->enterprise]) return 0;
    k->x->line_passed[row]++;
    return (int32_t)smaller_of(scaled_ppm(tick_ms, k->x->line_factor[row]), tick_ms);
}

// The line is closed, but finishes what it has begun (M-4.5).
static bool line_finishes(const struct tick *k, const struct line *line) {
    if (line->shift_rule != SHIFT_FINISH) return false;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++)
        if (k->s->shop_unit[i] && k->s->shop_left[i] > 0) return true;
    return false;
}

// When the shift ends, in ms since the first day began: looked for as far as the longest cycle reaches.
static int64_t shift_end(const struct tick *k, const struct line *line, uint32_t row) {
    const struct model *m = k->m;
    int32_t longest = 0, tick_ms = m->tick_seconds * 1000, ticks = 1;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++)
        if (m->shops[i].cycle_ms > longest) longest = m->shops[i].cycle_ms;
    for (; ticks <= longest / tick_ms + 1; ticks++) {
        int32_t tick = k->tick + ticks, day = tick / m->ticks_per_day;
        int level = day < m->days ? calendar_level(m, line->calendar, day, tick % m->ticks_per_day) : LEVEL_CLOSED;
        if (level == LEVEL_CLOSED || level > k->x->line_level[row]) break;
    }
    return ((int64_t)k->tick + ticks) * tick_ms;
}

// A line that builds nothing in this tick: only its clocks go on, for `ms`.
static void line_waits(struct tick *k, const struct line *line, uint32_t row, int32_t ms) {
    struct floor f;
    floor_open_clocks(&f, k, row);
    clocks_start(&f);
    clocks_pass(&f, ms);
    for (uint32_t i = 0; i < line->shops; i++) {
        k->s->shop_up_left[line->first_shop + i] = f.station[i].up_left;
        k->s->shop_down_left[line->first_shop + i] = f.station[i].down_left;
    }
}

static void line_build(struct tick *k, uint32_t row, int32_t tick_ms) {
    const struct line *line = &k->m->lines[row];
    int32_t window = window_of(k, row, tick_ms);
    bool finishing = window == 0 && line_finishes(k, line);
    if (window > 0 && line_rests(k, line)) {
        for (uint32_t i = 0; i < line->shops; i++) k->t->shop_open_ms[line->first_shop + i] += window;
        window = 0;
    }
    if (window == 0 && !finishing) {
        line_waits(k, line, row, tick_ms);
        return;
    }
    struct floor f;
    floor_open(&f, k, row);
    clocks_start(&f);
    f.finishing = finishing;
    f.shift_end_ms = line->shift_rule == SHIFT_FIT ? shift_end(k, line, row) : INT64_MAX;
    if (window > 0) {
        parts_open(&f);
        line_run(&f, window);
        parts_close(&f);
    }
    if (finishing) line_run(&f, tick_ms);
    else if (window < tick_ms) clocks_pass(&f, tick_ms - window);
    floor_close(&f);
}

void lines_build(struct tick *k) {
    int32_t tick_ms = k->m->tick_seconds * 1000;
    for (uint32_t i = 0; i < k->x->part.lines.count; i++) line_build(k, k->x->part.lines.row[i], tick_ms);
}
