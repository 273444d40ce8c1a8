// Which site a driver takes (M-12.4), and what a catchment publishes. The stations of a catchment stand one after the
// other in sights and looks.
// reads: looks. writes: nothing of the state.
#include "fleet/sight.h"

enum { LINE_BYTES = 64, LOOKS_AHEAD = 8 * LINE_BYTES };
static const double NOT_OPEN = 1e300;

static void sight_add(struct town *t, uint32_t sight, uint32_t station, uint32_t group) {
    const struct charging *c = t->c;
    const struct station *x = &c->stations[station];
    const struct site *site = &c->sites[x->site];
    t->sight_of[station] = sight;
    t->look_power[sight] = x->power;
    t->prices[sight] = (struct sight_price){ site->tariff, site->fee_fen, x->until };
    t->sights[sight] = (struct sight){ .station = station, .site = x->site, .group = group, .first_pile = x->first_pile,
                                       .piles = x->piles, .first_place = t->first_place[station],
                                       .feeder = site->feeder, .places = site->places, .watts = x->watts,
                                       .district = (uint16_t)site->district, .current = x->current,
                                       .power = x->power, .access = site->access, .by_events = site->by_events };
}

// What power counts in the choice, by type and rated power; types[0]: a stream's, which takes all.
static void powers_value(struct town *t) {
    const struct charging *c = t->c;
    for (uint32_t i = 0; i < c->n.type; i++) {
        for (uint32_t k = 0; k < c->n.power; k++) {
            int32_t most = i == 0 ? INT32_MAX : c->power_current[k] == DC ? c->types[i].dc_watts : c->types[i].ac_watts;
            int32_t watts = most < c->powers[k] ? most : c->powers[k];
            t->power_value[i * c->n.power + k] = t->m->set.choice_power * watts / 100000;
        }
    }
}

// A station without a number of piles weighs as one pile.
static uint32_t weight_of(const struct sight *x) {
    return x->piles ? x->piles : 1;
}

static uint32_t group_add(struct town *t, uint32_t group, uint32_t sight) {
    const struct charging *c = t->c;
    const struct catchment *catchment = &c->catchments[group / CURRENTS];
    const uint32_t *piles = c->catchment_piles + catchment->first_pile[group % CURRENTS];
    uint32_t first = sight, end = 0;
    for (uint32_t k = 0; k < catchment->piles[group % CURRENTS]; k += weight_of(&t->sights[sight++])) {
        sight_add(t, sight, piles[k], group);
        t->pile_ends[sight] = end += weight_of(&t->sights[sight]);
    }
    t->groups[group] = (struct sight_group){ .first_sight = first, .all = sight - first };
    return sight;
}

enum ap_status sights_make(struct town *t) {
    const struct charging *c = t->c;
    uint32_t groups = c->n.catchment * CURRENTS, sight = 1;
    t->sights = TAKE(&t->arena, c->n.station + 1, struct sight);
    t->looks = TAKE(&t->arena, c->n.station + 1, struct look);
    t->prices = TAKE(&t->arena, c->n.station + 1, struct sight_price);
    t->look_power = TAKE(&t->arena, c->n.station + 1, uint8_t);
    t->pile_ends = TAKE(&t->arena, c->n.station + 1, uint32_t);
    t->sight_of = TAKE(&t->arena, c->n.station, uint32_t);
    t->groups = TAKE(&t->arena, groups, struct sight_group);
    t->power_value = TAKE(&t->arena, (size_t)c->n.type * c->n.power + 1, double);
    if (!t->sights || !t->looks || !t->prices || !t->look_power || !t->pile_ends || !t->sight_of || !t->groups ||
        !t->power_value)
        return AP_NO_MEMORY;
    powers_value(t);
    for (uint32_t i = CURRENTS; i < groups; i++) sight = group_add(t, i, sight);
    for (uint32_t i = 1; i < c->n.station; i++)
        if (!t->sight_of[i]) sight_add(t, sight++, i, 0);
    return AP_OK;
}

void sights_open(struct town *t) {
    for (uint32_t i = CURRENTS; i < t->c->n.catchment * CURRENTS; i++) {
        struct sight_group *group = &t->groups[i];
        for (; group->sights < group->all; group->sights++) {
            const struct sight *x = &t->sights[group->first_sight + group->sights];
            if (t->c->stations[x->station].opened > t->day) break;
            group->piles += weight_of(x);
        }
    }
}

void sights_price(struct hand *h, uint32_t hour) {
    const struct town *t = h->town;
    for (uint32_t i = CURRENTS; i < t->c->n.catchment * CURRENTS; i++) {
        const struct sight_group *group = &t->groups[i];
        if (i / CURRENTS % t->hands != h->number) continue;
        for (uint32_t k = group->first_sight; k < group->first_sight + group->sights; k++) {
            const struct sight_price *x = &t->prices[k];
            int32_t fen = x->fee_fen + t->c->price_fen[x->tariff * 24 + hour];
            t->looks[k].price = x->until < t->day ? NOT_OPEN : t->m->set.choice_price * fen / 100;
        }
    }
}

