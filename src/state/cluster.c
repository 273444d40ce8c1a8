// Who owns which cells: derived from the model and the two tables of columns.
#include "state/cluster.h"

#include <string.h>

#include "state/state.h"

// ---- which rows go together ---------------------------------------------------------------------------------------

// Enterprises, then variants, then lanes.
struct forest {
    uint32_t *parent;
    uint32_t variants, lanes, count;     // first variant, first lane, all
};

static uint32_t root_of(struct forest *f, uint32_t one) {
    while (f->parent[one] != one) one = f->parent[one] = f->parent[f->parent[one]];
    return one;
}

static void join(struct forest *f, uint32_t a, uint32_t b) {
    a = root_of(f, a), b = root_of(f, b);
    if (a < b) f->parent[b] = a;
    else f->parent[a] = b;
}

static void rows_join(const struct model *m, struct forest *f) {
    for (uint32_t i = 0; i < f->count; i++) f->parent[i] = i;
    join(f, 0, f->variants);
    join(f, 0, f->lanes);
    for (uint32_t b = 1; b < m->n.build; b++)
        join(f, m->lines[m->builds[b].line].enterprise, f->variants + m->builds[b].variant);
}

static enum ap_status clusters_number(const struct model *m, struct clusters *c) {
    struct forest f = { .variants = m->n.enterprise, .lanes = m->n.enterprise + m->n.variant,
                        .count = m->n.enterprise + m->n.variant + m->n.lane };
    f.parent = arena_take(&c->arena, f.count, sizeof *f.parent);
    uint32_t *number = arena_take(&c->arena, f.count, sizeof *number);
    if (!f.parent || !number) return AP_NO_MEMORY;
    rows_join(m, &f);
    c->count = 0;
    for (uint32_t i = 0; i < f.count; i++) {
        uint32_t root = root_of(&f, i);
        number[i] = root == i ? c->count++ : number[root];
    }
    c->of_enterprise = number;
    c->of_variant = number + f.variants;
    c->of_lane = number + f.lanes;
    return AP_OK;
}

// ---- owners of a row, by the `per` of a column --------------------------------------------------------------------

struct owners {
    const struct clusters *c;
    const struct model *m;
    uint32_t *of_place, *of_transit;
};

static uint32_t owner_one(const struct owners *o, uint32_t row) {
    return o->c->of_enterprise[0] + 0 * row;
}
static uint32_t owner_enterprise(const struct owners *o, uint32_t row) {
    return o->c->of_enterprise[row];
}
static uint32_t owner_stock(const struct owners *o, uint32_t row) {
    return cluster_of_stock(o->c, o->m, row);
}
static uint32_t owner_transit(const struct owners *o, uint32_t row) {
    return o->of_transit[row];
}
static uint32_t owner_link(const struct owners *o, uint32_t row) {
    return row ? cluster_of_supplier(o->c, o->m, row) : 0;
}
static uint32_t owner_maker(const struct owners *o, uint32_t row) {
    return o->c->of_enterprise[o->m->makers[row].enterprise];
}
static uint32_t owner_line(const struct owners *o, uint32_t row) {
    return o->c->of_enterprise[o->m->lines[row].enterprise];
}
static uint32_t owner_shop(const struct owners *o, uint32_t row) {
    return owner_line(o, o->m->shops[row].line);
}
static uint32_t owner_place(const struct owners *o, uint32_t row) {
    return o->of_place[row];
}
static uint32_t owner_build(const struct owners *o, uint32_t row) {
    return owner_line(o, o->m->builds[row].line);
}
static uint32_t owner_build_day(const struct owners *o, uint32_t row) {
    return owner_build(o, row / PLAN_DAYS);
}
static uint32_t owner_variant(const struct owners *o, uint32_t row) {
    return o->c->of_variant[row];
}
static uint32_t owner_offer(const struct owners *o, uint32_t row) {
    return cluster_of_offer(o->c, o->m, row);
}
static uint32_t owner_offer_cohort(const struct owners *o, uint32_t row) {
    return owner_offer(o, row / COHORT_DAYS);
}
static uint32_t owner_offer_day(const struct owners *o, uint32_t row) {
    return owner_offer(o, row / DEALER_RING_DAYS);
}
static uint32_t owner_way(const struct owners *o, uint32_t row) {
    return cluster_of_way(o->c, o->m, row);
}
static uint32_t owner_lane(const struct owners *o, uint32_t row) {
    return o->c->of_lane[row];
}
static uint32_t owner_market(const struct owners *o, uint32_t row) {
    return o->c->of_lane[o->m->markets[row].lane];
}
static uint32_t owner_market_day(const struct owners *o, uint32_t row) {
    return owner_market(o, row / MARKET_RING_DAYS);
}
static uint32_t owner_demand(const struct owners *o, uint32_t row) {
    return owner_stock(o, o->m->demands[row].stock);
}

