#include "study/standstill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *standstill_kind_name(enum standstill_kind kind) {
    static const char *const names[STANDSTILL_KINDS] = {"enterprise", "district", "lane", "family", "common"};
    ASSERT((int)kind >= 0 && kind < STANDSTILL_KINDS);
    return names[kind];
}

// --- which rows there are

struct listing {
    const struct tables *t;
    struct standstill_rows *out;
    uint32_t room;
    bool refused;
};

static void row_add(struct listing *l, struct standstill_row row) {
    if (l->refused || !row.id) {
        l->refused = true;
        return;
    }
    ASSERT(l->out->count < l->room);
    l->out->rows[l->out->count++] = row;
}

// "power: Chongqing" and the like.
static const char *id_make(struct listing *l, const char *what, const char *which) {
    char id[300];
    int count = snprintf(id, sizeof id, "%s: %s", what, which);
    return text_copy(&l->out->arena, id, smaller_of(count, sizeof id - 1));
}

static bool first_of_event(const struct tables *t, uint32_t row) {
    for (uint32_t i = 1; i < row; i++)
        if (strcmp(t->shocks[i].shock, t->shocks[row].shock) == 0) return false;
    return true;
}

// An event counts when any of its steps hits supply or transport: a fall of demand alone is no outage.
static bool event_hits_supply(const struct tables *t, uint32_t row) {
    for (uint32_t i = row; i <= t->shocks_count; i++)
        if (t->shocks[i].basis != BASIS_DEMAND && strcmp(t->shocks[i].shock, t->shocks[row].shock) == 0) return true;
    return false;
}

static void events_list(struct listing *l) {
    const struct tables *t = l->t;
    for (uint32_t i = 1; i <= t->shocks_count; i++)
        if (first_of_event(t, i) && event_hits_supply(t, i))
            row_add(l, (struct standstill_row){STANDSTILL_COMMON, CAUSE_EVENT, i,
                                               id_make(l, "event", t->shocks[i].shock), t->shocks[i].name, ""});
}

static bool lane_has_mode(const struct tables *t, uint32_t lane, int32_t mode) {
    for (uint32_t i = 1; i <= t->legs_count; i++)
        if (t->legs[i].lane == lane && t->legs[i].mode == mode) return true;
    return false;
}

static void modes_list(struct listing *l) {
    static const char *const modes[] = {"river", "rail", "road", "sea"};
    for (uint32_t mode = 0; mode < sizeof modes / sizeof *modes; mode++) {
        uint32_t lanes = 0;
        for (uint32_t i = 1; i <= l->t->lanes_count; i++) lanes += lane_has_mode(l->t, i, (int32_t)mode);
        if (lanes > 1)
            row_add(l, (struct standstill_row){STANDSTILL_COMMON, CAUSE_MODE, mode, id_make(l, "lanes by", modes[mode]),
                                               "", ""});
    }
}

static bool bill_known(const struct tables *t, uint32_t before, uint32_t component, const char *bill) {
    for (uint32_t i = 1; i < before; i++)
        if (t->bom[i].component == component && strcmp(t->bom[i].bill, bill) == 0) return true;
    return false;
}

// Bills that name the product.
static uint32_t users_of(const struct tables *t, uint32_t product) {
    uint32_t users = 0;
    for (uint32_t i = 1; i <= t->bom_count; i++)
        users += t->bom[i].component == product && !bill_known(t, i, product, t->bom[i].bill);
    return users;
}

static void subtiers_list(struct listing *l) {
    const struct tables *t = l->t;
    for (uint32_t i = 1; i <= t->products_count; i++)
        if (t->products[i].tier > 1 && users_of(t, i) > 1)
            row_add(l, (struct standstill_row){STANDSTILL_COMMON, CAUSE_SUBTIER, i,
                                               id_make(l, "sub-tier", t->products[i].product), t->products[i].name,
                                               t->products[i].name_zh});
}

static bool first_of_zone(const struct tables *t, uint32_t row) {
    for (uint32_t i = 1; i < row; i++)
        if (strcmp(t->districts[i].zone, t->districts[row].zone) == 0) return false;
    return t->districts[row].zone[0];
}

