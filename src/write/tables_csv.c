// Numbers as SQLite prints them: fifteen digits, which any spreadsheet reads back to the same value.
#include "write/tables_csv.h"

#include <sqlite3.h>
#include <string.h>

#include "base/words.h"

static enum ap_status refused(struct publication *p, sqlite3 *base) {
    snprintf(p->trouble, sizeof p->trouble, "tables: %.190s", sqlite3_errmsg(base));
    return sqlite3_errcode(base) == SQLITE_NOMEM ? AP_NO_MEMORY : AP_REFUSED;
}

static void row_add(struct words *w, sqlite3_stmt *rows) {
    int count = sqlite3_column_count(rows);
    for (int i = 0; i < count; i++) {
        const char *text = (const char *)sqlite3_column_text(rows, i);
        if (i) words_add_text(w, ",");
        if (text) words_add_csv(w, text);
    }
    words_add_text(w, "\n");
}

static enum ap_status table_write(struct publication *p, sqlite3 *base, const char *table) {
    char sql[120], name[80];
    sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%.60s\"", table);
    snprintf(name, sizeof name, "tables/%.60s.csv", table);
    if (sqlite3_prepare_v2(base, sql, -1, &rows, NULL) != SQLITE_OK) return refused(p, base);
    struct words w = {0};
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
        if (i) words_add_text(&w, ",");
        words_add_text(&w, sqlite3_column_name(rows, i));
    }
    words_add_text(&w, "\n");
    int step = sqlite3_step(rows);
    for (; step == SQLITE_ROW && words_status(&w) == AP_OK; step = sqlite3_step(rows)) row_add(&w, rows);
    sqlite3_finalize(rows);
    enum ap_status status = words_status(&w);
    if (status == AP_OK && step != SQLITE_DONE) status = refused(p, base);
    if (status == AP_OK) status = publish_text(p, name, words_text(&w), w.count);
    words_free(&w);
    return status;
}

static enum ap_status tables_write(struct publication *p, sqlite3 *base) {
    sqlite3_stmt *names = NULL;
    if (sqlite3_prepare_v2(base, "SELECT table_name FROM tables", -1, &names, NULL) != SQLITE_OK)
        return refused(p, base);
    enum ap_status status = AP_OK;
    int step = sqlite3_step(names);
    for (; step == SQLITE_ROW && status == AP_OK; step = sqlite3_step(names))
        status = table_write(p, base, (const char *)sqlite3_column_text(names, 0));
    if (status == AP_OK && step != SQLITE_DONE) status = refused(p, base);
    sqlite3_finalize(names);
    return status;
}

enum ap_status tables_csv_write(struct publication *p) {
    char path[PATH_ROOM];
    sqlite3 *base = NULL;
    TRY(publish_subfolder(p, "tables"));
    if ((size_t)snprintf(path, sizeof path, "%s/results.sqlite", p->partial) >= sizeof path) return AP_REFUSED;
    enum ap_status status = AP_OK;
    if (sqlite3_open_v2(path, &base, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) status = refused(p, base);
    if (status == AP_OK) status = tables_write(p, base);
    sqlite3_close(base);
    return status;
}
