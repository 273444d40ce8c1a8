#include "study/crew.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct shift {
    const struct crew *crew;
    pthread_mutex_t lock; // guards the rest
    uint32_t next, hands;
    bool stop;
    enum ap_status *status; // [jobs]
};

static void *hand_work(void *self) {
    struct shift *x = self;
    pthread_mutex_lock(&x->lock);
    uint32_t hand = x->hands++;
    while (!x->stop && x->next < x->crew->jobs) {
        uint32_t job = x->next++;
        pthread_mutex_unlock(&x->lock);
        enum ap_status status = x->crew->job(x->crew->self, hand, job);
        pthread_mutex_lock(&x->lock);
        x->status[job] = status;
        x->stop |= status != AP_OK;
    }
    pthread_mutex_unlock(&x->lock);
    return NULL;
}

static enum ap_status shift_status(const struct shift *x) {
    bool stopped = false;
    for (uint32_t i = 0; i < x->crew->jobs; i++) {
        if (x->status[i] != AP_OK && x->status[i] != AP_INTERRUPTED) return x->status[i];
        stopped |= x->status[i] == AP_INTERRUPTED;
    }
    return stopped ? AP_INTERRUPTED : AP_OK;
}

bool crew_watch_step(void *self, int32_t days) {
    struct crew_watch *w = self;
    pthread_mutex_lock(&w->lock);
    w->days_done += days;
    bool go_on = !w->step || w->step(w->self, w->days_done, w->days_all);
    pthread_mutex_unlock(&w->lock);
    return go_on;
}

void crew_watch_trouble(struct crew_watch *w, const char *words) {
    pthread_mutex_lock(&w->lock);
    if (!w->trouble[0]) snprintf(w->trouble, w->trouble_room, "%s", words);
    pthread_mutex_unlock(&w->lock);
}

enum ap_status crew_run(const struct crew *c) {
    ASSERT(c->threads > 0);
    if (c->jobs == 0) return AP_OK;
    struct shift x = {.crew = c};
    uint32_t more = (uint32_t)smaller_of(c->threads, c->jobs) - 1, started = 0;
    pthread_t *threads = calloc(more + 1, sizeof *threads);
    x.status = calloc(c->jobs, sizeof *x.status);
    if (!threads || !x.status) {
        free(threads);
        free(x.status);
        return AP_NO_MEMORY;
    }
    pthread_mutex_init(&x.lock, NULL);
    while (started < more && pthread_create(&threads[started], NULL, hand_work, &x) == 0) started++;
    hand_work(&x); // the caller's thread works too
    for (uint32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&x.lock);
    enum ap_status status = shift_status(&x);
    free(threads);
    free(x.status);
    return status;
}
