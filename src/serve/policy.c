// memmem is GNU's.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "serve/server.h"

static unsigned hex_value(char c) {
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

// 'sha256-...' of some bytes, as a policy writes it.
static void source_add(struct words *out, const char *bytes, size_t count) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct sha256 hash;
    char hex[65], text[45];
    unsigned raw[33] = {0};
    sha256_start(&hash);
    sha256_add(&hash, bytes, count);
    sha256_hex(&hash, hex);
    for (int i = 0; i < 32; i++) raw[i] = hex_value(hex[2 * i]) << 4 | hex_value(hex[2 * i + 1]);
    for (int i = 0; i < 11; i++) {
        unsigned three = raw[3 * i] << 16 | raw[3 * i + 1] << 8 | raw[3 * i + 2];
        for (int k = 0; k < 4; k++) text[4 * i + k] = digits[three >> (18 - 6 * k) & 63];
    }
    text[43] = '=';                      // 32 bytes leave one place over
    text[44] = 0;
    words_add(out, " 'sha256-%s'", text);
}

// The hashes of all elements of this name with text of their own.
static void elements_add(struct words *out, const char *page, const char *opens, const char *closes) {
    for (const char *at = strstr(page, opens); at; at = strstr(at, opens)) {
        const char *from = strchr(at, '>'), *until = from ? strstr(from, closes) : NULL;
        if (!until) return;
        bool data = memmem(at, (size_t)(from - at), "application/json", 16) != NULL;
        if (!data) source_add(out, from + 1, (size_t)(until - from - 1));
        at = until;
    }
}

void policy_make(const char *page, size_t count, char out[POLICY_ROOM]) {
    struct words w = {0};
    ASSERT(page[count] == 0);
    words_add_text(&w, "default-src 'none'; script-src");
    elements_add(&w, page, "<script", "</script");
    words_add_text(&w, "; style-src");
    elements_add(&w, page, "<style", "</style");
    words_add_text(&w,
        "; connect-src 'self'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; "
                       "frame-ancestors 'none'");
    snprintf(out, POLICY_ROOM, "%s", words_status(&w) == AP_OK ? words_text(&w) : "default-src 'none'");
    words_free(&w);
}
