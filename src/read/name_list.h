// Names to numbers, growing as they come; and arrays that grow with them.
#ifndef READ_NAME_LIST_H
#define READ_NAME_LIST_H

#include "base/base.h"

// Names to numbers from 1 on, in the order they came; grows. Number 0 is nobody.
struct name_list {
    struct arena *arena;           // keeps the texts
    const char  **names;
    uint32_t     *slots;           // hash table of numbers
    uint32_t      count, room, mask;
};
// The name's number, added when it is new; 0: memory was refused.
uint32_t name_number(struct name_list *l, const char *name);
uint32_t name_find(const struct name_list *l, const char *name);
void name_list_free(struct name_list *l);

// Makes room for `needed` items of `size` bytes in memory from malloc; false when it is refused.
MUST_CHECK bool array_room(void **items, uint32_t *room, uint32_t needed, size_t size);

#endif
