// Places the drafted network in the model: products, stocks and links in the order of their ids' text (M-2).
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

struct ranked {
    uint32_t first, second, row;
    const char *text;
};

static int ranked_compare(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    if (a->second != b->second) return a->second < b->second ? -1 : 1;
    int order = a->text && b->text ? strcmp(a->text, b->text) : 0;
    return order ? order : a->row < b->row ? -1 : a->row > b->row;
}

// Products in the order of their ids; returns where each draft went.
static uint32_t *products_place(struct builder *b) {
    struct model *m = b->m;
    uint32_t count = b->products.count;
    struct sorted *order = scratch_take(b, count, sizeof *order);
    uint32_t *placed = scratch_take(b, count, sizeof *placed);
    m->products = model_take(b, count, sizeof *m->products);
    if (b->refused) return NULL;
    for (uint32_t i = 1; i < count; i++) order[i - 1] = (struct sorted){ product_of(b, i)->id, i };
    sorted_order(order, count - 1);
    m->n.product = count;
    for (uint32_t i = 1; i < count; i++) {
        m->products[i] = *product_of(b, order[i - 1].row);
        placed[order[i - 1].row] = i;
    }
    for (uint32_t v = 1; v < m->n.variant; v++) m->variants[v].product = placed[m->variants[v].product];
    return placed;
}

static int32_t whole(int64_t value) {
    return (int32_t)(value > 2000000000 ? 2000000000 : value);
}

static void stock_fill(struct builder *b, uint32_t final_row, const struct draft_stock *d) {
    struct stock *s = &b->m->stocks[final_row];
    struct stock_plan *plan = &b->m->stock_plans[final_row];
    const struct tables *t = b->t;
    const struct stock_row *row = &t->stocks[d->stock_row];
    const struct sourcing_row *rule = &t->sourcing[d->sourcing_row];
    double review = d->stock_row ? row->review_hours : d->sourcing_row ? rule->review_hours : 24;
    double cover = d->stock_row ? row->cover_days : d->sourcing_row ? rule->cover_days : 2;
    s->lot = 1;
    plan->opening = -1;
    s->policy = POLICY_PLAN;
    plan->review_ticks = ticks_of(b, review) < 1 ? 1 : ticks_of(b, review);
    plan->review_phase = (int32_t)(s->who % (uint64_t)plan->review_ticks);
    plan->horizon_days_milli = (int32_t)(cover * 1000 + 0.5);
    s->exact = d->stock_row != 0;
    if (!d->stock_row) return;
    s->policy = (uint8_t)row->policy;
    s->reorder_at = whole(row->reorder_at);
    s->order_up_to = whole((int64_t)drawn(b, s->who, &row->common, (double)row->order_up_to));
    s->lot = whole(row->lot < 1 ? 1 : row->lot);
    s->order_most = whole(row->order_most);
    plan->opening = whole(row->opening);
    plan->review_phase = ticks_of(b, row->review_offset_hours) % plan->review_ticks;
}

static void stocks_place(struct builder *b, const uint32_t *product_placed) {
    struct model *m = b->m;
    uint32_t count = b->stocks.count;
    struct ranked *order = scratch_take(b, count, sizeof *order);
    m->stocks = model_take(b, count, sizeof *m->stocks);
    m->stock_plans = model_take(b, count, sizeof *m->stock_plans);
    if (b->refused) return;
    for (uint32_t i = 1; i < count; i++)
        order[i - 1] = (struct ranked){ draft_of(b, i)->enterprise, product_placed[draft_of(b, i)->product], i, NULL };
    qsort(order, count - 1, sizeof *order, ranked_compare);
    m->n.stock = count;
    for (uint32_t i = 1; i < count; i++) {
        struct draft_stock *d = draft_of(b, order[i - 1].row);
        struct enterprise *e = &m->enterprises[d->enterprise];
        struct stock *s = &m->stocks[i];
        d->final_row = i;
        s->enterprise = d->enterprise;
        s->product = order[i - 1].second;
        s->kind = d->kind;
        s->who = hash_pair(e->who, m->products[s->product].who);
        stock_fill(b, i, d);
        if (e->stocks++ == 0) e->first_stock = i;
    }
}

static void link_fill(struct builder *b, struct link *link, const struct draft_link *d) {
    struct model *m = b->m;
    link->buyer = draft_of(b, d->buyer)->final_row;
    link->supplier = d->supplier ? draft_of(b, d->supplier)->final_row : 0;
    link->supplier_enterprise = d->supplier_enterprise;
    link->who = hash_pair(m->stocks[link->buyer].who, m->enterprises[d->supplier_enterprise].who);
    link->share_ppm = (int32_t)(d->share * 1e6 + 0.5);
    link->priority = whole(d->priority);
    link->transit_ticks = ticks_of(b, d->transit_hours) < 1 ? 1 : ticks_of(b, d->transit_hours);
    link->spread_ticks = ticks_of(b, d->spread_hours);
    link->spread_law = d->spread_law;
    link->spread_per = d->spread_per;
    link->approved = d->approved;
    if (d->drawn) m->stocks[link->buyer].exact = false;
}

