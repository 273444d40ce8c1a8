// Charging figures from a hand-made record of the fleet: two districts, two classes, two months.
#include "study/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DISTRICTS = 3, CLASSES = 3, FEEDERS = 2, MONTHS = 2, DAYS = 59, HILL = 1, TOWN = 2, PRIVATE = 1, TAXI = 2 };

struct month_cells {
    int64_t sums[DISTRICTS * CLASSES * FLEET_SUM_COUNT], vehicles[DISTRICTS * CLASSES];
    int64_t private_piles[DISTRICTS], public_piles[DISTRICTS * CURRENTS], peak_watts[DISTRICTS];
    int64_t wait_bins[CLASSES * WAIT_BINS];
    int32_t overload_hours[FEEDERS];
};

// January and February 2023. The rows of the districts stand in another order than the model's.
struct town_desk {
    struct tables       tables;
    struct district_row districts[DISTRICTS];
    struct ev_class_row class_rows[CLASSES];
    struct reported_row reported[3];
    struct pile_row     piles[2];
    struct model        model;
    uint32_t            district_row[DISTRICTS];
    struct ev_class     classes[CLASSES];
    struct fleet_record fleet;
    struct fleet_month  months[MONTHS];
    struct month_cells  cells[MONTHS + 1];
    int64_t             hours[DAYS * 24 * LOADS];
    int32_t             sold[DAYS][FEEDS], missed[DAYS][FEEDS], twin_sold[DAYS][FEEDS], twin_missed[DAYS][FEEDS];
    struct record       record;
    struct figures      figures;
    struct town_figures town;
};

static const struct period january = {PERIOD_MONTH, 19358, 19388, "2023-01"};

static void month_point(struct fleet_month *month, struct month_cells *cells) {
    month->sums = cells->sums;
    month->vehicles = cells->vehicles;
    month->private_piles = cells->private_piles;
    month->public_piles = cells->public_piles;
    month->peak_watts = cells->peak_watts;
    month->wait_bins = cells->wait_bins;
    month->overload_hours = cells->overload_hours;
}

static void tables_fill(struct town_desk *d) {
    d->tables.districts = d->districts;
    d->tables.districts_count = DISTRICTS - 1;
    d->districts[1] = (struct district_row){.district = "TOWN", .name = "the town", .name_zh = "城区", .in_region = 1};
    d->districts[2] = (struct district_row){.district = "HILL", .name = "the hill", .name_zh = "山区", .in_region = 1};
    d->tables.ev_classes = d->class_rows;
    d->tables.ev_classes_count = CLASSES - 1;
    d->class_rows[PRIVATE] = (struct ev_class_row){.class = "private", .name = "private cars"};
    d->class_rows[TAXI] = (struct ev_class_row){.class = "taxi", .name = "taxis", .kind = CLASS_SHIFT};
    d->tables.reported = d->reported;
    d->tables.piles = d->piles;
    d->tables.fleet_inflow_count = 1;
    d->reported[1] = (struct reported_row){.common = {.origin = "S95", .low = 8, .high = 13},
                                           .indicator = "energy_per_nev_day", .period = "2023-01", .value = 9,
                                           .role = ROLE_SCORED};
    d->tables.reported_count = 1;
}

static void model_fill(struct town_desk *d) {
    struct model *m = &d->model;
    m->tables = &d->tables;
    m->from = m->first_day = january.from;
    m->until = day_from_date(2023, 2, 28);
    m->days = DAYS;
    m->n.enterprise = m->n.variant = 2;
    m->shock_count = 1;
    m->set.substitution = 0.75;
    struct charging *c = &m->charging;
    c->there = true;
    c->charging_until = DAYS - 1;
    c->n.district = DISTRICTS;
    c->n.class = CLASSES;
    c->n.feeder = FEEDERS;
    c->n.site = c->n.station = c->n.stream = 2;
    c->n.session = 1;
    c->district_row = d->district_row;
    d->district_row[HILL] = 2;
    d->district_row[TOWN] = 1;
    c->classes = d->classes;
    c->sites = calloc(c->n.site, sizeof *c->sites);
    d->classes[PRIVATE] = (struct ev_class){.table_row = PRIVATE, .kind = CLASS_DAILY};
    d->classes[TAXI] = (struct ev_class){.table_row = TAXI, .kind = CLASS_SHIFT};
}

