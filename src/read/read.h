// The read room: files to tables. The only room that parses.
#ifndef READ_READ_H
#define READ_READ_H

#include "model/model.h"
#include "read/complaints_text.h"
#include "read/describe.h"
#include "read/differences.h"
#include "read/folder_new.h"

struct setting_override {
    const char *name, *value;      // --set NAME=VALUE
};

struct read_options {
    const struct setting_override *overrides;
    uint32_t override_count;
    const char *const *shocks;     // --shock: an id of shocks.csv to make active, or a CSV file of shock rows
    uint32_t shock_count;
};

// One file that was read, for the manifest.
struct input_file {
    const char *path;              // relative to the scenario's folder, with its parents' names in front
    char        sha256[65];
    uint64_t    bytes;
};

// The list lives in the tables' arena.
struct inputs {
    struct input_file *files;
    uint32_t           count;
};

// Reads a scenario folder (with its parents: a folder whose settings.csv has a row parent,PATH holds changed rows
// only; their column `action` is set or remove) into `out`. Every complaint goes to c, sorted by file, line and column;
// AP_BAD_INPUT when there was one.
// Checks: columns, types, ranges, keys, references, share sums, cyclic bills, parts without source, NaN, overflow.
MUST_CHECK enum ap_status scenario_read(const char *folder, const struct read_options *o, struct complaints *c,
                                        struct tables *out, struct inputs *files);
void tables_free(struct tables *t);

#endif
