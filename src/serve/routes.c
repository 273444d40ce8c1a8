// The routes, in one table. A route's path is written with * for a name.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "serve/server.h"
#include "write/page.h"

static const char *id_of(const struct visit *v) {
    return v->segments[2];
}

// The folder of the result an id stands for, under the lock.
static bool result_of(struct visit *v, const char *id, char out[NAME_ROOM]) {
    pthread_mutex_lock(&v->server->jobs.lock);
    bool there = catalog_result(&v->server->catalog, &v->server->jobs, id, out);
    if (!there) {
        catalog_look(&v->server->catalog, &v->server->jobs);    // it may have come a moment ago
        there = catalog_result(&v->server->catalog, &v->server->jobs, id, out);
    }
    pthread_mutex_unlock(&v->server->jobs.lock);
    return there;
}

// --- reading

static enum MHD_Result page_get(struct visit *v) {
    return reply_page(v);
}

// The list is one text until something changes, so that asking for it costs next to nothing.
static enum MHD_Result runs_get(struct visit *v) {
    struct server *s = v->server;
    pthread_mutex_lock(&s->jobs.lock);
    uint64_t version = s->jobs.version + (s->catalog.version << 32);
    if (!s->list || s->list_version != version) {
        char *text = catalog_text(&s->catalog, &s->jobs);
        struct MHD_Response *list =
            text ? MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE) : NULL;
        if (list) headers_add(list, "application/json", NULL);
        else free(text);
        if (s->list) MHD_destroy_response(s->list);
        s->list = list;
        s->list_version = version;
    }
    enum MHD_Result queued = s->list ? MHD_queue_response(v->connection, MHD_HTTP_OK, s->list) : MHD_NO;
    pthread_mutex_unlock(&s->jobs.lock);
    return queued;
}

static enum MHD_Result run_get(struct visit *v) {
    pthread_mutex_lock(&v->server->jobs.lock);
    json_t *entry = catalog_entry(&v->server->catalog, &v->server->jobs, id_of(v));
    pthread_mutex_unlock(&v->server->jobs.lock);
    if (!entry) return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such run");
    return reply_json(v, MHD_HTTP_OK, entry);
}

// The database is opened by its path, so it must be a plain file of a plain folder.
static enum MHD_Result run_page_get(struct visit *v) {
    char name[NAME_ROOM], folder[SERVE_PATH_ROOM], trouble[200] = "";
    struct words words = {0};
    int file = -1;
    if (result_of(v, id_of(v), name) && folder_inside(v->server->jobs.folder, name, folder))
        file = file_open_inside(v->server->jobs.folder, name, "results.sqlite");
    if (file < 0) return reply_error(v, MHD_HTTP_NOT_FOUND, "this run has no result (yet)");
    close(file);
    enum ap_status status = page_data(folder, &words, trouble);
    if (status == AP_OK && words.text) return reply_text(v, MHD_HTTP_OK, "application/json", words.text);
    words_free(&words);
    return reply_error(v, MHD_HTTP_INTERNAL_SERVER_ERROR, trouble[0] ? trouble : "the machine refused memory");
}

static enum MHD_Result run_file_get(struct visit *v) {
    static const char *const files[] = {"results.sqlite", "manifest.json", "report.html"};
    char name[NAME_ROOM];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(v->segments[4], files[i]) != 0) continue;
        if (!result_of(v, id_of(v), name)) break;
        return reply_file(v, files[i], file_open_inside(v->server->jobs.folder, name, files[i]));
    }
    return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such file");
}

static enum MHD_Result words_get(struct visit *v, const char *ending) {
    char name[NAME_ROOM + 8];
    pthread_mutex_lock(&v->server->jobs.lock);
    bool known = job_find(&v->server->jobs, id_of(v)) != NULL;
    pthread_mutex_unlock(&v->server->jobs.lock);
    snprintf(name, sizeof name, "%.120s%s", id_of(v), ending);
    return reply_file(v, name, known ? file_open_inside(v->server->jobs.folder, "jobs", name) : -1);
}

static enum MHD_Result run_log_get(struct visit *v) {
    return words_get(v, ".log");
}

static enum MHD_Result run_output_get(struct visit *v) {
    return words_get(v, ".out");
}

static enum MHD_Result run_events_get(struct visit *v) {
    return stream_open(v, id_of(v));
}

static enum MHD_Result events_get(struct visit *v) {
    return stream_open(v, "");
}

static enum MHD_Result run_compare_get(struct visit *v) {
    char one[NAME_ROOM], other[NAME_ROOM];
    if (!result_of(v, id_of(v), one) || !result_of(v, v->segments[4], other))
        return reply_error(v, MHD_HTTP_NOT_FOUND, "one of the two runs has no result (yet)");
    return runs_compare(v, one, other);
}

// --- asking