// The places and ring cells of a row are not in its number: they are looked up.
static enum ap_status owners_make(const struct model *m, struct clusters *c, struct owners *out) {
    *out = (struct owners){ .c = c, .m = m };
    out->of_place = arena_take(&c->arena, m->n.place + 1, sizeof *out->of_place);
    out->of_transit = arena_take(&c->arena, m->n.transit + 1, sizeof *out->of_transit);
    if (!out->of_place || !out->of_transit) return AP_NO_MEMORY;
    for (uint32_t i = 1; i < m->n.shop; i++)
        for (uint32_t b = 0; b < m->lines[m->shops[i].line].builds; b++)
            out->of_place[m->shops[i].first_place + b] = owner_shop(out, i);
    for (int k = 0; k < RINGS; k++) {
        const struct ring *ring = &m->rings[k];
        for (uint32_t i = 0; i < (uint32_t)ring->slots * ring->columns; i++)
            out->of_transit[ring->first + i] = owner_stock(out, m->ring_stocks[ring->first_stock + i % ring->columns]);
    }
    return AP_OK;
}

// ---- cells --------------------------------------------------------------------------------------------------------

// Spans are counted in the first walk over the columns and written in the second.
struct walk {
    struct clusters *c;
    bool     tally, fill;
    uint32_t *last_end;            // [cluster] where its last span ends, plus 1; 0: it has none yet
};

static void cell_add(struct walk *w, uint32_t cluster, uint32_t cell) {
    struct cluster *row = &w->c->rows[cluster];
    uint32_t *spans = w->tally ? &row->tally_spans : &row->state_spans;
    uint32_t first = w->tally ? row->first_tally : row->first_state;
    bool next = w->last_end[cluster] == cell + 1;
    if (!w->fill) *(w->tally ? &row->tally_cells : &row->state_cells) += 1;
    if (!next) {
        if (w->fill) w->c->spans[first + *spans] = (struct cells){ cell, 0 };
        ++*spans;
    }
    if (w->fill) w->c->spans[first + *spans - 1].count++;
    w->last_end[cluster] = cell + 2;
}

typedef uint32_t owner_function(const struct owners *o, uint32_t row);

static void column_walk(struct walk *w, const struct owners *o, owner_function *owner, struct cells column) {
    for (uint32_t i = 0; i < column.count; i++) {
        uint32_t cluster = owner(o, i);
        cell_add(w, cluster, column.first + i);
        if (w->tally || owner != owner_link || i == 0) continue;   // a sum has one owner: who ships
        uint32_t buyer = cluster_of_buyer(o->c, o->m, i);
        if (buyer != cluster) cell_add(w, buyer, column.first + i);
    }
}

