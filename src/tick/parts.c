// Parts of a line in one tick. A count of its stocks gives a build a credit: kits that it can surely take. A take
// lowers the credits of the builds that share parts with it, arrivals only raise what is there; so a credit stays good
// over the ticks, and only when it is used up are the stocks counted again. What was taken leaves the stocks in one go
// (M-4.5).
// A build that failed stays failed for the tick: within one parts only fall.
#include "tick/floor.h"

// A build counts three ends: first parts, last parts, and what a release must be able to count on.
enum { END_FIRST, END_LAST, END_RELEASE, ENDS };

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

// Takes so far that can have cost a build kits of this end: a release counts on parts that either end takes.
static int32_t used_by(const int32_t used[2], int end) {
    return end == END_RELEASE ? used[PARTS_FIRST] + used[PARTS_LAST] : used[end];
}

static void limits_set(struct limits *limits, const struct kits kits[2], int32_t in_process, const int32_t used[2]) {
    limits->kits[END_FIRST] = counted(kits[PARTS_FIRST].on_hand);
    limits->kits[END_LAST] = counted(kits[PARTS_LAST].on_hand);
    limits->kits[END_RELEASE] = counted(kits[PARTS_LAST].with_under_way - in_process);
    for (int end = 0; end < ENDS; end++) limits->base[end] = used_by(used, end);
}

static void own_count(struct floor *f, uint32_t build) {
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    const struct taking *needs = x->takings + of->first;
    struct kits kits[2] = { fewest_kits(f, needs, of->firsts),
                            fewest_kits(f, needs + of->firsts, of->count - of->firsts) };
    limits_set(&x->credits[build].own, kits, x->in_process[build], x->credits[of->leader].used);
    x->credits[build].own.stamp = f->plant->stamp;
}

static void common_count(struct floor *f, uint32_t build) {
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    const struct taking *needs = x->takings + of->common;
    struct kits kits[2] = { fewest_kits(f, needs, of->common_firsts),
                            fewest_kits(f, needs + of->common_firsts, of->common_count - of->common_firsts) };
    limits_set(&x->credits[build].common, kits, x->in_process[build], f->plant->used);
    x->credits[build].common.stamp = f->plant->stamp;
}

// A lower bound of the kits that are left after `more` takes: every take since the count may have cost `ratio` of them.
static bool limits_hold(const struct limits *limits, int end, const int32_t used[2], int32_t ratio, int32_t more) {
    return limits->kits[end] > (int64_t)(used_by(used, end) + more - limits->base[end]) * ratio;
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

// What was taken since the last time leaves the stocks: of one platform's own parts,
static void own_apply(struct floor *f, uint32_t platform) {
    struct scratch *x = f->k->x;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        const struct line_needs *of = &x->line_needs[b];
        int32_t *taken = x->credits[b].own_taken;
        if (of->platform != platform) continue;
        if (taken[PARTS_FIRST]) needs_take(f, of->first, of->first + of->firsts, taken[PARTS_FIRST]);
        if (taken[PARTS_LAST]) needs_take(f, of->first + of->firsts, of->first + of->count, taken[PARTS_LAST]);
        taken[PARTS_FIRST] = taken[PARTS_LAST] = 0;
    }
}

// and of the parts that platforms share.
static void common_apply(struct floor *f) {
    struct scratch *x = f->k->x;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        const struct line_needs *of = &x->line_needs[b];
        int32_t *taken = x->credits[b].common_taken;
        uint32_t last = of->common + of->common_firsts;
        if (taken[PARTS_FIRST]) needs_take(f, of->common, last, taken[PARTS_FIRST]);
        if (taken[PARTS_LAST]) needs_take(f, last, of->common + of->common_count, taken[PARTS_LAST]);
        taken[PARTS_FIRST] = taken[PARTS_LAST] = 0;
    }
}

void parts_close(struct floor *f) {
    if (!f->parts_matter) return;
    common_apply(f);
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        const int32_t *taken = f->k->x->credits[b].own_taken;
        if (taken[PARTS_FIRST] || taken[PARTS_LAST]) own_apply(f, f->k->x->line_needs[b].platform);
    }
}

