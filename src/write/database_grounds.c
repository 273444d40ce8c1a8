// What a result stands on: about, inputs, settings, every input row with its provenance, and how many of them rest on
// what. Files go by their names alone, so that a result does not depend on where the scenario lay.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/database.h"

static const struct output_table about_table = {"about", "what was asked, of what, with what luck", 1,
    {KEY("key", "what"), TEXT_COLUMN("value", "as text")}};
static const struct output_table inputs_table = {"inputs", "files that were read", 1,
    {KEY("path", "relative to the scenario"), KEY("sha256", "of its bytes"), COUNTED("bytes", "byte", "size")}};
static const struct output_table settings_table = {"settings", "as they took effect", 1,
    {KEY("setting", "name"), TEXT_COLUMN("value", "as settings.csv writes it"), TEXT_COLUMN("unit", "of the value"),
     TEXT_COLUMN("source", "of the value; NULL: the default or the command line"),
     TEXT_COLUMN("confidence", "of the value"), MEASURED("low", "unit", "range from which a world draws"),
     MEASURED("high", "unit", "its other end"), TEXT_COLUMN("law", "of the range"),
     TEXT_COLUMN("meaning", "in words")}};
static const struct output_table rows_table = {"input_rows", "every row that was read, and where it comes from", 0,
    {KEY("table_name", "table"), KEY("row", "its key, parts joined by /; # and its number where it has none"),
     TEXT_COLUMN("main", "its main column"), MEASURED("value", "of the main column", "as read; yuan for money"),
     MEASURED("low", "of the main column", "range from which a world draws"),
     MEASURED("high", "of the main column", "its other end"), TEXT_COLUMN("law", "of the range"),
     TEXT_COLUMN("confidence", "of the row"), TEXT_COLUMN("source", "ids of sources.csv or words"),
     TEXT_COLUMN("file", "name"), COUNTED("line", "line", "in the file"),
     KEY("digest", "hash of all its cells: tells whether it differs in another run")}};
static const struct output_table trust_table = {"trust", "how many input rows rest on what", 2,
    {KEY("table_name", "table, or settings"), KEY("confidence", "of the rows; unmarked: none given"),
     COUNTED("rows", "row", "that have it"), COUNTED("ranged", "row", "of them, with a range")}};

static const struct output_table *const tables[] = {&about_table, &inputs_table, &settings_table, &rows_table,
    &trust_table};

static const char *confidence_name(uint8_t confidence) {
    static const char *const names[] = {"unmarked", "cited", "derived", "recalled", "estimated", "synthetic",
                                        "assumed"};
    return names[confidence];
}

static const char *law_name(uint8_t law) {
    static const char *const names[] = {NULL, "uniform", "triangular", "loguniform"};
    return names[law];
}

// --- about

static enum ap_status about_put(struct database *d, const char *key, const char *value) {
    text_bind(d, 1, key);
    text_bind(d, 2, value);
    return row_end(d);
}

static enum ap_status about_number(struct database *d, const char *key, uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, value);
    return about_put(d, key, text);
}

static enum ap_status about_hash(struct database *d, const char *key, uint64_t value) {
    char text[17];
    snprintf(text, sizeof text, "%016" PRIx64, value);
    return about_put(d, key, value ? text : NULL);
}

static enum ap_status about_day(struct database *d, const char *key, day_number day) {
    char text[11] = "";
    if (day != DATE_NONE) date_format(day, text);
    return about_put(d, key, text);
}

static enum ap_status about_fill(struct database *d, const struct manifest_facts *facts) {
    char question[QUESTION_ROOM];
    TRY(question_of(facts, question));
    TRY(about_number(d, "schema_version", DATABASE_VERSION));
    TRY(about_put(d, "program", "autopolis"));
    TRY(about_put(d, "version", facts->version));
    TRY(about_put(d, "commit", facts->commit));
    TRY(about_put(d, "compiler", __VERSION__));
    TRY(about_put(d, "study", facts->study));
    TRY(about_put(d, "question", question));
    TRY(about_put(d, "question_words", facts->question_words));
    TRY(about_put(d, "scenario", facts->tables->name));
    TRY(about_put(d, "region", facts->set->region));
    TRY(about_put(d, "region_zh", facts->set->region_zh));
    TRY(about_day(d, "from", facts->set->from));
    TRY(about_day(d, "until", facts->set->until));
    TRY(about_put(d, "period", facts->period.name));
    TRY(about_number(d, "seed", facts->seed));
    TRY(about_number(d, "replications", facts->replications));
    TRY(about_number(d, "worlds", facts->worlds));
    TRY(about_hash(d, "state_hash", facts->state_hash));
    return about_put(d, "ledger", "balanced");
}

