// Sites from OCPI 2.2.1 Locations, element by element: rows go to temporary files at once, so that memory holds one
// location, the ids seen and the districts. An EVSE serves one vehicle at a time and is a pile, of its strongest
// connector; piles alike at a site are a group.
#include <stdlib.h>
#include <string.h>

#include "read/columns.h"
#include "read/connectors.h"
#include "read/import_places.h"

enum { PATH_BYTES = 80, PLUGS_BYTES = 100, HUNDRED_WATTS = 100 };

struct pile_kind {
    bool     dc;
    int64_t  watts;
    char     plugs[PLUGS_BYTES];   // of the EVSE, with + between them
    uint32_t piles;
};

struct sites_import {
    struct ocpi_element element;
    struct import *out;
    const struct import_options *options;
    struct districts districts;
    struct hash_set ids, names;    // party and id; what sites are called here
    FILE    *sites, *piles;
    struct words row;
    struct pile_kind *kinds;       // of the location at hand
    uint32_t kind_count, kind_room;
    uint64_t site_count, pile_count, ac_count, connector_count, far_count;
    uint64_t planned, removed, empty, private_count, between_phases;
    bool     refused;              // memory was
};

static bool version_check(struct sites_import *i) {
    struct ocpi_element *e = &i->element;
    if (ocpi_value(e, "cdr_location") || ocpi_value(e, "total_energy")) {
        ocpi_complain(e, (struct json_place){"", "a CDR"}, "WRONG_OBJECT", "autopolis import sessions reads CDRs",
                      "sites come from locations");
        return false;
    }
    const char *connector = "evses[0].connectors[0].voltage";
    bool voltage = ocpi_value(e, connector) && !ocpi_value(e, "evses[0].connectors[0].max_voltage");
    bool type = ocpi_value(e, "type") && !ocpi_value(e, "country_code");
    if (!voltage && !type) return true;
    ocpi_complain(e, (struct json_place){voltage ? connector : "type", voltage ? "voltage" : "type"}, "WRONG_VERSION",
                  "ask the platform for version 2.2.1", "this is a location of OCPI 2.1.1, not 2.2.1");
    return false;
}

// The plug of a connector; its name NULL after a complaint.
static struct plug plug_read(struct ocpi_element *e, const char *path) {
    static const struct plug none = {NULL, 0};
    char member[PATH_BYTES], better[100];
    snprintf(member, sizeof member, "%.60s.standard", path);
    const char *standard = ocpi_text(e, member, MUST_HAVE);
    if (standard[0] == '\0') return none;
    struct plug plug = plug_of(standard);
    if (plug.name) return plug;
    const char *nearest = plug_nearest(standard);
    snprintf(better, sizeof better, "did you mean \"%s\"?", nearest ? nearest : "");
    ocpi_complain(e, (struct json_place){member, standard}, "UNKNOWN_CONNECTOR", nearest ? better : NULL,
                  "no connector has this name");
    return none;
}

// Phases that the power type counts, 0 for DC; -1 after a complaint.
static int phases_read(struct ocpi_element *e, const char *path) {
    static const char types[] = "DC|AC_1_PHASE|AC_2_PHASE|AC_3_PHASE|AC_2_PHASE_SPLIT";
    static const int phases[] = {0, 1, 2, 3, 2};
    char member[PATH_BYTES], better[SPELLING_BYTES];
    snprintf(member, sizeof member, "%.60s.power_type", path);
    const char *type = ocpi_text(e, member, MUST_HAVE);
    int index = type[0] ? choice_index(types, type, strlen(type)) : -1;
    if (index >= 0) return phases[index];
    bool known = type[0] && choice_spelling(types, type, better);
    if (type[0]) {
        ocpi_complain(e, (struct json_place){member, type}, "UNKNOWN_CHOICE", known ? better : NULL,
                      "must be AC_1_PHASE, AC_2_PHASE, AC_2_PHASE_SPLIT, AC_3_PHASE or DC");
    }
    return -1;
}

// Voltage times current: OCPI gives the voltage to neutral; one of 340 V and more lies between phases.
static double watts_product(struct sites_import *i, const char *path, int phases, char *told) {
    struct ocpi_element *e = &i->element;
    char member[PATH_BYTES];
    snprintf(told, PATH_BYTES, "%.60s.max_voltage", path);
    snprintf(member, sizeof member, "%.60s.max_amperage", path);
    double volts = ocpi_number(e, told, MUST_HAVE), amperes = ocpi_number(e, member, MUST_HAVE);
    bool between = phases == 3 && volts >= 340;
    i->between_phases += between;
    if (between) return volts * amperes * sqrt_own(3);
    return volts * amperes * (phases > 0 ? phases : 1);
}

