// autopolis new: writes a small scenario to begin with.
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "read/folder_new.h"

int command_new(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    memset(&scenario, 0, sizeof scenario);
    scenario.complaints.arena = &scenario.arena;
    enum ap_status status = options_parse(argc, argv, FOR_NEW, &options);
    if (status != AP_OK) return exit_of(status);
    interrupts_hold();             // whole or absent
    status = folder_new(options.place, &scenario.complaints);
    interrupts_release();
    int exit_status = exit_of(status);
    if (status != AP_OK) exit_status = scenario_trouble(&scenario, status);
    arena_free(&scenario.arena);
    options_free(&options);
    return exit_status;
}
