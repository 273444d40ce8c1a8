// A station that serves first come, first served is a recursion: who arrives takes the pile that is free soonest. With
// the same arrivals, stays and patience it is run again with more piles.
#include "study/pile_queue.h"

#include <stdlib.h>
#include <string.h>

void station_tries_add(struct station_tries *x, const struct fleet_try *one) {
    if (x->count == x->room) {
        uint32_t room = x->room ? x->room * 2 : 64;
        struct fleet_try *rows = realloc(x->rows, room * sizeof *rows);
        if (!rows) {
            x->refused = true;
            return;
        }
        x->rows = rows;
        x->room = room;
    }
    x->rows[x->count++] = *one;
}

// --- the recursion

// Puts the pile that is free soonest (the root) down to `free_us`.
static void soonest_set(int64_t *heap, uint32_t count, int64_t free_us) {
    uint32_t at = 0;
    for (uint32_t child = 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && heap[child + 1] < heap[child];
        if (heap[child] >= free_us) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = free_us;
}

static bool place_taken(int64_t *place, int32_t places, int64_t at_us, int64_t until_us) {
    if (places < 0) return true;
    for (int32_t i = 0; i < places; i++) {
        if (place[i] > at_us) continue;
        place[i] = until_us;
        return true;
    }
    return false;
}

// How long it waits, and whether it is served then.
static int64_t wait_of(const struct station_tries *x, const struct fleet_try *one, int64_t *place, int64_t free_us,
                       bool *served) {
    int64_t wait = larger_of(free_us - one->at_us, 0);
    *served = one->repair || wait <= one->patience_us;
    if (one->repair) return wait;
    bool waits = wait > 0;
    if (!*served) wait = one->patience_us;
    if (!waits || place_taken(place, x->places, one->at_us, one->at_us + wait)) return wait;
    *served = false;
    return 0;
}

static void tries_replay(const struct station_tries *x, int64_t *heap, uint32_t piles, struct queue_total *out) {
    int64_t *place = heap + piles;
    *out = (struct queue_total){0};
    for (uint32_t i = 0; i < x->count; i++) {
        const struct fleet_try *one = &x->rows[i];
        bool served;
        int64_t wait = wait_of(x, one, place, heap[0], &served);
        if (served) soonest_set(heap, piles, one->at_us + wait + (one->left ? x->stranger_us : one->hold_us));
        int64_t of_run = x->run_us ? one->at_us % x->run_us : one->at_us;
        if (one->repair || of_run < x->from_us) continue;
        out->tries++;
        out->wait_us += wait;
        out->left += !served;
    }
}

enum ap_status queue_replay(const struct station_tries *x, uint32_t piles, struct queue_total *out) {
    ASSERT(piles > 0);
    size_t count = piles + (size_t)larger_of(x->places, 0);
    int64_t *heap = calloc(count, sizeof *heap);
    if (!heap) return AP_NO_MEMORY;
    for (size_t i = 0; i < count; i++) heap[i] = INT64_MIN / 2;
    tries_replay(x, heap, piles, out);
    free(heap);
    return AP_OK;
}

// --- whom to give to: a heap of candidates, the highest value first, then the first row

struct bid {
    double   value;
    uint32_t row;
};

static bool bid_above(const struct bid *a, const struct bid *b) {
    return a->value != b->value ? a->value > b->value : a->row < b->row;
}

static void bid_sink(struct bid *heap, uint32_t count, uint32_t at) {
    struct bid mine = heap[at];
    for (uint32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && bid_above(&heap[child + 1], &heap[child]);
        if (!bid_above(&heap[child], &mine)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = mine;
}

static bool piles_fit(const struct pile_candidate *x, const struct pile_budget *b, uint32_t more) {
    return more <= b->piles && (!x->feeder || x->watts * more <= b->room_watts[x->feeder]);
}

static void piles_take(const struct pile_candidate *x, struct pile_budget *b, uint32_t more) {
    b->piles -= more;
    if (x->feeder) b->room_watts[x->feeder] -= x->watts * more;
}

static int64_t cost_of(const struct queue_total *t, enum pile_goal goal) {
    return goal == GOAL_WAIT ? t->wait_us : t->left;
}

// The gain for each pile of the better of one and two, as far as they fit; 0: nothing to gain, or no room.
static double gain_of(const struct pile_candidate *x, const struct pile_budget *b, uint32_t *block) {
    double best = 0;
    *block = 0;
    for (uint32_t more = 1; more <= 2 && piles_fit(x, b, more); more++) {
        double gain = (double)(cost_of(&x->after, b->goal) - cost_of(&x->next[more - 1], b->goal)) / more;
        if (gain <= best) continue;
        best = gain;
        *block = more;
    }
    return best;
}

static enum ap_status candidate_look(struct pile_candidate *x) {
    uint32_t piles = x->piles + x->added;
    TRY(queue_replay(x->tries, piles, &x->after));
    TRY(queue_replay(x->tries, piles + 1, &x->next[0]));
    return queue_replay(x->tries, piles + 2, &x->next[1]);
}

static enum ap_status bids_serve(struct bid *heap, struct pile_candidate *rows, uint32_t count,
                                 struct pile_budget *b) {
    while (count && b->piles) {
        struct pile_candidate *x = &rows[heap[0].row];
        uint32_t block;
        double value = gain_of(x, b, &block);
        if (block && value >= heap[0].value) {   // room may have gone since the bid
            piles_take(x, b, block);
            x->added += block;
            TRY(candidate_look(x));
            value = gain_of(x, b, &block);
        }
        heap[0].value = value;
        if (!block) heap[0] = heap[--count];
        if (count) bid_sink(heap, count, 0);
    }
    return AP_OK;
}

enum ap_status piles_choose(struct pile_candidate *rows, uint32_t count, struct pile_budget *b) {
    struct bid *heap = calloc((size_t)count + 1, sizeof *heap);
    enum ap_status status = heap ? AP_OK : AP_NO_MEMORY;
    for (uint32_t i = 0; i < count && status == AP_OK; i++) {
        uint32_t block;
        rows[i].added = 0;
        status = candidate_look(&rows[i]);
        rows[i].before = rows[i].after;
        heap[i] = (struct bid){gain_of(&rows[i], b, &block), i};
    }
    for (uint32_t i = count; i-- > 0 && status == AP_OK;) bid_sink(heap, count, i);
    if (status == AP_OK) status = bids_serve(heap, rows, count, b);
    free(heap);
    return status;
}

enum ap_status piles_spread(struct pile_candidate *rows, uint32_t count, struct pile_budget *b) {
    struct bid *heap = calloc((size_t)count + 1, sizeof *heap);
    if (!heap) return AP_NO_MEMORY;
    double all = 0, wanted = b->piles;
    for (uint32_t i = 0; i < count; i++) all += rows[i].piles;
    for (uint32_t i = 0; i < count; i++) heap[i] = (struct bid){wanted * rows[i].piles / all, i};
    for (uint32_t i = count; i-- > 0;) bid_sink(heap, count, i);
    while (count && b->piles) {
        struct pile_candidate *x = &rows[heap[0].row];
        if (piles_fit(x, b, 1)) {
            piles_take(x, b, 1);
            x->proportional++;
            heap[0].value -= 1;        // what is left of its part: the largest remainder is served last
        } else {
            heap[0] = heap[--count];
        }
        if (count) bid_sink(heap, count, 0);
    }
    free(heap);
    return AP_OK;
}
