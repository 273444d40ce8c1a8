// Philox gives the published answers; draws have the moments of their laws and golden values that never change.
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static void philox_gives_the_published_answers(void **unused) {
    (void)unused;
    static const struct {
        uint32_t counter[4], key[2], words[4];
    } known[] = {   // kat_vectors of Random123
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct philox p = philox4x32(known[i].counter, known[i].key);
        assert_memory_equal(p.word, known[i].words, sizeof p.word);
    }
}

static void a_block_is_philox_of_when_purpose_and_who(void **unused) {
    (void)unused;
    struct luck luck = {0x299f31d0a4093822};
    struct philox p = draw_block(luck, 0x0370734413198a2e, 0x85a3, 0x243f6a88, 0x08d3);
    static const uint32_t words[4] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    assert_memory_equal(p.word, words, sizeof words);
}

static void draws_keep_their_golden_values(void **unused) {
    (void)unused;
    struct luck luck = luck_of(1, 0);
    assert_true(luck.seed == 0xdce423fc82c0d5b8);
    struct philox p = draw_block(luck, hash_text("ENT-07"), 3, 100, 0);
    static const uint32_t words[4] = {0x23e9f9c2, 0x8f969b2b, 0x75e901e5, 0x2fe321de};
    assert_memory_equal(p.word, words, sizeof words);
    assert_true(draw_uniform(luck, 7, 1, 2, 3) == 0x1.bd307ba77518fp-1);
    assert_true(exponential_from(draw_uniform(luck, 7, 1, 2, 3), 5) == 0x1.65f39c475b272p-1);
    assert_int_equal(draw_poisson(luck, 7, 1, 2, 3.5), 2);
    assert_int_equal(draw_poisson(luck, 7, 1, 2, 1000), 980);
    double times[TIMES_ROW];
    draw_times(luck, (struct draw_key){7, 1, 2}, 0, (struct time_law){4, 10}, times);
    assert_true(times[0] == 0x1.8051e00722aebp+3);
    assert_true(times[15] == 0x1.561f6038e35eap+3);
}

// Rows side by side, whatever instructions the machine has for them, and a last row that leaves some over.
static void blocks_of_rows_are_those_drawn_one_by_one(void **unused) {
    (void)unused;
    struct luck luck = luck_of(3, 1);
    for (uint32_t count = 1; count <= BLOCKS_MOST; count += 7) {
        struct draw_blocks blocks;
        for (uint32_t i = 0; i < count; i++)
            block_set(&blocks, i, (struct draw_key){ hash_pair(i, 5), 60 + i % 3, 1000 * i }, i * 16);
        blocks_draw(luck, count, &blocks);
        for (uint32_t i = 0; i < count; i++) {
            struct philox p = draw_block(luck, hash_pair(i, 5), 60 + i % 3, 1000 * i, i * 16);
            for (int k = 0; k < 4; k++) assert_int_equal(blocks.words[k][i], p.word[k]);
        }
    }
}

static void luck_differs_by_seed_replication_who_purpose_and_when(void **unused) {
    (void)unused;
    double first = draw_uniform(luck_of(1, 0), 7, 1, 2, 3);
    assert_true(draw_uniform(luck_of(2, 0), 7, 1, 2, 3) != first);
    assert_true(draw_uniform(luck_of(1, 1), 7, 1, 2, 3) != first);
    assert_true(draw_uniform(luck_of(1, 0), 8, 1, 2, 3) != first);
    assert_true(draw_uniform(luck_of(1, 0), 7, 2, 2, 3) != first);
    assert_true(draw_uniform(luck_of(1, 0), 7, 1, 3, 3) != first);
    assert_true(draw_uniform(luck_of(1, 0), 7, 1, 2, 4) != first);
}

// Mean and variance of n values, tested at five standard errors of the mean and 5 % of the variance.
static void moments_check(const double *values, int n, double mean, double variance) {
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        sum += values[i];
        squares += values[i] * values[i];
    }
    double m = sum / n, v = squares / n - m * m, error = 5 * sqrt_own(variance / n);
    assert_true(m > mean - error && m < mean + error);
    assert_true(v > variance * 0.95 && v < variance * 1.05);
}

