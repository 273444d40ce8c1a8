// autopolis explain: the path of a shock through the region, told by two runs side by side.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "study/study.h"
#include "write/explain_text.h"
#include "write/publish.h"

struct explaining {
    struct options     options;
    struct scenario    scenario;
    struct tables      calm;           // the same rows, without the shocks to be explained
    struct model       models[2];      // without and with them
    struct explanation explanation;
    struct progress    progress;
    int64_t            done, all;
    struct keeping     keeping;
    struct manifest_facts facts;
    struct words       question;       // which shocks; who is down, and when
    double             seconds;
    int                argc;
    char             **argv;
};

static bool step(void *self, int64_t days) {
    struct explaining *x = self;
    x->done += days;
    return progress_step(&x->progress, x->done, x->all);
}

// The row of the enterprise; 0 after the complaint.
static uint32_t enterprise_find(const struct tables *t, const char *wanted) {
    const char *nearest = NULL;
    int best = 4;                      // further away than three edits is another word
    for (uint32_t i = 1; i <= t->enterprises_count; i++) {
        const char *names[2] = {t->enterprises[i].enterprise, t->enterprises[i].name};
        for (int k = 0; k < 2; k++) {
            if (strcmp(names[k], wanted) == 0) return i;
            int distance = text_distance(names[k], wanted);
            if (distance >= best || distance >= (int)strlen(names[k])) continue;
            best = distance;
            nearest = names[k];
        }
    }
    terminal_trouble("--enterprise: there is no enterprise \"%s\" in enterprises.csv%s%s%s", wanted,
                     nearest ? ", did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    return 0;
}

static bool outage_lies_inside(const struct options *o, const struct settings *set) {
    char from[11], first[11], last[11];
    if (o->outage_from >= set->from && o->outage_from <= set->until) return true;
    date_format(o->outage_from, from);
    date_format(set->from, first);
    date_format(set->until, last);
    terminal_trouble("--from: %s lies outside of the run, %s to %s", from, first, last);
    return false;
}

// Adds the outage as one more row of shocks.csv.
static enum ap_status outage_add(struct explaining *x) {
    struct tables *t = &x->scenario.tables;
    const struct options *o = &x->options;
    uint32_t enterprise = enterprise_find(t, o->enterprise);
    if (!enterprise || !outage_lies_inside(o, &t->settings)) return AP_BAD_USE;
    struct shock_row *rows = TAKE(&t->arena, t->shocks_count + 2, struct shock_row);
    const struct enterprise_row *row = &t->enterprises[enterprise];
    if (!rows) return AP_NO_MEMORY;
    memcpy(rows, t->shocks, (t->shocks_count + 1) * sizeof *rows);
    rows[++t->shocks_count] = (struct shock_row){
        .shock = "outage", .from = o->outage_from, .until = o->outage_from + (day_number)o->outage_days - 1,
        .scope = SCOPE_ENTERPRISE, .target = row->enterprise, .basis = BASIS_CAPACITY, .active = 1, .name = ""};
    t->shocks = rows;
    return AP_OK;
}

// Whether the row is one of those that --shock or --enterprise named.
static bool shock_named(const struct explaining *x, uint32_t row) {
    const struct tables *t = &x->scenario.tables;
    const struct shock_row *shock = &t->shocks[row];
    if (x->options.enterprise && row == t->shocks_count) return true;
    for (uint32_t i = 0; i < x->options.shock_count; i++) {
        const char *wanted = x->options.shocks[i];
        const char *file = shock->common.source.file;
        if (strcmp(shock->shock, wanted) == 0 || (file && strcmp(file, wanted) == 0)) return true;
    }
    return false;
}

static enum ap_status models_build(struct explaining *x) {
    const struct tables *t = &x->scenario.tables;
    x->calm = *t;
    x->calm.shocks = TAKE(&x->scenario.arena, t->shocks_count + 1, struct shock_row);
    if (!x->calm.shocks) return AP_NO_MEMORY;
    memcpy(x->calm.shocks, t->shocks, (t->shocks_count + 1) * sizeof *t->shocks);
    for (uint32_t i = 1; i <= t->shocks_count; i++)
        if (shock_named(x, i)) x->calm.shocks[i].active = 0;
    uint64_t seed = (uint64_t)t->settings.seed;
    TRY(model_build(t, seed, 0, &x->scenario.complaints, &x->models[1]));
    return model_build(&x->calm, seed, 0, &x->scenario.complaints, &x->models[0]);
}

static enum ap_status events_write(const struct explaining *x) {
    struct words words = {0};
    struct publication place;
    FILE *file = NULL;
    enum ap_status status = explain_to_csv(&x->explanation, &words);
    if (status == AP_OK) status = publish_file_begin(x->options.events, &place, &file);
    if (status == AP_OK) {
        bool whole = fwrite(words_text(&words), 1, words.count, file) == words.count;
        status = publish_file_end(&place, file, whole ? AP_OK : AP_REFUSED);
    }
    if (status == AP_REFUSED) terminal_trouble("%s", place.trouble);
    else if (status != AP_OK) terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static enum ap_status explanation_print(const struct explaining *x) {
    struct words words = {0};
    const struct options *o = &x->options;
    enum ap_status status = o->json ? explain_to_json(&x->explanation, &words)
                                    : explain_to_text(&x->explanation, o->language, &words);
    if (status != AP_OK) terminal_trouble("the machine refused memory");
    else if (!o->quiet) status = terminal_print_words(&words);
    words_free(&words);
    return status;
}

static enum ap_status keeping_prepare(struct explaining *x) {
    const struct options *o = &x->options;
    keeping_question(o, &x->question);
    if (o->enterprise)
        words_add(&x->question, "--enterprise %s %d %u", o->enterprise, (int)o->outage_from, o->outage_days);
    if (words_status(&x->question) != AP_OK) {
        terminal_trouble("the machine refused memory");
        return AP_NO_MEMORY;
    }
    x->facts = (struct manifest_facts){
        .study = "explain", .tables = &x->scenario.tables, .set = &x->models[1].set, .inputs = &x->scenario.inputs,
        .question_words = words_text(&x->question), .seed = (uint64_t)x->scenario.tables.settings.seed,
        .replications = 1, .threads = 1};
    return keeping_plan(&x->keeping, &x->options, x->argc, x->argv, &x->facts);
}

// What can be printed is kept in both languages and as JSON: whoever asks again may ask otherwise.
static enum ap_status explanation_keep(struct explaining *x, enum ap_status status) {
    struct words english = {0}, chinese = {0}, json = {0};
    struct result_part part = explain_part(&x->explanation);
    if (!x->keeping.begun) return status;
    if (status == AP_OK) status = explain_to_text(&x->explanation, LANGUAGE_EN, &english);
    if (status == AP_OK) status = explain_to_text(&x->explanation, LANGUAGE_ZH, &chinese);
    if (status == AP_OK) status = explain_to_json(&x->explanation, &json);
    keeping_print(&x->keeping, "text", "en", words_text(&english));
    keeping_print(&x->keeping, "text", "zh", words_text(&chinese));
    keeping_print(&x->keeping, "json", "en", words_text(&json));
    x->facts.seconds = x->seconds;
    x->facts.period = period_days(x->models[1].from, x->models[1].until);
    status = keeping_end(&x->keeping, status, &x->facts, &part, 1);
    words_free(&english);
    words_free(&chinese);
    words_free(&json);
    return status;
}

static enum ap_status shock_explain(struct explaining *x) {
    struct span span = shock_span(&x->models[0], &x->models[1]);
    struct explain_options options = {.step = step, .self = x};
    x->all = span.last < span.first ? 1 : 2 * (int64_t)x->models[0].days - span.first;
    x->progress = progress_begin(x->options.json || x->options.quiet);
    struct luck luck = luck_of((uint64_t)x->scenario.tables.settings.seed, 0);
    enum ap_status status = explain_run(&x->models[0], &x->models[1], luck, &options, &x->explanation);
    x->seconds = seconds_now() - x->progress.started;
    progress_end(&x->progress);
    if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", x->explanation.ledger_message);
    else if (status == AP_INTERRUPTED) terminal_trouble("interrupted, nothing was written");
    else if (status != AP_OK) terminal_trouble("the machine refused memory");
    return status;
}

static int scenario_explain(struct explaining *x) {
    enum ap_status status = x->options.enterprise ? outage_add(x) : AP_OK;
    if (status == AP_BAD_USE) return exit_of(status);
    if (status == AP_OK) status = models_build(x);
    if (status != AP_OK) return scenario_trouble(&x->scenario, status);
    status = keeping_prepare(x);
    if (status != AP_OK) return exit_of(status);
    if (!x->options.events) status = keeping_answer(&x->keeping, &x->options);
    if (!x->options.events && status != AP_BAD_USE) return exit_of(status);
    interrupts_hold();                 // whole or absent
    status = keeping_begin(&x->keeping, &x->options);
    if (status == AP_OK) status = explanation_keep(x, shock_explain(x));
    if (status == AP_OK && x->options.events) status = events_write(x);
    interrupts_release();
    if (status == AP_OK) status = explanation_print(x);
    return exit_of(status);
}

static bool options_suffice(const struct options *o) {
    bool outage = o->outage_from != DATE_NONE && o->outage_days > 0;
    if (o->enterprise && !outage) {
        terminal_trouble("when, and how long? autopolis explain SCENARIO --enterprise NAME --from DATE --days N");
        return false;
    }
    if (!o->enterprise && (o->outage_from != DATE_NONE || o->outage_days)) {
        terminal_trouble("--from and --days tell when an enterprise is down: --enterprise NAME is missing");
        return false;
    }
    if (o->enterprise || o->shock_count) return true;
    terminal_trouble("what is to be explained? --shock ID_OR_FILE, or --enterprise NAME --from DATE --days N");
    return false;
}

int command_explain(int argc, char **argv) {
    struct explaining x;
    memset(&x, 0, sizeof x);
    x.argc = argc;
    x.argv = argv;
    enum ap_status status = options_parse(argc, argv, FOR_EXPLAIN, &x.options);
    if (status != AP_OK) return exit_of(status);
    int exit_status = exit_of(AP_BAD_USE);
    if (options_suffice(&x.options)) {
        status = scenario_open(&x.options, &x.scenario);
        exit_status = status == AP_OK ? scenario_explain(&x) : scenario_trouble(&x.scenario, status);
        words_free(&x.question);
        explain_free(&x.explanation);
        model_free(&x.models[0]);
        model_free(&x.models[1]);
        scenario_close(&x.scenario);
    }
    options_free(&x.options);
    return exit_status;
}
