// References: names to rows, once every file is read; and the way back from a row to its line and cell.
#include <stdio.h>
#include <string.h>

#include "read/checks.h"

struct spot spot_of_row(struct reader *r, const struct table_read *t, uint32_t row, uint32_t slot) {
    ASSERT(row >= 1 && row <= t->count);
    const struct row_note *note = &t->notes[row];
    const struct scenario_file *file = &r->files[note->file];
    struct text_place place = {.at = note->at, .line = note->line};
    uint64_t complaints = r->c->count;
    bool there = record_next(&file->text, &place, r->c, &r->record);
    ASSERT(there && r->c->count == complaints);        // it was read once without a complaint
    int16_t index = slot < SLOTS_MOST ? file->layout.cell_of_slot[slot] : -1;
    bool known = index >= 0 && (uint32_t)index < r->record.cell_count;
    if (!known) {
        struct spot line = spot_of(&file->text, &r->record, r->record.at);
        line.column = 0;
        return line;
    }
    const struct cell *cell = &r->record.cells[index];
    return spot_of(&file->text, &r->record, cell->at - cell->quoted);
}

void row_complain(struct reader *r, const struct row_place *place, const char *rule, const char *suggestion,
                  const char *sentence) {
    struct spot spot = spot_of_row(r, place->t, place->row, place->slot);
    complain(r->c, spot.at, spot.column, spot.text, rule, suggestion, "%s: \"%.200s\"", sentence, place->value);
}

// `enterprise` -> UNKNOWN_ENTERPRISE
static void unknown_rule(const char *singular, char out[64]) {
    int count = snprintf(out, 64, "UNKNOWN_%s", singular);
    for (int i = 0; i < count; i++) {
        if (out[i] >= 'a' && out[i] <= 'z') out[i] = (char)(out[i] - 32);
    }
}

static void reference_unknown(struct reader *r, const struct row_place *place, const struct table_read *target) {
    const char *singular = target->schema->columns[0].name;
    char rule[64], sentence[96], empty[96];
    unknown_rule(singular, rule);
    snprintf(sentence, sizeof sentence, "no %s has this name", singular);
    struct nearest nearest = nearest_to(r, place->value);
    for (uint32_t i = 1; i <= target->count && nearest_wanted(r); i++) name_try(&nearest, target->notes[i].key);
    const char *words = nearest_words(&nearest);
    snprintf(empty, sizeof empty, "there is no row in %s.csv", target->schema->name);
    if (target->count == 0) words = empty;
    row_complain(r, place, rule, words, sentence);
}

// One reference of one row.
static void reference_resolve(struct reader *r, struct table_read *t, uint32_t row, uint32_t slot) {
    const char *name = t->names[row * t->reference_count + (uint32_t)t->reference[slot]];
    if (!name) return;
    const struct table_read *target = &r->tables[t->target[slot]];
    uint32_t found = index_find(target, name, hash_text(name));
    *(uint32_t *)field_of(t, row, slot) = found;
    if (found != 0) return;
    t->notes[row].faulty = t->faulty = true;
    if (target->unreadable) return;                     // its names are not known, and that was said
    struct row_place place = {t, row, slot, name};
    reference_unknown(r, &place, target);
}

void references_resolve(struct reader *r) {
    for (int id = 0; id < TABLE_COUNT; id++) {
        struct table_read *t = &r->tables[id];
        for (uint32_t row = 1; row <= t->count && t->reference_count > 0; row++) {
            for (uint32_t slot = 0; slot < t->schema->column_count; slot++) {
                if (t->reference[slot] >= 0) reference_resolve(r, t, row, slot);
            }
        }
    }
}
