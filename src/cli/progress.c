#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "cli/terminal.h"

static sigset_t stop_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

void interrupts_hold(void) {
    sigset_t set = stop_signals();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool interrupt_wished(void) {
    sigset_t pending;
    sigemptyset(&pending);
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct progress progress_begin(bool quiet) {
    return (struct progress){seconds_now(), 0, !quiet && terminal_notes_are_watched()};
}

bool progress_step(void *self, int64_t days_done, int64_t days_all) {
    struct progress *p = self;
    double now = seconds_now();
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
