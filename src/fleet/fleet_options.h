// How a run of the fleet is asked for, and what it tells on its way.
#ifndef FLEET_FLEET_OPTIONS_H
#define FLEET_FLEET_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

// Somebody at a public station that serves first come, first served, or a pile of it that fails.
struct fleet_try {
    int64_t  at_us, patience_us;   // since the run's first day began; as long as it would wait
    int64_t  hold_us;              // plug-in to plug-out, or the repair; 0: it left
    uint32_t station;
    bool     left, repair;
};

struct fleet_options {
    uint32_t threads;              // 1 or more
    bool     details;              // station tables by hour and wait
    bool     minutes;              // with details: who waits and who is plugged by minute, at closed sites
    bool (*step)(void *self, int32_t days);   // as in a record of the chain; NULL: nobody asks
    void    *self;
    // Told of every try in the order of service of its station; of different stations by any thread. NULL: nobody asks.
    void (*see)(void *seer, const struct fleet_try *x);
    void    *seer;
};

#endif
