// The files go into PATH.part, which is then renamed: whoever looks sees no folder or a whole one.
#include "read/folder_new.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum ap_status refused(struct complaints *c, const char *path, const char *what, int reason) {
    const char *rule = reason == EACCES || reason == EPERM ? "NO_PERMISSION" : "CANNOT_WRITE";
    complain(c, (struct source){path, 0}, 0, NULL, rule, NULL, "cannot %s: %s", what, strerror(reason));
    return AP_REFUSED;
}

static bool folder_is_empty(DIR *stream) {
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return false;
    }
    return true;
}

static enum ap_status place_check(const char *path, struct complaints *c) {
    struct source at = {path, 0};
    struct stat facts;
    if (stat(path, &facts) != 0) return errno == ENOENT ? AP_OK : refused(c, path, "look at this path", errno);
    if (!S_ISDIR(facts.st_mode)) {
        complain(c, at, 0, NULL, "NOT_A_FOLDER", "name a folder that does not exist", "a file of this name exists");
        return AP_BAD_INPUT;
    }
    DIR *stream = opendir(path);
    if (!stream) return refused(c, path, "read this folder", errno);
    bool empty = folder_is_empty(stream);
    closedir(stream);
    if (empty) return AP_OK;
    complain(c, at, 0, NULL, "FOLDER_NOT_EMPTY", "name a folder that does not exist",
             "there are files in this folder already, and none is ever overwritten");
    return AP_BAD_INPUT;
}

static enum ap_status file_write(const char *path, const char *text, struct complaints *c) {
    FILE *stream = fopen(path, "wb");
    if (!stream) return refused(c, path, "write this file", errno);
    size_t count = strlen(text);
    errno = 0;
    bool written = fwrite(text, 1, count, stream) == count;
    int reason = errno;
    if (fclose(stream) != 0 && written) {
        written = false;
        reason = errno;
    }
    return written ? AP_OK : refused(c, path, "write this file", reason ? reason : EIO);
}

static void part_remove(const char *part, struct words *path) {
    for (uint32_t i = 0; i < small_region_count; i++) {
        path->count = 0;
        words_add(path, "%s/%s", part, small_region[i].name);
        unlink(words_text(path));
    }
    rmdir(part);
}

static enum ap_status part_write(const char *part, struct words *path, struct complaints *c) {
    if (mkdir(part, 0777) != 0) return refused(c, part, "make this folder", errno);
    for (uint32_t i = 0; i < small_region_count; i++) {
        path->count = 0;
        words_add(path, "%s/%s", part, small_region[i].name);
        TRY(words_status(path));
        TRY(file_write(words_text(path), small_region[i].text, c));
    }
    return AP_OK;
}

enum ap_status folder_new(const char *path, struct complaints *c) {
    ASSERT(path != NULL && c != NULL);
    size_t count = strlen(path);
    while (count > 1 && path[count - 1] == '/') count--;
    struct arena scratch = {0};
    const char *folder = text_copy(&scratch, path, count);
    struct words part = {.arena = &scratch}, file = {.arena = &scratch};
    words_add_bytes(&part, path, count);
    words_add_text(&part, ".part");
    enum ap_status status = folder ? words_status(&part) : AP_NO_MEMORY;
    if (status == AP_OK) status = place_check(folder, c);
    bool there = status == AP_OK && access(words_text(&part), F_OK) == 0;
    if (there) {
        complain(c, (struct source){words_text(&part), 0}, 0, NULL, "FOLDER_IN_THE_WAY", "delete it",
                 "an earlier attempt left this behind");
        status = AP_BAD_INPUT;
    }
    if (status == AP_OK) {
        status = part_write(words_text(&part), &file, c);
        bool renamed = status == AP_OK && rename(words_text(&part), folder) == 0;   // an empty folder is replaced
        if (status == AP_OK && !renamed) status = refused(c, folder, "put the folder in its place", errno);
        if (status != AP_OK) part_remove(words_text(&part), &file);
    }
    arena_free(&scratch);
    return status;
}
