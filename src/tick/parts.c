// Parts of a line in one tick. One look at every stock the line uses tells which may not suffice; only those are
// followed unit by unit, all others are taken in one go when the tick ends (M-4.5).
#include "tick/floor.h"

#include <string.h>

static void shorts_find(struct floor *f) {
    struct scratch *x = f->k->x;
    x->part_count = 0;
    for (uint32_t i = x->first_watch[f->line]; i < x->first_watch[f->line + 1]; i++) {
        const struct watch *w = &x->watches[i];
        int32_t on_hand = f->k->s->stock_on_hand[w->stock];
        if (on_hand >= w->enough) continue;
        x->parts[x->part_count] = (struct short_part){ w->stock, on_hand };
        x->is_short[w->stock] = (uint16_t)++x->part_count;
    }
}

static void short_uses_find(struct floor *f) {
    struct scratch *x = f->k->x;
    const struct model *m = f->k->m;
    const struct line *line = &m->lines[f->line];
    uint32_t at = 0;
    for (uint32_t i = 0; i < line->builds; i++) {
        const struct build *build = &m->builds[line->first_build + i];
        x->first_short_use[i] = at;
        for (uint32_t n = 0; x->part_count && n < build->needs; n++) {
            const struct need *need = &m->needs[build->first_need + n];
            uint16_t part = x->is_short[need->stock];
            if (!part) continue;
            x->short_uses[at++] = (struct short_use){ (uint16_t)(part - 1), n < build->first_needs, need->quantity };
        }
    }
    x->first_short_use[line->builds] = at;
    for (uint32_t i = 0; i < x->part_count; i++) x->is_short[x->parts[i].stock] = 0;
}

void floor_open(struct floor *f) {
    const struct model *m = f->k->m;
    struct scratch *x = f->k->x;
    const struct state *s = f->k->s;
    const struct line *line = &m->lines[f->line];
    ASSERT(line->shops <= MOST_SHOPS);
    for (uint32_t i = 0; i < f->shops; i++) {
        const struct shop *shop = &m->shops[f->first + i];
        f->waiting[i] = 0;
        f->done[i] = 0;
        for (uint32_t b = 0; b < line->builds; b++) {
            f->waiting[i] += s->place_waiting[shop->first_place + b];
            f->done[i] += s->place_done[shop->first_place + b];
        }
    }
    f->today = f->released = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        f->today += s->build_today[b];
        f->released += s->build_released[b];
        x->started[b] = x->assembled[b] = 0;
        x->in_process[b] = build_in_process(m, s, b) - (s->shop_unit[f->first + f->shops - 1] == (int32_t)b);
    }
    x->part_count = 0;
    if (m->set.saturate != SATURATE_LINES) shorts_find(f);
    short_uses_find(f);
}

bool parts_suffice(const struct floor *f, uint32_t build, enum parts_end end) {
    const struct scratch *x = f->k->x;
    if (x->part_count == 0) return true;
    uint32_t column = build - f->k->m->lines[f->line].first_build;
    for (uint32_t i = x->first_short_use[column]; i < x->first_short_use[column + 1]; i++) {
        const struct short_use *use = &x->short_uses[i];
        if (use->first == (end == PARTS_FIRST) && x->parts[use->part].left < use->quantity) return false;
    }
    return true;
}

void parts_take(struct floor *f, uint32_t build, enum parts_end end) {
    struct scratch *x = f->k->x;
    if (end == PARTS_FIRST) x->started[build]++, x->in_process[build]++;
    else x->assembled[build]++, x->in_process[build]--;
    if (x->part_count == 0) return;
    uint32_t column = build - f->k->m->lines[f->line].first_build;
    for (uint32_t i = x->first_short_use[column]; i < x->first_short_use[column + 1]; i++) {
        const struct short_use *use = &x->short_uses[i];
        if (use->first == (end == PARTS_FIRST)) x->parts[use->part].left -= use->quantity;
    }
}

// A body is released only if first-shop parts are there and, for every scarce part of the last shop, what is on hand
// and under way covers the bodies that have not taken theirs yet and this one.
bool release_allowed(const struct floor *f, uint32_t build) {
    const struct scratch *x = f->k->x;
    if (x->part_count == 0) return true;
    if (!parts_suffice(f, build, PARTS_FIRST)) return false;
    uint32_t column = build - f->k->m->lines[f->line].first_build;
    int64_t bodies = x->in_process[build] + 1;
    if (f->shops == 1) return parts_suffice(f, build, PARTS_LAST);
    for (uint32_t i = x->first_short_use[column]; i < x->first_short_use[column + 1]; i++) {
        const struct short_use *use = &x->short_uses[i];
        const struct short_part *part = &x->parts[use->part];
        if (use->first) continue;
        if (part->left + (int64_t)f->k->s->stock_under_way[part->stock] < bodies * use->quantity) return false;
    }
    return true;
}

void floor_close(struct floor *f) {
    const struct model *m = f->k->m;
    const struct line *line = &m->lines[f->line];
    if (m->set.saturate == SATURATE_LINES) return;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        const struct build *build = &m->builds[b];
        int32_t started = f->k->x->started[b], assembled = f->k->x->assembled[b];
        if (started == 0 && assembled == 0) continue;
        for (uint32_t n = 0; n < build->needs; n++) {
            const struct need *need = &m->needs[build->first_need + n];
            int32_t count = (n < build->first_needs ? started : assembled) * need->quantity;
            f->k->s->stock_on_hand[need->stock] -= count;
            f->k->t->product_used[m->stocks[need->stock].product] += count;
        }
    }
}
