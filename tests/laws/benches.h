// Small textbook networks for the properties: one line, or one serial chain of stocks, as scenario folders.
#ifndef LAWS_BENCHES_H
#define LAWS_BENCHES_H

#include "laws/load.h"
#include "tick/tick.h"

enum { BENCH_SHOPS = 6, BENCH_STAGES = 4 };

// A line in series, its first shop never starved, its last never blocked.
struct bench_line {
    int         shops, days;
    int         buffer[BENCH_SHOPS];       // behind each but the last
    int         cycle[BENCH_SHOPS];        // seconds
    const char *law;                       // exponential, erlang, constant
    const char *failures, *failure_law;    // none, calendar, work, cycle
    const char *blocking;
    double      up[BENCH_SHOPS], down[BENCH_SHOPS];   // hours
    int         scale;                     // all times are multiplied by it; 0: 1
};

// A serial chain of base-stock stages, the last one fed by a maker, with Poisson demand at the first.
struct bench_chain {
    int    stages, days, warm_up;
    int    level[BENCH_STAGES], transit[BENCH_STAGES];   // units; ticks
    double mean;                           // of the demand of a period of 6 ticks
    int    rate;                           // units a tick that the maker makes
    int    outage_days;                    // it stands still so long from 2001-04-01 on; 0: never
    const char *spread_per;                // NULL: no spread
    int    scale;                          // all times are multiplied by it, dates so that the luck stays; 0: 1
};

// Written, read and removed again.
bool bench_line_load(const struct bench_line *line, struct loaded *out);
bool bench_chain_load(const struct bench_chain *chain, struct loaded *out);

// A whole run. The caller frees it.
bool bench_run(const struct model *m, uint32_t replication, struct run *out);

// Mean and standard error of `count` values.
struct bench_mean {
    double mean, error;
};
struct bench_mean bench_mean_of(const double *values, int count);

#endif
