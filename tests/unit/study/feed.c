// What the chain hands to the fleet, from runs of the small region: sums, the twin's, and none without charging.
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "laws/load.h"
#include "study/study.h"

static const struct luck luck = {7};

static int64_t all_of(const struct record *r, int32_t (*feed)[FEEDS], int32_t from, int32_t until) {
    int64_t sum = 0;
    for (int32_t day = from - r->m->first_day; day <= until - r->m->first_day; day++)
        for (int k = 0; k < FEEDS; k++) sum += feed[day][k];
    return sum;
}

static void the_feed_is_what_buyers_here_were_handed(void **unused) {
    (void)unused;
    struct loaded l;
    struct record r;
    struct record_options o = {0};
    assert_true(loaded_read("scenarios/small", NULL, &l));
    assert_int_equal(record_run(&l.model, luck, &o, &r), AP_OK);
    int64_t sold = record_between(&r, r.m->from, r.m->until).local_nev_sold;
    assert_true(sold > 1000);
    assert_int_equal(all_of(&r, r.feed.sold, r.m->from, r.m->until), sold);
    for (int32_t day = 0; day < r.m->days; day++)
        for (int k = 0; k < FEEDS; k++) assert_true(r.feed.sold[day][k] >= 0 && r.feed.missed[day][k] >= 0);
    record_free(&r);
    loaded_free(&l);
}

// Buyers come in the same numbers with and without a shock: whom the run does not serve it loses, or they still wait.
static void the_twin_hands_over_what_the_shock_took(void **unused) {
    (void)unused;
    struct loaded l;
    struct record r;
    struct record_options o = {0};
    assert_true(loaded_read("scenarios/small", "chip-shortage", &l));
    for (uint32_t i = 0; i < l.model.shock_count; i++) l.model.shocks[i].factor_ppm = 0;
    assert_int_equal(record_run(&l.model, luck, &o, &r), AP_OK);
    day_number first = r.m->until;
    for (uint32_t i = 0; i < r.m->shock_count; i++)
        if (r.m->shocks[i].active) first = (day_number)smaller_of(first, r.m->first_day + r.m->shocks[i].from);
    assert_true(first > r.m->first_day && first < r.m->until);
    size_t before = (size_t)(first - r.m->first_day) * sizeof *r.feed.sold;
    assert_memory_equal(r.feed.sold, r.twin_feed.sold, before);
    assert_memory_equal(r.feed.missed, r.twin_feed.missed, before);
    int64_t fewer = all_of(&r, r.twin_feed.sold, first, r.m->until) - all_of(&r, r.feed.sold, first, r.m->until);
    int64_t lost = all_of(&r, r.feed.missed, first, r.m->until) - all_of(&r, r.twin_feed.missed, first, r.m->until);
    assert_true(fewer > 0);
    assert_true(lost <= fewer);
    struct period all = period_days(r.m->from, r.m->until);
    assert_true(value_of_feed(INDICATOR_fleet_fewer, &r, all) == (double)fewer);
    double left = value_of_feed(INDICATOR_fleet_moved, &r, all) + value_of_feed(INDICATOR_fleet_never, &r, all);
    assert_true(left == (double)lost);
    record_free(&r);
    loaded_free(&l);
}

static void without_charging_no_feed_is_kept(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    l.model.charging.there = false;
    l.model.until = l.model.from + 9;
    l.model.days = l.model.until - l.model.first_day + 1;
    struct record_options o = {0};
    struct record r;
    assert_int_equal(record_run(&l.model, luck, &o, &r), AP_OK);
    assert_null(r.feed.sold);
    assert_null(r.twin_feed.missed);
    assert_true(r.state_hash != 0);
    record_free(&r);
    loaded_free(&l);
}

static void without_a_chain_no_day_of_it_is_simulated(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("tests/golden/replay/input", NULL, &l));
    struct record_options o = {0};
    struct record r;
    assert_false(chain_there(&l.model));
    assert_int_equal(record_run(&l.model, luck, &o, &r), AP_OK);
    assert_int_equal(r.mark_count, 0);
    assert_int_equal(record_between(&r, r.m->from, r.m->until).made, 0);
    assert_int_equal(all_of(&r, r.feed.sold, r.m->first_day, r.m->until), 0);
    record_free(&r);
    loaded_free(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_feed_is_what_buyers_here_were_handed),
        cmocka_unit_test(the_twin_hands_over_what_the_shock_took),
        cmocka_unit_test(without_charging_no_feed_is_kept),
        cmocka_unit_test(without_a_chain_no_day_of_it_is_simulated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
