// Laws of charging, on a town of all kinds of sites and vehicles: the same bytes on any number of threads and ticks,
// every request ends with a reason, energy is the same wherever it is counted, Little's law, and pooling shortens the
// wait.
#include "unit/fleet_town.h"

static void town_put(struct town_test *x, const char *tick_seconds) {
    char settings[300];
    town_begin(x);
    snprintf(settings, sizeof settings, "setting,value\nfrom,2023-01-10\nuntil,2023-02-19\nwarm_up_days,8\n"
             "failed_start_share,0.05\noverstay_minutes,8\npile_up_days,20\ntick_seconds,%s\n", tick_seconds);
    rows_put(x, "settings.csv", settings);
    rows_put(x, "districts.csv", "district,in_region,lat,lon,population\nNorth,yes,30,105,300\n"
                                 "South,yes,30.05,105.05,200\nEast,yes,30,105.1,100\n");
    rows_put(x, "enterprises.csv", "enterprise,district,kind\nNOBODY,North,supplier\n");
    rows_put(x, "curves.csv", "curve,soc,kw\nfast,0,60\nfast,0.2,100\nfast,0.6,80\nfast,1,10\n");
    rows_put(x, "ev_types.csv", "type,powertrain,battery_kwh,kwh_per_100km,ac_kw,dc_kw,curve,efficiency\n"
                                "car,BEV,50,15,7,100,fast,0.9\nhybrid,PHEV,18,17,7,40,,0.9\n");
    rows_put(x, "ev_classes.csv", "class,kind,share,km_per_day,km_spread,day_law,day_spread,shift_from,shift_until,"
                                  "plug_below_spread,cheap_share,public_below_spread,ac_share,patience_minutes\n"
                                  "private,daily,0.9,60,0.4,gamma,0.7,6,23,0.2,0.3,0.1,0.3,20\n"
                                  "taxi,shift,0.1,260,0,exponential,0,5,24,0,0,0.1,0,30\n");
    rows_put(x, "class_types.csv", "class,type,weight\nprivate,car,2\nprivate,hybrid,1\ntaxi,car,1\n");
    rows_put(x, "homes.csv", "class,home,share,kw\nprivate,own,0.3,7\nprivate,shared,0.3,7\nprivate,none,0.4,7\n"
                             "taxi,none,1,7\n");
    rows_put(x, "fleet_stock.csv", "date,vehicles\n2022-12-01,2500\n");
    rows_put(x, "fleet_inflow.csv", "year,registrations,bev_share\n2022,1000,0.7\n2023,3000,0.7\n");
    rows_put(x, "feeders.csv", "feeder,district,kva,base_kw,homes_share\nF,North,400,200,0.5\n");
    rows_put(x, "sites.csv", "site,district,access,site_kw,queue,places,feeder\nlimited,North,public,150,fifo,-1,F\n"
                             "ranked,South,public,0,priority,3,\nplain,South,public,0,fifo,2,\n"
                             "wide,East,public,0,fifo,-1,\n"
                             "yard,North,residents,60,fifo,-1,F\ncourt,South,residents,0,fifo,-1,\n"
                             "depot,East,closed,100,priority,4,\nlot,East,closed,0,fifo,-1,\n");
    rows_put(x, "site_piles.csv", "site,group,current,piles,kw\nlimited,fast,dc,4,120\nlimited,slow,ac,4,7\n"
                                  "ranked,fast,dc,4,60\n"
                                  "plain,fast,dc,3,60\nplain,slow,ac,5,7\nwide,fast,dc,5,120\n"
                                  "yard,slow,ac,12,7\ncourt,slow,ac,15,7\n"
                                  "depot,fast,dc,3,60\nlot,fast,dc,6,60\n");
    rows_put(x, "streams.csv", "stream,site,district,per_hour,size,size_law,amount,type,swing,priority,patience_law,"
                               "patience_minutes\nguests,,South,2,20,exponential,kwh,car,0.5,0,exponential,15\n"
                               "passing,wide,,1,1,constant,soc,car,0,0,constant,10\n"
                               "vans,depot,,3,0.5,uniform,hours,,0.9,2,none,0\n"
                               "late,depot,,2,0.8,exponential,hours,,0,1,exponential,30\n"
                               "lot,lot,,5,1,exponential,hours,,0,0,none,0\n");
    town_read(x);
}

static void town_run(const struct town_test *x, uint32_t threads, struct fleet_record *out) {
    struct fleet_options options = { .threads = threads, .details = true, .minutes = true };
    enum ap_status status = fleet_run(&x->m, luck_of(4, 0), NULL, &options, out);
    if (status != AP_OK) fail_msg("%s", out->trouble);
}

