// autopolis stress: what each enterprise, district, lane, family and common cause is worth to the output.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/stress_answer.h"
#include "cli/stress_kept.h"
#include "cli/terminal.h"
#include "write/database_stress.h"
#include "write/publish.h"
#include "write/sensitivity_text.h"
#include "write/stress_csv.h"

struct stressing {
    struct options options;
    struct scenario scenario;
    struct stress stress;
    struct progress progress;
    struct publication csv_place;
    FILE *csv;
    struct kept kept; // beside the CSV file; .file NULL: none is written
    struct keeping keeping;
    struct manifest_facts facts;
    struct words question; // the options that decide the answer
    int argc;
    char **argv;
};

static bool setting_given(const struct options *o, const char *setting) {
    for (uint32_t i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].name, setting) == 0) return true;
    return false;
}

// One replication and no worlds unless asked for: a stress test is thousands of runs already.
static struct stress_options stress_options_of(const struct options *o, const struct settings *set) {
    static const int32_t usual[] = {OWN_TIME, 7, 14, 28};
    const struct stress_wishes *w = &o->stress;
    unsigned what =
        w->sensitivity ? 1u << STANDSTILL_ENTERPRISE : 1u << STANDSTILL_ENTERPRISE | 1u << STANDSTILL_COMMON;
    struct stress_options s = {
        .seed = (uint64_t)set->seed,
        .replications = 1,
        .threads = o->threads,
        .horizon = w->horizon,
        .what = w->what ? w->what : what,
        .only = w->only,
        .every = w->every ? w->every : 1,
        .day_count = w->day_count,
        .start_count = w->start_count,
    };
    if (setting_given(o, "replications")) s.replications = (uint32_t)set->replications;
    if (setting_given(o, "worlds")) s.worlds = (uint32_t)set->worlds;
    memcpy(s.days, w->days, sizeof s.days);
    memcpy(s.starts, w->starts, sizeof s.starts);
    if (!s.day_count) memcpy(s.days, usual, sizeof usual), s.day_count = sizeof usual / sizeof *usual;
    return s;
}

static void stress_trouble(const struct stressing *x, enum ap_status status) {
    const char *words = x->stress.trouble;
    if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", words);
    else if (status == AP_BAD_INPUT) terminal_trouble("%s", words);
    else if (status == AP_NO_MEMORY) terminal_trouble("the machine refused memory");
    else if (status == AP_REFUSED) terminal_trouble("%s", x->kept.trouble);
    else if (status == AP_INTERRUPTED && !x->kept.file) terminal_trouble("interrupted, nothing was written");
    else if (status == AP_INTERRUPTED)
        terminal_trouble("interrupted: %u of %u outages are kept in %s; the same command with --resume goes on",
                         x->stress.done_count, x->stress.jobs, x->kept.path);
}

// --- the CSV file, and what is kept beside it

static enum ap_status csv_begin(struct stressing *x) {
    if (!x->options.stress.csv) return AP_OK;
    TRY(stress_kept_open(&x->options, &x->scenario, &x->stress, &x->kept));
    enum ap_status status = publish_file_begin(x->options.stress.csv, &x->csv_place, &x->csv);
    if (status != AP_OK) terminal_trouble("%s", x->csv_place.trouble);
    return status;
}

static const char *csv_trouble(const struct stressing *x, enum ap_status status) {
    if (x->csv_place.trouble[0]) return x->csv_place.trouble;
    return status == AP_REFUSED ? "the disk refused the CSV file" : "the machine refused memory";
}

static enum ap_status csv_end(struct stressing *x, enum ap_status status) {
    if (!x->csv) {
        kept_close(&x->kept);
        return status;
    }
    enum ap_status written = status == AP_OK ? stress_csv_write(&x->stress, x->csv) : status;
    written = publish_file_end(&x->csv_place, x->csv, written);
    if (status == AP_OK && written != AP_OK) terminal_trouble("%s", csv_trouble(x, written));
    if (written == AP_OK || x->stress.done_count == 0) kept_remove(&x->kept); // nothing to keep
    kept_close(&x->kept);
    return written;
}

