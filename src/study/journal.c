// How a journal is written and read. Cells are packed in runs: a word with the number of zeros and of words that
// follow, then those. Tallies are packed as what a day added, the low and the high half of each sum apart.
#include "study/journal.h"

#include <stdlib.h>
#include <string.h>

enum { RUN_MOST = 65535 };

struct words_of {                  // grows
    int32_t *word;
    size_t   count, room;
};

struct recorder {
    struct exchange exchange;
    struct notes {
        struct note *note;
        uint32_t count, room;
    } notes[NOTE_TARGET];
    bool    refused;
    bool   *on;                    // [cluster]: all
    int64_t *tally;                // the run's tallies when the day began
    int32_t *work;                 // cells of the largest cluster
    struct words_of packed;
};

uint32_t note_rows(const struct model *m, enum note_kind kind) {
    return kind == NOTE_TO_LANE || kind == NOTE_DEPARTURE ? m->n.way : m->n.link;
}

// ---- packing ------------------------------------------------------------------------------------------------------

static bool words_room(struct words_of *w, size_t more) {
    if (w->count + more <= w->room) return true;
    size_t room = w->room * 2 > w->count + more ? w->room * 2 : w->count + more;
    int32_t *word = realloc(w->word, room * sizeof *word);
    if (!word) return false;
    w->word = word;
    w->room = room;
    return true;
}

// Two words at the most for each cell.
static bool cells_pack(struct words_of *w, const int32_t *cell, uint32_t count) {
    if (!words_room(w, (size_t)count * 2 + 2)) return false;
    for (uint32_t i = 0; i < count;) {
        uint32_t zeros = 0, others = 0;
        while (i + zeros < count && zeros < RUN_MOST && cell[i + zeros] == 0) zeros++;
        i += zeros;
        while (i + others < count && others < RUN_MOST && cell[i + others] != 0) others++;
        w->word[w->count++] = (int32_t)(zeros << 16 | others);
        memcpy(w->word + w->count, cell + i, others * sizeof *cell);
        w->count += others;
        i += others;
    }
    return true;
}

static const struct cells *spans_of(const struct clusters *c, uint32_t cluster) {
    return c->spans + c->rows[cluster].first_state;
}

static void state_gather(const struct clusters *c, uint32_t cluster, const int32_t *block, int32_t *work) {
    const struct cells *span = spans_of(c, cluster), *end = span + c->rows[cluster].state_spans;
    for (; span < end; work += span++->count) memcpy(work, block + span->first, span->count * sizeof *work);
}

uint64_t cluster_hash(const struct clusters *c, uint32_t cluster, const int32_t *block, int32_t *work) {
    state_gather(c, cluster, block, work);
    return hash_block(work, c->rows[cluster].state_cells * sizeof *work);
}

// ---- reading ------------------------------------------------------------------------------------------------------

void journal_state(const struct journal *j, int32_t day, uint32_t cluster, int32_t *block) {
    const struct page *p = journal_page(j, day);
    const int32_t *word = p->words + p->first_state[cluster], *last = p->words + p->first_state[cluster + 1];
    const struct cells *span = spans_of(&j->clusters, cluster);
    uint32_t at = 0;               // in the span
    while (word < last) {
        uint32_t left[2] = { (uint32_t)*word >> 16, (uint32_t)*word & RUN_MOST };
        word++;
        for (int part = 0; part < 2; part++)
            while (left[part] > 0) {
                uint32_t count = left[part] < span->count - at ? left[part] : span->count - at;
                if (part == 0) memset(block + span->first + at, 0, count * sizeof *block);
                else memcpy(block + span->first + at, word, count * sizeof *block);
                if (part == 1) word += count;
                left[part] -= count;
                at += count;
                if (at == span->count) span++, at = 0;
            }
    }
}

bool journal_state_same(const struct journal *j, int32_t day, uint32_t cluster, const int32_t *block, int32_t *work) {
    const struct page *p = journal_page(j, day);
    const struct cluster *row = &j->clusters.rows[cluster];
    if (cluster_hash(&j->clusters, cluster, block, work) != p->hashes[cluster]) return false;
    const int32_t *word = p->words + p->first_state[cluster], *last = p->words + p->first_state[cluster + 1];
    const int32_t *end = work + row->state_cells;
    while (word < last) {
        uint32_t zeros = (uint32_t)*word >> 16, others = (uint32_t)*word & RUN_MOST;
        for (uint32_t i = 0; i < zeros; i++)
            if (work[i]) return false;
        if (memcmp(work + zeros, word + 1, others * sizeof *work) != 0) return false;
        work += zeros + others;
        word += 1 + others;
    }
    return work == end;
}

