// The charging side: cells of one row against each other, and rows against the rows they name.
#include "read/checks_charging.h"

#include <stdio.h>
#include <string.h>

#include "read/connectors.h"
#include "read/import_parts.h"

enum { DAY_SECONDS = 86400 };

// The cell as it is written, or the standard that stands for it.
static void cell_written(struct reader *r, struct cell_at at, uint32_t slot, char out[160]) {
    spot_of_row(r, at.t, at.row, slot);                // leaves its record in the reader
    const struct scenario_file *file = &r->files[at.t->notes[at.row].file];
    int16_t index = file->layout.cell_of_slot[slot];
    const char *standard = at.t->schema->columns[slot].standard;
    snprintf(out, 160, "%.100s", standard ? standard : "");
    if (index < 0 || (uint32_t)index >= r->record.cell_count) return;
    struct cell cell = r->record.cells[index];
    if (cell.count > 150) cell.count = 150;
    if (cell.count > 0) cell_write(&file->text, &cell, out);
    out[text_utf8_valid(out, strlen(out))] = '\0';
}

void cell_fault(struct reader *r, struct cell_at at, const char *rule, const char *suggestion, const char *sentence) {
    int slot = column_by_name(at.t->schema, at.column, strlen(at.column));
    ASSERT(slot >= 0);
    char value[160];
    cell_written(r, at, (uint32_t)slot, value);
    struct row_place place = {at.t, at.row, (uint32_t)slot, value};
    row_complain(r, &place, rule, suggestion, sentence);
}

static void class_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct ev_class_row *class = CHARGING_ROW(ev_class_row, t, row);
    if (class->kind == CLASS_SHIFT && class->shift_from >= class->shift_until) {
        cell_fault(r, (struct cell_at){t, row, "shift_until"}, "SHIFT_HOURS", NULL,
                   "a shift stops after it begins, on the same day");
    }
    if (class->public_below >= class->public_until) {
        cell_fault(r, (struct cell_at){t, row, "public_until"}, "CHARGE_ORDER", "put it above public_below",
                   "it would leave the pile with what it comes with");
    }
}

static void hailing_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct table_read *classes = &r->tables[TABLE_ev_classes];
    uint32_t class = CHARGING_ROW(hailing_row, t, row)->class;
    if (class == 0 || CHARGING_ROW(ev_class_row, classes, class)->kind == CLASS_SHIFT) return;
    cell_fault(r, (struct cell_at){t, row, "class"}, "HAILING_KIND",
               "write shift into its column kind in ev_classes.csv",
               "ride-hailing and taxis need a class of kind shift");
}

static void feeder_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct feeder_row *feeder = CHARGING_ROW(feeder_row, t, row);
    if (feeder->base_kw <= feeder->kva) return;
    cell_fault(r, (struct cell_at){t, row, "base_kw"}, "FEEDER_FULL", NULL,
               "the mean load without charging lies above the limit kva");
}

static void site_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct site_row *site = CHARGING_ROW(site_row, t, row);
    if (site->opened != DATE_NONE && site->until != DATE_NONE && site->until < site->opened) {
        cell_fault(r, (struct cell_at){t, row, "until"}, "DATES_REVERSED", NULL, "the site closes before it opens");
    }
}

// The plugs of a group, several with + or ; between them: known, and of its current.
static void connector_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct site_pile_row *piles = CHARGING_ROW(site_pile_row, t, row);
    bool dc = piles->current == DC;
    for (const char *rest = piles->connector; *rest;) {
        char name[120], better[120];
        size_t count = strcspn(rest, "+;");
        snprintf(name, sizeof name, "%.*s", (int)(count < 110 ? count : 110), rest);
        rest += count + (rest[count] != '\0');
        struct plug plug = plug_of(name);
        const char *nearest = plug.name ? NULL : plug_nearest(name);
        snprintf(better, sizeof better, "did you mean \"%s\"?", nearest ? nearest : "");
        if (plug.name && plug.currents & (dc ? PLUG_DC : PLUG_AC)) continue;
        if (!plug.name) {
            cell_fault(r, (struct cell_at){t, row, "connector"}, "UNKNOWN_CONNECTOR",
                       nearest ? better : "write GBT_AC, GBT_DC, IEC_62196_T2, CHADEMO ..., or leave it empty",
                       "no connector has this name");
        } else {
            cell_fault(r, (struct cell_at){t, row, "connector"}, "CONNECTOR_CURRENT",
                       dc ? "write ac, or another connector" : "write dc, or another connector",
                       dc ? "this connector carries AC, the group is dc"
                          : "this connector carries DC, the group is ac");
        }
        return;
    }
}

