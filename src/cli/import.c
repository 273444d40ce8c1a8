// autopolis import: session records or a list of sites, from CSV or OCPI 2.2.1, to a scenario folder.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "read/import.h"

// Options of the other kind would be passed over in silence.
static enum ap_status options_fit(const struct options *o, bool sites) {
    bool columns = o->import.least_kw > 0 || o->import.utc_offset;
    for (int role = 0; role < ROLE_COUNT; role++) columns |= o->import.columns[role] != NULL;
    if (!sites && !o->import.districts) return AP_OK;
    if (sites && !columns) return AP_OK;
    terminal_trouble(sites ? "columns, --kw and --utc-offset are for sessions" : "--districts is for sites");
    return AP_BAD_USE;
}

static enum ap_status usage_check(const struct options *o) {
    static const char *const kinds[] = {"sessions", "sites"};
    char suggestion[80];
    bool sessions = o->what && strcmp(o->what, kinds[0]) == 0, sites = o->what && strcmp(o->what, kinds[1]) == 0;
    if (!sessions && !sites) {
        suggestion_write(o->what ? o->what : "", kinds, 2, suggestion, sizeof suggestion);
        if (o->what) terminal_trouble("import takes sessions or sites, not \"%s\"%s", o->what, suggestion);
        else terminal_trouble("import takes sessions or sites: autopolis import sessions FILE --to FOLDER");
        return AP_BAD_USE;
    }
    if (!o->place) terminal_trouble("the file is missing: autopolis import %s FILE --to FOLDER; - is standard input",
                                    o->what);
    else if (!o->to) terminal_trouble("--to is missing: the scenario folder to make");
    else return options_fit(o, sites);
    return AP_BAD_USE;
}

static enum ap_status stream_import(const struct options *o, FILE *stream, struct complaints *c, struct import *i) {
    bool standard = strcmp(o->place, "-") == 0;
    const char *name = standard ? "standard input" : o->place;
    return strcmp(o->what, "sites") == 0 ? import_sites_read(stream, name, &o->import, c, i)
                                         : import_sessions_read(stream, name, &o->import, c, i);
}

static enum ap_status file_import(const struct options *o, struct complaints *c, struct import *i) {
    if (strcmp(o->place, "-") == 0) return stream_import(o, stdin, c, i);
    FILE *stream = fopen(o->place, "rb");
    if (!stream) {
        bool missing = errno == ENOENT;
        complain(c, (struct source){o->place, 0}, 0, NULL, missing ? "NO_SUCH_FILE" : "CANNOT_READ", NULL,
                 "cannot read this file: %s", strerror(errno));
        return missing ? AP_BAD_INPUT : AP_REFUSED;
    }
    enum ap_status status = stream_import(o, stream, c, i);
    fclose(stream);
    return status;
}

// Says what was read, and what was left out of it.
static enum ap_status report_print(const struct options *o, const struct scenario *s, const struct import *i) {
    struct words words = {0};
    if (s->complaints.count > 0) complaints_write(&words, &s->complaints);
    if (words.count > 0) terminal_note(words_text(&words));
    words.count = 0;
    words_add(&words, "%swritten to %s: ", words_text(&i->report), o->to);
    for (uint32_t n = 0; n < i->file_count; n++) words_add(&words, "%s%s", n ? ", " : "", i->files[n].name);
    words_add_text(&words, "\n");
    enum ap_status status = words_status(&words);
    if (status == AP_OK) status = terminal_print(words_text(&words));
    words_free(&words);
    return status;
}

static int import_run(const struct options *o) {
    struct scenario scenario = {0};
    struct import import = {0};
    scenario.complaints.arena = &scenario.arena;
    enum ap_status status = folder_place_check(o->to, &scenario.complaints);
    if (status == AP_OK) status = file_import(o, &scenario.complaints, &import);
    bool rows = status == AP_BAD_INPUT && import.refused > 0 && import.whole && !o->import.skip_refused;
    interrupts_hold();             // whole or absent
    if (status == AP_OK) status = import_write(&import, o->to, &scenario.complaints);
    interrupts_release();
    int exit_status = status == AP_OK ? exit_of(report_print(o, &scenario, &import))
                                      : scenario_trouble(&scenario, status);
    if (rows) terminal_note("nothing was written; --skip-refused writes the rows that are not complained about\n");
    import_free(&import);
    arena_free(&scenario.arena);
    return exit_status;
}

int command_import(int argc, char **argv) {
    struct options options;
    enum ap_status status = options_parse(argc, argv, FOR_IMPORT, &options);
    if (status != AP_OK) return exit_of(status);
    status = usage_check(&options);
    int exit_status = status == AP_OK ? import_run(&options) : exit_of(status);
    options_free(&options);
    return exit_status;
}
