// Self-test: a scenario whose exact results are known (its table `expected`) is replicated until its standard errors
// are small, then compared with them. docs/cases.md tells what each measure is.
#ifndef STUDY_SELFTEST_H
#define STUDY_SELFTEST_H

#include "model/model.h"

enum verdict {
    VERDICT_AGREES,        // |found - expected| <= 4 standard errors, or equal where there is no luck
    VERDICT_DIFFERS,
    VERDICT_VAGUE,         // the case's replications were used up and the standard error is still too large
    VERDICT_SHOWN,         // nothing is expected
    VERDICT_COUNT
};

struct finding {
    const char  *measure, *row;
    double       expected;         // REAL_NONE: nothing
    double       found, error;     // mean over replications, and its standard error
    double       error_most;       // what the error should be at most
    enum verdict verdict;
};

struct selftest {
    struct arena    arena;
    const char     *name;          // last part of the folder's path
    struct finding *findings;      // [count], in the order of the ids of their rows in the file
    uint32_t        count;
    uint32_t        replications;  // that were run
    uint32_t        failed;        // findings that differ or are vague
    char            ledger_message[200];
};

// Runs the case in `folder` on that many threads; the result does not depend on them. Complaints of the reader and
// rows that name nothing go to c.
MUST_CHECK enum ap_status selftest_run(const char *folder, uint32_t threads, struct complaints *c,
                                       struct selftest *out);
void selftest_free(struct selftest *s);
const char *verdict_name(enum verdict v);

#endif
