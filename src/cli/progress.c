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

bool progress_step(void *self, int64_t days_done, int64_t days_all) {
    struct progress *p = self;
    double now = seconds_now();
    if (p->told >= 0 && now - p->shown > 0.2) {
        char line[60];
        snprintf(line, sizeof line, "progress %" PRId64 " %" PRId64 "\n", days_done, days_all);
        line_tell(p->told, line);
        p->shown = now;
    }
    if (p->watched && now - p->shown > 0.2 && days_done > 0) {
        char line[120];
        double left = (now - p->started) * (double)(days_all - days_done) / (double)days_done;
        snprintf(line, sizeof line, "\r%3d %% of %.0f simulated years, %.0f s left\033[K",
                 (int)(100 * days_done / days_all), (double)days_all / 365.25, left + 0.5);
        terminal_note(line);
        p->shown = now;
    }
    return !interrupt_wished();
}

void progress_end(struct progress *p) {
    if (p->watched && p->shown > 0) terminal_note("\r\033[K");
    p->watched = false;
}
