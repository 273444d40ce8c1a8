// Times as other programs write them, and what a misspelt one was probably meant to be.
#include "read/moments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/base.h"

static int64_t clock_of(const char *text) {
    int64_t seconds = 0;
    assert_true(moment_parse(text, &seconds));
    return seconds;
}

static void zones_are_read_beside_the_clock(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *clock;
        int32_t     offset;
        bool        zoned;
    } good[] = {
        {"2018-12-21T10:20", "2018-12-21T10:20", 0, false},
        {"2018-12-21 10:20:07", "2018-12-21T10:20:07", 0, false},
        {"2018-12-21T10:20Z", "2018-12-21T10:20", 0, true},
        {"2018-12-21T10:20:07.125Z", "2018-12-21T10:20:07", 0, true},
        {"2018-12-21T10:20:07+08:00", "2018-12-21T10:20:07", 28800, true},
        {"2018-12-21T10:20:07.1-0330", "2018-12-21T10:20:07", -12600, true},
        {"2018-12-21T10:20:07+01", "2018-12-21T10:20:07", 3600, true},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct moment moment;
        assert_true(moment_read(good[i].text, &moment));
        assert_int_equal(moment.clock, clock_of(good[i].clock));
        assert_int_equal(moment.offset, good[i].offset);
        assert_int_equal(moment.zoned, good[i].zoned);
    }
}

static void what_is_no_moment_is_refused(void **unused) {
    (void)unused;
    static const char *const bad[] = {
        "", "2018-12-21", "2018-12-21T", "2018-12-21T10", "2018-12-21T24:00", "2018-02-30T10:00", "2018-12-21T10:20:60",
        "2018-12-21T10:20.5", "2018-12-21T10:20:07.", "2018-12-21T10:20:07X", "2018-12-21T10:20:07+8",
        "2018-12-21T10:20:07+19:00", "2018-12-21T10:20:07+08:60", "2018-12-21T10:20:07ZZ", "21.12.2018 10:20",
        "2018-12-21T10:20:07+08:00:00", "2018-12-21_10:20",
    };
    struct moment moment;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_false(moment_read(bad[i], &moment));
}

static void moments_are_written_as_they_are_read(void **unused) {
    (void)unused;
    static const char *const texts[] = {"2018-12-21T10:20", "2018-12-21T10:20:07", "1969-12-31T23:59:59",
                                        "2024-02-29T00:00"};
    char written[MOMENT_BYTES];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        moment_write(clock_of(texts[i]), written);
        assert_string_equal(written, texts[i]);
    }
}

static void common_misspellings_have_a_suggestion(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *suggestion;
    } misspelt[] = {
        {"21.12.2018 10:20", "write 2018-12-21T10:20"},
        {"8.3.2023 18:00", "write 2023-03-08T18:00"},
        {"12/21/2018 1:05 PM", "write 2018-12-21T13:05"},
        {"12/21/2018 12:05 AM", "write 2018-12-21T00:05"},
        {"2018/1/2 9:05:30", "write 2018-01-02T09:05:30"},
        {"2018年12月21日 下午3:20", "write 2018-12-21T15:20"},
        {"20181221102000", "write 2018-12-21T10:20"},
        {"43455.43", "if this is Excel's day number, write 2018-12-21T10:19:12"},
        {"1545387600", "if these are seconds since 1970, in UTC, write 2018-12-21T10:20"},
    };
    char better[SPELLING_BYTES];
    for (size_t i = 0; i < sizeof misspelt / sizeof misspelt[0]; i++) {
        assert_true(moment_spelling(misspelt[i].text, better));
        assert_string_equal(better, misspelt[i].suggestion);
    }
}

static void what_could_be_two_days_has_none(void **unused) {
    (void)unused;
    static const char *const unclear[] = {"03/04/2018 10:20", "yesterday", "", "10:20", "2018-13-40 10:20",
                                          "99999999999",
                                          "2018-12-21", "32.01.2018 10:20", "9e99"};
    char better[SPELLING_BYTES];
    for (size_t i = 0; i < sizeof unclear / sizeof unclear[0]; i++) {
        assert_false(moment_spelling(unclear[i], better));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_are_read_beside_the_clock),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(moments_are_written_as_they_are_read),
        cmocka_unit_test(common_misspellings_have_a_suggestion),
        cmocka_unit_test(what_could_be_two_days_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
