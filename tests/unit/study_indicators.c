// Figures from a hand-made record: sums, growth, gaps, intervals, misses.
#include "study/indicators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { REPORTED = 4, YEARS = 2 };

// Two years without lines or markets: only the totals and the gaps are filled.
struct desk {
    struct tables       tables;
    struct reported_row reported[REPORTED + 1];
    struct claim_row    claims[2];
    struct pile_row     piles[3];
    struct model        model;
    struct record       record;
    struct figures      figures;
};

static struct desk *desk_new(uint32_t runs, uint32_t worlds) {
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    d->tables.reported = d->reported;
    d->tables.claims = d->claims;
    d->tables.piles = d->piles;
    d->piles[1] = (struct pile_row){.date = day_from_date(2022, 12, 31), .piles = 110};
    d->piles[2] = (struct pile_row){.date = day_from_date(2023, 12, 31), .piles = 210};
    d->tables.piles_count = 2;
    d->reported[1] = (struct reported_row){.common.origin = "A0", .indicator = "nev_output", .period = "2023",
                                           .value = 500, .role = ROLE_DRIVEN};
    d->reported[2] = (struct reported_row){.common.origin = "S16", .indicator = "nev_output",
                                           .period = "2023-01..2023-08", .value = 400, .role = ROLE_SCORED};
    d->tables.reported_count = 2;
    d->claims[1] = (struct claim_row){.year = 2023, .period = "year", .series = "nev_output",
                                      .claim = "level above", .value = 500};
    d->tables.claims_count = 1;
    struct model *m = &d->model;
    m->tables = &d->tables;
    m->from = day_from_date(2022, 1, 1);
    m->until = day_from_date(2023, 12, 31);
    m->first_day = m->from - 60;
    m->days = m->until - m->first_day + 1;
    m->set.bulletin_year = 2023;
    m->n.variant = m->n.enterprise = 2;
    d->record.m = m;
    d->record.days = m->until - m->from + 1;
    d->record.totals = calloc((size_t)d->record.days + 1, sizeof *d->record.totals);
    d->record.gaps = calloc((size_t)d->record.days + 1, sizeof *d->record.gaps);
    assert_int_equal(figures_plan(m, runs, worlds, &d->figures), AP_OK);
    return d;
}

static void desk_free(struct desk *d) {
    record_free(&d->record);
    figures_free(&d->figures);
    free(d);
}

// So many vehicles a day in each year, half of them NEVs.
static void desk_fill(struct desk *d, int64_t first_year, int64_t second_year) {
    day_number turn = day_from_date(2023, 1, 1);
    for (int32_t i = 1; i <= d->record.days; i++) {
        struct totals *t = &d->record.totals[i];
        *t = d->record.totals[i - 1];
        int64_t made = d->model.from + i - 1 < turn ? first_year : second_year;
        t->made += 2 * made;
        t->made_nev += made;
    }
}

static double simulated(const struct desk *d, enum indicator_id id, const char *period) {
    struct period p;
    assert_true(period_parse(period, &p));
    const struct figure *f = figure_find(&d->figures, id, p);
    assert_non_null(f);
    return f->simulated;
}

static void close_one(struct desk *d) {
    figures_read(&d->figures, &d->record, NULL, d->figures.values);
    figures_close(&d->figures);
}

static void sums_growth_and_shares_come_from_the_days(void **unused) {
    (void)unused;
    struct desk *d = desk_new(1, 0);
    desk_fill(d, 1, 2);
    close_one(d);
    assert_true(simulated(d, INDICATOR_vehicle_output, "2022") == 730);
    assert_true(simulated(d, INDICATOR_nev_output, "2023") == 730);
    assert_true(simulated(d, INDICATOR_nev_output, "2023-02") == 56);
    assert_true(simulated(d, INDICATOR_nev_output, "2023-01..2023-08") == 486);
    assert_true(simulated(d, INDICATOR_nev_output_growth, "2023") == 1);
    assert_true(simulated(d, INDICATOR_nev_share, "2023") == 0.5);
    assert_true(simulated(d, INDICATOR_piles_added, "2023") == 100);
    desk_free(d);
}

