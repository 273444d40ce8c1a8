// Folders: a scenario's folder, its chain of parents, and which of their files are read.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/checks.h"

// Files that may stand beside the tables: the manifest lists them, nothing reads their cells.
static const char *const extra_files[] = {"sources.csv"};

static const char *path_join(struct arena *a, const char *folder, const char *name) {
    size_t count = strlen(folder);
    while (count > 1 && folder[count - 1] == '/') count--;
    struct words path = {.arena = a};
    words_add_bytes(&path, folder, count);
    if (count == 0 || path.text == NULL || path.text[path.count - 1] != '/') words_add_text(&path, "/");
    words_add_text(&path, name);
    return path.refused ? NULL : words_text(&path);
}

static enum ap_status folder_refused(struct reader *r, const char *path, int reason) {
    struct source at = {path, 0};
    if (reason == ENOENT) {
        complain(r->c, at, 0, NULL, "NO_SUCH_FOLDER", NULL, "there is no such folder: \"%s\"", path);
        return AP_BAD_INPUT;
    }
    bool file = reason == ENOTDIR;
    enum ap_status status = file ? AP_BAD_INPUT : AP_REFUSED;
    complain(r->c, at, 0, NULL, file ? "NOT_A_FOLDER" : reason == EACCES ? "NO_PERMISSION" : "CANNOT_READ",
             file ? "name the folder that holds the tables" : NULL, "cannot read this folder: %s", strerror(reason));
    return status;
}

enum ap_status file_add(struct reader *r, const char *path, const char *name, int table) {
    if (r->file_count == r->file_room) {
        uint32_t room = r->file_room ? r->file_room * 2 : 64;
        struct scenario_file *files = TAKE(&r->scratch, room, struct scenario_file);
        if (!files) return AP_NO_MEMORY;
        if (r->file_count > 0) memcpy(files, r->files, r->file_count * sizeof *files);
        r->files = files;
        r->file_room = room;
    }
    struct scenario_file *file = &r->files[r->file_count++];
    *file = (struct scenario_file){.table = table, .folder = r->folder_count ? r->folder_count - 1 : 0};
    enum ap_status status = text_file_read(path, name, &r->scratch, r->c, &file->text);
    if (status == AP_NO_MEMORY) return status;
    file->readable = status == AP_OK;
    r->refused_file |= status == AP_REFUSED;
    return AP_OK;
}

static bool ends_with_csv(const char *name) {
    size_t count = strlen(name);
    if (count < 4 || name[0] == '.' || name[0] == '~') return false;   // an editor's own files
    const char *end = name + count - 4;
    return strcmp(end, ".csv") == 0 || strcmp(end, ".CSV") == 0;
}

// enum table_id, FILE_SETTINGS, FILE_EXTRA, or INT_MIN when no file of that name is known.
static int file_kind(const char *name) {
    size_t count = strlen(name);
    if (strcmp(name, "settings.csv") == 0) return FILE_SETTINGS;
    for (size_t i = 0; i < sizeof extra_files / sizeof extra_files[0]; i++) {
        if (strcmp(name, extra_files[i]) == 0) return FILE_EXTRA;
    }
    int table = count > 4 && strcmp(name + count - 4, ".csv") == 0 ? table_by_name(name, count - 4) : -1;
    return table >= 0 ? table : INT32_MIN;
}

static void file_unknown(struct reader *r, const char *path, const char *name) {
    struct nearest nearest = nearest_to(r, name);
    char candidate[64];
    const char *best = NULL;
    for (int i = 0; i < TABLE_COUNT; i++) {
        snprintf(candidate, sizeof candidate, "%s.csv", table_schema((enum table_id)i)->name);
        name_try(&nearest, candidate);
        if (nearest.best == candidate) best = table_schema((enum table_id)i)->name;
        nearest.best = NULL;
    }
    char suggestion[96];
    if (best) snprintf(suggestion, sizeof suggestion, "did you mean \"%s.csv\"?", best);
    else snprintf(suggestion, sizeof suggestion, "`autopolis describe` lists the tables");
    complain(r->c, (struct source){path, 0}, 0, NULL, "UNKNOWN_FILE", suggestion, "no table has this name: \"%s\"",
             name);
}

// Adds the folder's file if it is one of ours. settings.csv of a folder is already there.
static enum ap_status entry_take(struct reader *r, const struct folder *folder, const char *name) {
    int kind = file_kind(name);
    if (kind == FILE_SETTINGS) return AP_OK;
    const char *path = path_join(&r->scratch, folder->path, name);
    struct words shown = {.arena = &r->out->arena};
    words_add(&shown, "%s%s", folder->prefix, name);
    if (!path || shown.refused) return AP_NO_MEMORY;
    if (kind == INT32_MIN) {
        file_unknown(r, path, name);
        return AP_OK;
    }
    TRY(file_add(r, path, words_text(&shown), kind));
    r->files[r->file_count - 1].folder = (uint32_t)(folder - r->folders);
    if (kind >= 0 && !r->files[r->file_count - 1].readable) r->tables[kind].unreadable = true;
    return AP_OK;
}

