// Stage 6: suppliers ship what they owe (M-4.6); unlimited sources ship all.
// reads: link_owed, stock_on_hand    writes: stock_on_hand, link_owed, link_owed_since, stock_owed_in, transit
#include "tick/stage.h"

// The spread of one draw, whole ticks.
static int32_t spread_draw(const struct tick *k, const struct link *link, uint32_t when, uint32_t number) {
    double u = draw_uniform(k->luck, who_of(link->who, number), DRAW_TRANSIT, when, number & 65535);
    if (link->spread_law == SPREAD_UNIFORM) return (int32_t)(u * (link->spread_ticks + 1));
    double ticks = exponential_from(u, link->spread_ticks) + 0.5, most = (double)link->spread_ticks * SPREAD_MEANS_MOST;
    return (int32_t)(ticks < most ? ticks : most);
}

// Transit of a link today: all that it ships on a day has the same spread unless its row says otherwise, so it is
// drawn once.
static int32_t transit_draw(const struct tick *k, uint32_t row) {
    const struct link *link = &k->m->links[row];
    struct lading *lading = &k->x->ladings[row];
    int32_t ticks = link->transit_ticks + k->x->link_extra[row];
    if (link->spread_ticks && link->spread_per == SPREAD_PER_DAY) ticks += spread_draw(k, link, when_day(k, k->day), 0);
    lading->asked = k->day + 1;
    return lading->transit = ticks;
}

static inline int32_t transit_of(const struct tick *k, uint32_t row) {
    const struct lading *lading = &k->x->ladings[row];
    return lading->asked == k->day + 1 ? lading->transit : transit_draw(k, row);
}

static inline void lading_send(struct tick *k, const struct lading *lading, int32_t count, int32_t delay) {
    k->s->transit[lading->cell + slot_cells(k, lading->ring, delay)] += count;
    k->s->stock_under_way[lading->buyer] += count;
}

// Units or shipments that each have a transit of their own.
static void units_send(struct tick *k, uint32_t row, int64_t count) {
    const struct link *link = &k->m->links[row];
    bool single = link->spread_per == SPREAD_PER_UNIT;
    int32_t together = single ? 1 : (int32_t)count, least = transit_of(k, row);
    for (int64_t sent = 0; sent < count; sent += together)
        lading_send(k, &k->x->ladings[row], together, least + spread_draw(k, link, when_tick(k), (uint32_t)sent));
}

static void link_ship(struct tick *k, uint32_t row, int64_t count) {
    if (count == 0) return;
    struct lading *lading = &k->x->ladings[row];
    note_tell(k, NOTE_SHIPMENT, row, (int32_t)count);
    k->s->link_owed[row] -= (int32_t)count;
    if (k->s->link_owed[row] == 0) k->s->link_owed_since[row] = 0;
    k->s->stock_owed_in[lading->buyer] -= (int32_t)count;
    k->x->shelves[lading->supplier].owed_out -= (int32_t)count;
    lading->shipped += (int32_t)count;
    if (lading->spread_per == SPREAD_PER_DAY) lading_send(k, lading, (int32_t)count, transit_of(k, row));
    else units_send(k, row, count);
    if (lading->supplier == 0) k->t->stock_bought[lading->buyer] += count;
}

// What links shipped in a day becomes turnover of the supplier and parts of the buyer: once a day and in the order of
// the links, so that a shipment itself touches few places.
void shipments_value(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t n = 0; n < k->x->part.links.count; n++) {
        uint32_t i = k->x->part.links.row[n];
        struct lading *lading = &k->x->ladings[i];
        if (lading->shipped == 0) continue;
        const struct link *link = &m->links[i];
        const struct stock *buyer = &m->stocks[link->buyer];
        k->t->link_shipped[i] += lading->shipped;
        int64_t value = lading->shipped * m->products[buyer->product].value_fen;
        k->t->enterprise_turnover[link->supplier_enterprise] += value;
        k->t->enterprise_parts[buyer->enterprise] += value;
        bool local = m->enterprises[link->supplier_enterprise].in_region;
        k->t->enterprise_parts_local[buyer->enterprise] += local ? value : 0;
        lading->shipped = 0;
    }
}

