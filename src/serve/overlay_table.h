// One table of an overlay as text: a row is set, put in the place of the one with the same key, or taken out again.
#ifndef SERVE_OVERLAY_TABLE_H
#define SERVE_OVERLAY_TABLE_H

#include <jansson.h>

#include "base/base.h"

// before: the file as it was ("" when there is none). cells: by column, `action` among them (set, remove, or forget:
// the overlay says nothing of this row any more). AP_BAD_INPUT: trouble says what is wrong with the cells.
MUST_CHECK enum ap_status overlay_table_change(const char *before, const char *table, json_t *cells,
                                               struct words *after, char trouble[200]);

#endif
