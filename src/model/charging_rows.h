// The rows of the charging side of the model, see charging.h: types, classes, sites, stations, streams, feeders.
#ifndef MODEL_CHARGING_ROWS_H
#define MODEL_CHARGING_ROWS_H

#include "model/tables.h"

enum { AC, DC, CURRENTS };
enum { ACCESS_PUBLIC, ACCESS_RESIDENTS, ACCESS_CLOSED };
enum { HOME_OWN, HOME_SOCKET, HOME_SHARED, HOME_NONE, HOMES };
enum { TYPE_BEV, TYPE_PHEV, TYPE_EREV };
enum { CLASS_DAILY, CLASS_SHIFT };
enum { DAY_WORK, DAY_REST, DAY_HOLIDAY, DAY_KINDS };
enum { AMOUNT_HOURS, AMOUNT_KWH, AMOUNT_SOC };
enum { SIZE_CONSTANT, SIZE_EXPONENTIAL, SIZE_UNIFORM, SIZE_LOGNORMAL, SIZE_ERLANG, SIZE_HYPEREXPONENTIAL };
enum { PATIENCE_NONE, PATIENCE_CONSTANT, PATIENCE_EXPONENTIAL };
enum { STREAM_ALL, STREAM_WORKDAY, STREAM_RESTDAY, STREAM_HOLIDAY };
enum { QUEUE_FIFO, QUEUE_PRIORITY };
enum { QUANTILES = 4096, CLOCK_STEPS = 256, CLASSES_MOST = 16, TYPES_MOST = 64, SITES_IN_SIGHT = 8 };
enum { POWERS_MOST = 256 };        // rows of powers[], row 0 counted: stations keep them in 8 bits
enum { DAY_ALWAYS = -10000000, DAY_EVER = 10000000 };      // where a table names no day; in us they still fit 64 bits

// Power by charge for one type at one rated power: points of the battery's charge with the power between (linear) and
// the hours it takes from empty to there. Watts are taken from the pile; hours know the efficiency.
struct power_point {
    double mwh, watts, hours;
    double rise, log_rise;         // watts at the next point over these, less 1; and log(1 + rise). 0 at the last point
};
struct power_curve {
    uint32_t first, points;        // power_points[]; no points: the type cannot charge at this power
};

struct ev_type {
    uint32_t table_row;
    uint8_t  powertrain;
    int32_t  battery_mwh;
    double   mwh_per_m;            // use without the season's factor
    int32_t  ac_watts, dc_watts;
    double   efficiency;
};

// Clock times drawn from a daily profile: CLOCK_STEPS + 1 seconds of the day, linear between.
struct clock {
    int32_t second[CLOCK_STEPS + 1];
};

struct ev_class {
    uint64_t who;
    uint32_t table_row;
    uint8_t  kind;
    int32_t  day_q16[QUANTILES];   // a day's use over the person's mean, by quantile, x 65536
    double   km_mean, km_sigma;    // person's mean: lognormal with this median's factor folded in
    struct clock home[2], leave[2], ask[2];   // by workday and restday
    uint32_t first_type, types;    // class_types[]: the first `bevs` are BEV, the others can drive on fuel
    uint32_t bevs;
};

struct class_type {
    uint32_t type;
    double   weight;               // cumulative within class and group (BEV, others), 1 at the group's end
};

struct site {
    uint64_t who;
    uint32_t table_row;
    uint32_t district, catchment, feeder, tariff;   // catchment 0: closed
    uint8_t  access, queue;
    bool     by_events;            // shares its power or serves by priority: events.c
    int64_t  watts;                // limit; 0: none
    int32_t  places;               // -1: no limit
    int32_t  fee_fen;
    uint32_t first_station, stations;
    int32_t  opened, until;        // days since the run's first day
};

// A group of piles alike at a site: what a driver queues for.
struct station {
    uint64_t who;
    uint32_t table_row, site;
    uint8_t  current;
    uint8_t  power;                // row of powers[]
    uint32_t piles;                // 0: always enough
    uint32_t first_pile;           // in the state's columns per pile
    int32_t  watts;
    int32_t  opened, until;        // days since the run's first day
};

// Sites among which a driver chooses at sight, of one access: public or residents'.
struct catchment {
    uint64_t who;
    uint32_t district;             // of its first site
    uint8_t  access;
    double   lat, lon;
    uint32_t first_pile[CURRENTS], piles[CURRENTS];   // catchment_piles[]: stations, once per pile, by opening day
};

struct stream {
    uint64_t who;
    uint32_t table_row;
    uint32_t site, station, district;   // station: at the site, the first of its current
    double   per_us, rate_most;    // mean rate, and a bound of it at any time: for thinning
    double   hour_factor[2][24];   // of the mean rate, by workday and restday
    int32_t  from, until;
};

struct feeder {
    uint32_t table_row, district;
    int64_t  watts;
    int64_t  base_watts[24];
    double   homes_share;
};

// A recorded session, by arrival.
struct recorded {
    uint32_t table_row, station;
    int64_t  arrive_us, leave_us;  // since the run's first day began; leave before arrive: not recorded
    int64_t  uwh;
};

#endif
