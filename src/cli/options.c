#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"

enum option_id {
    OPTION_OUT, OPTION_SEED, OPTION_REPLICATIONS, OPTION_WORLDS, OPTION_THREADS, OPTION_FROM, OPTION_UNTIL,
    OPTION_SET, OPTION_SHOCK, OPTION_TRACE, OPTION_LANG, OPTION_JSON, OPTION_QUIET, OPTION_DATAPACKAGE,
    OPTION_MARKDOWN, OPTION_SETTINGS, OPTION_RESULTS, OPTION_STORE, OPTION_FRESH, OPTION_TABLES,
    OPTION_PORT, OPTION_ADDRESS, OPTION_SCENARIOS, OPTION_JOBS, OPTION_PATIENCE,
    OPTION_ADD, OPTION_DISTRICT, OPTION_GOAL,
    OPTION_STRESS, OPTION_STRESS_LAST = OPTION_STRESS + STRESS_OPTIONS - 1,
    OPTION_TO, OPTION_ROLES, OPTION_LEAST_KW = OPTION_ROLES + ROLE_COUNT, OPTION_UTC_OFFSET, OPTION_DISTRICTS,
    OPTION_REGION, OPTION_SKIP_REFUSED,
    OPTION_HALF_WIDTH, OPTION_MOST, OPTION_BOTH,
    OPTION_CHANGE, OPTION_SHOCK_SECOND, OPTION_SHOCK_ONLY, OPTION_BLIND, OPTION_MAKER,
    OPTION_SURGE_FROM, OPTION_TIMES, OPTION_DAYS,
    OPTION_ENTERPRISE, OPTION_OUTAGE_FROM, OPTION_OUTAGE_DAYS, OPTION_EVENTS, OPTION_COUNT
};

struct option_rule {
    const char *name, *value;      // value NULL: a flag
    unsigned    commands;
    const char *meaning;
};

// Commands whose result can be kept.
enum { KEPT = FOR_RUN | FOR_EXPLAIN | FOR_PILES | FOR_STRESS | FOR_COMPARE | FOR_HINDCAST | FOR_SURGE };

