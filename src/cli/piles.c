// autopolis piles: where the next public piles do most.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/keeping.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/piles_text.h"

enum { LAST_DAYS = 28 };

static bool option_given(const struct options *o, const char *setting) {
    for (uint32_t i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].name, setting) == 0) return true;
    return false;
}

// The row of the district by its name or English name; 0 after the complaint.
static uint32_t district_find(const struct tables *t, const char *wanted) {
    const char *nearest = NULL;
    int best = 4;                  // further away than three edits is another word
    for (uint32_t i = 1; i <= t->districts_count; i++) {
        const char *names[2] = {t->districts[i].district, t->districts[i].name};
        for (int k = 0; k < 2; k++) {
            if (strcmp(names[k], wanted) == 0) return i;
            int distance = text_distance(names[k], wanted);
            if (distance >= best || distance >= (int)strlen(names[k])) continue;
            best = distance;
            nearest = names[k];
        }
    }
    terminal_trouble("--district: there is no district \"%s\" in districts.csv%s%s%s", wanted,
                     nearest ? ", did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    return 0;
}

// A plan as it is asked for, made and kept.
struct planning {
    const struct options *o;
    struct scenario *scenario;
    struct pile_plan_options options;
    struct pile_plan plan;
    struct keeping keeping;
    struct manifest_facts facts;
    int    argc;
    char **argv;
    struct words question;       // what is no setting
};

static enum ap_status plan_print(const struct planning *p) {
    struct words words = {0};
    enum ap_status status = p->o->json ? piles_to_json(&p->plan, &words) : piles_to_text(&p->plan, &words);
    if (p->o->quiet) {
        words_free(&words);
        return status;
    }
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static void facts_fill(struct planning *p) {
    const struct options *o = p->o;
    struct settings *set = &p->scenario->tables.settings;
    keeping_question(o, &p->question);
    words_add(&p->question, "add %u district %u goal %d", (unsigned)o->add, (unsigned)p->options.district,
              (int)o->goal);
    p->facts = (struct manifest_facts){.study = "piles", .tables = &p->scenario->tables, .set = set,
        .inputs = &p->scenario->inputs, .question_words = words_text(&p->question), .seed = (uint64_t)set->seed,
        .replications = p->options.replications, .threads = o->threads, .period = period_days(set->from, set->until)};
}

static enum ap_status plan_keep(struct planning *p) {
    struct words text = {0}, json = {0};
    enum ap_status status = piles_to_text(&p->plan, &text);
    if (status == AP_OK) status = piles_to_json(&p->plan, &json);
    keeping_print(&p->keeping, "text", "en", words_text(&text));
    keeping_print(&p->keeping, "json", "en", words_text(&json));
    struct result_part part = piles_part(&p->plan);
    status = keeping_end(&p->keeping, status, &p->facts, &part, 1);
    words_free(&text);
    words_free(&json);
    return status;
}

// The exit status. From here on a folder is half written: interrupts are held back and asked for.
static int plan_make(struct planning *p) {
    enum ap_status status = keeping_begin(&p->keeping, p->o);
    if (status != AP_OK) return exit_of(status);
    double began = seconds_now();
    status = pile_plan_make(&p->scenario->tables, &p->options, &p->scenario->complaints, &p->plan);
    p->facts.seconds = seconds_now() - began;
    if (status == AP_OK && interrupt_wished()) status = AP_INTERRUPTED;
    if (status == AP_OK) status = plan_keep(p);
    else if (keeping_end(&p->keeping, status, &p->facts, NULL, 0) != status) terminal_trouble("nothing was kept");
    if (status == AP_OK) return exit_of(plan_print(p));
    if (status == AP_LEDGER) terminal_trouble("a ledger does not balance: %s", p->plan.trouble);
    else if (status != AP_REFUSED) return scenario_trouble(p->scenario, status);
    return exit_of(status);
}

static int plan_run(struct planning *p) {
    const struct options *o = p->o;
    struct settings *set = &p->scenario->tables.settings;
    p->options = (struct pile_plan_options){.add = o->add, .threads = o->threads, .goal = o->goal, .replications = 1};
    if (option_given(o, "replications")) p->options.replications = (uint32_t)set->replications;
    if (o->district && !(p->options.district = district_find(&p->scenario->tables, o->district)))
        return exit_of(AP_BAD_USE);
    if (!option_given(o, "from") && set->until - (LAST_DAYS - 1) > set->from) set->from = set->until - (LAST_DAYS - 1);
    facts_fill(p);
    enum ap_status status = keeping_plan(&p->keeping, o, p->argc, p->argv, &p->facts);
    if (status != AP_OK) return exit_of(status);
    status = keeping_answer(&p->keeping, o);
    if (status != AP_BAD_USE) return exit_of(status);
    bool keeps = p->keeping.place[0];
    if (keeps) interrupts_hold();
    int exit_status = plan_make(p);
    if (keeps) interrupts_release();
    words_free(&p->question);
    pile_plan_free(&p->plan);
    return exit_status;
}

int command_piles(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_PILES, &options);
    if (status != AP_OK) return exit_of(status);
    if (!options.add) {
        terminal_trouble("how many piles? autopolis piles SCENARIO --add N");
        options_free(&options);
        return exit_of(AP_BAD_USE);
    }
    status = scenario_open(&options, &scenario);
    struct planning planning = {.o = &options, .scenario = &scenario, .argc = argc, .argv = argv};
    int exit_status = status == AP_OK ? plan_run(&planning) : scenario_trouble(&scenario, status);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
