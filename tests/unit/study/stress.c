// The figures of one outage from made-up days, and ranks from made-up figures.
#include "study/stress_ranks.h"
#include "study/stress_values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WARM_UP = 3, DAYS = 12 };

// A plant that makes 10 a day, a fifth of them NEVs; nothing else.
struct plant {
    struct model m;
    struct day_figures base[DAYS], with[DAYS];
    int64_t base_made[2], with_made[2];
    struct variant variants[2];
    struct baseline b;
    struct whatif w;
    struct standstill o;
};

static void plant_make(struct plant *d) {
    memset(d, 0, sizeof *d);
    d->m.from = WARM_UP;
    d->m.days = DAYS;
    d->m.n.variant = 2;
    d->m.n.market = d->m.n.offer = d->m.n.enterprise = 1;
    d->m.variants = d->variants;
    d->variants[1].price_fen = 100;
    for (int day = 0; day < DAYS; day++) {
        d->base[day] = (struct day_figures){.made = 10, .made_nev = 2, .waiting = 5};
        d->with[day] = d->base[day];
    }
    d->base_made[1] = d->with_made[1] = 10 * DAYS;
    d->b = (struct baseline){.m = &d->m, .days = DAYS, .figures = d->base, .tally = {.variant_made = d->base_made}};
    d->w = (struct whatif){.figures = d->with, .merged_day = -1, .tally = {.variant_made = d->with_made}};
    d->o.days = 2;
}

static void made_put(struct plant *d, int day, int32_t made) {
    d->with_made[1] += made - d->with[WARM_UP + day].made;
    d->with[WARM_UP + day].made = made;
}

static void what_came_late_and_what_stays_lost_are_told_apart(void **unused) {
    (void)unused;
    struct plant d;
    struct stress_values v;
    plant_make(&d);
    made_put(&d, 1, 0); // behind: 10, 20, then 16, 8, 4, 4 ...
    made_put(&d, 2, 0);
    made_put(&d, 3, 14);
    made_put(&d, 4, 18);
    made_put(&d, 5, 14);
    d.with[WARM_UP + 2].waiting = 25;
    stress_values_read(&d.b, &d.o, &d.w, &v);
    assert_int_equal(v.deficit, 20);
    assert_int_equal(v.lost, 4);
    assert_int_equal(v.delayed, 16);
    assert_int_equal(v.delay, 10 + 20 + 16 + 8 + 4 * 4);
    assert_int_equal(v.value_lost, 400);
    assert_int_equal(v.peak_backlog, 20);
    assert_int_equal(v.first_stop_days, 1);
    assert_int_equal(v.deficit_days, 2);
    assert_int_equal(v.rebuilt_95_days, -1);
    assert_int_equal(v.settled_days, -1);
    assert_int_equal(v.out_days, 2);
    made_put(&d, 6, 13); // 1 of 20 is left: 95 % are rebuilt
    d.w.merged_day = WARM_UP + 7;
    stress_values_read(&d.b, &d.o, &d.w, &v);
    assert_int_equal(v.rebuilt_95_days, 6);
    assert_int_equal(v.settled_days, 8);
}

static void an_outage_that_costs_nothing_has_no_days(void **unused) {
    (void)unused;
    struct plant d;
    struct stress_values v;
    plant_make(&d);
    d.w.merged_day = 0;
    made_put(&d, 4, 12); // ahead of the baseline is no deficit
    stress_values_read(&d.b, &d.o, &d.w, &v);
    assert_int_equal(v.deficit, 0);
    assert_int_equal(v.delayed, 0);
    assert_int_equal(v.lost, -2);
    assert_int_equal(v.first_stop_days, -1);
    assert_int_equal(v.rebuilt_95_days, -1);
    assert_int_equal(v.settled_days, 0);
}

// Three named firms and two invented ones of one role, which is drawn anew in each of two worlds.
enum { FIRMS = 5 };

static void rows_fill(struct stress *s, struct tables *t, struct enterprise_row *firms, struct standstill_row *rows) {
    static const char *const ids[] = {"A", "B", "C", "X1", "X2"};
    for (uint32_t i = 0; i < FIRMS; i++) {
        firms[i + 1] = (struct enterprise_row){.enterprise = ids[i], .identity = i > 2, .district = 1};
        rows[i] = (struct standstill_row){STANDSTILL_ENTERPRISE, CAUSE_NONE, i + 1, ids[i], "", ""};
        s->cases[i] = (struct stress_case){i, 0};
        for (uint32_t run = 0; run < 3; run++)
            s->places[run * (FIRMS + 1) + i + 1] = (struct stress_place){.family = 1};
    }
    t->enterprises = firms;
    t->enterprises_count = FIRMS;
    s->rows.rows = rows;
    s->rows.count = s->case_count = FIRMS;
}

static void invented_firms_are_ranked_by_role_and_ranks_spread_over_worlds(void **unused) {
    (void)unused;
    struct enterprise_row firms[FIRMS + 1];
    struct standstill_row rows[FIRMS];
    struct stress_case cases[FIRMS];
    struct stress_place places[3 * (FIRMS + 1)] = {{.family = 0}};
    struct stress_values values[3 * FIRMS] = {{.lost = 0}};
    struct district_row districts[2] = {{.district = ""}, {.district = "D"}};
    struct product_row products[2] = {{.product = ""}, {.product = "P"}};
    struct tables t = {.districts = districts, .districts_count = 1, .products = products, .products_count = 1};
    struct stress s = {.tables = &t,
                       .cases = cases,
                       .places = places,
                       .values = values,
                       .runs = 3,
                       .options = {.replications = 1, .worlds = 2, .start_count = 1, .day_count = 1, .days = {7}}};
    struct stress_ranks r;
    static const int64_t deficits[3][FIRMS] = {{5, 9, 0, 20, 2}, {50, 9, 0, 2, 2}, {50, 60, 0, 1, 100}};
    rows_fill(&s, &t, firms, rows);
    for (uint32_t run = 0; run < 3; run++)
        for (uint32_t i = 0; i < FIRMS; i++) values[run * FIRMS + i].deficit = deficits[run][i];
    places[2 * (FIRMS + 1) + 5].dual = true; // X2 has another role in the second world
    assert_int_equal(stress_ranks_make(&s, &r), AP_OK);
    assert_int_equal(r.subject_count, 5); // A, B, C and two roles
    assert_int_equal(r.line_count, 5);
    const struct stress_line *line = r.lines;
    assert_string_equal(r.subjects[line[0].subject].id, "P / D / single");
    assert_int_equal(line[0].members, 2);
    assert_true(line[0].figures[STRESS_deficit].mean > 10.99 && line[0].figures[STRESS_deficit].mean < 11.01);
    assert_true(line[0].rank_low > 2.5 && line[0].rank_high > 3.5); // third and fourth in the worlds
    assert_string_equal(r.subjects[line[1].subject].id, "B");
    assert_true(line[1].rank_low > 1.5 && line[1].rank_low < 2.5);       // second in both
    assert_string_equal(r.subjects[line[4].subject].id, "P / D / dual"); // only the second world has it
    assert_true(isnan(line[4].figures[STRESS_deficit].mean));
    assert_int_equal(line[4].ranked, 1);
    assert_int_equal(line[4].top_ten, 1);
    assert_int_equal(r.shapes[STANDSTILL_ENTERPRISE][0].without_effect, 1);
    stress_ranks_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_late_and_what_stays_lost_are_told_apart),
        cmocka_unit_test(an_outage_that_costs_nothing_has_no_days),
        cmocka_unit_test(invented_firms_are_ranked_by_role_and_ranks_spread_over_worlds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
