// Quantities as people read them, in columns that line up for both scripts.
#include "write/quantity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static void words_are(double value, const char *unit, enum language language, const char *expected) {
    char text[QUANTITY_ROOM];
    quantity_in_words(value, unit, language, text);
    assert_string_equal(text, expected);
}

static void english_counts_in_millions_and_billions(void **unused) {
    (void)unused;
    words_are(2318455, "vehicle", LANGUAGE_EN, "2.32 million vehicles");
    words_are(501201, "vehicle", LANGUAGE_EN, "501,000 vehicles");
    words_are(93582.5, "vehicle", LANGUAGE_EN, "93,600 vehicles");
    words_are(443, "vehicle", LANGUAGE_EN, "443 vehicles");
    words_are(33.17e9, "yuan", LANGUAGE_EN, "33.2 billion yuan");
    words_are(20e6, "yuan", LANGUAGE_EN, "20 million yuan");
    words_are(83, "market", LANGUAGE_EN, "83 countries and regions");
    words_are(0.2157, "share", LANGUAGE_EN, "21.6 %");
    words_are(-0.112, "ratio", LANGUAGE_EN, "-11.2 %");
}

static void chinese_counts_in_wan_and_yi(void **unused) {
    (void)unused;
    words_are(2318455, "vehicle", LANGUAGE_ZH, "231.8万辆");
    words_are(500400, "vehicle", LANGUAGE_ZH, "50.04万辆");
    words_are(8123, "vehicle", LANGUAGE_ZH, "8,123辆");
    words_are(33.17e9, "yuan", LANGUAGE_ZH, "331.7亿元");
    words_are(20e6, "yuan", LANGUAGE_ZH, "2,000万元");
    words_are(210000, "pile", LANGUAGE_ZH, "21万个");
    words_are(0.2157, "share", LANGUAGE_ZH, "21.6%");
}

static void nothing_is_a_dash_and_zero_has_no_sign(void **unused) {
    (void)unused;
    char text[QUANTITY_ROOM];
    struct scale ratio = scale_of("ratio", 0, LANGUAGE_EN);
    quantity_format((double)NAN, ratio, text);
    assert_string_equal(text, "-");
    quantity_format(-0.0001, ratio, text);
    assert_string_equal(text, "0.0 %");
    quantity_format(0.303, ratio, text);
    assert_string_equal(text, "+30.3 %");
}

static void wide_characters_take_two_columns(void **unused) {
    (void)unused;
    assert_int_equal(text_columns("abc"), 3);
    assert_int_equal(text_columns("汽车产量"), 8);
    assert_int_equal(text_columns("±1.2 – 3"), 8);
    struct words words = {0};
    words_add_left(&words, "产量", 6);
    words_add_right(&words, "7", 3);
    assert_string_equal(words_text(&words), "产量    7");
    words_free(&words);
}

static void lines_are_broken_at_spaces_and_not_before_closing_marks(void **unused) {
    (void)unused;
    struct words words = {0};
    words_add_wrapped(&words, "one two three\n\nfour", 8);
    assert_string_equal(words_text(&words), "one two\nthree\n\nfour");
    words_free(&words);
    words_add_wrapped(&words, "汽车产量，年", 8);
    assert_string_equal(words_text(&words), "汽车产\n量，年");
    words_free(&words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_counts_in_millions_and_billions),
        cmocka_unit_test(chinese_counts_in_wan_and_yi),
        cmocka_unit_test(nothing_is_a_dash_and_zero_has_no_sign),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(lines_are_broken_at_spaces_and_not_before_closing_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
