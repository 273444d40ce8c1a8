// Comparisons on common random numbers, replications until a half-width, and the input rows that differ: on the small
// region, two months without charging.
#include "study/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "read/read.h"

enum { PAIRS = 4 };

struct opened {
    struct arena      arena;
    struct complaints complaints;
    struct tables     tables;
    struct inputs     inputs;
};

static const struct setting_override winter[] = {
    {"until", "2023-02-28"}, {"warm_up_days", "20"}, {"charging_from", "2023-02-28"}, {"build_to_order_share", "0.8"}};

// The first so many settings of `winter`; with a shock the last alone, as the shock lies in autumn.
static void open_small(struct opened *x, uint32_t overrides, const char *shock) {
    struct read_options o = {shock ? winter + 3 : winter, shock ? 1 : overrides, &shock, shock ? 1 : 0};
    memset(x, 0, sizeof *x);
    x->complaints.arena = &x->arena;
    assert_int_equal(scenario_read("scenarios/small", &o, &x->complaints, &x->tables, &x->inputs), AP_OK);
}

static void close_small(struct opened *x) {
    tables_free(&x->tables);
    arena_free(&x->arena);
}

static struct study_options options_of(uint32_t replications, uint32_t worlds, uint32_t threads) {
    return (struct study_options){.seed = 7, .replications = replications, .worlds = worlds, .threads = threads};
}

static void compare_all(struct opened *a, struct opened *b, struct study_options o, struct comparison *out) {
    assert_int_equal(comparison_make(&a->tables, &b->tables, &o, &a->complaints, out), AP_OK);
    assert_int_equal(comparison_run(out), AP_OK);
    assert_true(out->count > 20);
}

static void a_scenario_does_not_differ_from_itself(void **unused) {
    (void)unused;
    struct opened a, b;
    struct comparison c;
    struct input_differences inputs;
    open_small(&a, 3, NULL);
    open_small(&b, 3, NULL);
    compare_all(&a, &b, options_of(PAIRS, 2, 2), &c);
    for (uint32_t i = 0; i < c.count; i++) {
        const struct difference *d = &c.rows[i];
        assert_true(d->less.mean == 0 || isnan(d->less.mean));
        assert_false(d->moved || d->moved_inputs);
        assert_true(isnan(d->variance_ratio) || d->variance_ratio == 0);
    }
    assert_int_equal(inputs_compare(&a.tables, &b.tables, &inputs), AP_OK);
    assert_int_equal(inputs.count, 0);
    input_differences_free(&inputs);
    comparison_free(&c);
    close_small(&a);
    close_small(&b);
}

// The mean difference is the difference of the means, the interval is Student's of the pairs, and pairing pays.
static void pairs_are_closed_pair_by_pair(void **unused) {
    (void)unused;
    struct opened a, b;
    struct comparison c;
    open_small(&a, 3, NULL);
    open_small(&b, 4, NULL);
    compare_all(&a, &b, options_of(PAIRS, 0, 2), &c);
    uint32_t moved = 0;
    for (uint32_t i = 0; i < c.count; i++) {
        const struct difference *d = &c.rows[i];
        if (isnan(d->less.mean)) continue;
        double means = d->second.mean - d->first.mean, size = d->first.mean + d->second.mean;
        double off = means - d->less.mean;
        assert_true((off < 0 ? -off : off) <= 1e-9 * (size < 0 ? -size : size) + 1e-9);
        assert_int_equal(d->moved, d->less.low > 0 || d->less.high < 0);
        moved += d->moved;
    }
    assert_true(moved > 0);                     // four in five buyers wait instead of one
    comparison_free(&c);
    close_small(&a);
    close_small(&b);
}

static void input_rows_that_differ_are_named(void **unused) {
    (void)unused;
    struct opened a, b;
    struct input_differences d;
    open_small(&a, 0, NULL);
    open_small(&b, 4, "low-water");
    assert_int_equal(inputs_compare(&a.tables, &b.tables, &d), AP_OK);
    assert_int_equal(d.count, 2);
    assert_string_equal(d.rows[0].table, "settings");
    assert_string_equal(d.rows[0].key, "build_to_order_share");
    assert_string_equal(d.rows[0].was, "0.2");
    assert_string_equal(d.rows[0].is, "0.8");
    assert_string_equal(d.rows[1].table, "shocks");
    assert_string_equal(d.rows[1].key, "low-water / 2023-09-10 / 2023-10-05 / lane / RIVER / capacity");
    assert_string_equal(d.rows[1].column, "active");
    assert_string_equal(d.rows[1].was, "no");
    assert_string_equal(d.rows[1].is, "yes");
    input_differences_free(&d);
    close_small(&a);
    close_small(&b);
}

static uint32_t runs_until(struct opened *a, double half_width, uint32_t most, uint32_t threads, bool *met) {
    struct study_options o = options_of(2, 2, threads);
    struct study s;
    o.half_width = half_width;
    o.replications_most = most;
    assert_int_equal(study_make(&a->tables, &o, &a->complaints, &s), AP_OK);
    assert_int_equal(study_run(&s), AP_OK);
    uint32_t runs = s.figures.runs;
    *met = s.precision.met;
    assert_int_equal(s.options.replications, runs);
    // The same figures as from so many replications that were asked for.
    struct study_options fixed = options_of(runs, 2, 1);
    struct study twin;
    assert_int_equal(study_make(&a->tables, &fixed, &a->complaints, &twin), AP_OK);
    assert_int_equal(study_run(&twin), AP_OK);
    assert_int_equal(twin.figures.count, s.figures.count);
    for (uint32_t i = 0; i < (runs + 2) * s.figures.count; i++)
        assert_memory_equal(&twin.figures.values[i], &s.figures.values[i], sizeof(double));
    study_free(&twin);
    study_free(&s);
    return runs;
}

static void replications_go_on_until_the_half_width_on_any_threads(void **unused) {
    (void)unused;
    struct opened a;
    bool met;
    open_small(&a, 3, NULL);
    uint32_t wide = runs_until(&a, 0.5, 40, 2, &met);
    assert_true(met);
    assert_int_equal(wide, REPLICATIONS_FIRST);
    uint32_t one = runs_until(&a, 0.02, 40, 1, &met);
    assert_true(met);
    assert_true(one > wide);
    assert_int_equal(runs_until(&a, 0.02, 40, 3, &met), one);
    assert_int_equal(runs_until(&a, 1e-6, 10, 2, &met), 10);     // cannot be reached: stops at the most, and says so
    assert_false(met);
    close_small(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_does_not_differ_from_itself),
        cmocka_unit_test(pairs_are_closed_pair_by_pair),
        cmocka_unit_test(input_rows_that_differ_are_named),
        cmocka_unit_test(replications_go_on_until_the_half_width_on_any_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
