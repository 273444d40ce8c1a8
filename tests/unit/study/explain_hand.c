// M-15 where everything can be counted by hand: one line, one part, one supplier. The line makes 24 vehicles a day, a
// part each; the supplier is down for ten days. What was there lasts as long as it lasts, then the line stands.
#include "study/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

enum { A_DAY = 24, DOWN_FIRST = 40, DOWN_DAYS = 10 };

static void region_put(const struct folder_read *f) {
    file_put(f, "settings.csv", "setting,value\nfrom,2023-01-01\nuntil,2023-04-30\nwarm_up_days,0\nsaturate,chain\n");
    file_put(f, "districts.csv", "district\nHERE\n");
    file_put(f, "enterprises.csv", "enterprise,district,kind\nPLANT,HERE,plant\nMAKER,HERE,supplier\n");
    file_put(f, "products.csv", "product,value\nPART,100\n");
    file_put(f, "platforms.csv", "platform,bill\nCAR,CAR-BILL\n");
    file_put(f, "variants.csv", "variant,platform,price\nCAR-1,CAR,100000\n");
    file_put(f, "bom.csv", "bill,component,quantity\nCAR-BILL,PART,1\n");
    file_put(f, "makers.csv", "enterprise,product,capacity,cover_days,overtime_share\nMAKER,PART,100,0,0\n");
    file_put(f, "links.csv", "buyer,component,supplier,transit_hours\nPLANT,PART,MAKER,6\n");
    file_put(f, "stocks.csv", "enterprise,product,policy,order_up_to,review_hours\nPLANT,PART,order_up_to,80,24\n");
    file_put(f, "lines.csv", "line,enterprise\nLINE,PLANT\n");
    file_put(f, "shops.csv", "line,shop,cycle_seconds\nLINE,all,3600\n");
    file_put(f, "builds.csv", "line,platform\nLINE,CAR\n");
    file_put(f, "volumes.csv", "platform,year,channel,units\nCAR,2023,domestic,8000\n");
    file_put(f, "lanes.csv", "lane\nROAD\n");
    file_put(f, "legs.csv", "lane,leg,mode,departures,capacity,transit_hours\nROAD,1,road,24,100,1\n");
    file_put(f, "markets.csv", "market,channel,lane\nHOME,domestic,ROAD\n");
    file_put(f, "shocks.csv",
             "shock,from,until,scope,target,factor,active\ndown,2023-02-10,2023-02-19,enterprise,MAKER,0,no\n");
}

// Parts on hand and on their way on the evening before.
static int64_t parts_before(const struct model *m, uint32_t stock) {
    struct run r;
    assert_int_equal(run_make(m, luck_of(1, 0), &r), AP_OK);
    for (int32_t day = 0; day < DOWN_FIRST; day++) assert_int_equal(run_day(&r, day), AP_OK);
    int64_t parts = r.state.stock_on_hand[stock] + r.state.stock_under_way[stock];
    run_free(&r);
    return parts;
}

static uint32_t bought_stock(const struct model *m) {
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (m->stocks[s].kind == STOCK_BOUGHT) return s;
    return 0;
}

static void ten_days_without_parts_are_counted_to_the_vehicle(void **unused) {
    (void)unused;
    struct folder_read f;
    struct read_options options = {0};
    struct model calm = {0}, shocked = {0};
    struct explanation e;
    struct explain_options o = {0};
    struct explain_cause cause;
    folder_make(&f);
    region_put(&f);
    folder_open(&f, &options);
    complaints_show(&f);
    assert_int_equal(f.status, AP_OK);
    assert_int_equal(model_build(&f.tables, 1, 0, &f.complaints, &calm), AP_OK);
    f.tables.shocks[1].active = 1;
    assert_int_equal(model_build(&f.tables, 1, 0, &f.complaints, &shocked), AP_OK);
    f.tables.shocks[1].active = 0;
    assert_int_equal(explain_run(&calm, &shocked, luck_of(1, 0), &o, &e), AP_OK);

    uint32_t part = bought_stock(&calm);
    int64_t parts = parts_before(&calm, part);
    assert_in_range(parts, A_DAY, 80);
    const struct stock_path *stock = &e.stocks[part];
    const struct line_path *line = &e.lines[1];
    assert_int_equal(e.span.first, DOWN_FIRST);
    assert_int_equal(stock->cover_milli, parts * 1000 / A_DAY);
    assert_int_equal(stock->held.first, DOWN_FIRST + parts / A_DAY);
    assert_int_equal(line->slow.first, stock->held.first);
    assert_int_equal(line->idle.first, stock->held.first + (parts % A_DAY != 0));
    assert_int_equal(line->idle.last, DOWN_FIRST + DOWN_DAYS - 1);
    // one vehicle has its part and is worked on; the first parts are six hours under way before the line runs again
    assert_int_equal(line->gap_most, DOWN_DAYS * A_DAY - (parts + 1) + 6);
    assert_int_equal(line->lost_ms, line->gap_most * 3600000);
    assert_int_equal(stock->units, line->gap_most);
    // an hour counts when nothing is left at its end: that in which the last part was taken, too
    assert_in_range(stock->hours_milli, line->gap_most * 1000, (line->gap_most + 2) * 1000);
    assert_int_equal(e.totals[e.days - 1].made, line->gap_most);   // a line that always runs catches up nothing
    explain_cause(&e, &cause);
    const enum path_kind kinds[] = {PATH_LINE, PATH_STOCK, PATH_LINK, PATH_STOCK, PATH_SHOCK};
    assert_int_equal(cause.steps, 5);
    for (int i = 0; i < 5; i++) assert_int_equal(cause.chain[i].kind, kinds[i]);
    assert_int_equal(cause.first_day, parts / A_DAY);
    assert_int_equal(cause.late, line->gap_most);

    explain_free(&e);
    model_free(&calm);
    model_free(&shocked);
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ten_days_without_parts_are_counted_to_the_vehicle)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
