// The stress test: every row out for its own time to recover and for equal times, from several dates, over luck and
// over worlds; what each outage cost against the same run without it (M-13). Exact what-ifs (fork.h), on any number of
// threads.
#ifndef STUDY_STRESS_H
#define STUDY_STRESS_H

#include "study/fork.h"
#include "study/standstill.h"

// What one outage did. F(name, unit, meaning); -1 in a day that did not come within the horizon; yuan are held as fen.
#define STRESS_FIGURES(F)                                                                                              \
    F(out_days, "day", "the longest of its shocks")                                                                    \
    F(deficit, "vehicle", "lost or late: as far as the cumulative output fell behind; rows are ranked by it")          \
    F(lost, "vehicle", "not made up at the horizon: the cumulative output is so far behind")                           \
    F(delayed, "vehicle", "came late and was rebuilt: the deficit less what stays lost")                               \
    F(delay, "vehicle day", "vehicles behind, summed over the days")                                                   \
    F(nevs_lost, "vehicle", "of what is lost, NEVs")                                                                   \
    F(value_lost, "yuan", "ex-works value of what is lost")                                                            \
    F(export_deficit, "vehicle", "lost or late abroad: as far as the cumulative exports fell behind")                  \
    F(export_units_lost, "vehicle", "that had not left for markets abroad at the horizon")                             \
    F(export_value_lost, "yuan", "their value")                                                                        \
    F(sales_lost, "vehicle", "buyers who left, at once or after waiting, beyond those who leave anyway")               \
    F(turnover_others_lost, "yuan", "shipped less by enterprises of the region that were not hit")                     \
    F(peak_backlog, "vehicle", "most orders that waited at the plants beyond those that wait anyway")                  \
    F(first_stop_days, "day", "from the start until the output falls behind")                                          \
    F(deficit_days, "day", "from the start until the deficit is largest: afterwards the plants catch up")              \
    F(rebuilt_95_days, "day", "from the start until 95 % of the deficit is made up")                                   \
    F(settled_days, "day", "from the start until the whole state is the undisturbed one again, to the byte")

struct stress_values {
#define STRESS_FIELD(name, unit, meaning) int64_t name;
    STRESS_FIGURES(STRESS_FIELD)
#undef STRESS_FIELD
};
enum stress_figure {
#define STRESS_ID(name, unit, meaning) STRESS_##name,
    STRESS_FIGURES(STRESS_ID)
#undef STRESS_ID
        STRESS_FIGURE_COUNT
};
_Static_assert(sizeof(struct stress_values) == STRESS_FIGURE_COUNT * sizeof(int64_t), "an array of its figures");
extern const struct stress_column { const char *name, *unit, *meaning; } stress_columns[STRESS_FIGURE_COUNT];

enum { STRESS_DAYS_MOST = 8, STRESS_STARTS_MOST = 12, STRESS_HORIZON = 365, STRESS_HORIZON_LEAST = 14 };

struct stress_options {
    uint64_t seed;
    uint32_t replications, worlds, threads; // 1 or more; 0 or more; 1 or more
    unsigned what;                          // bits 1 << enum standstill_kind
    int32_t days[STRESS_DAYS_MOST];         // OWN_TIME or 0 and more
    uint32_t day_count;
    day_number starts[STRESS_STARTS_MOST];
    uint32_t start_count; // 0: chosen by stress_make
    int32_t horizon;      // days from a start; 0: STRESS_HORIZON, or what the scenario leaves
    const char *only;     // ids of rows, with commas between them; NULL: all
    uint32_t every;       // only every so many rows: 1 is all
    // Told under a lock, by any thread, what-if by what-if; false stops the study (AP_INTERRUPTED). NULL: nobody asks.
    bool (*step)(void *self, int64_t done, int64_t all);
    // Told under the same lock when a what-if is finished, to keep it. NULL: nobody keeps.
    enum ap_status (*keep)(void *self, uint32_t job);
    void *self;
};

// A row for a time: rows of the result. Events have their own steps only.
struct stress_case {
    uint32_t row;  // of rows
    uint32_t mode; // index into options.days; an event's is 0
};

// What is known of an enterprise in one run's network, from the first start to the horizon.
struct stress_place {
    uint32_t family;  // product row of what it mostly makes; 0: nothing, or vehicles
    bool plant, dual; // dual: most of its buyers have a second approved source
    double spend;     // fen: what its buyers are to buy of it by their plans and its shares
    double use;       // of a plant: vehicles wanted over what its lines make in normal hours (first start)
};

// What a what-if took, and what still differed at the horizon where it was not settled.
struct stress_effort {
    int32_t days_run, days_all; // simulated; of a full rerun
    int32_t column;             // index into STATE_COLUMNS, -1: settled
    uint32_t row;               // of what the column is per
};
const char *stress_state_column(int32_t column); // its name

struct stress {
    const struct tables *tables;
    struct stress_options options;
    struct standstill_rows rows;
    struct stress_case *cases;
    uint32_t case_count;
    uint32_t runs;                // replications + worlds
    uint32_t jobs;                // runs * starts * cases
    struct stress_values *values; // [job], job = (run * starts + start) * cases + case
    bool *done;                   // [job]: set before stress_run for those that are kept from before
    uint32_t done_count;
    struct stress_place *places;   // [run][enterprises_count + 1] by row of enterprises.csv
    struct stress_effort *efforts; // [job]
    char trouble[300];             // AP_LEDGER: which row
};

// Lists the rows and chooses the dates, complaining to c. The tables must outlive the study.
MUST_CHECK enum ap_status stress_make(const struct tables *t, const struct stress_options *o, struct complaints *c,
                                      struct stress *out);
// Every what-if that is not done. AP_INTERRUPTED: what is done is valid.
MUST_CHECK enum ap_status stress_run(struct stress *s);
void stress_free(struct stress *s);

static inline uint32_t stress_job(const struct stress *s, uint32_t run, uint32_t start, uint32_t which) {
    return (run * s->options.start_count + start) * s->case_count + which;
}

#endif
