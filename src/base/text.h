// Text: hashes of ids, comparison, nearest names for suggestions. All text is UTF-8.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

// 64-bit hash of bytes (FNV-1a with a final mix): stable for ever, it keys the draws.
uint64_t hash_bytes(const void *bytes, size_t count);
uint64_t hash_text(const char *text);
uint64_t hash_pair(uint64_t a, uint64_t b);   // order matters
// Fast 128-bit-quality hash of a state block (64-bit result), 8 bytes at a time; count may be any number.
uint64_t hash_block(const void *bytes, size_t count);

// A NUL-terminated copy in the arena; NULL when memory is refused.
const char *text_copy(struct arena *a, const char *text, size_t count);
// A copy in which each byte that is no UTF-8 became U+FFFD, for names of files, which may hold any bytes; NULL when
// memory is refused.
const char *text_mended(struct arena *a, const char *text);
// Number of edits between two short texts (both cut at 64 bytes).
int text_distance(const char *a, const char *b);
// Bytes at the start that are valid UTF-8 without NUL.
size_t text_utf8_valid(const char *text, size_t count);
// True when the whole text is.
bool text_is_utf8(const char *text, size_t count);

// SHA-256 for the manifest; hex gets 65 bytes.
struct sha256 {
    uint32_t state[8];
    uint64_t count;
    unsigned char block[64];
};
void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t count);
void sha256_hex(struct sha256 *h, char hex[65]);

#endif
