// Sites, stations, catchments, reach, streams and sessions: places in the order of their names, whatever the files say.
#include "unit/model_charging.h"

static uint32_t site_named(const struct town_read *t, const char *name) {
    for (uint32_t i = 1; i < t->c->n.site; i++)
        if (strcmp(t->f.tables.sites[t->c->sites[i].table_row].site, name) == 0) return i;
    fail_msg("no site %s", name);
    return 0;
}

static uint32_t district_named(const struct town_read *t, const char *name) {
    for (uint32_t i = 1; i < t->c->n.district; i++)
        if (strcmp(t->f.tables.districts[t->c->district_row[i]].district, name) == 0) return i;
    fail_msg("no district %s", name);
    return 0;
}

static const char *group_of(const struct town_read *t, uint32_t station) {
    return t->f.tables.site_piles[t->c->stations[station].table_row].group;
}

static void a_scenario_without_charging_has_none(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    town_open(&t);
    struct charging none;
    memset(&none, 0, sizeof none);
    assert_memory_equal(t.c, &none, sizeof none);
    town_close(&t);
}

static void sites_put(struct town_read *t) {
    town_make(t);
    table_put(t, "tariffs.csv", "tariff,from_hour,until_hour,price\nday,0,24,0.9\nnight,8,24,0.8\nnight,0,8,0.3\n");
    table_put(t, "feeders.csv", "feeder,district,kva,base_kw\nF2,South,400,100\nF1,North,800,0\n");
    table_put(t, "sites.csv", "site,district,catchment,access,opened,queue,site_kw,feeder,tariff,fee\n"
                              "mall,South,,public,,fifo,0,F2,night,0.5\nbridge,South,,public,2023-03-01,fifo,100,,,\n"
                              "depot,South,,closed,,fifo,0,,,\nyard,South,,residents,,fifo,0,F1,day,\n"
                              "airport,North,hub,public,,priority,0,,,\nstation,South,hub,public,,fifo,500,,,\n");
    table_put(t, "site_piles.csv", "site,group,current,piles,kw,opened\nmall,slow,ac,3,7,\n"
                                   "mall,fast,dc,2,120,2023-02-01\nbridge,a,dc,1,120,\n"
                                   "depot,a,dc,-1,60,\nyard,a,ac,4,7,\nairport,a,dc,2,120,\n"
                                   "station,a,dc,-1,60,\nmall,b,dc,1,120,2023-05-01\n");
}

static void sites_and_stations_stand_by_name(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    town_open(&t);
    static const char *const order[] = { "airport", "bridge", "depot", "mall", "station", "yard" };
    assert_int_equal(t.c->n.site, 7);
    for (uint32_t i = 0; i < 6; i++) assert_int_equal(site_named(&t, order[i]), i + 1);
    const struct site *mall = &t.c->sites[site_named(&t, "mall")];
    assert_int_equal(mall->stations, 3);
    assert_string_equal(group_of(&t, mall->first_station), "b");
    assert_string_equal(group_of(&t, mall->first_station + 1), "fast");
    assert_string_equal(group_of(&t, mall->first_station + 2), "slow");
    assert_int_equal(t.c->n.pile, 1 + 3 + 2 + 1 + 4 + 2 + 1);
    uint32_t pile = 1;
    for (uint32_t i = 1; i < t.c->n.station; i++) {
        const struct station *s = &t.c->stations[i];
        assert_int_equal(s->first_pile, s->piles ? pile : 0);
        assert_int_equal(t.c->powers[s->power], s->watts);
        assert_int_equal(t.c->power_current[s->power], s->current);
        pile += s->piles;
    }
    assert_int_equal(t.c->n.power, 4);                      // 7 kW AC; 60 and 120 kW DC
    town_close(&t);
}

static void prices_and_feeders_are_found_by_name(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    town_open(&t);
    const struct site *mall = &t.c->sites[site_named(&t, "mall")], *bridge = &t.c->sites[site_named(&t, "bridge")];
    assert_int_equal(t.c->price_fen[mall->tariff * 24 + 7], 30);
    assert_int_equal(t.c->price_fen[mall->tariff * 24 + 8], 80);
    assert_int_equal(mall->fee_fen, 50);
    assert_int_equal(t.c->feeders[mall->feeder].watts, 400000);
    assert_int_equal(t.c->feeders[mall->feeder].base_watts[13], 100000);
    assert_int_equal(t.c->feeders[mall->feeder].district, district_named(&t, "South"));
    assert_int_equal(bridge->tariff, 0);
    assert_int_equal(t.c->price_fen[12], 0);
    assert_int_equal(bridge->feeder, 0);
    town_close(&t);
}

