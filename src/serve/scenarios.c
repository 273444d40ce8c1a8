// Scenarios: which there are, and what `autopolis check` says of them. It is asked itself, so that its words are those
// of the command line.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "serve/server.h"

enum { FAILED_TO_RUN = -1, WRONG_INPUT = 1 };

static bool is_scenario(const char *folder, const char *name) {
    static const char *const files[] = {"settings.csv", "enterprises.csv", "sites.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int file = file_open_inside(folder, name, files[i]);
        if (file < 0) continue;
        close(file);
        return true;
    }
    return false;
}

static void scenarios_add(json_t *rows, const char *folder, bool overlay) {
    DIR *stream = *folder ? opendir(folder) : NULL;
    if (!stream) return;
    for (struct dirent *e = readdir(stream); e; e = readdir(stream)) {
        if (!name_safe(e->d_name) || !is_scenario(folder, e->d_name)) continue;
        json_array_append_new(rows, json_pack("{s:s, s:b}", "name", e->d_name, "overlay", overlay));
    }
    closedir(stream);
}

static int name_order(const void *a, const void *b) {
    json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    return strcmp(json_string_value(json_object_get(x, "name")), json_string_value(json_object_get(y, "name")));
}

// In the order of their names, whatever the disk's is.
static json_t *rows_sorted(json_t *rows) {
    size_t count = json_array_size(rows);
    json_t *sorted = json_array(), **all = calloc(count + 1, sizeof *all);
    for (size_t i = 0; all && i < count; i++) all[i] = json_array_get(rows, i);
    if (all && count > 1) qsort(all, count, sizeof *all, name_order);
    for (size_t i = 0; all && i < count; i++) json_array_append(sorted, all[i]);
    free(all);
    json_decref(rows);
    return sorted;
}

enum MHD_Result scenarios_list(struct visit *v) {
    char made[SERVE_PATH_ROOM];
    json_t *rows = json_array();
    snprintf(made, sizeof made, "%.3000s/scenarios", v->server->jobs.folder);
    scenarios_add(rows, v->server->jobs.scenarios, false);
    scenarios_add(rows, made, true);
    return reply_json(v, MHD_HTTP_OK, json_pack("{s:o}", "scenarios", rows_sorted(rows)));
}

// --- check

// --from of explain and surge is the first day of what happens, not of the run.
static bool check_understands(const struct request *r, const char *argument) {
    bool event = r->study && (strcmp(r->study, "explain") == 0 || strcmp(r->study, "surge") == 0);
    if (event && strncmp(argument, "--from=", 7) == 0) return false;
    static const char *const options[] = {"--from=", "--until=", "--seed=", "--set=", "--shock="};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strncmp(argument, options[i], strlen(options[i])) == 0) return true;
    return false;
}

// A file of shock rows for as long as the check takes; its path in out.
static bool shocks_put(const struct jobs *j, const struct request *r, char out[SERVE_PATH_ROOM]) {
    snprintf(out, SERVE_PATH_ROOM, "%.3000s/jobs/.shocks-XXXXXX.csv", j->folder);
    int file = mkstemps(out, 4);
    if (file < 0) return false;
    close(file);
    return file_replace(out, r->shocks, strlen(r->shocks));
}

// Exit status and words of `check NAME --json` with the options that it understands.
static int check_ask(const struct jobs *j, const char *above, const char *name, const struct request *r, char **text) {
    const char *words[ARGUMENTS_MOST + 8] = {j->options.program, "check", name, "--json"};
    char shocks[SERVE_PATH_ROOM] = "", option[SERVE_PATH_ROOM + 16];
    int count = 4;
    for (uint32_t i = 0; i < r->count; i++)
        if (check_understands(r, r->arguments[i])) words[count++] = r->arguments[i];
    if (r->shocks && shocks_put(j, r, shocks)) {
        snprintf(option, sizeof option, "--shock=%s", shocks);
        words[count++] = option;
    }
    int status = process_ask(j, above, words, text);
    if (shocks[0]) unlink(shocks);
    return status;
}

static enum MHD_Result check_reply(struct visit *v, int status, char *text) {
    if (status == 0) return reply_text(v, MHD_HTTP_OK, "application/json", text);
    if (status == WRONG_INPUT) return reply_text(v, MHD_HTTP_UNPROCESSABLE_CONTENT, "application/json", text);
    enum MHD_Result replied = status == FAILED_TO_RUN
                                  ? reply_error(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the check could not be run")
                                  : reply_error(v, MHD_HTTP_BAD_REQUEST, text);
    free(text);
    return replied;
}

bool scenario_agrees(struct visit *v, const struct request *r, enum MHD_Result *replied) {
    char above[SERVE_PATH_ROOM], *text = NULL;
    const struct jobs *j = &v->server->jobs;
    if (!scenario_above(j, r->scenario, above)) {
        *replied = reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such scenario");
        return false;
    }
    int status = check_ask(j, above, r->scenario, r, &text);
    if (status == 0) {
        free(text);
        return true;
    }
    *replied = check_reply(v, status, text);
    return false;
}

enum MHD_Result scenario_check(struct visit *v) {
    struct request request;
    char above[SERVE_PATH_ROOM], *text = NULL;
    enum ap_status status = request_read_options(words_text(&v->body), v->body.count, &request);
    enum MHD_Result replied;
    if (status != AP_OK) {
        replied = reply_error(v, MHD_HTTP_BAD_REQUEST, request.trouble);
    } else if (!scenario_above(&v->server->jobs, v->segments[2], above)) {
        replied = reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such scenario");
    } else {
        int said = check_ask(&v->server->jobs, above, v->segments[2], &request, &text);
        replied = check_reply(v, said, text);
    }
    request_free(&request);
    return replied;
}
