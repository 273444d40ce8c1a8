// Inside the serve room: the server, a visit (one request), its replies, and streams of events.
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

#include <microhttpd.h>

#include "serve/catalog.h"

enum {
    BODY_MOST = 1 << 18,             // of a request: a hundred rows of shocks are a tenth of it
    SEGMENTS_MOST = 6,               // parts of the longest route
    CONNECTIONS_MOST = 1500,         // of which a thousand may idle
    IDLE_SECONDS = 20,               // without a byte in either direction
    TICK_MS = 200,
    LOOK_TICKS = 10,                 // between two looks at the folder
    POLICY_ROOM = 1200,
    KEEP_TICKS = 50                  // between two signs of life on a stream
};

struct stream {
    struct MHD_Connection *connection;
    struct server *server;
    char     id[NAME_ROOM];          // of a job; "": the list
    uint64_t seen;                   // version of the jobs last told
    uint32_t quiet;                  // ticks since the last word
    bool     waits, over;            // suspended; the last event was sent
    char     words[700];             // what is being sent
    size_t   count, sent;
    struct stream *next;
};

// One connection, from the first byte to the last.
struct guest {
    int      socket;
    uint32_t ticks;                  // since its last request was answered
    bool     streams;
    struct guest *next;
};

struct server {
    struct jobs    jobs;             // its lock guards catalog, streams, guests and list too
    struct catalog catalog;
    struct MHD_Daemon *daemon;
    struct MHD_Response *list;       // the list of runs as it was at list_version
    uint64_t       list_version;
    struct stream *streams;
    struct guest  *guests;
    pthread_t      ticker;
    bool           ticking, stop;
    int            lock_file;
    uint16_t       port;
    char           token[SERVE_TOKEN_ROOM];
    char           own_name[128];    // the address as a Host header may name it
    char           policy[POLICY_ROOM];   // what the page may do
};

// One request.
struct visit {
    struct server *server;
    struct MHD_Connection *connection;
    const char *method;
    char        path[1024];          // cut into segments
    const char *segments[SEGMENTS_MOST];
    int         count;
    struct words body;
    bool        large;
};

// --- server.c
struct guest *guest_of(struct MHD_Connection *c);

// --- guard.c: what may come in at all. 0, or the status of the refusal.
unsigned guard_check(const struct server *s, struct MHD_Connection *c, const char *method, bool data);
// Cuts a path into segments; false when one of them is empty, hidden or no name.
bool path_cut(const char *url, struct visit *v);

// --- policy.c: the page may run its own scripts and styles, told by their hashes, and ask this server; nothing else.
void policy_make(const char *page, size_t count, char out[POLICY_ROOM]);

// --- replies.c
enum MHD_Result reply_json(struct visit *v, unsigned status, json_t *o);       // lets go of o; NULL: no memory
enum MHD_Result reply_text(struct visit *v, unsigned status, const char *kind, char *text);   // frees text
enum MHD_Result reply_error(struct visit *v, unsigned status, const char *words);
enum MHD_Result reply_file(struct visit *v, const char *name, int file);       // closes it
enum MHD_Result reply_page(struct visit *v);
void headers_add(struct MHD_Response *r, const char *kind, const char *policy);

// --- routes.c
enum MHD_Result visit_answer(struct visit *v);
// --- scenarios.c
enum MHD_Result scenarios_list(struct visit *v);
enum MHD_Result scenario_check(struct visit *v);
// Whether `autopolis check` has no complaint about the scenario with these options; else they were sent.
bool scenario_agrees(struct visit *v, const struct request *r, enum MHD_Result *replied);
// --- overlays.c
enum MHD_Result overlay_new(struct visit *v);
enum MHD_Result overlay_setting(struct visit *v);
enum MHD_Result overlay_row(struct visit *v);
// --- compare.c
enum MHD_Result runs_compare(struct visit *v, const char *one, const char *other);
// --- streams.c
enum MHD_Result stream_open(struct visit *v, const char *id);
// With the lock held, once a tick; and when the server ends.
void streams_tick(struct server *s);
void streams_end(struct server *s);

#endif