static void only_sites_that_can_be_short_of_power_run_by_events(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    town_open(&t);
    assert_true(t.c->sites[site_named(&t, "airport")].by_events);    // serves by priority
    assert_true(t.c->sites[site_named(&t, "bridge")].by_events);     // 100 kW for a pile of 120
    assert_true(t.c->sites[site_named(&t, "station")].by_events);    // any number of piles on 500 kW
    assert_false(t.c->sites[site_named(&t, "mall")].by_events);
    assert_false(t.c->sites[site_named(&t, "depot")].by_events);
    town_close(&t);
    town_make(&t);
    table_put(&t, "sites.csv", "site,district,site_kw\nless,South,179.9\nall,South,180\n");
    table_put(&t, "site_piles.csv", "site,group,current,piles,kw\nless,a,dc,1,120\nless,b,dc,1,60\nall,a,dc,1,120\n"
                                    "all,b,dc,1,60\n");
    town_open(&t);
    assert_true(t.c->sites[site_named(&t, "less")].by_events);
    assert_false(t.c->sites[site_named(&t, "all")].by_events);
    town_close(&t);
}

static void catchments_keep_accesses_apart(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    town_open(&t);
    const struct site *sites = t.c->sites;
    assert_int_equal(t.c->n.catchment, 4);                  // South, South's residents, hub
    assert_int_equal(sites[site_named(&t, "mall")].catchment, sites[site_named(&t, "bridge")].catchment);
    assert_int_equal(sites[site_named(&t, "airport")].catchment, sites[site_named(&t, "station")].catchment);
    assert_int_equal(sites[site_named(&t, "depot")].catchment, 0);
    uint32_t yard = sites[site_named(&t, "yard")].catchment;
    assert_int_equal(t.c->residents[district_named(&t, "South")], yard);
    assert_int_equal(t.c->residents[district_named(&t, "North")], 0);
    assert_int_equal(t.c->catchments[yard].access, ACCESS_RESIDENTS);
    assert_int_not_equal(yard, sites[site_named(&t, "mall")].catchment);
    town_close(&t);
}

static void open_piles_are_a_prefix_of_their_catchment(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    town_open(&t);
    const struct catchment *south = &t.c->catchments[t.c->sites[site_named(&t, "mall")].catchment];
    const uint32_t *piles = t.c->catchment_piles + south->first_pile[DC];
    const int32_t *opened = t.c->catchment_opened + south->first_pile[DC];
    assert_int_equal(south->piles[DC], 4);
    assert_string_equal(group_of(&t, piles[0]), "fast");    // February, twice; March; May
    assert_string_equal(group_of(&t, piles[1]), "fast");
    assert_int_equal(t.c->stations[piles[2]].site, site_named(&t, "bridge"));
    assert_string_equal(group_of(&t, piles[3]), "b");
    static const int32_t days[] = { 31, 31, 59, 120 };
    for (int i = 0; i < 4; i++) assert_int_equal(opened[i], days[i]);
    assert_int_equal(south->piles[AC], 3);
    const struct catchment *hub = &t.c->catchments[t.c->sites[site_named(&t, "airport")].catchment];
    assert_int_equal(hub->piles[DC], 3);                    // two, and one for any number
    assert_int_equal(t.c->catchment_opened[hub->first_pile[DC]], DAY_ALWAYS);
    town_close(&t);
}

static void piles_open_with_their_site_or_later(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    table_put(&t, "sites.csv", "site,district,opened,until\nS,South,2023-02-01,2023-02-28\n");
    table_put(&t, "site_piles.csv", "site,group,piles,kw,opened\n"
                                    "S,a,1,60,2023-02-01\nS,b,1,60,\nS,c,1,60,2023-02-03\n");
    town_open(&t);
    static const int32_t opened[] = { 31, 31, 33 };
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(t.c->stations[i + 1].opened, opened[i]);
        assert_int_equal(t.c->stations[i + 1].until, 58);
    }
    town_close(&t);
}

static double reached(const struct town_read *t, const char *district, int current, uint32_t catchment) {
    const uint32_t *reach =
        t->c->reach + ((size_t)district_named(t, district) * CURRENTS + (size_t)current) * t->c->n.catchment;
    return (reach[catchment] - reach[catchment - 1]) / 4294967295.0;
}

