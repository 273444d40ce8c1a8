// Lines: shops in the order of the flow, places, feeders; and builds, the variants of a line with what they need.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

struct flow_order {
    const uint32_t *rows;          // of shops.csv, those of one line
    uint32_t count;
    uint32_t *shop_of;             // table row -> shop, 0: not placed yet
};

// The shop that comes next: nobody who is not placed yet names it; 0: none.
static uint32_t shop_next(const struct tables *t, const struct flow_order *o) {
    uint32_t best = 0;
    for (uint32_t i = 0; i < o->count; i++) {
        const struct shop_row *row = &t->shops[o->rows[i]];
        bool ready = o->shop_of[o->rows[i]] == 0;
        for (uint32_t k = 0; k < o->count && ready; k++)
            ready = o->shop_of[o->rows[k]] || strcmp(t->shops[o->rows[k]].next, row->shop) != 0;
        if (ready && (!best || strcmp(row->shop, t->shops[best].shop) < 0)) best = o->rows[i];
    }
    return best;
}

// Places the shops of one line from its first to its last; a shop named by several as `next` joins their units.
static void shops_place(struct builder *b, struct line *line, const struct flow_order *o) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    line->first_shop = m->n.shop;
    uint32_t ends = 0;
    for (uint32_t placed = 0; placed < o->count; placed++) {
        uint32_t best = shop_next(t, o);
        if (!best) {
            complain(b->c, t->lines[line->table_row].common.source, 0, NULL, "CYCLIC_SHOPS",
                     "leave `next` of its last shop empty in shops.csv",
                     "the shops of line \"%s\" lead round in a circle", t->lines[line->table_row].line);
            return;
        }
        ends += t->shops[best].next[0] == 0;
        o->shop_of[best] = m->n.shop++;
    }
    line->shops = m->n.shop - line->first_shop;
    if (o->count == 0 || ends != 1)
        complain(b->c, t->lines[line->table_row].common.source, 0, NULL, "LINE_WITHOUT_END",
                 "exactly one shop has an empty `next`", "line \"%s\" has %u shops and %u last ones",
                 t->lines[line->table_row].line, o->count, ends);
}

static int64_t milliseconds(double hours) {
    return (int64_t)(hours * 3600e3 + 0.5);
}

static void shop_fill(struct builder *b, uint32_t row, const struct flow_order *o) {
    const struct shop_row *from = &b->t->shops[row];
    struct model *m = b->m;
    struct shop *shop = &m->shops[o->shop_of[row]];
    uint32_t line = b->line_of[from->line];
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
        .failure_law = (uint8_t)from->failure_law, .blocking = (uint8_t)from->blocking,
    };
    if (l->builds <= 1) shop->variant_most = shop->buffer;
    for (uint32_t k = 0; from->next[0] && k < o->count; k++)
        if (strcmp(b->t->shops[o->rows[k]].shop, from->next) == 0) shop->next = o->shop_of[o->rows[k]];
    if (from->next[0] && !shop->next)
        complain(b->c, from->common.source, 0, NULL, "UNKNOWN_SHOP", NULL, "line has no shop \"%s\"", from->next);
}

static void feeders_place(struct builder *b) {
    struct model *m = b->m;
    m->feeders = model_take(b, m->n.shop, sizeof *m->feeders);
    if (b->refused) return;
    uint32_t *next = scratch_take(b, m->n.shop, sizeof *next);
    struct groups by_next;
    if (b->refused) return;
    for (uint32_t i = 1; i < m->n.shop; i++) next[i] = m->shops[i].next;
    groups_make(b, next, m->n.shop - 1, m->n.shop, &by_next);
    if (b->refused) return;
    uint32_t last = by_next.first[1];      // shops that feed none
    for (uint32_t j = 1; j < m->n.shop; j++) {
        m->shops[j].first_feeder = by_next.first[j] - last;
        m->shops[j].feeders = by_next.first[j + 1] - by_next.first[j];
    }
    for (uint32_t i = last; i + 1 < m->n.shop; i++) m->feeders[i - last] = by_next.rows[i];
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
            .shift_rule = (uint8_t)row->shift_rule,
            .calendar = row->calendar ? row->calendar : m->enterprises[plant].calendar,
            .first_day = row->from == DATE_NONE ? INT32_MIN : row->from - m->first_day,
            .last_day = row->until == DATE_NONE ? INT32_MAX : row->until - m->first_day,
        };
    }
}

static void platforms_group(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t *platform = scratch_take(b, m->n.variant, sizeof *platform);
    if (b->refused) return;
    for (uint32_t v = 1; v < m->n.variant; v++) platform[v] = t->variants[m->variants[v].table_row].platform;
    groups_make(b, platform, m->n.variant - 1, t->platforms_count + 1, &b->variants_of);
}

// What a line may build, before the builds are numbered.
struct draft_build {
    uint32_t line, variant, row;   // row: of builds.csv
};

// Every row of builds.csv with every variant of its platform, by variant, then row; [0] is nobody.
static struct draft_build *builds_draft(struct builder *b, uint32_t *count) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t *platform = scratch_take(b, t->builds_count + 1, sizeof *platform);
    struct groups rows_of;
    platforms_group(b);
    if (b->refused) return NULL;
    for (uint32_t i = 1; i <= t->builds_count; i++) platform[i] = t->builds[i].platform;
    groups_make(b, platform, t->builds_count, t->platforms_count + 1, &rows_of);
    if (b->refused) return NULL;
    size_t room = 1;
    for (uint32_t p = 0; p <= t->platforms_count; p++)
        room += (size_t)(rows_of.first[p + 1] - rows_of.first[p]) *
                (b->variants_of.first[p + 1] - b->variants_of.first[p]);
    struct draft_build *drafts = scratch_take(b, room, sizeof *drafts);
    *count = 0;
    for (uint32_t v = 1; v < m->n.variant && !b->refused; v++) {
        uint32_t p = t->variants[m->variants[v].table_row].platform;
        for (uint32_t i = rows_of.first[p]; i < rows_of.first[p + 1]; i++)
            drafts[++*count] = (struct draft_build){ b->line_of[t->builds[rows_of.rows[i]].line], v, rows_of.rows[i] };
    }
    return drafts;
}

