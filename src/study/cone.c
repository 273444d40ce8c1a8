// A day of a what-if, of the clusters inside the cone only. What the others send comes from the journal; what goes out
// to them is compared with it. Where it differs, the other is taken in, as it was when the day began, and the day is
// run again: when a day is over, nothing has left the cone that the baseline did not know.
#include "study/cone.h"

#include <string.h>

// ---- the edge -----------------------------------------------------------------------------------------------------

static struct ends ends_of(const struct desk *d, enum note_kind kind, uint32_t row) {
    const struct model *m = d->b->m;
    const struct clusters *c = &d->b->journal.clusters;
    uint32_t left = 0, right = 0;
    if (kind == NOTE_TO_LANE || kind == NOTE_DEPARTURE) {
        left = cluster_of_offer(c, m, m->ways[row].offer);
        right = cluster_of_way(c, m, row);
    } else {
        left = cluster_of_buyer(c, m, row);
        right = cluster_of_supplier(c, m, row);
    }
    bool back = kind == NOTE_SHIPMENT || kind == NOTE_DEPARTURE;
    return back ? (struct ends){ right, left } : (struct ends){ left, right };
}

// A departure matters to dealers; what leaves for buyers abroad is gone.
static bool note_matters(const struct desk *d, enum note_kind kind, uint32_t row) {
    return kind != NOTE_DEPARTURE || d->b->m->offers[d->b->m->ways[row].offer].dealer;
}

void ends_find(struct desk *d) {
    for (int k = 0; k < NOTE_TARGET; k++)
        for (uint32_t row = 1; row < note_rows(d->b->m, (enum note_kind)k); row++) {
            struct ends ends = ends_of(d, (enum note_kind)k, row);
            if (ends.from && ends.to && note_matters(d, (enum note_kind)k, row)) d->ends[k][row] = ends;
        }
}

static void edges_find(struct desk *d) {
    const bool *on = d->on;
    for (int k = 0; k < NOTE_TARGET; k++) {
        struct edge *out = &d->edges[k], *in = &d->sources[k];
        const struct ends *ends = d->ends[k];
        uint32_t rows = note_rows(d->b->m, (enum note_kind)k);
        for (uint32_t i = 0; i < out->count; i++) d->leaves[k][out->row[i]] = false;
        out->count = in->count = 0;
        for (uint32_t row = 1; row < rows; row++) {
            if (on[ends[row].from] == on[ends[row].to]) continue;
            struct edge *edge = on[ends[row].from] ? out : in;
            edge->row[edge->count++] = row;
            d->leaves[k][row] = on[ends[row].from];
        }
    }
}

static void cluster_want(struct desk *d, uint32_t cluster) {
    d->wanted_count += !d->wanted[cluster];
    d->wanted[cluster] = true;
}

static void note_compare(void *self, const struct note *n) {
    struct desk *d = self;
    if (n->kind == NOTE_TARGET) {
        cluster_want(d, cluster_of_stock(&d->b->journal.clusters, d->b->m, n->row));
        return;
    }
    if (!d->leaves[n->kind][n->row]) return;
    const struct mail *mail = &d->page->mail[n->kind];
    uint32_t at = d->seen[n->kind][n->row]++;
    bool known = mail->first && mail->first[n->row] + at < mail->first[n->row + 1];
    const struct note *then = known ? &mail->notes[mail->first[n->row] + at] : NULL;
    if (!known || then->tick != n->tick || then->ahead != n->ahead || then->count != n->count)
        cluster_want(d, d->ends[n->kind][n->row].to);
}

// Messages that the baseline sent and the what-if did not.
static void missing_find(struct desk *d) {
    for (int k = 0; k < NOTE_TARGET; k++) {
        const struct mail *mail = &d->page->mail[k];
        for (uint32_t i = 0; i < d->edges[k].count; i++) {
            uint32_t row = d->edges[k].row[i];
            uint32_t then = mail->first ? mail->first[row + 1] - mail->first[row] : 0;
            if (d->seen[k][row] < then) cluster_want(d, d->ends[k][row].to);
            d->seen[k][row] = 0;
        }
    }
}

// What comes in today of one kind, by tick.
static void script_write(struct desk *d, enum note_kind kind) {
    const struct mail *mail = &d->page->mail[kind];
    uint32_t first[257] = { 0 };
    d->exchange.script[kind] = d->script[kind];
    d->exchange.script_count[kind] = d->exchange.script_next[kind] = 0;
    if (!mail->first) return;
    const struct edge *in = &d->sources[kind];
    for (uint32_t i = 0; i < in->count; i++)
        for (uint32_t n = mail->first[in->row[i]]; n < mail->first[in->row[i] + 1]; n++)
            first[mail->notes[n].tick + 1]++;
    for (int t = 0; t < 256; t++) first[t + 1] += first[t];
    d->exchange.script_count[kind] = first[256];
    for (uint32_t i = 0; i < in->count; i++)
        for (uint32_t n = mail->first[in->row[i]]; n < mail->first[in->row[i] + 1]; n++)
            d->script[kind][first[mail->notes[n].tick]++] = mail->notes[n];
}

