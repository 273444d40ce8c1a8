// An audit as text for people and as JSON.
#ifndef WRITE_AUDIT_TEXT_H
#define WRITE_AUDIT_TEXT_H

#include "base/words.h"
#include "study/study.h"
#include "write/quantity.h"

MUST_CHECK enum ap_status audit_to_text(const struct audit *a, const char *scenario, struct words *out);
MUST_CHECK enum ap_status audit_to_json(const struct audit *a, const char *scenario, struct words *out);
// One conflict in one sentence, without a full stop: for the bulletin.
void conflict_in_words(const struct conflict *c, enum language language, struct words *out);
// True when every figure of the conflict was published, none worked out from others.
bool conflict_published(const struct conflict *c);

#endif
