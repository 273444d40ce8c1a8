// Stage 2: shipments and finished units arrive; outside demand that waits is served first.
// reads: transit    writes: stock_on_hand, stock_under_way, stock_backlog, transit
#include "tick/stage.h"

void stock_receive(struct tick *k, uint32_t stock, int32_t count) {
    struct state *s = k->s;
    s->stock_on_hand[stock] += count;
    k->t->stock_received[stock] += count;
    if (s->stock_backlog[stock] == 0) return;
    int32_t served = (int32_t)smaller_of(s->stock_backlog[stock], s->stock_on_hand[stock]);
    s->stock_backlog[stock] -= served;
    s->stock_on_hand[stock] -= served;
    k->t->stock_sold[stock] += served;
    k->t->stock_served_late[stock] += served;
    k->x->plant[k->m->stocks[stock].enterprise].stamp++;
}

// What the slot holds for some of the ring's stocks.
static void slot_arrives(struct tick *k, int32_t *slot, const uint32_t *stocks, struct cells columns) {
    for (uint32_t i = columns.first; i < columns.first + columns.count; i++) {
        if (slot[i] == 0) continue;
        k->s->stock_under_way[stocks[i]] -= slot[i];
        stock_receive(k, stocks[i], slot[i]);
        slot[i] = 0;
    }
}

void shipments_arrive(struct tick *k) {
    const struct model *m = k->m;
    for (int c = 0; c < RINGS; c++) {
        const struct ring *ring = &m->rings[c];
        if (ring->columns == 0) continue;
        int32_t slot = k->tick / ring->width % ring->slots, rest = k->tick % ring->width;
        k->x->rings[c] = (struct ring_now){ slot, rest };
        if (rest != 0) continue;
        int32_t *row = k->s->transit + ring->first + (uint32_t)slot * ring->columns;
        const struct group *spans = &k->x->part.rings[c];
        for (uint32_t i = spans->first; i < spans->first + spans->now; i++)
            slot_arrives(k, row, m->ring_stocks + ring->first_stock, k->x->part.ring_spans[i]);
    }
}
