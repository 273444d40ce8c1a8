// Units on the floor: release, levelling, buffers, blocking after service. Buffers hold counts per variant, so that the
// state is canonical; the order within a variant is first in, first out by definition.
#include "tick/floor.h"

static uint32_t column_of(const struct floor *f, uint32_t build) {
    return build - f->k->m->lines[f->line].first_build;
}

static void tell(const struct floor *f, enum event_kind kind, uint32_t build) {
    if (!f->k->observer) return;
    struct event e = { .kind = kind, .build = build, .count = 1, .second = f->second_ms / 1000 };
    f->k->observer->see(f->k->observer->self, &e);
}

static int32_t cycle_draw(const struct floor *f, uint32_t shop) {
    struct tick *k = f->k;
    const struct shop *of = &k->m->shops[shop];
    if (of->law == CYCLE_CONSTANT) return of->cycle_ms;
    uint32_t number = (uint32_t)k->x->cycle_number[shop]++;
    double ms;
    if (of->law == CYCLE_EXPONENTIAL)
        ms = exponential_from(draw_uniform(k->luck, of->who, DRAW_CYCLE, (uint32_t)k->tick, number), of->cycle_ms);
    else ms = draw_erlang(k->luck, of->who, DRAW_CYCLE, (uint32_t)k->tick, number * of->shape, of->shape, of->cycle_ms);
    return ms < 0.5 ? 1 : ms > 2e9 ? 2000000000 : (int32_t)(ms + 0.5);
}

static void shop_start(struct floor *f, uint32_t shop, uint32_t build) {
    struct tick *k = f->k;
    k->s->shop_unit[shop] = (int32_t)build;
    k->s->shop_left[shop] = cycle_draw(f, shop);
    if (shop == f->first + f->shops - 1) parts_take(f, build, PARTS_LAST);
}

void floor_finish(struct floor *f, uint32_t shop) {
    struct tick *k = f->k;
    uint32_t build = (uint32_t)k->s->shop_unit[shop];
    k->t->shop_done[shop]++;
    k->s->place_done[k->m->shops[shop].first_place + column_of(f, build)]++;
    f->done[shop - f->first]++;
}

// ---- out of a shop ------------------------------------------------------------------------------------------------

static void unit_to_yard(struct floor *f, uint32_t build) {
    struct tick *k = f->k;
    const struct build *b = &k->m->builds[build];
    k->s->stock_on_hand[b->stock]++;
    k->t->product_made[k->m->stocks[b->stock].product]++;
    k->t->line_made[f->line]++;
    k->t->variant_made[b->variant]++;
    k->figures->made++;
    k->figures->made_nev += k->m->variants[b->variant].nev;
    tell(f, VEHICLE_FINISHED, build);
}

// A finished unit leaves its shop when there is a place; without places the next shop fetches it itself.
static bool unit_leaves(struct floor *f, uint32_t shop) {
    struct state *s = f->k->s;
    const struct shop *of = &f->k->m->shops[shop];
    uint32_t build = (uint32_t)s->shop_unit[shop];
    if (build == 0 || s->shop_left[shop] > 0) return false;
    if (of->next == 0) unit_to_yard(f, build);
    else {
        int32_t *place = &s->place_waiting[of->first_place + column_of(f, build)];
        if (f->waiting[shop - f->first] >= of->buffer || *place >= of->variant_most) return false;
        ++*place;
        f->waiting[shop - f->first]++;
    }
    s->shop_unit[shop] = 0;
    return true;
}

// ---- into a shop --------------------------------------------------------------------------------------------------

static bool feeder_has(const struct floor *f, uint32_t feeder, uint32_t build) {
    const struct state *s = f->k->s;
    if (s->place_waiting[f->k->m->shops[feeder].first_place + column_of(f, build)] > 0) return true;
    return f->k->m->shops[feeder].buffer == 0 && s->shop_unit[feeder] == (int32_t)build && s->shop_left[feeder] == 0;
}

static void feeder_give(struct floor *f, uint32_t feeder, uint32_t build) {
    struct state *s = f->k->s;
    int32_t *place = &s->place_waiting[f->k->m->shops[feeder].first_place + column_of(f, build)];
    if (*place > 0) {
        --*place;
        f->waiting[feeder - f->first]--;
    } else {
        s->shop_unit[feeder] = 0;
    }
}

static bool unit_ready(const struct floor *f, uint32_t shop, uint32_t build) {
    const struct shop *of = &f->k->m->shops[shop];
    for (uint32_t i = 0; i < of->feeders; i++)
        if (!feeder_has(f, f->k->m->feeders[of->first_feeder + i], build)) return false;
    return shop != f->first + f->shops - 1 || parts_suffice(f, build, PARTS_LAST);
}

// Goal chasing: the variant that is furthest behind its share of the day (M-4.5); 0: none can be fetched.
static uint32_t unit_choose(const struct floor *f, uint32_t shop) {
    const struct tick *k = f->k;
    const struct line *line = &k->m->lines[f->line];
    if (line->builds == 1) return unit_ready(f, shop, line->first_build) ? line->first_build : 0;
    const int32_t *done = k->s->place_done + k->m->shops[shop].first_place;
    int64_t ahead = f->done[shop - f->first] + 1, most = INT64_MIN;
    uint32_t best = 0;
    for (uint32_t i = 0; i < line->builds; i++) {
        int64_t score = k->x->build_weight[line->first_build + i] * ahead - done[i] * k->x->line_weight[f->line];
        if (score <= most || !unit_ready(f, shop, line->first_build + i)) continue;
        most = score;
        best = line->first_build + i;
    }
    return best;
}

static bool unit_fetched(struct floor *f, uint32_t shop) {
    uint32_t build = unit_choose(f, shop);
    if (build == 0) return false;
    const struct shop *of = &f->k->m->shops[shop];
    for (uint32_t i = 0; i < of->feeders; i++) feeder_give(f, f->k->m->feeders[of->first_feeder + i], build);
    shop_start(f, shop, build);
    return true;
}

static uint32_t release_choose(const struct floor *f) {
    const struct tick *k = f->k;
    const struct line *line = &k->m->lines[f->line];
    int64_t most = INT64_MIN;
    uint32_t best = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        if (k->s->build_released[b] >= k->s->build_today[b]) continue;
        int64_t score = (int64_t)k->s->build_today[b] * (f->released + 1) - k->s->build_released[b] * f->today;
        if (score <= most || !release_allowed(f, b)) continue;
        most = score;
        best = b;
    }
    return best;
}

static bool unit_released(struct floor *f, uint32_t shop) {
    if (f->released >= f->today) return false;
    uint32_t build = release_choose(f);
    if (build == 0) return false;
    struct tick *k = f->k;
    // A line of several first shops counts a start once, at its first row.
    if (shop == f->first) {
        k->s->build_released[build]++;
        f->released++;
        k->t->line_started[f->line]++;
        k->t->variant_started[k->m->builds[build].variant]++;
        tell(f, VEHICLE_STARTED, build);
    }
    parts_take(f, build, PARTS_FIRST);
    shop_start(f, shop, build);
    return true;
}

void floor_settle(struct floor *f) {
    const struct model *m = f->k->m;
    struct state *s = f->k->s;
    bool moved = true;
    while (moved) {
        moved = false;
        for (uint32_t shop = f->first + f->shops; shop-- > f->first;) {
            moved |= unit_leaves(f, shop);
            if (s->shop_unit[shop] || s->shop_down_left[shop] > 0) continue;
            moved |= m->shops[shop].feeders ? unit_fetched(f, shop) : unit_released(f, shop);
        }
    }
}
