// Rows: the records of a file into the rows of its table. A row whose key is already there comes from a parent and is
// replaced or removed; twice in one file it is a mistake.
#include <stdio.h>
#include <string.h>

#include "read/reader.h"

static void table_read_describe(struct reader *r, enum table_id id) {
    struct table_read *t = &r->tables[id];
    t->schema = table_schema(id);
    t->main = t->schema->main[0] ? column_by_name(t->schema, t->schema->main, strlen(t->schema->main)) : -1;
    ASSERT(slot_action(t->schema) + 1 < SLOTS_MOST);
    for (uint32_t i = 0; i < t->schema->column_count; i++) {
        const struct column_schema *column = &t->schema->columns[i];
        t->bounds[i] = column_bounds(t->schema->name, column);
        t->reference[i] = t->target[i] = -1;
        if (column->kind != COLUMN_REF) continue;
        t->reference[i] = (int)t->reference_count++;
        t->target[i] = table_by_name(column->of, strlen(column->of));
        ASSERT(t->target[i] >= 0);
    }
}

enum { ROWS_MOST = 20 * 1000 * 1000 };   // a register of every firm of a country; more is a file of another kind

static uint32_t line_count(const struct text_file *f) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < f->count; i++) count += f->bytes[i] == '\n';
    return count;
}

// Makes room for the file's rows in its table.
static void file_rows_count(struct reader *r, struct scenario_file *file) {
    struct table_read *t = &r->tables[file->table];
    uint32_t lines = line_count(&file->text);
    if (lines <= ROWS_MOST - t->room) {
        t->room += lines;
        return;
    }
    complain(r->c, (struct source){file->text.path, 0}, 0, NULL, "TOO_MANY_ROWS", "merge what is alike",
             "%s.csv has %u lines; a table may have at most %d", t->schema->name, lines, ROWS_MOST);
    file->readable = false;
    t->unreadable = true;
}

static void table_missing(struct reader *r, const struct table_schema *schema) {
    complain(r->c, (struct source){r->folders[0].path, 0}, 0, NULL, "MISSING_TABLE", schema->meaning,
             "this folder needs a table of this name: \"%s.csv\"", schema->name);
}

enum ap_status tables_prepare(struct reader *r) {
    bool there[TABLE_COUNT] = {false};
    for (int id = 0; id < TABLE_COUNT; id++) table_read_describe(r, (enum table_id)id);
    for (uint32_t i = 0; i < r->file_count; i++) {
        if (r->files[i].table < 0) continue;
        there[r->files[i].table] = true;
        if (r->files[i].readable) file_rows_count(r, &r->files[i]);
    }
    for (int id = 0; id < TABLE_COUNT; id++) {
        struct table_read *t = &r->tables[id];
        size_t rows = (size_t)t->room + 2;                 // nobody, and the row being read
        t->rows = arena_take(&r->out->arena, rows, t->schema->row_size);
        t->notes = TAKE(&r->scratch, rows, struct row_note);
        t->names = TAKE(&r->scratch, rows * (t->reference_count + 1), const char *);
        if (!t->rows || !t->notes || !t->names || !index_make(&t->index, t->room, &r->scratch)) return AP_NO_MEMORY;
        // sites alone need no chain, bare lines no parts
        bool chain = id == TABLE_products || id == TABLE_enterprises;
        bool needed = t->schema->required && (id != TABLE_products || there[TABLE_bom]) &&
                      (!chain || !there[TABLE_sites] || there[TABLE_bom]);
        if (needed && !there[id]) table_missing(r, t->schema);
    }
    return AP_OK;
}

// The cells of a row that a header column stands for; false when memory was refused. *good tells whether all were.
static bool cell_read(struct reader *r, const struct scenario_file *file, uint32_t slot, bool *good) {
    struct table_read *t = &r->tables[file->table];
    uint32_t row = t->count + 1;
    const struct column_schema *column = &t->schema->columns[slot];
    int16_t index = file->layout.cell_of_slot[slot];
    bool absent = index < 0 || (uint32_t)index >= r->record.cell_count;
    if (absent && (!column->standard || index >= 0)) {     // the header or the short line was complained about
        cell_none(column, field_of(t, row, slot));
        *good = false;
        return true;
    }
    struct cell_case k = case_of(r, file, slot);
    if (k.refused) return false;
    bool stored = cell_store(&k, column, t->bounds[slot], field_of(t, row, slot));
    if (!stored) *good = false;
    if (t->reference[slot] >= 0 && k.count > 0 && stored) {
        const char *name = text_copy(&r->scratch, k.text, k.count);
        t->names[row * t->reference_count + (uint32_t)t->reference[slot]] = name;
        if (!name) return false;
    }
    return !k.refused;
}

