// Values of an OCPI object, each by its path, so that every complaint can point at its line and column.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/cells.h"
#include "read/import_parts.h"
#include "read/moments.h"

enum { TEXT_BYTES_MOST = 1000, PATH_BYTES = 120 };

const json_t *ocpi_value(const struct ocpi_element *e, const char *path) {
    ASSERT(e != NULL && path != NULL);
    const json_t *at = e->stream->root;
    while (*path && at) {
        char name[PATH_BYTES];
        size_t count = *path == '[' ? 0 : strcspn(path, ".[");
        ASSERT(count < sizeof name);
        memcpy(name, path, count);
        name[count] = '\0';
        if (*path == '[') {
            at = json_array_get(at, (size_t)strtoul(path + 1, NULL, 10));
            count = strcspn(path, "]") + 1;
        } else {
            at = json_object_get(at, name);
        }
        path += count;
        path += *path == '.';
    }
    return json_is_null(at) ? NULL : at;
}

void ocpi_complain(struct ocpi_element *e, struct json_place place, const char *rule, const char *suggestion,
                   const char *sentence) {
    e->faulty = true;
    json_complain(e->stream, place, rule, suggestion, sentence);
}

// A value of any other kind than was wanted.
static void kind_wrong(struct ocpi_element *e, const char *path, const json_t *value, const char *wanted) {
    char number[40];
    snprintf(number, sizeof number, "%.15g", json_number_value(value));      // whole numbers came as real ones
    char *shown = json_is_number(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    ocpi_complain(e, (struct json_place){path, shown ? shown : number}, "WRONG_KIND", NULL, wanted);
    free(shown);
}

static bool is_there(struct ocpi_element *e, const char *path, const json_t *value, enum presence presence) {
    if (value) return true;
    if (presence == MUST_HAVE) ocpi_complain(e, (struct json_place){path, ""}, "REQUIRED", NULL, "must not be missing");
    return false;
}

const char *ocpi_text(struct ocpi_element *e, const char *path, enum presence presence) {
    const json_t *value = ocpi_value(e, path);
    if (!is_there(e, path, value, presence)) return "";
    const char *text = json_string_value(value);
    if (!text) {
        kind_wrong(e, path, value, "must be a text");
        return "";
    }
    if (strlen(text) > TEXT_BYTES_MOST) {
        ocpi_complain(e, (struct json_place){path, text}, "TEXT_TOO_LONG", "is this an OCPI document?",
                      "must have at most 1000 bytes");
        return "";
    }
    return text;
}

const char *ocpi_name(struct ocpi_element *e, const char *path, enum presence presence) {
    const char *text = ocpi_text(e, path, presence);
    if (text[0] == '\0') {
        bool empty = presence == MUST_HAVE && json_is_string(ocpi_value(e, path)) && !e->faulty;
        if (empty) ocpi_complain(e, (struct json_place){path, ""}, "REQUIRED", NULL, "must not be empty");
        return "";
    }
    const struct name_fault *fault = name_fault(text);
    if (!fault) return text;
    ocpi_complain(e, (struct json_place){path, text}, fault->rule, NULL, fault->sentence);
    return "";
}

double ocpi_number(struct ocpi_element *e, const char *path, enum presence presence) {
    const json_t *value = ocpi_value(e, path);
    double number;
    if (!is_there(e, path, value, presence)) return (double)NAN;
    if (json_is_number(value)) return json_number_value(value);
    const char *text = json_string_value(value);
    if (text && number_parse(text, &number)) return number;
    if (text) ocpi_complain(e, (struct json_place){path, text}, "NOT_A_NUMBER", NULL, "is not a number");
    else kind_wrong(e, path, value, "must be a number");
    return (double)NAN;
}

int64_t ocpi_moment(struct ocpi_element *e, const char *path, enum presence presence) {
    const char *text = ocpi_text(e, path, presence);
    struct moment moment;
    if (text[0] == '\0') return MOMENT_NONE;
    if (moment_read(text, &moment)) return moment.clock - moment.offset + e->utc_offset;   // without a zone it is UTC
    char better[SPELLING_BYTES];
    bool known = moment_spelling(text, better);
    ocpi_complain(e, (struct json_place){path, text}, "NOT_A_MOMENT", known ? better : "write 2023-08-01T07:15:00Z",
                  "is not a date with a time in UTC");
    return MOMENT_NONE;
}

// What is wrong with a place, told at its latitude.
static void point_check(struct ocpi_element *e, const char *path, struct ocpi_point *p) {
    char shown[64], member[PATH_BYTES];
    bool lat_good = p->lat >= -90 && p->lat <= 90, lon_good = p->lon >= -180 && p->lon <= 180;
    bool swapped = !lat_good && p->lon >= -90 && p->lon <= 90 && p->lat >= -180 && p->lat <= 180;
    bool zero = p->lat == 0 && p->lon == 0;
    if (lat_good && lon_good && !zero) return;
    snprintf(member, sizeof member, "%.90s.latitude", path);
    snprintf(shown, sizeof shown, "%.10g, %.10g", p->lat, p->lon);
    char better[100];
    snprintf(better, sizeof better, "are they swapped? latitude %.10g, longitude %.10g", p->lon, p->lat);
    struct json_place place = {member, shown};
    if (zero)
        ocpi_complain(e, place, "ZERO_COORDINATES", "give the site's place", "nothing charges in the Gulf of Guinea");
    else ocpi_complain(e, place, "OUT_OF_RANGE", swapped ? better : NULL, "no place on earth");
    p->lat = p->lon = (double)NAN;
}

struct ocpi_point ocpi_point(struct ocpi_element *e, const char *path, enum presence presence) {
    struct ocpi_point p = {(double)NAN, (double)NAN};
    char member[PATH_BYTES];
    const json_t *value = ocpi_value(e, path);
    if (!is_there(e, path, value, presence)) return p;
    if (!json_is_object(value)) {
        kind_wrong(e, path, value, "must be an object with latitude and longitude");
        return p;
    }
    snprintf(member, sizeof member, "%.90s.latitude", path);
    p.lat = ocpi_number(e, member, MUST_HAVE);
    snprintf(member, sizeof member, "%.90s.longitude", path);
    p.lon = ocpi_number(e, member, MUST_HAVE);
    bool both = p.lat == p.lat && p.lon == p.lon;
    if (both) point_check(e, path, &p);
    return p;
}
