// Inside sites by events: who is plugged in, who waits, and how power.c's curves and the site's limit meet (share.c).
#ifndef FLEET_EVENTS_H
#define FLEET_EVENTS_H

#include "fleet/sight.h"

enum regime {
    AT_REST,                       // takes no power from the site's share: full, failed, or at a site without limit
    AT_OWN,                        // as much as pile and vehicle allow
    AT_LEVEL                       // as much as the site allows
};

// What events touch of somebody who is plugged in.
struct charge {
    int64_t  since_us;             // the regime began, or what it gave was last told
    int64_t  full_us;              // at the powers of now; NEVER_US: at rest
    int64_t  leave_us;             // when the plug is free again; NEVER_US: not known before it is full
    double   uwh, wanted_uwh;      // delivered until since_us; in all
    double   watts;                // of the regime; AT_OWN along a curve: at since_us
    double   most_watts, peak_watts;   // what pile and vehicle allow, as last looked at; and at most from then on
    int64_t  told_uwh;             // of uwh, what the load was told
    int64_t  bound_watts;          // above peak_watts for as long as it charges
    enum regime regime;
    bool     curved;               // most_watts follows a curve
};

struct guest {
    struct request q;
    struct session x;
    int64_t overstay_us;
};

struct queue {
    struct request *rows;          // by priority, then by arrival
    uint32_t count, room, plugged;
};

struct site_events {
    int64_t now_us;                // of the last event
    uint32_t index;                // in town's event_places and event_next
    int64_t step_us;               // when the level is looked at again; NEVER_US: at the next event
    int64_t  *due_us;              // [count]: when full or when it leaves, the sooner: what every event looks at
    struct charge *charges;        // [count]
    struct guest  *guests;         // [count]
    uint32_t count, room;
    uint32_t limited;              // guests at the level
    int64_t  most_watts;           // never less than what the guests not at rest may still reach together
    uint32_t impatient;            // in all queues, those who may leave
    struct queue *queues;          // [site's stations]
};

static inline void due_set(struct site_events *e, uint32_t i) {
    e->due_us[i] = smaller_of(e->charges[i].full_us, e->charges[i].leave_us);
}

// share.c: what guest i took since its stretch began, at the moment of the site; a new stretch begins
void guest_close(struct hand *h, uint32_t site, uint32_t i);
void stretches_close(struct hand *h, uint32_t site);      // of all guests
// What each guest gets from now on, when the site has a limit.
void powers_set(struct hand *h, uint32_t site);

#endif
