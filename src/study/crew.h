// A crew: jobs by number on any number of threads. Each job writes only its own place, so the bytes do not depend on
// the threads; the first trouble stops what has not begun.
#ifndef STUDY_CREW_H
#define STUDY_CREW_H

#include "base/base.h"

struct crew {
    uint32_t threads; // 1 or more; one that the machine refuses is done without
    uint32_t jobs;
    // hand: 0..threads - 1, for memory that one thread keeps from job to job.
    enum ap_status (*job)(void *self, uint32_t hand, uint32_t job);
    void *self;
};

// The trouble of the lowest job that had one of its own; AP_INTERRUPTED when jobs only stopped.
MUST_CHECK enum ap_status crew_run(const struct crew *c);

#endif
