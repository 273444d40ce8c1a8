// The guard: Host, Origin, token. A page of another site can make a browser send requests here; it cannot know the
// token, and its Host or Origin gives it away.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/server.h"

static const char *header(struct MHD_Connection *c, const char *name) {
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static bool host_is(const struct server *s, const char *host, const char *name) {
    char expected[160];
    snprintf(expected, sizeof expected, "%s:%u", name, (unsigned)s->port);
    return strcmp(host, expected) == 0;
}

static bool host_known(const struct server *s, const char *host) {
    return host && (host_is(s, host, "127.0.0.1") || host_is(s, host, "localhost") || host_is(s, host, "[::1]") ||
                    host_is(s, host, s->own_name));
}

// A browser names the page that asks; programs do not.
static bool origin_known(const struct server *s, struct MHD_Connection *c) {
    const char *origin = header(c, "Origin"), *site = header(c, "Sec-Fetch-Site");
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return false;
    return !origin || (strncmp(origin, "http://", 7) == 0 && host_known(s, origin + 7));
}

// Every byte is looked at, whichever differs: the time it takes tells nothing.
static bool token_right(const struct server *s, struct MHD_Connection *c) {
    const char *given = header(c, "Authorization");
    if (!given || strncmp(given, "Bearer ", 7) != 0 || strlen(given + 7) != strlen(s->token)) return false;
    unsigned differ = 0;
    for (size_t i = 0; s->token[i]; i++) differ |= (unsigned char)(given[7 + i] ^ s->token[i]);
    return differ == 0;
}

static bool body_of_json(struct MHD_Connection *c) {
    const char *kind = header(c, "Content-Type");
    return kind && strncmp(kind, "application/json", 16) == 0 && (!kind[16] || kind[16] == ';');
}

unsigned guard_check(const struct server *s, struct MHD_Connection *c, const char *method, bool data) {
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
    bool known = false;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) known |= strcmp(method, methods[i]) == 0;
    if (!known) return MHD_HTTP_METHOD_NOT_ALLOWED;
    if (!host_known(s, header(c, "Host")) || !origin_known(s, c)) return MHD_HTTP_FORBIDDEN;
    if (data && !token_right(s, c)) return MHD_HTTP_UNAUTHORIZED;
    bool writes = strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0;
    if (writes && !body_of_json(c)) return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    const char *length = header(c, "Content-Length");
    if (length && (strlen(length) > 9 || strtoull(length, NULL, 10) > BODY_MOST)) return MHD_HTTP_CONTENT_TOO_LARGE;
    return 0;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// %XX in a segment; what would cut it in two (%2f, %00) is no name.
static bool segment_decode(char *text) {
    char *to = text;
    for (const char *at = text; *at; at++) {
        char c = *at;
        if (c == '%') {
            int high = hex_digit(at[1]), low = high < 0 ? -1 : hex_digit(at[2]);
            if (low < 0) return false;
            c = (char)(high * 16 + low);
            at += 2;
        }
        if (c == 0 || c == '/') return false;
        *to++ = c;
    }
    *to = 0;
    return name_safe(text);
}

bool path_cut(const char *url, struct visit *v) {
    if (url[0] != '/' || strlen(url) >= sizeof v->path) return false;
    memcpy(v->path, url, strlen(url) + 1);
    v->count = 0;
    for (char *at = v->path; *at;) {
        *at++ = 0;
        if (!*at && v->count == 0) return true;      // the page itself
        if (v->count == SEGMENTS_MOST) return false;
        v->segments[v->count++] = at;
        while (*at && *at != '/') at++;
    }
    for (int i = 0; i < v->count; i++)
        if (!segment_decode(v->path + (v->segments[i] - v->path))) return false;
    return true;
}
