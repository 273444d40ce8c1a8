// What a page asks for, read from the body of a request: which study of which scenario with which options, as the
// arguments of a command. Every option is --name=value or a flag, so that no value can become an option; names of files
// are never taken from outside.
#ifndef SERVE_REQUEST_H
#define SERVE_REQUEST_H

#include "serve/names.h"
#include "base/base.h"

enum { ARGUMENTS_MOST = 300, REQUEST_TROUBLE = 200 };

struct request {
    struct arena arena;                      // of all that is here
    const char *study, *scenario;
    const char *other;                       // another scenario to compare with; NULL: none
    const char *arguments[ARGUMENTS_MOST];   // options only
    uint32_t    count;
    const char *shocks;                      // CSV of rows for a file of --shock; NULL: none
    char        trouble[REQUEST_TROUBLE];    // why it is none
};

// AP_BAD_INPUT: trouble says what is wrong with it. Free it whatever the status.
MUST_CHECK enum ap_status request_read(const char *body, size_t count, struct request *out);
// Only {"options": {...}}, for a check.
MUST_CHECK enum ap_status request_read_options(const char *body, size_t count, struct request *out);
void request_free(struct request *r);

#endif
