// autopolis run: reads, simulates, writes the result whole or not at all, prints the bulletin.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/bulletin.h"
#include "write/figures_json.h"

struct running {
    struct options     options;
    struct scenario    scenario;
    struct study       study;
    struct publication trace_place;
    FILE              *trace_file;      // NULL: no trace is written
    struct trace      *trace;
    struct observer    observer;
    struct keeping     keeping;
    struct manifest_facts facts;
    struct words       question;
    double             seconds;
    int                argc;
    char             **argv;
};

// A place that will not take the result is told before the work, not after it.
static enum ap_status places_check(const struct options *o) {
    char trouble[TROUBLE_ROOM];
    enum ap_status status = o->out ? publish_allowed(o->out, trouble) : AP_OK;
    if (status != AP_OK) terminal_trouble("%s", trouble);
    return status;
}

static enum ap_status trace_begin(struct running *r) {
    if (!r->options.trace) return AP_OK;
    enum ap_status status = publish_file_begin(r->options.trace, &r->trace_place, &r->trace_file);
    if (status != AP_OK) {
        terminal_trouble("%s", r->trace_place.trouble);
        return status;
    }
    r->trace = trace_open(&r->study.model, r->trace_file);
    if (!r->trace) {
        terminal_trouble("the machine refused memory");
        return AP_NO_MEMORY;
    }
    r->observer = trace_observer(r->trace);
    r->study.options.observer = &r->observer;
    return AP_OK;
}

static enum ap_status trace_end(struct running *r, enum ap_status status) {
    if (!r->trace_file) return status;
    enum ap_status written = r->trace ? trace_close(r->trace, NULL) : AP_NO_MEMORY;
    written = publish_file_end(&r->trace_place, r->trace_file, status == AP_OK ? written : status);
    const char *trouble = r->trace_place.trouble;
    if (status == AP_OK && written != AP_OK) terminal_trouble("%s", *trouble ? trouble : "the machine refused memory");
    return written;
}

static enum ap_status bulletin_make(const struct running *r, struct bulletin_style style, struct words *out) {
    struct audit audit;
    enum ap_status status = audit_run(&r->scenario.tables, &audit);
    if (status == AP_OK) status = bulletin_write(&r->study, &audit, style, out);
    audit_free(&audit);
    return status;
}

// What was printed is kept in both languages and as JSON: whoever asks again may ask otherwise.
static enum ap_status printed_write(struct running *r, const struct manifest_facts *facts) {
    struct words english = {0}, chinese = {0}, json = {0};
    struct result_part parts[RUN_PARTS];
    enum ap_status status = bulletin_make(r, (struct bulletin_style){LANGUAGE_EN, false}, &english);
    if (status == AP_OK) status = bulletin_make(r, (struct bulletin_style){LANGUAGE_ZH, false}, &chinese);
    if (status == AP_OK) status = study_to_json(&r->study, 0, &json);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    keeping_print(&r->keeping, "text", "en", words_text(&english));
    keeping_print(&r->keeping, "text", "zh", words_text(&chinese));
    keeping_print(&r->keeping, "json", "en", words_text(&json));
    run_parts(&r->study, parts);
    status = keeping_end(&r->keeping, status, facts, parts, RUN_PARTS);
    words_free(&english);
    words_free(&chinese);
    words_free(&json);
    return status;
}

static enum ap_status out_write(struct running *r, enum ap_status status) {
    if (!r->keeping.begun) return status;
    struct manifest_facts facts = r->facts;
    if (status == AP_OK) {
        run_facts(&r->study, &facts);
        facts.seconds = r->seconds;
        status = results_keep_last(&r->keeping.folder, &r->study);
        if (status != AP_OK) terminal_trouble("%s", r->keeping.folder.trouble);
    }
    if (status == AP_OK) return printed_write(r, &facts);
    return keeping_end(&r->keeping, status, &facts, NULL, 0);
}

