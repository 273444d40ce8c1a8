// Sessions of any origin to a scenario that replays them: one closed site per name, one group of piles per pile name.
// What no record tells is assumed in the open: a group has as many piles as were taken at once, of the lowest common
// rated power that can deliver its sessions.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/import_parts.h"
#include "read/moments.h"

enum { CURRENT_AC, CURRENT_DC, DAY_SECONDS = 86400, MINUTE = 60 };

struct group_found {
    const char *site, *pile, *connector;
    double      kw;                // highest mean power of a session
    int32_t     current;           // -1: not told
    uint32_t    at_once;           // most sessions at one time
};

struct site_found {
    const char *title;
    double      lat, lon;          // NAN: not told
};

struct session_kept {
    int64_t     arrive, leave;
    double      kwh;
    uint32_t    group, user;
};

struct sessions_import {
    struct arena texts;
    const char  *name;
    const struct import_options *options;
    struct name_list session_names, site_names, group_names, users;
    struct session_kept *sessions;     // [session_names.count + 1]
    struct group_found  *groups;
    struct site_found   *sites;
    uint32_t session_room, group_room, site_room;
    int64_t  first, last;              // moments
    int64_t  longest;                  // stay, seconds
    uint64_t micro_kwh;
    uint32_t without_end;
    bool     refused;                  // memory for a text was
};

struct session_fault session_fault(const struct session_row *session) {
    enum { KWH_MOST = 1000, KW_MOST = 1500 };          // the largest batteries and charges of road vehicles, with room
    struct session_fault fault = {0};
    bool ends = session->leave != MOMENT_NONE;
    double hours = ends ? (double)(session->leave - session->arrive + MINUTE) / 3600 : 0;   // clocks show minutes
    if (ends && session->leave < session->arrive) {
        bool hour = session->arrive - session->leave <= 3600;
        fault = (struct session_fault){"ENDS_BEFORE_START", "the session ends before it starts", "leave", ""};
        snprintf(fault.suggestion, sizeof fault.suggestion, "%s",
                 hour ? "if the clocks went back in between, add the hour: times here have no daylight saving"
                      : "exchange arrive and leave, or correct the date");
    } else if (session->kwh > KWH_MOST) {
        fault = (struct session_fault){"IMPOSSIBLE_ENERGY", "no vehicle takes so many kWh in a session", "kwh", ""};
        snprintf(fault.suggestion, sizeof fault.suggestion, "if this is in Wh, write %.10g", session->kwh / 1000);
    } else if (ends && session->kwh > hours * KW_MOST) {
        fault = (struct session_fault){"IMPOSSIBLE_ENERGY", "no pile delivers so many kWh in this stay", "kwh", ""};
        snprintf(fault.suggestion, sizeof fault.suggestion, "the stay is %.10g minutes", hours * 60 - 1);
    }
    return fault;
}

struct sessions_import *sessions_begin(const char *name, const struct import_options *o) {
    ASSERT(name != NULL && o != NULL);
    struct sessions_import *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->name = path_last(name);
    s->options = o;
    s->session_names.arena = s->site_names.arena = s->group_names.arena = s->users.arena = &s->texts;
    return s;
}

void sessions_free(struct sessions_import *s) {
    if (!s) return;
    name_list_free(&s->session_names);
    name_list_free(&s->site_names);
    name_list_free(&s->group_names);
    name_list_free(&s->users);
    free(s->sessions);
    free(s->groups);
    free(s->sites);
    arena_free(&s->texts);
    free(s);
}

bool sessions_any(const struct sessions_import *s) {
    return s->session_names.count > 0;
}

bool session_known(const struct sessions_import *s, const char *session) {
    return name_find(&s->session_names, session) != 0;
}

// A copy that may be missing: "" is none.
static const char *text_kept(struct sessions_import *s, const char *text) {
    if (!text || !text[0]) return "";
    const char *copy = text_copy(&s->texts, text, strlen(text));
    s->refused |= copy == NULL;
    return copy ? copy : "";
}

