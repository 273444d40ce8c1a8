// JSON as text: the one way every object of this room is written.
#ifndef WRITE_JSON_TEXT_H
#define WRITE_JSON_TEXT_H

#include <jansson.h>

#include "base/base.h"

// Twelve digits are more than any figure is good for, and the same text on every machine.
enum { JSON_DIGITS = 12 };

// Adds the object as indented text with a line end, and lets go of it; NULL, or refused memory: AP_NO_MEMORY.
MUST_CHECK enum ap_status json_write(struct words *out, json_t *object);

#endif
