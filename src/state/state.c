// The state's block: columns one after the other, made from the one table. Fork, hash and compare see only bytes.
#include "state/state.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_CELLS = 16 };   // columns begin on cache lines

static size_t rounded(size_t cells) {
    return (cells + LINE_CELLS - 1) / LINE_CELLS * LINE_CELLS;
}

enum ap_status state_make(const struct model *m, struct state *out) {
    ASSERT(m && out);
    size_t cells = 0;
#define COUNT_CELLS(column, per, unit, meaning) cells += rounded(m->n.per);
    STATE_COLUMNS(COUNT_CELLS)
    *out = (struct state){ .cells = cells };
    out->block = aligned_alloc(64, cells * sizeof *out->block);
    if (!out->block) return AP_NO_MEMORY;
    memset(out->block, 0, cells * sizeof *out->block);
    size_t at = 0;
#define PLACE_COLUMN(column, per, unit, meaning)                                                                       \
    out->column = out->block + at;                                                                                     \
    at += rounded(m->n.per);
    STATE_COLUMNS(PLACE_COLUMN)
    ASSERT(at == cells);
    return AP_OK;
}

void state_free(struct state *s) {
    free(s->block);
    *s = (struct state){ 0 };
}

void state_copy(struct state *to, const struct state *from) {
    ASSERT(to->cells == from->cells);
    to->tick = from->tick;
    memcpy(to->block, from->block, from->cells * sizeof *from->block);
}

uint64_t state_hash(const struct state *s) {
    return hash_pair(hash_block(s->block, s->cells * sizeof *s->block), (uint64_t)s->tick);
}

bool state_equal(const struct state *a, const struct state *b) {
    ASSERT(a->cells == b->cells);
    return a->tick == b->tick && memcmp(a->block, b->block, a->cells * sizeof *a->block) == 0;
}

static bool column_difference(const int32_t *a, const int32_t *b, uint32_t count, uint32_t *row) {
    for (uint32_t i = 0; i < count; i++)
        if (a[i] != b[i]) {
            *row = i;
            return true;
        }
    return false;
}

bool state_difference(const struct model *m, const struct state *a, const struct state *b, const char **column,
                      uint32_t *row) {
    ASSERT(a->cells == b->cells);
#define COMPARE_COLUMN(name, per, unit, meaning)                                                                       \
    if (column_difference(a->name, b->name, m->n.per, row)) {                                                          \
        *column = #name;                                                                                               \
        return true;                                                                                                   \
    }
    STATE_COLUMNS(COMPARE_COLUMN)
    return false;
}

enum ap_status tally_make(const struct model *m, struct tally *out) {
    size_t cells = 0;
#define COUNT_TALLY(tally, per, unit, meaning) cells += m->n.per;
    TALLY_COLUMNS(COUNT_TALLY)
    *out = (struct tally){ .cells = cells };
    out->block = calloc(cells, sizeof *out->block);
    if (!out->block) return AP_NO_MEMORY;
    size_t at = 0;
#define PLACE_TALLY(tally, per, unit, meaning)                                                                         \
    out->tally = out->block + at;                                                                                      \
    at += m->n.per;
    TALLY_COLUMNS(PLACE_TALLY)
    ASSERT(at == cells);
    return AP_OK;
}

void tally_free(struct tally *t) {
    free(t->block);
    *t = (struct tally){ 0 };
}
