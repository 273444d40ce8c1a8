// Allocation of too little to many (M-4.6).
#ifndef TICK_ALLOCATE_H
#define TICK_ALLOCATE_H

#include "base/base.h"

struct claim {
    int64_t  owed, given, rest;    // rest: scratch of the allocation
    int32_t  priority, since;
    uint32_t row;
};

// Gives `available` units to the claims; may reorder them. Sum of given = smaller of available and the sum owed.
void allocate(struct claim *claims, uint32_t count, int64_t available);

#endif
