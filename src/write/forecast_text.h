// Blind forecasts in words, and as one JSON object.
#ifndef WRITE_FORECAST_TEXT_H
#define WRITE_FORECAST_TEXT_H

#include "study/study.h"

MUST_CHECK enum ap_status forecasts_to_text(const struct forecasts *f, struct words *out);
MUST_CHECK enum ap_status forecasts_to_json(const struct forecasts *f, struct words *out);

#endif
