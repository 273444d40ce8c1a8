// JSON as text; jansson writes it, the caller's words keep it.
#include "write/json_text.h"

#include <stdlib.h>

enum ap_status json_write(struct words *out, json_t *object) {
    char *dump = object ? json_dumps(object, JSON_INDENT(1) | JSON_REAL_PRECISION(JSON_DIGITS)) : NULL;
    json_decref(object);
    if (!dump) return AP_NO_MEMORY;
    words_add_text(out, dump);
    words_add_text(out, "\n");
    free(dump);
    return words_status(out);
}
