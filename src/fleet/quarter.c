// A quarter hour (M-12.3, M-12.4): its requests draw their luck side by side and choose a catchment by what was
// published; each hand takes those of its catchments, catchment by catchment in the order in which they ask, and serves
// them; then the catchments publish.
// writes: published; the rest by way of serve.c and share.c.
#include <stdlib.h>
#include <string.h>

#include "fleet/sight.h"

// Requests that are served together; and how far ahead of them memory is asked for, each step by what the one before
// brought: the requests, what they name, the stations they may see.
enum { SIDE_BY_SIDE = 32, AHEAD_NEXT = 64, AHEAD_NEAR = 96, AHEAD_FAR = 128 };

// --- where each goes

static struct draw_key key_of(const struct town *t, const struct request *q, enum fleet_purpose purpose) {
    return (struct draw_key){ .who = request_who(t, q), .purpose = purpose, .when = q->number };
}

static void several_draw(const struct town *t, const struct request *rows, uint32_t count, enum fleet_purpose purpose,
                         struct draw_blocks *out) {
    uint32_t step = purpose == DRAW_CHOICE ? 2 : 1;    // a choice may need two blocks
    for (uint32_t i = 0; i < count; i++)
        block_set(out, i, key_of(t, &rows[i], purpose), request_draw(&rows[i]) * step);
    blocks_draw(t->luck, count, out);
}

static void several_choose(struct hand *h, const struct request *rows, uint32_t count, struct asking *out) {
    const struct town *t = h->town;
    struct draw_blocks draw;
    several_draw(t, rows, count, DRAW_ASK, &draw);
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = 0; i < count; i++) guide_foresee(t, &rows[i], draw.words[k][i]);
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = 0; i < count; i++) reach_foresee(t, &rows[i], draw.words[k][i]);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t words[3] = { draw.words[0][i], draw.words[1][i], draw.words[2][i] };
        out[i].at_us = rows[i].at_us;
        out[i].q = &rows[i];
        out[i].vehicle = rows[i].vehicle;
        out[i].type = rows[i].type;
        out[i].group = request_catchment(t, &rows[i], words) * CURRENTS + rows[i].current;
    }
    several_draw(t, rows, count, DRAW_CHOICE, &draw);
    for (uint32_t i = 0; i < count; i++)
        for (int k = 0; k < 4; k++) out[i].choice[k] = draw.words[k][i];
    several_draw(t, rows, count, DRAW_SESSION, &draw);
    for (uint32_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) out[i].session[k] = draw.words[k][i];
}

// Room for as many of this hand's own requests; what stood there is not kept.
static bool asked_room(struct hand *h, uint32_t count) {
    if (count <= h->asked_room) return true;
    free(h->asked);
    h->asked = malloc((size_t)count * 2 * sizeof *h->asked);
    if (!h->asked) h->status = AP_NO_MEMORY;
    h->asked_room = h->asked ? count * 2 : 0;
    return h->asked != NULL;
}

void quarter_choose(struct hand *h, int64_t quarter) {
    const struct bucket *b = &h->asks[quarter % BUCKET_RING];
    h->asked_count = 0;
    if (!asked_room(h, b->count)) return;
    for (uint32_t first = 0; first < b->count; first += BLOCKS_MOST) {
        uint32_t count = b->count - first < BLOCKS_MOST ? b->count - first : BLOCKS_MOST;
        several_choose(h, b->rows + first, count, h->asked + first);
    }
    h->asked_count = b->count;
}

// --- in their order

static bool order_room(struct hand *h, uint32_t count) {
    if (count <= h->order_room) return true;
    free(h->order);
    free((void *)h->turns);
    h->order = malloc((size_t)count * 2 * sizeof *h->order);
    h->turns = malloc((size_t)count * 2 * sizeof *h->turns);
    bool there = h->order && h->turns;
    if (!there) h->status = AP_NO_MEMORY;
    h->order_room = there ? count * 2 : 0;
    return there;
}

static bool asks_earlier(const struct turn *a, const struct turn *b) {
    if (a->at_us != b->at_us) return a->at_us < b->at_us;
    const struct request *one = a->asking->q, *other = b->asking->q;
    if (one->vehicle != other->vehicle) return one->vehicle < other->vehicle;
    return one->who != other->who ? one->who < other->who : one->number < other->number;
}

// A handful of one catchment.
static void order_sort(struct turn *rows, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        struct turn x = rows[i];
        uint32_t at = i;
        for (; at > 0 && asks_earlier(&x, &rows[at - 1]); at--) rows[at] = rows[at - 1];
        rows[at] = x;
    }
}