static enum MHD_Result job_reply(struct visit *v, enum ap_status status, const char *id, const char *trouble) {
    switch (status) {
    case AP_OK: return reply_json(v, MHD_HTTP_CREATED, json_pack("{s:s}", "id", id));
    case AP_REFUSED: return reply_error(v, MHD_HTTP_INSUFFICIENT_STORAGE, trouble);
    case AP_NO_MEMORY: return reply_error(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the machine refused memory");
    default: break;
    }
    bool many = strncmp(trouble, "too many", 8) == 0;
    return reply_error(v, many ? MHD_HTTP_TOO_MANY_REQUESTS : MHD_HTTP_UNPROCESSABLE_CONTENT, trouble);
}

static enum MHD_Result body_start(struct visit *v, const char *body) {
    struct request request;
    char id[NAME_ROOM], trouble[REQUEST_TROUBLE];
    enum ap_status status = request_read(body, strlen(body), &request);
    enum MHD_Result replied;
    if (status != AP_OK) {
        replied = reply_error(v, MHD_HTTP_BAD_REQUEST, request.trouble);
    } else if (!scenario_agrees(v, &request, &replied)) {
        // the command's own complaints were sent
    } else {
        status = job_add(&v->server->jobs, &request, body, id, trouble);
        replied = job_reply(v, status, id, trouble);
    }
    request_free(&request);
    return replied;
}

static enum MHD_Result runs_post(struct visit *v) {
    return body_start(v, words_text(&v->body));
}

static enum MHD_Result run_retry(struct visit *v) {
    pthread_mutex_lock(&v->server->jobs.lock);
    struct job *job = job_find(&v->server->jobs, id_of(v));
    char *body = job && job->request ? json_dumps(job->request, JSON_COMPACT) : NULL;
    pthread_mutex_unlock(&v->server->jobs.lock);
    if (!body) return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such study to try again");
    enum MHD_Result replied = body_start(v, body);
    free(body);
    return replied;
}

static enum MHD_Result run_cancel(struct visit *v) {
    if (job_cancel(&v->server->jobs, id_of(v))) return reply_json(v, MHD_HTTP_OK, json_pack("{s:b}", "cancelled", 1));
    return reply_error(v, MHD_HTTP_CONFLICT, "it does not run");
}

static enum MHD_Result run_delete(struct visit *v) {
    if (job_forget(&v->server->jobs, id_of(v))) return reply_json(v, MHD_HTTP_OK, json_pack("{s:b}", "forgotten", 1));
    return reply_error(v, MHD_HTTP_CONFLICT, "it is no study of this server, or it runs");
}

// --- the table

struct route {
    const char *method, *path;
    enum MHD_Result (*answer)(struct visit *v);
};
static const struct route routes[] = {
    {"GET", "/", page_get},
    {"GET", "/api/runs", runs_get},
    {"POST", "/api/runs", runs_post},
    {"GET", "/api/runs/*", run_get},
    {"DELETE", "/api/runs/*", run_delete},
    {"GET", "/api/runs/*/page.json", run_page_get},
    {"GET", "/api/runs/*/events", run_events_get},
    {"GET", "/api/runs/*/log", run_log_get},
    {"GET", "/api/runs/*/output", run_output_get},
    {"GET", "/api/runs/*/files/*", run_file_get},
    {"GET", "/api/runs/*/compare/*", run_compare_get},
    {"POST", "/api/runs/*/cancel", run_cancel},
    {"POST", "/api/runs/*/retry", run_retry},
    {"GET", "/api/events", events_get},
    {"GET", "/api/scenarios", scenarios_list},
    {"POST", "/api/scenarios/*/check", scenario_check},
    {"POST", "/api/overlays", overlay_new},
    {"PUT", "/api/scenarios/*/settings/*", overlay_setting},
    {"PUT", "/api/scenarios/*/rows/*", overlay_row},
};

static bool route_fits(const char *path, const struct visit *v) {
    int i = 0;
    for (const char *at = path + 1; *at; i++) {
        size_t count = strcspn(at, "/");
        bool any = count == 1 && *at == '*';
        if (i == v->count) return false;
        if (!any && (strlen(v->segments[i]) != count || strncmp(v->segments[i], at, count) != 0)) return false;
        at += count + (at[count] == '/');
    }
    return i == v->count;
}

enum MHD_Result visit_answer(struct visit *v) {
    bool known = false;
    const char *method = strcmp(v->method, "HEAD") == 0 ? "GET" : v->method;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!route_fits(routes[i].path, v)) continue;
        if (strcmp(routes[i].method, method) == 0) return routes[i].answer(v);
        known = true;
    }
    return known ? reply_error(v, MHD_HTTP_METHOD_NOT_ALLOWED, "not with this method")
                 : reply_error(v, MHD_HTTP_NOT_FOUND, "there is nothing at this address");
}
