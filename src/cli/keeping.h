// Where a study's result is kept: the folder of --out, or one named by the question in the folder of --store. A result
// that answers the same question is printed instead of running again, unless --fresh.
#ifndef CLI_KEEPING_H
#define CLI_KEEPING_H

#include "cli/options.h"
#include "write/results.h"

struct keeping {
    char place[PATH_ROOM];           // "": nothing is kept
    char question[QUESTION_ROOM];
    char folder_text[PATH_ROOM];     // the working folder, for the manifest
    char commit[96];
    struct result_folder folder;
    bool begun;
};

// Fills version, commit, arguments and working folder of the facts; the rest of them is known already. Prints why not.
MUST_CHECK enum ap_status keeping_plan(struct keeping *k, const struct options *o, int argc, char **argv,
                                       struct manifest_facts *facts);
// What decides the answer of any study and is neither a file nor a setting: shocks asked for by name, and when
// replications stop.
void keeping_question(const struct options *o, struct words *out);
// AP_OK: the place holds the answer, which was printed. AP_BAD_USE: it does not. Else why printing was refused.
MUST_CHECK enum ap_status keeping_answer(const struct keeping *k, const struct options *o);
// Begins the folder; prints why not.
MUST_CHECK enum ap_status keeping_begin(struct keeping *k, const struct options *o);
// Keeps what the command prints; text must live until keeping_end.
void keeping_print(struct keeping *k, const char *form, const char *language, const char *text);
// Ends it when the study's status is AP_OK, else abandons it; prints why not. The status to go on with.
MUST_CHECK enum ap_status keeping_end(struct keeping *k, enum ap_status study, const struct manifest_facts *facts,
                                      const struct result_part *parts, int count);

#endif
