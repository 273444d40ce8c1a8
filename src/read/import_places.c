#include "read/import_places.h"

#include <stdlib.h>
#include <string.h>

#include "read/cells.h"

enum { FAR_KM = 100, NEVER_KM = 1000000 };
static const char all_here[] =
    "district,name,in_region,source,confidence\nHERE,where the sites are,yes,one for all,assumed\n";

static void hash_put(struct hash_set *set, uint64_t hash) {
    uint32_t i = (uint32_t)hash & set->mask;
    while (set->slots[i] != 0) i = (i + 1) & set->mask;
    set->slots[i] = hash;
}

// Room for one more, the table at most two thirds full.
static bool hash_room(struct hash_set *set) {
    if (set->slots && (uint64_t)(set->count + 1) * 3 <= (uint64_t)set->mask * 2) return true;
    struct hash_set larger = {.mask = set->slots ? set->mask * 2 + 1 : 1023};
    larger.slots = calloc((size_t)larger.mask + 1, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (uint32_t i = 0; set->slots && i <= set->mask; i++) {
        if (set->slots[i] != 0) hash_put(&larger, set->slots[i]);
    }
    larger.count = set->count;
    free(set->slots);
    *set = larger;
    return true;
}

bool hash_set_add(struct hash_set *set, uint64_t hash, bool *there) {
    ASSERT(set != NULL && there != NULL);
    hash += hash == 0;                                 // 0 marks a free slot
    *there = false;
    if (!hash_room(set)) return false;
    for (uint32_t i = (uint32_t)hash & set->mask; set->slots[i] != 0; i = (i + 1) & set->mask) {
        *there |= set->slots[i] == hash;
    }
    if (*there) return true;
    hash_put(set, hash);
    set->count++;
    return true;
}

void hash_set_free(struct hash_set *set) {
    free(set->slots);
    *set = (struct hash_set){0};
}

// Cosine of an angle in degrees up to 90, to 1e-7: to choose the nearest district, no more.
static double cosine(double degrees) {
    double x = degrees * (3.14159265358979323846 / 180), s = x * x;
    return 1 + s * (-0.5 + s * (1.0 / 24 + s * (-1.0 / 720 + s * (1.0 / 40320 - s / 3628800))));
}

static double distance_km(struct ocpi_point a, struct ocpi_point b) {
    enum { KM_PER_DEGREE = 111 };
    double lon = a.lon - b.lon;
    if (lon > 180) lon -= 360;
    if (lon < -180) lon += 360;
    double x = lon * cosine((a.lat + b.lat) / 2), y = a.lat - b.lat;
    return KM_PER_DEGREE * sqrt_own(x * x + y * y);
}

static double nearest_find(const struct districts *d, struct ocpi_point point, uint32_t *best) {
    double least = NEVER_KM;
    *best = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        double km = distance_km(d->places[i].point, point);
        if (km >= least) continue;
        least = km;
        *best = i;
    }
    return least;
}

const char *district_nearest(const struct districts *d, struct ocpi_point point, uint64_t *far) {
    uint32_t best;
    if (d->count == 0) return "HERE";
    *far += nearest_find(d, point, &best) > FAR_KM;
    return d->places[best].name;
}

void district_swap_check(const struct districts *d, struct ocpi_element *e, struct ocpi_point point) {
    uint32_t best;
    struct ocpi_point swapped = {point.lon, point.lat};
    if (d->count == 0 || swapped.lat < -90 || swapped.lat > 90) return;
    if (nearest_find(d, point, &best) <= FAR_KM * 3 || nearest_find(d, swapped, &best) > FAR_KM) return;
    char shown[64], better[120];
    snprintf(shown, sizeof shown, "%.10g, %.10g", point.lat, point.lon);
    snprintf(better, sizeof better, "exchange them: the other way round it lies near %.60s", d->places[best].name);
    ocpi_complain(e, (struct json_place){"coordinates.latitude", shown}, "COORDINATES_SWAPPED", better,
                  "far from every district");
}

