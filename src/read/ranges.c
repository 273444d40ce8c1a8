#include "read/ranges.h"

#include <string.h>

#include "read/columns.h"

static bool ranged(const struct row_common *c) {
    return c->law != LAW_NONE && c->low < c->high;
}

static char *rows_of(const struct tables *t, const struct table_schema *schema, uint32_t *count) {
    memcpy(count, (const char *)t + schema->count_offset, sizeof *count);
    char *rows;
    memcpy(&rows, (const char *)t + schema->rows_offset, sizeof rows);
    return rows;
}

// Every row begins with what all tables have in common.
static const struct row_common *common_of(const char *rows, const struct table_schema *schema, uint32_t row) {
    return (const struct row_common *)(const void *)(rows + (size_t)row * schema->row_size);
}

uint32_t ranges_list(const struct tables *t, struct range_group out[RANGE_GROUPS_MOST]) {
    uint32_t groups = 0;
    for (int id = 0; id < TABLE_COUNT; id++) {
        const struct table_schema *schema = table_schema((enum table_id)id);
        uint32_t count, found = 0;
        const char *rows = rows_of(t, schema, &count);
        for (uint32_t i = 1; i <= count && *schema->main; i++) found += ranged(common_of(rows, schema, i));
        if (found) out[groups++] = (struct range_group){schema->name, schema->main, -1, (enum table_id)id, found};
    }
    for (int i = 0; i < SETTING_COUNT; i++)
        if (ranged(&t->setting_common[i]))
            out[groups++] = (struct range_group){"settings", settings_schema[i].column.name, i, TABLE_COUNT, 1};
    return groups;
}

static double end_value(const struct row_common *c, double written, enum range_end end, double u) {
    if (end == RANGE_LOW) return c->low;
    return end == RANGE_HIGH ? c->high : range_value(c, written, u);
}

// Reads or writes a number of any kind, as it is written in a cell (yuan, not fen).
static double cell_get(const char *row, const struct column_schema *column) {
    int64_t whole;
    double real;
    if (column->kind == COLUMN_REAL) {
        memcpy(&real, row + column->offset, sizeof real);
        return real;
    }
    memcpy(&whole, row + column->offset, sizeof whole);
    return column->kind == COLUMN_YUAN ? (double)whole / 100 : (double)whole;
}

static void cell_set(char *row, const struct column_schema *column, double value) {
    if (column->kind == COLUMN_REAL) {
        memcpy(row + column->offset, &value, sizeof value);
        return;
    }
    ASSERT(column->kind == COLUMN_INT || column->kind == COLUMN_YUAN);
    double scaled = column->kind == COLUMN_YUAN ? value * 100 : value;
    int64_t whole = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
    memcpy(row + column->offset, &whole, sizeof whole);
}

static uint64_t text_key(const char *cell) {
    const char *text;
    memcpy(&text, cell, sizeof text);
    return hash_text(text ? text : "");
}

// A row's luck belongs to its key, not to its place in the file (M-2); a reference counts by the id it leads to.
static uint64_t key_of(const struct tables *t, const struct table_schema *schema, const char *row) {
    uint64_t key = hash_text(schema->name);
    for (uint32_t i = 0; i < schema->keys; i++) {
        const struct column_schema *column = &schema->columns[i];
        const char *cell = row + column->offset;
        uint64_t part = 0;
        uint32_t reference, count;
        if (column->kind == COLUMN_ID || column->kind == COLUMN_TEXT) part = text_key(cell);
        else if (column->kind == COLUMN_REF) {
            const struct table_schema *other =
                table_schema((enum table_id)table_by_name(column->of, strlen(column->of)));
            memcpy(&reference, cell, sizeof reference);
            part = text_key(rows_of(t, other, &count) + (size_t)reference * other->row_size + other->columns[0].offset);
        } else memcpy(&part, cell, sizeof(int32_t));
        key = hash_pair(key, part);
    }
    return key;
}

static double draw_for(uint64_t seed, uint64_t who) {
    return draw_uniform(luck_of(seed, 0), who, DRAW_WORLD, 1, 0);
}

static enum ap_status table_move(struct tables *t, const struct range_group *group, enum range_end end, uint64_t seed,
                                 struct arena *a) {
    const struct table_schema *schema = table_schema(group->id);
    const struct column_schema *column = &schema->columns[column_by_name(schema, schema->main, strlen(schema->main))];
    uint32_t count;
    const char *rows = rows_of(t, schema, &count);
    char *moved = arena_take(a, (size_t)count + 1, schema->row_size);
    if (!moved) return AP_NO_MEMORY;
    memcpy(moved, rows, ((size_t)count + 1) * schema->row_size);
    for (uint32_t i = 1; i <= count; i++) {
        char *row = moved + (size_t)i * schema->row_size;
        const struct row_common *c = common_of(moved, schema, i);
        double written = cell_get(row, column);
        bool none = column->kind == COLUMN_YUAN && written <= (double)YUAN_NONE / 100;
        if (ranged(c) && !none)
            cell_set(row, column, end_value(c, written, end, draw_for(seed, key_of(t, schema, row))));
    }
    memcpy((char *)t + schema->rows_offset, &moved, sizeof moved);
    return AP_OK;
}

enum ap_status range_move(struct tables *t, const struct range_group *group, enum range_end end, uint64_t seed,
                          struct arena *a) {
    if (group->setting < 0) return table_move(t, group, end, seed, a);
    const struct column_schema *column = &settings_schema[group->setting].column;
    char *settings = (char *)&t->settings;
    double written = cell_get(settings, column);
    cell_set(settings, column,
             end_value(&t->setting_common[group->setting], written, end, draw_for(seed, hash_text(column->name))));
    return AP_OK;
}
