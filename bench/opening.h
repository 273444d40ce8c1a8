// How every bench opens a scenario: read with overrides, built at its own seed, timed; complaints go to stderr.
#ifndef BENCH_OPENING_H
#define BENCH_OPENING_H

#include <stdio.h>
#include <time.h>

#include "read/read.h"

struct opening {
    struct arena  words;
    struct tables tables;
    struct inputs inputs;
    struct model  model;
    double read_seconds, build_seconds;    // of the processor
};

// The processor's time of this process: a busy machine does not change it much.
static inline double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline bool opening_make(const char *folder, const struct setting_override *overrides, uint32_t count,
                                struct opening *out) {
    static struct complaints complaints;   // large; a bench opens once
    *out = (struct opening){ 0 };
    complaints.arena = &out->words;
    struct read_options options = { .overrides = overrides, .override_count = count };
    double start = processor_seconds();
    enum ap_status status = scenario_read(folder, &options, &complaints, &out->tables, &out->inputs);
    double read = processor_seconds();
    uint64_t seed = (uint64_t)out->tables.settings.seed;
    if (status == AP_OK) status = model_build(&out->tables, seed, 0, &complaints, &out->model);
    out->read_seconds = read - start;
    out->build_seconds = processor_seconds() - read;
    if (status != AP_OK)
        fprintf(stderr, "%s: %s\n", folder, complaints.count ? complaints.shown[0].message : "refused");
    return status == AP_OK;
}

static inline void opening_free(struct opening *o) {
    model_free(&o->model);
    tables_free(&o->tables);
    arena_free(&o->words);
}

#endif
