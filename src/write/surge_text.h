// A surge in words, and as one JSON object.
#ifndef WRITE_SURGE_TEXT_H
#define WRITE_SURGE_TEXT_H

#include "study/study.h"

MUST_CHECK enum ap_status surge_to_text(const struct surge *s, struct words *out);
MUST_CHECK enum ap_status surge_to_json(const struct surge *s, struct words *out);

#endif
