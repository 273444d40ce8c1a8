// Sessions from CSV. Columns are named by the user or guessed from names that such files have; every guess is told.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/cells.h"
#include "read/import_parts.h"
#include "read/moments.h"

enum { HEADER_BYTES = 200, KEY_BYTES = 64 };

static const char *const role_names[ROLE_COUNT] = {"session", "site", "pile", "user", "arrive", "leave", "kwh"};

// Letters and digits of common names, the likelier first.
static const char *const guesses[ROLE_COUNT] = {
    [ROLE_SESSION] = "session|sessionid|chargingsession|transaction|transactionid|id|充电会话|订单号",
    [ROLE_SITE] = "site|siteid|garage|garageid|station|stationid|location|locationid|sitename|stationname|站点|充电站",
    [ROLE_PILE] = "pile|pileid|connector|evse|evseid|charger|chargerid|chargepoint|port|portid|plug|充电桩",
    [ROLE_USER] = "user|userid|vehicle|vehicleid|driver|card|cardid|token|用户|车辆",
    [ROLE_ARRIVE] = "arrive|arrival|arrivaltime|plugin|startplugin|connectiontime|starttime|startdatetime|start|begin|"
                    "sessionstart|started|startdate|开始时间|充电开始时间",
    [ROLE_LEAVE] = "leave|departure|departuretime|plugout|endplugout|disconnecttime|endtime|enddatetime|end|stop|"
                   "stoptime|sessionend|ended|enddate|结束时间|充电结束时间",
    [ROLE_KWH] = "kwh|energykwh|elkwh|kwhdelivered|energy|totalenergy|energydelivered|totalkwh|chargedkwh|电量|充电量|"
                 "充电电量",
};

struct csv_import {
    struct text_file file;
    struct record record;
    struct complaints *complaints;
    const struct import_options *options;
    struct sessions_import *sessions;
    struct arena   scratch;              // of one row
    struct import *out;
    int16_t  cell_of_role[ROLE_COUNT];   // -1: no such column
    char     names[ROLE_COUNT][HEADER_BYTES];
    uint32_t cells;
    int32_t  offset;                     // of local time, when the user gave one
    bool     shifts;                     // the user gave one
    uint32_t zoned;                      // moments that had a zone
};

static void header_text(const struct csv_import *i, uint32_t cell, char out[HEADER_BYTES]) {
    const struct cell *c = &i->record.cells[cell];
    struct cell part = *c;
    if (part.count >= HEADER_BYTES) part.count = 0;          // no name of ours is so long
    size_t count = cell_write(&i->file, &part, out);
    while (count > 0 && out[count - 1] == ' ') out[--count] = '\0';
    size_t skip = strspn(out, " ");
    memmove(out, out + skip, count - skip + 1);
}

// Small letters, digits, and whatever is not ASCII.
static void guess_key(const char *text, char out[KEY_BYTES]) {
    size_t count = 0;
    for (; *text && count < KEY_BYTES - 1; text++) {
        bool capital = *text >= 'A' && *text <= 'Z', digit = *text >= '0' && *text <= '9';
        bool kept = capital || digit || (*text >= 'a' && *text <= 'z') || ((unsigned char)*text & 0x80);
        if (kept) out[count++] = capital ? (char)(*text + 32) : *text;
    }
    out[count] = '\0';
}

static struct spot cell_spot(const struct csv_import *i, uint32_t cell) {
    const struct cell *c = &i->record.cells[cell];
    return spot_of(&i->file, &i->record, c->at - c->quoted);
}

// The header cell of exactly this name, -1: none.
static int16_t column_named(const struct csv_import *i, const char *name) {
    char text[HEADER_BYTES];
    for (uint32_t cell = 0; cell < i->cells; cell++) {
        header_text(i, cell, text);
        if (strcmp(text, name) == 0) return (int16_t)cell;
    }
    return -1;
}

