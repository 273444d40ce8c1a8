// What the page reads of results.sqlite: docs/page.md says which panel draws what. Long series travel as one cell of
// numbers, so that the file stays small.
#include "write/page.h"

#define PAGE_YEAR                                                                                                      \
    "(SELECT coalesce(max(CASE WHEN year = (SELECT CAST(substr(value, 1, 4) AS INTEGER) FROM about WHERE key = "       \
    "'period') THEN year END), max(year)) FROM enterprise_years)"

// Parts that flow to plants end at the maker of their vehicles, others at the trade of their buyer. The largest sources
// of a level by name, all others together under no name.
#define FLOW_SUMS                                                                                                      \
    "WITH f AS MATERIALIZED (SELECT f.year, CASE WHEN b.kind = 'plant' THEN 1 ELSE 2 END AS tier, s.trade, "           \
    "f.family, s.district, f.seller AS enterprise, CASE WHEN b.kind = 'plant' THEN b.maker ELSE b.trade END AS "       \
    "target, f.units, f.value FROM flows f JOIN enterprises s ON s.enterprise = f.seller "                             \
    "JOIN enterprises b ON b.enterprise = f.buyer WHERE f.year BETWEEN " PAGE_YEAR " - 1 AND " PAGE_YEAR ") "
#define FLOWS_BY(level, most, where)                                                                                   \
    "SELECT '" level "' AS level, year, tier, CASE WHEN " level " IN (SELECT " level                                   \
    " FROM f GROUP BY 1 ORDER BY sum(value) DESC LIMIT " most ") THEN " level " ELSE '' END AS source, target, "       \
    "sum(units) AS units, round(sum(value)) AS value FROM f " where " GROUP BY 1, 2, 3, 4, 5"

#define FLOW_YEAR "WHERE year = " PAGE_YEAR

#define WEEK_SERIES(column, digits) "group_concat(printf('%." digits "g', " column "), ' ') AS " column

