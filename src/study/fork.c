// Forks of a baseline. A what-if may end early only after its last shock day: before it, equal states do not mean
// equal futures. A hash finds the candidate, the bytes of the replayed baseline confirm it.
#include "study/fork.h"

#include <stdlib.h>
#include <string.h>

static enum ap_status snapshot_take(struct snapshot *p, const struct run *r) {
    p->tick = r->state.tick;
    p->state = malloc(r->state.cells * sizeof *p->state);
    p->tally = malloc(r->tally.cells * sizeof *p->tally);
    if (!p->state || !p->tally) return AP_NO_MEMORY;
    memcpy(p->state, r->state.block, r->state.cells * sizeof *p->state);
    memcpy(p->tally, r->tally.block, r->tally.cells * sizeof *p->tally);
    return AP_OK;
}

// Puts a run where the snapshot was taken; the run may be of another model of the same tables.
static void snapshot_restore(const struct snapshot *p, struct run *r) {
    r->state.tick = p->tick;
    memcpy(r->state.block, p->state, r->state.cells * sizeof *p->state);
    memcpy(r->tally.block, p->tally, r->tally.cells * sizeof *p->tally);
    run_resume(r);
}

static enum ap_status baseline_days(struct baseline *b, struct run *r) {
    for (int32_t day = 0; day < b->days; day++) {
        if (day % SNAPSHOT_DAYS == 0) {
            b->snapshot_count++;
            TRY(snapshot_take(&b->snapshots[day / SNAPSHOT_DAYS], r));
        }
        TRY(run_day(r, day));
        b->hash[day] = state_hash(&r->state);
    }
    TRY(tally_make(b->m, &b->tally));
    memcpy(b->tally.block, r->tally.block, r->tally.cells * sizeof *r->tally.block);
    memcpy(b->figures, r->days, (size_t)b->days * sizeof *b->figures);
    return AP_OK;
}

enum ap_status baseline_run(const struct model *m, struct luck l, struct baseline *out) {
    ASSERT(m->days > 0);
    *out = (struct baseline){.m = m, .luck = l, .days = m->days};
    size_t days = (size_t)m->days;
    out->hash = calloc(days, sizeof *out->hash);
    out->figures = calloc(days, sizeof *out->figures);
    out->snapshots = calloc(days / SNAPSHOT_DAYS + 1, sizeof *out->snapshots);
    if (!out->hash || !out->figures || !out->snapshots) return AP_NO_MEMORY;

    struct run r = {0};
    enum ap_status status = run_make(m, l, &r);
    if (status == AP_OK) status = baseline_days(out, &r);
    memcpy(out->ledger_message, r.ledger.message, sizeof out->ledger_message);
    run_free(&r);
    return status;
}

void baseline_free(struct baseline *b) {
    for (uint32_t i = 0; i < b->snapshot_count; i++) {
        free(b->snapshots[i].state);
        free(b->snapshots[i].tally);
    }
    free(b->snapshots);
    free(b->hash);
    free(b->figures);
    tally_free(&b->tally);
    *b = (struct baseline){0};
}

enum ap_status baseline_replay(const struct baseline *b, int32_t day, struct run *r) {
    ASSERT(day >= -1 && day < b->days);
    int32_t week = (day + 1) / SNAPSHOT_DAYS;
    if (week >= (int32_t)b->snapshot_count) week = (int32_t)b->snapshot_count - 1;
    snapshot_restore(&b->snapshots[week], r);
    for (int32_t d = week * SNAPSHOT_DAYS; d <= day; d++) TRY(run_day(r, d));
    return AP_OK;
}

static bool shock_same(const struct model *a, const struct shock *x, const struct model *b, const struct shock *y) {
    if (x->from != y->from || x->until != y->until || x->basis != y->basis) return false;
    if (x->factor_ppm != y->factor_ppm || x->extra_ticks != y->extra_ticks || x->targets != y->targets) return false;
    for (uint32_t i = 0; i < x->targets; i++) {
        const struct target *left = &a->targets[x->first_target + i], *right = &b->targets[y->first_target + i];
        if (left->kind != right->kind || left->row != right->row) return false;
    }
    return true;
}

