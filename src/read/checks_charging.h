// Inside the read room: what the checks of the charging side share.
#ifndef READ_CHECKS_CHARGING_H
#define READ_CHECKS_CHARGING_H

#include "read/checks.h"

#define CHARGING_ROW(type, t, row) ((const struct type *)(const void *)row_of(t, row))

// A cell of a row, by its column's name.
struct cell_at {
    const struct table_read *t;
    uint32_t    row;
    const char *column;
};
// Complains at the cell and quotes what stands there: sentence: "value".
void cell_fault(struct reader *r, struct cell_at at, const char *rule, const char *suggestion, const char *sentence);
// checks_shares.c: tariffs, curves, profiles; shares of classes, homes, feeders
MUST_CHECK enum ap_status shares_check(struct reader *r);

#endif
