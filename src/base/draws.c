// Draws have no state: a draw is the Philox block of (when, purpose and number, who) under the key of the run's luck.
// Refused: generators that are stepped, because then a disturbed row would shift the luck of every other row.
#include "base/draws.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

// Side by side, so that the compiler works several rows in one instruction.
static void rows_rounds(struct draw_blocks *b, struct luck l, uint32_t first, uint32_t end) {
    uint32_t *w0 = b->words[0], *w1 = b->words[1], *w2 = b->words[2], *w3 = b->words[3];
    uint32_t key0 = (uint32_t)l.seed, key1 = (uint32_t)(l.seed >> 32);
    for (int round = 0; round < 10; round++) {
        for (uint32_t i = first; i < end; i++) {
            uint64_t x = (uint64_t)0xD2511F53U * w0[i];
            uint64_t y = (uint64_t)0xCD9E8D57U * w2[i];
            w0[i] = (uint32_t)(y >> 32) ^ w1[i] ^ key0;
            w1[i] = (uint32_t)y;
            w2[i] = (uint32_t)(x >> 32) ^ w3[i] ^ key1;
            w3[i] = (uint32_t)x;
        }
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
}

#if defined(__x86_64__)

// Eight rows: the even and the odd ones in lanes of 64 bits, where a product stays whole; only low halves count.
#define WIDE __attribute__((target("avx2")))
enum { WIDE_ROWS = 8 };

WIDE static inline __m256i wide_load(const uint32_t *words) {
    return _mm256_loadu_si256((const __m256i *)(const void *)words);
}

WIDE static inline void wide_store(uint32_t *words, __m256i even, __m256i odd) {
    __m256i both = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
    _mm256_storeu_si256((__m256i *)(void *)words, both);
}

WIDE static inline void wide_round(__m256i w[4], __m256i key0, __m256i key1) {
    __m256i x = _mm256_mul_epu32(w[0], _mm256_set1_epi64x(0xD2511F53));
    __m256i y = _mm256_mul_epu32(w[2], _mm256_set1_epi64x(0xCD9E8D57));
    w[0] = _mm256_xor_si256(_mm256_srli_epi64(y, 32), _mm256_xor_si256(w[1], key0));
    w[2] = _mm256_xor_si256(_mm256_srli_epi64(x, 32), _mm256_xor_si256(w[3], key1));
    w[1] = y;
    w[3] = x;
}

WIDE static void rows_wide(struct draw_blocks *b, struct luck l, uint32_t first) {
    __m256i even[4], odd[4];
    for (int k = 0; k < 4; k++) {
        even[k] = wide_load(b->words[k] + first);
        odd[k] = _mm256_srli_epi64(even[k], 32);
    }
    uint32_t key0 = (uint32_t)l.seed, key1 = (uint32_t)(l.seed >> 32);
    for (int round = 0; round < 10; round++) {
        __m256i wide0 = _mm256_set1_epi64x(key0), wide1 = _mm256_set1_epi64x(key1);
        wide_round(even, wide0, wide1);
        wide_round(odd, wide0, wide1);
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    for (int k = 0; k < 4; k++) wide_store(b->words[k] + first, even[k], odd[k]);
}

// The same integers by other instructions, where the machine has them.
static uint32_t rows_wide_all(struct draw_blocks *b, struct luck l, uint32_t count) {
    uint32_t first = 0;
    if (!__builtin_cpu_supports("avx2")) return 0;
    for (; first < count; first += WIDE_ROWS) rows_wide(b, l, first);
    return first;
}
#else
static uint32_t rows_wide_all(struct draw_blocks *b, struct luck l, uint32_t count) {
    (void)b, (void)l, (void)count;
    return 0;
}
#endif

// Rows behind the last one, up to a multiple of eight, may be drawn too.
void blocks_draw(struct luck l, uint32_t count, struct draw_blocks *b) {
    ASSERT(count <= BLOCKS_MOST);
    uint32_t done = rows_wide_all(b, l, count);
    if (done < count) rows_rounds(b, l, done, count);
}

void draw_blocks(struct luck l, const uint64_t *who, uint32_t count, struct draw_key key, struct draw_blocks *out) {
    ASSERT(count <= BLOCKS_MOST);
    ASSERT(key.purpose < 65536);
    for (uint32_t i = 0; i < count; i++) {
        key.who = who[i];
        block_set(out, i, key, 0);
    }
    blocks_draw(l, count, out);
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

double triangular_from(double u, double low, double mode, double high) {
    double peak = mode < low ? low : mode > high ? high : mode;
    double knee = (peak - low) / (high - low);
    if (u < knee) return low + sqrt_own(u * (high - low) * (peak - low));
    return high - sqrt_own((1 - u) * (high - low) * (high - peak));
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

static uint32_t chunks_of(double mean) {
    return (uint32_t)(mean / 128) + 1;
}

int64_t draw_poisson(struct luck l, uint64_t who, uint32_t purpose, uint32_t when, double mean) {
    ASSERT(mean >= 0);
    ASSERT(mean <= 1e6);
    if (mean == 0) return 0;
    uint32_t chunks = chunks_of(mean);
    double mean_of_chunk = mean / chunks;
    int64_t n = 0;
    for (uint32_t k = 0; k < chunks; k++) {
        n += poisson_from(draw_uniform(l, who, purpose, when, k), mean_of_chunk);
    }
    return n;
}

// The sums as poisson_from adds them up, until they cannot grow; NULL: only how many there are.
static uint32_t sums_add(double mean, double *sums) {
    double chance = exp_own(-mean), sum = chance;
    for (uint32_t n = 1;; n++) {
        if (sums) sums[n - 1] = sum;
        chance *= mean / (double)n;
        if (sum + chance == sum && (double)n > mean) return n;
        sum += chance;
    }
}

uint32_t poisson_sums(double mean) {
    ASSERT(mean > 0);
    return sums_add(mean / chunks_of(mean), NULL);
}

void poisson_law_fill(double mean, double *sums, struct poisson_law *out) {
    ASSERT(mean > 0 && sums != NULL);
    out->chunks = chunks_of(mean);
    out->mean = mean / out->chunks;
    out->count = sums_add(out->mean, sums);
    out->sums = sums;
    uint32_t n = 0;
    for (uint32_t i = 0; i < POISSON_GUIDE; i++) {
        while (n < out->count && sums[n] < (double)i / POISSON_GUIDE) n++;
        out->guide[i] = (uint16_t)n;
    }
}

int64_t draw_poisson_from(struct luck l, struct draw_key key, const struct poisson_law *law) {
    int64_t sum = 0;
    for (uint32_t k = 0; k < law->chunks; k++) {
        double u = draw_uniform(l, key.who, key.purpose, key.when, k);
        uint32_t n = law->guide[(uint32_t)(u * POISSON_GUIDE)];
        while (n < law->count && law->sums[n] < u) n++;
        sum += n;
    }
    return sum;
}

// Sixteen uniforms from eight blocks, both halves of each.
static void uniforms_row(struct luck l, struct draw_key key, uint32_t block, double out[TIMES_ROW]) {
    uint64_t words[TIMES_ROW];
    for (uint32_t i = 0; i < TIMES_ROW / 2; i++) {
        struct philox c = {{key.when, key.purpose << 16 | (block + i), (uint32_t)key.who, (uint32_t)(key.who >> 32)}};
        c = philox_rounds(c, (uint32_t)l.seed, (uint32_t)(l.seed >> 32));
        words[2 * i] = (uint64_t)c.word[0] << 32 | c.word[1];
        words[2 * i + 1] = (uint64_t)c.word[2] << 32 | c.word[3];
    }
    for (uint32_t i = 0; i < TIMES_ROW; i++) {   // as uniform_from: 52 bits behind the exponent of 1
        uint64_t bits = words[i] >> 12 | 0x3FF0000000000000U;
        double x;
        memcpy(&x, &bits, sizeof x);
        out[i] = (x - 1) + 0x1p-53;
    }
}

void draw_times(struct luck l, struct draw_key key, uint32_t row, struct time_law law, double times[TIMES_ROW]) {
    ASSERT(law.shape >= 1 && law.shape <= 64);
    ASSERT(key.purpose < 65536);
    // A key has 2^16 blocks; a longer sequence goes on under another key of the same row.
    uint32_t most = 65536 / (TIMES_ROW / 2) / (uint32_t)law.shape;
    if (row >= most) key.who = hash_pair(key.who, row / most);
    uint32_t block = row % most * (TIMES_ROW / 2) * (uint32_t)law.shape;
    double product[TIMES_ROW];
    for (int i = 0; i < TIMES_ROW; i++) times[i] = 0, product[i] = 1;
    for (int phase = 0; phase < law.shape; phase++, block += TIMES_ROW / 2) {
        double u[TIMES_ROW];
        uniforms_row(l, key, block, u);
        for (int i = 0; i < TIMES_ROW; i++) product[i] *= u[i];
        if (phase % 16 != 15 && phase != law.shape - 1) continue;   // one logarithm for 16 factors: above 2^-848
        logs_own(product, TIMES_ROW);
        for (int i = 0; i < TIMES_ROW; i++) times[i] -= product[i], product[i] = 1;
    }
    for (int i = 0; i < TIMES_ROW; i++) times[i] *= law.mean / law.shape;
}
