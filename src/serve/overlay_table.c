#include "serve/overlay_table.h"

#include <stdio.h>
#include <string.h>

#include "read/read.h"

enum { COLUMNS_MOST = 60, CELL_MOST = 2000, ROWS_MOST = 5000 };

// What the schema says of a table: its own columns in order, how many are its key.
struct table_shape {
    const char *columns[COLUMNS_MOST];
    int own, count, keys;
};

static void shape_end(struct table_shape *s) {
    static const char *const common[] = {"source", "confidence", "low", "high", "law", "note"};
    s->own = s->count;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) s->columns[s->count++] = common[i];
}

#define SHAPE_COLUMN(kind, field, of, dflt, unit, meaning) out->columns[out->count++] = #field;
#define SHAPE_TABLE(table, row, COLUMNS, key_count, main, required, meaning)                                           \
    if (strcmp(name, #table) == 0) {                                                                                   \
        COLUMNS(SHAPE_COLUMN)                                                                                          \
        out->keys = key_count;                                                                                         \
    }

static bool shape_of(const char *name, struct table_shape *out) {
    memset(out, 0, sizeof *out);
    TABLES(SHAPE_TABLE)
    if (strcmp(name, "settings") == 0) {
        out->columns[out->count++] = "setting";
        out->columns[out->count++] = "value";
        out->keys = 1;
    }
    if (out->count == 0 || out->keys == 0) return false;
    shape_end(out);
    if (strcmp(name, "settings") != 0) out->columns[out->count++] = "action";
    ASSERT(out->count <= COLUMNS_MOST);
    return true;
}

// --- the file as it was

// Records of a file that this server wrote: cells as words_add_csv writes them.
struct record_text {
    const char *at;
    const char *cells[COLUMNS_MOST];
    int count;
    struct arena *arena;
    bool refused;
};

static const char *cell_take(struct record_text *r) {
    struct words w = {.arena = r->arena};
    const char *at = r->at;
    bool quoted = *at == '"';
    at += quoted;
    for (; *at; at++) {
        if (quoted && *at == '"' && at[1] != '"') break;
        if (!quoted && (*at == ',' || *at == '\n' || *at == '\r')) break;
        at += quoted && *at == '"';
        words_add_bytes(&w, at, 1);
    }
    if (quoted && *at == '"') at++;
    while (*at && *at != ',' && *at != '\n') at++;
    r->at = at;
    r->refused |= w.refused;
    return words_text(&w);
}

static bool record_next(struct record_text *r) {
    r->count = 0;
    while (*r->at == '\n' || *r->at == '\r') r->at++;
    if (!*r->at) return false;
    for (;;) {
        const char *cell = cell_take(r);
        if (r->count < COLUMNS_MOST) r->cells[r->count++] = cell;
        if (*r->at != ',') return !r->refused;
        r->at++;
    }
}

// --- the change

struct row_text {
    const char *cells[COLUMNS_MOST];   // by column of the shape; NULL: empty
};

static int column_find(const struct table_shape *s, const char *name) {
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->columns[i], name) == 0) return i;
    return -1;
}

static bool same_key(const struct table_shape *s, const struct row_text *a, const struct row_text *b) {
    for (int i = 0; i < s->keys; i++)
        if (strcmp(a->cells[i] ? a->cells[i] : "", b->cells[i] ? b->cells[i] : "") != 0) return false;
    return true;
}

static void row_write(const struct table_shape *s, const struct row_text *row, struct words *out) {
    for (int i = 0; i < s->count; i++) {
        if (i) words_add_text(out, ",");
        if (row->cells[i]) words_add_csv(out, row->cells[i]);
    }
    words_add_text(out, "\n");
}

static bool cell_given(struct arena *a, json_t *value, const char **out) {
    char text[40] = "";
    if (json_is_integer(value)) snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value)) snprintf(text, sizeof text, "%.12g", json_real_value(value));
    else if (!json_is_string(value)) return false;
    const char *words = json_is_string(value) ? json_string_value(value) : text;
    size_t count = strlen(words);
    if (count > CELL_MOST || (json_is_string(value) && json_string_length(value) != count)) return false;
    *out = text_copy(a, words, count);
    return *out != NULL;
}

static enum ap_status row_given(const struct table_shape *s, json_t *cells, struct arena *a, struct row_text *out,
                                char trouble[200]) {
    const char *name;
    json_t *value;
    memset(out, 0, sizeof *out);
    json_object_foreach(cells, name, value) {
        int column = column_find(s, name);
        bool forget = strcmp(name, "action") == 0;
        if (column < 0 && forget) continue;
        if (column < 0) snprintf(trouble, 200, "there is no column \"%.80s\"", name);
        else if (!cell_given(a, value, &out->cells[column]))
            snprintf(trouble, 200, "%.80s: text or a number is due, at most %d bytes", name, CELL_MOST);
        if (trouble[0]) return AP_BAD_INPUT;
    }
    for (int i = 0; i < s->keys; i++) {
        if (out->cells[i]) continue;
        snprintf(trouble, 200, "the key is missing: %.80s", s->columns[i]);
        return AP_BAD_INPUT;
    }
    return AP_OK;
}

// The rows that stay, in the columns of the shape whatever the file's order was.
static enum ap_status rows_keep(const struct table_shape *s, struct record_text *r, const struct row_text *given,
                                struct words *out) {
    int column[COLUMNS_MOST];
    int columns = 0;
    if (record_next(r))
        for (; columns < r->count; columns++) column[columns] = column_find(s, r->cells[columns]);
    for (int rows = 0; record_next(r); rows++) {
        struct row_text row = {{NULL}};
        for (int i = 0; i < r->count && i < columns; i++)
            if (column[i] >= 0 && r->cells[i][0]) row.cells[column[i]] = r->cells[i];
        if (rows >= ROWS_MOST) return AP_BAD_INPUT;
        if (!same_key(s, &row, given)) row_write(s, &row, out);
    }
    return r->refused ? AP_NO_MEMORY : AP_OK;
}

enum ap_status overlay_table_change(const char *before, const char *table, json_t *cells, struct words *after,
                                    char trouble[200]) {
    struct table_shape shape;
    struct arena arena = {0};
    struct row_text given;
    if (!shape_of(table, &shape)) {
        snprintf(trouble, 200, "there is no table \"%.80s\" whose rows have a key", table);
        return AP_BAD_INPUT;
    }
    const char *action = json_string_value(json_object_get(cells, "action"));
    bool forget = action && strcmp(action, "forget") == 0;
    struct record_text records = {.at = before, .arena = &arena};
    for (int i = 0; i < shape.count; i++) words_add(after, "%s%s", i ? "," : "", shape.columns[i]);
    words_add_text(after, "\n");
    enum ap_status status = row_given(&shape, cells, &arena, &given, trouble);
    if (status == AP_OK) status = rows_keep(&shape, &records, &given, after);
    if (status == AP_OK && !forget) row_write(&shape, &given, after);
    if (status == AP_OK) status = words_status(after);
    if (status != AP_OK && !trouble[0]) snprintf(trouble, 200, "the overlay holds too many rows, or memory is short");
    arena_free(&arena);
    return status;
}
