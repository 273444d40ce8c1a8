#include "cli/keeping.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commit.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/version.h"

// What a changed working tree was built to: its commit says too little.
static void program_hash(char out[9]) {
    char bytes[16384], hex[65];
    FILE *file = fopen("/proc/self/exe", "rb");
    struct sha256 hash;
    sha256_start(&hash);
    for (size_t got = 0; file && (got = fread(bytes, 1, sizeof bytes, file)) > 0;) sha256_add(&hash, bytes, got);
    if (file) fclose(file);
    sha256_hex(&hash, hex);
    memcpy(out, hex, 8);
    out[8] = 0;
}

static void commit_fill(struct keeping *k) {
    static const char commit[] = AUTOPOLIS_COMMIT;
    bool clean = !strstr(commit, "-dirty") && strcmp(commit, "unknown") != 0;
    char hash[9] = "";
    if (!clean) program_hash(hash);
    snprintf(k->commit, sizeof k->commit, "%.80s%s%s", commit, clean ? "" : "+", hash);
}

static enum ap_status place_fill(struct keeping *k, const struct options *o, const char *scenario) {
    int count = 0;
    if (o->out) {
        count = snprintf(k->place, sizeof k->place, "%s", o->out);
    } else if (o->store) {
        if (mkdir(o->store, 0755) != 0 && errno != EEXIST) {
            terminal_trouble("--store %s: %s", o->store, strerror(errno));
            return AP_REFUSED;
        }
        count = snprintf(k->place, sizeof k->place, "%s/%.60s-%.16s", o->store, scenario, k->question);
    }
    if (count < (int)sizeof k->place - 64) {
        const char *name = strrchr(k->place, '/');
        if (o->store) progress_tell("place", name ? name + 1 : k->place);
        return AP_OK;
    }
    terminal_trouble("the result's path is too long");
    return AP_BAD_USE;
}

void keeping_question(const struct options *o, struct words *out) {
    for (uint32_t i = 0; i < o->shock_count; i++) {
        size_t count = strlen(o->shocks[i]);
        bool file = strchr(o->shocks[i], '/') || (count > 4 && strcmp(o->shocks[i] + count - 4, ".csv") == 0);
        if (!file) words_add(out, "--shock %s ", o->shocks[i]);      // a file is known by its content
    }
    if (o->half_width > 0) words_add(out, "--until-half-width %.17g most %u", o->half_width, o->replications_most);
}

enum ap_status keeping_plan(struct keeping *k, const struct options *o, int argc, char **argv,
                            struct manifest_facts *facts) {
    memset(k, 0, sizeof *k);
    facts->arguments = (const char *const *)argv;
    facts->argument_count = argc;
    facts->version = AUTOPOLIS_VERSION;
    facts->commit = k->commit;
    if (!o->out && !o->store) return AP_OK;
    commit_fill(k);
    if (!getcwd(k->folder_text, sizeof k->folder_text)) k->folder_text[0] = 0;
    facts->folder = k->folder_text;
    enum ap_status status = question_of(facts, k->question);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    return status == AP_OK ? place_fill(k, o, facts->tables->name) : status;
}

enum ap_status keeping_answer(const struct keeping *k, const struct options *o) {
    if (!k->place[0] || o->fresh || o->trace) return AP_BAD_USE;
    struct printed asked = {o->json ? "json" : "text", o->language == LANGUAGE_ZH && !o->json ? "zh" : "en", NULL};
    struct words words = {0};
    enum ap_status status = results_answer(k->place, k->question, asked, &words);
    if (status == AP_OK && o->quiet) {
        words_free(&words);
        return AP_OK;
    }
    if (status == AP_OK) {
        status = terminal_print_words(&words);
        terminal_trouble("answered from %s (--fresh runs it again)", k->place);
    }
    words_free(&words);
    return status;
}

enum ap_status keeping_begin(struct keeping *k, const struct options *o) {
    if (!k->place[0]) return AP_OK;
    k->begun = true;
    enum ap_status status = results_begin(&k->folder, k->place);
    k->folder.csv = o->tables;
    if (status == AP_OK) return status;
    terminal_trouble("%s", k->folder.trouble[0] ? k->folder.trouble : "the machine refused memory");
    results_abandon(&k->folder);
    k->begun = false;
    return status;
}

void keeping_print(struct keeping *k, const char *form, const char *language, const char *text) {
    if (!k->begun) return;
    ASSERT(k->folder.printed_count < PRINTED_MOST);
    k->folder.printed[k->folder.printed_count++] = (struct printed){form, language, text};
}

enum ap_status keeping_end(struct keeping *k, enum ap_status study, const struct manifest_facts *facts,
                           const struct result_part *parts, int count) {
    if (!k->begun) return study;
    enum ap_status status = study == AP_OK ? results_end(&k->folder, facts, parts, count) : study;
    if (study == AP_OK && status != AP_OK)
        terminal_trouble("%s", k->folder.trouble[0] ? k->folder.trouble : "the machine refused memory");
    results_abandon(&k->folder);
    k->begun = false;
    return status;
}
