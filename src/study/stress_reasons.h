// Why rows of a stress test cost what they do: the path of some of its outages, followed from the first start in the
// first run (explain.h).
#ifndef STUDY_STRESS_REASONS_H
#define STUDY_STRESS_REASONS_H

#include "study/explain.h"
#include "study/stress.h"

struct stress_reason {
    uint32_t which;             // of stress->cases
    struct explain_cause cause; // steps 0: nothing fell short
};

struct stress_reasons {
    struct tables tables; // shallow
    struct model model;   // that the causes' rows belong to
    bool built;
    struct stress_reason *rows;
    uint32_t count;
    char trouble[240]; // AP_LEDGER: which row
};

// After stress_run; a case that is asked for twice is followed once. To be freed in any case.
MUST_CHECK enum ap_status stress_reasons_make(const struct stress *s, const uint32_t *cases, uint32_t count,
                                              struct complaints *c, struct stress_reasons *out);
void stress_reasons_free(struct stress_reasons *r);
// NULL: it was not asked for.
const struct explain_cause *stress_reason_of(const struct stress_reasons *r, uint32_t which);

#endif
