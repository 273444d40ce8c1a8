// Hours of the week, what is worst, what a replay gave: for the bulletin, the JSON object and the database. Of the
// first replication, over the days on which the fleet charges.
#ifndef WRITE_TOWN_HOURS_H
#define WRITE_TOWN_HOURS_H

#include "study/study.h"

struct town_hour {
    int    hour;                   // 0..167 from Monday 0 h
    double weeks;                  // how often it came
    double requests;               // who came to a site, each time
    double wait_minutes;           // mean over them; 0 when nobody came
    double left_share;             // of them, who left without a charge
    double plugged[CURRENTS];      // piles with a car
    double load_kw;                // mean
    double kw[LOADS];
};
// district 0: the region.
struct town_hour town_hour_of(const struct study *s, uint32_t district, int hour);
void town_hours(const struct study *s, struct town_hour out[WEEK_HOURS]);
// The worst first; districts: out has room for all rows of s->town, those nobody asked in are left out.
void worst_hours(const struct study *s, struct town_hour out[WEEK_HOURS]);
uint32_t worst_districts(const struct study *s, const struct town_figure **out);

// What a session table gave when it was replayed.
struct replay {
    int64_t sessions, without_end, outside;   // outside the days that count
    int64_t uwh;
    double  peak_kw;
    struct {
        double plugged, load_kw;
    } hours[2][24];                // Monday to Friday, Saturday and Sunday
};
struct replay replay_of(const struct study *s);

#endif
