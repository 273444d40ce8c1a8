// Draws: pure functions of who, why and when (Philox4x32-10, Salmon et al. 2011). No draw has a state,
// so nobody's stock level disturbs anybody's luck. Inversion only, with the functions of numbers.h.
#ifndef BASE_DRAWS_H
#define BASE_DRAWS_H

#include <stdint.h>

struct philox {
    uint32_t word[4];
};

// The published block function: counter[4], key[2] -> 4 words. Checked against known answers.
struct philox philox4x32(const uint32_t counter[4], const uint32_t key[2]);

// What luck is keyed by: seed and replication (key), who (hash of the row's id), purpose, when.
struct luck {
    uint64_t seed;          // seed of the run mixed with the replication, see luck_of()
};

struct luck luck_of(uint64_t seed, uint32_t replication);

// 128 bits for row `who` (hash of its id), `purpose` and `when`; `k` counts blocks of one purpose (below 2^16).
struct philox draw_block(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k);
// In the open interval (0, 1), 53 bits, from words 0 and 1 of draw_block.
double draw_uniform(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k);

// Inversions; u in (0, 1).
double exponential_from(double u, double mean);
double normal_from(double u, double mean, double deviation);   // inverse of the normal distribution
// Poisson with the given mean (0 <= mean <= 1e6), by inversion in chunks of mean <= 128; uses draws k, k+1, ...
int64_t draw_poisson(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, double mean);
// Erlang-k with the given mean: sum of k exponentials (k <= 64), draws k0, k0+1, ...
double draw_erlang(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k0, int shape,
                   double mean);

#endif
