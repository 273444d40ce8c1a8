// Parts of a line in one tick. A count of its stocks gives a build a credit: kits that it can surely take. A take
// lowers the credits of the builds that share parts with it, arrivals only raise what is there; so a credit stays good
// over the ticks, and only when it is used up are the stocks counted again. What was taken leaves the stocks in one go
// (M-4.5).
// A build that failed stays failed for the tick: within one parts only fall.
#include "tick/floor.h"

enum { END_FIRST = PARTS_FIRST, END_LAST = PARTS_LAST, END_RELEASE = PARTS_RELEASE, ENDS };

struct kits {
    int64_t on_hand, with_under_way;
};

static struct kits fewest_kits(const struct floor *f, const struct taking *needs, uint32_t count) {
    const int32_t *on_hand = f->k->s->stock_on_hand, *under_way = f->k->s->stock_under_way;
    int64_t fewest = INT32_MAX, with = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        int64_t one = on_hand[needs[i].stock], coming = one + under_way[needs[i].stock];
        if (needs[i].quantity > 1) one /= needs[i].quantity, coming /= needs[i].quantity;
        fewest = one < fewest ? one : fewest;
        with = coming < with ? coming : with;
    }
    return (struct kits){ fewest, with };
}

static int32_t counted(int64_t kits) {
    return (int32_t)(kits > 1000000 ? 1000000 : kits < 0 ? 0 : kits);
}

static int32_t in_process_of(const struct floor *f, uint32_t column) {
    int32_t build = (int32_t)(f->line->first_build + column);
    int32_t count = f->station[f->shops - 1].place[column];
    for (uint32_t i = 0; i + 1 < f->shops; i++)
        if (!f->station[i].shop->side) count += f->station[i].place[column] + (f->station[i].unit == build);
    return count;
}

void parts_open(struct floor *f) {
    struct scratch *x = f->k->x;
    f->parts_matter = f->k->m->set.saturate != SATURATE_LINES;
    f->plant = &x->plant[f->line->enterprise];
    if (!f->parts_matter) return;
    for (uint32_t i = 0; i < f->line->builds; i++) {
        x->credits[f->line->first_build + i].failed = 0;
        x->in_process[f->line->first_build + i] = in_process_of(f, i);
    }
}

static void needs_take(struct floor *f, uint32_t first, uint32_t end, int32_t units) {
    struct scratch *x = f->k->x;
    int32_t *on_hand = f->k->s->stock_on_hand;
    int64_t *used = f->k->t->stock_used;
    for (uint32_t i = first; i < end; i++) {
        const struct taking *taking = &x->takings[i];
        int32_t count = units * taking->quantity;
        on_hand[taking->stock] -= count;
        used[taking->stock] += count;
        x->due[taking->stock] = true;
        x->busy[taking->maker] = true;
    }
}

static void list_take(struct floor *f, const struct part_list *list, int32_t taken[2]) {
    uint32_t lasts = list->first + list->firsts;
    if (taken[PARTS_FIRST]) needs_take(f, list->first, lasts, taken[PARTS_FIRST]);
    if (taken[PARTS_LAST]) needs_take(f, lasts, list->first + list->count, taken[PARTS_LAST]);
    taken[PARTS_FIRST] = taken[PARTS_LAST] = 0;
}

// What a group took since the last time leaves the stocks.
static void group_apply(struct floor *f, uint32_t head, enum parts_kind kind) {
    struct scratch *x = f->k->x;
    if (!x->credits[head].pending[kind]) return;
    x->credits[head].pending[kind] = false;
    list_take(f, &x->line_needs[head].core[kind], x->credits[head].core_taken[kind]);
    for (uint32_t b = head; b < f->line->first_build + f->line->builds; b++)
        if (x->line_needs[b].head[kind] == head) list_take(f, &x->line_needs[b].rest[kind], x->credits[b].taken[kind]);
}

void parts_close(struct floor *f) {
    struct scratch *x = f->k->x;
    if (!f->parts_matter) return;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++)
        for (enum parts_kind kind = PARTS_OWN; kind < PARTS_KINDS; kind++)
            if (x->line_needs[b].head[kind] == b) group_apply(f, b, kind);
}

// Counts a list's kits by end; what is in process is not taken off.
static void list_count(struct floor *f, const struct part_list *list, const int32_t takes[3], struct limits *out) {
    const struct taking *needs = f->k->x->takings + list->first;
    struct kits kits[2] = { fewest_kits(f, needs, list->firsts),
                            fewest_kits(f, needs + list->firsts, list->count - list->firsts) };
    out->kits[END_FIRST] = counted(kits[PARTS_FIRST].on_hand);
    out->kits[END_LAST] = counted(kits[PARTS_LAST].on_hand);
    out->kits[END_RELEASE] = counted(kits[PARTS_LAST].with_under_way);
    for (int end = 0; end < ENDS; end++) out->base[end] = takes[end];
    out->stamp = f->plant->stamp;
    out->tick = f->k->tick;
}

// A lower bound of the kits that were counted some takes ago: each may have cost `ratio` of them.
static int32_t kits_left(const struct limits *limits, int end, const int32_t takes[3], int32_t ratio) {
    return counted(limits->kits[end] - (int64_t)(takes[end] - limits->base[end]) * ratio);
}

