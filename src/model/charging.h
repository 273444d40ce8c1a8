// The charging side of the model: what schema_charging.h brings, compiled for the fleet room. Energy in a battery is
// counted in mWh (int32), at the plug in uWh (int64), time in us (int64): exact sums, and rounding far below a minute's
// or a kilowatt-hour's ninth digit. Row 0 of every table is nobody; sites, stations, catchments, streams stand in the
// order of their names, so that renumbering changes nothing.
#ifndef MODEL_CHARGING_H
#define MODEL_CHARGING_H

#include "model/charging_rows.h"

// Rows per kind: the `per` of the fleet's state and tallies. Each counts row 0.
struct charging_counts {
    uint32_t one, type, class, site, station, pile, catchment, stream, feeder, tariff, district, power, session;
};

struct charging {
    bool     there;                // the scenario has sites, a fleet, streams or sessions
    struct charging_counts n;
    struct ev_type  *types;
    struct ev_class *classes;
    struct class_type *class_types;
    struct site     *sites;
    struct station  *stations;
    struct catchment *catchments;
    uint32_t        *catchment_piles;
    int32_t         *catchment_opened;   // of each entry: day since the first, so that the open ones are a prefix
    struct stream   *streams;
    struct feeder   *feeders;
    struct recorded *recorded;     // [session]
    int32_t         *powers;       // rated watts that occur, by current
    uint8_t         *power_current;
    struct power_curve *curves;    // [type][power]
    struct power_point *power_points;
    // [district][current][catchment]: cumulative pull of public sites, of 2^32 - 1; all 0: nothing in reach
    uint32_t        *reach;
    uint32_t        *residents;    // [district]: catchment of its residents' sites, 0: none
    uint32_t        *district_row, *district_of;   // [district]: table row; [table row]: district
    uint32_t        *site_of;      // [table row]
    double          *district_share;   // [district]: cumulative, where vehicles that join live
    int32_t         *price_fen;    // [tariff][24]
    uint8_t         *cheap;        // [24]: 1 where the home tariff is lowest
    uint8_t         *day_kind;     // [days]
    int32_t         *use_q16;      // [class][days]: kind of day x season, x 65536; 0 where a class does not drive
    int32_t         *active_q16;   // [class][days]
    double          *class_share;  // [year][class]: cumulative share of who joins
    double          *home_share;   // [year][class][HOMES]: cumulative
    int32_t         *home_watts;   // [year][class][HOMES]
    double          *bev_share;    // [year]: of those from elsewhere
    // The same for the vehicles there on the evening before the first day
    double          *opening_class_share, *opening_home_share;
    int32_t         *opening_home_watts;
    double           opening_bev_share;
    int64_t         *elsewhere_micro;   // [days + 1]: 1e-6 vehicles bought from elsewhere, from the first day on
    int64_t          opening;      // vehicles on the evening before the first day
    int32_t          charging_from, charging_until;   // first and last day on which the fleet drives and charges
};

// Whether the fleet drives and charges on a day, and visitors come; vehicles and piles are there before and after.
static inline bool charging_on(const struct charging *c, int32_t day) {
    return c->charging_from <= day && day <= c->charging_until;
}

#endif
