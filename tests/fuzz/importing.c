#include "fuzz/importing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/place.h"
#include "read/read.h"

enum { DAYS_BUILT = 4000 };            // a model has rows for each of its days: longer ones are read, not built

static const char districts[] = "district,name,lat,lon\nCHONGQING,Chongqing,29.56,106.55\nUTRECHT,Utrecht,52.1,5.1\n";

static const char *const columns[ROLE_COUNT] = {"--session ", "--site ", "--pile ", "--user ", "--arrive ", "--leave ",
                                                "--kwh "};

static bool value_after(const char *line, const char *name, const char **out) {
    size_t count = strlen(name);
    if (strncmp(line, name, count) != 0 || !line[count]) return false;
    *out = line + count;
    return true;
}

static void option_take(struct import_options *o, const char *line) {
    const char *value;
    for (int role = 0; role < ROLE_COUNT; role++)
        if (value_after(line, columns[role], &value)) o->columns[role] = value;
    if (value_after(line, "--utc-offset ", &value)) o->utc_offset = value;
    if (value_after(line, "--region ", &value)) o->region = value;
    if (value_after(line, "--kw ", &value)) o->least_kw = strspn(value, "0123456789") < 5 ? atoi(value) : 0;
    if (strcmp(line, "--skip-refused") == 0) o->skip_refused = true;
    if (strcmp(line, "--districts") == 0) o->districts = "";
}

// Takes the lines of options off the text; where the document begins.
static char *options_take(struct import_options *o, char *text) {
    while (strncmp(text, "--", 2) == 0) {
        char *end = strchr(text, '\n');
        if (!end) return text;
        *end = '\0';
        option_take(o, text);
        text = end + 1;
    }
    return strncmp(text, "@\n", 2) == 0 ? text + 2 : text;
}

static void complaints_hold(const struct complaints *c) {
    struct words text = {0}, json = {0};
    complaints_write(&text, c);
    complaints_write_json(&json, c);
    ASSERT(text_is_utf8(words_text(&text), text.count));
    ASSERT(text_is_utf8(words_text(&json), json.count));
    words_free(&text);
    words_free(&json);
}

static void complaints_begin(struct complaints **c, struct arena *a) {
    *c = TAKE(a, 1, struct complaints);
    ASSERT(*c != NULL);
    (*c)->arena = a;
}

static void folder_remove(const struct import *i, const char *folder) {
    char path[200];
    for (uint32_t n = 0; n < i->file_count; n++) {
        snprintf(path, sizeof path, "%.100s/%.80s", folder, i->files[n].name);
        ASSERT(unlink(path) == 0);
    }
    ASSERT(rmdir(folder) == 0);
}

// The folder is a scenario.
static void folder_hold(const char *folder) {
    struct arena arena = {0};
    struct complaints *c;
    struct tables tables;
    struct inputs inputs;
    struct model model = {0};
    struct read_options options = {0};
    complaints_begin(&c, &arena);
    enum ap_status status = scenario_read(folder, &options, c, &tables, &inputs);
    bool built = status == AP_OK && tables.settings.until - tables.settings.from < DAYS_BUILT;
    if (built) status = model_build(&tables, 1, 0, c, &model);
    if (c->count) {
        struct words words = {0};
        complaints_write(&words, c);
        fputs(words_text(&words), stderr);
        words_free(&words);
    }
    ASSERT(status == AP_OK && c->count == 0);
    if (built) model_free(&model);
    tables_free(&tables);
    arena_free(&arena);
}

static void written_hold(const struct import *i, struct complaints *c) {
    char folder[120];
    uint64_t before = c->count;
    snprintf(folder, sizeof folder, "%.100s/made", place_folder());
    ASSERT(import_write(i, folder, c) == AP_OK && c->count == before);
    folder_hold(folder);
    folder_remove(i, folder);
}

void import_hold(import_reader *reader, const uint8_t *bytes, size_t count) {
    struct import_options o = {0};
    struct import i = {0};
    struct arena arena = {0};
    struct complaints *c;
    char *text = malloc(count + 1), path[200];
    ASSERT(text != NULL);
    memcpy(text, bytes, count);
    text[count] = '\0';
    char *document = options_take(&o, text);
    if (o.districts) {
        snprintf(path, sizeof path, "%.190s", place_file("places.csv", districts, sizeof districts - 1));
        o.districts = path;
    }
    FILE *stream = fopen(place_file("document", document, count - (size_t)(document - text)), "rb");
    ASSERT(stream != NULL);
    complaints_begin(&c, &arena);
    enum ap_status status = reader(stream, "document", &o, c, &i);
    ASSERT(status == AP_OK || status == AP_BAD_INPUT);
    ASSERT(status == AP_OK ? o.skip_refused || c->count == 0 : c->count > 0);
    ASSERT(text_is_utf8(words_text(&i.report), i.report.count));
    complaints_hold(c);
    if (status == AP_OK) written_hold(&i, c);
    import_free(&i);
    arena_free(&arena);
    fclose(stream);
    free(text);
}
