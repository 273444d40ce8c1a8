// What one run of the fleet says: sums over periods, districts and classes, and the values of the charging indicators.
#ifndef STUDY_CHARGING_VALUES_H
#define STUDY_CHARGING_VALUES_H

#include "study/indicators.h"

// Which districts and classes: ALL, or one. Class 0: requests from outside the fleet.
enum { ALL = -1 };
struct town_scope {
    int32_t district, class;
};

// The row of a district, and the id of a class: "visitors" for class 0.
const struct district_row *town_district(const struct model *m, uint32_t district);
const char *town_class(const struct model *m, uint32_t class);

// What is in place at the end of a day; 0 where the record does not reach.
struct town_stand {
    bool    known;
    int64_t vehicles, private_piles, public_piles[CURRENTS];
};

// Whether the fleet's months make up this period.
bool fleet_covers(const struct model *m, struct period p);
// Of the months within the period.
int64_t fleet_sum(const struct fleet_record *r, struct period p, struct town_scope s, enum fleet_sum id);
// Requests of the period that came to an end, and those of them that ended without a charge (driving on fuel apart).
struct town_ends {
    int64_t ended, given_up;
};
struct town_ends fleet_ends(const struct fleet_record *r, struct period p, struct town_scope s);
// Below which the share of all waits at a site lies, in minutes; NO_VALUE when nobody came.
double fleet_wait_quantile(const struct fleet_record *r, struct period p, int32_t class, double share);
// day: m->from - 1, or the end of a month.
struct town_stand fleet_stand(const struct fleet_record *r, day_number day, struct town_scope s);
// Vehicle days of the period: between the ends of months in a straight line.
double fleet_vehicle_days(const struct fleet_record *r, struct period p, struct town_scope s);
// part / whole, NO_VALUE when there is no whole.
double part_of(double part, double whole);

// Values of indicators with basis FROM_PILES, FROM_FLEET, FROM_FEED.
bool charging_possible(const struct model *m, enum indicator_id id, struct period p);
double value_of_fleet(enum indicator_id id, const struct fleet_record *r, struct period p);
double value_of_feed(enum indicator_id id, const struct record *r, struct period p);
// Counts of piles.csv: the region's last of a year; where only districts are counted, the sum of the last of each.
bool piles_counted(const struct tables *t, enum indicator_id id, int year);
struct pile_count {
    double piles, low, high;       // low, high: as the row says, NO_VALUE: it does not
    const char *origin;
    day_number  date;              // of the region's count; DATE_NONE: summed over districts
};
struct pile_count count_at(const struct tables *t, enum indicator_id id, int year);

#endif
