// Which site a driver takes (M-12.4), and what a catchment publishes. What a look at a station needs stands in sights,
// the stations of a catchment one after the other: drivers look far more often than they plug in.
// reads: sight_free. writes: published.
#include "fleet/town.h"

enum { LINE_BYTES = 64 };

// A station as a driver sees it.
struct sight {
    uint32_t station, price;       // price: first row of price_fen of its tariff
    int32_t  watts, until, fee_fen;
    uint32_t piles;                // 1 where there are always enough
};

static void sight_add(struct town *t, uint32_t sight, uint32_t station) {
    const struct charging *c = t->c;
    const struct station *x = &c->stations[station];
    const struct site *site = &c->sites[x->site];
    t->sight_of[station] = sight;
    t->sights[sight] = (struct sight){ station, site->tariff * 24, x->watts, x->until, site->fee_fen,
                                       x->piles ? x->piles : 1 };
}

enum ap_status sights_make(struct town *t) {
    const struct charging *c = t->c;
    size_t entries = 1, groups = (size_t)c->n.catchment * CURRENTS;
    for (uint32_t i = 1; i < c->n.catchment; i++) entries += c->catchments[i].piles[AC] + c->catchments[i].piles[DC];
    t->sights = TAKE(&t->arena, c->n.station + 1, struct sight);
    t->sight_free = TAKE(&t->arena, c->n.station + 1, int64_t);
    t->sight_of = TAKE(&t->arena, c->n.station, uint32_t);
    t->sight_of_pile = TAKE(&t->arena, entries, uint32_t);
    t->groups = TAKE(&t->arena, groups, struct sight_group);
    if (!t->sights || !t->sight_free || !t->sight_of || !t->sight_of_pile || !t->groups) return AP_NO_MEMORY;
    uint32_t sight = 1, entry = 0;
    for (size_t i = CURRENTS; i < groups; i++) {
        const struct catchment *catchment = &c->catchments[i / CURRENTS];
        const uint32_t *piles = c->catchment_piles + catchment->first_pile[i % CURRENTS];
        t->groups[i] = (struct sight_group){ .first_pile = entry, .first_sight = sight };
        for (uint32_t k = 0; k < catchment->piles[i % CURRENTS]; k++) {
            if (k == 0 || piles[k] != piles[k - 1]) sight_add(t, sight++, piles[k]);
            t->sight_of_pile[entry++] = sight - 1;
        }
    }
    return AP_OK;
}

void sights_open(struct town *t) {
    const struct charging *c = t->c;
    for (uint32_t i = CURRENTS; i < c->n.catchment * CURRENTS; i++) {
        const struct catchment *catchment = &c->catchments[i / CURRENTS];
        struct sight_group *group = &t->groups[i];
        while (group->piles < catchment->piles[i % CURRENTS]) {
            uint32_t sight = t->sight_of_pile[group->first_pile + group->piles];
            if (c->stations[t->sights[sight].station].opened > t->day) break;
            group->piles += t->sights[sight].piles;
            group->sights = sight - group->first_sight + 1;
        }
    }
}

// Asks memory for what a request will touch, a few requests ahead: its catchment's sights, its sums and its vehicle are
// seldom in the cache, as a quarter hour has two or three requests for a catchment.
void request_foresee(const struct hand *h, const struct request *q) {
    const struct town *t = h->town;
    const struct sight_group *group = &t->groups[q->catchment * CURRENTS + q->current];
    const char *sights = (const char *)(t->sights + group->first_sight);
    const char *sums = (const char *)sums_of(h, q->district, q->class);
    for (size_t at = 0; at < group->sights * sizeof *t->sights; at += LINE_BYTES) __builtin_prefetch(sights + at);
    for (uint32_t i = 0; i < group->sights; i += LINE_BYTES / sizeof *t->sight_free)
        __builtin_prefetch(t->sight_free + group->first_sight + i);
    for (size_t at = 0; at < FLEET_SUM_COUNT * sizeof(int64_t); at += LINE_BYTES) __builtin_prefetch(sums + at, 1);
    __builtin_prefetch(t->s.vehicle_charge + q->vehicle, 1);
    __builtin_prefetch(t->s.vehicle_asks + q->vehicle, 1);
}

// The best so far of one driver.
struct view {
    int64_t  at_us;
    int32_t  most_watts;           // of the vehicle
    uint32_t hour;
    double   best;
    uint32_t sight;                // 0: none
};

static inline void sight_look(const struct town *t, struct view *v, uint32_t sight, int32_t noise) {
    const struct sight *x = &t->sights[sight];
    if (sight == v->sight || x->until < t->day) return;
    double wait = t->sight_free[sight] > v->at_us ? (double)(t->sight_free[sight] - v->at_us) / 60e6 : 0;
    int32_t watts = v->most_watts < x->watts ? v->most_watts : x->watts;
    int32_t fen = x->fee_fen + t->c->price_fen[x->price + v->hour];
    double value = t->m->set.choice_power * watts / 100000 - t->m->set.choice_wait * wait -
                   t->m->set.choice_price * fen / 100 + noise / 256.0;
    if (v->sight && value <= v->best) return;
    v->best = value;
    v->sight = sight;
}

uint32_t station_choose(const struct town *t, uint32_t catchment, const struct request *q) {
    const struct charging *c = t->c;
    const struct sight_group *group = &t->groups[catchment * CURRENTS + q->current];
    if (!group->piles) return 0;
    const struct ev_type *type = &c->types[q->type];
    struct view v = { .at_us = q->at_us, .hour = (uint32_t)(q->at_us / HOUR_US % 24), .most_watts = INT32_MAX };
    if (q->type) v.most_watts = q->current == DC ? type->dc_watts : type->ac_watts;
    uint64_t who = q->vehicle ? vehicle_who(q->who) : c->streams[q->who].who;
    struct philox luck = { { 0 } };
    uint32_t seen = (uint32_t)t->m->set.choice_sites, block = request_draw(q) * 2;
    for (uint32_t i = 0; i < seen; i++) {
        if (i % 4 == 0) luck = draw_block(t->luck, who, DRAW_CHOICE, q->number, block + i / 4);
        uint32_t word = luck.word[i % 4];
        uint32_t pile = (uint32_t)((uint64_t)draw_bits(word, 10, 22) * group->piles >> 22);
        sight_look(t, &v, t->sight_of_pile[group->first_pile + pile], t->gumbel[draw_bits(word, 0, 10)]);
    }
    uint32_t station = t->sights[v.sight].station;
    __builtin_prefetch(&c->sites[c->stations[station].site]);
    __builtin_prefetch(&t->stations[station], 1);
    return station;
}

// Mean wait over the piles of a kind that are open, at `now_us`.
int64_t catchment_wait(const struct town *t, uint32_t catchment, int current, int64_t now_us) {
    const struct sight_group *group = &t->groups[catchment * CURRENTS + (uint32_t)current];
    const int64_t *free_us = t->sight_free + group->first_sight;
    const struct sight *x = t->sights + group->first_sight;
    int64_t sum = 0;
    for (uint32_t i = 0; i < group->sights; i++) {
        int64_t wait = free_us[i] - now_us;
        sum += (wait > 0 ? wait : 0) * x[i].piles;
    }
    return group->piles ? sum / group->piles : 0;
}
