// Power by charge: textbook tapers to nine digits, piles that are weaker than the car, cars that cannot charge there.
#include "unit/model_charging.h"

static uint32_t type_named(const struct town_read *t, const char *name) {
    for (uint32_t i = 1; i < t->c->n.type; i++)
        if (strcmp(t->f.tables.ev_types[t->c->types[i].table_row].type, name) == 0) return i;
    fail_msg("no type %s", name);
    return 0;
}

static const struct power_curve *curve_of(const struct town_read *t, const char *type, int current, int32_t watts) {
    uint32_t row = type ? type_named(t, type) : 0;
    for (uint32_t i = 1; i < t->c->n.power; i++)
        if (t->c->powers[i] == watts && t->c->power_current[i] == current)
            return &t->c->curves[(size_t)row * t->c->n.power + i];
    fail_msg("no pile of %d W", watts);
    return NULL;
}

// Hours from empty to a charge, by plain steps of a millionth of the battery: slow, and no logarithm in it.
static double hours_stepped(const struct town_read *t, const struct power_curve *curve, double mwh, double efficiency) {
    const struct power_point *p = t->c->power_points + curve->first;
    double hours = 0, step = p[curve->points - 1].mwh / 1e6;
    uint32_t at = 0;
    for (double charge = step / 2; charge < mwh; charge += step) {
        while (at + 2 < curve->points && p[at + 1].mwh < charge) at++;
        double share = (charge - p[at].mwh) / (p[at + 1].mwh - p[at].mwh);
        hours += step / 1000 / efficiency / (p[at].watts + (p[at + 1].watts - p[at].watts) * share);
    }
    return hours;
}

static void curves_put(struct town_read *t) {
    town_make(t);
    table_put(t, "curves.csv", "curve,soc,kw\nM1,0,60\nM1,0.8,60\nM1,1,10\nM2,0,100\nM2,0.5,100\nM2,0.8,40\nM2,1,10\n"
                               "rising,0,20\nrising,0.3,90\nrising,1,30\n");
    table_put(t, "ev_types.csv", "type,powertrain,battery_kwh,ac_kw,dc_kw,curve,efficiency\n"
                                 "M1,BEV,60,7,60,M1,1\nM2,BEV,80,7,100,M2,1\nM3,BEV,50,7,0,,0.92\n"
                                 "flat,BEV,50,11,50,,0.8\nrising,BEV,40,7,80,rising,0.9\n");
    table_put(t, "sites.csv", "site,district\nS,South\n");
    table_put(t, "site_piles.csv", "site,group,current,piles,kw\nS,a,dc,1,120\nS,b,dc,1,60\nS,c,ac,1,7\nS,d,dc,1,100\n"
                                   "S,e,ac,1,22\n");
    town_open(t);
}

static void a_linear_taper_takes_the_time_of_its_logarithm(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *curve = curve_of(&t, "M1", DC, 120000);
    const struct power_point *p = t.c->power_points + curve->first;
    assert_int_equal(curve->points, 3);
    near_to(p[1].hours * 60 * 0.6 / 0.8, 36, 1e-12);
    near_to((p[2].hours - p[1].hours) * 60, 25.8013363569, 1e-11);
    near_to(p[2].hours * 60 - p[1].hours * 60 * 0.2 / 0.8, 61.8013363569, 1e-11);
    assert_true(p[2].mwh == 60e6 && p[2].watts == 10000);
    town_close(&t);
}

static void a_stronger_pile_changes_nothing(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *weak = curve_of(&t, "M2", DC, 100000), *strong = curve_of(&t, "M2", DC, 120000);
    const struct power_point *p = t.c->power_points + weak->first;
    assert_int_equal(weak->points, 4);
    near_to((p[2].hours - p[1].hours * 0.1 / 0.5) * 60, 41.190977565, 1e-10);
    near_to((p[3].hours - p[1].hours * 0.1 / 0.5) * 60, 85.5523971208, 1e-11);
    assert_int_equal(strong->points, 4);
    assert_memory_equal(p, t.c->power_points + strong->first, 4 * sizeof *p);
    town_close(&t);
}

