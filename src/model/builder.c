// Tools of the builder: lists, maps, worlds. Memory that is refused is remembered in b->refused and answered once, at
// the end of model_build, so that the steps read like the model they build.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

void *list_add(struct builder *b, struct list *l, size_t size) {
    ASSERT(size <= sizeof b->dummy);
    if (l->count == l->room) {
        uint32_t room = l->room ? l->room * 2 : 64;
        void *items = realloc(l->items, (size_t)room * size);
        if (!items) {
            b->refused = true;
            return b->dummy;
        }
        l->items = items;
        l->room = room;
    }
    void *item = (char *)l->items + (size_t)l->count++ * size;
    memset(item, 0, size);
    return item;
}

void list_free(struct list *l) {
    free(l->items);
    *l = (struct list){ 0 };
}

static uint32_t index_place(const struct index *x, uint64_t key) {
    uint32_t place = (uint32_t)hash_pair(key, 1) & (x->room - 1);
    while (x->keys[place] && x->keys[place] != key) place = (place + 1) & (x->room - 1);
    return place;
}

uint32_t index_get(const struct index *x, uint64_t key) {
    ASSERT(key != 0);
    if (!x->room) return 0;
    uint32_t place = index_place(x, key);
    return x->keys[place] ? x->rows[place] : 0;
}

static bool index_grow(struct index *x) {
    struct index more = { .room = x->room ? x->room * 2 : 256 };
    more.keys = calloc(more.room, sizeof *more.keys);
    more.rows = calloc(more.room, sizeof *more.rows);
    if (!more.keys || !more.rows) {
        index_free(&more);
        return false;
    }
    for (uint32_t i = 0; i < x->room; i++) {
        if (!x->keys[i]) continue;
        uint32_t place = index_place(&more, x->keys[i]);
        more.keys[place] = x->keys[i];
        more.rows[place] = x->rows[i];
    }
    more.count = x->count;
    struct index old = *x;
    *x = more;
    index_free(&old);
    return true;
}

void index_put(struct builder *b, struct index *x, uint64_t key, uint32_t row) {
    ASSERT(key != 0);
    if (x->count * 2 >= x->room && !index_grow(x)) {
        b->refused = true;
        return;
    }
    uint32_t place = index_place(x, key);
    if (!x->keys[place]) x->count++;
    x->keys[place] = key;
    x->rows[place] = row;
}

void index_free(struct index *x) {
    free(x->keys);
    free(x->rows);
    *x = (struct index){ 0 };
}

static void *arena_or_refuse(struct builder *b, struct arena *a, size_t count, size_t size) {
    void *memory = arena_take(a, count ? count : 1, size);
    if (!memory) b->refused = true;
    return memory;
}

void *model_take(struct builder *b, size_t count, size_t size) {
    return arena_or_refuse(b, &b->m->arena, count, size);
}

void *scratch_take(struct builder *b, size_t count, size_t size) {
    return arena_or_refuse(b, &b->scratch, count, size);
}

static int sorted_compare(const void *left, const void *right) {
    const struct sorted *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    if (order) return order;
    return a->row < b->row ? -1 : a->row > b->row;
}

void sorted_order(struct sorted *rows, uint32_t count) {
    if (count > 1) qsort(rows, count, sizeof *rows, sorted_compare);
}

double range_value(const struct row_common *common, double written, double u) {
    double low = common->low, high = common->high;
    if (common->law == LAW_LOGUNIFORM && low > 0) return low * exp_own(u * log_own(high / low));
    if (common->law != LAW_TRIANGULAR) return low + u * (high - low);
    return triangular_from(u, low, written, high);
}

double drawn(const struct builder *b, uint64_t who, const struct row_common *common, double written) {
    if (b->world == 0 || common->law == LAW_NONE || !(common->low < common->high)) return written;
    return range_value(common, written, draw_uniform(b->luck, who, DRAW_WORLD, b->world, 0));
}

int64_t drawn_fen(const struct builder *b, uint64_t who, const struct row_common *common, int64_t written) {
    if (b->world == 0 || common->law == LAW_NONE || written == YUAN_NONE) return written;
    return (int64_t)(drawn(b, who, common, (double)written / 100) * 100 + 0.5);
}

int32_t ticks_of(const struct builder *b, double hours) {
    double ticks = hours * 3600 / b->m->tick_seconds;
    return ticks >= 1e9 ? 1000000000 : (int32_t)(ticks + 0.5);
}

bool option_listed(const char *options, const char *option) {
    size_t length = strlen(option);
    for (const char *at = options; at && *at;) {
        const char *end = strchr(at, ';');
        size_t part = end ? (size_t)(end - at) : strlen(at);
        while (part && *at == ' ') at++, part--;
        while (part && at[part - 1] == ' ') part--;
        if (part == length && memcmp(at, option, part) == 0) return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

uint32_t bom_rows(const struct builder *b, const char *bill, uint32_t *count) {
    uint32_t low = 0, high = b->t->bom_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (strcmp(b->bom[middle].key, bill) < 0) low = middle + 1;
        else high = middle;
    }
    *count = 0;
    while (low + *count < b->t->bom_count && strcmp(b->bom[low + *count].key, bill) == 0) ++*count;
    return low;
}

void groups_make(struct builder *b, const uint32_t *key_of, uint32_t count, uint32_t keys, struct groups *out) {
    out->first = scratch_take(b, (size_t)keys + 2, sizeof *out->first);
    out->rows = scratch_take(b, count, sizeof *out->rows);
    if (b->refused) return;
    for (uint32_t i = 1; i <= count; i++) out->first[key_of[i] + 2]++;
    for (uint32_t k = 0; k < keys; k++) out->first[k + 2] += out->first[k + 1];
    for (uint32_t i = 1; i <= count; i++) out->rows[out->first[key_of[i] + 1]++] = i;
}
