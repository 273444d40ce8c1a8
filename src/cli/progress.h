// Progress with the time left, and the wish to stop. As long as nothing is half written, an interrupt ends the process
// at once; while something is, signals are blocked and asked for. No global.
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    double started, shown;     // seconds by the clock that never jumps
    bool   watched;            // a terminal reads standard error
    int    told;               // file on which a program listens (AUTOPOLIS_PROGRESS); -1: none
};

// From here on SIGINT, SIGTERM and SIGHUP say `interrupted` and end the process with 130, unless whoever started it
// wants them ignored; a file beyond the size limit is an error like a full disk. Call first.
void signals_begin(void);
// Holds them back for this thread and those it starts; ask interrupt_wished.
void interrupts_hold(void);
// What was held back takes effect now.
void interrupts_release(void);
bool interrupt_wished(void);

// Tells a program that listens a line such as "place NAME"; nothing when none does.
void progress_tell(const char *what, const char *value);

double seconds_now(void);
struct progress progress_begin(bool quiet);
// A step of study_options: shows the line, and is false when the user wants to stop. self: a struct progress.
bool progress_step(void *self, int64_t days_done, int64_t days_all);
// The same for a count of things.
bool progress_count(struct progress *p, const char *things, int64_t done, int64_t all);
void progress_end(struct progress *p);

#endif
