// A folder of files that appears whole or not at all: written as PATH.part, then renamed.
#ifndef READ_FOLDER_WRITE_H
#define READ_FOLDER_WRITE_H

#include <stdio.h>

#include "base/base.h"

struct folder_file {
    const char *name, *text;
    FILE       *stream;        // NULL: the text; else all that the stream holds, from its start
};

// Complains and returns AP_BAD_INPUT when something is in the way: the folder must not exist or be empty.
MUST_CHECK enum ap_status folder_place_check(const char *path, struct complaints *c);
// The same check, then the files. AP_REFUSED when the disk refuses; nothing is left behind then.
MUST_CHECK enum ap_status folder_write(const char *path, const struct folder_file *files, uint32_t count,
                                       struct complaints *c);

#endif
