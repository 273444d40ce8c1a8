// Planned use: how much of each stock the plans of the builds use, through bills and shares, all tiers (M-4.1); and the
// rate at which makers can follow it (M-10).
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

struct use {
    uint32_t build;
    double   units;                // per vehicle of the build
};

struct uses {
    struct use *items;
    uint32_t    count;
    uint8_t     seen;              // 0 no, 1 on the way, 2 done
};

struct planner {
    struct builder *b;
    struct uses    *of;            // [stock]
    double         *sum;           // [build]
    uint32_t       *touched;
    // users of a stock inside its enterprise: builds and made stocks
    uint32_t       *first_user;    // [stock + 1]
    struct { uint32_t row; int32_t quantity; bool made; } *users;
};

static void use_add(struct planner *p, uint32_t *count, uint32_t build, double units) {
    if (p->sum[build] == 0) p->touched[(*count)++] = build;
    p->sum[build] += units;
}

static int row_compare(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

// Keeps what was summed as the uses of a stock and clears the sums.
static void uses_keep(struct planner *p, struct uses *uses, uint32_t count) {
    qsort(p->touched, count, sizeof *p->touched, row_compare);
    uses->items = scratch_take(p->b, count, sizeof *uses->items);
    uses->count = p->b->refused ? 0 : count;
    for (uint32_t k = 0; k < count; k++) {
        if (!p->b->refused) uses->items[k] = (struct use){ p->touched[k], p->sum[p->touched[k]] };
        p->sum[p->touched[k]] = 0;
    }
}

static void stock_follow(struct planner *p, uint32_t row);

// First everything that uses the stock is followed, so that the sums below are not disturbed.
static void users_follow(struct planner *p, uint32_t row) {
    const struct model *m = p->b->m;
    for (uint32_t k = p->first_user[row]; k < p->first_user[row + 1]; k++)
        if (p->users[k].made) stock_follow(p, p->users[k].row);
    for (uint32_t k = 0; k < m->stocks[row].outs; k++)
        stock_follow(p, m->links[m->stocks[row].first_out + k].buyer);
}

static double good_share(const struct planner *p, uint32_t stock) {
    uint32_t maker = p->b->m->stocks[stock].maker;
    return maker ? (double)p->b->m->makers[maker].yield_ppm / 1e6 : 1;
}

static void stock_follow(struct planner *p, uint32_t row) {
    const struct model *m = p->b->m;
    struct uses *uses = &p->of[row];
    if (uses->seen == 1)
        complain(p->b->c, p->b->t->enterprises[m->enterprises[m->stocks[row].enterprise].table_row].common.source, 0,
                 NULL, "CYCLIC_SUPPLY", NULL, "\"%s\" supplies itself through others with \"%s\"",
                 enterprise_name(m, m->stocks[row].enterprise), m->products[m->stocks[row].product].id);
    if (uses->seen) return;
    uses->seen = 1;
    users_follow(p, row);
    uint32_t count = 0;
    for (uint32_t k = p->first_user[row]; k < p->first_user[row + 1]; k++) {
        uint32_t user = p->users[k].row;
        if (!p->users[k].made) {
            use_add(p, &count, user, p->users[k].quantity);
            continue;
        }
        for (uint32_t i = 0; i < p->of[user].count; i++)
            use_add(p, &count, p->of[user].items[i].build,
                    p->of[user].items[i].units * p->users[k].quantity / good_share(p, user));
    }
    for (uint32_t k = 0; k < m->stocks[row].outs; k++) {
        const struct link *link = &m->links[m->stocks[row].first_out + k];
        for (uint32_t i = 0; link->approved && i < p->of[link->buyer].count; i++)
            use_add(p, &count, p->of[link->buyer].items[i].build,
                    p->of[link->buyer].items[i].units * link->share_ppm / 1e6);
    }
    uses_keep(p, uses, count);
    uses->seen = 2;
}

static void users_index(struct planner *p) {
    struct builder *b = p->b;
    struct model *m = b->m;
    uint32_t total = m->first_need[m->n.stock];
    for (uint32_t k = 1; k < m->n.build; k++) total += m->builds[k].needs;
    p->first_user = scratch_take(b, m->n.stock + 2, sizeof *p->first_user);
    p->users = scratch_take(b, total, sizeof *p->users);
    if (b->refused) return;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t s = 1; s < m->n.stock; s++)
            for (uint32_t i = m->first_need[s]; i < m->first_need[s + 1]; i++) {
                uint32_t at = p->first_user[m->needs[i].stock + (pass ? 0 : 1)]++;
                if (!pass) continue;
                p->users[at].row = s, p->users[at].quantity = m->needs[i].quantity, p->users[at].made = true;
            }
        for (uint32_t k = 1; k < m->n.build; k++)
            for (uint32_t i = m->builds[k].first_need; i < m->builds[k].first_need + m->builds[k].needs; i++) {
                uint32_t at = p->first_user[m->needs[i].stock + (pass ? 0 : 1)]++;
                if (!pass) continue;
                p->users[at].row = k, p->users[at].quantity = m->needs[i].quantity, p->users[at].made = false;
            }
        if (!pass)
            for (uint32_t s = 0; s <= m->n.stock; s++) p->first_user[s + 1] += p->first_user[s];
    }
    for (uint32_t s = m->n.stock + 1; s > 0; s--) p->first_user[s] = p->first_user[s - 1];   // undo the second pass
    p->first_user[0] = 0;
}

