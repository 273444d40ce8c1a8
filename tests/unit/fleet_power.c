// M-12.11: hours and charges along a curve, against closed forms and against each other.
#include "unit/fleet_town.h"

#include "laws/dice.h"

static void town_of_curves(struct town_test *x) {
    town_begin(x);
    rows_put(x, "curves.csv", "curve,soc,kw\none,0,60\none,0.8,60\none,1,10\n"
                              "two,0,100\ntwo,0.5,100\ntwo,0.8,40\ntwo,1,10\n");
    rows_put(x, "ev_types.csv", "type,battery_kwh,dc_kw,curve,efficiency\none,60,120,one,1\ntwo,80,100,two,1\n"
                                "waste,80,100,two,0.8\n");
    rows_put(x, "sites.csv", "site,district,access\nS,Here,closed\n");
    rows_put(x, "site_piles.csv", "site,group,piles,kw\nS,a,-1,60\nS,b,-1,120\n");
    town_open(x);
}

static void near_to(double value, double expected) {
    double off = value / expected - 1;
    if (off > 1e-11 || off < -1e-11) fail_msg("%.15g is not %.15g", value, expected);
}

static uint32_t power_of(const struct town_test *x, uint32_t station) {
    return x->t.c->stations[station].power;
}

static void the_known_curves_come_out(void **unused) {
    (void)unused;
    struct town_test x;
    town_of_curves(&x);
    const struct charging *c = x.t.c;
    uint32_t most = power_of(&x, 2);
    near_to(charge_hours(c, 1, most, 12e6, 48e6) * 60, 36);
    near_to(charge_hours(c, 1, most, 48e6, 60e6) * 60, 14.4 * log_own(6));
    near_to(charge_hours(c, 2, most, 8e6, 64e6) * 60, 41.19097756497973);
    near_to(charge_hours(c, 2, most, 8e6, 80e6) * 60, 85.55239712081621);
    near_to(charge_hours(c, 3, most, 8e6, 80e6), charge_hours(c, 2, most, 8e6, 80e6) / 0.8);
    // A pile of 60 kW cuts the curve where it crosses: at charge 0.7.
    near_to(charge_hours(c, 2, power_of(&x, 1), 0, 56e6), 56.0 / 60);
    town_end(&x);
}

static void charge_after_undoes_charge_hours(void **unused) {
    (void)unused;
    struct town_test x;
    struct dice d = { 5 };
    town_of_curves(&x);
    for (int i = 0; i < 20000; i++) {
        uint32_t type = (uint32_t)dice_roll(&d, 1, 3), power = power_of(&x, (uint32_t)dice_roll(&d, 1, 2));
        double battery = x.t.c->types[type].battery_mwh, from = battery * dice_roll(&d, 0, 999) / 1000;
        double until = from + (battery - from) * dice_roll(&d, 1, 1000) / 1000;
        double hours = charge_hours(x.t.c, type, power, from, until);
        near_to(charge_after(x.t.c, type, power, from, hours), until);
        // Two steps are one.
        double middle = charge_after(x.t.c, type, power, from, hours / 3);
        near_to(charge_after(x.t.c, type, power, middle, hours - hours / 3), until);
    }
    assert_true(charge_after(x.t.c, 1, power_of(&x, 1), 0, 100) == 60e6);
    town_end(&x);
}

// The speed of charging times the efficiency is the power, at every charge.
static void the_power_is_the_slope(void **unused) {
    (void)unused;
    struct town_test x;
    town_of_curves(&x);
    for (double soc = 0.005; soc < 0.99; soc += 0.01) {
        double mwh = 80e6 * soc, hours = charge_hours(x.t.c, 3, power_of(&x, 2), mwh - 100, mwh + 100);
        struct power_range range = charge_power(x.t.c, 3, power_of(&x, 2), mwh);
        double off = 200 / hours / 0.8 / 1000 / range.watts - 1;
        assert_true(off < 1e-6 && off > -1e-6);
        assert_true(range.peak_watts == range.watts);      // this curve only falls
    }
    town_end(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_curves_come_out),
        cmocka_unit_test(charge_after_undoes_charge_hours),
        cmocka_unit_test(the_power_is_the_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