// A degree of latitude is 111.195 km; along a parallel it shrinks with the cosine of the latitude.
// A catchment stands in the middle of its sites.
static void pull_falls_with_the_distance(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    table_put(&t, "settings.csv",
              "setting,value\nfrom,2023-01-01\nuntil,2023-12-31\nwarm_up_days,0\ngravity_km,100\n");
    table_put(&t, "sites.csv", "site,district,catchment,access,lat,lon\na,South,A,public,,\nb,North,B,public,,\n"
                               "c1,South,C,public,29.5,106.9\nc2,South,C,public,28.5,107.1\nd,South,,residents,,\n");
    table_put(&t, "site_piles.csv", "site,group,current,piles,kw\na,x,dc,2,60\nb,x,dc,1,60\n"
                                    "c1,x,dc,1,60\nc2,x,dc,1,60\nb,y,ac,1,7\n"
                                    "d,y,ac,5,7\n");
    town_open(&t);
    double near = 2, north = exp_own(-1.11194927), east = 2 * exp_own(-1.11194927 * 0.874619707);
    double sum = near + north + east;
    near_to(reached(&t, "South", DC, 1), near / sum, 1e-7);
    near_to(reached(&t, "South", DC, 2), north / sum, 1e-7);
    near_to(reached(&t, "South", DC, 3), east / sum, 1e-7);
    near_to(reached(&t, "South", AC, 2), 1, 1e-9);
    assert_true(reached(&t, "North", DC, 2) > reached(&t, "South", DC, 2));
    town_close(&t);
}

static void without_coordinates_only_the_own_district_is_reached(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    table_put(&t, "districts.csv", "district\nHere\nThere\n");
    table_put(&t, "enterprises.csv", "enterprise,district,kind\nSOURCE,Here,unlimited\n");
    table_put(&t, "sites.csv", "site,district,access\na,Here,public\nb,Here,closed\n");
    table_put(&t, "site_piles.csv", "site,group,current,piles,kw\na,x,dc,2,60\nb,x,ac,9,7\n");
    town_open(&t);
    near_to(reached(&t, "Here", DC, 1), 1, 1e-9);
    near_to(reached(&t, "There", DC, 1) + 1, 1, 1e-9);
    near_to(reached(&t, "Here", AC, 1) + 1, 1, 1e-9);       // a closed site draws nobody
    town_close(&t);
}

static void streams_know_their_site_and_highest_rate(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    table_put(&t, "profiles.csv", "profile,slot,weight\nrush,8,3\nrush,17,1\n");
    table_put(&t, "streams.csv", "stream,site,district,current,per_hour,profile,swing,days,from\n"
                                 "b,mall,,dc,6,rush,,all,2023-02-01\na,,North,ac,3,,0.5,all,\n");
    town_open(&t);
    const struct stream *a = &t.c->streams[1], *b = &t.c->streams[2];
    assert_int_equal(a->site, 0);
    assert_int_equal(a->district, district_named(&t, "North"));
    near_to(a->rate_most * 3.6e9, 4.5, 1e-12);
    near_to(a->per_us * 3.6e9, 3, 1e-12);
    assert_int_equal(a->from, DAY_ALWAYS);
    assert_string_equal(group_of(&t, b->station), "b");     // the first group of its current, by name
    assert_int_equal(b->district, district_named(&t, "South"));
    assert_int_equal(b->from, 31);
    near_to(b->rate_most * 3.6e9, 6 * 18, 1e-12);           // three quarters of a day's 24 means in one hour
    near_to(b->hour_factor[0][17], 6, 1e-12);
    near_to(b->hour_factor[1][8], 18, 1e-12);
    town_close(&t);
}

static void sessions_stand_by_arrival(void **unused) {
    (void)unused;
    struct town_read t;
    sites_put(&t);
    table_put(&t, "sessions.csv", "session,site,pile,arrive,leave,kwh\n"
                                  "a-late,mall,slow,2023-01-02T00:00:01,2023-01-02T06:30,3.25\n"
                                  "c,mall,,2023-01-01T10:00,,7\nb,yard,,2023-01-01T10:00,2023-01-01T11:00,0.0012\n");
    town_open(&t);
    const struct recorded *r = t.c->recorded;
    assert_int_equal(t.c->n.session, 4);
    assert_string_equal(t.f.tables.sessions[r[1].table_row].session, "b");
    assert_string_equal(t.f.tables.sessions[r[2].table_row].session, "c");
    assert_int_equal(r[1].uwh, 1200000);
    assert_int_equal(r[1].leave_us - r[1].arrive_us, INT64_C(3600000000));
    assert_true(r[2].leave_us < r[2].arrive_us);            // not recorded
    assert_string_equal(group_of(&t, r[2].station), "b");   // no pile named: the site's first
    assert_string_equal(group_of(&t, r[3].station), "slow");
    assert_int_equal(r[3].arrive_us, INT64_C(86401000000));
    town_close(&t);
}