// Widens the span by the active shocks of a that b has not.
static void span_widen(struct span *span, const struct model *a, const struct model *b) {
    for (uint32_t i = 0; i < a->shock_count; i++) {
        const struct shock *x = &a->shocks[i];
        bool known = !x->active || x->until < 0 || x->from >= a->days;
        for (uint32_t j = 0; j < b->shock_count && !known; j++)
            known = b->shocks[j].active && shock_same(a, x, b, &b->shocks[j]);
        if (known) continue;
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

// Export buyers of a thinned market are told apart by number (M-4.7), which the count of those who wait does not show:
// while some of the shock's days wait, equal states do not mean equal futures yet.
static bool thinned_buyers_wait(const struct model *m, const struct state *s, struct span span) {
    int32_t day = s->tick / m->ticks_per_day - 1;
    if (day - span.last > COHORT_DAYS) return false;
    int32_t oldest = (int32_t)larger_of(span.first, day - COHORT_DAYS + 1);
    for (uint32_t o = 1; o < m->n.offer; o++)
        for (int32_t d = oldest; d <= span.last && !m->offers[o].dealer; d++)
            if (s->offer_cohort[o * COHORT_DAYS + (uint32_t)(d % COHORT_DAYS)]) return true;
    return false;
}

static bool market_shocked(const struct model *m) {
    for (uint32_t i = 0; i < m->shock_count; i++)
        if (m->shocks[i].active && m->shocks[i].scope == SCOPE_MARKET) return true;
    return false;
}

// Equal hashes are confirmed on the bytes of the baseline, replayed to that day; then the baseline's rest is added.
static enum ap_status merge_try(const struct baseline *b, int32_t day, const struct run *own, struct run *twin,
                                struct whatif *out) {
    if (!twin->m) TRY(run_make(b->m, b->luck, twin));
    TRY(baseline_replay(b, day, twin));
    if (!state_equal(&own->state, &twin->state)) return AP_OK;
    for (size_t i = 0; i < out->tally.cells; i++)
        out->tally.block[i] = own->tally.block[i] + b->tally.block[i] - twin->tally.block[i];
    out->merged_day = day;
    return AP_OK;
}

// What still differs after the last day, for the report.
static enum ap_status difference_find(const struct baseline *b, const struct run *own, struct run *twin,
                                      struct whatif *out) {
    if (!twin->m) TRY(run_make(b->m, b->luck, twin));
    TRY(baseline_replay(b, b->days - 1, twin));
    bool differs = state_difference(b->m, &own->state, &twin->state, &out->differs_column, &out->differs_row);
    ASSERT(differs);
    memcpy(out->tally.block, own->tally.block, own->tally.cells * sizeof *own->tally.block);
    return AP_OK;
}

static enum ap_status whatif_days(const struct baseline *b, struct run *own, struct run *twin, struct whatif *out) {
    int32_t week = out->span.first / SNAPSHOT_DAYS, first = week * SNAPSHOT_DAYS;
    snapshot_restore(&b->snapshots[week], own);
    memcpy(out->figures, b->figures, (size_t)b->days * sizeof *out->figures);
    bool markets = market_shocked(own->m) || market_shocked(b->m);
    for (int32_t day = first; day < b->days && out->merged_day < 0; day++) {
        TRY(run_day(own, day));
        out->figures[day] = own->days[day];
        out->days_run++;
        out->last_hash = state_hash(&own->state);
        if (day < out->span.last || out->last_hash != b->hash[day]) continue;
        if (markets && thinned_buyers_wait(own->m, &own->state, out->span)) continue;
        TRY(merge_try(b, day, own, twin, out));
    }
    if (out->merged_day < 0) return difference_find(b, own, twin, out);
    out->last_hash = b->hash[b->days - 1];
    return AP_OK;
}

enum ap_status whatif_run(const struct baseline *b, const struct model *shocked, struct whatif *out) {
    ASSERT(shocked->days == b->days && shocked->first_day == b->m->first_day);
    *out = (struct whatif){.span = shock_span(b->m, shocked), .merged_day = -1};
    TRY(tally_make(shocked, &out->tally));
    out->figures = calloc((size_t)b->days, sizeof *out->figures);
    if (!out->figures) return AP_NO_MEMORY;
    ASSERT(out->tally.cells == b->tally.cells);
    if (out->span.last < out->span.first) out->span = (struct span){0, -1};

    struct run own = {0}, twin = {0};
    enum ap_status status = run_make(shocked, b->luck, &own);
    if (status == AP_OK) {
        ASSERT(own.state.cells > 0);
        status = whatif_days(b, &own, &twin, out);
    }
    memcpy(out->ledger_message, own.ledger.message, sizeof out->ledger_message);
    run_free(&own);
    if (twin.m) run_free(&twin);
    return status;
}

void whatif_free(struct whatif *w) {
    tally_free(&w->tally);
    free(w->figures);
    *w = (struct whatif){0};
}
