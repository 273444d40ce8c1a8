// Whole scenarios: what is read, and one mistake at a time with its rule and place.
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

static void the_small_region_is_read_without_a_complaint(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    folder_open(&f, NULL);
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.enterprises_count, 11);
    assert_string_equal(f.tables.settings.region_zh, "河湾");
    assert_int_equal(f.tables.settings.from, day_from_date(2023, 1, 1));
    assert_int_equal(f.tables.settings.turnover_threshold, 2000000000);
    const struct enterprise_row *packs = &f.tables.enterprises[4];
    assert_string_equal(packs->enterprise, "PACKS");
    assert_int_equal(packs->size, 160000000000);
    assert_string_equal(f.tables.districts[packs->district].district, "HILLS");
    assert_int_equal(packs->common.source.line, 5);
    assert_int_equal(packs->common.confidence, SYNTHETIC);
    const struct maker_row *maker = &f.tables.makers[1];
    assert_true(maker->common.low == 1.15 && maker->common.high == 1.4);
    assert_int_equal(maker->common.law, LAW_TRIANGULAR);
    assert_true(maker->capacity == REAL_NONE);
    assert_int_equal(f.tables.bom[1].value, YUAN_NONE);
    assert_null(f.tables.enterprises[0].enterprise);
    folder_close(&f);
}

static void the_manifest_lists_each_file_with_its_hash(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    file_put(&f, "sources.csv", "");
    folder_open(&f, NULL);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.inputs.count, small_region_count);     // without README.md, with sources.csv
    assert_string_equal(f.inputs.files[0].path, "bom.csv");
    for (uint32_t i = 0; i < f.inputs.count; i++) {
        if (strcmp(f.inputs.files[i].path, "sources.csv") != 0) continue;
        assert_string_equal(f.inputs.files[i].sha256,
                            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_int_equal(f.inputs.files[i].bytes, 0);
    }
    folder_close(&f);
}

// One change of the small region, and the one complaint that must follow.
struct mistake {
    const char *file, *from, *to, *rule;
    uint32_t    line;
    const char *at;              // what the caret points to; NULL: no column
    const char *suggestion;      // NULL: any
};

