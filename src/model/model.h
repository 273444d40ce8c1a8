// The model: what was read, compiled for the tick and const once built. Rows for what we read; ids are row numbers;
// row 0 of every table is nobody. All rows stand in the order of their ids' text, so renumbering changes nothing.
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/base.h"
#include "model/charging.h"
#include "model/tables.h"

// What a draw is for: with the hash of the row's id and the date it keys all luck (M-6).
enum purpose {
    DRAW_WORLD = 1, DRAW_SOURCING, DRAW_SPLIT, DRAW_TRANSIT, DRAW_YIELD, DRAW_CYCLE, DRAW_UP, DRAW_DOWN,
    DRAW_BUYERS, DRAW_WAITING_BUYERS, DRAW_MARKET, DRAW_THIN, DRAW_DEMAND, DRAW_LANE,
    DRAW_OUTAGE, DRAW_SERVER, DRAW_BREAK
};

// An enterprise as the tick sees it.
struct enterprise {
    uint64_t who;                  // hash of its id: keys its luck
    uint32_t table_row;            // row in tables->enterprises
    uint32_t calendar;             // row in calendars, 0: always open
    uint32_t first_stock, stocks;  // its stocks are consecutive
    bool     in_region;
    bool     unlimited;
    int32_t  outage_ticks;         // it may fail or recover once in so many ticks, 0: never
    double   fails, recovers;      // chance of it then
};

// A product as it is stocked: a part of one platform, a part used by all, or a vehicle variant.
struct product {
    const char *id;                // "CHS12@CS75", "SUB01", "CS75-BEV-1"
    uint64_t who;
    uint32_t family;               // row in tables->products, 0 for a vehicle
    uint32_t platform;             // row in tables->platforms or 0
    uint32_t variant;              // row of variants, 0 for a part
    int64_t  value_fen;            // of one unit
};

struct variant {
    uint32_t table_row;
    uint32_t product;
    uint64_t who;
    bool     nev, smart;
    uint8_t  powertrain;
    int64_t  price_fen, export_price_fen;
    uint32_t first_offer;          // CHANNEL_COUNT consecutive offers
    uint32_t first_build, builds;  // index into build_of_variant
};

enum stock_kind { STOCK_BOUGHT, STOCK_MADE, STOCK_BUILT };   // by links, by a maker, by a line

// A product in one enterprise's yard.
struct stock {
    uint64_t who;
    uint32_t enterprise, product;
    uint8_t  kind, policy, ring;   // ring: class of its transit ring
    bool     exact;                // its ring must keep single ticks
    int32_t  reorder_at, order_up_to, lot, order_most;
    uint32_t ring_column;          // its column in the ring of its class
    uint32_t first_source, sources;  // bought: index into source_links
    uint32_t first_out, outs;        // links it serves: consecutive rows of links
    uint32_t maker;                  // made: its maker
    bool     in_kits;                // its own policy counts what made stocks still want to take as owed
};
_Static_assert(sizeof(struct stock) == 64, "a stock is one cache line: every tick walks over them");

// What a stock needs once a day or once a run, kept apart from what every tick touches.
struct stock_plan {
    int32_t  review_ticks, review_phase;
    int32_t  opening;
    int32_t  horizon_days_milli;   // policy plan: planned use over so many days is its target
    uint32_t calendar;             // of its source: cover reaches over its closed days
};

// Who buys what from whom. Rows are grouped by the supplier's stock.
struct link {
    uint64_t who;
    uint32_t buyer, supplier;      // stocks; supplier 0: an unlimited source
    uint32_t supplier_enterprise;
    int32_t  share_ppm;            // of approved links; 0 when not approved
    int32_t  priority;
    int32_t  transit_ticks, spread_ticks;
    bool     approved;
    uint8_t  spread_law, spread_per;
};

// An enterprise's capacity for one family, shared by the stocks it makes.
struct maker {
    uint64_t who;
    uint32_t table_row;
    uint32_t enterprise, calendar;
    uint32_t first_output, outputs;   // index into outputs[]
    int64_t  rate_micro;              // units * 1e-6 a tick, normal hours, for the region's chain
    int64_t  outside_micro;           // the rest of its rate: other customers take it
    int32_t  overtime_ppm;
    int32_t  flow_ticks;
    int32_t  yield_ppm;
    int32_t  cover_days_milli;
    int32_t  servers;                 // 0: a rate; else they work unit by unit (serve.c)
};

// component x quantity, both of one enterprise.
struct need {
    uint32_t stock;
    int32_t  quantity;
};

