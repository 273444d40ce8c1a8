// Replications and worlds: the same model with other luck, and models with drawn inputs, on any number of threads.
// Results are placed by index and closed in that order: the bytes do not depend on the threads.
#ifndef STUDY_REPLICATE_H
#define STUDY_REPLICATE_H

#include "study/indicators.h"
#include "study/town_figures.h"

struct study;

struct study_options {
    uint64_t seed;
    uint32_t replications;                 // 1 or more: world 0, luck_of(seed, 0), (seed, 1), ...
    uint32_t worlds;                       // 0 or more: world w with luck_of(seed, WORLD_LUCK + w), w = 1, 2, ...
    uint32_t threads;                      // 1 or more
    const struct observer *observer;       // of replication 0; NULL: nobody looks
    // Told under a lock, by any thread; false stops the study (AP_INTERRUPTED). NULL: nobody asks.
    bool (*step)(void *self, int64_t days_done, int64_t days_all);
    void *self;
    double   half_width;                   // above 0: replications go on until every level is known so well (M-14.1)
    uint32_t replications_most;            // with half_width: then they stop, whatever is known
    // Called in the order of the rows as their runs end (the capacities come later), by any thread under the lock; a
    // refusal stops the study. NULL: nobody keeps them.
    enum ap_status (*keep)(void *keeper, const struct study *s, uint32_t row);
    void *keeper;
};

// How far replications went that go on until a half-width.
struct precision {
    double   wanted;                       // half-width over the mean; 0: a fixed number of replications
    double   reached;                      // of the widest level; NO_VALUE: nothing could be judged
    uint32_t widest;                       // its row among the figures
    bool     met;                          // false: replications_most stopped it
};

// The first look at half-widths, and how many more are run between two looks: fixed by index, so that threads change
// nothing. A Student interval from fewer than eight runs is a poor judge of when to stop.
enum { REPLICATIONS_FIRST = 8, REPLICATIONS_MORE = 4 };

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
    struct precision precision;
    int64_t days_done;                     // simulated in earlier batches, for progress
    char trouble[240];                     // AP_LEDGER: which row; AP_BAD_INPUT: which world
};

// Builds world 0, complaining to c, and plans the figures. The tables must outlive the study.
MUST_CHECK enum ap_status study_make(const struct tables *t, const struct study_options *o, struct complaints *c,
                                     struct study *out);
// Every run, then the figures.
MUST_CHECK enum ap_status study_run(struct study *s);

// --- the steps of study_run, for who runs several studies side by side
// Whether a figure is a level whose half-width is judged: of the bulletin's year, or of the run when it has none; no
// growth, and no difference from the undisturbed twin.
bool figure_is_level(const struct study *s, const struct figure *figure);
// Replications that the next batch reaches when so many are done.
uint32_t replications_next(const struct study_options *o, uint32_t done);
// Runs so many rows of values from the first: replications, then worlds.
MUST_CHECK enum ap_status study_rows_run(struct study *s, uint32_t first, uint32_t count);
// There are so many replications and no more; worlds come behind them.
void study_settle(struct study *s, uint32_t replications);
// Means and intervals of all rows.
MUST_CHECK enum ap_status study_close(struct study *s);
void study_free(struct study *s);
// Of the final states of chain and fleet, of replication 0.
uint64_t study_hash(const struct study *s);

#endif