static void piles_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct site_pile_row *piles = CHARGING_ROW(site_pile_row, t, row);
    const struct table_read *sites = &r->tables[TABLE_sites];
    connector_check(r, t, row);
    if (piles->piles == 0) {
        cell_fault(r, (struct cell_at){t, row, "piles"}, "NO_PILES", "delete the row; -1 stands for always enough",
                   "a group has at least one pile");
    }
    if (piles->site == 0 || piles->opened == DATE_NONE) return;
    const struct site_row *site = CHARGING_ROW(site_row, sites, piles->site);
    char better[80], date[11];
    if (site->opened != DATE_NONE && piles->opened < site->opened) {
        date_format(site->opened, date);
        snprintf(better, sizeof better, "the site opens on %s", date);
        cell_fault(r, (struct cell_at){t, row, "opened"}, "PILES_BEFORE_SITE", better, "piles open before their site");
    } else if (site->until != DATE_NONE && piles->opened > site->until) {
        date_format(site->until, date);
        snprintf(better, sizeof better, "the site closes on %s", date);
        cell_fault(r, (struct cell_at){t, row, "opened"}, "PILES_AFTER_SITE", better,
                   "piles open when the site is closed");
    }
}

// What piles a site has: a bit for each current, one for those whose row is faulty.
enum there { THERE_AC = 1 << AC, THERE_DC = 1 << DC, THERE_UNKNOWN = 4 };

static enum ap_status currents_note(struct reader *r) {
    const struct table_read *piles = &r->tables[TABLE_site_piles];
    r->site_currents = TAKE(&r->scratch, r->tables[TABLE_sites].count + 1, uint8_t);
    if (!r->site_currents) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= piles->count; row++) {
        const struct site_pile_row *group = CHARGING_ROW(site_pile_row, piles, row);
        bool unknown = piles->notes[row].faulty || group->site == 0;
        r->site_currents[group->site] |= (uint8_t)(unknown ? THERE_UNKNOWN : 1 << group->current);
    }
    return AP_OK;
}

// Whether the stream's site has piles of its current, as far as is known: piles without a site may be its.
static bool current_there(const struct reader *r, const struct stream_row *stream) {
    if (stream->site == 0 || r->tables[TABLE_site_piles].unreadable) return true;
    int there = r->site_currents[stream->site] | r->site_currents[0];
    return there & (THERE_UNKNOWN | 1 << stream->current);
}

static void stream_size_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct stream_row *stream = CHARGING_ROW(stream_row, t, row);
    if (stream->amount == AMOUNT_SOC && stream->type == 0) {
        cell_fault(r, (struct cell_at){t, row, "amount"}, "STREAM_TYPE", "name the type whose battery it is",
                   "a charge from soc_from to soc_until needs a type");
    }
    if (stream->amount == AMOUNT_SOC && stream->soc_from >= stream->soc_until) {
        cell_fault(r, (struct cell_at){t, row, "soc_until"}, "CHARGE_ORDER", NULL, "soc_until must lie above soc_from");
    }
    bool phases = stream->size_law == SIZE_ERLANG && (stream->size_spread < 1 || stream->size_spread > 64 ||
                                                      stream->size_spread != (double)(int64_t)stream->size_spread);
    if (phases) {
        cell_fault(r, (struct cell_at){t, row, "size_spread"}, "SIZE_SPREAD", NULL,
                   "an Erlang law has 1 to 64 whole phases");
    }
    if (stream->size_law == SIZE_HYPEREXPONENTIAL && stream->size_spread < 1) {
        cell_fault(r, (struct cell_at){t, row, "size_spread"}, "SIZE_SPREAD", NULL,
                   "a hyperexponential law has a squared coefficient of variation of 1 or more");
    }
    if (stream->size_law == SIZE_UNIFORM && stream->size_spread > stream->size) {
        cell_fault(r, (struct cell_at){t, row, "size_spread"}, "SIZE_SPREAD", NULL,
                   "uniform sizes would reach below 0: the half width is at most the size");
    }
}