struct line {
    uint64_t who;
    uint32_t table_row;
    uint32_t enterprise, calendar;
    uint32_t first_shop, shops;       // in order from the first to the last
    uint32_t first_build, builds;     // consecutive
    int32_t  first_day, last_day;     // days since the run's first day
    uint8_t  shift_rule;
    bool     plain;                   // no shift rule, and no shop that blocks before or fails by the cycle
    int64_t  units_per_hour_milli;    // of its slowest shop: for the day's plan
};

struct shop {
    uint64_t who;
    uint32_t table_row;
    uint32_t line, next;              // next: shop row, 0: the yard
    int32_t  cycle_ms;
    int64_t  up_ms_mean, down_ms_mean;
    int32_t  buffer;                  // places behind it
    int32_t  variant_most;            // places one variant may hold
    uint32_t first_place;             // [line.builds] consecutive places: the buffer behind it
    uint32_t first_feeder, feeders;   // index into feeders[]: shops whose buffers feed it
    uint8_t  law, shape, failures, failure_law;
    uint8_t  blocking;                // BLOCKING_*
    bool     side;                    // not on the way of the vehicles: makes what a join adds to any variant
};

// A variant on a line.
struct build {
    uint32_t line, variant, stock;    // stock: the yard
    int32_t  share_ppm;               // of the variant's orders
    uint32_t first_need, needs;       // needs[]: first_needs of them are taken by the first shop, the rest by the last
    uint32_t first_needs;
    uint64_t who;
};

// A variant in one channel: dealers and waiting buyers.
struct offer {
    uint32_t variant, channel;
    uint64_t who;
    bool     dealer;                  // dealers hold stock (local, domestic)
    uint32_t first_way, ways;         // consecutive: markets it goes to
};

// A variant bound for a market: waits at the head of the market's lane.
struct way {
    uint32_t offer, market, lane;
    int64_t  price_fen;
};

struct market {
    uint64_t who;
    uint32_t table_row;
    uint32_t lane, channel;
};

struct leg {
    int64_t departures_micro;         // departures * 1e-6 a tick
    int32_t capacity;
    int32_t transit_ticks, spread_ticks;
};

struct lane {
    uint64_t who;
    uint32_t table_row;
    uint32_t first_leg, legs;
    uint32_t first_way, ways;         // index into ways_of_lane[]
};

struct demand {
    uint64_t who;
    uint32_t stock;
    int32_t  every_ticks, offset_ticks;
    double   mean, deviation;
    uint32_t poisson;                 // row of poissons[], 0: draws without one
    uint8_t  law;
    bool     lost;
    bool     served;                  // falls within the tick, among the work of its maker's servers (serve.c)
};

// A shock step compiled to days and rows.
struct shock {
    uint32_t table_row;
    bool     active;                  // inactive steps only keep the columns the same
    int32_t  from, until;             // days since first_day
    uint8_t  scope, basis;
    int32_t  factor_ppm;
    int32_t  extra_ticks;
    uint32_t first_target, targets;   // index into targets[]
};

// Units of a stock that the plan of a build uses, per 1024 vehicles (a power of two: the daily sums only shift).
struct planned_use {
    uint32_t build;
    uint32_t use_per_1024;
};

// What a shock hits: a kind and a row.
enum target_kind { TARGET_MAKER, TARGET_LINE, TARGET_STOCK, TARGET_OFFER, TARGET_MARKET, TARGET_LINK, TARGET_LANE };
struct target {
    uint8_t  kind;
    uint32_t row;
};

enum { RINGS = 6, PLAN_DAYS = 64, COHORT_DAYS = 128, DEALER_RING_DAYS = 64, MARKET_RING_DAYS = 128 };
// Of one line, and of one bought stock: a line is worked, and an order split, on the stack (limits.c refuses more).
enum { MOST_SHOPS = 64, MOST_SOURCES = 64 };
enum { MOST_SERVED = 16 };            // demands among the work of one maker's servers
// An exponential spread is cut off at so many means, which is met once in 3e10 draws; cover reaches over so many.
enum { SPREAD_MEANS_MOST = 24, SPREAD_MEANS_USUAL = 3 };

// A class of transit rings: `slots` slots of `width` ticks, each with a column per stock of the class; time-major.
struct ring {
    int32_t  width, slots;
    uint32_t columns, first;          // first: index of its slot 0, column 0 in the state's transit array
    uint32_t first_stock;             // index into ring_stocks[]: the stock of column 0
};

// Rows per kind, the `per` of the state and tally columns. Each counts row 0.
struct counts {
    uint32_t one, enterprise, product, stock, link, maker, line, shop, place, build, build_day, variant, offer,
        offer_cohort, offer_day, way, lane, market, market_day, demand, transit;
};

