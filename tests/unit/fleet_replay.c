// M-12.16: recorded sessions hold their piles as they did and deliver what was recorded, to the uWh.
#include "unit/fleet_town.h"

static void sessions_run(struct town_test *x, const char *settings, const char *sessions, struct fleet_record *out) {
    town_begin(x);
    rows_put(x, "settings.csv", settings);
    rows_put(x, "sites.csv", "site,district,access\nS,Here,closed\n");
    rows_put(x, "site_piles.csv", "site,group,current,piles,kw\nS,home,ac,1,7\nS,shared,ac,1,11\n");
    rows_put(x, "sessions.csv", sessions);
    town_read(x);
    struct fleet_options options = { .threads = 1, .details = true };
    assert_int_equal(fleet_run(&x->m, luck_of(1, 0), NULL, &options, out), AP_OK);
}

static void town_drop(struct town_test *x, struct fleet_record *out) {
    fleet_record_free(out);
    model_free(&x->m);
    folder_close(&x->f);
}

static int64_t load_of_hour(const struct fleet_record *r, int hour) {
    return r->hours[(size_t)hour * LOADS + LOAD_AC];
}

static void sessions_come_out_as_recorded(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    sessions_run(&x, "setting,value\nfrom,2023-01-02\nuntil,2023-01-05\nwarm_up_days,0\n",
                 "session,site,pile,arrive,leave,kwh\n"
                 "1,S,home,2023-01-02T10:30,2023-01-02T14:30,10.5\n"       // 1.5 h at 7 kW
                 "2,S,home,2023-01-02T10:45,2023-01-02T11:45,20.00000001\n"  // would not fit: evenly over the hour
                 "3,S,shared,2023-01-03T23:30,2023-01-04T07:00,11\n"        // over midnight
                 "4,S,,2023-01-02T12:00,,3.3\n", &r);                       // no departure: at once, no stay
    assert_int_equal(r.stations[1].delivered_uwh, INT64_C(33800000010));
    assert_int_equal(r.stations[2].delivered_uwh, INT64_C(11000000000));
    assert_int_equal(r.stations[1].started, 3);
    assert_int_equal(r.stations[1].busy_us, 5 * HOUR_US);
    assert_int_equal(load_of_hour(&r, 10), INT64_C(3500000000) + INT64_C(5000000002));
    assert_int_equal(load_of_hour(&r, 11), INT64_C(7000000000) + INT64_C(15000000008));
    assert_int_equal(load_of_hour(&r, 12), INT64_C(3300000000));
    assert_int_equal(load_of_hour(&r, 47), INT64_C(5500000000));
    assert_int_equal(load_of_hour(&r, 48), INT64_C(5500000000));
    assert_int_equal(r.week[10].plugged_us[AC], HOUR_US / 2 + HOUR_US / 4);
    assert_int_equal(r.week[13].plugged_us[AC], HOUR_US);
    assert_int_equal(r.week[2 * 24 + 6].plugged_us[AC], HOUR_US);
    town_drop(&x, &r);
}

// Who came before the run holds the pile for the rest of the stay; its energy and session are not of the run.
static void stays_begun_before_count_as_occupancy_alone(void **unused) {
    (void)unused;
    struct town_test x;
    struct fleet_record r;
    sessions_run(&x, "setting,value\nfrom,2023-01-03\nuntil,2023-01-03\nwarm_up_days,0\n",
                 "session,site,pile,arrive,leave,kwh\n1,S,home,2023-01-02T20:00,2023-01-03T02:30,8\n"
                 "2,S,home,2023-01-03T22:00,2023-01-04T09:00,9\n3,S,home,2023-01-04T22:00,2023-01-05T09:00,9\n", &r);
    assert_int_equal(r.stations[1].started, 1);
    assert_int_equal(r.stations[1].delivered_uwh, INT64_C(9000000000));
    assert_int_equal(r.week[24 + 2].plugged_us[AC], HOUR_US / 2);
    assert_int_equal(r.week[24 + 23].plugged_us[AC], HOUR_US);
    int64_t plugged = 0;
    for (int i = 0; i < WEEK_HOURS; i++) plugged += r.week[i].plugged_us[AC];
    assert_int_equal(plugged, 4 * HOUR_US + HOUR_US / 2);
    town_drop(&x, &r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_come_out_as_recorded),
        cmocka_unit_test(stays_begun_before_count_as_occupancy_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
