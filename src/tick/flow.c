// Slices of a line without events. In a line of shops in series a unit's times follow from those of the unit before it
// and of the places behind each shop (M-4.5):
//     start = max(there, the unit before has left)    leave = max(start + cycle, the place behind is free)
// so a slice is worked unit by unit; then shop by shop it is decided which variant each unit is, as the events would
// have decided it. A slice begins settled and ends before its last moment is settled; in between, shops are up or down
// throughout. Nothing is written before it is sure that no unit would have waited for a part, for its variant's share
// of the places or of the bodies: where one would, the events themselves are worked (build.c).
// Refused: slices for lines with joins or with failures that count work: their times hang on more than two others.
#include "tick/floor.h"

#include "tick/chase.h"

#include <string.h>

enum {
    NEVER = 2147000000,            // above any time in a slice and any cycle that begins in it
    SLICE_LEAST = 8                // cycles: shorter slices are not worth their opening
};

struct passage {
    struct post *at;
    int32_t *start, *leave;        // of the units that begin in the slice, from 1 on; 0: of the one that stood there
    uint32_t *column;              // which variant they are
    uint32_t began;                // how many
    uint32_t asked;                // and how many were there in time to begin
    uint32_t chosen;               // of how many the variant is known
    int32_t  free_at;              // the last one that began has left
    int32_t  cycle;                // of every unit; 0: each is drawn
    uint32_t places;               // behind it, without those of what cannot go on; at the yard as many as can be
    int32_t  waiting;
    bool     buffered;             // false: without places behind it
    bool     down;                 // it takes units in and holds them, but does not work
    bool     first_waits;          // a unit stood on it when the slice began
    int32_t  first_finish;
    uint32_t next_out, last_out;   // units that leave it in the slice
    int64_t  start_sum, leave_sum, cycle_sum;
    struct chase chase;
};

struct flow {
    struct floor *f;
    int32_t  until;
    uint32_t shops;
    bool     full;                 // more units than there is room for
    bool     again;                // parts of a variant have failed: it is to be left out
    int32_t  held_at;              // when a variant was held up
    uint64_t asked_for[2];         // variants whose parts were asked for, by end
    uint64_t failed;               // variants whose last parts had failed when the slice was opened
    int64_t  releases;             // at most
    struct passage of[MOST_SHOPS + 1];   // the yard comes last
};

// ---- times --------------------------------------------------------------------------------------------------------

// When the next unit that asks for the shop behind finds a place before it.
static inline int32_t place_free(const struct passage *p) {
    const struct passage *next = p + 1;
    if (!p->buffered) return next->free_at;
    if (next->asked < p->places) return 0;
    uint32_t before = next->asked - p->places;
    return before < next->began ? next->start[before + 1] : NEVER;
}

// A unit that can begin at a shop from `there` on passes as many shops as it can within the slice.
static void unit_follow(struct flow *w, uint32_t shop, int32_t there) {
    int32_t until = w->until;
    for (struct passage *p = &w->of[shop], *end = &w->of[w->shops]; p < end; p++) {
        int32_t start = there > p->free_at ? there : p->free_at;
        p->asked++;
        if (start >= until || p->began == FLOW_UNITS) {
            w->full |= start < until;
            p->free_at = NEVER;
            return;
        }
        int32_t cycle = p->cycle;
        if (cycle == 0) {
            cycle = station_cycle(w->f, p->at, (uint32_t)p->at->cycles + p->began);
            p->cycle_sum += cycle;
        }
        int32_t finish = start + cycle, free = place_free(p), leave = finish > free ? finish : free;
        uint32_t n = ++p->began;
        p->start[n] = start;
        p->leave[n] = leave;
        p->free_at = leave;
        if (leave >= until) return;
        there = leave;
    }
}

