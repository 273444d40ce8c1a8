// Outages: what a stress test lets stand still. A row names what is hit; an outage is its shocks on certain days, laid
// over a sealed model that is shared: the copy is shallow and owns nothing but its shocks and their targets.
#ifndef STUDY_STANDSTILL_H
#define STUDY_STANDSTILL_H

#include "model/model.h"

enum standstill_kind {
    STANDSTILL_ENTERPRISE,
    STANDSTILL_DISTRICT,
    STANDSTILL_LANE,
    STANDSTILL_FAMILY,
    STANDSTILL_COMMON,
    STANDSTILL_KINDS
};
// What a common cause is: a past event moved to the start; all lanes of one mode; a sub-tier that several families buy;
// all of a zone; the power of the whole region.
enum common_cause { CAUSE_NONE, CAUSE_EVENT, CAUSE_MODE, CAUSE_SUBTIER, CAUSE_ZONE, CAUSE_POWER };

struct standstill_row {
    uint8_t kind, cause;
    uint32_t table_row;         // of enterprises, districts, lanes, products; an event: its first row of shocks
    const char *id;             // unique within its kind
    const char *name, *name_zh; // "" where the tables have none
};

struct standstill_rows {
    struct arena arena;
    struct standstill_row *rows;
    uint32_t count;
};

// Enterprises, but only those of the region.
enum { STANDSTILL_REGIONAL = 1 << STANDSTILL_KINDS };
// Every row of the kinds (bits 1 << enum standstill_kind, or STANDSTILL_REGIONAL), in the order of the kinds and of the
// tables.
MUST_CHECK enum ap_status standstill_rows_list(const struct tables *t, unsigned kinds, struct standstill_rows *out);
void standstill_rows_free(struct standstill_rows *r);
const char *standstill_kind_name(enum standstill_kind kind); // "enterprise" ...

enum {
    OWN_TIME = -1,
    LANE_DAYS = 14
}; // lanes have no time to recover of their own: that which enterprises have unless told

struct standstill_time {
    int32_t from;       // day of the run
    int32_t days;       // 0 or more, or OWN_TIME: each enterprise its own time to recover, an event its own steps
    int32_t factor_ppm; // of the capacity that is left; an event has its own
    uint64_t seed;      // of the draws of times to recover
    uint32_t world;     // 0: ttr_mode_days; else drawn between ttr_low_days and ttr_high_days
};

struct standstill {
    struct model model; // shallow: never given to model_free
    struct shock *shocks;
    struct target *targets;
    bool *hit;     // [enterprise] it is among those hit
    int32_t days;  // the longest of its shocks
    uint32_t hits; // rows of the model it hits; 0: nothing here can stand still
};

MUST_CHECK enum ap_status standstill_make(const struct model *m, const struct standstill_row *row,
                                          struct standstill_time time, struct standstill *out);
void standstill_free(struct standstill *o);

#endif
