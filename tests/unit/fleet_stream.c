// M-12.15: streams, and the two ways of serving those of closed sites.
#include "unit/fleet_town.h"

#include "fleet/fleet.h"

static const char streams[] =
    "stream,site,per_hour,size,size_law,size_spread,amount,profile,swing,days,patience_law,patience_minutes\n"
    "base,S,6,1,exponential,0,hours,wave,0,all,none,0\n"
    "swings,S,2,0.7,uniform,0.5,hours,,0.8,all,exponential,30\n"
    "weekend,S,1,20,lognormal,1.5,kwh,,0.5,restday,constant,0\n"
    "phases,S,0.5,0.5,erlang,20,hours,wave,0,all,none,0\n"
    "mixed,S,0.5,0.5,hyperexponential,4,hours,,0,all,none,0\n"
    "long,S,0.05,60,constant,0,hours,,0,workday,constant,600\n";

static void town_run(struct town_test *x, const char *piles, const char *more, struct fleet_record *out) {
    town_begin(x);
    rows_put(x, "profiles.csv", "profile,slot,weight\nwave,2,1\nwave,8,3\nwave,17,2\n");
    rows_put(x, "sites.csv", "site,district,access\nS,Here,closed\n");
    rows_put(x, "site_piles.csv", piles);
    rows_put(x, "streams.csv", streams);
    rows_put(x, "settings.csv", more);
    town_read(x);
    struct fleet_options options = { .threads = 1, .details = true, .minutes = true };
    assert_int_equal(fleet_run(&x->m, luck_of(11, 0), NULL, &options, out), AP_OK);
}

static void town_drop(struct town_test *x, struct fleet_record *out) {
    fleet_record_free(out);
    model_free(&x->m);
    folder_close(&x->f);
}

static const char half_year[] = "setting,value\nfrom,2023-02-01\nuntil,2023-07-31\nwarm_up_days,9\n";

// A group of piles that nobody uses makes the site one that is served request by request: the same sums, to the unit.
static void a_day_in_one_go_is_the_same_as_one_by_one(void **unused) {
    (void)unused;
    struct town_test plain, single;
    struct fleet_record a, b;
    town_run(&plain, "site,group,piles,kw\nS,piles,7,60\n", half_year, &a);
    town_run(&single, "site,group,piles,kw,current\nS,other,1,7,ac\nS,piles,7,60,dc\n", half_year, &b);
    assert_int_equal(single.m.charging.n.station, 3);
    const struct station_sums *one = &a.stations[1], *two = &b.stations[2];
    assert_true(one->arrived > 30000);
    assert_true(one->left > 100 && one->waited > 1000);
    assert_memory_equal(one, two, sizeof *one);
    assert_memory_equal(a.streams, b.streams, plain.m.charging.n.stream * sizeof *a.streams);
    assert_memory_equal(a.queue_us + 24, b.queue_us + 48, 24 * sizeof(int64_t));
    assert_memory_equal(a.busy_us + 24, b.busy_us + 48, 24 * sizeof(int64_t));
    assert_memory_equal(a.station_waits + WAIT_BINS, b.station_waits + 2 * WAIT_BINS, WAIT_BINS * sizeof(int64_t));
    assert_memory_equal(a.plugged[1], b.plugged[2], (size_t)plain.m.days * 1440 * sizeof(int32_t));
    for (int i = 0; i < WEEK_HOURS; i++) {
        assert_int_equal(a.week[i].requests, b.week[i].requests);
        assert_int_equal(a.week[i].waits, b.week[i].waits);
        assert_int_equal(a.week[i].wait_us, b.week[i].wait_us);
        assert_int_equal(a.week[i].plugged_us[DC], b.week[i].plugged_us[DC]);
        int64_t off = a.week[i].load_uwh[LOAD_DC] - b.week[i].load_uwh[LOAD_DC];
        assert_true(off < 20000 && off > -20000);          // uWh: each hour of each session rounds
    }
    for (uint32_t i = 0; i < a.month_count; i++)
        assert_memory_equal(a.months[i].sums + FLEET_SUM_COUNT, b.months[i].sums + FLEET_SUM_COUNT,
                            FLEET_SUM_COUNT * sizeof(int64_t));
    town_drop(&plain, &a);
    town_drop(&single, &b);
}

// Little's law is exact where all that came is gone when the run ends: the queue by hour sums to the waits of requests.
static void the_queue_is_the_sum_of_the_waits(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    town_begin(&x);
    rows_put(&x, "sites.csv", "site,district,access,site_kw\nS,Here,closed,\nT,Here,closed,200\n");
    rows_put(&x, "site_piles.csv", "site,group,piles,kw\nS,a,3,60\nT,a,5,60\n");
    rows_put(&x, "streams.csv", "stream,site,per_hour,until\nS,S,2.5,2023-01-09\nT,T,2.5,2023-01-09\n");
    town_read(&x);
    struct fleet_options options = { .threads = 1, .details = true };
    assert_int_equal(fleet_run(&x.m, luck_of(5, 0), NULL, &options, &r), AP_OK);
    for (uint32_t i = 1; i <= 2; i++) {
        int64_t queue = 0, busy = 0;
        for (int hour = 0; hour < 24; hour++) {
            queue += r.queue_us[i * 24 + (uint32_t)hour];
            busy += r.busy_us[i * 24 + (uint32_t)hour];
        }
        assert_true(r.stations[i].wait_us > 0);
        assert_int_equal(queue, r.stations[i].wait_us);
        assert_int_equal(busy, r.stations[i].busy_us);
        assert_int_equal(r.stations[i].arrived, r.stations[i].started);
    }
    town_drop(&x, &r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_in_one_go_is_the_same_as_one_by_one),
        cmocka_unit_test(the_queue_is_the_sum_of_the_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