static const struct option_rule rules[OPTION_COUNT] = {
    [OPTION_OUT] = {"--out", "DIR", KEPT, "write the result into this folder, whole or not"},
    [OPTION_STORE] = {"--store", "DIR", KEPT, "the same, in a folder of its own for each question"},
    [OPTION_FRESH] = {"--fresh", NULL, KEPT, "run it even if the result there answers the same question"},
    [OPTION_TABLES] = {"--tables", NULL, KEPT, "with --out or --store: every table as CSV too"},
    [OPTION_SEED] = {"--seed", "N",
                     FOR_RUN | FOR_CHECK | FOR_PILES | FOR_CAPACITY | FOR_COMPARE | FOR_HINDCAST | FOR_SURGE |
                     FOR_EXPLAIN | FOR_STRESS,
                     "seed of all luck"},
    [OPTION_REPLICATIONS] = {"--replications", "N",
                             FOR_RUN | FOR_PILES | FOR_COMPARE | FOR_HINDCAST | FOR_SURGE | FOR_STRESS,
                             "runs with other luck and the same inputs"},
    [OPTION_WORLDS] = {"--worlds", "N", FOR_RUN | FOR_COMPARE | FOR_HINDCAST | FOR_STRESS,
                       "runs with other luck and drawn inputs"},
    [OPTION_THREADS] = {"--threads", "N", FOR_RUN | FOR_PILES | FOR_COMPARE | FOR_HINDCAST | FOR_SURGE | FOR_STRESS,
                        "threads; the result is the same for any number"},
    [OPTION_FROM] = {"--from", "DATE", FOR_RUN | FOR_CHECK | FOR_PILES | FOR_COMPARE | FOR_STRESS,
                     "first day that counts; it starts warm_up_days earlier"},
    [OPTION_UNTIL] = {"--until", "DATE", FOR_RUN | FOR_CHECK | FOR_PILES | FOR_COMPARE | FOR_EXPLAIN | FOR_STRESS,
                      "last day"},
    [OPTION_SET] = {"--set", "NAME=VALUE",
                    FOR_RUN | FOR_CHECK | FOR_PILES | FOR_CAPACITY | FOR_HINDCAST | FOR_SURGE | FOR_EXPLAIN |
                    FOR_STRESS,
                    "a setting for this run (see describe --settings); may be repeated"},
    [OPTION_SHOCK] = {"--shock", "ID_OR_FILE", FOR_RUN | FOR_CHECK | FOR_PILES | FOR_EXPLAIN | FOR_STRESS,
                      "make a shock of shocks.csv active, or those of a file; may be repeated"},
    [OPTION_TRACE] = {"--trace", "FILE", FOR_RUN, "write one row per vehicle of the first replication"},
    [OPTION_LANG] = {"--lang", "en|zh", FOR_RUN | FOR_EXPLAIN, "language of the bulletin"},
    [OPTION_JSON] = {"--json", NULL,
                     FOR_RUN | FOR_CHECK | FOR_AUDIT | FOR_PILES | FOR_CAPACITY | FOR_COMPARE | FOR_HINDCAST |
                     FOR_SURGE | FOR_EXPLAIN | FOR_STRESS,
                     "print one JSON object instead of text"},
    [OPTION_QUIET] = {"--quiet", NULL, KEPT, "no bulletin and no progress"},
    [OPTION_DATAPACKAGE] = {"--datapackage", NULL, FOR_DESCRIBE, "the tables as a Frictionless data package"},
    [OPTION_MARKDOWN] = {"--markdown", NULL, FOR_DESCRIBE, "the tables as docs/tables.md"},
    [OPTION_RESULTS] = {"--results", NULL, FOR_DESCRIBE, "the tables of results.sqlite as docs/results.md"},
    [OPTION_PORT] = {"--port", "N", FOR_SERVE, "port (0, the default: any that is free)"},
    [OPTION_ADDRESS] = {"--address", "IP", FOR_SERVE, "address to listen at (127.0.0.1: this machine alone)"},
    [OPTION_SCENARIOS] = {"--scenarios", "DIR", FOR_SERVE, "folder of scenarios (default: scenarios); only read"},
    [OPTION_JOBS] = {"--jobs", "N", FOR_SERVE, "studies that run at once (default 1)"},
    [OPTION_PATIENCE] = {"--patience", "SECONDS", FOR_SERVE, "that a guest may take with one request (default 120)"},
    [OPTION_SETTINGS] = {"--settings", NULL, FOR_DESCRIBE, "the settings"},
    [OPTION_ADD] = {"--add", "N", FOR_PILES, "piles to place"},
    [OPTION_DISTRICT] = {"--district", "NAME", FOR_PILES, "only at sites of this district"},
    [OPTION_GOAL] = {"--goal", "wait|refused", FOR_PILES, "least time waited (default), or fewest who leave"},
    [OPTION_STRESS + STRESS_OPTION_WHAT] = {"--what", "LIST", FOR_STRESS,
                     "enterprises, regional (those of the region), districts, lanes, families, common, all\n"
                     "                           (default: enterprises,common)"},
    [OPTION_STRESS + STRESS_OPTION_DAYS] = {"--days", "LIST", FOR_STRESS,
                     "days out; ttr: each its own time to recover (default: ttr,7,14,28)"},
    [OPTION_STRESS + STRESS_OPTION_START] = {"--start", "DATES", FOR_STRESS,
                      "first days (default: a week before the Spring Festival, the day after, 1 June, 1 September)"},
    [OPTION_STRESS + STRESS_OPTION_HORIZON] = {"--horizon", "DAYS", FOR_STRESS,
                                               "days from a start after which it is counted (365)"},
    [OPTION_STRESS + STRESS_OPTION_TOP] = {"--top", "N", FOR_STRESS, "rows to print (10)"},
    [OPTION_STRESS + STRESS_OPTION_ONLY] = {"--only", "NAMES", FOR_STRESS,
                                            "only these rows of --what, as the tables call them"},
    [OPTION_STRESS + STRESS_OPTION_EVERY] = {"--every", "N", FOR_STRESS, "a sample: only every n-th row"},
    [OPTION_STRESS + STRESS_OPTION_CSV] = {"--csv", "FILE", FOR_STRESS,
                                           "write every outage as a row, invented enterprises too"},
    [OPTION_STRESS + STRESS_OPTION_RESUME] = {"--resume", NULL, FOR_STRESS,
                                              "go on where an interrupted test with the same --csv stopped"},
    [OPTION_STRESS + STRESS_OPTION_SENSITIVITY] = {"--sensitivity", NULL, FOR_STRESS,
                                                   "which uncertain inputs move the ranking most"},
    [OPTION_STRESS + STRESS_OPTION_MEASURES] = {"--measures", NULL, FOR_STRESS,
                         "beside the published measures (TTR and TTS programs, ESRI) on the same network"},
    [OPTION_STRESS + STRESS_OPTION_WHY] = {"--why", NULL, FOR_STRESS,
                                           "follow the first outages back to what ran short first"},
    [OPTION_TO] = {"--to", "FOLDER", FOR_IMPORT, "the scenario folder to make, whole or not; it must not exist"},
    [OPTION_ROLES +
        ROLE_ARRIVE] = {"--arrive", "COLUMN", FOR_IMPORT, "sessions as CSV: plugged in; guessed if not named"},
    [OPTION_ROLES + ROLE_LEAVE] = {"--leave", "COLUMN", FOR_IMPORT, "plugged out"},
    [OPTION_ROLES + ROLE_KWH] = {"--kwh", "COLUMN", FOR_IMPORT, "energy delivered"},
    [OPTION_ROLES + ROLE_SITE] = {"--site", "COLUMN", FOR_IMPORT, "where"},
    [OPTION_ROLES + ROLE_PILE] = {"--pile", "COLUMN", FOR_IMPORT, "pile or kind of pile at the site"},
    [OPTION_ROLES + ROLE_USER] = {"--user", "COLUMN", FOR_IMPORT, "who"},
    [OPTION_ROLES + ROLE_SESSION] = {"--session", "COLUMN", FOR_IMPORT, "name of the session"},
    [OPTION_LEAST_KW] = {"--kw", "N", FOR_IMPORT, "sessions: rated power that piles have at least (7)"},
    [OPTION_UTC_OFFSET] = {"--utc-offset", "+HH:MM", FOR_IMPORT, "times with a zone become times of this one"},
    [OPTION_DISTRICTS] = {"--districts", "FILE", FOR_IMPORT, "sites: a districts.csv; each goes to the nearest"},
    [OPTION_REGION] = {"--region", "NAME", FOR_IMPORT, "name of the region in the new scenario"},
    [OPTION_SKIP_REFUSED] = {"--skip-refused", NULL, FOR_IMPORT, "leave out rows that are wrong, write the rest"},
    [OPTION_HALF_WIDTH] = {"--until-half-width", "1%", FOR_RUN | FOR_COMPARE,
                           "go on until every level's 95 % interval is so narrow"},
    [OPTION_MOST] = {"--replications-most", "N", FOR_RUN | FOR_COMPARE, "then they stop, and say so (100)"},
    [OPTION_BOTH] = {"--both", "NAME=VALUE", FOR_COMPARE, "a setting of both; may be repeated"},
    [OPTION_CHANGE] = {"--set", "NAME=VALUE", FOR_COMPARE, "a setting of the second alone; may be repeated"},
    [OPTION_SHOCK_SECOND] = {"--shock", "ID_OR_FILE", FOR_COMPARE, "a shock of the second alone; may be repeated"},
    [OPTION_SHOCK_ONLY] = {"--shock", "ID", FOR_HINDCAST, "only this shock, active or not"},
    [OPTION_BLIND] = {"--blind", NULL, FOR_HINDCAST, "forecast years from what was known before them, and score that"},
    [OPTION_MAKER] = {"--maker", "NAME", FOR_SURGE, "whose NEVs are wanted, as platforms.csv names it"},
    [OPTION_SURGE_FROM] = {"--from", "DATE", FOR_SURGE, "first day of the surge"},
    [OPTION_TIMES] = {"--times", "X", FOR_SURGE, "how many times as many orders (3)"},
    [OPTION_DAYS] = {"--days", "N", FOR_SURGE, "how long the surge lasts and is watched (120)"},
    [OPTION_ENTERPRISE] = {"--enterprise", "NAME", FOR_EXPLAIN,
                           "an enterprise that is down, as enterprises.csv names it"},
    [OPTION_OUTAGE_FROM] = {"--from", "DATE", FOR_EXPLAIN, "first day it is down"},
    [OPTION_OUTAGE_DAYS] = {"--days", "N", FOR_EXPLAIN, "how long it is down"},
    [OPTION_EVENTS] = {"--csv", "FILE", FOR_EXPLAIN, "write the table of events, whole or not"},
};

