// M-12.14: sites that share their power or serve by priority, by hand-made requests whose results can be reckoned.
#include "unit/fleet_town.h"

#include "laws/dice.h"

static void site_put(const struct town_test *x, const char *site, const char *piles) {
    rows_put(x, "sites.csv", site);
    rows_put(x, "site_piles.csv", piles);
}

static void two_share_equally(void **unused) {
    (void)unused;
    struct town_test x;
    town_begin(&x);
    site_put(&x, "site,district,access,site_kw\nS,Here,closed,60\n", "site,group,piles,kw\nS,a,-1,60\n");
    town_open(&x);
    assert_true(x.t.c->sites[1].by_events);
    struct request first = asked(0, 60), second = asked(30, 30);
    station_arrive(hand_of(&x), 1, &first);
    station_arrive(hand_of(&x), 1, &second);
    event_advance(hand_of(&x), 1, DAY_US);
    // The first has 30 kWh after half an hour; then both take 30 kW for an hour.
    counted_close(&x.t);
    near_us(x.t.stations[1].busy_us, 90 + 60);
    near_us(x.t.stations[1].throttled_us, 60 + 60);
    assert_int_equal(x.t.stations[1].throttled, 1);
    assert_int_equal(x.t.stations[1].delivered_uwh, INT64_C(90000000000));
    assert_int_equal(load_of(&x), INT64_C(90000000000));
    assert_int_equal(load_at(&x, 0, LOAD_DC) / 1000000, 60000);
    assert_int_equal(sum_of(&x, FLEET_ended_served), 2);
    town_end(&x);
}

// 100 kW for three: one can take 20, so the others get 40 each.
static void what_one_cannot_take_goes_to_the_others(void **unused) {
    (void)unused;
    struct town_test x;
    town_begin(&x);
    site_put(&x, "site,district,access,site_kw\nS,Here,closed,100\n",
             "site,group,piles,kw\nS,big,2,60\nS,small,1,20\n");
    town_open(&x);
    struct request big = asked(0, 40), small = asked(0, 20);
    station_arrive(hand_of(&x), 1, &big);
    station_arrive(hand_of(&x), 1, &big);
    station_arrive(hand_of(&x), 2, &small);
    event_advance(hand_of(&x), 1, DAY_US);
    counted_close(&x.t);
    near_us(x.t.stations[1].busy_us, 120);
    near_us(x.t.stations[2].busy_us, 60);
    assert_int_equal(x.t.stations[2].throttled_us, 0);
    town_end(&x);
}

static void the_higher_priority_goes_first_and_nobody_is_interrupted(void **unused) {
    (void)unused;
    struct town_test x;
    town_begin(&x);
    site_put(&x, "site,district,access,queue\nS,Here,closed,priority\n", "site,group,piles,kw\nS,a,1,60\n");
    town_open(&x);
    struct request q = asked(0, 60), low = asked(1, 60), high = asked(2, 60), late = asked(3, 60);
    high.priority = late.priority = 5;
    station_arrive(hand_of(&x), 1, &q);
    station_arrive(hand_of(&x), 1, &low);
    station_arrive(hand_of(&x), 1, &high);
    station_arrive(hand_of(&x), 1, &late);
    event_advance(hand_of(&x), 1, 240 * INT64_C(60000000));
    // Starts at 0, then high at 60, late at 120, low at 180: waits 58, 117, 179.
    counted_close(&x.t);
    near_us(x.t.stations[1].wait_us, 58 + 117 + 179);
    assert_int_equal(x.t.stations[1].started, 4);
    town_end(&x);
}

static void who_finds_no_place_or_waits_too_long_leaves(void **unused) {
    (void)unused;
    struct town_test x;
    town_begin(&x);
    site_put(&x, "site,district,access,queue,places\nS,Here,closed,priority,1\n", "site,group,piles,kw\nS,a,1,60\n");
    town_open(&x);
    struct request q = asked(0, 60), hurried = asked(5, 60), third = asked(6, 60), fourth = asked(16, 60);
    hurried.patience_us = 10 * INT64_C(60000000);
    station_arrive(hand_of(&x), 1, &q);
    station_arrive(hand_of(&x), 1, &hurried);
    station_arrive(hand_of(&x), 1, &third);            // the place is taken
    station_arrive(hand_of(&x), 1, &fourth);           // it is free again since minute 15
    event_advance(hand_of(&x), 1, DAY_US);
    assert_int_equal(sum_of(&x, FLEET_ended_full), 1);
    assert_int_equal(sum_of(&x, FLEET_ended_patience), 1);
    assert_int_equal(sum_of(&x, FLEET_ended_served), 2);
    counted_close(&x.t);
    near_us(x.t.stations[1].wait_us, 10 + 44);
    town_end(&x);
}

// At the end of the run one charges and one waits; the ledger of energy closes with what was delivered.
static void what_is_open_at_the_end_has_a_reason(void **unused) {
    (void)unused;
    struct town_test x;
    town_begin(&x);
    site_put(&x, "site,district,access,site_kw\nS,Here,closed,30\n", "site,group,piles,kw\nS,a,1,60\n");
    town_open(&x);
    x.t.day = x.m.days - 1;
    double last = x.m.days * 1440.0;
    struct request q = asked(last - 60, 60), waits = asked(last - 30, 60);
    station_arrive(hand_of(&x), 1, &q);
    station_arrive(hand_of(&x), 1, &waits);
    assert_int_equal(events_open(&x.t), 2);
    events_end(hand_of(&x));
    assert_int_equal(sum_of(&x, FLEET_ended_charging), 1);
    assert_int_equal(sum_of(&x, FLEET_ended_waiting), 1);
    assert_int_equal(events_open(&x.t) + events_uwh(&x.t), 0);
    counted_close(&x.t);
    assert_int_equal(x.t.stations[1].delivered_uwh, load_of(&x));
    assert_int_equal(load_of(&x) / 1000000, 30000);
    town_end(&x);
}

