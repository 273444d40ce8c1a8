// autopolis piles: where the next public piles do most.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
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

static enum ap_status plan_print(const struct pile_plan *p, bool json) {
    struct words words = {0};
    enum ap_status status = json ? piles_to_json(p, &words) : piles_to_text(p, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static int plan_run(const struct options *o, struct scenario *s) {
    struct settings *set = &s->tables.settings;
    struct pile_plan_options options = {.add = o->add, .threads = o->threads, .goal = o->goal, .replications = 1};
    if (option_given(o, "replications")) options.replications = (uint32_t)set->replications;
    if (o->district && !(options.district = district_find(&s->tables, o->district))) return exit_of(AP_BAD_USE);
    if (!option_given(o, "from") && set->until - (LAST_DAYS - 1) > set->from) set->from = set->until - (LAST_DAYS - 1);
    struct pile_plan plan;
    enum ap_status status = pile_plan_make(&s->tables, &options, &s->complaints, &plan);
    int exit_status;
    if (status == AP_OK) {
        exit_status = exit_of(plan_print(&plan, o->json));
    } else if (status == AP_LEDGER) {
        terminal_trouble("a ledger does not balance: %s", plan.trouble);
        exit_status = exit_of(status);
    } else {
        exit_status = scenario_trouble(s, status);
    }
    pile_plan_free(&plan);
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
    int exit_status = status == AP_OK ? plan_run(&options, &scenario) : scenario_trouble(&scenario, status);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
