// The manifest: all it takes to get the same result again.
#ifndef WRITE_MANIFEST_H
#define WRITE_MANIFEST_H

#include "base/words.h"
#include "read/read.h"
#include "study/study.h"

struct manifest_facts {
    const char *version;
    const struct inputs *inputs;
    const char *const *arguments;     // the command line
    int argument_count;
    double seconds;
};

MUST_CHECK enum ap_status manifest_to_json(const struct study *s, const struct manifest_facts *facts,
                                           struct words *out);

#endif
