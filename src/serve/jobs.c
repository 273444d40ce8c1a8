#include "serve/jobs.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAITING_MOST = 50 };            // beyond it a page is told to wait: someone leans on the button

// --- the list

static int job_order(const void *a, const void *b) {
    const struct job *x = *(struct job *const *)a, *y = *(struct job *const *)b;
    if (x->created != y->created) return x->created < y->created ? -1 : 1;
    return strcmp(x->id, y->id);
}

static bool job_over(const struct job *job) {
    return job->state != JOB_WAITING && job->state != JOB_RUNNING;
}

static void row_remove(struct jobs *j, uint32_t at) {
    job_free(j->rows[at]);
    memmove(&j->rows[at], &j->rows[at + 1], (j->count - at - 1) * sizeof *j->rows);
    j->count--;
    j->version++;
}

// Makes room by letting go of the oldest that has ended.
static bool room_make(struct jobs *j) {
    for (uint32_t i = 0; i < j->count && j->count == JOBS_KEPT; i++) {
        if (!job_over(j->rows[i])) continue;
        job_files_remove(j, j->rows[i]->id);
        row_remove(j, i);
    }
    return j->count < JOBS_KEPT;
}

static void row_add(struct jobs *j, struct job *job) {
    ASSERT(j->count < JOBS_KEPT);
    j->rows[j->count++] = job;
    j->version++;
}

static void earlier_take(struct jobs *j, const char *file) {
    size_t count = strlen(file);
    if (count < 6 || strcmp(file + count - 5, ".json") != 0) return;
    struct job *job = job_read(j, file);
    if (!job) return;
    if (!job_over(job)) {
        job->state = JOB_INTERRUPTED;
        snprintf(job->message, sizeof job->message, "the server ended before it did");
        if (!job_write(j, job)) job->message[0] = 0;
    }
    if (!room_make(j)) job_free(job);
    else row_add(j, job);
}

static enum ap_status folder_ready(const char *path, char trouble[SERVE_TROUBLE_ROOM]) {
    struct stat info;
    if (mkdir(path, 0755) == 0) return AP_OK;
    if (errno == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode) && access(path, W_OK | X_OK) == 0)
        return AP_OK;
    snprintf(trouble, SERVE_TROUBLE_ROOM, "%.300s: %s", path, strerror(errno));
    return AP_REFUSED;
}

enum ap_status jobs_open(const struct serve_options *o, struct jobs *out, char trouble[SERVE_TROUBLE_ROOM]) {
    char path[SERVE_PATH_ROOM];
    out->options = *o;
    out->version = 1;
    pthread_mutex_init(&out->lock, NULL);
    TRY(folder_ready(o->folder, trouble));
    if (!realpath(o->folder, out->folder) || strlen(out->folder) > 3000) {
        snprintf(trouble, SERVE_TROUBLE_ROOM, "%.300s: not a usable path", o->folder);
        return AP_REFUSED;
    }
    if (!o->scenarios || !realpath(o->scenarios, out->scenarios)) out->scenarios[0] = 0;
    static const char *const inside[] = {"jobs", "scenarios"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        snprintf(path, sizeof path, "%.3000s/%s", out->folder, inside[i]);
        TRY(folder_ready(path, trouble));
    }
    return AP_OK;
}

enum ap_status jobs_recall(struct jobs *j) {
    char path[SERVE_PATH_ROOM];
    snprintf(path, sizeof path, "%.3000s/jobs", j->folder);
    DIR *folder = opendir(path);
    if (!folder) return AP_REFUSED;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) earlier_take(j, e->d_name);
    closedir(folder);
    if (j->count > 1) qsort(j->rows, j->count, sizeof *j->rows, job_order);
    return AP_OK;
}

