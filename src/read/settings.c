// Settings: rows of settings.csv and --set. Each is a named value, checked like a cell of its kind.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "read/checks.h"

enum { SLOT_SETTING, SLOT_VALUE };

static const struct column_schema settings_columns[] = {
    {COLUMN_ID, "setting", "", NULL, "", "name of the setting", 0},
    {COLUMN_TEXT, "value", "", NULL, "", "its value", 0},
};
static const struct table_schema settings_table = {
    "settings", settings_columns, 2, 1, "value", false, "settings", 0, 0, 0};

static int setting_by_name(const char *name) {
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(settings_schema[i].column.name, name) == 0) return i;
    }
    return -1;
}

static void *setting_field(struct reader *r, int setting) {
    return (char *)&r->out->settings + settings_schema[setting].column.offset;
}

static struct bounds setting_bounds(int setting) {
    const struct setting_schema *schema = &settings_schema[setting];
    if (schema->low == 0 && schema->high == 0) return (struct bounds){-1e15, 1e15, false};
    return (struct bounds){schema->low, schema->high, false};
}

// Its value as written in the schema.
static bool setting_standard(struct reader *r, int setting) {
    struct cell_case k = {.c = r->c, .texts = &r->out->arena, .text = "", .option = "settings"};
    bool stored = cell_store(&k, &settings_schema[setting].column, setting_bounds(setting), setting_field(r, setting));
    r->out->setting_common[setting] = common_none((struct source){0});
    ASSERT(stored || k.refused);                        // our own schema must be readable
    return !k.refused;
}

enum ap_status settings_default(struct reader *r) {
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (!setting_standard(r, i)) return AP_NO_MEMORY;
    }
    return AP_OK;
}

static void setting_unknown(struct reader *r, const struct cell_case *k) {
    struct nearest nearest = nearest_to(r, k->text);
    for (int i = 0; i < SETTING_COUNT; i++) name_try(&nearest, settings_schema[i].column.name);
    const char *words = nearest_words(&nearest);
    cell_complain(k, "UNKNOWN_SETTING", words ? words : "`autopolis describe --settings` lists them",
                  "no setting has this name");
}

// The value cell of the record into the setting; false when memory was refused.
static bool setting_store(struct reader *r, const struct scenario_file *file, int setting) {
    struct cell_case k = case_of(r, file, SLOT_VALUE);
    if (k.refused) return false;
    r->setting_spot[setting] = spot_of(&file->text, &r->record, k.byte);
    struct column_schema column = settings_schema[setting].column;
    if (column.kind != COLUMN_TEXT) column.standard = NULL;     // a row without a value is a mistake
    cell_store(&k, &column, setting_bounds(setting), setting_field(r, setting));
    return !k.refused && common_read(r, file, &settings_table, &r->out->setting_common[setting]);
}

static bool action_is_remove(struct reader *r, const struct scenario_file *file) {
    static const struct bounds none = {0, 0, false};
    int32_t action = ACTION_SET;
    struct cell_case k = case_of(r, file, slot_action(&settings_table));
    if (k.count > 0) cell_store(&k, slot_column(&settings_table, slot_action(&settings_table)), none, &action);
    return action == ACTION_REMOVE;
}

static enum ap_status setting_read(struct reader *r, const struct scenario_file *file,
                                   uint32_t line_of[SETTING_COUNT]) {
    struct cell_case k = case_of(r, file, SLOT_SETTING);
    if (k.refused) return AP_NO_MEMORY;
    if (strcmp(k.text, "parent") == 0) return AP_OK;
    int setting = setting_by_name(k.text);
    if (setting < 0) {
        setting_unknown(r, &k);
        return AP_OK;
    }
    if (line_of[setting] != 0) {
        char sentence[80];
        snprintf(sentence, sizeof sentence, "line %u sets it already", line_of[setting]);
        cell_complain(&k, "DUPLICATE_KEY", "delete one of the two rows", sentence);
        return AP_OK;
    }
    line_of[setting] = r->record.line;
    bool stored = action_is_remove(r, file) ? setting_standard(r, setting) : setting_store(r, file, setting);
    return stored ? AP_OK : AP_NO_MEMORY;
}

enum ap_status settings_read(struct reader *r, uint32_t file_index) {
    struct scenario_file *file = &r->files[file_index];
    struct text_place place = {0};
    uint32_t line_of[SETTING_COUNT] = {0};
    if (!file->readable || !layout_read(r, file, &settings_table, &place)) return AP_OK;
    while (record_next(&file->text, &place, r->c, &r->record)) TRY(setting_read(r, file, line_of));
    return AP_OK;
}

