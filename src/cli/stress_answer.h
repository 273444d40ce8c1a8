// The answer of a stress test: ranks, and what was asked for beside them.
#ifndef CLI_STRESS_ANSWER_H
#define CLI_STRESS_ANSWER_H

#include "cli/options.h"
#include "write/stress_text.h"

struct stress_answer {
    struct stress_ranks ranks;
    struct measures measures;
    struct stress_reasons reasons, disagreements;
    struct stress_said said;
};

// Prints what is wrong. To be freed in any case.
MUST_CHECK enum ap_status stress_answer_make(const struct stress *s, const struct stress_wishes *w,
                                             struct complaints *c, struct stress_answer *out);
void stress_answer_free(struct stress_answer *a);

#endif
