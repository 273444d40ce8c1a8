// The network: which stocks exist, who supplies them (M-9). Starts from what the lines build, follows every bill down
// to enterprises without components, then places stocks and links in the order of their ids.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

uint32_t stock_draft(struct builder *b, uint32_t enterprise, uint32_t product) {
    ASSERT(enterprise != 0);
    uint64_t key = pair_key(enterprise, product);
    uint32_t row = index_get(&b->stock_index, key);
    if (row || b->refused) return row;
    row = b->stocks.count;
    struct draft_stock *s = list_add(b, &b->stocks, sizeof *s);
    const struct product *p = product_of(b, product);
    uint32_t enterprise_row = b->m->enterprises[enterprise].table_row;
    s->enterprise = enterprise;
    s->product = product;
    s->kind = p->variant ? STOCK_BUILT : STOCK_BOUGHT;
    if (p->family) {
        uint64_t exact = hash_pair(pair_key(enterprise_row, p->family), p->platform) | 1;
        uint64_t any = hash_pair(pair_key(enterprise_row, p->family), 0) | 1;
        s->stock_row = index_get(&b->stock_row_index, exact);
        if (!s->stock_row) s->stock_row = index_get(&b->stock_row_index, any);
        s->maker_row = index_get(&b->maker_index, pair_key(enterprise_row, p->family));
        if (s->maker_row) s->kind = STOCK_MADE;
    }
    index_put(b, &b->stock_index, key, row);
    return row;
}

static void link_add(struct builder *b, uint32_t buyer, uint32_t supplier_row, const struct draft_link *terms) {
    uint32_t supplier = b->enterprise_of[supplier_row];
    uint32_t product = draft_of(b, buyer)->product;
    uint32_t stock = b->m->enterprises[supplier].unlimited ? 0 : stock_draft(b, supplier, product);
    struct draft_link *link = list_add(b, &b->links, sizeof *link);
    *link = *terms;
    link->buyer = buyer;
    link->supplier = stock;
    link->supplier_enterprise = supplier;
}

// Links that links.csv names for this stock; false when it names none.
static bool links_named(struct builder *b, uint32_t stock) {
    const struct tables *t = b->t;
    const struct draft_stock *s = draft_of(b, stock);
    uint32_t buyer_row = b->m->enterprises[s->enterprise].table_row;
    uint32_t family = product_of(b, s->product)->family, platform = product_of(b, s->product)->platform;
    bool any = false;
    for (uint32_t i = index_get(&b->link_index, pair_key(buyer_row, family)); i; i = b->next_link[i]) {
        const struct link_row *row = &t->links[i];
        if (row->platform && row->platform != platform) continue;
        uint64_t who = hash_pair(hash_text(t->enterprises[row->buyer].enterprise),
                                 hash_text(t->enterprises[row->supplier].enterprise));
        struct draft_link terms = {
            .share = drawn(b, who, &row->common, row->share), .transit_hours = row->transit_hours,
            .spread_hours = row->spread_hours, .priority = row->priority, .approved = (uint8_t)row->approved,
            .spread_law = (uint8_t)row->spread_law,
            .spread_per = (uint8_t)row->spread_per,
        };
        link_add(b, stock, row->supplier, &terms);
        any = true;
    }
    return any;
}

static double size_of(const struct builder *b, uint32_t enterprise_row) {
    const struct enterprise_row *e = &b->t->enterprises[enterprise_row];
    double size = (double)drawn_fen(b, hash_text(e->enterprise), &e->common, e->size) / 100;
    return size > 0 ? size : 1;
}

// One supplier more: in the region with chance local_share, weighted by size, without replacement. UINT32_MAX: none.
static uint32_t candidate_draw(struct candidate *all, uint32_t count, bool local, double u) {
    for (int round = 0; round < 2; round++, local = !local) {
        double sum = 0;
        for (uint32_t i = 0; i < count; i++)
            if (!all[i].taken && all[i].local == local) sum += all[i].weight;
        if (sum <= 0) continue;
        double left = u * sum;
        uint32_t last = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++) {
            if (all[i].taken || all[i].local != local) continue;
            last = i;
            left -= all[i].weight;
            if (left < 0) break;
        }
        all[last].taken = true;
        return last;
    }
    return UINT32_MAX;
}