// The units that are there when the slice begins, the one nearest to the yard first.
static void units_inside_follow(struct flow *w) {
    for (uint32_t i = w->shops; i-- > 0;) {
        struct passage *p = &w->of[i];
        int32_t waiting = p->waiting;
        for (; waiting > 0 && w->of[i + 1].free_at < w->until; waiting--) unit_follow(w, i + 1, 0);
        w->of[i + 1].asked += (uint32_t)waiting;
        p->first_waits = p->at->unit != 0;
        if (p->first_waits) {
            int32_t free = place_free(p);
            p->first_finish = p->at->left == 0 ? 0 : p->down ? NEVER : p->at->left;
            p->leave[0] = p->free_at = p->first_finish > free ? p->first_finish : free;
            if (p->leave[0] < w->until) unit_follow(w, i + 1, p->leave[0]);
        }
        if (p->down && i == 0) p->free_at = NEVER;
    }
}

static bool first_leaves(const struct flow *w, const struct passage *p) {
    return p->first_waits && p->leave[0] < w->until;
}

// What leaves each shop in the slice is known when its times are.
static void times_find(struct flow *w) {
    units_inside_follow(w);
    for (int64_t left = w->releases; left > 0 && w->of[0].free_at < w->until; left--) unit_follow(w, 0, 0);
    for (uint32_t i = 0; i < w->shops; i++) {
        struct passage *p = &w->of[i];
        p->next_out = first_leaves(w, p) ? 0 : 1;
        p->last_out = p->began + 1 - (p->began && p->leave[p->began] >= w->until);
    }
}

// ---- variants -----------------------------------------------------------------------------------------------------

static uint32_t column_of(const struct flow *w, int32_t build) {
    return (uint32_t)build - w->f->line->first_build;
}

static bool unit_choose(struct flow *w, uint32_t shop);

// The next unit out of a shop; UINT32_MAX: the slice will not do.
static inline uint32_t unit_out(struct flow *w, uint32_t shop) {
    struct passage *p = &w->of[shop];
    while (p->chosen < p->next_out)
        if (!unit_choose(w, shop)) return UINT32_MAX;
    return p->column[p->next_out++];
}

// It comes into the buffer; false: its variant holds all the places it may, or cannot go on from there.
static inline bool unit_arrives(struct flow *w, uint32_t shop, struct chase *to) {
    int32_t now = w->of[shop].leave[w->of[shop].next_out];
    uint32_t column = unit_out(w, shop);
    if (column == UINT32_MAX) return false;
    chase_add(to, column, 1);
    bool stuck = shop + 2 == w->shops && w->failed >> column & 1;
    if (to->there[column] <= w->of[shop].at->shop->variant_most && !stuck) return true;
    w->held_at = now;
    return false;
}

// Asked once in a slice of each variant. One that has just failed is left out when the slice is begun again.
static bool parts_there(struct flow *w, uint32_t column, enum parts_end end) {
    uint32_t build = w->f->line->first_build + column;
    if (w->asked_for[end] >> column & 1) return true;
    w->asked_for[end] |= (uint64_t)1 << column;
    if (parts_failed(w->f, build, end)) {              // and there was no leaving it out
        w->held_at = 0;
        return false;
    }
    w->again = end == PARTS_FIRST ? !release_allowed(w->f, build) : !parts_suffice(w->f, build, PARTS_LAST);
    return !w->again;
}

// All that has come out of the shop before before `now`; where the buffer is empty, one more.
static inline bool arrivals_pass(struct flow *w, uint32_t shop, struct chase *to, int32_t now) {
    struct passage *from = &w->of[shop];
    while (from->next_out < from->last_out && from->leave[from->next_out] < now)
        if (!unit_arrives(w, shop, to)) return false;
    return true;
}

