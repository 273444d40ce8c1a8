// The server: libmicrohttpd with a few threads, each with its own share of the connections, and one ticker that looks
// after studies, the folder, streams and guests who take too long.
#include "serve/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/serve.h"
#include "write/page.h"

enum { THREADS = 4, MEMORY_PER_CONNECTION = 24 << 10 };

// --- one request

static struct visit *visit_new(struct server *s, struct MHD_Connection *c, const char *method) {
    struct visit *v = calloc(1, sizeof *v);
    if (!v) return NULL;
    v->server = s;
    v->connection = c;
    v->method = strcmp(method, "HEAD") == 0 ? "HEAD" : strcmp(method, "POST") == 0 ? "POST"
                : strcmp(method, "PUT") == 0 ? "PUT" : strcmp(method, "DELETE") == 0 ? "DELETE" : "GET";
    return v;
}

static const char *refusal_words(unsigned status) {
    switch (status) {
    case MHD_HTTP_FORBIDDEN: return "asked for under another name, or by a page of another site";
    case MHD_HTTP_UNAUTHORIZED: return "the token is missing or wrong: open the address that the server printed";
    case MHD_HTTP_UNSUPPORTED_MEDIA_TYPE: return "a body of application/json is due";
    case MHD_HTTP_CONTENT_TOO_LARGE: return "the body is too large";
    default: return "not with this method";
    }
}

static enum MHD_Result visit_begin(struct server *s, struct MHD_Connection *c, struct visit **v, const char *method,
                                   const char *url) {
    *v = visit_new(s, c, method);
    if (!*v) return MHD_NO;
    bool page = strcmp(url, "/") == 0;
    unsigned refusal = guard_check(s, c, method, !page);
    if (refusal) return reply_error(*v, refusal, refusal_words(refusal));
    if (!path_cut(url, *v)) return reply_error(*v, MHD_HTTP_NOT_FOUND, "there is nothing at this address");
    return MHD_YES;
}

// Paths are decoded by path_cut, which knows what may stand in one.
static size_t path_as_sent(void *self, struct MHD_Connection *c, char *text) {
    (void)self;
    (void)c;
    return strlen(text);
}

// libmicrohttpd's own signature. First called with the headers, then with pieces of the body, then to answer.
static enum MHD_Result request_take(void *self, struct MHD_Connection *c, const char *url, const char *method,
                                    const char *version, const char *bytes, size_t *count, void **context) {
    struct visit *v = *context;
    (void)version;
    if (!v) return visit_begin(self, c, (struct visit **)context, method, url);
    if (*count > 0) {
        v->large |= v->body.count + *count > BODY_MOST;
        if (!v->large) words_add_bytes(&v->body, bytes, *count);
        *count = 0;
        return MHD_YES;
    }
    if (v->large) return reply_error(v, MHD_HTTP_CONTENT_TOO_LARGE, refusal_words(MHD_HTTP_CONTENT_TOO_LARGE));
    return visit_answer(v);
}

struct guest *guest_of(struct MHD_Connection *c) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void request_over(void *self, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode why) {
    struct server *s = self;
    struct visit *v = *context;
    (void)why;
    struct guest *guest = guest_of(c);
    pthread_mutex_lock(&s->jobs.lock);
    if (guest) *guest = (struct guest){guest->socket, 0, false, guest->next};
    pthread_mutex_unlock(&s->jobs.lock);
    if (v) words_free(&v->body);
    free(v);
    *context = NULL;
}

// --- guests

static void guest_come(struct server *s, struct MHD_Connection *c, void **place) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct guest *guest = calloc(1, sizeof *guest);
    *place = guest;
    if (!guest || !info) return;
    guest->socket = info->connect_fd;
    guest->next = s->guests;
    s->guests = guest;
}

static void guest_go(struct server *s, struct guest *guest) {
    for (struct guest **at = &s->guests; *at; at = &(*at)->next) {
        if (*at != guest) continue;
        *at = guest->next;
        break;
    }
    free(guest);
}

static void guest_notice(void *self, struct MHD_Connection *c, void **place, enum MHD_ConnectionNotificationCode what) {
    struct server *s = self;
    pthread_mutex_lock(&s->jobs.lock);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) guest_come(s, c, place);
    else if (*place) guest_go(s, *place);
    pthread_mutex_unlock(&s->jobs.lock);
}

// Who sends or takes a drop now and then would stay for ever: not here. Streams may.
static void guests_tick(struct server *s) {
    uint32_t most = s->jobs.options.patience * 1000 / TICK_MS;
    for (struct guest *guest = s->guests; guest; guest = guest->next)
        if (++guest->ticks >= most && !guest->streams) shutdown(guest->socket, SHUT_RDWR);
}

// --- the ticker

