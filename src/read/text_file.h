// Files as text: one file in memory, cut into records and cells (RFC 4180: quotes, doubled quotes, line breaks inside
// quotes). The bytes stay as they are, so that any later complaint can show its line.
#ifndef READ_TEXT_FILE_H
#define READ_TEXT_FILE_H

#include <stdio.h>

#include "base/base.h"

enum {
    LINE_BYTES_MOST = 1024 * 1024,          // a longer line is a file of another kind or an open quote
    FILE_BYTES_MOST = 1024 * 1024 * 1024,   // offsets are 32 bits
    CELLS_MOST = 256,                       // no table has a quarter of that
};

struct text_file {
    const char *path;          // as the user gave it: for complaints
    const char *name;          // as the manifest shows it
    char       *bytes;         // NUL-terminated, without a byte order mark
    uint32_t    count;
    char        sha256[65];
    uint64_t    bytes_on_disk;
};

struct cell {
    uint32_t at;               // byte offset of its first character, after an opening quote
    uint32_t count;            // bytes, before doubled quotes are made single
    bool     quoted, doubled;
};

struct record {
    uint32_t    at, line;      // where it starts; line from 1
    uint32_t    cell_count;
    struct cell cells[CELLS_MOST];
};

// Where to read on; quotes_off after an open quote: it would swallow the rest of the file.
struct text_place {
    uint32_t at, line;
    bool     quotes_off;
};

// Reads the whole file. AP_BAD_INPUT after a complaint about its bytes (not UTF-8, NUL, too large) or
// when there is no such file; AP_REFUSED after a complaint when it cannot be read; AP_NO_MEMORY.
MUST_CHECK enum ap_status text_file_read(const char *path, const char *name, struct arena *a, struct complaints *c,
                                         struct text_file *out);
// The same for a stream that is open already, such as a pipe; it stays open. `name` is for complaints.
MUST_CHECK enum ap_status text_stream_read(FILE *stream, const char *name, struct arena *a, struct complaints *c,
                                           struct text_file *out);
// The next record that is not blank; false at the end. Complains about broken quotes, long lines, control characters
// and too many cells, and goes on with the next line.
bool record_next(const struct text_file *f, struct text_place *place, struct complaints *c, struct record *out);

// Line, column (in characters, from 1) and text of a byte of a record.
struct spot {
    struct source at;
    uint32_t      column;
    const char   *text;
};
struct spot spot_of(const struct text_file *f, const struct record *r, uint32_t byte);

// Writes the cell's text with doubled quotes made single and a NUL: at most cell->count + 1 bytes. Returns its length.
size_t cell_write(const struct text_file *f, const struct cell *cell, char *out);

#endif