static void zones_list(struct listing *l) {
    const struct tables *t = l->t;
    for (uint32_t i = 1; i <= t->districts_count; i++)
        if (first_of_zone(t, i))
            row_add(l, (struct standstill_row){STANDSTILL_COMMON, CAUSE_ZONE, i,
                                               id_make(l, "zone", t->districts[i].zone), "", ""});
}

static void commons_list(struct listing *l) {
    const struct settings *set = &l->t->settings;
    events_list(l);
    row_add(l, (struct standstill_row){STANDSTILL_COMMON, CAUSE_POWER, 0, id_make(l, "power", set->region), "", ""});
    zones_list(l);
    modes_list(l);
    subtiers_list(l);
}

// Districts without enterprises cannot stand still.
static bool district_has_enterprises(const struct tables *t, uint32_t district) {
    for (uint32_t i = 1; i <= t->enterprises_count; i++)
        if (t->enterprises[i].district == district && t->enterprises[i].kind != KIND_UNLIMITED) return true;
    return false;
}

static void enterprises_list(struct listing *l, bool regional) {
    for (uint32_t i = 1; i <= l->t->enterprises_count; i++) {
        const struct enterprise_row *e = &l->t->enterprises[i];
        if (e->kind == KIND_UNLIMITED || (regional && !l->t->districts[e->district].in_region)) continue;
        row_add(l, (struct standstill_row){STANDSTILL_ENTERPRISE, CAUSE_NONE, i, e->enterprise, e->name, e->name_zh});
    }
}

static void kind_list(struct listing *l, enum standstill_kind kind) {
    const struct tables *t = l->t;
    if (kind == STANDSTILL_COMMON) commons_list(l);
    if (kind == STANDSTILL_ENTERPRISE) enterprises_list(l, false);
    for (uint32_t i = 1; i <= t->districts_count && kind == STANDSTILL_DISTRICT; i++)
        if (district_has_enterprises(t, i))
            row_add(l, (struct standstill_row){STANDSTILL_DISTRICT, CAUSE_NONE, i, t->districts[i].district,
                                               t->districts[i].name, t->districts[i].name_zh});
    for (uint32_t i = 1; i <= t->lanes_count && kind == STANDSTILL_LANE; i++)
        row_add(l, (struct standstill_row){STANDSTILL_LANE, CAUSE_NONE, i, t->lanes[i].lane, t->lanes[i].name, ""});
    for (uint32_t i = 1; i <= t->products_count && kind == STANDSTILL_FAMILY; i++)
        row_add(l, (struct standstill_row){STANDSTILL_FAMILY, CAUSE_NONE, i, t->products[i].product,
                                           t->products[i].name, t->products[i].name_zh});
}

enum { MODES_MOST = 4 };

enum ap_status standstill_rows_list(const struct tables *t, unsigned kinds, struct standstill_rows *out) {
    *out = (struct standstill_rows){.count = 0};
    struct listing l = {.t = t, .out = out};
    l.room = t->enterprises_count + 2 * t->districts_count + t->lanes_count + 2 * t->products_count + t->shocks_count +
             MODES_MOST + 1;
    out->rows = TAKE(&out->arena, l.room, struct standstill_row);
    if (!out->rows) return AP_NO_MEMORY;
    for (enum standstill_kind kind = 0; kind < STANDSTILL_KINDS; kind++)
        if (kinds & 1u << kind) kind_list(&l, kind);
    if (kinds & STANDSTILL_REGIONAL && !(kinds & 1u << STANDSTILL_ENTERPRISE)) enterprises_list(&l, true);
    return l.refused ? AP_NO_MEMORY : AP_OK;
}

void standstill_rows_free(struct standstill_rows *r) {
    arena_free(&r->arena);
    *r = (struct standstill_rows){.count = 0};
}

// --- one outage

struct aim {
    const struct model *m;
    const struct standstill_row *row;
    struct standstill_time time;
    struct standstill *out;
};

static void target_add(struct aim *a, enum target_kind kind, uint32_t row) {
    struct shock *shock = &a->out->shocks[a->out->model.shock_count - 1];
    a->out->targets[shock->first_target + shock->targets++] = (struct target){(uint8_t)kind, row};
    a->out->hits++;
}