// Counts a build's kits of a kind. The parts that its group takes alike are counted again only where the bound that is
// known of them could be the least, and not twice of the same stocks.
static void whole_count(struct floor *f, uint32_t build, enum parts_kind kind) {
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    struct credit *credit = &x->credits[build];
    const int32_t *takes = credit->takes[kind];
    struct limits rest, *core = &x->credits[of->head[kind]].core[kind];
    int32_t ratio = of->ratio[kind];
    list_count(f, &of->rest[kind], takes, &rest);
    bool valid = core->stamp == f->plant->stamp, fresh = valid && core->tick == f->k->tick, enough = valid;
    for (int end = 0; end < ENDS; end++) {
        fresh &= core->base[end] == takes[end];
        enough &= kits_left(core, end, takes, ratio) >= rest.kits[end];
    }
    if (!fresh && !enough) list_count(f, &of->core[kind], takes, core);
    for (int end = 0; end < ENDS; end++) {
        int64_t kits = smaller_of(rest.kits[end], kits_left(core, end, takes, ratio));
        if (end == END_RELEASE) kits = counted(kits - x->in_process[build]);
        credit->whole[kind].until[end] = takes[end] + (int32_t)ceil_div(kits, ratio);
    }
    credit->whole[kind].stamp = f->plant->stamp;
}

// Whether its parts of one kind last after `more` further takes.
static inline bool kind_lasts(const struct credit *credit, int end, enum parts_kind kind, int32_t more, int32_t stamp) {
    return credit->whole[kind].stamp == stamp && credit->takes[kind][end] + more < credit->whole[kind].until[end];
}

// A used-up credit is counted anew from the stocks.
static bool credit_renew(struct floor *f, uint32_t build, int end, const int32_t before[2]) {
    const struct credit *credit = &f->k->x->credits[build];
    for (enum parts_kind kind = PARTS_OWN; kind < PARTS_KINDS; kind++) {
        if (kind_lasts(credit, end, kind, before[kind], f->plant->stamp)) continue;
        group_apply(f, f->k->x->line_needs[build].head[kind], kind);
        whole_count(f, build, kind);
        if (!kind_lasts(credit, end, kind, before[kind], f->plant->stamp)) return false;
    }
    return true;
}

// Whether the build can take what this end asks for, after `before[0]` more takes of its platform and `before[1]` more
// of its plant.
static inline bool credit_lasts(struct floor *f, uint32_t build, int end, const int32_t before[2]) {
    const struct credit *credit = &f->k->x->credits[build];
    int32_t stamp = f->plant->stamp;
    if (credit->failed & 1 << end) return false;
    return (kind_lasts(credit, end, PARTS_OWN, before[PARTS_OWN], stamp) &&
            kind_lasts(credit, end, PARTS_COMMON, before[PARTS_COMMON], stamp)) || credit_renew(f, build, end, before);
}

// Whether one more unit can take it now; if the stocks have nothing either, the build has failed for this tick.
static bool credit_holds(struct floor *f, uint32_t build, int end) {
    static const int32_t now[2] = { 0, 0 };
    bool holds = credit_lasts(f, build, end, now);
    if (!holds) f->k->x->credits[build].failed |= (uint8_t)(1 << end);
    return holds;
}

bool parts_ask(struct floor *f, uint32_t build, enum parts_end end) {
    return credit_holds(f, build, end == PARTS_FIRST ? END_FIRST : END_LAST);
}

// A body is released only if its first parts are there and what is on hand and under way for the last shop covers the
// bodies of it in process and this one.
bool release_ask(struct floor *f, uint32_t build) {
    if (!credit_holds(f, build, END_FIRST)) return false;
    return credit_holds(f, build, f->shops == 1 ? END_LAST : END_RELEASE);
}

bool parts_last(struct floor *f, uint32_t build, const struct slice_takes *takes) {
    int32_t before[2] = { takes->own[PARTS_LAST] - 1, takes->all[PARTS_LAST] - 1 };
    if (!f->parts_matter) return true;
    if (f->k->x->line_needs[build].mixed) {
        before[PARTS_OWN] += takes->own[PARTS_FIRST];
        before[PARTS_COMMON] += takes->all[PARTS_FIRST];
    }
    return credit_lasts(f, build, END_LAST, before);
}

bool release_lasts(struct floor *f, uint32_t build, const struct slice_takes *takes) {
    if (!f->parts_matter) return true;
    const int32_t firsts[2] = { takes->own[PARTS_FIRST] - 1, takes->all[PARTS_FIRST] - 1 };
    const int32_t both[2] = { firsts[0] + takes->own[PARTS_LAST], firsts[1] + takes->all[PARTS_LAST] };
    if (!credit_lasts(f, build, END_FIRST, f->k->x->line_needs[build].mixed ? both : firsts)) return false;
    return f->shops == 1 ? parts_last(f, build, takes) : credit_lasts(f, build, END_RELEASE, both);
}

// Takes of one end lower the credits of that end, and of a release, which counts on parts that either end takes; where
// one build takes by its first shop what another takes by its last, all are lowered.
static void used_count(int32_t used[ENDS], enum parts_end end, bool mixed, int32_t units) {
    used[END_RELEASE] += units;
    used[end] += units;
    if (mixed) used[end == PARTS_FIRST ? END_LAST : END_FIRST] += units;
}

void parts_take_many(struct floor *f, uint32_t build, enum parts_end end, int32_t units) {
    if (!f->parts_matter) return;
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    for (enum parts_kind kind = PARTS_OWN; kind < PARTS_KINDS; kind++) {
        x->credits[build].taken[kind][end] += units;
        x->credits[of->head[kind]].core_taken[kind][end] += units;
        x->credits[of->head[kind]].pending[kind] = true;
    }
    used_count(x->credits[of->leader].used, end, of->mixed, units);
    used_count(f->plant->used, end, of->mixed, units);
    x->in_process[build] += end == PARTS_FIRST ? units : -units;
}

void parts_take(struct floor *f, uint32_t build, enum parts_end end) {
    parts_take_many(f, build, end, 1);
}
