// Periods are read as reported.csv and claims.csv write them.
#include "base/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static void reads_as(const char *text, const char *name) {
    struct period p;
    assert_true(period_parse(text, &p));
    assert_string_equal(p.name, name);
}

static void claim_reads_as(int64_t year, const char *text, const char *name) {
    struct period p;
    assert_true(period_parse_claim(year, text, &p));
    assert_string_equal(p.name, name);
}

static void reported_periods_are_read(void **unused) {
    (void)unused;
    reads_as("2023", "2023");
    reads_as("2023-08", "2023-08");
    reads_as("2023-01..2023-08", "2023-01..2023-08");
    reads_as("2018-2022", "2018-2022");
    reads_as("2018..2022", "2018-2022");
    reads_as("2018-01..2022-12", "2018-2022");
    reads_as("2023-01..2023-12", "2023");
    reads_as("2022-08-15..2022-08-28", "2022-08-15..2022-08-28");
    reads_as("2022-08-01..2022-08-31", "2022-08");
}

static void nonsense_is_no_period(void **unused) {
    (void)unused;
    static const char *const wrong[] = {"", "23", "2023-13", "2023-1", "2023-08..", "2023-08..2023-07", "2022-2018",
                                        "2023-02-30..2023-03-01", "20233", "2023-01..2023-08x"};
    struct period p;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(period_parse(wrong[i], &p));
}

static void claimed_periods_are_read(void **unused) {
    (void)unused;
    claim_reads_as(2023, "year", "2023");
    claim_reads_as(2023, "Jan-Aug", "2023-01..2023-08");
    claim_reads_as(2023, "Jan-Dec", "2023");
    claim_reads_as(2023, "Aug", "2023-08");
    claim_reads_as(2023, "Q1-Q3", "2023-01..2023-09");
    claim_reads_as(2023, "H2", "2023-07..2023-12");
    claim_reads_as(2018, "2018-2022", "2018-2022");
    struct period p;
    assert_false(period_parse_claim(2023, "Aug-Jan", &p));
    assert_false(period_parse_claim(2023, "summer", &p));
}

static void the_year_before_keeps_whole_months(void **unused) {
    (void)unused;
    struct period p;
    assert_true(period_parse("2024-02", &p));
    assert_string_equal(period_year_before(p).name, "2023-02");
    assert_true(period_parse("2025-01..2025-02", &p));
    p = period_year_before(p);
    assert_string_equal(p.name, "2024-01..2024-02");
    assert_int_equal(p.until, day_from_date(2024, 2, 29));
    assert_int_equal(period_month_count(p), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reported_periods_are_read),
        cmocka_unit_test(nonsense_is_no_period),
        cmocka_unit_test(claimed_periods_are_read),
        cmocka_unit_test(the_year_before_keeps_whole_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