static struct town_desk *desk_new(uint32_t runs) {
    struct town_desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    tables_fill(d);
    model_fill(d);
    assert_non_null(d->model.charging.sites);
    d->fleet.m = d->record.m = &d->model;
    d->fleet.months = d->months;
    d->fleet.month_count = MONTHS;
    d->fleet.hours = d->hours;
    d->fleet.opening.until = d->model.from - 1;
    month_point(&d->fleet.opening, &d->cells[MONTHS]);
    d->fleet.opening.sums = NULL;
    for (int i = 0; i < MONTHS; i++) month_point(&d->months[i], &d->cells[i]);
    d->months[0].from = january.from;
    d->months[0].until = january.until;
    d->months[1].from = january.until + 1;
    d->months[1].until = d->model.until;
    d->record.days = DAYS;
    d->record.totals = calloc(DAYS + 1, sizeof *d->record.totals);
    d->record.gaps = calloc(DAYS + 1, sizeof *d->record.gaps);
    d->record.feed = (struct fleet_feed){d->sold, d->missed};
    d->record.twin_feed = (struct fleet_feed){d->twin_sold, d->twin_missed};
    assert_int_equal(figures_plan(&d->model, runs, 0, &d->figures), AP_OK);
    assert_int_equal(town_figures_plan(&d->model, &d->figures, &d->town), AP_OK);
    return d;
}

static void town_desk_free(struct town_desk *d) {
    town_figures_free(&d->town);
    figures_free(&d->figures);
    free(d->record.totals);
    free(d->record.gaps);
    free(d->model.charging.sites);
    free(d);
}

static int64_t *sum_at(struct town_desk *d, int month, int district, int class) {
    return d->cells[month].sums + (district * CLASSES + class) * FLEET_SUM_COUNT;
}

static void close_one(struct town_desk *d) {
    figures_read(&d->figures, &d->record, &d->fleet, d->figures.values);
    figures_close(&d->figures);
}

static const struct figure *figure_at(const struct town_desk *d, enum indicator_id id, const char *period) {
    struct period p;
    assert_true(period_parse(period, &p));
    const struct figure *f = figure_find(&d->figures, id, p);
    assert_non_null(f);
    return f;
}

static double simulated(const struct town_desk *d, enum indicator_id id, const char *period) {
    return figure_at(d, id, period)->simulated;
}

static void assert_near(double found, double expected) {
    assert_true(found > expected - 1e-9);
    assert_true(found < expected + 1e-9);
}

#define BOTH "2023-01..2023-02"

static void sums_are_those_of_the_months_of_a_period(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    sum_at(d, 0, HILL, PRIVATE)[FLEET_home_sessions] = 30;
    sum_at(d, 0, TOWN, TAXI)[FLEET_dc_sessions] = 12;
    sum_at(d, 1, TOWN, 0)[FLEET_ac_sessions] = 5;
    sum_at(d, 0, HILL, PRIVATE)[FLEET_home_uwh] = INT64_C(300000000000);
    sum_at(d, 0, HILL, PRIVATE)[FLEET_residents_uwh] = INT64_C(100000000000);
    sum_at(d, 0, TOWN, TAXI)[FLEET_dc_uwh] = INT64_C(450000000000);
    sum_at(d, 1, TOWN, 0)[FLEET_ac_uwh] = INT64_C(150000000000);
    close_one(d);
    assert_near(simulated(d, INDICATOR_sessions, "2023-01"), 42);
    assert_near(simulated(d, INDICATOR_sessions, BOTH), 47);
    assert_near(simulated(d, INDICATOR_charging_energy_home, BOTH), 400);
    assert_near(simulated(d, INDICATOR_charging_energy_public, BOTH), 600);
    assert_near(simulated(d, INDICATOR_charging_energy, "2023-02"), 150);
    assert_near(simulated(d, INDICATOR_public_share, BOTH), 0.6);
    assert_near(simulated(d, INDICATOR_hailing_share, BOTH), 0.75);
    assert_near(simulated(d, INDICATOR_energy_per_session, BOTH), 600.0 / 17);
    town_desk_free(d);
}

