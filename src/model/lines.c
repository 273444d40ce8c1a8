// Lines: shops in the order of the flow, places, feeders; and builds, the variants of a line with what they need.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

// Places the shops of one line from its first to its last; a shop named by several as `next` joins their units.
static void shops_place(struct builder *b, struct line *line, uint32_t *shop_of) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    line->first_shop = m->n.shop;
    uint32_t total = 0, ends = 0;
    for (uint32_t i = 1; i <= t->shops_count; i++) total += t->shops[i].line == line->table_row;
    for (uint32_t placed = 0; placed < total;) {
        uint32_t best = 0;
        for (uint32_t i = 1; i <= t->shops_count; i++) {
            const struct shop_row *row = &t->shops[i];
            if (row->line != line->table_row || shop_of[i]) continue;
            bool ready = true;
            for (uint32_t k = 1; k <= t->shops_count; k++)
                ready &= !(t->shops[k].line == row->line && !shop_of[k] && strcmp(t->shops[k].next, row->shop) == 0);
            if (ready && (!best || strcmp(row->shop, t->shops[best].shop) < 0)) best = i;
        }
        if (!best) {
            complain(b->c, t->lines[line->table_row].common.source, 0, NULL, "CYCLIC_SHOPS", NULL,
                     "the shops of line \"%s\" lead round in a circle", t->lines[line->table_row].line);
            return;
        }
        ends += t->shops[best].next[0] == 0;
        shop_of[best] = m->n.shop++;
        placed++;
    }
    line->shops = m->n.shop - line->first_shop;
    if (total == 0 || ends != 1)
        complain(b->c, t->lines[line->table_row].common.source, 0, NULL, "LINE_WITHOUT_END",
                 "exactly one shop has an empty `next`", "line \"%s\" has %u shops and %u last ones",
                 t->lines[line->table_row].line, total, ends);
}

static int64_t milliseconds(double hours) {
    return (int64_t)(hours * 3600e3 + 0.5);
}

static void shop_fill(struct builder *b, uint32_t row, uint32_t line, const uint32_t *shop_of) {
    const struct shop_row *from = &b->t->shops[row];
    struct model *m = b->m;
    struct shop *shop = &m->shops[shop_of[row]];
    const struct line *l = &m->lines[line];
    uint64_t who = hash_pair(l->who, hash_text(from->shop));
    double cycle = drawn(b, who, &from->common, from->cycle_seconds);
    double most = from->variant_share * (double)from->buffer;
    *shop = (struct shop){
        .who = who, .table_row = row, .line = line,
        .cycle_ms = cycle * 1000 < 1 ? 1 : (int32_t)(cycle * 1000 + 0.5),
        .up_ms_mean = milliseconds(from->up_hours), .down_ms_mean = milliseconds(from->down_hours),
        .buffer = (int32_t)from->buffer, .variant_most = most < 1 ? 1 : (int32_t)most,
        .law = (uint8_t)from->cycle_law, .shape = (uint8_t)from->shape, .failures = (uint8_t)from->failures,
    };
    if (l->builds <= 1) shop->variant_most = shop->buffer;
    for (uint32_t k = 1; k <= b->t->shops_count; k++)
        if (b->t->shops[k].line == from->line && from->next[0] && strcmp(b->t->shops[k].shop, from->next) == 0)
            shop->next = shop_of[k];
    if (from->next[0] && !shop->next)
        complain(b->c, from->common.source, 0, NULL, "UNKNOWN_SHOP", NULL, "line has no shop \"%s\"", from->next);
}

static void feeders_place(struct builder *b) {
    struct model *m = b->m;
    m->feeders = model_take(b, m->n.shop, sizeof *m->feeders);
    if (b->refused) return;
    uint32_t at = 0;
    for (uint32_t j = 1; j < m->n.shop; j++) {
        m->shops[j].first_feeder = at;
        for (uint32_t i = 1; i < m->n.shop; i++)
            if (m->shops[i].next == j) m->feeders[at++] = i;
        m->shops[j].feeders = at - m->shops[j].first_feeder;
    }
}

