// The program: a table of commands. --help and --version are understood everywhere.
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "study/study.h"

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    unsigned    bit;               // 0: the command reads its arguments itself
    const char *arguments, *meaning;
};

static const struct command commands[] = {
    {"run", command_run, FOR_RUN, "SCENARIO [options]", "simulate a scenario and print its bulletin"},
    {"compare", command_compare, FOR_COMPARE, "SCENARIO [OTHER] [options]",
     "what changes between two scenarios, on common random numbers"},
    {"hindcast", command_hindcast, FOR_HINDCAST, "SCENARIO [options]",
     "replay dated shocks and set them beside what was published of them"},
    {"surge", command_surge, FOR_SURGE, "SCENARIO --maker M --from DATE [options]",
     "multiply one maker's NEV orders: who binds first, what is built"},
    {"check", command_check, FOR_CHECK, "SCENARIO [options]", "read a scenario and build its model, nothing else"},
    {"audit", command_audit, FOR_AUDIT, "SCENARIO [--json]", "find where published figures disagree with each other"},
    {"capacity", command_capacity, FOR_CAPACITY, "SCENARIO [options]", "find what the chain can make, and what binds"},
    {"describe", command_describe, FOR_DESCRIBE, "[--datapackage|--markdown|--settings]",
     "print what the tables and settings mean"},
    {"explain", command_explain, FOR_EXPLAIN, "SCENARIO --shock ID | --enterprise E",
     "tell the path of a shock, day by day, with its causes"},
    {"import", command_import, FOR_IMPORT, "sessions|sites FILE --to DIR",
     "turn session records or a list of sites into a scenario"},
    {"piles", command_piles, FOR_PILES, "SCENARIO --add N [options]", "find where the next public piles do most"},
    {"report", command_report, 0, "RESULT [RESULT...]", "one page of a run, its stress test and its plan of piles"},
    {"stress", command_stress, FOR_STRESS, "SCENARIO [options]",
     "find what each enterprise, district and lane is worth"},
    {"reproduce", command_reproduce, FOR_REPRODUCE, "MANIFEST [SCENARIO]",
     "run a kept result again and compare every byte"},
    {"serve", command_serve, FOR_SERVE, "[DIR] [options]", "show results and start studies in a browser"},
    {"new", command_new, FOR_NEW, "DIR", "write a small scenario to begin with"},
    {"selftest", command_selftest, 0, "[CASE...] [--json] [--threads N]", "compare cases with their exact results"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void usage_write(struct words *out) {
    words_add_text(out, "Autopolis simulates the vehicle industry of a region, vehicle by vehicle.\n\n");
    for (int i = 0; i < COMMANDS; i++) {
        char line[96];
        snprintf(line, sizeof line, "  autopolis %s %s", commands[i].name, commands[i].arguments);
        words_add_left(out, line, 58);
        words_add(out, " %s\n", commands[i].meaning);
    }
    words_add_text(out, "\nautopolis COMMAND --help tells more; autopolis --version tells the version.\n"
                        "Exit status: 0 done, 1 the input is wrong, 2 usage, 3 refused (disk, memory, permission),\n"
                        "130 interrupted.\n");
}

static void indicators_write(struct words *out) {
    words_add_text(out, "\nIndicators (unit), by year, some by month, and for every reported period:\n");
    for (uint32_t i = 0; i < INDICATOR_COUNT; i++) {
        const struct indicator *indicator = indicator_of((enum indicator_id)i);
        char name[64];
        snprintf(name, sizeof name, "  %s (%s)", indicator->name, indicator->unit);
        words_add_left(out, name, 42);
        words_add(out, " %s\n", indicator->meaning);
    }
}

static int command_help(const struct command *command) {
    struct words words = {0};
    words_add(&words, "autopolis %s %s\n  %s\n\n", command->name, command->arguments, command->meaning);
    if (command->bit) options_describe((enum command_bit)command->bit, &words);
    if (command->bit == FOR_RUN) indicators_write(&words);
    return exit_of(terminal_print_words(&words));
}

static int usage_print(void) {
    struct words words = {0};
    usage_write(&words);
    return exit_of(terminal_print_words(&words));
}

static int version_print(void) {
    return exit_of(terminal_print("autopolis " AUTOPOLIS_VERSION "\n"));
}

static bool asks_for(int argc, char **argv, const char *option) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], option) == 0) return true;
    return false;
}

static int command_unknown(const char *name) {
    const char *names[COMMANDS];
    char suggestion[80];
    for (int i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
    suggestion_write(name, names, COMMANDS, suggestion, sizeof suggestion);
    terminal_trouble("unknown command \"%s\"%s (autopolis --help lists them)", name, suggestion);
    return exit_of(AP_BAD_USE);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        int printed = usage_print();
        return printed ? printed : exit_of(AP_BAD_USE);
    }
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) != 0) continue;
        if (asks_for(argc - 1, argv + 1, "--help")) return command_help(&commands[i]);
        if (asks_for(argc - 1, argv + 1, "--version")) return version_print();
        signals_begin();
        return commands[i].run(argc - 1, argv + 1);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return usage_print();
    if (strcmp(argv[1], "--version") == 0) return version_print();
    return command_unknown(argv[1]);
}