static enum ap_status inputs_fill(struct database *d, const struct inputs *inputs) {
    for (uint32_t i = 0; inputs && i < inputs->count; i++) {
        char name[INPUT_NAME_ROOM];
        input_name(&inputs->files[i], name);
        text_bind(d, 1, name);
        text_bind(d, 2, inputs->files[i].sha256);
        count_bind(d, 3, (int64_t)inputs->files[i].bytes);
        TRY(row_end(d));
    }
    return AP_OK;
}

// --- settings

struct setting_about {
    const char *name, *unit, *meaning;
};
// The choices of a setting stand in its unit column.
#define SETTING_UNIT_TEXT(unit) ""
#define SETTING_UNIT_INT(unit) unit
#define SETTING_UNIT_REAL(unit) unit
#define SETTING_UNIT_YUAN(unit) unit
#define SETTING_UNIT_DATE(unit) ""
#define SETTING_UNIT_YESNO(unit) ""
#define SETTING_UNIT_CHOICE(unit) ""
#define SETTING_ABOUT(kind, name, dflt, low, high, unit, meaning) {#name, SETTING_UNIT_##kind(unit), meaning},
static const struct setting_about settings_about[SETTING_COUNT] = {SETTINGS(SETTING_ABOUT)};

static enum ap_status settings_fill(struct database *d, const struct manifest_facts *facts) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct row_common *common = &facts->tables->setting_common[id];
        struct words value = {0};
        setting_words(facts->set, (enum setting_id)id, &value);
        text_bind(d, 1, settings_about[id].name);
        text_bind(d, 2, words_text(&value));
        text_bind(d, 3, settings_about[id].unit);
        text_bind(d, 4, common->origin && *common->origin ? common->origin : NULL);
        text_bind(d, 5, confidence_name(common->confidence));
        value_bind(d, 6, common->law ? common->low : NO_VALUE);
        value_bind(d, 7, common->law ? common->high : NO_VALUE);
        text_bind(d, 8, law_name(common->law));
        text_bind(d, 9, settings_about[id].meaning);
        enum ap_status status = words_status(&value);
        words_free(&value);
        TRY(status);
        TRY(row_end(d));
    }
    return AP_OK;
}

// --- input rows

// A row as text: the key cells, the main column's value, the hash of all cells.
struct row_words {
    struct words key;
    double   value;
    uint64_t digest;
    int      cells, keys;
    const char *main;
};

static const char *name_of_row(const struct row_common *row) {
    const char *name;
    memcpy(&name, row + 1, sizeof name);       // the first own column of a table that others name is its id
    return name;
}

static void cell_take(struct row_words *w, const char *column, const char *text, double value) {
    if (w->cells < w->keys) {
        if (w->cells) words_add_text(&w->key, "/");
        words_add_text(&w->key, text);
    }
    w->digest = hash_pair(w->digest, hash_text(text));
    if (strcmp(column, w->main) == 0) w->value = value;
    w->cells++;
}

static void number_take(struct row_words *w, const char *column, double value) {
    char text[40];
    snprintf(text, sizeof text, "%.12g", value);
    cell_take(w, column, text, value);
}

static void date_take(struct row_words *w, const char *column, day_number day) {
    char text[11] = "";
    if (day != DATE_NONE) date_format(day, text);
    cell_take(w, column, text, NO_VALUE);
}

#define TAKE_TEXT(field, of) cell_take(&w, #field, row->field ? row->field : "", NO_VALUE);
#define TAKE_ID(field, of) TAKE_TEXT(field, of)
#define TAKE_REF(field, of) cell_take(&w, #field, row->field ? name_of_row(&t->of[row->field].common) : "", NO_VALUE);
#define TAKE_INT(field, of) number_take(&w, #field, (double)row->field);
#define TAKE_REAL(field, of) number_take(&w, #field, row->field);
#define TAKE_YUAN(field, of) number_take(&w, #field, row->field == YUAN_NONE ? NO_VALUE : (double)row->field / 100);
#define TAKE_DATE(field, of) date_take(&w, #field, row->field);
#define TAKE_MOMENT(field, of) number_take(&w, #field, (double)row->field);
#define TAKE_YESNO(field, of) number_take(&w, #field, row->field);
#define TAKE_CHOICE(field, of) number_take(&w, #field, row->field);
#define TAKE_CELL(kind, field, of, dflt, unit, meaning) TAKE_##kind(field, of)