// Which variant a shop fetches from the buffer before it. A unit that comes in the same moment is seen only by a shop
// that finds the buffer empty: shops are served from the last to the first.
static bool fetch_choose(struct flow *w, uint32_t shop) {
    struct passage *to = &w->of[shop];
    bool last = shop + 1 == w->shops;
    uint32_t column;
    if (!w->of[shop - 1].buffered) {
        column = unit_out(w, shop - 1);
        if (column == UINT32_MAX) return false;
        to->chase.taken[column]++;
    } else {
        if (!arrivals_pass(w, shop - 1, &to->chase, to->start[to->chosen + 1])) return false;
        if (to->chase.total == 0 && !unit_arrives(w, shop - 1, &to->chase)) return false;
        column = chase_best(&to->chase, UINT64_MAX);
        ASSERT(column != UINT32_MAX);
        chase_take(&to->chase, column);
    }
    if (last && !parts_there(w, column, PARTS_LAST)) return false;
    to->column[++to->chosen] = column;
    if (last) w->f->k->x->flow_bodies[column]--;
    return true;
}

// What the last shop has begun before `now`, or in that moment before the first shop is served.
static bool bodies_pass(struct flow *w, int32_t now) {
    uint32_t last = w->shops - 1;
    struct passage *p = &w->of[last], *from = p - 1;
    while (p->chosen < p->began && p->start[p->chosen + 1] <= now) {
        if (p->start[p->chosen + 1] == now && from->buffered) {
            if (!arrivals_pass(w, last - 1, &p->chase, now)) return false;
            if (p->chase.total == 0) return true;
        }
        if (!fetch_choose(w, last)) return false;
    }
    return true;
}

// Which variant is released: the one that is furthest behind of those that may have another body in process.
static inline bool release_choose(struct flow *w) {
    const struct floor *f = w->f;
    struct passage *p = &w->of[0];
    int32_t *bodies = f->k->x->flow_bodies;
    uint32_t column = chase_best(&p->chase, UINT64_MAX);
    if (column != UINT32_MAX && f->parts_matter && w->shops > 1 && bodies[column] >= f->bodies_most) {
        uint64_t among = 0;
        if (!bodies_pass(w, p->start[p->chosen + 1])) return false;
        for (uint32_t v = 0; v < f->line->builds; v++) among |= (uint64_t)(bodies[v] < f->bodies_most) << v;
        column = chase_best(&p->chase, among);
    }
    if (column == UINT32_MAX) {
        w->held_at = p->start[p->chosen + 1];
        return false;
    }
    if (!(w->asked_for[PARTS_FIRST] >> column & 1) && !parts_there(w, column, PARTS_FIRST)) return false;
    chase_take(&p->chase, column);
    p->column[++p->chosen] = column;
    bodies[column]++;
    return true;
}

// All that a shop fetches, once it is known what comes: as by fetch_choose, one after the other.
static bool fetches_choose(struct flow *w, uint32_t shop) {
    struct passage *from = &w->of[shop - 1], *to = &w->of[shop];
    struct chase c = to->chase;            // of our own, so that its counts stay in registers
    uint64_t stuck = shop + 1 == w->shops ? w->failed : 0;
    uint64_t asked = shop + 1 == w->shops ? w->asked_for[PARTS_LAST] : UINT64_MAX;
    int32_t most = from->at->shop->variant_most;
    uint32_t out = from->next_out, outs = from->last_out, n = to->chosen + 1, end = to->began;
    for (; n <= end + 1; n++) {
        int32_t now = n <= end ? to->start[n] : w->until;   // what comes after the last fetch only waits
        while (out < outs && (from->leave[out] < now || (c.total == 0 && n <= end))) {
            uint32_t v = from->column[out];
            chase_add(&c, v, 1);
            if (c.there[v] > most || stuck >> v & 1) {
                w->held_at = from->leave[out];
                return false;
            }
            out++;
        }
        if (n > end) break;
        uint32_t v = chase_best(&c, UINT64_MAX);
        ASSERT(v != UINT32_MAX);
        chase_take(&c, v);
        if (!(asked >> v & 1) && !parts_there(w, v, PARTS_LAST)) return false;
        asked |= (uint64_t)1 << v;
        to->column[n] = v;
    }
    to->chase = c;
    from->next_out = out;
    to->chosen = end;
    return true;
}

