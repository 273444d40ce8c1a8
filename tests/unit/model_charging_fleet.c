// Who joins the fleet: classes, homes, what is bought elsewhere, the opening count; and worlds.
#include "unit/model_charging.h"

static uint32_t class_named(const struct town_read *t, const char *name) {
    for (uint32_t i = 1; i < t->c->n.class; i++)
        if (strcmp(t->f.tables.ev_classes[t->c->classes[i].table_row].class, name) == 0) return i;
    fail_msg("no class %s", name);
    return 0;
}

// Of one row, not cumulative.
static double share_of(const double *shares, uint32_t row) {
    return shares[row] - shares[row - 1];
}

static double bought(const struct town_read *t, int32_t from, int32_t until) {
    return (double)(t->c->elsewhere_micro[until] - t->c->elsewhere_micro[from]) / 1e6;
}

static void fleet_put(struct town_read *t) {
    town_make(t);
    classes_need(t, "private;work;hailing");
    table_put(t, "ev_types.csv", "type,powertrain,battery_kwh,ac_kw,dc_kw\nsedan,BEV,60,7,60\nmini,BEV,20,3.3,30\n"
                                 "long,EREV,40,7,60\nhybrid,PHEV,15,3.3,0\n");
    table_put(t, "ev_classes.csv", "class,kind,share,km_per_day\nwork,daily,0.25,80\nprivate,daily,0.75,40\n"
                                   "hailing,shift,0,200\n");
    table_put(t, "class_types.csv", "class,type,weight\nprivate,sedan,3\nprivate,mini,1\nprivate,hybrid,2\n"
                                    "private,long,6\nwork,mini,5\nhailing,sedan,1\n");
    table_put(t, "hailing.csv", "class,year,vehicles,electric_share,active_share,km_per_active_day\n"
                                "hailing,2022,10000,0.2,0.5,200\nhailing,2023,10000,0.5,0.5,200\n");
    table_put(t, "settings.csv", "setting,value\nfrom,2023-01-01\nuntil,2023-12-31\nwarm_up_days,0\n"
                                 "fleet_life_years,10\nmade_here_share,0.25\n");
    table_put(t, "fleet_inflow.csv", "year,registrations,bev_share,shape\n2022,10000,0.8,\n2023,20000,0.6,\n");
    table_put(t, "fleet_stock.csv", "date,vehicles\n2023-12-31,45000\n2021-12-31,15000\n2022-12-31,25000\n");
}

static void types_of_a_class_stand_by_group(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    town_open(&t);
    const struct ev_class *class = &t.c->classes[class_named(&t, "private")];
    const struct class_type *types = t.c->class_types + class->first_type;
    assert_int_equal(class->types, 4);
    assert_int_equal(class->bevs, 2);
    static const char *const names[] = { "mini", "sedan", "hybrid", "long" };
    static const double weights[] = { 0.25, 1, 0.25, 1 };
    for (int i = 0; i < 4; i++) {
        assert_string_equal(t.f.tables.ev_types[t.c->types[types[i].type].table_row].type, names[i]);
        near_to(types[i].weight, weights[i], 1e-15);
    }
    assert_int_equal(t.c->classes[class_named(&t, "work")].bevs, 1);
    assert_int_equal(t.c->classes[class_named(&t, "work")].types, 1);
    town_close(&t);
}

// 5,000 at the end of 2023, 2,000 a year before of which nine tenths are left: 3,200 of 20,000 join the trade.
static void the_trade_takes_what_it_lacks(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    town_open(&t);
    const double *shares = t.c->class_share;
    near_to(share_of(shares, class_named(&t, "hailing")), 3200.0 / 20000, 1e-12);
    near_to(share_of(shares, class_named(&t, "private")), 0.84 * 0.75, 1e-12);
    near_to(share_of(shares, class_named(&t, "work")), 0.84 * 0.25, 1e-12);
    assert_true(shares[t.c->n.class - 1] == 1);
    near_to(share_of(t.c->opening_class_share, class_named(&t, "hailing")), 2000.0 / 25000, 1e-12);
    near_to(share_of(t.c->opening_class_share, class_named(&t, "work")), 0.92 * 0.25, 1e-12);
    town_close(&t);
}

