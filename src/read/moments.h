// Moments as other programs write them: with a zone or without, and what a misspelt one was probably meant to be.
#ifndef READ_MOMENTS_H
#define READ_MOMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "read/spelling.h"

// The clock as it was written, in seconds since 1970-01-01, and what zone it was written for.
struct moment {
    int64_t clock;
    int32_t offset;            // seconds ahead of UTC
    bool    zoned;             // a zone was written
};

// 2023-08-01T07:15, with seconds and their fraction (dropped) or not, T or a space, then Z, +08:00, +0800 or nothing.
bool moment_read(const char *text, struct moment *out);
// +08:00, -0330 or Z to seconds, at most 18 hours either way.
bool offset_read(const char *text, int32_t *out);
// YYYY-MM-DDTHH:MM, with :SS unless they are 0, and a NUL.
enum { MOMENT_BYTES = 24 };
void moment_write(int64_t seconds, char out[MOMENT_BYTES]);
// "write 2018-12-21T10:20" for 21.12.2018 10:20, 12/21/2018 10:20 PM, 20181221102000, 43455.43 and 1545387600.
bool moment_spelling(const char *text, char out[SPELLING_BYTES]);

#endif
