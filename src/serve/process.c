// Processes: studies that run on their own, and short ones that are waited for.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve/jobs.h"

enum { PROGRESS_FILE = 3, WORDS_MOST = ARGUMENTS_MOST + 20, ASK_MS = 60000, ASK_BYTES_MOST = 8 << 20 };

struct start {
    const char *folder, *out, *log;    // paths; out NULL: out_file; log NULL: the same
    int  out_file, progress;           // -1: none
    const char *const *words;
    const char *program;
};

// The environment with the file on which progress is told.
static char **environment_make(bool progress) {
    size_t count = 0;
    while (environ[count]) count++;
    char **copy = calloc(count + 2, sizeof *copy);
    if (!copy) return NULL;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "AUTOPOLIS_PROGRESS=", 19) != 0) copy[kept++] = environ[i];
    static const char told[] = "AUTOPOLIS_PROGRESS=3";
    if (progress) copy[kept++] = (char *)(uintptr_t)told;   // posix_spawn only reads it
    return copy;
}

static int actions_fill(posix_spawn_file_actions_t *a, const struct start *s) {
    int flags = O_WRONLY | O_CREAT | O_TRUNC;
    int failed = posix_spawn_file_actions_addopen(a, 0, "/dev/null", O_RDONLY, 0);
    if (s->out) failed |= posix_spawn_file_actions_addopen(a, 1, s->out, flags, 0644);
    else failed |= posix_spawn_file_actions_adddup2(a, s->out_file, 1);
    if (s->log) failed |= posix_spawn_file_actions_addopen(a, 2, s->log, flags, 0644);
    else failed |= posix_spawn_file_actions_adddup2(a, 1, 2);
    if (s->progress >= 0) failed |= posix_spawn_file_actions_adddup2(a, s->progress, PROGRESS_FILE);
    failed |= posix_spawn_file_actions_addchdir_np(a, s->folder);
    return failed;
}

// A process group of its own, with the signals of a fresh program.
static pid_t program_start(const struct start *s) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t process = 0;
    char **environment = environment_make(s->progress >= 0);
    if (!environment) return 0;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int failed = actions_fill(&actions, s);
    failed |= posix_spawnattr_setpgroup(&attributes, 0);
    failed |= posix_spawnattr_setsigmask(&attributes, &none);
    failed |= posix_spawnattr_setsigdefault(&attributes, &all);
    failed |= posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                        POSIX_SPAWN_SETSIGDEF);
    if (!failed) failed = posix_spawn(&process, s->program, &actions, &attributes, (char *const *)(void *)s->words,
                                      environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(environment);
    errno = failed;
    return failed ? 0 : process;
}

bool process_start(const struct jobs *j, struct job *job) {
    const char *words[WORDS_MOST + 2] = {j->options.program};
    size_t count = json_array_size(job->arguments);
    for (size_t i = 0; i < count && i < WORDS_MOST; i++)
        words[i + 1] = json_string_value(json_array_get(job->arguments, i));
    char out[SERVE_PATH_ROOM], log[SERVE_PATH_ROOM];
    int ends[2];
    job_path(j, job->id, ".out", out);
    job_path(j, job->id, ".log", log);
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    job->process = program_start(&(struct start){job->folder, out, log, -1, ends[1], words, j->options.program});
    int why = errno;
    close(ends[1]);
    if (job->process) job->pipe = ends[0];
    else close(ends[0]);
    errno = why;
    return job->process != 0;
}

// "progress DONE ALL" or "place NAME".
static void line_take(struct job *job) {
    long long done, all;
    if (sscanf(job->line, "progress %lld %lld", &done, &all) == 2 && done >= 0 && all > 0 && done <= all) {
        job->done = done;
        job->all = all;
    }
    if (strncmp(job->line, "place ", 6) == 0 && name_safe(job->line + 6))
        snprintf(job->result, sizeof job->result, "%s", job->line + 6);
}

void process_listen(struct job *job) {
    char bytes[512];
    for (ssize_t got = read(job->pipe, bytes, sizeof bytes); got > 0; got = read(job->pipe, bytes, sizeof bytes)) {
        for (ssize_t i = 0; i < got; i++) {
            if (bytes[i] != '\n') {
                if (job->line_count + 1 < sizeof job->line) job->line[job->line_count++] = bytes[i];
                continue;
            }
            job->line[job->line_count] = 0;
            job->line_count = 0;
            line_take(job);
        }
    }
}

// The last line of its log, for the list.
static void last_words(const struct jobs *j, struct job *job) {
    char name[NAME_ROOM + 8], *text;
    snprintf(name, sizeof name, "%.120s.log", job->id);
    int file = file_open_inside(j->folder, "jobs", name);
    text = file_read(file, 1 << 20, NULL);
    if (file >= 0) close(file);
    if (!text) return;
    size_t count = strlen(text);
    while (count > 0 && text[count - 1] == '\n') text[--count] = 0;
    const char *last = strrchr(text, '\n');
    last = last ? last + 1 : text;
    struct arena arena = {0};
    const char *mended = text_mended(&arena, last);
    snprintf(job->message, sizeof job->message, "%.299s", mended ? mended : "");
    size_t whole = text_utf8_valid(job->message, strlen(job->message));
    job->message[whole] = 0;
    arena_free(&arena);
    free(text);
}

bool process_ended(const struct jobs *j, struct job *job) {
    int status = 0;
    if (waitpid(job->process, &status, WNOHANG) != job->process) return false;
    process_listen(job);
    close(job->pipe);
    job->pipe = -1;
    job->process = 0;
    last_words(j, job);
    bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    job->state = well ? JOB_DONE : job->cancel ? JOB_CANCELLED : JOB_FAILED;
    if (WIFSIGNALED(status) && !job->cancel)
        snprintf(job->message, sizeof job->message, "the program crashed with signal %d", WTERMSIG(status));
    return true;
}

// --- short ones

// Reads until the other end is closed; false when it takes too long or says too much.
static bool answer_read(int file, struct words *out) {
    char bytes[8192];
    for (;;) {
        struct pollfd wait = {file, POLLIN, 0};
        if (poll(&wait, 1, ASK_MS) <= 0) return false;
        ssize_t got = read(file, bytes, sizeof bytes);
        if (got <= 0) return got == 0;
        words_add_bytes(out, bytes, (size_t)got);
        if (out->count > ASK_BYTES_MOST || out->refused) return false;
    }
}

int process_ask(const struct jobs *j, const char *folder, const char *const *arguments, char **text) {
    int ends[2];
    struct words answer = {0};
    *text = NULL;
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    struct start start = {folder, NULL, NULL, ends[1], -1, arguments, j->options.program};
    pid_t process = program_start(&start);
    close(ends[1]);
    bool read = process && answer_read(ends[0], &answer);
    close(ends[0]);
    int status = 0;
    if (process && !read) kill(-process, SIGKILL);
    if (process && waitpid(process, &status, 0) != process) read = false;
    if (read && WIFEXITED(status) && words_text(&answer)[0]) {
        *text = answer.text;
        return WEXITSTATUS(status);
    }
    words_free(&answer);
    return -1;
}