// Nobody is left behind: what runs is interrupted, and killed when it does not listen.
void jobs_close(struct jobs *j) {
    for (uint32_t i = 0; i < j->count; i++)
        if (j->rows[i]->process) kill(-j->rows[i]->process, SIGINT);
    for (uint32_t i = 0; i < j->count; i++) {
        struct job *job = j->rows[i];
        if (job->process) {
            usleep(200000);
            kill(-job->process, SIGKILL);
            waitpid(job->process, NULL, 0);
            job->state = JOB_INTERRUPTED;
            snprintf(job->message, sizeof job->message, "the server ended before it did");
            if (!job_write(j, job)) job->message[0] = 0;
        }
        job_free(job);
    }
    j->count = 0;
    pthread_mutex_destroy(&j->lock);
}

struct job *job_find(struct jobs *j, const char *id) {
    for (uint32_t i = 0; i < j->count; i++)
        if (strcmp(j->rows[i]->id, id) == 0) return j->rows[i];
    return NULL;
}

// --- what goes on

static void job_end(struct jobs *j, struct job *job) {
    job->ended = j->options.now();
    if (!job_write(j, job) && job->state == JOB_DONE)
        snprintf(job->message, sizeof job->message, "the list could not be written: %.100s", strerror(errno));
    j->version++;
}

static void job_begin(struct jobs *j, struct job *job) {
    job->started = j->options.now();
    job->state = JOB_RUNNING;
    if (!process_start(j, job)) {
        job->state = JOB_FAILED;
        snprintf(job->message, sizeof job->message, "it could not be started: %.100s", strerror(errno));
        job_end(j, job);
    }
    j->version++;
}

static void job_watch(struct jobs *j, struct job *job) {
    int64_t before = job->done;
    process_listen(job);
    if (job->done != before) j->version++;
    if (process_ended(j, job)) job_end(j, job);
}

void jobs_tick(struct jobs *j) {
    pthread_mutex_lock(&j->lock);
    uint32_t running = 0;
    for (uint32_t i = 0; i < j->count; i++) {
        if (j->rows[i]->process) job_watch(j, j->rows[i]);
        running += j->rows[i]->process != 0;
    }
    for (uint32_t i = 0; i < j->count && running < j->options.jobs_most; i++) {
        if (j->rows[i]->state != JOB_WAITING) continue;
        job_begin(j, j->rows[i]);
        running += j->rows[i]->process != 0;
    }
    pthread_mutex_unlock(&j->lock);
}

// --- from the page

// Where a scenario lies: among the overlays made here, else among the scenarios. The folder above it in `above`.
bool scenario_above(const struct jobs *j, const char *name, char above[SERVE_PATH_ROOM]) {
    char path[SERVE_PATH_ROOM];
    snprintf(above, SERVE_PATH_ROOM, "%.3000s/scenarios", j->folder);
    if (folder_inside(above, name, path)) return true;
    snprintf(above, SERVE_PATH_ROOM, "%.4000s", j->scenarios);
    return above[0] && folder_inside(above, name, path);
}

static void id_make(const char *study, const char *scenario, char id[NAME_ROOM]) {
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number) number = 0;
    int room = 60;
    while (room > 0 &&
        !text_is_utf8(scenario, (size_t)room < strlen(scenario) ? (size_t)room : strlen(scenario))) room--;
    snprintf(id, NAME_ROOM, "%.*s-%s-%012llx", room, scenario, study,
             (unsigned long long)(number & 0xffffffffffffULL));
}

// The bounds of a capacity are words alone, which stand in jobs/ID.out.
static bool study_keeps(const char *study) {
    return strcmp(study, "capacity") != 0;
}

