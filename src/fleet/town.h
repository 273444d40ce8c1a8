// Inside the fleet room: a run of the fleet. Its hands stand in hand.h, its state in town_state.h, steps in steps.h.
#ifndef FLEET_TOWN_H
#define FLEET_TOWN_H

#include <stdatomic.h>

#include "fleet/hand.h"

enum { GUMBELS = 1024, GUIDE_STEPS = 256, GUIDE_SHIFT = 24 };

// What a day needs of a vehicle and never changes, beside each other.
struct habit {
    int32_t  limit_mwh;            // at home it plugs in below this; with no pile there: its battery
    int32_t  reserve_mwh;          // what it does not drive out of the battery
    uint32_t cell;                 // district x classes + class
    uint8_t  class, nowhere;       // class 0: gone; nowhere 1: no pile at home
};

// A site by events, and the hand that works it.
struct event_place {
    uint32_t site, hand;
    bool     closed;
};

struct town {
    struct arena arena;
    const struct model *m;
    const struct charging *c;
    struct luck luck;
    struct fleet_options options;
    struct fleet_record *out;
    struct fleet_state s;
    uint32_t vehicles;             // rows in use, row 0 counted
    uint32_t room;                 // rows there are
    struct habit *habits;          // [vehicle]
    uint32_t hands;
    struct hand *hand;             // [hands]
    struct station_sums *stations; // [station]: each station is worked by one hand
    int64_t *queue_us, *busy_us, *station_waits;   // details, or NULL
    int32_t **waiting, **plugged;  // details: as in the record
    struct site_events *events;    // sites by events (events.c)
    struct event_place *event_places;   // where they are, and whose
    uint32_t event_count;
    int64_t  *event_next;          // [event_count]: when something happens there without a new arrival
    uint32_t replayed;             // row of the last recorded session that is over
    struct fleet_feed feed;
    int32_t day;                   // since m->first_day
    bool    counts;                // the day counts: not before m->from
    bool    open_town;             // somebody may ask who chooses a site: else there are no quarter hours
    int64_t from_us, end_us;       // when it begins to count, and when it ends
    struct sight *sights;          // stations as drivers see them (sight.h), catchment by catchment
    struct look  *looks;           // [sight]
    struct sight_price *prices;    // [sight]
    uint8_t  *look_power;          // [sight]: row of powers[]
    uint32_t *pile_ends;           // [sight]: piles of its group up to its own
    double   *power_value;         // [type][power]: what it counts in the choice
    uint32_t *sight_of;            // [station]
    struct sight_group *groups;    // [catchment][CURRENTS]
    uint32_t *first_place;         // [station + 1]: its counted waiting places
    int32_t  *last_plug;           // details: [vehicle] day of its last plug-in at home, -1: none
    uint32_t *guides;              // [district][CURRENTS][GUIDE_STEPS + 1]: into reach
    int16_t  *gumbel;              // [GUMBELS]: quantiles x 256, for choices
    double   *exponential;         // [QUANTILES]
    int64_t *private_piles;        // [district]
    int64_t  joined_mwh, scrapped_mwh;   // in the batteries of those that came and went
    int64_t  closed_uwh;           // energy of hours that are over
    int64_t *home_uwh;             // [district][24]: of the day being closed
    int32_t  month, year;          // row of out->months; since the run's first year
    int32_t  week_hour;            // hour of the week when the run's first day began
    uint32_t failed_q16;
    int64_t  lost[FEEDS];          // buyers the chain lost until today
    int64_t *month_busy, *month_charging;   // [station]: as it stood when the month began
    enum ap_status status;         // of the parts that one hand does for all
    int64_t  flows[FLEET_SUM_COUNT];   // of the months that are closed, warm-up included
    atomic_uint turn, arrived;     // of the hands' barrier
};

enum fleet_purpose {
    DRAW_JOIN = 64, DRAW_PERSON, DRAW_DRIVE, DRAW_ASK, DRAW_CHOICE, DRAW_SESSION, DRAW_STREAM, DRAW_PILE, DRAW_REPAIR
};

static inline int64_t *sums_of(const struct hand *h, uint32_t district, uint32_t class) {
    return h->sums + ((size_t)district * h->town->c->n.class + class) * FLEET_SUM_COUNT;
}
// Whose draw it is: a vehicle's serial, apart from every hash of a name by its high word.
static inline uint64_t vehicle_who(uint32_t serial) {
    return UINT64_C(0x5EED) << 48 | serial;
}
// Whose draws a request has; a failing pile's are not used.
static inline uint64_t request_who(const struct town *t, const struct request *q) {
    if (q->vehicle) return vehicle_who(q->who);
    return q->flags & ASK_REPAIR ? 0 : t->c->streams[q->who].who;
}
static inline uint32_t draw_bits(uint32_t word, int from, int bits) {
    return (word >> from) & ((UINT32_C(1) << bits) - 1);
}
// Block of a request's draws: another for every round and try.
static inline uint32_t request_draw(const struct request *q) {
    return q->round * 16u + q->tries;
}
// An exponential time by the high bits of a word: midpoint quantiles, their mean exactly 1.
static inline double exponential_of(const struct town *t, uint32_t word, double mean) {
    return t->exponential[word >> 20] * mean;
}
// Second of the day from a clock, by the high 16 bits of a word.
static inline int32_t clock_second(const struct clock *c, uint32_t word) {
    const int32_t *at = c->second + (word >> 24);
    return at[0] + (int32_t)((int64_t)(at[1] - at[0]) * (word >> 16 & 255) >> 8);
}

#include "fleet/steps.h"

#endif
