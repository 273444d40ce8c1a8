// A run by day: it adds up to the run's tallies, and a fork before a shock equals the whole run with the other shocks.
#include "study/daily.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "read/read.h"

struct opened {
    struct arena      arena;
    struct complaints complaints;
    struct tables     tables;
    struct inputs     inputs;
    struct model      model, calm;         // calm: its shocks at rest
};

static const struct setting_override autumn[] = {
    {"from", "2023-08-01"}, {"until", "2023-10-15"}, {"warm_up_days", "20"}, {"charging_until", "2023-08-01"}};

static void open_small(struct opened *x) {
    struct read_options o = {autumn, 4, NULL, 0};
    memset(x, 0, sizeof *x);
    x->complaints.arena = &x->arena;
    assert_int_equal(scenario_read("scenarios/small", &o, &x->complaints, &x->tables, &x->inputs), AP_OK);
    assert_int_equal(model_build(&x->tables, 3, 0, &x->complaints, &x->model), AP_OK);
    x->calm = x->model;
    x->calm.shocks = calloc(x->model.shock_count, sizeof *x->calm.shocks);
    assert_non_null(x->calm.shocks);
    memcpy(x->calm.shocks, x->model.shocks, x->model.shock_count * sizeof *x->calm.shocks);
    for (uint32_t i = 0; i < x->model.shock_count; i++) x->calm.shocks[i].active = false;
}

static void close_small(struct opened *x) {
    free(x->calm.shocks);
    model_free(&x->model);
    tables_free(&x->tables);
    arena_free(&x->arena);
}

struct keeper {
    struct daily_start start;
    int64_t made;                          // by the run's own tallies
};

static void keep(void *self, const struct run *run, int32_t day) {
    struct keeper *x = self;
    int32_t shock = day_from_date(2023, 8, 15) - run->m->first_day;
    if (day + 1 == shock) assert_int_equal(daily_start_take(run, shock, &x->start), AP_OK);
    x->made = 0;
    for (uint32_t i = 1; i < run->m->n.variant; i++) x->made += run->tally.variant_made[i];
}

static void a_fork_equals_the_whole_run(void **unused) {
    (void)unused;
    struct opened x;
    struct keeper keeper = {0};
    struct daily with, calm, fork;
    struct vehicles all = {0};
    int64_t made = 0, fewer = 0;
    open_small(&x);
    struct daily_options o = {.look = keep, .looker = &keeper}, none = {0};
    assert_int_equal(daily_run(&x.model, luck_of(3, 0), &o, &with), AP_OK);
    assert_int_equal(daily_run(&x.calm, luck_of(3, 0), &none, &calm), AP_OK);
    assert_int_equal(daily_fork(&with, &keeper.start, &x.calm, &none, &fork), AP_OK);
    size_t lines = (size_t)x.model.days * x.model.n.line, variants = (size_t)x.model.days * x.model.n.variant;
    assert_memory_equal(fork.line_made, calm.line_made, lines * sizeof *calm.line_made);
    assert_memory_equal(fork.variant_made, calm.variant_made, variants * sizeof *calm.variant_made);
    assert_memory_equal(fork.variant_sold, calm.variant_sold, variants * sizeof *calm.variant_sold);
    assert_memory_equal(fork.turnover_fen, calm.turnover_fen, (size_t)x.model.days * sizeof *calm.turnover_fen);
    for (int32_t day = 0; day < x.model.days; day++) {
        made += daily_made(&with, &all, day);
        fewer += daily_made(&calm, &all, day) != daily_made(&with, &all, day);
    }
    assert_int_equal(made, keeper.made);
    assert_true(fewer > 0);                // the shock was felt
    daily_start_free(&keeper.start);
    daily_free(&with);
    daily_free(&calm);
    daily_free(&fork);
    close_small(&x);
}

static void vehicles_are_found_by_platform_maker_and_plant(void **unused) {
    (void)unused;
    struct opened x;
    struct vehicles v;
    open_small(&x);
    assert_true(vehicles_find(&x.model, "", &v));
    assert_true(!v.platform && !v.maker && !v.enterprise);
    assert_true(vehicles_find(&x.model, "CITY", &v) && v.platform);
    assert_true(vehicles_find(&x.model, "Bend Electric", &v));
    assert_string_equal(v.maker, "Bend Electric");
    assert_true(vehicles_find(&x.model, "NORTH", &v) && v.enterprise);
    assert_false(vehicles_find(&x.model, "NORHT", &v));
    assert_false(platform_of_nevs(&x.tables, 1));        // seven in ten sedans burn petrol
    assert_true(platform_of_nevs(&x.tables, 2));
    close_small(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fork_equals_the_whole_run),
        cmocka_unit_test(vehicles_are_found_by_platform_maker_and_plant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