static bool unit_choose(struct flow *w, uint32_t shop) {
    return shop == 0 ? release_choose(w) : fetch_choose(w, shop);
}

static bool variants_find(struct flow *w) {
    while (w->of[0].chosen < w->of[0].began)
        if (!release_choose(w)) return false;
    for (uint32_t i = 1; i < w->shops; i++) {
        if (w->of[i - 1].buffered) {
            if (!fetches_choose(w, i)) return false;
            continue;
        }
        while (w->of[i].chosen < w->of[i].began)
            if (!fetch_choose(w, i)) return false;
    }
    return true;
}

// One variant: only counts.
static void variant_alone(struct flow *w) {
    for (uint32_t i = 0; i < w->shops; i++) {
        struct passage *p = &w->of[i];
        memset(p->column + 1, 0, p->began * sizeof *p->column);
        p->chase.taken[0] = (int32_t)p->began;
        if (i + 1 < w->shops) (p + 1)->chase.there[0] += (int32_t)(p->last_out - p->next_out - (p + 1)->began);
    }
}

// Which variant each unit is; false: the slice will not do.
static bool variants_know(struct flow *w) {
    const struct floor *f = w->f;
    int64_t bodies = f->k->x->in_process[f->line->first_build] + (int64_t)w->of[0].began;
    if (f->line->builds > 1 || (f->parts_matter && bodies > f->bodies_most) ||
        parts_failed(f, f->line->first_build, PARTS_LAST)) return variants_find(w);
    if (w->of[0].began && !parts_there(w, 0, PARTS_FIRST)) return false;
    if (w->of[w->shops - 1].began && !parts_there(w, 0, PARTS_LAST)) return false;
    variant_alone(w);
    return true;
}

// ---- before a slice -----------------------------------------------------------------------------------------------

// Variants to release, without those whose parts have failed for this tick: within one parts only fall.
static void releases_open(struct flow *w) {
    struct floor *f = w->f;
    const struct state *s = f->k->s;
    struct chase *chase = &w->of[0].chase;
    uint32_t first = f->line->first_build;
    chase->weight = s->build_today + first;
    chase->weights = f->today;
    chase->ahead = f->released + 1;
    for (uint32_t v = 0; v < f->line->builds; v++) {
        int32_t released = s->build_released[first + v], left = s->build_today[first + v] - released;
        chase->behind[v] = -released * f->today;
        chase->there[v] = chase->taken[v] = 0;
        if (left > 0 && release_allowed(f, first + v)) chase_add(chase, v, left);
        f->k->x->flow_bodies[v] = f->parts_matter ? f->k->x->in_process[first + v] : 0;
    }
    w->releases = smaller_of(f->pace - f->released, chase->total);
}

// Variants to fetch from the buffer before a shop; what waits there for parts of the last shop only takes up places.
static void fetches_open(struct flow *w, uint32_t shop) {
    const struct floor *f = w->f;
    struct passage *from = &w->of[shop - 1];
    const struct post *at = w->of[shop].at;
    struct chase *chase = &w->of[shop].chase;
    int64_t worked = at->unit && at->left > 0;
    chase->weight = f->weight;
    chase->weights = f->weights;
    chase->ahead = at->done + 1 + worked;
    for (uint32_t v = 0; v < f->line->builds; v++) {
        int32_t waiting = from->at->place[v];
        chase->behind[v] = -at->place_done[v] * f->weights;
        chase->there[v] = chase->taken[v] = 0;
        if (waiting == 0) continue;
        if (shop + 1 == w->shops && w->failed >> v & 1) {
            from->waiting -= waiting;
            from->places -= (uint32_t)waiting;
        } else {
            chase_add(chase, v, waiting);
        }
    }
    if (worked) chase->behind[column_of(w, at->unit)] -= f->weights;
}

