// Inside the read room: districts to put sites into, and sets of hashes.
#ifndef READ_IMPORT_PLACES_H
#define READ_IMPORT_PLACES_H

#include "read/import_parts.h"
#include "read/spelling.h"

// Hashes seen; two texts of the same 64 bits do not happen in a file that fits on a disk.
struct hash_set {
    uint64_t *slots;               // 0: free
    uint32_t  count, mask;
};
// *there tells whether it was in the set already; false when memory was refused.
MUST_CHECK bool hash_set_add(struct hash_set *set, uint64_t hash, bool *there);
void hash_set_free(struct hash_set *set);

struct district_place {
    const char *name;
    struct ocpi_point point;
};
struct districts {
    struct arena arena;
    const char *text;              // the file as it was given; NULL: none was
    struct district_place *places;
    uint32_t count;
};
// Reads a districts.csv; path NULL: one district for all.
MUST_CHECK enum ap_status districts_read(const char *path, struct complaints *c, struct districts *out);
void districts_free(struct districts *d);
void districts_write(const struct districts *d, struct words *w);
// The nearest district's name; *far counts those beyond 100 km.
const char *district_nearest(const struct districts *d, struct ocpi_point point, uint64_t *far);
// Complains when the place is far from every district, and near one with latitude and longitude exchanged.
void district_swap_check(const struct districts *d, struct ocpi_element *e, struct ocpi_point point);

#endif
