// Shocks against each other and against the days of the run: steps of one event that share days, shocks asked for that
// never act, and what hindcast.csv says of them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/checks.h"

static const struct shock_row *shock_at(const struct table_read *t, uint32_t row) {
    return (const void *)row_of(t, row);
}

// --- steps that share days: their factors would be multiplied, which nobody means within one event

struct step {
    const struct shock_row *shock;
    uint32_t row;
};

static int step_order(const void *a, const void *b) {
    const struct step *x = a, *y = b;
    int order = strcmp(x->shock->shock, y->shock->shock);
    if (!order) order = x->shock->scope - y->shock->scope;
    if (!order) order = strcmp(x->shock->target, y->shock->target);
    if (!order) order = x->shock->basis - y->shock->basis;
    if (!order) order = (x->shock->from > y->shock->from) - (x->shock->from < y->shock->from);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool same_aim(const struct shock_row *a, const struct shock_row *b) {
    return strcmp(a->shock, b->shock) == 0 && a->scope == b->scope && strcmp(a->target, b->target) == 0 &&
           a->basis == b->basis;
}

static void overlap_complain(struct reader *r, const struct step *late, const struct shock_row *early) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    char from[11], until[11], better[80];
    date_format(late->shock->from, from);
    date_format(early->until, until);
    snprintf(better, sizeof better, "an earlier step of the same shock lasts until %s", until);
    uint32_t slot = (uint32_t)column_by_name(t->schema, "from", 4);
    struct row_place place = {t, late->row, slot, from};
    row_complain(r, &place, "SHOCK_OVERLAP", better,
                 "steps of one shock that hit the same target share days, and would be multiplied");
}

enum ap_status shock_steps_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    struct step *steps = TAKE(&r->scratch, t->count + 1, struct step);
    if (!steps) return AP_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t row = 1; row <= t->count; row++) {
        if (t->notes[row].faulty || !shock_at(t, row)->active) continue;
        steps[count++] = (struct step){shock_at(t, row), row};
    }
    if (count) qsort(steps, count, sizeof *steps, step_order);
    uint32_t longest = 0;
    for (uint32_t i = 1; i < count; i++) {
        const struct shock_row *early = steps[longest].shock;
        bool same = same_aim(early, steps[i].shock);
        if (same && steps[i].shock->from <= early->until) overlap_complain(r, &steps[i], early);
        if (!same || steps[i].shock->until > early->until) longest = i;
    }
    return AP_OK;
}

// --- what --shock asked for has to act in the run

static bool row_asked(const struct reader *r, uint32_t row, const char *wanted) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    return strcmp(shock_at(t, row)->shock, wanted) == 0 ||
           strcmp(r->files[t->notes[row].file].text.path, wanted) == 0;
}

static void outside_complain(struct reader *r, uint32_t row, day_number first, day_number last) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    char from[11], first_day[11], last_day[11], better[80];
    date_format(shock_at(t, row)->from, from);
    date_format(first, first_day);
    date_format(last, last_day);
    snprintf(better, sizeof better, "the run has the days %s to %s", first_day, last_day);
    uint32_t slot = (uint32_t)column_by_name(t->schema, "from", 4);
    struct row_place place = {t, row, slot, from};
    row_complain(r, &place, "SHOCK_OUTSIDE", better, "the shock that was asked for lies outside the days of the run");
}

void shocks_asked_check(struct reader *r, const struct read_options *o) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    const struct settings *set = &r->out->settings;
    if (set->from == DATE_NONE || set->until == DATE_NONE) return;     // complained about already
    day_number first = set->from - (day_number)set->warm_up_days, last = set->until;
    for (uint32_t i = 0; i < o->shock_count; i++) {
        uint32_t outside = 0;
        bool acts = false;
        for (uint32_t row = 1; row <= t->count; row++) {
            const struct shock_row *shock = shock_at(t, row);
            if (t->notes[row].faulty || !row_asked(r, row, o->shocks[i])) continue;
            acts |= shock->from <= last && shock->until >= first;
            if (!outside) outside = row;
        }
        if (outside && !acts) outside_complain(r, outside, first, last);
    }
}

// --- hindcast.csv

static const struct hindcast_row *hindcast_at(const struct table_read *t, uint32_t row) {
    return (const void *)row_of(t, row);
}

// Names that `of` may give: platforms and their makers; and plants, which are in both sets.
static enum ap_status of_names(struct reader *r, struct text_set *out, struct text_set *plants, bool *complete) {
    const struct table_read *p = &r->tables[TABLE_platforms], *e = &r->tables[TABLE_enterprises];
    *complete = !p->unreadable && !e->unreadable;
    if (!text_set_make(out, 2 * p->count + e->count, &r->scratch)) return AP_NO_MEMORY;
    if (!text_set_make(plants, e->count, &r->scratch)) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= p->count; row++) {
        const struct platform_row *platform = (const void *)row_of(p, row);
        text_set_add(out, platform->platform);
        if (platform->maker[0]) text_set_add(out, platform->maker);
    }
    for (uint32_t row = 1; row <= e->count; row++) {
        const struct enterprise_row *enterprise = (const void *)row_of(e, row);
        if (enterprise->kind != KIND_PLANT) continue;
        text_set_add(out, enterprise->enterprise);
        text_set_add(plants, enterprise->enterprise);
    }
    return AP_OK;
}

// What is not counted by plant, or not at all but for the region.
static void of_check(struct reader *r, uint32_t row, const struct text_set *plants) {
    const struct table_read *t = &r->tables[TABLE_hindcast];
    const struct hindcast_row *h = hindcast_at(t, row);
    bool of_region = h->measure == MEASURE_EXPORTS || h->measure == MEASURE_TURNOVER;
    bool of_plant = h->of[0] && text_set_has(plants, h->of);
    struct row_place place = {t, row, (uint32_t)column_by_name(t->schema, "of", 2), h->of};
    if (h->of[0] && of_region)
        row_complain(r, &place, "HINDCAST_OF", "leave it empty", "exports and turnover are measured for the region");
    else if (of_plant && (h->measure == MEASURE_NEV_OUTPUT || h->measure == MEASURE_SALES))
        row_complain(r, &place, "HINDCAST_OF", "name a platform or a maker",
                     "NEVs and sales are not counted by plant");
}

enum ap_status hindcast_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_hindcast], *shocks = &r->tables[TABLE_shocks];
    struct text_set known, plants, events;
    bool complete;
    TRY(of_names(r, &known, &plants, &complete));
    if (!text_set_make(&events, shocks->count, &r->scratch)) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= shocks->count; row++) text_set_add(&events, shock_at(shocks, row)->shock);
    for (uint32_t row = 1; row <= t->count; row++) {
        const struct hindcast_row *h = hindcast_at(t, row);
        if (t->notes[row].faulty) continue;
        struct row_place shock = {t, row, 0, h->shock};
        struct row_place of = {t, row, (uint32_t)column_by_name(t->schema, "of", 2), h->of};
        struct nearest nearest = nearest_to(r, h->shock), other = nearest_to(r, h->of);
        if (!shocks->unreadable && !text_set_has(&events, h->shock))
            row_complain(r, &shock, "UNKNOWN_SHOCK", text_set_nearest(&events, &nearest), "no shock has this name");
        if (complete && h->of[0] && !text_set_has(&known, h->of))
            row_complain(r, &of, "UNKNOWN_OF", text_set_nearest(&known, &other),
                         "no platform, maker of a platform or plant has this name");
        else of_check(r, row, &plants);
    }
    return AP_OK;
}