static void vehicles_and_piles_stand_at_ends_and_count_in_between(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    int hill = HILL * CLASSES + PRIVATE, town = TOWN * CLASSES + TAXI;
    d->cells[MONTHS].vehicles[hill] = 100;
    d->cells[0].vehicles[hill] = 120;
    d->cells[0].vehicles[town] = 20;
    d->cells[1].vehicles[hill] = 150;
    for (int i = 0; i <= MONTHS; i++) d->cells[i].public_piles[TOWN * CURRENTS + DC] = 10;
    sum_at(d, 0, HILL, PRIVATE)[FLEET_home_uwh] = INT64_C(120) * 31 * 9 * 1000000000;
    sum_at(d, 0, TOWN, TAXI)[FLEET_dc_uwh] = INT64_C(310) * 5 * 1000000000;
    sum_at(d, 0, TOWN, TAXI)[FLEET_dc_sessions] = 620;
    close_one(d);
    assert_near(simulated(d, INDICATOR_fleet, "2023-01"), 140);
    assert_near(simulated(d, INDICATOR_fleet, BOTH), 150);
    // (100 + 140) / 2 vehicles in January.
    assert_near(simulated(d, INDICATOR_energy_per_nev_day, "2023-01"), (120.0 * 31 * 9 + 310 * 5) / (120 * 31));
    assert_near(simulated(d, INDICATOR_energy_per_pile_day, BOTH), 310.0 * 5 / (10 * DAYS));
    assert_near(simulated(d, INDICATOR_sessions_per_pile_day, BOTH), 620.0 / (10 * DAYS));
    town_desk_free(d);
}

static void what_a_source_says_is_a_range(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    d->cells[MONTHS].vehicles[CLASSES + PRIVATE] = d->cells[0].vehicles[CLASSES + PRIVATE] = 10;
    sum_at(d, 0, HILL, PRIVATE)[FLEET_home_uwh] = INT64_C(31) * 10 * 12 * 1000000000;
    close_one(d);
    const struct figure *f = figure_at(d, INDICATOR_energy_per_nev_day, "2023-01");
    assert_true(f->reported == 9 && f->reported_low == 8 && f->reported_high == 13);
    assert_near(f->simulated, 12);
    assert_near(f->miss, 12.0 / 9 - 1);
    assert_int_equal(f->role, ROLE_SCORED);
    town_desk_free(d);
}

// 95 of 100 at a site wait less than where a half of the ten in the bin of a minute lies.
static void the_quantile_of_waits_lies_inside_its_bin(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    uint32_t bin = wait_bin(60000000);
    d->cells[0].wait_bins[PRIVATE * WAIT_BINS] = 60;
    d->cells[1].wait_bins[TAXI * WAIT_BINS] = 30;
    d->cells[1].wait_bins[TAXI * WAIT_BINS + bin] = 10;
    double low = (double)wait_bin_edge(bin) / 60e6, high = (double)wait_bin_edge(bin + 1) / 60e6;
    close_one(d);
    assert_near(simulated(d, INDICATOR_wait_p95, BOTH), (low + high) / 2);
    assert_near(simulated(d, INDICATOR_wait_p95, "2023-01"), 0);
    struct period both = d->town.period;
    assert_near(fleet_wait_quantile(&d->fleet, both, PRIVATE, 0.95), 0);
    assert_near(fleet_wait_quantile(&d->fleet, both, TAXI, 0.75), 0);
    assert_near(fleet_wait_quantile(&d->fleet, both, TAXI, 0.875), (low + high) / 2);
    double nobody = fleet_wait_quantile(&d->fleet, january, TAXI, 0.95);
    assert_true(nobody != nobody);
    town_desk_free(d);
}

static void who_drives_on_fuel_did_not_give_up(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    int64_t *sums = sum_at(d, 0, TOWN, PRIVATE);
    sums[FLEET_ended_served] = 70;
    sums[FLEET_ended_fuel] = 10;
    sums[FLEET_ended_patience] = 12;
    sums[FLEET_ended_full] = 4;
    sums[FLEET_ended_no_site] = 3;
    sums[FLEET_ended_late] = 1;
    sums[FLEET_ended_charging] = 9;       // not ended
    sums[FLEET_tries] = 120;
    sums[FLEET_wait_us] = INT64_C(120) * 30 * 1000000;
    close_one(d);
    assert_near(simulated(d, INDICATOR_gave_up_share, BOTH), 0.2);
    assert_near(simulated(d, INDICATOR_wait_mean, BOTH), 0.5);
    double nobody = simulated(d, INDICATOR_gave_up_share, "2023-02");
    assert_true(nobody != nobody);
    town_desk_free(d);
}