// Begins a shock whose targets are added next; one without days is not begun at all.
static bool shock_begin(struct aim *a, uint8_t scope, int32_t days) {
    if (days < 1) return false;
    struct model *m = &a->out->model;
    int64_t until = smaller_of((int64_t)a->time.from + days - 1, m->days - 1);
    m->shocks[m->shock_count] = (struct shock){
        .active = true,
        .from = a->time.from,
        .until = (int32_t)until,
        .scope = scope,
        .basis = BASIS_CAPACITY,
        .factor_ppm = a->time.factor_ppm,
        .first_target =
            m->shock_count ? m->shocks[m->shock_count - 1].first_target + m->shocks[m->shock_count - 1].targets : 0,
    };
    m->shock_count++;
    a->out->days = (int32_t)larger_of(a->out->days, days);
    return true;
}

// Own time to recover: as written in world 0, a draw in the others.
static int32_t recovery_days(const struct aim *a, uint32_t enterprise) {
    if (a->time.days != OWN_TIME) return a->time.days;
    const struct enterprise *e = &a->m->enterprises[enterprise];
    const struct enterprise_row *row = &a->m->tables->enterprises[e->table_row];
    double days = row->ttr_mode_days;
    if (a->time.world && row->ttr_low_days < row->ttr_high_days) {
        uint64_t who = hash_pair(e->who, hash_text("ttr"));
        double u = draw_uniform(luck_of(a->time.seed, 0), who, DRAW_WORLD, a->time.world, 0);
        days = triangular_from(u, row->ttr_low_days, row->ttr_mode_days, row->ttr_high_days);
    }
    return days < 1 ? 1 : (int32_t)(days + 0.5);
}

static bool enterprise_meant(const struct aim *a, uint32_t enterprise) {
    const struct tables *t = a->m->tables;
    uint32_t row = a->m->enterprises[enterprise].table_row, district = t->enterprises[row].district;
    if (a->row->kind == STANDSTILL_ENTERPRISE) return row == a->row->table_row;
    if (a->row->kind == STANDSTILL_DISTRICT) return district == a->row->table_row;
    if (a->row->cause == CAUSE_POWER) return t->districts[district].in_region;
    return strcmp(t->districts[district].zone, t->districts[a->row->table_row].zone) == 0;
}

// Where makers and lines of one enterprise are found: rows in the order of the enterprises.
static void enterprise_aim(struct aim *a, uint32_t enterprise) {
    const struct model *m = a->m;
    if (!shock_begin(a, SCOPE_ENTERPRISE, recovery_days(a, enterprise))) return;
    uint32_t before = a->out->hits;
    for (uint32_t i = 1; i < m->n.maker; i++)
        if (m->makers[i].enterprise == enterprise) target_add(a, TARGET_MAKER, i);
    for (uint32_t i = 1; i < m->n.line; i++)
        if (m->lines[i].enterprise == enterprise) target_add(a, TARGET_LINE, i);
    if (a->out->hits == before) a->out->model.shock_count--;
    else a->out->hit[enterprise] = true;
}

static void enterprises_aim(struct aim *a) {
    for (uint32_t i = 1; i < a->m->n.enterprise; i++)
        if (enterprise_meant(a, i)) enterprise_aim(a, i);
}

// Every maker of the family, each for its enterprise's time.
static void family_aim(struct aim *a) {
    const struct model *m = a->m;
    for (uint32_t i = 1; i < m->n.maker; i++) {
        if (m->tables->makers[m->makers[i].table_row].product != a->row->table_row) continue;
        if (!shock_begin(a, SCOPE_PRODUCT, recovery_days(a, m->makers[i].enterprise))) continue;
        target_add(a, TARGET_MAKER, i);
        a->out->hit[m->makers[i].enterprise] = true;
    }
}

static void lanes_aim(struct aim *a) {
    const struct model *m = a->m;
    bool one = a->row->kind == STANDSTILL_LANE;
    if (!shock_begin(a, SCOPE_LANE, a->time.days == OWN_TIME ? LANE_DAYS : a->time.days)) return;
    for (uint32_t i = 1; i < m->n.lane; i++) {
        uint32_t lane = m->lanes[i].table_row;
        bool meant = one ? lane == a->row->table_row : lane_has_mode(m->tables, lane, (int32_t)a->row->table_row);
        if (meant) target_add(a, TARGET_LANE, i);
    }
}

