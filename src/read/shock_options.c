// --shock: the id of rows that stand in shocks.csv, or a CSV file with further rows. Both become active.
#include <string.h>

#include "read/checks.h"

// A file is named by a path or by its ending; anything else is an id.
static bool names_file(const char *text) {
    size_t count = strlen(text);
    return strchr(text, '/') != NULL || (count > 4 && strcmp(text + count - 4, ".csv") == 0);
}

enum ap_status shock_files_add(struct reader *r, const struct read_options *o) {
    for (uint32_t i = 0; i < o->shock_count; i++) {
        if (!names_file(o->shocks[i])) continue;
        const char *path = text_copy(&r->out->arena, o->shocks[i], strlen(o->shocks[i]));
        if (!path) return AP_NO_MEMORY;
        TRY(file_add(r, path, path, TABLE_shocks));
    }
    return AP_OK;
}

static struct shock_row *shock_of(const struct table_read *t, uint32_t row) {
    return (struct shock_row *)(void *)row_of(t, row);
}

static void shock_unknown(struct reader *r, const char *id) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    struct nearest nearest = nearest_to(r, id);
    for (uint32_t row = 1; row <= t->count && nearest_wanted(r); row++) name_try(&nearest, shock_of(t, row)->shock);
    complain(r->c, (struct source){"--shock", 0}, 0, NULL, "UNKNOWN_SHOCK", nearest_words(&nearest),
             "no shock has this name: \"%s\"", id);
}

void shocks_activate(struct reader *r, const struct read_options *o) {
    struct table_read *t = &r->tables[TABLE_shocks];
    for (uint32_t i = 0; i < o->shock_count; i++) {
        const char *wanted = o->shocks[i];
        bool file = names_file(wanted), found = false;
        for (uint32_t row = 1; row <= t->count; row++) {
            const char *name = file ? r->files[t->notes[row].file].text.path : shock_of(t, row)->shock;
            if (strcmp(name, wanted) != 0) continue;
            shock_of(t, row)->active = 1;
            found = true;
        }
        if (!found && !file && !t->unreadable) shock_unknown(r, wanted);
    }
}
