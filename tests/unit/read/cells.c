// Cells: what is read, what is refused, and what is suggested instead.
#include "read/cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const struct bounds any = {-1e18, 1e18, false};

// Reads the text as a required cell of the kind; the complaint, if there is one, lives in *c.
static bool cell_is(enum column_kind kind, const char *text, void *field, struct complaints *c) {
    static struct arena arena;
    struct column_schema column = {.kind = kind, .name = "x", .of = "one|two|three", .unit = ""};
    arena_free(&arena);
    *c = (struct complaints){.arena = &arena};
    struct cell_case k = {.c = c, .texts = &arena, .text = text, .count = strlen(text), .option = "test"};
    return cell_store(&k, &column, any, field);
}

static void numbers_are_read_to_the_last_bit(void **unused) {
    (void)unused;
    static const struct {
        const char *text;
        double      value;
    } known[] = {
        {"0", 0},           {"1", 1},     {"-2.5", -2.5},           {"+3", 3},
        {".5", 0.5},        {"5.", 5},    {"1e3", 1000},            {"1.5E-3", 0.0015},
        {"0.1", 0.1},       {"0.3", 0.3}, {"123456789.123456789", 123456789.123456789},
        {"9007199254740993", 9007199254740992.0}, {"0.000000000000000000000012345678", 1.2345678e-23},
    };
    struct complaints c;
    double value;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_true(cell_is(COLUMN_REAL, known[i].text, &value, &c));
        assert_true(value == known[i].value);
    }
}

static void amounts_become_fen(void **unused) {
    (void)unused;
    struct complaints c;
    int64_t fen;
    assert_true(cell_is(COLUMN_YUAN, "12.34", &fen, &c) && fen == 1234);
    assert_true(cell_is(COLUMN_YUAN, "12.3", &fen, &c) && fen == 1230);
    assert_true(cell_is(COLUMN_YUAN, "12", &fen, &c) && fen == 1200);
    assert_true(cell_is(COLUMN_YUAN, "-0.05", &fen, &c) && fen == -5);
    assert_true(cell_is(COLUMN_YUAN, "99999999999999.99", &fen, &c) && fen == 9999999999999999);
    assert_false(cell_is(COLUMN_YUAN, "12.345", &fen, &c));
    assert_string_equal(c.shown[0].rule, "NOT_AN_AMOUNT");
    assert_false(cell_is(COLUMN_YUAN, "2e7", &fen, &c));
    assert_string_equal(c.shown[0].suggestion, "write 20000000.00");
}

// Refused with this rule and suggestion (NULL: none).
static void refused_check(enum column_kind kind, const char *text, const char *rule, const char *suggestion) {
    struct complaints c;
    int64_t field[4];
    assert_false(cell_is(kind, text, field, &c));
    assert_int_equal(c.count, 1);
    assert_string_equal(c.shown[0].rule, rule);
    if (suggestion) assert_string_equal(c.shown[0].suggestion, suggestion);
    else assert_null(c.shown[0].suggestion);
}

static void wrong_numbers_come_with_the_right_spelling(void **unused) {
    (void)unused;
    refused_check(COLUMN_REAL, "ten", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "nan", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "inf", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "0x10", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "1e999", "OUT_OF_RANGE", NULL);
    refused_check(COLUMN_REAL, "1e-999", "OUT_OF_RANGE", NULL);
    refused_check(COLUMN_REAL, "1e", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "-", "NOT_A_NUMBER", NULL);
    refused_check(COLUMN_REAL, "1,234,567.5", "NOT_A_NUMBER", "write 1234567.5");
    refused_check(COLUMN_REAL, "1 234", "NOT_A_NUMBER", "write 1234");
    refused_check(COLUMN_REAL, "0,5", "NOT_A_NUMBER", "write 0.5");
    refused_check(COLUMN_REAL, "12.5%", "NOT_A_NUMBER", "write 0.125");
    refused_check(COLUMN_REAL, "3万", "NOT_A_NUMBER", "write 30000");
    refused_check(COLUMN_REAL, "１２", "NOT_A_NUMBER", "write 12");
    refused_check(COLUMN_YUAN, "¥1,000", "NOT_A_NUMBER", "write 1000");
    refused_check(COLUMN_INT, "1,000", "NOT_A_NUMBER", "write 1000");
    refused_check(COLUMN_INT, "12.0", "NOT_A_WHOLE_NUMBER", "write 12");
    refused_check(COLUMN_INT, "12.5", "NOT_A_WHOLE_NUMBER", NULL);
    refused_check(COLUMN_INT, "1e20", "OUT_OF_RANGE", NULL);
    refused_check(COLUMN_REAL, " 5", "STRAY_SPACE", "delete it");
}

