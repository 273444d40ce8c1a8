// Every refusal at every place: a small command is run again and again, and the n-th time that it asks for memory (or
// for the disk) the answer is no, for n = 1, 2, ... until it comes through without being refused.
// Each time it must end by itself, with status 3 and words about it, or with the very bytes of the undisturbed run;
// what it was to write stands there whole or not at all, what stood there before stays or is replaced, and nothing else
// is left behind. Speaks TAP.
//
//     torture PLACE [N/M]     an absolute path that is made and removed; behind the N-th refusal every M-th
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "read/read.h"
#include "torture/refuse.h"

enum { WORDS_MOST = 24, TEXT_MOST = 1 << 20, ROUNDS_MOST = 200000, SECONDS_MOST = 60, SIGNALLED = 1000 };

int program_main(int argc, char **argv);     // src/cli/main.c under another name

struct command {
    const char *name;
    const char *words[WORDS_MOST];
    const char *folder, *file;                // what it writes, in the place; NULL: nothing
    bool        earlier;                      // a result stands there already
};

struct outcome {
    int    status;                            // SIGNALLED + the signal
    size_t said, printed;                     // bytes on standard error and output
    char  *text;                              // what was printed
};

struct torture {
    long all, step;
    int  tests, failed;
};

static const struct command commands[] = {
    {"new", {"new", "fresh"}, "fresh", NULL, false},
    {"check", {"check", "region", "--from", "2023-03-01", "--until", "2023-03-02"}, NULL, NULL, false},
    {"check that complains", {"check", "wrong", "--json"}, NULL, NULL, false},
    {"audit", {"audit", "region", "--json"}, NULL, NULL, false},
    {"describe", {"describe", "--datapackage"}, NULL, NULL, false},
    {"capacity", {"capacity", "region", "--set", "warm_up_days=2"}, NULL, NULL, false},
    {"plan of piles",
     {"piles", "region", "--from", "2023-03-01", "--until", "2023-03-01", "--set", "warm_up_days=2", "--add", "2",
      "--threads", "1"},
     NULL, NULL, false},
    {"explanation",
     {"explain", "region", "--until", "2023-01-20", "--set", "warm_up_days=2", "--enterprise", "PACKS", "--from",
      "2023-01-02", "--days", "4", "--csv", "events.csv"},
     NULL, "events.csv", false},
    {"explanation as one object",
     {"explain", "region", "--until", "2023-01-20", "--set", "warm_up_days=2", "--enterprise", "PACKS", "--from",
      "2023-01-02", "--days", "4", "--json"},
     NULL, NULL, false},
    {"stress test with a result",
     {"stress", "region", "--only", "ENGINES,NORTH,power: Riverbend", "--days", "ttr,3", "--start", "2023-03-02",
      "--horizon", "12", "--set", "warm_up_days=2", "--threads", "2", "--out", "result", "--quiet"},
     "result", NULL, false},
    {"stress test with measures and causes",
     {"stress", "region", "--only", "ENGINES,NORTH,PACKS", "--days", "3", "--start", "2023-03-02", "--horizon", "8",
      "--set", "warm_up_days=2", "--threads", "1", "--measures", "--why", "--json"},
     NULL, NULL, false},
    {"run with a result and a trace",
     {"run", "region", "--from", "2023-03-01", "--until", "2023-03-02", "--set", "warm_up_days=2", "--replications",
      "2", "--worlds", "1", "--threads", "2", "--out", "result", "--trace", "trace.csv", "--quiet"},
     "result", "trace.csv", false},
    {"run with one object",
     {"run", "region", "--from", "2023-03-01", "--until", "2023-03-01", "--set", "warm_up_days=2", "--replications",
      "1", "--threads", "1", "--json"},
     NULL, NULL, false},
    {"run over an earlier result",
     {"run", "region", "--from", "2023-03-01", "--until", "2023-03-01", "--set", "warm_up_days=2", "--replications",
      "1", "--threads", "1", "--out", "result", "--quiet", "--fresh"},
     "result", NULL, true},
    {"comparison with a result",
     {"compare", "region", "--from", "2023-03-01", "--until", "2023-03-02", "--worlds", "1", "--replications", "2",
      "--both", "warm_up_days=2", "--set", "flex_up=0.3", "--threads", "2", "--out", "result"},
     "result", NULL, false},
    {"hindcast",
     {"hindcast", "region", "--shock", "power-cut", "--set", "from=2023-08-10", "--set", "until=2023-08-16", "--set",
      "warm_up_days=2", "--replications", "1", "--worlds", "1", "--threads", "2"},
     NULL, NULL, false},
    {"surge",
     {"surge", "region", "--maker", "Bend Electric", "--from", "2023-03-05", "--days", "2", "--set",
      "from=2023-03-03", "--set", "warm_up_days=2", "--threads", "2", "--json"},
     NULL, NULL, false},
    {"run with a bulletin",
     {"run", "region", "--from", "2023-03-01", "--until", "2023-03-31", "--set", "warm_up_days=2", "--replications",
      "1", "--threads", "1"},
     NULL, NULL, false},
};

