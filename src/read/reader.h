// Inside the read room: what its files share while a scenario is read. Nothing outside this room includes it.
//
// Two passes: load every file of the folder and its parents, which tells how many rows each table can have at most;
// then read them into the tables' arena, the eldest parent first. References are resolved when all rows are there.
#ifndef READ_READER_H
#define READ_READER_H

#include "read/cells.h"
#include "read/columns.h"
#include "read/names.h"
#include "read/read.h"
#include "read/text_file.h"

enum {
    SLOTS_MOST = 48,        // columns of a table with the common ones and `action`; asserted for each table
    CELL_BYTES = 4096,      // cells up to here are looked at in the reader's own buffer
    FOLDERS_MOST = 16,      // a folder with its parents: a longer chain is a mistake
    NEAREST_MOST = 300000,  // names compared for suggestions in one reading; beyond it complaints come without
};

enum overlay_action { ACTION_SET, ACTION_REMOVE };

// Which cell of a file holds which column. A slot is an own column of the table, then the common ones, then `action`.
struct layout {
    int16_t  cell_of_slot[SLOTS_MOST];     // -1: the file has no such column
    int16_t  slot_of_cell[CELLS_MOST];     // -1: not known
    uint32_t cells;
};

// One file of the scenario.
struct scenario_file {
    struct text_file text;
    int              table;      // enum table_id, or one of FILE_*
    uint32_t         folder;
    bool             readable;
    struct layout    layout;
};
enum { FILE_SETTINGS = -1, FILE_EXTRA = -2 };

struct folder {
    const char *path;            // as the user gave it, for complaints and opening
    const char *prefix;          // in front of its files' names in the manifest: "" or "../base/"
    uint64_t    device, number;  // of the folder on the disk: to see a circle of parents
    bool        overlay;         // has a parent
};

// What is kept beside a row while reading.
struct row_note {
    const char *key;             // its key cells as one text, NULL: none
    uint64_t    hash;
    uint32_t    file, at, line;  // where its record starts
    bool        removed;
    bool        faulty;          // one of its cells was complained about: its values say nothing
};

struct table_read {
    const struct table_schema *schema;
    int              main;                      // slot of the main column, -1: none
    struct bounds    bounds[SLOTS_MOST];
    int              reference[SLOTS_MOST];     // n-th reference of the row, -1: no reference
    uint32_t         reference_count;
    int              target[SLOTS_MOST];        // table a reference points into
    char            *rows;                      // row 0 is nobody
    struct row_note *notes;
    const char     **names;                     // [row][reference]: names not yet resolved
    uint32_t         count, room;
    struct key_index index;
    bool             unreadable;                // a file of it could not be read: names in it are not known
    bool             faulty;                    // a row of it is: sums say nothing
};

struct reader {
    struct complaints *c;
    struct tables     *out;
    struct arena       scratch;
    struct folder      folders[FOLDERS_MOST];   // the scenario, its parent, its parent's parent
    uint32_t           folder_count;
    struct scenario_file *files;
    uint32_t           file_count, file_room;
    struct table_read  tables[TABLE_COUNT];
    struct record      record;                  // large, so not on the stack
    char               cell[CELL_BYTES];
    struct spot        setting_spot[SETTING_COUNT];   // where each setting was given
    uint8_t           *site_currents;           // [sites]: enum there of checks_charging.c
    uint32_t           nearest_left;
    bool               refused_file;            // a file could not be opened or read
};

// A slot's column.
const struct column_schema *slot_column(const struct table_schema *schema, uint32_t slot);
static inline uint32_t slot_common(const struct table_schema *schema, enum common_column column) {
    return schema->column_count + (uint32_t)column;
}
static inline uint32_t slot_action(const struct table_schema *schema) {
    return schema->column_count + COMMON_COUNT;
}
static inline char *row_of(const struct table_read *t, uint32_t row) {
    return t->rows + (size_t)row * t->schema->row_size;
}
static inline struct row_common *common_of(const struct table_read *t, uint32_t row) {
    return (struct row_common *)(void *)row_of(t, row);
}
static inline void *field_of(const struct table_read *t, uint32_t row, uint32_t column) {
    return row_of(t, row) + t->schema->columns[column].offset;
}

// folders.c: the chain of parents and their files
MUST_CHECK enum ap_status folders_find(struct reader *r, const char *path);
MUST_CHECK enum ap_status files_load(struct reader *r);
// Adds a file that stands outside the folders (--shock).
MUST_CHECK enum ap_status file_add(struct reader *r, const char *path, const char *name, int table);

// rows.c
MUST_CHECK enum ap_status tables_prepare(struct reader *r);
MUST_CHECK enum ap_status file_rows_read(struct reader *r, uint32_t file);
void tables_compact(struct reader *r);

// layout.c
// The file's header into its layout; false after a complaint that makes its rows unreadable.
bool layout_read(struct reader *r, struct scenario_file *file, const struct table_schema *schema,
                 struct text_place *place);
// A case for a cell of the reader's record, good until the next one; an absent cell is empty.
struct cell_case case_of(struct reader *r, const struct scenario_file *file, uint32_t slot);
// Common columns that are all empty.
struct row_common common_none(struct source source);
// The common columns of the reader's record; false when memory was refused.
bool common_read(struct reader *r, const struct scenario_file *file, const struct table_schema *schema,
                 struct row_common *out);

#endif
