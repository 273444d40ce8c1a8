// Any bytes as a CSV file. Properties: cells lie inside the file, spots are lines and columns that exist, and a table
// that was read without a complaint is read again as the same cells when it is written anew.
#include <stdio.h>
#include <string.h>

#include "fuzz/place.h"
#include "fuzz/target.h"
#include "read/text_file.h"

enum { CELL_MOST = 1 << 16 };

// Whatever text a complaint shows is UTF-8 and one line.
static void complaints_hold(const struct complaints *c) {
    for (uint64_t i = 0; i < c->count && i < COMPLAINTS_SHOWN; i++) {
        const struct complaint *shown = &c->shown[i];
        ASSERT(text_is_utf8(shown->message, strlen(shown->message)));
        ASSERT(!shown->text || text_is_utf8(shown->text, strlen(shown->text)));
        ASSERT(!shown->text || !strpbrk(shown->text, "\r\n"));
        ASSERT(shown->line > 0 || shown->column == 0);
    }
}

static void record_hold(const struct text_file *f, const struct record *r, struct words *out) {
    static char text[CELL_MOST];
    ASSERT(r->cell_count > 0 && r->cell_count <= CELLS_MOST);
    for (uint32_t i = 0; i < r->cell_count; i++) {
        const struct cell *cell = &r->cells[i];
        ASSERT(cell->at <= f->count && cell->count <= f->count - cell->at);
        struct spot spot = spot_of(f, r, cell->at);
        ASSERT(spot.at.line >= r->line && spot.column >= 1);
        if (cell->count + 1 > sizeof text) continue;
        size_t length = cell_write(f, cell, text);
        ASSERT(length <= cell->count && text[length] == '\0');
        if (out && i > 0) words_add_text(out, ",");
        if (out) words_add_csv(out, text);
    }
    if (out) words_add_text(out, "\n");
}

// Every record of the file; out: the table written anew. True when nothing was complained about.
static bool records_hold(const char *path, struct words *out) {
    static struct record record;
    struct arena arena = {0};
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    ASSERT(c != NULL);
    c->arena = &arena;
    struct text_file file;
    enum ap_status status = text_file_read(path, "table.csv", &arena, c, &file);
    ASSERT(status == AP_OK || status == AP_BAD_INPUT);
    ASSERT((status == AP_OK) == (c->count == 0));
    struct text_place place = {0};
    uint32_t line = 0;
    while (status == AP_OK && record_next(&file, &place, c, &record)) {
        ASSERT(record.line > line);
        line = record.line;
        record_hold(&file, &record, out);
    }
    complaints_hold(c);
    bool clean = c->count == 0;
    arena_free(&arena);
    return clean;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const char *path = place_file("table.csv", bytes, count);
    struct words first = {0}, second = {0};
    if (records_hold(path, &first)) {
        path = place_file("again.csv", words_text(&first), first.count);
        ASSERT(records_hold(path, &second));
        ASSERT(first.count == second.count && memcmp(words_text(&first), words_text(&second), first.count) == 0);
    }
    words_free(&first);
    words_free(&second);
    return 0;
}