static int16_t column_guessed(const struct csv_import *i, enum session_role role) {
    char text[HEADER_BYTES], key[KEY_BYTES];
    int16_t best = -1;
    int best_rank = 1000;
    for (uint32_t cell = 0; cell < i->cells; cell++) {
        header_text(i, cell, text);
        guess_key(text, key);
        int rank = key[0] ? choice_index(guesses[role], key, strlen(key)) : -1;
        if (rank < 0 || rank >= best_rank) continue;
        best_rank = rank;
        best = (int16_t)cell;
    }
    return best;
}

static void column_missing(struct csv_import *i, enum session_role role, const char *named) {
    char better[300] = "";
    struct spot spot = cell_spot(i, 0);
    struct words all = {.arena = &i->scratch};
    char text[HEADER_BYTES];
    for (uint32_t cell = 0; cell < i->cells; cell++) {
        header_text(i, cell, text);
        words_add(&all, "%s%s", cell ? ", " : "", text);
    }
    snprintf(better, sizeof better, "name one with --%s: %.200s", role_names[role], words_text(&all));
    better[text_utf8_valid(better, strlen(better))] = '\0';
    if (named) {
        complain(i->complaints, spot.at, 0, spot.text, "MISSING_COLUMN", better, "no column has this name: \"%.200s\"",
                 named);
    } else {
        complain(i->complaints, spot.at, 0, spot.text, "MISSING_COLUMN", better,
                 "no column looks like the one with: \"%s\"", role_names[role]);
    }
}

// Finds the columns; false after a complaint.
static bool columns_find(struct csv_import *i) {
    bool found = true;
    for (int role = 0; role < ROLE_COUNT; role++) {
        const char *named = i->options->columns[role];
        bool needed = named || role == ROLE_ARRIVE || role == ROLE_KWH;
        int16_t cell = named ? column_named(i, named) : column_guessed(i, (enum session_role)role);
        i->cell_of_role[role] = cell;
        if (cell >= 0) header_text(i, (uint32_t)cell, i->names[role]);
        if (cell >= 0 || !needed) continue;
        column_missing(i, (enum session_role)role, named);
        found = false;
    }
    return found;
}

static void columns_tell(struct csv_import *i) {
    struct words *w = &i->out->report;
    words_add_text(w, "columns:");
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool there = i->cell_of_role[role] >= 0;
        words_add(w, "%s %s = %s%s", role ? "," : "", role_names[role], there ? i->names[role] : "none",
                  there && !i->options->columns[role] ? " (guessed)" : "");
    }
    words_add_text(w, "\n");
    bool any = false;
    char text[HEADER_BYTES];
    for (uint32_t cell = 0; cell < i->cells; cell++) {
        bool used = false;
        for (int role = 0; role < ROLE_COUNT; role++) used |= i->cell_of_role[role] == (int16_t)cell;
        if (used) continue;
        header_text(i, cell, text);
        words_add(w, "%s%s", any ? ", " : "columns not used: ", text);
        any = true;
    }
    if (any) words_add_text(w, "\n");
}

static bool header_read(struct csv_import *i, struct text_place *place) {
    if (!record_next(&i->file, place, i->complaints, &i->record)) {
        if (i->complaints->count == 0) {
            complain(i->complaints, (struct source){i->file.path, 0}, 0, NULL, "NO_HEADER", NULL,
                     "this file has no line with column names");
        }
        return false;
    }
    i->cells = i->record.cell_count;
    struct spot spot = cell_spot(i, 0);
    if (i->cells == 1 && spot.text && strcspn(spot.text, ";\t|") < strcspn(spot.text, "\n")) {
        complain(i->complaints, spot.at, 1, spot.text, "WRONG_SEPARATOR", "save it with commas between the cells",
                 "the cells of this file are not separated by commas");
        return false;
    }
    if (!columns_find(i)) return false;
    columns_tell(i);
    return true;
}

