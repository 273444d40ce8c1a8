// Sessions from OCPI 2.2.1 charge detail records (CDRs): an array, or the answer of a platform that holds one.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/connectors.h"
#include "read/import_parts.h"

struct cdr_import {
    struct ocpi_element element;
    struct sessions_import *sessions;
    struct import *out;
    const struct import_options *options;
    struct name_list sites;        // by party and id: ids are only unique within a party
    struct arena   texts;
    const char   **site_names;     // [sites.count + 1]: what they are called here
    uint32_t       site_room;
};

// 2.1.1 has no cdr_location; its CDR holds a whole location, and stop_date_time.
static bool version_check(struct cdr_import *i) {
    struct ocpi_element *e = &i->element;
    if (ocpi_value(e, "cdr_location")) return true;
    bool older = ocpi_value(e, "location") || ocpi_value(e, "stop_date_time") || ocpi_value(e, "auth_id");
    if (older) {
        const char *member = ocpi_value(e, "stop_date_time") ? "stop_date_time" : "location";
        ocpi_complain(e, (struct json_place){ocpi_value(e, member) ? member : "", member}, "WRONG_VERSION",
                      "ask the platform for version 2.2.1", "this is a CDR of OCPI 2.1.1, not 2.2.1");
        return false;
    }
    bool location = ocpi_value(e, "evses") || ocpi_value(e, "coordinates"), session = ocpi_value(e, "location_id");
    if (!location && !session) return true;
    ocpi_complain(e, (struct json_place){session ? "location_id" : "", session ? "a session" : "a location"},
                  "WRONG_OBJECT", session ? "ask the platform for its CDRs" : "autopolis import sites reads locations",
                  "finished sessions come from CDRs");
    return false;
}

// The site's name here: its id, with the party behind it where another party has the same id. NULL: memory was refused.
static const char *site_name(struct cdr_import *i, const char *id) {
    struct ocpi_element *e = &i->element;
    const char *country = ocpi_text(e, "country_code", MAY_LACK), *party = ocpi_text(e, "party_id", MAY_LACK);
    char key[200], name[200];
    snprintf(key, sizeof key, "%.8s*%.8s*%.120s", country, party, id);
    uint32_t known = i->sites.count, site = name_number(&i->sites, key);
    if (site == 0 || !array_room((void **)&i->site_names, &i->site_room, site + 1, sizeof *i->site_names)) return NULL;
    if (site <= known) return i->site_names[site];
    bool taken = false;
    for (uint32_t other = 1; other < site && !taken; other++) taken = strcmp(i->site_names[other], id) == 0;
    snprintf(name, sizeof name, taken ? "%.100s %s*%s" : "%.120s", id, country, party);
    return i->site_names[site] = text_copy(&i->texts, name, strlen(name));
}

static const char *connector_told(struct cdr_import *i, int32_t *current) {
    struct ocpi_element *e = &i->element;
    const char *standard = ocpi_text(e, "cdr_location.connector_standard", MAY_LACK);
    const char *power = ocpi_text(e, "cdr_location.connector_power_type", MAY_LACK);
    struct plug plug = plug_of(standard);
    *current = -1;
    if (strcmp(power, "DC") == 0 || plug.currents == PLUG_DC) *current = 1;
    else if (strncmp(power, "AC_", 3) == 0 || plug.currents == PLUG_AC) *current = 0;
    if (standard[0] == '\0' || plug.name) return plug.name ? plug.name : "";
    char better[100];
    const char *nearest = plug_nearest(standard);
    snprintf(better, sizeof better, "did you mean \"%s\"?", nearest ? nearest : "");
    ocpi_complain(e, (struct json_place){"cdr_location.connector_standard", standard}, "UNKNOWN_CONNECTOR",
                  nearest ? better : NULL, "no connector has this name");
    return "";
}

// What the members say together.
static void cdr_check(struct cdr_import *i, const struct session_row *row) {
    struct ocpi_element *e = &i->element;
    struct session_fault fault = session_fault(row);
    char value[60];
    if (fault.rule) {
        bool energy = strcmp(fault.column, "kwh") == 0;
        snprintf(value, sizeof value, "%.10g", row->kwh);
        const char *path = energy ? "total_energy" : "end_date_time";
        struct json_place place = {path, energy ? value : ocpi_text(e, path, MAY_LACK)};
        ocpi_complain(e, place, fault.rule, fault.suggestion[0] ? fault.suggestion : NULL, fault.sentence);
    }
    if (json_is_true(ocpi_value(e, "credit"))) {
        ocpi_complain(e, (struct json_place){"credit", "true"}, "CREDIT_CDR",
                      "delete it and the CDR it takes back (credit_reference_id)", "a credit takes back another CDR");
    }
    if (row->session[0] && session_known(i->sessions, row->session)) {
        ocpi_complain(e, (struct json_place){"id", row->session}, "DUPLICATE_KEY", "delete one of the two",
                      "an earlier CDR has the same id");
    }
}

