// Requests from outside the fleet (M-12.15): visitors, textbook arrivals. A stream is a Poisson process with a rate by
// hour, begun afresh each midnight; a sine on top of it thins. Who asks at a closed site concerns nobody else, so its
// streams are worked in time order for the whole day; the others put their requests into the quarters of the day.
// reads: nothing of the state. writes: by way of station_arrive and request_put.
#include "fleet/spring.h"

#include <stdlib.h>

// A sequence has 2^16 blocks; a longer one goes on under another key of the same row.
static double nth_uniform(struct luck l, uint64_t who, uint32_t day, uint32_t number) {
    if (number >> 16) who = hash_pair(who, number >> 16);
    return draw_uniform(l, who, DRAW_STREAM, day, number & 65535);
}

// sin(2 pi x): the series up to x^19 on a quarter turn, below 1e-15 off.
static double sine_of_turns(double x) {
    x -= (double)(int64_t)x;
    if (x < 0) x += 1;
    if (x > 0.75) x -= 1;
    else if (x > 0.25) x = 0.5 - x;
    static const double c[9] = {
        -1.0 / 6,          1.0 / 120,           -1.0 / 5040,           1.0 / 362880,           -1.0 / 39916800,
        1.0 / 6227020800., -1.0 / 1307674368e3, 1.0 / 355687428096e3, -1.0 / 121645100408832e3,
    };
    double y = x * 6.283185307179586, square = y * y, sum = c[8];
    for (int i = 7; i >= 0; i--) sum = c[i] + square * sum;
    return y * (1 + square * sum);
}

static bool stream_asks(const struct town *t, const struct stream *x, const struct stream_row *row) {
    uint8_t kind = t->c->day_kind[t->day];
    if (t->day < x->from || t->day > x->until) return false;
    switch (row->days) {
    case STREAM_WORKDAY: return kind == DAY_WORK;
    case STREAM_RESTDAY: return kind != DAY_WORK;
    case STREAM_HOLIDAY: return kind == DAY_HOLIDAY;
    default: return true;
    }
}

// Sizes of a row of candidates that begins with number `first`, in us or uWh.
static void sizes_draw(const struct town *t, const struct stream_row *row, struct spring *s, uint32_t first) {
    double sizes[TIMES_ROW];
    struct time_law law = { .shape = 1, .mean = s->mean };
    uint32_t day = (uint32_t)t->day;
    int kind = row->amount == AMOUNT_SOC ? SIZE_CONSTANT : row->size_law;
    if (kind == SIZE_ERLANG && s->spread > 1) law.shape = (int)s->spread;
    if (kind == SIZE_EXPONENTIAL || kind == SIZE_ERLANG || kind == SIZE_HYPEREXPONENTIAL)
        draw_times(t->luck, (struct draw_key){ s->who_size, DRAW_STREAM, day }, first / TIMES_ROW, law, sizes);
    for (uint32_t i = 0; i < TIMES_ROW; i++) {
        if (kind == SIZE_CONSTANT) sizes[i] = s->mean;
        if (kind == SIZE_CONSTANT || kind == SIZE_EXPONENTIAL || kind == SIZE_ERLANG) continue;
        double u = nth_uniform(t->luck, s->who_law, day, first + i);
        if (kind == SIZE_HYPEREXPONENTIAL) sizes[i] /= u < s->spread ? 2 * s->spread : 2 * (1 - s->spread);
        if (kind == SIZE_UNIFORM) sizes[i] = s->mean + s->spread * (2 * u - 1);
        if (kind == SIZE_LOGNORMAL) sizes[i] = exp_own(normal_from(u, s->mean, s->spread));
    }
    for (uint32_t i = 0; i < TIMES_ROW; i++) s->size[i] = sizes[i] > 0 ? (int64_t)(sizes[i] * s->unit + 0.5) : 0;
}

static void patience_draw(const struct town *t, const struct stream_row *row, struct spring *s, uint32_t first) {
    double mean_us = row->patience_minutes * 60e6;
    for (uint32_t i = 0; i < TIMES_ROW; i++) {
        s->patience_us[i] = row->patience_law == PATIENCE_NONE ? NEVER_US : (int64_t)(mean_us + 0.5);
        if (row->patience_law != PATIENCE_EXPONENTIAL) continue;
        double u = nth_uniform(t->luck, s->who_patience, (uint32_t)t->day, first + i);
        s->patience_us[i] = (int64_t)exponential_from(u, mean_us);
    }
}

