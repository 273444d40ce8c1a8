// What a chain can make as text for people and as JSON.
#ifndef WRITE_CAPACITY_TEXT_H
#define WRITE_CAPACITY_TEXT_H

#include "base/words.h"
#include "study/study.h"

MUST_CHECK enum ap_status capacity_to_text(const struct capacity *c, struct words *out);
MUST_CHECK enum ap_status capacity_to_json(const struct capacity *c, struct words *out);

#endif
