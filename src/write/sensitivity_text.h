// Which uncertain inputs move the ranking most, in words and as JSON.
#ifndef WRITE_SENSITIVITY_TEXT_H
#define WRITE_SENSITIVITY_TEXT_H

#include "study/sensitivity.h"

MUST_CHECK enum ap_status sensitivity_to_text(const struct sensitivity *s, const struct tables *t, struct words *out);
MUST_CHECK enum ap_status sensitivity_to_json(const struct sensitivity *s, const struct tables *t, struct words *out);

#endif
