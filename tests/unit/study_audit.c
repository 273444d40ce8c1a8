// The audit's rules on hand-made tables: what rounding explains is no conflict, what it does not explain is one.
#include "study/audit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { CLAIMS = 16, REPORTED = 16 };

struct desk {
    struct tables        tables;
    struct claim_row     claims[CLAIMS + 1];
    struct reported_row  reported[REPORTED + 1];
    struct pile_row      piles[4];
    struct audit         audit;
};

static struct desk *desk_new(void) {
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    d->tables.claims = d->claims;
    d->tables.reported = d->reported;
    d->tables.piles = d->piles;
    return d;
}

static void claims(struct desk *d, int64_t year, const char *period, const char *claim, double value) {
    assert_true(d->tables.claims_count < CLAIMS);
    d->claims[++d->tables.claims_count] = (struct claim_row){
        .common = {.origin = "S1", .confidence = CITED}, .year = year, .period = period, .series = "nev_output",
        .claim = claim, .value = value, .unit = ""};
}

static void reports(struct desk *d, const char *indicator, const char *period, double value) {
    assert_true(d->tables.reported_count < REPORTED);
    d->reported[++d->tables.reported_count] = (struct reported_row){
        .common = {.origin = "S2", .confidence = CITED, .low = (double)NAN, .high = (double)NAN},
        .indicator = indicator, .period = period, .value = value, .unit = "", .role = 2};
}

static uint32_t conflicts(struct desk *d, enum audit_rule rule) {
    if (d->audit.statements) audit_free(&d->audit);
    assert_int_equal(audit_run(&d->tables, &d->audit), AP_OK);
    uint32_t count = 0;
    for (uint32_t i = 0; i < d->audit.conflict_count; i++) count += d->audit.conflicts[i].rule == rule;
    return count;
}

static void desk_free(struct desk *d) {
    audit_free(&d->audit);
    free(d);
}

static void a_growth_that_needs_another_base_is_found_with_its_base(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2023, "year", "growth", 0.303);
    reports(d, "nev_output", "2023", 500400);
    reports(d, "nev_output", "2022", 365000);
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 1);
    const struct conflict *c = &d->audit.conflicts[0];
    assert_true(c->implied > 384000 && c->implied < 384100);
    assert_true(c->size > 0.0520 && c->size < 0.0523);
    assert_true(c->computed > 0.370 && c->computed < 0.372);
    desk_free(d);
}

static void a_growth_within_the_printed_digits_is_no_conflict(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2023, "year", "growth", 0.37);
    reports(d, "nev_output", "2023", 500400);
    reports(d, "nev_output", "2022", 365000);
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 0);
    desk_free(d);
}

static void a_growth_that_fits_one_of_two_levels_is_cleared(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2022, "year", "growth", 1.425);
    claims(d, 2022, "year", "level", 369000);
    reports(d, "nev_output", "2022", 365000);
    reports(d, "nev_output", "2021", 152100);
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 0);
    assert_int_equal(conflicts(d, RULE_two_levels), 1);
    desk_free(d);
}

static void more_than_is_a_bound(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2023, "year", "level above", 500000);
    reports(d, "nev_output", "2022", 365000);
    claims(d, 2023, "year", "growth", 0.45);           // 365,000 grew to 529,000: above
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 0);
    claims(d, 2023, "Jan-Dec", "growth", 0.303);       // 475,000: not above
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 1);
    assert_true(d->audit.conflicts[0].at_least || d->audit.conflicts[1].at_least);
    desk_free(d);
}

static void growths_of_a_cumulative_are_held_against_both_cumulatives(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2024, "Jan-Aug", "growth", 1.514);
    reports(d, "nev_output", "2024-01..2024-08", 525000);
    reports(d, "nev_output", "2023-01..2023-08", 202000);
    assert_int_equal(conflicts(d, RULE_growth_against_levels), 1);
    assert_true(d->audit.conflicts[0].implied > 208800 && d->audit.conflicts[0].implied < 208900);
    desk_free(d);
}

static void two_growths_of_one_year_disagree(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2023, "year", "growth", 0.303);
    claims(d, 2023, "year", "growth", 0.37);
    claims(d, 2023, "Jan-Nov", "growth", 0.236);
    assert_int_equal(conflicts(d, RULE_two_growths), 1);
    desk_free(d);
}

static void one_figure_of_two_sources_is_one_statement(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2022, "year", "level", 365000);
    reports(d, "nev_output", "2022", 365000);
    assert_int_equal(conflicts(d, RULE_two_levels), 0);
    assert_int_equal(d->audit.statement_count, 1);
    assert_string_equal(d->audit.statements[0].sources, "S1; S2");
    desk_free(d);
}

