// The fleet room: vehicles that drive and charge, piles that can be full. It reads what the chain delivered and the
// chain never reads it, so a run of it follows a run of the chain. Day by day; inside a day the piles' queues are
// exact to the microsecond, and drivers see what was published at the last quarter hour, so that catchments do not
// depend on each other within one: same bytes on any number of threads.
#ifndef FLEET_FLEET_H
#define FLEET_FLEET_H

#include "fleet/fleet_options.h"
#include "model/model.h"

enum { QUARTERS = 96, WEEK_HOURS = 168, WAIT_BINS = 448 };
// Where energy is delivered. Kinds of load; public ones also by current.
enum load_kind { LOAD_HOME, LOAD_RESIDENTS, LOAD_AC, LOAD_DC, LOADS };
// How a request ends. What has not ended when the run does is counted as waiting, charging or between tries.
enum ask_end { END_SERVED, END_FUEL, END_PATIENCE, END_FULL, END_NO_SITE, END_LATE, END_WAITING, END_CHARGING,
               END_BETWEEN, ENDS };

// What the chain delivered, by day since m->first_day: NEVs handed to buyers of the region, and buyers it lost.
enum { FEED_BEV, FEED_PLUG_IN, FEEDS };
struct fleet_feed {
    int32_t (*sold)[FEEDS];        // [m->days]
    int32_t (*missed)[FEEDS];
};

// Sums by district and class, of a month. X(name, unit, meaning); class 0: streams (visitors)
#define FLEET_SUMS(X)                                                                                                  \
    X(joined_here, "vehicle", "made in the region and bought here")                                                    \
    X(joined_elsewhere, "vehicle", "bought from elsewhere, as planned")                                                \
    X(joined_instead, "vehicle", "of the buyers the region's makers lost, those who bought from elsewhere")            \
    X(scrapped, "vehicle", "at the end of their life")                                                                 \
    X(used_days, "vehicle day", "days on which a vehicle was driven")                                                  \
    X(driven_mwh, "mWh", "used from batteries")                                                                        \
    X(fuel_mwh, "mWh", "what plug-ins drove on fuel, in battery energy")                                               \
    X(undriven_mwh, "mWh", "what could not be driven for want of charge")                                              \
    X(charged_mwh, "mWh", "into batteries")                                                                            \
    X(home_sessions, "session", "at an own pile or socket")                                                            \
    X(residents_sessions, "session", "at residents' shared piles")                                                     \
    X(ac_sessions, "session", "at public AC piles")                                                                    \
    X(dc_sessions, "session", "at public DC piles")                                                                    \
    X(failed_starts, "session", "plug-ins that failed")                                                                \
    X(home_uwh, "uWh", "delivered at own piles and sockets")                                                           \
    X(residents_uwh, "uWh", "at residents' shared piles")                                                              \
    X(ac_uwh, "uWh", "at public AC piles")                                                                             \
    X(dc_uwh, "uWh", "at public DC piles")                                                                             \
    X(asked, "request", "for a pile that is shared or public")                                                         \
    X(tries, "1", "sites asked")                                                                                       \
    X(waited, "1", "tries that waited")                                                                                \
    X(wait_us, "us", "waited, by who was served and by who was not")                                                   \
    X(stay_us, "us", "from plug-in to plug-out")                                                                       \
    X(ended_served, "request", "")                                                                                     \
    X(ended_fuel, "request", "a plug-in drove on instead of waiting")                                                  \
    X(ended_patience, "request", "gave up after its last try")                                                         \
    X(ended_full, "request", "found no waiting place at its last try")                                                 \
    X(ended_no_site, "request", "no pile of that kind in reach")                                                       \
    X(ended_late, "request", "the shift was over before the next try")                                                 \
    X(ended_waiting, "request", "the run ended while it waited")                                                       \
    X(ended_charging, "request", "the run ended while it charged")                                                     \
    X(ended_between, "request", "the run ended before its next try")

enum fleet_sum {
#define FLEET_SUM_ID(name, unit, meaning) FLEET_##name,
    FLEET_SUMS(FLEET_SUM_ID)
#undef FLEET_SUM_ID
    FLEET_SUM_COUNT
};

