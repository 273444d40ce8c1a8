// Shocks (M-11): each step becomes days and a list of the rows it hits. Inactive steps are compiled too, so that a
// model with a shock switched on has the same columns as the one without, and a what-if can fork.
#include "model/builder.h"

#include <string.h>

enum { SHOCK_FACTOR_MOST = 100 };      // so that what is multiplied can still be counted

struct aim {
    struct builder *b;
    const struct shock_row *row;
    struct list *targets;
};

static void hit(struct aim *a, enum target_kind kind, uint32_t row) {
    struct target *target = list_add(a->b, a->targets, sizeof *target);
    *target = (struct target){ (uint8_t)kind, row };
}

static bool enterprise_hit(const struct aim *a, uint32_t enterprise) {
    const struct tables *t = a->b->t;
    const struct enterprise_row *e = &t->enterprises[a->b->m->enterprises[enterprise].table_row];
    const struct district_row *d = &t->districts[e->district];
    switch ((enum scope)a->row->scope) {
    case SCOPE_EVERYTHING: return true;
    case SCOPE_REGION: return d->in_region;
    case SCOPE_OUTSIDE: return !d->in_region;
    case SCOPE_ENTERPRISE: return strcmp(e->enterprise, a->row->target) == 0;
    case SCOPE_FAMILY: return strcmp(e->family, a->row->target) == 0;
    case SCOPE_DISTRICT: return strcmp(d->district, a->row->target) == 0;
    case SCOPE_ZONE: return strcmp(d->zone, a->row->target) == 0;
    case SCOPE_MAKER: return strcmp(e->maker, a->row->target) == 0;
    default: return false;
    }
}

static bool product_hit(const struct aim *a, uint32_t family) {
    return a->row->scope == SCOPE_PRODUCT && strcmp(a->b->t->products[family].product, a->row->target) == 0;
}

static bool line_hit(const struct aim *a, uint32_t line) {
    const struct model *m = a->b->m;
    if (a->row->scope == SCOPE_LINE)
        return strcmp(a->b->t->lines[m->lines[line].table_row].line, a->row->target) == 0;
    return enterprise_hit(a, m->lines[line].enterprise);
}

static void supply_aim(struct aim *a) {
    const struct model *m = a->b->m;
    for (uint32_t i = 1; i < m->n.maker; i++)
        if (enterprise_hit(a, m->makers[i].enterprise) ||
            product_hit(a, a->b->t->makers[m->makers[i].table_row].product))
            hit(a, TARGET_MAKER, i);
    for (uint32_t i = 1; i < m->n.line; i++)
        if (line_hit(a, i)) hit(a, TARGET_LINE, i);
}

static void allocation_aim(struct aim *a) {
    const struct model *m = a->b->m;
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (m->stocks[s].outs &&
            (enterprise_hit(a, m->stocks[s].enterprise) || product_hit(a, m->products[m->stocks[s].product].family)))
            hit(a, TARGET_STOCK, s);
}

static void transit_aim(struct aim *a) {
    const struct model *m = a->b->m;
    for (uint32_t i = 1; i < m->n.link; i++)
        if (enterprise_hit(a, m->links[i].supplier_enterprise) ||
            product_hit(a, m->products[m->stocks[m->links[i].buyer].product].family))
            hit(a, TARGET_LINK, i);
}

static bool offer_hit(const struct aim *a, const struct offer *o) {
    const struct tables *t = a->b->t;
    const struct platform_row *p = &t->platforms[t->variants[a->b->m->variants[o->variant].table_row].platform];
    switch ((enum scope)a->row->scope) {
    case SCOPE_EVERYTHING: return true;
    case SCOPE_REGION: return o->channel == CHANNEL_LOCAL;
    case SCOPE_OUTSIDE: return o->channel != CHANNEL_LOCAL;
    case SCOPE_PLATFORM: return strcmp(p->platform, a->row->target) == 0;
    case SCOPE_MAKER: return strcmp(p->maker, a->row->target) == 0;
    default: return false;
    }
}

