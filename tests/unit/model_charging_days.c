// Clocks, laws of a day's use, kinds of day, and what a class drives on each.
#include "unit/model_charging.h"

static const struct ev_class *class_named(const struct town_read *t, const char *name) {
    for (uint32_t i = 1; i < t->c->n.class; i++)
        if (strcmp(t->f.tables.ev_classes[t->c->classes[i].table_row].class, name) == 0) return &t->c->classes[i];
    fail_msg("no class %s", name);
    return NULL;
}

static const int32_t *days_of(const struct town_read *t, const int32_t *column, const char *class) {
    return column + (size_t)(class_named(t, class) - t->c->classes) * (size_t)t->m.days;
}

static void laws_put(struct town_read *t) {
    town_make(t);
    classes_need(t, "constant;exponential;gamma1;gamma05;gamma3;gamma0499;gamma0501;uniform");
    table_put(t, "ev_classes.csv", "class,share,km_per_day,day_law,day_spread\nconstant,1,40,constant,\n"
                                   "exponential,0,40,exponential,\ngamma1,0,40,gamma,1\ngamma05,0,40,gamma,0.5\n"
                                   "gamma3,0,40,gamma,3\ngamma0499,0,40,gamma,0.0499\ngamma0501,0,40,gamma,0.0501\n"
                                   "uniform,0,40,uniform,0.5\n");
    town_open(t);
}

static double moment(const int32_t *q16, int power) {
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) {
        double x = q16[i] / 65536.0;
        sum += power == 1 ? x : x * x;
    }
    return sum / QUANTILES;
}

static void every_law_has_the_mean_one_exactly(void **unused) {
    (void)unused;
    struct town_read t;
    laws_put(&t);
    for (uint32_t i = 1; i < t.c->n.class; i++) {
        int64_t sum = 0;
        for (int k = 0; k < QUANTILES; k++) sum += t.c->classes[i].day_q16[k];
        assert_int_equal(sum, (int64_t)QUANTILES * 65536);
    }
    for (int k = 0; k < QUANTILES; k++) assert_int_equal(class_named(&t, "constant")->day_q16[k], 65536);
    town_close(&t);
}

static void laws_have_their_spread(void **unused) {
    (void)unused;
    struct town_read t;
    laws_put(&t);
    near_to(moment(class_named(&t, "exponential")->day_q16, 2), 2, 2e-3);
    near_to(moment(class_named(&t, "gamma1")->day_q16, 2), 2, 2e-3);
    near_to(moment(class_named(&t, "gamma05")->day_q16, 2), 1.25, 5e-4);
    near_to(moment(class_named(&t, "gamma3")->day_q16, 2), 10, 2e-2);
    near_to(moment(class_named(&t, "gamma0501")->day_q16, 2), 1 + 0.0501 * 0.0501, 1e-5);
    near_to(moment(class_named(&t, "uniform")->day_q16, 2), 1 + 0.25 / 3, 1e-5);
    assert_in_range(class_named(&t, "uniform")->day_q16[0], 32760, 32790);
    assert_in_range(class_named(&t, "uniform")->day_q16[QUANTILES - 1], 98280, 98320);
    town_close(&t);
}

// The gamma law of shape 1 is the exponential; the median of shape 4 is 3.67206074885 (tables of the
// chi-square law of 8 degrees: 7.34412149770).
static void gamma_quantiles_are_those_of_the_tables(void **unused) {
    (void)unused;
    struct town_read t;
    laws_put(&t);
    const int32_t *gamma = class_named(&t, "gamma1")->day_q16, *exponential = class_named(&t, "exponential")->day_q16;
    for (int i = 0; i < QUANTILES; i++) assert_in_range(gamma[i] - exponential[i] + 1, 0, 2);
    gamma = class_named(&t, "gamma05")->day_q16;
    near_to((gamma[QUANTILES / 2 - 1] + gamma[QUANTILES / 2]) / 131072.0, 3.67206074885 / 4, 2e-4);
    const int32_t *series = class_named(&t, "gamma0501")->day_q16, *cube = class_named(&t, "gamma0499")->day_q16;
    for (int i = 0; i < QUANTILES; i++) near_to(series[i], cube[i], 2e-3);   // where one method hands over to the other
    town_close(&t);
}

