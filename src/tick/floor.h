// The floor of one line in one tick: units move between shops and buffers, and take their parts.
#ifndef TICK_FLOOR_H
#define TICK_FLOOR_H

#include "tick/scratch.h"

struct floor {
    struct tick *k;
    uint32_t line, first, shops;     // first: its first shop's row
    int64_t  second_ms;              // now, in milliseconds since the first day began
    int32_t  waiting[MOST_SHOPS];    // units in the buffer behind each shop
    int64_t  done[MOST_SHOPS];       // units each shop finished today
    int64_t  today, released;        // of all builds
};

enum parts_end { PARTS_FIRST, PARTS_LAST };

// Counts what stands where, and which parts may not suffice for this tick.
void floor_open(struct floor *f);
// Takes the parts that the tick used from the plant's stocks.
void floor_close(struct floor *f);
// Moves every unit that can move and starts every shop that can start, from the last shop to the first.
void floor_settle(struct floor *f);
// A shop has finished its unit.
void floor_finish(struct floor *f, uint32_t shop);

// Whether the parts that one end of the line takes are there; taking them; whether a body may be released (parts.c).
bool parts_suffice(const struct floor *f, uint32_t build, enum parts_end end);
void parts_take(struct floor *f, uint32_t build, enum parts_end end);
bool release_allowed(const struct floor *f, uint32_t build);

#endif