static void planned_keep(struct planner *p) {
    struct builder *b = p->b;
    struct model *m = b->m;
    uint32_t total = 0;
    for (uint32_t s = 1; s < m->n.stock; s++) total += p->of[s].count;
    m->first_planned = model_take(b, m->n.stock + 1, sizeof *m->first_planned);
    m->planned = model_take(b, total, sizeof *m->planned);
    if (b->refused) return;
    uint32_t at = 0;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        m->first_planned[s] = at;
        for (uint32_t i = 0; i < p->of[s].count; i++) {
            double use = p->of[s].items[i].units * 1024 + 0.5;
            m->planned[at++] = (struct planned_use){ p->of[s].items[i].build, use > 4e9 ? 4000000000u : (uint32_t)use };
        }
    }
    m->first_planned[m->n.stock] = at;
}

static uint32_t calendar_of_source(const struct model *m, const struct stock *stock) {
    if (stock->kind == STOCK_MADE) return m->makers[stock->maker].calendar;
    for (uint32_t k = 0; k < stock->sources; k++) {
        const struct link *link = &m->links[m->source_links[stock->first_source + k]];
        if (link->approved) return m->enterprises[link->supplier_enterprise].calendar;
    }
    return 0;
}

// A bought stock's target covers transit and review beside its cover; a made one's its flow beside its cover.
static void horizons_set(struct builder *b) {
    struct model *m = b->m;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct stock *stock = &m->stocks[s];
        struct stock_plan *plan = &m->stock_plans[s];
        bool made = stock->kind == STOCK_MADE;
        int32_t ticks = made ? m->makers[stock->maker].flow_ticks : plan->review_ticks + 1, transit = 0;
        for (uint32_t k = 0; k < stock->sources; k++) {
            const struct link *link = &m->links[m->source_links[stock->first_source + k]];
            int32_t most = link->transit_ticks + spread_usual(link);
            if (link->approved && most > transit) transit = most;
        }
        if (made) plan->horizon_days_milli = m->makers[stock->maker].cover_days_milli;
        plan->horizon_days_milli += (int32_t)((int64_t)(ticks + transit) * 1000 / m->ticks_per_day);
        plan->calendar = calendar_of_source(m, stock);
    }
}

static void makers_rows(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t *maker_of = scratch_take(b, t->makers_count + 1, sizeof *maker_of);
    struct sorted *order = scratch_take(b, t->makers_count, sizeof *order);
    m->makers = model_take(b, t->makers_count + 1, sizeof *m->makers);
    if (b->refused) return;
    for (uint32_t i = 0; i < t->makers_count; i++)
        order[i] = (struct sorted){ t->products[t->makers[i + 1].product].product, i + 1 };
    sorted_order(order, t->makers_count);
    uint32_t *enterprise = scratch_take(b, t->makers_count + 1, sizeof *enterprise);
    struct groups of_enterprise;
    if (b->refused) return;
    for (uint32_t i = 0; i < t->makers_count; i++)
        enterprise[i + 1] = b->enterprise_of[t->makers[order[i].row].enterprise];
    groups_make(b, enterprise, t->makers_count, m->n.enterprise, &of_enterprise);
    if (b->refused) return;
    m->n.maker = t->makers_count + 1;
    for (uint32_t i = 0; i < t->makers_count; i++) maker_of[order[of_enterprise.rows[i] - 1].row] = i + 1;
    for (uint32_t i = 1; i <= t->makers_count; i++) {
        const struct maker_row *row = &t->makers[i];
        uint32_t e = b->enterprise_of[row->enterprise];
        m->makers[maker_of[i]] = (struct maker){
            .who = hash_pair(m->enterprises[e].who, hash_text(t->products[row->product].product)),
            .table_row = i, .enterprise = e, .calendar = m->enterprises[e].calendar,
            .overtime_ppm = (int32_t)(row->overtime_share * 1e6 + 0.5),
            .flow_ticks = ticks_of(b, row->flow_hours) < 1 ? 1 : ticks_of(b, row->flow_hours),
            .yield_ppm = (int32_t)(row->yield * 1e6 + 0.5),
            .cover_days_milli = (int32_t)(row->cover_days * 1000 + 0.5),
            .servers = (int32_t)row->servers,
        };
    }
    for (uint32_t s = 1; s < b->stocks.count; s++)
        if (draft_of(b, s)->maker_row)
            m->stocks[draft_of(b, s)->final_row].maker = maker_of[draft_of(b, s)->maker_row];
}

void plans_build(struct builder *b) {
    struct model *m = b->m;
    makers_rows(b);
    struct planner p = { .b = b };
    p.of = scratch_take(b, m->n.stock, sizeof *p.of);
    p.sum = scratch_take(b, m->n.build, sizeof *p.sum);
    p.touched = scratch_take(b, m->n.build, sizeof *p.touched);
    if (b->refused) return;
    users_index(&p);
    for (uint32_t s = 1; s < m->n.stock && !b->refused; s++) stock_follow(&p, s);
    if (b->refused) return;
    planned_keep(&p);
    horizons_set(b);
}