static bool words_fill(const struct jobs *j, const struct request *r, struct job *job) {
    char path[SERVE_PATH_ROOM + 20];
    job->arguments = json_array();
    int failed = json_array_append_new(job->arguments, json_string(r->study));
    failed |= json_array_append_new(job->arguments, json_string(r->scenario));
    if (r->other) failed |= json_array_append_new(job->arguments, json_string(r->other));
    for (uint32_t i = 0; i < r->count; i++)
        failed |= json_array_append_new(job->arguments, json_string(r->arguments[i]));
    if (r->shocks) {
        memcpy(path, "--shock=", 9);
        job_path(j, job->id, ".shocks.csv", path + 8);
        failed |= json_array_append_new(job->arguments, json_string(path));
    }
    snprintf(path, sizeof path, "--store=%.4000s", j->folder);
    if (study_keeps(r->study)) failed |= json_array_append_new(job->arguments, json_string(path));
    return failed == 0;
}

static enum ap_status job_make(struct jobs *j, const struct request *r, const char *body, struct job **out) {
    struct job *job = calloc(1, sizeof *job);
    char path[SERVE_PATH_ROOM];
    *out = job;
    if (!job) return AP_NO_MEMORY;
    job->pipe = -1;
    id_make(r->study, r->scenario, job->id);
    snprintf(job->study, sizeof job->study, "%s", r->study);
    snprintf(job->scenario, sizeof job->scenario, "%s", r->scenario);
    job->created = j->options.now();
    job->request = json_loads(body, 0, NULL);
    if (!scenario_above(j, r->scenario, job->folder)) return AP_BAD_USE;
    if (!words_fill(j, r, job)) return AP_NO_MEMORY;
    job_path(j, job->id, ".shocks.csv", path);
    if (r->shocks && !file_replace(path, r->shocks, strlen(r->shocks))) return AP_REFUSED;
    return job_write(j, job) ? AP_OK : AP_REFUSED;
}

static enum ap_status room_check(struct jobs *j, char trouble[REQUEST_TROUBLE]) {
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < j->count; i++) waiting += j->rows[i]->state == JOB_WAITING;
    if (waiting < WAITING_MOST && room_make(j)) return AP_OK;
    snprintf(trouble, REQUEST_TROUBLE, "too many studies wait already: %u", (unsigned)waiting);
    return AP_BAD_USE;
}

enum ap_status job_add(struct jobs *j, const struct request *r, const char *body, char id[NAME_ROOM],
                       char trouble[REQUEST_TROUBLE]) {
    struct job *job = NULL;
    trouble[0] = 0;
    pthread_mutex_lock(&j->lock);
    enum ap_status status = room_check(j, trouble);
    if (status == AP_OK) status = job_make(j, r, body, &job);
    if (status == AP_REFUSED) snprintf(trouble, REQUEST_TROUBLE, "the disk refuses: %.100s", strerror(errno));
    if (status == AP_BAD_USE && !trouble[0])
        snprintf(trouble, REQUEST_TROUBLE, "there is no such scenario: %.100s", r->scenario);
    if (status == AP_OK) {
        snprintf(id, NAME_ROOM, "%s", job->id);
        row_add(j, job);
    } else if (job) {
        job_files_remove(j, job->id);
        job_free(job);
    }
    pthread_mutex_unlock(&j->lock);
    return status;
}

bool job_cancel(struct jobs *j, const char *id) {
    pthread_mutex_lock(&j->lock);
    struct job *job = job_find(j, id);
    bool cancelled = job && !job_over(job);
    if (cancelled && job->process) {
        kill(-job->process, job->cancel ? SIGKILL : SIGINT);   // who asks twice means it
        job->cancel = true;
    } else if (cancelled) {
        job->state = JOB_CANCELLED;
        job_end(j, job);
    }
    pthread_mutex_unlock(&j->lock);
    return cancelled;
}

bool job_forget(struct jobs *j, const char *id) {
    bool forgotten = false;
    pthread_mutex_lock(&j->lock);
    for (uint32_t i = 0; i < j->count && !forgotten; i++) {
        if (strcmp(j->rows[i]->id, id) != 0 || !job_over(j->rows[i])) continue;
        job_files_remove(j, id);
        row_remove(j, i);
        forgotten = true;
    }
    pthread_mutex_unlock(&j->lock);
    return forgotten;
}
