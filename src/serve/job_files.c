// A job as a file: jobs/ID.json.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>

#include "serve/jobs.h"

enum { JOB_BYTES_MOST = 1 << 20 };

static const char *const state_names[] = {"waiting", "running", "done", "failed", "cancelled", "interrupted"};

const char *job_state_name(enum job_state state) {
    return state_names[state];
}

void job_path(const struct jobs *j, const char *id, const char *ending, char out[SERVE_PATH_ROOM]) {
    snprintf(out, SERVE_PATH_ROOM, "%.3000s/jobs/%.127s%.30s", j->folder, id, ending);
}

bool job_write(const struct jobs *j, const struct job *job) {
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:O, s:O?, s:s, s:s, s:f, s:f, s:f, s:s}", "id", job->id, "study",
                          job->study, "scenario", job->scenario, "result", job->result, "arguments", job->arguments,
                          "request", job->request, "folder", job->folder, "state", job_state_name(job->state),
                          "created", job->created, "started", job->started, "ended", job->ended, "message",
                          job->message);
    char *text = o ? json_dumps(o, JSON_INDENT(1)) : NULL;
    char path[SERVE_PATH_ROOM];
    json_decref(o);
    job_path(j, job->id, ".json", path);
    errno = ENOMEM;
    bool written = text && file_replace(path, text, strlen(text));
    free(text);
    return written;
}

static void text_copy_from(json_t *o, const char *key, char *out, size_t room) {
    const char *text = json_string_value(json_object_get(o, key));
    snprintf(out, room, "%s", text ? text : "");
}

static enum job_state state_of(json_t *o) {
    const char *name = json_string_value(json_object_get(o, "state"));
    for (int i = 0; name && i <= JOB_INTERRUPTED; i++)
        if (strcmp(name, state_names[i]) == 0) return (enum job_state)i;
    return JOB_FAILED;
}

static struct job *job_take(json_t *o) {
    struct job *job = calloc(1, sizeof *job);
    if (!job) return NULL;
    text_copy_from(o, "id", job->id, sizeof job->id);
    text_copy_from(o, "study", job->study, sizeof job->study);
    text_copy_from(o, "scenario", job->scenario, sizeof job->scenario);
    text_copy_from(o, "result", job->result, sizeof job->result);
    text_copy_from(o, "folder", job->folder, sizeof job->folder);
    text_copy_from(o, "message", job->message, sizeof job->message);
    job->arguments = json_incref(json_object_get(o, "arguments"));
    json_t *request = json_object_get(o, "request");
    if (json_is_object(request)) job->request = json_incref(request);
    job->state = state_of(o);
    job->created = json_number_value(json_object_get(o, "created"));
    job->started = json_number_value(json_object_get(o, "started"));
    job->ended = json_number_value(json_object_get(o, "ended"));
    job->pipe = -1;
    return job;
}

struct job *job_read(const struct jobs *j, const char *file) {
    int opened = file_open_inside(j->folder, "jobs", file);
    size_t count = 0;
    char *text = file_read(opened, JOB_BYTES_MOST, &count);
    if (opened >= 0) close(opened);
    json_t *o = text ? json_loadb(text, count, 0, NULL) : NULL;
    free(text);
    struct job *job = json_is_object(o) ? job_take(o) : NULL;
    json_decref(o);
    bool known = job && name_safe(job->id) && strlen(job->id) + 5 == strlen(file) &&
                 strncmp(job->id, file, strlen(job->id)) == 0 && json_is_array(job->arguments);
    if (job && !known) {
        job_free(job);
        return NULL;
    }
    return job;
}

void job_files_remove(const struct jobs *j, const char *id) {
    static const char *const endings[] = {".json", ".log", ".out", ".shocks.csv"};
    char path[SERVE_PATH_ROOM];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        job_path(j, id, endings[i], path);
        unlink(path);
    }
}

void job_free(struct job *job) {
    if (job->pipe >= 0) close(job->pipe);
    json_decref(job->arguments);
    json_decref(job->request);
    free(job);
}