// Moves on by a gap that would be `gap` at rate 1; false: into the next day.
static inline bool gap_pass(struct spring *s, double gap) {
    if (s->even) {
        s->clock_us += gap * s->gap_us[0];
        return s->clock_us < (double)DAY_US;
    }
    int hour = (int)(s->clock_us * (1.0 / (double)HOUR_US));
    for (; hour < 24; hour++) {
        double left = (double)(hour + 1) * (double)HOUR_US - s->clock_us, mean = s->gap_us[hour];
        if (mean >= 0 && gap * mean < left) {
            s->clock_us += gap * mean;
            return true;
        }
        if (mean >= 0) gap -= left / mean;
        s->clock_us += left;
    }
    return false;
}

static bool thinned_out(const struct town *t, const struct stream_row *row, const struct spring *s, uint32_t number) {
    if (row->swing == 0) return false;
    double rate = 1 + row->swing * sine_of_turns((s->clock_us / (double)HOUR_US - row->swing_from) / 24);
    double most = row->swing > 0 ? 1 + row->swing : 1 - row->swing;
    return nth_uniform(t->luck, s->who_thin, (uint32_t)t->day, number) * most >= rate;
}

static void row_draw(const struct town *t, struct spring *s) {
    const struct stream *x = &t->c->streams[s->stream];
    const struct stream_row *row = &t->m->tables->streams[x->table_row];
    int64_t midnight = (int64_t)t->day * DAY_US;
    double gaps[TIMES_ROW];
    struct time_law unit = { .shape = 1, .mean = 1 };
    uint32_t first = s->drawn;
    draw_times(t->luck, (struct draw_key){ x->who, DRAW_STREAM, (uint32_t)t->day }, first / TIMES_ROW, unit, gaps);
    sizes_draw(t, row, s, first);
    patience_draw(t, row, s, first);
    s->drawn += TIMES_ROW;
    s->count = s->next = 0;
    for (uint32_t i = 0; i < TIMES_ROW && !s->over; i++) {
        s->over = !gap_pass(s, gaps[i]);
        if (s->over || thinned_out(t, row, s, first + i)) continue;
        uint32_t k = s->count++;       // what was thinned out leaves no gap in the row
        s->number[k] = first + i;
        s->at_us[k] = midnight + (int64_t)s->clock_us;
        s->size[k] = s->size[i];
        s->patience_us[k] = s->patience_us[i];
    }
}

void spring_next(const struct town *t, struct spring *s) {
    s->next++;
    while (s->next >= s->count && !s->over) row_draw(t, s);
}

static void spring_begin(const struct town *t, struct spring *s) {
    const struct stream *x = &t->c->streams[s->stream];
    s->gap_us = s->gaps_us[t->c->day_kind[t->day] != DAY_WORK];
    s->even = s->gap_us[0] > 0;
    for (int hour = 1; hour < 24; hour++) s->even &= s->gap_us[hour] == s->gap_us[0];
    s->clock_us = 0;
    s->drawn = s->count = s->next = 0;
    s->over = !stream_asks(t, x, &t->m->tables->streams[x->table_row]);
    while (s->next >= s->count && !s->over) row_draw(t, s);
}

static void size_set(const struct town *t, const struct stream_row *row, struct spring *s) {
    const struct ev_type *type = &t->c->types[s->q.type];
    s->mean = row->size;
    s->spread = row->size_spread;
    s->unit = row->amount == AMOUNT_HOURS ? (double)HOUR_US : 1e9;
    if (row->amount != AMOUNT_HOURS) s->q.flags = ASK_ENERGY;
    if (row->amount == AMOUNT_SOC) {
        s->mean = (row->soc_until - row->soc_from) * type->battery_mwh / type->efficiency;
        s->unit = 1000;
    } else if (row->size_law == SIZE_LOGNORMAL) {
        double variance = log_own(1 + row->size_spread);
        s->mean = log_own(row->size) - variance / 2;
        s->spread = sqrt_own(variance);
    } else if (row->size_law == SIZE_HYPEREXPONENTIAL) {   // the share of the shorter ones, with balanced means
        s->spread = row->size_spread > 1 ? (1 + sqrt_own((row->size_spread - 1) / (row->size_spread + 1))) / 2 : 0.5;
    }
}

