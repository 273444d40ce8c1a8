// The state: columns that change, declared once. Struct, block, fork, hash, compare, snapshot and `describe` come from
// this table. Canonical: what cannot matter any more holds zero, what waits is counted by date, and a time that has
// passed is written as now, so that after a shock was absorbed the state is equal to the baseline's again, to the byte.
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include "state/cluster.h"

// X(column, per, unit, meaning); every column is int32_t
#define STATE_COLUMNS(X)                                                                                               \
    X(stock_on_hand, stock, "unit", "in the yard, promised or not")                                                    \
    X(stock_owed_in, stock, "unit", "ordered, not yet shipped to it")                                                  \
    X(stock_under_way, stock, "unit", "shipped to it or in process: the sum of its ring")                              \
    X(stock_backlog, stock, "unit", "outside demand that waits")                                                       \
    X(transit, transit, "unit", "arrives in that slot: rings by class of delivery, time-major")                        \
    X(link_owed, link, "unit", "ordered by the buyer, not yet shipped")                                                \
    X(link_owed_since, link, "tick", "first tick it has owed without a pause, plus 1; 0: owes nothing")                \
    X(link_ordered, link, "unit", "ordered in this tick; the supplier sees it in the next")                            \
    X(link_short_days, link, "day", "days in a row it was short; saturates, clears on recovery")                       \
    X(maker_strain, maker, "day", "days in a row its backlog called for overtime; saturates, clears when idle")        \
    X(line_strain, line, "day", "the same for a line")                                                                 \
    X(enterprise_down, enterprise, "1", "1: it is down by its own law of failures, not by a shock")                    \
    X(shop_unit, shop, "build", "what stands on it (row of builds), 0: nothing")                                       \
    X(shop_left, shop, "ms", "work left on it; 0 with a unit: it is done and blocked")                                 \
    X(shop_up_left, shop, "ms", "until its next failure on its clock; minus: and longer")                              \
    X(shop_down_left, shop, "ms", "until it is repaired; 0: up")                                                       \
    X(place_waiting, place, "vehicle", "of that variant in the buffer behind the shop")                                \
    X(place_done, place, "vehicle", "of that variant finished by the shop since the day began")                        \
    X(build_released, build, "vehicle", "started since the day began")                                                 \
    X(build_today, build, "vehicle", "to be started today")                                                            \
    X(build_carry, build, "vehicle", "built less than was planned until yesterday; minus: more")                       \
    X(build_plan, build_day, "vehicle", "firm plan by date: a ring of PLAN_DAYS days")                                 \
    X(offer_stock, offer, "vehicle", "at dealers")                                                                     \
    X(offer_under_way, offer, "vehicle", "shipped to dealers or buyers: waits for its lane or rides")                  \
    X(offer_wanted, offer, "vehicle", "ordered by dealers for stock, not yet delivered to the lane")                   \
    X(offer_waiting, offer, "vehicle", "buyers who wait: the sum of their cohorts")                                    \
    X(offer_cohort, offer_cohort, "vehicle", "buyers who wait, by date of order: a ring of COHORT_DAYS days")          \
    X(offer_arriving, offer_day, "vehicle", "reaches the dealers on that date: a ring of DEALER_RING_DAYS days")       \
    X(way_waiting, way, "vehicle", "waits at the head of the lane")                                                    \
    X(lane_waiting, lane, "vehicle", "all that waits there")                                                           \
    X(market_arriving, market_day, "vehicle", "reaches the market on that date: a ring of MARKET_RING_DAYS days")

struct state {
    int32_t  tick;                 // ticks since the first day began
    int32_t *block;                // one block: every column, one after the other
    size_t   cells;                // int32_t in the block
#define STATE_FIELD(column, per, unit, meaning) int32_t *column;
    STATE_COLUMNS(STATE_FIELD)
#undef STATE_FIELD
};