void suggestion_write(const char *wrong, const char *const *names, uint32_t count, char *out, size_t room) {
    int best = 4;                  // further away than three edits is another word
    out[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        int distance = text_distance(wrong, names[i]);
        if (distance >= best || distance >= (int)strlen(names[i]) - 1) continue;
        best = distance;
        snprintf(out, room, ", did you mean %s?", names[i]);
    }
}

static enum ap_status unknown_option(const char *argument, enum command_bit command) {
    const char *names[OPTION_COUNT + 2] = {"--help", "--version"};
    uint32_t count = 2;
    char suggestion[80], name[80];
    snprintf(name, sizeof name, "%.*s", (int)smaller_of((int64_t)strcspn(argument, "="), 79), argument);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (rules[i].commands & command) names[count++] = rules[i].name;
    suggestion_write(name, names, count, suggestion, sizeof suggestion);
    terminal_trouble("unknown option \"%s\"%s", name, suggestion);
    return AP_BAD_USE;
}

static bool number_parse(const char *text, uint64_t low, uint64_t high, uint64_t *out) {
    size_t count = strlen(text);
    if (count == 0 || count > 16 || strspn(text, "0123456789") != count) return false;
    *out = strtoull(text, NULL, 10);
    return *out >= low && *out <= high;
}

