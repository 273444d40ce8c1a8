// Stage 3: what was ordered in the last tick reaches the suppliers; stocks whose review is due order (M-4.2, M-4.3).
// reads: stock_*, link_short_days    writes: link_owed, link_owed_since, link_ordered, stock_owed_in
#include "tick/stage.h"

struct split {
    uint32_t links[MOST_SOURCES];
    int64_t  weights[MOST_SOURCES], sum;
    uint32_t count;
};

static void orders_reach(struct tick *k) {
    const struct model *m = k->m;
    struct scratch *x = k->x;
    for (uint32_t i = 0; i < x->fresh_count; i++) {
        if (x->far && i + 16 < x->fresh_count) FETCH(x->ladings[x->fresh[i + 16]]);
        if (x->far && i + 8 < x->fresh_count) FETCH(x->shelves[x->ladings[x->fresh[i + 8]].supplier]);
        uint32_t link = x->fresh[i], supplier = x->ladings[link].supplier;
        bool source = supplier == 0 && k->s->link_owed[link] == 0;
        if (k->s->link_owed[link] == 0) k->s->link_owed_since[link] = k->tick + 1;
        k->s->link_owed[link] += k->s->link_ordered[link];
        x->shelves[supplier].owed_out += k->s->link_ordered[link];
        k->s->link_ordered[link] = 0;
        if (!enterprise_on(&x->part, m->links[link].supplier_enterprise)) continue;
        if (source) x->source_owing[x->source_owing_count++] = link;
        if (supplier == 0) continue;
        x->busy[x->shelves[supplier].maker] = true;
        x->due[supplier] = true;
        if (x->owes[supplier]) continue;
        x->owes[supplier] = true;
        x->owing[x->owing_count++] = supplier;
    }
    x->fresh_count = 0;
}

static inline void link_order(struct tick *k, uint32_t link, int64_t count) {
    if (count == 0) return;
    struct scratch *x = k->x;
    note_tell(k, NOTE_ORDER, link, (int32_t)count);
    k->s->link_ordered[link] += (int32_t)count;
    k->s->stock_owed_in[x->ladings[link].buyer] += (int32_t)count;
    x->next_fresh[x->next_fresh_count++] = link;
}

// Links that may get the order: approved and not short for too long; all approved when every one is; unapproved ones
// once an approved one has been short for qualify_days.
static void split_choose(const struct tick *k, const struct shelf *of, struct split *out) {
    const struct model *m = k->m;
    const struct lading *ladings = k->x->ladings;
    const uint32_t *links = m->source_links + of->first_source;
    const int32_t *short_days = k->s->link_short_days;
    bool qualified = false, any = false, others = false;
    int64_t patience = larger_of(m->set.switch_days, 1);   // a link is short from its first whole day on
    uint32_t count = of->sources;
    for (uint32_t i = 0; i < count; i++) {
        others |= !ladings[links[i]].approved;
        if (!ladings[links[i]].approved) continue;
        any |= short_days[links[i]] < patience;
        qualified |= m->set.qualify_days <= short_days[links[i]];
    }
    qualified &= others;
    out->count = 0;
    out->sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct lading *lading = &ladings[links[i]];
        bool is_short = short_days[links[i]] >= patience;
        if (lading->approved ? (any || qualified) && is_short : !qualified) continue;
        out->links[out->count] = links[i];
        out->weights[out->count++] = lading->weight;
        out->sum += lading->weight;
    }
}

// Whole parts by share, the rest by systematic sampling: in the mean exact, and nothing is carried over (M-4.3).
static void order_split(struct tick *k, uint32_t row, int64_t count) {
    struct split split;
    split_choose(k, &k->x->shelves[row], &split);
    ASSERT(split.count > 0);
    if (split.count == 1) {                // nothing to split, nothing to draw
        link_order(k, split.links[0], count);
        return;
    }
    double u = draw_uniform(k->luck, k->m->stocks[row].who, DRAW_SPLIT, when_tick(k), 0);
    int64_t carry = (int64_t)(u * (double)split.sum);
    for (uint32_t i = 0; i < split.count; i++) {
        int64_t part = count * split.weights[i];
        int64_t whole = part / split.sum;
        carry += part % split.sum;
        if (carry >= split.sum) {
            carry -= split.sum;
            whole++;
        }
        link_order(k, split.links[i], whole);
    }
}