// Rated watts, in hundreds; 0 after a complaint.
static int64_t watts_read(struct sites_import *i, const char *path, int phases) {
    enum { WATTS_LEAST = 1000, WATTS_MOST = 4000000 };
    struct ocpi_element *e = &i->element;
    char member[PATH_BYTES], value[40], better[100];
    snprintf(member, sizeof member, "%.60s.max_electric_power", path);
    bool rated = ocpi_value(e, member) != NULL;
    double watts = rated ? ocpi_number(e, member, MUST_HAVE) : watts_product(i, path, phases, member);
    if (watts >= WATTS_LEAST && watts <= WATTS_MOST) return (int64_t)(watts / HUNDRED_WATTS + 0.5) * HUNDRED_WATTS;
    if (watts != watts) return 0;
    snprintf(value, sizeof value, "%.10g", watts);
    bool kilo = rated && watts >= 1.4 && watts < WATTS_LEAST;
    snprintf(better, sizeof better, "if this is in kW, write %.10g", watts * 1000);
    ocpi_complain(e, (struct json_place){member, value}, "OUT_OF_RANGE", kilo ? better : NULL,
                  "a connector has from 1,000 to 4,000,000 W");
    return 0;
}

static void current_check(struct ocpi_element *e, const char *path, struct plug plug, bool dc) {
    if (plug.currents & (dc ? PLUG_DC : PLUG_AC)) return;
    char member[PATH_BYTES], sentence[100];
    snprintf(member, sizeof member, "%.60s.standard", path);
    snprintf(sentence, sizeof sentence, "this connector carries %s, its power_type says %s", dc ? "AC" : "DC",
             dc ? "DC" : "AC");
    ocpi_complain(e, (struct json_place){member, plug.name}, "CONNECTOR_CURRENT", "correct one of the two", sentence);
}

// Adds a plug's name to those of the EVSE.
static void plug_add(char plugs[PLUGS_BYTES], const char *name) {
    if (strstr(plugs, name)) return;
    size_t count = strlen(plugs);
    if (count + strlen(name) + 2 > PLUGS_BYTES) return;        // four different plugs on one EVSE: enough to know
    snprintf(plugs + count, PLUGS_BYTES - count, "%s%s", count ? "+" : "", name);
}

static void connector_read(struct sites_import *i, const char *path, struct pile_kind *kind) {
    struct ocpi_element *e = &i->element;
    struct plug plug = plug_read(e, path);
    int phases = phases_read(e, path);
    int64_t watts = phases >= 0 ? watts_read(i, path, phases) : 0;
    if (plug.name && phases >= 0) current_check(e, path, plug, phases == 0);
    if (e->faulty) return;
    i->connector_count++;
    plug_add(kind->plugs, plug.name);
    if (watts <= kind->watts) return;
    kind->watts = watts;
    kind->dc = phases == 0;
}

static void kind_add(struct sites_import *i, const struct pile_kind *kind) {
    for (uint32_t k = 0; k < i->kind_count; k++) {
        struct pile_kind *known = &i->kinds[k];
        bool same = known->dc == kind->dc && known->watts == kind->watts && strcmp(known->plugs, kind->plugs) == 0;
        if (!same) continue;
        known->piles++;
        return;
    }
    i->refused |= !array_room((void **)&i->kinds, &i->kind_room, i->kind_count + 1, sizeof *i->kinds);
    if (i->refused) return;
    i->kinds[i->kind_count] = *kind;
    i->kinds[i->kind_count++].piles = 1;
}

// Whether the EVSE is in place: not planned, not removed.
static bool status_read(struct sites_import *i, const char *path) {
    static const char states[] = "AVAILABLE|BLOCKED|CHARGING|INOPERATIVE|OUTOFORDER|PLANNED|REMOVED|RESERVED|UNKNOWN";
    struct ocpi_element *e = &i->element;
    char member[PATH_BYTES], better[SPELLING_BYTES];
    snprintf(member, sizeof member, "%.60s.status", path);
    const char *status = ocpi_text(e, member, MUST_HAVE);
    bool planned = strcmp(status, "PLANNED") == 0, removed = strcmp(status, "REMOVED") == 0;
    i->planned += planned;
    i->removed += removed;
    if (planned || removed) return false;
    if (status[0] && choice_index(states, status, strlen(status)) < 0) {
        ocpi_complain(e, (struct json_place){member, status}, "UNKNOWN_CHOICE",
                      choice_spelling(states, status, better) ? better : NULL,
                      "must be a status of OCPI 2.2.1, such as AVAILABLE or REMOVED");
    }
    return true;
}

