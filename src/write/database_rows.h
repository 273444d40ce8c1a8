// Inside results.sqlite: tables declared once, and rows bound left to right. The declaration makes the table with its
// key and references, its rows in `tables` and `units`, and docs/results.md.
#ifndef WRITE_DATABASE_ROWS_H
#define WRITE_DATABASE_ROWS_H

#include <sqlite3.h>

#include "study/study.h"

struct column {
    const char *name, *type, *unit, *meaning;
    const char *of;              // the table whose first column it names; NULL: none
};

enum { COLUMNS_MOST = 40, TABLES_MOST = 96 };

struct output_table {
    const char *name, *meaning;
    int keys;                    // its first columns are its key; 0: none
    struct column columns[COLUMNS_MOST];
};

struct database {
    sqlite3      *handle;
    sqlite3_stmt *insert;
    const struct study *study;   // of the rows of a run; NULL: none
    char         *trouble;       // [200]
    const struct output_table *made[TABLES_MOST];   // tables so far, for `tables` and `units`
    int           made_count;
};

// Tables of one study. fill writes the rows of one of them: bind left to right, then row_end.
struct result_part {
    const struct output_table *const *tables;
    int count;
    enum ap_status (*fill)(struct database *d, const struct output_table *t, const void *self);
    const void *self;
};

#define KEY(name, meaning) {name, "TEXT NOT NULL", "", meaning, NULL}
#define TEXT_COLUMN(name, meaning) {name, "TEXT", "", meaning, NULL}
#define REFERS(name, table, meaning) {name, "TEXT NOT NULL", "", meaning, table}
#define YEAR_COLUMN {"year", "INTEGER NOT NULL", "year", "calendar year", NULL}
#define COUNTED(name, unit, meaning) {name, "INTEGER NOT NULL", unit, meaning, NULL}
#define MEASURED(name, unit, meaning) {name, "REAL", unit, meaning, NULL}

enum ap_status database_refused(struct database *d);
MUST_CHECK enum ap_status statement_run(struct database *d, const char *sql);
int column_count(const struct output_table *t);
// Creates the table; rows_begin prepares its insert, rows_end lets go of it.
MUST_CHECK enum ap_status table_make(struct database *d, const struct output_table *t);
MUST_CHECK enum ap_status rows_begin(struct database *d, const struct output_table *t);
void rows_end(struct database *d);
void text_bind(struct database *d, int at, const char *text);      // NULL: null
void count_bind(struct database *d, int at, int64_t value);
void value_bind(struct database *d, int at, double value);         // NaN: null
void fen_bind(struct database *d, int at, int64_t fen);            // as yuan
void day_bind(struct database *d, int at, day_number day);         // DATE_NONE: null
MUST_CHECK enum ap_status row_end(struct database *d);
// Makes and fills every table of a part, in one transaction.
MUST_CHECK enum ap_status part_write(struct database *d, const struct result_part *part);

#endif
