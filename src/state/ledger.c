// The ledgers (M-5): what came in equals what went out and what is there, to the unit, per product, stock, line, shop,
// offer, lane and market. A run stops at the first that does not balance. tests/laws/lost.c takes a unit from every
// column that holds any.
#include "state/state.h"

#include <stdio.h>
#include <string.h>

static enum ap_status unbalanced(struct ledger_report *r, const char *ledger, const char *row, int64_t left,
                                 int64_t right) {
    snprintf(r->message, sizeof r->message, "ledger of %s \"%s\" does not balance: %lld against %lld", ledger, row,
             (long long)left,
             (long long)right);
    return AP_LEDGER;
}

enum { NAME_BYTES = 96 };

static const char *stock_name(const struct model *m, uint32_t stock, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%.40s/%.40s", enterprise_name(m, m->stocks[stock].enterprise),
             m->products[m->stocks[stock].product].id);
    return name;
}

static const char *shop_name(const struct model *m, uint32_t shop, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%.40s/%.40s", m->tables->lines[m->lines[m->shops[shop].line].table_row].line,
             m->tables->shops[m->shops[shop].table_row].shop);
    return name;
}

static const char *offer_name(const struct model *m, uint32_t offer, char name[NAME_BYTES]) {
    static const char *const channels[CHANNEL_COUNT] = { "local", "domestic", "export" };
    snprintf(name, NAME_BYTES, "%.60s, %s", m->products[m->variants[m->offers[offer].variant].product].id,
             channels[m->offers[offer].channel]);
    return name;
}

// Per product: opening + made + bought = used + sold + scrapped + on hand + under way.
static enum ap_status products_balance(const struct model *m, const struct state *s, const struct tally *t,
                                       struct ledger_report *r) {
    int64_t *lost = r->work;
    memset(lost, 0, m->n.product * sizeof *lost);
    for (uint32_t i = 1; i < m->n.stock; i++) {
        int64_t in = t->stock_opening[i] + t->stock_made[i] + t->stock_bought[i];
        int64_t held = (int64_t)s->stock_on_hand[i] + s->stock_under_way[i];
        lost[m->stocks[i].product] += in - t->stock_used[i] - t->stock_sold[i] - t->stock_scrapped[i] - held;
    }
    for (uint32_t p = 1; p < m->n.product; p++)
        if (lost[p]) return unbalanced(r, "product", m->products[p].id, lost[p], 0);
    return AP_OK;
}

enum { COLUMNS_TOGETHER = 512 };       // so many sums stay in the nearest cache while the slots pass

// What comes in so many columns of a ring, from column `first` on, summed slot by slot. In 32 bits, four side by side:
// exact as long as no cell has a bit that could carry out of them, else once more in 64.
static void columns_sum(const struct ring *ring, const int32_t *cells, uint32_t count, int64_t *sums) {
    uint32_t low[COLUMNS_TOGETHER] = { 0 }, bits[COLUMNS_TOGETHER] = { 0 }, all = 0;
    const uint32_t *a = (const uint32_t *)cells, columns = ring->columns;
    int32_t slot = 0;
    for (; slot + 4 <= ring->slots; slot += 4, a += 4 * (size_t)columns) {
        const uint32_t *b = a + columns, *c = b + columns, *d = c + columns;
        for (uint32_t i = 0; i < count; i++) {
            low[i] += a[i] + b[i] + c[i] + d[i];
            bits[i] |= a[i] | b[i] | c[i] | d[i];
        }
    }
    for (; slot < ring->slots; slot++, a += columns)
        for (uint32_t i = 0; i < count; i++) low[i] += a[i], bits[i] |= a[i];
    for (uint32_t i = 0; i < count; i++) all |= bits[i], sums[i] = low[i];
    if ((uint64_t)all * (uint64_t)ring->slots <= UINT32_MAX) return;
    for (uint32_t i = 0; i < count; i++) sums[i] = 0;
    for (slot = 0; slot < ring->slots; slot++, cells += columns)
        for (uint32_t i = 0; i < count; i++) sums[i] += cells[i];
}