static enum ap_status whatif_keep(void *self, uint32_t job) {
    struct stressing *x = self;
    return x->kept.file ? stress_kept_add(&x->kept, &x->stress, job) : AP_OK;
}

// --- the folder of --out or --store

// What decides the answer beside settings and inputs.
static void question_write(const struct stress_options *o, const struct stress_wishes *w, struct words *out) {
    words_add(out, "what %u every %u horizon %d only %s measures %d why %d sensitivity %d top %u days", o->what,
              o->every, (int)o->horizon, o->only ? o->only : "", w->measures, w->why, w->sensitivity, w->top);
    for (uint32_t i = 0; i < o->day_count; i++) words_add(out, " %d", (int)o->days[i]);
    words_add_text(out, " starts");
    for (uint32_t i = 0; i < o->start_count; i++) words_add(out, " %d", (int)o->starts[i]);
    words_add(out, " replications %u worlds %u", o->replications, o->worlds);
}

static enum ap_status keeping_ask(struct stressing *x, const struct stress_options *o) {
    for (uint32_t i = 0; i < x->options.shock_count; i++) words_add(&x->question, "shock %s ", x->options.shocks[i]);
    question_write(o, &x->options.stress, &x->question);
    x->facts = (struct manifest_facts){
        .inputs = &x->scenario.inputs,
        .study = x->options.stress.sensitivity ? "sensitivity" : "stress",
        .tables = &x->scenario.tables,
        .set = &x->scenario.tables.settings,
        .question_words = words_text(&x->question),
        .seed = o->seed,
        .replications = o->replications,
        .worlds = o->worlds,
        .threads = o->threads,
        .period = period_days(x->scenario.tables.settings.from, x->scenario.tables.settings.until)};
    return keeping_plan(&x->keeping, &x->options, x->argc, x->argv, &x->facts);
}

// Prints one of two forms and keeps both with the tables.
static enum ap_status forms_print(struct stressing *x, struct words *text, struct words *json,
                                  struct result_part part) {
    struct words *form = x->options.json ? json : text;
    enum ap_status status = AP_OK;
    if (x->keeping.begun) {
        x->facts.seconds = seconds_now() - x->progress.started;
        keeping_print(&x->keeping, "text", "en", words_text(text));
        keeping_print(&x->keeping, "json", "en", words_text(json));
        status = keeping_end(&x->keeping, AP_OK, &x->facts, &part, 1);
    }
    bool silent = x->options.quiet && !x->options.json;
    return status == AP_OK && !silent ? terminal_print_words(form) : status;
}

static enum ap_status result_print(struct stressing *x) {
    struct words text = {0}, json = {0};
    struct stress_answer answer;
    enum ap_status status = stress_answer_make(&x->stress, &x->options.stress, &x->scenario.complaints, &answer);
    bool made = status == AP_OK;
    if (made && (x->keeping.begun || !x->options.json)) status = stress_to_text(&answer.said, &text);
    if (status == AP_OK && (x->keeping.begun || x->options.json)) status = stress_to_json(&answer.said, &json);
    if (made && status != AP_OK) terminal_trouble("the machine refused memory");
    x->facts.state_hash = hash_block(x->stress.values, x->stress.jobs * sizeof *x->stress.values);
    if (status == AP_OK) status = forms_print(x, &text, &json, stress_part(&answer.said));
    words_free(&text);
    words_free(&json);
    stress_answer_free(&answer);
    return status;
}

// --- the work

static bool whatif_step(void *self, int64_t done, int64_t all) {
    struct stressing *x = self;
    return progress_count(&x->progress, "outages", done, all);
}

static enum ap_status stress_simulate(struct stressing *x) {
    enum ap_status status = stress_run(&x->stress);
    progress_end(&x->progress);
    if (status != AP_OK) stress_trouble(x, status);
    return status;
}

