// A month's figures: what the hands summed up, and how the vehicles and piles stand at its end.
#include <string.h>

#include "fleet/sight.h"

static void *take(struct town *t, size_t count, size_t size) {
    return arena_take(&t->out->arena, count, size);
}

static bool month_make(struct town *t, struct fleet_month *month) {
    const struct charging_counts *n = &t->c->n;
    month->sums = take(t, (size_t)n->district * n->class * FLEET_SUM_COUNT, sizeof *month->sums);
    month->vehicles = take(t, (size_t)n->district * n->class, sizeof *month->vehicles);
    month->private_piles = take(t, n->district, sizeof *month->private_piles);
    month->public_piles = take(t, (size_t)n->district * CURRENTS, sizeof *month->public_piles);
    month->peak_watts = take(t, n->district, sizeof *month->peak_watts);
    month->overload_hours = take(t, n->feeder, sizeof *month->overload_hours);
    month->feeder_peak_watts = take(t, n->feeder, sizeof *month->feeder_peak_watts);
    month->wait_bins = take(t, (size_t)n->class * WAIT_BINS, sizeof *month->wait_bins);
    return month->sums && month->vehicles && month->private_piles && month->public_piles && month->peak_watts &&
           month->overload_hours && month->feeder_peak_watts && month->wait_bins;
}

enum ap_status months_make(struct town *t) {
    const struct model *m = t->m;
    struct date first = date_from_day(m->from), last = date_from_day(m->until);
    uint32_t count = (uint32_t)((last.year - first.year) * 12 + last.month - first.month + 1);
    t->out->months = take(t, count, sizeof *t->out->months);
    if (!t->out->months) return AP_NO_MEMORY;
    if (!month_make(t, &t->out->opening)) return AP_NO_MEMORY;
    t->out->opening.sums = NULL;
    t->out->opening.until = m->from - 1;
    day_number from = m->from;
    for (uint32_t i = 0; i < count; i++) {
        struct fleet_month *month = &t->out->months[i];
        struct date d = date_from_day(from);
        month->from = from;
        month->until = day_from_date(d.year, d.month, days_in_month(d.year, d.month));
        if (month->until > m->until) month->until = m->until;
        if (!month_make(t, month)) return AP_NO_MEMORY;
        from = month->until + 1;
    }
    t->out->month_count = count;
    return AP_OK;
}

static void cells_move(int64_t *to, int64_t *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] += from[i];
    memset(from, 0, count * sizeof *from);
}

// The sums of all hands into `month`; NULL: warm-up, only the ledgers keep them.
static void sums_close(struct town *t, struct fleet_month *month) {
    size_t rows = (size_t)t->c->n.district * t->c->n.class, bins = (size_t)t->c->n.class * WAIT_BINS;
    for (uint32_t i = 0; i < t->hands; i++) {
        struct hand *h = &t->hand[i];
        for (size_t k = 0; k < rows * FLEET_SUM_COUNT; k++) t->flows[k % FLEET_SUM_COUNT] += h->sums[k];
        if (month) {
            cells_move(month->sums, h->sums, rows * FLEET_SUM_COUNT);
            cells_move(month->wait_bins, h->wait_bins, bins);
        }
        memset(h->sums, 0, rows * FLEET_SUM_COUNT * sizeof *h->sums);
        memset(h->wait_bins, 0, bins * sizeof *h->wait_bins);
    }
}

static bool station_open(const struct town *t, const struct station *x) {
    return x->opened <= t->day && t->day <= x->until;
}

static void piles_count(struct town *t, struct fleet_month *month) {
    const struct charging *c = t->c;
    memcpy(month->private_piles, t->private_piles, c->n.district * sizeof *month->private_piles);
    for (uint32_t i = 1; i < c->n.station; i++) {
        const struct station *x = &c->stations[i];
        const struct site *site = &c->sites[x->site];
        if (!station_open(t, x)) continue;
        if (site->access == ACCESS_RESIDENTS) month->private_piles[site->district] += x->piles;
        else month->public_piles[site->district * CURRENTS + x->current] += x->piles;
    }
}

