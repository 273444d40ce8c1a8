// Files of a scenario, settings and options, read, built and run for some days. An input is a text: lines
// `--set NAME=VALUE` and `--shock NAME`, then files, each behind a line `@name.csv`; they take the place of the small
// region's, or are added to it. `@name.csv` alone removes that file.
// Properties: AP_OK goes without a complaint and nothing else does; what was read can be built or is complained about;
// the ledgers of what was built balance; complaints and the manifest's names are UTF-8.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/place.h"
#include "fuzz/target.h"
#include "read/read.h"
#include "tick/tick.h"

enum { OPTIONS_MOST = 8, DAYS_RUN = 3, STOCKS_MOST_RUN = 2000 };

struct input {
    char *text;
    struct setting_override overrides[OPTIONS_MOST];
    const char *shocks[OPTIONS_MOST];
    struct read_options options;
};

// Cuts the line at *at off the text and moves behind it; NULL at the end.
static char *line_take(char **at) {
    char *line = *at;
    if (!*line) return NULL;
    char *end = strchr(line, '\n');
    *at = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    return line;
}

static void option_take(struct input *in, char *line) {
    struct read_options *o = &in->options;
    char *equals = strchr(line, '=');
    if (strncmp(line, "--shock ", 8) == 0 && o->shock_count < OPTIONS_MOST) {
        in->shocks[o->shock_count++] = line + 8;
    } else if (strncmp(line, "--set ", 6) == 0 && equals && o->override_count < OPTIONS_MOST) {
        *equals = '\0';
        in->overrides[o->override_count++] = (struct setting_override){line + 6, equals + 1};
    }
}

// A plain name, or one folder and a plain name.
static bool name_good(const char *name) {
    size_t letters = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789/.-");
    const char *slash = strchr(name, '/');
    return *name && letters == strlen(name) && letters < 60 && name[0] != '.' && name[0] != '/' &&
           (!slash || (!strchr(slash + 1, '/') && slash[1] != '.' && slash[1]));
}

static void file_take(const char *name, const char *text, size_t count) {
    const char *path = place_file(name, text, count);
    if (count == 0) unlink(path);
}

// A name may be a file's and a folder's in one input; then the second does not fit.
static bool names_clash(char names[][64], int count, const char *name) {
    size_t folder = strcspn(name, "/");
    for (int i = 0; i < count; i++) {
        size_t other = strcspn(names[i], "/");
        if (folder == other && strncmp(names[i], name, folder) == 0 && names[i][other] != name[folder]) return true;
    }
    return false;
}

static void input_take(struct input *in, char *text) {
    char names[16][64], *at = text;
    int count = 0;
    in->options.overrides = in->overrides;
    in->options.shocks = in->shocks;
    while (*at && *at != '@') option_take(in, line_take(&at));
    while (*at == '@' && count < 16) {
        char *name = line_take(&at) + 1;
        char *next = *at == '@' ? at - 1 : strstr(at, "\n@");
        size_t length = next ? (size_t)(next + 1 - at) : strlen(at);
        if (name_good(name) && !names_clash(names, count, name)) {
            snprintf(names[count++], sizeof names[0], "%s", name);
            file_take(name, at, length);
        }
        at += length;
    }
}

static void days_run(const struct model *m) {
    struct run r;
    if (m->days > 4000) return;
    ASSERT(run_make(m, luck_of(1, 0), &r) == AP_OK);
    for (int32_t day = 0; day < m->days && day < DAYS_RUN; day++) {
        enum ap_status status = run_day(&r, day);
        if (status != AP_OK) fprintf(stderr, "%s\n", r.ledger.message);
        ASSERT(status == AP_OK);
    }
    run_free(&r);
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

static void world_hold(const struct tables *t, uint32_t world, struct complaints *c) {
    struct model model = {0};
    enum ap_status status = model_build(t, (uint64_t)t->settings.seed, world, c, &model);
    ASSERT(status == AP_OK || (status == AP_BAD_INPUT && c->count > 0));
    if (status != AP_OK) return;
    if (model.n.stock < STOCKS_MOST_RUN) days_run(&model);
    model_free(&model);
}

// Whoever asks for the period of a row gets it: nothing is left out without a word.
static void periods_hold(const struct tables *t) {
    struct period p;
    for (uint32_t i = 1; i <= t->reported_count; i++) ASSERT(period_parse(t->reported[i].period, &p));
    for (uint32_t i = 1; i <= t->claims_count; i++)
        ASSERT(period_parse_claim(t->claims[i].year, t->claims[i].period, &p));
}

static void scenario_hold(const struct read_options *o) {
    struct arena words = {0};
    struct complaints *c = TAKE(&words, 1, struct complaints);
    ASSERT(c != NULL);
    c->arena = &words;
    struct tables tables;
    struct inputs inputs;
    enum ap_status status = scenario_read(place_folder(), o, c, &tables, &inputs);
    ASSERT(status == AP_OK || status == AP_BAD_INPUT || status == AP_REFUSED);
    ASSERT((status == AP_OK) == (c->count == 0));
    if (status == AP_OK) {
        periods_hold(&tables);
        world_hold(&tables, 0, c);
        if (c->count == 0) world_hold(&tables, 1, c);
    }
    complaints_hold(c);
    tables_free(&tables);
    arena_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct input in = {0};
    char *text = malloc(count + 1);
    ASSERT(text != NULL);
    memcpy(text, bytes, count);
    text[count] = '\0';
    place_small_region();
    input_take(&in, text);
    scenario_hold(&in.options);
    free(text);
    return 0;
}