static void town_drop(struct town_test *x) {
    model_free(&x->m);
    folder_close(&x->f);
}

static void records_equal(const struct fleet_record *a, const struct fleet_record *b) {
    const struct charging_counts *n = &a->m->charging.n;
    assert_true(a->state_hash == b->state_hash);
    assert_memory_equal(a->stations, b->stations, n->station * sizeof *a->stations);
    assert_memory_equal(a->week, b->week, (size_t)n->district * WEEK_HOURS * sizeof *a->week);
    assert_memory_equal(a->hours, b->hours, (size_t)(a->m->until - a->m->from + 1) * 24 * LOADS * sizeof *a->hours);
    assert_memory_equal(a->queue_us, b->queue_us, (size_t)n->station * 24 * sizeof *a->queue_us);
    assert_memory_equal(a->station_waits, b->station_waits, (size_t)n->station * WAIT_BINS * sizeof(int64_t));
    for (uint32_t i = 0; i < a->month_count; i++) {
        size_t rows = (size_t)n->district * n->class;
        assert_memory_equal(a->months[i].sums, b->months[i].sums, rows * FLEET_SUM_COUNT * sizeof(int64_t));
        assert_memory_equal(a->months[i].vehicles, b->months[i].vehicles, rows * sizeof(int64_t));
        size_t bins = (size_t)n->class * WAIT_BINS;
        assert_memory_equal(a->months[i].wait_bins, b->months[i].wait_bins, bins * sizeof(int64_t));
        assert_memory_equal(a->months[i].overload_hours, b->months[i].overload_hours, n->feeder * sizeof(int32_t));
    }
}

static void threads_change_no_byte(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record one, more;
    town_put(&x, "3600");
    town_run(&x, 1, &one);
    for (uint32_t threads = 2; threads <= 3; threads++) {
        town_run(&x, threads, &more);
        records_equal(&one, &more);
        fleet_record_free(&more);
    }
    fleet_record_free(&one);
    town_drop(&x);
}

static void the_tick_of_the_chain_changes_no_byte(void **unused) {
    (void)unused;
    struct town_test x, y;
    struct fleet_record a, b;
    town_put(&x, "3600");
    town_put(&y, "900");
    town_run(&x, 1, &a);
    town_run(&y, 1, &b);
    records_equal(&a, &b);
    fleet_record_free(&a);
    fleet_record_free(&b);
    town_drop(&x);
    town_drop(&y);
}

static int64_t sum_over(const struct fleet_record *r, enum fleet_sum sum) {
    const struct charging_counts *n = &r->m->charging.n;
    int64_t all = 0;
    for (uint32_t i = 0; i < r->month_count; i++)
        for (size_t row = 0; row < (size_t)n->district * n->class; row++)
            all += r->months[i].sums[row * FLEET_SUM_COUNT + sum];
    return all;
}

// Without a warm-up nothing is open when counting begins, so what came is what ended or is still there.
static void every_request_ends_with_a_reason(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    town_put(&x, "3600");
    x.m.from = x.m.first_day;
    town_run(&x, 2, &r);
    int64_t ended = 0;
    for (int why = 0; why < ENDS; why++) {
        int64_t count = sum_over(&r, FLEET_ended_served + why);
        ended += count;
        if (why != END_NO_SITE && why != END_BETWEEN) assert_true(count > 0);
    }
    int64_t asked = sum_over(&r, FLEET_asked);
    assert_true(asked > 20000);
    assert_in_range(asked - ended, 0, 400);        // those asked on the last day for a moment after the run
    int64_t arrived = 0, gone = 0;
    for (uint32_t i = 1; i < x.m.charging.n.station; i++) {
        arrived += r.stations[i].arrived;
        gone += r.stations[i].started + r.stations[i].left;
    }
    int64_t waiting = arrived - gone;              // at sites by events, when the run ended
    assert_in_range(waiting, 0, sum_over(&r, FLEET_ended_waiting));
    fleet_record_free(&r);
    town_drop(&x);
}

