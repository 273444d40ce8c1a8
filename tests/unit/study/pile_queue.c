// M-12.17: the recursion on recorded tries, whom piles are given to, and both against runs of the fleet.
#include "unit/fleet_town.h"

#include "study/study.h"

static const int64_t minute = INT64_C(60000000);

static void try_put(struct station_tries *x, int64_t at, int64_t patience, int64_t hold) {
    struct fleet_try one = {at * minute, patience < 0 ? INT64_MAX : patience * minute, hold * minute, 1, !hold, false};
    station_tries_add(x, &one);
}

// Three at one pile: 10 minutes each at 0, 2 and 4; the fourth leaves after 5.
static struct station_tries four_tries(void) {
    struct station_tries x = {.places = -1, .stranger_us = 10 * minute};
    try_put(&x, 0, -1, 10);
    try_put(&x, 2, -1, 10);
    try_put(&x, 4, -1, 10);
    try_put(&x, 6, 5, 0);
    return x;
}

static void totals_are(const struct station_tries *x, uint32_t piles, struct queue_total wanted) {
    struct queue_total t;
    assert_int_equal(queue_replay(x, piles, &t), AP_OK);
    assert_int_equal(t.tries, wanted.tries);
    assert_int_equal(t.wait_us, wanted.wait_us * minute);
    assert_int_equal(t.left, wanted.left);
}

static void waits_follow_by_hand(void **unused) {
    (void)unused;
    struct station_tries x = four_tries();
    totals_are(&x, 1, (struct queue_total){4, 8 + 16 + 5, 1});
    totals_are(&x, 2, (struct queue_total){4, 6 + 5, 1});      // the fourth would wait 6
    totals_are(&x, 3, (struct queue_total){4, 4, 0});
    totals_are(&x, 4, (struct queue_total){4, 0, 0});
    x.from_us = 3 * minute;                                    // the first two are not counted
    totals_are(&x, 1, (struct queue_total){2, 16 + 5, 1});
    x.from_us = 0;
    x.places = 1;                                              // the third and fourth find the place taken
    totals_are(&x, 1, (struct queue_total){4, 8, 2});
    free(x.rows);
}

static void a_repair_holds_a_pile_and_is_no_try(void **unused) {
    (void)unused;
    struct station_tries x = {.places = -1};
    struct fleet_try repair = {0, 0, 30 * minute, 1, false, true};
    station_tries_add(&x, &repair);
    try_put(&x, 10, -1, 5);
    totals_are(&x, 1, (struct queue_total){1, 20, 0});
    totals_are(&x, 2, (struct queue_total){1, 0, 0});
    free(x.rows);
}

static void piles_go_where_they_gain_most_and_fit(void **unused) {
    (void)unused;
    struct station_tries busy = four_tries(), idle = {.places = -1};
    try_put(&idle, 0, -1, 10);
    try_put(&idle, 9, -1, 10);
    struct pile_candidate rows[3] = {
        {.station = 1, .piles = 1, .watts = 60, .feeder = 1, .tries = &busy},
        {.station = 2, .piles = 1, .watts = 60, .feeder = 2, .tries = &busy},
        {.station = 3, .piles = 2, .watts = 60, .tries = &idle}};
    int64_t room[3] = {0, 119, 1000};                          // one pile fits the first feeder
    struct pile_budget b = {10, room, GOAL_WAIT};
    assert_int_equal(piles_choose(rows, 3, &b), AP_OK);
    assert_int_equal(rows[0].added, 1);
    assert_int_equal(rows[1].added, 3);                        // nobody waits with four
    assert_int_equal(rows[2].added, 0);
    assert_int_equal(b.piles, 6);
    assert_int_equal(rows[0].before.wait_us - rows[0].after.wait_us, (29 - 11) * minute);
    assert_int_equal(rows[1].after.wait_us, 0);
    free(busy.rows);
    free(idle.rows);
}

