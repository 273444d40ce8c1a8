// Words: a growable text, for output that other rooms build and somebody else writes. Never prints.
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/trouble.h"

struct words {
    struct arena *arena;      // where the text lives; NULL: malloc, then words_free gives it back
    char  *text;              // NUL-terminated; NULL until something was added
    size_t count, room;       // bytes, without the NUL; bytes there is room for
    bool   refused;           // memory was refused: what was added since is missing
};

// printf-like.
void words_add(struct words *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void words_add_text(struct words *w, const char *text);
void words_add_bytes(struct words *w, const char *bytes, size_t count);
// As a JSON string with its quotes.
void words_add_json(struct words *w, const char *text);
// As a CSV cell: quoted only where it must be.
void words_add_csv(struct words *w, const char *text);
// The text, "" when nothing was added.
const char *words_text(const struct words *w);
// AP_NO_MEMORY when any addition was refused.
MUST_CHECK enum ap_status words_status(const struct words *w);
void words_free(struct words *w);

#endif