static int names_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The folder's file names that end in .csv, in the order of their bytes: readdir's order is the disk's.
static enum ap_status folder_list(struct reader *r, const struct folder *folder, const char ***out, size_t *count) {
    DIR *stream = opendir(folder->path);
    if (!stream) return folder_refused(r, folder->path, errno);
    size_t room = 0;
    const char **names = NULL;
    enum ap_status status = AP_OK;
    *count = 0;
    for (struct dirent *entry = readdir(stream); entry && status == AP_OK; entry = readdir(stream)) {
        if (!ends_with_csv(entry->d_name)) continue;
        if (*count == room) {
            const char **more = TAKE(&r->scratch, room * 2 + 64, const char *);
            if (more && *count > 0) memcpy(more, names, *count * sizeof *more);
            names = more;
            room = room * 2 + 64;
        }
        const char *copy = names ? text_copy(&r->scratch, entry->d_name, strlen(entry->d_name)) : NULL;
        if (copy) names[(*count)++] = copy;
        else status = AP_NO_MEMORY;
    }
    closedir(stream);
    if (status == AP_OK && *count > 1) qsort(names, *count, sizeof *names, names_compare);
    *out = names;
    return status;
}

enum ap_status files_load(struct reader *r) {
    for (uint32_t i = r->folder_count; i-- > 0;) {     // the eldest parent first
        const char **names = NULL;
        size_t count = 0;
        TRY(folder_list(r, &r->folders[i], &names, &count));
        for (size_t n = 0; n < count; n++) TRY(entry_take(r, &r->folders[i], names[n]));
    }
    return AP_OK;
}

// Enters the folder into the chain with its settings.csv, if it has one: its file is then the last of r->files.
static enum ap_status folder_enter(struct reader *r, const char *path, const char *prefix, bool *has_settings) {
    struct stat facts;
    *has_settings = false;
    if (stat(path, &facts) != 0) return folder_refused(r, path, errno);
    if (!S_ISDIR(facts.st_mode)) return folder_refused(r, path, ENOTDIR);
    r->folders[r->folder_count++] = (struct folder){
        .path = path, .prefix = prefix, .device = (uint64_t)facts.st_dev, .number = (uint64_t)facts.st_ino};
    const char *settings = path_join(&r->scratch, path, "settings.csv");
    struct words shown = {.arena = &r->out->arena};
    words_add(&shown, "%ssettings.csv", prefix);
    if (!settings || shown.refused) return AP_NO_MEMORY;
    struct stat file;
    *has_settings = stat(settings, &file) == 0 || errno != ENOENT;
    if (*has_settings) TRY(file_add(r, settings, words_text(&shown), FILE_SETTINGS));
    return AP_OK;
}

// True when the folder is already in the chain.
static bool folder_again(const struct reader *r) {
    const struct folder *last = &r->folders[r->folder_count - 1];
    for (const struct folder *f = r->folders; f < last; f++) {
        if (f->device == last->device && f->number == last->number) return true;
    }
    return false;
}

static bool parent_allowed(struct reader *r, const char *parent, struct spot spot) {
    if (parent[0] == '/') {
        complain(r->c, spot.at, spot.column, spot.text, "PARENT_NOT_RELATIVE",
                 "write it relative to this folder: ../base", "the parent must not begin with a slash: \"%s\"", parent);
        return false;
    }
    if (r->folder_count < FOLDERS_MOST) return true;
    complain(r->c, spot.at, spot.column, spot.text, "TOO_MANY_PARENTS", NULL,
             "a folder may have at most %d parents above each other: \"%s\"", FOLDERS_MOST - 1, parent);
    return false;
}

static bool parent_exists(struct reader *r, const char *path, const char *parent, struct spot spot) {
    struct stat facts;
    if (stat(path, &facts) == 0 || errno != ENOENT) return true;    // other troubles are the folder's own
    complain(r->c, spot.at, spot.column, spot.text, "UNKNOWN_PARENT", "write it relative to this folder",
             "this parent does not exist: \"%s\"", parent);
    return false;
}

enum ap_status folders_find(struct reader *r, const char *path) {
    const char *prefix = "";
    struct spot spot = {{0}, 0, NULL};
    const char *parent = NULL;
    do {
        bool has_settings;
        if (parent && !parent_exists(r, path, parent, spot)) return AP_BAD_INPUT;
        TRY(folder_enter(r, path, prefix, &has_settings));
        if (folder_again(r)) {
            complain(r->c, spot.at, spot.column, spot.text, "PARENT_CYCLE", NULL,
                     "the parents lead back to a folder that is already in the chain: \"%s\"", parent);
            return AP_BAD_INPUT;
        }
        struct scenario_file *file = has_settings ? &r->files[r->file_count - 1] : NULL;
        parent = file && file->readable ? settings_parent(r, file, &spot) : NULL;
        if (!parent) return AP_OK;
        if (!parent_allowed(r, parent, spot)) return AP_BAD_INPUT;
        r->folders[r->folder_count - 1].overlay = true;
        path = path_join(&r->scratch, path, parent);
        struct words longer = {.arena = &r->scratch};
        words_add(&longer, "%s%s/", prefix, parent);
        if (!path || longer.refused) return AP_NO_MEMORY;
        prefix = words_text(&longer);
    } while (true);
}
