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
    assert_true((double)c->with_chain <= c->most_as_mixed && c->most_as_mixed <= c->most + 1e-6);
    assert_true(c->most <= c->most_alone + (double)c->begun);
    assert_true(c->with_chain > 0 && c->with_chain <= c->alone);
    capacity_free(c);
    free(c);
    loaded_free(&l);
}

enum { LIMITS_MOST = 400 };

static double most_of(const struct model *m, struct capacity_limit *limits, uint32_t *count) {
    struct programs_options options = { .purpose = PROGRAMS_CAPACITY, .first_day = 0, .last_day = -1 };
    struct programs *p;
    double vehicles;
    assert_true(m->n.line + m->n.maker <= LIMITS_MOST);
    assert_int_equal(programs_make(m, &options, &p), AP_OK);
    assert_int_equal(programs_most(p, 365, &vehicles, limits, count), AP_OK);
    programs_free(p);
    return vehicles;
}

// In the order of what 1 % adds; and a hundredth less of each takes from the bound what its dual says.
static void what_binds_is_worth_what_its_dual_says(void **unused) {
    (void)unused;
    struct capacity_limit limits[LIMITS_MOST], others[LIMITS_MOST];
    struct loaded l;
    uint32_t count, other_count;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    for (uint32_t i = 1; i < l.model.n.maker; i++) l.model.makers[i].rate_micro /= 3;   // so that suppliers bind too
    double most = most_of(&l.model, limits, &count);
    uint32_t makers = 0;
    assert_true(count > 1);
    for (uint32_t i = 0; i < count; i++) {
        const struct capacity_limit *x = &limits[i];
        assert_true((x->line == 0) != (x->maker == 0) && x->gain > 0 && x->units > 0);
        assert_true(i == 0 || x->gain * x->units <= x[-1].gain * x[-1].units);
        if (!x->maker) continue;
        makers++;
        int64_t rate = l.model.makers[x->maker].rate_micro;
        l.model.makers[x->maker].rate_micro = rate * 99 / 100;
        double loss = most - most_of(&l.model, others, &other_count), expected = x->units * x->gain / 100;
        assert_true(loss >= 0.99 * expected);     // a bound falls at least as fast as its slope
        l.model.makers[x->maker].rate_micro = rate;
    }
    assert_true(makers > 0);
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
