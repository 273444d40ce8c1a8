// Recorded sessions (M-12.16) are replayed as they were: each holds its pile from arrival to departure, whatever the
// number of piles, and delivers what was recorded, at the pile's power from its arrival on, or evenly over the stay
// where that would not fit. Without a recorded departure there is no stay, and the energy counts on arrival.
// reads: nothing of the state. writes: tallies and load.
#include "fleet/sight.h"

static struct session session_recorded(const struct town *t, const struct recorded *r) {
    bool left = r->leave_us >= r->arrive_us;
    struct session x = { .station = r->station, .start_us = r->arrive_us, .full_us = r->arrive_us,
                         .end_us = left ? r->leave_us : r->arrive_us, .delivered_uwh = r->uwh };
    // uWh over W are 3600 us each.
    double us = (double)r->uwh * 3600 / t->c->stations[r->station].watts;
    double stay = (double)(x.end_us - x.start_us);
    x.full_us += us < stay ? (int64_t)(us + 0.5) : x.end_us - x.start_us;
    return x;
}

static void session_replay(struct hand *h, const struct recorded *r) {
    const struct charging *c = h->town->c;
    const struct station *station = &c->stations[r->station];
    const struct site *site = &c->sites[station->site];
    struct request q = { .at_us = r->arrive_us, .patience_us = NEVER_US, .district = (uint16_t)site->district,
                         .current = station->current, .access = site->access };
    struct session x = session_recorded(h->town, r);
    sums_of(h, q.district, 0)[FLEET_asked]++;
    sight_at(h->town, r->station)->today.arrived++;
    wait_tally(h, r->station, &q, 0);
    session_tally(h, &x);
    load_session(h, &q, &x);
    request_served(h, &q, &x);
}

void sessions_replay(struct hand *h) {
    struct town *t = h->town;
    int64_t midnight = (int64_t)(t->day + 1) * DAY_US;
    while (t->replayed + 1 < t->c->n.session && t->c->recorded[t->replayed + 1].arrive_us < midnight) {
        const struct recorded *r = &t->c->recorded[++t->replayed];
        if (r->arrive_us >= 0) {
            session_replay(h, r);
        } else {                   // begun before the run: its pile is taken, its energy and request are not of the run
            struct session x = session_recorded(t, r);
            plugged_tally(h, &x);
        }
    }
}
