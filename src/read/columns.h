// Columns: what model/schema.h declares, as data that one reader, one describer and one set of checks walk over.
// Row structs are reached by offset; no table has a parser of its own.
#ifndef READ_COLUMNS_H
#define READ_COLUMNS_H

#include "model/model.h"

enum column_kind {
    COLUMN_ID, COLUMN_TEXT, COLUMN_REF, COLUMN_INT, COLUMN_REAL, COLUMN_YUAN, COLUMN_DATE, COLUMN_MOMENT, COLUMN_YESNO,
    COLUMN_CHOICE
};

struct column_schema {
    enum column_kind kind;
    const char *name;
    const char *of;            // table of a REF, choices of a CHOICE
    const char *standard;      // what an empty cell stands for; NULL: required
    const char *unit, *meaning;
    uint32_t    offset;        // in the row struct
};

struct table_schema {
    const char *name;                    // without .csv
    const struct column_schema *columns;
    uint32_t    column_count;
    uint32_t    keys;                    // the first so many columns name a row; 0: rows have no key
    const char *main;                    // column that low and high are the range of, "": none
    bool        required;
    const char *meaning;
    size_t      row_size;
    size_t      rows_offset, count_offset;   // in struct tables
};

struct setting_schema {
    struct column_schema column;         // offset in struct settings
    double low, high;                    // both 0: not bounded (see SETTINGS)
};

// The columns that every table has beside its own.
enum common_column { COMMON_SOURCE, COMMON_CONFIDENCE, COMMON_LOW, COMMON_HIGH, COMMON_LAW, COMMON_NOTE, COMMON_COUNT };

const struct table_schema *table_schema(enum table_id table);
extern const struct setting_schema settings_schema[SETTING_COUNT];
extern const struct column_schema common_schema[COMMON_COUNT];

// Bounds of a number as written in a cell (yuan, not fen). They come from the column's unit, or from a list of the
// columns whose bounds the unit does not tell.
struct bounds {
    double low, high;
    bool   above;              // the value must lie above low, not on it
};
struct bounds column_bounds(const char *table, const struct column_schema *column);

// By name, -1: none. Texts need not end with NUL. table_by_name gives an enum table_id.
int table_by_name(const char *name, size_t count);
int column_by_name(const struct table_schema *table, const char *name, size_t count);
// Index of the choice in "a|b|c", -1: none.
int choice_index(const char *choices, const char *text, size_t count);
const char *column_kind_name(enum column_kind kind);

#endif