void journal_tally(const struct journal *j, int32_t day, uint32_t cluster, int64_t *block, int sign) {
    const struct page *p = journal_page(j, day);
    const struct cluster *row = &j->clusters.rows[cluster];
    const int32_t *word = p->words + p->first_tally[cluster], *last = p->words + p->first_tally[cluster + 1];
    const struct cells *span = j->clusters.spans + row->first_tally;
    uint32_t at = 0;               // in the span
    while (word < last) {
        uint32_t zeros = (uint32_t)*word >> 16, others = (uint32_t)*word++ & RUN_MOST;
        for (at += zeros; span < j->clusters.spans + row->first_tally + row->tally_spans && at >= span->count; span++)
            at -= span->count;
        for (uint32_t i = 0; i < others; i += 2) {
            int64_t value = (int64_t)((uint64_t)(uint32_t)word[i] | (uint64_t)(uint32_t)word[i + 1] << 32);
            block[span->first + at] += sign * value;
            if (++at == span->count) span++, at = 0;
        }
        word += others;
    }
}

// ---- writing ------------------------------------------------------------------------------------------------------

static void note_keep(void *self, const struct note *n) {
    struct recorder *o = self;
    struct notes *notes = &o->notes[n->kind];
    if (notes->count == notes->room) {
        uint32_t room = notes->room ? notes->room * 2 : 4096;
        struct note *more = realloc(notes->note, room * sizeof *more);
        if (!more) {
            o->refused = true;
            return;
        }
        notes->note = more;
        notes->room = room;
    }
    notes->note[notes->count++] = *n;
}

// The notes of a kind by row; the order within a row stays.
static enum ap_status mail_sort(const struct notes *notes, uint32_t rows, struct mail *out) {
    if (notes->count == 0) return AP_OK;
    out->first = calloc((size_t)rows + 2, sizeof *out->first);
    out->notes = malloc(notes->count * sizeof *out->notes);
    if (!out->first || !out->notes) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < notes->count; i++) out->first[notes->note[i].row + 2]++;
    for (uint32_t i = 0; i < rows; i++) out->first[i + 2] += out->first[i + 1];
    for (uint32_t i = 0; i < notes->count; i++) out->notes[out->first[notes->note[i].row + 1]++] = notes->note[i];
    return AP_OK;
}

static enum ap_status page_state(struct journal *j, const struct run *r, struct page *p) {
    struct recorder *o = j->recorder;
    const struct clusters *c = &j->clusters;
    o->packed.count = 0;
    p->first_state = malloc(((size_t)c->count + 1) * sizeof *p->first_state);
    p->hashes = malloc(c->count * sizeof *p->hashes);
    if (!p->first_state || !p->hashes) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < c->count; i++) {
        p->first_state[i] = (uint32_t)o->packed.count;
        p->hashes[i] = cluster_hash(c, i, r->state.block, o->work);
        if (!cells_pack(&o->packed, o->work, c->rows[i].state_cells)) return AP_NO_MEMORY;
    }
    p->first_state[c->count] = (uint32_t)o->packed.count;
    return AP_OK;
}

// What the day added to the tallies of a cluster: the zeros are counted in sums, the words that follow in halves.
static bool tally_pack(struct journal *j, const struct run *r, uint32_t cluster) {
    struct recorder *o = j->recorder;
    const struct cluster *row = &j->clusters.rows[cluster];
    struct words_of *w = &o->packed;
    if (!words_room(w, (size_t)row->tally_cells * 3 + 2)) return false;
    uint32_t zeros = 0;
    size_t head = SIZE_MAX;        // of the run at hand; SIZE_MAX: none is open
    for (uint32_t i = row->first_tally; i < row->first_tally + row->tally_spans; i++)
        for (uint32_t n = 0; n < j->clusters.spans[i].count; n++) {
            uint32_t cell = j->clusters.spans[i].first + n;
            uint64_t more = (uint64_t)(r->tally.block[cell] - o->tally[cell]);
            if (more == 0) {
                zeros++;
                if (zeros < RUN_MOST) continue;
            }
            if (zeros || head == SIZE_MAX || (w->word[head] & RUN_MOST) + 2 > RUN_MOST) {
                head = w->count++;
                w->word[head] = (int32_t)(zeros << 16);
                zeros = 0;
            }
            if (more == 0) continue;
            w->word[w->count++] = (int32_t)(uint32_t)more;
            w->word[w->count++] = (int32_t)(uint32_t)(more >> 32);
            w->word[head] += 2;
        }
    return true;
}

