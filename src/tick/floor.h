// The floor of one line in one tick: units move between shops and buffers, and take their parts.
#ifndef TICK_FLOOR_H
#define TICK_FLOOR_H

#include "tick/stage.h"

// A shop while its line is worked: the state's columns of one shop side by side, written back when the tick ends.
struct station {
    int32_t  unit, left, up_left, down_left;   // as in the state
    int32_t  waiting;                // units in the buffer behind it
    int32_t  cycles, clocks;         // draws in this tick
    int64_t  done;                   // units it finished today
    int64_t  busy_ms, blocked_ms, level_ms, finished;
    int32_t *place;                  // of each build: waiting behind it
    int32_t *place_done;             // of each build: finished today
    const struct shop *shop;
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
    bool     parts_matter;           // false: parts are always there (saturated lines)
    bool     gated;                  // a release waits for a variant's share of the places, which may come free
    int32_t  bodies_most;            // of one variant in process: its share of the tightest store
    struct plant_takes *plant;       // of the line's plant
    struct station station[MOST_SHOPS];
};

enum parts_end { PARTS_FIRST, PARTS_LAST };

// Copies the line in, counts what stands where, and which parts may not suffice for this tick.
void floor_open(struct floor *f, struct tick *k, uint32_t line);
// Writes the line back and takes the parts that the tick used from the plant's stocks.
void floor_close(struct floor *f);
// Moves every unit that can move and starts every shop that can start, from the last shop to the first.
void floor_settle(struct floor *f);
// The shop has finished its unit.
void station_finish(struct floor *f, struct station *at);

// Parts (parts.c): which are scarce; whether they suffice for a build; taking them; whether a body may be released.
void parts_open(struct floor *f);
void parts_close(struct floor *f);
bool parts_suffice(struct floor *f, uint32_t build, enum parts_end end);
void parts_take(struct floor *f, uint32_t build, enum parts_end end);
bool release_allowed(struct floor *f, uint32_t build);

#endif
