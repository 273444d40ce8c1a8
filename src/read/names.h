// Names: from a key to its row, sets of texts, and from a wrong name to the nearest right one.
#ifndef READ_NAMES_H
#define READ_NAMES_H

#include "base/base.h"

struct reader;
struct table_read;

// From keys to rows: open addressing, row 0 is free.
struct key_index {
    uint32_t *rows;
    uint32_t  mask;
};

MUST_CHECK bool index_make(struct key_index *x, uint32_t room, struct arena *a);
uint32_t index_find(const struct table_read *t, const char *key, uint64_t hash);
void index_add(struct table_read *t, uint32_t row);
// Collects the nearest of many names; ask with name_try, then best is NULL or the name.
struct nearest {
    struct reader *r;
    const char    *name, *best;
    int            distance;
    char           words[160];   // the suggestion
};
struct nearest nearest_to(struct reader *r, const char *name);
// False when nobody would see a suggestion, or too many names were compared already: then do not ask.
bool nearest_wanted(const struct reader *r);
void name_try(struct nearest *n, const char *candidate);
// `did you mean "x"?`, or NULL.
const char *nearest_words(struct nearest *n);

// A set of texts, for columns that name something without being a key.
struct text_set {
    const char **texts;
    uint32_t     mask;
};
MUST_CHECK bool text_set_make(struct text_set *set, uint32_t room, struct arena *a);
// Adds the text unless it is there; returns true when it was.
bool text_set_add(struct text_set *set, const char *text);
bool text_set_has(const struct text_set *set, const char *text);
// `did you mean` over the set; words are good until the next call with the same n.
const char *text_set_nearest(const struct text_set *set, struct nearest *n);

#endif