static void text_read(const char *path, char **text, size_t *count) {
    FILE *file = fopen(path, "rb");
    ASSERT(file != NULL);
    char *bytes = malloc(TEXT_MOST + 1);
    ASSERT(bytes != NULL);
    *count = fread(bytes, 1, TEXT_MOST, file);
    bytes[*count] = '\0';
    fclose(file);
    if (text) *text = bytes;
    else free(bytes);
}

static void child_run(const struct command *c, struct refusal order) {
    char *argv[WORDS_MOST + 2] = {0};
    static char name[] = "autopolis";
    int argc = 0;
    argv[argc++] = name;
    for (int i = 0; i < WORDS_MOST && c->words[i]; i++) {
        argv[argc++] = strdup(c->words[i]);
    }
    int out = open("out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int err = open("err.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    alarm(SECONDS_MOST);
    refusal = order;
    int status = program_main(argc, argv);
    bool happened = refusal.happened;
    refusal.kind = REFUSE_NOTHING;
    for (int i = 1; i < argc; i++) free(argv[i]);
    FILE *told = fopen("happened.txt", "wb");
    if (told) fprintf(told, "%d %ld\n", happened, refusal.asked);
    if (told) fclose(told);
    exit(status);                             // by exit, so that a leak is seen by the sanitizer
}

static bool entry_counts(const char *name) {
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

// A file, or a folder with what is in it.
static void entry_remove(const char *path) {
    if (unlink(path) == 0 || errno == ENOENT) return;
    DIR *stream = opendir(path);
    ASSERT(stream != NULL);
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        char inside[700];
        snprintf(inside, sizeof inside, "%.400s/%.250s", path, entry->d_name);
        if (entry_counts(entry->d_name)) entry_remove(inside);
    }
    closedir(stream);
    ASSERT(rmdir(path) == 0);
}

static uint32_t entry_count(const char *path) {
    uint32_t count = 0;
    DIR *stream = opendir(path);
    ASSERT(stream != NULL);
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) count += entry_counts(entry->d_name);
    closedir(stream);
    return count;
}

// One run in a fresh folder; the refusal is ordered in the child alone.
static struct outcome command_run(const struct command *c, struct refusal order) {
    struct outcome outcome = {0};
    if (c->folder && !c->earlier) entry_remove(c->folder);
    if (c->file) entry_remove(c->file);
    unlink("happened.txt");
    fflush(stdout);
    pid_t child = fork();
    ASSERT(child >= 0);
    if (child == 0) child_run(c, order);
    int status = 0;
    ASSERT(waitpid(child, &status, 0) == child);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : SIGNALLED + WTERMSIG(status);
    text_read("out.txt", &outcome.text, &outcome.printed);
    text_read("err.txt", NULL, &outcome.said);
    return outcome;
}

