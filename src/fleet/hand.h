// What each hand (thread) of a run works with. Included by town.h.
#ifndef FLEET_HAND_H
#define FLEET_HAND_H

#include "fleet/hours.h"
#include "fleet/town_state.h"

struct town;

// Requests that ask in a quarter hour, in the order in which they were put there.
struct bucket {
    struct request *rows;
    uint32_t count, room;
};
enum { BUCKET_RING = 4 * QUARTERS, LOAD_HOURS = HOURS_KEPT };   // quarter hours; hours from this midnight on

// Rows next .. end - 1.
struct row_span {
    uint32_t next, end;
};

// What vehicles that did nothing else drove today.
struct driven {
    int64_t days, mwh;
};

// One thread's part of the work: sums that commute, so that which hand adds is the same.
struct hand {
    struct town *town;
    uint32_t number;
    int64_t *sums;                 // [district][class][FLEET_SUM_COUNT] of the month
    int64_t *wait_bins;            // [class][WAIT_BINS]
    struct driven *driven;         // [district][class]
    struct week_cell *week;        // [district][WEEK_HOURS]
    double  *gaps;                 // details: [class][GAP_SUMS], whole numbers
    struct hours *plugged;         // [district][CURRENTS]: plugged at piles that are shared or public
    int64_t *load;                 // [district][LOADS][LOAD_HOURS]: uWh
    int64_t *feeder_load;          // [feeder][LOAD_HOURS]: uWh
    struct bucket *asks;           // [BUCKET_RING]
    struct asking *asked;          // requests of the quarter in its bucket, in their order
    uint32_t asked_count, asked_room;
    struct turn *order;            // those of all hands for its catchments, by catchment
    const struct asking **turns;   // the same, as they are served
    uint32_t order_room;
    uint32_t *ends;                // [catchment]: where its requests end there
    struct row_span *nexts;        // [catchment]: those not served yet
    struct load_piece *late;       // energy beyond the ring
    uint32_t late_count, late_room;
    int64_t delivered_uwh;         // told to load_constant, for the ledger
    struct spring *springs;        // streams that it works (stream.c)
    uint32_t spring_count;
    enum ap_status status;
};

#endif