static void the_trade_takes_no_more_than_there_are(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "fleet_inflow.csv", "year,registrations\n2023,3000\n");
    table_put(&t, "fleet_stock.csv", "date,vehicles\n2022-12-31,0\n");
    town_open(&t);
    near_to(share_of(t.c->class_share, class_named(&t, "hailing")), 1, 1e-12);
    near_to(share_of(t.c->class_share, class_named(&t, "private")) + 1, 1, 1e-12);
    near_to(share_of(t.c->opening_class_share, class_named(&t, "private")), 0.75, 1e-12);
    assert_int_equal(t.c->opening, 0);
    town_close(&t);
}

static void homes_are_those_of_the_year_of_joining(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "homes.csv", "class,from_year,home,share,kw\nprivate,2023,own,0.5,11\nprivate,2023,none,0.5,\n"
                               "private,1900,own,0.2,7\nprivate,1900,socket,0.3,2\nprivate,1900,none,0.5,\n"
                               "work,1900,shared,1,\nhailing,1900,none,1,\n");
    table_put(&t, "settings.csv", "setting,value\nfrom,2022-07-02\nuntil,2023-12-31\nwarm_up_days,0\n");
    table_put(&t, "fleet_inflow.csv", "year,registrations\n2021,5000\n2022,10000\n2023,10000\n");
    town_open(&t);
    uint32_t class = class_named(&t, "private");
    const double *first = t.c->home_share + (size_t)class * HOMES, *second = first + (size_t)t.c->n.class * HOMES;
    near_to(first[HOME_OWN], 0.2, 1e-12);
    near_to(first[HOME_SOCKET], 0.5, 1e-12);
    near_to(second[HOME_OWN], 0.5, 1e-12);
    near_to(second[HOME_SHARED], 0.5, 1e-12);
    assert_true(second[HOME_NONE] == 1);
    assert_int_equal(t.c->home_watts[(size_t)class * HOMES + HOME_SOCKET], 2000);
    assert_int_equal(t.c->home_watts[((size_t)t.c->n.class + class) * HOMES + HOME_OWN], 11000);
    near_to(t.c->opening_home_share[class * HOMES + HOME_OWN], 0.2, 1e-12);
    near_to(t.c->opening_home_share[class_named(&t, "work") * HOMES + HOME_SOCKET] + 1, 1, 1e-12);
    near_to(t.c->opening_home_share[class_named(&t, "work") * HOMES + HOME_SHARED], 1, 1e-12);
    town_close(&t);
}

// Of the year in which homes changed half a year's registrations came before the first day.
static void the_opening_fleet_has_the_homes_of_its_years(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "homes.csv", "class,from_year,home,share,kw\nprivate,2022,own,0.6,11\nprivate,2022,none,0.4,\n"
                               "private,1900,own,0.2,7\nprivate,1900,none,0.8,\nwork,1900,none,1,\n"
                               "hailing,1900,none,1,\n");
    table_put(&t, "settings.csv", "setting,value\nfrom,2022-07-02\nuntil,2023-12-31\nwarm_up_days,0\n");
    table_put(&t, "fleet_inflow.csv", "year,registrations\n2021,5000\n2022,10000\n2023,90000\n");
    town_open(&t);
    uint32_t cell = class_named(&t, "private") * HOMES + HOME_OWN;
    double late = 10000.0 * 182 / 365;
    near_to(t.c->opening_home_share[cell], (5000 * 0.2 + late * 0.6) / (5000 + late), 1e-12);
    assert_in_range(t.c->opening_home_watts[cell], 8990, 9000);
    town_close(&t);
}

static void without_a_local_market_all_is_bought_elsewhere(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    town_open(&t);
    near_to(bought(&t, 0, 365), 20000, 1e-9);
    near_to(bought(&t, 0, 31), 20000.0 * 31 / 365, 1e-6);
    near_to(t.c->bev_share[0], 0.6, 1e-12);
    near_to(t.c->opening_bev_share, 0.8, 1e-12);
    town_close(&t);
}

