// Explain: the path of a shock. The model with and without it run side by side, day by day and with the same luck, so
// that whatever differs is the shock's doing. Of each row the first day on which it fell short is kept, and what it was
// short of; from these the chain behind any loss is read backwards (M-15).
#ifndef STUDY_EXPLAIN_H
#define STUDY_EXPLAIN_H

#include "study/explain_paths.h"
#include "study/fork.h"

// X(name, unit of its quantity, meaning)
#define EXPLAIN_EVENTS(X)                                                                                              \
    X(shock, "share", "a step of the shock begins; what it leaves")                                                    \
    X(makes_less, "unit", "a maker starts less; most it was behind")                                                   \
    X(owes, "unit", "a supplier owes a buyer longer; most it was behind")                                              \
    X(short, "hour", "a part is too low for one unit more and holds up who needs it")                                  \
    X(line_slow, "hour", "a line makes less; work missed")                                                             \
    X(line_idle, "day", "a line makes nothing on a day on which it would have")                                        \
    X(demand_missed, "unit", "outside demand at a stock is lost or waits; most")                                       \
    X(buyers_leave, "vehicle", "buyers find no vehicle and leave")                                                     \
    X(lane_waits, "vehicle", "more vehicles at the head of a lane; most")                                              \
    X(overtime, "1", "overtime: hours of a line, units of a maker")                                                    \
    X(further_shift, "1", "a further shift: hours of a line, units of a maker")                                        \
    X(widest, "vehicle", "the undisturbed run is furthest ahead")                                                      \
    X(rebuilt, "vehicle", "95 % of it is made up for, or no longer wanted")                                    \
    X(backlog_gone, "vehicle", "no more orders wait than undisturbed; most there were")                               \
    X(settled, "day", "the states are equal again; days since the shock began")

enum explain_event_kind {
#define EXPLAIN_EVENT_ID(name, unit, meaning) EXPLAIN_##name,
    EXPLAIN_EVENTS(EXPLAIN_EVENT_ID)
#undef EXPLAIN_EVENT_ID
    EXPLAIN_EVENT_KINDS
};

struct explain_event {
    int32_t  day, last;            // first and last day of its first spell
    int32_t  later;                // days of it after that
    enum explain_event_kind kind;
    struct path_row row, cause;
    double   quantity;
};

struct explanation {
    struct arena arena;
    const struct model *m;         // with the shock
    struct span  span;             // its days
    int32_t      days;             // of the run that were compared, from span.first on
    int32_t      settled;          // after this day the states are equal again; -1: not within the run
    const char  *differs_column;   // not settled: a column that differs at the end
    uint32_t     differs_row;
    struct path_totals *totals;    // [days], at the end of each
    struct path_totals  most;      // of all days
    int32_t      most_day;         // of the gap in vehicles
    int32_t      rebuilt_day;      // after that, the first with 95 % made up for or no longer wanted; -1
    int32_t      backlog_gone;     // after the most, the first day without more orders waiting; -1: none
    int32_t      absorbed;         // over, and vehicles (less buyers who left), exports, orders back to 5 %; -1: not
    bool        *hit;              // [shock_count]: whether the shock is one of those explained
    struct stock_path *stocks;
    struct link_path  *links;
    struct line_path  *lines;
    struct maker_path *makers;
    struct offer_path *offers;
    struct lane_path  *lanes;
    int32_t     *line_gap;         // [line][days of the run from span.first on] vehicles, see line_gaps
    int64_t     *market_gap;       // [market] not left
    int64_t     *turnover_gap;     // [enterprise] fen
    struct explain_event *events;  // by day, kind and row
    uint32_t     event_count;
    char         ledger_message[200];
};

struct explain_options {
    const struct baseline *baseline;   // of the undisturbed model, to skip the days before the shock; NULL: none
    bool (*step)(void *self, int64_t days);   // told of each day; false stops (AP_INTERRUPTED). NULL: nobody asks
    void *self;
};

// `shocked`: the tables of m with further shocks active, which may stand behind the others. Both models must outlive
// the explanation. To be freed in any case.
MUST_CHECK enum ap_status explain_run(const struct model *m, const struct model *shocked, struct luck l,
                                      const struct explain_options *o, struct explanation *out);
void explain_free(struct explanation *e);

enum { CHAIN_MOST = 12 };

// Why the row that lost most did: rows from it back to the shock, each the cause of the one before it.
struct explain_cause {
    uint32_t steps;                // 0: nothing fell short
    struct path_row chain[CHAIN_MOST];
    int32_t  first_day;            // after the shock began, of the first row of the chain
    int32_t  cover_milli;          // of the chain's first stock; -1: none, or longer than the run
    int64_t  lost_ms;              // work of its line
    int64_t  late, lost;           // vehicles of all lines: behind at most, and at the end
};
static inline int32_t *line_gaps(const struct explanation *e, uint32_t line) {
    return e->line_gap + (size_t)line * (size_t)(e->m->days - e->span.first);
}
// The last day of the story: absorbed, or the last that was compared.
int32_t explain_last_day(const struct explanation *e);
void explain_cause(const struct explanation *e, struct explain_cause *out);
// The rows from one row back to the shock; how many, CHAIN_MOST at most.
uint32_t explain_chain(const struct explanation *e, struct path_row from, struct path_row out[CHAIN_MOST]);
const char *explain_event_name(enum explain_event_kind kind);
const char *explain_event_unit(enum explain_event_kind kind);

#endif
