// renameat2 is GNU's.
#define _GNU_SOURCE
#include "write/publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MOST = 200 };             // of a result: its tables and some

static enum ap_status refuse(char trouble[TROUBLE_ROOM], const char *path, const char *why) {
    snprintf(trouble, TROUBLE_ROOM, "%.*s: %.120s", PATH_ROOM, path, why);
    return AP_REFUSED;
}

// folder/name in out; false when it does not fit.
static bool path_join(char out[PATH_ROOM], const char *folder, const char *name) {
    return (size_t)snprintf(out, PATH_ROOM, "%s/%s", folder, name) < PATH_ROOM;
}

static bool entry_counts(const char *name) {
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static bool folder_empty(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) return false;
    bool empty = true;
    for (struct dirent *e = readdir(folder); e && empty; e = readdir(folder)) empty = !entry_counts(e->d_name);
    closedir(folder);
    return empty;
}

static void trailing_slashes_cut(char *path) {
    size_t count = strlen(path);
    while (count > 1 && path[count - 1] == '/') path[--count] = 0;
}

// The folder that a path stands in.
static void parent_of(const char *path, char out[PATH_ROOM]) {
    snprintf(out, PATH_ROOM, "%s", path);
    trailing_slashes_cut(out);
    char *slash = strrchr(out, '/');
    if (!slash) snprintf(out, PATH_ROOM, ".");
    else slash[slash == out] = 0;
}

enum ap_status publish_allowed(const char *target, char trouble[TROUBLE_ROOM]) {
    struct stat info;
    char manifest[PATH_ROOM], parent[PATH_ROOM];
    if (!*target || !path_join(manifest, target, "manifest.json"))
        return refuse(trouble, target, "not a usable path");
    parent_of(target, parent);
    if (access(parent, W_OK | X_OK) != 0) return refuse(trouble, parent, strerror(errno));
    if (lstat(target, &info) != 0)
        return errno == ENOENT ? AP_OK : refuse(trouble, target, strerror(errno));
    if (!S_ISDIR(info.st_mode)) return refuse(trouble, target, "is there already and is no folder");
    if (folder_empty(target) || access(manifest, F_OK) == 0) return AP_OK;
    return refuse(trouble, target, "is there already and holds no earlier result (no manifest.json): not touched");
}

enum ap_status publish_folder_begin(const char *target, struct publication *p) {
    memset(p, 0, sizeof *p);
    TRY(publish_allowed(target, p->trouble));
    if ((size_t)snprintf(p->target, PATH_ROOM, "%s", target) >= PATH_ROOM - 32)
        return refuse(p->trouble, target, "path too long");
    trailing_slashes_cut(p->target);
    snprintf(p->partial, PATH_ROOM, "%.*s.partial-XXXXXX", PATH_ROOM - 32, p->target);
    if (!mkdtemp(p->partial)) {
        p->partial[0] = 0;
        return refuse(p->trouble, target, strerror(errno));
    }
    if (chmod(p->partial, 0755) != 0) return refuse(p->trouble, target, strerror(errno));
    return AP_OK;
}

static enum ap_status file_sync(struct publication *p, const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) return refuse(p->trouble, path, strerror(errno));
    int synced = fsync(file);
    close(file);
    return synced == 0 ? AP_OK : refuse(p->trouble, path, strerror(errno));
}

enum ap_status publish_text(struct publication *p, const char *name, const char *text, size_t count) {
    char path[PATH_ROOM];
    if (!path_join(path, p->partial, name)) return refuse(p->trouble, name, "path too long");
    FILE *file = fopen(path, "wb");
    if (!file) return refuse(p->trouble, path, strerror(errno));
    errno = 0;
    bool written = fwrite(text, 1, count, file) == count && fflush(file) == 0;
    int why = errno;
    bool closed = fclose(file) == 0;
    if (written && closed) return AP_OK;
    if (written) why = errno;
    return refuse(p->trouble, path, why ? strerror(why) : "could not be written");
}