// The type that stands in this row of the table.
static uint8_t type_find(const struct charging *c, uint32_t table_row) {
    uint32_t i = 0;
    while (table_row && c->types[i].table_row != table_row) i++;
    return (uint8_t)i;
}

static void spring_make(const struct town *t, uint32_t stream, struct spring *s) {
    const struct charging *c = t->c;
    const struct stream *x = &c->streams[stream];
    const struct stream_row *row = &t->m->tables->streams[x->table_row];
    bool closed = x->site && c->sites[x->site].access == ACCESS_CLOSED;
    *s = (struct spring){ .stream = stream, .site = closed ? x->site : 0 };
    s->who_size = hash_pair(x->who, 1);
    s->who_law = hash_pair(x->who, 4);
    s->who_patience = hash_pair(x->who, 2);
    s->who_thin = hash_pair(x->who, 3);
    s->q = (struct request){ .who = stream, .priority = (int16_t)row->priority, .district = (uint16_t)x->district,
                             .type = type_find(c, row->type), .current = (uint8_t)row->current,
                             .access = x->site ? c->sites[x->site].access : ACCESS_PUBLIC };
    if (x->site && s->q.access != ACCESS_CLOSED) s->q.catchment = c->sites[x->site].catchment;
    s->q.charge_mwh = (int32_t)(row->soc_from * c->types[s->q.type].battery_mwh + 0.5);
    double most = x->per_us * (row->swing > 0 ? 1 + row->swing : 1 - row->swing);
    for (int i = 0; i < 48; i++) {
        double rate = most * x->hour_factor[i / 24][i % 24];
        s->gaps_us[i / 24][i % 24] = rate > 0 ? 1 / rate : -1;
    }
    size_set(t, row, s);
}

static int by_site(const void *left, const void *right) {
    const struct spring *a = left, *b = right;
    if (a->site != b->site) return a->site < b->site ? -1 : 1;
    return a->stream < b->stream ? -1 : 1;
}

enum ap_status streams_make(struct town *t) {
    ASSERT(t->hands > 0);
    for (uint32_t i = 0; i < t->hands; i++) {
        struct hand *h = &t->hand[i];
        h->springs = calloc(t->c->n.stream, sizeof *h->springs);
        if (!h->springs) return AP_NO_MEMORY;
    }
    for (uint32_t i = 1; i < t->c->n.stream; i++) {
        struct spring s;
        spring_make(t, i, &s);
        struct hand *h = &t->hand[(s.site ? s.site : i) % t->hands];
        h->springs[h->spring_count++] = s;
    }
    for (uint32_t i = 0; i < t->hands; i++)
        qsort(t->hand[i].springs, t->hand[i].spring_count, sizeof(struct spring), by_site);
    return AP_OK;
}

void streams_free(struct town *t) {
    for (uint32_t i = 0; t->hand && i < t->hands; i++) {
        free(t->hand[i].springs);
        t->hand[i].springs = NULL;
        t->hand[i].spring_count = 0;
    }
}

static void spring_ask(struct hand *h, struct spring *s) {
    struct request q = s->q;
    q.at_us = s->at_us[s->next];
    q.size = s->size[s->next];
    q.patience_us = s->patience_us[s->next];
    q.number = s->number[s->next];
    sums_of(h, q.district, 0)[FLEET_asked]++;
    if (s->site) station_arrive(h, h->town->c->streams[s->stream].station, &q);
    else request_put(h, &q);
    spring_next(h->town, s);
}

void streams_day(struct hand *h) {
    const struct town *t = h->town;
    for (uint32_t i = 0, count = 1; i < h->spring_count; i += count) {
        struct spring *s = &h->springs[i];
        count = 1;
        if (!s->site && !charging_on(t->c, t->day)) continue;
        for (count = 1; s->site && i + count < h->spring_count && s[count].site == s->site;) count++;
        for (uint32_t k = 0; k < count; k++) spring_begin(t, &s[k]);
        if (site_plain(t, s, count)) plain_serve(h, s, count);
        for (struct spring *first; first = spring_first(s, count), spring_at(first) != NEVER_US;) spring_ask(h, first);
        if (s->site && t->c->sites[s->site].by_events) event_advance(h, s->site, (int64_t)(t->day + 1) * DAY_US);
    }
}
