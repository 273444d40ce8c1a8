// The catalog: which results stand in the folder, by this server or by commands with --store, and the list of runs as
// one JSON text that is made anew only when something changed.
#ifndef SERVE_CATALOG_H
#define SERVE_CATALOG_H

#include "serve/jobs.h"

enum { RESULTS_SHOWN = 2000 };       // the newest

struct result_entry {
    char    name[NAME_ROOM];
    int64_t changed;                 // nanoseconds, of its manifest
    json_t *facts;                   // study, scenario, seconds, question ...
    bool    seen;                    // in the last look at the folder
};

struct catalog {
    struct result_entry *rows;       // [count], newest first
    uint32_t count, room;
    uint64_t version;                // goes up whenever it changes
};

void catalog_free(struct catalog *c);
// Looks at the folder again; with the lock of jobs held.
void catalog_look(struct catalog *c, const struct jobs *j);
// {"runs": [...]}: jobs, and results that no job made, newest first. To be freed; NULL: no memory.
char *catalog_text(const struct catalog *c, const struct jobs *j);
// The entry of one run, by id of a job or name of a result; NULL: neither.
json_t *catalog_entry(const struct catalog *c, struct jobs *j, const char *id);
// The result's folder that an id stands for; false: there is none (yet).
bool catalog_result(const struct catalog *c, struct jobs *j, const char *id, char out[NAME_ROOM]);

#endif
