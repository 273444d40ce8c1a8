// Refusals to order: the n-th time that memory is asked for, or that the disk is asked to open, write, sync, rename or
// make something, the answer is no. The linker puts these in the place of libc's (--wrap) for our own code; sqlite and
// jansson are given them by their own means.
#ifndef TESTS_TORTURE_REFUSE_H
#define TESTS_TORTURE_REFUSE_H

#include <stdbool.h>

enum refusal_kind { REFUSE_NOTHING, REFUSE_MEMORY, REFUSE_DISK };

struct refusal {
    enum refusal_kind kind;
    long at;                // the n-th of its kind, from 1
    bool for_good;          // and every one after it
    long asked;             // so far
    bool happened;
};

// One refusal at a time, of the whole process.
extern struct refusal refusal;

// Hands sqlite and jansson our functions; before either is used.
void refusals_install(void);

#endif