static enum ap_status page_tally(struct journal *j, const struct run *r, struct page *p) {
    struct recorder *o = j->recorder;
    const struct clusters *c = &j->clusters;
    p->first_tally = malloc(((size_t)c->count + 1) * sizeof *p->first_tally);
    p->figures = malloc(c->count * sizeof *p->figures);
    if (!p->first_tally || !p->figures) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < c->count; i++) {
        p->first_tally[i] = (uint32_t)o->packed.count;
        p->figures[i] = *run_figures(r, i);
        if (!tally_pack(j, r, i)) return AP_NO_MEMORY;
    }
    p->first_tally[c->count] = (uint32_t)o->packed.count;
    memcpy(o->tally, r->tally.block, r->tally.cells * sizeof *o->tally);
    return AP_OK;
}

static enum ap_status page_close(struct journal *j, struct page *p) {
    struct words_of *w = &j->recorder->packed;
    p->words = malloc((w->count + 1) * sizeof *p->words);
    if (!p->words) return AP_NO_MEMORY;
    memcpy(p->words, w->word, w->count * sizeof *p->words);
    return AP_OK;
}

static enum ap_status page_plans(struct journal *j, const struct run *r, struct page *p) {
    size_t sums = (size_t)j->m->n.build * (PLAN_DAYS + 1);
    p->targets = malloc(j->m->n.stock * sizeof *p->targets);
    p->plan_sums = malloc(sums * sizeof *p->plan_sums);
    if (!p->targets || !p->plan_sums) return AP_NO_MEMORY;
    memcpy(p->targets, run_targets(r), j->m->n.stock * sizeof *p->targets);
    memcpy(p->plan_sums, run_plan_sums(r), sums * sizeof *p->plan_sums);
    return AP_OK;
}

enum ap_status journal_begin(struct journal *j, struct run *r, int32_t first) {
    const struct model *m = r->m;
    *j = (struct journal){ .m = m, .first = first, .days = m->days };
    TRY(clusters_make(m, &j->clusters));
    j->pages = calloc((size_t)(m->days - first) + 1, sizeof *j->pages);
    struct recorder *o = j->recorder = calloc(1, sizeof *o);
    if (!j->pages || !o) return AP_NO_MEMORY;
    o->exchange = (struct exchange){ .tell = note_keep, .self = o };
    o->on = malloc(j->clusters.count * sizeof *o->on);
    o->tally = malloc(r->tally.cells * sizeof *o->tally);
    o->work = malloc(((size_t)j->clusters.state_most + 1) * sizeof *o->work);
    TRY(tally_make(m, &j->opening));
    if (!o->on || !o->tally || !o->work) return AP_NO_MEMORY;
    memset(o->on, true, j->clusters.count * sizeof *o->on);
    memcpy(o->tally, r->tally.block, r->tally.cells * sizeof *o->tally);
    memcpy(j->opening.block, r->tally.block, r->tally.cells * sizeof *o->tally);
    run_choose(r, &j->clusters, o->on);
    r->exchange = &o->exchange;
    return AP_OK;
}

enum ap_status journal_day(struct journal *j, struct run *r, int32_t day) {
    struct recorder *o = j->recorder;
    struct page *p = &j->pages[day - j->first];
    for (int i = 0; i < NOTE_TARGET; i++) o->notes[i].count = 0;
    TRY(page_state(j, r, p));
    TRY(run_day(r, day));
    TRY(page_tally(j, r, p));
    TRY(page_close(j, p));
    TRY(page_plans(j, r, p));
    for (int i = 0; i < NOTE_TARGET && !o->refused; i++) {
        TRY(mail_sort(&o->notes[i], note_rows(j->m, (enum note_kind)i), &p->mail[i]));
        if (o->notes[i].count > j->notes_most[i]) j->notes_most[i] = o->notes[i].count;
    }
    return o->refused ? AP_NO_MEMORY : AP_OK;
}

static void recorder_free(struct recorder *o) {
    if (!o) return;
    for (int i = 0; i < NOTE_TARGET; i++) free(o->notes[i].note);
    free(o->on);
    free(o->tally);
    free(o->work);
    free(o->packed.word);
    free(o);
}

enum ap_status journal_end(struct journal *j, struct run *r) {
    struct page *p = &j->pages[j->days - j->first];
    TRY(page_state(j, r, p));
    TRY(page_close(j, p));
    run_choose(r, NULL, NULL);
    r->exchange = NULL;
    recorder_free(j->recorder);
    j->recorder = NULL;
    return AP_OK;
}

void journal_free(struct journal *j) {
    for (int32_t i = 0; j->pages && i <= j->days - j->first; i++) {
        struct page *p = &j->pages[i];
        free(p->first_state);
        free(p->first_tally);
        free(p->words);
        free(p->hashes);
        free(p->figures);
        free(p->targets);
        free(p->plan_sums);
        for (int k = 0; k < NOTE_TARGET; k++) {
            free(p->mail[k].first);
            free(p->mail[k].notes);
        }
    }
    free(j->pages);
    recorder_free(j->recorder);
    tally_free(&j->opening);
    clusters_free(&j->clusters);
    *j = (struct journal){ 0 };
}
