// A run of the chain by day: what each line and variant made, what was sold, exported and shipped. For studies that ask
// about plants and makers on days of their own.
#ifndef STUDY_DAILY_H
#define STUDY_DAILY_H

#include "tick/tick.h"

struct daily {
    const struct model *m;
    int32_t *line_made;            // [day][line], days from m->first_day
    int32_t *variant_made;         // [day][variant]
    int32_t *variant_sold;         // [day][variant], handed to buyers
    int32_t *export_left;          // [day]
    int64_t *turnover_fen;         // [day], enterprises of the region
    char     ledger_message[200];
};

struct daily_options {
    // Told now and then how many days were simulated since last time; false stops the run (AP_INTERRUPTED).
    bool (*step)(void *self, int32_t days);
    void *self;
    // Shown the run after each day; NULL: nobody looks.
    void (*look)(void *looker, const struct run *run, int32_t day);
    void *looker;
    int32_t last;                  // daily_fork: last day to run; 0: the last of the model
};

// One run; what it leaves is freed by daily_free even when it failed. AP_LEDGER: ledger_message says which row.
MUST_CHECK enum ap_status daily_run(const struct model *m, struct luck l, const struct daily_options *o,
                                    struct daily *out);

// How a run stood before a day.
struct daily_start {
    int32_t      day;
    struct luck  luck;
    struct state state;
    struct tally tally;
};
MUST_CHECK enum ap_status daily_start_take(const struct run *run, int32_t day, struct daily_start *out);
void daily_start_free(struct daily_start *s);
// The run goes on from there with another model of the same tables (other shocks); the days before are
// those of `so_far`.
MUST_CHECK enum ap_status daily_fork(const struct daily *so_far, const struct daily_start *start, const struct model *m,
                                     const struct daily_options *o, struct daily *out);
void daily_free(struct daily *d);

// Whether more than half of a platform's vehicles are NEVs.
bool platform_of_nevs(const struct tables *t, uint32_t platform);

// Which vehicles are meant: all, those of a plant's lines, of a platform, or of a maker's platforms.
struct vehicles {
    uint32_t enterprise;           // model row; 0: not by plant
    uint32_t platform;             // table row; 0: not by platform
    const char *maker;             // NULL: not by maker
    bool     nevs;                 // only NEVs (not by plant)
};
// Finds the name among platforms, makers of platforms, plants; "" is all. False: there is none.
bool vehicles_find(const struct model *m, const char *name, struct vehicles *out);
bool vehicles_hold(const struct model *m, const struct vehicles *v, uint32_t variant);
int64_t daily_made(const struct daily *d, const struct vehicles *v, int32_t day);
int64_t daily_sold(const struct daily *d, const struct vehicles *v, int32_t day);

#endif
