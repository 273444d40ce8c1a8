// Forks of a baseline. A what-if may end only after its last shock day: before it, equal states do not mean equal
// futures.
#include "study/fork.h"

#include <stdlib.h>
#include <string.h>

#include "study/cone.h"

// ---- the baseline -------------------------------------------------------------------------------------------------

static enum ap_status baseline_days(struct baseline *b, struct run *r, int32_t first) {
    for (int32_t day = 0; day < b->days; day++) {
        if (day == first) TRY(journal_begin(&b->journal, r, first));
        TRY(day < first ? run_day(r, day) : journal_day(&b->journal, r, day));
    }
    TRY(journal_end(&b->journal, r));
    TRY(tally_make(b->m, &b->tally));
    TRY(state_make(b->m, &b->end));
    memcpy(b->tally.block, r->tally.block, r->tally.cells * sizeof *r->tally.block);
    state_copy(&b->end, &r->state);
    memcpy(b->figures, r->days, (size_t)b->days * sizeof *b->figures);
    b->hash = state_hash(&b->end);
    return AP_OK;
}

enum ap_status baseline_run(const struct model *m, struct luck l, int32_t first, struct baseline *out) {
    ASSERT(m->days > 0 && first >= 0 && first < m->days);
    *out = (struct baseline){ .m = m, .luck = l, .days = m->days };
    out->figures = calloc((size_t)m->days, sizeof *out->figures);
    if (!out->figures) return AP_NO_MEMORY;
    struct run r = { 0 };
    enum ap_status status = run_make(m, l, &r);
    if (status == AP_OK) status = baseline_days(out, &r, first);
    memcpy(out->ledger_message, r.ledger.message, sizeof out->ledger_message);
    run_free(&r);
    return status;
}

void baseline_free(struct baseline *b) {
    journal_free(&b->journal);
    state_free(&b->end);
    tally_free(&b->tally);
    free(b->figures);
    *b = (struct baseline){ 0 };
}

void baseline_replay(const struct baseline *b, int32_t day, struct run *r) {
    const struct journal *j = &b->journal;
    ASSERT(day + 1 >= j->first && day < b->days);
    r->state.tick = (day + 1) * b->m->ticks_per_day;
    memcpy(r->tally.block, j->opening.block, r->tally.cells * sizeof *r->tally.block);
    for (uint32_t c = 0; c < j->clusters.count; c++) {
        journal_state(j, day + 1, c, r->state.block);
        for (int32_t d = j->first; d <= day; d++) journal_tally(j, d, c, r->tally.block, 1);
    }
    run_resume(r);
}

// ---- which days differ --------------------------------------------------------------------------------------------

static bool shock_same(const struct model *a, const struct shock *x, const struct model *b, const struct shock *y) {
    if (x->from != y->from || x->until != y->until || x->basis != y->basis) return false;
    if (x->factor_ppm != y->factor_ppm || x->extra_ticks != y->extra_ticks || x->targets != y->targets) return false;
    for (uint32_t i = 0; i < x->targets; i++) {
        const struct target *left = &a->targets[x->first_target + i], *right = &b->targets[y->first_target + i];
        if (left->kind != right->kind || left->row != right->row) return false;
    }
    return true;
}

// Whether b has a shock of a too, or it never acts.
static bool shock_known(const struct model *a, const struct shock *x, const struct model *b) {
    bool known = !x->active || x->until < 0 || x->from >= a->days;
    for (uint32_t i = 0; i < b->shock_count && !known; i++)
        known = b->shocks[i].active && shock_same(a, x, b, &b->shocks[i]);
    return known;
}

// Widens the span by the active shocks of a that b has not.
static void span_widen(struct span *span, const struct model *a, const struct model *b) {
    for (uint32_t i = 0; i < a->shock_count; i++) {
        const struct shock *x = &a->shocks[i];
        if (shock_known(a, x, b)) continue;
        span->first = (int32_t)smaller_of(span->first, larger_of(x->from, 0));
        span->last = (int32_t)larger_of(span->last, smaller_of(x->until, a->days - 1));
    }
}

struct span shock_span(const struct model *m, const struct model *shocked) {
    struct span span = {INT32_MAX, -1};
    span_widen(&span, m, shocked);
    span_widen(&span, shocked, m);
    return span;
}

// ---- what-ifs -----------------------------------------------------------------------------------------------------

