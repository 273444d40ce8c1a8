// Every table is declared once: its columns with type, unit and meaning make the schema, the table `units` and the
// insert.
#include "write/database_rows.h"

#include <stdio.h>
#include <string.h>

enum ap_status database_refused(struct database *d) {
    int reason = sqlite3_system_errno(d->handle);
    snprintf(d->trouble, 200, "%.90s%s%.90s", sqlite3_errmsg(d->handle), reason ? ": " : "",
             reason ? strerror(reason) : "");
    return sqlite3_errcode(d->handle) == SQLITE_NOMEM ? AP_NO_MEMORY : AP_REFUSED;
}

enum ap_status statement_run(struct database *d, const char *sql) {
    return sqlite3_exec(d->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? AP_OK : database_refused(d);
}

// --- one row at a time: bind left to right, then row_end

void text_bind(struct database *d, int at, const char *text) {
    if (text) sqlite3_bind_text(d->insert, at, text, -1, SQLITE_TRANSIENT);
    else sqlite3_bind_null(d->insert, at);
}

void count_bind(struct database *d, int at, int64_t value) {
    sqlite3_bind_int64(d->insert, at, value);
}

// NaN becomes NULL.
void value_bind(struct database *d, int at, double value) {
    sqlite3_bind_double(d->insert, at, value);
}

void fen_bind(struct database *d, int at, int64_t fen) {
    value_bind(d, at, (double)fen / 100);
}

enum ap_status row_end(struct database *d) {
    if (sqlite3_step(d->insert) != SQLITE_DONE) return database_refused(d);
    sqlite3_reset(d->insert);
    return AP_OK;
}

int column_count(const struct output_table *t) {
    int count = 0;
    while (count < COLUMNS_MOST && t->columns[count].name) count++;
    return count;
}

enum ap_status table_make(struct database *d, const struct output_table *t) {
    char sql[2000], marks[4 * COLUMNS_MOST] = "";
    int at = snprintf(sql, sizeof sql, "CREATE TABLE %s (", t->name), count = column_count(t);
    for (int i = 0; i < count; i++) {
        at += snprintf(sql + at, sizeof sql - (size_t)at, "%s%s %s", i ? ", " : "", t->columns[i].name,
                       t->columns[i].type);
        strcat(marks, i ? ",?" : "?");
    }
    ASSERT((size_t)at + 3 < sizeof sql);
    strcat(sql, ")");
    TRY(statement_run(d, sql));
    snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (%s)", t->name, marks);
    return sqlite3_prepare_v2(d->handle, sql, -1, &d->insert, NULL) == SQLITE_OK ? AP_OK : database_refused(d);
}
