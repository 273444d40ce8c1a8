// scenario_read: files, rows, references, checks, in this order. Every step complains and goes on; only a machine that
// refuses stops the reading.
#include <stdlib.h>
#include <string.h>

#include "read/checks.h"

// Last part of the folder's path, as text.
static const char *folder_name(struct arena *a, const char *path) {
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/') start--;
    const char *name = text_copy(a, path + start, end - start);
    return name ? text_mended(a, name) : NULL;
}

// Files of each folder from the eldest parent on; --shock files stand behind them.
static enum ap_status files_read(struct reader *r) {
    for (uint32_t folder = r->folder_count; folder-- > 0;) {
        for (uint32_t i = 0; i < r->file_count; i++) {
            if (r->files[i].folder == folder && r->files[i].table == FILE_SETTINGS) TRY(settings_read(r, i));
        }
    }
    for (uint32_t i = 0; i < r->file_count; i++) {
        if (r->files[i].table >= 0) TRY(file_rows_read(r, i));
    }
    return AP_OK;
}

static int file_compare(const void *a, const void *b) {
    return strcmp(((const struct input_file *)a)->path, ((const struct input_file *)b)->path);
}

static enum ap_status inputs_list(struct reader *r, struct inputs *out) {
    out->files = TAKE(&r->out->arena, r->file_count + 1, struct input_file);
    if (!out->files) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < r->file_count; i++) {
        const struct text_file *text = &r->files[i].text;
        struct input_file *file = &out->files[out->count++];
        file->path = text->name;
        file->bytes = text->bytes_on_disk;
        memcpy(file->sha256, text->sha256, sizeof file->sha256);
    }
    if (out->count > 1) qsort(out->files, out->count, sizeof *out->files, file_compare);
    return AP_OK;
}

static bool comes_before(const struct complaint *a, const struct complaint *b) {
    int files = strcmp(a->file, b->file);
    if (files != 0) return files < 0;
    if (a->line != b->line) return a->line < b->line;
    return a->column < b->column;
}

// By file, line and column, for whoever mends them from top to bottom; what stands at one place keeps its order.
static void complaints_sort(struct complaints *c, uint64_t first) {
    uint64_t count = c->count < COMPLAINTS_SHOWN ? c->count : COMPLAINTS_SHOWN;
    for (uint64_t i = first + 1; i < count; i++) {
        struct complaint moving = c->shown[i];
        uint64_t to = i;
        for (; to > first && comes_before(&moving, &c->shown[to - 1]); to--) c->shown[to] = c->shown[to - 1];
        c->shown[to] = moving;
    }
}

static void tables_hand_over(struct reader *r) {
    for (int id = 0; id < TABLE_COUNT; id++) {
        const struct table_read *t = &r->tables[id];
        memcpy((char *)r->out + t->schema->rows_offset, &t->rows, sizeof t->rows);
        memcpy((char *)r->out + t->schema->count_offset, &t->count, sizeof t->count);
    }
}

// Source locations must outlive the reader: paths of files live in its scratch.
static bool paths_keep(struct reader *r) {
    for (uint32_t i = 0; i < r->file_count; i++) {
        const char *path = r->files[i].text.path;
        r->files[i].text.path = text_copy(&r->out->arena, path, strlen(path));
        if (!r->files[i].text.path) return false;
    }
    return true;
}

static enum ap_status scenario_steps(struct reader *r, const char *folder, const struct read_options *o,
                                     struct inputs *inputs) {
    TRY(settings_default(r));
    TRY(folders_find(r, folder));
    TRY(files_load(r));
    TRY(shock_files_add(r, o));
    if (!paths_keep(r)) return AP_NO_MEMORY;
    TRY(inputs_list(r, inputs));
    TRY(tables_prepare(r));
    TRY(files_read(r));
    TRY(settings_override(r, o));
    tables_compact(r);
    references_resolve(r);
    shocks_activate(r, o);
    settings_check(r);
    shocks_asked_check(r, o);
    rows_check(r);
    TRY(sums_check(r));
    TRY(targets_check(r));
    TRY(shock_steps_check(r));
    TRY(hindcast_check(r));
    TRY(bills_check(r));
    TRY(charging_check(r));
    tables_hand_over(r);
    return AP_OK;
}

enum ap_status scenario_read(const char *folder, const struct read_options *o, struct complaints *c,
                             struct tables *out, struct inputs *files) {
    static const struct read_options none = {0};
    ASSERT(folder != NULL && c != NULL);
    ASSERT(out != NULL && files != NULL);
    *out = (struct tables){0};
    *files = (struct inputs){0};
    uint64_t complaints = c->count;
    out->folder = text_copy(&out->arena, folder, strlen(folder));
    out->name = folder_name(&out->arena, folder);
    struct reader *r = calloc(1, sizeof *r);
    enum ap_status status = AP_NO_MEMORY;
    if (r && out->folder && out->name) {
        r->c = c;
        r->out = out;
        r->nearest_left = NEAREST_MOST;
        status = scenario_steps(r, out->folder, o ? o : &none, files);
        if (status == AP_OK && r->refused_file) status = AP_REFUSED;
    }
    complaints_sort(c, complaints);
    if (r) arena_free(&r->scratch);
    free(r);
    if (status == AP_NO_MEMORY) {
        complain(c, (struct source){out->folder, 0}, 0, NULL, "NO_MEMORY", NULL, "memory was refused while reading");
    }
    if (status == AP_OK && c->count > complaints) status = AP_BAD_INPUT;
    return status;
}

void tables_free(struct tables *t) {
    ASSERT(t != NULL);
    arena_free(&t->arena);
    *t = (struct tables){0};
}
