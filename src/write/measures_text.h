// The published measures beside the simulation, and why rows cost what they do: in words and as JSON.
#ifndef WRITE_MEASURES_TEXT_H
#define WRITE_MEASURES_TEXT_H

#include <jansson.h>

#include "study/measures.h"
#include "study/stress_reasons.h"
#include "write/json_text.h"

// reasons: NULL where no cause was asked for.
void measures_write(const struct measures *x, const struct stress_reasons *reasons, struct words *out);
// "NAME: why", of the cases given, one paragraph each.
void reasons_write(const struct stress *s, const struct stress_reasons *reasons, struct words *out);
void measures_put(struct json_made *made, const struct measures *x, const struct stress_reasons *reasons);
void reasons_put(struct json_made *made, const struct stress *s, const struct stress_reasons *reasons);

#endif
