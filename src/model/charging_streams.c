// Requests from outside the fleet, and recorded sessions.
#include "model/charging_builder.h"

#include <stdlib.h>
#include <string.h>

static uint32_t station_of_current(const struct charging *c, uint32_t site, uint8_t current) {
    const struct site *at = &c->sites[site];
    for (uint32_t i = at->first_station; i < at->first_station + at->stations; i++)
        if (c->stations[i].current == current) return i;
    return 0;
}

static void stream_fill(struct charging_work *w, uint32_t row_number, struct stream *s) {
    const struct stream_row *row = &w->t->streams[row_number];
    const struct charging *c = w->c;
    uint64_t who = hash_text(row->stream);
    *s = (struct stream){ .who = who, .table_row = row_number, .site = row->site ? c->site_of[row->site] : 0,
                          .per_us = drawn(w->b, who, &row->common, row->per_hour) / 3.6e9,
                          .from = day_of_run(w->m, row->from, DAY_ALWAYS),
                          .until = day_of_run(w->m, row->until, DAY_EVER) };
    s->station = s->site ? station_of_current(c, s->site, (uint8_t)row->current) : 0;
    s->district = s->site ? c->sites[s->site].district : c->district_of[row->district];
    double most = 0;
    for (int rest = 0; rest < 2; rest++) {
        profile_scaled(w, row->profile, rest, s->hour_factor[rest]);
        for (int hour = 0; hour < 24; hour++)
            most = s->hour_factor[rest][hour] > most ? s->hour_factor[rest][hour] : most;
    }
    s->rate_most = s->per_us * most * (1 + (row->swing < 0 ? -row->swing : row->swing));
}

static void streams_place(struct charging_work *w) {
    uint32_t count = w->t->streams_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->c->streams = model_take(w->b, count + 1, sizeof *w->c->streams);
    if (w->b->refused) return;
    w->c->n.stream = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->streams[i + 1].stream, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) stream_fill(w, order[i].row, &w->c->streams[i + 1]);
}

// The site's group of that name, its first one when there is no name. Stations of a site stand by group.
static uint32_t station_named(const struct charging_work *w, uint32_t site, const char *group) {
    const struct site *at = &w->c->sites[site];
    if (!at->stations) return 0;
    if (!group[0]) return at->first_station;
    uint32_t low = at->first_station, high = low + at->stations;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (strcmp(w->t->site_piles[w->c->stations[middle].table_row].group, group) < 0) low = middle + 1;
        else high = middle;
    }
    bool found = low < at->first_station + at->stations &&
                 strcmp(w->t->site_piles[w->c->stations[low].table_row].group, group) == 0;
    return found ? low : 0;
}

static int recorded_compare(const void *left, const void *right) {
    const struct recorded *a = left, *b = right;
    if (a->arrive_us != b->arrive_us) return a->arrive_us < b->arrive_us ? -1 : 1;
    return a->table_row < b->table_row ? -1 : a->table_row > b->table_row;
}

// By arrival, then by name: `table_row` is the place in the order of names while they are sorted.
static void recorded_place(struct charging_work *w) {
    const struct tables *t = w->t;
    struct charging *c = w->c;
    uint32_t count = t->sessions_count;
    int64_t midnight = (int64_t)w->m->first_day * 86400;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    c->recorded = model_take(w->b, count + 1, sizeof *c->recorded);
    if (w->b->refused) return;
    c->n.session = count + 1;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ t->sessions[i + 1].session, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct session_row *row = &t->sessions[order[i].row];
        double kwh = drawn(w->b, hash_text(row->session), &row->common, row->kwh);
        bool left = row->leave != MOMENT_NONE;
        c->recorded[i + 1] = (struct recorded){
            .table_row = i, .station = station_named(w, c->site_of[row->site], row->pile),
            .arrive_us = (row->arrive - midnight) * 1000000,
            .leave_us = left ? (row->leave - midnight) * 1000000 : INT64_MIN,
            .uwh = (int64_t)(kwh * 1e9 + 0.5),
        };
    }
    if (count) qsort(c->recorded + 1, count, sizeof *c->recorded, recorded_compare);
    for (uint32_t i = 1; i <= count; i++) c->recorded[i].table_row = order[c->recorded[i].table_row].row;
}

void streams_build(struct charging_work *w) {
    streams_place(w);
    if (!w->b->refused) recorded_place(w);
}
