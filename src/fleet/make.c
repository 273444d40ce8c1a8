// Memory of a run of the fleet: all of it is taken before the first day, but for lists that may grow.
#include <stdlib.h>
#include <string.h>

#include "fleet/sight.h"

static void *take(struct town *t, size_t count, size_t size) {
    return arena_take(&t->arena, count ? count : 1, size);
}

static enum ap_status hand_make(struct town *t, uint32_t number) {
    const struct charging_counts *n = &t->c->n;
    struct hand *h = &t->hand[number];
    h->town = t;
    h->number = number;
    h->sums = take(t, (size_t)n->district * n->class * FLEET_SUM_COUNT, sizeof *h->sums);
    h->driven = take(t, (size_t)n->district * n->class, sizeof *h->driven);
    h->wait_bins = take(t, (size_t)n->class * WAIT_BINS, sizeof *h->wait_bins);
    h->week = take(t, (size_t)n->district * WEEK_HOURS, sizeof *h->week);
    h->load = take(t, (size_t)n->district * LOADS * LOAD_HOURS, sizeof *h->load);
    h->plugged = take(t, (size_t)n->district * CURRENTS, sizeof *h->plugged);
    h->feeder_load = take(t, (size_t)n->feeder * LOAD_HOURS, sizeof *h->feeder_load);
    h->asks = take(t, BUCKET_RING, sizeof *h->asks);
    h->gaps = take(t, (size_t)n->class * GAP_SUMS, sizeof *h->gaps);
    h->ends = take(t, n->catchment, sizeof *h->ends);
    h->nexts = take(t, n->catchment, sizeof *h->nexts);
    bool work = h->ends && h->nexts && h->driven && h->asks;
    bool all = work && h->plugged && h->sums && h->wait_bins && h->week && h->load && h->feeder_load && h->gaps;
    return all ? AP_OK : AP_NO_MEMORY;
}

// Waiting places that are counted: those of each station of a site that has a number of them.
static uint32_t places_number(struct town *t) {
    uint32_t places = 0;
    for (uint32_t i = 1; i < t->c->n.station; i++) {
        int32_t of_site = t->c->sites[t->c->stations[i].site].places;
        t->first_place[i] = places;
        if (of_site > 0) places += (uint32_t)of_site;
    }
    return places;
}

// Gumbel noise of a logit choice: quantiles of -log(-log u), x 256.
static void gumbel_fill(int16_t *gumbel) {
    for (int i = 0; i < GUMBELS; i++) {
        double value = -log_own(-log_own((i + 0.5) / GUMBELS)) * 256;
        gumbel[i] = (int16_t)(value < 0 ? value - 0.5 : value + 0.5);
    }
}

static void exponential_fill(double *exponential) {
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) sum += exponential[i] = -log_own(1 - (i + 0.5) / QUANTILES);
    for (int i = 0; i < QUANTILES; i++) exponential[i] *= QUANTILES / sum;
}

static enum ap_status tables_make(struct town *t) {
    const struct charging_counts *n = &t->c->n;
    t->first_place = take(t, n->station + 1, sizeof *t->first_place);
    t->guides = take(t, (size_t)n->district * CURRENTS * (GUIDE_STEPS + 1), sizeof *t->guides);
    t->gumbel = take(t, GUMBELS, sizeof *t->gumbel);
    t->exponential = take(t, QUANTILES, sizeof *t->exponential);
    t->private_piles = take(t, n->district, sizeof *t->private_piles);
    t->home_uwh = take(t, (size_t)n->district * 24, sizeof *t->home_uwh);
    t->month_busy = take(t, n->station, sizeof *t->month_busy);
    t->month_charging = take(t, n->station, sizeof *t->month_charging);
    t->hand = take(t, t->hands, sizeof *t->hand);
    if (!t->first_place || !t->guides || !t->gumbel || !t->exponential || !t->private_piles || !t->home_uwh ||
        !t->month_busy || !t->month_charging || !t->hand)
        return AP_NO_MEMORY;
    gumbel_fill(t->gumbel);
    guides_fill(t);
    exponential_fill(t->exponential);
    for (uint32_t i = 0; i < t->hands; i++) TRY(hand_make(t, i));
    return AP_OK;
}

static enum ap_status record_make(struct town *t) {
    const struct charging_counts *n = &t->c->n;
    struct fleet_record *out = t->out;
    struct arena *a = &out->arena;
    size_t days = (size_t)t->m->until - (size_t)t->m->from + 1;
    out->stations = TAKE(a, n->station, struct station_sums);
    out->week = TAKE(a, (size_t)n->district * WEEK_HOURS, struct week_cell);
    out->hours = TAKE(a, days * 24 * LOADS, int64_t);
    if (!out->stations || !out->week || !out->hours) return AP_NO_MEMORY;
    t->stations = out->stations;
    if (!t->options.details) return months_make(t);
    out->queue_us = t->queue_us = TAKE(a, (size_t)n->station * 24, int64_t);
    out->busy_us = t->busy_us = TAKE(a, (size_t)n->station * 24, int64_t);
    out->station_waits = t->station_waits = TAKE(a, (size_t)n->station * WAIT_BINS, int64_t);
    out->gaps = TAKE(a, (size_t)n->class * GAP_SUMS, double);
    t->last_plug = take(t, t->room, sizeof *t->last_plug);
    out->waiting = t->waiting = TAKE(a, n->station, int32_t *);
    out->plugged = t->plugged = TAKE(a, n->station, int32_t *);
    out->streams = TAKE(a, n->stream, struct stream_sums);
    if (!t->queue_us || !t->busy_us || !t->station_waits || !out->gaps || !t->last_plug || !t->waiting || !t->plugged ||
        !out->streams)
        return AP_NO_MEMORY;
    for (uint32_t i = 1; i < n->station; i++) {
        if (!t->options.minutes || t->c->sites[t->c->stations[i].site].access != ACCESS_CLOSED) continue;
        t->waiting[i] = TAKE(a, (size_t)t->m->days * 24 * 60 + 1, int32_t);
        t->plugged[i] = TAKE(a, (size_t)t->m->days * 24 * 60 + 1, int32_t);
        if (!t->waiting[i] || !t->plugged[i]) return AP_NO_MEMORY;
    }
    return months_make(t);
}

enum ap_status town_make(struct town *t, const struct fleet_feed *feed) {
    uint64_t room = t->c->n.class > 1 ? joins_most(t->m, feed) : 1;
    if (room > UINT32_MAX / 2) return AP_NO_MEMORY;
    t->room = (uint32_t)room;
    if (feed) t->feed = *feed;
    t->habits = take(t, t->room, sizeof *t->habits);
    if (!t->habits) return AP_NO_MEMORY;
    TRY(tables_make(t));
    struct fleet_counts n = { t->room, t->c->n.pile, places_number(t), t->c->n.catchment * CURRENTS };
    TRY(fleet_state_make(&n, &t->s));
    TRY(sights_make(t));
    TRY(record_make(t));
    TRY(streams_make(t));
    return events_make(t);
}

void town_free(struct town *t) {
    for (uint32_t i = 0; t->hand && i < t->hands; i++) {
        struct hand *h = &t->hand[i];
        for (uint32_t k = 0; h->asks && k < BUCKET_RING; k++) free(h->asks[k].rows);
        free(h->asked);
        free(h->order);
        free((void *)h->turns);
        free(h->late);
    }
    streams_free(t);
    events_free(t);
    fleet_state_free(&t->s);
    arena_free(&t->arena);
}
