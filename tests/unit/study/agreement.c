// Rank correlations against values worked out by hand, and what happens where there is nothing to rank.
#include <math.h>

#include "study/agreement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static bool near(double found, double expected) {
    return found - expected < 1e-12 && expected - found < 1e-12;
}

// Ten pairs, of which two are tied in the first and one in the second; 2 agree, 6 do not.
static void ties_count_in_neither_order(void **unused) {
    (void)unused;
    const double a[] = { 12, 2, 1, 12, 2 }, b[] = { 1, 4, 7, 1, 0 };
    struct agreement found;
    assert_int_equal(agreement_measure(a, b, 5, 2, &found), AP_OK);
    assert_true(near(found.kendall, -4 / (sqrt(8) * sqrt(9))));
    // Ranks 1.5 3.5 5 1.5 3.5 and 3.5 2 1 3.5 5: covariance -5, variances 9 and 9.5.
    assert_true(near(found.spearman, -5 / sqrt(9 * 9.5)));
    assert_int_equal(found.zero_b, 1);
    assert_int_equal(found.zero_a, 0);
    // The first two of a are rows 0 and 3, those of b rows 2 and 1.
    assert_int_equal(found.top, 2);
    assert_int_equal(found.top_both, 0);
}

static void the_same_order_is_one_and_the_reverse_minus_one(void **unused) {
    (void)unused;
    const double a[] = { 1, 2, 3, 4 }, b[] = { 10, 20, 40, 80 }, c[] = { 4, 3, 2, 1 };
    struct agreement same, reverse;
    assert_int_equal(agreement_measure(a, b, 4, 20, &same), AP_OK);
    assert_int_equal(agreement_measure(a, c, 4, 1, &reverse), AP_OK);
    assert_true(near(same.kendall, 1) && near(same.spearman, 1));
    assert_true(near(reverse.kendall, -1) && near(reverse.spearman, -1));
    assert_int_equal(same.top, 4);
    assert_int_equal(same.top_both, 4);
    assert_int_equal(reverse.top_both, 0);
}

static void one_value_for_all_has_no_correlation(void **unused) {
    (void)unused;
    const double a[] = { 0, 0, 0 }, b[] = { 1, 2, 3 };
    struct agreement found;
    assert_int_equal(agreement_measure(a, b, 3, 2, &found), AP_OK);
    assert_true(isnan(found.kendall) && isnan(found.spearman));
    assert_int_equal(found.zero_a, 3);
    assert_int_equal(agreement_measure(a, b, 0, 2, &found), AP_OK);
    assert_true(isnan(found.kendall));
    assert_int_equal(found.top, 0);
}

static void the_widest_gaps_come_first(void **unused) {
    (void)unused;
    const double a[] = { 5, 4, 3, 2, 1 }, b[] = { 1, 4, 3, 2.5, 5 };
    struct disagreement worst[2];
    assert_int_equal(agreement_worst(a, b, 5, 2, worst), AP_OK);
    assert_int_equal(worst[0].row, 0);
    assert_true(near(worst[0].rank_a, 1) && near(worst[0].rank_b, 5));
    assert_int_equal(worst[1].row, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_count_in_neither_order),
        cmocka_unit_test(the_same_order_is_one_and_the_reverse_minus_one),
        cmocka_unit_test(one_value_for_all_has_no_correlation),
        cmocka_unit_test(the_widest_gaps_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
