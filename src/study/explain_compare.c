// A day of both runs, row by row: parts before the stocks that need them, suppliers before buyers, so that the first
// day of whatever falls short finds its cause already written.
#include "study/explain_compare.h"

#include <string.h>

bool path_days_mark(struct path_days *d, int32_t day) {
    bool begins = d->first < 0, spell = begins || (d->later == 0 && day - d->last <= SPELL_PAUSE);
    if (begins) d->first = day;
    d->latest = day;
    if (!spell) {
        d->later++;
        return false;
    }
    d->last = day;
    d->days++;
    return true;
}

static void days_clear(struct path_days *d) {
    *d = (struct path_days){-1, -1, 0, 0, -1};
}

static bool hits_make(struct hits *h, uint32_t rows, struct arena *a) {
    *h = (struct hits){TAKE(a, rows, uint32_t), TAKE(a, rows, uint32_t), rows};
    return h->today && h->ever;
}

enum ap_status sides_make(struct sides *x, struct arena *a) {
    const struct counts *n = &x->e->m->n;
    uint32_t needs = x->shocked.needs + 1;
    x->over = TAKE(a, needs, int32_t);
    x->need_units = TAKE(a, needs, int64_t);
    x->build_today = TAKE(a, n->build, int64_t);
    x->build_gap = TAKE(a, n->build, int64_t);
    x->shock_units = TAKE(a, n->line, int64_t);
    x->score = TAKE(a, n->stock, int32_t);
    x->fresh = TAKE(a, n->stock, bool);
    x->covers = TAKE(a, n->stock, struct cover);
    x->busy_gap = TAKE(a, n->line, int64_t);
    x->open_gap = TAKE(a, n->line, int64_t);
    bool good = x->busy_gap && x->open_gap && x->over && x->need_units && x->build_today && x->build_gap &&
                x->shock_units && x->score && x->fresh && x->covers;
    good = hits_make(&x->makers, n->maker, a) && good;
    good = hits_make(&x->lines, n->line, a) && good;
    good = hits_make(&x->stocks, n->stock, a) && good;
    good = hits_make(&x->links, n->link, a) && good;
    good = hits_make(&x->lanes, n->lane, a) && good;
    good = hits_make(&x->offers, n->offer, a) && good;
    return good ? AP_OK : AP_NO_MEMORY;
}

void sides_begin(struct sides *x) {
    const struct model *m = x->e->m;
    const struct run *calm = &x->calm.run;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        int64_t on_hand = calm->state.stock_on_hand[s];
        x->covers[s] =
            (struct cover){on_hand + calm->state.stock_under_way[s], on_hand, calm->tally.stock_received[s], 0, false};
        x->e->stocks[s].cover_milli = -1;
        days_clear(&x->e->stocks[s].less);
        days_clear(&x->e->stocks[s].held);
        days_clear(&x->e->stocks[s].missed);
    }
    for (uint32_t i = 1; i < m->n.link; i++) days_clear(&x->e->links[i].owing);
    for (uint32_t l = 1; l < m->n.line; l++) {
        struct line_path *path = &x->e->lines[l];
        days_clear(&path->slow);
        days_clear(&path->idle);
        days_clear(&path->overtime);
        days_clear(&path->shift);
    }
    for (uint32_t i = 1; i < m->n.maker; i++) {
        days_clear(&x->e->makers[i].overtime);
        days_clear(&x->e->makers[i].shift);
    }
    for (uint32_t o = 1; o < m->n.offer; o++) days_clear(&x->e->offers[o].lost);
    for (uint32_t i = 1; i < m->n.lane; i++) {
        days_clear(&x->e->lanes[i].waiting);
        x->e->lanes[i].most_day = -1;
    }
}

// ---- the shock ----------------------------------------------------------------------------------------------------

static void hits_set(struct hits *h, uint32_t row, uint32_t shock) {
    h->today[row] = shock;
    h->ever[row] = shock;
}

static void shock_hit(struct sides *x, uint32_t number) {
    const struct shock *shock = &x->e->m->shocks[number - 1];
    for (uint32_t i = shock->first_target; i < shock->first_target + shock->targets; i++) {
        const struct target *target = &x->e->m->targets[i];
        switch ((enum target_kind)target->kind) {
        case TARGET_MAKER: hits_set(&x->makers, target->row, number); break;
        case TARGET_LINE: hits_set(&x->lines, target->row, number); break;
        case TARGET_STOCK: hits_set(&x->stocks, target->row, number); break;
        case TARGET_LINK: hits_set(&x->links, target->row, number); break;
        case TARGET_LANE: hits_set(&x->lanes, target->row, number); break;
        case TARGET_OFFER: hits_set(&x->offers, target->row, number); break;
        case TARGET_MARKET:
            for (uint32_t w = 1; w < x->e->m->n.way; w++)
                if (x->e->m->ways[w].market == target->row) hits_set(&x->offers, x->e->m->ways[w].offer, number);
            break;
        }
    }
}