static const struct mistake mistakes[] = {
    {"links.csv", "ENGINES,1", "ENGINE,1", "UNKNOWN_ENTERPRISE", 2, "ENGINE,1", "did you mean \"ENGINES\"?"},
    {"enterprises.csv", "RIVERSIDE,plant", "RIVRSIDE,plant", "UNKNOWN_DISTRICT", 2, "RIVRSIDE",
     "did you mean \"RIVERSIDE\"?"},
    {"enterprises.csv", "RIVERSIDE,plant", ",plant", "REQUIRED", 2, ",plant", NULL},
    {"enterprises.csv", "district,kind", "distrct,kind", "MISSING_COLUMN", 1, NULL, NULL},
    {"enterprises.csv", "\nSOUTH,", "\nNORTH,", "DUPLICATE_KEY", 3, "NORTH,", NULL},
    {"enterprises.csv", "7,21,60,0.02", "7,21,20,0.02", "TTR_ORDER", 2, "21,20", NULL},
    {"enterprises.csv", "700000000", "700,000,000", "TOO_MANY_CELLS", 4, "invented", NULL},
    {"enterprises.csv", "700000000", "\"700,000,000\"", "NOT_A_NUMBER", 4, "\"700,000", "write 700000000"},
    {"enterprises.csv", ",supplier,TWO", ",suplier,TWO", "UNKNOWN_CHOICE", 4, "suplier", "write supplier"},
    {"variants.csv", ",0.7,", ",0.6,", "TAKE_SUM", 2, "0.6", NULL},
    {"variants.csv", ",0.7,", ",70,", "OUT_OF_RANGE", 2, "70", "a share is a part of 1: write 0.7"},
    {"variants.csv", ",plug,", ",plugin,", "UNKNOWN_OPTION", 3, "plugin", "did you mean \"plug\"?"},
    {"platforms.csv", "CITY-BILL", "CITY-BIL", "UNKNOWN_BILL", 3, "CITY-BIL,", NULL},
    {"bom.csv", "CONTROL,CHIP", "CONTROL,PACK", "BOM_CYCLE", 0, NULL, NULL},
    {"bom.csv", ",,5,,last", ",,2.5,,last", "NOT_A_WHOLE_NUMBER", 5, "2.5", NULL},
    {"bom.csv", ",,5,,last", ",,0,,last", "OUT_OF_RANGE", 5, "0,", NULL},
    {"holidays.csv", "2023-01-27", "2023-01-20", "DATES_REVERSED", 2, "2023-01-20", NULL},
    {"holidays.csv", "2023-01-27", "2023.1.27", "NOT_A_DATE", 2, "2023.1.27", "write 2023-01-27"},
    {"shifts.csv", "1111110,8", "111111,8", "SHIFT_DAYS", 2, "111111,", NULL},
    {"shifts.csv", "8,24,normal", "24,8,normal", "SHIFT_HOURS", 2, "8,normal", NULL},
    {"shops.csv", "body,paint,225", "body,painting,225", "UNKNOWN_SHOP", 2, "painting", NULL},
    {"shops.csv", "calendar,60,0.5", "calendar,0,0.5", "FAILURES", 2, "0,0.5", NULL},
    {"makers.csv", "1.15,1.4,triangular", "1.4,1.15,triangular", "RANGE", 2, "1.4,", NULL},
    {"makers.csv", "1.15,1.4,triangular", "1.3,1.4,triangular", "RANGE", 2, "1.3,", NULL},
    {"makers.csv", "1.15,1.4,triangular", "1.15,1.4,", "RANGE", 2, "1.15,", NULL},
    {"makers.csv", "1.15,1.4,triangular", "1.15,,triangular", "RANGE", 2, "1.15,", NULL},
    {"makers.csv", "1.15,1.4,triangular", "-1,1.4,triangular", "RANGE", 2, "-1,", NULL},
    {"enterprises.csv", "\nSOUTH,", "\n\"SO\nUTH\",", "LINE_BREAK", 3, "\"SO", "delete it"},
    {"makers.csv", ",0.99,", ",0,", "OUT_OF_RANGE", 2, "0,3", NULL},
    {"markets.csv", "domestic", "local", "MARKET_CHANNEL", 3, "local,COUNTRY", NULL},
    {"legs.csv", "RIVER,2", "RIVER,3", "LEG_GAP", 5, "3,sea", NULL},
    {"shares.csv", "SOUTHPORT,2022,0.75,", "SOUTHPORT,2022", "TOO_FEW_CELLS", 2, NULL, NULL},
    {"volumes.csv", "5800,year", "5800,yer", "UNKNOWN_SHAPE", 8, "yer,", "did you mean \"year\"?"},
    {"shocks.csv", "district,RIVERSIDE", "district,RIVERSID", "UNKNOWN_DISTRICT", 2, "RIVERSID,",
     "did you mean \"RIVERSIDE\"?"},
    {"shocks.csv", "district,RIVERSIDE", "everything,RIVERSIDE", "TARGET", 2, "RIVERSIDE", NULL},
    {"reported.csv", "vehicle_output,2023", "vehicle_output,in 2023", "NOT_A_PERIOD", 2, "in 2023", NULL},
    {"settings.csv", "until,2023", "untill,2023", "UNKNOWN_SETTING", 5, "untill", "did you mean \"until\"?"},
    {"settings.csv", "until,2023-12-31", "until,2022-12-31", "DATES_REVERSED", 5, "2022-12-31", NULL},
    {"settings.csv", "seed,1", "seed,one", "NOT_A_NUMBER", 7, "one", NULL},
    {"settings.csv", "seed,1", "region,1", "DUPLICATE_KEY", 7, "region,1", NULL},
    {"districts.csv", "ABROAD,abroad", "ABROAD ,abroad", "STRAY_SPACE", 5, "ABROAD ", "delete it"},
    {"districts.csv", "ABROAD,abroad", "ABROAD,\"abroad", "OPEN_QUOTE", 5, "\"abroad", NULL},
    {"products.csv", "CELL,battery cell", "CEL,battery cell", "UNKNOWN_PRODUCT", 0, NULL, "did you mean \"CEL\"?"},
};

// True when the complaint's caret stands under this text; NULL: when it has none.
static bool points_at(const struct complaint *c, const char *text) {
    if (!text || c->column == 0 || !c->text) return !text && c->column == 0;
    const char *s = c->text;
    for (uint32_t i = 1; i < c->column && *s; i++) {
        s++;
        while (((unsigned char)*s & 0xC0) == 0x80) s++;
    }
    return strncmp(s, text, strlen(text)) == 0;
}

