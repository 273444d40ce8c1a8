// Progress with the time left, and the wish to stop. Signals are blocked and asked for: no handler, no global.
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    double started, shown;     // seconds by the clock that never jumps
    bool   watched;            // a terminal reads standard error
};

// Holds back SIGINT and SIGTERM for this thread and those it starts. Call before any thread.
void interrupts_hold(void);
bool interrupt_wished(void);

double seconds_now(void);
struct progress progress_begin(bool quiet);
// A step of study_options: shows the line, and is false when the user wants to stop. self: a struct progress.
bool progress_step(void *self, int64_t days_done, int64_t days_all);
void progress_end(struct progress *p);

#endif
