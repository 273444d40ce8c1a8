#include "fuzz/place.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/read.h"

enum { NAME_MOST = 100, REGION_FILES_MOST = 64 };

static struct {
    char folder[64];
    char path[64 + NAME_MOST + 2];
    bool same[REGION_FILES_MOST];      // the small region's file stands there as it should
} place;

static void folder_empty(const char *folder, bool region_stays);

static bool is_region_file(const char *name) {
    for (uint32_t i = 0; i < small_region_count; i++)
        if (strcmp(small_region[i].name, name) == 0) return true;
    return false;
}

static void entry_remove(const char *folder, const char *name) {
    char path[400];
    snprintf(path, sizeof path, "%.140s/%.250s", folder, name);
    if (unlink(path) == 0) return;
    folder_empty(path, false);
    rmdir(path);
}

static void folder_empty(const char *folder, bool region_stays) {
    DIR *stream = opendir(folder);
    if (!stream) return;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        bool dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!dots && !(region_stays && is_region_file(entry->d_name))) entry_remove(folder, entry->d_name);
    }
    closedir(stream);
}

static void place_remove(void) {
    folder_empty(place.folder, false);
    rmdir(place.folder);
}

const char *place_folder(void) {
    if (place.folder[0]) return place.folder;
    bool memory = access("/dev/shm", W_OK | X_OK) == 0;
    snprintf(place.folder, sizeof place.folder, "%s/autopolis-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
    ASSERT(mkdtemp(place.folder) != NULL);
    atexit(place_remove);
    return place.folder;
}

const char *place_file(const char *name, const void *bytes, size_t count) {
    snprintf(place.path, sizeof place.path, "%s/%.*s", place_folder(), NAME_MOST, name);
    for (uint32_t i = 0; i < small_region_count; i++)
        if (strcmp(small_region[i].name, name) == 0) place.same[i] = false;
    char *slash = strrchr(place.path, '/');
    *slash = '\0';
    ASSERT(mkdir(place.path, 0777) == 0 || errno == EEXIST);
    *slash = '/';
    FILE *file = fopen(place.path, "wb");
    ASSERT(file != NULL);
    ASSERT(fwrite(bytes, 1, count, file) == count);
    ASSERT(fclose(file) == 0);
    return place.path;
}

void place_small_region(void) {
    ASSERT(small_region_count <= REGION_FILES_MOST);
    folder_empty(place_folder(), true);
    for (uint32_t i = 0; i < small_region_count; i++) {
        if (place.same[i]) continue;
        place_file(small_region[i].name, small_region[i].text, strlen(small_region[i].text));
        place.same[i] = true;
    }
}