static void passage_open(struct flow *w, uint32_t shop) {
    const struct scratch *x = w->f->k->x;
    struct post *at = &w->f->station[shop];
    uint32_t builds = w->f->line->builds, units = shop * (FLOW_UNITS + 1);
    bool down = at->down_left > 0, last = shop + 1 == w->shops;
    w->of[shop] = (struct passage){
        .at = at, .start = x->flow_start + units, .leave = x->flow_leave + units, .column = x->flow_column + units,
        .cycle = down ? NEVER - w->until : at->shop->law == CYCLE_CONSTANT ? at->shop->cycle_ms : 0,
        .places = last ? UINT32_MAX : (uint32_t)at->shop->buffer, .waiting = last ? 0 : at->waiting,
        .buffered = last || at->shop->buffer > 0, .down = down,
        .chase = { .there = x->flow_there + shop * builds, .taken = x->flow_taken + shop * builds,
                   .behind = x->flow_behind + shop * builds },
    };
    if (at->unit) w->of[shop].column[0] = column_of(w, at->unit);
    if (shop > 0) fetches_open(w, shop);
}

static void flow_open(struct flow *w, struct floor *f, int32_t until) {
    ASSERT(f->shops > 0);
    w->f = f;
    w->until = until;
    w->shops = f->shops;
    w->full = w->again = false;
    w->held_at = until;
    w->asked_for[PARTS_FIRST] = w->asked_for[PARTS_LAST] = f->parts_matter ? 0 : UINT64_MAX;
    w->failed = 0;
    const int32_t *stored = f->shops > 1 ? f->station[f->shops - 2].place : NULL;
    for (uint32_t v = 0; v < f->line->builds; v++) {
        bool asked = stored && stored[v] > 0;          // who waits there may be fetched soon
        uint32_t build = f->line->first_build + v;
        bool fails = asked ? !parts_suffice(f, build, PARTS_LAST) : parts_failed(f, build, PARTS_LAST);
        w->failed |= (uint64_t)fails << v;
    }
    for (uint32_t i = 0; i < f->shops; i++) passage_open(w, i);
    w->of[f->shops].asked = w->of[f->shops].began = 0;
    w->of[f->shops].free_at = 0;
    releases_open(w);
}

// ---- parts --------------------------------------------------------------------------------------------------------

// Counts of what the first and the last shop begin before a moment.
struct begun {
    int32_t *firsts, *lasts;       // [build of the line]
    int32_t *own[2];               // the same by platform
    int32_t  all[2];
};

static void begun_count(const struct flow *w, int32_t until, struct begun *out) {
    const struct scratch *x = w->f->k->x;
    const struct passage *end[2] = { &w->of[0], &w->of[w->shops - 1] };
    uint32_t builds = w->f->line->builds, first = w->f->line->first_build;
    int32_t *of[2] = { x->flow_own, x->flow_own + builds };
    *out = (struct begun){ of[0], of[1], { of[1] + builds, of[1] + 2 * builds }, { 0, 0 } };
    memset(of[0], 0, 4 * builds * sizeof *of[0]);
    for (int e = 0; e < 2; e++) {
        for (uint32_t n = 1; n <= end[e]->began && end[e]->start[n] < until; n++, out->all[e]++)
            of[e][end[e]->column[n]]++;
        for (uint32_t v = 0; v < builds; v++) out->own[e][x->line_needs[first + v].mate] += of[e][v];
    }
}

// Whether every build's parts last for what begins before `until`.
static bool parts_hold(const struct flow *w, int32_t until) {
    struct floor *f = w->f;
    struct begun begun;
    if (!f->parts_matter) return true;
    begun_count(w, until, &begun);
    for (uint32_t v = 0; v < f->line->builds; v++) {
        if (begun.firsts[v] == 0 && begun.lasts[v] == 0) continue;
        uint32_t build = f->line->first_build + v, mate = f->k->x->line_needs[build].mate;
        struct slice_takes takes = { { begun.own[0][mate], begun.own[1][mate] }, { begun.all[0], begun.all[1] } };
        if (begun.firsts[v] && !release_lasts(f, build, &takes)) return false;
        if (begun.lasts[v] && !parts_last(f, build, &takes)) return false;
    }
    return true;
}

