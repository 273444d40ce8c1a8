// Indicators: what a bulletin says, each with its unit, period, interval and what was reported.
#ifndef STUDY_INDICATORS_H
#define STUDY_INDICATORS_H

#include "base/period.h"
#include "study/indicators_charging.h"
#include "study/intervals.h"
#include "study/record.h"

// Where a value comes from.
enum basis_kind {
    FROM_TOTALS,       // sums of days: any period
    FROM_GROWTH,       // totals over those of the year before
    FROM_CAGR,         // mean growth a year over years
    FROM_MARKS,        // whole tallies: years
    FROM_GAPS,         // against the undisturbed twin: years
    FROM_LINES,        // saturated run, parts always there
    FROM_CHAIN,        // saturated run with the real chain
    FROM_USE,          // output over capacity
    // Those above need a chain, those below sites or a fleet.
    FROM_PILES,        // from the fleet's record, or as the tables say where the scenario has no charging: years
    FROM_FLEET,        // from the fleet's record: whole months
    FROM_FEED          // what the fleet got against what the undisturbed twin delivered: any period
};

// I(name, unit, basis, months too, English, Chinese, meaning)
#define INDICATORS(I)                                                                                                  \
    I(vehicle_output, "vehicle", FROM_TOTALS, 1, "vehicles made", "汽车产量", "off the lines")                         \
    I(nev_output, "vehicle", FROM_TOTALS, 1, "NEVs made", "新能源汽车产量", "PHEV, EREV, BEV and FCEV off the lines")   \
    I(nev_share, "share", FROM_TOTALS, 0, "NEV share of output", "新能源汽车产量占比", "nev_output / vehicle_output")   \
    I(nev_output_growth, "ratio", FROM_GROWTH, 0, "NEV growth", "新能源汽车产量增速",                                  \
      "on the same months of the year before")                                                                         \
    I(nev_output_cagr, "ratio", FROM_CAGR, 0, "NEV growth a year", "新能源汽车产量年均增速",                           \
      "compound, from the first to the last year of the period")                                                       \
    I(vehicle_capacity, "vehicle", FROM_LINES, 0, "capacity of the lines", "整车产能",                                 \
      "made in the year by saturated lines, parts always there, no shocks")                                            \
    I(vehicle_capacity_chain, "vehicle", FROM_CHAIN, 0, "capacity of the chain", "全产业链产能",                       \
      "made in the year by saturated lines with the real chain, no shocks")                                            \
    I(capacity_use, "share", FROM_USE, 0, "use of the capacity", "产能利用率", "vehicle_output / vehicle_capacity")    \
    I(enterprises, "enterprise", FROM_MARKS, 0, "enterprises that shipped", "有产出的企业", "in the region")           \
    I(enterprises_above_threshold, "enterprise", FROM_MARKS, 0, "enterprises above the threshold", "规模以上企业",     \
      "in the region, with a turnover of turnover_threshold or more in the year")                                      \
    I(turnover, "yuan", FROM_TOTALS, 0, "turnover", "企业营业收入",                                \
      "shipped by enterprises of the region, parts counted at every tier")                                             \
    I(local_content, "share", FROM_MARKS, 0, "local content", "本地配套率",                                            \
      "by value, of the parts shipped to the region's vehicle plants")                                                 \
    I(smart_share, "share", FROM_TOTALS, 0, "smart share of output", "智能网联汽车产量占比",                           \
      "driving level smart_level or more")                                                                             \
    I(export_units, "vehicle", FROM_TOTALS, 1, "exports", "汽车出口量", "left the region for a market abroad")         \
    I(export_units_growth, "ratio", FROM_GROWTH, 0, "growth of exports", "出口量增速",                                \
      "on the same months of the year before")                                                                         \
    I(export_value, "yuan", FROM_TOTALS, 0, "value of exports", "汽车出口额", "of the vehicles that left")             \
    I(export_value_growth, "ratio", FROM_GROWTH, 0, "growth of export value", "出口额增速",                            \
      "on the same months of the year before")                                                                         \
    I(export_markets, "market", FROM_MARKS, 0, "countries and regions", "出口国家和地区",                              \
      "markets abroad for which at least one vehicle left")                                                            \
    I(output_lost, "vehicle", FROM_GAPS, 0, "output lost to shocks", "冲击造成的产量损失",                             \
      "how far the undisturbed twin (same luck, no shocks) gained on the run over the period")                         \
    I(output_delayed, "vehicle", FROM_GAPS, 0, "output delayed", "延后补回的产量",                      \
      "of the highest rise of that gap within the period, what was made up again before its end")                      \
    I(sales_lost, "vehicle", FROM_GAPS, 0, "sales lost to shocks", "冲击造成的销售损失",                               \
      "buyers who left, at once or after waiting, beyond those who leave the undisturbed twin")                        \
    I(local_nev_sales, "vehicle", FROM_TOTALS, 0, "NEVs made and sold here", "本地产新能源汽车本地销量",               \
      "NEVs handed to buyers in the region")                                                                           \
    CHARGING_INDICATORS(I)

enum indicator_id {
#define INDICATOR_ID(name, unit, basis, months, english, chinese, meaning) INDICATOR_##name,
    INDICATORS(INDICATOR_ID)
#undef INDICATOR_ID
    INDICATOR_COUNT
};

struct indicator {
    const char *name, *unit, *english, *chinese, *meaning;
    uint8_t     basis;
    bool        months;
};
const struct indicator *indicator_of(enum indicator_id id);
// INDICATOR_COUNT when no indicator has this name.
enum indicator_id indicator_find(const char *name);

enum figure_role { ROLE_DRIVEN, ROLE_DERIVED, ROLE_SCORED, ROLE_NONE };

// One line of a bulletin. NO_VALUE: none.
struct figure {
    enum indicator_id indicator;
    struct period period;
    double simulated;                  // mean over the replications
    double low, high;                  // 95 % interval of that mean, by luck
    double low_inputs, high_inputs;    // where 95 % of the worlds lie, by luck and inputs
    double reported, miss;             // miss: simulated / reported - 1
    double reported_low, reported_high;    // where the source says it lies
    bool   at_least;                   // what was claimed is "more than this"
    const char *source;                // of the reported value; NULL
    uint8_t role;                      // enum figure_role
};

struct figures {
    struct arena   arena;
    struct figure *rows;
    uint32_t       count;
    int            year;               // of the bulletin; 0: the run has no whole year
    bool           piles_drawn;        // piles come from the fleet's record
    uint32_t       runs, worlds;       // values has runs + worlds rows
    double        *values;             // [(runs + worlds) * count]
};

// The rows a run of this model can fill: whole years and months, and every reported period inside from..until.
MUST_CHECK enum ap_status figures_plan(const struct model *m, uint32_t runs, uint32_t worlds, struct figures *out);
void figures_free(struct figures *f);
// Fills one row of values from what a run left behind, but for the capacities. fleet: NULL without charging.
void figures_read(const struct figures *f, const struct record *r, const struct fleet_record *fleet, double *values);
// Writes the capacity of the year into a row of values.
void figures_capacity(const struct figures *f, enum basis_kind basis, double capacity, double *values);
// When all rows are filled: capacity use, means, intervals, misses.
void figures_close(struct figures *f);
// The row of an indicator and period, or NULL.
const struct figure *figure_find(const struct figures *f, enum indicator_id id, struct period p);

#endif
