// What the files of the fleet room do for each other. Included by town.h, behind the structs.
#ifndef FLEET_STEPS_H
#define FLEET_STEPS_H

#include "fleet/town.h"

// state.c
struct fleet_counts {
    uint32_t vehicle, pile, place, catchment_current;
};
MUST_CHECK enum ap_status fleet_state_make(const struct fleet_counts *n, struct fleet_state *out);
void fleet_state_free(struct fleet_state *s);
uint64_t fleet_state_hash(const struct town *t);
// join.c: the opening fleet, and who joins and leaves on a day (M-12.1)
uint64_t joins_most(const struct model *m, const struct fleet_feed *feed);   // an upper bound
void fleet_open(struct town *t);
void fleet_join(struct town *t);
// drive.c: the day of the vehicles begin..end of the rows (M-12.2)
void vehicles_drive(struct hand *h, uint32_t begin, uint32_t end);
// ask.c: where a request goes (M-12.3)
void guides_fill(struct town *t);
void request_put(struct hand *h, const struct request *q);
void repairs_ask(struct hand *h);          // piles that fail today
uint32_t request_catchment(const struct town *t, const struct request *q, const uint32_t luck[3]);
// Memory is asked for ahead of a pull `u`: first where its search begins, then what that names.
void guide_foresee(const struct town *t, const struct request *q, uint32_t u);
void reach_foresee(const struct town *t, const struct request *q, uint32_t u);
// quarter.c: the requests of a quarter hour in the hand's bucket; those for its catchments; what these publish
void quarter_choose(struct hand *h, int64_t quarter);
void quarter_serve(struct hand *h);
void quarter_publish(struct hand *h, int64_t end_us);
// serve.c: the piles (M-12.4)
void station_arrive(struct hand *h, uint32_t station, const struct request *q);
bool place_take(struct town *t, uint32_t station, int64_t at_us, int64_t until_us);
// choose.c: which site a driver takes; what a catchment publishes
MUST_CHECK enum ap_status sights_make(struct town *t);
void sights_open(struct town *t);          // those that open today
void sights_price(struct hand *h, uint32_t hour);      // this hand's, for an hour of the day
int64_t catchment_wait(const struct town *t, uint32_t catchment, int current, int64_t now_us);
// For every try, after its wait is known; and for every session or failed start.
struct session;
void wait_tally(struct hand *h, uint32_t station, const struct request *q, int64_t wait_us);
void session_tally(struct hand *h, const struct session *x);
void plugged_tally(struct hand *h, const struct session *x);   // of it, the plugged time by hour
void minutes_add(const struct town *t, int32_t *changes, int64_t from_us, int64_t until_us);
// plug.c: what a session is (M-12.5)
struct session {
    uint32_t station;
    int64_t  start_us, full_us, end_us;    // plugged in; charging ended; plugged out
    int64_t  delivered_uwh;
    double   from_hours;                   // along its curve at DC piles, where it began
    int32_t  gained_mwh;
    bool     failed;                       // a failed start: nothing delivered
};
// end.c: what became of a request, and what the vehicle does next (M-12.5)
void request_served(struct hand *h, const struct request *q, const struct session *x);
void shift_drive(struct hand *h, const struct request *q, int64_t at_us, int32_t charge);
// It left the site at `at_us` without charging; it may try again.
void request_left(struct hand *h, const struct request *q, int64_t at_us, enum ask_end why);
// power.c: sizes of sessions (M-12.6)
struct curve {
    const struct power_point *points;
    uint32_t count;
};
struct curve curve_of(const struct charging *c, uint32_t type, uint32_t power);
double hours_at(const struct curve *c, double mwh);        // from empty
double charge_at(const struct curve *c, double hours);     // full from its last point on
double charge_hours(const struct charging *c, uint32_t type, uint32_t power, double from_mwh, double to_mwh);
// Charge after so many hours from from_mwh on, at most to_mwh.
double charge_after(const struct charging *c, uint32_t type, uint32_t power, double from_mwh, double hours);
// At the pile, at that charge; and the highest from there to full.
struct power_range {
    double watts, peak_watts;
};
struct power_range charge_power(const struct charging *c, uint32_t type, uint32_t power, double mwh);
// load.c: energy by hour. A piece of constant power; the hours share its energy exactly.
struct load_piece {
    int64_t  from_us, until_us, uwh;
    uint32_t district, feeder;
    enum load_kind kind;
};
void load_constant(struct hand *h, const struct load_piece *p);
// The load of a session of a vehicle at a DC station: power falls with charge.
void load_session(struct hand *h, const struct request *q, const struct session *x);
void loads_open(struct hand *h);           // before a day: energy that was beyond the ring
void loads_close(struct town *t);          // after a day: its hours are over
// month.c: closing a day of the stations, and a month
void counted_close(struct town *t);
MUST_CHECK enum ap_status months_make(struct town *t);
void month_begin(struct town *t);
void month_close(struct town *t);
void warm_up_close(struct town *t);        // on the evening before m->from
// events.c: sites that share their power or serve by priority
MUST_CHECK enum ap_status events_make(struct town *t);
void events_free(struct town *t);
void event_advance(struct hand *h, uint32_t site, int64_t until_us);
void events_advance(struct hand *h, int64_t until_us);        // this hand's open sites
void events_end(struct hand *h);                              // on the last day, after its quarters: all of its sites
int64_t events_open(const struct town *t);                    // requests that are at such a site
int64_t events_uwh(const struct town *t);                     // told to load_constant, session not over
// stream.c: requests from outside the fleet, of the day: those of closed sites are served here, site by site
MUST_CHECK enum ap_status streams_make(struct town *t);   // when there are hands
void streams_free(struct town *t);
void streams_day(struct hand *h);
// replay.c: recorded sessions of the day, worked by the first hand
void sessions_replay(struct hand *h);
// make.c: memory of a run
MUST_CHECK enum ap_status town_make(struct town *t, const struct fleet_feed *feed);
void town_free(struct town *t);
// account.c: the ledgers (M-12.7)
MUST_CHECK enum ap_status fleet_check(struct town *t);

#endif