const char *settings_parent(struct reader *r, struct scenario_file *file, struct spot *spot) {
    struct complaints *loud = r->c;
    struct complaints *quiet = TAKE(&r->scratch, 1, struct complaints);   // settings_read will complain
    if (!quiet) return NULL;
    quiet->arena = &r->scratch;
    r->c = quiet;
    struct text_place place = {0};
    const char *parent = NULL;
    bool readable = layout_read(r, file, &settings_table, &place);
    while (readable && !parent && record_next(&file->text, &place, r->c, &r->record)) {
        struct cell_case name = case_of(r, file, SLOT_SETTING);
        if (strcmp(name.text, "parent") != 0) continue;
        struct cell_case k = case_of(r, file, SLOT_VALUE);
        while (k.count > 1 && k.text[k.count - 1] == '/') k.count--;
        if (k.count == 0) continue;
        *spot = spot_of(&file->text, &r->record, k.byte);
        parent = text_copy(&r->scratch, k.text, k.count);
    }
    r->c = loud;
    return parent;
}

// A file's cells were looked at when it was read; an option's value comes as it was typed.
static bool override_is_text(struct reader *r, const struct setting_override *given) {
    bool control = false;
    for (const char *s = given->value; *s; s++) control |= (unsigned char)*s < 0x20 || *s == 0x7F;
    bool good = text_is_utf8(given->value, strlen(given->value));
    if (good && !control) return true;
    complain(r->c, (struct source){"--set", 0}, 0, NULL, good ? "CONTROL_CHARACTER" : "NOT_UTF8", NULL,
             good ? "a control character stands in the value of %s" : "the value of %s is not UTF-8", given->name);
    return false;
}

enum ap_status settings_override(struct reader *r, const struct read_options *o) {
    for (uint32_t i = 0; i < o->override_count; i++) {
        const struct setting_override *given = &o->overrides[i];
        struct cell_case k = {.c = r->c, .texts = &r->out->arena, .text = given->name,
                              .count = strlen(given->name), .option = "--set"};
        int setting = setting_by_name(given->name);
        if (setting < 0) {
            setting_unknown(r, &k);
            continue;
        }
        k.text = given->value;
        k.count = strlen(given->value);
        if (!override_is_text(r, given)) continue;
        r->setting_spot[setting] = (struct spot){{"--set", 0}, 0, NULL};
        cell_store(&k, &settings_schema[setting].column, setting_bounds(setting), setting_field(r, setting));
        if (k.refused) return AP_NO_MEMORY;
        r->out->setting_common[setting] = common_none((struct source){"--set", 0});
    }
    return AP_OK;
}

// A setting's number as written, NAN when it has none.
static double setting_number(const struct reader *r, int setting) {
    const char *field = (const char *)&r->out->settings + settings_schema[setting].column.offset;
    switch (settings_schema[setting].column.kind) {
    case COLUMN_INT: return (double)*(const int64_t *)(const void *)field;
    case COLUMN_REAL: return *(const double *)(const void *)field;
    case COLUMN_YUAN: return (double)*(const int64_t *)(const void *)field / 100;
    default: return (double)NAN;
    }
}

static void setting_complain(struct reader *r, enum setting_id setting, const char *rule, const char *message) {
    struct spot spot = r->setting_spot[setting];
    if (!spot.at.file) spot.at.file = "settings.csv";
    complain(r->c, spot.at, spot.column, spot.text, rule, NULL, "%s", message);
}

void settings_check(struct reader *r) {
    const struct settings *s = &r->out->settings;
    for (int i = 0; i < SETTING_COUNT; i++) {
        setting_range_check(r, &r->out->setting_common[i], setting_number(r, i), setting_bounds(i));
    }
    bool dates = s->from != DATE_NONE && s->until != DATE_NONE;
    if (dates && s->until < s->from) {
        setting_complain(r, SETTING_until, "DATES_REVERSED", "the last day lies before the first");
    }
    if (dates && s->until - s->from > 100 * 366) {
        setting_complain(r, SETTING_until, "OUT_OF_RANGE", "a run may last a hundred years at most");
    }
    if (s->tick_seconds > 0 && 86400 % s->tick_seconds != 0) {
        setting_complain(r, SETTING_tick_seconds, "TICK_SECONDS", "a tick must divide a day of 86400 seconds");
    }
}
