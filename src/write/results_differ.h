// Two results.sqlite: which tables differ, by how many rows, and the first row of each.
#ifndef WRITE_RESULTS_DIFFER_H
#define WRITE_RESULTS_DIFFER_H

#include "base/words.h"

// One line per table that differs; nothing when they say the same. AP_REFUSED: one of them cannot be read.
MUST_CHECK enum ap_status results_differ(const char *before, const char *now, struct words *out);

#endif