static enum ap_status override_add(struct options *o, const char *name, const char *value) {
    if (o->override_count == OVERRIDES_MOST) {
        terminal_trouble("more than %d settings on one command line", OVERRIDES_MOST);
        return AP_BAD_USE;
    }
    o->overrides[o->override_count++] = (struct setting_override){name, value};
    return AP_OK;
}

static enum ap_status number_take(struct options *o, enum option_id id, const char *value) {
    static const uint64_t lowest[OPTION_COUNT] = {
        [OPTION_REPLICATIONS] = 1, [OPTION_THREADS] = 1,     [OPTION_ADD] = 1,  [OPTION_MOST] = 2,
        [OPTION_DAYS] = 1,         [OPTION_OUTAGE_DAYS] = 1, [OPTION_JOBS] = 1, [OPTION_PATIENCE] = 1};
    static const uint64_t highest[OPTION_COUNT] = {[OPTION_SEED] = 9007199254740991, [OPTION_REPLICATIONS] = 100000,
                                                   [OPTION_WORLDS] = 100000, [OPTION_THREADS] = 1024,
                                                   [OPTION_ADD] = 100000, [OPTION_MOST] = 100000,
                                                   [OPTION_DAYS] = 730,
                                                   [OPTION_OUTAGE_DAYS] = 3650, [OPTION_PORT] = 65535,
                                                   [OPTION_JOBS] = 64, [OPTION_PATIENCE] = 86400};
    uint64_t number = 0;
    if (!number_parse(value, lowest[id], highest[id], &number)) {
        terminal_trouble("%s takes a whole number from %llu to %llu, not \"%s\"", rules[id].name,
                         (unsigned long long)lowest[id], (unsigned long long)highest[id], value);
        return AP_BAD_USE;
    }
    uint32_t *const places[OPTION_COUNT] = {
        [OPTION_OUTAGE_DAYS] = &o->outage_days, [OPTION_ADD] = &o->add,         [OPTION_THREADS] = &o->threads,
        [OPTION_MOST] = &o->replications_most,  [OPTION_DAYS] = &o->days,       [OPTION_PORT] = &o->port,
        [OPTION_JOBS] = &o->jobs,               [OPTION_PATIENCE] = &o->patience};
    if (!places[id]) return override_add(o, rules[id].name + 2, value);
    *places[id] = (uint32_t)number;
    return AP_OK;
}

