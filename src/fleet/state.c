// The fleet's block of state: every column of FLEET_COLUMNS, one after the other, each at a multiple of 64 bytes.
#include <stdlib.h>
#include <string.h>

#include "fleet/town.h"

static size_t rounded(size_t bytes) {
    return (bytes + 63) / 64 * 64;
}

enum ap_status fleet_state_make(const struct fleet_counts *n, struct fleet_state *out) {
    size_t bytes = 0;
#define COLUMN_BYTES(type, column, per, unit, meaning) bytes += rounded((size_t)n->per * sizeof(type));
    FLEET_COLUMNS(COLUMN_BYTES)
#undef COLUMN_BYTES
    out->bytes = bytes + 64;
    out->block = calloc(1, out->bytes);
    if (!out->block) return AP_NO_MEMORY;
    char *at = out->block;
#define COLUMN_PLACE(type, column, per, unit, meaning)                                                                 \
    out->column = (type *)(void *)at;                                                                                  \
    at += rounded((size_t)n->per * sizeof(type));
    FLEET_COLUMNS(COLUMN_PLACE)
#undef COLUMN_PLACE
    return AP_OK;
}

void fleet_state_free(struct fleet_state *s) {
    free(s->block);
    *s = (struct fleet_state){ 0 };
}

uint64_t fleet_state_hash(const struct town *t) {
    return hash_block(t->s.block, t->s.bytes);
}