static bool refusal_happened(void) {
    int happened = 1;
    FILE *told = fopen("happened.txt", "rb");
    if (!told) return true;                    // it ended before it could tell
    ASSERT(fscanf(told, "%d", &happened) == 1);
    fclose(told);
    return happened != 0;
}

// Of other studies: the database can be read and names its tables.
static bool database_sound(const char *folder) {
    char path[300];
    snprintf(path, sizeof path, "%s/results.sqlite", folder);
    sqlite3 *base = NULL;
    sqlite3_stmt *asked = NULL;
    static const char question[] = "select (select count(*) from tables) > 4 and "
                                   "(select * from pragma_quick_check) = 'ok'";
    bool sound = sqlite3_open_v2(path, &base, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(base, question, -1, &asked, NULL) == SQLITE_OK &&
                 sqlite3_step(asked) == SQLITE_ROW && sqlite3_column_int(asked, 0) == 1;
    sqlite3_finalize(asked);
    sqlite3_close(base);
    return sound;
}

// A whole result: the manifest is an object, the database holds its tables.
static bool result_whole(const char *folder, bool comparison) {
    char path[300];
    snprintf(path, sizeof path, "%s/manifest.json", folder);
    json_t *manifest = json_load_file(path, 0, NULL);
    bool whole = json_is_object(manifest) && json_object_get(manifest, "state_hash");
    json_decref(manifest);
    snprintf(path, sizeof path, "%s/results.sqlite", folder);
    sqlite3 *base = NULL;
    sqlite3_stmt *asked = NULL;
    static const char compared[] = "select (select count(*) from compare) > 0 and "
                                   "(select count(*) from compare_inputs) > 0 and "
                                   "(select * from pragma_quick_check) = 'ok'";
    static const char question[] = "select (select count(*) from sqlite_master) >= 8 and "
                                   "(select count(*) from indicators) > 0 and "
                                   "(select * from pragma_quick_check) = 'ok'";
    whole = whole && sqlite3_open_v2(path, &base, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(base, comparison ? compared : question, -1, &asked, NULL) == SQLITE_OK &&
            sqlite3_step(asked) == SQLITE_ROW &&
            sqlite3_column_int(asked, 0) == 1;
    sqlite3_finalize(asked);
    sqlite3_close(base);
    return whole;
}

// Removes what neither this program put there nor the command was to write; true when there was nothing.
static bool place_clean(const struct command *c) {
    static const char *const ours[] = {"out.txt", "err.txt", "happened.txt", "wrong", "region"};
    uint32_t known = 0;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) known += access(ours[i], F_OK) == 0;
    known += c->folder && access(c->folder, F_OK) == 0;
    known += c->file && access(c->file, F_OK) == 0;
    return entry_count(".") == known;
}

static const char *outcome_fault(const struct command *c, const struct outcome *o, const struct outcome *good) {
    bool same = o->status == good->status && o->printed == good->printed && strcmp(o->text, good->text) == 0;
    bool folder = c->folder && access(c->folder, F_OK) == 0, file = c->file && access(c->file, F_OK) == 0;
    bool comparison = strcmp(c->words[0], "compare") == 0, made = strcmp(c->words[0], "new") == 0;
    bool result = folder && !made && (comparison || strcmp(c->words[0], "run") == 0);
    if (o->status >= SIGNALLED) return "a signal ended it";
    if (!same && o->status != 3 && o->status != 1) return "neither the same bytes nor status 3";
    if (!same && o->status == 1 && good->status != 1) return "the input is said to be wrong";
    if (o->status == 3 && o->said == 0 && o->printed == 0) return "refused without a word";
    if (o->status == 0 && ((c->folder && !folder) || (c->file && !file))) return "status 0 without its result";
    if (c->earlier && !folder) return "the earlier result is gone";
    if (result && !result_whole(c->folder, comparison)) return "a result that is not whole";
    if (folder && made && entry_count(c->folder) < small_region_count) return "a scenario that is not whole";
    if (folder && !made && !result && !database_sound(c->folder)) return "a database that is not whole";
    return place_clean(c) ? NULL : "something is left behind";
}

static void leftovers_show(void) {
    if (system("ls -lA | sed 's/^/#   /'; sed 's/^/#   /' err.txt | head -n 20") != 0) printf("#   ...\n");
}

static long refusals_try(const struct torture *t, const struct command *c, struct refusal order,
                         const struct outcome *good, int *faults) {
    long rounds = 0;
    for (order.at = 1; order.at < ROUNDS_MOST; order.at += order.at < t->all ? 1 : t->step) {
        struct outcome o = command_run(c, order);
        const char *fault = outcome_fault(c, &o, good);
        if (fault && ++*faults <= 5) {
            printf("# %s, refusal %ld%s: %s (status %d)\n", c->name, order.at, order.for_good ? " and on" : "", fault,
                   o.status);
            leftovers_show();
        }
        if (fault) ASSERT(system("rm -rf ./*.partial-*") == 0);
        free(o.text);
        if (!refusal_happened()) break;
        rounds++;
    }
    return rounds;
}

static void command_torture(struct torture *t, const struct command *c) {
    static const struct refusal orders[] = {{.kind = REFUSE_MEMORY}, {.kind = REFUSE_MEMORY, .for_good = true},
                                            {.kind = REFUSE_DISK},   {.kind = REFUSE_DISK, .for_good = true}};
    if (c->folder) entry_remove(c->folder);
    struct outcome good = command_run(c, (struct refusal){0});
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        int faults = good.status == 0 || good.status == 1 ? 0 : 1;
        long rounds = refusals_try(t, c, orders[i], &good, &faults);
        bool bad = faults > 0 || (rounds == 0 && orders[i].kind == REFUSE_MEMORY);
        t->failed += bad;
        printf("%s %d - %s: %ld refusals of %s%s\n", bad ? "not ok" : "ok", ++t->tests, c->name, rounds,
               orders[i].kind == REFUSE_MEMORY ? "memory" : "the disk", orders[i].for_good ? ", for good" : "");
        fflush(stdout);
    }
    free(good.text);
    if (c->folder) entry_remove(c->folder);
    if (c->file) entry_remove(c->file);
}