static void a_shape_spreads_the_year(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "fleet_inflow.csv", "year,registrations,bev_share,shape\n2023,20000,0.6,wave\n");
    table_put(&t, "shapes.csv", "shape,year,month,weight\nwave,2023,1,1\nwave,2023,12,3\n");
    town_open(&t);
    near_to(bought(&t, 0, 31), 5000, 1e-9);
    near_to(bought(&t, 31, 334) + 1, 1, 1e-9);
    near_to(bought(&t, 334, 365), 15000, 1e-9);
    town_close(&t);
}

static void a_shape_without_the_year_is_refused(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "fleet_inflow.csv", "year,registrations,bev_share,shape\n2023,20000,0.6,wave\n");
    table_put(&t, "shapes.csv", "shape,year,month,weight\nwave,2022,1,1\n");
    town_build(&t, 0);
    assert_int_equal(t.status, AP_BAD_INPUT);
    assert_string_equal(t.f.complaints.shown[0].rule, "UNKNOWN_SHAPE");
    assert_int_equal(t.f.complaints.shown[0].line, 2);
    town_close(&t);
}

static int64_t opening_on(const char *from) {
    struct town_read t;
    char settings[200];
    fleet_put(&t);
    snprintf(settings, sizeof settings, "setting,value\nfrom,%s\nuntil,2024-01-31\nwarm_up_days,0\n", from);
    table_put(&t, "settings.csv", settings);
    town_open(&t);
    int64_t opening = t.c->opening;
    town_close(&t);
    return opening;
}

static void the_opening_fleet_is_read_off_the_counts(void **unused) {
    (void)unused;
    assert_int_equal(opening_on("2023-01-01"), 25000);
    assert_int_equal(opening_on("2022-07-02"), 15000 + 10000 * 182 / 365);   // between two counts
    assert_int_equal(opening_on("2021-12-22"), 15000 - (int)(10 * 10000.0 / 365 + 0.5));   // less what then came
    assert_int_equal(opening_on("2024-01-02"), 45000);      // nothing is known of 2024
}

static void homes_of_vehicles_lie_in_the_region(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    town_open(&t);
    const char *names[4] = { "" };
    for (uint32_t i = 1; i < t.c->n.district; i++) names[i] = t.f.tables.districts[t.c->district_row[i]].district;
    assert_string_equal(names[1], "Away");
    near_to(t.c->district_share[1] + 1, 1, 1e-15);
    near_to(t.c->district_share[2], 0.25, 1e-12);           // North, by population
    near_to(t.c->district_share[3], 1, 1e-12);
    for (uint32_t i = 1; i < t.c->n.district; i++) assert_int_equal(t.c->district_of[t.c->district_row[i]], i);
    town_close(&t);
}

static void weights_of_districts_come_before_their_population(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "districts.csv", "district,in_region,population,nev_weight\nSouth,yes,300,1\nNorth,yes,100,3\n"
                                   "Away,no,1000,9\n");
    town_open(&t);
    near_to(t.c->district_share[2], 0.75, 1e-12);
    town_close(&t);
    fleet_put(&t);
    table_put(&t, "districts.csv", "district,in_region\nSouth,yes\nNorth,yes\nAway,no\n");
    town_open(&t);
    near_to(t.c->district_share[2], 0.5, 1e-12);            // nothing is known: alike
    town_close(&t);
}

static void with_a_local_market_the_rest_is_bought_elsewhere(void **unused) {
    (void)unused;
    struct town_read t;
    memset(&t, 0, sizeof t);
    folder_make(&t.f);
    small_put(&t.f);
    table_put(&t, "fleet_inflow.csv", "year,registrations\n2022,20000\n2023,20000\n");
    town_open(&t);
    int32_t year = day_from_date(2023, 1, 1) - t.m.first_day;
    near_to(bought(&t, year, year + 365), 20000 * (1 - t.m.set.made_here_share), 1e-9);
    assert_true(t.m.set.made_here_share > 0);
    town_close(&t);
}

