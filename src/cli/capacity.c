// autopolis capacity: what the chain can make in a year, simulated and bounded, and what stands in the way of more.
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/capacity_text.h"

static enum ap_status capacity_print(const struct capacity *c, bool json) {
    struct words words = {0};
    enum ap_status status = json ? capacity_to_json(c, &words) : capacity_to_text(c, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    return status;
}

static int capacity_run(const struct options *o, struct scenario *s) {
    struct capacity *capacity = calloc(1, sizeof *capacity);
    if (!capacity) return scenario_trouble(s, AP_NO_MEMORY);
    enum ap_status status = capacity_find(&s->tables, &s->complaints, capacity);
    int exit_status;
    if (status == AP_OK) {
        exit_status = exit_of(capacity_print(capacity, o->json));
    } else if (status == AP_BAD_USE) {
        terminal_trouble("%s: the scenario has no lines, so there are no vehicles to count", o->place);
        exit_status = exit_of(AP_BAD_INPUT);
    } else if (capacity->trouble[0]) {
        terminal_trouble("%s%s", status == AP_LEDGER ? "a ledger does not balance: " : "", capacity->trouble);
        exit_status = exit_of(status);
    } else {
        exit_status = scenario_trouble(s, status);
    }
    capacity_free(capacity);
    free(capacity);
    return exit_status;
}

int command_capacity(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_CAPACITY, &options);
    if (status != AP_OK) return exit_of(status);
    status = scenario_open(&options, &scenario);
    int exit_status = status == AP_OK ? capacity_run(&options, &scenario) : scenario_trouble(&scenario, status);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
