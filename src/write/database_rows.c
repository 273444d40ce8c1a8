#include "write/database_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum ap_status database_refused(struct database *d) {
    int last = errno, reason = sqlite3_system_errno(d->handle);
    if (!reason) reason = last;            // it forgets the reason when it rolls back
    snprintf(d->trouble, 200, "%.90s%s%.90s", sqlite3_errmsg(d->handle), reason ? ": " : "",
             reason ? strerror(reason) : "");
    return sqlite3_errcode(d->handle) == SQLITE_NOMEM ? AP_NO_MEMORY : AP_REFUSED;
}

enum ap_status statement_run(struct database *d, const char *sql) {
    errno = 0;
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

void day_bind(struct database *d, int at, day_number day) {
    char text[11] = "";
    if (day != DATE_NONE) date_format(day, text);
    text_bind(d, at, day == DATE_NONE ? NULL : text);
}

enum ap_status row_end(struct database *d) {
    errno = 0;
    if (sqlite3_step(d->insert) != SQLITE_DONE) return database_refused(d);
    sqlite3_reset(d->insert);
    return AP_OK;
}

int column_count(const struct output_table *t) {
    int count = 0;
    while (count < COLUMNS_MOST && t->columns[count].name) count++;
    return count;
}

// A key makes the table its own index.
enum ap_status table_make(struct database *d, const struct output_table *t) {
    char sql[4000];
    int at = snprintf(sql, sizeof sql, "CREATE TABLE %s (", t->name), count = column_count(t);
    for (int i = 0; i < count; i++) {
        const struct column *column = &t->columns[i];
        at += snprintf(sql + at, sizeof sql - (size_t)at, "%s%s %s%s%s", i ? ", " : "", column->name, column->type,
                       column->of ? " REFERENCES " : "", column->of ? column->of : "");
    }
    for (int i = 0; i < t->keys; i++)
        at += snprintf(sql + at, sizeof sql - (size_t)at, "%s%s", i ? ", " : ", PRIMARY KEY (", t->columns[i].name);
    at += snprintf(sql + at, sizeof sql - (size_t)at, t->keys ? ")) WITHOUT ROWID" : ")");
    ASSERT((size_t)at < sizeof sql);
    ASSERT(d->made_count < TABLES_MOST);
    TRY(statement_run(d, sql));
    d->made[d->made_count++] = t;
    for (int i = 0; i < count; i++) {
        if (!t->columns[i].of || (i == 0 && t->keys)) continue;
        snprintf(sql, sizeof sql, "CREATE INDEX %s_%s ON %s (%s)", t->name, t->columns[i].name, t->name,
                 t->columns[i].name);
        TRY(statement_run(d, sql));
    }
    return AP_OK;
}

enum ap_status rows_begin(struct database *d, const struct output_table *t) {
    char sql[200], marks[4 * COLUMNS_MOST] = "";
    for (int i = 0; i < column_count(t); i++) strcat(marks, i ? ",?" : "?");
    snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (%s)", t->name, marks);
    return sqlite3_prepare_v2(d->handle, sql, -1, &d->insert, NULL) == SQLITE_OK ? AP_OK : database_refused(d);
}

void rows_end(struct database *d) {
    sqlite3_finalize(d->insert);
    d->insert = NULL;
}

enum ap_status part_write(struct database *d, const struct result_part *part) {
    TRY(statement_run(d, "BEGIN"));
    for (int i = 0; i < part->count; i++) {
        TRY(table_make(d, part->tables[i]));
        TRY(rows_begin(d, part->tables[i]));
        TRY(part->fill(d, part->tables[i], part->self));
        rows_end(d);
    }
    return statement_run(d, "COMMIT");
}