static enum ap_status edges_take(struct desk *d) {
    for (int k = 0; k < NOTE_TARGET; k++) {
        size_t rows = note_rows(d->b->m, (enum note_kind)k);
        d->edges[k].row = calloc(rows + 1, sizeof *d->edges[k].row);
        d->sources[k].row = calloc(rows + 1, sizeof *d->sources[k].row);
        d->leaves[k] = calloc(rows + 1, sizeof *d->leaves[k]);
        d->seen[k] = calloc(rows + 1, sizeof *d->seen[k]);
        d->ends[k] = calloc(rows + 1, sizeof *d->ends[k]);
        d->script[k] = calloc((size_t)d->b->journal.notes_most[k] + 1, sizeof *d->script[k]);
        if (!d->edges[k].row || !d->sources[k].row || !d->leaves[k] || !d->seen[k] || !d->ends[k] || !d->script[k])
            return AP_NO_MEMORY;
    }
    ends_find(d);
    return AP_OK;
}

static enum ap_status desk_fill(struct desk *d) {
    const struct clusters *c = &d->b->journal.clusters;
    TRY(run_make(d->b->m, d->b->luck, &d->run));
    TRY(state_make(d->b->m, &d->start));
    d->on = calloc(c->count, sizeof *d->on);
    d->fresh = calloc(c->count, sizeof *d->fresh);
    d->inside = calloc(c->count, sizeof *d->inside);
    d->calm = calloc(c->count, sizeof *d->calm);
    d->wanted = calloc(c->count, sizeof *d->wanted);
    d->work = calloc((size_t)c->state_most + 1, sizeof *d->work);
    if (!d->on || !d->fresh || !d->inside || !d->calm || !d->wanted || !d->work) return AP_NO_MEMORY;
    return edges_take(d);
}

enum ap_status desk_make(const struct baseline *b, struct desk **out) {
    *out = calloc(1, sizeof **out);
    if (!*out) return AP_NO_MEMORY;
    (*out)->b = b;
    enum ap_status status = desk_fill(*out);
    if (status == AP_OK) return AP_OK;
    desk_free(*out);
    *out = NULL;
    return status;
}

void desk_free(struct desk *d) {
    if (!d) return;
    for (int k = 0; k < NOTE_TARGET; k++) {
        free(d->edges[k].row);
        free(d->sources[k].row);
        free(d->leaves[k]);
        free(d->seen[k]);
        free(d->ends[k]);
        free(d->script[k]);
    }
    run_free(&d->run);
    state_free(&d->start);
    free(d->on);
    free(d->fresh);
    free(d->inside);
    free(d->calm);
    free(d->wanted);
    free(d->work);
    free(d);
}

// A market's shock thins the orders of every export, and its cohorts wait for as long as buyers do.
static void market_hold(struct desk *d, int32_t until) {
    const struct model *m = d->b->m;
    for (uint32_t o = 1; o < m->n.offer; o++) {
        struct calm *calm = &d->calm[cluster_of_offer(&d->b->journal.clusters, m, o)];
        if (!m->offers[o].dealer && calm->until < until) calm->until = until;
    }
}

static void target_hold(struct desk *d, const struct target *target, int32_t until) {
    const struct model *m = d->b->m;
    const struct clusters *c = &d->b->journal.clusters;
    uint32_t cluster = 0;
    switch ((enum target_kind)target->kind) {
    case TARGET_MAKER: cluster = c->of_enterprise[m->makers[target->row].enterprise]; break;
    case TARGET_LINE: cluster = c->of_enterprise[m->lines[target->row].enterprise]; break;
    case TARGET_STOCK: cluster = cluster_of_stock(c, m, target->row); break;
    case TARGET_OFFER: cluster = cluster_of_offer(c, m, target->row); break;
    case TARGET_LINK: cluster = cluster_of_buyer(c, m, target->row); break;   // where the delay is felt
    case TARGET_LANE: cluster = c->of_lane[target->row]; break;
    case TARGET_MARKET: market_hold(d, until + COHORT_DAYS); break;
    }
    if (d->calm[cluster].until < until) d->calm[cluster].until = until;
}

// The clusters that shocks hit which only one of two models has, up to their last day.
static void shocks_hold(struct desk *d, const struct model *a, const struct model *b) {
    for (uint32_t i = 0; i < a->shock_count; i++) {
        const struct shock *x = &a->shocks[i];
        if (shock_known(a, x, b)) continue;
        for (uint32_t t = 0; t < x->targets; t++) target_hold(d, &a->targets[x->first_target + t], x->until);
    }
}