// The value of a key column in one spelling, so that 2023/1/1 and 2023-01-01 are the same key.
static const char *key_part(const struct table_read *t, uint32_t row, uint32_t slot, char buffer[32]) {
    const void *field = field_of(t, row, slot);
    switch (t->schema->columns[slot].kind) {
    case COLUMN_ID:
    case COLUMN_TEXT: return *(const char *const *)field ? *(const char *const *)field : "";
    case COLUMN_REF: {
        const char *name = t->names[row * t->reference_count + (uint32_t)t->reference[slot]];
        return name ? name : "";
    }
    case COLUMN_DATE:
        buffer[0] = '\0';
        if (*(const day_number *)field != DATE_NONE) date_format(*(const day_number *)field, buffer);
        return buffer;
    case COLUMN_MOMENT:
    case COLUMN_INT:
    case COLUMN_YUAN: snprintf(buffer, 32, "%lld", (long long)*(const int64_t *)field); return buffer;
    case COLUMN_REAL: snprintf(buffer, 32, "%.17g", *(const double *)field); return buffer;
    case COLUMN_YESNO:
    case COLUMN_CHOICE: snprintf(buffer, 32, "%d", (int)*(const int32_t *)field); return buffer;
    }
    return "";
}

static bool key_make(struct reader *r, struct table_read *t, uint32_t row) {
    char buffer[32];
    struct row_note *note = &t->notes[row];
    if (t->schema->keys == 1) {
        const char *only = key_part(t, row, 0, buffer);
        note->key = only == buffer ? text_copy(&r->scratch, buffer, strlen(buffer)) : only;
    } else {
        struct words key = {.arena = &r->scratch};
        for (uint32_t i = 0; i < t->schema->keys; i++) {
            if (i > 0) words_add_bytes(&key, "\x1f", 1);   // a control character: no cell holds one
            words_add_text(&key, key_part(t, row, i, buffer));
        }
        note->key = key.refused ? NULL : words_text(&key);
    }
    if (!note->key) return false;
    note->hash = hash_text(note->key);
    return true;
}

// The key for people: its parts with commas.
static void key_show(const char *key, char out[160]) {
    size_t count = 0;
    for (; *key && count < 150; key++) {
        if (*key == '\x1f') {
            out[count++] = ',';
            out[count++] = ' ';
        } else {
            out[count++] = *key;
        }
    }
    out[count] = '\0';
}

static void key_twice(struct reader *r, const struct scenario_file *file, const struct table_read *t, uint32_t first) {
    char shown[160], sentence[160];
    struct cell_case k = case_of(r, file, 0);
    key_show(t->notes[first].key, shown);
    snprintf(sentence, sizeof sentence, "line %u has the same %s", t->notes[first].line,
             t->schema->keys == 1 ? "name" : "key");
    k.text = shown;
    cell_complain(&k, "DUPLICATE_KEY", "delete one of the two rows, or change its name", sentence);
}

static void remove_unknown(struct reader *r, const struct scenario_file *file, const struct table_read *t,
                           const char *key) {
    struct cell_case k = case_of(r, file, 0);
    struct nearest nearest = nearest_to(r, key);
    for (uint32_t i = 1; i <= t->count && nearest_wanted(r); i++) {
        if (!t->notes[i].removed) name_try(&nearest, t->notes[i].key);
    }
    char shown[160], better[160];
    key_show(key, shown);
    const char *words = NULL;
    if (nearest.best) {
        char best[160];
        key_show(nearest.best, best);
        snprintf(better, sizeof better, "did you mean \"%.120s\"?", best);
        words = better;
    }
    k.text = shown;
    cell_complain(&k, "NOTHING_TO_REMOVE", words, "the parents have no row with this key");
}

static void row_move(struct table_read *t, uint32_t to, uint32_t from) {
    size_t references = t->reference_count;
    memcpy(row_of(t, to), row_of(t, from), t->schema->row_size);
    memcpy(t->names + to * references, t->names + from * references, references * sizeof *t->names);
    t->notes[to] = t->notes[from];
}

static void row_clear(struct table_read *t, uint32_t row) {
    size_t references = t->reference_count;
    memset(row_of(t, row), 0, t->schema->row_size);
    memset(t->names + row * references, 0, references * sizeof *t->names);
    t->notes[row] = (struct row_note){0};
}

// Puts the row that was just read behind the last one in its place: added, replaced, removed or refused.
static void row_settle(struct reader *r, uint32_t file_index, enum overlay_action action, bool keyed) {
    const struct scenario_file *file = &r->files[file_index];
    struct table_read *t = &r->tables[file->table];
    uint32_t row = t->count + 1;
    struct row_note *note = &t->notes[row];
    uint32_t old = keyed ? index_find(t, note->key, note->hash) : 0;
    if (old != 0 && t->notes[old].file == file_index) {
        key_twice(r, file, t, old);
    } else if (old != 0) {
        note->removed = action == ACTION_REMOVE;
        row_move(t, old, row);
    } else if (action == ACTION_REMOVE) {
        if (keyed) remove_unknown(r, file, t, note->key);
    } else {
        t->count++;
        if (keyed) index_add(t, row);
        return;
    }
    row_clear(t, row);
}

