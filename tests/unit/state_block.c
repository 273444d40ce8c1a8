// The state is one block: copy, hash, compare and difference see every cell; a ledger that does not balance is named.
#include "state/state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "laws/load.h"
#include "tick/tick.h"

static struct loaded world;

static int world_open(void **unused) {
    (void)unused;
    char folder[64];
    bool good = world_folder(1, ORDER_WRITTEN, folder) && loaded_read(folder, NULL, &world);
    world_remove(folder);
    return good ? 0 : 1;
}

static int world_close(void **unused) {
    (void)unused;
    loaded_free(&world);
    return 0;
}

static void a_copy_is_equal_and_has_the_same_hash(void **unused) {
    (void)unused;
    struct state a, b;
    assert_int_equal(state_make(&world.model, &a), AP_OK);
    assert_int_equal(state_make(&world.model, &b), AP_OK);
    for (size_t i = 0; i < a.cells; i++) a.block[i] = (int32_t)(i * 7919);
    a.tick = 5;
    assert_false(state_equal(&a, &b));
    state_copy(&b, &a);
    assert_true(state_equal(&a, &b));
    assert_int_equal(state_hash(&a), state_hash(&b));
    state_free(&a);
    state_free(&b);
}

static void one_cell_that_differs_is_seen_and_named(void **unused) {
    (void)unused;
    const struct model *m = &world.model;
    struct state a, b;
    assert_int_equal(state_make(m, &a), AP_OK);
    assert_int_equal(state_make(m, &b), AP_OK);
#define COLUMN_CHECK(column, per, unit, meaning)                                                                       \
    for (uint32_t row = 0; row < m->n.per; row += m->n.per > 1 ? m->n.per - 1 : 1) {                                   \
        const char *name = NULL;                                                                                       \
        uint32_t found = 0;                                                                                            \
        b.column[row]++;                                                                                               \
        assert_false(state_equal(&a, &b));                                                                             \
        assert_true(state_hash(&a) != state_hash(&b));                                                                 \
        assert_true(state_difference(m, &a, &b, &name, &found));                                                       \
        assert_string_equal(name, #column);                                                                            \
        assert_int_equal(found, row);                                                                                  \
        b.column[row]--;                                                                                               \
    }
    STATE_COLUMNS(COLUMN_CHECK)
#undef COLUMN_CHECK
    assert_true(state_equal(&a, &b));
    state_free(&a);
    state_free(&b);
}

static void a_lost_part_is_found_by_the_ledgers(void **unused) {
    (void)unused;
    struct run r;
    assert_int_equal(run_make(&world.model, luck_of(1, 0), &r), AP_OK);
    assert_int_equal(run_day(&r, 0), AP_OK);
    uint32_t stock = 1;
    while (stock + 1 < world.model.n.stock && r.state.stock_on_hand[stock] == 0) stock++;
    r.state.stock_on_hand[stock]--;
    assert_int_equal(ledger_check(r.m, &r.state, &r.tally, &r.ledger), AP_LEDGER);
    assert_true(strlen(r.ledger.message) > 0);
    run_free(&r);
}

static void a_run_that_resumes_from_a_copy_goes_on_the_same(void **unused) {
    (void)unused;
    struct run straight, resumed;
    assert_int_equal(run_make(&world.model, luck_of(3, 0), &straight), AP_OK);
    assert_int_equal(run_make(&world.model, luck_of(3, 0), &resumed), AP_OK);
    for (int32_t day = 0; day < 40; day++) assert_int_equal(run_day(&straight, day), AP_OK);
    state_copy(&resumed.state, &straight.state);
    memcpy(resumed.tally.block, straight.tally.block, straight.tally.cells * sizeof *straight.tally.block);
    run_resume(&resumed);
    for (int32_t day = 40; day < 80; day++) {
        assert_int_equal(run_day(&straight, day), AP_OK);
        assert_int_equal(run_day(&resumed, day), AP_OK);
        assert_true(state_equal(&straight.state, &resumed.state));
    }
    run_free(&straight);
    run_free(&resumed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_equal_and_has_the_same_hash),
        cmocka_unit_test(one_cell_that_differs_is_seen_and_named),
        cmocka_unit_test(a_lost_part_is_found_by_the_ledgers),
        cmocka_unit_test(a_run_that_resumes_from_a_copy_goes_on_the_same),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
