#include "read/complaints_text.h"

#include <inttypes.h>

// Places on a terminal that a character takes; Chinese takes two. `s` is moved behind it.
static int character_width(const unsigned char **s) {
    unsigned char first = *(*s)++;
    while ((**s & 0xC0) == 0x80) (*s)++;
    // from U+1100 (E1 84 80) Hangul, from U+2E80 (E2 BA 80) CJK; Latin, Greek, Cyrillic and signs lie below
    if (first < 0xE2) return 1;
    return first == 0xE2 || first == 0xEF ? 1 + (first == 0xEF) : 2;
}

// A caret under the column: tabs stay tabs, so that both lines have the same stops.
static void caret_write(struct words *w, const char *text, uint32_t column) {
    const unsigned char *s = (const unsigned char *)text;
    words_add_text(w, "  ");
    for (uint32_t i = 1; i < column && *s; i++) {
        bool tab = *s == '\t';
        int width = character_width(&s);
        words_add_text(w, tab ? "\t" : width == 2 ? "  " : " ");
    }
    words_add_text(w, "^\n");
}

static uint32_t characters(const char *text) {
    uint32_t count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void complaint_write(struct words *w, const struct complaint *c) {
    words_add_text(w, c->file);
    if (c->line > 0) words_add(w, ":%" PRIu32, c->line);
    if (c->line > 0 && c->column > 0) words_add(w, ":%" PRIu32, c->column);
    words_add(w, ": error: %s [%s]\n", c->message, c->rule);
    if (c->text && c->text[0] != '\0') {
        words_add(w, "  %s\n", c->text);
        // a column behind the cut of a long line has no place to point to
        if (c->column > 0 && c->column <= characters(c->text) + 1) caret_write(w, c->text, c->column);
    }
    if (c->suggestion) words_add(w, "  suggestion: %s\n", c->suggestion);
}

void complaints_write(struct words *w, const struct complaints *c) {
    ASSERT(w != NULL && c != NULL);
    if (c->count == 0) return;
    for (uint64_t i = 0; i < c->count && i < COMPLAINTS_SHOWN; i++) complaint_write(w, &c->shown[i]);
    words_add(w, "%" PRIu64 " error%s", c->count, c->count == 1 ? "" : "s");
    if (c->count > COMPLAINTS_SHOWN) words_add(w, ", the first %d shown", COMPLAINTS_SHOWN);
    words_add_text(w, "\n");
}

static void pair_write(struct words *w, const char *name, const char *value) {
    words_add(w, ",\"%s\":", name);
    if (value) words_add_json(w, value);
    else words_add_text(w, "null");
}

static void complaint_write_json(struct words *w, const struct complaint *c) {
    words_add_text(w, "{\"file\":");
    words_add_json(w, c->file);
    words_add(w, ",\"line\":%" PRIu32 ",\"column\":%" PRIu32, c->line, c->column);
    pair_write(w, "rule", c->rule);
    pair_write(w, "message", c->message);
    pair_write(w, "suggestion", c->suggestion);
    pair_write(w, "text", c->text);
    words_add_text(w, "}");
}

void complaints_write_json(struct words *w, const struct complaints *c) {
    ASSERT(w != NULL && c != NULL);
    words_add(w, "{\"count\":%" PRIu64 ",\"complaints\":[", c->count);
    for (uint64_t i = 0; i < c->count && i < COMPLAINTS_SHOWN; i++) {
        if (i > 0) words_add_text(w, ",");
        complaint_write_json(w, &c->shown[i]);
    }
    words_add_text(w, "]}\n");
}
