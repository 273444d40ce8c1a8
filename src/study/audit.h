// The audit: do published figures agree with each other? It reads claims.csv, reported.csv and the counts of piles.csv
// as statements and tries general rules on them. It simulates nothing and knows nothing of the region.
#ifndef STUDY_AUDIT_H
#define STUDY_AUDIT_H

#include "base/period.h"
#include "model/model.h"

enum statement_kind {
    STATES_LEVEL,          // so many in the period
    STATES_ABOVE,          // more than so many
    STATES_GROWTH,         // on the same months of the year before, as a ratio: 0.303 is +30.3 %
    STATES_AVERAGE         // growth a year from the first to the last year of the period
};

// One figure that somebody published, once: equal figures of several sources are one statement.
struct statement {
    const char    *series;     // an indicator, or a series that only claims know
    struct period  period;
    enum statement_kind kind;
    double         value;
    double         half;       // half a unit of the last digit printed: as far as rounding goes
    const char    *sources;
    bool           derived;    // worked out from other figures, recalled or judged: no evidence by itself
    double         low, high;  // range of a cited or recalled row, NAN: none; there it stands for other counts
    const char    *note;       // what the range comes from
    struct source  row;        // where it stands
};

// R(rule, what it says)
#define AUDIT_RULES(R)                                                                                                 \
    R(growth_against_levels, "a growth does not fit the levels it is said to join")                                    \
    R(average_against_levels, "a mean growth a year does not fit its first and last level")                            \
    R(two_growths, "two growths of one series and period")                                                             \
    R(two_levels, "two levels of one series and period: revised, or of another scope")                                 \
    R(level_range, "other counts or scopes of the same: the range of its row is wider than rounding")                  \
    R(part_above_whole, "a cumulative is above the whole that contains it")                                            \
    R(parts_against_whole, "parts of a period do not add up to the whole")                                             \
    R(share_against_levels, "a share does not fit part and whole")                                                     \
    R(added_against_stock, "what was added does not fit the stocks before and after")

enum audit_rule {
#define AUDIT_RULE_ID(rule, meaning) RULE_##rule,
    AUDIT_RULES(AUDIT_RULE_ID)
#undef AUDIT_RULE_ID
    AUDIT_RULE_COUNT
};
const char *audit_rule_name(enum audit_rule rule);
const char *audit_rule_meaning(enum audit_rule rule);

struct conflict {
    enum audit_rule  rule;
    struct statement claim;          // what is doubted
    struct statement against[2];     // what it was held against; the second has no series when there is one only
    double computed;                 // what `against` gives in the unit of the claim
    double implied;                  // what the claim would make of the last of `against`
    double size;                     // implied / published - 1
    double tolerance;                // the part of |size| that rounding of the printed digits can explain
    bool   at_least;                 // implied is a bound: the claim or a level says "more than"
};

struct audit {
    struct arena      arena;
    struct statement *statements;
    uint32_t          statement_count;
    struct conflict  *conflicts;     // published against published first, then the larger first
    uint32_t          conflict_count, conflict_room;
};

MUST_CHECK enum ap_status audit_run(const struct tables *t, struct audit *out);
void audit_free(struct audit *a);

// Half a unit of the last digit that was printed. Trailing zeros of whole numbers count as rounding beyond the second
// digit; growths are printed to whole per cents at least.
double half_unit_of(double value, enum statement_kind kind);

// --- between the two files of the audit
MUST_CHECK enum ap_status statements_collect(const struct tables *t, struct audit *a);
// Whether periods of this series add up.
bool series_adds_up(const char *series);

#endif
