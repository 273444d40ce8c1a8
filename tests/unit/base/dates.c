#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void every_day_from_1900_to_2200_comes_back(void **unused) {
    (void)unused;
    day_number last = day_from_date(2200, 12, 31);
    struct date before = {1899, 12, 31};
    for (day_number day = day_from_date(1900, 1, 1); day <= last; day++) {
        struct date d = date_from_day(day);
        assert_int_equal(day_from_date(d.year, d.month, d.day), day);
        assert_true(d.day >= 1 && d.day <= days_in_month(d.year, d.month));
        bool next_day = d.day == before.day + 1 && d.month == before.month && d.year == before.year;
        assert_true(next_day || d.day == 1);
        before = d;
    }
}

static void known_days_have_their_numbers_and_weekdays(void **unused) {
    (void)unused;
    assert_int_equal(day_from_date(1970, 1, 1), 0);
    assert_int_equal(day_from_date(2000, 3, 1), 11017);
    assert_int_equal(day_from_date(2023, 1, 22), 19379);
    assert_int_equal(weekday_of(day_from_date(2023, 1, 22)), 6);   // a Sunday, New Year's Day of the rabbit
    assert_int_equal(weekday_of(0), 3);
    assert_int_equal(weekday_of(-1), 2);
    assert_int_equal(days_in_month(2024, 2), 29);
    assert_int_equal(days_in_month(2100, 2), 28);
    assert_int_equal(days_in_month(2000, 2), 29);
}

static void dates_are_written_as_they_are_read(void **unused) {
    (void)unused;
    char text[11];
    day_number day;
    assert_true(date_parse("2023-08-15", &day));
    date_format(day, text);
    assert_string_equal(text, "2023-08-15");
    assert_true(date_parse("2023/8/5", &day));
    date_format(day, text);
    assert_string_equal(text, "2023-08-05");
}

static void what_is_no_date_is_refused(void **unused) {
    (void)unused;
    static const char *const wrong[] = {"",           "2023",        "2023-13-01", "2023-00-10",  "2023-02-29",
                                        "2023-2-01",  "2023-04-31",  "1899-12-31", "2201-01-01",  "2023-01-01 ",
                                        " 2023-01-01", "2023/01-01", "2023-01-1",  "20230101",    "15.8.2023",
                                        "2023-01-001", "2023//1",    "2023-01-",   "-2023-01-01", "2023-1000-1"};
    day_number day;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(date_parse(wrong[i], &day));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2200_comes_back),
        cmocka_unit_test(known_days_have_their_numbers_and_weekdays),
        cmocka_unit_test(dates_are_written_as_they_are_read),
        cmocka_unit_test(what_is_no_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