static void a_cumulative_is_at_most_the_year(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "nev_output", "2023-01..2023-11", 510000);
    reports(d, "nev_output", "2023", 500400);
    assert_int_equal(conflicts(d, RULE_part_above_whole), 1);
    desk_free(d);
}

static void months_add_up_to_the_cumulative(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "vehicle_output", "2022-01..2022-02", 313300);
    reports(d, "vehicle_output", "2022-03", 210000);
    reports(d, "vehicle_output", "2022-01..2022-03", 523300);
    assert_int_equal(conflicts(d, RULE_parts_against_whole), 0);
    d->reported[3].value = 500000;
    assert_int_equal(conflicts(d, RULE_parts_against_whole), 1);
    assert_true(d->audit.conflicts[0].size > 0.046 && d->audit.conflicts[0].size < 0.047);
    desk_free(d);
}

static void parts_with_a_hole_only_bound_the_whole(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "vehicle_output", "2022-01", 100100);
    reports(d, "vehicle_output", "2022-03", 100100);
    reports(d, "vehicle_output", "2022-01..2022-03", 350700);
    assert_int_equal(conflicts(d, RULE_parts_against_whole), 0);
    d->reported[3].value = 150700;
    assert_int_equal(conflicts(d, RULE_parts_against_whole), 1);
    desk_free(d);
}

static void a_mean_growth_is_held_against_first_and_last_year(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    claims(d, 2018, "2018-2022", "average growth a year", 0.98);
    reports(d, "nev_output", "2018", 23700);
    reports(d, "nev_output", "2022", 365000);
    assert_int_equal(conflicts(d, RULE_average_against_levels), 0);
    d->reported[1].value = 40000;
    assert_int_equal(conflicts(d, RULE_average_against_levels), 1);
    desk_free(d);
}

static void shares_fit_part_and_whole(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "nev_output", "2023", 500400);
    reports(d, "vehicle_output", "2023", 2320000);
    reports(d, "nev_share", "2023", 0.216);
    assert_int_equal(conflicts(d, RULE_share_against_levels), 0);
    d->reported[3].value = 0.25;
    assert_int_equal(conflicts(d, RULE_share_against_levels), 1);
    desk_free(d);
}

static void what_was_added_joins_two_stocks(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "piles", "2023", 210000);
    reports(d, "piles", "2022", 110000);
    reports(d, "piles_added", "2023", 100000);
    assert_int_equal(conflicts(d, RULE_added_against_stock), 0);
    d->reported[3].value = 130000;
    assert_int_equal(conflicts(d, RULE_added_against_stock), 1);
    desk_free(d);
}

static void the_range_of_a_cited_row_is_another_count(void **unused) {
    (void)unused;
    struct desk *d = desk_new();
    reports(d, "vehicle_output", "2018", 2050000);
    d->reported[1].common.low = 1726000;
    d->reported[1].common.high = 2075000;
    d->reported[1].common.note = "a later revision";
    assert_int_equal(conflicts(d, RULE_level_range), 1);
    assert_true(d->audit.conflicts[0].against[0].value == 1726000);
    d->reported[1].common.confidence = ESTIMATED;      // then it is a judgement
    assert_int_equal(conflicts(d, RULE_level_range), 0);
    desk_free(d);
}

static void half_units_follow_the_printed_digits(void **unused) {
    (void)unused;
    assert_true(half_unit_of(0.303, STATES_GROWTH) == 0.0005);
    assert_true(half_unit_of(1.4, STATES_GROWTH) == 0.005);
    assert_true(half_unit_of(369000, STATES_LEVEL) == 500);
    assert_true(half_unit_of(2320000, STATES_LEVEL) == 5000);
    assert_true(half_unit_of(4000000, STATES_LEVEL) == 50000);
    assert_true(half_unit_of(1126700, STATES_LEVEL) == 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_growth_that_needs_another_base_is_found_with_its_base),
        cmocka_unit_test(a_growth_within_the_printed_digits_is_no_conflict),
        cmocka_unit_test(a_growth_that_fits_one_of_two_levels_is_cleared),
        cmocka_unit_test(more_than_is_a_bound),
        cmocka_unit_test(growths_of_a_cumulative_are_held_against_both_cumulatives),
        cmocka_unit_test(two_growths_of_one_year_disagree),
        cmocka_unit_test(one_figure_of_two_sources_is_one_statement),
        cmocka_unit_test(a_cumulative_is_at_most_the_year),
        cmocka_unit_test(months_add_up_to_the_cumulative),
        cmocka_unit_test(parts_with_a_hole_only_bound_the_whole),
        cmocka_unit_test(a_mean_growth_is_held_against_first_and_last_year),
        cmocka_unit_test(shares_fit_part_and_whole),
        cmocka_unit_test(what_was_added_joins_two_stocks),
        cmocka_unit_test(the_range_of_a_cited_row_is_another_count),
        cmocka_unit_test(half_units_follow_the_printed_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
