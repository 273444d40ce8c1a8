// One cell by every kind of column, and the suggestions for wrong ones. The first byte chooses the kind.
// Properties: an accepted number is strtod's; an accepted date is written back as itself; a suggestion "write X" is
// accepted when it is followed.
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "read/cells.h"
#include "read/spelling.h"

enum { TEXT_MOST = 600 };

static void number_hold(const char *text) {
    double value, plain;
    char better[SPELLING_BYTES];
    if (number_parse(text, &value)) {
        char *end = NULL;
        plain = strtod(text, &end);
        ASSERT(*end == '\0' && plain == value);
    } else if (number_spelling(text, better)) {
        ASSERT(strncmp(better, "write ", 6) == 0);
        ASSERT(number_parse(better + 6, &value));
    }
}

static void date_hold(const char *text) {
    day_number day, again;
    char written[11], better[SPELLING_BYTES];
    if (date_parse(text, &day)) {
        date_format(day, written);
        ASSERT(date_parse(written, &again) && again == day);
    } else if (date_spelling(text, better)) {
        const char *last = strrchr(better, ' ');
        ASSERT(last != NULL && date_parse(last + 1, &again));
    }
}

// A column of this kind in whatever table, by the second byte.
static const struct column_schema *column_by_byte(unsigned kind, unsigned byte, enum table_id *table) {
    const struct column_schema *found = NULL;
    for (unsigned turn = 0; turn < 2; turn++) {
        for (int id = 0; id < TABLE_COUNT; id++) {
            const struct table_schema *schema = table_schema((enum table_id)id);
            for (uint32_t i = 0; i < schema->column_count; i++) {
                if (schema->columns[i].kind != (enum column_kind)kind) continue;
                found = &schema->columns[i];
                *table = (enum table_id)id;
                if (byte-- == 0) return found;
            }
        }
    }
    return found;
}

static void cell_hold(unsigned kind, unsigned byte, const char *text) {
    enum table_id table = (enum table_id)0;
    const struct column_schema *column = column_by_byte(kind, byte, &table);
    if (!column) return;
    struct arena arena = {0};
    static struct complaints none;
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    ASSERT(c != NULL);
    *c = none;
    c->arena = &arena;
    union {
        const char *text;
        double real;
        int64_t whole;
    } field;
    struct cell_case k = {.c = c, .texts = &arena, .text = text, .count = strlen(text), .option = "--set"};
    bool stored = cell_store(&k, column, column_bounds(table_schema(table)->name, column), &field);
    ASSERT(stored == (c->count == 0));
    for (uint64_t i = 0; i < c->count; i++) ASSERT(text_is_utf8(c->shown[i].message, strlen(c->shown[i].message)));
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    char text[TEXT_MOST + 1];
    if (count < 2) return 0;
    unsigned kind = bytes[0] % (COLUMN_CHOICE + 1), column = bytes[1];
    size_t length = count - 2 < TEXT_MOST ? count - 2 : TEXT_MOST;
    memcpy(text, bytes + 2, length);
    text[length] = '\0';
    text[text_utf8_valid(text, strlen(text))] = '\0';      // what is no UTF-8 never comes as far as a cell
    number_hold(text);
    date_hold(text);
    cell_hold(kind, column, text);
    return 0;
}