static enum ap_status date_take(struct options *o, enum option_id id, const char *value) {
    day_number day;
    bool good = date_parse(value, &day);
    if (good && id == OPTION_OUTAGE_FROM) o->outage_from = day;
    if (good) return id == OPTION_OUTAGE_FROM ? AP_OK : override_add(o, rules[id].name + 2, value);
    terminal_trouble("%s takes a date such as 2023-01-31, not \"%s\"", rules[id].name, value);
    return AP_BAD_USE;
}

static enum ap_status setting_take(struct options *o, enum option_id id, const char *value) {
    const char *equals = strchr(value, '=');
    if (!equals || equals == value) {
        terminal_trouble("%s takes NAME=VALUE, not \"%s\"", rules[id].name, value);
        return AP_BAD_USE;
    }
    const char *name = text_copy(&o->arena, value, (size_t)(equals - value));
    if (!name) return AP_NO_MEMORY;
    if (id != OPTION_CHANGE) return override_add(o, name, equals + 1);
    if (o->change_count == OVERRIDES_MOST) {
        terminal_trouble("more than %d settings on one command line", OVERRIDES_MOST);
        return AP_BAD_USE;
    }
    o->changes[o->change_count++] = (struct setting_override){name, equals + 1};
    return AP_OK;
}

// 1% or 0.01: between none and all of the mean.
static enum ap_status half_width_take(struct options *o, const char *value) {
    char *end;
    double width = strtod(value, &end);
    bool percent = strcmp(end, "%") == 0;
    if (percent) width /= 100;
    if (end > value && (percent || !*end) && width > 0 && width < 1) {
        o->half_width = width;
        return AP_OK;
    }
    terminal_trouble("--until-half-width takes a part of the mean such as 1%% or 0.01, not \"%s\"", value);
    return AP_BAD_USE;
}

static enum ap_status surge_option_take(struct options *o, enum option_id id, const char *value) {
    char *end = NULL;
    if (id == OPTION_MAKER) {
        o->maker = value;
    } else if (id == OPTION_SURGE_FROM) {
        if (date_parse(value, &o->surge_from)) return AP_OK;
        terminal_trouble("--from takes a date such as 2023-09-01, not \"%s\"", value);
        return AP_BAD_USE;
    } else {
        o->times = strtod(value, &end);
        if (end > value && !*end && o->times > 0 && o->times <= 100) return AP_OK;
        terminal_trouble("--times takes a number above 0, up to 100, not \"%s\"", value);
        return AP_BAD_USE;
    }
    return AP_OK;
}

static enum ap_status language_take(struct options *o, const char *value) {
    bool zh = strcmp(value, "zh") == 0;
    o->language = zh ? LANGUAGE_ZH : LANGUAGE_EN;
    if (zh || strcmp(value, "en") == 0) return AP_OK;
    terminal_trouble("--lang takes en or zh, not \"%s\"", value);
    return AP_BAD_USE;
}

static enum ap_status goal_take(struct options *o, const char *value) {
    bool wait = strcmp(value, "wait") == 0;
    o->goal = wait ? GOAL_WAIT : GOAL_REFUSED;
    if (wait || strcmp(value, "refused") == 0) return AP_OK;
    terminal_trouble("--goal takes wait or refused, not \"%s\"", value);
    return AP_BAD_USE;
}

