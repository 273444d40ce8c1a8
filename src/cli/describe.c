// autopolis describe: what the tables and settings mean, made from the schema in the code.
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "read/describe.h"
#include "write/database.h"

int command_describe(int argc, char **argv) {
    struct options options;
    enum ap_status status = options_parse(argc, argv, FOR_DESCRIBE, &options);
    if (status != AP_OK) return exit_of(status);
    struct words words = {0};
    if (options.datapackage) describe_datapackage(&words);
    else if (options.settings) describe_settings(&words);
    else if (options.results) database_describe(&words);
    else describe_markdown(&words);
    status = terminal_print_words(&words);
    options_free(&options);
    return exit_of(status);
}
