// autopolis reproduce: runs what a manifest tells again and compares every byte; says first which input differs.
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "read/manifest_file.h"
#include "write/results_differ.h"

enum { ARGUMENTS_MOST = 1000 };

struct again {
    const struct options *o;
    struct manifest_file manifest;
    char scenario[PATH_ROOM];        // where it lies now
    char result[PATH_ROOM];          // of the new run
    char place[PATH_ROOM];           // the folder that holds it, ours to remove
    struct words said;
};

// --- the inputs

// A path as the manifest names it: inside the scenario's folder, or as it was given (--shock FILE).
static bool input_find(const struct again *a, const struct manifest_entry *e, char hash[65]) {
    char path[PATH_ROOM];
    bool fits = (size_t)snprintf(path, sizeof path, "%s/%s", a->scenario, e->path) < sizeof path;
    if (fits && file_sha256(path, hash)) return true;
    if (file_sha256(e->path, hash)) return true;
    fits = (size_t)snprintf(path, sizeof path, "%s/%s", a->manifest.working_folder, e->path) < sizeof path;
    return fits && file_sha256(path, hash);
}

static bool inputs_same(struct again *a) {
    uint32_t differ = 0;
    for (uint32_t i = 0; i < a->manifest.input_count; i++) {
        const struct manifest_entry *e = &a->manifest.inputs[i];
        char hash[65];
        if (!input_find(a, e, hash)) words_add(&a->said, "input %s: it is gone\n", e->path);
        else if (strcmp(hash, e->sha256) != 0)
            words_add(&a->said, "input %s: it differs (SHA-256 was %.16s..., is %.16s...)\n", e->path, e->sha256, hash);
        else continue;
        differ++;
    }
    if (differ) words_add(&a->said,
        "%u of %u inputs differ: not run\n", (unsigned)differ, (unsigned)a->manifest.input_count);
    return differ == 0;
}

// Where the scenario was named from: as it stands, else from the working folder of then.
static enum ap_status scenario_find(struct again *a) {
    const struct manifest_file *m = &a->manifest;
    const char *given = a->o->elsewhere ? a->o->elsewhere : m->folder;
    int count = snprintf(a->scenario, sizeof a->scenario, "%s", given);
    if (!a->o->elsewhere && access(a->scenario, F_OK) != 0 && given[0] != '/')
        count = snprintf(a->scenario, sizeof a->scenario, "%s/%s", m->working_folder, given);
    if (count < (int)sizeof a->scenario && access(a->scenario, F_OK) == 0) return AP_OK;
    terminal_trouble("the scenario is not at %s: autopolis reproduce MANIFEST SCENARIO says where it is", a->scenario);
    return AP_BAD_INPUT;
}

// --- the run

// Options that do not decide the answer, or tell where it goes.
static bool option_drops(const char *word, bool *with_value) {
    static const char *const flags[] = {"--fresh", "--quiet", "--json", "--tables"};
    static const char *const values[] = {"--out", "--store", "--trace", "--threads", "--lang"};
    *with_value = false;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(word, flags[i]) == 0) return true;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        size_t length = strlen(values[i]);
        if (strncmp(word, values[i], length) != 0 || (word[length] && word[length] != '=')) continue;
        *with_value = word[length] == 0;
        return true;
    }
    return false;
}

static int arguments_make(const struct again *a, const char **argv) {
    const struct manifest_file *m = &a->manifest;
    int argc = 0;
    bool skip = false, named = false;
    argv[argc++] = "autopolis";
    for (uint32_t i = 0; i < m->command_count && argc < ARGUMENTS_MOST; i++) {
        bool with_value = false;
        if (skip || option_drops(m->command[i], &with_value)) {
            skip = with_value;
            continue;
        }
        bool scenario = !named && i > 0 && strcmp(m->command[i], m->folder) == 0;
        named |= scenario;
        argv[argc++] = scenario ? a->scenario : m->command[i];
    }
    argv[argc++] = "--out";
    argv[argc++] = a->result;
    argv[argc++] = "--quiet";
    for (uint32_t i = 0; i < m->output_count; i++) {
        if (strncmp(m->outputs[i].path, "tables/", 7) != 0) continue;
        argv[argc++] = "--tables";
        break;
    }
    argv[argc] = NULL;
    return argc;
}

// In the child: never returns.
static void program_become(const struct again *a) {
    const char *argv[ARGUMENTS_MOST + 8];
    arguments_make(a, argv);
    interrupts_release();
    execv("/proc/self/exe", (char **)(void *)argv);
    _exit(3);
}