static bool is_folder(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

// Removes a folder of plain files and of one level of folders with such, as results are. Links are not followed.
static void files_remove(const char *path) {
    char inside[PATH_ROOM];
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        if (entry_counts(e->d_name) && path_join(inside, path, e->d_name)) unlink(inside);
    closedir(folder);
}

void publish_remove(const char *path) {
    // its own files need no listing, which a machine without memory refuses
    static const char *const files[] = {"manifest.json", "results.sqlite", "results.sqlite-journal",
                                        "report.html"};
    char inside[PATH_ROOM];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (path_join(inside, path, files[i])) unlink(inside);
    if (rmdir(path) == 0) return;
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        if (!entry_counts(e->d_name) || !path_join(inside, path, e->d_name)) continue;
        if (is_folder(inside)) files_remove(inside);
        if (unlink(inside) != 0) rmdir(inside);
    }
    closedir(folder);
    rmdir(path);
}

enum ap_status publish_subfolder(struct publication *p, const char *name) {
    char path[PATH_ROOM];
    if (!path_join(path, p->partial, name)) return refuse(p->trouble, name, "path too long");
    return mkdir(path, 0755) == 0 ? AP_OK : refuse(p->trouble, path, strerror(errno));
}

// --- what is in it

// What is done with each entry of a folder; name: its path inside the publication.
typedef enum ap_status (*entry_step)(struct publication *p, const char *name, void *self);

static enum ap_status entries_walk(struct publication *p, const char *under, entry_step step, void *self) {
    char path[PATH_ROOM], name[PATH_ROOM];
    if (!path_join(path, p->partial, under)) return refuse(p->trouble, under, "path too long");
    DIR *folder = opendir(path);
    if (!folder) return refuse(p->trouble, path, strerror(errno));
    enum ap_status status = AP_OK;
    for (struct dirent *e = readdir(folder); e && status == AP_OK; e = readdir(folder)) {
        if (!entry_counts(e->d_name)) continue;
        snprintf(name, sizeof name, "%.*s%s%.255s", 255, under, *under ? "/" : "", e->d_name);
        status = step(p, name, self);
    }
    closedir(folder);
    return status;
}

static enum ap_status entry_sync(struct publication *p, const char *name, void *self) {
    char path[PATH_ROOM];
    if (!path_join(path, p->partial, name)) return refuse(p->trouble, name, "path too long");
    if (is_folder(path)) TRY(entries_walk(p, name, entry_sync, self));
    return file_sync(p, path);
}

static enum ap_status folder_sync(struct publication *p) {
    TRY(entries_walk(p, "", entry_sync, NULL));
    return file_sync(p, p->partial);
}

struct file_list {
    struct result_file *rows;
    uint32_t count, room;
};

static enum ap_status file_measure(struct publication *p, const char *path, struct result_file *out) {
    char bytes[16384];
    FILE *file = fopen(path, "rb");
    if (!file) return refuse(p->trouble, path, strerror(errno));
    struct sha256 hash;
    sha256_start(&hash);
    size_t got = fread(bytes, 1, sizeof bytes, file);
    for (; got > 0; got = fread(bytes, 1, sizeof bytes, file)) {
        sha256_add(&hash, bytes, got);
        out->bytes += got;
    }
    bool read = !ferror(file);
    fclose(file);
    sha256_hex(&hash, out->sha256);
    return read ? AP_OK : refuse(p->trouble, path, "could not be read");
}

static enum ap_status entry_list(struct publication *p, const char *name, void *self) {
    struct file_list *l = self;
    char path[PATH_ROOM];
    if (!path_join(path, p->partial, name)) return refuse(p->trouble, name, "path too long");
    if (is_folder(path)) return entries_walk(p, name, entry_list, self);
    ASSERT(l->count < l->room);
    struct result_file *row = &l->rows[l->count++];
    snprintf(row->path, sizeof row->path, "%.79s", name);
    return file_measure(p, path, row);
}

