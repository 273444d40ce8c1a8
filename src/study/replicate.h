// Replications and worlds: the same model with other luck, and models with drawn inputs, on any number of threads.
// Results are placed by index and closed in that order: the bytes do not depend on the threads.
#ifndef STUDY_REPLICATE_H
#define STUDY_REPLICATE_H

#include "study/indicators.h"
#include "study/town_figures.h"

struct study_options {
    uint64_t seed;
    uint32_t replications;                 // 1 or more: world 0, luck_of(seed, 0), (seed, 1), ...
    uint32_t worlds;                       // 0 or more: world w with luck_of(seed, WORLD_LUCK + w), w = 1, 2, ...
    uint32_t threads;                      // 1 or more
    const struct observer *observer;       // of replication 0; NULL: nobody looks
    // Told under a lock, by any thread; false stops the study (AP_INTERRUPTED). NULL: nobody asks.
    bool (*step)(void *self, int64_t days_done, int64_t days_all);
    void *self;
};

enum { WORLD_LUCK = 1000000 };

// The tables of a saturated run (SATURATE_*): that year alone, no shocks, no fleet. A shallow copy: same rows.
void tables_saturate(const struct tables *t, int year, int saturate, struct tables *out);

struct study {
    const struct tables *tables;
    struct study_options options;
    struct model   model;                  // world 0
    struct figures figures;
    struct town_figures town;              // by class and district
    struct record  first;                  // replication 0 of world 0
    struct fleet_record fleet;             // of the same; all zeros when the scenario has no charging
    char trouble[240];                     // AP_LEDGER: which row; AP_BAD_INPUT: which world
};

// Builds world 0, complaining to c, and plans the figures. The tables must outlive the study.
MUST_CHECK enum ap_status study_make(const struct tables *t, const struct study_options *o, struct complaints *c,
                                     struct study *out);
// Every run, then the figures.
MUST_CHECK enum ap_status study_run(struct study *s);
void study_free(struct study *s);
// Of the final states of chain and fleet, of replication 0.
uint64_t study_hash(const struct study *s);

#endif