// A scenario with mistakes of many kinds.
static void wrong_scenario_make(void) {
    ASSERT(mkdir("wrong", 0777) == 0);
    FILE *file = fopen("wrong/enterprises.csv", "wb");
    ASSERT(file != NULL);
    fputs("enterprise,district,kind\nA,nowhere,plnt\nA,,supplier\n\"B,x,y\n", file);
    fclose(file);
}

// The small region, with claims and growths for the audit.
static void region_make(void) {
    struct arena arena = {0};
    struct complaints complaints = {.arena = &arena};
    ASSERT(folder_new("region", &complaints) == AP_OK);
    FILE *reported = fopen("region/reported.csv", "ab"), *claims = fopen("region/claims.csv", "wb");
    ASSERT(reported != NULL && claims != NULL);
    fputs("vehicle_output_growth,2023,0.5,ratio,scored,invented,cited\n"
          "vehicle_output,2022,80000,vehicle,scored,x,cited\n",
          reported);
    fputs("year,period,series,claim,value,source,confidence\n2023,year,vehicle_output,growth,0.4,invented,cited\n"
          "2023,year,vehicle_output,level,91600,elsewhere,cited\n", claims);
    fclose(reported);
    fclose(claims);
    arena_free(&arena);
}

int main(int argc, char **argv) {
    ASSERT(argc == 2 || argc == 3);
    struct torture t = {.step = 1};
    if (argc == 3) ASSERT(sscanf(argv[2], "%ld/%ld", &t.all, &t.step) == 2);
    entry_remove(argv[1]);
    ASSERT(mkdir(argv[1], 0777) == 0 && chdir(argv[1]) == 0);
    refusals_install();
    wrong_scenario_make();
    region_make();
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) command_torture(&t, &commands[i]);
    printf("1..%d\n", t.tests);
    entry_remove(argv[1]);
    return t.failed ? 1 : 0;
}