static void demand_aim(struct aim *a) {
    const struct model *m = a->b->m;
    if (a->row->scope != SCOPE_MARKET) {
        for (uint32_t i = 1; i < m->n.offer; i++)
            if (offer_hit(a, &m->offers[i])) hit(a, TARGET_OFFER, i);
        return;
    }
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (strcmp(a->b->t->markets[m->markets[i].table_row].market, a->row->target) != 0) continue;
        if (m->markets[i].channel == CHANNEL_EXPORT) hit(a, TARGET_MARKET, i);
        for (uint32_t o = 1; o < m->n.offer; o++)   // one market is local, one domestic: its offers
            if (m->markets[i].channel != CHANNEL_EXPORT && m->offers[o].channel == m->markets[i].channel)
                hit(a, TARGET_OFFER, o);
    }
}

static void lane_aim(struct aim *a) {
    const struct model *m = a->b->m;
    for (uint32_t i = 1; i < m->n.lane; i++)
        if (strcmp(a->b->t->lanes[m->lanes[i].table_row].lane, a->row->target) == 0) hit(a, TARGET_LANE, i);
}

static void aim(struct aim *a) {
    if (a->row->scope == SCOPE_LANE) lane_aim(a);
    else if (a->row->basis == BASIS_DEMAND) demand_aim(a);
    else if (a->row->basis == BASIS_ALLOCATION) allocation_aim(a);
    else if (a->row->basis == BASIS_TRANSIT) transit_aim(a);
    else supply_aim(a);
}

// Steps that would do nothing, or more than a tick can count.
static void shock_limits(const struct aim *a) {
    const struct shock_row *row = a->row;
    struct complaints *c = a->b->c;
    if (row->factor > SHOCK_FACTOR_MOST || (row->common.law != LAW_NONE && row->common.high > SHOCK_FACTOR_MOST))
        complain(c, row->common.source, 0, NULL, "SHOCK_FACTOR", "a factor is a ratio: 0.4 leaves 40 per cent",
                 "a shock multiplies by %d at most: \"%g\"", SHOCK_FACTOR_MOST, row->factor);
    if (row->basis == BASIS_TRANSIT && row->extra_hours <= 0 && row->factor < 1)
        complain(c, row->common.source, 0, NULL, "SHOCK_WITHOUT_EFFECT",
                 "give extra_hours, or let a lane depart less often with basis capacity",
                 "shock \"%s\" hits transit and adds no hours", row->shock);
    for (uint32_t i = 1; row->basis == BASIS_DEMAND && row->scope == SCOPE_MARKET && i <= a->b->t->markets_count; i++) {
        const struct market_row *market = &a->b->t->markets[i];
        if (market->channel != CHANNEL_EXPORT || row->factor <= 1 || strcmp(market->market, row->target) != 0) continue;
        complain(c, row->common.source, 0, NULL, "SHOCK_WITHOUT_EFFECT",
                 "raise its row in shares.csv, or hit outside, a maker or a platform",
                 "demand of one export market can fall, not rise: \"%g\"", row->factor);
    }
}

void shocks_build(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    struct list targets = { 0 };
    m->shocks = model_take(b, t->shocks_count, sizeof *m->shocks);
    for (uint32_t i = 1; i <= t->shocks_count && !b->refused; i++) {
        const struct shock_row *row = &t->shocks[i];
        struct aim a = { b, row, &targets };
        shock_limits(&a);
        struct shock *shock = &m->shocks[m->shock_count++];
        uint64_t who = hash_pair(hash_text(row->shock), (uint64_t)(int64_t)row->from);
        *shock = (struct shock){
            .table_row = i, .active = row->active, .from = row->from - m->first_day, .until = row->until - m->first_day,
            .scope = (uint8_t)row->scope, .basis = (uint8_t)row->basis,
            .factor_ppm = (int32_t)(drawn(b, who, &row->common, row->factor) * 1e6 + 0.5),
            .extra_ticks = ticks_of(b, row->extra_hours), .first_target = targets.count,
        };
        aim(&a);
        shock->targets = targets.count - shock->first_target;
        if (shock->targets == 0 && row->active && b->world == 0)   // a drawn network may not use the target
            complain(b->c, row->common.source, 0, NULL, "SHOCK_HITS_NOTHING", "check scope, target and basis",
                     "shock \"%s\" with target \"%s\" hits no row", row->shock, row->target);
    }
    m->targets = model_take(b, targets.count, sizeof *m->targets);
    if (!b->refused && targets.count) memcpy(m->targets, targets.items, targets.count * sizeof *m->targets);
    list_free(&targets);
}
