// M-7: a what-if that forks from the baseline at its shock and ends where the states are equal again gives what a full
// rerun gives: every tally and the final state, byte for byte. 200 random small worlds with random shocks.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/load.h"
#include "study/fork.h"

#include <setjmp.h>
#include <cmocka.h>

enum { WORLDS = 200, MERGED_LEAST = 180 };   // plants near full use merge late, lots remember for ever what was lost

struct score {
    bool explain;
    int  merged, own_days, all_days;
    long days_to_merge;
};

// The shocked model run from the first day to the last, nothing shared.
static bool full_run(const struct model *m, struct luck l, struct run *out) {
    if (run_make(m, l, out) != AP_OK) return false;
    for (int32_t day = 0; day < m->days; day++)
        if (run_day(out, day) != AP_OK) {
            printf("# ledger: %s\n", out->ledger.message);
            return false;
        }
    return true;
}

static bool tally_same(const struct model *m, const struct tally *a, const struct tally *b) {
    if (memcmp(a->block, b->block, a->cells * sizeof *a->block) == 0) return true;
#define TALLY_COMPARE(column, per, unit, meaning)                                                                      \
    for (uint32_t i = 0; i < m->n.per; i++)                                                                            \
        if (a->column[i] != b->column[i]) {                                                                            \
            printf("# " #column "[%u]: %lld, full rerun %lld\n", i, (long long)a->column[i], (long long)b->column[i]); \
            break;                                                                                                     \
        }
    TALLY_COLUMNS(TALLY_COMPARE)
#undef TALLY_COMPARE
    return false;
}

static bool baseline_end(const struct baseline *b, struct run *r) {
    baseline_replay(b, b->days - 1, r);
    return tally_same(b->m, &r->tally, &b->tally);
}

// How many cells of each column still differ at the end: for a developer who asks why a world does not merge.
static void differences_print(const struct baseline *b, const struct model *shocked) {
    struct run full = {0}, end = {0};
    const struct model *m = b->m;
    if (full_run(shocked, b->luck, &full) && run_make(m, b->luck, &end) == AP_OK &&
        baseline_end(b, &end)) {
#define COLUMN_COUNT(column, per, unit, meaning)                                                                       \
    for (uint32_t i = 0, count = 0; i <= m->n.per; i++) {                                                              \
        if (i == m->n.per && count) printf("# " #column ": %u of %u rows differ\n", count, m->n.per);                  \
        if (i == m->n.per) break;                                                                                      \
        count += full.state.column[i] != end.state.column[i];                                                          \
        if (count == 1 && full.state.column[i] != end.state.column[i])                                                 \
            printf("# " #column "[%u]: %d, baseline %d\n", i, full.state.column[i], end.state.column[i]);              \
    }
        STATE_COLUMNS(COLUMN_COUNT)
#undef COLUMN_COUNT
    }
    run_free(&full);
    run_free(&end);
}

// Compares a what-if with its full rerun; the state of a merged what-if is the baseline's.
static bool whatif_same(const struct baseline *b, const struct model *shocked, const struct whatif *w) {
    struct run full = {0}, end = {0};
    bool same = full_run(shocked, b->luck, &full) && tally_same(shocked, &w->tally, &full.tally);
    same = same && w->last_hash == state_hash(&full.state);
    same = same && memcmp(w->figures, full.days, (size_t)b->days * sizeof *w->figures) == 0;
    if (same && w->merged_day >= 0) {
        same = run_make(b->m, b->luck, &end) == AP_OK && baseline_end(b, &end) &&
               state_equal(&end.state, &full.state);
        run_free(&end);
    }
    run_free(&full);
    return same;
}

static bool world_law(uint32_t number, const char *shock, struct score *score) {
    char folder[64];
    struct loaded calm, shocked;
    struct baseline b = {0};
    struct whatif w = {0};
    bool good = world_folder(number, ORDER_WRITTEN, folder) && loaded_read(folder, NULL, &calm) &&
                loaded_read_shocked(folder, shock, &shocked);
    if (good) {
        enum ap_status status = baseline_run(&calm.model, luck_of((uint64_t)calm.tables.settings.seed, 0), 0, &b);
        if (status != AP_OK) printf("# world %u, baseline: status %d %s\n", number, status, b.ledger_message);
        if (status == AP_OK) status = whatif_run(&b, &shocked.model, NULL, &w);
        if (status != AP_OK && b.tally.block) printf("# world %u, what-if: status %d %s\n", number, status,
                                                     w.ledger_message);
        good = status == AP_OK && whatif_same(&b, &shocked.model, &w);
        score->merged += w.merged_day >= 0;
        score->own_days += w.days_run;
        score->all_days += b.days;
        if (w.merged_day >= 0) score->days_to_merge += w.merged_day - w.span.last;
        else if (good) printf("# world %u not merged: %s[%u]\n", number, w.differs_column, w.differs_row);
        if (score->explain && w.merged_day < 0) differences_print(&b, &shocked.model);
        whatif_free(&w);
        baseline_free(&b);
        loaded_free(&calm);
        loaded_free(&shocked);
    }
    world_remove(folder);
    if (!good) printf("# world %u breaks the law (%s)\n", number, shock);
    return good;
}

static void a_fork_that_merges_equals_the_full_rerun(void **unused) {
    (void)unused;
    struct score score = {0};
    int broken = 0;
    for (uint32_t i = 0; i < WORLDS; i++) broken += !world_law(i, "WHATIF", &score);
    printf("# %d of %d worlds merged again, %.1f days after the shock; %.2f of the days were simulated\n", score.merged,
           WORLDS, score.merged ? (double)score.days_to_merge / score.merged : 0.0,
           (double)score.own_days / score.all_days);
    assert_int_equal(broken, 0);
    assert_true(score.merged >= MERGED_LEAST);
}

static void a_shock_of_size_nothing_is_the_baseline(void **unused) {
    (void)unused;
    struct score score = {0};
    int broken = 0;
    for (uint32_t i = 0; i < 20; i++) broken += !world_law(i, "NOTHING", &score);
    assert_int_equal(broken, 0);
    assert_int_equal(score.merged, 20);
    assert_int_equal(score.days_to_merge, 0);
}

// remerge NUMBER [SHOCK]: one world, for a developer.
int main(int count, char **words) {
    if (count > 1) {
        struct score score = {.explain = true};
        bool good = world_law((uint32_t)atoi(words[1]), count > 2 ? words[2] : "WHATIF", &score);
        printf("# %s, merged %d, %ld days after the shock\n", good ? "same" : "differs", score.merged,
               score.days_to_merge);
        return !good;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fork_that_merges_equals_the_full_rerun),
        cmocka_unit_test(a_shock_of_size_nothing_is_the_baseline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
