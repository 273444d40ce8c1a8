// The trace: an observer that writes one row per vehicle. Vehicles are told apart by the observer alone, first in first
// out within a cohort (a variant on its line, a yard, a way); the state knows counts only (M-7).
#ifndef STUDY_TRACE_H
#define STUDY_TRACE_H

#include <stdio.h>

#include "tick/tick.h"

enum { VIN_LENGTH = 17 };

// The check digit of ISO 3779 / 49 CFR 565 for a VIN of 17 characters (its own ninth is not looked at); 0 when a
// character is not allowed.
char vin_check_digit(const char *vin);
// Writes 17 characters and a NUL: a fictional manufacturer, variant, line, model year, running number.
void vin_format(uint32_t variant, uint32_t line, int year, int64_t number, char out[VIN_LENGTH + 1]);

struct trace;

// Begins a trace of a run of this model; the file is the caller's. NULL when memory is refused.
struct trace *trace_open(const struct model *m, FILE *file);
struct observer trace_observer(struct trace *t);
// Writes the vehicles that are still in the chain, with empty cells for what has not happened. AP_REFUSED: the disk.
MUST_CHECK enum ap_status trace_close(struct trace *t, int64_t *rows);

#endif
