// M-4.5: a line worked in slices ends in the same bytes as the same line worked event by event. A run that is observed
// takes every line by its events (its observer is told of each vehicle), so the two must agree, day by day, in state
// and tallies.
#include <stdio.h>
#include <string.h>

#include "laws/benches.h"
#include "laws/dice.h"
#include "tick/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { WORLDS = 120, LINES = 60, DAYS_MOST = 120, FIRST_WORLD = 1000 };

static void event_count(void *self, const struct event *e) {
    if (e->kind == VEHICLE_FINISHED) ++*(int64_t *)self;
}

static uint64_t tally_hash(const struct run *r) {
    return hash_block(r->tally.block, r->tally.cells * sizeof *r->tally.block);
}

// Runs both; says which day parts them. Gives the vehicles that the observer saw.
static bool days_agree(const struct model *m, int64_t *seen) {
    struct run slices = {0}, events = {0};
    *seen = 0;
    const struct observer observer = {.see = event_count, .self = seen};
    assert_int_equal(run_make(m, luck_of((uint64_t)m->set.seed, 0), &slices), AP_OK);
    assert_int_equal(run_make(m, luck_of((uint64_t)m->set.seed, 0), &events), AP_OK);
    events.observer = &observer;
    bool same = true;
    for (int32_t day = 0; day < m->days && day < DAYS_MOST && same; day++) {
        assert_int_equal(run_day(&slices, day), AP_OK);
        assert_int_equal(run_day(&events, day), AP_OK);
        same = state_equal(&slices.state, &events.state) && tally_hash(&slices) == tally_hash(&events);
        if (same) continue;
        const char *column = "tallies";
        uint32_t row = 0;
        state_difference(m, &slices.state, &events.state, &column, &row);
        printf("# day %d: slices and events differ in %s, row %u\n", (int)day, column, row);
    }
    run_free(&slices);
    run_free(&events);
    return same;
}

// Lines that may be worked in slices at all.
static int flowing_lines(const struct model *m) {
    struct scratch *x;
    int count = 0;
    assert_int_equal(scratch_make(m, &x), AP_OK);
    for (uint32_t l = 1; l < m->n.line; l++) count += x->line_flows[l];
    scratch_free(x);
    return count;
}

static void random_worlds_end_in_the_same_bytes(void **unused) {
    (void)unused;
    int broken = 0, flowing = 0;
    int64_t vehicles = 0;
    for (uint32_t i = 0; i < WORLDS; i++) {
        char folder[64];
        struct loaded l;
        int64_t seen = 0;
        assert_true(world_folder(FIRST_WORLD + i, ORDER_WRITTEN, folder));
        assert_true(loaded_read_shocked(folder, i % 2 ? "WHATIF" : NULL, &l));
        world_remove(folder);
        bool same = days_agree(&l.model, &seen);
        if (!same) printf("# in world %u\n", FIRST_WORLD + i);
        broken += !same;
        flowing += flowing_lines(&l.model) > 0;
        vehicles += seen;
        loaded_free(&l);
    }
    assert_int_equal(broken, 0);
    assert_true(flowing > WORLDS / 4);
    assert_true(vehicles > WORLDS * 100);
}

static void line_roll(struct dice *d, struct bench_line *line) {
    static const char *const laws[] = {"exponential", "erlang", "constant"};
    *line = (struct bench_line){.shops = dice_roll(d, 1, BENCH_SHOPS), .days = 12, .law = laws[dice_roll(d, 0, 2)],
                                .failures = dice_chance(d, 60) ? "calendar" : "none", .failure_law = "exponential",
                                .blocking = "after"};
    int takt = dice_roll(d, 20, 300);
    for (int i = 0; i < line->shops; i++) {
        line->buffer[i] = dice_chance(d, 30) ? 0 : dice_roll(d, 1, 30);
        line->cycle[i] = takt + dice_roll(d, 0, takt / 4);
        line->up[i] = dice_roll(d, 1, 40);
        line->down[i] = dice_roll(d, 1, 30) / 10.0;
    }
}

static void random_lines_end_in_the_same_bytes(void **unused) {
    (void)unused;
    struct dice dice = {.state = 20231};
    int64_t vehicles = 0;
    for (int i = 0; i < LINES; i++) {
        struct bench_line line;
        struct loaded l;
        int64_t seen = 0;
        line_roll(&dice, &line);
        assert_true(bench_line_load(&line, &l));
        bool same = days_agree(&l.model, &seen);
        if (!same) printf("# line %d: %d shops, %s, failures %s\n", i, line.shops, line.law, line.failures);
        assert_true(same);
        assert_true(flowing_lines(&l.model) == 1);
        vehicles += seen;
        loaded_free(&l);
    }
    assert_true(vehicles > LINES * 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_worlds_end_in_the_same_bytes),
        cmocka_unit_test(random_lines_end_in_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
