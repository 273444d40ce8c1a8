// Arenas: memory that is taken piece by piece and given back all at once. A zeroed arena is an empty one.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;   // newest first
    size_t taken;                 // bytes handed out, for reports
    char  *text;                  // rest of the current piece for texts, see arena_bytes
    size_t text_left;
};

// count objects of size bytes each, zeroed and aligned to 64 bytes; NULL when memory is refused or
// count * size overflows.
void *arena_take(struct arena *a, size_t count, size_t size);
// count bytes without alignment, packed: for texts. Not zeroed by contract. NULL when memory is refused.
char *arena_bytes(struct arena *a, size_t count);
// Gives everything back; the arena may be used again.
void arena_free(struct arena *a);

#define TAKE(a, count, type) ((type *)arena_take((a), (count), sizeof(type)))

#endif
