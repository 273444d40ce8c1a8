#include "read/names.h"

#include <stdio.h>
#include <string.h>

#include "read/reader.h"

bool index_make(struct key_index *x, uint32_t room, struct arena *a) {
    uint32_t size = 16;
    while (size < room * 2U) size *= 2;     // at most half full
    x->rows = TAKE(a, size, uint32_t);
    x->mask = size - 1;
    return x->rows != NULL;
}

uint32_t index_find(const struct table_read *t, const char *key, uint64_t hash) {
    ASSERT(key != NULL);
    for (uint32_t i = (uint32_t)hash & t->index.mask;; i = (i + 1) & t->index.mask) {
        uint32_t row = t->index.rows[i];
        if (row == 0) return 0;
        const struct row_note *note = &t->notes[row];
        if (note->hash == hash && strcmp(note->key, key) == 0) return row;
    }
}

void index_add(struct table_read *t, uint32_t row) {
    uint32_t i = (uint32_t)t->notes[row].hash & t->index.mask;
    while (t->index.rows[i] != 0) i = (i + 1) & t->index.mask;
    t->index.rows[i] = row;
}

struct nearest nearest_to(struct reader *r, const char *name) {
    // A third of the letters wrong is still a typing error; more is another name.
    int most = 1 + (int)strlen(name) / 3;
    return (struct nearest){.r = r, .name = name, .distance = most + 1};
}

bool nearest_wanted(const struct reader *r) {
    return r->c->count < COMPLAINTS_SHOWN && r->nearest_left > 0;
}

void name_try(struct nearest *n, const char *candidate) {
    if (!candidate || candidate[0] == '\0' || !nearest_wanted(n->r)) return;
    n->r->nearest_left--;
    int longer = (int)strlen(candidate) - (int)strlen(n->name);
    if (longer >= n->distance || -longer >= n->distance) return;
    int distance = text_distance(n->name, candidate);
    if (distance >= n->distance) return;
    n->distance = distance;
    n->best = candidate;
}

const char *nearest_words(struct nearest *n) {
    if (!n->best) return NULL;
    snprintf(n->words, sizeof n->words, "did you mean \"%.120s\"?", n->best);
    return n->words;
}

bool text_set_make(struct text_set *set, uint32_t room, struct arena *a) {
    uint32_t size = 16;
    while (size < room * 2U) size *= 2;
    set->texts = TAKE(a, size, const char *);
    set->mask = size - 1;
    return set->texts != NULL;
}

// The text's place, or the free one where it would stand.
static uint32_t text_set_place(const struct text_set *set, const char *text) {
    uint32_t i = (uint32_t)hash_text(text) & set->mask;
    while (set->texts[i] && strcmp(set->texts[i], text) != 0) i = (i + 1) & set->mask;
    return i;
}

bool text_set_add(struct text_set *set, const char *text) {
    uint32_t place = text_set_place(set, text);
    bool there = set->texts[place] != NULL;
    set->texts[place] = text;
    return there;
}

bool text_set_has(const struct text_set *set, const char *text) {
    return set->texts[text_set_place(set, text)] != NULL;
}

const char *text_set_nearest(const struct text_set *set, struct nearest *n) {
    for (uint32_t i = 0; i <= set->mask && nearest_wanted(n->r); i++) name_try(n, set->texts[i]);
    return nearest_words(n);
}
