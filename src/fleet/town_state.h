// The fleet's own block of state, and the requests that wait for their quarter hour. Units: charging.h.
#ifndef FLEET_TOWN_STATE_H
#define FLEET_TOWN_STATE_H

#include "fleet/fleet.h"

#define HOUR_US   INT64_C(3600000000)
#define DAY_US    (24 * HOUR_US)
#define QUARTER_US (HOUR_US / 4)
#define MINUTE_US  (HOUR_US / 60)
#define NEVER_US  INT64_MAX

// A request for a pile, from its first asking to its end. Kept in the bucket of the quarter hour in which it asks.
struct request {
    int64_t  at_us;                // when it asks, since the first day began
    int64_t  size;                 // streams: uWh, or us at full power
    int64_t  patience_us;          // at one site; NEVER_US: as long as it takes
    uint32_t vehicle;              // 0: of a stream
    uint32_t who;                  // vehicle: its serial; stream: its row
    uint32_t number;               // stream: which request of its day; vehicle: day it was first asked
    int32_t  charge_mwh;           // on arrival
    int32_t  later_mwh;            // use still to be driven today; shift classes: use of a whole shift
    int32_t  low_mwh;              // shift classes: the charge at which it asks
    uint32_t catchment;            // where it asks, chosen when its quarter hour begins; streams that name a site: 0
    uint16_t district;
    int16_t  priority;
    uint8_t  type, class, current, access, flags;
    uint8_t  round, tries;         // of a shift vehicle's day; sites asked before
};
// Flags: leaves at once when it has to wait and drives on fuel; size is energy, else time; a pile fails (who: its
// station).
enum { ASK_FUEL = 1, ASK_ENERGY = 2, ASK_REPAIR = 4 };

// X(type, column, per, unit, meaning): the fleet's own block of state
#define FLEET_COLUMNS(X)                                                                                               \
    X(int32_t, vehicle_charge, vehicle, "mWh", "in the battery once everything resolved so far has happened")          \
    X(int32_t, vehicle_use, vehicle, "mWh", "mean use of a day it is driven, before season and kind of day")           \
    X(uint32_t, vehicle_serial, vehicle, "", "keys its luck: counts the vehicles in the order they joined")            \
    X(uint16_t, vehicle_district, vehicle, "", "where it lives")                                                       \
    X(uint16_t, vehicle_until, vehicle, "day", "its last day; 65535: beyond the run")                                  \
    X(uint16_t, vehicle_plug_at, vehicle, "1e-4", "charge below which it plugs in at home")                            \
    X(uint8_t, vehicle_type, vehicle, "", "")                                                                          \
    X(uint8_t, vehicle_class, vehicle, "", "0: scrapped, or not there yet")                                            \
    X(uint8_t, vehicle_home, vehicle, "", "HOME_* and the bits of enum home_bit")                                      \
    X(uint8_t, vehicle_asks, vehicle, "", "1 while a request of it is open")                                           \
    X(int64_t, pile_free, pile, "us", "when the pile is free: a heap per station, the soonest first")                  \
    X(int64_t, place_until, place, "us", "waiting places that are counted: when each is left")                         \
    X(int64_t, published, catchment_current, "us", "mean wait of the catchment's piles at the last quarter hour")
enum home_bit { HOME_KIND = 3, HOME_CHEAP = 4 };

struct fleet_state {
    void  *block;
    size_t bytes;
#define FLEET_FIELD(type, column, per, unit, meaning) type *column;
    FLEET_COLUMNS(FLEET_FIELD)
#undef FLEET_FIELD
};

#endif
