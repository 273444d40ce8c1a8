// Marginal analysis of piles (M-12.17): what recorded tries would have come to with more piles at their station, and
// which stations to give the next piles to.
#ifndef STUDY_PILE_QUEUE_H
#define STUDY_PILE_QUEUE_H

#include "base/base.h"
#include "fleet/fleet.h"

enum pile_goal { GOAL_WAIT, GOAL_REFUSED };

// The tries of a station in the order of service.
struct station_tries {
    struct fleet_try *rows;
    uint32_t count, room;
    int32_t  places;               // waiting places, -1: no limit
    int64_t  from_us;              // earlier tries shape the queue and are not counted
    int64_t  run_us;               // runs follow each other, so long each; 0: one run
    int64_t  stranger_us;          // hold of who left when it was recorded: the mean of the others
    bool     refused;              // memory was, while they were recorded
};

struct queue_total {
    int64_t tries, wait_us, left;
};

struct pile_candidate {
    uint32_t station, feeder;      // feeder 0: no limit is known
    uint32_t piles, added, proportional;
    int64_t  watts;                // of one pile
    struct station_tries *tries;
    struct queue_total before, after;   // with `piles`; with those added
    struct queue_total next[2];    // with one and with two more than those added
};

// What may be given. room_watts: by feeder, how much more it carries in its highest hour.
struct pile_budget {
    uint32_t       piles;
    int64_t       *room_watts;
    enum pile_goal goal;
};

void station_tries_add(struct station_tries *x, const struct fleet_try *one);
// First come, first served, with so many piles (1 or more).
MUST_CHECK enum ap_status queue_replay(const struct station_tries *x, uint32_t piles, struct queue_total *out);
// Greedy by gain for each pile, one or two at a time, whichever gives more; stops when nothing gains. Fills before,
// after, added; what is left in the budget was not given.
MUST_CHECK enum ap_status piles_choose(struct pile_candidate *rows, uint32_t count, struct pile_budget *b);
// In proportion to the piles that are there, by the largest remainder, within the same feeders. Fills proportional.
MUST_CHECK enum ap_status piles_spread(struct pile_candidate *rows, uint32_t count, struct pile_budget *b);

#endif
