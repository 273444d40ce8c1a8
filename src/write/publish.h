// Publishing: a folder or file is written beside its place under another name, synced, then renamed. A reader finds it
// whole or not at all; what was interrupted leaves nothing.
#ifndef WRITE_PUBLISH_H
#define WRITE_PUBLISH_H

#include <stdio.h>

#include "base/base.h"

enum { PATH_ROOM = 4096, TROUBLE_ROOM = PATH_ROOM + 200 };

struct publication {
    char target[PATH_ROOM];        // where it will stand
    char partial[PATH_ROOM];       // where it is written
    char trouble[TROUBLE_ROOM];    // why it was refused
};

// A folder may take this place: nothing is there, an empty folder, or an earlier result (it holds manifest.json).
MUST_CHECK enum ap_status publish_allowed(const char *target, char trouble[TROUBLE_ROOM]);
MUST_CHECK enum ap_status publish_folder_begin(const char *target, struct publication *p);
// Writes a file into the folder that is being written.
MUST_CHECK enum ap_status publish_text(struct publication *p, const char *name, const char *text, size_t count);
// Makes a folder inside it.
MUST_CHECK enum ap_status publish_subfolder(struct publication *p, const char *name);

// One file of a folder that is being written.
struct result_file {
    char     path[80];             // inside the folder
    char     sha256[65];
    uint64_t bytes;
};
// Every file, by name.
MUST_CHECK enum ap_status publish_files(struct publication *p, struct arena *a, struct result_file **out,
                                        uint32_t *count);
// Syncs the folder and puts it in its place; an earlier result there is removed.
MUST_CHECK enum ap_status publish_folder_end(struct publication *p);
// Removes a folder of a result: plain files, and one level of folders with such.
void publish_remove(const char *path);
// Removes what was written so far.
void publish_folder_abandon(struct publication *p);

MUST_CHECK enum ap_status publish_file_begin(const char *target, struct publication *p, FILE **file);
// Closes, syncs and renames the file, or with another status than AP_OK removes it and returns that.
MUST_CHECK enum ap_status publish_file_end(struct publication *p, FILE *file, enum ap_status status);

#endif
