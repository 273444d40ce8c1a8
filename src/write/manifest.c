#include "write/manifest.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "write/json_text.h"

static json_t *files_array(struct json_made *made, const struct inputs *inputs) {
    json_t *files = json_array();
    for (uint32_t i = 0; inputs && i < inputs->count; i++) {
        const struct input_file *file = &inputs->files[i];
        json_add(made, files, json_pack("{s:s, s:s, s:I}", "path", file->path, "sha256", file->sha256, "bytes",
                                        (json_int_t)file->bytes));
    }
    return files;
}

// What the command line and the disk call things may hold any bytes.
static json_t *mended(const char *text) {
    struct arena arena = {0};
    const char *words = text_mended(&arena, text);
    json_t *o = words ? json_string(words) : NULL;
    arena_free(&arena);
    return o;
}

static json_t *arguments_array(struct json_made *made, const struct manifest_facts *facts) {
    json_t *arguments = json_array();
    for (int i = 0; i < facts->argument_count; i++)
        json_add(made, arguments, mended(facts->arguments[i]));
    return arguments;
}

// As settings.csv would write them.
static json_t *date_text(day_number day) {
    char text[11];
    if (day == DATE_NONE) return json_null();
    date_format(day, text);
    return json_string(text);
}

static int choice_at(const char *choices, int32_t index, const char **at) {
    for (*at = choices; index > 0 && **at; ++*at) index -= **at == '|';
    return (int)strcspn(*at, "|");
}

static json_t *choice_text(const char *choices, int32_t index) {
    const char *at;
    int count = choice_at(choices, index, &at);
    return json_stringn(at, (size_t)count);
}

#define SETTING_JSON_TEXT(value, meaning) json_string((value) ? (value) : "")
#define SETTING_JSON_INT(value, meaning) json_integer((json_int_t)(value))
#define SETTING_JSON_REAL(value, meaning) json_real(value)
#define SETTING_JSON_YUAN(value, meaning) json_real((double)(value) / 100)
#define SETTING_JSON_DATE(value, meaning) date_text(value)
#define SETTING_JSON_YESNO(value, meaning) json_string((value) ? "yes" : "no")
#define SETTING_JSON_CHOICE(value, choices) choice_text(choices, value)
// The choices of a setting stand in its unit column.
#define SETTING_JSON(kind, name, dflt, low, high, unit, meaning)                                   \
    json_put(made, settings, #name, SETTING_JSON_##kind(set->name, unit));

static json_t *settings_object(struct json_made *made, const struct settings *set) {
    json_t *settings = json_object();
    SETTINGS(SETTING_JSON)
    return settings;
}

// --- a setting as text

static void date_say(struct words *out, day_number day) {
    char text[11] = "";
    if (day != DATE_NONE) date_format(day, text);
    words_add_text(out, text);
}

static void choice_say(struct words *out, const char *choices, int32_t index) {
    const char *at;
    int count = choice_at(choices, index, &at);
    words_add_bytes(out, at, (size_t)count);
}

#define SETTING_SAY_TEXT(value, unit) words_add_text(out, (value) ? (value) : "")
#define SETTING_SAY_INT(value, unit) words_add(out, "%" PRId64, value)
#define SETTING_SAY_REAL(value, unit) words_add(out, "%.12g", value)
#define SETTING_SAY_YUAN(value, unit) words_add(out, "%.12g", (double)(value) / 100)
#define SETTING_SAY_DATE(value, unit) date_say(out, value)
#define SETTING_SAY_YESNO(value, unit) words_add_text(out, (value) ? "yes" : "no")
#define SETTING_SAY_CHOICE(value, choices) choice_say(out, choices, value)
#define SETTING_SAY(kind, name, dflt, low, high, unit, meaning)                                                        \
    case SETTING_##name: SETTING_SAY_##kind(set->name, unit); break;

void setting_words(const struct settings *set, enum setting_id id, struct words *out) {
    switch (id) {
        SETTINGS(SETTING_SAY)
    case SETTING_COUNT: break;
    }
}

// --- the question

void input_name(const struct input_file *file, char out[INPUT_NAME_ROOM]) {
    const char *slash = strrchr(file->path, '/');
    if (file->path[0] == '/') snprintf(out, INPUT_NAME_ROOM, "--shock/%.12s/%.255s", file->sha256, slash + 1);
    else snprintf(out, INPUT_NAME_ROOM, "%.299s", file->path);
}

static void inputs_say(const struct inputs *inputs, struct words *w) {
    for (uint32_t i = 0; inputs && i < inputs->count; i++) {
        char name[INPUT_NAME_ROOM];
        input_name(&inputs->files[i], name);
        words_add(w, "%s %s\n", inputs->files[i].sha256, name);
    }
    words_add_text(w, "--\n");
}

enum ap_status question_of(const struct manifest_facts *facts, char out[QUESTION_ROOM]) {
    struct words w = {0};
    words_add(&w, "%s %s %s\n", facts->version, facts->commit, facts->study);
    words_add(&w, "%s\n", facts->question_words ? facts->question_words : "");
    inputs_say(facts->inputs, &w);
    inputs_say(facts->other, &w);
    for (int id = 0; id < SETTING_COUNT; id++) {
        setting_words(facts->set, (enum setting_id)id, &w);
        words_add_text(&w, "\n");
    }
    enum ap_status status = words_status(&w);
    struct sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, words_text(&w), w.count);
    sha256_hex(&hash, out);
    words_free(&w);
    return status;
}

