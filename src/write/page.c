#include "write/page.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

// The built page, made of web/dist/page.html when the program is built.
extern const char page_bytes[];
extern const size_t page_byte_count;

static const char DATA_PLACE[] = "<script id=\"autopolis-data\" type=\"application/json\">";
static const char NO_DATA[] = "null";

const char *page_shell(size_t *count) {
    *count = page_byte_count;
    return page_bytes;
}

static enum ap_status page_refused(sqlite3 *handle, char trouble[200]) {
    snprintf(trouble, 200, "%.190s", sqlite3_errmsg(handle));
    return sqlite3_errcode(handle) == SQLITE_NOMEM ? AP_NO_MEMORY : AP_REFUSED;
}

// NULL: SQLite was refused memory.
static void text_write(struct words *out, const void *text) {
    if (text) words_add_json(out, text);
    else out->refused = true;
}

// Whole numbers whole; others with seven digits, which is more than any figure is good for.
static void cell_write(struct words *out, sqlite3_stmt *s, int i) {
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER:
        words_add(out, "%" PRId64, (int64_t)sqlite3_column_int64(s, i));
        return;
    case SQLITE_FLOAT: {
        double value = sqlite3_column_double(s, i);
        bool whole = value > -1e15 && value < 1e15 && value == (double)(int64_t)value;
        words_add(out, whole ? "%.0f" : "%.7g", value);
        return;
    }
    case SQLITE_NULL:
        words_add_text(out, "null");
        return;
    default:
        text_write(out, sqlite3_column_text(s, i));
    }
}

static enum ap_status rows_write(sqlite3 *handle, sqlite3_stmt *s, struct words *out, char trouble[200]) {
    int columns = sqlite3_column_count(s), step;
    words_add_text(out, "{\"columns\":[");
    for (int i = 0; i < columns; i++) {
        if (i) words_add_text(out, ",");
        text_write(out, sqlite3_column_name(s, i));
    }
    words_add_text(out, "],\"rows\":[");
    for (int row = 0; (step = sqlite3_step(s)) == SQLITE_ROW; row++) {
        words_add_text(out, row ? ",\n[" : "\n[");
        for (int i = 0; i < columns; i++) {
            if (i) words_add_text(out, ",");
            cell_write(out, s, i);
        }
        words_add_text(out, "]");
    }
    words_add_text(out, "]}");
    return step == SQLITE_DONE ? AP_OK : page_refused(handle, trouble);
}

static enum ap_status queries_write(sqlite3 *handle, struct words *out, char trouble[200]) {
    words_add_text(out, "{\"page\":1,\"tables\":{");
    bool first = true;
    for (int i = 0; i < page_query_count; i++) {
        sqlite3_stmt *s = NULL;
        int prepared = sqlite3_prepare_v2(handle, page_queries[i].sql, -1, &s, NULL);
        // SQLITE_ERROR: no such table; what a study does not write it does not have
        if (prepared == SQLITE_ERROR) continue;
        enum ap_status status = prepared == SQLITE_OK ? AP_OK : page_refused(handle, trouble);
        if (status == AP_OK) {
            words_add(out, "%s\"%s\":", first ? "\n" : ",\n", page_queries[i].name);
            first = false;
            status = rows_write(handle, s, out, trouble);
        }
        sqlite3_finalize(s);
        TRY(status);
    }
    words_add_text(out, "\n}}\n");
    return words_status(out);
}

static enum ap_status base_open(const char *folder, sqlite3 **handle, char trouble[200]) {
    struct words path = {0};
    words_add(&path, "%s/results.sqlite", folder);
    enum ap_status status = words_status(&path);
    if (status == AP_OK && sqlite3_open_v2(path.text, handle, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        status = *handle ? page_refused(*handle, trouble) : AP_NO_MEMORY;
    words_free(&path);
    return status;
}

// Prepares, binds a text, makes one step; true in *row when that gave a row whose first value is not 0.
static enum ap_status asked(sqlite3 *handle, const char *sql, const char *text, bool *row, char trouble[200]) {
    sqlite3_stmt *s = NULL;
    int step = sqlite3_prepare_v2(handle, sql, -1, &s, NULL);
    if (step == SQLITE_OK && text) step = sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    if (step == SQLITE_OK) step = sqlite3_step(s);
    *row = step == SQLITE_ROW && sqlite3_column_int(s, 0) != 0;
    enum ap_status status = step == SQLITE_ROW || step == SQLITE_DONE ? AP_OK : page_refused(handle, trouble);
    sqlite3_finalize(s);
    return status;
}

// Tables that the first result lacks are found in the others, for a name without a schema means the first that has it.
static enum ap_status base_join(sqlite3 *handle, const char *folder, int i, char trouble[200]) {
    struct words path = {0}, attach = {0}, same = {0};
    bool row = false;
    words_add(&path, "%s/results.sqlite", folder);
    words_add(&attach, "ATTACH ?1 AS more%d", i);
    words_add(&same, "SELECT (SELECT value FROM main.about WHERE key = 'scenario') IS "
                     "(SELECT value FROM more%d.about WHERE key = 'scenario')", i);
    bool refused = path.refused || attach.refused || same.refused;
    enum ap_status status = refused ? AP_NO_MEMORY : asked(handle, attach.text, path.text, &row, trouble);
    if (status == AP_OK) status = asked(handle, same.text, NULL, &row, trouble);
    if (status == AP_OK && !row) {
        snprintf(trouble, 200, "it is of another scenario than the first");
        status = AP_BAD_USE;
    }
    words_free(&path);
    words_free(&attach);
    words_free(&same);
    return status;
}

static enum ap_status data_write(const char *const *folders, int count, struct words *out, char trouble[200]) {
    sqlite3 *handle = NULL;
    enum ap_status status = base_open(folders[0], &handle, trouble);
    for (int i = 1; i < count && status == AP_OK; i++) status = base_join(handle, folders[i], i, trouble);
    if (status == AP_OK) status = queries_write(handle, out, trouble);
    sqlite3_close(handle);
    return status;
}

enum ap_status page_data(const char *folder, struct words *out, char trouble[200]) {
    return data_write(&folder, 1, out, trouble);
}

// Nothing in the data can end the element it stands in.
static void data_embed(struct words *out, const struct words *data) {
    const char *at = words_text(data);
    for (const char *next = strchr(at, '<'); next; next = strchr(at, '<')) {
        words_add_bytes(out, at, (size_t)(next - at));
        words_add_text(out, "\\u003c");
        at = next + 1;
    }
    words_add_text(out, at);
}

enum ap_status page_joined(const char *const *folders, int count, struct words *out, char trouble[200]) {
    const char *place = strstr(page_bytes, DATA_PLACE);
    ASSERT(place);
    place += strlen(DATA_PLACE);
    ASSERT(strncmp(place, NO_DATA, strlen(NO_DATA)) == 0);
    struct words data = {0};
    enum ap_status status = data_write(folders, count, &data, trouble);
    if (status == AP_OK) {
        words_add_bytes(out, page_bytes, (size_t)(place - page_bytes));
        data_embed(out, &data);
        words_add_text(out, place + strlen(NO_DATA));
        status = words_status(out);
    }
    words_free(&data);
    return status;
}

enum ap_status page_html(const char *folder, struct words *out, char trouble[200]) {
    return page_joined(&folder, 1, out, trouble);
}