static void shocks_hit(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    struct hits *all[] = {&x->makers, &x->lines, &x->stocks, &x->links, &x->lanes, &x->offers};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        memset(all[i]->today, 0, all[i]->rows * sizeof *all[i]->today);
    for (uint32_t i = 0; i < m->shock_count; i++)
        if (x->e->hit[i] && day >= m->shocks[i].from && day <= m->shocks[i].until) shock_hit(x, i + 1);
}

// ---- what is too low ----------------------------------------------------------------------------------------------

uint32_t needs_tightest(struct sides *x, uint32_t first, uint32_t end, uint32_t best) {
    const struct need *needs = x->e->m->needs;
    for (uint32_t i = first; i < end; i++) {
        if (x->over[i] == 0) continue;
        x->score[needs[i].stock] += x->over[i];
        if (x->score[needs[i].stock] > x->score[best]) best = needs[i].stock;
    }
    return best;
}

void needs_clear(struct sides *x, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) x->score[x->e->m->needs[i].stock] = 0;
}

void needs_held(struct sides *x, uint32_t first, uint32_t end, uint32_t user, int32_t day) {
    for (uint32_t i = first; i < end; i++) {
        if (x->over[i] == 0) continue;
        uint32_t row = x->e->m->needs[i].stock;
        struct stock_path *path = &x->e->stocks[row];
        if (path->held.first < 0) {
            x->fresh[row] = true;
            path->user = user;
        }
        if (path->held.latest != day) path_days_mark(&path->held, day);
    }
}

// Hours in which a stock was too low and held somebody up: those of the need that it failed most often.
static void hours_add(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    int64_t tick_milli = (int64_t)m->tick_seconds * 1000 / 3600;
    memset(x->score, 0, m->n.stock * sizeof *x->score);
    for (uint32_t i = 0; i < x->shocked.needs; i++)
        if (x->over[i] > x->score[m->needs[i].stock]) x->score[m->needs[i].stock] = x->over[i];
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct path_days *held = &x->e->stocks[s].held;
        if (held->latest == day && held->later == 0) x->e->stocks[s].hours_milli += x->score[s] * tick_milli;
        x->score[s] = 0;
    }
}

void stock_cost(struct sides *x, uint32_t row, int64_t units) {
    if (row && x->e->stocks[row].held.later == 0) x->e->stocks[row].units += units;
}

static int64_t lacking(const struct model *m, const struct state *s, uint32_t stock) {
    int64_t owed = 0;
    const struct stock *of = &m->stocks[stock];
    for (uint32_t i = of->first_out; i < of->first_out + of->outs; i++) owed += s->link_owed[i];
    return owed - s->stock_on_hand[stock] - s->stock_under_way[stock];
}

// A maker that started fewer units although more of them are lacking: for the shock, or for want of a component.
static void made_compare(struct sides *x, uint32_t row, int32_t day) {
    const struct model *m = x->e->m;
    struct stock_path *path = &x->e->stocks[row];
    int64_t fewer = (int64_t)x->calm.started[row] - x->shocked.started[row];
    path->gap += fewer;
    if (path->less.later == 0) path->gap_most = larger_of(path->gap_most, path->gap);
    if (fewer <= 0) return;
    uint32_t maker = m->stocks[row].maker, first = m->first_need[row], end = m->first_need[row + 1];
    struct path_row cause = {PATH_SHOCK, x->makers.today[maker]};
    bool wants = lacking(m, &x->shocked.run.state, row) > lacking(m, &x->calm.run.state, row);
    if (!cause.row && wants) {
        cause = (struct path_row){PATH_STOCK, needs_tightest(x, first, end, 0)};
        needs_clear(x, first, end);
        needs_held(x, first, end, row, day);
        stock_cost(x, cause.row, fewer);
    }
    if (!cause.row) return;
    if (path->less.first < 0) path->cause = cause;
    path_days_mark(&path->less, day);
}

// ---- links --------------------------------------------------------------------------------------------------------

// The supplier owes on this link, for a cause that stands at its first day.
static void link_mark(struct sides *x, uint32_t row, int32_t day) {
    uint32_t supplier = x->e->m->links[row].supplier;
    struct link_path *path = &x->e->links[row];
    if (path->owing.first < 0) {
        uint32_t shock = x->stocks.ever[supplier];
        path->cause = (struct path_row){PATH_BACKLOG, 0};
        if (supplier && x->e->stocks[supplier].less.first >= 0) path->cause = (struct path_row){PATH_STOCK, supplier};
        if (supplier && shock) path->cause = (struct path_row){PATH_SHOCK, shock};
    }
    if (path->owing.latest != day) path_days_mark(&path->owing, day);
}

