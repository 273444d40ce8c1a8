// results.sqlite: what a result stands on, and the tables of its studies. It can be read while it is written: each
// replication is a transaction of its own, and a reader sees those that were finished.
#ifndef WRITE_DATABASE_H
#define WRITE_DATABASE_H

#include "write/database_rows.h"
#include "write/manifest.h"

enum { DATABASE_VERSION = 1 };         // of the schema: also PRAGMA user_version

// Opens a new file. Close it whatever happened.
MUST_CHECK enum ap_status database_open(struct database *d, const char *path, char trouble[200]);
// Writes what `tables` and `units` say.
MUST_CHECK enum ap_status database_finish(struct database *d);
void database_close(struct database *d);

// docs/results.md: every table, from the declarations that make them.
void database_describe(struct words *out);

// What differs between two marks: a year, or a part of one at the ends of the run.
struct year_span {
    const struct model  *m;
    const struct tally  *a, *b;
    const struct record *record;
    int year;
};
typedef enum ap_status (*span_fill)(struct database *d, struct year_span v);
// Of the first replication.
MUST_CHECK enum ap_status years_fill(struct database *d, const struct study *s, span_fill fill);

// Parts declare their tables whatever they are given; NULL: only that.
struct result_part grounds_part(const struct manifest_facts *facts);
// Of a run; those of charging only where there is some.
struct result_part chain_part(const struct study *s);
struct result_part places_part(const struct study *s);
struct result_part flows_part(const struct study *s);
struct result_part charging_part(const struct study *s);
struct result_part explain_part(const struct explanation *e);
// Of a plan of piles.
struct result_part piles_part(const struct pile_plan *p);
// runs and run_values, made before the first replication ends; a row of values is written when its run is over, and
// what is known only at the end of the study (the capacities) then.
MUST_CHECK enum ap_status values_begin(struct database *d);
MUST_CHECK enum ap_status values_keep(struct database *d, const struct study *s, uint32_t row);
MUST_CHECK enum ap_status values_end(struct database *d, const struct study *s);

#endif