static void the_cheapest_hours_are_those_of_the_home_tariff(void **unused) {
    (void)unused;
    struct town_read t;
    fleet_put(&t);
    table_put(&t, "tariffs.csv", "tariff,from_hour,until_hour,price\nhome,0,7,0.3\nhome,7,22,0.6\nhome,22,24,0.3\n");
    table_put(&t, "settings.csv", "setting,value\nfrom,2023-01-01\nuntil,2023-12-31\nhome_tariff,home\n");
    town_open(&t);
    for (int hour = 0; hour < 24; hour++) assert_int_equal(t.c->cheap[hour], hour < 7 || hour >= 22);
    town_close(&t);
    fleet_put(&t);
    town_open(&t);
    for (int hour = 0; hour < 24; hour++) assert_int_equal(t.c->cheap[hour], 1);
    town_close(&t);
}

// A world draws what has a range, and keeps what sums to 1.
static void worlds_draw_what_has_a_range(void **unused) {
    (void)unused;
    int32_t smallest = INT32_MAX, largest = 0;
    for (uint32_t world = 0; world <= 8; world++) {
        struct town_read t;
        fleet_put(&t);
        table_put(&t, "ev_types.csv", "type,powertrain,battery_kwh,low,high,law\nsedan,BEV,60,50,70,uniform\n"
                                      "mini,BEV,20,,,\nlong,EREV,40,,,\nhybrid,PHEV,15,,,\n");
        table_put(&t, "homes.csv", "class,home,share,low,high,law\nprivate,own,0.5,0.3,0.7,uniform\n"
                                   "private,none,0.5,,,\nwork,none,1,,,\nhailing,none,1,,,\n");
        town_build(&t, world);
        assert_int_equal(t.status, AP_OK);
        int32_t battery = t.c->types[4].battery_mwh;        // the sedan
        if (world == 0) assert_int_equal(battery, 60000000);
        assert_in_range(battery, 50000000, 70000000);
        assert_int_equal(t.c->types[3].battery_mwh, 20000000);
        smallest = battery < smallest ? battery : smallest;
        largest = battery > largest ? battery : largest;
        const double *homes = t.c->home_share + (size_t)class_named(&t, "private") * HOMES;
        assert_true(homes[HOME_OWN] >= 0.3 / 0.8 && homes[HOME_OWN] <= 0.7 / 1.2 && homes[HOME_NONE] == 1);
        town_close(&t);
    }
    assert_true(largest - smallest > 5000000);
}

static void too_many_classes_are_refused(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    struct words names = {0}, rows = {0};
    words_add(&rows, "class,share,km_per_day\n");
    for (int i = 0; i < CLASSES_MOST; i++) {
        words_add(&names, "%sc%d", i ? ";" : "", i);
        words_add(&rows, "c%d,%d,40\n", i, i == 0);
    }
    classes_need(&t, words_text(&names));
    table_put(&t, "ev_classes.csv", words_text(&rows));
    words_free(&names);
    words_free(&rows);
    town_build(&t, 0);
    assert_int_equal(t.status, AP_BAD_INPUT);
    assert_string_equal(t.f.complaints.shown[0].rule, "TOO_MANY_CLASSES");
    assert_int_equal(t.f.complaints.shown[0].line, CLASSES_MOST + 1);
    town_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_of_a_class_stand_by_group),
        cmocka_unit_test(the_trade_takes_what_it_lacks),
        cmocka_unit_test(the_trade_takes_no_more_than_there_are),
        cmocka_unit_test(homes_are_those_of_the_year_of_joining),
        cmocka_unit_test(the_opening_fleet_has_the_homes_of_its_years),
        cmocka_unit_test(without_a_local_market_all_is_bought_elsewhere),
        cmocka_unit_test(weights_of_districts_come_before_their_population),
        cmocka_unit_test(with_a_local_market_the_rest_is_bought_elsewhere),
        cmocka_unit_test(a_shape_spreads_the_year),
        cmocka_unit_test(a_shape_without_the_year_is_refused),
        cmocka_unit_test(the_opening_fleet_is_read_off_the_counts),
        cmocka_unit_test(homes_of_vehicles_lie_in_the_region),
        cmocka_unit_test(the_cheapest_hours_are_those_of_the_home_tariff),
        cmocka_unit_test(worlds_draw_what_has_a_range),
        cmocka_unit_test(too_many_classes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