// From here on something is half written: interrupts are held back and asked for.
static enum ap_status stress_work(struct stressing *x) {
    enum ap_status status = keeping_begin(&x->keeping, &x->options);
    if (status == AP_OK) status = csv_begin(x);
    x->progress = progress_begin(x->options.quiet);
    if (status == AP_OK) status = stress_simulate(x);
    status = csv_end(x, status);
    if (status == AP_OK) status = result_print(x);
    return keeping_end(&x->keeping, status, &x->facts, NULL, 0); // only when it was not ended well before
}

static int scenario_stress(struct stressing *x) {
    struct stress_options o = stress_options_of(&x->options, &x->scenario.tables.settings);
    o.step = whatif_step;
    o.keep = whatif_keep;
    o.self = x;
    enum ap_status status = stress_make(&x->scenario.tables, &o, &x->scenario.complaints, &x->stress);
    if (status != AP_OK) return scenario_trouble(&x->scenario, status);
    status = keeping_ask(x, &x->stress.options);
    if (status != AP_OK) return exit_of(status);
    status = keeping_answer(&x->keeping, &x->options);
    if (status != AP_BAD_USE) return exit_of(status);
    interrupts_hold();
    status = stress_work(x);
    interrupts_release();
    return exit_of(status);
}

// --- --sensitivity

static enum ap_status sensitivity_print(struct stressing *x, const struct sensitivity *found) {
    struct words text = {0}, json = {0};
    enum ap_status status = sensitivity_to_text(found, &x->scenario.tables, &text);
    if (status == AP_OK) status = sensitivity_to_json(found, &x->scenario.tables, &json);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    if (status == AP_OK) status = forms_print(x, &text, &json, sensitivity_part(found));
    words_free(&text);
    words_free(&json);
    return status;
}

static enum ap_status sensitivity_work(struct stressing *x, const struct stress_options *o) {
    struct sensitivity found = {.count = 0};
    enum ap_status status = keeping_begin(&x->keeping, &x->options);
    if (status != AP_OK) return status;
    x->progress = progress_begin(x->options.quiet);
    status = sensitivity_run(&x->scenario.tables, o, &x->scenario.complaints, &found);
    progress_end(&x->progress);
    if (status == AP_OK) status = sensitivity_print(x, &found);
    else if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", found.trouble);
    else if (scenario_trouble(&x->scenario, status) == 0) status = AP_BAD_INPUT;
    sensitivity_free(&found);
    return keeping_end(&x->keeping, status, &x->facts, NULL, 0);
}

static int scenario_sensitivity(struct stressing *x) {
    struct stress_options o = stress_options_of(&x->options, &x->scenario.tables.settings);
    o.step = whatif_step;
    o.self = x;
    enum ap_status status = keeping_ask(x, &o);
    if (status != AP_OK) return exit_of(status);
    status = keeping_answer(&x->keeping, &x->options);
    if (status != AP_BAD_USE) return exit_of(status);
    interrupts_hold();
    status = sensitivity_work(x, &o);
    interrupts_release();
    return exit_of(status);
}

int command_stress(int argc, char **argv) {
    struct stressing x;
    memset(&x, 0, sizeof x);
    x.argc = argc;
    x.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_STRESS, &x.options);
    if (status != AP_OK) return exit_of(status);
    if (x.options.stress.resume && !x.options.stress.csv) {
        terminal_trouble("--resume needs --csv FILE: what is finished is kept beside it");
        options_free(&x.options);
        return exit_of(AP_BAD_USE);
    }
    status = scenario_open(&x.options, &x.scenario);
    int exit_status;
    if (status != AP_OK) exit_status = scenario_trouble(&x.scenario, status);
    else exit_status = x.options.stress.sensitivity ? scenario_sensitivity(&x) : scenario_stress(&x);
    words_free(&x.question);
    stress_free(&x.stress);
    scenario_close(&x.scenario);
    options_free(&x.options);
    return exit_status;
}
