// Inside the model room: what the files that compile the charging tables share (charging*.c).
#ifndef MODEL_CHARGING_BUILDER_H
#define MODEL_CHARGING_BUILDER_H

#include "model/builder.h"

enum { PROFILE_ALL, PROFILE_WORKDAY, PROFILE_RESTDAY, PROFILE_DAYS };

// A profile of profiles.csv: weights by hour, or of a yearly one by month (slots 1 to 12).
struct profile {
    const char *name;
    double weight[PROFILE_DAYS][24];
    bool   there[PROFILE_DAYS];
};

// hailing.csv at a moment: linear between the ends of years, held before the first and after the last.
struct hailing {
    bool   there;
    double electric;               // vehicles
    double active, km;
};

// A row of fleet_inflow.csv.
struct inflow {
    int64_t year;
    double  registrations, bev_share;
    double  per_day[13];           // by month
};

struct charging_work {
    struct builder      *b;
    const struct tables *t;
    struct model        *m;
    struct charging     *c;
    struct profile *profiles;      // by name
    struct sorted  *tariffs;       // distinct names; entry i is tariff i + 1
    struct inflow  *inflows;       // by year
    uint32_t profile_count, tariff_count, inflow_count;
    uint32_t *feeder_of, *type_of, *class_of;   // table row -> row
};

// Steps of charging_build, in this order.
void profiles_build(struct charging_work *w);      // charging_profiles.c: profiles, tariffs
void sites_build(struct charging_work *w);         // charging_sites.c: feeders, sites, stations, powers
void catchments_build(struct charging_work *w);    // charging_reach.c
void reach_build(struct charging_work *w);
void types_build(struct charging_work *w);         // charging_power.c
void curves_build(struct charging_work *w);
void streams_build(struct charging_work *w);       // charging_streams.c: streams, recorded sessions
void inflows_read(struct charging_work *w);        // charging_inflow.c
void classes_build(struct charging_work *w);       // charging_fleet.c: classes, their types, homes
void inflow_build(struct charging_work *w);        // charging_inflow.c: who joins, the opening fleet
void days_build(struct charging_work *w);          // charging_days.c

// Days since the run's first day; `none` where there is no date.
int32_t day_of_run(const struct model *m, day_number date, int32_t none);
// The weights of a day (rest: 0 workday, 1 restday) scaled to mean 1; flat where there is no such profile.
void profile_scaled(const struct charging_work *w, const char *name, int rest, double out[24]);
// The same for months 1 to 12 of a yearly profile.
void season_scaled(const struct charging_work *w, const char *name, double out[13]);
// M-12.10: quantiles of a daily profile; a profile without a name gives `otherwise`, an hour, or any time below 0.
void clock_fill(const struct charging_work *w, const char *name, int otherwise, struct clock out[2]);
uint32_t tariff_find(const struct charging_work *w, const char *name);
// M-12.9: a day's use over the person's mean.
void day_law_fill(struct charging_work *w, const struct ev_class_row *row, int32_t q16[QUANTILES]);
// `position`: 2023.0 is the end of 2023.
struct hailing hailing_at(const struct charging_work *w, uint32_t class, double position);
double year_position(day_number evening);

#endif