static void what_is_reported_is_joined_with_its_role_and_miss(void **unused) {
    (void)unused;
    struct desk *d = desk_new(1, 0);
    desk_fill(d, 1, 2);
    close_one(d);
    const struct figure *f = figure_find(&d->figures, INDICATOR_nev_output, period_year(2023));
    assert_true(f->reported == 500 && f->role == ROLE_DRIVEN && f->at_least);
    assert_true(f->miss > 0.4599 && f->miss < 0.4601);
    assert_string_equal(f->source, "A0");
    assert_true(f->low != f->low);                     // one run has no interval
    f = figure_find(&d->figures, INDICATOR_nev_output, period_year(2022));
    assert_true(f->role == ROLE_NONE && f->miss != f->miss);
    desk_free(d);
}

// The twin gains 100 by mid-year, 70 of them are made up again, 30 stay lost.
static void lost_and_delayed_part_at_the_end_of_the_year(void **unused) {
    (void)unused;
    struct desk *d = desk_new(1, 0);
    int32_t start = day_from_date(2023, 1, 1) - d->model.from;
    for (int32_t i = start + 100; i <= d->record.days; i++) {
        int32_t since = i - start - 100;
        d->record.gaps[i].made = since <= 50 ? 2 * since : since <= 120 ? 100 - (since - 50) : 30;
        d->record.gaps[i].sales_missed = 5;
    }
    close_one(d);
    assert_true(simulated(d, INDICATOR_output_lost, "2023") == 30);
    assert_true(simulated(d, INDICATOR_output_delayed, "2023") == 70);
    assert_true(simulated(d, INDICATOR_sales_lost, "2023") == 5);
    assert_true(simulated(d, INDICATOR_output_lost, "2022") == 0);
    desk_free(d);
}

// A year that makes up for the year before loses less than nothing, and delays nothing of its own.
static void making_up_for_last_year_is_a_negative_loss(void **unused) {
    (void)unused;
    struct desk *d = desk_new(1, 0);
    int32_t start = day_from_date(2023, 1, 1) - d->model.from;
    for (int32_t i = start - 50; i <= d->record.days; i++)
        d->record.gaps[i].made = i <= start ? 80 : i < start + 80 ? 80 - (i - start) : 0;
    close_one(d);
    assert_true(simulated(d, INDICATOR_output_lost, "2022") == 80);
    assert_true(simulated(d, INDICATOR_output_lost, "2023") == -80);
    assert_true(simulated(d, INDICATOR_output_delayed, "2023") == 0);
    desk_free(d);
}

static void four_runs_have_a_student_interval(void **unused) {
    (void)unused;
    struct desk *d = desk_new(4, 0);
    const struct figure *f = figure_find(&d->figures, INDICATOR_vehicle_output, period_year(2023));
    size_t row = (size_t)(f - d->figures.rows);
    for (uint32_t i = 0; i < 4; i++) d->figures.values[i * d->figures.count + row] = 10 + (double)i;
    figures_close(&d->figures);
    // Deviation 1.29099, t(3) = 3.18245: half = 3.18245 x 1.29099 / 2.
    assert_true(f->simulated == 11.5);
    assert_true(f->low > 9.4457 && f->low < 9.4458);
    assert_true(f->high > 13.5542 && f->high < 13.5543);
    assert_true(f->low_inputs != f->low_inputs);
    desk_free(d);
}

static void many_worlds_have_quantiles(void **unused) {
    (void)unused;
    struct desk *d = desk_new(1, 101);
    const struct figure *f = figure_find(&d->figures, INDICATOR_vehicle_output, period_year(2023));
    size_t row = (size_t)(f - d->figures.rows);
    for (uint32_t i = 0; i < 102; i++)                 // 0, 100, 99, ... in any order
        d->figures.values[i * d->figures.count + row] = i == 0 ? 50 : (double)((i * 37) % 101);
    figures_close(&d->figures);
    assert_true(f->low_inputs == 2.5 && f->high_inputs == 97.5);
    desk_free(d);
}

static void names_are_found_and_others_are_not(void **unused) {
    (void)unused;
    for (uint32_t i = 0; i < INDICATOR_COUNT; i++)
        assert_int_equal(indicator_find(indicator_of((enum indicator_id)i)->name), i);
    assert_int_equal(indicator_find("vehicle_outputs"), INDICATOR_COUNT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_growth_and_shares_come_from_the_days),
        cmocka_unit_test(what_is_reported_is_joined_with_its_role_and_miss),
        cmocka_unit_test(lost_and_delayed_part_at_the_end_of_the_year),
        cmocka_unit_test(making_up_for_last_year_is_a_negative_loss),
        cmocka_unit_test(four_runs_have_a_student_interval),
        cmocka_unit_test(many_worlds_have_quantiles),
        cmocka_unit_test(names_are_found_and_others_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
