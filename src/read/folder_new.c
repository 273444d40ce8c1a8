#include "read/folder_new.h"

#include "read/folder_write.h"

enum ap_status folder_new(const char *path, struct complaints *c) {
    ASSERT(path != NULL && c != NULL);
    struct arena scratch = {0};
    struct folder_file *files = TAKE(&scratch, small_region_count, struct folder_file);
    for (uint32_t i = 0; files && i < small_region_count; i++) {
        files[i] = (struct folder_file){small_region[i].name, small_region[i].text, NULL};
    }
    enum ap_status status = files ? folder_write(path, files, small_region_count, c) : AP_NO_MEMORY;
    arena_free(&scratch);
    return status;
}
