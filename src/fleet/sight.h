// Stations as drivers see them. Drivers look far more often than they plug in: what a look needs is as small as can be,
// and what an arrival needs of a station and of its site stands in one line of memory, as it was seldom there before.
#ifndef FLEET_SIGHT_H
#define FLEET_SIGHT_H

#include "fleet/town.h"

// What a day adds to the sums of a station.
struct counted {
    int64_t arrived, started, waited, left, wait_us, busy_us, charging_us, delivered_uwh;
};

struct sight {
    uint32_t station, site, group; // group: row of groups[], 0 at closed sites
    uint32_t first_pile, piles;    // piles 0: always enough
    uint32_t first_place, feeder;
    int32_t  places;               // waiting places, -1: no limit
    int32_t  watts;
    uint16_t district;
    uint8_t  current, power, access;
    bool     by_events;
    _Alignas(64) struct counted today;     // in a line of its own
};

// What a look at a station needs that changes: of all stations together it stays near the processor.
struct look {
    int64_t free_us;               // pile_free of its soonest pile
    double  price;                 // of a kWh with the site's fee, in this hour, as it counts in the choice
};

// Where its price comes from, and its last day.
struct sight_price {
    uint32_t tariff;
    int32_t  fee_fen, until;
};

// Stations of a catchment and current, in the order of their opening, so that the open ones come first.
struct sight_group {
    uint32_t first_sight, sights, piles, all;      // sights, piles: open today; all: sights it will ever have
    int64_t  latest_us;            // none of its stations was ever free later
};

// A request in its quarter hour with its luck there, in one line of memory.
struct asking {
    int64_t  at_us;
    const struct request *q;
    uint32_t group;                // row of groups[]: where it asks
    uint32_t vehicle, type;        // of q
    uint32_t choice[4], session[3];
};

// A try at a station that serves first come, first served: what came of it, before it is tallied.
struct visit {
    const struct request *q;
    struct sight *x;
    int64_t  wait_us;
    enum { VISIT_SERVED, VISIT_LEFT, VISIT_FULL, VISIT_TOLD } how;     // told: all of it is told already
    struct session s;
};

// Its place in the order of its quarter hour.
struct turn {
    int64_t  at_us;
    const struct asking *asking;
};

static inline uint32_t asking_catchment(const struct asking *a) {
    return a->group / CURRENTS;
}
static inline struct sight *sight_at(const struct town *t, uint32_t station) {
    return &t->sights[t->sight_of[station]];
}
// What drivers see of a station from now on.
static inline void sight_free_set(const struct town *t, const struct sight *x, int64_t free_us) {
    struct sight_group *group = &t->groups[x->group];
    t->looks[x - t->sights].free_us = free_us;
    if (x->group && free_us > group->latest_us) group->latest_us = free_us;
}
static inline uint32_t sight_load(const struct sight *x) {
    return x->access == ACCESS_RESIDENTS ? LOAD_RESIDENTS : x->current == DC ? LOAD_DC : LOAD_AC;
}

// choose.c; ahead of a request memory is asked for what it will look at; before a chosen station is worked, for its own
void looks_foresee(const struct town *t, const struct asking *a);
struct sight *sight_choose(const struct town *t, const struct asking *a);   // NULL: no pile of that kind is open
void sight_foresee(const struct hand *h, const struct sight *x, int64_t at_us);
// serve.c: who comes to a station, and what is told of it
void visit_settle(struct hand *h, struct visit *v, const uint32_t *luck);
void visit_tell(struct hand *h, const struct visit *v);
// plug.c; luck: the words of its session, NULL: still to be drawn
struct session session_of(const struct town *t, const struct sight *x, const struct request *q, int64_t start_us,
                          const uint32_t *luck);
// events.c; foresee: memory is asked for ahead, first for a site's row, then for what that names, then for who is due
void event_foresee(const struct town *t, uint32_t site);
void guests_foresee(const struct town *t, uint32_t site);
void due_foresee(const struct town *t, uint32_t site, int64_t until_us);
void event_arrive(struct hand *h, const struct sight *x, const struct request *q, const uint32_t *luck);

#endif
