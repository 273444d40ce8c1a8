// Our elementary functions against values computed in 40 digits and rounded.
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct known {
    double x, y;
};

static void near_check(double value, double wanted, double relative) {
    double error = value - wanted, most = relative * (wanted < 0 ? -wanted : wanted);
    assert_true(error <= most && -error <= most);
}

static void exp_is_right_to_fifteen_digits(void **unused) {
    (void)unused;
    static const struct known known[] = {
        {-0x1.5940000000000p+9, 0x1.c3a76e66ed2e1p-997},  {-0x1.4400000000000p+4, 0x1.b93de1e27ca3bp-30},
        {-0x1.0000000000000p+0, 0x1.78b56362cef38p-2},    {-0x1.3333333333333p-2, 0x1.7b4c869c37c05p-1},
        {-0x1.12e0be826d695p-30, 0x1.fffffff768fa1p-1},   {0x0.0p+0, 0x1.0000000000000p+0},
        {0x1.12e0be826d695p-30, 0x1.000000044b830p+0},    {0x1.0000000000000p-1, 0x1.a61298e1e069cp+0},
        {0x1.0000000000000p+0, 0x1.5bf0a8b145769p+1},     {0x1.4400000000000p+3, 0x1.85fd05c6fe7abp+14},
        {0x1.2cc0000000000p+8, 0x1.da96ac93f511ap+433},   {0x1.5d80000000000p+9, 0x1.5c36fb1036d55p+1008},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) near_check(exp_own(known[i].x), known[i].y, 1e-15);
    assert_true(exp_own(-1000) == 0);
}

static void log_is_right_to_fifteen_digits(void **unused) {
    (void)unused;
    static const struct known known[] = {
        {0x0.0000000000003p-1022, -0x1.73abb4f301b42p+9}, {0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9},
        {0x1.47ae147ae147bp-7, -0x1.26bb1bbb55515p+2},    {0x1.0000000000000p-1, -0x1.62e42fefa39efp-1},
        {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},    {0x1.ffffde7210be9p-1, -0x1.0c6f82d74d230p-20},
        {0x1.000001ad7f29bp+0, 0x1.ad7f2847b6492p-24},    {0x1.8000000000000p+0, 0x1.9f323ecbf984cp-2},
        {0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},     {0x1.4000000000000p+3, 0x1.26bb1bbb55516p+1},
        {0x1.e240c9fbe76c9p+16, 0x1.77281cad8a844p+3},    {0x1.7e43c8800759cp+996, 0x1.5963447f87fb5p+9},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) near_check(log_own(known[i].x), known[i].y, 1e-15);
    assert_true(log_own(1) == 0);
}

static void logs_side_by_side_are_the_same_bits(void **unused) {
    (void)unused;
    double x[1000], one_by_one[1000];
    for (int i = 0; i < 1000; i++) {
        x[i] = 0x1.0fd3ap-50 * (double)(i + 1) * (i % 7 == 0 ? 1e15 : i % 3 == 0 ? 1e300 : 1e3);
        one_by_one[i] = log_own(x[i]);
    }
    logs_own(x, 1000);
    assert_memory_equal(x, one_by_one, sizeof x);
}

static void normal_quantile_inverts_the_normal_distribution(void **unused) {
    (void)unused;
    static const struct known known[] = {
        {0x1.203af9ee75616p-50, -0x1.fc3f007789669p+2}, {0x1.0c6f7a0b5ed8dp-20, -0x1.30381a9799f7ep+2},
        {0x1.0624dd2f1a9fcp-10, -0x1.8b8cbb7204471p+1}, {0x1.999999999999ap-6, -0x1.f5c0331eeff85p+0},
        {0x1.2f1a9fbe76c8bp-4, -0x1.72567aa9caedap+0},  {0x1.339c0ebedfa44p-4, -0x1.7056dc6686c9bp+0},
        {0x1.3333333333333p-2, -0x1.0c7e39582c5fbp-1},  {0x1.8000000000000p-1, 0x1.5956b87528a49p-1},
        {0x1.f333333333333p-1, 0x1.f5c0331eeff83p+0},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        near_check(normal_quantile(known[i].x), known[i].y, 2e-15);
    }
    assert_true(normal_quantile(0.5) == 0);
}

static void roots_and_powers_agree_with_multiplication(void **unused) {
    (void)unused;
    assert_true(sqrt_own(2) == 0x1.6a09e667f3bcdp+0);
    assert_true(sqrt_own(0) == 0);
    near_check(power_own(1.07, 10), 1.9671513572895665, 1e-14);
    near_check(power_own(2, 0.5), sqrt_own(2), 1e-15);
}

static void student_quantiles_match_the_tables(void **unused) {
    (void)unused;
    near_check(student_95(2), 12.706204736174705, 1e-12);
    near_check(student_95(5), 2.7764451051977944, 1e-12);
    near_check(student_95(31), 2.0422724563012383, 1e-12);
    near_check(student_95(61), 2.0002978220142609, 3e-8);
    near_check(student_95(100001), 1.9599877074, 3e-8);
    assert_true(student_95(32) < student_95(31));
}

static void integer_division_rounds_towards_the_floor(void **unused) {
    (void)unused;
    assert_int_equal(floor_div(7, 2), 3);
    assert_int_equal(floor_div(-7, 2), -4);
    assert_int_equal(floor_div(-8, 2), -4);
    assert_int_equal(ceil_div(7, 2), 4);
    assert_int_equal(ceil_div(-7, 2), -3);
}

static void a_rate_gives_its_units_without_a_remainder_carried(void **unused) {
    (void)unused;
    int64_t sum = 0;
    for (int64_t t = 0; t < 1000; t++) sum += rate_units(2345678, t);
    assert_int_equal(sum, 2345);
    assert_int_equal(rate_units(500000, 0), 0);
    assert_int_equal(rate_units(500000, 1), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_right_to_fifteen_digits),
        cmocka_unit_test(log_is_right_to_fifteen_digits),
        cmocka_unit_test(logs_side_by_side_are_the_same_bits),
        cmocka_unit_test(normal_quantile_inverts_the_normal_distribution),
        cmocka_unit_test(roots_and_powers_agree_with_multiplication),
        cmocka_unit_test(student_quantiles_match_the_tables),
        cmocka_unit_test(integer_division_rounds_towards_the_floor),
        cmocka_unit_test(a_rate_gives_its_units_without_a_remainder_carried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