static void wrong_dates_come_with_the_right_spelling(void **unused) {
    (void)unused;
    refused_check(COLUMN_DATE, "2023.8.1", "NOT_A_DATE", "write 2023-08-01");
    refused_check(COLUMN_DATE, "2023年8月1日", "NOT_A_DATE", "write 2023-08-01");
    refused_check(COLUMN_DATE, "20230801", "NOT_A_DATE", "write 2023-08-01");
    refused_check(COLUMN_DATE, "31/8/2023", "NOT_A_DATE", "write 2023-08-31");
    refused_check(COLUMN_DATE, "8/31/2023", "NOT_A_DATE", "write 2023-08-31");
    refused_check(COLUMN_DATE, "1/8/2023", "NOT_A_DATE", "write YYYY-MM-DD");
    refused_check(COLUMN_DATE, "45139", "NOT_A_DATE", "if this is Excel's day number, write 2023-08-01");
    refused_check(COLUMN_DATE, "2023-02-30", "NOT_A_DATE", "write YYYY-MM-DD");
    refused_check(COLUMN_DATE, "soon", "NOT_A_DATE", "write YYYY-MM-DD");
}

static void wrong_words_come_with_the_nearest(void **unused) {
    (void)unused;
    refused_check(COLUMN_YESNO, "TRUE", "NOT_YES_OR_NO", "write yes");
    refused_check(COLUMN_YESNO, "0", "NOT_YES_OR_NO", "write no");
    refused_check(COLUMN_YESNO, "是", "NOT_YES_OR_NO", "write yes");
    refused_check(COLUMN_YESNO, "maybe", "NOT_YES_OR_NO", NULL);
    refused_check(COLUMN_CHOICE, "Two", "UNKNOWN_CHOICE", "write two");
    refused_check(COLUMN_CHOICE, "thre", "UNKNOWN_CHOICE", "write three");
    refused_check(COLUMN_CHOICE, "seven", "UNKNOWN_CHOICE", NULL);
    refused_check(COLUMN_ID, "", "REQUIRED", NULL);
}

static void choices_and_answers_become_numbers(void **unused) {
    (void)unused;
    struct complaints c;
    int32_t value;
    assert_true(cell_is(COLUMN_CHOICE, "three", &value, &c) && value == 2);
    assert_true(cell_is(COLUMN_YESNO, "yes", &value, &c) && value == 1);
    assert_true(cell_is(COLUMN_YESNO, "no", &value, &c) && value == 0);
}

static void an_empty_cell_stands_for_the_standard(void **unused) {
    (void)unused;
    struct arena arena = {0};
    struct complaints c = {.arena = &arena};
    struct cell_case k = {.c = &c, .texts = &arena, .text = "", .option = "test"};
    struct column_schema column = {.kind = COLUMN_REAL, .name = "x", .of = "", .standard = "1.5", .unit = ""};
    double value = 7;
    assert_true(cell_store(&k, &column, any, &value) && value == 1.5);
    column.standard = "";
    assert_true(cell_store(&k, &column, any, &value) && value == REAL_NONE);
    column.kind = COLUMN_YUAN;
    int64_t fen = 7;
    assert_true(cell_store(&k, &column, any, &fen) && fen == YUAN_NONE);
    column.kind = COLUMN_DATE;
    day_number day = 7;
    assert_true(cell_store(&k, &column, any, &day) && day == DATE_NONE);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_to_the_last_bit),
        cmocka_unit_test(amounts_become_fen),
        cmocka_unit_test(wrong_numbers_come_with_the_right_spelling),
        cmocka_unit_test(wrong_dates_come_with_the_right_spelling),
        cmocka_unit_test(wrong_words_come_with_the_nearest),
        cmocka_unit_test(choices_and_answers_become_numbers),
        cmocka_unit_test(an_empty_cell_stands_for_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
