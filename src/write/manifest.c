#include "write/manifest.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

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

static json_t *choice_text(const char *choices, int32_t index) {
    const char *at = choices;
    for (; index > 0 && *at; at++) index -= *at == '|';
    size_t count = 0;
    while (at[count] && at[count] != '|') count++;
    return json_stringn(at, count);
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

enum ap_status manifest_to_json(const struct study *s, const struct manifest_facts *facts, struct words *out) {
    char hash[17], model_hash[17];
    snprintf(hash, sizeof hash, "%016" PRIx64, study_hash(s));
    snprintf(model_hash, sizeof model_hash, "%016" PRIx64, s->model.hash);
    struct json_made made = {json_object(), false};
    json_t *o = made.root;
    json_put(&made, o, "program", json_string("autopolis"));
    json_put(&made, o, "version", json_string(facts->version));
    json_put(&made, o, "compiler", json_string(__VERSION__));
    json_put(&made, o, "scenario", json_string(s->tables->name));
    json_put(&made, o, "folder", mended(s->tables->folder));
    json_put(&made, o, "inputs", files_array(&made, facts->inputs));
    json_put(&made, o, "model_hash", json_string(model_hash));
    json_put(&made, o, "seed", json_integer((json_int_t)s->options.seed));
    json_put(&made, o, "replications", json_integer(s->options.replications));
    json_put(&made, o, "worlds", json_integer(s->options.worlds));
    json_put(&made, o, "threads", json_integer(s->options.threads));
    json_put(&made, o, "command", arguments_array(&made, facts));
    json_put(&made, o, "settings", settings_object(&made, &s->model.set));
    json_put(&made, o, "ledger", json_string("balanced"));
    json_put(&made, o, "state_hash", json_string(hash));
    json_put(&made, o, "seconds", json_real((double)(int64_t)(facts->seconds * 1000 + 0.5) / 1000));
    return json_write(out, &made);
}