// True when the complaint is there; others may follow from the same mistake.
static bool mistake_found(const struct mistake *m, const struct folder_read *f) {
    for (uint32_t i = 0; i < f->complaints.count && i < COMPLAINTS_SHOWN; i++) {
        const struct complaint *c = &f->complaints.shown[i];
        if (strcmp(c->rule, m->rule) != 0) continue;
        bool place = m->line == 0 || (c->line == m->line && points_at(c, m->at));
        bool words = !m->suggestion || (c->suggestion && strcmp(c->suggestion, m->suggestion) == 0);
        if (place && words) return true;
    }
    return false;
}

static void each_mistake_is_found_at_its_place(void **unused) {
    (void)unused;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        struct folder_read f;
        folder_make(&f);
        small_put(&f);
        small_change(&f, mistakes[i].file, mistakes[i].from, mistakes[i].to);
        folder_open(&f, NULL);
        bool found = mistake_found(&mistakes[i], &f);
        if (!found) fprintf(stderr, "mistake %zu: %s\n", i, mistakes[i].rule);
        if (!found) complaints_show(&f);
        assert_true(found);
        assert_int_equal(f.status, AP_BAD_INPUT);
        folder_close(&f);
    }
}

static void a_mistake_brings_no_flood_of_others(void **unused) {
    (void)unused;
    static const struct mistake lone[] = {
        {"variants.csv", ",0.7,", ",seven,", "NOT_A_NUMBER", 2, "seven", NULL},
        {"links.csv", "ENGINES,1", "ENGINE,1", "UNKNOWN_ENTERPRISE", 2, "ENGINE,1", NULL},
        {"makers.csv", "1.15,1.4,triangular", "x,1.4,triangular", "NOT_A_NUMBER", 2, "x,1.4", NULL},
        {"settings.csv", "until,2023-12-31", "until,never", "NOT_A_DATE", 5, "never", NULL},
    };
    for (size_t i = 0; i < sizeof lone / sizeof lone[0]; i++) {
        struct folder_read f;
        folder_make(&f);
        small_put(&f);
        small_change(&f, lone[i].file, lone[i].from, lone[i].to);
        folder_open(&f, NULL);
        if (f.complaints.count != 1) complaints_show(&f);
        assert_int_equal(f.complaints.count, 1);
        assert_true(mistake_found(&lone[i], &f));
        folder_close(&f);
    }
}

static void a_cycle_is_named(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    small_change(&f, "bom.csv", "CONTROL,CHIP", "CONTROL,PACK");
    folder_open(&f, NULL);
    bool named = false;
    for (uint32_t i = 0; i < f.complaints.count; i++) {
        named |= strstr(f.complaints.shown[i].message, "PACK -> CONTROL -> PACK") != NULL;
    }
    assert_true(named);
    folder_close(&f);
}

static void files_that_are_missing_or_unknown_are_named(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    file_put(&f, "districts.csv", "district\nA\n");
    file_put(&f, "enterprise.csv", "enterprise,district\nE,A\n");
    file_put(&f, "notes.txt", "not a table");
    file_put(&f, "products.csv", "");
    file_put(&f, "bom.csv", "bill;component;quantity\n");
    folder_open(&f, NULL);
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_int_equal(f.complaints.count, 4);
    assert_string_equal(suggested(&f, "UNKNOWN_FILE"), "did you mean \"enterprises.csv\"?");
    assert_string_equal(suggested(&f, "MISSING_TABLE"), "plants and suppliers");
    assert_true(complained(&f, "WRONG_SEPARATOR", "bom.csv", (const uint32_t[]){1, 1}));
    assert_true(complained(&f, "NO_HEADER", "products.csv", (const uint32_t[]){0, 0}));
    folder_close(&f);
}

static void a_file_in_place_of_a_folder_and_the_other_way_round(void **unused) {
    (void)unused;
    struct folder_read f;
    char path[100];
    folder_make(&f);
    snprintf(path, sizeof path, "%s/nowhere", f.path);
    assert_int_equal(scenario_read(path, NULL, &f.complaints, &f.tables, &f.inputs), AP_BAD_INPUT);
    assert_string_equal(f.complaints.shown[0].rule, "NO_SUCH_FOLDER");
    tables_free(&f.tables);
    file_put(&f, "file", "x");
    snprintf(path, sizeof path, "%s/file", f.path);
    assert_int_equal(scenario_read(path, NULL, &f.complaints, &f.tables, &f.inputs), AP_BAD_INPUT);
    assert_string_equal(f.complaints.shown[1].rule, "NOT_A_FOLDER");
    tables_free(&f.tables);
    small_put(&f);
    snprintf(path, sizeof path, "%s/claims.csv", f.path);
    assert_int_equal(mkdir(path, 0777), 0);
    folder_open(&f, NULL);
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_string_equal(f.complaints.shown[2].rule, "IS_A_FOLDER");
    folder_close(&f);
}