static enum ap_status shock_take(struct options *o, const char *value) {
    if (o->shock_count < SHOCKS_MOST) {
        o->shocks[o->shock_count++] = value;
        return AP_OK;
    }
    terminal_trouble("more than %d shocks on one command line", SHOCKS_MOST);
    return AP_BAD_USE;
}

static enum ap_status import_option_take(struct options *o, enum option_id id, const char *value) {
    uint64_t kw;
    if (id >= OPTION_ROLES && id < OPTION_ROLES + ROLE_COUNT) {
        o->import.columns[id - OPTION_ROLES] = value;
    } else if (id == OPTION_LEAST_KW) {
        if (!number_parse(value, 1, 4000, &kw)) {
            terminal_trouble("--kw takes a whole number from 1 to 4000, not \"%s\"", value);
            return AP_BAD_USE;
        }
        o->import.least_kw = (double)kw;
    }
    return AP_OK;
}

static enum ap_status option_take(struct options *o, enum option_id id, const char *value) {
    if (id >= OPTION_STRESS && id <= OPTION_STRESS_LAST)
        return stress_option_take(&o->stress, (enum stress_option)(id - OPTION_STRESS), value);
    switch (id) {
    case OPTION_TO: o->to = value; break;
    case OPTION_UTC_OFFSET: o->import.utc_offset = value; break;
    case OPTION_DISTRICTS: o->import.districts = value; break;
    case OPTION_REGION: o->import.region = value; break;
    case OPTION_SKIP_REFUSED: o->import.skip_refused = true; break;
    case OPTION_OUT: o->out = value; break;
    case OPTION_TRACE: o->trace = value; break;
    case OPTION_STORE: o->store = value; break;
    case OPTION_FRESH: o->fresh = true; break;
    case OPTION_TABLES: o->tables = true; break;
    case OPTION_ADDRESS: o->address = value; break;
    case OPTION_SCENARIOS: o->scenarios = value; break;
    case OPTION_RESULTS: o->results = true; break;
    case OPTION_DISTRICT: o->district = value; break;
    case OPTION_GOAL: return goal_take(o, value);
    case OPTION_ENTERPRISE: o->enterprise = value; break;
    case OPTION_EVENTS: o->events = value; break;
    case OPTION_OUTAGE_DAYS:
    case OPTION_ADD:
    case OPTION_MOST:
    case OPTION_DAYS:
    case OPTION_PORT:
    case OPTION_JOBS:
    case OPTION_PATIENCE:
    case OPTION_SEED:
    case OPTION_REPLICATIONS:
    case OPTION_WORLDS:
    case OPTION_THREADS: return number_take(o, id, value);
    case OPTION_OUTAGE_FROM:
    case OPTION_FROM:
    case OPTION_UNTIL: return date_take(o, id, value);
    case OPTION_SET:
    case OPTION_BOTH:
    case OPTION_CHANGE: return setting_take(o, id, value);
    case OPTION_SHOCK:
    case OPTION_SHOCK_SECOND: return shock_take(o, value);
    case OPTION_BLIND: o->blind = true; break;
    case OPTION_SHOCK_ONLY: o->only = value; break;
    case OPTION_HALF_WIDTH: return half_width_take(o, value);
    case OPTION_MAKER:
    case OPTION_SURGE_FROM:
    case OPTION_TIMES: return surge_option_take(o, id, value);
    case OPTION_LANG: return language_take(o, value);
    case OPTION_JSON: o->json = true; break;
    case OPTION_QUIET: o->quiet = true; break;
    case OPTION_DATAPACKAGE: o->datapackage = true; break;
    case OPTION_MARKDOWN: o->markdown = true; break;
    case OPTION_SETTINGS: o->settings = true; break;
    default: return import_option_take(o, id, value);
    }
    return AP_OK;
}

