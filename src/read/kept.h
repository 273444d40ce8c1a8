// Kept rows: what a long study has finished so far, in a text file beside its result. Each row is a job's number and
// some integers with their checksum, written when the job ends; a file that was cut off anywhere is good up to its last
// whole row. The head says whose rows they are: those of another version, scenario or of other options are refused.
#ifndef READ_KEPT_H
#define READ_KEPT_H

#include <stdio.h>

#include "base/base.h"

enum { KEPT_NUMBERS_MOST = 64, KEPT_ROOM = 4096 };

struct kept_head {
    const char *version;
    char scenario[65], options[65]; // SHA-256, hex
    uint32_t jobs, numbers;         // numbers of a row, up to KEPT_NUMBERS_MOST
};

struct kept {
    struct kept_head head;
    char path[KEPT_ROOM];
    FILE *file;
    char trouble[KEPT_ROOM + 200];
};

enum kept_wish { KEPT_NEW, KEPT_RESUME };
struct kept_taker {
    void (*take)(void *self, uint32_t job, const int64_t *numbers);
    void *self;
};

// KEPT_NEW: nothing may be kept there yet. KEPT_RESUME: hands over every row that is; without a file it begins anew.
// AP_BAD_INPUT: the file is not of this study; AP_REFUSED: the disk. The words are in out->trouble.
MUST_CHECK enum ap_status kept_open(const char *path, const struct kept_head *head, enum kept_wish wish,
                                    struct kept_taker taker, struct kept *out);
MUST_CHECK enum ap_status kept_add(struct kept *k, uint32_t job, const int64_t *numbers);
// The rows stay for another time.
void kept_close(struct kept *k);
// The result is whole: the file goes.
void kept_remove(struct kept *k);

#endif
