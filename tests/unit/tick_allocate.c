// M-4.6: what is short goes by priority, then in proportion to what is owed; nothing is lost and nothing is carried.
#include "tick/allocate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "laws/dice.h"

static int by_row(const void *left, const void *right) {
    const struct claim *a = left, *b = right;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void enough_serves_everyone(void **unused) {
    (void)unused;
    struct claim claims[] = { { .owed = 3, .row = 1 }, { .owed = 4, .row = 2 } };
    allocate(claims, 2, 7);
    assert_int_equal(claims[0].given, 3);
    assert_int_equal(claims[1].given, 4);
}

static void the_higher_priority_goes_first(void **unused) {
    (void)unused;
    struct claim claims[] = { { .owed = 5, .row = 1 }, { .owed = 5, .row = 2, .priority = 1 } };
    allocate(claims, 2, 7);
    qsort(claims, 2, sizeof *claims, by_row);
    assert_int_equal(claims[0].given, 2);
    assert_int_equal(claims[1].given, 5);
}

static void the_largest_remainder_gets_the_rest(void **unused) {
    (void)unused;
    // 10 units on 7, 5 and 4 owed: 4.375, 3.125 and 2.5
    struct claim claims[] = { { .owed = 7, .row = 1 }, { .owed = 5, .row = 2 }, { .owed = 4, .row = 3 } };
    allocate(claims, 3, 10);
    qsort(claims, 3, sizeof *claims, by_row);
    assert_int_equal(claims[0].given, 4);
    assert_int_equal(claims[1].given, 3);
    assert_int_equal(claims[2].given, 3);
}

static void equal_remainders_go_to_the_oldest_then_to_the_first_id(void **unused) {
    (void)unused;
    struct claim claims[] = { { .owed = 1, .row = 1, .since = 9 }, { .owed = 1, .row = 2, .since = 4 },
                              { .owed = 1, .row = 3, .since = 9 } };
    allocate(claims, 3, 2);
    qsort(claims, 3, sizeof *claims, by_row);
    assert_int_equal(claims[0].given, 1);
    assert_int_equal(claims[1].given, 1);
    assert_int_equal(claims[2].given, 0);
}

// Whatever the claims: all that is available is given, nobody gets more than is owed, the order does not matter.
static void random_claims_share_everything(void **unused) {
    (void)unused;
    struct dice d = { 7 };
    for (int round = 0; round < 2000; round++) {
        struct claim claims[8] = { 0 }, turned[8];
        uint32_t count = (uint32_t)dice_roll(&d, 1, 8);
        int64_t owed = 0, given = 0;
        for (uint32_t i = 0; i < count; i++) {
            claims[i] = (struct claim){ .owed = dice_roll(&d, 1, 50), .row = i, .priority = dice_roll(&d, 0, 2),
                                        .since = dice_roll(&d, 1, 3) };
            owed += claims[i].owed;
        }
        int64_t available = dice_roll(&d, 0, (int)owed + 5);
        for (uint32_t i = 0; i < count; i++) turned[i] = claims[count - 1 - i];
        allocate(claims, count, available);
        allocate(turned, count, available);
        qsort(claims, count, sizeof *claims, by_row);
        qsort(turned, count, sizeof *turned, by_row);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(claims[i].given >= 0 && claims[i].given <= claims[i].owed);
            assert_int_equal(claims[i].given, turned[i].given);
            given += claims[i].given;
        }
        assert_int_equal(given, available < owed ? available : owed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_serves_everyone),
        cmocka_unit_test(the_higher_priority_goes_first),
        cmocka_unit_test(the_largest_remainder_gets_the_rest),
        cmocka_unit_test(equal_remainders_go_to_the_oldest_then_to_the_first_id),
        cmocka_unit_test(random_claims_share_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