static void state_walk(struct walk *w, const struct owners *o, const struct state *s) {
    const struct model *m = o->m;
    w->tally = false;
#define COLUMN_WALK(column, per, unit, meaning)                                                                        \
    column_walk(w, o, owner_##per, (struct cells){ (uint32_t)(s->column - s->block), m->n.per });
    STATE_COLUMNS(COLUMN_WALK)
}

static void tally_walk(struct walk *w, const struct owners *o, const struct tally *t) {
    const struct model *m = o->m;
    w->tally = true;
#define TALLY_WALK(column, per, unit, meaning)                                                                         \
    column_walk(w, o, owner_##per, (struct cells){ (uint32_t)(t->column - t->block), m->n.per });
    TALLY_COLUMNS(TALLY_WALK)
}

static void both_walk(struct walk *w, const struct owners *o, const struct state *s, const struct tally *t) {
    memset(w->last_end, 0, w->c->count * sizeof *w->last_end);
    state_walk(w, o, s);
    memset(w->last_end, 0, w->c->count * sizeof *w->last_end);
    tally_walk(w, o, t);
}

// After the counting walk: where each cluster's spans begin.
static enum ap_status spans_take(struct clusters *c) {
    for (uint32_t i = 0; i < c->count; i++) {
        struct cluster *row = &c->rows[i];
        row->first_state = c->span_count;
        row->first_tally = c->span_count + row->state_spans;
        c->span_count = row->first_tally + row->tally_spans;
        row->state_spans = row->tally_spans = 0;
        c->state_most = row->state_cells > c->state_most ? row->state_cells : c->state_most;
    }
    c->spans = arena_take(&c->arena, c->span_count + 1, sizeof *c->spans);
    return c->spans ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status cells_share(const struct model *m, struct clusters *c, struct state *s, struct tally *t) {
    struct owners o;
    struct walk w = { .c = c };
    TRY(owners_make(m, c, &o));
    c->rows = arena_take(&c->arena, c->count, sizeof *c->rows);
    w.last_end = arena_take(&c->arena, c->count, sizeof *w.last_end);
    if (!c->rows || !w.last_end) return AP_NO_MEMORY;
    TRY(state_make(m, s));
    TRY(tally_make(m, t));
    both_walk(&w, &o, s, t);
    TRY(spans_take(c));
    w.fill = true;
    both_walk(&w, &o, s, t);
    return AP_OK;
}

// The model says which builds a stock is planned for; here the stocks of each build.
static enum ap_status users_find(const struct model *m, struct clusters *c) {
    c->first_user = arena_take(&c->arena, m->n.build + 2, sizeof *c->first_user);
    c->users = arena_take(&c->arena, m->first_planned[m->n.stock] + 1, sizeof *c->users);
    if (!c->first_user || !c->users) return AP_NO_MEMORY;
    for (uint32_t i = m->first_planned[1]; i < m->first_planned[m->n.stock]; i++)
        c->first_user[m->planned[i].build + 1]++;
    for (uint32_t b = 0; b <= m->n.build; b++) c->first_user[b + 1] += c->first_user[b];
    for (uint32_t s = m->n.stock; s-- > 1;)
        for (uint32_t i = m->first_planned[s]; i < m->first_planned[s + 1]; i++)
            c->users[--c->first_user[m->planned[i].build + 1]] = s;
    for (uint32_t b = 0; b <= m->n.build; b++) c->first_user[b] = c->first_user[b + 1];
    return AP_OK;
}

enum ap_status clusters_make(const struct model *m, struct clusters *out) {
    ASSERT(m && out);
    *out = (struct clusters){ 0 };
    struct state s = { 0 };
    struct tally t = { 0 };
    enum ap_status status = clusters_number(m, out);
    if (status == AP_OK) status = users_find(m, out);
    if (status == AP_OK) status = cells_share(m, out, &s, &t);
    state_free(&s);
    tally_free(&t);
    if (status != AP_OK) clusters_free(out);
    return status;
}

void clusters_free(struct clusters *c) {
    arena_free(&c->arena);
    *c = (struct clusters){ 0 };
}
