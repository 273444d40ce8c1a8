// Stage 9: stocks are read at the end of the tick, where settings ask for it. Readings never feed back.
// reads: stock_*, link_owed    writes: tallies
#include "tick/stage.h"

// Components for one unit more.
static bool kit_ready(const struct tick *k, uint32_t stock) {
    const struct model *m = k->m;
    for (uint32_t i = m->first_need[stock]; i < m->first_need[stock + 1]; i++)
        if (k->s->stock_on_hand[m->needs[i].stock] < m->needs[i].quantity) return false;
    return true;
}

void stocks_read(struct tick *k) {
    const struct model *m = k->m;
    if (m->set.read_hours <= 0) return;
    int64_t every = (int64_t)(m->set.read_hours * 3600 / m->tick_seconds + 0.5);
    int64_t offset = (int64_t)(m->set.read_offset_hours * 3600 / m->tick_seconds + 0.5);
    if (every < 1 || k->tick % every != offset % every) return;
    k->t->readings[0]++;
    for (uint32_t n = 0; n < k->x->part.stocks.count; n++) {
        uint32_t i = k->x->part.stocks.row[n];
        int64_t on_hand = k->s->stock_on_hand[i];
        int64_t backlog = (int64_t)k->s->stock_backlog[i] + k->x->shelves[i].owed_out;
        k->t->stock_read_on_hand[i] += on_hand;
        k->t->stock_read_backlog[i] += backlog;
        k->t->stock_read_positive[i] += on_hand > backlog;
        k->t->stock_read_covered[i] += on_hand >= backlog;
        int64_t on_order = (int64_t)k->s->stock_owed_in[i] + k->s->stock_under_way[i];
        k->t->stock_read_on_order[i] += on_order;
        k->t->stock_read_full[i] += on_hand + on_order - backlog >= m->stocks[i].order_up_to;
        k->t->stock_read_ready[i] += kit_ready(k, i);
    }
}
