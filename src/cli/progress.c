#include "cli/progress.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/terminal.h"

static const int stop_signal[] = {SIGINT, SIGTERM, SIGHUP};
enum { STOP_SIGNALS = sizeof stop_signal / sizeof *stop_signal };

static sigset_t stop_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < STOP_SIGNALS; i++) sigaddset(&set, stop_signal[i]);
    return set;
}

// Only what a signal may do: one write, and the end.
static void interrupted(int signal) {
    static const char words[] = "autopolis: interrupted\n";
    (void)signal;
    ssize_t said = write(STDERR_FILENO, words, sizeof words - 1);
    (void)said;
    _exit(130);
}

// The file that whoever started us reads; -1: none.
static int listener(void) {
    const char *number = getenv("AUTOPOLIS_PROGRESS");
    return number && number[0] >= '3' && number[0] <= '9' && !number[1] ? number[0] - '0' : -1;
}

void signals_begin(void) {
    for (int i = 0; i < STOP_SIGNALS; i++) {
        struct sigaction now;
        bool ignored = sigaction(stop_signal[i], NULL, &now) == 0 && now.sa_handler == SIG_IGN;
        if (!ignored) signal(stop_signal[i], interrupted);
    }
    if (listener() >= 0) signal(SIGPIPE, SIG_IGN);     // who listened may be gone: the study goes on
    signal(SIGXFSZ, SIG_IGN);      // write then fails with EFBIG, which is told like any other refusal
}

void interrupts_hold(void) {
    sigset_t set = stop_signals();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

void interrupts_release(void) {
    sigset_t set = stop_signals();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

bool interrupt_wished(void) {
    sigset_t pending;
    sigemptyset(&pending);
    bool wished = false, known = sigpending(&pending) == 0;
    for (int i = 0; i < STOP_SIGNALS && known; i++) wished |= sigismember(&pending, stop_signal[i]) == 1;
    return wished;
}

double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void line_tell(int file, const char *line) {
    ssize_t told = write(file, line, strlen(line));
    (void)told;                    // nobody listens any more: then nobody misses it
}

void progress_tell(const char *what, const char *value) {
    char line[300];
    int file = listener();
    snprintf(line, sizeof line, "%.20s %.250s\n", what, value);
    if (file >= 0) line_tell(file, line);
}

struct progress progress_begin(bool quiet) {
    return (struct progress){seconds_now(), 0, !quiet && terminal_notes_are_watched(), listener()};
}

// The line with the time left, now and then.
static void line_show(struct progress *p, const char *of_what, int64_t done, int64_t all) {
    double now = seconds_now();
    if (now - p->shown <= 0.2 || done <= 0) return;
    if (p->told >= 0) {
        char line[60];
        snprintf(line, sizeof line, "progress %" PRId64 " %" PRId64 "\n", done, all);
        line_tell(p->told, line);
    }
    if (p->watched) {
        char line[120];
        double left = (now - p->started) * (double)(all - done) / (double)done;
        snprintf(line, sizeof line, "\r%3d %% of %s, %.0f s left\033[K", (int)(100 * done / all), of_what, left + 0.5);
        terminal_note(line);
    }
    p->shown = now;
}

bool progress_step(void *self, int64_t days_done, int64_t days_all) {
    char of_what[40];
    snprintf(of_what, sizeof of_what, "%.0f simulated years", (double)days_all / 365.25);
    line_show(self, of_what, days_done, days_all);
    return !interrupt_wished();
}

bool progress_count(struct progress *p, const char *things, int64_t done, int64_t all) {
    char of_what[60];
    snprintf(of_what, sizeof of_what, "%lld %s", (long long)all, things);
    line_show(p, of_what, done, all);
    return !interrupt_wished();
}

void progress_end(struct progress *p) {
    if (p->watched && p->shown > 0) terminal_note("\r\033[K");
    p->watched = false;
}