static double energy_read(struct ocpi_element *e) {
    double kwh = ocpi_number(e, "total_energy", MUST_HAVE);
    char value[40];
    if (kwh >= 0 || kwh != kwh) return kwh;
    snprintf(value, sizeof value, "%.10g", kwh);
    ocpi_complain(e, (struct json_place){"total_energy", value}, "OUT_OF_RANGE", NULL, "must be at least 0");
    return (double)NAN;
}

static enum ap_status cdr_take(struct cdr_import *i) {
    struct ocpi_element *e = &i->element;
    struct session_found found = {.title = ocpi_text(e, "cdr_location.name", MAY_LACK)};
    found.session = ocpi_name(e, "id", MUST_HAVE);
    const char *id = ocpi_name(e, "cdr_location.id", MUST_HAVE);
    found.pile = ocpi_name(e, "cdr_location.evse_uid", MAY_LACK);
    found.user = ocpi_name(e, "cdr_token.contract_id", MAY_LACK);
    if (!found.user[0]) found.user = ocpi_name(e, "cdr_token.uid", MAY_LACK);
    found.arrive = ocpi_moment(e, "start_date_time", MUST_HAVE);
    found.leave = ocpi_moment(e, "end_date_time", MAY_LACK);
    found.kwh = energy_read(e);
    struct ocpi_point point = ocpi_point(e, "cdr_location.coordinates", MAY_LACK);
    found.lat = point.lat;
    found.lon = point.lon;
    found.connector = connector_told(i, &found.current);
    if (e->faulty) return AP_OK;
    struct session_row row = {.session = found.session, .arrive = found.arrive, .leave = found.leave,
                              .kwh = found.kwh};
    cdr_check(i, &row);
    if (e->faulty) return AP_OK;
    found.site = site_name(i, id);
    return found.site ? session_take(i->sessions, &found) : AP_NO_MEMORY;
}

static enum ap_status columns_check(const struct import_options *o, struct complaints *c, const char *name) {
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!o->columns[role]) continue;
        complain(c, (struct source){name, 0}, 0, NULL, "NO_COLUMNS", "leave the names of columns out",
                 "a JSON document has no columns: \"%.100s\"", o->columns[role]);
        return AP_BAD_INPUT;
    }
    return AP_OK;
}

static enum ap_status cdrs_take(struct cdr_import *i) {
    struct json_stream *stream = i->element.stream;
    for (;;) {
        enum json_next next = json_element_next(stream);
        i->out->whole = next == JSON_END;
        if (next == JSON_END) return AP_OK;
        if (next == JSON_FAULT) return stream->status != AP_OK ? stream->status : AP_BAD_INPUT;
        i->element.faulty = false;
        if (!version_check(i)) return AP_BAD_INPUT;
        TRY(cdr_take(i));
        i->out->refused += i->element.faulty;
    }
}

static enum ap_status cdrs_finish(struct cdr_import *i, struct complaints *c) {
    if (!sessions_any(i->sessions)) {
        if (i->out->refused == 0) {
            complain(c, (struct source){i->element.stream->name, 0}, 0, NULL, "EMPTY", NULL,
                     "there is no session in this document");
        }
        return AP_BAD_INPUT;
    }
    if (i->out->refused > 0 && !i->options->skip_refused) return AP_BAD_INPUT;
    words_add(&i->out->report, "times: UTC%s%s\n", i->options->utc_offset ? " " : "",
              i->options->utc_offset ? i->options->utc_offset
                                     : ", as OCPI has them; --utc-offset +08:00 moves them to a local time");
    return sessions_finish(i->sessions, i->out);
}

enum ap_status sessions_cdr_read(FILE *stream, const char *name, const struct import_options *o, struct complaints *c,
                                 struct import *out) {
    struct json_stream *json = calloc(1, sizeof *json);
    struct cdr_import i = {.element = {.stream = json}, .out = out, .options = o};
    i.sites.arena = &i.texts;
    i.sessions = sessions_begin(name, o);
    enum ap_status status = json && i.sessions ? import_offset(o, c, &i.element.utc_offset) : AP_NO_MEMORY;
    if (status == AP_OK) status = columns_check(o, c, name);
    if (status == AP_OK) {
        json_stream_begin(json, stream, name, c);
        status = cdrs_take(&i);
        if (status == AP_OK) status = cdrs_finish(&i, c);
        json_stream_end(json);
    }
    name_list_free(&i.sites);
    free(i.site_names);
    arena_free(&i.texts);
    sessions_free(i.sessions);
    free(json);
    return status;
}
