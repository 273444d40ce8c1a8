// Draws have no state: a draw is the Philox block of (when, purpose and number, who) under the key of the run's luck.
// Refused: generators that are stepped, because then a disturbed row would shift the luck of every other row.
#include "base/draws.h"

#include "base/numbers.h"
#include "base/text.h"
#include "base/trouble.h"

// In plain variables: as an array the counter would live in memory and a block would take three times as long.
static inline struct philox philox_rounds(struct philox c, uint32_t key0, uint32_t key1) {
    uint32_t w0 = c.word[0], w1 = c.word[1], w2 = c.word[2], w3 = c.word[3];
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53U * w0;
        uint64_t b = (uint64_t)0xCD9E8D57U * w2;
        w0 = (uint32_t)(b >> 32) ^ w1 ^ key0;
        w1 = (uint32_t)b;
        w2 = (uint32_t)(a >> 32) ^ w3 ^ key1;
        w3 = (uint32_t)a;
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    return (struct philox){{w0, w1, w2, w3}};
}

struct philox philox4x32(const uint32_t counter[4], const uint32_t key[2]) {
    ASSERT(counter != NULL && key != NULL);
    struct philox c = {{counter[0], counter[1], counter[2], counter[3]}};
    return philox_rounds(c, key[0], key[1]);
}

struct luck luck_of(uint64_t seed, uint32_t replication) {
    return (struct luck){hash_pair(seed, replication)};
}

struct philox draw_block(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k) {
    ASSERT(k < 65536 && purpose < 65536);
    struct philox c = {{when, purpose << 16 | k, (uint32_t)who, (uint32_t)(who >> 32)}};
    return philox_rounds(c, (uint32_t)l.seed, (uint32_t)(l.seed >> 32));
}

// 52 random bits and a last bit that is always 1: never 0, never 1, and exact in a double.
static inline double uniform_from(uint32_t high, uint32_t low) {
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
    return (double)(int64_t)(bits * 2 + 1) * 0x1p-53;
}

double draw_uniform(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k) {
    struct philox p = draw_block(l, who, purpose, when, k);
    return uniform_from(p.word[0], p.word[1]);
}

double exponential_from(double u, double mean) {
    ASSERT(u > 0 && u < 1);
    return -mean * log_own(u);
}

double normal_from(double u, double mean, double deviation) {
    return mean + deviation * normal_quantile(u);
}

// Smallest n whose cumulative probability reaches u; mean <= 128, so that exp(-mean) is far from underflow.
static int64_t poisson_from(double u, double mean) {
    double chance = exp_own(-mean);
    double sum = chance;
    int64_t n = 0;
    while (sum < u) {
        n++;
        chance *= mean / (double)n;
        double next = sum + chance;
        if (next == sum && (double)n > mean) break;   // u lies above what doubles can sum to
        sum = next;
    }
    return n;
}

int64_t draw_poisson(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, double mean) {
    ASSERT(mean >= 0);
    ASSERT(mean <= 1e6);
    if (mean == 0) return 0;
    uint32_t chunks = (uint32_t)(mean / 128) + 1;
    double mean_of_chunk = mean / chunks;
    int64_t n = 0;
    for (uint32_t k = 0; k < chunks; k++) {
        n += poisson_from(draw_uniform(l, who, purpose, when, k), mean_of_chunk);
    }
    return n;
}

double draw_erlang(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, uint32_t k0, int shape,
                   double mean) {
    ASSERT(shape >= 1 && shape <= 64);
    double sum = 0, product = 1;
    for (int i = 0; i < shape; i++) {
        product *= draw_uniform(l, who, purpose, when, k0 + (uint32_t)i);
        // one logarithm for 16 factors: the product stays above 2^-848
        if (i % 16 == 15 || i == shape - 1) {
            sum -= log_own(product);
            product = 1;
        }
    }
    return mean / shape * sum;
}