static uint32_t site_take(struct sessions_import *s, const struct session_found *found) {
    uint32_t known = s->site_names.count, site = name_number(&s->site_names, found->site);
    if (site == 0 || !array_room((void **)&s->sites, &s->site_room, site + 1, sizeof *s->sites)) return 0;
    if (site <= known) return site;
    char title[200];
    title_write(found->title, title, sizeof title);
    s->sites[site] = (struct site_found){text_kept(s, title), found->lat, found->lon};
    return site;
}

static uint32_t group_take(struct sessions_import *s, const struct session_found *found, uint32_t site) {
    char key[300];
    const char *pile = found->pile[0] ? found->pile : "pile";
    snprintf(key, sizeof key, "%.120s\x1f%.120s", found->site, pile);
    uint32_t known = s->group_names.count, group = name_number(&s->group_names, key);
    if (group == 0 || !array_room((void **)&s->groups, &s->group_room, group + 1, sizeof *s->groups)) return 0;
    if (group > known) {
        s->groups[group] = (struct group_found){s->site_names.names[site], text_kept(s, pile),
                                                text_kept(s, found->connector), 0, found->current, 1};
    }
    return group;
}

enum ap_status session_take(struct sessions_import *s, const struct session_found *found) {
    ASSERT(s != NULL && found != NULL);
    ASSERT(!session_known(s, found->session));
    uint32_t site = site_take(s, found);
    uint32_t group = site ? group_take(s, found, site) : 0;
    uint32_t user = found->user[0] ? name_number(&s->users, found->user) : 0;
    uint32_t number = name_number(&s->session_names, found->session);
    bool kept = group && number && (user || !found->user[0]) && !s->refused;
    if (!kept || !array_room((void **)&s->sessions, &s->session_room, number + 1, sizeof *s->sessions)) {
        return AP_NO_MEMORY;
    }
    bool ends = found->leave != MOMENT_NONE;
    int64_t end = ends ? found->leave : found->arrive;
    s->sessions[number] = (struct session_kept){found->arrive, found->leave, found->kwh, group, user};
    s->without_end += !ends;
    s->micro_kwh += (uint64_t)(found->kwh * 1e6 + 0.5);
    s->first = number == 1 ? found->arrive : smaller_of(s->first, found->arrive);
    s->last = number == 1 ? end : larger_of(s->last, end);
    s->longest = larger_of(s->longest, end - found->arrive);
    double kw = ends ? found->kwh * 3600 / (double)(end - found->arrive + MINUTE) : 0;
    if (kw > s->groups[group].kw) s->groups[group].kw = kw;
    return AP_OK;
}

struct plug_event {
    int64_t  moment;
    uint32_t group;
    int32_t  change;
};

// By group, then moment, those who leave before those who come.
static int event_compare(const void *a, const void *b) {
    const struct plug_event *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->moment != y->moment) return x->moment < y->moment ? -1 : 1;
    return x->change - y->change;
}

// The most sessions of each group at one time; who has no end stays a second.
static bool groups_count(struct sessions_import *s) {
    uint32_t count = s->session_names.count, at_once = 0;
    struct plug_event *events = calloc((size_t)count * 2 + 1, sizeof *events);
    if (!events) return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct session_kept *kept = &s->sessions[i + 1];
        int64_t leave = kept->leave > kept->arrive ? kept->leave : kept->arrive + 1;
        events[2 * i] = (struct plug_event){kept->arrive, kept->group, 1};
        events[2 * i + 1] = (struct plug_event){leave, kept->group, -1};
    }
    qsort(events, (size_t)count * 2, sizeof *events, event_compare);
    for (uint32_t i = 0; i < count * 2; i++) {
        struct group_found *group = &s->groups[events[i].group];
        at_once += (uint32_t)events[i].change;         // 0 again behind the last event of a group
        if (at_once > group->at_once) group->at_once = at_once;
    }
    free(events);
    return true;
}