// False after a complaint: the cells may have moved, so only the key of such a row is looked at.
static bool count_check(struct reader *r, const struct scenario_file *file) {
    uint32_t cells = r->record.cell_count, header = file->layout.cells;
    if (cells == header) return true;
    struct spot spot = spot_of(&file->text, &r->record, r->record.at);
    bool more = cells > header;
    if (more) spot = spot_of(&file->text, &r->record, r->record.cells[header].at);
    complain(r->c, spot.at, more ? spot.column : 0, spot.text, more ? "TOO_MANY_CELLS" : "TOO_FEW_CELLS",
             more ? "a cell that holds a comma must stand in quotes" : "every line needs as many commas as the header",
             "this line has %u cells and the header %u", cells, header);
    return false;
}

static enum overlay_action action_read(struct reader *r, const struct scenario_file *file,
                                       const struct table_schema *schema) {
    static const struct bounds none = {0, 0, false};
    int32_t action = ACTION_SET;
    struct cell_case k = case_of(r, file, slot_action(schema));
    if (k.count > 0 && !cell_store(&k, slot_column(schema, slot_action(schema)), none, &action)) return ACTION_SET;
    return (enum overlay_action)action;
}

static enum ap_status row_read(struct reader *r, uint32_t file_index) {
    const struct scenario_file *file = &r->files[file_index];
    struct table_read *t = &r->tables[file->table];
    uint32_t row = t->count + 1;
    uint64_t complaints = r->c->count;
    ASSERT(row <= t->room + 1);
    bool whole = count_check(r, file);
    enum overlay_action action = whole ? action_read(r, file, t->schema) : ACTION_SET;
    *common_of(t, row) = common_none((struct source){file->text.path, r->record.line});
    if (whole && !common_read(r, file, t->schema, common_of(t, row))) return AP_NO_MEMORY;
    uint32_t slots = whole && action == ACTION_SET ? t->schema->column_count : t->schema->keys;
    bool keyed = t->schema->keys > 0, good = true;
    for (uint32_t slot = 0; slot < slots; slot++) {
        bool *judged = slot < t->schema->keys ? &keyed : &good;
        if (!cell_read(r, file, slot, judged)) return AP_NO_MEMORY;
    }
    for (uint32_t slot = slots; slot < t->schema->column_count; slot++) {
        cell_none(&t->schema->columns[slot], field_of(t, row, slot));
    }
    bool faulty = !good || r->c->count > complaints;
    t->faulty |= faulty;
    t->notes[row] = (struct row_note){.file = file_index, .at = r->record.at, .line = r->record.line,
                                      .faulty = faulty};
    if (keyed && !key_make(r, t, row)) return AP_NO_MEMORY;
    if (action == ACTION_REMOVE && t->schema->keys == 0) {
        struct cell_case k = case_of(r, file, slot_action(t->schema));
        cell_complain(&k, "NO_KEY", "bring the whole table in a folder of its own",
                      "rows of this table have no key to remove them by");
    }
    row_settle(r, file_index, action, keyed);
    return AP_OK;
}

enum ap_status file_rows_read(struct reader *r, uint32_t file_index) {
    struct scenario_file *file = &r->files[file_index];
    ASSERT(file->table >= 0 && file->table < TABLE_COUNT);
    struct table_read *t = &r->tables[file->table];
    struct text_place place = {0};
    if (!file->readable) return AP_OK;
    if (!layout_read(r, file, t->schema, &place)) {
        t->unreadable = true;
        return AP_OK;
    }
    for (;;) {
        uint64_t complaints = r->c->count;
        bool there = record_next(&file->text, &place, r->c, &r->record);
        t->unreadable |= r->c->count > complaints;     // a line was lost: its name may be used elsewhere
        if (!there) return AP_OK;
        TRY(row_read(r, file_index));
    }
}

void tables_compact(struct reader *r) {
    for (int id = 0; id < TABLE_COUNT; id++) {
        struct table_read *t = &r->tables[id];
        uint32_t kept = 0, removed = 0;
        for (uint32_t row = 1; row <= t->count; row++) {
            if (t->notes[row].removed) {
                removed++;
                continue;
            }
            kept++;
            if (kept != row) row_move(t, kept, row);
        }
        for (uint32_t row = kept + 1; row <= t->count; row++) row_clear(t, row);
        t->count = kept;
        if (removed == 0) continue;
        memset(t->index.rows, 0, ((size_t)t->index.mask + 1) * sizeof *t->index.rows);
        for (uint32_t row = 1; row <= kept; row++) {
            if (t->notes[row].key) index_add(t, row);
        }
    }
}
