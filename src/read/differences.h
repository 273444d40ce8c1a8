// Which input rows of two scenarios differ: by table and key, then column by column, with old and new values as cells
// write them. The order of the files plays no part; sources, confidences and notes are not compared.
#ifndef READ_DIFFERENCES_H
#define READ_DIFFERENCES_H

#include "model/model.h"

struct input_difference {
    const char *table;         // "settings" for a setting
    const char *key;           // its key columns, joined by " / "
    const char *column;        // "": the row stands on one side only
    const char *was, *is;      // NULL: there is no row
};

struct input_differences {
    struct arena arena;
    struct input_difference *rows;
    uint32_t count, room;
};

// Settings that only say how often and from where a study runs (seed, replications, worlds) are left out.
MUST_CHECK enum ap_status inputs_compare(const struct tables *was, const struct tables *is,
                                         struct input_differences *out);
void input_differences_free(struct input_differences *d);

#endif
