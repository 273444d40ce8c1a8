// What a stage sees, and every stage. stages.c holds their order.
#ifndef TICK_STAGE_H
#define TICK_STAGE_H

#include "tick/scratch.h"

// What the stages see.
struct tick {
    const struct model *m;
    struct state   *s;
    struct tally   *t;
    struct scratch *x;
    struct luck     luck;
    const struct observer *observer;
    struct exchange *exchange;     // NULL: nobody listens
    bool    no_shocks;
    int32_t tick, day, tick_of_day;
};

// Stages, in the order of the tick.
void day_begins(struct tick *k);          // calendar.c: only in the first tick of a day
void shipments_arrive(struct tick *k);    // arrive.c
void orders_place(struct tick *k);        // order.c
void suppliers_make(struct tick *k);      // make.c
void lines_build(struct tick *k);         // build.c
void goods_ship(struct tick *k);          // ship.c
void servers_work(struct tick *k);        // serve.c
void markets_take(struct tick *k);        // market.c
void lanes_depart(struct tick *k);        // lane.c
void stocks_read(struct tick *k);         // reading.c
void shipments_value(struct tick *k);     // ship.c: after the last tick of a day

void shocks_apply(struct tick *k);        // shock.c
void plans_carry(struct tick *k);
void plans_renew(struct tick *k);         // plan.c
void lines_plan(struct tick *k);          // plan.c
void plans_open(struct tick *k);          // plan.c: the firm days of a run's first day
int32_t build_in_process(const struct model *m, const struct state *s, uint32_t build);
int64_t build_need(const struct tick *k, uint32_t build);
int64_t build_late(const struct tick *k, uint32_t build);
int64_t made_lacking(const struct tick *k, uint32_t stock);   // make.c
void stock_receive(struct tick *k, uint32_t stock, int32_t count);   // arrive.c: units that it has now; backlog first
void demand_meet(struct tick *k, uint32_t row, int64_t count);       // market.c
int64_t wanted_until(const struct model *m, uint32_t build, int32_t day);
void planned_uses_renew(struct tick *k);  // plan.c: where a shock limits the flow
void plans_borrow(struct tick *k);        // cone.c: of builds that are not computed
void targets_compare(struct tick *k);     // cone.c
int32_t stock_target_now(const struct tick *k, uint32_t stock);   // plan.c
int64_t line_capacity(const struct model *m, uint32_t line, int32_t ticks);
int32_t market_factor_on(const struct tick *k, uint32_t market, int32_t day);

// Asks memory for a cache line that will be read soon.
#define FETCH(cell) __builtin_prefetch(&(cell))

// Dates that key luck and rates (M-3, M-6): counted from 1970, so that a run that begins earlier or later has the same
// luck on the same day.
static inline uint32_t when_day(const struct tick *k, int32_t day) {
    return (uint32_t)(k->m->first_day + day);
}
static inline uint32_t when_tick(const struct tick *k) {
    return when_day(k, 0) * (uint32_t)k->m->ticks_per_day + (uint32_t)k->tick;
}

// The cells from slot 0 of a class of rings on to the slot that `delay` ticks from now (at least one) fall in: the
// first that begins then or later.
static inline uint32_t slot_cells(const struct tick *k, uint8_t class, int32_t delay) {
    const struct ring *ring = &k->m->rings[class];
    const struct ring_now *now = &k->x->rings[class];
    int32_t ticks = now->rest + (delay < 1 ? 1 : delay) + ring->width - 1;
    int32_t ahead = ring->width == 1 ? ticks : ring->width == 8 ? ticks >> 3 : ticks / ring->width;
    ASSERT(ahead < ring->slots);
    int32_t slot = now->slot + ahead < ring->slots ? now->slot + ahead : now->slot + ahead - ring->slots;
    return (uint32_t)slot * ring->columns;
}

// `count` units reach the stock `delay` ticks from now.
static inline void transit_add(struct tick *k, uint32_t stock, int32_t count, int32_t delay) {
    const struct shelf *to = &k->x->shelves[stock];
    k->s->transit[to->cell + slot_cells(k, to->ring, delay)] += count;
    k->s->stock_under_way[stock] += count;
}

static inline struct day_figures *figures_of(const struct tick *k, uint32_t cluster) {
    return &k->x->part.figures[cluster];
}

// Messages between clusters (M-7).
static inline void note_tell(const struct tick *k, enum note_kind kind, uint32_t row, int32_t count) {
    if (!k->exchange) return;
    struct note n = { .row = row, .kind = (uint8_t)kind, .tick = (uint8_t)k->tick_of_day, .count = count };
    k->exchange->tell(k->exchange->self, &n);
}
static inline void note_tell_ahead(const struct tick *k, uint32_t way, int32_t count, int32_t ahead) {
    if (!k->exchange) return;
    struct note n = { .row = way, .kind = NOTE_DEPARTURE, .tick = (uint8_t)k->tick_of_day, .ahead = (uint8_t)ahead,
                      .count = count };
    k->exchange->tell(k->exchange->self, &n);
}
// The next message of this tick from rows that are not computed; NULL: no more.
static inline const struct note *note_next(const struct tick *k, enum note_kind kind) {
    struct exchange *e = k->exchange;
    if (!e || e->script_next[kind] == e->script_count[kind]) return NULL;
    const struct note *next = &e->script[kind][e->script_next[kind]];
    if (next->tick != k->tick_of_day) return NULL;
    e->script_next[kind]++;
    return next;
}

// Whose draw it is when a row draws more often in a tick or day than a draw's number has bits (16).
static inline uint64_t who_of(uint64_t who, uint32_t number) {
    return number >> 16 ? hash_pair(who, number >> 16) : who;
}

static inline int64_t scaled_ppm(int64_t value, int32_t ppm) {
    return ppm == 1000000 ? value : value / 1000000 * ppm + value % 1000000 * ppm / 1000000;
}

#endif
