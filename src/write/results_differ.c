#include "write/results_differ.h"

#include <sqlite3.h>
#include <stdio.h>

static void row_say(sqlite3_stmt *row, struct words *out) {
    for (int i = 0; i < sqlite3_column_count(row) && i < 6; i++) {
        const char *text = (const char *)sqlite3_column_text(row, i);
        words_add(out, "%s%s %.60s", i ? ", " : "", sqlite3_column_name(row, i), text ? text : "none");
    }
}

// Rows of a table that one of the two has and the other has not, or -1; the first is said.
static int rows_missing(sqlite3 *base, const char *table, const char *sides[2], struct words *first) {
    char sql[400];
    sqlite3_stmt *rows = NULL;
    int count = 0;
    snprintf(sql, sizeof sql, "SELECT * FROM %s.\"%.80s\" EXCEPT SELECT * FROM %s.\"%.80s\"", sides[0], table, sides[1],
             table);
    if (sqlite3_prepare_v2(base, sql, -1, &rows, NULL) != SQLITE_OK) return -1;
    int step = sqlite3_step(rows);
    for (; step == SQLITE_ROW; step = sqlite3_step(rows))
        if (count++ == 0) row_say(rows, first);
    sqlite3_finalize(rows);
    return step == SQLITE_DONE ? count : -1;
}

static void table_differ(sqlite3 *base, const char *table, struct words *out) {
    struct words was = {0}, is = {0};
    int gone = rows_missing(base, table, (const char *[]){"main", "now"}, &was);
    int come = rows_missing(base, table, (const char *[]){"now", "main"}, &is);
    if (gone < 0 || come < 0) words_add(out, "  %s: only one of them has this table, or with other columns\n", table);
    else if (gone || come)
        words_add(out, "  %s: %d rows of then are not there now, %d are new\n    then: %s\n    now:  %s\n", table, gone,
                  come, words_text(&was), words_text(&is));
    words_free(&was);
    words_free(&is);
}

static enum ap_status tables_differ(sqlite3 *base, struct words *out) {
    sqlite3_stmt *names = NULL;
    if (sqlite3_prepare_v2(base, "SELECT name FROM main.sqlite_master WHERE type = 'table' UNION "
                                 "SELECT name FROM now.sqlite_master WHERE type = 'table'",
                                     -1, &names, NULL) != SQLITE_OK)
        return AP_REFUSED;
    int step = sqlite3_step(names);
    for (; step == SQLITE_ROW; step = sqlite3_step(names))
        table_differ(base, (const char *)sqlite3_column_text(names, 0), out);
    sqlite3_finalize(names);
    return step == SQLITE_DONE ? words_status(out) : AP_REFUSED;
}

enum ap_status results_differ(const char *before, const char *now, struct words *out) {
    sqlite3 *base = NULL;
    sqlite3_stmt *attach = NULL;
    enum ap_status status = AP_REFUSED;
    if (sqlite3_open_v2(before, &base, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(base, "ATTACH ?1 AS now", -1, &attach, NULL) == SQLITE_OK) {
        sqlite3_bind_text(attach, 1, now, -1, SQLITE_STATIC);
        if (sqlite3_step(attach) == SQLITE_DONE) status = tables_differ(base, out);
    }
    sqlite3_finalize(attach);
    sqlite3_close(base);
    return status;
}
