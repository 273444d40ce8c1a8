// The tables of comparisons, hindcasts and surges in results.sqlite. NULL: what they declare, no rows.
#ifndef WRITE_DATABASE_COMPARE_H
#define WRITE_DATABASE_COMPARE_H

#include "write/compare_text.h"
#include "write/database_rows.h"

struct result_part comparison_part(const struct comparison_told *t);
struct result_part hindcast_part(const struct hindcast *h);
struct result_part forecasts_part(const struct forecasts *f);
struct result_part surge_part(const struct surge *s);

#endif
