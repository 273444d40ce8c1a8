// Replies: each with the headers that keep a page to itself.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve/server.h"
#include "write/page.h"

static const char data_policy[] = "default-src 'none'; frame-ancestors 'none'";

void headers_add(struct MHD_Response *r, const char *kind, const char *policy) {
    MHD_add_response_header(r, "Content-Type", kind);
    MHD_add_response_header(r, "Content-Security-Policy", policy ? policy : data_policy);
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(r, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(r, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(r, "X-Frame-Options", "DENY");
    MHD_add_response_header(r, "Cache-Control", "no-store");
}

static enum MHD_Result response_send(struct visit *v, unsigned status, struct MHD_Response *r) {
    if (!r) return MHD_NO;
    enum MHD_Result queued = MHD_queue_response(v->connection, status, r);
    MHD_destroy_response(r);
    return queued;
}

enum MHD_Result reply_text(struct visit *v, unsigned status, const char *kind, char *text) {
    if (!text) return reply_error(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the machine refused memory");
    struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (r) headers_add(r, kind, NULL);
    else free(text);
    return response_send(v, status, r);
}

enum MHD_Result reply_json(struct visit *v, unsigned status, json_t *o) {
    char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;
    json_decref(o);
    return reply_text(v, status, "application/json", text);
}

enum MHD_Result reply_error(struct visit *v, unsigned status, const char *words) {
    json_t *o = json_pack("{s:s}", "error", words);
    char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;
    json_decref(o);
    static const char none[] = "{\"error\":\"the machine refused memory\"}";
    struct MHD_Response *r = text ? MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE)
                                  : MHD_create_response_from_buffer(sizeof none - 1, (void *)(uintptr_t)none,
                                                                    MHD_RESPMEM_PERSISTENT);
    if (r) headers_add(r, "application/json", NULL);
    else free(text);
    return response_send(v, status, r);
}

static const char *kind_of(const char *name) {
    const char *end = strrchr(name, '.');
    if (!end) return "text/plain; charset=utf-8";
    if (strcmp(end, ".html") == 0) return "text/html; charset=utf-8";
    if (strcmp(end, ".json") == 0) return "application/json";
    if (strcmp(end, ".csv") == 0) return "text/csv; charset=utf-8";
    if (strcmp(end, ".sqlite") == 0) return "application/vnd.sqlite3";
    return "text/plain; charset=utf-8";
}

enum MHD_Result reply_file(struct visit *v, const char *name, int file) {
    struct stat info;
    if (file < 0 || fstat(file, &info) != 0) {
        if (file >= 0) close(file);
        return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such file");
    }
    struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t)info.st_size, file);
    if (!r) {
        close(file);
        return MHD_NO;
    }
    headers_add(r, kind_of(name), "sandbox; default-src 'none'");
    MHD_add_response_header(r, "Content-Disposition", "attachment");
    return response_send(v, MHD_HTTP_OK, r);
}

enum MHD_Result reply_page(struct visit *v) {
    size_t count;
    const char *shell = page_shell(&count);
    struct MHD_Response *r = MHD_create_response_from_buffer(count, (void *)(uintptr_t)shell, MHD_RESPMEM_PERSISTENT);
    if (r) headers_add(r, "text/html; charset=utf-8", v->server->policy);
    return response_send(v, MHD_HTTP_OK, r);
}
