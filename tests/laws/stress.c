// Laws of the stress test (M-13), on scenarios/small: an outage of no length or no size is the baseline; a standstill
// laid over a sealed model gives the bytes of the same shock read from the tables; any number of threads, and a test
// that was interrupted, give the same values.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/load.h"
#include "study/stress.h"

#include <setjmp.h>
#include <cmocka.h>

enum { EVERY_KIND = (1 << STANDSTILL_KINDS) - 1, SOME_DAYS = 100 };

static void small_read(struct loaded *out, const char *shock, int32_t days) {
    assert_true(loaded_read("scenarios/small", shock, out));
    out->tables.settings.until = out->tables.settings.from + days - 1;
    model_free(&out->model);
    assert_int_equal(model_build(&out->tables, 1, 0, &out->complaints, &out->model), AP_OK);
}

static struct luck some_luck(void) {
    return luck_of(1, 0);
}

static void an_outage_of_no_length_or_no_size_is_the_baseline(void **unused) {
    (void)unused;
    struct loaded l;
    struct baseline b;
    struct standstill_rows rows;
    small_read(&l, NULL, SOME_DAYS);
    const struct model *m = &l.model;
    assert_int_equal(baseline_run(m, some_luck(), 0, &b), AP_OK);
    assert_int_equal(standstill_rows_list(&l.tables, EVERY_KIND, &rows), AP_OK);
    assert_true(rows.count > 30);
    uint32_t compared = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].cause == CAUSE_EVENT) continue; // its steps are its own
        struct standstill none;
        struct whatif w;
        struct standstill_time time = {.from = 70, .days = 0};
        assert_int_equal(standstill_make(m, &rows.rows[i], time, &none), AP_OK);
        assert_int_equal(none.hits, 0);
        assert_int_equal(none.model.shock_count, m->shock_count);
        standstill_free(&none);
        time.days = 14;
        time.factor_ppm = 1000000;
        assert_int_equal(standstill_make(m, &rows.rows[i], time, &none), AP_OK);
        if (none.hits && compared < 8) {
            assert_int_equal(whatif_run(&b, &none.model, NULL, &w), AP_OK);
            assert_memory_equal(w.tally.block, b.tally.block, b.tally.cells * sizeof *b.tally.block);
            assert_memory_equal(w.figures, b.figures, (size_t)b.days * sizeof *b.figures);
            assert_int_equal(w.merged_day, 83);
            whatif_free(&w);
            compared++;
        }
        standstill_free(&none);
    }
    assert_int_equal(compared, 8);
    standstill_rows_free(&rows);
    baseline_free(&b);
    loaded_free(&l);
}

static uint64_t full_run(const struct model *m, uint64_t *tally) {
    struct run r;
    assert_int_equal(run_make(m, some_luck(), &r), AP_OK);
    for (int32_t day = 0; day < m->days; day++) assert_int_equal(run_day(&r, day), AP_OK);
    uint64_t state = state_hash(&r.state);
    *tally = hash_block(r.tally.block, r.tally.cells * sizeof *r.tally.block);
    run_free(&r);
    return state;
}

// chip-shortage: CHIPS at three tenths from 1 April to 15 June; low-water: half of the departures of RIVER.
static void a_standstill_is_the_shock_that_the_tables_would_have(void **unused) {
    (void)unused;
    static const struct {
        const char *shock, *row;
        unsigned kind;
        int32_t days, factor_ppm;
    } cases[] = {{"chip-shortage", "CHIPS", STANDSTILL_ENTERPRISE, 76, 300000},
                 {"low-water", "RIVER", STANDSTILL_LANE, 26, 500000}};
    for (uint32_t k = 0; k < 2; k++) {
        struct loaded calm, shocked;
        struct standstill_rows rows;
        struct standstill one = {.hits = 0};
        small_read(&calm, NULL, 290);
        small_read(&shocked, cases[k].shock, 290);
        const struct model *m = &calm.model;
        int32_t from = -1;
        for (uint32_t i = 0; i < m->shock_count; i++)
            if (strcmp(calm.tables.shocks[m->shocks[i].table_row].shock, cases[k].shock) == 0) from = m->shocks[i].from;
        assert_int_equal(standstill_rows_list(&calm.tables, 1u << cases[k].kind, &rows), AP_OK);
        for (uint32_t i = 0; i < rows.count; i++)
            if (strcmp(rows.rows[i].id, cases[k].row) == 0)
                assert_int_equal(standstill_make(m, &rows.rows[i],
                                                 (struct standstill_time){.from = from,
                                                                          .days = cases[k].days,
                                                                          .factor_ppm = cases[k].factor_ppm},
                                                 &one),
                                 AP_OK);
        assert_true(one.hits > 0);
        uint64_t tallies[3];
        uint64_t laid = full_run(&one.model, &tallies[0]), read = full_run(&shocked.model, &tallies[1]);
        assert_true(laid == read && tallies[0] == tallies[1]);
        assert_true(full_run(m, &tallies[2]) != laid || tallies[2] != tallies[0]);
        standstill_free(&one);
        standstill_rows_free(&rows);
        loaded_free(&calm);
        loaded_free(&shocked);
    }
}

static void small_stress(const struct loaded *l, uint32_t threads, struct stress *out) {
    static struct complaints complaints;
    struct stress_options o = {.seed = 1,
                               .replications = 2,
                               .worlds = 1,
                               .threads = threads,
                               .what = EVERY_KIND,
                               .days = {OWN_TIME, 7},
                               .day_count = 2,
                               .every = 5,
                               .start_count = 2,
                               .horizon = 60};
    o.starts[0] = l->tables.settings.from + 30;
    o.starts[1] = l->tables.settings.from + 100;
    assert_int_equal(stress_make(&l->tables, &o, &complaints, out), AP_OK);
}

static void stress_same(const struct stress *a, const struct stress *b) {
    assert_int_equal(a->jobs, b->jobs);
    assert_int_equal(b->done_count, b->jobs);
    assert_memory_equal(a->values, b->values, a->jobs * sizeof *a->values);
    size_t places = (size_t)a->runs * (a->tables->enterprises_count + 1);
    for (size_t i = 0; i < places; i++) {
        assert_int_equal(a->places[i].family, b->places[i].family);
        assert_int_equal(a->places[i].dual, b->places[i].dual);
    }
}

static void threads_and_interruptions_change_nothing(void **unused) {
    (void)unused;
    struct loaded l;
    struct stress one, more;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    small_stress(&l, 1, &one);
    assert_int_equal(stress_run(&one), AP_OK);
    for (uint32_t threads = 2; threads <= 3; threads++) {
        small_stress(&l, threads, &more);
        assert_int_equal(stress_run(&more), AP_OK);
        stress_same(&one, &more);
        stress_free(&more);
    }
    small_stress(&l, 2, &more); // whole groups are kept, and parts of others
    for (uint32_t job = 0; job < more.jobs; job++) {
        if (job / more.case_count != 1 && job % 3) continue;
        more.values[job] = one.values[job];
        more.done[job] = true;
        more.done_count++;
    }
    assert_int_equal(stress_run(&more), AP_OK);
    stress_same(&one, &more);
    stress_free(&more);
    stress_free(&one);
    loaded_free(&l);
}

int main(int count, char **words) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(an_outage_of_no_length_or_no_size_is_the_baseline),
        cmocka_unit_test(a_standstill_is_the_shock_that_the_tables_would_have),
        cmocka_unit_test(threads_and_interruptions_change_nothing),
    };
    if (count > 1) cmocka_set_test_filter(words[1]);
    return cmocka_run_group_tests(all, NULL, NULL);
}
