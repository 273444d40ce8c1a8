#include "base/words.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Makes room for `more` bytes and a NUL.
static bool words_room(struct words *w, size_t more) {
    if (w->refused) return false;
    size_t needed = w->count + more + 1;
    if (needed <= w->room) return true;
    size_t room = w->room ? w->room * 2 : 256;
    if (room < needed) room = needed;
    char *text = w->arena ? arena_bytes(w->arena, room) : realloc(w->text, room);
    if (!text) {
        w->refused = true;
        return false;
    }
    if (w->arena && w->count > 0) memcpy(text, w->text, w->count + 1);
    w->text = text;
    w->room = room;
    return true;
}

void words_add_bytes(struct words *w, const char *bytes, size_t count) {
    ASSERT(w != NULL);
    if (!words_room(w, count)) return;
    if (count > 0) memcpy(w->text + w->count, bytes, count);
    w->count += count;
    w->text[w->count] = '\0';
}

void words_add_text(struct words *w, const char *text) {
    ASSERT(text != NULL);
    words_add_bytes(w, text, strlen(text));
}

void words_add(struct words *w, const char *format, ...) {
    ASSERT(w != NULL);
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    ASSERT(length >= 0);
    if (!words_room(w, (size_t)length)) return;
    va_start(values, format);
    vsnprintf(w->text + w->count, (size_t)length + 1, format, values);
    va_end(values);
    w->count += (size_t)length;
}

void words_add_json(struct words *w, const char *text) {
    words_add_bytes(w, "\"", 1);
    for (const char *s = text; *s; s++) {
        unsigned char byte = (unsigned char)*s;
        if (byte == '"' || byte == '\\') {
            words_add_bytes(w, "\\", 1);
            words_add_bytes(w, s, 1);
        } else if (byte < 0x20 || byte == 0x7F) {
            words_add(w, "\\u%04x", byte);
        } else {
            words_add_bytes(w, s, 1);
        }
    }
    words_add_bytes(w, "\"", 1);
}

void words_add_csv(struct words *w, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        words_add_text(w, text);
        return;
    }
    words_add_bytes(w, "\"", 1);
    for (const char *s = text; *s; s++) {
        if (*s == '"') words_add_bytes(w, "\"", 1);
        words_add_bytes(w, s, 1);
    }
    words_add_bytes(w, "\"", 1);
}

const char *words_text(const struct words *w) {
    return w->text ? w->text : "";
}

enum ap_status words_status(const struct words *w) {
    return w->refused ? AP_NO_MEMORY : AP_OK;
}

void words_free(struct words *w) {
    ASSERT(w != NULL);
    if (!w->arena) free(w->text);
    *w = (struct words){.arena = w->arena};
}