static void a_weaker_pile_cuts_the_curve_where_they_cross(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *curve = curve_of(&t, "M2", DC, 60000);
    const struct power_point *p = t.c->power_points + curve->first;
    assert_int_equal(curve->points, 4);                     // empty, crossing at 70 %, 80 %, full; not 50 %
    near_to(p[1].mwh, 56e6, 1e-12);
    near_to(p[1].hours, 56.0 / 60, 1e-12);
    assert_true(p[0].watts == 60000 && p[1].watts == 60000 && p[2].watts == 40000);
    const struct power_curve *rising = curve_of(&t, "rising", DC, 60000);
    p = t.c->power_points + rising->first;
    assert_int_equal(rising->points, 4);                    // empty, up through 60 kW, down through it, full
    near_to(p[1].mwh, 40e6 * 0.3 * 40 / 70, 1e-12);
    near_to(p[2].mwh, 40e6 * (0.3 + 0.7 * 30 / 60), 1e-12);
    town_close(&t);
}

static void hours_agree_with_small_steps(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    static const struct { const char *type; int32_t watts; double efficiency; } cases[] = {
        { "M1", 120000, 1 }, { "M2", 60000, 1 }, { "rising", 60000, 0.9 }, { "rising", 120000, 0.9 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct power_curve *curve = curve_of(&t, cases[i].type, DC, cases[i].watts);
        const struct power_point *p = t.c->power_points + curve->first;
        for (uint32_t k = 1; k < curve->points; k++)
            near_to(p[k].hours, hours_stepped(&t, curve, p[k].mwh, cases[i].efficiency), 3e-6);
    }
    town_close(&t);
}

// What the fleet reads instead of a logarithm of its own.
static void points_know_their_rise(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *curve = curve_of(&t, "M2", DC, 100000);
    const struct power_point *p = t.c->power_points + curve->first;
    static const double rises[] = { 0, -0.6, -0.75, 0 };
    for (int i = 0; i < 4; i++) {
        near_to(p[i].rise + 1, rises[i] + 1, 1e-15);
        near_to(exp_own(p[i].log_rise), 1 + rises[i], 1e-15);
    }
    town_close(&t);
}

static void losses_lengthen_a_session(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *curve = curve_of(&t, "M3", AC, 7000);
    near_to(t.c->power_points[curve->first + 1].hours * 0.7, 5.4347826087, 1e-11);
    curve = curve_of(&t, "flat", DC, 120000);
    near_to(t.c->power_points[curve->first + 1].hours, 50 / (50 * 0.8), 1e-12);
    town_close(&t);
}

static void the_car_limits_an_ac_pile_too(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    assert_true(t.c->power_points[curve_of(&t, "flat", AC, 22000)->first].watts == 11000);
    assert_true(t.c->power_points[curve_of(&t, "flat", AC, 7000)->first].watts == 7000);
    assert_true(t.c->power_points[curve_of(&t, "M1", AC, 22000)->first].watts == 7000);
    town_close(&t);
}

static void without_dc_there_is_no_curve_at_a_dc_pile(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    assert_int_equal(curve_of(&t, "M3", DC, 60000)->points, 0);
    assert_int_equal(curve_of(&t, "M3", AC, 7000)->points, 2);
    town_close(&t);
}

static void nobodys_car_takes_the_power_of_the_pile(void **unused) {
    (void)unused;
    struct town_read t;
    curves_put(&t);
    const struct power_curve *curve = curve_of(&t, NULL, DC, 120000);
    const struct power_point *p = t.c->power_points + curve->first;
    assert_int_equal(curve->points, 2);
    assert_true(p[0].watts == 120000 && p[1].watts == 120000 && p[0].hours == 0);
    near_to(p[1].hours, p[1].mwh / 1000 / 120000, 1e-15);
    town_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_taper_takes_the_time_of_its_logarithm),
        cmocka_unit_test(a_stronger_pile_changes_nothing),
        cmocka_unit_test(a_weaker_pile_cuts_the_curve_where_they_cross),
        cmocka_unit_test(hours_agree_with_small_steps),
        cmocka_unit_test(points_know_their_rise),
        cmocka_unit_test(losses_lengthen_a_session),
        cmocka_unit_test(the_car_limits_an_ac_pile_too),
        cmocka_unit_test(without_dc_there_is_no_curve_at_a_dc_pile),
        cmocka_unit_test(nobodys_car_takes_the_power_of_the_pile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