struct model {
    struct arena         arena;
    const struct tables *tables;
    struct settings      set;         // of this world
    struct counts        n;
    struct ring          rings[RINGS];
    int32_t  ticks_per_day, tick_seconds;
    day_number first_day, from, until;   // first_day = from - warm_up_days
    uint64_t hash;                    // of everything that was read
    struct enterprise *enterprises;
    struct product    *products;
    struct variant    *variants;
    struct stock      *stocks;
    struct stock_plan *stock_plans;   // [stock]
    struct link       *links;
    struct maker      *makers;
    struct line       *lines;
    struct shop       *shops;
    struct build      *builds;
    struct offer      *offers;
    struct way        *ways;
    struct market     *markets;
    struct lane       *lanes;
    struct leg        *legs;
    struct demand     *demands;
    struct poisson_law *poissons;     // of demands, one for each mean
    struct shock      *shocks;
    uint32_t           shock_count;
    uint32_t *source_links;           // links of a bought stock
    uint32_t *ring_stocks;            // stocks in the order of their rings' columns
    uint32_t *outputs;                // stocks of a maker
    uint32_t *feeders;                // shops that feed a shop
    uint32_t *build_of_variant;       // builds of a variant
    uint32_t *ways_of_lane;
    uint32_t *failing;                // enterprises with outages of their own
    uint32_t  failing_count;
    uint32_t *serving;                // makers with servers
    uint32_t  serving_count;
    struct target *targets;           // of shocks
    struct need *needs;               // of builds, and of made stocks
    uint32_t *first_need;             // [stock + 1]: needs of one unit of a made stock
    struct need *takers;              // the same by component: which made stock takes it, and how many a unit
    uint32_t *first_taker;            // [stock + 1]
    uint8_t  *level_of_hour;          // [calendar][day][hour]: enum LEVEL_*, days first_day..until
    int32_t   days;                   // until - first_day + 1
    // wanted: 1e-6 vehicles a day, [offer][day], as volumes, shapes, losses and takes give them
    uint32_t *wanted_micro;
    int32_t  *dealer_target;          // [offer][days + 1]: dealers' stock by day (M-4.7)
    // [build][days + 1]: 1e-6 vehicles wanted of this build from the first day on (all channels, its share)
    int64_t  *wanted_sum;
    uint8_t  *shift_plan;             // [line][day]: level of work that is planned (M-4.5)
    uint8_t  *maker_plan;             // [maker][maker_weeks]: the same of makers, by week of the run (M-4.4)
    int32_t   maker_weeks;
    int32_t  *work_sum;               // [line][days + 1]: ticks of planned work from the first day on
    int32_t  *month_first, *month_last;   // [day]: days of its month, within the run
    struct planned_use *planned;      // how much of a stock the plan of a build uses, through all tiers
    uint32_t *first_planned;          // [stock + 1]
    struct leftover { uint32_t stock; int32_t day; } *endings;   // stocks nobody plans for from that day on (M-4.1)
    uint32_t  ending_count;
    uint32_t *market_share;       // [year - first year][market]: cumulative over the export markets, of 2^32
    int32_t   first_year, years;
    struct charging charging;     // fleet, sites and piles: the chain never reads it
};

// Compiles tables to a model. world 0 uses the values as written; world w > 0 draws every ranged value and the
// synthetic part of the network from (seed, w). Complaints (lines too slow, parts without source, calendars never
// open) point at the rows. The tables must outlive the model.
MUST_CHECK enum ap_status model_build(const struct tables *t, uint64_t seed, uint32_t world, struct complaints *c,
                                      struct model *out);
void model_free(struct model *m);
// The value of a row with a range (law, low < high) at the quantile u of its law.
double range_value(const struct row_common *common, double written, double u);

// The most ticks that a link's spread adds, and what cover reaches over.
static inline int32_t spread_most(const struct link *link) {
    return link->spread_law == SPREAD_EXPONENTIAL ? link->spread_ticks * SPREAD_MEANS_MOST : link->spread_ticks;
}
static inline int32_t spread_usual(const struct link *link) {
    return link->spread_law == SPREAD_EXPONENTIAL ? link->spread_ticks * SPREAD_MEANS_USUAL : link->spread_ticks;
}
static inline const char *enterprise_name(const struct model *m, uint32_t row) {
    return m->tables->enterprises[m->enterprises[row].table_row].enterprise;
}
// Level of a calendar in the tick's hour: closed, normal, overtime or extra.
static inline int calendar_level(const struct model *m, uint32_t calendar, int32_t day, int32_t tick_of_day) {
    if (calendar == 0) return LEVEL_NORMAL;
    int32_t hour = tick_of_day * 24 / m->ticks_per_day;
    return m->level_of_hour[((size_t)calendar * (size_t)m->days + (size_t)day) * 24 + (size_t)hour];
}

#endif