static void persons_mean_is_the_mean_over_persons(void **unused) {
    (void)unused;
    struct town_read t;
    town_make(&t);
    classes_need(&t, "private");
    table_put(&t, "ev_classes.csv", "class,km_per_day,km_spread\nprivate,40,0.6\n");
    town_open(&t);
    const struct ev_class *class = class_named(&t, "private");
    near_to(class->km_mean * exp_own(class->km_sigma * class->km_sigma / 2), 40, 1e-12);
    near_to(exp_own(class->km_sigma * class->km_sigma) - 1, 0.36, 1e-12);
    town_close(&t);
}

static void clocks_put(struct town_read *t) {
    town_make(t);
    classes_need(t, "private;plain");
    table_put(t, "profiles.csv", "profile,days,slot,weight\nhome,workday,17,3\nhome,workday,20,1\nhome,restday,13,2\n"
                                 "all,all,6,1\nall,all,7,3\n");
    table_put(t, "ev_classes.csv", "class,share,km_per_day,home_profile,leave_profile\n"
                                   "private,1,40,home,all\nplain,0,40,,\n");
    town_open(t);
}

static int steps_between(const struct clock *clock, int32_t from, int32_t until) {
    int steps = 0;
    for (int i = 0; i < CLOCK_STEPS; i++) {
        int32_t middle = (clock->second[i] + clock->second[i + 1]) / 2;
        steps += middle >= from && middle < until;
    }
    return steps;
}

static void clocks_follow_their_profile(void **unused) {
    (void)unused;
    struct town_read t;
    clocks_put(&t);
    const struct ev_class *class = class_named(&t, "private");
    const struct clock *work = &class->home[0], *rest = &class->home[1];
    assert_int_equal(work->second[0], 17 * 3600);
    assert_int_equal(work->second[CLOCK_STEPS], 21 * 3600);
    assert_int_equal(work->second[CLOCK_STEPS * 3 / 8], 17 * 3600 + 1800);   // halfway through three quarters of them
    assert_in_range(steps_between(work, 17 * 3600, 18 * 3600), 191, 193);
    assert_in_range(steps_between(work, 20 * 3600, 21 * 3600), 63, 65);
    assert_int_equal(rest->second[0], 13 * 3600);
    assert_int_equal(rest->second[CLOCK_STEPS], 14 * 3600);
    for (int i = 0; i < CLOCK_STEPS; i++) assert_true(work->second[i] <= work->second[i + 1]);
    assert_memory_equal(&class->leave[0], &class->leave[1], sizeof class->leave[0]);
    assert_in_range(steps_between(&class->leave[0], 7 * 3600, 8 * 3600), 191, 193);
    town_close(&t);
}

static void without_a_profile_the_clock_is_the_usual_one(void **unused) {
    (void)unused;
    struct town_read t;
    clocks_put(&t);
    const struct ev_class *class = class_named(&t, "plain");
    for (int i = 0; i <= CLOCK_STEPS; i++) {
        assert_int_equal(class->home[0].second[i], 18 * 3600);
        assert_int_equal(class->leave[1].second[i], 8 * 3600);
        assert_in_range(class->ask[0].second[i] - i * 675 / 2, 0, 1);
    }
    town_close(&t);
}

static void days_put(struct town_read *t, const char *classes) {
    town_make(t);
    classes_need(t, "private;hailing");
    table_put(t, "ev_classes.csv", classes);
    table_put(t, "calendars.csv", "calendar\nplant\n");
    table_put(t, "shifts.csv", "calendar,days,from_hour,until_hour\nplant,1111111,0,24\n");
    table_put(t, "holidays.csv", "holiday,from,until,calendar\nspring,2023-01-21,2023-01-27,\n"
                                 "repair,2023-07-03,2023-07-09,plant\n");
    table_put(t, "profiles.csv", "profile,slot,weight\nseason,1,2\nseason,2,1\nseason,3,1\nseason,4,1\nseason,5,1\n"
                                 "season,6,1\nseason,7,1\nseason,8,1\nseason,9,1\nseason,10,1\nseason,11,1\n"
                                 "season,12,0\n");
    table_put(t, "hailing.csv", "class,year,vehicles,electric_share,active_share,km_per_active_day\n"
                                "hailing,2022,1000,0.2,0.4,200\nhailing,2023,1000,0.6,0.8,250\n");
}

