// A simulated year never makes more than its bounds, and what is said to bind does.
#include <stdlib.h>

#include "laws/load.h"
#include "study/capacity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct capacity *capacity_of(struct loaded *l) {
    struct capacity *c = calloc(1, sizeof *c);
    assert_non_null(c);
    assert_int_equal(capacity_find(&l->tables, &l->complaints, c), AP_OK);
    return c;
}

static void no_run_beats_its_bound(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    struct capacity *c = capacity_of(&l);
    int64_t alone = 0, with_chain = 0;
    double most = (double)c->begun_alone;
    assert_true(c->line_count > 0);
    for (uint32_t i = 0; i < c->line_count; i++) {
        const struct capacity_line *x = &c->lines[i];
        assert_true((double)x->alone <= x->most + (double)c->begun_alone);
        assert_true((double)x->with_chain <= x->most + (double)c->begun);
        alone += x->alone;
        with_chain += x->with_chain;
        most += x->most;
    }
    assert_true(alone == c->alone && with_chain == c->with_chain);
    assert_true((double)c->alone <= c->most_alone && c->most_alone == most);
    assert_true((double)c->with_chain <= c->most && c->most <= c->most_alone + (double)c->begun);
    assert_true(c->with_chain > 0 && c->with_chain <= c->alone);
    capacity_free(c);
    free(c);
    loaded_free(&l);
}

// In the order of what 1 % adds; and a slower shop, where lines bind, takes from the bound what it takes from the line.
static void what_binds_is_worth_what_its_dual_says(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    struct capacity *c = capacity_of(&l);
    assert_true(c->limit_count > 0);
    for (uint32_t i = 0; i < c->limit_count; i++) {
        const struct capacity_limit *x = &c->limits[i];
        assert_true((x->line == 0) != (x->maker == 0) && x->gain > 0 && x->units > 0);
        assert_true(i == 0 || x->gain * x->units <= x[-1].gain * x[-1].units);
    }
    uint32_t line = c->limits[0].line;
    assert_true(line > 0);
    double units = c->limits[0].units, gain = c->limits[0].gain, most = c->most - (double)c->begun;
    uint32_t table_row = c->model.lines[line].table_row;
    for (uint32_t i = 1; i <= l.tables.shops_count; i++)
        if (l.tables.shops[i].line == table_row) l.tables.shops[i].cycle_seconds *= 1.01;
    capacity_free(c);
    assert_int_equal(capacity_find(&l.tables, &l.complaints, c), AP_OK);
    double loss = most - (c->most - (double)c->begun), expected = units * gain * (1 - 1 / 1.01);
    assert_true(loss > 0.9 * expected && loss < 1.1 * expected);
    capacity_free(c);
    free(c);
    loaded_free(&l);
}

static void without_lines_there_is_nothing_to_count(void **unused) {
    (void)unused;
    struct loaded l;
    struct capacity *c = calloc(1, sizeof *c);
    assert_non_null(c);
    assert_true(loaded_read("scenarios/cases/D2", NULL, &l));
    assert_int_equal(capacity_find(&l.tables, &l.complaints, c), AP_BAD_USE);
    capacity_free(c);
    free(c);
    loaded_free(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_run_beats_its_bound),
        cmocka_unit_test(what_binds_is_worth_what_its_dual_says),
        cmocka_unit_test(without_lines_there_is_nothing_to_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