static void lines_sort(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t count = t->lines_count;
    struct sorted *order = scratch_take(b, count, sizeof *order);
    b->line_of = scratch_take(b, count + 1, sizeof *b->line_of);
    m->lines = model_take(b, count + 1, sizeof *m->lines);
    if (b->refused) return;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ t->lines[i + 1].line, i + 1 };
    sorted_order(order, count);
    m->n.line = count + 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct line_row *row = &t->lines[order[i].row];
        uint32_t plant = b->enterprise_of[row->enterprise];
        b->line_of[order[i].row] = i + 1;
        m->lines[i + 1] = (struct line){
            .who = hash_text(row->line), .table_row = order[i].row, .enterprise = plant,
            .calendar = row->calendar ? row->calendar : m->enterprises[plant].calendar,
            .first_day = row->from == DATE_NONE ? INT32_MIN : row->from - m->first_day,
            .last_day = row->until == DATE_NONE ? INT32_MAX : row->until - m->first_day,
        };
    }
}

// Counts and numbers the builds: a line's are consecutive, in the order of the variants.
static void builds_number(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t room = 1;
    for (uint32_t i = 1; i <= t->builds_count; i++)
        for (uint32_t v = 1; v < m->n.variant; v++)
            room += t->variants[m->variants[v].table_row].platform == t->builds[i].platform;
    m->builds = model_take(b, room, sizeof *m->builds);
    if (b->refused) return;
    m->n.build = 1;
    for (uint32_t l = 1; l < m->n.line; l++) {
        m->lines[l].first_build = m->n.build;
        for (uint32_t v = 1; v < m->n.variant; v++)
            for (uint32_t i = 1; i <= t->builds_count; i++) {
                if (b->line_of[t->builds[i].line] != l) continue;
                if (t->variants[m->variants[v].table_row].platform != t->builds[i].platform) continue;
                uint64_t who = hash_pair(m->lines[l].who, m->variants[v].who);
                double share = drawn(b, who, &t->builds[i].common, t->builds[i].share);
                m->builds[m->n.build++] = (struct build){ .line = l, .variant = v, .who = who,
                                                          .share_ppm = (int32_t)(share * 1e6 + 0.5) };
            }
        m->lines[l].builds = m->n.build - m->lines[l].first_build;
    }
}

// A variant's orders are split over its lines in proportion to the shares of lines that run at all.
static void shares_scale(struct builder *b) {
    struct model *m = b->m;
    m->build_of_variant = model_take(b, m->n.build, sizeof *m->build_of_variant);
    if (b->refused) return;
    uint32_t at = 0;
    for (uint32_t v = 1; v < m->n.variant; v++) {
        m->variants[v].first_build = at;
        int64_t sum = 0;
        for (uint32_t k = 1; k < m->n.build; k++)
            if (m->builds[k].variant == v) m->build_of_variant[at++] = k, sum += m->builds[k].share_ppm;
        m->variants[v].builds = at - m->variants[v].first_build;
        for (uint32_t i = m->variants[v].first_build; i < at && sum > 0; i++) {
            struct build *build = &m->builds[m->build_of_variant[i]];
            build->share_ppm = (int32_t)((int64_t)build->share_ppm * 1000000 / sum);
        }
    }
}

// Vehicles go from a line's first shop to its last; other branches bring sub-assemblies to the joins.
static void sides_mark(struct model *m) {
    for (uint32_t k = 1; k < m->n.shop; k++) m->shops[k].side = true;
    for (uint32_t l = 1; l < m->n.line; l++)
        for (uint32_t k = m->lines[l].first_shop; k; k = m->shops[k].next) m->shops[k].side = false;
    for (uint32_t k = 1; k < m->n.shop; k++)   // what a side branch makes is of no variant
        if (m->shops[k].side) m->shops[k].variant_most = m->shops[k].buffer;
}

