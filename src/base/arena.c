// Blocks double in size up to a limit, so that a large model needs few of them and a small one little memory.
// Memory comes from calloc: large blocks are then zeroed by the machine, page by page, when they are first touched.
#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/trouble.h"

enum {
    LINE_BYTES = 64,               // alignment: a row never straddles a cache line it need not
    BLOCK_FIRST = 64 * 1024,
    BLOCK_MOST = 16 * 1024 * 1024,
    TEXT_PIECE = 32 * 1024,
};

struct arena_block {
    struct arena_block *older;
    unsigned char *next;           // first free byte, aligned
    size_t left, size;
};

static size_t line_rounded(size_t bytes) {
    return (bytes + (LINE_BYTES - 1)) & ~(size_t)(LINE_BYTES - 1);
}

static bool block_add(struct arena *a, size_t bytes) {
    size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_MOST) size = BLOCK_MOST;
    if (size < bytes) size = bytes;
    if (size > SIZE_MAX - sizeof(struct arena_block) - LINE_BYTES) return false;
    struct arena_block *block = calloc(1, size + sizeof(struct arena_block) + LINE_BYTES);
    if (!block) return false;
    uintptr_t start = (uintptr_t)(block + 1);
    size_t skip = line_rounded((size_t)(start % LINE_BYTES)) - (size_t)(start % LINE_BYTES);
    block->next = (unsigned char *)(block + 1) + skip;
    block->left = block->size = size;
    block->older = a->blocks;
    a->blocks = block;
    return true;
}

void *arena_take(struct arena *a, size_t count, size_t size) {
    ASSERT(a != NULL);
    ASSERT(size > 0);
    if (count > (SIZE_MAX - LINE_BYTES) / size) return NULL;
    size_t bytes = line_rounded(count * size);
    if (bytes == 0) bytes = LINE_BYTES;
    if ((!a->blocks || a->blocks->left < bytes) && !block_add(a, bytes)) return NULL;
    unsigned char *piece = a->blocks->next;
    a->blocks->next += bytes;
    a->blocks->left -= bytes;
    a->taken += bytes;
    return piece;
}

char *arena_bytes(struct arena *a, size_t count) {
    ASSERT(a != NULL);
    if (count > TEXT_PIECE / 4) return arena_take(a, count, 1);
    if (a->text_left < count) {
        a->text = arena_take(a, TEXT_PIECE, 1);
        a->text_left = a->text ? TEXT_PIECE : 0;
        if (!a->text) return NULL;
    }
    char *piece = a->text;
    a->text += count;
    a->text_left -= count;
    return piece;
}

void arena_free(struct arena *a) {
    ASSERT(a != NULL);
    struct arena_block *block = a->blocks;
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
    *a = (struct arena){0};
}
