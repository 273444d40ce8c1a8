// JSON as text; jansson writes it, the caller's words keep it.
#include "write/json_text.h"

void json_put(struct json_made *made, json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0) made->refused = true;
}

void json_add(struct json_made *made, json_t *array, json_t *value) {
    if (json_array_append_new(array, value) != 0) made->refused = true;
}

// jansson's own buffer drops a key without a word when memory is refused; the words remember it.
static int piece_take(const char *bytes, size_t count, void *self) {
    words_add_bytes(self, bytes, count);
    return words_status(self) == AP_OK ? 0 : -1;
}

enum ap_status json_write(struct words *out, struct json_made *made) {
    size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(JSON_DIGITS);
    bool dumped = !made->refused && json_dump_callback(made->root, piece_take, out, flags) == 0;
    json_decref(made->root);
    made->root = NULL;
    if (!dumped) return AP_NO_MEMORY;
    words_add_text(out, "\n");
    return words_status(out);
}
