#include "read/name_list.h"

#include <stdlib.h>
#include <string.h>

bool array_room(void **items, uint32_t *room, uint32_t needed, size_t size) {
    ASSERT(items != NULL && room != NULL);
    if (needed <= *room) return true;
    uint32_t more = *room ? *room : 64;
    while (more < needed) more *= 2;
    void *longer = realloc(*items, (size_t)more * size);
    if (!longer) return false;
    *items = longer;
    *room = more;
    return true;
}

// The slot of the name, or the free one where it would stand.
static uint32_t name_slot(const struct name_list *l, const char *name) {
    uint32_t i = (uint32_t)hash_text(name) & l->mask;
    while (l->slots[i] != 0 && strcmp(l->names[l->slots[i]], name) != 0) i = (i + 1) & l->mask;
    return i;
}

// Room for one more name, the table at most half full.
static bool name_room(struct name_list *l) {
    if (!array_room((void **)&l->names, &l->room, l->count + 2, sizeof *l->names)) return false;
    if (l->slots && (l->count + 1) * 2 <= l->mask) return true;
    uint32_t size = l->slots ? (l->mask + 1) * 2 : 256;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    free(l->slots);
    l->slots = slots;
    l->mask = size - 1;
    for (uint32_t i = 1; i <= l->count; i++) l->slots[name_slot(l, l->names[i])] = i;
    return true;
}

uint32_t name_find(const struct name_list *l, const char *name) {
    return l->slots ? l->slots[name_slot(l, name)] : 0;
}

uint32_t name_number(struct name_list *l, const char *name) {
    ASSERT(l != NULL && l->arena != NULL);
    ASSERT(name != NULL);
    uint32_t known = name_find(l, name);
    if (known != 0) return known;
    const char *copy = name_room(l) ? text_copy(l->arena, name, strlen(name)) : NULL;
    if (!copy) return 0;
    l->slots[name_slot(l, name)] = ++l->count;
    l->names[l->count] = copy;
    return l->count;
}

void name_list_free(struct name_list *l) {
    free(l->names);
    free(l->slots);
    *l = (struct name_list){.arena = l->arena};
}
