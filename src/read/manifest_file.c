#include "read/manifest_file.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { ENTRIES_MOST = 100000 };      // of one list: more is no manifest of ours

struct reading {
    struct manifest_file *out;
    char *trouble;
    bool  refused;                   // memory
};

static const char *text_take(struct reading *r, json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    if (!text) {
        if (!r->trouble[0]) snprintf(r->trouble, 200, "no manifest of a result: \"%s\" is missing", key);
        return "";
    }
    const char *copy = text_copy(&r->out->arena, text, strlen(text));
    r->refused |= !copy;
    return copy ? copy : "";
}

static uint32_t list_size(struct reading *r, json_t *list, const char *key) {
    if (json_is_array(list) && json_array_size(list) <= ENTRIES_MOST) return (uint32_t)json_array_size(list);
    if (!r->trouble[0]) snprintf(r->trouble, 200, "no manifest of a result: \"%s\" is no list", key);
    return 0;
}

static struct manifest_entry *entries_take(struct reading *r, json_t *root, const char *key, uint32_t *count) {
    json_t *list = json_object_get(root, key);
    *count = list_size(r, list, key);
    struct manifest_entry *rows = TAKE(&r->out->arena, *count + 1, struct manifest_entry);
    r->refused |= !rows;
    for (uint32_t i = 0; rows && i < *count; i++) {
        json_t *entry = json_array_get(list, i);
        rows[i] = (struct manifest_entry){text_take(r, entry, "path"), text_take(r, entry, "sha256")};
    }
    return rows;
}

static void command_take(struct reading *r, json_t *root) {
    json_t *list = json_object_get(root, "command");
    uint32_t count = list_size(r, list, "command");
    r->out->command = TAKE(&r->out->arena, count + 1, const char *);
    r->refused |= !r->out->command;
    for (uint32_t i = 0; r->out->command && i < count; i++) {
        const char *word = json_string_value(json_array_get(list, i));
        r->out->command[i] = word ? text_copy(&r->out->arena, word, strlen(word)) : "";
        r->refused |= !r->out->command[i];
    }
    r->out->command_count = count;
}

static enum ap_status manifest_take(struct reading *r, json_t *root) {
    struct manifest_file *out = r->out;
    out->version = text_take(r, root, "version");
    out->commit = text_take(r, root, "commit");
    out->study = text_take(r, root, "study");
    out->scenario = text_take(r, root, "scenario");
    out->folder = text_take(r, root, "folder");
    out->working_folder = text_take(r, root, "working_folder");
    command_take(r, root);
    out->inputs = entries_take(r, root, "inputs", &out->input_count);
    out->outputs = entries_take(r, root, "outputs", &out->output_count);
    if (r->refused) return AP_NO_MEMORY;
    return r->trouble[0] ? AP_BAD_INPUT : AP_OK;
}

enum ap_status manifest_file_read(const char *path, struct manifest_file *out, char trouble[200]) {
    json_error_t error;
    memset(out, 0, sizeof *out);
    trouble[0] = 0;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        snprintf(trouble, 200, "%.180s", error.text);
        return AP_BAD_INPUT;
    }
    struct reading reading = {out, trouble, false};
    enum ap_status status = manifest_take(&reading, root);
    json_decref(root);
    return status;
}

void manifest_file_free(struct manifest_file *m) {
    arena_free(&m->arena);
    memset(m, 0, sizeof *m);
}

bool file_sha256(const char *path, char out[65]) {
    char bytes[16384];
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    struct sha256 hash;
    sha256_start(&hash);
    size_t got = fread(bytes, 1, sizeof bytes, file);
    for (; got > 0; got = fread(bytes, 1, sizeof bytes, file)) sha256_add(&hash, bytes, got);
    bool read = !ferror(file);
    fclose(file);
    sha256_hex(&hash, out);
    return read;
}
