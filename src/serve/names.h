// Names that come from outside: a name is one part of a path, never two, never hidden, never a link.
#ifndef SERVE_NAMES_H
#define SERVE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

enum { NAME_ROOM = 128, SERVE_PATH_ROOM = 4096 };

// Letters, digits, - _ . and UTF-8, not beginning with a dot or a dash, shorter than NAME_ROOM.
bool name_safe(const char *name);
// folder/name in out when the name is safe and that is a folder and no link; false otherwise.
bool folder_inside(const char *folder, const char *name, char out[SERVE_PATH_ROOM]);
// Opens folder/name/file to read when all are what they should be (no link); -1 otherwise.
int file_open_inside(const char *folder, const char *name, const char *file);
// Whole text of a file up to `most` bytes, NUL-terminated, to be freed; NULL when there is none or it is larger.
char *file_read(int file, size_t most, size_t *count);
// Writes a file beside its place, syncs and renames it; false with errno when the disk refuses.
bool file_replace(const char *path, const char *text, size_t count);

#endif
