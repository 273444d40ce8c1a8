#include "read/columns.h"

#include <stddef.h>
#include <string.h>

// A REF names its table as a bare word, a CHOICE lists its choices in a string.
#define COLUMN_OF_REF(of) #of
#define COLUMN_OF_CHOICE(of) of
#define COLUMN_OF_ID(of) of
#define COLUMN_OF_TEXT(of) of
#define COLUMN_OF_INT(of) of
#define COLUMN_OF_REAL(of) of
#define COLUMN_OF_YUAN(of) of
#define COLUMN_OF_DATE(of) of
#define COLUMN_OF_MOMENT(of) of
#define COLUMN_OF_YESNO(of) of
#define COLUMN_ENTRY(kind, field, of, dflt, unit, meaning)                                                             \
    {COLUMN_##kind, #field, COLUMN_OF_##kind(of), dflt, unit, meaning, (uint32_t)offsetof(this_row, field)},

// X(kind, field, ...) does not know its row struct, hence a function per table in which the struct has a fixed name.
#define TABLE_FUNCTION(table, row, COLUMNS, keys, main, required, meaning)                                             \
    static const struct table_schema *table##_schema(void) {                                                           \
        typedef struct row this_row;                                                                                   \
        static const struct column_schema columns[] = {COLUMNS(COLUMN_ENTRY)};                                         \
        static const struct table_schema schema = {                                                                    \
            #table, columns, sizeof columns / sizeof columns[0], keys, main, required, meaning, sizeof(this_row),      \
            offsetof(struct tables, table), offsetof(struct tables, table##_count)};                                   \
        return &schema;                                                                                                \
    }
TABLES(TABLE_FUNCTION)
#undef TABLE_FUNCTION

const struct table_schema *table_schema(enum table_id table) {
#define TABLE_ENTRY(table, row, COLUMNS, keys, main, required, meaning) table##_schema,
    static const struct table_schema *(*const schemas[TABLE_COUNT])(void) = {TABLES(TABLE_ENTRY)};
#undef TABLE_ENTRY
    ASSERT((int)table >= 0 && table < TABLE_COUNT);
    return schemas[table]();
}

// The last column of SETTINGS is the unit, for a CHOICE its list.
#define OF_CHOICE(unit) unit
#define OF_TEXT(unit) ""
#define OF_DATE(unit) ""
#define OF_INT(unit) ""
#define OF_REAL(unit) ""
#define OF_YUAN(unit) ""
#define OF_YESNO(unit) ""
#define UNIT_CHOICE(unit) ""
#define UNIT_TEXT(unit) unit
#define UNIT_DATE(unit) unit
#define UNIT_INT(unit) unit
#define UNIT_REAL(unit) unit
#define UNIT_YUAN(unit) unit
#define UNIT_YESNO(unit) unit
#define SETTING_ENTRY(kind, name, dflt, low, high, unit, meaning)                                                      \
    {{COLUMN_##kind, #name, OF_##kind(unit), dflt, UNIT_##kind(unit), meaning,                                         \
      (uint32_t)offsetof(struct settings, name)},                                                                      \
     low,                                                                                                              \
     high},
const struct setting_schema settings_schema[SETTING_COUNT] = {SETTINGS(SETTING_ENTRY)};

#define COMMON(kind, field, of, meaning)                                                                               \
    {kind, #field, of, "", "", meaning, (uint32_t)offsetof(struct row_common, field)}
const struct column_schema common_schema[COMMON_COUNT] = {
    {COLUMN_TEXT, "source", "", "", "", "where the row comes from: ids of sources.csv or words",
     (uint32_t)offsetof(struct row_common, origin)},
    COMMON(COLUMN_CHOICE, confidence, "cited|derived|recalled|estimated|synthetic|assumed",
           "how sure the row is: from a source, computed from one, from memory, estimated, invented, or assumed"),
    COMMON(COLUMN_REAL, low, "", "lowest value of the table's main column, in its unit"),
    COMMON(COLUMN_REAL, high, "", "its highest value"),
    COMMON(COLUMN_CHOICE, law, "uniform|triangular|loguniform",
           "law from which a world draws the main value between low and high; the written value is the mode"),
    COMMON(COLUMN_TEXT, note, "", "anything a reader of the table should know"),
};

int table_by_name(const char *name, size_t count) {
    for (int i = 0; i < TABLE_COUNT; i++) {
        const char *known = table_schema((enum table_id)i)->name;
        if (strlen(known) == count && memcmp(known, name, count) == 0) return i;
    }
    return -1;
}

int column_by_name(const struct table_schema *table, const char *name, size_t count) {
    for (uint32_t i = 0; i < table->column_count; i++) {
        const char *known = table->columns[i].name;
        if (strlen(known) == count && memcmp(known, name, count) == 0) return (int)i;
    }
    return -1;
}

int choice_index(const char *choices, const char *text, size_t count) {
    for (int i = 0; *choices; i++) {
        size_t length = strcspn(choices, "|");
        if (length == count && memcmp(choices, text, count) == 0) return i;
        choices += length;
        if (*choices == '|') choices++;
    }
    return -1;
}

const char *column_kind_name(enum column_kind kind) {
    static const char *const names[] = {"id",     "text", "reference", "whole number", "number",
                                        "amount", "date", "time",      "yes or no",    "choice"};
    ASSERT((size_t)kind < sizeof names / sizeof names[0]);
    return names[kind];
}

// Where the unit does not tell the bounds. table "": in every table.
static const struct {
    const char   *table, *column;
    struct bounds bounds;
} column_bounds_named[] = {
    {"", "year", {1900, 2200, false}},
    {"", "lat", {-90, 90, false}},
    {"", "lon", {-180, 180, false}},
    {"", "from_hour", {0, 24, false}},
    {"", "until_hour", {0, 24, true}},
    {"", "month", {1, 12, false}},
    {"", "driving_level", {0, 5, false}},
    {"", "quantity", {1, 1000000, false}},
    {"", "yield", {0, 1, true}},
    {"", "tier", {1, 20, false}},
    {"", "lot", {1, 1e9, false}},
    {"", "opening", {-1, 1e9, false}},
    {"", "priority", {-1e6, 1e6, false}},
    {"", "cycle_seconds", {0, 86400, true}},
    {"", "headroom", {0, 1e6, true}},
    {"", "every_hours", {0, 8760, true}},
    {"", "review_hours", {0, 8760, true}},
    {"", "weight", {0, 1e15, false}},
    {"", "departures", {0, 10000, false}},
    {"", "leg", {1, 100, false}},
    {"legs", "capacity", {1, 1000000, false}},
    {"makers", "capacity", {0, 1e9, true}},
    {"shops", "shape", {1, 64, false}},
    {"shops", "variant_share", {0, 1, true}},
    {"links", "share", {0, 1000, false}},    // scaled, so any weights will do
    {"shares", "share", {0, 1000, false}},
    {"profiles", "slot", {0, 23, false}},
    {"curves", "kw", {0, 4000, true}},
    {"ev_types", "battery_kwh", {0, 1000, true}},
    {"ev_types", "ac_kw", {0, 1000, true}},
    {"ev_types", "dc_kw", {0, 4000, false}},
    {"ev_types", "kwh_per_100km", {0, 300, true}},
    {"ev_types", "efficiency", {0, 1, true}},
    {"ev_classes", "km_spread", {0, 10, false}},
    {"ev_classes", "day_spread", {0, 10, false}},
    {"ev_classes", "shift_from", {0, 24, false}},
    {"ev_classes", "shift_until", {0, 24, true}},
    {"ev_classes", "ac_stay_hours", {0, 8760, true}},
    {"ev_classes", "tries", {1, 100, false}},
    {"homes", "from_year", {1900, 2200, false}},
    {"homes", "kw", {0, 1000, true}},
    {"feeders", "kva", {0, 1e9, true}},
    {"sites", "places", {-1, 1000000, false}},
    {"site_piles", "piles", {-1, 1000000, false}},
    {"site_piles", "kw", {0, 4000, true}},
    {"streams", "swing", {0, 1, false}},
    {"streams", "swing_from", {0, 24, false}},
    {"streams", "size", {0, 1000000, true}},
    {"streams", "size_spread", {0, 1000000, false}},
};

static const struct {
    const char   *unit;
    struct bounds bounds;
} unit_bounds[] = {
    {"share", {0, 1, false}},      {"ratio", {0, 1000000, false}}, {"hour", {0, 8760, false}},
    {"day", {0, 36500, false}},    {"second", {0, 1e9, false}},    {"1/year", {0, 8760, false}},
    {"kW", {0, 1e9, false}},       {"kWh", {0, 1e9, false}},        {"km", {0, 5000, false}},
    {"minute", {0, 525600, false}}, {"1/hour", {0, 1e9, false}},    {"yuan/kWh", {0, 1000, false}},
    {"yuan", {0, 1e15, false}},    {"yuan/unit", {0, 1e12, false}}, {"yuan/vehicle", {0, 1e12, false}},
};

struct bounds column_bounds(const char *table, const struct column_schema *column) {
    for (size_t i = 0; i < sizeof column_bounds_named / sizeof column_bounds_named[0]; i++) {
        bool here = column_bounds_named[i].table[0] == '\0' || strcmp(column_bounds_named[i].table, table) == 0;
        if (here && strcmp(column_bounds_named[i].column, column->name) == 0) return column_bounds_named[i].bounds;
    }
    for (size_t i = 0; i < sizeof unit_bounds / sizeof unit_bounds[0]; i++) {
        if (strcmp(unit_bounds[i].unit, column->unit) == 0) return unit_bounds[i].bounds;
    }
    if (column->kind == COLUMN_INT) return (struct bounds){0, 2000000000, false};   // the model counts in 32 bits
    return (struct bounds){-1e15, 1e15, false};
}