static const char *file_name(const char *path) {
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

static enum ap_status input_row_end(struct database *d, const char *table, uint32_t number, struct row_words *w,
                                    const struct row_common *common) {
    char digest[17], unnamed[16];
    snprintf(digest, sizeof digest, "%016" PRIx64, w->digest);
    snprintf(unnamed, sizeof unnamed, "#%u", (unsigned)number);
    text_bind(d, 1, table);
    text_bind(d, 2, w->keys ? words_text(&w->key) : unnamed);
    text_bind(d, 3, *w->main ? w->main : NULL);
    value_bind(d, 4, w->value);
    value_bind(d, 5, common->law ? common->low : NO_VALUE);
    value_bind(d, 6, common->law ? common->high : NO_VALUE);
    text_bind(d, 7, law_name(common->law));
    text_bind(d, 8, confidence_name(common->confidence));
    text_bind(d, 9, common->origin && *common->origin ? common->origin : NULL);
    text_bind(d, 10, file_name(common->source.file));
    count_bind(d, 11, common->source.line);
    text_bind(d, 12, digest);
    enum ap_status status = words_status(&w->key);
    words_free(&w->key);
    return status == AP_OK ? row_end(d) : status;
}

#define ROWS_FILL(table, row_struct, COLUMNS, key_count, main_column, required, meaning)                               \
    static enum ap_status table##_rows_fill(struct database *d, const struct tables *t) {                              \
        for (uint32_t i = 1; i <= t->table##_count; i++) {                                                             \
            const struct row_struct *row = &t->table[i];                                                               \
            struct row_words w = {.value = NO_VALUE, .keys = key_count, .main = main_column};                          \
            COLUMNS(TAKE_CELL)                                                                                         \
            TRY(input_row_end(d, #table, i, &w, &row->common));                                                        \
        }                                                                                                              \
        return AP_OK;                                                                                                  \
    }
TABLES(ROWS_FILL)

static enum ap_status rows_fill(struct database *d, const struct tables *t) {
#define ROWS_OF(table, row, COLUMNS, keys, main, required, meaning) TRY(table##_rows_fill(d, t));
    TABLES(ROWS_OF)
    return AP_OK;
}

// --- trust

struct trust {
    int64_t rows[ASSUMED + 1], ranged[ASSUMED + 1];
};

static void trust_count(struct trust *t, const struct row_common *common) {
    t->rows[common->confidence]++;
    t->ranged[common->confidence] += common->law != LAW_NONE;
}

static enum ap_status trust_put(struct database *d, const char *table, const struct trust *t) {
    for (int i = 0; i <= ASSUMED; i++) {
        if (!t->rows[i]) continue;
        text_bind(d, 1, table);
        text_bind(d, 2, confidence_name((uint8_t)i));
        count_bind(d, 3, t->rows[i]);
        count_bind(d, 4, t->ranged[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status trust_fill(struct database *d, const struct tables *t) {
    struct trust of_settings = {0};
    for (int id = 0; id < SETTING_COUNT; id++) trust_count(&of_settings, &t->setting_common[id]);
    TRY(trust_put(d, "settings", &of_settings));
#define TRUST_OF(table, row, COLUMNS, keys, main, required, meaning)                                                   \
    {                                                                                                                  \
        struct trust sum = {0};                                                                                        \
        for (uint32_t i = 1; i <= t->table##_count; i++) trust_count(&sum, &t->table[i].common);                       \
        TRY(trust_put(d, #table, &sum));                                                                               \
    }
    TABLES(TRUST_OF)
    return AP_OK;
}

static enum ap_status grounds_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct manifest_facts *facts = self;
    if (t == &about_table) return about_fill(d, facts);
    if (t == &inputs_table) return inputs_fill(d, facts->inputs);
    if (t == &settings_table) return settings_fill(d, facts);
    if (t == &rows_table) return rows_fill(d, facts->tables);
    ASSERT(t == &trust_table);
    return trust_fill(d, facts->tables);
}

struct result_part grounds_part(const struct manifest_facts *facts) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, grounds_fill, facts};
}