// Per stock: the sum of its ring is what it has under way. The rings are read in the order they lie in memory.
static enum ap_status rings_balance(const struct model *m, const struct state *s, struct ledger_report *r) {
    int64_t coming[COLUMNS_TOGETHER];
    char name[NAME_BYTES];
    for (int k = 0; k < RINGS; k++) {
        const struct ring *ring = &m->rings[k];
        for (uint32_t first = 0; first < ring->columns; first += COLUMNS_TOGETHER) {
            const uint32_t *stocks = m->ring_stocks + ring->first_stock + first;
            uint32_t count = (uint32_t)smaller_of(ring->columns - first, COLUMNS_TOGETHER);
            columns_sum(ring, s->transit + ring->first + first, count, coming);
            for (uint32_t i = 0; i < count; i++)
                if (coming[i] != s->stock_under_way[stocks[i]])
                    return unbalanced(r, "shipments to", stock_name(m, stocks[i], name),
                                      s->stock_under_way[stocks[i]], coming[i]);
        }
    }
    return AP_OK;
}

// Per stock: what its links owe is owed to it; nothing is negative. The links are read in the order they lie in memory.
static enum ap_status stocks_balance(const struct model *m, const struct state *s, struct ledger_report *r) {
    int64_t *owed = r->work;
    char name[NAME_BYTES];
    memset(owed, 0, m->n.stock * sizeof *owed);
    for (uint32_t k = 1; k < m->n.link; k++)
        owed[m->links[k].buyer] += (int64_t)s->link_owed[k] + s->link_ordered[k];
    for (uint32_t i = 1; i < m->n.stock; i++) {
        if (s->stock_on_hand[i] < 0 || s->stock_backlog[i] < 0)
            return unbalanced(r, "stock", stock_name(m, i, name), s->stock_on_hand[i], s->stock_backlog[i]);
        if (owed[i] != s->stock_owed_in[i])
            return unbalanced(r, "orders for", stock_name(m, i, name), s->stock_owed_in[i], owed[i]);
    }
    return AP_OK;
}

// Per stock with outside demand: wanted = served at once + served late + lost + waiting.
static enum ap_status demands_balance(const struct model *m, const struct state *s, const struct tally *t,
                                      struct ledger_report *r) {
    int64_t *late = r->work;
    char name[NAME_BYTES];
    if (m->n.demand <= 1) return AP_OK;
    memset(late, 0, m->n.stock * sizeof *late);
    for (uint32_t i = 1; i < m->n.demand; i++)
        late[m->demands[i].stock] += t->demand_wanted[i] - t->demand_served_at_once[i] - t->demand_lost[i];
    for (uint32_t i = 1; i < m->n.stock; i++)
        if (late[i] != t->stock_served_late[i] + s->stock_backlog[i])
            return unbalanced(r, "demand at", stock_name(m, i, name), late[i],
                              t->stock_served_late[i] + s->stock_backlog[i]);
    return AP_OK;
}

// Per line: started = made + on shops + in buffers.
static enum ap_status lines_balance(const struct model *m, const struct state *s, const struct tally *t,
                                    struct ledger_report *r) {
    for (uint32_t l = 1; l < m->n.line; l++) {
        const struct line *line = &m->lines[l];
        int64_t inside = 0;
        for (uint32_t k = line->first_shop; k < line->first_shop + line->shops; k++) {
            if (m->shops[k].side) continue;
            inside += s->shop_unit[k] != 0;
            for (uint32_t i = 0; i < line->builds; i++) inside += s->place_waiting[m->shops[k].first_place + i];
        }
        if (t->line_started[l] != t->line_made[l] + inside)
            return unbalanced(r, "line", m->tables->lines[line->table_row].line, t->line_started[l],
                              t->line_made[l] + inside);
    }
    return AP_OK;
}

// Units that a shop has begun: those it has finished and the one that it works on.
static int64_t begun(const struct state *s, const struct tally *t, uint32_t shop) {
    return t->shop_done[shop] + (s->shop_unit[shop] != 0 && s->shop_left[shop] > 0);
}

// Per shop: finished = held on it + in the buffer behind it + begun by the next one; the line's first shop begins what
// was started, its last has finished what was made.
static enum ap_status shops_balance(const struct model *m, const struct state *s, const struct tally *t,
                                    struct ledger_report *r) {
    char name[NAME_BYTES];
    for (uint32_t k = 1; k < m->n.shop; k++) {
        const struct shop *shop = &m->shops[k];
        const struct line *line = &m->lines[shop->line];
        int64_t behind = s->shop_unit[k] != 0 && s->shop_left[k] == 0;
        for (uint32_t i = 0; i < line->builds; i++) behind += s->place_waiting[shop->first_place + i];
        int64_t out = shop->next ? begun(s, t, shop->next) : t->line_made[shop->line];
        if (t->shop_done[k] != behind + out)
            return unbalanced(r, "shop", shop_name(m, k, name), t->shop_done[k], behind + out);
        int64_t started = shop->side ? t->shop_begun[k] : t->line_started[shop->line];
        if (shop->feeders == 0 && started != begun(s, t, k))
            return unbalanced(r, "shop", shop_name(m, k, name), started, begun(s, t, k));
    }
    return AP_OK;
}

