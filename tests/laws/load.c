#include "laws/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void complaints_print(const char *folder, const struct complaints *c) {
    printf("# %s: %llu complaints\n", folder, (unsigned long long)c->count);
    for (uint64_t i = 0; i < c->count && i < 5; i++)
        printf("#   %s:%u: %s [%s]\n", c->shown[i].file, c->shown[i].line, c->shown[i].message, c->shown[i].rule);
}

bool loaded_read(const char *folder, const char *shock, struct loaded *out) {
    memset(out, 0, sizeof *out);
    out->complaints.arena = &out->words;
    struct read_options options = {.shocks = &shock, .shock_count = shock ? 1 : 0};
    enum ap_status status = scenario_read(folder, &options, &out->complaints, &out->tables, &out->inputs);
    if (status == AP_OK)
        status = model_build(&out->tables, (uint64_t)out->tables.settings.seed, 0, &out->complaints, &out->model);
    if (status != AP_OK) complaints_print(folder, &out->complaints);
    return status == AP_OK;
}

bool loaded_read_shocked(const char *folder, const char *shock, struct loaded *out) {
    if (loaded_read(folder, shock, out)) return true;
    bool idle = out->complaints.count && strcmp(out->complaints.shown[0].rule, "SHOCK_HITS_NOTHING") == 0;
    loaded_free(out);
    return idle && loaded_read(folder, "FALLBACK", out);
}

void loaded_free(struct loaded *l) {
    model_free(&l->model);
    tables_free(&l->tables);
    arena_free(&l->words);
}

bool world_folder(uint32_t number, enum row_order order, char folder[64]) {
    const char *place = getenv("TMPDIR");
    snprintf(folder, 64, "%.30s/autopolis-law-XXXXXX", place ? place : "/tmp");
    return mkdtemp(folder) && world_write(folder, number, order);
}
