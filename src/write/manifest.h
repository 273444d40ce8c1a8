// The manifest: all it takes to get the same result again, and to see that it is the same. The question is the hash of
// everything that decides the answer: the same question has the same answer, and one that was kept serves again.
#ifndef WRITE_MANIFEST_H
#define WRITE_MANIFEST_H

#include "base/words.h"
#include "read/read.h"
#include "study/study.h"
#include "write/publish.h"

enum { QUESTION_ROOM = 65 };

struct manifest_facts {
    const char *version, *commit;
    const char *study;                // run, stress, compare ...
    const struct tables *tables;
    const struct settings *set;       // as they took effect
    const struct inputs *inputs;
    const struct inputs *other;       // of the scenario it was compared with; NULL: none
    const char *const *arguments;     // the command line
    int argument_count;
    const char *question_words;       // the arguments that decide the answer and are no setting; "" or NULL: none
    const char *folder;               // the working folder, where the arguments' paths begin
    uint64_t seed, state_hash;
    uint32_t replications, worlds, threads;
    struct period period;             // of the bulletin; name "" where there is none
    double seconds;
};

// The hash of version, commit, study, inputs, settings and question words, as hex.
MUST_CHECK enum ap_status question_of(const struct manifest_facts *facts, char out[QUESTION_ROOM]);
MUST_CHECK enum ap_status manifest_to_json(const struct manifest_facts *facts, const struct result_file *files,
                                           uint32_t file_count, struct words *out);
// What a result calls a file: its path inside the scenario; a file named by its place on this machine (--shock FILE)
// goes by its content and its name, so that the same question has the same answer anywhere.
enum { INPUT_NAME_ROOM = 300 };
void input_name(const struct input_file *file, char out[INPUT_NAME_ROOM]);
// A setting's value as settings.csv writes it; DATE and YUAN too.
void setting_words(const struct settings *set, enum setting_id id, struct words *out);

#endif
