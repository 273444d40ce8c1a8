// Arenas, words and complaints.
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void pieces_are_zeroed_aligned_and_apart(void **unused) {
    (void)unused;
    struct arena a = {0};
    unsigned char *last = NULL;
    for (size_t i = 1; i < 3000; i += 7) {
        unsigned char *piece = TAKE(&a, i, unsigned char);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % 64, 0);
        for (size_t n = 0; n < i; n++) assert_int_equal(piece[n], 0);
        memset(piece, 0xAA, i);
        assert_true(piece != last);
        last = piece;
    }
    assert_non_null(arena_take(&a, 50 * 1024 * 1024, 1));      // larger than any block
    arena_free(&a);
    assert_null(a.blocks);
    assert_int_equal(a.taken, 0);
    assert_non_null(TAKE(&a, 1, int));
    arena_free(&a);
}

static void a_size_that_overflows_is_refused(void **unused) {
    (void)unused;
    struct arena a = {0};
    assert_null(arena_take(&a, SIZE_MAX / 2, 3));
    assert_null(arena_take(&a, SIZE_MAX, 1));
    arena_free(&a);
}

static void texts_are_copied_with_their_end(void **unused) {
    (void)unused;
    struct arena a = {0};
    const char *one = text_copy(&a, "onerous", 3), *two = text_copy(&a, "two", 3), *none = text_copy(&a, "", 0);
    assert_string_equal(one, "one");
    assert_string_equal(two, "two");
    assert_string_equal(none, "");
    arena_free(&a);
}

static void words_grow_in_an_arena_and_without(void **unused) {
    (void)unused;
    struct arena a = {0};
    struct words in_arena = {.arena = &a}, alone = {0};
    assert_string_equal(words_text(&alone), "");
    for (int i = 0; i < 2000; i++) {
        words_add(&in_arena, "%d,", i);
        words_add(&alone, "%d,", i);
    }
    assert_string_equal(words_text(&in_arena), words_text(&alone));
    assert_int_equal(alone.count, strlen(alone.text));
    assert_int_equal(words_status(&alone), AP_OK);
    words_free(&alone);
    assert_null(alone.text);
    arena_free(&a);
}

static void words_quote_for_json_and_csv(void **unused) {
    (void)unused;
    struct words w = {0};
    words_add_json(&w, "a\"b\\c\n重");
    words_add_text(&w, "|");
    words_add_csv(&w, "plain");
    words_add_text(&w, "|");
    words_add_csv(&w, "a,\"b\"");
    assert_string_equal(words_text(&w), "\"a\\\"b\\\\c\\u000a重\"|plain|\"a,\"\"b\"\"\"");
    words_free(&w);
}

static void the_first_hundred_complaints_are_kept_and_all_counted(void **unused) {
    (void)unused;
    struct arena a = {0};
    struct complaints c = {.arena = &a};
    for (int i = 0; i < 250; i++) {
        complain(&c, (struct source){"file.csv", (uint32_t)i}, 3, "a line\nnext", "RULE", NULL, "wrong: \"%d\"", i);
    }
    assert_int_equal(c.count, 250);
    assert_string_equal(c.shown[99].message, "wrong: \"99\"");
    assert_string_equal(c.shown[0].text, "a line");
    assert_null(c.shown[0].suggestion);
    arena_free(&a);
}

static void long_lines_are_cut_between_characters(void **unused) {
    (void)unused;
    struct arena a = {0};
    struct complaints c = {.arena = &a};
    char line[1000] = "x";
    for (int i = 0; i < 300; i++) strcat(line, "重");
    complain(&c, (struct source){"f", 1}, 1, line, "RULE", "do", "%s", line);
    assert_int_equal(strlen(c.shown[0].text), 199);
    assert_true(text_is_utf8(c.shown[0].text, strlen(c.shown[0].text)));
    assert_true(text_is_utf8(c.shown[0].message, strlen(c.shown[0].message)));
    arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_size_that_overflows_is_refused),
        cmocka_unit_test(texts_are_copied_with_their_end),
        cmocka_unit_test(words_grow_in_an_arena_and_without),
        cmocka_unit_test(words_quote_for_json_and_csv),
        cmocka_unit_test(the_first_hundred_complaints_are_kept_and_all_counted),
        cmocka_unit_test(long_lines_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
