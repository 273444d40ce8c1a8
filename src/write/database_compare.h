// The result of a comparison: a folder with results.sqlite (differences, every pair behind them, input rows that
// differ) and manifest.json, whole or absent.
#ifndef WRITE_DATABASE_COMPARE_H
#define WRITE_DATABASE_COMPARE_H

#include "write/compare_text.h"
#include "write/manifest.h"
#include "write/publish.h"

// The manifest is that of the first study; the second is named by the command and by the table of input rows.
MUST_CHECK enum ap_status comparison_publish(const struct comparison_told *t, const struct manifest_facts *facts,
                                             const char *folder, char trouble[TROUBLE_ROOM]);

#endif
