// A manifest as results_end wrote it, for whoever runs it again. Anything else is refused with words.
#ifndef READ_MANIFEST_FILE_H
#define READ_MANIFEST_FILE_H

#include "base/base.h"

struct manifest_entry {
    const char *path, *sha256;
};

struct manifest_file {
    struct arena arena;
    const char *version, *commit, *study, *scenario, *folder, *working_folder;
    const char **command;            // [command_count + 1]
    uint32_t     command_count;
    struct manifest_entry *inputs, *outputs;
    uint32_t     input_count, output_count;
};

// trouble: why it is none.
MUST_CHECK enum ap_status manifest_file_read(const char *path, struct manifest_file *out, char trouble[200]);
void manifest_file_free(struct manifest_file *m);
// The SHA-256 of a file's bytes; false when it cannot be read.
bool file_sha256(const char *path, char out[65]);

#endif