static void stream_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct stream_row *stream = CHARGING_ROW(stream_row, t, row);
    const struct table_read *types = &r->tables[TABLE_ev_types];
    if (stream->site == 0 && stream->district == 0) {
        cell_fault(r, (struct cell_at){t, row, "site"}, "STREAM_NOWHERE", "name a site, or a district",
                   "nobody knows where they ask");
    }
    if (!current_there(r, stream)) {
        cell_fault(r, (struct cell_at){t, row, "current"}, "STREAM_CURRENT", "site_piles.csv has what the site offers",
                   "the site has no pile of this current");
    }
    stream_size_check(r, t, row);
    if (stream->type == 0) return;
    const struct ev_type_row *type = CHARGING_ROW(ev_type_row, types, stream->type);
    if ((stream->current == DC ? type->dc_kw : type->ac_kw) > 0) return;
    cell_fault(r, (struct cell_at){t, row, "type"}, "STREAM_TYPE",
               stream->current == DC ? "its dc_kw is 0" : "its ac_kw is 0",
               "this type cannot charge with the current it asks for");
}

// `pile` names a group of the site.
static void pile_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct session_row *session = CHARGING_ROW(session_row, t, row);
    const struct table_read *groups = &r->tables[TABLE_site_piles], *sites = &r->tables[TABLE_sites];
    if (session->pile[0] == '\0' || session->site == 0 || groups->unreadable) return;
    const char *site = CHARGING_ROW(site_row, sites, session->site)->site;
    char key[300];
    snprintf(key, sizeof key, "%.140s\x1f%.140s", site, session->pile);
    if (index_find(groups, key, hash_text(key)) != 0) return;
    struct nearest nearest = nearest_to(r, session->pile);
    for (uint32_t i = 1; i <= groups->count && nearest_wanted(r); i++) {
        const struct site_pile_row *group = CHARGING_ROW(site_pile_row, groups, i);
        if (group->site == session->site) name_try(&nearest, group->group);
    }
    cell_fault(r, (struct cell_at){t, row, "pile"}, "UNKNOWN_PILE", nearest_words(&nearest),
               "the site has no group of piles of this name");
}

static void session_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct session_row *session = CHARGING_ROW(session_row, t, row);
    const struct table_read *sites = &r->tables[TABLE_sites];
    struct session_fault fault = session_fault(session);
    if (fault.rule) {
        cell_fault(r, (struct cell_at){t, row, fault.column}, fault.rule, fault.suggestion[0] ? fault.suggestion : NULL,
                   fault.sentence);
    }
    pile_check(r, t, row);
    if (session->site == 0) return;
    const struct site_row *site = CHARGING_ROW(site_row, sites, session->site);
    int64_t day = floor_div(session->arrive, DAY_SECONDS);
    bool early = site->opened != DATE_NONE && day < site->opened, late = site->until != DATE_NONE && day > site->until;
    if (!early && !late) return;
    char better[80], date[11];
    date_format(early ? site->opened : site->until, date);
    snprintf(better, sizeof better, "the site %s on %s", early ? "opens" : "closes", date);
    cell_fault(r, (struct cell_at){t, row, "arrive"}, "SITE_CLOSED", better, "the site is not open on this day");
}

typedef void (*charging_row_check)(struct reader *r, const struct table_read *t, uint32_t row);

static const struct {
    enum table_id      table;
    charging_row_check check;
} charging_checks[] = {
    {TABLE_ev_classes, class_check}, {TABLE_hailing, hailing_check},
    {TABLE_feeders, feeder_check}, {TABLE_sites, site_check},      {TABLE_site_piles, piles_check},
    {TABLE_streams, stream_check}, {TABLE_sessions, session_check},
};

