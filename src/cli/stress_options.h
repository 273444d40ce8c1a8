// Options of the stress test that are lists or have words of their own.
#ifndef CLI_STRESS_OPTIONS_H
#define CLI_STRESS_OPTIONS_H

#include "study/stress.h"

struct stress_wishes {
    unsigned what; // 0: not said
    int32_t days[STRESS_DAYS_MOST];
    uint32_t day_count; // 0: not said
    day_number starts[STRESS_STARTS_MOST];
    uint32_t start_count;
    int32_t horizon;     // 0: not said
    uint32_t top, every; // 0: not said
    const char *only, *csv;
    bool resume, sensitivity, measures, why;
};

enum stress_option {
    STRESS_OPTION_WHAT,
    STRESS_OPTION_DAYS,
    STRESS_OPTION_START,
    STRESS_OPTION_HORIZON,
    STRESS_OPTION_TOP,
    STRESS_OPTION_ONLY,
    STRESS_OPTION_EVERY,
    STRESS_OPTION_CSV,
    STRESS_OPTION_RESUME,
    STRESS_OPTION_SENSITIVITY,
    STRESS_OPTION_MEASURES,
    STRESS_OPTION_WHY,
    STRESS_OPTIONS
};
// Prints what is wrong and returns AP_BAD_USE.
MUST_CHECK enum ap_status stress_option_take(struct stress_wishes *w, enum stress_option option, const char *value);

#endif
