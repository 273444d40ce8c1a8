#include "write/stress_csv.h"

#include <string.h>

const char *const stress_identities[2] = {"named", "synthetic"};

void stress_mode_name(const struct stress *s, uint32_t mode, char out[16]) {
    if (s->options.days[mode] == OWN_TIME) snprintf(out, 16, "ttr");
    else snprintf(out, 16, "%d", (int)s->options.days[mode]);
}

void stress_days_name(const struct stress *s, const struct stress_case *one, char out[16]) {
    if (s->rows.rows[one->row].cause == CAUSE_EVENT) snprintf(out, 16, "own");
    else stress_mode_name(s, one->mode, out);
}

const char *stress_sources_name(const struct stress_place *place) {
    if (place->plant || !place->family) return "";
    return place->dual ? "dual" : "single";
}

static void head_add(struct words *out) {
    words_add_text(out, "kind,target,name,identity,family,district,sources,days,start,world,replication");
    for (uint32_t i = 0; i < STRESS_FIGURE_COUNT; i++) words_add(out, ",%s", stress_columns[i].name);
    words_add_text(out, ",differs,differs_row\n");
}

// What an enterprise is; the other kinds leave the columns empty.
static void place_add(const struct stress *s, const struct standstill_row *row, uint32_t run, struct words *out) {
    const struct tables *t = s->tables;
    if (row->kind != STANDSTILL_ENTERPRISE) {
        words_add_text(out, ",,,");
        return;
    }
    const struct enterprise_row *e = &t->enterprises[row->table_row];
    const struct stress_place *place = &s->places[(size_t)run * (t->enterprises_count + 1) + row->table_row];
    words_add(out, "%s,", stress_identities[e->identity]);
    words_add_csv(out, place->family ? t->products[place->family].product : "");
    words_add_text(out, ",");
    words_add_csv(out, t->districts[e->district].district);
    words_add(out, ",%s", stress_sources_name(place));
}

// Fen as yuan, exact.
static void yuan_add(struct words *out, int64_t fen) {
    int64_t size = fen < 0 ? -fen : fen;
    words_add(out, ",%s%lld.%02d", fen < 0 ? "-" : "", (long long)(size / 100), (int)(size % 100));
}

static void figures_add(const struct stress_values *v, struct words *out) {
    int64_t figures[STRESS_FIGURE_COUNT];
    memcpy(figures, v, sizeof figures);
    for (uint32_t i = 0; i < STRESS_FIGURE_COUNT; i++) {
        bool days = strcmp(stress_columns[i].unit, "day") == 0;
        if (strcmp(stress_columns[i].unit, "yuan") == 0) yuan_add(out, figures[i]);
        else if (days && figures[i] < 0) words_add_text(out, ",");
        else words_add(out, ",%lld", (long long)figures[i]);
    }
}

static void row_add(const struct stress *s, uint32_t run, uint32_t start, uint32_t which, struct words *out) {
    const struct stress_case *one = &s->cases[which];
    const struct standstill_row *row = &s->rows.rows[one->row];
    char days[16], day[11];
    stress_days_name(s, one, days);
    date_format(s->options.starts[start], day);
    words_add(out, "%s,", standstill_kind_name(row->kind));
    words_add_csv(out, row->id);
    words_add_text(out, ",");
    words_add_csv(out, row->name);
    words_add_text(out, ",");
    place_add(s, row, run, out);
    bool world = run >= s->options.replications;
    words_add(out, ",%s,%s,%u,%u", days, day, world ? (unsigned)(run - s->options.replications + 1) : 0u,
              world ? 0u : (unsigned)run);
    uint32_t job = stress_job(s, run, start, which);
    figures_add(&s->values[job], out);
    if (s->efforts[job].column < 0) words_add_text(out, ",,\n");
    else words_add(out, ",%s,%u\n", stress_state_column(s->efforts[job].column), (unsigned)s->efforts[job].row);
}

static enum ap_status words_flush(struct words *words, FILE *file) {
    enum ap_status status = words_status(words);
    if (status == AP_OK && fwrite(words->text, 1, words->count, file) != words->count) status = AP_REFUSED;
    words_free(words);
    *words = (struct words){0};
    return status;
}

enum ap_status stress_csv_write(const struct stress *s, FILE *file) {
    struct words words = {0};
    enum ap_status status = AP_OK;
    head_add(&words);
    for (uint32_t run = 0; run < s->runs && status == AP_OK; run++) {
        for (uint32_t start = 0; start < s->options.start_count && status == AP_OK; start++) {
            for (uint32_t i = 0; i < s->case_count; i++) row_add(s, run, start, i, &words);
            status = words_flush(&words, file);
        }
    }
    words_free(&words);
    return status;
}
