// Scratch: what a run may forget. Derived from model and state, rebuilt by scratch_reset; never part of a fork.
#ifndef TICK_SCRATCH_H
#define TICK_SCRATCH_H

#include "tick/tick.h"

#include "tick/allocate.h"

enum { MOST_SHOPS = 64 };          // of one line; model_build refuses more

// Needs of a build, first-shop ones first: those that only its platform has, and those that platforms share.
struct line_needs {
    uint32_t platform;
    uint32_t first, count, firsts;
    uint32_t common, common_count, common_firsts;
};

// Kits of a build that are surely there, by end (parts.c), and the ends that have failed in this tick.
struct credit {
    int32_t own[3], common[3];
    uint8_t failed;
};

// Stocks that are reviewed together: every `review` ticks, in tick `phase` of each.
struct review {
    int32_t  review, phase;
    uint32_t first, count;
};

struct scratch {
    // shocks in force today, ppm unless said; shocked says whether any differs from its default
    bool     shocked;
    int32_t *maker_factor, *maker_flow, *line_factor, *line_flow, *stock_allocation, *offer_factor, *market_factor,
        *lane_factor;              // *_flow and stock_allocation: -1 no limit
    int32_t *link_extra, *lane_extra;   // ticks
    // today's plan
    int32_t *stock_target;         // [stock] units: order or make up to it
    int32_t *stock_daily_milli;    // [stock] planned use a day, 1e-3 units; only where a shock limits by it
    int32_t *line_level;           // [line] levels worked today
    int32_t *maker_level;          // [maker]
    int32_t *build_weight;         // [build] for levelling: today's starts + what was in process when the day began
    int64_t *line_weight;          // [line] sum
    int64_t *plan_sum;             // [build][PLAN_DAYS + 1] sums of the firm plan from today on, 1e-6 units
    int64_t *need;                 // [build] vehicles needed today
    int32_t *open_ticks;           // [calendar][4] ticks worked today up to each level
    int32_t *typical_open;         // [calendar] most normal ticks of a day
    int16_t *closed_days;          // [calendar][days + 1] closed days before each day
    // orders: stocks with links, by review time and phase
    struct review *reviews;
    uint32_t review_count;
    uint32_t *review_stocks;
    // links that got an order in the last tick, and in this one
    uint32_t *fresh, *next_fresh;
    uint32_t  fresh_count, next_fresh_count;
    // supplier stocks that owe something
    int32_t  *stock_owed_out;      // [stock] what it owes by its links
    uint32_t *owing;
    uint32_t  owing_count;
    bool     *owes;                // [stock]
    bool     *busy;                // [maker] may have something to make
    bool     *due;                 // [stock] its position or target moved since it was last reviewed
    int32_t  *shipped_today;       // [link] units
    int64_t  *lack;                // of the outputs of the maker at hand
    // lines
    struct line_needs *line_needs; // [build]
    struct need *own_needs;
    struct credit *credits;        // [build]
    int32_t  *line_ratio;          // [line] most kits of a build that one kit of another can cost it
    int32_t  *started, *assembled; // [build] units that took first and last needs in this tick
    int32_t  *in_process;          // [build] bodies that have not taken their last needs
    struct claim *claims;          // allocation: as many as the most links of a stock, or ways of a lane
    uint32_t *yards;               // stocks of vehicles
    uint32_t  yard_count;
    uint32_t *makers_by_turn;      // makers in the order of their turn to decide
    uint32_t *first_turn;          // [turns + 1]
    int32_t   turns;               // ticks between a maker's decisions
    uint32_t *export_markets;      // rows of export markets, in order: the ways of an export offer
    uint32_t  export_market_count;
};

// What the stages see.
struct tick {
    const struct model *m;
    struct state   *s;
    struct tally   *t;
    struct scratch *x;
    struct luck     luck;
    const struct observer *observer;
    struct day_figures *figures;   // of today
    bool    no_shocks;
    int32_t tick, day, tick_of_day;
};

MUST_CHECK enum ap_status scratch_make(const struct model *m, struct scratch **out);
void scratch_free(struct scratch *x);
// Rebuilds what depends on the state (due lists, flags).
void scratch_reset(const struct model *m, const struct state *s, struct scratch *x);

// Stages, in the order of the tick.
void day_begins(struct tick *k);          // calendar.c: only in the first tick of a day
void shipments_arrive(struct tick *k);    // arrive.c
void orders_place(struct tick *k);        // order.c
void suppliers_make(struct tick *k);      // make.c
void lines_build(struct tick *k);         // build.c
void goods_ship(struct tick *k);          // ship.c
void markets_take(struct tick *k);        // market.c
void lanes_depart(struct tick *k);        // lane.c
void stocks_read(struct tick *k);         // reading.c
void shipments_value(struct tick *k);     // ship.c: after the last tick of a day

void shocks_apply(struct tick *k);        // shock.c
void plans_renew(struct tick *k);         // plan.c
void lines_plan(struct tick *k);          // plan.c
void plans_open(struct tick *k);          // plan.c: the firm days of a run's first day
int32_t build_in_process(const struct model *m, const struct state *s, uint32_t build);
int64_t build_need(const struct tick *k, uint32_t build);
int64_t wanted_until(const struct model *m, uint32_t build, int32_t day);
void planned_uses_renew(struct tick *k);  // plan.c: for stocks whose flow a shock limits
int64_t line_capacity(const struct model *m, uint32_t line, int32_t ticks);
int32_t market_factor_on(const struct tick *k, uint32_t market, int32_t day);

// `count` units reach the stock `delay` ticks from now (at least one).
static inline void transit_add(struct tick *k, uint32_t stock, int32_t count, int32_t delay) {
    const struct stock *to = &k->m->stocks[stock];
    const struct ring *ring = &k->m->rings[to->ring];
    int32_t slot = (k->tick + (delay < 1 ? 1 : delay) + ring->width - 1) / ring->width;
    ASSERT(slot - k->tick / ring->width < ring->slots);
    uint32_t at = ring->first + (uint32_t)(slot % ring->slots) * ring->columns + to->ring_column;
    k->s->transit[at] += count;
    k->s->stock_under_way[stock] += count;
}

static inline int64_t scaled_ppm(int64_t value, int32_t ppm) {
    return ppm == 1000000 ? value : value / 1000000 * ppm + value % 1000000 * ppm / 1000000;
}

#endif