// The case of a role's cell; an absent column is an empty cell.
static struct cell_case role_case(struct csv_import *i, enum session_role role) {
    struct cell_case k = {.c = i->complaints, .texts = &i->scratch, .text = "", .file = &i->file, .record = &i->record,
                          .byte = i->record.at};
    int16_t index = i->cell_of_role[role];
    if (index < 0) return k;
    const struct cell *cell = &i->record.cells[index];
    char *text = arena_bytes(&i->scratch, (size_t)cell->count + 1);
    k.refused = text == NULL;
    k.byte = cell->at - cell->quoted;
    if (text) {
        k.count = cell_write(&i->file, cell, text);
        k.text = text;
    }
    return k;
}

// The role's cell into a field as sessions.csv would take it; false after a complaint or refused memory (*refused).
static bool role_store(struct csv_import *i, enum session_role role, void *field, bool *refused) {
    static const struct column_schema name_column = {.kind = COLUMN_ID, .standard = "", .unit = ""};
    const struct table_schema *schema = table_schema(TABLE_sessions);
    struct cell_case k = role_case(i, role);
    struct column_schema column = name_column;
    struct bounds bounds = {0, 0, false};
    if (role == ROLE_KWH) {
        column = schema->columns[column_by_name(schema, "kwh", 3)];
        bounds = column_bounds("sessions", &column);
    }
    column.name = i->names[role];
    bool stored = !k.refused && cell_store(&k, &column, bounds, field);
    *refused |= k.refused;
    return stored;
}

static bool moment_store(struct csv_import *i, enum session_role role, int64_t *out, bool *refused) {
    struct cell_case k = role_case(i, role);
    struct moment moment;
    char sentence[HEADER_BYTES + 60], better[SPELLING_BYTES];
    *refused |= k.refused;
    *out = MOMENT_NONE;
    if (k.refused) return false;
    if (k.count == 0 && role == ROLE_LEAVE) return true;
    if (k.count > 0 && moment_read(k.text, &moment)) {
        i->zoned += moment.zoned;
        bool shifted = moment.zoned && i->shifts;
        *out = shifted ? moment.clock - moment.offset + i->offset : moment.clock;
        return true;
    }
    if (k.count == 0) {
        snprintf(sentence, sizeof sentence, "%s must not be empty", i->names[role]);
        cell_complain(&k, "REQUIRED", NULL, sentence);
    } else {
        snprintf(sentence, sizeof sentence, "%s is not a date with a time", i->names[role]);
        bool known = moment_spelling(k.text, better);
        cell_complain(&k, "NOT_A_MOMENT", known ? better : "write YYYY-MM-DDTHH:MM", sentence);
    }
    return false;
}

// What the cells of a row say together.
static bool row_check(struct csv_import *i, const struct session_row *row) {
    struct session_fault fault = session_fault(row);
    if (fault.rule) {
        enum session_role role = strcmp(fault.column, "kwh") == 0 ? ROLE_KWH : ROLE_LEAVE;
        struct cell_case k = role_case(i, role);
        cell_complain(&k, fault.rule, fault.suggestion[0] ? fault.suggestion : NULL, fault.sentence);
        return false;
    }
    if (!session_known(i->sessions, row->session)) return true;
    struct cell_case k = role_case(i, ROLE_SESSION);
    cell_complain(&k, "DUPLICATE_KEY", "delete one of the two rows, or change its name",
                  "an earlier line has the same session");
    return false;
}

static bool cells_check(struct csv_import *i) {
    uint32_t cells = i->record.cell_count;
    if (cells == i->cells) return true;
    bool more = cells > i->cells;
    struct spot spot = cell_spot(i, more ? i->cells : 0);
    complain(i->complaints, spot.at, more ? spot.column : 0, spot.text, more ? "TOO_MANY_CELLS" : "TOO_FEW_CELLS",
             more ? "a cell that holds a comma must stand in quotes" : "every line needs as many commas as the header",
             "this line has %u cells and the header %u", cells, i->cells);
    return false;
}