// One argument that begins with --, and its value: behind "=" or the next argument.
static enum ap_status option_parse(struct options *o, enum command_bit command, int argc, char **argv, int *at) {
    const char *argument = argv[*at], *equals = strchr(argument, '=');
    size_t length = equals ? (size_t)(equals - argument) : strlen(argument);
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_rule *rule = &rules[i];
        if (strlen(rule->name) != length || strncmp(rule->name, argument, length) != 0) continue;
        if (!(rule->commands & command)) continue;      // another command's option of this name
        const char *value = equals ? equals + 1 : NULL;
        if (!rule->value && equals) {
            terminal_trouble("%s takes no value", rule->name);
            return AP_BAD_USE;
        }
        if (rule->value && !value && *at + 1 < argc) value = argv[++*at];
        if (rule->value && (!value || !*value)) {
            terminal_trouble("%s needs a value: %s %s", rule->name, rule->name, rule->value);
            return AP_BAD_USE;
        }
        return option_take(o, (enum option_id)i, value);
    }
    return unknown_option(argument, command);
}

// What goes together, and what does not.
static enum ap_status options_agree(const struct options *o) {
    const char *trouble = o->out && o->store      ? "--out and --store exclude each other"
                          : o->tables && !o->out && !o->store ? "--tables needs --out or --store"
                          : o->fresh && !o->out && !o->store  ? "--fresh needs --out or --store"
                                                              : NULL;
    if (trouble) terminal_trouble("%s", trouble);
    return trouble ? AP_BAD_USE : AP_OK;
}

static uint32_t processors(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > 1024 ? 1024 : (uint32_t)online;
}

static enum ap_status arguments_parse(int argc, char **argv, enum command_bit command, struct options *out) {
    bool only_places = false;
    for (int i = 1; i < argc; i++) {
        if (!only_places && strcmp(argv[i], "--") == 0) {
            only_places = true;
        } else if (!only_places && argv[i][0] == '-' && argv[i][1]) {
            TRY(option_parse(out, command, argc, argv, &i));
        } else if (command == FOR_IMPORT && !out->what) {
            out->what = argv[i];
        } else if (command == FOR_COMPARE && out->place && !out->other) {
            out->other = argv[i];
        } else if (command == FOR_REPRODUCE && out->place && !out->elsewhere) {
            out->elsewhere = argv[i];
        } else if (out->place || command == FOR_DESCRIBE) {
            terminal_trouble("one argument too many: \"%s\"", argv[i]);
            return AP_BAD_USE;
        } else {
            out->place = argv[i];
        }
    }
    bool may_miss = command == FOR_DESCRIBE || command == FOR_SERVE || command == FOR_IMPORT;   // import tells itself
    if (out->place || may_miss) return AP_OK;
    const char *missing = command == FOR_NEW ? "DIR" : command == FOR_REPRODUCE ? "MANIFEST" : "SCENARIO";
    terminal_trouble("%s is missing: autopolis %s %s", command == FOR_NEW         ? "the folder"
                                                       : command == FOR_REPRODUCE ? "the manifest"
                                                                                  : "the scenario",
                     argv[0], missing);
    return AP_BAD_USE;
}

enum ap_status options_parse(int argc, char **argv, enum command_bit command, struct options *out) {
    memset(out, 0, sizeof *out);
    out->threads = processors();
    out->outage_from = DATE_NONE;
    out->replications_most = 100;
    out->surge_from = DATE_NONE;
    out->times = 3;
    out->days = 120;
    enum ap_status status = arguments_parse(argc, argv, command, out);
    if (status == AP_OK) status = options_agree(out);
    if (status == AP_NO_MEMORY) terminal_trouble("the machine refused memory");
    if (status != AP_OK) options_free(out);
    return status;
}

void options_free(struct options *o) {
    arena_free(&o->arena);
}

struct read_options options_for_reading(const struct options *o) {
    return (struct read_options){o->overrides, o->override_count, o->shocks, o->shock_count};
}

void options_describe(enum command_bit command, struct words *out) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(rules[i].commands & command)) continue;
        char name[48];
        snprintf(name, sizeof name, "  %s%s%s", rules[i].name, rules[i].value ? " " : "",
                 rules[i].value ? rules[i].value : "");
        words_add_left(out, name, 25);
        words_add(out, " %s\n", rules[i].meaning);
    }
    words_add_text(out, "  --help                   this text\n  --version                the version\n");
}
