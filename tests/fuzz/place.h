// A folder of this process for targets whose reader wants files; it is removed when the process ends as it should.
#ifndef TESTS_FUZZ_PLACE_H
#define TESTS_FUZZ_PLACE_H

#include <stdbool.h>
#include <stddef.h>

// The folder's path.
const char *place_folder(void);
// Writes the file and gives its path, good until the next call. The name may have one folder in front: "base/x.csv".
const char *place_file(const char *name, const void *bytes, size_t count);
// Removes every file whose name is not one of the small region's, and writes the region's files that were changed.
void place_small_region(void);

#endif