// How long they last, to a sixty-fourth of the slice.
static int32_t parts_until(const struct flow *w) {
    int32_t held = 0, lacking = w->until;
    for (int round = 0; round < 6; round++) {
        int32_t middle = held + (lacking - held) / 2;
        if (parts_hold(w, middle)) held = middle;
        else lacking = middle;
    }
    return held;
}

// ---- what has happened --------------------------------------------------------------------------------------------

static int32_t within(int32_t time, int32_t until) {
    return time < until ? time : until;
}

// The unit that stood on the shop when the slice began: how long it stands there, and how much of that is work. Worked
// on or blocked or, where the shop is down, neither.
struct stay {
    int64_t held, busy, idle;
};

static struct stay first_close(const struct flow *w, struct passage *p) {
    struct post *at = p->at;
    struct stay stay = { within(p->leave[0], w->until), 0, 0 };
    bool worked = at->left > 0;
    if (worked && p->down) stay.idle = w->until;
    else if (worked) stay.busy = within(p->first_finish, w->until);
    if (worked && p->first_finish <= w->until) at->place_done[p->column[0]]++, at->done++, at->finished++;
    if (!p->down || !worked) at->left = p->first_finish > w->until ? p->first_finish - w->until : 0;
    if (p->leave[0] < w->until) at->unit = 0;
    return stay;
}

// The units that began on the shop, all but the last of which have left it: what stands there at the end.
static void begun_close(const struct flow *w, struct passage *p, struct stay *stay) {
    struct post *at = p->at;
    uint32_t last = p->began, builds = w->f->line->builds;
    int32_t start = p->start[last], leave = p->leave[last], until = w->until;
    int32_t cycle = station_cycle(w->f, at, (uint32_t)at->cycles + last - 1);
    int32_t left = p->down ? cycle : start + cycle > until ? start + cycle - until : 0;
    stay->held += p->leave_sum - p->start_sum - leave + within(leave, until);
    if (p->down) stay->idle += until - start;      // it holds one at most, and has not worked on it
    else stay->busy += p->cycle_sum - left;
    for (uint32_t v = 0; v < builds; v++) at->place_done[v] += p->chase.taken[v];
    at->place_done[p->column[last]] -= left > 0;
    at->finished += last - (left > 0);
    at->done += last - (left > 0);
    at->unit = leave < until ? 0 : (int32_t)(w->f->line->first_build + p->column[last]);
    at->left = left;
}

static void passage_close(struct flow *w, struct passage *p) {
    struct post *at = p->at;
    struct stay stay = { 0, 0, 0 };
    if (p->first_waits) stay = first_close(w, p);
    if (p->began) begun_close(w, p, &stay);
    at->busy_ms += stay.busy;
    at->blocked_ms += stay.held - stay.busy - stay.idle;
    at->empty_ms += w->until - stay.held;
    at->cycles += (int32_t)p->began;
}

static void sums_add(struct passage *p) {
    int64_t start = 0, leave = 0;
    for (uint32_t n = 1; n <= p->began; n++) start += p->start[n], leave += p->leave[n];
    p->start_sum = start;
    p->leave_sum = leave;
    if (p->cycle) p->cycle_sum = (int64_t)p->began * p->at->shop->cycle_ms;
}