// Every row of `t` is named by one in the column of the table `by`; says it once at each that is not.
struct named_rows {
    enum table_id table, by;
    const char   *column, *rule, *suggestion, *sentence;
};

static const struct named_rows named_rows[] = {
    {TABLE_sites, TABLE_site_piles, "site", "SITE_WITHOUT_PILES", "add its piles to site_piles.csv, or delete it",
     "this site has no piles"},
    {TABLE_ev_classes, TABLE_class_types, "class", "CLASS_WITHOUT_TYPES", "add its types to class_types.csv",
     "this class has no types"},
    {TABLE_ev_classes, TABLE_homes, "class", "CLASS_WITHOUT_HOMES", "add its homes to homes.csv: `none` is one",
     "this class has no homes"},
};

static enum ap_status named_rows_check(struct reader *r, const struct named_rows *rule) {
    const struct table_read *t = &r->tables[rule->table], *by = &r->tables[rule->by];
    int slot = column_by_name(by->schema, rule->column, strlen(rule->column));
    ASSERT(slot >= 0);
    uint8_t *named = TAKE(&r->scratch, t->count + 1, uint8_t);
    if (!named) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= by->count; row++) named[*(const uint32_t *)field_of(by, row, (uint32_t)slot)] = 1;
    if (by->unreadable || named[0]) return AP_OK;      // one of them may have been meant
    for (uint32_t row = 1; row <= t->count; row++) {
        if (named[row] || t->notes[row].faulty) continue;
        cell_fault(r, (struct cell_at){t, row, t->schema->columns[0].name}, rule->rule, rule->suggestion,
                   rule->sentence);
    }
    return AP_OK;
}

// Tables that cannot do together, or not without each other: said at the first row.
static void tables_check(struct reader *r) {
    const struct table_read *stock = &r->tables[TABLE_fleet_stock], *inflow = &r->tables[TABLE_fleet_inflow];
    const struct table_read *fleet = stock->count > 0 ? stock : inflow, *sessions = &r->tables[TABLE_sessions];
    const struct table_read *classes = &r->tables[TABLE_ev_classes];
    const char *column = fleet == stock ? "date" : "year";
    if (fleet->count > 0 && classes->count == 0 && !classes->unreadable) {
        cell_fault(r, (struct cell_at){fleet, 1, column}, "FLEET_WITHOUT_CLASSES",
                   "add ev_classes.csv, ev_types.csv ...", "nobody knows how this fleet is used");
    }
    if (fleet->count > 0 && sessions->count > 0) {
        cell_fault(r, (struct cell_at){sessions, 1, "session"}, "SESSIONS_AND_FLEET",
                   "replay them in a folder of their own, without fleet_stock.csv and fleet_inflow.csv",
                   "recorded sessions replace the fleet, and this folder has both");
    }
}

static void home_tariff_check(struct reader *r) {
    const char *name = r->out->settings.home_tariff;
    const struct table_read *t = &r->tables[TABLE_tariffs];
    if (!name || !name[0] || t->unreadable) return;
    struct nearest nearest = nearest_to(r, name);
    for (uint32_t row = 1; row <= t->count; row++) {
        const char *tariff = CHARGING_ROW(tariff_row, t, row)->tariff;
        if (strcmp(tariff, name) == 0) return;
        name_try(&nearest, tariff);
    }
    const struct spot *spot = &r->setting_spot[SETTING_home_tariff];
    complain(r->c, spot->at, spot->column, spot->text, "UNKNOWN_TARIFF", nearest_words(&nearest),
             "no tariff has this name: \"%.100s\"", name);
}

enum ap_status charging_check(struct reader *r) {
    ASSERT(r != NULL);
    TRY(currents_note(r));
    for (size_t i = 0; i < sizeof charging_checks / sizeof *charging_checks; i++) {
        const struct table_read *t = &r->tables[charging_checks[i].table];
        for (uint32_t row = 1; row <= t->count; row++) {
            if (!t->notes[row].faulty) charging_checks[i].check(r, t, row);
        }
    }
    for (size_t i = 0; i < sizeof named_rows / sizeof *named_rows; i++) TRY(named_rows_check(r, &named_rows[i]));
    tables_check(r);
    home_tariff_check(r);
    return shares_check(r);
}
