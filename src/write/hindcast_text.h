// A hindcast and blind forecasts in words, and as one JSON object.
#ifndef WRITE_HINDCAST_TEXT_H
#define WRITE_HINDCAST_TEXT_H

#include "study/study.h"
#include "write/json_text.h"

// Either may be NULL: it was not asked for.
MUST_CHECK enum ap_status hindcast_to_text(const struct hindcast *h, struct words *out);
MUST_CHECK enum ap_status hindcast_to_json(const struct hindcast *h, struct words *out);

#endif