// One record to a session; AP_NO_MEMORY, or AP_OK also when it was complained about.
static enum ap_status row_take(struct csv_import *i) {
    struct session_row row = {.session = "", .pile = "", .user = ""};
    const char *site = "";
    bool refused = false, good = cells_check(i);
    if (!good) return AP_OK;
    good &= role_store(i, ROLE_SESSION, &row.session, &refused);
    good &= role_store(i, ROLE_SITE, &site, &refused);
    good &= role_store(i, ROLE_PILE, &row.pile, &refused);
    good &= role_store(i, ROLE_USER, &row.user, &refused);
    good &= moment_store(i, ROLE_ARRIVE, &row.arrive, &refused);
    good &= moment_store(i, ROLE_LEAVE, &row.leave, &refused);
    good &= role_store(i, ROLE_KWH, &row.kwh, &refused);
    if (refused) return AP_NO_MEMORY;
    char own[40];
    snprintf(own, sizeof own, "line-%u", i->record.line);
    if (row.session[0] == '\0') row.session = own;
    if (!good || !row_check(i, &row)) return AP_OK;
    struct session_found found = {.site = site[0] ? site : "site", .pile = row.pile, .user = row.user,
                                  .session = row.session, .title = "", .connector = "", .arrive = row.arrive,
                                  .leave = row.leave, .kwh = row.kwh, .lat = (double)NAN, .lon = (double)NAN,
                                  .current = -1};
    return session_take(i->sessions, &found);
}

static enum ap_status rows_take(struct csv_import *i) {
    struct text_place place = {0};
    if (!header_read(i, &place)) return AP_BAD_INPUT;
    for (;;) {
        uint64_t complaints = i->complaints->count;
        bool there = record_next(&i->file, &place, i->complaints, &i->record);
        if (i->complaints->count > complaints) i->out->refused += i->complaints->count - complaints;
        i->out->whole = !there;
        if (!there) return AP_OK;
        complaints = i->complaints->count;
        TRY(row_take(i));
        i->out->refused += i->complaints->count > complaints;
        arena_free(&i->scratch);
    }
}

static void zones_tell(struct csv_import *i) {
    char count[COUNT_BYTES];
    if (i->zoned == 0 && i->shifts) words_add_text(&i->out->report, "no time has a zone: --utc-offset moved none\n");
    if (i->zoned == 0) return;
    words_add(&i->out->report, "times with a zone: %s, %s\n", count_show(i->zoned, count),
              i->shifts ? "moved to the local time of --utc-offset"
                        : "taken as the clock they show; --utc-offset +08:00 moves them to a local time");
}

static enum ap_status csv_finish(struct csv_import *i) {
    if (i->out->refused > 0 && !i->options->skip_refused) return AP_BAD_INPUT;
    zones_tell(i);
    return sessions_finish(i->sessions, i->out);
}

enum ap_status sessions_csv_read(FILE *stream, const char *name, const struct import_options *o, struct complaints *c,
                                 struct import *out) {
    struct csv_import *i = calloc(1, sizeof *i);
    if (!i) return AP_NO_MEMORY;
    i->complaints = c;
    i->options = o;
    i->out = out;
    i->shifts = o->utc_offset != NULL;
    i->sessions = sessions_begin(name, o);
    enum ap_status status = i->sessions ? import_offset(o, c, &i->offset) : AP_NO_MEMORY;
    if (status == AP_OK) status = text_stream_read(stream, name, &out->arena, c, &i->file);
    if (status == AP_OK) status = rows_take(i);
    if (status == AP_OK && !sessions_any(i->sessions)) {
        if (out->refused == 0) {
            complain(c, (struct source){name, 0}, 0, NULL, "EMPTY", NULL, "there is no session in this file");
        }
        status = AP_BAD_INPUT;
    }
    if (status == AP_OK) status = csv_finish(i);
    sessions_free(i->sessions);
    arena_free(&i->scratch);
    free(i);
    return status;
}
