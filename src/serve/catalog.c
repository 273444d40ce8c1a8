#include "serve/catalog.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MOST = 16 << 20 };

static void row_free(struct result_entry *row) {
    json_decref(row->facts);
}

void catalog_free(struct catalog *c) {
    for (uint32_t i = 0; i < c->count; i++) row_free(&c->rows[i]);
    free(c->rows);
    memset(c, 0, sizeof *c);
}

// What the list shows of a manifest.
static json_t *facts_of(const char *text, size_t count) {
    static const char *const keys[] = {"study", "scenario", "seconds", "seed", "replications", "worlds", "question",
                                       "version", "commit"};
    json_t *manifest = json_loadb(text, count, 0, NULL), *facts = json_object();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(manifest, keys[i]);
        if (value && facts) json_object_set(facts, keys[i], value);
    }
    bool ours = json_is_string(json_object_get(manifest, "question"));
    json_decref(manifest);
    if (ours) return facts;
    json_decref(facts);
    return NULL;
}

static struct result_entry *row_find(struct catalog *c, const char *name) {
    for (uint32_t i = 0; i < c->count; i++)
        if (strcmp(c->rows[i].name, name) == 0) return &c->rows[i];
    return NULL;
}

static struct result_entry *row_new(struct catalog *c, const char *name) {
    if (c->count == c->room) {
        uint32_t room = c->room ? 2 * c->room : 64;
        struct result_entry *rows = realloc(c->rows, room * sizeof *rows);
        if (!rows) return NULL;
        c->rows = rows;
        c->room = room;
    }
    struct result_entry *row = &c->rows[c->count++];
    memset(row, 0, sizeof *row);
    snprintf(row->name, sizeof row->name, "%s", name);
    return row;
}

// A folder of the name with a manifest: known already, or taken in.
static void folder_look(struct catalog *c, const struct jobs *j, const char *name) {
    struct stat info;
    int file = strstr(name, ".partial-") ? -1 : file_open_inside(j->folder, name, "manifest.json");
    if (file < 0) return;
    struct result_entry *row = row_find(c, name);
    int64_t changed = fstat(file, &info) == 0 ? (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec : 0;
    if (!row || row->changed != changed) {
        size_t count = 0;
        char *text = file_read(file, MANIFEST_MOST, &count);
        json_t *facts = text ? facts_of(text, count) : NULL;
        free(text);
        if (facts && !row) row = row_new(c, name);
        if (facts && row) {
            row_free(row);
            row->facts = facts;
            row->changed = changed;
            c->version++;
        } else {
            json_decref(facts);
        }
    }
    if (row) row->seen = true;
    close(file);
}

static int newest_first(const void *a, const void *b) {
    const struct result_entry *x = a, *y = b;
    if (x->changed != y->changed) return x->changed > y->changed ? -1 : 1;
    return strcmp(x->name, y->name);
}

void catalog_look(struct catalog *c, const struct jobs *j) {
    DIR *folder = opendir(j->folder);
    if (!folder) return;
    for (uint32_t i = 0; i < c->count; i++) c->rows[i].seen = false;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        if (name_safe(e->d_name)) folder_look(c, j, e->d_name);
    closedir(folder);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->rows[i].seen) c->rows[kept++] = c->rows[i];
        else row_free(&c->rows[i]);
    }
    if (kept != c->count) c->version++;
    c->count = kept;
    if (kept > 1) qsort(c->rows, kept, sizeof *c->rows, newest_first);
}

// --- as JSON

// Seconds since 1970 as a date and time, UTC.
static void moment_write(double seconds, char out[24]) {
    int64_t whole = (int64_t)seconds, day = floor_div(whole, 86400), of_day = whole - day * 86400;
    char date[11];
    date_format((day_number)(day + day_from_date(1970, 1, 1)), date);
    snprintf(out, 24, "%s %02d:%02d:%02d", date, (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
}

// What was asked, in short: the scenario and its options, but for where the result goes.
static void name_write(const struct job *job, char out[200]) {
    size_t at = (size_t)snprintf(out, 200, "%.60s", job->scenario);
    for (size_t i = 2; i < json_array_size(job->arguments) && at < 190; i++) {
        const char *word = json_string_value(json_array_get(job->arguments, i));
        if (!word || strncmp(word, "--store=", 8) == 0) continue;
        bool shock = strncmp(word, "--shock=/", 9) == 0;
        at += (size_t)snprintf(out + at,
            200 - at, " %s", shock ? "what-if" : word + (strncmp(word, "--", 2) == 0 ? 2 : 0));
    }
    if (at > 199) at = 199;
    out[text_utf8_valid(out, at)] = 0;
}

static double job_seconds(const struct job *job) {
    return job->ended > job->started && job->started > 0 ? job->ended - job->started : 0;
}

static json_t *job_object(const struct job *job) {
    char created[24], name[200];
    moment_write(job->created, created);
    name_write(job, name);
    double progress = job->all > 0 ? (double)job->done / (double)job->all : 0;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:f, s:f, s:O, s:O?, s:s}", "id", job->id, "name", name,
                     "kind", "job", "study", job->study, "scenario", job->scenario, "state", job_state_name(job->state),
                     "result", job->result[0] ? job->result : NULL, "created", created, "seconds", job_seconds(job),
                     "progress", job->state == JOB_DONE ? 1.0 : progress, "command", job->arguments, "request",
                     job->request, "message", job->message);
}

static json_t *result_object(const struct result_entry *row) {
    char created[24];
    moment_write((double)(row->changed / 1000000000), created);
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:s}",
        "id", row->name, "name", row->name, "kind", "result",
                          "state", "done", "result", row->name, "created", created, "progress", 1.0, "message", "");
    if (o) json_object_update_missing(o, row->facts);
    return o;
}

static bool made_by_job(const struct jobs *j, const char *name) {
    for (uint32_t i = 0; i < j->count; i++)
        if (strcmp(j->rows[i]->result, name) == 0) return true;
    return false;
}

char *catalog_text(const struct catalog *c, const struct jobs *j) {
    json_t *rows = json_array();
    int failed = 0;
    for (uint32_t i = j->count; i-- > 0;) failed |= json_array_append_new(rows, job_object(j->rows[i]));
    for (uint32_t i = 0; i < c->count && i < RESULTS_SHOWN; i++)
        if (!made_by_job(j, c->rows[i].name)) failed |= json_array_append_new(rows, result_object(&c->rows[i]));
    json_t *o = json_pack("{s:o}", "runs", rows);
    char *text = o && !failed ? json_dumps(o, JSON_COMPACT) : NULL;
    json_decref(o);
    return text;
}

json_t *catalog_entry(const struct catalog *c, struct jobs *j, const char *id) {
    struct job *job = job_find(j, id);
    if (job) return job_object(job);
    for (uint32_t i = 0; i < c->count; i++)
        if (strcmp(c->rows[i].name, id) == 0) return result_object(&c->rows[i]);
    return NULL;
}

bool catalog_result(const struct catalog *c, struct jobs *j, const char *id, char out[NAME_ROOM]) {
    struct job *job = job_find(j, id);
    const char *name = job ? job->result : id;
    for (uint32_t i = 0; i < c->count; i++) {
        if (strcmp(c->rows[i].name, name) != 0) continue;
        memcpy(out, c->rows[i].name, NAME_ROOM);
        return true;
    }
    return false;
}
