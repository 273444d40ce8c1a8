// VINs carry a valid check digit; vehicles pass the observer first in first out.
#include "study/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void published_check_digits_are_met(void **unused) {
    (void)unused;
    assert_int_equal(vin_check_digit("1M8GDM9AXKP042788"), 'X');   // the example of 49 CFR 565
    assert_int_equal(vin_check_digit("11111111111111111"), '1');
    assert_int_equal(vin_check_digit("5GZCZ43D13S812715"), '1');
}

static void letters_that_look_like_digits_are_refused(void **unused) {
    (void)unused;
    assert_int_equal(vin_check_digit("IM8GDM9AXKP042788"), 0);
    assert_int_equal(vin_check_digit("OM8GDM9AXKP042788"), 0);
    assert_int_equal(vin_check_digit("QM8GDM9AXKP042788"), 0);
    assert_int_equal(vin_check_digit("1m8GDM9AXKP042788"), 0);
}

static void vins_are_valid_and_differ(void **unused) {
    (void)unused;
    char vin[VIN_LENGTH + 1], other[VIN_LENGTH + 1];
    for (uint32_t i = 1; i < 3000; i += 7) {
        vin_format(i, i % 40 + 1, 2018 + (int)(i % 7), (int64_t)i * 997, vin);
        assert_int_equal(strlen(vin), VIN_LENGTH);
        assert_int_equal(vin_check_digit(vin), vin[8]);
        assert_int_equal(vin[0], 'L');
        vin_format(i, i % 40 + 1, 2018 + (int)(i % 7), (int64_t)i * 997 + 1, other);
        assert_string_not_equal(vin, other);
    }
    vin_format(1, 1, 2023, 5, vin);
    assert_int_equal(vin[9], 'P');                                 // model year 2023
}

// One line, one variant, one way: three vehicles start, two finish, one leaves and arrives.
static void a_vehicle_on_its_way_has_empty_cells(void **unused) {
    (void)unused;
    struct variant_row variant_rows[2] = {{.variant = ""}, {.variant = "CAR"}};
    struct line_row line_rows[2] = {{.line = ""}, {.line = "L1"}};
    struct enterprise_row enterprise_rows[2] = {{.enterprise = ""}, {.enterprise = "PLANT"}};
    struct market_row market_rows[2] = {{.market = ""}, {.market = "ABROAD"}};
    struct lane_row lane_rows[2] = {{.lane = ""}, {.lane = "RIVER"}};
    struct tables tables = {.variants = variant_rows, .lines = line_rows, .enterprises = enterprise_rows,
                            .markets = market_rows, .lanes = lane_rows};
    struct variant variants[2] = {{0}, {.table_row = 1}};
    struct line lines[2] = {{0}, {.table_row = 1, .enterprise = 1}};
    struct enterprise enterprises[2] = {{0}, {.table_row = 1}};
    struct market markets[2] = {{0}, {.table_row = 1}};
    struct lane lanes[2] = {{0}, {.table_row = 1}};
    struct build builds[2] = {{0}, {.line = 1, .variant = 1, .stock = 1}};
    struct way ways[2] = {{0}, {.market = 1, .lane = 1}};
    struct model m = {.tables = &tables, .variants = variants, .lines = lines, .enterprises = enterprises,
                      .markets = markets, .lanes = lanes, .builds = builds, .ways = ways, .days = 10};
    m.n.build = m.n.stock = m.n.way = m.n.line = 2;
    m.first_day = m.from = day_from_date(2023, 1, 1);

    char *text = NULL;
    size_t count = 0;
    FILE *file = open_memstream(&text, &count);
    struct trace *trace = trace_open(&m, file);
    assert_non_null(trace);
    struct observer o = trace_observer(trace);
    const struct event events[] = {
        {.kind = VEHICLE_STARTED, .build = 1, .count = 2, .second = 3600},
        {.kind = VEHICLE_STARTED, .build = 1, .count = 1, .second = 7200},
        {.kind = VEHICLE_FINISHED, .build = 1, .count = 2, .second = 9000},
        {.kind = VEHICLE_TO_LANE, .stock = 1, .way = 1, .count = 1, .second = 10800},
        {.kind = VEHICLE_LEFT, .way = 1, .count = 1, .second = 86400},
        {.kind = VEHICLE_ARRIVES, .way = 1, .count = 1, .second = 2 * 86400},
    };
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) o.see(o.self, &events[i]);
    int64_t rows = 0;
    assert_int_equal(trace_close(trace, &rows), AP_OK);
    fclose(file);
    assert_int_equal(rows, 3);
    assert_non_null(strstr(text, ",CAR,PLANT,L1,2023-01-01T01:00:00,2023-01-01T02:30:00,ABROAD,RIVER,"
                                 "2023-01-02T00:00:00,2023-01-03T00:00:00\n"));
    assert_non_null(strstr(text, ",CAR,PLANT,L1,2023-01-01T01:00:00,2023-01-01T02:30:00,,,,\n"));
    assert_non_null(strstr(text, ",CAR,PLANT,L1,2023-01-01T02:00:00,,,,,\n"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_check_digits_are_met),
        cmocka_unit_test(letters_that_look_like_digits_are_refused),
        cmocka_unit_test(vins_are_valid_and_differ),
        cmocka_unit_test(a_vehicle_on_its_way_has_empty_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
