// The folder of a result: results.sqlite, report.html, manifest.json, and tables/*.csv on request. It is written beside
// its place under another name (folder.partial-XXXXXX), synced and renamed; results.sqlite can be read there meanwhile.
#ifndef WRITE_RESULTS_H
#define WRITE_RESULTS_H

#include "write/database.h"
#include "write/publish.h"

// What a command printed, kept so that the same question is answered without a new run.
struct printed {
    const char *form, *language;     // text or json; en or zh
    const char *text;
};

enum { PRINTED_MOST = 4 };

struct result_folder {
    struct publication place;
    struct database    base;
    char trouble[TROUBLE_ROOM];      // why it was refused
    bool csv;                        // tables/*.csv too
    struct printed printed[PRINTED_MOST];
    int printed_count;
};

// Begins a folder that will stand at `folder`; end or abandon it.
MUST_CHECK enum ap_status results_begin(struct result_folder *f, const char *folder);
// Writes grounds and parts, what was printed, report.html, the manifest, and puts the folder in its place.
MUST_CHECK enum ap_status results_end(struct result_folder *f, const struct manifest_facts *facts,
                                      const struct result_part *parts, int count);
// Removes what was written so far; after results_end it does nothing.
void results_abandon(struct result_folder *f);

// Of a run: a step of study_options, called as each run is over. self: a struct result_folder.
MUST_CHECK enum ap_status results_keep(void *self, const struct study *s, uint32_t row);
// When all are over: the values that come last. Before results_end.
MUST_CHECK enum ap_status results_keep_last(struct result_folder *f, const struct study *s);
// The parts of a run.
enum { RUN_PARTS = 4 };
void run_parts(const struct study *s, struct result_part out[RUN_PARTS]);
// What the manifest says of a run; inputs, arguments, version and the like are the caller's.
void run_facts(const struct study *s, struct manifest_facts *facts);

// Whether a folder holds the answer to this question; then what was printed, in words. AP_BAD_USE: it does not.
MUST_CHECK enum ap_status results_answer(const char *folder, const char *question, struct printed asked,
                                         struct words *out);

#endif