// Units that the made stocks of the enterprise still want to take into kits: an order for a finished product reaches
// its components at once, even where a kit waits for another part (Rosling 1989).
static int64_t kits_owed(const struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    int64_t owed = 0;
    for (uint32_t i = m->first_taker[row]; i < m->first_taker[row + 1]; i++)
        owed += made_lacking(k, m->takers[i].stock) * m->takers[i].quantity;
    return owed;
}

static inline int64_t position_of(const struct tick *k, uint32_t row) {
    const struct state *s = k->s;
    return (int64_t)s->stock_on_hand[row] + s->stock_owed_in[row] + s->stock_under_way[row] - s->stock_backlog[row] -
           k->x->shelves[row].owed_out;
}

static inline void position_fetch(const struct tick *k, uint32_t row) {
    if (!k->x->due[row]) return;
    const struct state *s = k->s;
    FETCH(s->stock_on_hand[row]);
    FETCH(s->stock_owed_in[row]);
    FETCH(s->stock_under_way[row]);
    FETCH(s->stock_backlog[row]);
    FETCH(k->x->shelves[row]);
    FETCH(k->x->stock_target[row]);
}

// Its links, once its row is here.
static inline void sources_fetch(const struct tick *k, uint32_t row) {
    const struct shelf *of = &k->x->shelves[row];
    if (!k->x->due[row]) return;
    for (uint32_t i = of->first_source; i < of->first_source + of->sources && i < of->first_source + 2; i++)
        FETCH(k->x->ladings[k->m->source_links[i]]);
}

// How much a stock with a policy or lots of its own orders now.
static int64_t order_count(const struct tick *k, uint32_t row) {
    const struct stock *stock = &k->m->stocks[row];
    int64_t position = position_of(k, row);
    if (stock->in_kits) position -= kits_owed(k, row);
    int64_t count = 0;
    switch (stock->policy) {
    case POLICY_PLAN: count = k->x->stock_target[row] - position; break;
    case POLICY_ORDER_UP_TO: count = stock->order_up_to - position; break;
    case POLICY_S_S: count = position <= stock->reorder_at ? stock->order_up_to - position : 0; break;
    case POLICY_R_Q:
        count = position <= stock->reorder_at
                    ? floor_div(stock->reorder_at - position, stock->lot) * stock->lot + stock->lot
                    : 0;
        break;
    default: break;
    }
    if (count <= 0) return 0;
    if (stock->lot > 1) count = ceil_div(count, stock->lot) * stock->lot;
    if (stock->order_most > 0) count = smaller_of(count, stock->order_most);
    return smaller_of(count, 1000000000);
}

// A stock whose order did not bring it to its level has to be asked again.
static bool due_again(const struct tick *k, uint32_t stock) {
    return k->m->stocks[stock].order_most > 0 || k->m->stocks[stock].in_kits;
}

static inline void stock_order(struct tick *k, uint32_t row, const struct shelf *of, int64_t count) {
    const struct stock *stock = &k->m->stocks[row];
    k->t->stock_ordered[row] += !of->simple && stock->policy == POLICY_R_Q ? count / stock->lot : 1;
    if (of->sources == 1) link_order(k, k->m->source_links[of->first_source], count);
    else order_split(k, row, count);
}

void orders_place(struct tick *k) {
    struct scratch *x = k->x;
    orders_reach(k);
    if (k->m->set.saturate == SATURATE_LINES) return;
    for (uint32_t r = 0; r < x->review_count; r++) {
        if (k->tick % x->reviews[r].review != x->reviews[r].phase) continue;
        const struct group *stocks = &x->reviews[r].stocks;
        for (uint32_t i = stocks->first; i < stocks->first + stocks->now; i++) {
            uint32_t stock = x->review_now[i];
            if (x->far && i + 10 < stocks->first + stocks->now) position_fetch(k, x->review_now[i + 10]);
            if (x->far && i + 5 < stocks->first + stocks->now) sources_fetch(k, x->review_now[i + 5]);
            if (!x->due[stock]) continue;      // its position has not moved: what it needed it has ordered
            const struct shelf *of = &x->shelves[stock];
            int64_t count = of->simple ? x->stock_target[stock] - position_of(k, stock) : order_count(k, stock);
            x->due[stock] = !of->simple && due_again(k, stock);
            if (count > 0) stock_order(k, stock, of, smaller_of(count, 1000000000));
        }
    }
    for (const struct note *n; (n = note_next(k, NOTE_ORDER));) link_order(k, n->row, n->count);
    uint32_t *swap = x->fresh;
    x->fresh = x->next_fresh;
    x->fresh_count = x->next_fresh_count;
    x->next_fresh = swap;
    x->next_fresh_count = 0;
}
