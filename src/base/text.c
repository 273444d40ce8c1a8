#include "base/text.h"

#include <string.h>

#include "base/trouble.h"

// The final mix of splitmix64: every bit of the input moves every bit of the output.
static inline uint64_t mixed(uint64_t x) {
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9U;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBU;
    x ^= x >> 31;
    return x;
}

uint64_t hash_bytes(const void *bytes, size_t count) {
    ASSERT(bytes != NULL || count == 0);
    const unsigned char *byte = bytes;
    uint64_t hash = 0xCBF29CE484222325U;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ byte[i]) * 0x100000001B3U;
    }
    return mixed(hash);
}

uint64_t hash_text(const char *text) {
    ASSERT(text != NULL);
    return hash_bytes(text, strlen(text));
}

uint64_t hash_pair(uint64_t a, uint64_t b) {
    return mixed(mixed(a + 0x9E3779B97F4A7C15U) + b);
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hash_block reads words in the order of the machine");

enum { LANES = 8 };   // independent multiplies: one finishes each cycle instead of one each five

static inline uint64_t word_at(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

// For a fixed word the step is one-to-one in the lane and the other way round, so two blocks that differ in one word
// never collide in their lane.
static inline uint64_t lane_step(uint64_t lane, uint64_t word) {
    uint64_t x = (lane ^ word) * 0x9FB21C651E98DF25U;
    return x << 29 | x >> 35;
}

uint64_t hash_block(const void *bytes, size_t count) {
    ASSERT(bytes != NULL || count == 0);
    const unsigned char *byte = bytes;
    uint64_t lane[LANES];
    for (int i = 0; i < LANES; i++) lane[i] = 0x9E3779B97F4A7C15U * (uint64_t)(i + 1);
    size_t left = count;
    for (; left >= LANES * 8; left -= LANES * 8, byte += LANES * 8) {
        for (int i = 0; i < LANES; i++) lane[i] = lane_step(lane[i], word_at(byte + i * 8));
    }
    unsigned char rest[LANES * 8] = {0};
    if (left > 0) memcpy(rest, byte, left);
    for (int i = 0; i < LANES; i++) lane[i] = lane_step(lane[i], word_at(rest + i * 8));
    uint64_t hash = mixed(count);
    for (int i = 0; i < LANES; i++) hash = hash_pair(hash, lane[i]);
    return hash;
}

const char *text_copy(struct arena *a, const char *text, size_t count) {
    ASSERT(a != NULL);
    ASSERT(text != NULL || count == 0);
    if (count == SIZE_MAX) return NULL;
    char *copy = arena_bytes(a, count + 1);
    if (!copy) return NULL;
    if (count > 0) memcpy(copy, text, count);
    copy[count] = '\0';
    return copy;
}

const char *text_mended(struct arena *a, const char *text) {
    static const char mark[] = "\xEF\xBF\xBD";
    enum { MARK_BYTES = sizeof mark - 1 };
    ASSERT(a != NULL && text != NULL);
    size_t count = strlen(text), good = text_utf8_valid(text, count);
    if (good == count) return text_copy(a, text, count);
    if (count > (SIZE_MAX - 1) / MARK_BYTES) return NULL;
    char *copy = arena_bytes(a, count * MARK_BYTES + 1), *out = copy;
    if (!copy) return NULL;
    while (count > 0) {
        memcpy(out, text, good);
        out += good;
        text += good;
        count -= good;
        if (count == 0) break;
        memcpy(out, mark, MARK_BYTES);
        out += MARK_BYTES;
        text++;
        count--;
        good = text_utf8_valid(text, count);
    }
    *out = '\0';
    return copy;
}

enum { DISTANCE_BYTES = 64 };

static int least_of(int a, int b, int c) {
    int least = a < b ? a : b;
    return least < c ? least : c;
}

static int short_length(const char *text) {
    int count = 0;
    while (count < DISTANCE_BYTES && text[count] != '\0') count++;
    return count;
}

// Insertions, deletions, changes and swaps of neighbours (optimal string alignment): the four ways of mistyping.
int text_distance(const char *a, const char *b) {
    ASSERT(a != NULL && b != NULL);
    int row[3][DISTANCE_BYTES + 1];
    int a_count = short_length(a), b_count = short_length(b);
    for (int j = 0; j <= b_count; j++) row[0][j] = j;
    for (int i = 1; i <= a_count; i++) {
        int *now = row[i % 3];
        const int *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= b_count; j++) {
            int change = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = least_of(last[j] + 1, now[j - 1] + 1, last[j - 1] + change);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < now[j]) now[j] = before[j - 2] + 1;
        }
    }
    return row[a_count % 3][b_count];
}

// Length of the UTF-8 character at the start of `s`, 0 when it is none: overlong forms, surrogates and code points
// above 10FFFF are refused (Unicode 15, table 3-7).
static size_t character_bytes(const unsigned char *s, size_t left) {
    if (s[0] < 0x80) return s[0] != 0;
    size_t count = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || left < count) return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (s[0] == 0xE0) low = 0xA0;
    if (s[0] == 0xED) high = 0x9F;
    if (s[0] == 0xF0) low = 0x90;
    if (s[0] == 0xF4) high = 0x8F;
    if (s[1] < low || s[1] > high) return 0;
    for (size_t i = 2; i < count; i++) {
        if (s[i] < 0x80 || s[i] > 0xBF) return 0;
    }
    return count;
}

// Eight bytes of ASCII without NUL: most of what is read.
static bool plain_eight(const unsigned char *s) {
    uint64_t eight;
    memcpy(&eight, s, sizeof eight);
    uint64_t zeros = eight - 0x0101010101010101u;      // borrows into the top bit of a byte that is 0
    return ((eight | zeros) & 0x8080808080808080u) == 0;
}

size_t text_utf8_valid(const char *text, size_t count) {
    ASSERT(text != NULL || count == 0);
    const unsigned char *s = (const unsigned char *)text;
    size_t i = 0;
    while (i < count) {
        if (count - i >= 8 && plain_eight(s + i)) {
            i += 8;
            continue;
        }
        size_t bytes = character_bytes(s + i, count - i);
        if (bytes == 0) break;
        i += bytes;
    }
    return i;
}

bool text_is_utf8(const char *text, size_t count) {
    return text_utf8_valid(text, count) == count;
}
