// Units on the floor: release, levelling, buffers, blocking after service. Buffers hold counts per variant, so that the
// state is canonical; the order within a variant is first in, first out by definition.
#include "tick/floor.h"

static void clock_open(const struct tick *k, uint32_t shop, struct post *at) {
    at->shop = &k->m->shops[shop];
    at->unit = k->s->shop_unit[shop];
    at->left = k->s->shop_left[shop];
    at->up_left = k->s->shop_up_left[shop];
    at->down_left = k->s->shop_down_left[shop];
    at->clocks = 0;
}

static void station_open(const struct tick *k, const struct line *line, uint32_t shop, struct post *at) {
    clock_open(k, shop, at);
    at->place = k->s->place_waiting + at->shop->first_place;
    at->place_done = k->s->place_done + at->shop->first_place;
    at->waiting = at->cycles = 0;
    at->done = at->busy_ms = at->blocked_ms = at->empty_ms = at->level_ms = at->finished = 0;
    at->row_drawn = 0;
    for (uint32_t b = 0; b < line->builds; b++) {
        at->waiting += at->place[b];
        at->done += at->place_done[b];
    }
}

// M-4.5: the day's plan is spread over the line's open ticks, so that parts are asked for at the pace they are planned
// for; a line that fell behind runs at its own speed until it is back.
static int64_t pace_of(const struct floor *f) {
    int32_t ticks = f->k->x->line_ticks[f->row], passed = f->k->x->line_passed[f->row];
    return passed < ticks ? ceil_div(f->today * passed, ticks) : f->today;
}

// The fewest places of a store that one variant may hold: with more bodies in process it could stand in every other
// variant's way (M-4.5).
static int32_t bodies_most(const struct floor *f) {
    int32_t most = INT32_MAX;
    for (uint32_t i = 0; i < f->shops; i++) {
        const struct shop *shop = f->station[i].shop;
        if (!shop->side && shop->variant_most < shop->buffer && shop->variant_most < most) most = shop->variant_most;
    }
    return most;
}

static void floor_begin(struct floor *f, struct tick *k, uint32_t row) {
    f->k = k;
    f->line = &k->m->lines[row];
    f->row = row;
    f->shops = f->line->shops;
    ASSERT(f->shops <= MOST_SHOPS);
}

void floor_open_clocks(struct floor *f, struct tick *k, uint32_t row) {
    floor_begin(f, k, row);
    for (uint32_t i = 0; i < f->shops; i++) clock_open(k, f->line->first_shop + i, &f->station[i]);
}

void floor_open(struct floor *f, struct tick *k, uint32_t row) {
    const struct line *line = &k->m->lines[row];
    floor_begin(f, k, row);
    f->now_ms = (int64_t)k->tick * k->m->tick_seconds * 1000;
    f->today = f->released = 0;
    f->weight = k->x->build_weight + line->first_build;
    f->weights = k->x->line_weight[row];
    for (uint32_t i = 0; i < line->shops; i++) station_open(k, line, line->first_shop + i, &f->station[i]);
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        f->today += k->s->build_today[b];
        f->released += k->s->build_released[b];
    }
    f->pace = pace_of(f);
    f->gated = false;
    f->flows = k->x->line_flows[row] && !k->observer;
    f->bodies_most = bodies_most(f);
}

void floor_close(struct floor *f) {
    struct state *s = f->k->s;
    struct tally *t = f->k->t;
    for (uint32_t i = 0; i < f->shops; i++) {
        const struct post *at = &f->station[i];
        uint32_t shop = f->line->first_shop + i;
        s->shop_unit[shop] = at->unit;
        s->shop_left[shop] = at->left;
        s->shop_up_left[shop] = at->up_left;
        s->shop_down_left[shop] = at->down_left;
        t->shop_done[shop] += at->finished;
        t->shop_busy_ms[shop] += at->busy_ms;
        t->shop_blocked_ms[shop] += at->blocked_ms;
        t->shop_empty_ms[shop] += at->empty_ms;
        t->shop_level_ms[shop] += at->level_ms;
    }
}

static void tell(const struct floor *f, enum event_kind kind, uint32_t build) {
    if (!f->k->observer) return;
    struct event e = { .kind = kind, .build = build, .count = 1, .second = f->now_ms / 1000 };
    f->k->observer->see(f->k->observer->self, &e);
}

static void row_draw(const struct floor *f, struct post *at, uint32_t row) {
    const struct tick *k = f->k;
    const struct shop *of = at->shop;
    double times[TIMES_ROW];
    struct time_law law = { of->law == CYCLE_EXPONENTIAL ? 1 : of->shape, of->cycle_ms };
    draw_times(k->luck, (struct draw_key){ of->who, DRAW_CYCLE, when_tick(k) }, row, law, times);
    for (int i = 0; i < TIMES_ROW; i++) {
        double ms = times[i] + 0.5;
        at->row[i] = ms < 1 ? 1 : ms > 2e9 ? 2000000000 : (int32_t)ms;
    }
    at->row_drawn = row + 1;
}

