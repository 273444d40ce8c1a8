// The order of a day (M-12): vehicles join and leave; they drive, charge at home and ask; streams ask; then quarter
// hour by quarter hour the requests choose a catchment by what was published, the catchments serve, and publish; the
// hours that are over are closed. Every hand (thread) goes through the whole run; between the steps they wait for each
// other.
#include "fleet/fleet.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "fleet/town.h"

enum { SPINS = 4000, STEP_DAYS = 10 };

// All hands come here before any goes on.
static void hands_wait(struct town *t) {
    if (t->hands == 1) return;
    unsigned turn = atomic_load_explicit(&t->turn, memory_order_acquire);
    if (atomic_fetch_add_explicit(&t->arrived, 1, memory_order_acq_rel) + 1 == t->hands) {
        atomic_store_explicit(&t->arrived, 0, memory_order_relaxed);
        atomic_fetch_add_explicit(&t->turn, 1, memory_order_release);
        return;
    }
    for (int i = 0; atomic_load_explicit(&t->turn, memory_order_acquire) == turn; i++)
        if (i > SPINS) sched_yield();
}

// --- what one hand does for all

static void day_begin(struct town *t) {
    day_number today = t->m->first_day + t->day;
    t->counts = today >= t->m->from;
    t->year = date_from_day(today).year - t->m->first_year;
    if (t->counts && today == t->out->months[t->month].from) month_begin(t);
    sights_open(t);
    fleet_join(t);
}

static void day_end(struct town *t) {
    day_number today = t->m->first_day + t->day;
    loads_close(t);
    counted_close(t);
    for (uint32_t i = 0; i < t->hands; i++)
        if (t->hand[i].status != AP_OK) t->status = t->hand[i].status;
    if (today == t->m->from - 1) warm_up_close(t);
    if (t->counts && today == t->out->months[t->month].until) {
        month_close(t);
        if (t->status == AP_OK) t->status = fleet_check(t);
        if (t->month + 1 < (int32_t)t->out->month_count) t->month++;
    }
    bool tell = (t->day + 1) % STEP_DAYS == 0 || t->day + 1 == t->m->days;
    int32_t since = (t->day + 1) % STEP_DAYS == 0 ? STEP_DAYS : (t->day + 1) % STEP_DAYS;
    if (tell && t->options.step && !t->options.step(t->options.self, since) && t->status == AP_OK)
        t->status = AP_INTERRUPTED;
}

static void quarters_run(struct hand *h) {
    struct town *t = h->town;
    for (uint32_t i = 0; i < QUARTERS; i++) {
        int64_t quarter = (int64_t)t->day * QUARTERS + i, end_us = (quarter + 1) * QUARTER_US;
        if (i % 4 == 0) sights_price(h, i / 4);
        quarter_choose(h, quarter);
        hands_wait(t);
        quarter_serve(h);
        events_advance(h, end_us);
        quarter_publish(h, end_us);
        hands_wait(t);
        h->asks[quarter % BUCKET_RING].count = 0;
    }
}

static void day_run(struct hand *h) {
    struct town *t = h->town;
    if (h->number == 0) day_begin(t);
    hands_wait(t);
    loads_open(h);
    uint64_t rows = t->vehicles - 1;
    if (charging_on(t->c, t->day))
        vehicles_drive(h, (uint32_t)(rows * h->number / t->hands) + 1,
                       (uint32_t)(rows * (h->number + 1) / t->hands) + 1);
    streams_day(h);
    if (h->number == 0) sessions_replay(h);
    repairs_ask(h);
    hands_wait(t);
    if (t->open_town) quarters_run(h);
    if (t->day + 1 == t->m->days) events_end(h);
    hands_wait(t);
    if (h->number == 0) day_end(t);
    hands_wait(t);
}

static void *hand_run(void *self) {
    struct hand *h = self;
    struct town *t = h->town;
    for (int32_t day = 0; day < t->m->days && t->status == AP_OK; day++) {
        if (h->number == 0) t->day = day;
        day_run(h);
    }
    return NULL;
}

// A thread that the machine refuses stops the run: the work is shared out by their number.
static enum ap_status hands_run(struct town *t) {
    pthread_t *threads = calloc(t->hands, sizeof *threads);
    if (!threads) return AP_NO_MEMORY;
    uint32_t started = 1;
    while (started < t->hands && pthread_create(&threads[started], NULL, hand_run, &t->hand[started]) == 0) started++;
    if (started == t->hands) hand_run(&t->hand[0]);
    else t->status = AP_REFUSED;
    for (uint32_t i = 1; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
    return t->status;
}

static void gaps_close(struct town *t) {
    for (uint32_t i = 0; t->out->gaps && i < t->hands; i++)
        for (uint32_t k = 0; k < t->c->n.class * GAP_SUMS; k++) t->out->gaps[k] += t->hand[i].gaps[k];
}

static void week_close(struct town *t) {
    size_t cells = (size_t)t->c->n.district * WEEK_HOURS;
    for (uint32_t i = 0; i < t->hands; i++) {
        for (size_t k = WEEK_HOURS; k < cells; k++) {
            const struct week_cell *from = &t->hand[i].week[k];
            struct week_cell *both[2] = { &t->out->week[k], &t->out->week[k % WEEK_HOURS] };
            for (int j = 0; j < 2; j++) {
                both[j]->requests += from->requests;
                both[j]->waits += from->waits;
                both[j]->wait_us += from->wait_us;
                both[j]->left += from->left;
                both[j]->plugged_us[AC] += from->plugged_us[AC];
                both[j]->plugged_us[DC] += from->plugged_us[DC];
            }
        }
    }
}

enum ap_status fleet_run(const struct model *m, struct luck l, const struct fleet_feed *feed,
                         const struct fleet_options *o, struct fleet_record *out) {
    ASSERT(m && o && out);
    *out = (struct fleet_record){ .m = m };
    if (!m->charging.there) return AP_OK;
    struct town t = { .m = m, .c = &m->charging, .luck = l, .options = *o, .out = out,
                      .hands = o->threads ? o->threads : 1 };
    t.from_us = (int64_t)(m->from - m->first_day) * DAY_US;
    t.end_us = (int64_t)m->days * DAY_US;
    t.open_town = m->charging.n.catchment > 1;
    t.week_hour = weekday_of(m->first_day) * 24;
    t.failed_q16 = (uint32_t)(m->set.failed_start_share * 65536 + 0.5);
    enum ap_status status = town_make(&t, feed);
    if (status == AP_OK) {
        fleet_open(&t);
        status = hands_run(&t);
        if (status == AP_OK) week_close(&t);
        if (status == AP_OK) gaps_close(&t);
        out->state_hash = fleet_state_hash(&t);
    }
    town_free(&t);
    return status;
}

void fleet_record_free(struct fleet_record *r) {
    arena_free(&r->arena);
    *r = (struct fleet_record){ 0 };
}
