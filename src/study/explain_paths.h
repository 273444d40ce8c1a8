// What an explanation keeps of each row: on which days it fell short, of what, by how much (M-15). Two runs that have
// differed once go on differing in small ways; so amounts are those of a row's first spell.
#ifndef STUDY_EXPLAIN_PATHS_H
#define STUDY_EXPLAIN_PATHS_H

#include <stdint.h>

// A row of the model, or a cause without a row: ORDERS (less was ordered of it), BACKLOG (more was asked of it than it
// can do). SHOCK: place among the model's shocks, plus 1.
enum path_kind { PATH_NONE, PATH_SHOCK, PATH_MAKER, PATH_STOCK, PATH_LINK, PATH_LINE, PATH_OFFER, PATH_LANE,
                 PATH_ORDERS, PATH_BACKLOG, PATH_KINDS };

struct path_row {
    enum path_kind kind;
    uint32_t row;
};

// Days a row was in some condition beyond the undisturbed run: the first spell, which a pause of more than SPELL_PAUSE
// days ends (a week of holidays and a weekend do not), and how many days later on. first -1: never.
struct path_days {
    int32_t first, last, days, later;
    int32_t latest;              // the last of all
};
enum { SPELL_PAUSE = 14 };

struct stock_path {
    struct path_days less;       // made: its maker started fewer units
    struct path_days held;       // bought: it held up what is made from it
    struct path_days missed;     // outside demand missed it: lost, or waiting
    int64_t missed_units, missed_most;
    struct path_row  cause;      // on the first of these days
    uint32_t user;               // bought: the build (in plants) or made stock it held up on its first day
    int32_t cover_milli; // what was there and under way before the shock, in days of undisturbed use; -1: longer
    int64_t  hours_milli;        // it was too low for one unit more, beyond the undisturbed run
    int64_t units;               // bought: vehicles (or units of the made stock) lost on days when it was the tightest
    int64_t  gap, gap_most;      // made: units not started, so far; bought: not shipped to it
    int64_t  gap_first;          // bought: not shipped to it by the first day it held up
};

struct link_path {
    struct path_days owing;      // owed at the end of more ticks
    struct path_row  cause;
    int64_t gap, gap_most;       // units not shipped, so far
};

struct line_path {
    struct path_days slow, idle; // fewer vehicles off it, for a cause that is known; none at all
    struct path_days overtime, shift;   // open longer, by overtime or by a further shift
    struct path_row  cause;      // on the first slow day
    struct path_row  idle_cause; // on the first idle day
    struct path_row  main;       // most of its vehicles were lost to
    int64_t lost_ms;             // work its last shop missed on slow days
    int64_t overtime_ms, shift_ms;      // how much longer it was open
    int64_t gap, gap_most;       // vehicles: so far; most until the shock was absorbed
    int64_t gap_absorbed;        // on that day
};

struct maker_path {
    struct path_days overtime, shift;
    int64_t overtime_units, shift_units;   // of its stocks started beyond the undisturbed run on these days
};

struct offer_path {
    struct path_days lost;       // buyers left
    uint32_t line;               // whose missing vehicles
    int64_t  lost_units, cancelled;
};

struct lane_path {
    struct path_days waiting;    // more vehicles at its head
    struct path_row  cause;
    int64_t most;
    int32_t most_day;
    int64_t gap, gap_most;       // not departed
};

#define PATH_TOTALS(X)                                                                                                 \
    X(made, "vehicle", "off the lines")                                                                                \
    X(made_nev, "vehicle", "of them, NEVs")                                                                            \
    X(export_left, "vehicle", "left for markets abroad")                                                               \
    X(export_value, "fen", "value of these")                                                                           \
    X(sold, "vehicle", "handed to buyers")                                                                             \
    X(buyers_lost, "vehicle", "buyers who left; more, not fewer")                                                      \
    X(backlog, "vehicle", "orders that wait at the plants; more, not fewer")                                           \
    X(demand_missed, "unit", "outside demand at stocks, lost or waiting; more, not fewer")                             \
    X(turnover, "fen", "shipped by enterprises of the region")

// What the undisturbed run is ahead, so far.
struct path_totals {
#define PATH_TOTAL_FIELD(name, unit, meaning) int64_t name;
    PATH_TOTALS(PATH_TOTAL_FIELD)
#undef PATH_TOTAL_FIELD
};

#endif
