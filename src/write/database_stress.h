// The tables of a stress test in results.sqlite.
#ifndef WRITE_DATABASE_STRESS_H
#define WRITE_DATABASE_STRESS_H

#include "study/sensitivity.h"
#include "write/database_rows.h"
#include "write/stress_text.h"

// NULL: only what the tables are.
struct result_part stress_part(const struct stress_said *said);
struct result_part sensitivity_part(const struct sensitivity *s);

#endif