// The warm-up is as long as the longest stay: a run --from a later day then begins with who is plugged in by then.
static void settings_write(const struct sessions_import *s, struct words *w) {
    enum { WARM_UP_MOST = 60 };
    char from[11], until[11];
    int warm_up = (int)smaller_of(ceil_div(s->longest, DAY_SECONDS), WARM_UP_MOST);
    day_number first = (day_number)floor_div(s->first, DAY_SECONDS), last = (day_number)floor_div(s->last, DAY_SECONDS);
    date_format(first, from);
    date_format(last, until);
    words_add_text(w, "setting,value\nregion,");
    words_add_csv(w, s->options->region ? s->options->region : "Region");
    words_add(w, "\nfrom,%s\nuntil,%s\nwarm_up_days,%d\nreplications,1\nbulletin_year,%d\n", from, until, warm_up,
              date_from_day(first + (last - first) / 2).year);
}

static void provenance_write(const struct sessions_import *s, const char *confidence, struct words *w) {
    words_add_text(w, ",");
    words_add_csv(w, s->name);
    words_add(w, ",%s", confidence);
}

static void district_write(const struct sessions_import *s, struct words *w) {
    double lat = 0, lon = 0;
    uint32_t placed = 0;
    for (uint32_t i = 1; i <= s->site_names.count; i++) {
        if (s->sites[i].lat != s->sites[i].lat) continue;
        lat += s->sites[i].lat;
        lon += s->sites[i].lon;
        placed++;
    }
    words_add_text(w, "district,name,in_region,lat,lon,source,confidence\n");
    words_add(w, "HERE,where the sites are,yes,%.6g,%.6g", placed ? lat / placed : 0, placed ? lon / placed : 0);
    provenance_write(s, "derived", w);
    words_add_text(w, "\n");
}

static void sites_write(const struct sessions_import *s, struct words *w) {
    words_add_text(w, "site,name,district,access,lat,lon,source,confidence\n");
    for (uint32_t i = 1; i <= s->site_names.count; i++) {
        const struct site_found *site = &s->sites[i];
        words_add_csv(w, s->site_names.names[i]);
        words_add_text(w, ",");
        words_add_csv(w, site->title);
        words_add_text(w, ",HERE,closed,");
        if (site->lat == site->lat) words_add(w, "%.10g,%.10g", site->lat, site->lon);
        else words_add_text(w, ",");
        provenance_write(s, "cited", w);
        words_add_text(w, "\n");
    }
}

// The lowest common rated power that could have delivered the group's sessions.
static double group_kw(const struct sessions_import *s, const struct group_found *group) {
    static const double ratings[] = {3.7, 7, 11, 22, 43, 60, 80, 120, 180, 240, 360, 480, 600, 800, 1000, 1500};
    enum { RATINGS = sizeof ratings / sizeof *ratings };
    double least = s->options->least_kw > 0 ? s->options->least_kw : LEAST_KW;
    if (group->current == CURRENT_DC && least < 60) least = 60;
    if (group->kw <= least) return least;
    for (int i = 0; i < RATINGS; i++) {
        if (ratings[i] >= least && ratings[i] >= group->kw) return ratings[i];
    }
    return ratings[RATINGS - 1];
}

static void piles_write(const struct sessions_import *s, struct words *w) {
    words_add_text(w, "site,group,current,connector,piles,kw,source,confidence,note\n");
    for (uint32_t i = 1; i <= s->group_names.count; i++) {
        const struct group_found *group = &s->groups[i];
        double kw = group_kw(s, group);
        bool dc = group->current == CURRENT_DC || (group->current < 0 && kw > 43);
        words_add_csv(w, group->site);
        words_add_text(w, ",");
        words_add_csv(w, group->pile);
        words_add(w, ",%s,", dc ? "dc" : "ac");
        words_add_csv(w, group->connector);
        words_add(w, ",%u,%.10g", group->at_once, kw);
        provenance_write(s, "assumed", w);
        words_add_text(w, ",most sessions at once; lowest common rated power that can deliver them\n");
    }
}

