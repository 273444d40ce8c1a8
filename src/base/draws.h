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
// Whose draws, what for, and when.
struct draw_key {
    uint64_t who;
    uint32_t purpose, when;
};
// The same block for `count` rows at a time, count up to BLOCKS_MOST: word w of row i stands in words[w][i].
enum { BLOCKS_MOST = 64 };
struct draw_blocks {
    uint32_t words[4][BLOCKS_MOST];
};
void draw_blocks(struct luck l, const uint64_t *who, uint32_t count, struct draw_key key,
                 struct draw_blocks *out);   // key.who is not used
// Rows that each have their own when and number: block_set for each of them, then blocks_draw for all.
static inline void block_set(struct draw_blocks *b, uint32_t i, struct draw_key key, uint32_t k) {
    b->words[0][i] = key.when;
    b->words[1][i] = key.purpose << 16 | k;
    b->words[2][i] = (uint32_t)key.who;
    b->words[3][i] = (uint32_t)(key.who >> 32);
}
void blocks_draw(struct luck l, uint32_t count, struct draw_blocks *b);
// In the open interval (0, 1), 53 bits, from words 0 and 1 of draw_block.
double draw_uniform(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k);

// Inversions; u in (0, 1).
double exponential_from(double u, double mean);
double normal_from(double u, double mean, double deviation);   // inverse of the normal distribution
double triangular_from(double u, double low, double mode, double high);   // low < high; the mode is kept within
// Poisson with the given mean (0 <= mean <= 1e6), by inversion in chunks of mean <= 128; uses draws k, k+1, ...
int64_t draw_poisson(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, double mean);

// A Poisson law worked out once for a row that draws from it often: the draws are those of draw_poisson.
enum { POISSON_GUIDE = 256 };
struct poisson_law {
    double   mean;                 // of one chunk
    uint32_t chunks;
    uint32_t count;                // of sums
    double  *sums;                 // chance of at most n
    uint16_t guide[POISSON_GUIDE]; // by the first bits of u: where to begin
};
uint32_t poisson_sums(double mean);        // how many sums its law takes; mean as for draw_poisson, above 0
void poisson_law_fill(double mean, double *sums, struct poisson_law *out);
int64_t draw_poisson_from(struct luck l, struct draw_key key, const struct poisson_law *law);

// Times come in rows: two uniforms of a block each, logarithms side by side, a third of the cost of one by one.
enum { TIMES_ROW = 16 };
struct time_law {
    int    shape;      // phases, 1..64; 1: exponential
    double mean;
};
// Row `row` of Erlang times for who, purpose and when: the draws TIMES_ROW * row and on of its sequence.
void draw_times(struct luck l, struct draw_key key, uint32_t row, struct time_law law, double times[TIMES_ROW]);

#endif