// Sessions, stations and load count the same energy, and batteries get 0.9 of what is for vehicles.
static void energy_is_the_same_wherever_it_is_counted(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    town_put(&x, "3600");
    x.m.from = x.m.first_day;
    town_run(&x, 1, &r);
    int64_t stations = 0, load = 0, open = 0;
    for (uint32_t i = 1; i < x.m.charging.n.station; i++) stations += r.stations[i].delivered_uwh;
    int64_t shared = sum_over(&r, FLEET_residents_uwh) + sum_over(&r, FLEET_ac_uwh) + sum_over(&r, FLEET_dc_uwh);
    int64_t home = sum_over(&r, FLEET_home_uwh);
    assert_int_equal(stations, shared);
    for (size_t i = 0; i < (size_t)x.m.days * 24 * LOADS; i++) load += r.hours[i];
    open = home + shared - load;                   // of the sessions that go on when the run is over
    assert_true(open >= 0 && open < (home + shared) / 50);
    int64_t streams = 0;
    for (uint32_t i = 0; i < r.month_count; i++)
        for (uint32_t d = 1; d < x.m.charging.n.district; d++) {
            const int64_t *sums = r.months[i].sums + (size_t)d * x.m.charging.n.class * FLEET_SUM_COUNT;
            streams += sums[FLEET_ac_uwh] + sums[FLEET_dc_uwh];
        }
    double gained = (double)sum_over(&r, FLEET_charged_mwh) * 1000 / 0.9, paid = (double)(home + shared - streams);
    int64_t sessions = sum_over(&r, FLEET_home_sessions) + sum_over(&r, FLEET_residents_sessions) +
                       sum_over(&r, FLEET_ac_sessions) + sum_over(&r, FLEET_dc_sessions);
    double off = gained - paid, most = 1200.0 * (double)sessions;      // a mWh of rounding each
    assert_true(off < most && off > -most);
    fleet_record_free(&r);
    town_drop(&x);
}

// The queue by hour of the day and minute by minute are the waits of the requests, and so are plugged piles and stays.
static void queues_are_waits(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    town_put(&x, "3600");
    x.m.from = x.m.first_day;
    town_run(&x, 1, &r);
    int64_t longest = 24 * HOUR_US;
    for (uint32_t i = 1; i < x.m.charging.n.station; i++) {
        int64_t queue = 0, busy = 0;
        for (uint32_t hour = 0; hour < 24; hour++) {
            queue += r.queue_us[i * 24 + hour];
            busy += r.busy_us[i * 24 + hour];
        }
        // What reaches beyond the run is in the sums by session alone.
        assert_true(queue <= r.stations[i].wait_us && r.stations[i].wait_us - queue < longest);
        assert_true(busy <= r.stations[i].busy_us && r.stations[i].busy_us - busy < 15 * longest);
        if (!r.plugged[i]) continue;
        int64_t now = 0, minutes = 0;
        for (int32_t k = 0; k < x.m.days * 1440; k++) {
            now += r.plugged[i][k];
            assert_true(now >= 0 && now <= x.m.charging.stations[i].piles);
            minutes += now;
        }
        double off = (double)minutes * 60e6 / (double)busy - 1;
        assert_true(off < 0.01 && off > -0.01);
    }
    fleet_record_free(&r);
    town_drop(&x);
}

static double wait_minutes(int piles, int per_hour) {
    struct town_test x;
    struct fleet_record r;
    char text[120];
    town_begin(&x);
    rows_put(&x, "settings.csv", "setting,value\nfrom,2023-01-08\nuntil,2024-12-31\nwarm_up_days,7\n");
    rows_put(&x, "sites.csv", "site,district,access\nS,Here,closed\n");
    snprintf(text, sizeof text, "site,group,piles,kw\nS,a,%d,60\n", piles);
    rows_put(&x, "site_piles.csv", text);
    snprintf(text, sizeof text, "stream,site,per_hour\nS,S,%d\n", per_hour);
    rows_put(&x, "streams.csv", text);
    town_read(&x);
    town_run(&x, 1, &r);
    double wait = (double)r.stations[1].wait_us / (double)r.stations[1].arrived / 60e6;
    fleet_record_free(&r);
    town_drop(&x);
    return wait;
}

// Twice the arrivals on twice the piles: 12.275 minutes become 3.841.
static void pooling_shortens_the_wait(void **unused) {
    (void)unused;
    double apart = wait_minutes(10, 8), pooled = wait_minutes(20, 16);
    assert_true(apart > 10.5 && apart < 14);
    assert_true(pooled > 3.2 && pooled < 4.5);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(the_tick_of_the_chain_changes_no_byte),
        cmocka_unit_test(every_request_ends_with_a_reason),
        cmocka_unit_test(energy_is_the_same_wherever_it_is_counted),
        cmocka_unit_test(queues_are_waits),
        cmocka_unit_test(pooling_shortens_the_wait),
    };
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
