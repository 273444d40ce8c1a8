// autopolis hindcast: dated shocks with one set of parameters, beside what was published of them.
#include <stdio.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/forecast_text.h"
#include "write/hindcast_text.h"

static enum ap_status result_print(const struct options *o, const struct hindcast *h) {
    struct words words = {0};
    enum ap_status status = o->json ? hindcast_to_json(h, &words) : hindcast_to_text(h, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static int shocks_replay(const struct options *o, struct scenario *s) {
    const struct settings *set = &s->tables.settings;
    struct progress progress = progress_begin(o->quiet);
    struct hindcast_options options = {.seed = (uint64_t)set->seed, .replications = (uint32_t)set->replications,
                                       .worlds = (uint32_t)set->worlds, .threads = o->threads, .only = o->only,
                                       .step = progress_step, .self = &progress};
    struct hindcast h;
    interrupts_hold();
    enum ap_status status = hindcast_run(&s->tables, &options, &s->complaints, &h);
    progress_end(&progress);
    interrupts_release();
    int exit_status = exit_of(status);
    if (status == AP_OK) exit_status = exit_of(result_print(o, &h));
    else if (h.trouble[0])
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", h.trouble);
    else exit_status = scenario_trouble(s, status);
    hindcast_free(&h);
    return exit_status;
}

static enum ap_status forecasts_print(const struct options *o, const struct forecasts *f) {
    struct words words = {0};
    enum ap_status status = o->json ? forecasts_to_json(f, &words) : forecasts_to_text(f, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static int years_forecast(const struct options *o, struct scenario *s) {
    const struct settings *set = &s->tables.settings;
    struct progress progress = progress_begin(o->quiet);
    struct forecast_options options = {.seed = (uint64_t)set->seed, .replications = (uint32_t)set->replications,
                                       .worlds = (uint32_t)set->worlds, .threads = o->threads, .step = progress_step,
                                       .self = &progress};
    struct forecasts f;
    interrupts_hold();
    enum ap_status status = forecasts_run(&s->tables, &options, &s->complaints, &f);
    progress_end(&progress);
    interrupts_release();
    int exit_status = exit_of(status);
    if (status == AP_OK) exit_status = exit_of(forecasts_print(o, &f));
    else if (f.trouble[0])
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", f.trouble);
    else exit_status = scenario_trouble(s, status);
    forecasts_free(&f);
    return exit_status;
}

int command_hindcast(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_HINDCAST, &options);
    if (status != AP_OK) return exit_of(status);
    status = scenario_open(&options, &scenario);
    int exit_status = status != AP_OK   ? scenario_trouble(&scenario, status)
                      : options.blind ? years_forecast(&options, &scenario)
                                      : shocks_replay(&options, &scenario);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
