// Large documents by elements: what is handed out, what is refused, and where.
#include "read/json_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct reading {
    struct json_stream stream;
    struct complaints  complaints;
    struct arena       arena;
    FILE              *file;
};

static struct reading *reading_begin(const char *text) {
    struct reading *r = calloc(1, sizeof *r);
    assert_non_null(r);
    r->complaints.arena = &r->arena;
    r->file = fmemopen((void *)(uintptr_t)text, strlen(text), "rb");
    assert_non_null(r->file);
    json_stream_begin(&r->stream, r->file, "file", &r->complaints);
    return r;
}

static void reading_end(struct reading *r) {
    json_stream_end(&r->stream);
    fclose(r->file);
    arena_free(&r->arena);
    free(r);
}

// Reads to the end or a fault; the number of elements.
static uint32_t elements_count(struct reading *r, enum json_next *last) {
    do *last = json_element_next(&r->stream);
    while (*last == JSON_ELEMENT);
    return r->stream.elements;
}

static void arrays_and_envelopes_give_their_elements(void **unused) {
    (void)unused;
    static const struct {
        const char *text;
        uint32_t    elements;
    } good[] = {
        {"[]", 0},
        {" [ {} , {\"a\":[1,2,{\"b\":\"]}\\\"\"}]} ]\n", 2},
        {"\xEF\xBB\xBF[{}]", 1},
        {"{\"data\":[{},{},{}],\"status_code\":1000}", 3},
        {"{\"status_code\":1000,\"timestamp\":\"x\",\"data\" : []}", 0},
        {"{\"data\":{\"id\":\"one\"},\"status_code\":1000}", 1},
        {"{\"data\":null,\"status_code\":1000}", 0},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct reading *r = reading_begin(good[i].text);
        enum json_next last;
        assert_int_equal(elements_count(r, &last), good[i].elements);
        assert_int_equal(last, JSON_END);
        assert_int_equal(r->complaints.count, 0);
        reading_end(r);
    }
}

static void faults_have_a_rule_and_a_place(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *rule;
        uint32_t    line, column;
    } bad[] = {
        {"  \n ", "EMPTY", 2, 2},
        {"[{}", "DOCUMENT_CUT", 1, 4},
        {"[{},\n {\"a\":\"b", "DOCUMENT_CUT", 2, 9},
        {"{\"data\":[{}]", "DOCUMENT_CUT", 1, 13},
        {"{\"data\"", "DOCUMENT_CUT", 1, 8},
        {"[{} {}]", "NOT_JSON", 1, 5},
        {"[{},]", "NOT_JSON", 1, 5},
        {"[{]}", "NOT_JSON", 1, 3},
        {"[{}] []", "NOT_JSON", 1, 6},
        {"<html>", "NOT_JSON", 1, 1},
        {"{\"data\":[],\"data\":[]}", "NOT_JSON", 1, 19},
        {"{\"id\":\"L1\"}", "NO_DATA", 1, 12},
        {"{\"status_code\":3000,\"status_message\":\"down\",\"data\":[]}", "OCPI_STATUS", 0, 0},
        {"[1]", "NOT_AN_OBJECT", 1, 2},
        {"[{},\n{\"a\":\"\xC3\xA9\xFF\"}]", "NOT_UTF8", 2, 8},
        {"[{\"a\":1,\"a\":2}]", "NOT_JSON", 1, 11},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct reading *r = reading_begin(bad[i].text);
        enum json_next last;
        elements_count(r, &last);
        const struct complaint *c = &r->complaints.shown[0];
        assert_int_equal(last, JSON_FAULT);
        assert_int_equal(r->complaints.count, 1);
        assert_string_equal(c->rule, bad[i].rule);
        assert_int_equal(c->line, bad[i].line);
        assert_int_equal(c->column, bad[i].column);
        reading_end(r);
    }
}

static void brackets_have_a_limit(void **unused) {
    (void)unused;
    for (int depth = JSON_DEPTH_MOST - 2; depth <= JSON_DEPTH_MOST; depth++) {
        char text[400] = "[{\"a\":";
        for (int i = 1; i < depth; i++) strcat(text, "[");
        for (int i = 1; i < depth; i++) strcat(text, "]");
        strcat(text, "}]");
        struct reading *r = reading_begin(text);
        enum json_next last;
        elements_count(r, &last);
        assert_int_equal(last, depth < JSON_DEPTH_MOST ? JSON_END : JSON_FAULT);
        if (last == JSON_FAULT) assert_string_equal(r->complaints.shown[0].rule, "NESTED_TOO_DEEP");
        reading_end(r);
    }
}

static void places_point_at_the_value(void **unused) {
    (void)unused;
    static const char text[] = "[{\"x\":{\"b\":1},\n \"evses\": [ {\"s\":\"a,]\"}, {\"s\" : \"重庆\", \"c\":[10,20]} ]}]";
    static const struct {
        const char *path;
        uint32_t    line, column;
    } places[] = {
        {"", 1, 2},           {"x", 1, 7},          {"x.b", 1, 12},         {"evses", 2, 11},
        {"evses[0].s", 2, 18}, {"evses[1].s", 2, 33}, {"evses[1].c[1]", 2, 47}, {"evses[1].none", 2, 26},
        {"none.at.all", 1, 2},
    };
    struct reading *r = reading_begin(text);
    assert_int_equal(json_element_next(&r->stream), JSON_ELEMENT);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        json_complain(&r->stream, (struct json_place){places[i].path, "v"}, "RULE", NULL, "is wrong");
        assert_int_equal(r->complaints.shown[i].line, places[i].line);
        assert_int_equal(r->complaints.shown[i].column, places[i].column);
    }
    assert_string_equal(r->complaints.shown[0].message, "[0]: is wrong: \"v\"");
    assert_string_equal(r->complaints.shown[2].message, "[0].x.b: is wrong: \"v\"");
    reading_end(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_and_envelopes_give_their_elements),
        cmocka_unit_test(faults_have_a_rule_and_a_place),
        cmocka_unit_test(brackets_have_a_limit),
        cmocka_unit_test(places_point_at_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
