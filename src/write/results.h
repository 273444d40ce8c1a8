// A result: the folder of --out, with results.sqlite and manifest.json, whole or absent.
#ifndef WRITE_RESULTS_H
#define WRITE_RESULTS_H

#include "write/manifest.h"
#include "write/publish.h"

MUST_CHECK enum ap_status results_write(const struct study *s, const struct manifest_facts *facts,
                                        const char *folder, char trouble[TROUBLE_ROOM]);

#endif