// Rows of everything that is not a row number of a file.
static uint64_t places_hash(const struct town_read *t) {
    const struct charging *c = t->c;
    uint64_t hash = 1;
    for (uint32_t i = 1; i < c->n.site; i++) {
        struct site site = c->sites[i];
        hash = hash_pair(hash, hash_pair(site.who, (uint64_t)site.catchment << 40 | (uint64_t)site.first_station << 20 |
                                                       (uint64_t)site.feeder << 8 | site.tariff));
    }
    for (uint32_t i = 1; i < c->n.station; i++)
        hash = hash_pair(hash, hash_pair(c->stations[i].who, c->stations[i].first_pile));
    for (uint32_t i = 1; i < c->n.catchment; i++) hash = hash_pair(hash, c->catchments[i].who);
    hash = hash_pair(hash, hash_bytes(c->reach, (size_t)c->n.district * CURRENTS * c->n.catchment * sizeof *c->reach));
    return hash_pair(hash, hash_bytes(c->catchment_piles, 17 * sizeof *c->catchment_piles));
}

static void the_order_of_rows_does_not_matter(void **unused) {
    (void)unused;
    struct town_read one, other;
    sites_put(&one);
    town_open(&one);
    sites_put(&other);
    table_put(&other, "districts.csv", "district,in_region,lat,lon,population\nAway,no,31,106,1000\n"
                                       "North,yes,30,106,100\nSouth,yes,29,106,300\n");
    table_put(&other, "tariffs.csv", "tariff,from_hour,until_hour,price\nnight,0,8,0.3\n"
                                     "day,0,24,0.9\nnight,8,24,0.8\n");
    table_put(&other, "feeders.csv", "feeder,district,kva,base_kw\nF1,North,800,0\nF2,South,400,100\n");
    table_put(&other, "sites.csv", "site,district,catchment,access,opened,queue,site_kw,feeder,tariff,fee\n"
                                   "station,South,hub,public,,fifo,500,,,\nyard,South,,residents,,fifo,0,F1,day,\n"
                                   "airport,North,hub,public,,priority,0,,,\ndepot,South,,closed,,fifo,0,,,\n"
                                   "bridge,South,,public,2023-03-01,fifo,100,,,\n"
                                   "mall,South,,public,,fifo,0,F2,night,0.5\n");
    table_put(&other, "site_piles.csv", "site,group,current,piles,kw,opened\nmall,b,dc,1,120,2023-05-01\n"
                                        "station,a,dc,-1,60,\nairport,a,dc,2,120,\nyard,a,ac,4,7,\ndepot,a,dc,-1,60,\n"
                                        "bridge,a,dc,1,120,\nmall,fast,dc,2,120,2023-02-01\nmall,slow,ac,3,7,\n");
    town_open(&other);
    assert_true(places_hash(&one) == places_hash(&other));
    town_close(&one);
    town_close(&other);
}

static void too_many_powers_are_refused(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    struct words w = {0};
    table_put(&t, "sites.csv", "site,district\nS,South\n");
    words_add(&w, "site,group,piles,kw\n");
    for (int i = 0; i < POWERS_MOST; i++) words_add(&w, "S,g%d,1,%d\n", i, i + 10);
    table_put(&t, "site_piles.csv", words_text(&w));
    words_free(&w);
    town_build(&t, 0);
    assert_int_equal(t.status, AP_BAD_INPUT);
    assert_string_equal(t.f.complaints.shown[0].rule, "TOO_MANY_POWERS");
    town_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_without_charging_has_none),
        cmocka_unit_test(sites_and_stations_stand_by_name),
        cmocka_unit_test(prices_and_feeders_are_found_by_name),
        cmocka_unit_test(only_sites_that_can_be_short_of_power_run_by_events),
        cmocka_unit_test(catchments_keep_accesses_apart),
        cmocka_unit_test(open_piles_are_a_prefix_of_their_catchment),
        cmocka_unit_test(piles_open_with_their_site_or_later),
        cmocka_unit_test(pull_falls_with_the_distance),
        cmocka_unit_test(without_coordinates_only_the_own_district_is_reached),
        cmocka_unit_test(streams_know_their_site_and_highest_rate),
        cmocka_unit_test(sessions_stand_by_arrival),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(too_many_powers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