// What a supplier's stock may ship in this tick.
static int64_t available_of(const struct tick *k, uint32_t row) {
    int64_t available = k->s->stock_on_hand[row];
    if (!k->x->shocked || k->x->stock_allocation[row] < 0) return available;
    int64_t a_tick = scaled_ppm((int64_t)k->x->stock_daily_milli[row] * 1000 / k->m->ticks_per_day,
                                k->x->stock_allocation[row]);
    return smaller_of(available, rate_units(a_tick, when_tick(k)));
}

// Unlimited sources ship all, but for those that are down (M-4.9).
static void sources_ship(struct tick *k) {
    struct scratch *x = k->x;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < x->source_owing_count; i++) {
        uint32_t link = x->source_owing[i];
        if (k->s->enterprise_down[k->m->links[link].supplier_enterprise]) x->source_owing[kept++] = link;
        else link_ship(k, link, k->s->link_owed[link]);
    }
    x->source_owing_count = kept;
}

static bool stock_ship(struct tick *k, uint32_t row) {
    const struct shelf *stock = &k->x->shelves[row];
    int64_t owed = stock->owed_out;
    int64_t available = available_of(k, row);
    if (available == 0 || owed == 0) return false;
    k->s->stock_on_hand[row] -= (int32_t)smaller_of(owed, available);
    k->x->plant[stock->enterprise].stamp++;
    if (owed <= available) {
        for (uint32_t i = stock->first_out; i < stock->first_out + stock->outs; i++)
            link_ship(k, i, k->s->link_owed[i]);
        return true;
    }
    struct claim *claims = k->x->claims;
    uint32_t count = 0;
    for (uint32_t i = stock->first_out; i < stock->first_out + stock->outs; i++)
        if (k->s->link_owed[i])
            claims[count++] = (struct claim){ .owed = k->s->link_owed[i], .row = i,
                                              .priority = k->m->links[i].priority,
                                              .since = k->s->link_owed_since[i] };
    allocate(claims, count, available);
    for (uint32_t i = 0; i < count; i++) link_ship(k, claims[i].row, claims[i].given);
    return true;
}

enum { SHIPPED_TOGETHER = 16 };

// Asks memory for what some of the next shipments touch, so that it comes while others are worked: the rows lie all
// over state and scratch, and a slot of a transit ring is seldom in a near cache.
static void shipments_fetch(const struct tick *k, const uint32_t *rows, uint32_t count) {
    const struct scratch *x = k->x;
    for (uint32_t i = 0; i < count; i++) {
        FETCH(x->shelves[rows[i]]);
        FETCH(k->s->stock_on_hand[rows[i]]);
    }
    for (uint32_t i = 0; i < count; i++) {
        FETCH(x->ladings[x->shelves[rows[i]].first_out]);
        FETCH(k->s->link_owed[x->shelves[rows[i]].first_out]);
        FETCH(k->s->link_owed_since[x->shelves[rows[i]].first_out]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t link = x->shelves[rows[i]].first_out;
        const struct lading *lading = &x->ladings[link];
        if (k->s->stock_on_hand[rows[i]] == 0 || lading->spread_per != SPREAD_PER_DAY) continue;
        FETCH(k->s->transit[lading->cell + slot_cells(k, lading->ring, transit_of(k, link))]);
        FETCH(k->s->stock_owed_in[lading->buyer]);
        FETCH(k->s->stock_under_way[lading->buyer]);
    }
}

void goods_ship(struct tick *k) {
    struct scratch *x = k->x;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < x->owing_count; i++) {
        uint32_t row = x->owing[i];
        if (x->far && i % SHIPPED_TOGETHER == 0)
            shipments_fetch(k, x->owing + i, (uint32_t)smaller_of(x->owing_count - i, SHIPPED_TOGETHER));
        if (stock_ship(k, row)) x->busy[x->shelves[row].maker] = x->due[row] = true;
        x->owes[row] = x->shelves[row].owed_out > 0;
        if (x->owes[row]) x->owing[kept++] = row;
    }
    x->owing_count = kept;
    sources_ship(k);
    for (const struct note *n; (n = note_next(k, NOTE_SHIPMENT));) link_ship(k, n->row, n->count);
}
