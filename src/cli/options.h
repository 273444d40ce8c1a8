// The command line: one parser for every command, long options only.
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/stress_options.h"
#include "read/import.h"
#include "read/read.h"
#include "study/pile_plan.h"
#include "write/quantity.h"

enum command_bit {
    FOR_RUN = 1, FOR_CHECK = 2, FOR_AUDIT = 4, FOR_DESCRIBE = 8, FOR_NEW = 16, FOR_IMPORT = 32,
    FOR_PILES = 64, FOR_STRESS = 128, FOR_EXPLAIN = 2048, FOR_CAPACITY = 8192,
    FOR_COMPARE = 1 << 16, FOR_HINDCAST = 1 << 17, FOR_SURGE = 1 << 18, FOR_REPRODUCE = 1 << 20, FOR_SERVE = 1 << 21
};

enum { OVERRIDES_MOST = 200, SHOCKS_MOST = 100 };

struct options {
    const char *place;                       // the scenario, or the folder of `new`; NULL: none was given
    const char *out, *trace, *store;         // NULL: not asked for
    uint32_t    threads;
    enum language language;
    bool        json, quiet, datapackage, markdown, settings, fresh, tables, results;
    struct setting_override overrides[OVERRIDES_MOST];   // --set and the options that are settings
    uint32_t    override_count;
    const char *shocks[SHOCKS_MOST];
    uint32_t    shock_count;
    uint32_t    add;                         // piles: how many; 0: not said
    const char *district;                    // piles: NULL: everywhere
    enum pile_goal goal;
    struct stress_wishes stress;
    const char *what, *to;                   // import: sessions or sites; the folder to make
    const char *address, *scenarios;         // serve: NULL: not said
    uint32_t    port, jobs, patience;        // serve: 0: any that is free; how many studies at once; 0: not said
    const char *elsewhere;                   // reproduce: where the scenario is now; NULL: where it was
    struct import_options import;
    const char *other;                       // compare: the second scenario; NULL: the first with the changes below
    struct setting_override changes[OVERRIDES_MOST];     // compare: --set, of the second alone
    uint32_t    change_count;
    double      half_width;                  // 0: not asked for
    uint32_t    replications_most;
    bool        blind;                       // hindcast: forecasts instead of shocks
    const char *only;                        // hindcast: --shock, the one to replay; NULL: all
    const char *maker;                       // surge
    day_number  surge_from;                  // DATE_NONE: not said
    double      times;
    uint32_t    days;
    const char *enterprise, *events;         // explain: who is down; the table of events; NULL: not said
    day_number  outage_from;                 // DATE_NONE: not said
    uint32_t    outage_days;                 // 0: not said
    struct arena arena;                      // names and values cut from NAME=VALUE
};

// Parses what stands behind the command's name. Not AP_OK after the reason was printed; there is nothing to free then.
MUST_CHECK enum ap_status options_parse(int argc, char **argv, enum command_bit command, struct options *out);
void options_free(struct options *o);
struct read_options options_for_reading(const struct options *o);
// The lines of --help about the options of a command.
void options_describe(enum command_bit command, struct words *out);
// ", did you mean X?" or nothing, for the nearest of several names.
void suggestion_write(const char *wrong, const char *const *names, uint32_t count, char *out, size_t room);

#endif