// --- the whole

static json_t *outputs_array(struct json_made *made, const struct result_file *files, uint32_t count) {
    json_t *rows = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_add(made, rows, json_pack("{s:s, s:s, s:I}", "path", files[i].path, "sha256", files[i].sha256, "bytes",
                                       (json_int_t)files[i].bytes));
    return rows;
}

static json_t *hash_text_of(uint64_t hash) {
    char text[17];
    snprintf(text, sizeof text, "%016" PRIx64, hash);
    return hash ? json_string(text) : json_null();
}

static json_t *luck_object(struct json_made *made, const struct manifest_facts *facts) {
    json_t *o = json_object();
    json_put(made, o, "generator", json_string("Philox4x32-10"));
    json_put(made, o, "keys", json_string("seed, replication, purpose, hash of the row's id, tick or day"));
    json_put(made, o, "seed", json_integer((json_int_t)facts->seed));
    json_put(made, o, "replications", json_string("luck 0, 1, 2, ..."));
    json_put(made, o, "worlds", json_string("luck 1000001, 1000002, ..."));
    return o;
}

enum ap_status manifest_to_json(const struct manifest_facts *facts, const struct result_file *files,
                                uint32_t file_count, struct words *out) {
    char question[QUESTION_ROOM];
    TRY(question_of(facts, question));
    struct json_made made = {json_object(), false};
    json_t *o = made.root;
    json_put(&made, o, "program", json_string("autopolis"));
    json_put(&made, o, "version", json_string(facts->version));
    json_put(&made, o, "commit", json_string(facts->commit));
    json_put(&made, o, "compiler", json_string(__VERSION__));
    json_put(&made, o, "study", json_string(facts->study));
    json_put(&made, o, "question", json_string(question));
    json_put(&made, o, "scenario", json_string(facts->tables->name));
    json_put(&made, o, "folder", mended(facts->tables->folder));
    json_put(&made, o, "inputs", files_array(&made, facts->inputs));
    if (facts->other) json_put(&made, o, "other_inputs", files_array(&made, facts->other));
    json_put(&made, o, "seed", json_integer((json_int_t)facts->seed));
    json_put(&made, o, "luck", luck_object(&made, facts));
    json_put(&made, o, "replications", json_integer(facts->replications));
    json_put(&made, o, "worlds", json_integer(facts->worlds));
    json_put(&made, o, "threads", json_integer(facts->threads));
    json_put(&made, o, "command", arguments_array(&made, facts));
    json_put(&made, o, "working_folder", mended(facts->folder ? facts->folder : ""));
    json_put(&made, o, "settings", settings_object(&made, facts->set));
    json_put(&made, o, "ledger", json_string("balanced"));
    json_put(&made, o, "state_hash", hash_text_of(facts->state_hash));
    json_put(&made, o, "outputs", outputs_array(&made, files, file_count));
    json_put(&made, o, "seconds", json_real((double)(int64_t)(facts->seconds * 1000 + 0.5) / 1000));
    return json_write(out, &made);
}
