// Inside the read room: what happens when every row is there. Steps of scenario_read, in this order.
#ifndef READ_CHECKS_H
#define READ_CHECKS_H

#include "read/reader.h"

// A cell of a row that was read.
struct row_place {
    const struct table_read *t;
    uint32_t    row, slot;
    const char *value;           // what the complaint quotes
};

// references.c
void references_resolve(struct reader *r);
// Line, column and text of a row's cell; a slot the file does not have gives the line as a whole.
struct spot spot_of_row(struct reader *r, const struct table_read *t, uint32_t row, uint32_t slot);

// settings.c
MUST_CHECK enum ap_status settings_default(struct reader *r);
MUST_CHECK enum ap_status settings_read(struct reader *r, uint32_t file);
MUST_CHECK enum ap_status settings_override(struct reader *r, const struct read_options *o);
void settings_check(struct reader *r);
// The value of the row `parent`, in the reader's arena; NULL when there is none. *spot is where it stands.
const char *settings_parent(struct reader *r, struct scenario_file *file, struct spot *spot);

// shock_options.c: --shock
MUST_CHECK enum ap_status shock_files_add(struct reader *r, const struct read_options *o);
void shocks_activate(struct reader *r, const struct read_options *o);

// checks.c, targets.c, bills.c: what needs several cells or rows
void rows_check(struct reader *r);
MUST_CHECK enum ap_status sums_check(struct reader *r);
MUST_CHECK enum ap_status targets_check(struct reader *r);
MUST_CHECK enum ap_status bills_check(struct reader *r);
// checks_charging.c: the same for the charging side
MUST_CHECK enum ap_status charging_check(struct reader *r);
// checks_shocks.c: steps of one shock that share days; shocks of --shock that never act; published effects
MUST_CHECK enum ap_status shock_steps_check(struct reader *r);
void shocks_asked_check(struct reader *r, const struct read_options *o);
MUST_CHECK enum ap_status hindcast_check(struct reader *r);
// The range of one of the reader's setting_common.
void setting_range_check(struct reader *r, const struct row_common *common, double value, struct bounds b);
// Complains at a row's cell: sentence: "value".
void row_complain(struct reader *r, const struct row_place *place, const char *rule, const char *suggestion,
                  const char *sentence);

#endif
