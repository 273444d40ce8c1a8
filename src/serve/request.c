#include "serve/request.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_MOST = 400, LIST_MOST = 100 };

static const char *const studies[] = {"run",   "stress",   "compare", "explain",
                                      "piles", "hindcast", "surge",   "capacity"};
// Options that take one value. The command itself says what is wrong with a value, in its own words.
static const char *const plain_options[] = {"from",
    "until", "seed", "replications", "worlds", "threads", "days", "start",
    "horizon", "top", "what", "only", "every", "add", "district", "goal", "until-half-width", "replications-most",
    "lang", "enterprise", "maker", "times"};
static const char *const flag_options[] = {"sensitivity", "measures", "why", "blind"};
// Columns of shocks.csv that a page may fill.
static const char *const shock_columns[] = {"shock", "from", "until", "scope", "target", "basis", "factor",
                                            "extra_hours", "name"};

static bool fail(struct request *r, const char *words, const char *what) {
    if (!r->trouble[0]) snprintf(r->trouble, sizeof r->trouble, "%.120s%.70s", words, what);
    return false;
}

static bool listed(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}
#define LISTED(name, names) listed(name, names, sizeof names / sizeof *names)

// A value as text: strings without control characters, numbers, yes and no.
static bool value_text(struct request *r, const char *name, json_t *value, char out[VALUE_MOST]) {
    if (json_is_integer(value)) {
        snprintf(out, VALUE_MOST, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return true;
    }
    if (json_is_real(value)) {
        snprintf(out, VALUE_MOST, "%.12g", json_real_value(value));
        return true;
    }
    if (json_is_boolean(value)) {
        snprintf(out, VALUE_MOST, "%s", json_is_true(value) ? "yes" : "no");
        return true;
    }
    const char *text = json_string_value(value);
    if (!text) return fail(r, "text or a number is due: ", name);
    size_t count = json_string_length(value);
    if (count >= VALUE_MOST - 100 || strlen(text) != count) return fail(r, "too long, or with NUL: ", name);
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 127) return fail(r, "control characters: ", name);
    memcpy(out, text, count + 1);
    return true;
}

static bool argument_add(struct request *r, const char *option, const char *value) {
    char text[2 * VALUE_MOST];
    if (r->count == ARGUMENTS_MOST) return fail(r, "too many options", "");
    snprintf(text, sizeof text, "--%s=%s", option, value);
    r->arguments[r->count] = text_copy(&r->arena, text, strlen(text));
    if (!r->arguments[r->count]) return fail(r, "the machine refused memory", "");
    r->count++;
    return true;
}

static bool flag_take(struct request *r, const char *option, json_t *value) {
    char text[80];
    if (!json_is_boolean(value)) return fail(r, "yes or no is due: ", option);
    if (json_is_false(value)) return true;
    snprintf(text, sizeof text, "--%s", option);
    if (r->count == ARGUMENTS_MOST) return fail(r, "too many options", "");
    r->arguments[r->count] = text_copy(&r->arena, text, strlen(text));
    return r->arguments[r->count++] || fail(r, "the machine refused memory", "");
}

static bool settings_take(struct request *r, const char *option, json_t *settings) {
    const char *name;
    json_t *value;
    if (!json_is_object(settings)) return fail(r, "an object is due: ", option);
    json_object_foreach(settings, name, value) {
        char text[VALUE_MOST], pair[2 * VALUE_MOST];
        if (strlen(name) >= 80 || strchr(name, '=')) return fail(r, "no setting has such a name: ", option);
        if (!value_text(r, name, value, text)) return false;
        snprintf(pair, sizeof pair, "%s=%s", name, text);
        if (!argument_add(r, option, pair)) return false;
    }
    return true;
}

// Ids of shocks.csv: what could name a file is refused, for the command would open it.
static bool shock_ids_take(struct request *r, json_t *ids) {
    if (!json_is_array(ids) || json_array_size(ids) > LIST_MOST) return fail(r, "shock: a list is due", "");
    for (size_t i = 0; i < json_array_size(ids); i++) {
        char text[VALUE_MOST];
        if (!value_text(r, "shock", json_array_get(ids, i), text)) return false;
        size_t count = strlen(text);
        bool file = strchr(text, '/') || (count >= 4 && strcmp(text + count - 4, ".csv") == 0);
        if (file || count == 0) return fail(r, "shock: an id is due, no file: ", text);
        if (!argument_add(r, "shock", text)) return false;
    }
    return true;
}