static enum ap_status program_run(const struct again *a) {
    pid_t child = fork();
    if (child == 0) program_become(a);
    if (child < 0) {
        terminal_trouble("no process: %s", strerror(errno));
        return AP_REFUSED;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return AP_OK;
    if (interrupt_wished() || (WIFEXITED(status) && WEXITSTATUS(status) == 130)) return AP_INTERRUPTED;
    terminal_trouble("the run of then does not work now: its words stand above");
    return AP_REFUSED;
}

// --- the comparison

static const struct manifest_entry *entry_find(const struct manifest_file *m, const char *path) {
    for (uint32_t i = 0; i < m->output_count; i++)
        if (strcmp(m->outputs[i].path, path) == 0) return &m->outputs[i];
    return NULL;
}

static void database_differ(struct again *a) {
    char before[PATH_ROOM], now[PATH_ROOM + 20];
    snprintf(before, sizeof before, "%s", a->o->place);
    char *slash = strrchr(before, '/');
    if (slash) slash[1] = 0;
    else before[0] = 0;
    if (strlen(before) > PATH_ROOM - 20) return;
    strcat(before, "results.sqlite");
    snprintf(now, sizeof now, "%s/results.sqlite", a->result);
    if (access(before, R_OK) != 0 || results_differ(before, now, &a->said) != AP_OK)
        words_add_text(&a->said,
            "  (the database of then is not beside the manifest: its tables cannot be compared)\n");
}

static uint32_t outputs_compare(struct again *a, const struct manifest_file *now) {
    const struct manifest_file *then = &a->manifest;
    uint32_t differ = 0;
    for (uint32_t i = 0; i < then->output_count; i++) {
        const struct manifest_entry *was = &then->outputs[i], *is = entry_find(now, was->path);
        bool same = is && strcmp(is->sha256, was->sha256) == 0;
        differ += !same;
        if (!same) words_add(&a->said, "%s: %s\n", was->path, is ? "it differs" : "it is not written now");
        if (!same && is && strcmp(was->path, "results.sqlite") == 0) database_differ(a);
    }
    return differ;
}

static enum ap_status results_compare(struct again *a) {
    char path[PATH_ROOM + 20], trouble[200];
    struct manifest_file now;
    snprintf(path, sizeof path, "%s/manifest.json", a->result);
    enum ap_status status = manifest_file_read(path, &now, trouble);
    if (status != AP_OK) {
        terminal_trouble("%s: %s", path, trouble);
        manifest_file_free(&now);
        return AP_REFUSED;
    }
    bool other = strcmp(now.version, a->manifest.version) != 0 || strcmp(now.commit, a->manifest.commit) != 0;
    uint32_t differ = outputs_compare(a, &now);
    if (!differ) words_add(&a->said, "identical: %u files, byte by byte\n", (unsigned)a->manifest.output_count);
    if (other) words_add(&a->said, "then: autopolis %s, commit %s; now: %s, commit %s\n", a->manifest.version,
                         a->manifest.commit, now.version, now.commit);
    manifest_file_free(&now);
    return differ ? AP_BAD_INPUT : AP_OK;
}

static enum ap_status again_run(struct again *a) {
    const char *temporary = getenv("TMPDIR");
    snprintf(a->place, sizeof a->place, "%.2000s/autopolis-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(a->place)) {
        terminal_trouble("%s: %s", a->place, strerror(errno));
        return AP_REFUSED;
    }
    snprintf(a->result, sizeof a->result, "%.4000s/again", a->place);
    interrupts_hold();
    enum ap_status status = program_run(a);
    if (status == AP_OK) status = results_compare(a);
    publish_remove(a->result);
    publish_remove(a->place);
    interrupts_release();
    return status;
}

int command_reproduce(int argc, char **argv) {
    struct options options;
    struct again a = {.o = &options};
    char trouble[200];
    enum ap_status status = options_parse(argc, argv, FOR_REPRODUCE, &options);
    if (status != AP_OK) return exit_of(status);
    status = manifest_file_read(options.place, &a.manifest, trouble);
    if (status != AP_OK) terminal_trouble("%s: %s", options.place, *trouble ? trouble : "the machine refused memory");
    if (status == AP_OK) status = scenario_find(&a);
    if (status == AP_OK) status = inputs_same(&a) ? again_run(&a) : AP_BAD_INPUT;
    if (a.said.count) {
        enum ap_status printed = terminal_print_words(&a.said);
        if (status == AP_OK) status = printed;
    }
    words_free(&a.said);
    manifest_file_free(&a.manifest);
    options_free(&options);
    return exit_of(status);
}
