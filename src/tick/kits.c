// Parts of lines, put in order once: which parts of a build its whole group takes alike, so that these are counted and
// taken once for all of them, and how many kits of one build a kit of another can cost it (parts.c).
#include "tick/kits.h"

#include "tick/scratch.h"

#include <stdlib.h>

static int need_compare(const void *left, const void *right) {
    const struct need *a = left, *b = right;
    if (a->stock != b->stock) return a->stock < b->stock ? -1 : 1;
    return a->quantity > b->quantity ? -1 : a->quantity < b->quantity;
}

// Largest ratio of the quantities that two builds of a line take of one stock, rounded up.
static int32_t quantity_ratio(struct need *needs, uint32_t count) {
    int32_t ratio = 1, largest = 1;
    qsort(needs, count, sizeof *needs, need_compare);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || needs[i - 1].stock != needs[i].stock) largest = needs[i].quantity;
        int32_t costs = (largest + needs[i].quantity - 1) / needs[i].quantity;
        ratio = costs > ratio ? costs : ratio;
    }
    return ratio;
}

static uint32_t plant_of(const struct model *m, uint32_t build) {
    return m->lines[m->builds[build].line].enterprise;
}

// The builds of every plant as chains, in ascending order; 0 ends them.
struct plant_builds {
    uint32_t *first, *next;        // [enterprise], [build]
};

static uint32_t platform_of(const struct model *m, uint32_t build) {
    return m->products[m->variants[m->builds[build].variant].product].platform;
}

static bool part_of_platform(const struct model *m, uint32_t stock) {
    return m->products[m->stocks[stock].product].platform != 0;
}

// The ratio among a plant's builds of one platform for their own parts, or, without a platform, of all its builds for
// the shared ones. The builds are a chain from `first` on.
static int32_t ratio_of(const struct model *m, const struct plant_builds *of, uint32_t first, uint32_t platform,
                        struct need *work) {
    uint32_t count = 0;
    for (uint32_t b = first; b; b = of->next[b]) {
        const struct need *needs = m->needs + m->builds[b].first_need;
        if (platform && platform_of(m, b) != platform) continue;
        for (uint32_t i = 0; i < m->builds[b].needs; i++)
            if (part_of_platform(m, needs[i].stock) == (platform != 0)) work[count++] = needs[i];
    }
    return quantity_ratio(work, count);
}

static void leader_derive(const struct model *m, struct scratch *x, const struct plant_builds *of, uint32_t b,
                          struct need *work) {
    struct line_needs *needs = &x->line_needs[b];
    const struct line *line = &m->lines[m->builds[b].line];
    uint32_t first = of->first[plant_of(m, b)];
    needs->platform = platform_of(m, b);
    for (needs->leader = first; platform_of(m, needs->leader) != needs->platform;)
        needs->leader = of->next[needs->leader];
    while (platform_of(m, line->first_build + needs->mate) != needs->platform) needs->mate++;
    needs->head[PARTS_OWN] = line->first_build + needs->mate;
    needs->head[PARTS_COMMON] = line->first_build;
    needs->ratio[PARTS_OWN] = needs->leader == b ? ratio_of(m, of, first, needs->platform, work)
                                                 : x->line_needs[needs->leader].ratio[PARTS_OWN];
    needs->ratio[PARTS_COMMON] = first == b ? ratio_of(m, of, first, 0, work)
                                            : x->line_needs[first].ratio[PARTS_COMMON];
}

// Of a stock: how many builds of the group at hand take it, all alike and by the same end.
struct alike {
    uint32_t head;                 // the group
    uint32_t builds, last;         // last: the one that was counted last
    int32_t  quantity;
    bool     by_first, otherwise;  // otherwise: one takes it twice, or another quantity, or by the other end
};

// A group's needs on their way into the takings.
struct gathering {
    const struct model *m;
    struct scratch *x;
    struct alike *alike;           // [stock]
    uint32_t head, members;
    enum parts_kind kind;
    uint32_t at;                   // takings so far
};

static bool is_member(const struct gathering *g, uint32_t build) {
    return g->x->line_needs[build].head[g->kind] == g->head;
}

static bool of_kind(const struct gathering *g, const struct need *need) {
    return part_of_platform(g->m, need->stock) == (g->kind == PARTS_OWN);
}

