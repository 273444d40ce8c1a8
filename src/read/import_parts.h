// Inside the read room: what the imports share.
#ifndef READ_IMPORT_PARTS_H
#define READ_IMPORT_PARTS_H

#include "model/model.h"
#include "read/import.h"
#include "read/json_stream.h"
#include "read/name_list.h"

// A file of the new folder, as text or as a stream; NULL when memory or a temporary file was refused.
struct words *import_file(struct import *i, const char *name);
FILE *import_stream(struct import *i, const char *name);

// o->utc_offset in seconds, 0 when there is none; AP_BAD_INPUT after a complaint.
MUST_CHECK enum ap_status import_offset(const struct import_options *o, struct complaints *c, int32_t *out);

// The last part of a path: where rows say they are from.
const char *path_last(const char *path);
// 6878 -> "6,878"; 87493.28 -> "87,493.28"
enum { COUNT_BYTES = 40 };
const char *count_show(uint64_t value, char out[COUNT_BYTES]);
const char *hundredths_show(uint64_t value, char out[COUNT_BYTES]);
// A name for a key column: why it cannot be one (rule, sentence), or NULL.
struct name_fault {
    const char *rule, *sentence;
};
const struct name_fault *name_fault(const char *name);

// A title in one line, cut to the room.
void title_write(const char *text, char *out, size_t room);

// sessions: what both formats bring together

struct session_found {
    const char *site, *pile, *user, *session;
    const char *title;             // of the site
    const char *connector;
    int64_t     arrive, leave;     // leave MOMENT_NONE: not recorded
    double      kwh, lat, lon;
    int32_t     current;           // 0 AC, 1 DC, -1: not told
};

struct sessions_import;
MUST_CHECK struct sessions_import *sessions_begin(const char *name, const struct import_options *o);
// AP_NO_MEMORY, or AP_OK.
MUST_CHECK enum ap_status session_take(struct sessions_import *s, const struct session_found *found);
bool sessions_any(const struct sessions_import *s);
bool session_known(const struct sessions_import *s, const char *session);
MUST_CHECK enum ap_status sessions_finish(struct sessions_import *s, struct import *out);
void sessions_free(struct sessions_import *s);

// Why a session cannot be: rule, sentence, suggestion and the column it is told at; NULL rule: it can.
struct session_fault {
    const char *rule, *sentence, *column;
    char        suggestion[120];   // "": none
};
struct session_fault session_fault(const struct session_row *session);

MUST_CHECK enum ap_status sessions_csv_read(FILE *stream, const char *name, const struct import_options *o,
                                            struct complaints *c, struct import *out);
MUST_CHECK enum ap_status sessions_cdr_read(FILE *stream, const char *name, const struct import_options *o,
                                            struct complaints *c, struct import *out);

// ocpi.c: values of the element at hand by their path, such as cdr_location.id. What is there and wrong is complained
// about, and the element is then faulty.
struct ocpi_element {
    struct json_stream *stream;
    int32_t  utc_offset;           // seconds that local time is ahead of UTC
    bool     faulty;
};
enum presence { MAY_LACK, MUST_HAVE };

const json_t *ocpi_value(const struct ocpi_element *e, const char *path);
// A text; "" when it is absent.
const char *ocpi_text(struct ocpi_element *e, const char *path, enum presence presence);
// The same for what becomes a key: one line without spaces around it.
const char *ocpi_name(struct ocpi_element *e, const char *path, enum presence presence);
// A number, also where it is written as text; NAN when it is absent.
double ocpi_number(struct ocpi_element *e, const char *path, enum presence presence);
// Local time of a moment, which OCPI writes in UTC; MOMENT_NONE when it is absent.
int64_t ocpi_moment(struct ocpi_element *e, const char *path, enum presence presence);
// Latitude and longitude of an object with both; NAN when it is absent.
struct ocpi_point {
    double lat, lon;
};
struct ocpi_point ocpi_point(struct ocpi_element *e, const char *path, enum presence presence);
void ocpi_complain(struct ocpi_element *e, struct json_place place, const char *rule, const char *suggestion,
                   const char *sentence);

#endif