static bool shock_row_add(struct request *r, json_t *row, struct words *out) {
    const char *name;
    json_t *value;
    if (!json_is_object(row)) return fail(r, "shocks: rows are due", "");
    json_object_foreach(row, name, value)
        if (!LISTED(name, shock_columns)) return fail(r, "shocks: no such column: ", name);
    for (size_t i = 0; i < sizeof shock_columns / sizeof *shock_columns; i++) {
        char text[VALUE_MOST] = "";
        value = json_object_get(row, shock_columns[i]);
        if (value && !value_text(r, shock_columns[i], value, text)) return false;
        if (i) words_add_text(out, ",");
        words_add_csv(out, text);
    }
    words_add_text(out, "\n");
    return true;
}

static bool shock_rows_take(struct request *r, json_t *rows) {
    if (!json_is_array(rows) || json_array_size(rows) > LIST_MOST) return fail(r, "shocks: a list is due", "");
    if (json_array_size(rows) == 0) return true;
    struct words csv = {.arena = &r->arena};
    for (size_t i = 0; i < sizeof shock_columns / sizeof *shock_columns; i++)
        words_add(&csv, "%s%s", i ? "," : "", shock_columns[i]);
    words_add_text(&csv, "\n");
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (!shock_row_add(r, json_array_get(rows, i), &csv)) return false;
    if (words_status(&csv) != AP_OK) return fail(r, "the machine refused memory", "");
    r->shocks = words_text(&csv);
    return true;
}

static bool other_take(struct request *r, json_t *value) {
    const char *name = json_string_value(value);
    if (!name || !name_safe(name)) return fail(r, "other: a scenario's name is due", "");
    r->other = text_copy(&r->arena, name, strlen(name));
    return r->other || fail(r, "the machine refused memory", "");
}

static bool option_take(struct request *r, const char *name, json_t *value) {
    char text[VALUE_MOST];
    if (strcmp(name, "set") == 0 || strcmp(name, "both") == 0) return settings_take(r, name, value);
    if (LISTED(name, flag_options)) return flag_take(r, name, value);
    if (strcmp(name, "shock") == 0) return shock_ids_take(r, value);
    if (strcmp(name, "shocks") == 0) return shock_rows_take(r, value);
    if (strcmp(name, "other") == 0) return other_take(r, value);
    if (!LISTED(name, plain_options)) return fail(r, "no such option: ", name);
    return value_text(r, name, value, text) && argument_add(r, name, text);
}

static bool options_take(struct request *r, json_t *options) {
    const char *name;
    json_t *value;
    if (!options) return true;
    if (!json_is_object(options)) return fail(r, "options: an object is due", "");
    json_object_foreach(options, name, value)
        if (!option_take(r, name, value)) return false;
    return true;
}

static bool whole_take(struct request *r, json_t *root) {
    const char *study = json_string_value(json_object_get(root, "study"));
    const char *scenario = json_string_value(json_object_get(root, "scenario"));
    if (!study || !LISTED(study,
        studies)) return fail(r, "study: one of run, stress, compare, explain, piles is due", "");
    if (!scenario || !name_safe(scenario)) return fail(r, "scenario: a scenario's name is due", "");
    r->study = text_copy(&r->arena, study, strlen(study));
    r->scenario = text_copy(&r->arena, scenario, strlen(scenario));
    if (!r->study || !r->scenario) return fail(r, "the machine refused memory", "");
    return options_take(r, json_object_get(root, "options"));
}

static enum ap_status body_read(const char *body, size_t count, struct request *out, bool whole) {
    json_error_t error;
    memset(out, 0, sizeof *out);
    json_t *root = json_loadb(body, count, JSON_REJECT_DUPLICATES, &error);
    bool taken = json_is_object(root);
    if (!taken) fail(out, "the body is no JSON object: ", root ? "" : error.text);
    else taken = whole ? whole_take(out, root) : options_take(out, json_object_get(root, "options"));
    json_decref(root);
    return taken ? AP_OK : AP_BAD_INPUT;
}

enum ap_status request_read(const char *body, size_t count, struct request *out) {
    return body_read(body, count, out, true);
}

enum ap_status request_read_options(const char *body, size_t count, struct request *out) {
    return body_read(body, count, out, false);
}

void request_free(struct request *r) {
    arena_free(&r->arena);
    memset(r, 0, sizeof *r);
}