static const char curves[] = "curve,soc,kw\nfast,0,60\nfast,0.2,100\nfast,0.6,80\nfast,1,10\n";
static const char types[] = "type,battery_kwh,dc_kw,ac_kw,curve,efficiency\ncar,50,100,7,fast,0.95\n"
                            "small,30,40,7,,0.9\n";

static struct request drawn(struct dice *d, const struct charging *c, double *minute) {
    *minute += dice_roll(d, 0, 30);
    struct request q = asked(*minute, 0);
    q.type = (uint8_t)dice_roll(d, 0, 2);
    q.charge_mwh = (int32_t)(c->types[q.type].battery_mwh / 100 * dice_roll(d, 5, 60));
    q.size = INT64_C(1000000) * dice_roll(d, 1000, 15000);
    if (dice_roll(d, 0, 3) == 0) q.patience_us = INT64_C(60000000) * dice_roll(d, 0, 20);
    q.priority = (int16_t)dice_roll(d, 0, 2);
    return q;
}

// The same requests at a site whose limit never binds and at one without: the same sessions, to the rounding of a us.
static void a_limit_that_never_binds_changes_nothing(void **unused) {
    (void)unused;
    struct dice d = { 3 };
    struct town_test x;
    town_begin(&x);
    rows_put(&x, "curves.csv", curves);
    rows_put(&x, "ev_types.csv", types);
    site_put(&x, "site,district,access,site_kw\nA,Here,closed,350\nB,Here,closed,0\n",
             "site,group,piles,kw\nA,a,3,120\nB,b,3,120\n");
    town_open(&x);
    assert_true(x.t.c->sites[1].by_events);
    assert_false(x.t.c->sites[2].by_events);
    double minute = 0;
    while (minute < 1200) {
        struct request q = drawn(&d, x.t.c, &minute);
        q.priority = 0;
        q.type = q.type ? q.type : 1;                  // three cars take 300 kW at most
        station_arrive(hand_of(&x), 1, &q);
        station_arrive(hand_of(&x), 2, &q);
    }
    event_advance(hand_of(&x), 1, 2 * DAY_US);
    counted_close(&x.t);
    const struct station_sums *a = &x.t.stations[1], *b = &x.t.stations[2];
    assert_true(a->started > 60);
    assert_int_equal(a->started, b->started);
    assert_int_equal(a->left, b->left);
    assert_int_equal(a->delivered_uwh, b->delivered_uwh);
    assert_int_equal(a->busy_us, b->busy_us);
    assert_int_equal(a->wait_us, b->wait_us);
    assert_int_equal(a->throttled_us, 0);
    town_end(&x);
}

static int64_t arrivals_run(struct town_test *x, struct dice *d, double until_minute) {
    int64_t count = 0;
    for (double minute = 0; minute < until_minute; count++) {
        struct request q = drawn(d, x->t.c, &minute);
        station_arrive(hand_of(x), (uint32_t)dice_roll(d, 1, 2), &q);
    }
    return count;
}

// Whatever comes: nobody is lost, the energy of the sessions is that of the load, and no hour exceeds the limit.
static void random_requests_keep_the_ledgers(void **unused) {
    (void)unused;
    for (unsigned seed = 1; seed <= 60; seed++) {
        struct dice d = { seed };
        struct town_test x;
        town_begin(&x);
        rows_put(&x, "curves.csv", curves);
        rows_put(&x, "ev_types.csv", types);
        site_put(&x, seed % 2 ? "site,district,access,site_kw,queue\nS,Here,closed,90,priority\n"
                              : "site,district,access,site_kw,places\nS,Here,closed,90,2\n",
                 "site,group,piles,kw\nS,big,2,120\nS,small,-1,20\n");
        town_open(&x);
        int64_t count = arrivals_run(&x, &d, 1300);
        event_advance(hand_of(&x), 1, DAY_US);
        counted_close(&x.t);
        const struct station_sums *s = &x.t.stations[1];
        assert_int_equal(s[0].arrived + s[1].arrived, count);
        assert_int_equal(s[0].started + s[1].started + s[0].left + s[1].left + events_open(&x.t), count);
        assert_int_equal(s[0].delivered_uwh + s[1].delivered_uwh + events_uwh(&x.t), load_of(&x));
        for (int hour = 0; hour < 24; hour++) assert_true(load_at(&x, hour, LOAD_DC) <= INT64_C(90000000000) + 1000);
        assert_true(s[0].throttled_us > 0);
        town_end(&x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_share_equally),
        cmocka_unit_test(what_one_cannot_take_goes_to_the_others),
        cmocka_unit_test(the_higher_priority_goes_first_and_nobody_is_interrupted),
        cmocka_unit_test(who_finds_no_place_or_waits_too_long_leaves),
        cmocka_unit_test(what_is_open_at_the_end_has_a_reason),
        cmocka_unit_test(a_limit_that_never_binds_changes_nothing),
        cmocka_unit_test(random_requests_keep_the_ledgers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