int32_t station_cycle(const struct floor *f, struct post *at, uint32_t number) {
    if (at->shop->law == CYCLE_CONSTANT) return at->shop->cycle_ms;
    if (at->row_drawn != number / TIMES_ROW + 1) row_draw(f, at, number / TIMES_ROW);
    return at->row[number % TIMES_ROW];
}

static bool is_last(const struct floor *f, const struct post *at) {
    return at == &f->station[f->shops - 1];
}

// M-4.5: failures by the cycle are drawn when a unit could begin: one draw for each unit.
static bool station_breaks(const struct floor *f, struct post *at) {
    const struct tick *k = f->k;
    bool repaired = at->up_left == REPAIRED;
    if (at->shop->failures != FAILURES_CYCLE) return false;
    at->up_left = 0;
    if (repaired) return false;
    uint32_t number = (uint32_t)at->clocks++;
    double u = draw_uniform(k->luck, who_of(at->shop->who, number), DRAW_BREAK, when_tick(k), number & 65535);
    if (u * (double)at->shop->up_ms_mean >= at->shop->cycle_ms) return false;
    at->down_left = clock_draw(f, at, DRAW_DOWN);
    return true;
}

// Whether the shop may begin a unit now: within its shift, and with a place behind it where it needs one.
static bool may_begin(const struct floor *f, const struct post *at, uint32_t column) {
    if (f->finishing || f->now_ms + at->shop->cycle_ms > f->shift_end_ms) return false;
    if (at->shop->blocking == BLOCKING_AFTER || at->shop->next == 0) return true;
    bool held = at->shop->blocking == BLOCKING_HOLD && f->station[at->shop->next - f->line->first_shop].unit != 0;
    return at->waiting + held < at->shop->buffer && at->place[column] < at->shop->variant_most;
}

static void station_start(struct floor *f, struct post *at, uint32_t build) {
    at->unit = (int32_t)build;
    if (!f->line->plain && at->shop->blocking == BLOCKING_AFTER) station_breaks(f, at);
    at->left = station_cycle(f, at, (uint32_t)at->cycles++);
    if (is_last(f, at)) parts_take(f, build, PARTS_LAST);
}

void station_finish(struct floor *f, struct post *at) {
    at->finished++;
    at->done++;
    at->place_done[(uint32_t)at->unit - f->line->first_build]++;
}

// ---- out of a shop ------------------------------------------------------------------------------------------------

void units_to_yard(struct floor *f, uint32_t build, int32_t count) {
    struct tick *k = f->k;
    const struct build *b = &k->m->builds[build];
    k->s->stock_on_hand[b->stock] += count;
    k->t->stock_made[b->stock] += count;
    k->t->line_made[f->row] += count;
    k->t->variant_made[b->variant] += count;
    struct day_figures *figures = figures_of(k, k->x->part.on ? k->x->part.clusters->of_variant[b->variant] : 0);
    figures->made += count;
    if (k->m->variants[b->variant].nev) figures->made_nev += count;
}

// A finished unit leaves its shop when there is a place; without places the next shop fetches it itself.
static bool unit_leaves(struct floor *f, struct post *at) {
    if (at->unit == 0 || at->left > 0) return false;
    if (at->shop->next == 0) {
        units_to_yard(f, (uint32_t)at->unit, 1);
        tell(f, VEHICLE_FINISHED, (uint32_t)at->unit);
    } else {
        int32_t *place = &at->place[(uint32_t)at->unit - f->line->first_build];
        if (at->waiting >= at->shop->buffer || *place >= at->shop->variant_most) return false;
        ++*place;
        at->waiting++;
    }
    at->unit = 0;
    return true;
}

// ---- into a shop --------------------------------------------------------------------------------------------------

static struct post *feeder_of(struct floor *f, const struct post *at, uint32_t i) {
    return &f->station[f->k->m->feeders[at->shop->first_feeder + i] - f->line->first_shop];
}

static bool feeder_has(const struct post *feeder, uint32_t column, uint32_t build) {
    if (feeder->place[column] > 0) return true;
    return feeder->shop->buffer == 0 && feeder->unit == (int32_t)build && feeder->left == 0;
}

static void feeder_give(struct post *feeder, uint32_t column) {
    if (feeder->place[column] > 0) {
        feeder->place[column]--;
        feeder->waiting--;
    } else {
        feeder->unit = 0;
    }
}

// What a side branch makes fits every variant; it is counted in the first column.
static uint32_t column_from(const struct post *feeder, uint32_t column) {
    return feeder->shop->side ? 0 : column;
}