static void links_place(struct builder *b) {
    struct model *m = b->m;
    uint32_t count = b->links.count;
    const struct draft_link *drafts = b->links.items;
    struct ranked *order = scratch_take(b, count, sizeof *order);
    m->links = model_take(b, count, sizeof *m->links);
    m->source_links = model_take(b, count, sizeof *m->source_links);
    if (b->refused) return;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t supplier = drafts[i].supplier ? draft_of(b, drafts[i].supplier)->final_row : 0;
        order[i - 1] = (struct ranked){ supplier, draft_of(b, drafts[i].buyer)->final_row, i,
                                        enterprise_name(m, drafts[i].supplier_enterprise) };
    }
    qsort(order, count - 1, sizeof *order, ranked_compare);
    m->n.link = count;
    for (uint32_t i = 1; i < count; i++) {
        struct link *link = &m->links[i];
        link_fill(b, link, &drafts[order[i - 1].row]);
        struct stock *supplier = &m->stocks[link->supplier];
        if (supplier->outs++ == 0) supplier->first_out = i;
        m->stocks[link->buyer].sources++;
    }
}

// The links of each bought stock, in the order of the suppliers; shares of approved ones scaled to a million.
static void sources_place(struct builder *b) {
    struct model *m = b->m;
    uint32_t at = 0;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        m->stocks[s].first_source = at;
        at += m->stocks[s].sources;
        m->stocks[s].sources = 0;
    }
    for (uint32_t i = 1; i < m->n.link; i++) {
        struct stock *buyer = &m->stocks[m->links[i].buyer];
        m->source_links[buyer->first_source + buyer->sources++] = i;
    }
    for (uint32_t s = 1; s < m->n.stock; s++) {
        int64_t sum = 0;
        const uint32_t *links = m->source_links + m->stocks[s].first_source;
        for (uint32_t k = 0; k < m->stocks[s].sources; k++)
            if (m->links[links[k]].approved) sum += m->links[links[k]].share_ppm;
        for (uint32_t k = 0; k < m->stocks[s].sources; k++)
            if (m->links[links[k]].approved && sum > 0)
                m->links[links[k]].share_ppm = (int32_t)((int64_t)m->links[links[k]].share_ppm * 1000000 / sum);
    }
}

static void needs_of_made(struct builder *b) {
    struct model *m = b->m;
    const struct draft_need *drafts = b->needs.items;
    m->first_need = model_take(b, m->n.stock + 1, sizeof *m->first_need);
    m->needs = model_take(b, b->needs.count, sizeof *m->needs);
    if (b->refused) return;
    for (uint32_t i = 0; i < b->needs.count; i++) m->first_need[draft_of(b, drafts[i].made)->final_row]++;
    uint32_t at = 0;
    for (uint32_t s = 0; s <= m->n.stock; s++) {
        uint32_t count = m->first_need[s];
        m->first_need[s] = at;
        at += s < m->n.stock ? count : 0;
    }
    uint32_t *filled = scratch_take(b, m->n.stock, sizeof *filled);
    if (b->refused) return;
    for (uint32_t i = 0; i < b->needs.count; i++) {
        uint32_t made = draft_of(b, drafts[i].made)->final_row;
        m->needs[m->first_need[made] + filled[made]++] =
            (struct need){ draft_of(b, drafts[i].component)->final_row, whole(drafts[i].quantity) };
        struct stock *component = &m->stocks[draft_of(b, drafts[i].component)->final_row];
        component->in_kits = component->policy != POLICY_PLAN && component->policy != POLICY_NONE;
    }
}

static void takers_of_components(struct builder *b) {
    struct model *m = b->m;
    m->first_taker = model_take(b, m->n.stock + 1, sizeof *m->first_taker);
    m->takers = model_take(b, b->needs.count, sizeof *m->takers);
    if (b->refused) return;
    uint32_t *at = m->first_taker;
    for (uint32_t i = 0; i < m->first_need[m->n.stock]; i++) at[m->needs[i].stock]++;
    for (uint32_t s = 1; s <= m->n.stock; s++) at[s] += at[s - 1];
    for (uint32_t s = m->n.stock; s-- > 1;)
        for (uint32_t i = m->first_need[s]; i < m->first_need[s + 1]; i++)
            m->takers[--at[m->needs[i].stock]] = (struct need){ s, m->needs[i].quantity };
}

void network_place(struct builder *b) {
    uint32_t *placed = products_place(b);
    if (b->refused) return;
    stocks_place(b, placed);
    if (b->refused) return;
    links_place(b);
    if (b->refused) return;
    sources_place(b);
    needs_of_made(b);
    if (!b->refused) takers_of_components(b);
}
