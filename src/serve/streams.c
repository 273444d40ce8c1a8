// Events as they come. A stream that has nothing to say is suspended; the ticker wakes it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/server.h"

static void stream_say(struct stream *x, const char *event, json_t *data) {
    char *text = data ? json_dumps(data, JSON_COMPACT) : NULL;
    json_decref(data);
    int count = text ? snprintf(x->words, sizeof x->words, "event: %s\ndata: %s\n\n", event, text) : 0;
    x->count = count > 0 && count < (int)sizeof x->words ? (size_t)count : 0;
    x->sent = 0;
    x->quiet = 0;
    free(text);
}

static void job_tell(struct stream *x, const struct server *s, const struct job *job) {
    if (!job) {
        stream_say(x, "end", json_pack("{s:s, s:s}", "state", "gone", "message", ""));
        x->over = true;
        return;
    }
    if (job->state != JOB_WAITING && job->state != JOB_RUNNING) {
        stream_say(x, "end", json_pack("{s:s, s:s}", "state", job_state_name(job->state), "message", job->message));
        x->over = true;
        return;
    }
    double past = s->jobs.options.now() - job->started;
    bool known = job->state == JOB_RUNNING && job->done > 0 && past > 0;
    double left = known ? past * (double)(job->all - job->done) / (double)job->done : 0;
    stream_say(x, "progress", json_pack("{s:I, s:I, s:o}", "done", (json_int_t)job->done, "all", (json_int_t)job->all,
                                        "seconds_left",
                                            known ? json_real((double)(int64_t)(left + 0.5)) : json_null()));
}

// With the lock held: puts the next words in place, if there are any.
static void stream_fill(struct stream *x) {
    struct server *s = x->server;
    uint64_t version = x->id[0] ? s->jobs.version : s->jobs.version + s->catalog.version;
    if (x->over || (version == x->seen && x->quiet < KEEP_TICKS)) return;
    if (version == x->seen) {
        x->count = (size_t)snprintf(x->words, sizeof x->words, ": still here\n\n");
        x->sent = 0;
        x->quiet = 0;
        return;
    }
    x->seen = version;
    if (x->id[0]) job_tell(x, s, job_find(&s->jobs, x->id));
    else stream_say(x, "runs", json_pack("{s:I}", "version", (json_int_t)version));
}

static ssize_t stream_read(void *self, uint64_t at, char *bytes, size_t most) {
    struct stream *x = self;
    ssize_t count = 0;
    (void)at;
    pthread_mutex_lock(&x->server->jobs.lock);
    if (x->sent == x->count) {
        x->sent = x->count = 0;
        if (!x->server->stop) stream_fill(x);
    }
    if (x->count > x->sent) {
        count = (ssize_t)smaller_of((int64_t)(x->count - x->sent), (int64_t)most);
        memcpy(bytes, x->words + x->sent, (size_t)count);
        x->sent += (size_t)count;
    } else if (x->over || x->server->stop) {
        count = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        x->waits = true;
        MHD_suspend_connection(x->connection);
    }
    pthread_mutex_unlock(&x->server->jobs.lock);
    return count;
}

static void stream_close(void *self) {
    struct stream *x = self;
    struct server *s = x->server;
    pthread_mutex_lock(&s->jobs.lock);
    for (struct stream **at = &s->streams; *at; at = &(*at)->next) {
        if (*at != x) continue;
        *at = x->next;
        break;
    }
    pthread_mutex_unlock(&s->jobs.lock);
    free(x);
}

enum MHD_Result stream_open(struct visit *v, const char *id) {
    struct server *s = v->server;
    struct stream *x = calloc(1, sizeof *x);
    if (!x) return reply_error(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the machine refused memory");
    x->server = s;
    x->connection = v->connection;
    snprintf(x->id, sizeof x->id, "%s", id);
    pthread_mutex_lock(&s->jobs.lock);
    bool known = !*id || job_find(&s->jobs, id);
    struct guest *guest = guest_of(v->connection);
    if (known && guest) guest->streams = true;
    if (known) {
        x->next = s->streams;
        s->streams = x;
    }
    pthread_mutex_unlock(&s->jobs.lock);
    if (!known) {
        free(x);
        return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such study");
    }
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, stream_read, x, stream_close);
    if (!r) {
        stream_close(x);
        return MHD_NO;
    }
    headers_add(r, "text/event-stream", NULL);
    enum MHD_Result queued = MHD_queue_response(v->connection, MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return queued;
}

static void stream_wake(struct stream *x) {
    x->waits = false;
    MHD_resume_connection(x->connection);
}

void streams_tick(struct server *s) {
    for (struct stream *x = s->streams; x; x = x->next) {
        uint64_t version = x->id[0] ? s->jobs.version : s->jobs.version + s->catalog.version;
        x->quiet++;
        if (x->waits && (version != x->seen || x->quiet >= KEEP_TICKS)) stream_wake(x);
    }
}

void streams_end(struct server *s) {
    for (struct stream *x = s->streams; x; x = x->next)
        if (x->waits) stream_wake(x);
}
