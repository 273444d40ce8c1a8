// A comparison in words, and as JSON.
#ifndef WRITE_COMPARE_TEXT_H
#define WRITE_COMPARE_TEXT_H

#include "read/read.h"
#include "study/study.h"

struct comparison_told {
    const struct comparison        *c;
    const struct input_differences *inputs;
    const char *first, *second;        // what the two are called
};

MUST_CHECK enum ap_status comparison_to_text(const struct comparison_told *t, struct words *out);
MUST_CHECK enum ap_status comparison_to_json(const struct comparison_told *t, struct words *out);

#endif
