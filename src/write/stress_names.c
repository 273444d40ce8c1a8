#include "write/stress_names.h"

#include <stdio.h>

const char *stress_subject_label(const struct stress_ranks *r, uint32_t subject) {
    const struct stress_subject *x = &r->subjects[subject];
    bool names_itself = x->nature == SUBJECT_ROLE || x->kind == STANDSTILL_COMMON || !x->name[0];
    return names_itself ? x->id : x->name;
}

void stress_case_label(const struct stress *s, uint32_t which, char *out, size_t room) {
    const struct tables *t = s->tables;
    const struct standstill_row *row = &s->rows.rows[s->cases[which].row];
    const struct stress_place *place = &s->places[row->table_row];
    bool enterprise = row->kind == STANDSTILL_ENTERPRISE;
    if (!enterprise || t->enterprises[row->table_row].identity == 0) {
        snprintf(out, room, "%s", row->kind == STANDSTILL_COMMON || !row->name[0] ? row->id : row->name);
        return;
    }
    const char *district = t->districts[t->enterprises[row->table_row].district].district;
    if (place->plant) snprintf(out, room, "plants / %s", district);
    else if (!place->family) snprintf(out, room, "without customers / %s", district);
    else
        snprintf(out, room, "%s / %s / %s", t->products[place->family].product, district,
                 place->dual ? "dual" : "single");
}

void stress_out_say(const struct stress_ranks *r, const struct stress_line *line, char out[40]) {
    double days = line->figures[STRESS_out_days].mean;
    if (line->event) snprintf(out, 40, "%.0f days as it happened", days);
    else if (r->stress->options.days[line->mode] == OWN_TIME) snprintf(out, 40, "for its own time (%.0f days)", days);
    else snprintf(out, 40, "%.0f days", days);
}

void stress_mode_say(const struct stress *s, uint32_t mode, char out[24]) {
    if (s->options.days[mode] == OWN_TIME) snprintf(out, 24, "for its own time");
    else snprintf(out, 24, "%d days", (int)s->options.days[mode]);
}

void stress_mode_short(const struct stress *s, uint32_t mode, char out[24]) {
    if (s->options.days[mode] == OWN_TIME) snprintf(out, 24, "own time");
    else snprintf(out, 24, "%d days", (int)s->options.days[mode]);
}

const struct stress_line *stress_line_find(const struct stress_ranks *r, uint32_t subject, uint32_t mode) {
    for (uint32_t i = 0; i < r->line_count; i++)
        if (r->lines[i].subject == subject && r->lines[i].mode == mode) return &r->lines[i];
    return NULL;
}

uint32_t stress_line_case(const struct stress_ranks *r, const struct stress_line *line) {
    const struct stress *s = r->stress;
    for (uint32_t i = 0; i < s->case_count; i++)
        if (s->cases[i].row == r->subjects[line->subject].row && s->cases[i].mode == line->mode) return i;
    ASSERT(false);
    return 0;
}

bool stress_line_effect(const struct stress_line *line) {
    const struct interval *f = line->figures;
    return f[STRESS_deficit].mean > 0 || f[STRESS_export_deficit].mean > 0 || f[STRESS_sales_lost].mean > 0;
}

struct stress_settled stress_settled_of(const struct stress *s, uint32_t mode, double use_from, double use_until) {
    struct stress_settled sum = {0, 0, 0};
    for (uint32_t i = 0; i < s->case_count; i++) {
        const struct standstill_row *row = &s->rows.rows[s->cases[i].row];
        const struct stress_place *place = &s->places[row->table_row];
        bool meant = row->kind == STANDSTILL_ENTERPRISE && s->cases[i].mode == mode && place->plant &&
                     place->use >= use_from && place->use < use_until;
        for (uint32_t start = 0; start < s->options.start_count && meant; start++) {
            int64_t days = s->values[stress_job(s, 0, start, i)].settled_days;
            sum.outages++;
            sum.open += days < 0;
            sum.days += days < 0 ? 0 : (double)days;
        }
    }
    return sum;
}