// The requests of all hands for this hand's catchments, by catchment (counting sort), each in its order.
static uint32_t quarter_gather(struct hand *h) {
    struct town *t = h->town;
    uint32_t sum = 0;
    memset(h->ends, 0, t->c->n.catchment * sizeof *h->ends);
    for (uint32_t k = 0; k < t->hands; k++)
        for (uint32_t i = 0; i < t->hand[k].asked_count; i++) h->ends[asking_catchment(&t->hand[k].asked[i])]++;
    for (uint32_t i = 0; i < t->c->n.catchment; i++) {
        uint32_t count = i % t->hands == h->number ? h->ends[i] : 0;
        h->ends[i] = sum;
        sum += count;
    }
    if (!order_room(h, sum)) return 0;
    for (uint32_t k = 0; k < t->hands; k++) {
        for (uint32_t i = 0; i < t->hand[k].asked_count; i++) {
            const struct asking *a = &t->hand[k].asked[i];
            uint32_t catchment = asking_catchment(a);
            if (t->hands == 1 || catchment % t->hands == h->number)
                h->order[h->ends[catchment]++] = (struct turn){ a->at_us, a };
        }
    }
    return sum;
}

// The first of every catchment, then the second of each that has one, and so on: those side by side concern each other
// in nothing, so that nobody waits for the memory of the one before.
static void turns_set(struct hand *h) {
    uint32_t catchments = h->town->c->n.catchment, open = 0, left = 0;
    const struct asking **turns = h->turns;
    for (uint32_t i = 0, first = 0; i < catchments; first = h->ends[i++]) {
        if (first == h->ends[i]) continue;
        order_sort(h->order + first, h->ends[i] - first);
        *turns++ = h->order[first].asking;
        h->nexts[open++] = (struct row_span){ first + 1, h->ends[i] };
    }
    for (; open; open = left) {
        left = 0;
        for (uint32_t i = 0; i < open; i++) {
            struct row_span x = h->nexts[i];
            if (x.next == x.end) continue;
            *turns++ = h->order[x.next++].asking;
            h->nexts[left++] = x;
        }
    }
}

// --- at the piles

// Where it asks: at the station that fails or that its stream names, else at the one that it chooses.
static struct sight *sight_of(const struct town *t, const struct asking *a) {
    const struct request *q = a->q;
    if (a->vehicle) return sight_choose(t, a);
    uint32_t named = q->flags & ASK_REPAIR ? q->who : t->c->streams[q->who].station;
    if (!named) return sight_choose(t, a);
    const struct station *x = &t->c->stations[named];
    bool open = q->flags & ASK_REPAIR || (x->opened <= t->day && t->day <= x->until);
    return open ? sight_at(t, named) : NULL;
}

// Requests of different catchments.
static void several_serve(struct hand *h, const struct asking *const *turns, uint32_t count) {
    const struct town *t = h->town;
    struct visit visits[SIDE_BY_SIDE];
    for (uint32_t i = 0; i < count; i++) {
        visits[i].q = turns[i]->q;
        visits[i].x = sight_of(t, turns[i]);
        if (visits[i].x) __builtin_prefetch(visits[i].x);
    }
    for (uint32_t i = 0; i < count; i++)
        if (visits[i].x) sight_foresee(h, visits[i].x, turns[i]->at_us);
    for (uint32_t i = 0; i < count; i++)
        if (visits[i].x && visits[i].x->by_events) guests_foresee(t, visits[i].x->site);
    for (uint32_t i = 0; i < count; i++)
        if (visits[i].x && visits[i].x->by_events) due_foresee(t, visits[i].x->site, turns[i]->at_us);
    for (uint32_t i = 0; i < count; i++)
        if (visits[i].x) visit_settle(h, &visits[i], turns[i]->session);
    for (uint32_t i = 0; i < count; i++) {
        if (visits[i].x) visit_tell(h, &visits[i]);
        else request_left(h, visits[i].q, visits[i].q->at_us, END_NO_SITE);
    }
}

// What it will touch whatever it chooses.
static void asking_foresee(const struct town *t, const struct asking *a) {
    __builtin_prefetch(a->q);
    __builtin_prefetch(&t->groups[a->group]);
    __builtin_prefetch(t->s.vehicle_charge + a->vehicle, 1);
    __builtin_prefetch(t->s.vehicle_asks + a->vehicle, 1);
}

void quarter_serve(struct hand *h) {
    const struct town *t = h->town;
    uint32_t count = quarter_gather(h), far = 0, near = 0, next = 0;
    if (count == 0) return;        // nobody asks, or there was no memory for their order
    const struct asking *const *turns = h->turns;
    turns_set(h);
    for (uint32_t first = 0, end; first < count; first = end) {
        for (; far < count && far < first + AHEAD_FAR; far++) __builtin_prefetch(turns[far]);
        for (; near < count && near < first + AHEAD_NEAR; near++) asking_foresee(t, turns[near]);
        for (; next < count && next < first + AHEAD_NEXT; next++) looks_foresee(t, turns[next]);
        for (end = first + 1; end < count && end < first + SIDE_BY_SIDE; end++)
            if (asking_catchment(turns[end]) <= asking_catchment(turns[end - 1])) break;
        several_serve(h, turns + first, end - first);
    }
}

void quarter_publish(struct hand *h, int64_t end_us) {
    struct town *t = h->town;
    for (uint32_t i = 1; i < t->c->n.catchment; i++) {
        if (i % t->hands != h->number) continue;
        for (int current = 0; current < CURRENTS; current++)
            t->s.published[i * CURRENTS + (uint32_t)current] = catchment_wait(t, i, current, end_us);
    }
}
