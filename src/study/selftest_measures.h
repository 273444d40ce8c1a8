// Inside the study room: what a case can be measured by. Each set of measures is a file of its own; selftest.c lists
// the sets and looks measures up by the names that the schema gives them.
#ifndef STUDY_SELFTEST_MEASURES_H
#define STUDY_SELFTEST_MEASURES_H

#include "fleet/fleet.h"
#include "tick/tick.h"

// One replication that has been run, and how it stood on the evening before m->from: what is measured begins there.
struct measured {
    const struct model *m;
    const struct run   *run;
    const struct tally *before;
    const struct fleet_record *fleet;   // when a measure is of the fleet
    struct exposure *exposure;          // when a measure is of the model alone
};

// What a row of `expected` is measured on.
struct aim {
    const struct measure *measure;
    const char *name;        // as the row of `expected` writes it
    uint32_t    row;         // what the measure's find found
    double      factor;
    bool        of_fleet, of_model;
};

struct measure {
    const char *name;                                              // a choice of expected.measure
    uint32_t (*find)(const struct model *m, const char *name);     // row that the name means; 0: none
    double (*value)(const struct measured *x, const struct aim *aim);
    bool deviation;                                                // found: the standard deviation over replications
};

struct measure_set {
    const struct measure *measures;
    uint32_t count;
    bool     of_fleet;       // of charging: the chain need not run for it
    bool     of_model;       // of what was read: nothing need run for it
};
struct measure_set chain_measures(void);      // selftest_chain.c
struct measure_set charging_measures(void);   // selftest_charging.c
struct measure_set exposure_measures(void);   // selftest_exposure.c
bool measure_by_minute(const struct measure *measure);   // needs the minutes of the fleet's record

// Linear programs and cascades of one model.
struct exposure;
MUST_CHECK enum ap_status exposure_make(const struct model *m, struct exposure **out);
void exposure_free(struct exposure *e);

#endif
