// Both tables are sorted by key text and merged. Claims have no key: every cell is one, so that their rows come and go
// as a whole.
#include "read/differences.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/columns.h"

enum { CELL_ROOM = 400, KEY_ROOM = 1600, REF_DEPTH = 3 };

// One row by its key.
struct keyed {
    const char *key;
    uint32_t    row;
};

struct side {
    const struct tables *t;
    struct keyed *rows;        // of the table at hand
    uint32_t count;
};

struct comparing {
    const struct table_schema *schema;
    struct side was, is;
    struct input_differences *out;
};

static const char *row_at(const struct tables *t, const struct table_schema *schema, uint32_t row) {
    const char *rows;
    memcpy(&rows, (const char *)t + schema->rows_offset, sizeof rows);
    return rows + (size_t)row * schema->row_size;
}

static uint32_t rows_in(const struct tables *t, const struct table_schema *schema) {
    uint32_t count;
    memcpy(&count, (const char *)t + schema->count_offset, sizeof count);
    return count;
}

static void choice_write(const char *choices, int32_t index, char *out) {
    for (; index > 0 && *choices; choices++) index -= *choices == '|';
    snprintf(out, CELL_ROOM, "%.*s", (int)strcspn(choices, "|"), choices);
}

static void yuan_write(int64_t fen, char *out) {
    long long size = fen < 0 ? -fen : fen;
    if (fen == YUAN_NONE) out[0] = 0;
    else if (fen % 100) snprintf(out, CELL_ROOM, "%s%lld.%02lld", fen < 0 ? "-" : "", size / 100, size % 100);
    else snprintf(out, CELL_ROOM, "%lld", (long long)(fen / 100));
}

// The row's name in its table: the text of its first column, which may itself name a row.
static void reference_write(const struct tables *t, const struct column_schema *column, uint32_t row, char *out) {
    out[0] = 0;
    for (int depth = 0; row && depth < REF_DEPTH; depth++) {
        const struct table_schema *schema =
            table_schema((enum table_id)table_by_name(column->of, strlen(column->of)));
        const char *place = row_at(t, schema, row) + schema->columns[0].offset;
        column = &schema->columns[0];
        if (column->kind != COLUMN_REF) {
            const char *text;
            memcpy(&text, place, sizeof text);
            snprintf(out, CELL_ROOM, "%s", text);
            return;
        }
        memcpy(&row, place, sizeof row);
    }
}

static void real_write(const struct column_schema *column, double value, char *out) {
    bool none = isnan(value) || (column->standard && !column->standard[0] && value == REAL_NONE);
    if (none) out[0] = 0;
    else snprintf(out, CELL_ROOM, "%.15g", value);
}

// The cell as a file would write it; "" when it is empty.
static void cell_write(const struct tables *t, const struct column_schema *column, const void *row, char *out) {
    const char *place = (const char *)row + column->offset;
    const char *text = NULL;
    switch (column->kind) {
    case COLUMN_ID:
    case COLUMN_TEXT:
        memcpy(&text, place, sizeof text);
        snprintf(out, CELL_ROOM, "%s", text ? text : "");
        break;
    case COLUMN_REF: reference_write(t, column, *(const uint32_t *)(const void *)place, out); break;
    case COLUMN_INT: snprintf(out, CELL_ROOM, "%lld", *(const long long *)(const void *)place); break;
    case COLUMN_REAL: real_write(column, *(const double *)(const void *)place, out); break;
    case COLUMN_YUAN: yuan_write(*(const int64_t *)(const void *)place, out); break;
    case COLUMN_YESNO: snprintf(out, CELL_ROOM, "%s", *(const int32_t *)(const void *)place ? "yes" : "no"); break;
    case COLUMN_CHOICE: choice_write(column->of, *(const int32_t *)(const void *)place, out); break;
    case COLUMN_MOMENT:
        if (*(const int64_t *)(const void *)place == MOMENT_NONE) out[0] = 0;
        else snprintf(out, CELL_ROOM, "%lld", *(const long long *)(const void *)place);
        break;
    case COLUMN_DATE:
        if (*(const day_number *)(const void *)place == DATE_NONE) out[0] = 0;
        else date_format(*(const day_number *)(const void *)place, out);
        break;
    }
}

static const char *key_make(struct comparing *c, const struct tables *t, uint32_t row) {
    char key[KEY_ROOM] = "", cell[CELL_ROOM];
    size_t at = 0;
    uint32_t columns = c->schema->keys ? c->schema->keys : c->schema->column_count;
    for (uint32_t i = 0; i < columns && at + CELL_ROOM + 4 < sizeof key; i++) {
        cell_write(t, &c->schema->columns[i], row_at(t, c->schema, row), cell);
        at += (size_t)snprintf(key + at, sizeof key - at, "%s%s", i ? " / " : "", cell);
    }
    while (at >= 3 && strcmp(key + at - 3, " / ") == 0) key[at -= 3] = 0;      // trailing key columns that are empty
    return text_copy(&c->out->arena, key, at);
}

