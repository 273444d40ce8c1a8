// The tables as rows, made from schema.h: what the reader fills and model_build compiles. Row 0 is nobody.
// Between reading and building, rows stand in the order of the files (parents first).
#ifndef MODEL_TABLES_H
#define MODEL_TABLES_H

#include "base/base.h"
#include "model/schema.h"

#define DATE_NONE INT32_MIN
#define MOMENT_NONE INT64_MIN

enum confidence { CONFIDENCE_NONE, CITED, DERIVED, RECALLED, ESTIMATED, SYNTHETIC, ASSUMED };
enum range_law { LAW_NONE, LAW_UNIFORM, LAW_TRIANGULAR, LAW_LOGUNIFORM };

// The common columns of every row.
struct row_common {
    struct source source;          // file and line
    const char   *origin;          // the `source` column: ids of sources.csv or words
    const char   *note;
    double        low, high;       // range of the main column, in its unit as written; NAN: none
    uint8_t       confidence;      // enum confidence
    uint8_t       law;             // enum range_law
};

#define FIELD_ID(field)     const char *field;
#define FIELD_TEXT(field)   const char *field;
#define FIELD_REF(field)    uint32_t field;
#define FIELD_INT(field)    int64_t field;
#define FIELD_REAL(field)   double field;
#define FIELD_YUAN(field)   int64_t field;
#define FIELD_DATE(field)   day_number field;
#define FIELD_MOMENT(field) int64_t field;
#define FIELD_YESNO(field)  int32_t field;
#define FIELD_CHOICE(field) int32_t field;
#define ROW_FIELD(kind, field, of, dflt, unit, meaning) FIELD_##kind(field)
// YUAN and REAL cells that are empty with dflt "" hold these.
#define YUAN_NONE INT64_MIN
#define REAL_NONE (-1.0)

#define ROW_STRUCT(table, row, COLUMNS, keys, main, required, meaning)                                                 \
    struct row {                                                                                                       \
        struct row_common common;                                                                                      \
        COLUMNS(ROW_FIELD)                                                                                             \
    };
TABLES(ROW_STRUCT)
#undef ROW_STRUCT

// What settings.csv and --set give.
#define SETTING_FIELD(kind, name, dflt, low, high, unit, meaning) FIELD_##kind(name)
struct settings {
    SETTINGS(SETTING_FIELD)
};

// settings.csv as read, one slot per setting in the order of SETTINGS: for ranges and provenance.
enum setting_id {
#define SETTING_ID(kind, name, dflt, low, high, unit, meaning) SETTING_##name,
    SETTINGS(SETTING_ID)
#undef SETTING_ID
    SETTING_COUNT
};

enum table_id {
#define TABLE_ID(table, row, COLUMNS, keys, main, required, meaning) TABLE_##table,
    TABLES(TABLE_ID)
#undef TABLE_ID
    TABLE_COUNT
};

struct tables {
    struct arena    arena;          // owns every row and text
    const char     *folder;         // the scenario as the user named it
    const char     *name;           // last part of the folder's path
    struct settings settings;
    struct row_common setting_common[SETTING_COUNT];
#define TABLE_FIELDS(table, row, COLUMNS, keys, main, required, meaning)                                               \
    struct row *table;              /* [table##_count + 1], row 0 is nobody */                                         \
    uint32_t    table##_count;
    TABLES(TABLE_FIELDS)
#undef TABLE_FIELDS
};

enum { CHANNEL_LOCAL, CHANNEL_DOMESTIC, CHANNEL_EXPORT, CHANNEL_COUNT };
enum { KIND_PLANT, KIND_SUPPLIER, KIND_UNLIMITED };
enum { POLICY_PLAN, POLICY_ORDER_UP_TO, POLICY_S_S, POLICY_R_Q, POLICY_NONE };
enum { CYCLE_CONSTANT, CYCLE_EXPONENTIAL, CYCLE_ERLANG };
enum { DEMAND_CONSTANT, DEMAND_POISSON, DEMAND_NORMAL };
enum { FAILURES_NONE, FAILURES_CALENDAR, FAILURES_WORK, FAILURES_CYCLE };
enum { FAILURE_EXPONENTIAL, FAILURE_GEOMETRIC };
enum { BLOCKING_AFTER, BLOCKING_BEFORE, BLOCKING_HOLD };
enum { SHIFT_RESUME, SHIFT_FINISH, SHIFT_FIT };
enum { SPREAD_UNIFORM, SPREAD_EXPONENTIAL };
enum { SPREAD_PER_DAY, SPREAD_PER_SHIPMENT, SPREAD_PER_UNIT };
enum { SATURATE_NO, SATURATE_LINES, SATURATE_CHAIN };
enum { PER_ONCE, PER_PLATFORM };
enum { ICE, HEV, PHEV, EREV, BEV, FCEV };
enum scope { SCOPE_EVERYTHING, SCOPE_REGION, SCOPE_OUTSIDE, SCOPE_ENTERPRISE, SCOPE_FAMILY, SCOPE_PRODUCT,
             SCOPE_DISTRICT, SCOPE_ZONE, SCOPE_MAKER, SCOPE_LINE, SCOPE_LANE, SCOPE_MARKET, SCOPE_PLATFORM };
enum basis { BASIS_CAPACITY, BASIS_PLANNED_FLOW, BASIS_ALLOCATION, BASIS_DEMAND, BASIS_TRANSIT };
enum { MEASURE_OUTPUT, MEASURE_NEV_OUTPUT, MEASURE_EXPORTS, MEASURE_TURNOVER, MEASURE_SALES, MEASURE_STOP_DAYS,
       MEASURE_DAYS_TO_STOP, MEASURE_DAYS_TO_START };
enum { AS_CHANGE, AS_RATIO, AS_GROWTH };
enum { USED_NO, USED_PARTLY, USED_YES };
enum { LEVEL_CLOSED, LEVEL_NORMAL, LEVEL_OVERTIME, LEVEL_EXTRA };

#endif