// Takes in what a shock still holds; from the first shock day on, so that the cone is small where shocks are far apart.
static void held_take(struct desk *d, int32_t day) {
    for (uint32_t i = 1; i < d->b->journal.clusters.count; i++)
        if (d->calm[i].until >= day) cone_take(d, i, day);
}

// Lets go what has equalled the baseline for long enough. True: everything equals it.
static bool calm_leave(struct desk *d, int32_t day) {
    bool equal = true;
    for (uint32_t i = 0; i < d->inside_count; i++) {
        uint32_t cluster = d->inside[i];
        struct calm *calm = &d->calm[cluster];
        bool same = journal_state_same(&d->b->journal, day + 1, cluster, d->start.block, d->work);
        calm->equal = same ? calm->equal + 1 : 0;
        equal &= same && calm->until <= day;
        if (calm->equal >= calm->asked && calm->until <= day) cone_leave(d, cluster);
    }
    return equal;
}

// What still differs after the last day, for the report.
static enum ap_status difference_find(struct desk *d, struct whatif *out) {
    const struct journal *j = &d->b->journal;
    for (uint32_t c = 0; c < j->clusters.count; c++)
        if (!d->on[c]) journal_state(j, j->days, c, d->start.block);
    d->start.tick = d->b->end.tick;
    out->last_hash = state_hash(&d->start);
    bool differs = state_difference(d->b->m, &d->start, &d->b->end, &out->differs_column, &out->differs_row);
    ASSERT(differs);
    return AP_OK;
}

static enum ap_status whatif_days(struct desk *d, struct whatif *out) {
    const struct baseline *b = d->b;
    for (int32_t day = out->span.first; day < b->days && out->merged_day < 0; day++) {
        held_take(d, day);
        TRY(cone_day(d, day, out));
        out->days_run++;
        if (calm_leave(d, day) && day >= out->span.last) out->merged_day = day;
    }
    out->last_hash = b->hash;
    if (out->merged_day < 0) TRY(difference_find(d, out));
    const struct state *end = out->merged_day < 0 ? &d->start : &b->end;
    return ledger_check(b->m, end, &out->tally, &d->run.ledger);
}

static void desk_clear(struct desk *d, const struct model *shocked) {
    const struct clusters *c = &d->b->journal.clusters;
    memset(d->on, 0, c->count * sizeof *d->on);
    memset(d->fresh, 0, c->count * sizeof *d->fresh);
    for (uint32_t i = 0; i < c->count; i++) d->calm[i] = (struct calm){ .until = -1 };
    d->inside_count = 0;
    d->moved = true;
    d->run.m = shocked;
    shocks_hold(d, d->b->m, shocked);
    shocks_hold(d, shocked, d->b->m);
}

static enum ap_status whatif_work(struct desk *d, const struct model *shocked, struct whatif *out) {
    const struct baseline *b = d->b;
    TRY(tally_make(shocked, &out->tally));
    out->figures = calloc((size_t)b->days, sizeof *out->figures);
    if (!out->figures) return AP_NO_MEMORY;
    memcpy(out->tally.block, b->tally.block, b->tally.cells * sizeof *b->tally.block);
    memcpy(out->figures, b->figures, (size_t)b->days * sizeof *b->figures);
    if (out->span.last < out->span.first) {     // the same shocks: the same run
        out->span = (struct span){ 0, -1 };
        out->merged_day = 0;
        out->last_hash = b->hash;
        return AP_OK;
    }
    ASSERT(out->span.first >= b->journal.first);
    desk_clear(d, shocked);
    enum ap_status status = whatif_days(d, out);
    if (status == AP_LEDGER) memcpy(out->ledger_message, d->run.ledger.message, sizeof out->ledger_message);
    return status;
}

enum ap_status whatif_run(const struct baseline *b, const struct model *shocked, struct desk *desk,
                          struct whatif *out) {
    ASSERT(shocked->days == b->days && shocked->first_day == b->m->first_day);
    *out = (struct whatif){ .span = shock_span(b->m, shocked), .merged_day = -1 };
    struct desk *own = desk;
    if (!own) TRY(desk_make(b, &own));
    enum ap_status status = whatif_work(own, shocked, out);
    if (!desk) desk_free(own);
    return status;
}

void whatif_free(struct whatif *w) {
    tally_free(&w->tally);
    free(w->figures);
    *w = (struct whatif){ 0 };
}
