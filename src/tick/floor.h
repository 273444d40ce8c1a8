// The floor of one line in one tick: units move between shops and buffers, and take their parts.
#ifndef TICK_FLOOR_H
#define TICK_FLOOR_H

#include "tick/stage.h"

// A shop while its line is worked: the state's columns of one shop side by side, written back when the tick ends.
struct post {
    int32_t  unit, left, up_left, down_left;   // as in the state
    int32_t  waiting;                // units in the buffer behind it
    int32_t  cycles, clocks;         // draws in this tick
    int64_t  done;                   // units it finished today
    int64_t  busy_ms, blocked_ms, empty_ms, level_ms, finished;
    int32_t *place;                  // of each build: waiting behind it
    int32_t *place_done;             // of each build: finished today
    const struct shop *shop;
    uint32_t row_drawn;              // cycles are drawn in rows: the number of the one at hand, plus 1
    int32_t  row[TIMES_ROW];
};

struct floor {
    struct tick *k;
    const struct line *line;
    uint32_t row;                    // of the line
    uint32_t shops;
    int64_t  now_ms;                 // since the first day began
    int64_t  today, released;        // of all builds
    int64_t  pace;                   // released by the end of this tick at most
    const int32_t *weight;           // [builds] for levelling
    int64_t  weights;
    bool     flows;                  // its slices may be worked without events
    bool     parts_matter;           // false: parts are always there (saturated lines)
    bool     finishing;              // the shift is over: nothing begins, what was begun is finished
    int64_t  shift_end_ms;           // nothing begins whose mean time is not left until then
    bool     gated;                  // a release waits for a variant's share of the places, which may come free
    int32_t  bodies_most;            // of one variant in process: its share of the tightest store
    struct plant_takes *plant;       // of the line's plant
    struct post station[MOST_SHOPS];
};

// A build counts three ends: first parts, last parts, and what a release must be able to count on.
enum parts_end { PARTS_FIRST, PARTS_LAST, PARTS_RELEASE };

// In `up_left` of a shop that fails by the cycle: it was repaired and has not begun since.
enum { REPAIRED = 1 };

// A time of the shop's failure law, for DRAW_UP or DRAW_DOWN (build.c).
int32_t clock_draw(const struct floor *f, struct post *at, uint32_t purpose);

// Copies the line in, counts what stands where, and which parts may not suffice for this tick.
void floor_open(struct floor *f, struct tick *k, uint32_t line);
// Only what its clocks need.
void floor_open_clocks(struct floor *f, struct tick *k, uint32_t line);
// Writes the line back and takes the parts that the tick used from the plant's stocks.
void floor_close(struct floor *f);
// Moves every unit that can move and starts every shop that can start, from the last shop to the first.
void floor_settle(struct floor *f);
// The shop has finished its unit.
void station_finish(struct floor *f, struct post *at);

// The next cycle time of the shop, drawn or constant.
int32_t station_cycle(const struct floor *f, struct post *at, uint32_t number);
// Many units off the line at once.
void units_to_yard(struct floor *f, uint32_t build, int32_t count);
// Moves the line on without looking at every event (flow.c), by at most `most` ms; what it settles at the end of that
// time is left to floor_settle. Gives the time that has passed, 0 when only the events themselves will do.
int32_t flow_run(struct floor *f, int32_t most);

// Parts (parts.c): whether they suffice for a build; taking them; whether a body may be released.
void parts_open(struct floor *f);
void parts_close(struct floor *f);
void parts_take(struct floor *f, uint32_t build, enum parts_end end);
bool parts_ask(struct floor *f, uint32_t build, enum parts_end end);
bool release_ask(struct floor *f, uint32_t build);

// In this tick: to be released, or to be begun by the last shop.
static inline bool parts_failed(const struct floor *f, uint32_t build, enum parts_end end) {
    if (!f->parts_matter) return false;
    uint8_t failed = f->k->x->credits[build].failed;
    if (end == PARTS_LAST) return failed & 1 << PARTS_LAST;
    return failed & (1 << PARTS_FIRST | 1 << (f->shops == 1 ? PARTS_LAST : PARTS_RELEASE));
}

static inline bool parts_suffice(struct floor *f, uint32_t build, enum parts_end end) {
    if (!f->parts_matter) return true;
    return !(f->k->x->credits[build].failed & 1 << end) && parts_ask(f, build, end);
}

static inline bool release_allowed(struct floor *f, uint32_t build) {
    return !f->parts_matter || (!parts_failed(f, build, PARTS_FIRST) && release_ask(f, build));
}

// Whether a build's parts surely last for its part of a slice: the takes of its platform and of the plant by end.
struct slice_takes {
    int32_t own[2], all[2];
};
bool release_lasts(struct floor *f, uint32_t build, const struct slice_takes *takes);
bool parts_last(struct floor *f, uint32_t build, const struct slice_takes *takes);
void parts_take_many(struct floor *f, uint32_t build, enum parts_end end, int32_t units);

#endif
