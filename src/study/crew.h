// A crew: jobs by number on any number of threads. Each job writes only its own place, so the bytes do not depend on
// the threads; the first trouble stops what has not begun.
#ifndef STUDY_CREW_H
#define STUDY_CREW_H

#include <pthread.h>

#include "base/base.h"

struct crew {
    uint32_t threads; // 1 or more; one that the machine refuses is done without
    uint32_t jobs;
    // hand: 0..threads - 1, for memory that one thread keeps from job to job.
    enum ap_status (*job)(void *self, uint32_t hand, uint32_t job);
    void *self;
};

// What the jobs of a study tell by the way: days simulated, for whoever waits, and the first words of trouble.
struct crew_watch {
    pthread_mutex_t lock;          // made and destroyed by the study; guards the rest
    int64_t days_done, days_all;
    bool  (*step)(void *self, int64_t days_done, int64_t days_all);   // false: stop; NULL: nobody waits
    void   *self;
    char   *trouble;               // [trouble_room] of the study
    size_t  trouble_room;
};
// `self` is the watch: fits the step of a record and of a day's run.
bool crew_watch_step(void *self, int32_t days);
void crew_watch_trouble(struct crew_watch *w, const char *words);

// The trouble of the lowest job that had one of its own; AP_INTERRUPTED when jobs only stopped.
MUST_CHECK enum ap_status crew_run(const struct crew *c);

#endif
