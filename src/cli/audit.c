// autopolis audit: where published figures disagree with each other.
#include "cli/commands.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "write/audit_text.h"

static enum ap_status audit_print(const struct scenario *s, bool json) {
    struct audit audit;
    struct words words = {0};
    enum ap_status status = audit_run(&s->tables, &audit);
    if (status == AP_OK)
        status = json ? audit_to_json(&audit, s->tables.name, &words) : audit_to_text(&audit, s->tables.name, &words);
    if (status == AP_OK) status = terminal_print_words(&words);
    else terminal_trouble("the machine refused memory");
    words_free(&words);
    audit_free(&audit);
    return status;
}

int command_audit(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_AUDIT, &options);
    if (status != AP_OK) return exit_of(status);
    status = scenario_open(&options, &scenario);
    int exit_status = status == AP_OK ? exit_of(audit_print(&scenario, options.json))
                                      : scenario_trouble(&scenario, status);
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
