// What an outage costs at the best response, as linear programs on the sealed model (Simchi-Levi et al. 2015; M-30):
// what is lost over an outage of so many days (TTR: its own time to recover), and the longest outage without any loss
// (time to survive, TTS). The matrix is built once; from outage to outage only bounds change, and every program starts
// from the basis of the undisturbed chain, so that its bytes do not depend on what was asked before.
#ifndef STUDY_PROGRAMS_H
#define STUDY_PROGRAMS_H

#include "model/model.h"

enum lost_weight {
    LOST_UNITS,            // every vehicle, and every unit of outside demand, weighs 1
    LOST_MARGIN            // it weighs its margin (variants.csv, products.csv); without one its price or value
};

enum programs_purpose {
    PROGRAMS_OUTAGES,      // the plan, with overtime, over approved links
    PROGRAMS_CAPACITY      // whatever lines in normal hours, suppliers in every shift and all links can do at most
};

struct programs_options {
    enum programs_purpose purpose;
    enum lost_weight weight;
    // Days since m->first_day over whose mean plan and capacity are taken; last < first: the bulletin's year, as far as
    // the run covers it, else the whole run.
    int32_t first_day, last_day;
    const int32_t *stock_units;   // [m->n.stock] on hand and under way when the outage begins; NULL: as a run begins
    const double *mix;            // [m->n.stock] of a plant's vehicles those of this yard (capacity); NULL: any
};

// Enterprises that are down together: one, a district, a family, a common cause. Their stocks stay usable.
struct outage {
    const uint32_t *enterprises;  // rows of m->enterprises
    uint32_t count;
};

struct outage_loss {
    double units;          // vehicles and units of outside demand lost against the plan
    double margin_yuan;    // by margin, price or value; of the same solution
};

// What stands in the way of more: a line, or an enterprise that makes a family.
struct capacity_limit {
    uint32_t line, maker;  // one of them is 0
    double   units;        // vehicles, or starts, that it can do in the days
    double   gain;         // vehicles more for a unit more: the dual
};

// A time to survive so long or longer is "never": no outage of that length loses anything.
#define SURVIVES_FOR_EVER 36500.0

struct programs;

// AP_BAD_USE: there is no demand at all within the days.
MUST_CHECK enum ap_status programs_make(const struct model *m, const struct programs_options *o,
                                        struct programs **out);
void programs_free(struct programs *p);
// days: 0 or more; 0 loses nothing. AP_REFUSED: the solver gave up (programs_trouble says how).
MUST_CHECK enum ap_status programs_ttr(struct programs *p, const struct outage *o, double days,
                                       struct outage_loss *out);
MUST_CHECK enum ap_status programs_tts(struct programs *p, const struct outage *o, double *days);
// With PROGRAMS_CAPACITY: the most vehicles in so many days. limits: room for lines and makers, set to those that bind,
// what 1 % more of them adds first.
MUST_CHECK enum ap_status programs_most(struct programs *p, double days, double *vehicles,
                                        struct capacity_limit *limits, uint32_t *limit_count);
const char *programs_trouble(const struct programs *p);
// What the undisturbed chain makes a day of the plan, in the weight's unit: what losses are measured against.
double programs_planned_a_day(const struct programs *p);

#endif
