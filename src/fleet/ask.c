// Where a request goes (M-12.3): it waits in the bucket of its quarter hour; when that begins it compares two
// catchments within reach, drawn by gravity, by what they published a quarter of an hour before.
// reads: published. writes: nothing of the state.
#include <stdlib.h>

#include "fleet/town.h"

void request_put(struct hand *h, const struct request *q) {
    struct bucket *b = &h->asks[(q->at_us / QUARTER_US) % BUCKET_RING];
    ASSERT(q->at_us / QUARTER_US < (int64_t)h->town->day * QUARTERS + BUCKET_RING);
    if (b->count == b->room) {
        uint32_t room = b->room ? b->room * 2 : 64;
        struct request *rows = realloc(b->rows, room * sizeof *rows);
        if (!rows) {
            h->status = AP_NO_MEMORY;
            return;
        }
        b->rows = rows;
        b->room = room;
    }
    b->rows[b->count++] = *q;
}

// Where the search for a pull begins, by its high bits: the catchment found for the first pull that has them.
void guides_fill(struct town *t) {
    const struct charging *c = t->c;
    for (size_t i = 0; i < (size_t)c->n.district * CURRENTS; i++) {
        const uint32_t *reach = c->reach + i * c->n.catchment;
        uint32_t *guide = t->guides + i * (GUIDE_STEPS + 1), at = 0;
        for (uint32_t k = 0; k < GUIDE_STEPS; k++) {
            while (at + 1 < c->n.catchment && reach[at] <= k << GUIDE_SHIFT) at++;
            guide[k] = at;
        }
        guide[GUIDE_STEPS] = c->n.catchment - 1;
    }
}

static size_t reach_row(const struct request *q) {
    return (size_t)q->district * CURRENTS + q->current;
}

void guide_foresee(const struct town *t, const struct request *q, uint32_t u) {
    __builtin_prefetch(t->guides + reach_row(q) * (GUIDE_STEPS + 1) + (u >> GUIDE_SHIFT));
}

void reach_foresee(const struct town *t, const struct request *q, uint32_t u) {
    size_t row = reach_row(q);
    const uint32_t *guide = t->guides + row * (GUIDE_STEPS + 1);
    __builtin_prefetch(t->c->reach + row * t->c->n.catchment + guide[u >> GUIDE_SHIFT]);
}

// The first catchment whose cumulative pull is above `u`; 0: none in reach.
static uint32_t reach_find(const uint32_t *reach, const uint32_t *guide, uint32_t u) {
    uint32_t most = reach[guide[GUIDE_STEPS]];
    if (most == 0) return 0;
    if (u >= most) u = most - 1;
    uint32_t low = guide[u >> GUIDE_SHIFT], high = guide[(u >> GUIDE_SHIFT) + 1];
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (reach[middle] > u) high = middle;
        else low = middle + 1;
    }
    return low;
}

static double minutes_of(int64_t us) {
    return (double)us / 60e6;
}

uint32_t request_catchment(const struct town *t, const struct request *q, const uint32_t luck[3]) {
    const struct charging *c = t->c;
    if (q->catchment) return q->catchment;
    if (q->access == ACCESS_RESIDENTS) return c->residents[q->district];
    size_t row = reach_row(q);
    const uint32_t *reach = c->reach + row * c->n.catchment, *guide = t->guides + row * (GUIDE_STEPS + 1);
    uint32_t first = reach_find(reach, guide, luck[0]);
    uint32_t other = reach_find(reach, guide, luck[1]);
    if (first == other || !first || !other) return first ? first : other;
    double less = minutes_of(t->s.published[other * CURRENTS + q->current] -
                             t->s.published[first * CURRENTS + q->current]);
    double noise = (t->gumbel[draw_bits(luck[2], 0, 10)] - t->gumbel[draw_bits(luck[2], 10, 10)]) / 256.0;
    return t->m->set.choice_wait * less + noise >= 0 ? first : other;
}

// Piles of public and residents' sites that fail today, each with its own draw; a pile in use fails after the session.
static void station_fail(struct hand *h, uint32_t i, double chance) {
    const struct town *t = h->town;
    const struct station *station = &t->c->stations[i];
    uint32_t when = (uint32_t)(t->m->first_day + t->day);
    struct philox luck = { { 0 } };
    for (uint32_t pile = 0; pile < station->piles; pile++) {
        if (pile % 4 == 0) luck = draw_block(t->luck, station->who, DRAW_PILE, when, pile / 4);
        if ((luck.word[pile % 4] + 0.5) / 4294967296.0 >= chance) continue;
        struct philox how = draw_block(t->luck, station->who, DRAW_REPAIR, when, pile);
        double hours = exponential_from((how.word[0] + 0.5) / 4294967296.0, t->m->set.pile_down_hours);
        struct request q = { .who = i, .number = pile, .catchment = t->c->sites[station->site].catchment,
                             .flags = ASK_REPAIR, .current = station->current };
        q.size = (int64_t)(hours * (double)HOUR_US);
        q.at_us = (int64_t)t->day * DAY_US + (int64_t)((double)how.word[1] / 4294967296.0 * (double)DAY_US);
        request_put(h, &q);
    }
}

void repairs_ask(struct hand *h) {
    const struct town *t = h->town;
    if (t->m->set.pile_up_days <= 0 || !charging_on(t->c, t->day)) return;
    double chance = 1 - exp_own(-1 / t->m->set.pile_up_days);
    for (uint32_t i = 1; i < t->c->n.station; i++) {
        const struct station *station = &t->c->stations[i];
        const struct site *site = &t->c->sites[station->site];
        if (i % t->hands != h->number || site->by_events || site->access == ACCESS_CLOSED) continue;
        if (station->opened <= t->day && t->day <= station->until) station_fail(h, i, chance);
    }
}
