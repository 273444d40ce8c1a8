// Parts of a line in one tick. When the line opens, one look at its stocks gives every build a credit: units it can
// surely take. A take lowers the credits of the builds that share parts with it; only when a credit is used up are the
// stocks looked at again. What was taken leaves the stocks in one go (M-4.5). A build that failed stays failed: within
// a tick parts only fall.
#include "tick/floor.h"

// In its own units a build counts three ends: first parts, last parts, and what a release must be able to count on.
enum { END_FIRST, END_LAST, END_RELEASE, ENDS };

static int64_t fewest_kits(const struct floor *f, const struct need *needs, uint32_t count, bool with_under_way) {
    const int32_t *on_hand = f->k->s->stock_on_hand, *under_way = f->k->s->stock_under_way;
    int64_t kits = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        int64_t one = on_hand[needs[i].stock];
        if (with_under_way) one += under_way[needs[i].stock];
        if (needs[i].quantity > 1) one /= needs[i].quantity;
        kits = one < kits ? one : kits;
    }
    return kits;
}

static int32_t counted(int64_t kits) {
    return (int32_t)(kits > 1000000 ? 1000000 : kits < 0 ? 0 : kits);
}

static void credits_count(struct floor *f, uint32_t build) {
    struct scratch *x = f->k->x;
    const struct line_needs *of = &x->line_needs[build];
    struct credit *credit = &x->credits[build];
    const struct need *own = x->own_needs + of->first, *own_last = own + of->firsts;
    const struct need *common = x->own_needs + of->common, *common_last = common + of->common_firsts;
    uint32_t lasts = of->count - of->firsts, common_lasts = of->common_count - of->common_firsts;
    credit->own[END_FIRST] = counted(fewest_kits(f, own, of->firsts, false));
    credit->own[END_LAST] = counted(fewest_kits(f, own_last, lasts, false));
    credit->own[END_RELEASE] = counted(fewest_kits(f, own_last, lasts, true) - x->in_process[build]);
    credit->common[END_FIRST] = counted(fewest_kits(f, common, of->common_firsts, false));
    credit->common[END_LAST] = counted(fewest_kits(f, common_last, common_lasts, false));
    credit->common[END_RELEASE] = counted(fewest_kits(f, common_last, common_lasts, true) - x->in_process[build]);
}

static int32_t in_process_of(const struct floor *f, uint32_t column) {
    int32_t build = (int32_t)(f->line->first_build + column);
    int32_t count = f->station[f->shops - 1].place[column];
    for (uint32_t i = 0; i + 1 < f->shops; i++)
        count += f->station[i].place[column] + (f->station[i].unit == build);
    return count;
}

void parts_open(struct floor *f) {
    struct scratch *x = f->k->x;
    f->parts_matter = f->k->m->set.saturate != SATURATE_LINES;
    if (!f->parts_matter) return;
    for (uint32_t i = 0; i < f->line->builds; i++) {
        uint32_t b = f->line->first_build + i;
        x->started[b] = x->assembled[b] = 0;
        x->in_process[b] = in_process_of(f, i);
        x->credits[b].failed = 0;
        if (x->in_process[b] || f->k->s->build_today[b] > f->k->s->build_released[b]) credits_count(f, b);
    }
}

static void needs_take(struct floor *f, const struct build *build, uint32_t i, int32_t units) {
    const struct model *m = f->k->m;
    const struct need *need = &m->needs[build->first_need + i];
    const struct stock *stock = &m->stocks[need->stock];
    f->k->s->stock_on_hand[need->stock] -= units * need->quantity;
    f->k->t->product_used[stock->product] += (int64_t)units * need->quantity;
    f->k->x->due[need->stock] = true;
    f->k->x->busy[stock->maker] = true;
}

// What was taken since the last time leaves the stocks.
static void taken_apply(struct floor *f) {
    const struct model *m = f->k->m;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        const struct build *build = &m->builds[b];
        int32_t *started = &f->k->x->started[b], *assembled = &f->k->x->assembled[b];
        for (uint32_t i = 0; *started && i < build->first_needs; i++) needs_take(f, build, i, *started);
        for (uint32_t i = build->first_needs; *assembled && i < build->needs; i++)
            needs_take(f, build, i, *assembled);
        *started = *assembled = 0;
    }
}

void parts_close(struct floor *f) {
    if (f->parts_matter) taken_apply(f);
}

// Whether one more unit of the build can take what this end asks for. A used-up credit is counted anew from the
// stocks; if they have nothing either, the build has failed for this tick.
static bool credit_holds(struct floor *f, uint32_t build, int end) {
    struct credit *credit = &f->k->x->credits[build];
    if (credit->failed & 1 << end) return false;
    if (credit->own[end] > 0 && credit->common[end] > 0) return true;
    taken_apply(f);
    credits_count(f, build);
    if (credit->own[end] > 0 && credit->common[end] > 0) return true;
    credit->failed |= (uint8_t)(1 << end);
    return false;
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

static void credit_lower(int32_t *credit, int32_t by) {
    *credit = *credit > by ? *credit - by : 0;
}

void parts_take(struct floor *f, uint32_t build, enum parts_end end) {
    if (!f->parts_matter) return;
    struct scratch *x = f->k->x;
    uint32_t platform = x->line_needs[build].platform;
    int32_t ratio = x->line_ratio[f->row];
    int at = end == PARTS_FIRST ? END_FIRST : END_LAST;
    if (end == PARTS_FIRST) x->started[build]++, x->in_process[build]++;
    else x->assembled[build]++, x->in_process[build]--;
    for (uint32_t b = f->line->first_build; b < f->line->first_build + f->line->builds; b++) {
        struct credit *credit = &x->credits[b];
        credit_lower(&credit->common[at], ratio);
        credit_lower(&credit->common[END_RELEASE], ratio);
        if (x->line_needs[b].platform != platform) continue;
        credit_lower(&credit->own[at], ratio);
        credit_lower(&credit->own[END_RELEASE], ratio);
    }
}