static const char *const two_classes =
    "class,kind,km_per_day,rest_factor,holiday_factor,season,active_share\n"
    "private,daily,40,0.8,1.5,season,0.75\nhailing,shift,200,1,1,,1\n";

static void days_have_their_kind(void **unused) {
    (void)unused;
    struct town_read t;
    days_put(&t, two_classes);
    town_open(&t);
    assert_int_equal(t.c->day_kind[0], DAY_REST);           // 2023-01-01 was a Sunday
    assert_int_equal(t.c->day_kind[1], DAY_WORK);
    assert_int_equal(t.c->day_kind[20], DAY_HOLIDAY);
    assert_int_equal(t.c->day_kind[26], DAY_HOLIDAY);
    assert_int_equal(t.c->day_kind[27], DAY_REST);
    assert_int_equal(t.c->day_kind[183], DAY_WORK);         // a holiday of the plant's calendar alone
    town_close(&t);
}

static void use_follows_day_and_month(void **unused) {
    (void)unused;
    struct town_read t;
    days_put(&t, two_classes);
    town_open(&t);
    const int32_t *use = days_of(&t, t.c->use_q16, "private"), *active = days_of(&t, t.c->active_q16, "private");
    assert_int_equal(use[1], 2 * 65536);                    // January weighs twice the mean month
    assert_int_equal(use[0], (int32_t)(2 * 0.8 * 65536 + 0.5));
    assert_int_equal(use[20], 3 * 65536);
    assert_int_equal(use[31], 65536);
    assert_int_equal(use[364], 0);                          // December weighs nothing
    assert_int_equal(active[200], 49152);
    town_close(&t);
}

static void the_trade_moves_from_year_end_to_year_end(void **unused) {
    (void)unused;
    struct town_read t;
    days_put(&t, two_classes);
    town_open(&t);
    const int32_t *use = days_of(&t, t.c->use_q16, "hailing"), *active = days_of(&t, t.c->active_q16, "hailing");
    for (int32_t day = 0; day < 365; day += 91) {
        near_to(active[day] / 65536.0, 0.4 + 0.4 * (day + 1) / 365, 2e-5);
        near_to(use[day] / 65536.0, (200 + 50.0 * (day + 1) / 365) / 200, 2e-5);
    }
    assert_int_equal(active[364], (int32_t)(0.8 * 65536 + 0.5));
    town_close(&t);
}

static void without_factors_the_use_is_what_it_was(void **unused) {
    (void)unused;
    struct town_read t;
    days_put(&t, "class,kind,km_per_day\nprivate,daily,40\nhailing,shift,200\n");
    town_open(&t);
    const int32_t *use = days_of(&t, t.c->use_q16, "private"), *active = days_of(&t, t.c->active_q16, "private");
    for (int32_t day = 0; day < t.m.days; day++) {
        assert_int_equal(use[day], 65536);
        assert_int_equal(active[day], 65536);
    }
    town_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_law_has_the_mean_one_exactly),
        cmocka_unit_test(laws_have_their_spread),
        cmocka_unit_test(gamma_quantiles_are_those_of_the_tables),
        cmocka_unit_test(persons_mean_is_the_mean_over_persons),
        cmocka_unit_test(clocks_follow_their_profile),
        cmocka_unit_test(without_a_profile_the_clock_is_the_usual_one),
        cmocka_unit_test(days_have_their_kind),
        cmocka_unit_test(use_follows_day_and_month),
        cmocka_unit_test(the_trade_moves_from_year_end_to_year_end),
        cmocka_unit_test(without_factors_the_use_is_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
