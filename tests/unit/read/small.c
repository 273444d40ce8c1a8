// What is generated from the code agrees with what stands in the repository, and `new` writes all or nothing.
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <jansson.h>

#include "unit/read/folder.h"

// The whole file as a text; NULL when there is none.
static char *file_text(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (!stream) return NULL;
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    size_t count = fread(text, 1, (1 << 20) - 1, stream);
    text[count] = '\0';
    fclose(stream);
    return text;
}

static void the_committed_small_region_is_the_embedded_one(void **unused) {
    (void)unused;
    for (uint32_t i = 0; i < small_region_count; i++) {
        char path[200];
        snprintf(path, sizeof path, "scenarios/small/%s", small_region[i].name);
        char *text = file_text(path);
        assert_non_null(text);
        assert_string_equal(text, small_region[i].text);
        free(text);
    }
    DIR *stream = opendir("scenarios/small");
    uint32_t count = 0;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) count += entry->d_name[0] != '.';
    closedir(stream);
    assert_int_equal(count, small_region_count);
}

static void the_tables_page_is_what_describe_writes(void **unused) {
    (void)unused;
    struct words w = {0};
    describe_markdown(&w);
    char *text = file_text("docs/tables.md");
    assert_non_null(text);
    assert_string_equal(text, words_text(&w));
    free(text);
    words_free(&w);
}

static void the_data_package_names_every_table_and_key(void **unused) {
    (void)unused;
    struct words w = {0};
    describe_datapackage(&w);
    json_error_t error;
    json_t *package = json_loads(words_text(&w), 0, &error);
    assert_non_null(package);
    json_t *resources = json_object_get(package, "resources");
    assert_int_equal(json_array_size(resources), 1 + TABLE_COUNT);
    json_t *districts = json_object_get(json_array_get(resources, 1), "schema");
    json_t *first = json_array_get(json_object_get(districts, "fields"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "name")), "district");
    assert_string_equal(json_string_value(json_array_get(json_object_get(districts, "primaryKey"), 0)), "district");
    json_decref(package);
    words_free(&w);
}

static void every_setting_is_described(void **unused) {
    (void)unused;
    struct words w = {0};
    describe_settings(&w);
    assert_non_null(strstr(words_text(&w), "`warm_up_days`"));
    assert_non_null(strstr(words_text(&w), "`no`, `lines`, `chain`"));
    words_free(&w);
}

static void complaints_become_text_and_json(void **unused) {
    (void)unused;
    struct arena a = {0};
    struct complaints c = {.arena = &a};
    struct words text = {0}, json = {0};
    complaints_write(&text, &c);
    assert_string_equal(words_text(&text), "");
    complain(&c, (struct source){"lines.csv", 14}, 7, "重庆,ENT-07", "UNKNOWN_ENTERPRISE", "look", "none: \"%s\"",
             "E\"7");
    complain(&c, (struct source){"folder", 0}, 0, NULL, "MISSING_TABLE", NULL, "none");
    complaints_write(&text, &c);
    assert_string_equal(words_text(&text), "lines.csv:14:7: error: none: \"E\"7\" [UNKNOWN_ENTERPRISE]\n"
                                           "  重庆,ENT-07\n"
                                           "          ^\n"
                                           "  suggestion: look\n"
                                           "folder: error: none [MISSING_TABLE]\n"
                                           "2 errors\n");
    complaints_write_json(&json, &c);
    json_error_t error;
    json_t *all = json_loads(words_text(&json), 0, &error);
    assert_non_null(all);
    assert_int_equal(json_integer_value(json_object_get(all, "count")), 2);
    json_t *first = json_array_get(json_object_get(all, "complaints"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "message")), "none: \"E\"7\"");
    assert_int_equal(json_integer_value(json_object_get(first, "column")), 7);
    json_decref(all);
    words_free(&text);
    words_free(&json);
    arena_free(&a);
}

static void a_new_folder_is_whole_and_never_overwrites(void **unused) {
    (void)unused;
    struct folder_read f;
    char path[100];
    folder_make(&f);
    snprintf(path, sizeof path, "%s/region/", f.path);
    assert_int_equal(folder_new(path, &f.complaints), AP_OK);
    assert_int_equal(scenario_read(path, NULL, &f.complaints, &f.tables, &f.inputs), AP_OK);
    assert_string_equal(f.tables.name, "region");
    assert_int_equal(folder_new(path, &f.complaints), AP_BAD_INPUT);
    assert_string_equal(f.complaints.shown[0].rule, "FOLDER_NOT_EMPTY");
    snprintf(path, sizeof path, "%s/none/region", f.path);
    assert_int_equal(folder_new(path, &f.complaints), AP_REFUSED);
    snprintf(path, sizeof path, "%s/region/bom.csv", f.path);
    assert_int_equal(folder_new(path, &f.complaints), AP_BAD_INPUT);
    snprintf(path, sizeof path, "%s/empty", f.path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(folder_new(path, &f.complaints), AP_OK);
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_small_region_is_the_embedded_one),
        cmocka_unit_test(the_tables_page_is_what_describe_writes),
        cmocka_unit_test(the_data_package_names_every_table_and_key),
        cmocka_unit_test(every_setting_is_described),
        cmocka_unit_test(complaints_become_text_and_json),
        cmocka_unit_test(a_new_folder_is_whole_and_never_overwrites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