static int file_order(const void *a, const void *b) {
    return strcmp(((const struct result_file *)a)->path, ((const struct result_file *)b)->path);
}

enum ap_status publish_files(struct publication *p, struct arena *a, struct result_file **out, uint32_t *count) {
    struct file_list l = {TAKE(a, FILES_MOST, struct result_file), 0, FILES_MOST};
    if (!l.rows) return AP_NO_MEMORY;
    TRY(entries_walk(p, "", entry_list, &l));
    qsort(l.rows, l.count, sizeof *l.rows, file_order);
    *out = l.rows;
    *count = l.count;
    return AP_OK;
}

// Where the disk cannot exchange two folders: the earlier result steps aside first.
static enum ap_status earlier_replace(struct publication *p) {
    char earlier[PATH_ROOM];
    snprintf(earlier, sizeof earlier, "%.*s.earlier", PATH_ROOM - 16, p->partial);
    if (rename(p->target, earlier) != 0) return refuse(p->trouble, p->target, strerror(errno));
    if (rename(p->partial, p->target) != 0) {
        int why = errno;
        if (rename(earlier, p->target) != 0) return refuse(p->trouble, earlier, "holds the earlier result");
        return refuse(p->trouble, p->target, strerror(why));
    }
    publish_remove(earlier);
    p->partial[0] = 0;
    return AP_OK;
}

static enum ap_status folder_place(struct publication *p) {
    if (access(p->target, F_OK) != 0) {
        if (rename(p->partial, p->target) != 0) return refuse(p->trouble, p->target, strerror(errno));
        p->partial[0] = 0;
        return AP_OK;
    }
    // at no moment is there neither the earlier result nor this one
    if (renameat2(AT_FDCWD, p->partial, AT_FDCWD, p->target, RENAME_EXCHANGE) != 0) return earlier_replace(p);
    publish_folder_abandon(p);                        // the earlier one stands there now
    return AP_OK;
}

enum ap_status publish_folder_end(struct publication *p) {
    char parent[PATH_ROOM];
    TRY(folder_sync(p));
    TRY(publish_allowed(p->target, p->trouble));
    TRY(folder_place(p));
    parent_of(p->target, parent);
    return file_sync(p, parent);
}

void publish_folder_abandon(struct publication *p) {
    if (p->partial[0]) publish_remove(p->partial);
    p->partial[0] = 0;
}

enum ap_status publish_file_begin(const char *target, struct publication *p, FILE **file) {
    memset(p, 0, sizeof *p);
    *file = NULL;
    if ((size_t)snprintf(p->target, PATH_ROOM, "%s", target) >= PATH_ROOM - 32)
        return refuse(p->trouble, target, "path too long");
    struct stat info;
    if (stat(target, &info) == 0 && S_ISDIR(info.st_mode)) return refuse(p->trouble, target, "is a folder");
    snprintf(p->partial, PATH_ROOM, "%.*s.partial-XXXXXX", PATH_ROOM - 32, p->target);
    int descriptor = mkstemp(p->partial);
    if (descriptor < 0) {
        p->partial[0] = 0;
        return refuse(p->trouble, target, strerror(errno));
    }
    *file = fchmod(descriptor, 0644) == 0 ? fdopen(descriptor, "wb") : NULL;
    if (*file) return AP_OK;
    close(descriptor);
    unlink(p->partial);
    return refuse(p->trouble, target, "could not be opened");
}

enum ap_status publish_file_end(struct publication *p, FILE *file, enum ap_status status) {
    errno = 0;
    bool written = !ferror(file) && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int why = errno;
    bool closed = fclose(file) == 0;
    if (written && !closed) why = errno;
    if (written && closed && status == AP_OK) {
        if (rename(p->partial, p->target) == 0) return AP_OK;
        why = errno;
    }
    unlink(p->partial);
    if (status != AP_OK && status != AP_REFUSED) return status;
    return refuse(p->trouble, p->target, why ? strerror(why) : "could not be written");
}