// Whether the build can take what this end asks for, after `before[0]` more takes of its platform and `before[1]` more
// of its plant. A used-up credit is counted anew from the stocks.
static bool credit_lasts(struct floor *f, uint32_t build, int end, const int32_t before[2]) {
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    struct credit *credit = &x->credits[build];
    const int32_t *used = x->credits[of->leader].used;
    if (credit->failed & 1 << end) return false;
    bool own = credit->own.stamp == f->plant->stamp && limits_hold(&credit->own, end, used, of->own_ratio, before[0]);
    if (!own) {
        own_apply(f, of->platform);
        own_count(f, build);
        own = limits_hold(&credit->own, end, used, of->own_ratio, before[0]);
    }
    bool common = credit->common.stamp == f->plant->stamp &&
                  limits_hold(&credit->common, end, f->plant->used, of->common_ratio, before[1]);
    if (own && !common) {
        common_apply(f);
        common_count(f, build);
        common = limits_hold(&credit->common, end, f->plant->used, of->common_ratio, before[1]);
    }
    return own && common;
}

// Whether one more unit can take it now; if the stocks have nothing either, the build has failed for this tick.
static bool credit_holds(struct floor *f, uint32_t build, int end) {
    static const int32_t now[2] = { 0, 0 };
    bool holds = credit_lasts(f, build, end, now);
    if (!holds) f->k->x->credits[build].failed |= (uint8_t)(1 << end);
    return holds;
}

bool parts_suffice(struct floor *f, uint32_t build, enum parts_end end) {
    return !f->parts_matter || credit_holds(f, build, end == PARTS_FIRST ? END_FIRST : END_LAST);
}

// A body is released only if its first parts are there and what is on hand and under way for the last shop covers the
// bodies of it in process and this one.
bool release_allowed(struct floor *f, uint32_t build) {
    if (!f->parts_matter) return true;
    if (!credit_holds(f, build, END_FIRST)) return false;
    return credit_holds(f, build, f->shops == 1 ? END_LAST : END_RELEASE);
}

bool parts_failed(const struct floor *f, uint32_t build, enum parts_end end) {
    uint8_t failed = f->k->x->credits[build].failed;
    if (end == PARTS_LAST) return f->parts_matter && failed & 1 << END_LAST;
    return f->parts_matter && failed & (1 << END_FIRST | 1 << (f->shops == 1 ? END_LAST : END_RELEASE));
}

bool parts_last(struct floor *f, uint32_t build, const struct slice_takes *takes) {
    const int32_t before[2] = { takes->own[PARTS_LAST] - 1, takes->all[PARTS_LAST] - 1 };
    return !f->parts_matter || credit_lasts(f, build, END_LAST, before);
}

bool release_lasts(struct floor *f, uint32_t build, const struct slice_takes *takes) {
    if (!f->parts_matter) return true;
    const int32_t firsts[2] = { takes->own[PARTS_FIRST] - 1, takes->all[PARTS_FIRST] - 1 };
    const int32_t both[2] = { firsts[0] + takes->own[PARTS_LAST], firsts[1] + takes->all[PARTS_LAST] };
    if (!credit_lasts(f, build, END_FIRST, firsts)) return false;
    return f->shops == 1 ? parts_last(f, build, takes) : credit_lasts(f, build, END_RELEASE, both);
}

void parts_take_many(struct floor *f, uint32_t build, enum parts_end end, int32_t units) {
    if (!f->parts_matter) return;
    struct scratch *x = f->k->x;
    x->credits[build].own_taken[end] += units;
    x->credits[build].common_taken[end] += units;
    x->credits[x->line_needs[build].leader].used[end] += units;
    x->in_process[build] += end == PARTS_FIRST ? units : -units;
    f->plant->used[end] += units;
}

void parts_take(struct floor *f, uint32_t build, enum parts_end end) {
    parts_take_many(f, build, end, 1);
}