// Cells of the header, by name.
struct place_columns {
    int district, lat, lon;
};

static struct place_columns columns_of(const struct text_file *f, const struct record *r) {
    struct place_columns found = {-1, -1, -1};
    char name[16];
    for (uint32_t i = 0; i < r->cell_count; i++) {
        if (r->cells[i].count >= sizeof name) continue;
        cell_write(f, &r->cells[i], name);
        if (strcmp(name, "district") == 0) found.district = (int)i;
        if (strcmp(name, "lat") == 0) found.lat = (int)i;
        if (strcmp(name, "lon") == 0) found.lon = (int)i;
    }
    return found;
}

// A cell as text in the buffer, "" when it is absent or longer.
static const char *cell_text(const struct text_file *f, const struct record *r, int index, char out[128]) {
    out[0] = '\0';
    if (index >= 0 && (uint32_t)index < r->cell_count && r->cells[index].count < 128) {
        cell_write(f, &r->cells[index], out);
    }
    return out;
}

// One row; a district without a place is left out.
static bool place_take(struct districts *d, const struct text_file *f, const struct record *r,
                       struct place_columns columns) {
    char lat[128], lon[128], name[128];
    struct district_place place = {0};
    bool there = number_parse(cell_text(f, r, columns.lat, lat), &place.point.lat) &&
                 number_parse(cell_text(f, r, columns.lon, lon), &place.point.lon);
    bool good = there && place.point.lat >= -90 && place.point.lat <= 90 && place.point.lon >= -180 &&
                place.point.lon <= 180 && (place.point.lat != 0 || place.point.lon != 0);
    if (!good || !cell_text(f, r, columns.district, name)[0]) return true;
    place.name = text_copy(&d->arena, name, strlen(name));
    d->places[d->count++] = place;
    return place.name != NULL;
}

static enum ap_status places_take(struct districts *d, const struct text_file *f, struct complaints *c,
                                  struct record *r) {
    struct text_place at = {0};
    uint64_t complaints = c->count;
    uint32_t lines = 1;
    for (uint32_t i = 0; i < f->count; i++) lines += f->bytes[i] == '\n';
    d->places = TAKE(&d->arena, lines, struct district_place);
    if (!d->places) return AP_NO_MEMORY;
    struct place_columns columns = {-1, -1, -1};
    if (record_next(f, &at, c, r)) columns = columns_of(f, r);
    if (columns.district < 0 || columns.lat < 0 || columns.lon < 0) {
        complain(c, (struct source){f->path, 1}, 0, NULL, "MISSING_COLUMN", NULL,
                 "sites go to the nearest district by the columns district, lat and lon");
        return AP_BAD_INPUT;
    }
    while (record_next(f, &at, c, r)) {
        if (!place_take(d, f, r, columns)) return AP_NO_MEMORY;
    }
    if (c->count > complaints) return AP_BAD_INPUT;
    if (d->count > 0) return AP_OK;
    complain(c, (struct source){f->path, 0}, 0, NULL, "NO_PLACES", "fill in lat and lon",
             "no district of this file has a place");
    return AP_BAD_INPUT;
}

enum ap_status districts_read(const char *path, struct complaints *c, struct districts *out) {
    ASSERT(c != NULL && out != NULL);
    *out = (struct districts){0};
    if (!path) return AP_OK;
    struct text_file file;
    struct record *record = TAKE(&out->arena, 1, struct record);
    if (!record) return AP_NO_MEMORY;
    TRY(text_file_read(path, path, &out->arena, c, &file));
    out->text = file.bytes;
    return places_take(out, &file, c, record);
}

void districts_free(struct districts *d) {
    arena_free(&d->arena);
    *d = (struct districts){0};
}

void districts_write(const struct districts *d, struct words *w) {
    words_add_text(w, d->text ? d->text : all_here);
}
