// Records and cells: quotes, ends of lines, byte order marks, and what is refused.
#include "read/text_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

enum { TEXTS_MOST = 1000 };

// All cells of a text, with | between them and / after each record.
static void cells_of(const char *bytes, size_t count, struct folder_read *f, char out[TEXTS_MOST]) {
    struct text_file file;
    struct text_place place = {0};
    static struct record record;
    char path[100];
    folder_make(f);
    bytes_put(f, "t.csv", bytes, count);
    snprintf(path, sizeof path, "%s/t.csv", f->path);
    out[0] = '\0';
    f->status = text_file_read(path, "t.csv", &f->arena, &f->complaints, &file);
    while (f->status == AP_OK && record_next(&file, &place, &f->complaints, &record)) {
        for (uint32_t i = 0; i < record.cell_count; i++) {
            char cell[TEXTS_MOST];
            cell_write(&file, &record.cells[i], cell);
            strcat(out, cell);
            strcat(out, i + 1 < record.cell_count ? "|" : "/");
        }
    }
}

static void cells_check(const char *text, const char *wanted, const char *rule) {
    struct folder_read f;
    char got[TEXTS_MOST];
    cells_of(text, strlen(text), &f, got);
    assert_string_equal(got, wanted);
    if (!rule) assert_int_equal(f.complaints.count, 0);
    if (rule) assert_string_equal(f.complaints.shown[0].rule, rule);
    folder_close(&f);
}

static void cells_are_separated_by_commas_and_lines(void **unused) {
    (void)unused;
    cells_check("a,b\nc,d\n", "a|b/c|d/", NULL);
    cells_check("a,b\r\nc,d\r\n", "a|b/c|d/", NULL);
    cells_check("a,b\nc,d", "a|b/c|d/", NULL);
    cells_check("a,b\nc,d\r", "a|b/c|d/", NULL);
    cells_check("\xEF\xBB\xBF" "a,b\n", "a|b/", NULL);
    cells_check("a,,\n", "a||/", NULL);
    cells_check("", "", NULL);
}

static void blank_lines_and_lines_of_commas_are_passed_over(void **unused) {
    (void)unused;
    cells_check("a,b\n\n,,,\r\n\"\",\nc,d\n\n", "a|b/c|d/", NULL);
}

static void quoted_cells_hold_commas_quotes_and_lines(void **unused) {
    (void)unused;
    cells_check("\"a,b\",c\n", "a,b|c/", NULL);
    cells_check("\"a \"\"b\"\"\",c\n", "a \"b\"|c/", NULL);
    cells_check("\"a\nb\",c\nd,e\n", "a\nb|c/d|e/", NULL);
    cells_check("\"重庆\",\"\"\"\"\n", "重庆|\"/", NULL);
}

static void broken_quotes_lose_their_line_and_no_other(void **unused) {
    (void)unused;
    cells_check("a,b\n\"c,d\ne,f\n", "a|b/e|f/", "OPEN_QUOTE");
    cells_check("a,b\n\"c\"x,d\ne,f\n", "a|b/e|f/", "TEXT_AFTER_QUOTE");
    cells_check("a,b\nc\"x\",d\ne,f\n", "a|b/e|f/", "QUOTE_IN_CELL");
    cells_check("a,b\n\"c\nd\n\"e\nf,g\n", "a|b/d/f|g/", "OPEN_QUOTE");
    cells_check("a,b\nc\x01,d\ne,f\n", "a|b/e|f/", "CONTROL_CHARACTER");
    cells_check("a,b\rc,d\ne,f\n", "e|f/", "LINE_END");
    cells_check("a,b\nc,d\n\xEF\xBB\xBF" "a,b\ne,f\n", "a|b/c|d/e|f/", "JOINED_FILES");
}

static void bytes_that_are_no_utf8_are_named(void **unused) {
    (void)unused;
    static const struct {
        const char *bytes;
        size_t      count;
        const char *rule, *word;
    } known[] = {
        {"a,b\n\xD6\xD8\xC7\xEC,c\n", 11, "NOT_UTF8", "GB18030"},
        {"a,b\n\xFF,c\n", 7, "NOT_UTF8", "not UTF-8"},
        {"\xFF\xFE" "a\0,\0", 6, "NOT_UTF8", "UTF-16"},
        {"a,b\nc\0,d\n", 9, "NUL_BYTE", "NUL"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct folder_read f;
        char got[TEXTS_MOST];
        cells_of(known[i].bytes, known[i].count, &f, got);
        assert_int_equal(f.status, AP_BAD_INPUT);
        assert_int_equal(f.complaints.count, 1);
        assert_string_equal(f.complaints.shown[0].rule, known[i].rule);
        assert_non_null(strstr(f.complaints.shown[0].message, known[i].word));
        folder_close(&f);
    }
}

static void lines_above_a_mebibyte_are_refused_and_the_rest_is_read(void **unused) {
    (void)unused;
    struct folder_read f;
    char got[TEXTS_MOST];
    size_t count = 1100000;
    char *bytes = malloc(count);
    assert_non_null(bytes);
    memset(bytes, 'x', count);
    memcpy(bytes, "a,b\n", 4);
    memcpy(bytes + count - 5, "\nc,d\n", 5);
    cells_of(bytes, count, &f, got);
    assert_string_equal(got, "a|b/c|d/");
    assert_string_equal(f.complaints.shown[0].rule, "LINE_TOO_LONG");
    assert_int_equal(f.complaints.shown[0].line, 2);
    folder_close(&f);
    bytes[4] = '"';
    cells_of(bytes, count, &f, got);
    assert_string_equal(got, "a|b/c|d/");
    assert_string_equal(f.complaints.shown[0].rule, "OPEN_QUOTE");
    folder_close(&f);
    free(bytes);
}

static void places_count_characters_and_lines_inside_quotes(void **unused) {
    (void)unused;
    struct folder_read f;
    char got[TEXTS_MOST];
    cells_of("重庆,\"x\ny\",z\"\n", strlen("重庆,\"x\ny\",z\"\n"), &f, got);
    assert_int_equal(f.complaints.count, 1);
    assert_int_equal(f.complaints.shown[0].line, 2);
    assert_int_equal(f.complaints.shown[0].column, 5);
    assert_string_equal(f.complaints.shown[0].text, "y\",z\"");
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_separated_by_commas_and_lines),
        cmocka_unit_test(blank_lines_and_lines_of_commas_are_passed_over),
        cmocka_unit_test(quoted_cells_hold_commas_quotes_and_lines),
        cmocka_unit_test(broken_quotes_lose_their_line_and_no_other),
        cmocka_unit_test(bytes_that_are_no_utf8_are_named),
        cmocka_unit_test(lines_above_a_mebibyte_are_refused_and_the_rest_is_read),
        cmocka_unit_test(places_count_characters_and_lines_inside_quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