static void shocked_enterprises_mark(struct aim *a, const struct shock *shock) {
    const struct model *m = a->m;
    for (uint32_t i = 0; i < shock->targets; i++) {
        const struct target *target = &a->out->targets[shock->first_target + i];
        if (target->kind == TARGET_MAKER) a->out->hit[m->makers[target->row].enterprise] = true;
        if (target->kind == TARGET_LINE) a->out->hit[m->lines[target->row].enterprise] = true;
        if (target->kind == TARGET_STOCK) a->out->hit[m->stocks[target->row].enterprise] = true;
    }
}

// A past event moved so that its first step begins at the start; its steps are compiled in the model already.
static void event_aim(struct aim *a) {
    struct model *m = &a->out->model;
    const struct shock_row *rows = a->m->tables->shocks;
    int32_t first = INT32_MAX;
    for (uint32_t i = 0; i < a->m->shock_count; i++)
        if (strcmp(rows[a->m->shocks[i].table_row].shock, rows[a->row->table_row].shock) == 0)
            first = (int32_t)smaller_of(first, a->m->shocks[i].from);
    for (uint32_t i = 0; i < a->m->shock_count; i++) {
        struct shock step = a->m->shocks[i];
        if (strcmp(rows[step.table_row].shock, rows[a->row->table_row].shock) != 0) continue;
        a->out->days = (int32_t)larger_of(a->out->days, step.until - first + 1);
        step.from += a->time.from - first;
        step.until = (int32_t)smaller_of(step.until + a->time.from - first, m->days - 1);
        step.active = true;
        if (step.from >= m->days || step.targets == 0) continue;
        m->shocks[m->shock_count++] = step;
        a->out->hits += step.targets;
        shocked_enterprises_mark(a, &step);
    }
}

// Shocks of the model keep their places and targets; own ones follow.
static enum ap_status standstill_take(struct aim *a) {
    const struct model *m = a->m;
    struct standstill *o = a->out;
    uint32_t targets = 0;
    for (uint32_t i = 0; i < m->shock_count; i++)
        targets = (uint32_t)larger_of(targets, m->shocks[i].first_target + m->shocks[i].targets);
    uint32_t shocks = 2 * m->shock_count + m->n.enterprise + m->n.maker + 1;
    o->model = *m;
    o->shocks = calloc(shocks, sizeof *o->shocks);
    o->targets = calloc(targets + m->n.maker + m->n.line + m->n.lane + 1, sizeof *o->targets);
    o->hit = calloc(m->n.enterprise + 1, sizeof *o->hit);
    if (!o->shocks || !o->targets || !o->hit) return AP_NO_MEMORY;
    if (m->shock_count) memcpy(o->shocks, m->shocks, m->shock_count * sizeof *o->shocks);
    if (targets) memcpy(o->targets, m->targets, targets * sizeof *o->targets);
    o->model.shocks = o->shocks;
    o->model.targets = o->targets;
    return AP_OK;
}

enum ap_status standstill_make(const struct model *m, const struct standstill_row *row, struct standstill_time time,
                               struct standstill *out) {
    ASSERT(time.from >= 0 && time.from < m->days);
    ASSERT(time.days >= 0 || time.days == OWN_TIME);
    *out = (struct standstill){.days = 0};
    struct aim a = {m, row, time, out};
    enum ap_status status = standstill_take(&a);
    if (status != AP_OK) {
        standstill_free(out);
        return status;
    }
    if (row->cause == CAUSE_EVENT) event_aim(&a);
    else if (row->kind == STANDSTILL_LANE || row->cause == CAUSE_MODE) lanes_aim(&a);
    else if (row->kind == STANDSTILL_FAMILY || row->cause == CAUSE_SUBTIER) family_aim(&a);
    else enterprises_aim(&a);
    return AP_OK;
}

void standstill_free(struct standstill *o) {
    free(o->shocks);
    free(o->targets);
    free(o->hit);
    *o = (struct standstill){.days = 0};
}