// Every enterprise that makes the family, in the order of their ids: found once for each family.
static const struct candidate *candidates_of(struct builder *b, uint32_t family) {
    if (b->candidates[family]) return b->candidates[family];
    uint32_t count = 0;
    for (uint32_t i = b->first_maker[family]; i; i = b->next_maker[i]) count++;
    struct sorted *order = scratch_take(b, count, sizeof *order);
    struct candidate *all = scratch_take(b, count, sizeof *all);
    if (b->refused) return NULL;
    for (uint32_t i = b->first_maker[family], k = 0; i; i = b->next_maker[i], k++)
        order[k] = (struct sorted){ b->t->enterprises[b->t->makers[i].enterprise].enterprise,
                                    b->t->makers[i].enterprise };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = order[i].row;
        bool local = b->t->districts[b->t->enterprises[row].district].in_region;
        all[i] = (struct candidate){ .row = row, .weight = size_of(b, row), .local = local };
    }
    b->candidate_count[family] = count;
    b->candidates_most = count > b->candidates_most ? count : b->candidates_most;
    return b->candidates[family] = all;
}

// Those of a family without the buyer itself, to draw from.
static struct candidate *candidates_for(struct builder *b, uint32_t family, uint32_t buyer_row, uint32_t *count) {
    uint32_t most = b->candidates_most;
    const struct candidate *all = candidates_of(b, family);
    if (!b->refused && (b->candidates_most > most || !b->candidates_drawn))
        b->candidates_drawn = scratch_take(b, b->candidates_most, sizeof *b->candidates_drawn);
    *count = 0;
    if (b->refused) return NULL;
    for (uint32_t i = 0; i < b->candidate_count[family]; i++)
        if (all[i].row != buyer_row) b->candidates_drawn[(*count)++] = all[i];
    return b->candidates_drawn;
}

// M-9: suppliers drawn where nobody knows them. Approved ones share by size, none below a fifth.
static void links_drawn(struct builder *b, uint32_t stock, const struct sourcing_row *rule) {
    const struct draft_stock *s = draft_of(b, stock);
    const struct product *p = product_of(b, s->product);
    uint32_t buyer_row = b->m->enterprises[s->enterprise].table_row, count;
    struct candidate *all = candidates_for(b, p->family, buyer_row, &count);
    if (b->refused) return;
    uint64_t who = hash_pair(b->m->enterprises[s->enterprise].who, p->who);
    double u = draw_uniform(b->luck, who, DRAW_SOURCING, b->world, 0);
    uint32_t approved = (uint32_t)rule->sources + (u < rule->sources - (double)(uint32_t)rule->sources);
    double local_share = drawn(b, hash_text(b->t->products[p->family].product), &rule->common, rule->local_share);
    if (approved == 0) approved = 1;
    uint32_t chosen[64], found = 0;
    for (uint32_t k = 0; k < approved + (uint32_t)rule->unapproved && found < 64; k++) {
        bool local = draw_uniform(b->luck, who, DRAW_SOURCING, b->world, 2 * k + 1) < local_share;
        double pick = draw_uniform(b->luck, who, DRAW_SOURCING, b->world, 2 * k + 2);
        uint32_t next = candidate_draw(all, count, local, pick);
        if (next == UINT32_MAX) break;
        chosen[found++] = next;
    }
    double sum = 0;
    for (uint32_t k = 0; k < found && k < approved; k++) sum += all[chosen[k]].weight;
    for (uint32_t k = 0; k < found; k++) {
        const struct candidate *one = &all[chosen[k]];
        double part = k < approved ? one->weight / sum : 0.3;
        struct draft_link terms = {
            .share = part < 0.2 ? 0.2 : part, .approved = k < approved, .drawn = true,
            .transit_hours = one->local ? rule->transit_hours : rule->outside_hours,
            .spread_hours = one->local ? rule->spread_hours : rule->outside_hours / 5,
        };
        link_add(b, stock, one->row, &terms);
    }
}

