// autopolis surge: the NEV orders of one maker multiplied from a date.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/surge_text.h"

static bool option_given(const struct options *o, const char *setting) {
    for (uint32_t i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].name, setting) == 0) return true;
    return false;
}

static enum ap_status result_print(const struct options *o, const struct surge *s) {
    struct words words = {0};
    enum ap_status status = o->json ? surge_to_json(s, &words) : surge_to_text(s, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static int orders_multiply(const struct options *o, struct scenario *x) {
    const struct settings *set = &x->tables.settings;
    struct progress progress = progress_begin(o->quiet);
    uint32_t replications = option_given(o, "replications") ? (uint32_t)set->replications : 1;
    struct surge_options options = {.seed = (uint64_t)set->seed, .replications = replications, .threads = o->threads,
                                    .maker = o->maker, .from = o->surge_from, .days = o->days, .times = o->times,
                                    .step = progress_step, .self = &progress};
    struct surge s;
    interrupts_hold();
    enum ap_status status = surge_run(&x->tables, &options, &x->complaints, &s);
    progress_end(&progress);
    interrupts_release();
    int exit_status = exit_of(status);
    if (status == AP_OK) exit_status = exit_of(result_print(o, &s));
    else if (s.trouble[0])
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", s.trouble);
    else exit_status = scenario_trouble(x, status);
    surge_free(&s);
    return exit_status;
}

int command_surge(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_SURGE, &options);
    if (status != AP_OK) return exit_of(status);
    if (!options.maker || options.surge_from == DATE_NONE) {
        terminal_trouble("whose orders, from when? autopolis surge SCENARIO --maker NAME --from DATE");
        options_free(&options);
        return exit_of(AP_BAD_USE);
    }
    status = scenario_open(&options, &scenario);
    int exit_status = status == AP_OK ? orders_multiply(&options, &scenario) : scenario_trouble(&scenario, status);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
