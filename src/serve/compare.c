// Two results side by side: settings and input rows that differ, and every indicator of both.
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "serve/server.h"

struct comparison {
    const char *name, *sql;
};
// main: the one, b: the other.
static const struct comparison comparisons[] = {
    {"settings", "SELECT a.setting, a.value AS a, b.value AS b FROM main.settings a JOIN b.settings b USING (setting) "
                 "WHERE a.value IS NOT b.value"},
    {"input_rows",
     "SELECT a.table_name AS \"table\", a.row, a.main AS \"column\", a.value AS a, b.value AS b, a.file, a.line "
     "FROM main.input_rows a LEFT JOIN b.input_rows b ON b.table_name = a.table_name AND b.row = a.row "
     "WHERE a.digest IS NOT b.digest UNION ALL "
     "SELECT b.table_name, b.row, b.main, NULL, b.value, b.file, b.line FROM b.input_rows b WHERE NOT EXISTS "
     "(SELECT 1 FROM main.input_rows a WHERE a.table_name = b.table_name AND a.row = b.row) LIMIT 2000"},
    {"indicators",
     "SELECT a.indicator, a.period, a.unit, a.simulated AS a, a.low AS a_low, a.high AS a_high, b.simulated AS b, "
     "b.low AS b_low, b.high AS b_high, a.reported FROM main.indicators a "
     "JOIN b.indicators b USING (indicator, period)"},
};

static json_t *cell_json(sqlite3_stmt *s, int i) {
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER: return json_integer((json_int_t)sqlite3_column_int64(s, i));
    case SQLITE_FLOAT: return json_real(sqlite3_column_double(s, i));
    case SQLITE_TEXT: return json_string((const char *)sqlite3_column_text(s, i));
    default: return json_null();
    }
}

static json_t *rows_json(sqlite3 *base, const char *sql) {
    sqlite3_stmt *s = NULL;
    json_t *rows = json_array();
    if (sqlite3_prepare_v2(base, sql, -1, &s, NULL) == SQLITE_OK) {
        while (sqlite3_step(s) == SQLITE_ROW) {
            json_t *row = json_object();
            for (int i = 0; i < sqlite3_column_count(s); i++)
                json_object_set_new(row, sqlite3_column_name(s, i), cell_json(s, i));
            json_array_append_new(rows, row);
        }
    }
    sqlite3_finalize(s);
    return rows;
}

// Without the index the join would look at every pair of rows.
static bool index_ready(sqlite3 *base) {
    return sqlite3_exec(base, "PRAGMA automatic_index = ON", NULL, NULL, NULL) == SQLITE_OK;
}

static bool other_attach(sqlite3 *base, const char *path) {
    sqlite3_stmt *s = NULL;
    bool attached = sqlite3_prepare_v2(base, "ATTACH ?1 AS b", -1, &s, NULL) == SQLITE_OK &&
                    sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(s) == SQLITE_DONE;
    sqlite3_finalize(s);
    return attached;
}

static bool database_path(const struct server *s, const char *name, char out[SERVE_PATH_ROOM + 32]) {
    char folder[SERVE_PATH_ROOM];
    if (!folder_inside(s->jobs.folder, name, folder)) return false;
    snprintf(out, SERVE_PATH_ROOM + 32, "%s/results.sqlite", folder);
    return true;
}

enum MHD_Result runs_compare(struct visit *v, const char *one, const char *other) {
    char paths[2][SERVE_PATH_ROOM + 32];
    sqlite3 *base = NULL;
    if (!database_path(v->server, one, paths[0]) || !database_path(v->server, other, paths[1]))
        return reply_error(v, MHD_HTTP_NOT_FOUND, "one of the two results is gone");
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW;
    bool opened = sqlite3_open_v2(paths[0], &base, flags, NULL) == SQLITE_OK && index_ready(base) &&
                  other_attach(base, paths[1]);
    json_t *o = opened ? json_object() : NULL;
    for (size_t i = 0; o && i < sizeof comparisons / sizeof *comparisons; i++)
        json_object_set_new(o, comparisons[i].name, rows_json(base, comparisons[i].sql));
    sqlite3_close(base);
    if (!opened) return reply_error(v, MHD_HTTP_INTERNAL_SERVER_ERROR, "one of the two results cannot be read");
    return reply_json(v, MHD_HTTP_OK, o);
}
