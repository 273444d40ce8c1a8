// A stress test for people: what breaks first, what it costs, how sure that is; then the tables. As JSON all of it.
#ifndef WRITE_STRESS_TEXT_H
#define WRITE_STRESS_TEXT_H

#include "study/measures.h"
#include "study/stress_ranks.h"
#include "study/stress_reasons.h"

struct stress_said {
    const struct stress_ranks *ranks;
    const struct measures *measures;            // NULL: not asked for
    const struct stress_reasons *reasons;       // of the first rows; NULL: not asked for
    const struct stress_reasons *disagreements; // of the rows where measures disagree; NULL: as above
    uint32_t top;                               // rows a table shows
};

MUST_CHECK enum ap_status stress_to_text(const struct stress_said *s, struct words *out);
MUST_CHECK enum ap_status stress_to_json(const struct stress_said *s, struct words *out);

#endif