static void need_count(struct gathering *g, uint32_t b, uint32_t i) {
    const struct need *need = &g->m->needs[g->m->builds[b].first_need + i];
    struct alike *of = &g->alike[need->stock];
    bool by_first = i < g->m->builds[b].first_needs;
    if (!of_kind(g, need)) return;
    if (of->head != g->head) *of = (struct alike){ g->head, 0, 0, need->quantity, by_first, false };
    of->otherwise |= of->last == b || of->quantity != need->quantity || of->by_first != by_first;
    of->builds++;
    of->last = b;
}

static void members_count(struct gathering *g) {
    const struct model *m = g->m;
    const struct line *line = &m->lines[m->builds[g->head].line];
    g->members = 0;
    for (uint32_t b = g->head; b < line->first_build + line->builds; b++) {
        if (!is_member(g, b)) continue;
        for (uint32_t i = 0; i < m->builds[b].needs; i++) need_count(g, b, i);
        g->members++;
    }
}

// Copies those of a build's needs that all of its group take alike, or those that they do not.
static struct part_list needs_copy(struct gathering *g, uint32_t b, bool core) {
    const struct model *m = g->m;
    struct part_list list = { .first = g->at };
    for (uint32_t i = 0; i < m->builds[b].needs; i++) {
        const struct need *need = &m->needs[m->builds[b].first_need + i];
        const struct alike *alike = &g->alike[need->stock];
        bool by_all = alike->builds == g->members && !alike->otherwise;
        if (!of_kind(g, need) || by_all != core) continue;
        g->x->takings[g->at++] = (struct taking){ need->stock, need->quantity, m->stocks[need->stock].maker };
        list.firsts += i < m->builds[b].first_needs;
    }
    list.count = g->at - list.first;
    return list;
}

static void group_gather(struct gathering *g) {
    const struct line *line = &g->m->lines[g->m->builds[g->head].line];
    members_count(g);
    struct part_list core = needs_copy(g, g->head, true);
    for (uint32_t b = g->head; b < line->first_build + line->builds; b++) {
        if (!is_member(g, b)) continue;
        g->x->line_needs[b].core[g->kind] = core;
        g->x->line_needs[b].rest[g->kind] = needs_copy(g, b, false);
    }
}

// Marks the builds of plants in which one build takes by its first shop what a build takes by its last.
// ends: [stock], plants: [enterprise], both zero.
static void mixed_mark(const struct model *m, struct scratch *x, uint8_t *ends, bool *plants) {
    for (uint32_t b = 1; b < m->n.build; b++)
        for (uint32_t i = 0; i < m->builds[b].needs; i++) {
            uint8_t *end = &ends[m->needs[m->builds[b].first_need + i].stock];
            *end |= i < m->builds[b].first_needs ? 1 : 2;
            plants[plant_of(m, b)] |= *end == 3;
        }
    for (uint32_t b = 1; b < m->n.build; b++) x->line_needs[b].mixed = plants[plant_of(m, b)];
}

enum ap_status parts_derive(const struct model *m, struct scratch *x, struct arena *a) {
    size_t most = 0;
    for (uint32_t b = 1; b < m->n.build; b++) most += m->builds[b].needs;
    SCRATCH_TAKE(line_needs, m->n.build);
    SCRATCH_TAKE(takings, most);
    SCRATCH_TAKE(credits, m->n.build);
    SCRATCH_TAKE(plant, m->n.enterprise);
    struct need *work = arena_take(a, most + 1, sizeof *work);
    struct plant_builds of = { arena_take(a, m->n.enterprise, sizeof *of.first),
                               arena_take(a, m->n.build + 1, sizeof *of.next) };
    struct gathering g = { .m = m, .x = x, .alike = arena_take(a, m->n.stock, sizeof *g.alike) };
    uint8_t *ends = arena_take(a, m->n.stock, sizeof *ends);
    bool *plants = arena_take(a, m->n.enterprise, sizeof *plants);
    if (!work || !of.first || !of.next || !g.alike || !ends || !plants) return AP_NO_MEMORY;
    mixed_mark(m, x, ends, plants);
    for (uint32_t b = m->n.build; b-- > 1;) {
        uint32_t plant = plant_of(m, b);
        of.next[b] = of.first[plant];
        of.first[plant] = b;
    }
    for (uint32_t b = 1; b < m->n.build; b++) leader_derive(m, x, &of, b, work);
    for (uint32_t b = 1; b < m->n.build; b++)
        for (g.kind = 0; g.kind < PARTS_KINDS; g.kind++)
            if (x->line_needs[b].head[g.kind] == b) {
                g.head = b;
                group_gather(&g);
            }
    return AP_OK;
}
