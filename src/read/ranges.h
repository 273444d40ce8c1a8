// Ranges: the rows of a table (or a setting) whose main value has a low and a high, moved to one end together, or each
// to a draw of its own. For studies that ask what an uncertain input matters.
#ifndef READ_RANGES_H
#define READ_RANGES_H

#include "model/model.h"

enum range_end { RANGE_LOW, RANGE_HIGH, RANGE_DRAWN, RANGE_ENDS };

// One group of inputs: a table's main column, or one setting.
struct range_group {
    const char *table, *column; // "makers", "headroom"; "settings", "firm_days"
    int setting;                // index of the setting, -1: a table
    enum table_id id;
    uint32_t rows; // that have a range
};

enum { RANGE_GROUPS_MOST = TABLE_COUNT + SETTING_COUNT };
// How many groups have a range.
uint32_t ranges_list(const struct tables *t, struct range_group out[RANGE_GROUPS_MOST]);
// t: a shallow copy of tables; the group's rows are copied into the arena and moved there. seed: of the draws.
MUST_CHECK enum ap_status range_move(struct tables *t, const struct range_group *group, enum range_end end,
                                     uint64_t seed, struct arena *a);

#endif
