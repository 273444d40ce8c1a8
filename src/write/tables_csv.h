// tables/*.csv: every table of results.sqlite as a file for spreadsheets.
#ifndef WRITE_TABLES_CSV_H
#define WRITE_TABLES_CSV_H

#include "write/publish.h"

// Reads the results.sqlite of the folder that is being written, and writes its tables beside it.
MUST_CHECK enum ap_status tables_csv_write(struct publication *p);

#endif
