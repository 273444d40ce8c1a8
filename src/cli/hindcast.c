// autopolis hindcast: dated shocks with one set of parameters, beside what was published of them; or, with --blind,
// years forecast from what was known before them.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/database_compare.h"
#include "write/forecast_text.h"
#include "write/hindcast_text.h"

// One question, answered by either study.
struct asking {
    struct options  options;
    struct scenario scenario;
    struct keeping  keeping;
    struct manifest_facts facts;
    struct hindcast  hindcast;
    struct forecasts forecasts;
    char   question[160];
    int    argc;
    char **argv;
};

static enum ap_status result_write(const struct asking *x, bool json, struct words *out) {
    if (x->options.blind) return json ? forecasts_to_json(&x->forecasts, out) : forecasts_to_text(&x->forecasts, out);
    return json ? hindcast_to_json(&x->hindcast, out) : hindcast_to_text(&x->hindcast, out);
}

static enum ap_status result_print(const struct asking *x) {
    struct words words = {0};
    enum ap_status status = result_write(x, x->options.json, &words);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    else if (x->options.json || !x->options.quiet) status = terminal_print_words(&words);
    words_free(&words);
    return status;
}

static enum ap_status result_keep(struct asking *x) {
    struct words text = {0}, json = {0};
    enum ap_status status = result_write(x, false, &text);
    if (status == AP_OK) status = result_write(x, true, &json);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    keeping_print(&x->keeping, "text", "en", words_text(&text));
    keeping_print(&x->keeping, "json", "en", words_text(&json));
    struct result_part part = x->options.blind ? forecasts_part(&x->forecasts) : hindcast_part(&x->hindcast);
    status = keeping_end(&x->keeping, status, &x->facts, &part, 1);
    words_free(&text);
    words_free(&json);
    return status;
}

static enum ap_status study_run_it(struct asking *x, struct progress *progress) {
    const struct settings *set = &x->scenario.tables.settings;
    struct hindcast_options h = {.seed = (uint64_t)set->seed, .replications = (uint32_t)set->replications,
                                 .worlds = (uint32_t)set->worlds, .threads = x->options.threads,
                                 .only = x->options.only, .step = progress_step, .self = progress};
    struct forecast_options f = {.seed = h.seed, .replications = h.replications, .worlds = h.worlds,
                                 .threads = h.threads, .step = progress_step, .self = progress};
    if (x->options.blind) return forecasts_run(&x->scenario.tables, &f, &x->scenario.complaints, &x->forecasts);
    return hindcast_run(&x->scenario.tables, &h, &x->scenario.complaints, &x->hindcast);
}

static enum ap_status question_plan(struct asking *x) {
    const struct settings *set = &x->scenario.tables.settings;
    snprintf(x->question, sizeof x->question, "%s --shock %.100s", x->options.blind ? "--blind" : "",
             x->options.only ? x->options.only : "");
    x->facts = (struct manifest_facts){.study = "hindcast", .tables = &x->scenario.tables, .set = set,
        .inputs = &x->scenario.inputs, .question_words = x->question, .seed = (uint64_t)set->seed,
        .replications = (uint32_t)set->replications, .worlds = (uint32_t)set->worlds, .threads = x->options.threads,
        .period = period_days(set->from, set->until)};
    TRY(keeping_plan(&x->keeping, &x->options, x->argc, x->argv, &x->facts));
    return keeping_answer(&x->keeping, &x->options);
}

static int question_answer(struct asking *x) {
    enum ap_status status = question_plan(x);
    if (status != AP_BAD_USE || (x->options.store && !x->keeping.place[0])) return exit_of(status);
    struct progress progress = progress_begin(x->options.quiet);
    interrupts_hold();
    status = keeping_begin(&x->keeping, &x->options);
    bool kept = status == AP_OK;
    if (kept) status = study_run_it(x, &progress);
    x->facts.seconds = seconds_now() - progress.started;
    progress_end(&progress);
    const char *trouble = x->options.blind ? x->forecasts.trouble : x->hindcast.trouble;
    int exit_status = exit_of(status);
    if (kept && status != AP_OK && trouble[0])
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", trouble);
    else if (kept && status != AP_OK) exit_status = scenario_trouble(&x->scenario, status);
    enum ap_status end = status != AP_OK || !x->keeping.begun ? keeping_end(&x->keeping, status, &x->facts, NULL, 0)
                                                              : result_keep(x);
    interrupts_release();
    if (end == AP_OK) return exit_of(result_print(x));
    return status == AP_OK ? exit_of(end) : exit_status;
}

int command_hindcast(int argc, char **argv) {
    struct asking x;
    memset(&x, 0, sizeof x);
    x.argc = argc;
    x.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_HINDCAST, &x.options);
    if (status != AP_OK) return exit_of(status);
    status = scenario_open(&x.options, &x.scenario);
    int exit_status = status == AP_OK ? question_answer(&x) : scenario_trouble(&x.scenario, status);
    hindcast_free(&x.hindcast);
    forecasts_free(&x.forecasts);
    scenario_close(&x.scenario);
    options_free(&x.options);
    return exit_status;
}