// Counts and numbers the builds: a line's are consecutive, in the order of the variants.
static void builds_number(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t count = 0;
    const struct draft_build *drafts = builds_draft(b, &count);
    uint32_t *line = scratch_take(b, b->refused ? 0 : (size_t)count + 1, sizeof *line);
    struct groups of_line;
    if (b->refused) return;
    for (uint32_t i = 1; i <= count; i++) line[i] = drafts[i].line;
    groups_make(b, line, count, m->n.line, &of_line);
    m->builds = model_take(b, (size_t)count + 1, sizeof *m->builds);
    if (b->refused) return;
    m->n.build = count + 1;
    for (uint32_t l = 1; l < m->n.line; l++) {
        m->lines[l].first_build = of_line.first[l] + 1;
        m->lines[l].builds = of_line.first[l + 1] - of_line.first[l];
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct draft_build *d = &drafts[of_line.rows[i]];
        uint64_t who = hash_pair(m->lines[d->line].who, m->variants[d->variant].who);
        double share = drawn(b, who, &t->builds[d->row].common, t->builds[d->row].share);
        m->builds[i + 1] = (struct build){ .line = d->line, .variant = d->variant, .who = who,
                                           .share_ppm = (int32_t)(share * 1e6 + 0.5) };
    }
}

// A variant's orders are split over its lines in proportion to the shares of lines that run at all.
static void shares_scale(struct builder *b) {
    struct model *m = b->m;
    m->build_of_variant = model_take(b, m->n.build, sizeof *m->build_of_variant);
    if (b->refused) return;
    uint32_t *variant = scratch_take(b, m->n.build, sizeof *variant);
    struct groups builds_of;
    if (b->refused) return;
    for (uint32_t k = 1; k < m->n.build; k++) variant[k] = m->builds[k].variant;
    groups_make(b, variant, m->n.build - 1, m->n.variant, &builds_of);
    if (b->refused) return;
    for (uint32_t k = 0; k + 1 < m->n.build; k++) m->build_of_variant[k] = builds_of.rows[k];
    for (uint32_t v = 1; v < m->n.variant; v++) {
        uint32_t first = builds_of.first[v], end = builds_of.first[v + 1];
        m->variants[v].first_build = first;
        m->variants[v].builds = end - first;
        int64_t sum = 0;
        for (uint32_t i = first; i < end; i++) sum += m->builds[m->build_of_variant[i]].share_ppm;
        for (uint32_t i = first; i < end && sum > 0; i++) {
            struct build *build = &m->builds[m->build_of_variant[i]];
            build->share_ppm = (int32_t)((int64_t)build->share_ppm * 1000000 / sum);
        }
    }
}

static void plain_mark(struct model *m) {
    for (uint32_t l = 1; l < m->n.line; l++) m->lines[l].plain = m->lines[l].shift_rule == SHIFT_RESUME;
    for (uint32_t k = 1; k < m->n.shop; k++) {
        const struct shop *shop = &m->shops[k];
        bool slotted = shop->failures == FAILURES_CYCLE || shop->failure_law == FAILURE_GEOMETRIC;
        if (slotted || shop->blocking != BLOCKING_AFTER) m->lines[shop->line].plain = false;
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

// Shops in the order of the flow, then their rows; false: a complaint or no memory.
static bool shops_build(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t *line = scratch_take(b, t->shops_count + 1, sizeof *line);
    uint32_t *shop_of = scratch_take(b, t->shops_count + 1, sizeof *shop_of);
    struct groups of_line;
    m->shops = model_take(b, t->shops_count + 1, sizeof *m->shops);
    if (b->refused) return false;
    m->n.shop = 1;
    for (uint32_t i = 1; i <= t->shops_count; i++) line[i] = t->shops[i].line;
    groups_make(b, line, t->shops_count, t->lines_count + 1, &of_line);
    if (b->refused) return false;
    uint64_t before = b->c->count;
    for (int pass = 0; pass < 2 && b->c->count == before; pass++)
        for (uint32_t l = 1; l < m->n.line; l++) {
            uint32_t row = m->lines[l].table_row, first = of_line.first[row];
            struct flow_order order = { of_line.rows + first, of_line.first[row + 1] - first, shop_of };
            if (pass == 0) shops_place(b, &m->lines[l], &order);
            for (uint32_t i = 0; pass == 1 && i < order.count; i++) shop_fill(b, order.rows[i], &order);
        }
    return b->c->count == before;
}

void lines_build_rows(struct builder *b) {
    struct model *m = b->m;
    lines_sort(b);
    if (b->refused) return;
    builds_number(b);
    if (b->refused || !shops_build(b)) return;
    m->n.place = 1;
    for (uint32_t k = 1; k < m->n.shop; k++) {
        m->shops[k].first_place = m->n.place;
        m->n.place += m->lines[m->shops[k].line].builds;
    }
    sides_mark(m);
    plain_mark(m);
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