// The second pile at once serves the one who leaves; the first alone does not: two are looked at together.
static void two_piles_may_gain_what_one_does_not(void **unused) {
    (void)unused;
    struct station_tries x = four_tries();
    struct pile_candidate row = {.station = 1, .piles = 1, .tries = &x};
    struct pile_budget b = {2, NULL, GOAL_REFUSED};
    assert_int_equal(piles_choose(&row, 1, &b), AP_OK);
    assert_int_equal(row.added, 2);
    assert_int_equal(row.after.left, 0);
    free(x.rows);
}

static void proportions_leave_the_largest_remainders(void **unused) {
    (void)unused;
    struct pile_candidate rows[3] = {{.piles = 10}, {.piles = 6}, {.piles = 4}};
    struct pile_budget b = {7, NULL, GOAL_WAIT};               // 3.5, 2.1, 1.4
    assert_int_equal(piles_spread(rows, 3, &b), AP_OK);
    assert_int_equal(rows[0].proportional, 4);
    assert_int_equal(rows[1].proportional, 2);
    assert_int_equal(rows[2].proportional, 1);
}

static void single_site_plan(struct town_test *x, const char *piles, const char *streams, uint32_t replications,
                             struct pile_plan *plan) {
    town_begin(x);
    rows_put(x, "feeders.csv", "feeder,district,kva\nF,Here,1000\n");
    rows_put(x, "sites.csv", "site,district,access,feeder\nS,Here,public,F\n");
    rows_put(x, "site_piles.csv", piles);
    rows_put(x, "streams.csv", streams);
    town_read(x);
    struct pile_plan_options o = {.add = 9, .threads = 2, .replications = replications};
    assert_int_equal(pile_plan_make(&x->f.tables, &o, &x->f.complaints, plan), AP_OK);
}

static void single_site_end(struct town_test *x, struct pile_plan *plan) {
    pile_plan_free(plan);
    model_free(&x->m);
    folder_close(&x->f);
}

// Where nobody has another site to go to, the prediction is the run with more piles, to the microsecond.
static void a_single_site_does_as_predicted(void **unused) {
    (void)unused;
    struct town_test x;
    struct pile_plan p;
    single_site_plan(&x, "site,group,current,piles,kw\nS,fast,dc,2,60\n",
                     "stream,site,current,per_hour,size\nall,S,dc,3.6,0.5\n", 3, &p);
    assert_true(p.baseline.wait_us > 3000 * minute);
    assert_int_equal(p.before.wait_us, p.baseline.wait_us);
    assert_int_equal(p.before.tries, p.baseline.tries);
    assert_in_range(p.rows[0].added, 2, 9);
    assert_int_equal(p.after.wait_us, p.proposal.wait_us);
    assert_true(p.proposal.wait_us < p.baseline.wait_us / 4);
    assert_true(p.proportional.wait_us <= p.proposal.wait_us);    // it gives all nine
    single_site_end(&x, &p);
}

// Four of 180 kW at work for an hour draw 720 kW: the feeder of 1000 has room for one more.
static void feeders_bound_what_is_added(void **unused) {
    (void)unused;
    struct town_test x;
    struct pile_plan p;
    single_site_plan(&x, "site,group,current,piles,kw\nS,fast,dc,4,180\n",
                     "stream,site,current,per_hour,size,patience_law,patience_minutes\n"
                     "all,S,dc,14,0.5,exponential,10\n", 1, &p);
    assert_int_equal(p.before.wait_us, p.baseline.wait_us);
    assert_int_equal(p.before.left, p.baseline.left);
    assert_true(p.baseline.left > 100);
    assert_int_equal(p.rows[0].added, 1);
    assert_int_equal(p.placed, 1);
    assert_int_equal(p.spread, 1);
    assert_true(p.proposal.left < p.baseline.left);
    single_site_end(&x, &p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_follow_by_hand),
        cmocka_unit_test(a_repair_holds_a_pile_and_is_no_try),
        cmocka_unit_test(piles_go_where_they_gain_most_and_fit),
        cmocka_unit_test(two_piles_may_gain_what_one_does_not),
        cmocka_unit_test(proportions_leave_the_largest_remainders),
        cmocka_unit_test(a_single_site_does_as_predicted),
        cmocka_unit_test(feeders_bound_what_is_added),
    };
    return cmocka_run_group_tests_name("unit: piles", tests, NULL, NULL);
}