static int keyed_compare(const void *a, const void *b) {
    const struct keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static enum ap_status side_fill(struct comparing *c, struct side *side) {
    side->count = rows_in(side->t, c->schema);
    side->rows = TAKE(&c->out->arena, side->count + 1, struct keyed);
    if (!side->rows) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < side->count; i++) {
        side->rows[i] = (struct keyed){key_make(c, side->t, i + 1), i + 1};
        if (!side->rows[i].key) return AP_NO_MEMORY;
    }
    if (side->count) qsort(side->rows, side->count, sizeof *side->rows, keyed_compare);
    return AP_OK;
}

static enum ap_status difference_add(struct input_differences *out, struct input_difference d) {
    if (out->count == out->room) {
        uint32_t room = out->room ? out->room * 2 : 64;
        struct input_difference *rows = TAKE(&out->arena, room, struct input_difference);
        if (!rows) return AP_NO_MEMORY;
        if (out->count) memcpy(rows, out->rows, out->count * sizeof *rows);
        out->rows = rows;
        out->room = room;
    }
    out->rows[out->count++] = d;
    return AP_OK;
}

// Adds the cell when it is not the same on both sides.
static enum ap_status cells_compare(struct input_differences *out, struct input_difference d, const char *was,
                                    const char *is) {
    if (strcmp(was, is) == 0) return AP_OK;
    d.was = text_copy(&out->arena, was, strlen(was));
    d.is = text_copy(&out->arena, is, strlen(is));
    if (!d.was || !d.is) return AP_NO_MEMORY;
    return difference_add(out, d);
}

static void common_write(const struct row_common *common, enum common_column column, char *out) {
    out[0] = 0;
    if (column == COMMON_LAW) {
        if (common->law != LAW_NONE) choice_write(common_schema[COMMON_LAW].of, common->law - 1, out);
        return;
    }
    real_write(&common_schema[column], column == COMMON_LOW ? common->low : common->high, out);
}

static enum ap_status commons_compare(struct input_differences *out, struct input_difference d,
                                      const struct row_common *was, const struct row_common *is) {
    static const enum common_column ranged[] = {COMMON_LOW, COMMON_HIGH, COMMON_LAW};
    char old[CELL_ROOM], new[CELL_ROOM];
    for (int i = 0; i < 3; i++) {
        d.column = common_schema[ranged[i]].name;
        common_write(was, ranged[i], old);
        common_write(is, ranged[i], new);
        TRY(cells_compare(out, d, old, new));
    }
    return AP_OK;
}

static enum ap_status rows_compare(struct comparing *c, const struct keyed *was, const struct keyed *is) {
    char old[CELL_ROOM], new[CELL_ROOM];
    const char *left = row_at(c->was.t, c->schema, was->row), *right = row_at(c->is.t, c->schema, is->row);
    struct input_difference d = {.table = c->schema->name, .key = is->key};
    for (uint32_t i = c->schema->keys; i < c->schema->column_count; i++) {
        d.column = c->schema->columns[i].name;
        cell_write(c->was.t, &c->schema->columns[i], left, old);
        cell_write(c->is.t, &c->schema->columns[i], right, new);
        TRY(cells_compare(c->out, d, old, new));
    }
    // Every row struct begins with what all rows have in common.
    return commons_compare(c->out, d, (const struct row_common *)(const void *)left,
                           (const struct row_common *)(const void *)right);
}

static enum ap_status table_compare(struct comparing *c) {
    TRY(side_fill(c, &c->was));
    TRY(side_fill(c, &c->is));
    uint32_t i = 0, k = 0;
    while (i < c->was.count || k < c->is.count) {
        int order = i == c->was.count ? 1 : k == c->is.count ? -1 : strcmp(c->was.rows[i].key, c->is.rows[k].key);
        if (order == 0) {
            TRY(rows_compare(c, &c->was.rows[i++], &c->is.rows[k++]));
            continue;
        }
        const char *key = order < 0 ? c->was.rows[i++].key : c->is.rows[k++].key;
        TRY(difference_add(c->out, (struct input_difference){c->schema->name, key, "", order < 0 ? "" : NULL,
                                                             order < 0 ? NULL : ""}));
    }
    return AP_OK;
}

static bool setting_of_study(int id) {
    return id == SETTING_seed || id == SETTING_replications || id == SETTING_worlds;
}

static enum ap_status settings_compare(const struct tables *was, const struct tables *is,
                                       struct input_differences *out) {
    char old[CELL_ROOM], new[CELL_ROOM];
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct column_schema *column = &settings_schema[i].column;
        struct input_difference d = {.table = "settings", .key = column->name, .column = "value"};
        if (setting_of_study(i)) continue;
        cell_write(was, column, &was->settings, old);
        cell_write(is, column, &is->settings, new);
        TRY(cells_compare(out, d, old, new));
        TRY(commons_compare(out, d, &was->setting_common[i], &is->setting_common[i]));
    }
    return AP_OK;
}

enum ap_status inputs_compare(const struct tables *was, const struct tables *is, struct input_differences *out) {
    *out = (struct input_differences){0};
    TRY(settings_compare(was, is, out));
    for (int i = 0; i < TABLE_COUNT; i++) {
        struct comparing c = {.schema = table_schema((enum table_id)i), .was = {.t = was}, .is = {.t = is}, .out = out};
        TRY(table_compare(&c));
    }
    return AP_OK;
}

void input_differences_free(struct input_differences *d) {
    arena_free(&d->arena);
    *d = (struct input_differences){0};
}
