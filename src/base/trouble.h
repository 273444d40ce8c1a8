// Trouble: three kinds, three answers. The user's file is wrong: complain and go on (struct complaints).
// The machine refuses: return a status. We are wrong: ASSERT stops, in release too.
#ifndef BASE_TROUBLE_H
#define BASE_TROUBLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum ap_status {
    AP_OK = 0,
    AP_BAD_INPUT = 1,      // the user's files or values: complaints hold the words
    AP_BAD_USE = 2,        // the caller's arguments
    AP_REFUSED = 3,        // disk, permission
    AP_NO_MEMORY = 4,      // exits as 3
    AP_INTERRUPTED = 5,    // exits as 130
    AP_LEDGER = 6          // a ledger did not balance: our bug or a damaged state; exits as 3
};

#define MUST_CHECK __attribute__((warn_unused_result))

// Our only control macro: hands a failing status to the caller.
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum ap_status try_status = (call);                                                                            \
        if (try_status != AP_OK) return try_status;                                                                    \
    } while (0)

// Stays on in release: the message names file and line, then the process stops.
#define ASSERT(condition) ((condition) ? (void)0 : assert_failed(#condition, __FILE__, __LINE__))
_Noreturn void assert_failed(const char *condition, const char *file, int line);

enum { COMPLAINTS_SHOWN = 100 };   // enough to mend in one go; all are counted

// One complaint about the input. line 0: the file as a whole; column 0: the line as a whole (both from 1).
struct complaint {
    const char *file;         // path as the user gave it
    uint32_t    line, column;
    const char *rule;         // UNKNOWN_ENTERPRISE and the like
    const char *message;      // one sentence with the value in quotes
    const char *suggestion;   // or NULL
    const char *text;         // the offending line, cut at 200 bytes, or NULL
};

struct complaints {
    struct arena    *arena;   // where their words live
    struct complaint shown[COMPLAINTS_SHOWN];
    uint64_t         count;   // all of them
};

// Where a row came from; kept by every row, so that checks made after reading still point at the line.
struct source {
    const char *file;         // NULL: built by the program
    uint32_t    line;
};

// printf-like message; the words are copied. suggestion may be NULL.
void complain(struct complaints *c, struct source at, uint32_t column, const char *text, const char *rule,
              const char *suggestion, const char *format, ...) __attribute__((format(printf, 7, 8)));

#endif
