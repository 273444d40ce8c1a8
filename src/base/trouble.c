#include "base/trouble.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { MESSAGE_BYTES = 600, LINE_SHOWN_BYTES = 200 };

void assert_failed(const char *condition, const char *file, int line) {
    fprintf(stderr, "%s:%d: this must hold and does not: %s\n", file, line, condition);
    abort();
}

// What a terminal would obey, a file's line break in a message included, becomes a question mark.
static const char *controls_shown(const char *copy) {
    for (char *s = (char *)(uintptr_t)copy; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F) *s = *s == '\t' ? '\t' : '?';
    }
    return copy;
}

// Never NULL for a text: a complaint with an empty word is better than none when memory is refused. Always UTF-8: a
// path or an option may hold anything, and complaints become JSON.
static const char *words_kept(struct arena *a, const char *text) {
    if (!text) return NULL;
    const char *copy = text_mended(a, text);
    return copy ? controls_shown(copy) : "";
}

// The line up to its end, at most LINE_SHOWN_BYTES, never cut inside a UTF-8 character.
static const char *line_kept(struct arena *a, const char *text) {
    if (!text) return NULL;
    size_t count = 0;
    while (count < LINE_SHOWN_BYTES && text[count] != '\0' && text[count] != '\n' && text[count] != '\r') count++;
    if (count == LINE_SHOWN_BYTES) {
        while (count > 0 && ((unsigned char)text[count] & 0xC0) == 0x80) count--;
    }
    const char *copy = text_copy(a, text, count);
    return copy ? controls_shown(copy) : "";
}

void complain(struct complaints *c, struct source at, uint32_t column, const char *text, const char *rule,
              const char *suggestion, const char *format, ...) {
    ASSERT(c != NULL && c->arena != NULL);
    ASSERT(rule != NULL);
    uint64_t index = c->count++;
    if (index >= COMPLAINTS_SHOWN) return;
    char message[MESSAGE_BYTES];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(message, sizeof message, format, values);
    va_end(values);
    ASSERT(length >= 0);
    message[text_utf8_valid(message, strlen(message))] = '\0';   // vsnprintf may have cut a character in two
    c->shown[index] = (struct complaint){
        .file = words_kept(c->arena, at.file ? at.file : ""),
        .line = at.line,
        .column = column,
        .rule = words_kept(c->arena, rule),
        .message = words_kept(c->arena, message),
        .suggestion = words_kept(c->arena, suggestion),
        .text = line_kept(c->arena, text),
    };
}
