// A plan of piles as text for people and as JSON.
#ifndef WRITE_PILES_TEXT_H
#define WRITE_PILES_TEXT_H

#include "base/words.h"
#include "study/study.h"

MUST_CHECK enum ap_status piles_to_text(const struct pile_plan *p, struct words *out);
MUST_CHECK enum ap_status piles_to_json(const struct pile_plan *p, struct words *out);

#endif
