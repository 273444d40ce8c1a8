// Inside results.sqlite: tables declared once, and rows bound left to right.
#ifndef WRITE_DATABASE_ROWS_H
#define WRITE_DATABASE_ROWS_H

#include <sqlite3.h>

#include "study/study.h"

struct column {
    const char *name, *type, *unit, *meaning;
};

enum { COLUMNS_MOST = 36 };

struct output_table {
    const char *name, *meaning;
    struct column columns[COLUMNS_MOST];
};

struct database {
    sqlite3      *handle;
    sqlite3_stmt *insert;
    const struct study *study;
    char         *trouble;       // [200]
};

#define KEY(name, meaning) {name, "TEXT NOT NULL", "", meaning}
#define YEAR_COLUMN {"year", "INTEGER NOT NULL", "year", "calendar year"}
#define COUNTED(name, unit, meaning) {name, "INTEGER NOT NULL", unit, meaning}
#define MEASURED(name, unit, meaning) {name, "REAL", unit, meaning}

enum ap_status database_refused(struct database *d);
MUST_CHECK enum ap_status statement_run(struct database *d, const char *sql);
int column_count(const struct output_table *t);
// Creates the table and prepares its insert.
MUST_CHECK enum ap_status table_make(struct database *d, const struct output_table *t);
void text_bind(struct database *d, int at, const char *text);      // NULL: null
void count_bind(struct database *d, int at, int64_t value);
void value_bind(struct database *d, int at, double value);         // NaN: null
void fen_bind(struct database *d, int at, int64_t fen);            // as yuan
MUST_CHECK enum ap_status row_end(struct database *d);

// database_charging.c
enum { CHARGING_TABLES_WRITTEN = 8 };
const struct output_table *charging_table(int i);
MUST_CHECK enum ap_status charging_table_fill(struct database *d, const struct output_table *t);

#endif
