// JSON as text: the one way every object of this room is written.
#ifndef WRITE_JSON_TEXT_H
#define WRITE_JSON_TEXT_H

#include <jansson.h>

#include "base/base.h"

// Twelve digits are more than any figure is good for, and the same text on every machine.
enum { JSON_DIGITS = 12 };

// jansson answers refused memory with NULL, and a member that is NULL is left out without a word. These remember it.
struct json_made {
    json_t *root;
    bool    refused;
};
void json_put(struct json_made *made, json_t *object, const char *key, json_t *value);
void json_add(struct json_made *made, json_t *array, json_t *value);

// Adds the root as indented text with a line end, and lets go of it; AP_NO_MEMORY when memory was refused at any time.
MUST_CHECK enum ap_status json_write(struct words *out, struct json_made *made);

#endif