// ---- a day --------------------------------------------------------------------------------------------------------

void cone_take(struct desk *d, uint32_t cluster, int32_t day) {
    ASSERT(cluster != 0);
    if (d->on[cluster]) return;
    d->on[cluster] = d->fresh[cluster] = d->moved = true;
    d->calm[cluster].equal = 0;
    d->calm[cluster].asked = d->calm[cluster].asked ? d->calm[cluster].asked * 2 : 1;
    journal_state(&d->b->journal, day, cluster, d->start.block);
}

void cone_leave(struct desk *d, uint32_t cluster) {
    d->on[cluster] = false;
    d->moved = true;
}

static void cells_copy(const struct desk *d, uint32_t cluster, int32_t *to, const int32_t *from) {
    const struct clusters *c = &d->b->journal.clusters;
    const struct cells *span = c->spans + c->rows[cluster].first_state;
    for (const struct cells *end = span + c->rows[cluster].state_spans; span < end; span++)
        memcpy(to + span->first, from + span->first, span->count * sizeof *to);
}

static void tally_clear(const struct desk *d, uint32_t cluster) {
    const struct clusters *c = &d->b->journal.clusters;
    const struct cells *span = c->spans + c->rows[cluster].first_tally;
    for (const struct cells *end = span + c->rows[cluster].tally_spans; span < end; span++)
        memset(d->run.tally.block + span->first, 0, span->count * sizeof *d->run.tally.block);
}

static void lists_make(struct desk *d) {
    if (!d->moved) return;
    d->moved = false;
    d->inside_count = 0;
    for (uint32_t i = 1; i < d->b->journal.clusters.count; i++)
        if (d->on[i]) d->inside[d->inside_count++] = i;
    run_choose(&d->run, &d->b->journal.clusters, d->on);
    edges_find(d);
}

// What was inside yesterday holds its cells already when a day is run for the first time.
static enum ap_status day_try(struct desk *d, int32_t day, bool again) {
    lists_make(d);
    for (uint32_t i = 0; i < d->inside_count; i++) {
        bool *fresh = &d->fresh[d->inside[i]];
        if (again || *fresh) cells_copy(d, d->inside[i], d->run.state.block, d->start.block);
        *fresh = false;
        tally_clear(d, d->inside[i]);
    }
    for (int k = 0; k < NOTE_TARGET; k++) script_write(d, (enum note_kind)k);
    d->exchange.targets = d->page->targets;
    d->exchange.plan_sums = d->page->plan_sums;
    d->run.state.tick = day * d->b->m->ticks_per_day;
    d->run.partial = true;
    run_resume(&d->run);
    TRY(run_day(&d->run, day));
    missing_find(d);
    return AP_OK;
}

static void wanted_take(struct desk *d, int32_t day) {
    for (uint32_t i = 1; i < d->b->journal.clusters.count && d->wanted_count > 0; i++) {
        if (!d->wanted[i]) continue;
        d->wanted[i] = false;
        d->wanted_count--;
        cone_take(d, i, day);
    }
}

// The day is right: it replaces the baseline's of the clusters inside.
static void day_keep(struct desk *d, int32_t day, struct whatif *out) {
    const struct journal *j = &d->b->journal;
    struct day_figures *figures = &out->figures[day];
    for (uint32_t i = 0; i < d->inside_count; i++) {
        uint32_t cluster = d->inside[i];
        cells_copy(d, cluster, d->start.block, d->run.state.block);
        const struct cells *span = j->clusters.spans + j->clusters.rows[cluster].first_tally;
        for (const struct cells *end = span + j->clusters.rows[cluster].tally_spans; span < end; span++)
            for (uint32_t n = span->first; n < span->first + span->count; n++)
                out->tally.block[n] += d->run.tally.block[n];
        journal_tally(j, day, cluster, out->tally.block, -1);
        const struct day_figures *own = run_figures(&d->run, cluster), *then = &d->page->figures[cluster];
        figures->made += own->made - then->made;
        figures->made_nev += own->made_nev - then->made_nev;
        figures->export_left += own->export_left - then->export_left;
        figures->waiting += own->waiting - then->waiting;
    }
}

enum ap_status cone_day(struct desk *d, int32_t day, struct whatif *out) {
    d->page = journal_page(&d->b->journal, day);
    d->run.exchange = &d->exchange;
    d->exchange.tell = note_compare;
    d->exchange.self = d;
    bool again = false;
    do {
        TRY(day_try(d, day, again));
        out->cluster_days += d->inside_count;
        again = d->wanted_count > 0;
        wanted_take(d, day);
    } while (again);
    day_keep(d, day, out);
    return AP_OK;
}
