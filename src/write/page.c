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

enum ap_status page_data(const char *folder, struct words *out, char trouble[200]) {
    struct words path = {0};
    words_add(&path, "%s/results.sqlite", folder);
    enum ap_status status = words_status(&path);
    sqlite3 *handle = NULL;
    if (status == AP_OK && sqlite3_open_v2(path.text, &handle, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        status = handle ? page_refused(handle, trouble) : AP_NO_MEMORY;
    if (status == AP_OK) status = queries_write(handle, out, trouble);
    sqlite3_close(handle);
    words_free(&path);
    return status;
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

enum ap_status page_html(const char *folder, struct words *out, char trouble[200]) {
    const char *place = strstr(page_bytes, DATA_PLACE);
    ASSERT(place);
    place += strlen(DATA_PLACE);
    ASSERT(strncmp(place, NO_DATA, strlen(NO_DATA)) == 0);
    struct words data = {0};
    enum ap_status status = page_data(folder, &data, trouble);
    if (status == AP_OK) {
        words_add_bytes(out, page_bytes, (size_t)(place - page_bytes));
        data_embed(out, &data);
        words_add_text(out, place + strlen(NO_DATA));
        status = words_status(out);
    }
    words_free(&data);
    return status;
}
