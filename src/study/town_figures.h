// Town figures: charging by class and by district, over the period of the bulletin, with the same intervals as the
// indicators.
#ifndef STUDY_TOWN_FIGURES_H
#define STUDY_TOWN_FIGURES_H

#include "study/charging_values.h"

// X(name, unit, of classes, of districts, meaning)
#define TOWN_MEASURES(X)                                                                                               \
    X(fleet, "vehicle", 1, 1, "in the region, at the end")                                                             \
    X(sessions, "session", 1, 1, "at home and in public")                                                              \
    X(energy_home, "kWh", 1, 1, "delivered at own piles, sockets and piles shared by residents")                       \
    X(energy_public, "kWh", 1, 1, "delivered at public piles")                                                         \
    X(energy_per_nev_day, "kWh", 1, 1, "delivered, over the days of its NEVs")                                         \
    X(requests, "request", 1, 1, "for a pile that is shared or public")                                                \
    X(wait_mean, "minute", 1, 1, "at a site, over all who came to one")                                                \
    X(wait_p95, "minute", 1, 0, "95 % of all who came to a site waited at most so long")                               \
    X(gave_up_share, "share", 1, 1, "requests that ended without a charge, over those that ended")                     \
    X(fuel_requests, "share", 1, 1, "requests of plug-ins that drove on fuel instead, over all")                       \
    X(undriven_share, "share", 1, 1, "of the use wanted, what was not driven for want of charge")                      \
    X(peak_load, "kW", 0, 1, "highest mean load of an hour at its piles and homes")                                    \
    X(piles_private, "pile", 0, 1, "at homes, at the end")                                                             \
    X(piles_public, "pile", 0, 1, "public, at the end")                                                                \
    X(nevs_per_public_pile, "1", 0, 1, "at the end")

enum town_measure {
#define TOWN_MEASURE_ID(name, unit, classes, districts, meaning) TOWN_##name,
    TOWN_MEASURES(TOWN_MEASURE_ID)
#undef TOWN_MEASURE_ID
    TOWN_MEASURES_COUNT
};
struct town_measure_words {
    const char *name, *unit, *meaning;
    bool of_classes, of_districts;
};
const struct town_measure_words *town_measure_of(enum town_measure measure);

struct town_figure {
    struct town_scope scope;           // one class, or one district; the other is ALL
    struct interval   is[TOWN_MEASURES_COUNT];
};

struct town_figures {
    struct arena   arena;
    struct period  period;
    struct town_figure *rows;          // classes with requests or vehicles, then districts that have any part in it
    uint32_t       count, classes;     // classes: how many of the rows are
    uint32_t       runs, worlds;
    double        *values;             // [runs + worlds][count][TOWN_MEASURES_COUNT]
};

// Rows for this model; none without charging. period: of the bulletin.
MUST_CHECK enum ap_status town_figures_plan(const struct model *m, const struct figures *f, struct town_figures *out);
void town_figures_free(struct town_figures *f);
// Fills the values of one run.
void town_figures_read(const struct town_figures *f, const struct fleet_record *r, uint32_t run);
MUST_CHECK enum ap_status town_figures_close(struct town_figures *f);

#endif
