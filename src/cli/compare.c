// autopolis compare: what changes between two scenarios. --seed, --replications, --worlds, --from, --until and --both
// are of both; --set and --shock change the second, which is the first itself when no other is named.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/database_compare.h"

struct comparing {
    struct options    options;
    struct scenario   first, second;
    struct comparison comparison;
    struct input_differences inputs;
    struct words      second_name, question;
    struct keeping    keeping;
    struct manifest_facts facts;
    int               argc;
    char            **argv;
};

static void second_name_make(struct comparing *x) {
    const struct options *o = &x->options;
    words_add_text(&x->second_name, o->other ? o->other : o->place);
    for (uint32_t i = 0; i < o->change_count; i++)
        words_add(&x->second_name, " --set %s=%s", o->changes[i].name, o->changes[i].value);
    for (uint32_t i = 0; i < o->shock_count; i++) words_add(&x->second_name, " --shock %s", o->shocks[i]);
}

static struct comparison_told told(const struct comparing *x) {
    return (struct comparison_told){&x->comparison, &x->inputs, x->options.place, words_text(&x->second_name)};
}

static enum ap_status result_print(const struct comparing *x) {
    struct words words = {0};
    struct comparison_told t = told(x);
    enum ap_status status = x->options.json ? comparison_to_json(&t, &words) : comparison_to_text(&t, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static void folder_trouble(const struct comparing *x) {
    const char *words = x->keeping.folder.trouble;
    terminal_trouble("%s", words[0] ? words : "the machine refused memory");
}

// The first is kept as a run is, with what the second changes beside it.
static enum ap_status result_keep(struct comparing *x) {
    struct words text = {0}, json = {0};
    struct comparison_told t = told(x);
    struct result_part parts[RUN_PARTS + 1];
    enum ap_status status = comparison_to_text(&t, &text);
    if (status == AP_OK) status = comparison_to_json(&t, &json);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    keeping_print(&x->keeping, "text", "en", words_text(&text));
    keeping_print(&x->keeping, "json", "en", words_text(&json));
    run_parts(&x->comparison.first, parts);
    parts[RUN_PARTS] = comparison_part(&t);
    run_facts(&x->comparison.first, &x->facts);
    x->facts.study = "compare";
    if (status == AP_OK) {
        status = results_keep_last(&x->keeping.folder, &x->comparison.first);
        if (status != AP_OK) folder_trouble(x);
    }
    status = keeping_end(&x->keeping, status, &x->facts, parts, RUN_PARTS + 1);
    words_free(&text);
    words_free(&json);
    return status;
}

static void run_trouble(const struct comparing *x, enum ap_status status) {
    const char *words = x->comparison.trouble;
    if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", words);
    else if (status == AP_BAD_INPUT) terminal_trouble("%s", words);
    else if (status == AP_INTERRUPTED) terminal_trouble("interrupted, nothing was written");
    else if (status == AP_NO_MEMORY) terminal_trouble("the machine refused memory");
    else if (status == AP_REFUSED) folder_trouble(x);
}

static enum ap_status pairs_run(struct comparing *x, struct progress *progress) {
    enum ap_status status = keeping_begin(&x->keeping, &x->options);
    if (status != AP_OK) return status;
    if (x->keeping.begun) {
        x->comparison.first.options.keep = results_keep;
        x->comparison.first.options.keeper = &x->keeping.folder;
    }
    status = comparison_run(&x->comparison);
    x->facts.seconds = seconds_now() - progress->started;
    progress_end(progress);
    if (status != AP_OK) run_trouble(x, status);
    if (x->keeping.begun && status == AP_OK) return result_keep(x);
    return keeping_end(&x->keeping, status, &x->facts, NULL, 0);
}

// What decides the answer and is neither a file nor a setting of the first.
static enum ap_status question_plan(struct comparing *x) {
    const struct options *o = &x->options;
    for (uint32_t i = 0; i < o->change_count; i++)
        words_add(&x->question, "--set %s=%s ", o->changes[i].name, o->changes[i].value);
    if (words_status(&x->question) != AP_OK) {
        terminal_trouble("the machine refused memory");
        return AP_NO_MEMORY;
    }
    x->facts.study = "compare";
    x->facts.tables = &x->first.tables;
    x->facts.set = &x->comparison.first.model.set;
    x->facts.inputs = &x->first.inputs;
    x->facts.other = &x->second.inputs;
    x->facts.question_words = words_text(&x->question);
    TRY(keeping_plan(&x->keeping, o, x->argc, x->argv, &x->facts));
    return keeping_answer(&x->keeping, o);
}

static int comparison_simulate(struct comparing *x) {
    const struct settings *set = &x->first.tables.settings;
    struct progress progress = progress_begin(x->options.quiet);
    struct study_options o = {.seed = (uint64_t)set->seed, .replications = (uint32_t)set->replications,
                              .worlds = (uint32_t)set->worlds, .threads = x->options.threads, .step = progress_step,
                              .self = &progress, .half_width = x->options.half_width,
                              .replications_most = x->options.replications_most};
    // Complaints of the second model go where those of the first go.
    enum ap_status status =
        comparison_make(&x->first.tables, &x->second.tables, &o, &x->first.complaints, &x->comparison);
    if (status == AP_OK) status = inputs_compare(&x->first.tables, &x->second.tables, &x->inputs);
    if (status != AP_OK) return scenario_trouble(&x->first, status);
    status = question_plan(x);
    if (status != AP_BAD_USE || (x->options.store && !x->keeping.place[0])) return exit_of(status);
    interrupts_hold();
    status = pairs_run(x, &progress);
    interrupts_release();
    if (status == AP_OK && (x->options.json || !x->options.quiet)) status = result_print(x);
    return exit_of(status);
}

static int second_open(struct comparing *x) {
    struct options second = x->options;
    if (second.other) second.place = second.other;
    for (uint32_t i = 0; i < second.change_count; i++) {
        if (second.override_count == OVERRIDES_MOST) break;
        second.overrides[second.override_count++] = second.changes[i];
    }
    enum ap_status status = scenario_open(&second, &x->second);
    return status == AP_OK ? comparison_simulate(x) : scenario_trouble(&x->second, status);
}

static int both_compare(struct comparing *x) {
    struct options first = x->options;
    first.shock_count = 0;
    enum ap_status status = scenario_open(&first, &x->first);
    int exit_status = status == AP_OK ? second_open(x) : scenario_trouble(&x->first, status);
    comparison_free(&x->comparison);
    input_differences_free(&x->inputs);
    scenario_close(&x->second);
    scenario_close(&x->first);
    return exit_status;
}

static enum ap_status place_check(const struct options *o) {
    char trouble[TROUBLE_ROOM];
    if (!o->other && !o->change_count && !o->shock_count) {
        terminal_trouble("compare with what? autopolis compare SCENARIO OTHER, or --set or --shock");
        return AP_BAD_USE;
    }
    enum ap_status status = o->out ? publish_allowed(o->out, trouble) : AP_OK;
    if (status != AP_OK) terminal_trouble("%s", trouble);
    return status;
}

int command_compare(int argc, char **argv) {
    struct comparing x;
    memset(&x, 0, sizeof x);
    x.argc = argc;
    x.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_COMPARE, &x.options);
    if (status != AP_OK) return exit_of(status);
    status = place_check(&x.options);
    second_name_make(&x);
    if (status == AP_OK && words_status(&x.second_name) != AP_OK) {
        status = AP_NO_MEMORY;
        terminal_trouble("the machine refused memory");
    }
    int exit_status = status == AP_OK ? both_compare(&x) : exit_of(status);
    words_free(&x.second_name);
    words_free(&x.question);
    options_free(&x.options);
    return exit_status;
}
