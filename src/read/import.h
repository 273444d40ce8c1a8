// Imports: other programs' session records and site lists to the tables of a scenario. Reading keeps what it found in
// memory or in temporary files that nobody else sees; a folder is made at the end, whole or not at all.
#ifndef READ_IMPORT_H
#define READ_IMPORT_H

#include <stdio.h>

#include "base/base.h"
#include "read/folder_write.h"

enum session_role { ROLE_SESSION, ROLE_SITE, ROLE_PILE, ROLE_USER, ROLE_ARRIVE, ROLE_LEAVE, ROLE_KWH, ROLE_COUNT };

struct import_options {
    const char *columns[ROLE_COUNT];   // names of the CSV's columns; NULL: guessed from common names
    const char *utc_offset;            // +08:00: local time is so far ahead of UTC; NULL: clocks stay as written
    const char *districts;             // sites: a districts.csv with places, each site goes to the nearest; NULL: one
    const char *region;                // name of the region in the new scenario; NULL: Region
    double      least_kw;              // sessions: a pile has at least this rated power
    bool        skip_refused;          // write the rest; else a refused row refuses the import
};

enum { IMPORT_FILES_MOST = 8, LEAST_KW = 7 };

// What was read.
struct import {
    struct arena arena;
    struct folder_file files[IMPORT_FILES_MOST];
    struct words texts[IMPORT_FILES_MOST];     // of files that are no streams
    uint32_t     file_count;
    struct words report;                       // for people: counts, totals, what was guessed or assumed
    uint64_t     refused;                      // rows
    bool         whole;                        // the document was read to its end
};

// Sessions from CSV with named columns, or from OCPI 2.2.1 CDRs as JSON. `name` is the file's name in complaints.
// AP_BAD_INPUT after complaints: about the whole document always, about single rows unless o->skip_refused.
// To be freed in any case.
MUST_CHECK enum ap_status import_sessions_read(FILE *stream, const char *name, const struct import_options *o,
                                               struct complaints *c, struct import *out);
// Sites from OCPI 2.2.1 Locations as JSON, element by element.
MUST_CHECK enum ap_status import_sites_read(FILE *stream, const char *name, const struct import_options *o,
                                            struct complaints *c, struct import *out);
MUST_CHECK enum ap_status import_write(const struct import *i, const char *folder, struct complaints *c);
void import_free(struct import *i);

#endif