static void evse_read(struct sites_import *i, uint32_t index) {
    struct ocpi_element *e = &i->element;
    char path[PATH_BYTES];
    struct pile_kind kind = {0};
    snprintf(path, sizeof path, "evses[%u]", index);
    if (!status_read(i, path)) return;
    snprintf(path, sizeof path, "evses[%u].connectors", index);
    const json_t *connectors = ocpi_value(e, path);
    size_t count = json_array_size(connectors);
    if (count == 0) ocpi_complain(e, (struct json_place){path, ""}, "REQUIRED", NULL, "an EVSE needs connectors");
    for (size_t k = 0; k < count; k++) {
        snprintf(path, sizeof path, "evses[%u].connectors[%zu]", index, k);
        connector_read(i, path, &kind);
    }
    if (!e->faulty) kind_add(i, &kind);
}

// What the site is called here, in the buffer: its id, with the party where another party has the same. False after a
// complaint about a second location of the same party and id, or when memory was refused.
static bool name_settle(struct sites_import *i, const char *id, char name[200]) {
    struct ocpi_element *e = &i->element;
    const char *country = ocpi_text(e, "country_code", MAY_LACK), *party = ocpi_text(e, "party_id", MAY_LACK);
    char key[200];
    snprintf(key, sizeof key, "%.8s*%.8s*%.120s", country, party, id);
    bool there = false, named = false;
    i->refused |= !hash_set_add(&i->ids, hash_text(key), &there);
    if (there) {
        ocpi_complain(e, (struct json_place){"id", id}, "DUPLICATE_KEY", "delete one of the two",
                      "an earlier location has the same id");
        return false;
    }
    i->refused |= !hash_set_add(&i->names, hash_text(id), &named);
    snprintf(name, 200, named ? "%.100s %.8s*%.8s" : "%.120s", id, country, party);
    return !i->refused;
}

static bool row_put(struct sites_import *i, FILE *stream) {
    words_add_text(&i->row, "\n");
    i->refused |= i->row.refused;
    bool put = !i->row.refused && fwrite(words_text(&i->row), 1, i->row.count, stream) == i->row.count;
    i->row.count = 0;
    return put;
}

static bool site_put(struct sites_import *i, const char *name, struct ocpi_point point) {
    struct ocpi_element *e = &i->element;
    struct words *w = &i->row;
    char title[200];
    title_write(ocpi_text(e, "name", MAY_LACK), title, sizeof title);
    bool closed = json_is_false(ocpi_value(e, "publish"));
    i->private_count += closed;
    w->count = 0;
    words_add_csv(w, name);
    words_add_text(w, ",");
    words_add_csv(w, title);
    words_add_text(w, ",");
    words_add_csv(w, district_nearest(&i->districts, point, &i->far_count));
    words_add(w, ",%s,%.10g,%.10g,", closed ? "closed" : "public", point.lat, point.lon);
    words_add_csv(w, path_last(e->stream->name));
    words_add_text(w, ",cited");
    return row_put(i, i->sites);
}

static bool piles_put(struct sites_import *i, const char *name) {
    struct words *w = &i->row;
    bool put = true;
    for (uint32_t k = 0; k < i->kind_count && put; k++) {
        const struct pile_kind *kind = &i->kinds[k];
        int alike = 1;                                 // kinds of one power differ by their plugs
        for (uint32_t other = 0; other < k; other++) {
            alike += i->kinds[other].dc == kind->dc && i->kinds[other].watts == kind->watts;
        }
        double kw = (double)kind->watts / 1000;
        words_add_csv(w, name);
        words_add(w, ",%s-%.10gkW", kind->dc ? "dc" : "ac", kw);
        if (alike > 1) words_add(w, "-%d", alike);
        words_add(w, ",%s,%s,%u,%.10g,", kind->dc ? "dc" : "ac", kind->plugs, kind->piles, kw);
        words_add_csv(w, path_last(i->element.stream->name));
        words_add_text(w, ",cited");
        put = row_put(i, i->piles);
        i->pile_count += kind->piles;
        i->ac_count += kind->dc ? 0 : kind->piles;
    }
    return put;
}

static enum ap_status location_take(struct sites_import *i) {
    struct ocpi_element *e = &i->element;
    char name[200];
    const char *id = ocpi_name(e, "id", MUST_HAVE);
    struct ocpi_point point = ocpi_point(e, "coordinates", MUST_HAVE);
    if (point.lat == point.lat) district_swap_check(&i->districts, e, point);
    size_t evses = json_array_size(ocpi_value(e, "evses"));
    i->kind_count = 0;
    for (size_t k = 0; k < evses; k++) evse_read(i, (uint32_t)k);
    if (i->refused) return AP_NO_MEMORY;
    if (e->faulty || !name_settle(i, id, name)) return i->refused ? AP_NO_MEMORY : AP_OK;
    i->empty += i->kind_count == 0;
    if (i->kind_count == 0) return AP_OK;
    i->site_count++;
    bool put = site_put(i, name, point) && piles_put(i, name);
    if (i->refused) return AP_NO_MEMORY;
    if (put) return AP_OK;
    complain(e->stream->complaints, (struct source){"a temporary file", 0}, 0, NULL, "CANNOT_WRITE", NULL,
             "the disk takes no more");
    return AP_REFUSED;
}