// Sums by station over the run. X(name, unit, meaning)
#define STATION_SUMS(X)                                                                                                \
    X(arrived, "1", "tries that chose it")                                                                             \
    X(started, "session", "plugged in, failed starts included")                                                        \
    X(waited, "1", "tries that waited")                                                                                \
    X(left, "1", "gave up or found no place")                                                                          \
    X(wait_us, "us", "waited, by all")                                                                                 \
    X(busy_us, "pile us", "plugged, overstay and failed starts included")                                              \
    X(charging_us, "pile us", "delivering")                                                                            \
    X(throttled_us, "pile us", "delivering less than full power")                                                      \
    X(throttled, "session", "began with less than full power")                                                         \
    X(out_us, "pile us", "out of order")                                                                               \
    X(delivered_uwh, "uWh", "")

struct station_sums {
#define STATION_SUM_FIELD(name, unit, meaning) int64_t name;
    STATION_SUMS(STATION_SUM_FIELD)
#undef STATION_SUM_FIELD
};

// By hour of the week (168 from Monday 0 h), over the days from m->from on.
struct week_cell {
    int64_t load_uwh[LOADS], requests, waits, wait_us, left;
    int64_t plugged_us[CURRENTS];  // plugged at piles that are shared, public or closed
};

// Of plug-ins at home, by class, when options.details.
enum { GAP_COUNT, GAP_DAYS, GAP_SQUARES, GAP_SUMS };

struct fleet_month {
    day_number from, until;
    int64_t *sums;                 // [district][class][FLEET_SUM_COUNT]
    int64_t *vehicles;             // [district][class] at its end
    int64_t *private_piles;        // [district] at its end: own piles ever built, with the residents' piles open
    int64_t *public_piles;         // [district][CURRENTS] open at its end
    int64_t *peak_watts;           // [district]: highest hour; [0]: of the region
    int32_t *overload_hours;       // [feeder]; [0]: their sum
    int64_t *feeder_peak_watts;    // [feeder]: highest hour, base load included
    int64_t *wait_bins;            // [class][WAIT_BINS]: tries by wait, see wait_bin()
    double   use_mean[CURRENTS], use_spread[CURRENTS];   // plugged share of open public piles: over sites
    double   charging_share[CURRENTS];                   // delivering share of open pile time, all public piles
};

// Of a stream at a closed site, when options.details.
struct stream_sums {
    int64_t arrived, waited, wait_us;
};

struct fleet_record {
    const struct model *m;
    struct arena arena;
    struct fleet_month opening;    // until the evening before m->from: vehicles and piles, nothing else (sums NULL)
    struct fleet_month *months;
    uint32_t month_count;
    struct station_sums *stations; // [station], from m->from on
    struct week_cell *week;        // [district][WEEK_HOURS]; [0]: the region
    int64_t *hours;                // [days * 24][LOADS]: uWh in the hour, the region, from m->from on
    // Per station by hour of day, only when options.details: [station][24] each
    int64_t *queue_us, *busy_us;
    // How many more wait and are plugged than a minute before (0 .. days * 1440); [station], NULL but at closed sites
    int32_t **waiting, **plugged;
    struct stream_sums *streams;   // [stream], of those at closed sites
    int64_t *station_waits;        // [station][WAIT_BINS]
    double  *gaps;                 // [class][GAP_SUMS]: days between plug-ins at home
    uint64_t state_hash;           // of the final state
    char     trouble[200];         // AP_LEDGER: which account
};

// One run of the fleet and its piles. feed NULL: nothing is delivered. AP_LEDGER: record->trouble says which account.
MUST_CHECK enum ap_status fleet_run(const struct model *m, struct luck l, const struct fleet_feed *feed,
                                    const struct fleet_options *o, struct fleet_record *out);
void fleet_record_free(struct fleet_record *r);
// Bin of a wait in us, and the lower edge of a bin in us: 32 bins an octave from a second, linear below.
uint32_t wait_bin(int64_t us);
int64_t wait_bin_edge(uint32_t bin);

#endif
