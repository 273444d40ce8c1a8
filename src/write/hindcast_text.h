// A hindcast in words, and as one JSON object.
#ifndef WRITE_HINDCAST_TEXT_H
#define WRITE_HINDCAST_TEXT_H

#include "study/study.h"
#include "write/json_text.h"

MUST_CHECK enum ap_status hindcast_to_text(const struct hindcast *h, struct words *out);
MUST_CHECK enum ap_status hindcast_to_json(const struct hindcast *h, struct words *out);
// As hindcast.csv writes them, and the unit that follows from them.
const char *hindcast_measure_name(const struct hindcast_row *row);
const char *hindcast_as_name(const struct hindcast_row *row);
const char *hindcast_used_name(const struct hindcast_row *row);
const char *hindcast_unit(const struct hindcast_row *row);

#endif
