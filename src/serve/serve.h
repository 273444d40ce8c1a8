// The serve room: results and studies over HTTP, for the page. The only room with a socket. Studies run as processes of
// their own, so that a crash of one never takes the server down.
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "base/base.h"

enum { SERVE_TOKEN_ROOM = 65, SERVE_TROUBLE_ROOM = 400 };

struct serve_options {
    const char *folder;          // results, jobs and overlays; made when it is not there
    const char *scenarios;       // folder of scenarios, only read; NULL: none
    const char *program;         // what is run for each study
    const char *address;         // of this machine, numeric: 127.0.0.1 unless others are to see it
    uint16_t    port;            // 0: any that is free
    uint32_t    jobs_most;       // that run at once; the others wait
    uint32_t    patience;        // seconds that a guest may take with one request, drop by drop or not
    double    (*now)(void);      // seconds since 1970, by the caller's clock
};

struct server;

// trouble: why it was refused (another server has the folder, the port is taken ...).
MUST_CHECK enum ap_status serve_start(const struct serve_options *o, struct server **out,
                                      char trouble[SERVE_TROUBLE_ROOM]);
uint16_t serve_port(const struct server *s);
// What every request for data must carry: Authorization: Bearer TOKEN.
const char *serve_token(const struct server *s);
// Ends the studies that run, and lets go of everything.
void serve_stop(struct server *s);

#endif
