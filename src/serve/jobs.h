// Jobs: studies that were asked for, each a process of its own, and what became of them. Kept in files beside the
// results, so that a list survives the server.
#ifndef SERVE_JOBS_H
#define SERVE_JOBS_H

#include <jansson.h>
#include <pthread.h>
#include <sys/types.h>

#include "serve/names.h"
#include "serve/request.h"
#include "serve/serve.h"

enum { JOBS_KEPT = 500 };            // the list stays short enough to be sent whole; the oldest that ended go first

enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_INTERRUPTED };

struct job {
    char   id[NAME_ROOM];
    char   study[16], scenario[NAME_ROOM];
    char   result[NAME_ROOM];        // name of the result's folder; "": none yet
    json_t *arguments;               // of the command, without the program
    json_t *request;                 // as the page sent it, for a retry; NULL: not known
    char   folder[SERVE_PATH_ROOM];  // where it runs: scenarios are named from there
    enum job_state state;
    pid_t  process;                  // 0: none
    int    pipe;                     // its progress; -1: none
    char   line[200];                // of the pipe, not yet whole
    size_t line_count;
    int64_t done, all;               // days simulated
    double created, started, ended;
    bool   cancel;
    char   message[300];             // its last words when it failed
};

// Everything the server knows; the lock guards all but options.
struct jobs {
    struct serve_options options;
    char   folder[SERVE_PATH_ROOM];  // absolute
    char   scenarios[SERVE_PATH_ROOM];
    pthread_mutex_t lock;
    struct job *rows[JOBS_KEPT];     // oldest first
    uint32_t count;
    uint64_t version;                // goes up whenever the list changes
};

// Makes the folders. Close it whatever happened.
MUST_CHECK enum ap_status jobs_open(const struct serve_options *o, struct jobs *out, char trouble[SERVE_TROUBLE_ROOM]);
// Reads the jobs of earlier servers, once the folder is ours; those that had not ended are interrupted now.
MUST_CHECK enum ap_status jobs_recall(struct jobs *j);
void jobs_close(struct jobs *j);
// Starts what waits, reads progress, sees who ended. Called again and again by one thread.
void jobs_tick(struct jobs *j);

// Adds a job; the id is written to `id`. AP_BAD_USE: too many wait, or there is no such scenario; AP_REFUSED: the disk.
MUST_CHECK enum ap_status job_add(struct jobs *j, const struct request *r, const char *body, char id[NAME_ROOM],
                                  char trouble[REQUEST_TROUBLE]);
// The folder above a scenario: of overlays made here, else of the scenarios; false: there is none.
bool scenario_above(const struct jobs *j, const char *name, char above[SERVE_PATH_ROOM]);
// With the lock held: the job or NULL.
struct job *job_find(struct jobs *j, const char *id);
// Stops it; false when there is none that runs or waits.
bool job_cancel(struct jobs *j, const char *id);
// Forgets a job that has ended, and its files; its result stays.
bool job_forget(struct jobs *j, const char *id);
const char *job_state_name(enum job_state state);

// --- job_files.c
MUST_CHECK bool job_write(const struct jobs *j, const struct job *job);
struct job *job_read(const struct jobs *j, const char *file);
// jobs/ID and an ending in out.
void job_path(const struct jobs *j, const char *id, const char *ending, char out[SERVE_PATH_ROOM]);
void job_files_remove(const struct jobs *j, const char *id);
void job_free(struct job *job);

// --- process.c
// Starts the command; false with errno when the machine refuses.
MUST_CHECK bool process_start(const struct jobs *j, struct job *job);
// Reads what it says of its progress.
void process_listen(struct job *job);
// Whether it has ended; then state and message say how.
bool process_ended(const struct jobs *j, struct job *job);
// Runs a command (the program first, NULL last) in a folder and waits for it, at most a minute; what it says in text,
// to be freed. -1: it could not be run, did not end or said nothing; else its exit status.
int process_ask(const struct jobs *j, const char *folder, const char *const *arguments, char **text);

#endif
