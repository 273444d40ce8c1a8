// autopolis selftest: runs cases whose exact results are known and compares.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "read/complaints_text.h"
#include "study/selftest.h"

#define CASES_FOLDER "scenarios/cases"
enum { CASES_MOST = 200, PATH_MOST = 400, THREADS_MOST = 64 };

struct request {
    char     folders[CASES_MOST][PATH_MOST];
    uint32_t count;
    uint32_t threads;
    bool     json;
};

static bool folder_is(const char *path) {
    DIR *open = opendir(path);
    if (open) closedir(open);
    return open != NULL;
}

// A case is a folder, or a name in scenarios/cases.
static enum ap_status case_add(struct request *r, const char *name) {
    if (r->count == CASES_MOST) {
        terminal_trouble("at most %d cases in one go", CASES_MOST);
        return AP_BAD_USE;
    }
    char *path = r->folders[r->count];
    int length = snprintf(path, PATH_MOST, CASES_FOLDER "/%s", name);
    if (length >= PATH_MOST || !folder_is(path)) length = snprintf(path, PATH_MOST, "%s", name);
    if (length >= PATH_MOST || !folder_is(path)) {
        terminal_trouble("no case \"%s\": neither a folder nor a name in " CASES_FOLDER, name);
        return AP_BAD_USE;
    }
    r->count++;
    return AP_OK;
}

static int by_text(const void *left, const void *right) {
    return strcmp(left, right);
}

static enum ap_status cases_list(struct request *r) {
    DIR *open = opendir(CASES_FOLDER);
    if (!open) {
        terminal_trouble("there is no folder " CASES_FOLDER " here; name the cases");
        return AP_BAD_USE;
    }
    enum ap_status status = AP_OK;
    for (struct dirent *entry; status == AP_OK && (entry = readdir(open));)
        if (entry->d_name[0] != '.') status = case_add(r, entry->d_name);
    closedir(open);
    qsort(r->folders, r->count, sizeof r->folders[0], by_text);
    return status;
}

static enum ap_status request_parse(int argc, char **argv, struct request *out) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            out->json = true;
        } else if (strcmp(argv[i], "--threads") == 0) {
            char *end = NULL;
            long threads = i + 1 < argc ? strtol(argv[++i], &end, 10) : 0;
            if (!end || *end || threads < 1 || threads > THREADS_MOST) {
                terminal_trouble("--threads needs a number from 1 to %d", THREADS_MOST);
                return AP_BAD_USE;
            }
            out->threads = (uint32_t)threads;
        } else if (strncmp(argv[i], "--", 2) == 0) {
            terminal_trouble("unknown option \"%s\" (autopolis selftest [CASE...] [--json] [--threads N])", argv[i]);
            return AP_BAD_USE;
        } else {
            TRY(case_add(out, argv[i]));
        }
    }
    return out->count ? AP_OK : cases_list(out);
}

static void finding_write(struct words *w, const struct finding *f) {
    char expected[32] = "-";
    if (f->expected >= 0) snprintf(expected, sizeof expected, "%.6f", f->expected);
    words_add(w, "  %-12s %-18s %14s %14.6f %10.6f  %s\n", f->measure, f->row, expected, f->found, f->error,
              verdict_name(f->verdict));
}

static void case_write(struct words *w, const struct selftest *s, double seconds) {
    words_add(w, "%s: %u replications, %.1f s, %u of %u agree\n", s->name, s->replications, seconds,
              s->count - s->failed, s->count);
    words_add(w, "  %-12s %-18s %14s %14s %10s\n", "measure", "row", "expected", "found", "SE");
    for (uint32_t i = 0; i < s->count; i++) finding_write(w, &s->findings[i]);
}

static void case_write_json(struct words *w, const struct selftest *s, double seconds) {
    words_add_text(w, "{\"case\": ");
    words_add_json(w, s->name);
    words_add(w, ", \"replications\": %u, \"seconds\": %.3f, \"findings\": [", s->replications, seconds);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct finding *f = &s->findings[i];
        words_add(w, "%s{\"measure\": \"%s\", \"row\": ", i ? ", " : "", f->measure);
        words_add_json(w, f->row);
        if (f->expected >= 0) words_add(w, ", \"expected\": %.9g", f->expected);
        else words_add_text(w, ", \"expected\": null");
        words_add(w, ", \"found\": %.9g, \"standard_error\": %.9g, \"standard_error_most\": %.9g", f->found, f->error,
                  f->error_most);
        words_add(w, ", \"verdict\": \"%s\"}", verdict_name(f->verdict));
    }
    words_add_text(w, "]}");
}

// Why a case could not be run.
static void trouble_print(const char *folder, const struct complaints *c, const struct selftest *s,
                          enum ap_status status) {
    struct words words = { 0 };
    complaints_write(&words, c);
    terminal_note(words_text(&words));
    words_free(&words);
    if (status == AP_LEDGER) terminal_trouble("%s: %s", folder, s->ledger_message);
    else if (status != AP_BAD_INPUT) terminal_trouble("%s: the machine refused memory or a thread", folder);
}

static enum ap_status case_run(const struct request *r, uint32_t i, uint32_t *agreed, uint32_t *failed) {
    struct selftest selftest;
    struct arena arena = { 0 };
    struct complaints *complaints = calloc(1, sizeof *complaints);
    if (!complaints) return AP_NO_MEMORY;
    complaints->arena = &arena;
    double started = seconds_now();
    enum ap_status status = selftest_run(r->folders[i], r->threads, complaints, &selftest);
    if (status == AP_OK) {
        struct words words = { 0 };
        double seconds = seconds_now() - started;
        if (r->json && i) words_add_text(&words, ",\n");
        if (r->json) case_write_json(&words, &selftest, seconds);
        else case_write(&words, &selftest, seconds);
        status = terminal_print_words(&words);
        *agreed += selftest.count - selftest.failed;
        *failed += selftest.failed;
    } else {
        trouble_print(r->folders[i], complaints, &selftest, status);
    }
    selftest_free(&selftest);
    arena_free(&arena);
    free(complaints);
    return status;
}

int command_selftest(int argc, char **argv) {
    struct request *request = calloc(1, sizeof *request);
    if (!request) return exit_of(AP_NO_MEMORY);
    request->threads = 2;
    uint32_t agreed = 0, failed = 0;
    enum ap_status status = request_parse(argc, argv, request);
    if (status == AP_OK && request->json) status = terminal_print("[");
    for (uint32_t i = 0; i < request->count && status == AP_OK; i++) status = case_run(request, i, &agreed, &failed);
    if (status == AP_OK) {
        struct words words = { 0 };
        if (request->json) words_add_text(&words, "]\n");
        else words_add(&words, "%u passed, %u failed\n", agreed, failed);
        status = terminal_print_words(&words);
    }
    free(request);
    return status != AP_OK ? exit_of(status) : failed ? exit_of(AP_BAD_INPUT) : 0;
}