static void settings_and_shocks_can_be_given_to_a_run(void **unused) {
    (void)unused;
    static const struct setting_override set[] = {{"seed", "7"}, {"dealer_days", "10.5"}, {"region", "Elsewhere"}};
    static const char *const shock[] = {"chip-shortage"};
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    folder_open(&f, &(struct read_options){set, 3, shock, 1});
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.settings.seed, 7);
    assert_true(f.tables.settings.dealer_days == 10.5);
    assert_string_equal(f.tables.settings.region, "Elsewhere");
    for (uint32_t i = 1; i <= f.tables.shocks_count; i++) {
        bool low_water = strcmp(f.tables.shocks[i].shock, "low-water") == 0;
        assert_int_equal(f.tables.shocks[i].active, !low_water);
    }
    folder_close(&f);
}

static void a_file_of_shocks_can_be_given_to_a_run(void **unused) {
    (void)unused;
    struct folder_read f;
    char path[100];
    folder_make(&f);
    small_put(&f);
    snprintf(path, sizeof path, "%s/more.shocks", f.path);
    file_put(&f, "more.shocks",
             "shock,from,until,scope,target,active\nfire,2023-03-01,2023-03-09,enterprise,TYRES,no\n");
    const char *const shock[] = {path};
    folder_open(&f, &(struct read_options){NULL, 0, shock, 1});
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(f.tables.shocks_count, 5);
    assert_string_equal(f.tables.shocks[5].shock, "fire");
    assert_int_equal(f.tables.shocks[5].active, 1);
    assert_int_equal(f.inputs.count, small_region_count);      // without README.md, with the shocks
    folder_close(&f);
}

static void wrong_options_are_complained_about(void **unused) {
    (void)unused;
    static const struct setting_override set[] = {{"sed", "7"}, {"seed", "many"}, {"tick_seconds", "7000"}};
    static const char *const shock[] = {"chip-shortge", "./none.csv"};
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    folder_open(&f, &(struct read_options){set, 3, shock, 2});
    assert_int_equal(f.status, AP_BAD_INPUT);
    assert_true(complained(&f, "NO_SUCH_FILE", "./none.csv", (const uint32_t[]){0, 0}));
    assert_true(complained(&f, "UNKNOWN_SETTING", "--set", (const uint32_t[]){0, 0}));
    assert_true(complained(&f, "NOT_A_NUMBER", "--set", (const uint32_t[]){0, 0}));
    assert_true(complained(&f, "UNKNOWN_SHOCK", "--shock", (const uint32_t[]){0, 0}));
    assert_string_equal(suggested(&f, "UNKNOWN_SHOCK"), "did you mean \"chip-shortage\"?");
    assert_true(complained(&f, "TICK_SECONDS", "--set", (const uint32_t[]){0, 0}));
    folder_close(&f);
}

static void keys_are_the_same_in_either_spelling_of_a_date(void **unused) {
    (void)unused;
    struct folder_read f;
    folder_make(&f);
    small_put(&f);
    small_change(&f, "piles.csv", "2022-12-31,,private", "2022/12/31,,public");
    folder_open(&f, NULL);
    assert_int_equal(f.complaints.count, 1);
    assert_string_equal(f.complaints.shown[0].rule, "DUPLICATE_KEY");
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_small_region_is_read_without_a_complaint),
        cmocka_unit_test(the_manifest_lists_each_file_with_its_hash),
        cmocka_unit_test(each_mistake_is_found_at_its_place),
        cmocka_unit_test(a_mistake_brings_no_flood_of_others),
        cmocka_unit_test(a_cycle_is_named),
        cmocka_unit_test(files_that_are_missing_or_unknown_are_named),
        cmocka_unit_test(a_file_in_place_of_a_folder_and_the_other_way_round),
        cmocka_unit_test(settings_and_shocks_can_be_given_to_a_run),
        cmocka_unit_test(a_file_of_shocks_can_be_given_to_a_run),
        cmocka_unit_test(wrong_options_are_complained_about),
        cmocka_unit_test(keys_are_the_same_in_either_spelling_of_a_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
