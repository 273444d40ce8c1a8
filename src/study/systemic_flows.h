// Inside the study room: who sells what to whom in a year, for the systemic risk index.
#ifndef STUDY_SYSTEMIC_FLOWS_H
#define STUDY_SYSTEMIC_FLOWS_H

#include "study/systemic.h"

struct flow_list {
    struct flow *flows;        // sorted by buyer, kind, input, supplier; what has the same of all four is one flow
    uint32_t     count, room;
    uint32_t    *sector;       // [enterprise]
    uint32_t     sectors;      // one more than the last
};

MUST_CHECK enum ap_status flows_collect(const struct model *m, struct arena *a, struct flow_list *out);

#endif