static void need_add(struct builder *b, uint32_t made, uint32_t component, int64_t quantity) {
    struct draft_need *need = list_add(b, &b->needs, sizeof *need);
    *need = (struct draft_need){ made, component, quantity };
}

static void stock_expand(struct builder *b, uint32_t row) {
    const struct tables *t = b->t;
    struct draft_stock s = *draft_of(b, row);
    struct product p = *product_of(b, s.product);
    if (s.kind == STOCK_BUILT) return;
    if (s.kind == STOCK_MADE) {
        uint32_t count, first = bom_rows(b, t->products[p.family].product, &count);
        for (uint32_t i = first; i < first + count && !b->refused; i++) {
            const struct bom_row *part = &t->bom[b->bom[i].row];
            uint32_t component = product_draft(b, part->component, p.platform);
            need_add(b, row, stock_draft(b, s.enterprise, component), part->quantity);
        }
        return;
    }
    if (links_named(b, row) || b->refused) return;
    if (s.stock_row && t->stocks[s.stock_row].policy == POLICY_NONE) return;
    uint32_t rule = b->sourcing_of[p.family], before = b->links.count;
    draft_of(b, row)->sourcing_row = rule;
    if (rule) links_drawn(b, row, &t->sourcing[rule]);
    if (b->links.count > before || b->refused) return;
    const struct enterprise_row *e = &t->enterprises[b->m->enterprises[s.enterprise].table_row];
    complain(b->c, t->products[p.family].common.source, 0, NULL, "PART_WITHOUT_SOURCE",
             "add a row to links.csv, sourcing.csv or makers.csv",
             "nobody supplies \"%s\" to \"%s\"", p.id, e->enterprise);
}

// Explicit rows of stocks.csv and demands.csv are stocks even where no line needs them.
static void stocks_named(struct builder *b) {
    const struct tables *t = b->t;
    for (uint32_t i = 1; i <= t->stocks_count && !b->refused; i++) {
        const struct stock_row *row = &t->stocks[i];
        if (t->products[row->product].per == PER_PLATFORM && !row->platform) continue;
        stock_draft(b, b->enterprise_of[row->enterprise], product_draft(b, row->product, row->platform));
    }
    for (uint32_t i = 1; i <= t->demands_count && !b->refused; i++)
        stock_draft(b, b->enterprise_of[t->demands[i].enterprise], product_draft(b, t->demands[i].product, 0));
}

static void stocks_of_line(struct builder *b, const struct build *build) {
    const struct tables *t = b->t;
    const struct variant *v = &b->m->variants[build->variant];
    const struct variant_row *variant = &t->variants[v->table_row];
    uint32_t count, first = bom_rows(b, t->platforms[variant->platform].bill, &count);
    uint32_t enterprise = b->m->lines[build->line].enterprise;
    stock_draft(b, enterprise, v->product);
    for (uint32_t i = first; i < first + count && !b->refused; i++) {
        const struct bom_row *row = &t->bom[b->bom[i].row];
        if (row->option[0] && !option_listed(variant->options, row->option)) continue;
        stock_draft(b, enterprise, product_draft(b, row->component, variant->platform));
    }
}

void network_expand(struct builder *b) {
    b->candidates = scratch_take(b, b->t->products_count + 1, sizeof *b->candidates);
    b->candidate_count = scratch_take(b, b->t->products_count + 1, sizeof *b->candidate_count);
    if (b->refused) return;
    list_add(b, &b->stocks, sizeof(struct draft_stock));   // row 0 is nobody
    list_add(b, &b->links, sizeof(struct draft_link));
    for (uint32_t k = 1; k < b->m->n.build && !b->refused; k++) stocks_of_line(b, &b->m->builds[k]);
    stocks_named(b);
    for (uint32_t row = 1; row < b->stocks.count && !b->refused; row++) stock_expand(b, row);
}
