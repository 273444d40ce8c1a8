// results.sqlite: indicators, every value behind them, months, and tallies of the first replication by year.
#ifndef WRITE_DATABASE_H
#define WRITE_DATABASE_H

#include "study/study.h"

// Writes the database to a new file, in one transaction.
MUST_CHECK enum ap_status database_write(const struct study *s, const char *path, char trouble[200]);

#endif
