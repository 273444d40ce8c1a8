// Scratch: what a run may forget. Derived from model and state, rebuilt by scratch_reset; never part of a fork.
#ifndef TICK_SCRATCH_H
#define TICK_SCRATCH_H

#include "tick/allocate.h"
#include "tick/kits.h"
#include "tick/part.h"

// Stocks that are reviewed together: every `review` ticks, in tick `phase` of each.
struct review {
    int32_t  review, phase;
    struct group stocks;           // of review_stocks
};

enum { FAR_STOCKS = 4096 };        // about a hundred bytes each in state and scratch: half a megabyte

enum { FLOW_UNITS = 512 };         // of one shop in one slice: the times of a long line stay in the nearest cache

// Stocks whose targets look equally far ahead.
struct horizon {
    int32_t  days_milli;
    uint32_t calendar;             // of the source
    struct group stocks;           // of horizon_stocks
};

// What an order or a shipment needs of its link and of the buyer's stock, in half a cache line.
struct lading {
    uint32_t buyer, supplier;      // stocks
    uint32_t cell;                 // of the buyer's column in slot 0 of its ring
    int32_t  transit, asked;       // ticks of the day's transit; asked: the day plus 1
    int32_t  shipped;              // units today
    int32_t  weight;               // of its share
    uint8_t  ring, spread_per;
    bool     approved;
};
_Static_assert(sizeof(struct lading) == 32, "two to a cache line");

// What a tick needs of a stock, in half a cache line.
struct shelf {
    int32_t  owed_out;             // what it owes by its links
    uint32_t maker, enterprise;
    uint32_t first_out, outs, first_source;
    uint32_t cell;                 // of its column in slot 0 of its ring
    uint8_t  ring, sources;
    bool     simple;               // orders whatever its position lacks to its target
};
_Static_assert(sizeof(struct shelf) == 32, "two to a cache line");

struct scratch {
    struct part part;              // what is computed
    // shocks in force today, ppm unless said; shocked says whether any differs from its default
    bool     shocked;
    int32_t *maker_factor, *maker_flow, *line_factor, *line_flow, *stock_allocation, *offer_factor, *market_factor,
        *lane_factor;              // *_flow and stock_allocation: -1 no limit
    int32_t *link_extra, *lane_extra;   // ticks
    // today's plan
    int32_t *stock_target;         // [stock] units: order or make up to it
    int32_t *stock_daily_milli;    // [stock] planned use a day, 1e-3 units; only where a shock limits by it
    int32_t *line_ticks;           // [line] open ticks of today
    int32_t *line_passed;          // [line] of those begun
    int32_t *line_level;           // [line] levels worked today
    int32_t *maker_level;          // [maker]
    int32_t *build_weight;         // [build] for levelling: today's starts + what was in process when the day began
    int64_t *line_weight;          // [line] sum
    int32_t *plan_extra;           // [build] vehicles that a day makes up for (plan.c)
    int64_t *plan_sum;             // [build][PLAN_DAYS + 1] sums of the firm plan from today on, 1e-6 units
    int64_t *need;                 // [build] vehicles needed today
    int64_t *build_pace;           // [build] day over open hours of its line, 1024ths
    int32_t *open_ticks;           // [calendar][4] ticks worked today up to each level
    struct ring_now { int32_t slot, rest; } rings[RINGS];   // slot of this tick; ticks since it began
    int32_t *worked;               // [calendar][4] ticks since the last turn, up to each level
    int32_t *typical_open;         // [calendar] most normal ticks of a day
    int32_t *closed_days;          // [calendar][days + 1] closed days before each day
    struct horizon *horizons;
    uint32_t  horizon_count;
    uint32_t *horizon_stocks, *horizon_now;   // of all, and of those that are computed
    uint32_t *horizon_of;          // [stock] its horizon plus 1, 0: it has none
    struct planned_span { int64_t units; int32_t stamp; } *planned_spans;   // [build] planned over the horizon at hand
    int32_t   spans_stamp;
    // orders: stocks with links, by review time and phase
    struct review *reviews;
    uint32_t review_count;
    uint32_t *review_stocks, *review_now;
    // links that got an order in the last tick, and in this one
    uint32_t *fresh, *next_fresh;
    uint32_t  fresh_count, next_fresh_count;
    // supplier stocks that owe something
    struct shelf *shelves;         // [stock]
    bool      far;                 // more stocks than near caches hold: what comes next is fetched ahead
    uint32_t *owing;
    uint32_t  owing_count;
    uint32_t *source_owing;        // links that unlimited sources still have to ship by
    uint32_t  source_owing_count;
    bool     *owes;                // [stock]
    bool     *busy;                // [maker] may have something to make
    bool     *due;                 // [stock] its position or target moved since it was last reviewed
    struct lading *ladings;        // [link]
    int64_t  *lack;                // of the outputs of the maker at hand
    // lines
    struct line_needs *line_needs; // [build]
    struct taking *takings;        // needs of all builds, split by line_needs
    struct credit *credits;        // [build]
    struct plant_takes *plant;     // [enterprise]
    int32_t  *in_process;          // [build] bodies without their last needs
    // slices of a line without events (flow.c)
    bool     *line_flows;          // [line] its shops stand in series and nothing else disturbs them
    int32_t  *flow_start, *flow_leave;   // [shop of a line][FLOW_UNITS + 1] ms
    uint32_t *flow_column;         // the same: which variant
    int32_t  *flow_there;          // [shop of a line][build of a line] it can choose from
    int32_t  *flow_taken;          // the same: it has chosen in the slice
    int64_t  *flow_behind;         // the same: levelling
    int32_t  *flow_own;            // [4][build of a line] begun by the first and the last shop; by platform
    int32_t  *flow_bodies;         // [build of a line] in process
    struct claim *claims;          // allocation: as many as the most links of a stock, or ways of a lane
    uint32_t *makers_by_turn, *makers_now;   // makers in the order of their turn to decide
    struct group *turn_makers;     // [turns] of makers_by_turn
    int32_t   turns;               // ticks between a maker's decisions
    uint32_t *export_markets;      // rows of export markets, in order: the ways of an export offer
    uint32_t  export_market_count;
};

// Memory of the scratch in an arena `a`; returns from its caller when that is refused.
#define SCRATCH_TAKE(field, count)                                                                                     \
    if (!(x->field = arena_take(a, (size_t)(count) + 1, sizeof *x->field))) return AP_NO_MEMORY

MUST_CHECK enum ap_status parts_derive(const struct model *m, struct scratch *x, struct arena *a);   // kits.c
MUST_CHECK enum ap_status scratch_make(const struct model *m, struct scratch **out);
void scratch_free(struct scratch *x);
// Rebuilds what depends on the state (due lists, flags), of the rows that are computed.
void scratch_reset(const struct model *m, const struct state *s, struct scratch *x);
// From now on only rows of clusters that are on are computed (part.c); NULL: everything.
void part_choose(const struct model *m, struct scratch *x, const struct clusters *clusters, const bool *on);
MUST_CHECK enum ap_status part_take(const struct model *m, struct part *p, struct arena *a);

#endif