static enum ap_status locations_take(struct sites_import *i) {
    struct json_stream *stream = i->element.stream;
    for (;;) {
        enum json_next next = json_element_next(stream);
        i->out->whole = next == JSON_END;
        if (next == JSON_END) return AP_OK;
        if (next == JSON_FAULT) return stream->status != AP_OK ? stream->status : AP_BAD_INPUT;
        i->element.faulty = false;
        if (!version_check(i)) return AP_BAD_INPUT;
        TRY(location_take(i));
        i->out->refused += i->element.faulty;
    }
}

// A line of the report, when there is something to count.
static void count_tell(struct sites_import *i, uint64_t count, const char *words) {
    char shown[COUNT_BYTES];
    if (count > 0) words_add(&i->out->report, "%s: %s\n", words, count_show(count, shown));
}

static enum ap_status sites_finish(struct sites_import *i, struct complaints *c) {
    char sites[COUNT_BYTES], piles[COUNT_BYTES], ac[COUNT_BYTES];
    struct words *w = &i->out->report;
    if (i->site_count == 0 && i->out->refused == 0) {
        complain(c, (struct source){i->element.stream->name, 0}, 0, NULL, "EMPTY", NULL,
                 "there is no location with piles in this document");
        return AP_BAD_INPUT;
    }
    if (i->site_count == 0 || (i->out->refused > 0 && !i->options->skip_refused)) return AP_BAD_INPUT;
    words_add(w, "sites: %s, piles: %s", count_show(i->site_count, sites), count_show(i->pile_count, piles));
    words_add(w, " (%s AC, ", count_show(i->ac_count, ac));
    words_add(w, "%s DC)", count_show(i->pile_count - i->ac_count, ac));
    words_add(w, ", connectors: %s; an EVSE is a pile\n", count_show(i->connector_count, ac));
    count_tell(i, i->removed, "EVSEs left out, removed");
    count_tell(i, i->planned, "EVSEs left out, planned");
    count_tell(i, i->empty, "locations left out, no pile in place");
    count_tell(i, i->private_count, "sites not to be published, access closed");
    count_tell(i, i->between_phases, "connectors whose voltage is the one between phases");
    count_tell(i, i->far_count, "sites more than 100 km from the nearest district");
    count_tell(i, i->out->refused, "locations refused and left out");
    struct words *settings = import_file(i->out, "settings.csv");
    words_add_text(settings, "setting,value\nregion,");
    words_add_csv(settings, i->options->region ? i->options->region : "Region");
    words_add_text(settings, "\n");
    districts_write(&i->districts, import_file(i->out, "districts.csv"));
    for (uint32_t n = 0; n < i->out->file_count; n++) TRY(words_status(&i->out->texts[n]));
    return words_status(w);
}

static enum ap_status files_begin(struct sites_import *i, struct complaints *c) {
    static const char sites[] = "site,name,district,access,lat,lon,source,confidence\n";
    static const char piles[] = "site,group,current,connector,piles,kw,source,confidence\n";
    i->sites = import_stream(i->out, "sites.csv");
    i->piles = i->sites ? import_stream(i->out, "site_piles.csv") : NULL;
    bool put = i->piles && fputs(sites, i->sites) >= 0 && fputs(piles, i->piles) >= 0;
    if (put) return AP_OK;
    complain(c, (struct source){"a temporary file", 0}, 0, NULL, "CANNOT_WRITE", NULL, "cannot write this file");
    return AP_REFUSED;
}

enum ap_status import_sites_read(FILE *stream, const char *name, const struct import_options *o,
                                 struct complaints *c, struct import *out) {
    ASSERT(stream != NULL && name != NULL);
    ASSERT(o != NULL && c != NULL && out != NULL);
    *out = (struct import){0};
    struct json_stream *json = calloc(1, sizeof *json);
    struct sites_import i = {.element = {.stream = json}, .out = out, .options = o};
    enum ap_status status = json ? districts_read(o->districts, c, &i.districts) : AP_NO_MEMORY;
    if (status == AP_OK) status = files_begin(&i, c);
    if (status == AP_OK) {
        json_stream_begin(json, stream, name, c);
        status = locations_take(&i);
        if (status == AP_OK) status = sites_finish(&i, c);
        json_stream_end(json);
    }
    districts_free(&i.districts);
    hash_set_free(&i.ids);
    hash_set_free(&i.names);
    words_free(&i.row);
    free(i.kinds);
    free(json);
    return status;
}
