// Dice for test worlds: a small generator of their own, so that a fault in the engine's draws cannot shape its tests.
#ifndef LAWS_DICE_H
#define LAWS_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

// SplitMix64 (Steele, Lea, Flood 2014).
static inline uint64_t dice_next(struct dice *d) {
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
// Whole number from low to high, both included.
static inline int dice_roll(struct dice *d, int low, int high) {
    return low + (int)(dice_next(d) % (uint64_t)(high - low + 1));
}
static inline bool dice_chance(struct dice *d, int percent) {
    return dice_roll(d, 1, 100) <= percent;
}

#endif
