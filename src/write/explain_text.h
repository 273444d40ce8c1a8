// The path of a shock as a dated story with its causes, as JSON and as a table of events.
#ifndef WRITE_EXPLAIN_TEXT_H
#define WRITE_EXPLAIN_TEXT_H

#include "base/words.h"
#include "study/study.h"
#include "write/quantity.h"

MUST_CHECK enum ap_status explain_to_text(const struct explanation *e, enum language language, struct words *out);
MUST_CHECK enum ap_status explain_to_json(const struct explanation *e, struct words *out);
// day, until, later_days, kind, row_kind, row, cause_kind, cause, quantity, unit: a line per event.
MUST_CHECK enum ap_status explain_to_csv(const struct explanation *e, struct words *out);
// One sentence without a dot at its end: the chain from the row that lost most back to the shock.
void explain_cause_say(const struct model *m, const struct explain_cause *c, enum language language, struct words *out);
// One event as a sentence with a dot.
void explain_event_say(const struct explanation *e, const struct explain_event *event, enum language language,
                       struct words *out);

// --- between the files of the explanation
// A row as tables name it: a stock is enterprise/product, a link supplier -> enterprise/product.
void path_row_id(const struct model *m, struct path_row row, struct words *out);
const char *path_kind_name(enum path_kind kind);
// A row as people name it.
void path_row_say(const struct model *m, struct path_row row, enum language language, struct words *out);
const char *enterprise_say(const struct model *m, uint32_t enterprise, enum language language);
// "battery pack (CITY)": what a stock holds.
void product_say(const struct model *m, uint32_t product, enum language language, struct words *out);
// A row of a chain: the supplier, the part, or why there is none.
void explain_step_say(const struct model *m, struct path_row row, enum language language, struct words *out);
// 12,345; the date of a day of the run.
void count_say(double value, struct words *out);
void path_date_say(const struct explanation *e, int32_t day, struct words *out);
void explain_tables(const struct explanation *e, enum language language, struct words *out);

#endif
