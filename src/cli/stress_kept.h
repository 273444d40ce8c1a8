// What a stress test keeps beside its CSV file while it works, so that an interrupted one can go on.
#ifndef CLI_STRESS_KEPT_H
#define CLI_STRESS_KEPT_H

#include "cli/scenario.h"
#include "read/kept.h"
#include "study/stress.h"

// Opens CSV.resume; with --resume what is kept there counts as done. Prints what is wrong.
MUST_CHECK enum ap_status stress_kept_open(const struct options *o, const struct scenario *scenario, struct stress *s,
                                           struct kept *out);
// A finished what-if of the stress test.
MUST_CHECK enum ap_status stress_kept_add(struct kept *k, const struct stress *s, uint32_t job);

#endif