static enum ap_status bulletin_print(const struct running *r) {
    struct words words = {0};
    struct bulletin_style style = {r->options.language, terminal_out_is_colored()};
    enum ap_status status = bulletin_make(r, style, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static enum ap_status json_print(const struct running *r) {
    struct words words = {0};
    enum ap_status status = study_to_json(&r->study, r->seconds, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static void study_trouble(const struct running *r, enum ap_status status) {
    const char *words = r->study.trouble;
    if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", words);
    else if (status == AP_BAD_INPUT) terminal_trouble("%s", words);
    else if (status == AP_INTERRUPTED) terminal_trouble("interrupted, nothing was written");
    else if (status == AP_NO_MEMORY) terminal_trouble("the machine refused memory");
    else if (status == AP_REFUSED) terminal_trouble("%s", r->keeping.folder.trouble);
}

static enum ap_status study_simulate(struct running *r) {
    struct progress progress = progress_begin(r->options.quiet);
    r->study.options.step = progress_step;
    r->study.options.self = &progress;
    enum ap_status status = study_run(&r->study);
    r->seconds = seconds_now() - progress.started;
    progress_end(&progress);
    if (status != AP_OK) study_trouble(r, status);
    return status;
}

static enum ap_status results_print(const struct running *r) {
    if (r->options.json) return json_print(r);
    return r->options.quiet ? AP_OK : bulletin_print(r);
}

// From here on something is half written: interrupts are held back and asked for.
static enum ap_status study_keep(struct running *r) {
    enum ap_status status = keeping_begin(&r->keeping, &r->options);
    if (status != AP_OK) return status;
    if (r->keeping.begun) {
        r->study.options.keep = results_keep;
        r->study.options.keeper = &r->keeping.folder;
    }
    status = trace_begin(r);
    if (status == AP_OK) status = study_simulate(r);
    status = trace_end(r, status);
    return out_write(r, status);
}

static int scenario_run(struct running *r) {
    const struct settings *set = &r->scenario.tables.settings;
    struct study_options o = {.seed = (uint64_t)set->seed, .replications = (uint32_t)set->replications,
                              .worlds = (uint32_t)set->worlds, .threads = r->options.threads,
                              .half_width = r->options.half_width,
                              .replications_most = r->options.replications_most};
    enum ap_status status = study_make(&r->scenario.tables, &o, &r->scenario.complaints, &r->study);
    if (status != AP_OK) return scenario_trouble(&r->scenario, status);
    r->facts.inputs = &r->scenario.inputs;
    r->facts.study = "run";
    r->facts.tables = &r->scenario.tables;
    r->facts.set = &r->study.model.set;
    keeping_question(&r->options, &r->question);
    if (words_status(&r->question) != AP_OK) {
        terminal_trouble("the machine refused memory");
        return exit_of(AP_NO_MEMORY);
    }
    r->facts.question_words = words_text(&r->question);
    status = keeping_plan(&r->keeping, &r->options, r->argc, r->argv, &r->facts);
    if (status != AP_OK) return exit_of(status);
    status = keeping_answer(&r->keeping, &r->options);
    if (status != AP_BAD_USE) return exit_of(status);
    interrupts_hold();
    status = study_keep(r);
    interrupts_release();
    if (status == AP_OK) status = results_print(r);
    return exit_of(status);
}

int command_run(int argc, char **argv) {
    struct running r;
    memset(&r, 0, sizeof r);
    r.argc = argc;
    r.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_RUN, &r.options);
    if (status != AP_OK) return exit_of(status);
    status = places_check(&r.options);
    int exit_status = exit_of(status);
    if (status == AP_OK) {
        status = scenario_open(&r.options, &r.scenario);
        exit_status = status == AP_OK ? scenario_run(&r) : scenario_trouble(&r.scenario, status);
        study_free(&r.study);
        words_free(&r.question);
        scenario_close(&r.scenario);
    }
    options_free(&r.options);
    return exit_status;
}