const struct page_query page_queries[] = {
    {"about", "SELECT key, value FROM about"},
    {"page_year", "SELECT " PAGE_YEAR " AS year"},
    {"inputs", "SELECT path, sha256, bytes FROM inputs"},
    {"settings", "SELECT setting, value, unit, source, confidence FROM settings"},
    {"trust", "SELECT table_name, confidence, rows, ranged FROM trust"},
    {"indicator_names", "SELECT indicator, position, unit, english, chinese FROM indicator_names"},
    {"indicators", "SELECT indicator, period, unit, simulated, low, high, low_inputs, high_inputs, reported, "
                   "reported_low, reported_high, miss, source, role, hit, inside FROM indicators"},
    {"bulletin", "SELECT position, side, indicator, period, growth FROM bulletin ORDER BY position"},
    {"months", "SELECT month, vehicles, nevs, exports, export_value, sold, local_nevs, sales_missed, turnover, "
               "twin_ahead FROM months ORDER BY month"},
    {"days", "SELECT min(day) AS day, group_concat(vehicles, ' ') AS vehicles, group_concat(nevs, ' ') AS nevs, "
             "group_concat(exports, ' ') AS exports FROM (SELECT * FROM days ORDER BY day)"},
    {"districts", "SELECT district, name, name_zh, zone, in_region, lat, lon, population FROM districts"},
    {"district_years", "SELECT district, year, enterprises, above_threshold, plants, turnover, vehicles "
                       "FROM district_years"},
    {"district_charging", "SELECT district, CAST(substr(month, 1, 4) AS INTEGER) AS year, max(private_piles) AS "
                          "private_piles, max(public_ac_piles + public_dc_piles) AS public_piles, max(peak_kw) AS "
                          "peak_kw FROM charging_districts GROUP BY 1, 2"},
    {"district_fleet", "SELECT district, CAST(substr(month, 1, 4) AS INTEGER) AS year, "
                       "sum(CASE WHEN month = last THEN vehicles ELSE 0 END) AS nevs, "
                       "sum(home_kwh + residents_kwh + ac_kwh + dc_kwh) AS kwh, sum(requests) AS requests, "
                       "sum(wait_hours) AS wait_hours, sum(patience + full + no_site + late) AS gave_up "
                       "FROM charging_months JOIN (SELECT substr(month, 1, 4) AS y, max(month) AS last "
                       "FROM charging_months GROUP BY 1) ON y = substr(month, 1, 4) GROUP BY 1, 2"},
    {"enterprises", "SELECT e.enterprise, e.name, e.name_zh, e.district, e.kind, e.identity, e.trade, e.maker, "
                    "e.tier, substr(e.families, 1, 40) AS families, e.sources, round(y.turnover) AS turnover, "
                    "round(y.parts) AS parts, round(y.parts_local / y.parts, 3) AS parts_local, y.vehicles, "
                    "round(y.parts_days, 1) AS parts_days, round(y.made_days, 1) AS made_days, "
                    "round(y.service_level, 4) AS service_level FROM enterprises e LEFT JOIN enterprise_years y "
                    "ON y.enterprise = e.enterprise AND y.year = " PAGE_YEAR},
    {"families", "SELECT family, name, name_zh, system, tier FROM families"},
    {"flows", FLOW_SUMS FLOWS_BY("trade", "40", "") " UNION ALL " FLOWS_BY("family", "24", FLOW_YEAR)
              " UNION ALL " FLOWS_BY("district", "24", FLOW_YEAR) " UNION ALL "
              FLOWS_BY("enterprise", "40", FLOW_YEAR)},
    {"deliveries", "SELECT year, maker, CASE WHEN market IN (SELECT market FROM market_years GROUP BY 1 ORDER BY "
                   "sum(gone) DESC LIMIT 30) THEN market ELSE '' END AS market, sum(units) AS units, "
                   "round(sum(value)) AS value FROM deliveries WHERE year BETWEEN " PAGE_YEAR " - 1 AND " PAGE_YEAR
                   " GROUP BY 1, 2, 3"},
    {"markets", "SELECT market, name, name_zh, iso3, channel, lane FROM markets"},
    {"market_years", "SELECT market, year, gone, arrived, value FROM market_years"},
    {"lanes", "SELECT lane, name FROM lanes"},
    {"lane_years", "SELECT lane, year, gone, value FROM lane_years"},
    {"legs", "SELECT lane, leg, mode, origin, destination, departures, capacity, transit_hours FROM legs"},
    {"shocks", "SELECT shock, (SELECT name FROM shocks x WHERE x.shock = s.shock ORDER BY step LIMIT 1) AS name, "
               "min(from_day) AS from_day, max(until_day) AS until_day, max(scope) AS scope, max(target) AS target "
               "FROM shocks s GROUP BY 1 ORDER BY 3"},
    {"charging_figures", "SELECT scope, name, measure, unit, simulated, low, high FROM charging_figures"},
    {"charging_worst", "SELECT what, rank, name, came, wait_minutes, gave_up_share, load_kw "
                       "FROM charging_worst ORDER BY what, rank"},
    {"week", "SELECT district, " WEEK_SERIES("came", "3") ", " WEEK_SERIES("wait_minutes", "2")
             ", " WEEK_SERIES("left_share", "2") ", " WEEK_SERIES("home_kw", "3") ", " WEEK_SERIES("public_kw", "3")
             " FROM (SELECT district, came, wait_minutes, left_share, home_kw, "
             "residents_kw + ac_kw + dc_kw AS public_kw FROM charging_week ORDER BY district, hour_of_week) "
             "GROUP BY district"},
    {"load_days", "SELECT min(day) AS day, group_concat(mean, ' ') AS mean, group_concat(peak, ' ') AS peak FROM "
                  "(SELECT substr(hour, 1, 10) AS day, printf('%.0f', avg(home_kw + residents_kw + ac_kw + dc_kw)) "
                  "AS mean, printf('%.0f', max(home_kw + residents_kw + ac_kw + dc_kw)) AS peak FROM charging_hours "
                  "GROUP BY 1 ORDER BY 1)"},
    {"sites", "SELECT group_concat(lat, ' ') AS lat, group_concat(lon, ' ') AS lon, group_concat(wait, ' ') AS "
              "wait_minutes FROM (SELECT round(s.lat, 4) AS lat, round(s.lon, 4) AS lon, round(60 * "
              "sum(c.wait_hours) / max(sum(c.arrived), 1), 1) AS wait FROM sites s JOIN charging_stations c "
              "ON c.site = s.site WHERE s.access = 'public' AND s.lat IS NOT NULL AND s.lon IS NOT NULL "
              "GROUP BY s.site)"},
    {"pile_plan", "SELECT * FROM pile_plan ORDER BY added DESC LIMIT 200"},
    {"stress_rows", "SELECT * FROM stress_rows WHERE target IN (SELECT target FROM stress_ranks WHERE rank <= 15)"},
    {"stress_ranks", "SELECT * FROM stress_ranks WHERE rank <= 15 ORDER BY rank"},
    {"stress_lost", "SELECT target, avg(deficit) AS lost FROM stress WHERE kind = 'enterprise' AND days = '14' AND "
                    "world = 0 GROUP BY 1"},
    {"sensitivity", "SELECT * FROM sensitivity ORDER BY rank LIMIT 20"},
    {"compare", "SELECT * FROM compare"},
    {"compare_inputs", "SELECT * FROM compare_inputs LIMIT 500"},
};
const int page_query_count = sizeof page_queries / sizeof *page_queries;
