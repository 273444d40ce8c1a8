// The page's data: what SQLite has becomes JSON, nothing in it can leave its place in the page, and every query fits
// the tables as they are declared.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>
#include <sqlite3.h>

#include "write/database.h"
#include "write/page.h"

static char folder[] = "/tmp/autopolis-page-XXXXXX";

static sqlite3 *base_opened(void) {
    char path[100];
    snprintf(path, sizeof path, "%s/results.sqlite", folder);
    unlink(path);
    sqlite3 *base = NULL;
    assert_int_equal(sqlite3_open(path, &base), SQLITE_OK);
    return base;
}

static void told(sqlite3 *base, const char *sql) {
    assert_int_equal(sqlite3_exec(base, sql, NULL, NULL, NULL), SQLITE_OK);
}

static json_t *data_read(void) {
    struct words words = {0};
    char trouble[200] = "";
    assert_int_equal(page_data(folder, &words, trouble), AP_OK);
    json_t *data = json_loads(words_text(&words), 0, NULL);
    assert_non_null(data);
    words_free(&words);
    return data;
}

static void tables_that_are_not_there_are_left_out(void **unused) {
    (void)unused;
    sqlite3_close(base_opened());
    json_t *data = data_read();
    assert_int_equal(json_integer_value(json_object_get(data, "page")), 1);
    assert_int_equal(json_object_size(json_object_get(data, "tables")), 0);
    json_decref(data);
}

static void whole_numbers_stay_whole_and_none_is_null(void **unused) {
    (void)unused;
    sqlite3 *base = base_opened();
    told(base, "CREATE TABLE trust(table_name, confidence, rows, ranged);"
               "INSERT INTO trust VALUES ('a', NULL, 9007199254740991, 0.5), ('b', 'x', 3.0, 1e-9)");
    sqlite3_close(base);
    json_t *data = data_read();
    json_t *rows = json_object_get(json_object_get(json_object_get(data, "tables"), "trust"), "rows");
    assert_int_equal(json_array_size(rows), 2);
    json_t *first = json_array_get(rows, 0), *second = json_array_get(rows, 1);
    assert_true(json_is_null(json_array_get(first, 1)));
    assert_int_equal(json_integer_value(json_array_get(first, 2)), 9007199254740991);
    assert_true(json_real_value(json_array_get(first, 3)) == 0.5);
    assert_int_equal(json_integer_value(json_array_get(second, 2)), 3);
    assert_true(json_real_value(json_array_get(second, 3)) == 1e-9);
    json_decref(data);
}

static void no_text_can_end_the_element_it_stands_in(void **unused) {
    (void)unused;
    sqlite3 *base = base_opened();
    told(base, "CREATE TABLE about(key, value);"
               "INSERT INTO about VALUES ('scenario', '</script><script>alert(1)<!--')");
    sqlite3_close(base);
    struct words page = {0};
    char trouble[200] = "";
    assert_int_equal(page_html(folder, &page, trouble), AP_OK);
    size_t shell_count;
    const char *shell = page_shell(&shell_count);
    assert_int_equal(strlen(shell), shell_count);
    assert_null(strstr(page.text, "alert(1)<"));
    assert_non_null(strstr(page.text, "\\u003c/script>\\u003cscript>alert(1)\\u003c!--"));
    assert_true(page.count > shell_count);
    words_free(&page);
}

static void a_result_that_is_not_there_is_refused_in_words(void **unused) {
    (void)unused;
    struct words words = {0};
    char trouble[200] = "";
    assert_int_equal(page_data("/tmp/autopolis-there-is-no-such-folder", &words, trouble), AP_REFUSED);
    assert_true(strlen(trouble) > 5);
    words_free(&words);
}

static void what_the_first_result_lacks_comes_from_the_next(void **unused) {
    (void)unused;
    char other[] = "/tmp/autopolis-page-other-XXXXXX", path[100], trouble[200] = "";
    assert_non_null(mkdtemp(other));
    snprintf(path, sizeof path, "%s/results.sqlite", other);
    sqlite3 *base = base_opened(), *more = NULL;
    told(base, "CREATE TABLE about(key, value); INSERT INTO about VALUES ('scenario', 'small'), ('study', 'run')");
    sqlite3_close(base);
    assert_int_equal(sqlite3_open(path, &more), SQLITE_OK);
    told(more, "CREATE TABLE about(key, value); INSERT INTO about VALUES ('scenario', 'small'), ('study', 'stress');"
               "CREATE TABLE trust(table_name, confidence, rows, ranged);"
               "INSERT INTO trust VALUES ('a', 'cited', 1, 0)");
    const char *folders[] = {folder, other};
    struct words page = {0}, refused = {0};
    assert_int_equal(page_joined(folders, 2, &page, trouble), AP_OK);
    assert_non_null(strstr(page.text, "[\"a\",\"cited\",1,0]"));
    assert_non_null(strstr(page.text, "[\"study\",\"run\"]"));
    assert_null(strstr(page.text, "[\"study\",\"stress\"]"));
    told(more, "UPDATE about SET value = 'chongqing' WHERE key = 'scenario'");
    assert_int_equal(page_joined(folders, 2, &refused, trouble), AP_BAD_USE);
    assert_string_equal(trouble, "it is of another scenario than the first");
    sqlite3_close(more);
    words_free(&page);
    words_free(&refused);
    unlink(path);
    rmdir(other);
}

static void table_declare(sqlite3 *base, const struct output_table *t) {
    struct words sql = {0};
    words_add(&sql, "CREATE TABLE %s (", t->name);
    for (int i = 0; i < column_count(t); i++) words_add(&sql, "%s%s", i ? ", " : "", t->columns[i].name);
    words_add_text(&sql, ")");
    told(base, sql.text);
    words_free(&sql);
}

// Those of studies other than a run, whose tables they declare themselves.
static bool of_a_study(const char *name) {
    static const char *const studies[] = {"pile_plan", "stress_rows", "stress_ranks", "stress_lost", "sensitivity",
                                          "compare", "compare_inputs"};
    for (size_t i = 0; i < sizeof studies / sizeof *studies; i++)
        if (strcmp(studies[i], name) == 0) return true;
    return false;
}

static void every_query_fits_the_declared_tables(void **unused) {
    (void)unused;
    struct result_part parts[] = {grounds_part(NULL), chain_part(NULL), places_part(NULL), flows_part(NULL),
                                  charging_part(NULL)};
    sqlite3 *base = base_opened();
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        for (int i = 0; i < parts[k].count; i++) table_declare(base, parts[k].tables[i]);
    for (int i = 0; i < page_query_count; i++) {
        if (of_a_study(page_queries[i].name)) continue;
        sqlite3_stmt *s = NULL;
        int prepared = sqlite3_prepare_v2(base, page_queries[i].sql, -1, &s, NULL);
        if (prepared != SQLITE_OK) fail_msg("%s: %s", page_queries[i].name, sqlite3_errmsg(base));
        sqlite3_finalize(s);
    }
    sqlite3_close(base);
}

static int folder_make(void **unused) {
    (void)unused;
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **unused) {
    (void)unused;
    char path[100];
    snprintf(path, sizeof path, "%s/results.sqlite", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_that_are_not_there_are_left_out),
        cmocka_unit_test(whole_numbers_stay_whole_and_none_is_null),
        cmocka_unit_test(no_text_can_end_the_element_it_stands_in),
        cmocka_unit_test(a_result_that_is_not_there_is_refused_in_words),
        cmocka_unit_test(what_the_first_result_lacks_comes_from_the_next),
        cmocka_unit_test(every_query_fits_the_declared_tables),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
