// autopolis surge: the NEV orders of one maker multiplied from a date.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/database_compare.h"
#include "write/surge_text.h"

static bool option_given(const struct options *o, const char *setting) {
    for (uint32_t i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].name, setting) == 0) return true;
    return false;
}

struct asking {
    struct options  options;
    struct scenario scenario;
    struct keeping  keeping;
    struct manifest_facts facts;
    struct surge_options asked;
    struct surge surge;
    char   question[300];
    int    argc;
    char **argv;
};

static enum ap_status result_print(const struct asking *x) {
    struct words words = {0};
    enum ap_status status = x->options.json ? surge_to_json(&x->surge, &words) : surge_to_text(&x->surge, &words);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    else if (x->options.json || !x->options.quiet) status = terminal_print_words(&words);
    words_free(&words);
    return status;
}

static enum ap_status result_keep(struct asking *x) {
    struct words text = {0}, json = {0};
    enum ap_status status = surge_to_text(&x->surge, &text);
    if (status == AP_OK) status = surge_to_json(&x->surge, &json);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    keeping_print(&x->keeping, "text", "en", words_text(&text));
    keeping_print(&x->keeping, "json", "en", words_text(&json));
    struct result_part part = surge_part(&x->surge);
    status = keeping_end(&x->keeping, status, &x->facts, &part, 1);
    words_free(&text);
    words_free(&json);
    return status;
}

static enum ap_status question_plan(struct asking *x) {
    const struct options *o = &x->options;
    const struct settings *set = &x->scenario.tables.settings;
    uint32_t replications = option_given(o, "replications") ? (uint32_t)set->replications : 1;
    x->asked = (struct surge_options){.seed = (uint64_t)set->seed, .replications = replications, .threads = o->threads,
                                      .maker = o->maker, .from = o->surge_from, .days = o->days, .times = o->times};
    snprintf(x->question, sizeof x->question, "surge of %.200s from %d days %u times %.17g runs %u", o->maker,
             (int)o->surge_from, o->days, o->times, replications);
    x->facts = (struct manifest_facts){.study = "surge", .tables = &x->scenario.tables, .set = set,
        .inputs = &x->scenario.inputs, .question_words = x->question, .seed = x->asked.seed,
        .replications = replications, .threads = o->threads,
        .period = period_days(o->surge_from, o->surge_from + (day_number)o->days - 1)};
    TRY(keeping_plan(&x->keeping, o, x->argc, x->argv, &x->facts));
    return keeping_answer(&x->keeping, o);
}

static int question_answer(struct asking *x) {
    enum ap_status status = question_plan(x);
    if (status != AP_BAD_USE || (x->options.store && !x->keeping.place[0])) return exit_of(status);
    struct progress progress = progress_begin(x->options.quiet);
    x->asked.step = progress_step;
    x->asked.self = &progress;
    interrupts_hold();
    status = keeping_begin(&x->keeping, &x->options);
    bool kept = status == AP_OK;
    if (kept) status = surge_run(&x->scenario.tables, &x->asked, &x->scenario.complaints, &x->surge);
    x->facts.seconds = seconds_now() - progress.started;
    progress_end(&progress);
    int exit_status = exit_of(status);
    if (kept && status != AP_OK && x->surge.trouble[0])
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", x->surge.trouble);
    else if (kept && status != AP_OK) exit_status = scenario_trouble(&x->scenario, status);
    enum ap_status end = status != AP_OK || !x->keeping.begun ? keeping_end(&x->keeping, status, &x->facts, NULL, 0)
                                                              : result_keep(x);
    interrupts_release();
    if (end == AP_OK) return exit_of(result_print(x));
    return status == AP_OK ? exit_of(end) : exit_status;
}

int command_surge(int argc, char **argv) {
    struct asking x;
    memset(&x, 0, sizeof x);
    x.argc = argc;
    x.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_SURGE, &x.options);
    if (status != AP_OK) return exit_of(status);
    if (!x.options.maker || x.options.surge_from == DATE_NONE) {
        terminal_trouble("whose orders, from when? autopolis surge SCENARIO --maker NAME --from DATE");
        options_free(&x.options);
        return exit_of(AP_BAD_USE);
    }
    status = scenario_open(&x.options, &x.scenario);
    int exit_status = status == AP_OK ? question_answer(&x) : scenario_trouble(&x.scenario, status);
    surge_free(&x.surge);
    scenario_close(&x.scenario);
    options_free(&x.options);
    return exit_status;
}