enum { DRAWS = 40000 };

static void poisson_has_its_mean_and_variance(void **unused) {
    (void)unused;
    static double values[DRAWS];
    static const double means[] = {0.05, 1.5, 40, 127.9, 128.1, 900};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        for (int n = 0; n < DRAWS; n++) {
            values[n] = (double)draw_poisson(luck_of(3, 0), i, 5, (uint32_t)n, means[i]);
        }
        moments_check(values, DRAWS, means[i], means[i]);
    }
    assert_int_equal(draw_poisson(luck_of(3, 0), 1, 5, 1, 0), 0);
}

// The golden ones and all that a law's table may get wrong: its first cell, its tail, more than one chunk.
static void a_poisson_law_draws_what_draw_poisson_draws(void **unused) {
    (void)unused;
    static const double means[] = {1e-9, 0.05, 1, 5, 40, 127.9, 128, 128.1, 900, 1e6};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        struct poisson_law law;
        double *sums = malloc(poisson_sums(means[i]) * sizeof *sums);
        assert_non_null(sums);
        poisson_law_fill(means[i], sums, &law);
        assert_int_equal(law.count, poisson_sums(means[i]));
        int draws = means[i] > 1e5 ? 20 : DRAWS;
        for (int n = 0; n < draws; n++)
            assert_int_equal(draw_poisson_from(luck_of(3, 0), (struct draw_key){i, 5, (uint32_t)n}, &law),
                             draw_poisson(luck_of(3, 0), i, 5, (uint32_t)n, means[i]));
        free(sums);
    }
}

static void erlang_has_its_mean_and_variance(void **unused) {
    (void)unused;
    static double values[DRAWS];
    static const int shapes[] = {1, 2, 16, 17, 64};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (int n = 0; n < DRAWS; n += TIMES_ROW)
            draw_times(luck_of(4, 0), (struct draw_key){i, 6, 2}, (uint32_t)(n / TIMES_ROW),
                       (struct time_law){shapes[i], 3}, values + n);
        moments_check(values, DRAWS, 3, 9.0 / shapes[i]);
    }
}

// Two halves of a block each, sixteen to a row, the phases of sixteen times one after the other.
static void times_are_minus_the_logarithms_of_their_uniforms(void **unused) {
    (void)unused;
    struct luck luck = luck_of(6, 1);
    for (uint32_t row = 0; row < 3; row++) {
        double times[TIMES_ROW];
        draw_times(luck, (struct draw_key){9, 2, 5}, row, (struct time_law){1, 1}, times);
        for (uint32_t i = 0; i < TIMES_ROW; i++) {
            struct philox p = draw_block(luck, 9, 2, 5, (row * TIMES_ROW + i) / 2);
            uint64_t bits = ((uint64_t)p.word[i % 2 * 2] << 32 | p.word[i % 2 * 2 + 1]) >> 12;
            assert_true(times[i] == -log_own((double)(int64_t)(bits * 2 + 1) * 0x1p-53));
        }
    }
}

static void uniform_and_normal_have_their_moments(void **unused) {
    (void)unused;
    static double values[DRAWS];
    for (int n = 0; n < DRAWS; n++) values[n] = draw_uniform(luck_of(5, 0), 1, 7, (uint32_t)n, 0);
    moments_check(values, DRAWS, 0.5, 1.0 / 12);
    for (int n = 0; n < DRAWS; n++) values[n] = normal_from(values[n], 10, 2);
    moments_check(values, DRAWS, 10, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(a_block_is_philox_of_when_purpose_and_who),
        cmocka_unit_test(blocks_of_rows_are_those_drawn_one_by_one),
        cmocka_unit_test(draws_keep_their_golden_values),
        cmocka_unit_test(luck_differs_by_seed_replication_who_purpose_and_when),
        cmocka_unit_test(poisson_has_its_mean_and_variance),
        cmocka_unit_test(a_poisson_law_draws_what_draw_poisson_draws),
        cmocka_unit_test(erlang_has_its_mean_and_variance),
        cmocka_unit_test(times_are_minus_the_logarithms_of_their_uniforms),
        cmocka_unit_test(uniform_and_normal_have_their_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