static void link_compare(struct sides *x, uint32_t row, int32_t day) {
    const struct link *link = &x->e->m->links[row];
    struct link_path *path = &x->e->links[row];
    struct stock_path *buyer = &x->e->stocks[link->buyer];
    int64_t fewer = (int64_t)x->calm.link_sent[row] - x->shocked.link_sent[row];
    path->gap += fewer;
    if (path->owing.later == 0) path->gap_most = larger_of(path->gap_most, path->gap);
    buyer->gap += fewer;
    if (x->shocked.link_ticks[row] <= x->calm.link_ticks[row] || path->gap <= 0) return;
    link_mark(x, row, day);
}

// What is missing on a link was either not shipped although it was ordered, or not ordered: the larger part tells.
static bool link_blamed(const struct sides *x, uint32_t link) {
    int64_t owed = (int64_t)x->shocked.run.state.link_owed[link] - x->calm.run.state.link_owed[link];
    return x->e->links[link].owing.first >= 0 || owed * 2 >= x->e->links[link].gap;
}

// Why a bought stock was too low: the supplier who is furthest behind, goods that travel longer, or its own orders.
static void stock_cause(struct sides *x, uint32_t row, int32_t day) {
    const struct model *m = x->e->m;
    const struct stock *stock = &m->stocks[row];
    struct stock_path *path = &x->e->stocks[row];
    uint32_t behind = 0, late = 0;
    int64_t most = 0;
    for (uint32_t i = stock->first_source; i < stock->first_source + stock->sources; i++) {
        uint32_t link = m->source_links[i];
        if (x->links.ever[link]) late = x->links.ever[link];
        if (x->e->links[link].gap <= most) continue;
        most = x->e->links[link].gap;
        behind = link;
    }
    path->gap_first = path->gap;
    if (behind && link_blamed(x, behind)) {
        if (x->e->links[behind].owing.first < 0) link_mark(x, behind, day);
        path->cause = (struct path_row){PATH_LINK, behind};
    } else if (late) {
        path->cause = (struct path_row){PATH_SHOCK, late};
    } else {
        path->cause = (struct path_row){behind ? PATH_ORDERS : PATH_BACKLOG, 0};
    }
}

// The day on which the undisturbed run would have used up what was there before the shock.
static void cover_count(struct sides *x, uint32_t row, int32_t passed) {
    const struct run *calm = &x->calm.run;
    struct cover *cover = &x->covers[row];
    if (cover->over) return;
    int64_t used = calm->tally.stock_received[row] - cover->received + cover->on_hand - calm->state.stock_on_hand[row];
    if (used > cover->have) {
        x->e->stocks[row].cover_milli =
            (int32_t)(passed * 1000 + (cover->have - cover->used) * 1000 / (used - cover->used));
        cover->over = true;
    }
    cover->used = used;
}

static void stocks_compare(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        struct stock_path *path = &x->e->stocks[s];
        bool made = m->stocks[s].kind != STOCK_BOUGHT;
        if (made && x->fresh[s] && path->less.first < 0) path->cause = (struct path_row){PATH_BACKLOG, 0};
        if (made) x->fresh[s] = false;
        if (made) continue;
        if (path->held.later == 0) path->gap_most = larger_of(path->gap_most, path->gap);
        cover_count(x, s, day - x->e->span.first);
        if (x->fresh[s]) stock_cause(x, s, day);
        x->fresh[s] = false;
    }
}

// Outside demand at stocks, where there is any.
static void demand_compare(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    const struct run *calm = &x->calm.run, *shocked = &x->shocked.run;
    for (uint32_t i = 1; i < m->n.demand; i++) x->e->stocks[m->demands[i].stock].missed_units = 0;
    for (uint32_t i = 1; i < m->n.demand; i++)
        x->e->stocks[m->demands[i].stock].missed_units += shocked->tally.demand_lost[i] - calm->tally.demand_lost[i];
    for (uint32_t i = 1; i < m->n.demand; i++) {
        uint32_t stock = m->demands[i].stock;
        struct stock_path *path = &x->e->stocks[stock];
        int64_t missed = path->missed_units + shocked->state.stock_backlog[stock] - calm->state.stock_backlog[stock];
        if (missed <= 0 || path->missed.latest == day) continue;
        if (path_days_mark(&path->missed, day)) path->missed_most = larger_of(path->missed_most, missed);
    }
}

void sides_day(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    shocks_hit(x, day);
    for (uint32_t i = 0; i < x->shocked.needs; i++)
        x->over[i] = (int32_t)larger_of(x->shocked.need_ticks[i] - x->calm.need_ticks[i], 0);
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (m->stocks[s].kind == STOCK_MADE) made_compare(x, s, day);
    for (uint32_t i = 1; i < m->n.link; i++) link_compare(x, i, day);
    lines_compare(x, day);
    hours_add(x, day);
    stocks_compare(x, day);
    demand_compare(x, day);
    makers_compare(x, day);
    offers_compare(x, day);
    lanes_compare(x, day);
}
