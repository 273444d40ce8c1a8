// What a blind forecast knows: nothing of its own year or later.
#include "study/forecast.h"

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
};

static void open_small(struct opened *x) {
    memset(x, 0, sizeof *x);
    x->complaints.arena = &x->arena;
    assert_int_equal(scenario_read("scenarios/small", NULL, &x->complaints, &x->tables, &x->inputs), AP_OK);
}

static void close_small(struct opened *x) {
    tables_free(&x->tables);
    arena_free(&x->arena);
}

static int64_t wanted_in(const struct tables *t, int64_t year) {
    int64_t sum = 0;
    for (uint32_t i = 1; i <= t->volumes_count; i++) sum += t->volumes[i].year == year ? t->volumes[i].units : 0;
    return sum;
}

static const struct forecast_wish level_2023 = {2023, DEMAND_level, 0};

static void nothing_of_the_year_itself_is_known(void **unused) {
    (void)unused;
    struct opened x;
    struct tables seen;
    bool possible;
    open_small(&x);
    assert_int_equal(forecast_tables_make(&x.tables, level_2023, &x.arena, &seen, &possible), AP_OK);
    assert_true(possible);
    assert_int_equal(wanted_in(&seen, 2022), wanted_in(&x.tables, 2022));
    assert_int_equal(wanted_in(&seen, 2023), wanted_in(&x.tables, 2022));
    assert_int_not_equal(wanted_in(&seen, 2023), wanted_in(&x.tables, 2023));
    assert_int_equal(seen.shocks_count, 0);         // all of the small region's are of 2023
    for (uint32_t i = 1; i <= seen.shares_count; i++) assert_true(seen.shares[i].year < 2023);
    const char *season = seen.volumes[seen.volumes_count].shape;
    for (uint32_t i = 1; i <= seen.shapes_count; i++)
        assert_true(seen.shapes[i].year < 2023 || strcmp(seen.shapes[i].shape, season) == 0);
    close_small(&x);
}

// Whatever the year's own rows say, the forecast is the same: the models are equal to the bit of their hash.
static void later_rows_change_nothing(void **unused) {
    (void)unused;
    struct opened x;
    struct tables seen, again;
    struct model first, second;
    bool possible;
    open_small(&x);
    assert_int_equal(forecast_tables_make(&x.tables, level_2023, &x.arena, &seen, &possible), AP_OK);
    seen.settings.until = day_from_date(2023, 3, 31);
    assert_int_equal(model_build(&seen, 1, 0, &x.complaints, &first), AP_OK);
    for (uint32_t i = 1; i <= x.tables.volumes_count; i++)
        if (x.tables.volumes[i].year == 2023) x.tables.volumes[i].units *= 7;
    for (uint32_t i = 1; i <= x.tables.shapes_count; i++) x.tables.shapes[i].weight = (double)i;
    for (uint32_t i = 1; i <= x.tables.shocks_count; i++) x.tables.shocks[i].factor = 0;
    assert_int_equal(forecast_tables_make(&x.tables, level_2023, &x.arena, &again, &possible), AP_OK);
    again.settings.until = day_from_date(2023, 3, 31);
    assert_int_equal(model_build(&again, 1, 0, &x.complaints, &second), AP_OK);
    size_t wanted = (size_t)first.n.offer * (size_t)first.days;
    assert_int_equal(first.days, second.days);
    assert_memory_equal(first.wanted_micro, second.wanted_micro, wanted * sizeof *first.wanted_micro);
    assert_int_equal(first.hash, second.hash);
    model_free(&first);
    model_free(&second);
    close_small(&x);
}

static void growth_needs_two_years_and_rate_none(void **unused) {
    (void)unused;
    struct opened x;
    struct tables seen;
    bool possible;
    double season[13], sum = 0;
    open_small(&x);
    struct forecast_wish wish = {2023, DEMAND_growth, 0};
    assert_int_equal(forecast_tables_make(&x.tables, wish, &x.arena, &seen, &possible), AP_OK);
    assert_false(possible);
    wish.rule = DEMAND_rate;
    assert_int_equal(forecast_tables_make(&x.tables, wish, &x.arena, &seen, &possible), AP_OK);
    assert_true(possible);
    // 2022 is wanted evenly: its rate is its level
    assert_int_equal(wanted_in(&seen, 2023), wanted_in(&x.tables, 2022));
    assert_true(season_before(&x.tables, 2023, season));
    for (int month = 1; month <= 12; month++) sum += season[month];
    assert_true(sum > 1 - 1e-12 && sum < 1 + 1e-12);
    assert_false(season_before(&x.tables, 2022, season));
    close_small(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_the_year_itself_is_known),
        cmocka_unit_test(later_rows_change_nothing),
        cmocka_unit_test(growth_needs_two_years_and_rate_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
