// Overlays: a folder that holds only what differs from its parent.
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

// A folder inside the test's folder, with a settings.csv that names its parent.
static void child_put(const struct folder_read *f, const char *name, const char *parent) {
    char path[300], text[200];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    assert_true(mkdir(path, 0777) == 0);
    snprintf(path, sizeof path, "%.100s/settings.csv", name);
    snprintf(text, sizeof text, "setting,value\nparent,%s\n", parent);
    file_put(f, path, text);
}

static void child_open(struct folder_read *f, const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    f->status = scenario_read(path, NULL, &f->complaints, &f->tables, &f->inputs);
}

static const struct enterprise_row *enterprise_find(const struct folder_read *f, const char *name) {
    for (uint32_t i = 1; i <= f->tables.enterprises_count; i++) {
        if (strcmp(f->tables.enterprises[i].enterprise, name) == 0) return &f->tables.enterprises[i];
    }
    return NULL;
}

static void an_overlay_without_rows_is_its_parent(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "..");
    child_open(&f, "child");
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.enterprises_count, 11);
    assert_string_equal(f.tables.settings.region, "Riverbend");
    assert_string_equal(f.tables.name, "child");
    assert_int_equal(f.inputs.count, small_region_count);
    assert_string_equal(f.inputs.files[0].path, "../bom.csv");
    folder_close(&f);
}

static void rows_are_replaced_added_and_removed_by_their_keys(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "../");
    file_put(&f, "child/enterprises.csv",
             "action,enterprise,district,size\nset,TYRES,RIVERSIDE,5\n,NEW,HILLS,7\n");
    file_put(&f, "child/shocks.csv",
             "shock,from,until,scope,target,basis,action\n"
             "low-water,2023-09-10,2023-10-05,lane,RIVER,capacity,remove\n");
    file_put(&f, "child/reported.csv", "indicator,period,value\nvehicle_output,2023,5\n");
    child_open(&f, "child");
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.enterprises_count, 12);
    const struct enterprise_row *tyres = enterprise_find(&f, "TYRES");
    assert_int_equal(tyres->size, 500);
    assert_string_equal(tyres->family, "");                       // the whole row is replaced
    assert_string_equal(f.tables.districts[tyres->district].district, "RIVERSIDE");
    assert_int_equal(enterprise_find(&f, "NEW")->size, 700);
    assert_int_equal(f.tables.shocks_count, 3);
    for (uint32_t i = 1; i <= 3; i++) assert_string_not_equal(f.tables.shocks[i].shock, "low-water");
    assert_int_equal(f.tables.reported_count, 2);
    assert_true(f.tables.reported[1].value == 5);
    folder_close(&f);
}

static void references_to_a_removed_row_dangle(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "..");
    file_put(&f, "child/enterprises.csv", "enterprise,district,action\nSEATS-A,,remove\n");
    child_open(&f, "child");
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_int_equal(f.complaints.count, 3);                      // its row in makers.csv and two links
    assert_string_equal(f.complaints.shown[0].rule, "UNKNOWN_ENTERPRISE");
    assert_string_equal(f.complaints.shown[0].suggestion, "did you mean \"SEATS-B\"?");
    folder_close(&f);
}

static void grandchildren_see_both(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "..");
    child_put(&f, "grandchild", "../child");
    file_put(&f, "child/enterprises.csv", "enterprise,district,action\nNEW,HILLS,set\nOLD,HILLS,set\n");
    file_put(&f, "grandchild/enterprises.csv", "enterprise,district,action\nNEW,COAST,set\nOLD,,remove\n");
    child_open(&f, "grandchild");
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.enterprises_count, 12);
    assert_string_equal(f.tables.districts[enterprise_find(&f, "NEW")->district].district, "COAST");
    assert_null(enterprise_find(&f, "OLD"));
    assert_string_equal(f.inputs.files[0].path, "../child/../bom.csv");
    folder_close(&f);
}

static void settings_are_overlaid_too(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "..");
    file_put(&f, "child/settings.csv", "setting,value,action\nparent,..,\nseed,99,\nregion_zh,,remove\n");
    child_open(&f, "child");
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.settings.seed, 99);
    assert_string_equal(f.tables.settings.region, "Riverbend");
    assert_string_equal(f.tables.settings.region_zh, "");
    folder_close(&f);
}

static void what_cannot_be_overlaid_is_said(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    child_put(&f, "child", "..");
    file_put(&f, "child/enterprises.csv", "enterprise,district,action\nTYRE,,remove\nTYRES,HILLS,delete\n");
    file_put(&f, "child/lanes.csv", "lane,action\nTOWN,set\nTOWN,remove\n");
    file_put(&f, "child/claims.csv", "year,period,series,claim,value,action\n2023,year,x,level,1,remove\n");
    child_open(&f, "child");
    assert_int_equal(f.complaints.count, 4);
    assert_true(complained(&f, "NO_KEY", "claims.csv", (const uint32_t[]){2, 21}));
    assert_true(complained(&f, "NOTHING_TO_REMOVE", "enterprises.csv", (const uint32_t[]){2, 1}));
    assert_string_equal(suggested(&f, "NOTHING_TO_REMOVE"), "did you mean \"TYRES\"?");
    assert_true(complained(&f, "UNKNOWN_CHOICE", "enterprises.csv", (const uint32_t[]){3, 13}));
    assert_true(complained(&f, "DUPLICATE_KEY", "lanes.csv", (const uint32_t[]){3, 1}));
    folder_close(&f);
}

static void an_action_needs_a_parent(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    file_put(&f, "lanes.csv", "lane,action\nTOWN,set\nCOUNTRY,\nRIVER,\nRAIL,\n");
    folder_open(&f, NULL);
    assert_int_equal(f.complaints.count, 1);
    assert_true(complained(&f, "UNKNOWN_COLUMN", "lanes.csv", (const uint32_t[]){1, 6}));
    folder_close(&f);
}

static void a_circle_of_parents_is_refused(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    child_put(&f, "one", "../two");
    child_put(&f, "two", "../three");
    child_put(&f, "three", "../one/");
    child_open(&f, "one");
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_true(complained(&f, "PARENT_CYCLE", "three/settings.csv", (const uint32_t[]){2, 8}));
    folder_close(&f);
}

static void a_parent_must_exist_and_be_relative(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    child_put(&f, "one", "../none");
    child_put(&f, "two", "/tmp");
    child_open(&f, "one");
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_true(complained(&f, "UNKNOWN_PARENT", "one/settings.csv", (const uint32_t[]){2, 8}));
    tables_free(&f.tables);
    child_open(&f, "two");
    assert_true(complained(&f, "PARENT_NOT_RELATIVE", "two/settings.csv", (const uint32_t[]){2, 8}));
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_overlay_without_rows_is_its_parent),
        cmocka_unit_test(rows_are_replaced_added_and_removed_by_their_keys),
        cmocka_unit_test(references_to_a_removed_row_dangle),
        cmocka_unit_test(grandchildren_see_both),
        cmocka_unit_test(settings_are_overlaid_too),
        cmocka_unit_test(what_cannot_be_overlaid_is_said),
        cmocka_unit_test(an_action_needs_a_parent),
        cmocka_unit_test(a_circle_of_parents_is_refused),
        cmocka_unit_test(a_parent_must_exist_and_be_relative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
