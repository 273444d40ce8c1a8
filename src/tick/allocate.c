// Allocation when there is too little (M-4.6): by priority, then in proportion to what is owed: floor, largest
// remainder, oldest owed, id. Nothing is carried over.
#include "tick/allocate.h"

#include <stdlib.h>

static int by_priority(const void *left, const void *right) {
    const struct claim *a = left, *b = right;
    if (a->priority != b->priority) return a->priority > b->priority ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int by_rest(const void *left, const void *right) {
    const struct claim *a = left, *b = right;
    if (a->rest != b->rest) return a->rest > b->rest ? -1 : 1;
    if (a->since != b->since) return a->since < b->since ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

// One group of the same priority that cannot be served whole.
static void group_share(struct claim *claims, uint32_t count, int64_t available, int64_t owed) {
    int64_t given = 0;
    for (uint32_t i = 0; i < count; i++) {
        claims[i].given = claims[i].owed * available / owed;
        claims[i].rest = claims[i].owed * available % owed;
        given += claims[i].given;
    }
    if (given < available) qsort(claims, count, sizeof *claims, by_rest);
    for (uint32_t i = 0; i < count && given < available; i++, given++) claims[i].given++;
    ASSERT(given == available);
}

void allocate(struct claim *claims, uint32_t count, int64_t available) {
    ASSERT(available >= 0);
    int64_t owed = 0;
    bool ranked = false;
    for (uint32_t i = 0; i < count; i++) {
        owed += claims[i].owed;
        claims[i].given = claims[i].owed;
        ranked |= claims[i].priority != claims[0].priority;
    }
    if (owed <= available) return;
    if (ranked) qsort(claims, count, sizeof *claims, by_priority);
    for (uint32_t first = 0, end = 0; first < count; first = end) {
        int64_t group = 0;
        while (end < count && claims[end].priority == claims[first].priority) group += claims[end++].owed;
        if (group > available) group_share(claims + first, end - first, available, group);
        available -= smaller_of(group, available);
    }
}