static bool unit_ready(struct floor *f, const struct post *at, uint32_t column) {
    uint32_t first = f->line->first_build;
    if (!f->line->plain && !may_begin(f, at, column)) return false;
    for (uint32_t i = 0; i < at->shop->feeders; i++) {
        const struct post *feeder = feeder_of(f, at, i);
        uint32_t from = column_from(feeder, column);
        if (!feeder_has(feeder, from, first + from)) return false;
    }
    return !is_last(f, at) || parts_suffice(f, first + column, PARTS_LAST);
}

// Goal chasing: the variant that is furthest behind its share of the day (M-4.5); UINT32_MAX: none can be fetched.
static uint32_t unit_choose(struct floor *f, const struct post *at) {
    int64_t ahead = at->done + 1, most = INT64_MIN;
    uint32_t best = UINT32_MAX;
    if (at->shop->side) return unit_ready(f, at, 0) ? 0 : best;
    const struct post *feeder = feeder_of(f, at, 0);
    bool buffered = feeder->shop->buffer > 0 && !feeder->shop->side;
    for (uint32_t i = 0; i < f->line->builds; i++) {
        if (buffered && feeder->place[i] == 0) continue;
        int64_t score = (int64_t)f->weight[i] * ahead - at->place_done[i] * f->weights;
        if (score <= most || !unit_ready(f, at, i)) continue;
        most = score;
        best = i;
    }
    return best;
}

static bool unit_fetched(struct floor *f, struct post *at) {
    const struct post *feeder = feeder_of(f, at, 0);
    if (feeder->waiting == 0 && (feeder->shop->buffer || feeder->unit == 0 || feeder->left)) return false;
    uint32_t column = unit_choose(f, at);
    if (column == UINT32_MAX) return false;
    if (at->shop->blocking != BLOCKING_AFTER && station_breaks(f, at)) return true;
    for (uint32_t i = 0; i < at->shop->feeders; i++)
        feeder_give(feeder_of(f, at, i), column_from(feeder_of(f, at, i), column));
    station_start(f, at, f->line->first_build + column);
    return true;
}

static uint32_t release_choose(struct floor *f) {
    const struct state *s = f->k->s;
    int64_t most = INT64_MIN;
    uint32_t best = 0;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        if (s->build_released[b] >= s->build_today[b]) continue;
        if (f->parts_matter && f->k->x->in_process[b] >= f->bodies_most) {
            f->gated = true;
            continue;
        }
        int64_t score = (int64_t)s->build_today[b] * (f->released + 1) - s->build_released[b] * f->today;
        if (score <= most || !release_allowed(f, b)) continue;
        most = score;
        best = b;
    }
    return best;
}

static struct post *next_of(struct floor *f, const struct post *at) {
    return &f->station[at->shop->next - f->line->first_shop];
}

// Units from a shop on to a join, the join not counted.
static int64_t units_before(struct floor *f, const struct post *at, const struct post *join) {
    int64_t count = 0;
    for (; at != join; at = next_of(f, at)) count += at->waiting + (at->unit != 0);
    return count;
}

// A side branch keeps step: it is ahead of the vehicles by at most what will still be released today, so that it is
// empty when the day's plan is met. Following variant by variant was refused: a branch that holds one variant while its
// mate stands behind another would wait for ever.
static bool side_started(struct floor *f, struct post *at) {
    const struct post *join = at;
    while (join->shop->side) join = next_of(f, join);
    int64_t ahead = units_before(f, at, join) - units_before(f, &f->station[0], join);
    if (ahead >= f->today - f->released) return false;
    if (at->shop->blocking != BLOCKING_AFTER && station_breaks(f, at)) return true;
    f->k->t->shop_begun[(uint32_t)(at - f->station) + f->line->first_shop]++;
    station_start(f, at, f->line->first_build);
    return true;
}

static bool unit_released(struct floor *f, struct post *at) {
    struct tick *k = f->k;
    if (!f->line->plain && !may_begin(f, at, 0)) return false;
    if (at->shop->side) return side_started(f, at);
    uint32_t build = f->released < f->pace ? release_choose(f) : 0;
    if (build == 0) {
        if (!f->gated) f->pace = f->released;   // no part that was missing comes within the tick
        f->gated = false;
        return false;
    }
    if (at->shop->blocking != BLOCKING_AFTER && station_breaks(f, at)) return true;
    k->s->build_released[build]++;
    f->released++;
    k->t->line_started[f->row]++;
    k->t->variant_started[k->m->builds[build].variant]++;
    tell(f, VEHICLE_STARTED, build);
    parts_take(f, build, PARTS_FIRST);
    station_start(f, at, build);
    return true;
}

void floor_settle(struct floor *f) {
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t i = f->shops; i-- > 0;) {
            struct post *at = &f->station[i];
            moved |= unit_leaves(f, at);
            // A shop that is down still takes a unit in and holds it (M-4.5).
            bool holds = at->shop->feeders && at->shop->blocking == BLOCKING_AFTER;
            if (at->unit || (at->down_left > 0 && !holds)) continue;
            moved |= at->shop->feeders ? unit_fetched(f, at) : unit_released(f, at);
        }
    }
}