// Tallies: sums over time, no part of the state. X(tally, per, unit, meaning); every tally is int64_t
#define TALLY_COLUMNS(X)                                                                                               \
    X(stock_opening, stock, "unit", "on hand when the run began")                                                      \
    X(stock_made, stock, "unit", "made by makers and lines, good or not")                                              \
    X(stock_bought, stock, "unit", "from unlimited sources")                                                           \
    X(stock_used, stock, "unit", "built in")                                                                           \
    X(stock_sold, stock, "unit", "left the chain: outside demand, vehicles handed to a lane")                          \
    X(stock_scrapped, stock, "unit", "not good, or left over when its model ended")                                    \
    X(enterprise_turnover, enterprise, "fen", "shipped x unit value, other customers included")                        \
    X(enterprise_parts, enterprise, "fen", "value of parts shipped to it")                                             \
    X(enterprise_parts_local, enterprise, "fen", "of that, from enterprises in the region")                            \
    X(line_started, line, "vehicle", "released into the first shop")                                                   \
    X(line_made, line, "vehicle", "off the last shop")                                                                 \
    X(variant_started, variant, "vehicle", "released")                                                                 \
    X(variant_made, variant, "vehicle", "off the line")                                                                \
    X(shop_begun, shop, "unit", "begun by the first shop of a side branch")                                            \
    X(shop_done, shop, "unit", "finished by the shop")                                                                 \
    X(shop_busy_ms, shop, "ms", "worked")                                                                              \
    X(shop_blocked_ms, shop, "ms", "held a finished unit")                                                             \
    X(shop_empty_ms, shop, "ms", "was open with nothing on it")                                                        \
    X(shop_open_ms, shop, "ms", "was open")                                                                            \
    X(shop_level_ms, shop, "unit ms", "units on it and in the buffer behind it, over time")                            \
    X(offer_opening, offer, "vehicle", "at dealers when the run began")                                                \
    X(offer_taken, offer, "vehicle", "handed to its lane by the yards, for dealers")                                   \
    X(offer_ordered, offer, "vehicle", "asked for by buyers")                                                          \
    X(offer_sold, offer, "vehicle", "handed to buyers")                                                                \
    X(offer_lost, offer, "vehicle", "buyers who left at once: no stock")                                               \
    X(offer_cancelled, offer, "vehicle", "buyers who left after waiting")                                              \
    X(way_left, way, "vehicle", "left the region (or the plant) on leg 1")                                             \
    X(market_left, market, "vehicle", "left on leg 1")                                                                 \
    X(market_value, market, "fen", "value of what left")                                                               \
    X(market_arrived, market, "vehicle", "arrived")                                                                    \
    X(stock_read_on_hand, stock, "unit", "sum of readings")                                                            \
    X(stock_read_backlog, stock, "unit", "sum of readings: outside demand and what it owes by its links")              \
    X(stock_read_positive, stock, "1", "readings with on hand above backlog")                                          \
    X(stock_read_covered, stock, "1", "readings with on hand not below backlog")                                       \
    X(stock_read_on_order, stock, "unit", "sum of readings: owed to it and under way")                                 \
    X(stock_read_full, stock, "1", "readings with the position at or above its level")                                 \
    X(stock_read_ready, stock, "1", "readings with components for one unit more; of a made stock")                     \
    X(stock_ordered, stock, "1", "orders placed; lots with policy r_Q")                                                \
    X(stock_received, stock, "unit", "arrived, or finished by its maker")                                              \
    X(stock_served_late, stock, "unit", "of its backlog")                                                              \
    X(link_shipped, link, "unit", "shipped")                                                                           \
    X(demand_wanted, demand, "unit", "")                                                                               \
    X(demand_served_at_once, demand, "unit", "from stock, in the tick of the demand")                                  \
    X(demand_lost, demand, "unit", "")                                                                                 \
    X(readings, one, "1", "times the stocks were read")

struct tally {
    int64_t *block;
    size_t   cells;
#define TALLY_FIELD(tally, per, unit, meaning) int64_t *tally;
    TALLY_COLUMNS(TALLY_FIELD)
#undef TALLY_FIELD
};

MUST_CHECK enum ap_status state_make(const struct model *m, struct state *out);
void state_free(struct state *s);
void state_copy(struct state *to, const struct state *from);        // same model
uint64_t state_hash(const struct state *s);
bool state_equal(const struct state *a, const struct state *b);
// Name, row and column of the first cell that differs; false when none does.
bool state_difference(const struct model *m, const struct state *a, const struct state *b, const char **column,
                      uint32_t *row);
MUST_CHECK enum ap_status tally_make(const struct model *m, struct tally *out);
void tally_free(struct tally *t);

// Checks every ledger (M-5). On imbalance returns AP_LEDGER and writes what and which row into report->message.
struct ledger_report {
    int64_t *work;                 // [larger of product and stock counts]: given by the caller
    char     message[200];
};
MUST_CHECK enum ap_status ledger_check(const struct model *m, const struct state *s, const struct tally *t,
                                       struct ledger_report *report);

#endif
