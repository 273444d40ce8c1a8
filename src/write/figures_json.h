// The one object of `run --json`, its keys in a fixed order.
#ifndef WRITE_FIGURES_JSON_H
#define WRITE_FIGURES_JSON_H

#include "base/words.h"
#include "study/study.h"

// seconds: how long the study took, by the caller's clock.
MUST_CHECK enum ap_status study_to_json(const struct study *s, double seconds, struct words *out);
// "driven", "derived", "scored" or NULL.
const char *role_name(uint8_t role);

#endif
