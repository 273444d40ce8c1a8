// docs/results.md is what the declarations of the tables say, and they are sound.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "write/database.h"
#include "write/database_compare.h"

static void the_document_is_what_the_declarations_say(void **unused) {
    (void)unused;
    struct words words = {0};
    database_describe(&words);
    assert_int_equal(words_status(&words), AP_OK);
    FILE *file = fopen("docs/results.md", "rb");
    assert_non_null(file);
    char *text = calloc(words.count + 4096, 1);
    assert_non_null(text);
    size_t count = fread(text, 1, words.count + 4095, file);
    fclose(file);
    assert_int_equal(count, words.count);
    assert_string_equal(text, words_text(&words));
    free(text);
    words_free(&words);
}

static const struct output_table *table_named(const char *name) {
    struct result_part parts[] = {grounds_part(NULL), chain_part(NULL), places_part(NULL), flows_part(NULL),
                                  charging_part(NULL), explain_part(NULL), piles_part(NULL), comparison_part(NULL),
                                  hindcast_part(NULL), forecasts_part(NULL), surge_part(NULL)};
    const struct output_table *found = NULL;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        for (int i = 0; i < parts[k].count; i++) {
            if (strcmp(parts[k].tables[i]->name, name) != 0) continue;
            assert_null(found);                          // no name twice
            found = parts[k].tables[i];
        }
    }
    return found;
}

static void every_reference_names_a_table_with_one_key(void **unused) {
    (void)unused;
    struct result_part parts[] = {grounds_part(NULL), chain_part(NULL), places_part(NULL), flows_part(NULL),
                                  charging_part(NULL), explain_part(NULL), piles_part(NULL), comparison_part(NULL),
                                  hindcast_part(NULL), forecasts_part(NULL), surge_part(NULL)};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        for (int i = 0; i < parts[k].count; i++) {
            const struct output_table *t = parts[k].tables[i];
            assert_ptr_equal(table_named(t->name), t);
            for (int c = 0; c < column_count(t); c++) {
                const struct output_table *of = t->columns[c].of ? table_named(t->columns[c].of) : NULL;
                assert_true(!t->columns[c].of || (of && of->keys == 1));
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_is_what_the_declarations_say),
        cmocka_unit_test(every_reference_names_a_table_with_one_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
