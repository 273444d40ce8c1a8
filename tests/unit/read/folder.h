// A folder for a test: the small region's files, changed as the test wishes, read, and removed again.
#ifndef TESTS_READ_FOLDER_H
#define TESTS_READ_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/read.h"

struct folder_read {
    char path[64];
    struct arena arena;
    struct complaints complaints;
    struct tables tables;
    struct inputs inputs;
    enum ap_status status;
};

static inline void folder_make(struct folder_read *f) {
    memset(f, 0, sizeof *f);
    f->complaints.arena = &f->arena;
    snprintf(f->path, sizeof f->path, "/tmp/autopolis-test-XXXXXX");
    ASSERT(mkdtemp(f->path) != NULL);
}

static inline void bytes_put(const struct folder_read *f, const char *name, const char *bytes, size_t count) {
    char path[400];
    snprintf(path, sizeof path, "%s/%.300s", f->path, name);
    FILE *stream = fopen(path, "wb");
    ASSERT(stream != NULL);
    ASSERT(fwrite(bytes, 1, count, stream) == count);
    ASSERT(fclose(stream) == 0);
}

static inline void file_put(const struct folder_read *f, const char *name, const char *text) {
    bytes_put(f, name, text, strlen(text));
}

static inline void small_put(const struct folder_read *f) {
    for (uint32_t i = 0; i < small_region_count; i++) file_put(f, small_region[i].name, small_region[i].text);
}

static inline const char *small_text(const char *name) {
    for (uint32_t i = 0; i < small_region_count; i++) {
        if (strcmp(small_region[i].name, name) == 0) return small_region[i].text;
    }
    ASSERT(!"the small region has this file");
    return "";
}

// The small region's file with the first `from` replaced.
static inline void small_change(const struct folder_read *f, const char *name, const char *from, const char *to) {
    const char *text = small_text(name), *at = strstr(text, from);
    ASSERT(at != NULL);
    struct words w = {0};
    words_add_bytes(&w, text, (size_t)(at - text));
    words_add_text(&w, to);
    words_add_text(&w, at + strlen(from));
    file_put(f, name, words_text(&w));
    words_free(&w);
}

static inline void folder_open(struct folder_read *f, const struct read_options *o) {
    f->status = scenario_read(f->path, o, &f->complaints, &f->tables, &f->inputs);
}

static inline void folder_empty(const char *path) {
    ASSERT(strlen(path) < 700);
    DIR *stream = opendir(path);
    if (!stream) return;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        char file[1000];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(file, sizeof file, "%.700s/%s", path, entry->d_name);
        if (remove(file) != 0) {       // a folder with files
            folder_empty(file);
            rmdir(file);
        }
    }
    closedir(stream);
}

static inline void folder_close(struct folder_read *f) {
    tables_free(&f->tables);
    arena_free(&f->arena);
    folder_empty(f->path);
    rmdir(f->path);
}

// What was complained about, for a failing test.
static inline void complaints_show(const struct folder_read *f) {
    struct words w = {0};
    complaints_write(&w, &f->complaints);
    fprintf(stderr, "%s", words_text(&w));
    words_free(&w);
}

// There is a complaint with this rule at this line and column of a file whose path ends in `file`.
static inline bool complained(const struct folder_read *f, const char *rule, const char *file,
                              const uint32_t place[2]) {
    for (uint32_t i = 0; i < f->complaints.count && i < COMPLAINTS_SHOWN; i++) {
        const struct complaint *c = &f->complaints.shown[i];
        size_t length = strlen(c->file), tail = strlen(file);
        bool here = length >= tail && strcmp(c->file + length - tail, file) == 0;
        if (here && strcmp(c->rule, rule) == 0 && c->line == place[0] && c->column == place[1]) return true;
    }
    complaints_show(f);
    return false;
}

// The suggestion of the first complaint with this rule; "" when there is none.
static inline const char *suggested(const struct folder_read *f, const char *rule) {
    for (uint32_t i = 0; i < f->complaints.count && i < COMPLAINTS_SHOWN; i++) {
        const struct complaint *c = &f->complaints.shown[i];
        if (strcmp(c->rule, rule) == 0) return c->suggestion ? c->suggestion : "";
    }
    return "";
}

#endif