static void *ticker_run(void *self) {
    struct server *s = self;
    for (uint32_t tick = 0;; tick++) {
        jobs_tick(&s->jobs);
        pthread_mutex_lock(&s->jobs.lock);
        bool stop = s->stop;
        if (tick % LOOK_TICKS == 0) catalog_look(&s->catalog, &s->jobs);
        guests_tick(s);
        streams_tick(s);
        pthread_mutex_unlock(&s->jobs.lock);
        if (stop) return NULL;
        poll(NULL, 0, TICK_MS);
    }
}

// --- start

static enum ap_status folder_lock(struct server *s, char trouble[SERVE_TROUBLE_ROOM]) {
    char path[SERVE_PATH_ROOM];
    snprintf(path, sizeof path, "%.3000s/.server", s->jobs.folder);
    s->lock_file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (s->lock_file >= 0 && flock(s->lock_file, LOCK_EX | LOCK_NB) == 0) return AP_OK;
    bool taken = s->lock_file >= 0 && errno == EWOULDBLOCK;
    snprintf(trouble, SERVE_TROUBLE_ROOM, "%.200s: %.100s", s->jobs.folder,
             taken ? "another server has this folder" : strerror(errno));
    return AP_REFUSED;
}

static enum ap_status token_make(struct server *s) {
    unsigned char bytes[24];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return AP_REFUSED;
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(s->token + 2 * i, 3, "%02x", bytes[i]);
    return AP_OK;
}

static enum ap_status address_fill(struct server *s, struct sockaddr_storage *out, char trouble[SERVE_TROUBLE_ROOM]) {
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    const char *address = s->jobs.options.address;
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(s->jobs.options.port);
        snprintf(s->own_name, sizeof s->own_name, "%.100s", address);
        return AP_OK;
    }
    if (inet_pton(AF_INET6, address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(s->jobs.options.port);
        snprintf(s->own_name, sizeof s->own_name, "[%.100s]", address);
        return AP_OK;
    }
    snprintf(trouble, SERVE_TROUBLE_ROOM, "an address such as 127.0.0.1 is due, not \"%.100s\"", address);
    return AP_BAD_USE;
}

static enum ap_status daemon_start(struct server *s, char trouble[SERVE_TROUBLE_ROOM]) {
    struct sockaddr_storage address;
    TRY(address_fill(s, &address, trouble));
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address.ss_family == AF_INET6) flags |= MHD_USE_IPv6;
    errno = 0;
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, request_take, s, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)smaller_of(IDLE_SECONDS, s->jobs.options.patience),
            MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_PER_CONNECTION, MHD_OPTION_NOTIFY_COMPLETED, request_over, s, MHD_OPTION_NOTIFY_CONNECTION,
        guest_notice, s, MHD_OPTION_UNESCAPE_CALLBACK, path_as_sent, NULL, MHD_OPTION_END);
    if (!s->daemon) {
        snprintf(trouble, SERVE_TROUBLE_ROOM, "%.60s port %u: %.100s", s->jobs.options.address,
                 (unsigned)s->jobs.options.port, errno ? strerror(errno) : "refused");
        return AP_REFUSED;
    }
    s->port = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return AP_OK;
}

static enum ap_status server_open(struct server *s, const struct serve_options *o, char trouble[SERVE_TROUBLE_ROOM]) {
    size_t count;
    const char *page = page_shell(&count);
    policy_make(page, count, s->policy);
    TRY(jobs_open(o, &s->jobs, trouble));
    TRY(folder_lock(s, trouble));
    TRY(jobs_recall(&s->jobs));
    TRY(token_make(s));
    catalog_look(&s->catalog, &s->jobs);
    TRY(daemon_start(s, trouble));
    s->ticking = pthread_create(&s->ticker, NULL, ticker_run, s) == 0;
    return s->ticking ? AP_OK : AP_REFUSED;
}

enum ap_status serve_start(const struct serve_options *o, struct server **out, char trouble[SERVE_TROUBLE_ROOM]) {
    trouble[0] = 0;
    *out = calloc(1, sizeof **out);
    if (!*out) return AP_NO_MEMORY;
    (*out)->lock_file = -1;
    enum ap_status status = server_open(*out, o, trouble);
    if (status != AP_OK) {
        serve_stop(*out);
        *out = NULL;
    }
    return status;
}

uint16_t serve_port(const struct server *s) {
    return s->port;
}

const char *serve_token(const struct server *s) {
    return s->token;
}

void serve_stop(struct server *s) {
    pthread_mutex_lock(&s->jobs.lock);
    s->stop = true;
    streams_end(s);
    pthread_mutex_unlock(&s->jobs.lock);
    if (s->ticking) pthread_join(s->ticker, NULL);
    if (s->daemon) MHD_stop_daemon(s->daemon);
    if (s->list) MHD_destroy_response(s->list);
    jobs_close(&s->jobs);
    catalog_free(&s->catalog);
    if (s->lock_file >= 0) close(s->lock_file);
    free(s);
}