// --- the choice

void looks_foresee(const struct town *t, const struct asking *a) {
    const struct sight_group *group = &t->groups[a->group];
    const char *looks = (const char *)(t->looks + group->first_sight);
    size_t bytes = group->sights * sizeof *t->looks;
    __builtin_prefetch(t->pile_ends + group->first_sight);
    __builtin_prefetch(t->pile_ends + group->first_sight + group->sights / 2);
    for (size_t at = 0; at < bytes && at < LOOKS_AHEAD; at += LINE_BYTES) __builtin_prefetch(looks + at);
}

void sight_foresee(const struct hand *h, const struct sight *x, int64_t at_us) {
    const struct town *t = h->town;
    int64_t hour = at_us / HOUR_US - (int64_t)t->day * 24;
    const int64_t *heap = t->s.pile_free + x->first_pile;
    const int64_t *feeder = h->feeder_load + (size_t)x->feeder * LOAD_HOURS + hour;
    __builtin_prefetch(&x->today, 1);
    if (x->by_events) {
        event_foresee(t, x->site);
        return;
    }
    __builtin_prefetch(heap, 1);
    if (x->piles > 4) __builtin_prefetch(heap + LINE_BYTES / sizeof *heap, 1);
    __builtin_prefetch(feeder, 1);
    __builtin_prefetch(feeder + 4, 1);
}

// The stations of four piles drawn by high bits: the first of the group whose piles end behind each.
static inline void sights_drawn(const struct town *t, const struct sight_group *group, const uint32_t words[4],
                                uint32_t at[4]) {
    uint32_t pile[4];
    for (int i = 0; i < 4; i++) {
        pile[i] = (uint32_t)((uint64_t)draw_bits(words[i], 10, 22) * group->piles >> 22);
        at[i] = group->first_sight;
    }
    for (uint32_t left = group->sights, half; left > 1; left -= half) {
        half = left / 2;
        const uint32_t *ends = t->pile_ends + half - 1;
        for (int i = 0; i < 4; i++) at[i] += ends[at[i]] <= pile[i] ? half : 0;
    }
}

// The best so far of one driver.
struct view {
    int64_t  at_us;
    const double *power_value;     // of its type
    double   best;
    uint32_t sight;                // 0: none
};

static inline void sight_look(const struct town *t, struct view *v, uint32_t sight, int32_t noise) {
    const struct look *x = &t->looks[sight];
    double wait = x->free_us > v->at_us ? (double)(x->free_us - v->at_us) / 60e6 : 0;
    double value = v->power_value[t->look_power[sight]] - t->m->set.choice_wait * wait - x->price + noise / 256.0;
    if (sight == v->sight || value <= v->best) return;
    v->best = value;
    v->sight = sight;
}

struct sight *sight_choose(const struct town *t, const struct asking *a) {
    const struct sight_group *group = &t->groups[a->group];
    if (!group->piles) return NULL;
    struct view v = { .at_us = a->at_us, .best = -NOT_OPEN / 2 };
    v.power_value = t->power_value + a->type * t->c->n.power;
    uint32_t seen = (uint32_t)t->m->set.choice_sites, at[4];
    struct philox luck;
    const uint32_t *words = a->choice;
    for (uint32_t first = 0; first < seen; first += 4) {
        const struct request *q = a->q;
        if (first) {
            uint32_t block = request_draw(q) * 2 + first / 4;
            luck = draw_block(t->luck, request_who(t, q), DRAW_CHOICE, q->number, block);
            words = luck.word;
        }
        sights_drawn(t, group, words, at);
        for (uint32_t i = 0; i < 4 && first + i < seen; i++)
            sight_look(t, &v, at[i], t->gumbel[draw_bits(words[i], 0, 10)]);
    }
    return v.sight ? &t->sights[v.sight] : NULL;
}

// Mean wait over the piles of a kind that are open, at `now_us`.
int64_t catchment_wait(const struct town *t, uint32_t catchment, int current, int64_t now_us) {
    const struct sight_group *group = &t->groups[catchment * CURRENTS + (uint32_t)current];
    const struct look *x = t->looks + group->first_sight;
    const uint32_t *ends = t->pile_ends + group->first_sight;
    int64_t sum = 0;
    if (group->latest_us <= now_us) return 0;
    for (uint32_t i = 0; i < group->sights; i++) {
        int64_t wait = x[i].free_us - now_us;
        sum += (wait > 0 ? wait : 0) * (ends[i] - (i ? ends[i - 1] : 0));
    }
    return group->piles ? sum / group->piles : 0;
}
