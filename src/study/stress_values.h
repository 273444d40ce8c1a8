// Inside the study room: what the steps of a stress test share. The plan (which dates), the figures of one what-if, and
// what a run's network says of its enterprises.
#ifndef STUDY_STRESS_VALUES_H
#define STUDY_STRESS_VALUES_H

#include "study/stress.h"

// The tables of a group: from the start to the horizon, without charging, which the chain never reads.
void stress_tables(const struct tables *t, day_number start, int32_t horizon, struct tables *out);
// Of an outage that hits nothing: the baseline's own.
struct stress_values stress_values_nothing(void);
void stress_values_read(const struct baseline *b, const struct standstill *o, const struct whatif *w,
                        struct stress_values *out);
// places: [enterprises_count + 1], by row of enterprises.csv.
void stress_places_read(const struct model *m, struct stress_place *places);

#endif
