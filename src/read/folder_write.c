// The files go into PATH.part, which is then renamed: whoever looks sees no folder or a whole one.
#include "read/folder_write.h"

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

// What a folder is called without slashes at its end.
static size_t path_count(const char *path) {
    size_t count = strlen(path);
    while (count > 1 && path[count - 1] == '/') count--;
    return count;
}

enum ap_status folder_place_check(const char *path, struct complaints *c) {
    ASSERT(path != NULL && c != NULL);
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

static bool stream_copy(FILE *from, FILE *to) {
    char piece[16 * 1024];
    rewind(from);
    for (size_t got = sizeof piece; got == sizeof piece;) {
        got = fread(piece, 1, sizeof piece, from);
        if (fwrite(piece, 1, got, to) != got) return false;
    }
    return !ferror(from);
}

static enum ap_status file_write(const char *path, const struct folder_file *file, struct complaints *c) {
    FILE *stream = fopen(path, "wb");
    if (!stream) return refused(c, path, "write this file", errno);
    errno = 0;
    size_t count = file->stream ? 0 : strlen(file->text);
    bool written = file->stream ? stream_copy(file->stream, stream) : fwrite(file->text, 1, count, stream) == count;
    int reason = errno;
    if (fclose(stream) != 0 && written) {
        written = false;
        reason = errno;
    }
    return written ? AP_OK : refused(c, path, "write this file", reason ? reason : EIO);
}

// The folder while it is made.
struct part {
    const char *path;
    struct words file;             // path of one of its files
    const struct folder_file *files;
    uint32_t    count;
};

static const char *file_path(struct part *p, uint32_t file) {
    p->file.count = 0;
    words_add(&p->file, "%s/%s", p->path, p->files[file].name);
    return words_text(&p->file);
}

static void part_remove(struct part *p) {
    for (uint32_t i = 0; i < p->count; i++) unlink(file_path(p, i));
    rmdir(p->path);
}

static enum ap_status part_write(struct part *p, struct complaints *c) {
    if (mkdir(p->path, 0777) != 0) return refused(c, p->path, "make this folder", errno);
    for (uint32_t i = 0; i < p->count; i++) {
        const char *path = file_path(p, i);
        TRY(words_status(&p->file));
        TRY(file_write(path, &p->files[i], c));
    }
    return AP_OK;
}

// Makes the part and puts it in the folder's place.
static enum ap_status part_settle(struct part *p, const char *folder, struct complaints *c) {
    if (access(p->path, F_OK) == 0) {
        complain(c, (struct source){p->path, 0}, 0, NULL, "FOLDER_IN_THE_WAY", "delete it",
                 "an earlier attempt left this behind");
        return AP_BAD_INPUT;
    }
    enum ap_status status = part_write(p, c);
    bool renamed = status == AP_OK && rename(p->path, folder) == 0;   // an empty folder is replaced
    if (status == AP_OK && !renamed) status = refused(c, folder, "put the folder in its place", errno);
    if (status != AP_OK) part_remove(p);
    return status;
}

enum ap_status folder_write(const char *path, const struct folder_file *files, uint32_t count, struct complaints *c) {
    ASSERT(path != NULL && c != NULL);
    ASSERT(files != NULL || count == 0);
    struct arena scratch = {0};
    const char *folder = text_copy(&scratch, path, path_count(path));
    struct words part_path = {.arena = &scratch};
    words_add(&part_path, "%s.part", folder ? folder : "");
    struct part part = {words_text(&part_path), {.arena = &scratch}, files, count};
    enum ap_status status = folder ? words_status(&part_path) : AP_NO_MEMORY;
    if (status == AP_OK) status = folder_place_check(folder, c);
    if (status == AP_OK) status = part_settle(&part, folder, c);
    arena_free(&scratch);
    return status;
}