static void sessions_write(const struct sessions_import *s, struct words *w) {
    char moment[MOMENT_BYTES];
    words_add_text(w, "session,site,pile,user,arrive,leave,kwh,source,confidence\n");
    for (uint32_t i = 1; i <= s->session_names.count; i++) {
        const struct session_kept *kept = &s->sessions[i];
        const struct group_found *group = &s->groups[kept->group];
        words_add_csv(w, s->session_names.names[i]);
        words_add_text(w, ",");
        words_add_csv(w, group->site);
        words_add_text(w, ",");
        words_add_csv(w, group->pile);
        words_add_text(w, ",");
        if (kept->user) words_add_csv(w, s->users.names[kept->user]);
        moment_write(kept->arrive, moment);
        words_add(w, ",%s,", moment);
        if (kept->leave != MOMENT_NONE) {
            moment_write(kept->leave, moment);
            words_add_text(w, moment);
        }
        words_add(w, ",%.15g", kept->kwh);
        provenance_write(s, "cited", w);
        words_add_text(w, "\n");
    }
}

static void report_write(const struct sessions_import *s, struct words *w) {
    char count[COUNT_BYTES], more[COUNT_BYTES], from[MOMENT_BYTES], until[MOMENT_BYTES];
    moment_write(s->first, from);
    moment_write(s->last, until);
    words_add(w, "sessions: %s, %s kWh", count_show(s->session_names.count, count),
              hundredths_show((s->micro_kwh + 5000) / 10000, more));
    words_add(w, ", %s to %s\n", from, until);
    words_add(w, "sessions without end: %s (no stay, their energy counts on arrival)\n",
              count_show(s->without_end, count));
    words_add(w, "sites: %s, groups of piles: %s", count_show(s->site_names.count, count),
              count_show(s->group_names.count, more));
    words_add(w, ", users: %s\n", count_show(s->users.count, count));
    words_add_text(w, "assumed: a group has as many piles as were taken at once, of the lowest common rated power\n"
                      "  that can deliver its sessions (--kw N: at least N)\n");
}

enum ap_status sessions_finish(struct sessions_import *s, struct import *out) {
    ASSERT(s != NULL && out != NULL);
    ASSERT(s->session_names.count > 0);
    TRY(words_status(&out->report));
    if (!groups_count(s)) return AP_NO_MEMORY;
    settings_write(s, import_file(out, "settings.csv"));
    district_write(s, import_file(out, "districts.csv"));
    sites_write(s, import_file(out, "sites.csv"));
    piles_write(s, import_file(out, "site_piles.csv"));
    sessions_write(s, import_file(out, "sessions.csv"));
    struct words report = {0};
    report_write(s, &report);
    char count[COUNT_BYTES];
    if (out->refused > 0) words_add(&report, "rows refused and left out: %s\n", count_show(out->refused, count));
    words_add_text(&report, words_text(&out->report));     // what the format's reader had to say stands behind it
    words_free(&out->report);
    out->report = report;
    for (uint32_t i = 0; i < out->file_count; i++) TRY(words_status(&out->texts[i]));
    return words_status(&out->report);
}

// The first byte that is neither space nor byte order mark tells JSON from CSV. All that was read is put back: it still
// stands in the stream's buffer.
static bool looks_like_json(FILE *stream) {
    unsigned char seen[64];
    size_t count = 0;
    int byte = getc(stream);
    while (byte != EOF && count < sizeof seen) {
        seen[count++] = (unsigned char)byte;
        if (!strchr(" \t\r\n\xEF\xBB\xBF", byte) || byte == 0) break;
        byte = getc(stream);
    }
    int last = count > 0 ? seen[count - 1] : EOF;
    while (count > 0) ungetc(seen[--count], stream);
    return last == '[' || last == '{' || last == '<' || last == 0x1F;
}

enum ap_status import_sessions_read(FILE *stream, const char *name, const struct import_options *o,
                                    struct complaints *c, struct import *out) {
    ASSERT(stream != NULL && name != NULL);
    ASSERT(o != NULL && c != NULL && out != NULL);
    *out = (struct import){0};
    return looks_like_json(stream) ? sessions_cdr_read(stream, name, o, c, out)
                                   : sessions_csv_read(stream, name, o, c, out);
}
