// A new folder with a small complete region: two plants, nine suppliers, four markets, one year. The tutorial's region.
#ifndef READ_FOLDER_NEW_H
#define READ_FOLDER_NEW_H

#include "base/base.h"

// One file of the small region.
struct region_file {
    const char *name, *text;
};
extern const struct region_file small_region[];
extern const uint32_t small_region_count;

// Writes the small region. The folder must not exist or be empty; it appears whole or not at all. Complains and returns
// AP_BAD_INPUT when something is in the way, AP_REFUSED when the disk refuses.
MUST_CHECK enum ap_status folder_new(const char *path, struct complaints *c);

#endif
