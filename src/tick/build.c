// Stage 5: lines build, unit by unit, in milliseconds inside the tick (M-4.5): blocking after service, levelling afresh
// each day, release gated by parts.
// reads: build_today, stock_on_hand, stock_under_way    writes: shop_*, place_*, build_released, stock_on_hand
#include "tick/floor.h"

// ---- clocks of failures -------------------------------------------------------------------------------------------

static int32_t clock_draw(const struct floor *f, uint32_t shop, uint32_t purpose, int32_t mean) {
    struct tick *k = f->k;
    uint32_t number = (uint32_t)k->x->clock_number[shop]++;
    double u = draw_uniform(k->luck, k->m->shops[shop].who, purpose, (uint32_t)k->tick, number);
    double ms = exponential_from(u, mean) + 0.5;
    return ms < 1 ? 1 : ms > 2e9 ? 2000000000 : (int32_t)ms;
}

// Moves the clock of a shop that is not stopped by `dt`; a clock that runs out changes up to down or back.
static void clock_move(struct floor *f, uint32_t shop, int32_t dt) {
    const struct shop *of = &f->k->m->shops[shop];
    struct state *s = f->k->s;
    if (s->shop_down_left[shop] > 0) {
        s->shop_down_left[shop] -= dt;
        if (s->shop_down_left[shop] == 0) s->shop_up_left[shop] = clock_draw(f, shop, DRAW_UP, of->up_ms_mean);
        return;
    }
    s->shop_up_left[shop] -= dt;
    if (s->shop_up_left[shop] == 0) s->shop_down_left[shop] = clock_draw(f, shop, DRAW_DOWN, of->down_ms_mean);
}

static bool works(const struct state *s, uint32_t shop) {
    return s->shop_unit[shop] && s->shop_left[shop] > 0 && s->shop_down_left[shop] == 0;
}

static bool clock_runs(const struct floor *f, uint32_t shop) {
    const struct shop *of = &f->k->m->shops[shop];
    if (of->failures == FAILURES_NONE) return false;
    return of->failures == FAILURES_CALENDAR || f->k->s->shop_down_left[shop] > 0 || works(f->k->s, shop);
}

// Calendar clocks go on while the line is closed.
static void clocks_pass(struct floor *f, int32_t ms) {
    for (uint32_t i = f->first; i < f->first + f->shops; i++) {
        if (f->k->m->shops[i].failures != FAILURES_CALENDAR) continue;
        for (int32_t left = ms; left > 0;) {
            int32_t down = f->k->s->shop_down_left[i], until = down > 0 ? down : f->k->s->shop_up_left[i];
            int32_t step = until < left ? until : left;
            clock_move(f, i, step);
            left -= step;
        }
    }
}

// ---- events -------------------------------------------------------------------------------------------------------

static int32_t next_event(const struct floor *f, int32_t left) {
    const struct state *s = f->k->s;
    for (uint32_t i = f->first; i < f->first + f->shops; i++) {
        if (works(s, i) && s->shop_left[i] < left) left = s->shop_left[i];
        if (!clock_runs(f, i)) continue;
        int32_t until = s->shop_down_left[i] > 0 ? s->shop_down_left[i] : s->shop_up_left[i];
        if (until < left) left = until;
    }
    return left;
}

static void time_pass(struct floor *f, int32_t dt) {
    struct state *s = f->k->s;
    struct tally *t = f->k->t;
    for (uint32_t i = f->first; i < f->first + f->shops; i++) {
        bool working = works(s, i), running = clock_runs(f, i);
        t->shop_open_ms[i] += dt;
        t->shop_level_ms[i] += (int64_t)dt * (f->waiting[i - f->first] + (s->shop_unit[i] != 0));
        if (working) {
            t->shop_busy_ms[i] += dt;
            s->shop_left[i] -= dt;
            if (s->shop_left[i] == 0) floor_finish(f, i);
        } else if (s->shop_unit[i] && s->shop_left[i] == 0) {
            t->shop_blocked_ms[i] += dt;
        }
        if (running) clock_move(f, i, dt);
    }
}

static void line_run(struct floor *f, int32_t window) {
    int32_t now = 0;
    f->second_ms = (int64_t)f->k->tick * f->k->m->tick_seconds * 1000;
    floor_settle(f);
    while (now < window) {
        int32_t dt = next_event(f, window - now);
        time_pass(f, dt);
        now += dt;
        f->second_ms += dt;
        floor_settle(f);
    }
}

static void clocks_start(struct floor *f) {
    for (uint32_t i = f->first; i < f->first + f->shops; i++) {
        f->k->x->cycle_number[i] = 0;
        f->k->x->clock_number[i] = 0;
        const struct shop *of = &f->k->m->shops[i];
        bool drawn = f->k->s->shop_up_left[i] > 0 || f->k->s->shop_down_left[i] > 0;
        if (of->failures != FAILURES_NONE && !drawn)
            f->k->s->shop_up_left[i] = clock_draw(f, i, DRAW_UP, of->up_ms_mean);
    }
}

void lines_build(struct tick *k) {
    const struct model *m = k->m;
    int32_t tick_ms = m->tick_seconds * 1000;
    for (uint32_t l = 1; l < m->n.line; l++) {
        const struct line *line = &m->lines[l];
        struct floor f = { .k = k, .line = l, .first = line->first_shop, .shops = line->shops };
        int level = calendar_level(m, line->calendar, k->day, k->tick_of_day);
        bool open = level != LEVEL_CLOSED && level <= k->x->line_level[l];
        open &= k->day >= line->first_day && k->day <= line->last_day;
        int32_t window = open ? (int32_t)scaled_ppm(tick_ms, k->x->line_factor[l]) : 0;
        if (window > tick_ms) window = tick_ms;
        clocks_start(&f);
        if (window > 0) {
            floor_open(&f);
            line_run(&f, window);
            floor_close(&f);
        }
        if (window < tick_ms) clocks_pass(&f, tick_ms - window);
    }
}
