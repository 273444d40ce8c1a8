// Every what-if of a stress test as a row of CSV, invented enterprises too.
#ifndef WRITE_STRESS_CSV_H
#define WRITE_STRESS_CSV_H

#include <stdio.h>

#include "study/stress.h"

MUST_CHECK enum ap_status stress_csv_write(const struct stress *s, FILE *file);
void stress_mode_name(const struct stress *s, uint32_t mode, char out[16]); // "ttr", "14"
// The same, or "own" for a past event, whose steps are its own.
void stress_days_name(const struct stress *s, const struct stress_case *one, char out[16]);
// "single", "dual", or "" where that means nothing.
const char *stress_sources_name(const struct stress_place *place);
extern const char *const stress_identities[2];

#endif