static void loads_have_a_peak_and_a_night(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    d->cells[0].peak_watts[0] = 250000;
    d->cells[1].peak_watts[0] = 200000;
    d->cells[0].overload_hours[0] = 3;
    d->cells[1].overload_hours[0] = 4;
    for (int i = 0; i < DAYS * 24; i++) {
        d->hours[i * LOADS + LOAD_HOME] = 1000;                           // not public: leaves the ratio alone
        d->hours[i * LOADS + LOAD_AC] = i % 24 >= 8 && i % 24 < 20 ? 60 : 90;
        d->hours[i * LOADS + LOAD_DC] = i % 24 >= 8 && i % 24 < 20 ? 40 : 30;
    }
    close_one(d);
    assert_near(simulated(d, INDICATOR_peak_load, BOTH), 250);
    assert_near(simulated(d, INDICATOR_peak_load, "2023-02"), 200);
    assert_near(simulated(d, INDICATOR_night_day_ratio, BOTH), 1.2);
    assert_near(simulated(d, INDICATOR_feeder_overload_hours, BOTH), 7);
    town_desk_free(d);
}

static void use_is_a_mean_over_days_with_open_piles(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    for (int i = 0; i < MONTHS; i++) d->cells[i].public_piles[TOWN * CURRENTS + DC] = 4;
    d->cells[1].public_piles[TOWN * CURRENTS + AC] = 2;                   // none in January
    d->months[0].use_mean[DC] = 0.2;
    d->months[1].use_mean[DC] = 0.3;
    d->months[1].use_mean[AC] = 0.6;
    d->months[1].charging_share[AC] = 0.4;
    close_one(d);
    assert_near(simulated(d, INDICATOR_pile_use_dc, BOTH), (0.2 * 31 + 0.3 * 28) / DAYS);
    assert_near(simulated(d, INDICATOR_pile_use_ac, BOTH), 0.6);
    assert_near(simulated(d, INDICATOR_pile_charging_ac, BOTH), 0.4);
    town_desk_free(d);
}

// The twin handed over 50 more; of 20 buyers that only the run lost, three quarters bought from elsewhere.
static void shocks_move_buyers_elsewhere_and_away(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    for (int day = 0; day < DAYS; day++) d->sold[day][FEED_BEV] = d->twin_sold[day][FEED_BEV] = 7;
    d->twin_sold[40][FEED_PLUG_IN] = 50;
    d->missed[41][FEED_BEV] = 26;
    d->twin_missed[41][FEED_BEV] = 6;
    close_one(d);
    assert_near(simulated(d, INDICATOR_fleet_fewer, BOTH), 50);
    assert_near(simulated(d, INDICATOR_fleet_moved, BOTH), 15);
    assert_near(simulated(d, INDICATOR_fleet_never, BOTH), 5);
    town_desk_free(d);
}

static void nothing_is_said_of_days_before_the_fleet_charges(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    d->model.charging.charging_from = 31;
    figures_free(&d->figures);
    assert_int_equal(figures_plan(&d->model, 1, 0, &d->figures), AP_OK);
    assert_null(figure_find(&d->figures, INDICATOR_sessions, january));
    assert_non_null(figure_find(&d->figures, INDICATOR_fleet, january));
    assert_non_null(figure_find(&d->figures, INDICATOR_sessions, period_months(2023, 2, 2)));
    town_desk_free(d);
}

static void without_charging_there_are_no_figures_of_it(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    d->model.charging.there = false;
    figures_free(&d->figures);
    town_figures_free(&d->town);
    assert_int_equal(figures_plan(&d->model, 1, 0, &d->figures), AP_OK);
    assert_int_equal(town_figures_plan(&d->model, &d->figures, &d->town), AP_OK);
    for (uint32_t i = 0; i < d->figures.count; i++)
        assert_true(indicator_of(d->figures.rows[i].indicator)->basis < FROM_PILES);
    assert_int_equal(d->town.count, 0);
    town_desk_free(d);
}

