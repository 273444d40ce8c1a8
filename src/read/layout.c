// Layout: which cell of a file holds which column, the cells themselves, and the columns that all tables share.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "read/reader.h"

static const struct column_schema action_column = {
    COLUMN_CHOICE, "action", "set|remove", "set", "", "in a folder with a parent: set or remove the row", 0};

const struct column_schema *slot_column(const struct table_schema *schema, uint32_t slot) {
    ASSERT(slot <= slot_action(schema));
    if (slot < schema->column_count) return &schema->columns[slot];
    if (slot < slot_action(schema)) return &common_schema[slot - schema->column_count];
    return &action_column;
}

struct cell_case case_of(struct reader *r, const struct scenario_file *file, uint32_t slot) {
    struct cell_case k = {.c = r->c, .texts = &r->out->arena, .text = "", .file = &file->text,
                          .record = &r->record, .byte = r->record.at};
    int16_t index = file->layout.cell_of_slot[slot];
    if (index < 0 || (uint32_t)index >= r->record.cell_count) return k;
    const struct cell *cell = &r->record.cells[index];
    char *text = cell->count < CELL_BYTES ? r->cell : arena_bytes(&r->scratch, (size_t)cell->count + 1);
    k.byte = cell->at - cell->quoted;
    k.refused = text == NULL;
    if (text) {
        k.count = cell_write(&file->text, cell, text);
        k.text = text;
    }
    return k;
}

// Slot of a header name, -1: not known. `action` is known only where a folder has a parent.
static int slot_by_name(const struct reader *r, const struct scenario_file *file, const struct table_schema *schema,
                        const char *name) {
    for (uint32_t slot = 0; slot < slot_action(schema); slot++) {
        if (strcmp(slot_column(schema, slot)->name, name) == 0) return (int)slot;
    }
    bool overlay = r->folder_count > 0 && r->folders[file->folder].overlay;
    return overlay && strcmp(name, "action") == 0 ? (int)slot_action(schema) : -1;
}

static void column_unknown(struct reader *r, const struct scenario_file *file, const struct table_schema *schema,
                           const struct cell_case *k) {
    struct nearest nearest = nearest_to(r, k->text);
    for (uint32_t slot = 0; slot < slot_action(schema); slot++) {
        if (file->layout.cell_of_slot[slot] < 0) name_try(&nearest, slot_column(schema, slot)->name);
    }
    const char *words = nearest_words(&nearest);
    if (strcmp(k->text, "action") == 0) words = "an action needs a row `parent` in settings.csv";
    if (k->count == 0) words = "name the column, or delete it with its comma";
    char sentence[80];
    snprintf(sentence, sizeof sentence, "%s.csv has no column of this name", schema->name);
    cell_complain(k, "UNKNOWN_COLUMN", words, sentence);
}

static bool separator_check(struct reader *r, const struct cell_case *k) {
    bool wrong = r->record.cell_count == 1 && strpbrk(k->text, ";\t|") != NULL;
    if (wrong) {
        cell_complain(k, "WRONG_SEPARATOR", "save it with commas between the cells",
                      "the cells of this file are not separated by commas");
    }
    return !wrong;
}

// Enters the record's cell into the layout.
static void header_cell_read(struct reader *r, struct scenario_file *file, const struct table_schema *schema,
                             const struct cell_case *k, uint32_t index) {
    int slot = slot_by_name(r, file, schema, k->text);
    file->layout.slot_of_cell[index] = (int16_t)slot;
    if (slot < 0) {
        column_unknown(r, file, schema, k);
    } else if (file->layout.cell_of_slot[slot] >= 0) {
        cell_complain(k, "DUPLICATE_COLUMN", "delete one of the two", "this column stands twice");
    } else {
        file->layout.cell_of_slot[slot] = (int16_t)index;
    }
}

static void missing_check(struct reader *r, const struct scenario_file *file, const struct table_schema *schema) {
    struct spot spot = spot_of(&file->text, &r->record, r->record.at);
    for (uint32_t slot = 0; slot < schema->column_count; slot++) {
        const struct column_schema *column = slot_column(schema, slot);
        if (column->standard || file->layout.cell_of_slot[slot] >= 0) continue;
        complain(r->c, spot.at, 0, spot.text, "MISSING_COLUMN", column->meaning,
                 "%s.csv needs a column of this name: \"%s\"", schema->name, column->name);
    }
}

bool layout_read(struct reader *r, struct scenario_file *file, const struct table_schema *schema,
                 struct text_place *place) {
    ASSERT(slot_action(schema) < SLOTS_MOST);
    struct layout *layout = &file->layout;
    memset(layout->cell_of_slot, -1, sizeof layout->cell_of_slot);
    memset(layout->slot_of_cell, -1, sizeof layout->slot_of_cell);
    uint64_t complaints = r->c->count;
    bool there = record_next(&file->text, place, r->c, &r->record);
    if (!there || r->c->count > complaints) {          // what follows a header that cannot be read is no header
        struct source at = {file->text.path, 0};
        if (!there && r->c->count == complaints)
            complain(r->c, at, 0, NULL, "NO_HEADER", NULL, "this file has no line with column names");
        return false;
    }
    layout->cells = r->record.cell_count;
    for (uint32_t i = 0; i < layout->cells; i++) {
        layout->cell_of_slot[SLOTS_MOST - 1] = (int16_t)i;       // a slot that no column has: to read the name
        struct cell_case k = case_of(r, file, SLOTS_MOST - 1);
        if (!separator_check(r, &k)) return false;
        header_cell_read(r, file, schema, &k, i);
    }
    layout->cell_of_slot[SLOTS_MOST - 1] = -1;
    missing_check(r, file, schema);
    return true;
}

struct row_common common_none(struct source source) {
    return (struct row_common){.source = source, .origin = "", .note = "", .low = (double)NAN, .high = (double)NAN};
}

bool common_read(struct reader *r, const struct scenario_file *file, const struct table_schema *schema,
                 struct row_common *out) {
    static const struct bounds any = {-1e18, 1e18, false};
    *out = common_none((struct source){file->text.path, r->record.line});
    for (int i = 0; i < COMMON_COUNT; i++) {
        struct cell_case k = case_of(r, file, slot_common(schema, (enum common_column)i));
        if (k.count == 0 && !k.refused) continue;
        double number = (double)NAN;
        int32_t choice = -1;
        const char *text = "";
        enum column_kind kind = common_schema[i].kind;
        void *field = kind == COLUMN_REAL ? (void *)&number : kind == COLUMN_CHOICE ? (void *)&choice : (void *)&text;
        bool stored = cell_store(&k, &common_schema[i], any, field);
        if (k.refused) return false;
        if (!stored) continue;
        switch ((enum common_column)i) {
        case COMMON_SOURCE: out->origin = text; break;
        case COMMON_CONFIDENCE: out->confidence = (uint8_t)(choice + CITED); break;
        case COMMON_LOW: out->low = number; break;
        case COMMON_HIGH: out->high = number; break;
        case COMMON_LAW: out->law = (uint8_t)(choice + LAW_UNIFORM); break;
        case COMMON_NOTE: out->note = text; break;
        case COMMON_COUNT: break;
        }
    }
    return true;
}