// Units on the shop and behind it, over time: those that were there, and each from when it came until it left.
static void levels_add(struct flow *w) {
    for (uint32_t i = 0; i < w->shops; i++) sums_add(&w->of[i]);
    for (uint32_t i = 0; i < w->shops; i++) {
        struct passage *p = &w->of[i];
        const struct passage *next = p + 1;
        int64_t until = w->until, level = (int64_t)(p->at->waiting + (p->at->unit != 0)) * until;
        level += p->began * until - p->start_sum;
        if (i + 1 < w->shops) {
            level -= next->began * until - next->start_sum;
        } else {
            bool stays = p->last_out <= p->began;
            if (first_leaves(w, p)) level -= until - p->leave[0];
            level -= (p->last_out - 1) * until - (p->leave_sum - (stays ? p->leave[p->began] : 0));
        }
        p->at->level_ms += level;
    }
}

static void releases_close(struct flow *w) {
    struct floor *f = w->f;
    struct tick *k = f->k;
    const int32_t *firsts = w->of[0].chase.taken, *lasts = w->of[w->shops - 1].chase.taken;
    for (uint32_t v = 0; v < f->line->builds; v++) {
        uint32_t build = f->line->first_build + v;
        k->s->build_released[build] += firsts[v];
        k->t->variant_started[k->m->builds[build].variant] += firsts[v];
        if (firsts[v]) parts_take_many(f, build, PARTS_FIRST, firsts[v]);
        if (lasts[v]) parts_take_many(f, build, PARTS_LAST, lasts[v]);
    }
    f->released += w->of[0].began;
    k->t->line_started[f->row] += w->of[0].began;
}

// What has left the last shop: what it began, without what still stands there, and the one that stood there before.
static void yard_close(struct flow *w, const struct passage *p) {
    struct floor *f = w->f;
    bool stays = p->last_out <= p->began, first = first_leaves(w, p);
    for (uint32_t v = 0; v < f->line->builds; v++) {
        int32_t outs = p->chase.taken[v] - (stays && p->column[p->began] == v) + (first && p->column[0] == v);
        if (outs) units_to_yard(f, f->line->first_build + v, outs);
    }
}

// What has left a shop stands behind it, or in the yard.
static void buffer_close(struct flow *w, uint32_t shop) {
    struct floor *f = w->f;
    struct passage *p = &w->of[shop];
    if (shop + 1 == w->shops) {
        yard_close(w, p);
    } else if (p->buffered) {
        const int32_t *there = (p + 1)->chase.there;
        bool stuck = p->waiting < p->at->waiting;      // what waits for parts was left out of the choice
        for (uint32_t v = 0; v < f->line->builds; v++)
            if (!stuck || !(w->failed >> v & 1)) p->at->place[v] = there[v];
        uint32_t outs = p->last_out - !first_leaves(w, p);
        p->at->waiting += (int32_t)outs - (int32_t)(p + 1)->began;
    }
}

static void flow_close(struct flow *w) {
    levels_add(w);
    releases_close(w);
    for (uint32_t i = 0; i < w->shops; i++) buffer_close(w, i);
    for (uint32_t i = 0; i < w->shops; i++) passage_close(w, &w->of[i]);
}

// So long that the fastest shop fills half the room at its mean speed.
static int32_t slice_most(const struct floor *f, int32_t most) {
    int64_t longest = most;
    for (uint32_t i = 0; i < f->shops; i++)
        longest = smaller_of(longest, (int64_t)f->station[i].shop->cycle_ms * (FLOW_UNITS / 2));
    return (int32_t)longest;
}

int32_t flow_run(struct floor *f, int32_t most) {
    struct flow w;
    int32_t until = slice_most(f, most), least = f->station[0].shop->cycle_ms * SLICE_LEAST;
    for (;;) {
        flow_open(&w, f, until);
        times_find(&w);
        bool known = !w.full && variants_know(&w);
        if (w.again) continue;                        // without it
        if (known && parts_hold(&w, until)) break;
        if (!w.full && !known) f->flows = false;      // what holds a variant up does so for a while
        until = w.full ? until / 2 : known ? parts_until(&w) : w.held_at;
        if (until >= least) continue;
        f->flows = false;
        return 0;
    }
    flow_close(&w);
    return until;
}