void lines_build_rows(struct builder *b) {
    struct model *m = b->m;
    lines_sort(b);
    uint32_t *shop_of = scratch_take(b, b->t->shops_count + 1, sizeof *shop_of);
    m->shops = model_take(b, b->t->shops_count + 1, sizeof *m->shops);
    if (b->refused) return;
    m->n.shop = 1;
    builds_number(b);
    if (b->refused) return;
    uint64_t before = b->c->count;
    for (uint32_t l = 1; l < m->n.line; l++) shops_place(b, &m->lines[l], shop_of);
    if (b->c->count > before) return;
    m->n.place = 1;
    for (uint32_t i = 1; i <= b->t->shops_count; i++)
        shop_fill(b, i, b->line_of[b->t->shops[i].line], shop_of);
    for (uint32_t k = 1; k < m->n.shop; k++) {
        m->shops[k].first_place = m->n.place;
        m->n.place += m->lines[m->shops[k].line].builds;
    }
    sides_mark(m);
    for (uint32_t l = 1; l < m->n.line; l++) {
        int32_t slowest = 1;
        for (uint32_t k = 0; k < m->lines[l].shops; k++) {
            int32_t cycle = m->shops[m->lines[l].first_shop + k].cycle_ms;
            slowest = cycle > slowest ? cycle : slowest;
        }
        m->lines[l].units_per_hour_milli = 3600000000LL / slowest;
    }
    feeders_place(b);
    shares_scale(b);
}

// What one vehicle of the build needs from its plant's stocks, first-shop needs first.
static void needs_place(struct builder *b, struct build *build, struct list *needs, int32_t at) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    const struct variant_row *variant = &t->variants[m->variants[build->variant].table_row];
    uint32_t count, first = bom_rows(b, t->platforms[variant->platform].bill, &count);
    uint32_t enterprise = m->lines[build->line].enterprise;
    for (uint32_t i = first; i < first + count; i++) {
        const struct bom_row *row = &t->bom[b->bom[i].row];
        if (row->at != at || (row->option[0] && !option_listed(variant->options, row->option))) continue;
        uint32_t product = product_draft(b, row->component, variant->platform);
        uint32_t stock = draft_of(b, stock_draft(b, enterprise, product))->final_row;
        struct need *items = needs->items;
        uint32_t known = build->first_need + build->first_needs;
        while (known < needs->count && items[known].stock != stock) known++;
        if (known < needs->count) {
            items[known].quantity += (int32_t)row->quantity;
            continue;
        }
        struct need *need = list_add(b, needs, sizeof *need);
        *need = (struct need){ stock, (int32_t)row->quantity };
    }
}

void builds_place(struct builder *b) {
    struct model *m = b->m;
    struct list needs = { 0 };
    struct need *made = m->needs;           // of made stocks, placed by network_place
    uint32_t made_count = m->first_need[m->n.stock];
    for (uint32_t i = 0; i < made_count; i++) *(struct need *)list_add(b, &needs, sizeof *made) = made[i];
    for (uint32_t k = 1; k < m->n.build && !b->refused; k++) {
        struct build *build = &m->builds[k];
        const struct variant *v = &m->variants[build->variant];
        const struct enterprise *plant = &m->enterprises[m->lines[build->line].enterprise];
        build->stock = plant->first_stock;
        while (m->stocks[build->stock].product != v->product) build->stock++;
        build->first_need = needs.count;
        needs_place(b, build, &needs, 0);
        build->first_needs = needs.count - build->first_need;
        needs_place(b, build, &needs, 1);
        build->needs = needs.count - build->first_need;
    }
    m->needs = model_take(b, needs.count, sizeof *m->needs);
    if (!b->refused && needs.count) memcpy(m->needs, needs.items, needs.count * sizeof *m->needs);
    list_free(&needs);
}