// A year with counts: what piles.csv says is what the run is scored against.
static void counts_of_piles_score_what_was_built(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(1);
    d->model.until = day_from_date(2023, 12, 31);
    d->piles[1] = (struct pile_row){.common = {.origin = "A0", .low = 200, .high = 250},
                                    .date = day_from_date(2023, 12, 31), .piles = 210};
    d->tables.piles_count = 1;
    d->months[1].until = d->model.until;
    d->cells[MONTHS].private_piles[HILL] = 80;
    d->cells[1].private_piles[HILL] = 190;
    d->cells[1].public_piles[TOWN * CURRENTS + AC] = 20;
    d->cells[1].public_piles[TOWN * CURRENTS + DC] = 21;
    figures_free(&d->figures);
    assert_int_equal(figures_plan(&d->model, 1, 0, &d->figures), AP_OK);
    assert_near(value_of_fleet(INDICATOR_piles, &d->fleet, period_year(2023)), 231);
    assert_near(value_of_fleet(INDICATOR_piles_added, &d->fleet, period_year(2023)), 151);
    assert_near(value_of_fleet(INDICATOR_piles_public, &d->fleet, period_year(2023)), 41);
    const struct figure *f = figure_at(d, INDICATOR_piles, "2023");
    assert_true(f->reported == 210 && f->reported_low == 200 && f->role == ROLE_SCORED);
    assert_string_equal(f->source, "A0");
    f = figure_at(d, INDICATOR_piles_added, "2023");
    assert_true(f->reported != f->reported);           // no count a year before
    d->reported[1].indicator = "piles_public";
    d->reported[1].role = ROLE_DERIVED;                // then counts went into the scenario
    figures_free(&d->figures);
    assert_int_equal(figures_plan(&d->model, 1, 0, &d->figures), AP_OK);
    assert_int_equal(figure_at(d, INDICATOR_piles, "2023")->role, ROLE_DERIVED);
    d->piles[1].date = day_from_date(2023, 8, 8);      // not the end of the year: no level to hold it against
    figures_free(&d->figures);
    assert_int_equal(figures_plan(&d->model, 1, 0, &d->figures), AP_OK);
    f = figure_at(d, INDICATOR_piles, "2023");
    assert_true(f->reported != f->reported);
    town_desk_free(d);
}

static const struct town_figure *town_row(const struct town_desk *d, int district, int class) {
    for (uint32_t i = 0; i < d->town.count; i++)
        if (d->town.rows[i].scope.district == district && d->town.rows[i].scope.class == class)
            return &d->town.rows[i];
    fail_msg("no row of district %d and class %d", district, class);
    return NULL;
}

static void classes_and_districts_have_means_and_intervals(void **unused) {
    (void)unused;
    struct town_desk *d = desk_new(2);
    assert_int_equal(d->town.count, 5);                // visitors, two classes, two districts
    d->cells[1].vehicles[HILL * CLASSES + PRIVATE] = 40;
    d->cells[1].public_piles[HILL * CURRENTS + AC] = 8;
    sum_at(d, 0, HILL, PRIVATE)[FLEET_asked] = 10;
    town_figures_read(&d->town, &d->fleet, 0);
    sum_at(d, 1, HILL, PRIVATE)[FLEET_asked] = 4;
    town_figures_read(&d->town, &d->fleet, 1);
    assert_int_equal(town_figures_close(&d->town), AP_OK);
    const struct interval *asked = &town_row(d, HILL, ALL)->is[TOWN_requests];
    assert_near(asked->mean, 12);
    // Deviation 4 / sqrt 2, t(1) = 12.7062: half = 12.7062 x 2.
    assert_true(asked->high > 37.412 && asked->high < 37.413);
    assert_near(town_row(d, ALL, PRIVATE)->is[TOWN_requests].mean, 12);
    assert_near(town_row(d, ALL, TAXI)->is[TOWN_requests].mean, 0);
    assert_near(town_row(d, HILL, ALL)->is[TOWN_nevs_per_public_pile].mean, 5);
    double of_visitors = town_row(d, ALL, 0)->is[TOWN_fleet].mean;
    assert_true(of_visitors != of_visitors);
    assert_string_equal(town_district(&d->model, HILL)->district, "HILL");
    assert_string_equal(town_class(&d->model, 0), "visitors");
    town_desk_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_the_months_of_a_period),
        cmocka_unit_test(vehicles_and_piles_stand_at_ends_and_count_in_between),
        cmocka_unit_test(what_a_source_says_is_a_range),
        cmocka_unit_test(the_quantile_of_waits_lies_inside_its_bin),
        cmocka_unit_test(who_drives_on_fuel_did_not_give_up),
        cmocka_unit_test(loads_have_a_peak_and_a_night),
        cmocka_unit_test(use_is_a_mean_over_days_with_open_piles),
        cmocka_unit_test(shocks_move_buyers_elsewhere_and_away),
        cmocka_unit_test(nothing_is_said_of_days_before_the_fleet_charges),
        cmocka_unit_test(without_charging_there_are_no_figures_of_it),
        cmocka_unit_test(counts_of_piles_score_what_was_built),
        cmocka_unit_test(classes_and_districts_have_means_and_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