// Open time of a station's piles within the month.
static double open_us(const struct fleet_month *month, const struct town *t, const struct station *x) {
    int32_t from = month->from - t->m->first_day, until = month->until - t->m->first_day;
    if (x->opened > from) from = x->opened;
    if (x->until < until) until = x->until;
    return until < from ? 0 : (double)(until - from + 1) * (double)DAY_US * x->piles;
}

static void use_close(struct town *t, struct fleet_month *month, int current) {
    const struct charging *c = t->c;
    double sum = 0, squares = 0, charging = 0, open = 0;
    uint32_t count = 0;
    for (uint32_t i = 1; i < c->n.station; i++) {
        const struct station *x = &c->stations[i];
        double all = open_us(month, t, x);
        if (x->current != current || c->sites[x->site].access != ACCESS_PUBLIC || all <= 0) continue;
        double use = (double)(t->stations[i].busy_us - t->month_busy[i]) / all;
        sum += use;
        squares += use * use;
        charging += (double)(t->stations[i].charging_us - t->month_charging[i]);
        open += all;
        count++;
    }
    if (!count) return;
    double mean = sum / count, variance = squares / count - mean * mean;
    month->use_mean[current] = mean;
    month->use_spread[current] = variance > 0 ? sqrt_own(variance) : 0;
    month->charging_share[current] = charging / open;
}

void counted_close(struct town *t) {
    for (uint32_t i = 1; i < t->c->n.station; i++) {
        struct counted *from = &sight_at(t, i)->today;
        struct station_sums *to = &t->stations[i];
        to->arrived += from->arrived;
        to->started += from->started;
        to->waited += from->waited;
        to->left += from->left;
        to->wait_us += from->wait_us;
        to->busy_us += from->busy_us;
        to->charging_us += from->charging_us;
        to->delivered_uwh += from->delivered_uwh;
        *from = (struct counted){ 0 };
    }
}

void month_begin(struct town *t) {
    for (uint32_t i = 0; i < t->c->n.station; i++) {
        t->month_busy[i] = t->stations[i].busy_us;
        t->month_charging[i] = t->stations[i].charging_us;
    }
}

static void stands_count(struct town *t, struct fleet_month *month) {
    for (uint32_t v = 1; v < t->vehicles; v++)
        if (t->s.vehicle_class[v])
            month->vehicles[(size_t)t->s.vehicle_district[v] * t->c->n.class + t->s.vehicle_class[v]]++;
    piles_count(t, month);
}

void month_close(struct town *t) {
    struct fleet_month *month = &t->out->months[t->month];
    sums_close(t, month);
    stands_count(t, month);
    use_close(t, month, AC);
    use_close(t, month, DC);
}

void warm_up_close(struct town *t) {
    sums_close(t, NULL);
    stands_count(t, &t->out->opening);
    memset(t->stations, 0, t->c->n.station * sizeof *t->stations);
    if (!t->station_waits) return;
    memset(t->out->streams, 0, t->c->n.stream * sizeof *t->out->streams);
    memset(t->station_waits, 0, (size_t)t->c->n.station * WAIT_BINS * sizeof *t->station_waits);
}

uint32_t wait_bin(int64_t us) {
    int64_t seconds = us / 1000000;
    if (seconds < 32) return (uint32_t)seconds;
    int octave = 63 - __builtin_clzll((uint64_t)seconds);
    uint32_t bin = (uint32_t)(octave - 4) * 32 + (uint32_t)(seconds >> (octave - 5)) - 32;
    return bin < WAIT_BINS ? bin : WAIT_BINS - 1;
}

int64_t wait_bin_edge(uint32_t bin) {
    if (bin < 32) return bin * INT64_C(1000000);
    uint32_t octave = bin / 32 + 4, step = bin % 32;
    return ((INT64_C(32) + step) << (octave - 5)) * 1000000;
}