// Of cells beside each other; in 32 bits where that is exact (see columns_sum).
static int64_t cells_sum(const int32_t *cells, uint32_t count) {
    uint32_t low = 0, bits = 0;
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) low += (uint32_t)cells[i], bits |= (uint32_t)cells[i];
    if ((uint64_t)bits * count <= UINT32_MAX) return low;
    for (uint32_t i = 0; i < count; i++) sum += cells[i];
    return sum;
}

// Vehicles of a dealer's offer: opening + taken from the yards = sold + at dealers + under way.
static enum ap_status dealers_balance(const struct model *m, const struct state *s, const struct tally *t,
                                      struct ledger_report *r) {
    char name[NAME_BYTES];
    for (uint32_t o = 1; o < m->n.offer; o++) {
        if (!m->offers[o].dealer) continue;
        int64_t in = t->offer_opening[o] + t->offer_taken[o];
        int64_t out = t->offer_sold[o] + s->offer_stock[o] + s->offer_under_way[o];
        if (in != out) return unbalanced(r, "dealers of", offer_name(m, o, name), in, out);
    }
    return AP_OK;
}

// Per offer: ordered = sold + lost + cancelled + waiting; cohorts and rings sum to their columns.
static enum ap_status offers_balance(const struct model *m, const struct state *s, const struct tally *t,
                                     struct ledger_report *r) {
    char name[NAME_BYTES];
    for (uint32_t o = 1; o < m->n.offer; o++) {
        int64_t out = t->offer_sold[o] + t->offer_lost[o] + t->offer_cancelled[o] + s->offer_waiting[o];
        if (t->offer_ordered[o] != out)
            return unbalanced(r, "orders of", offer_name(m, o, name), t->offer_ordered[o], out);
        int64_t cohorts = cells_sum(s->offer_cohort + (size_t)o * COHORT_DAYS, COHORT_DAYS);
        int64_t riding = cells_sum(s->offer_arriving + (size_t)o * DEALER_RING_DAYS, DEALER_RING_DAYS);
        for (uint32_t w = 0; w < m->offers[o].ways && m->offers[o].dealer; w++)
            riding += s->way_waiting[m->offers[o].first_way + w];
        if (cohorts != s->offer_waiting[o])
            return unbalanced(r, "buyers of", offer_name(m, o, name), s->offer_waiting[o], cohorts);
        if (riding != s->offer_under_way[o])
            return unbalanced(r, "vehicles under way of", offer_name(m, o, name), s->offer_under_way[o], riding);
    }
    return AP_OK;
}

static enum ap_status lanes_balance(const struct model *m, const struct state *s, struct ledger_report *r) {
    for (uint32_t l = 1; l < m->n.lane; l++) {
        int64_t waiting = 0;
        for (uint32_t k = 0; k < m->lanes[l].ways; k++)
            waiting += s->way_waiting[m->ways_of_lane[m->lanes[l].first_way + k]];
        if (waiting != s->lane_waiting[l])
            return unbalanced(r, "lane", m->tables->lanes[m->lanes[l].table_row].lane, s->lane_waiting[l],
                              waiting);
    }
    return AP_OK;
}

// Per export market: left = arrived + riding.
static enum ap_status markets_balance(const struct model *m, const struct state *s, const struct tally *t,
                                      struct ledger_report *r) {
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (m->markets[i].channel != CHANNEL_EXPORT) continue;
        int64_t inside = t->market_arrived[i];
        inside += cells_sum(s->market_arriving + (size_t)i * MARKET_RING_DAYS, MARKET_RING_DAYS);
        if (inside != t->market_left[i])
            return unbalanced(r, "market", m->tables->markets[m->markets[i].table_row].market, t->market_left[i],
                              inside);
    }
    return AP_OK;
}

enum ap_status ledger_check(const struct model *m, const struct state *s, const struct tally *t,
                            struct ledger_report *r) {
    ASSERT(m && s && t && r && r->work);
    TRY(products_balance(m, s, t, r));
    TRY(rings_balance(m, s, r));
    TRY(stocks_balance(m, s, r));
    TRY(demands_balance(m, s, t, r));
    TRY(lines_balance(m, s, t, r));
    TRY(shops_balance(m, s, t, r));
    TRY(offers_balance(m, s, t, r));
    TRY(dealers_balance(m, s, t, r));
    TRY(lanes_balance(m, s, r));
    return markets_balance(m, s, t, r);
}
