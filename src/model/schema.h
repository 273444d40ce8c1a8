// The tables a user brings, declared once: reader, checks, `autopolis describe` and docs/tables.md come from here.
//
// X(kind, field, of, dflt, unit, meaning)
//   kind   ID text naming the row        -> const char *
//          TEXT                          -> const char * ("" when empty)
//          REF row of the table `of`     -> uint32_t (0: empty)
//          INT                           -> int64_t
//          REAL (finite)                 -> double
//          YUAN (up to 2 decimals)       -> int64_t, in fen
//          DATE                          -> day_number (DATE_NONE when empty)
//          YESNO                         -> int32_t 0 or 1
//          CHOICE, `of` lists a|b|c      -> int32_t, 0-based index into the list
//   dflt   NULL: required; else the text that an empty or absent cell stands for ("" for REF and DATE: none)
// Every table also has the common columns source, confidence, low, high, law, note: `low`, `high`, `law` are the
// range of the table's main column, from which a world draws (law: uniform, triangular, loguniform).
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "model/schema_charging.h"

#define DISTRICT_COLUMNS(X)                                                                                            \
    X(ID, district, "", NULL, "", "name of the district or outside place; key")                                        \
    X(TEXT, name, "", "", "", "English name")                                                                          \
    X(TEXT, name_zh, "", "", "", "Chinese name")                                                                       \
    X(TEXT, zone, "", "", "", "zone of the region, or the outside area")                                               \
    X(YESNO, in_region, "", "yes", "", "whether the place lies in the region")                                         \
    X(REAL, lat, "", "0", "degree", "latitude")                                                                        \
    X(REAL, lon, "", "0", "degree", "longitude")                                                                       \
    X(INT, population, "", "0", "person", "inhabitants")                                                               \
    X(YUAN, gdp, "", "0", "yuan", "gross product of the year before the region's base year")                           \
    X(REAL, nev_weight, "", "", "", "relative weight among the homes of NEVs; empty: population")

#define CALENDAR_COLUMNS(X)                                                                                            \
    X(ID, calendar, "", NULL, "", "name of the calendar; key")                                                         \
    X(TEXT, name, "", "", "", "in words")                                                                              \
    X(YESNO, always, "", "no", "", "yes: open every hour of every day, no shifts and no holidays (continuous)")

#define SHIFT_COLUMNS(X)                                                                                               \
    X(REF, calendar, calendars, NULL, "", "calendar the shift belongs to")                                             \
    X(TEXT, days, "", NULL, "", "seven digits 0 or 1, Monday first: 1111100 is Monday to Friday")                      \
    X(REAL, from_hour, "", NULL, "hour", "start, 0 to 24")                                                             \
    X(REAL, until_hour, "", NULL, "hour", "end, above the start, up to 24")                                            \
    X(CHOICE, level, "normal|overtime|extra", "normal", "",                                                            \
      "when it is worked: always, when the backlog calls for overtime, or when a further shift was added")

#define HOLIDAY_COLUMNS(X)                                                                                             \
    X(ID, holiday, "", NULL, "", "name; key with the first day")                                                       \
    X(DATE, from, "", NULL, "", "first closed day")                                                                    \
    X(DATE, until, "", NULL, "", "last closed day")                                                                    \
    X(REF, calendar, calendars, "", "", "empty: every calendar that has holidays")

#define ENTERPRISE_COLUMNS(X)                                                                                          \
    X(ID, enterprise, "", NULL, "", "name of the row; key")                                                            \
    X(TEXT, name, "", "", "", "English name, or what it is called")                                                    \
    X(TEXT, name_zh, "", "", "", "Chinese name")                                                                       \
    X(REF, district, districts, NULL, "", "where it stands, in the region or outside")                                 \
    X(CHOICE, kind, "plant|supplier|unlimited", "supplier", "",                                                        \
      "plant: builds vehicles; supplier: makes parts; unlimited: ships whatever is ordered (textbook source)")         \
    X(CHOICE, identity, "named|synthetic", "synthetic", "", "named: a source names the firm; synthetic: invented")     \
    X(REF, calendar, calendars, "", "", "empty: open every hour")                                                      \
    X(TEXT, family, "", "", "", "group of trades the firm belongs to")                                                 \
    X(TEXT, maker, "", "", "", "group or brand owner, for plants")                                                     \
    X(YUAN, size, "", "0", "yuan", "yearly turnover in the register; weighs who gets a sourcing; 0 unknown (main)")    \
    X(REAL, ttr_low_days, "", "7", "day", "time to recover from an outage, low")                                       \
    X(REAL, ttr_mode_days, "", "14", "day", "time to recover, most likely")                                            \
    X(REAL, ttr_high_days, "", "42", "day", "time to recover, high")                                                   \
    X(REAL, events_per_year, "", "0.05", "1/year", "outages of that kind a year")                                      \
    X(REAL, up_hours, "", "0", "hour", "mean time from a recovery to the next failure (Markov); 0: never fails")       \
    X(REAL, down_hours, "", "0", "hour", "mean time to recover; down it makes, builds and (unlimited) ships nothing")  \
    X(REAL, failures_every_hours, "", "24", "hour", "it fails with chance every / up, recovers with every / down")

#define PRODUCT_COLUMNS(X)                                                                                             \
    X(ID, product, "", NULL, "", "part family, module or material; key")                                               \
    X(TEXT, name, "", "", "", "English name")                                                                          \
    X(TEXT, name_zh, "", "", "", "Chinese name")                                                                       \
    X(TEXT, system, "", "", "", "engine, body, battery ...")                                                           \
    X(CHOICE, per, "once|platform", "once", "", "platform: every platform has its own part of this family")            \
    X(INT, tier, "", "1", "", "1 goes into vehicles, 2 into parts, ...")                                               \
    X(YUAN, value, "", "0", "yuan/unit", "unit value where no bill of materials says another (main)")                  \
    X(YUAN, margin, "", "", "yuan/unit", "what outside demand of one unit earns, for linear programs; empty: its value")

#define PLATFORM_COLUMNS(X)                                                                                            \
    X(ID, platform, "", NULL, "", "a family of vehicles that share their parts; key")                                  \
    X(TEXT, name, "", "", "", "in words")                                                                              \
    X(TEXT, maker, "", "", "", "maker or brand")                                                                       \
    X(TEXT, bill, "", NULL, "", "bill of materials, a name in bom.csv")

#define VARIANT_COLUMNS(X)                                                                                             \
    X(ID, variant, "", NULL, "", "a vehicle as it is ordered; key")                                                    \
    X(TEXT, name, "", "", "", "model and trim")                                                                        \
    X(REF, platform, platforms, NULL, "", "its platform")                                                              \
    X(CHOICE, powertrain, "ICE|HEV|PHEV|EREV|BEV|FCEV", "ICE", "", "PHEV, EREV, BEV and FCEV are NEVs")                \
    X(CHOICE, body, "passenger|commercial", "passenger", "", "")                                                       \
    X(INT, driving_level, "", "0", "", "assisted-driving level 0 to 5; smart from `smart_level` up")                   \
    X(TEXT, options, "", "", "", "options fitted, names of bom.csv's option column, separated by ;")                   \
    X(REAL, take, "", "1", "share", "share of the platform's vehicles; the shares of a platform sum to 1 (main)")      \
    X(YUAN, price, "", "0", "yuan", "ex-works value")                                                                  \
    X(YUAN, export_price, "", "0", "yuan", "value when it leaves the country; empty: the price")                       \
    X(YUAN, margin, "", "", "yuan", "what one vehicle earns, for linear programs; empty: its price")

#define BOM_COLUMNS(X)                                                                                                 \
    X(ID, bill, "", NULL, "", "bill of materials: named by a platform, or the id of a product that is made")           \
    X(REF, component, products, NULL, "", "what goes in")                                                              \
    X(ID, option, "", "", "", "empty: in every unit; else only in variants that list this option")                     \
    X(INT, quantity, "", NULL, "unit", "whole units per unit made, 1 or more")                                         \
    X(YUAN, value, "", "", "yuan", "value of that quantity in this bill; empty: quantity x unit value (main)")         \
    X(CHOICE, at, "first|last", "last", "", "which end of a line takes it: first shop (body) or last (final)")

#define MAKER_COLUMNS(X)                                                                                               \
    X(REF, enterprise, enterprises, NULL, "", "who makes")                                                             \
    X(REF, product, products, NULL, "", "what: the family, for every platform it is sourced for")                      \
    X(REAL, capacity, "", "", "unit/hour", "staffed rate in open hours; empty: planned use x headroom")                \
    X(REAL, headroom, "", "1.5", "ratio", "staffed rate over the mean planned rate when capacity is empty (main)")     \
    X(REAL, flow_hours, "", "0", "hour", "work in progress: from start to finished")                                   \
    X(REAL, yield, "", "1", "share", "good units per unit started, above 0 up to 1")                                   \
    X(REAL, cover_days, "", "2", "day", "finished stock it makes towards, in days of planned use")                     \
    X(REAL, outside_share, "", "0", "share", "share of the capacity that other customers take")                        \
    X(REAL, overtime_share, "", "0.15", "share", "added rate in normal hours when the backlog calls for it")           \
    X(INT, servers, "", "0", "", "0: units flow at the rate; else so many servers, exponential times, share the rate")

#define LINK_COLUMNS(X)                                                                                                \
    X(REF, buyer, enterprises, NULL, "", "who buys")                                                                   \
    X(REF, component, products, NULL, "", "which part family or product")                                              \
    X(REF, platform, platforms, "", "", "for which platform's part; empty: all of the buyer's")                        \
    X(REF, supplier, enterprises, NULL, "", "from whom")                                                               \
    X(REAL, share, "", "1", "share", "planned share; shares of approved links are scaled to sum to 1 (main)")          \
    X(YESNO, approved, "", "yes", "", "no: may be opened after qualify_days without enough supply")                    \
    X(INT, priority, "", "0", "", "a short supplier serves the higher first, then in proportion to what is owed")      \
    X(REAL, transit_hours, "", NULL, "hour", "from shipped to received")                                               \
    X(REAL, spread_hours, "", "0", "hour", "keyed spread added to the transit: its most when uniform, else its mean")  \
    X(CHOICE, spread_law, "uniform|exponential", "uniform", "", "law of the spread, from 0; exponential: to 24 means")\
    X(CHOICE, spread_per, "day|shipment|unit", "day", "", "what has a spread of its own; units may overtake each other")

#define FLOW_COLUMNS(X)                                                                                                \
    X(REF, supplier, enterprises, NULL, "", "who sells")                                                               \
    X(REF, buyer, enterprises, NULL, "", "to whom")                                                                    \
    X(TEXT, input, "", "", "", "what; inputs of one name replace each other; empty: the supplier's family")            \
    X(CHOICE, kind, "essential|non_essential|irrelevant", "essential", "",                                             \
      "essential: without it the buyer stops; non_essential: it makes that share less; irrelevant: it goes on")        \
    X(YUAN, yuan, "", NULL, "yuan/year", "sold in a year (main)")

#define SOURCING_COLUMNS(X)                                                                                            \
    X(REF, product, products, NULL, "", "family whose buyers get drawn suppliers where links.csv names none; key")     \
    X(REAL, sources, "", "1", "supplier", "approved suppliers per buyer and part: whole part, and one more by luck")   \
    X(INT, unapproved, "", "1", "supplier", "further suppliers that could be qualified")                               \
    X(REAL, local_share, "", "1", "share", "chance that a source is in the region (main)")                             \
    X(REAL, transit_hours, "", NULL, "hour", "from a supplier in the region")                                          \
    X(REAL, outside_hours, "", NULL, "hour", "from a supplier outside")                                                \
    X(REAL, spread_hours, "", "0", "hour", "spread in the region; outside it is a fifth of outside_hours")             \
    X(REAL, review_hours, "", "24", "hour", "time between orders of the buyer")                                        \
    X(REAL, cover_days, "", "2", "day", "buyer's stock beyond transit and review, in days of planned use")

#define STOCK_COLUMNS(X)                                                                                               \
    X(REF, enterprise, enterprises, NULL, "", "whose stock")                                                           \
    X(REF, product, products, NULL, "", "of what")                                                                     \
    X(REF, platform, platforms, "", "", "for which platform's part")                                                   \
    X(CHOICE, policy, "plan|order_up_to|s_S|r_Q|none", "plan", "",                                                     \
      "plan: order up to planned use over transit, review and cover; none: never orders")                              \
    X(INT, reorder_at, "", "0", "unit", "s or r: order when the position is at or below it")                           \
    X(INT, order_up_to, "", "0", "unit", "S (main)")                                                                   \
    X(INT, lot, "", "1", "unit", "orders are multiples of it; Q")                                                      \
    X(INT, order_most, "", "0", "unit", "most in one order; 0 no limit")                                               \
    X(INT, opening, "", "-1", "unit", "on hand at the start; -1: at its target")                                       \
    X(REAL, review_hours, "", "24", "hour", "time between reviews")                                                    \
    X(REAL, review_offset_hours, "", "0", "hour", "first review after the start of a day")                             \
    X(REAL, cover_days, "", "2", "day", "with policy plan: stock beyond transit and review")                           \
    X(REAL, holding_cost, "", "0", "yuan/unit", "a reading, of what is on hand (costs are read by `expected` alone)")  \
    X(REAL, shortage_cost, "", "0", "yuan/unit", "a reading, of what is owed")                                         \
    X(REAL, order_cost, "", "0", "yuan", "of an order placed")                                                         \
    X(REAL, unit_cost, "", "0", "yuan/unit", "of a unit received")

#define DEMAND_COLUMNS(X)                                                                                              \
    X(ID, demand, "", NULL, "", "demand from outside at a stock (textbook networks, spare parts); key")                \
    X(REF, enterprise, enterprises, NULL, "", "at whose stock")                                                        \
    X(REF, product, products, NULL, "", "of what")                                                                     \
    X(CHOICE, demand_law, "constant|poisson|normal", "poisson", "", "law of the demand of one period")                 \
    X(REAL, mean, "", NULL, "unit", "mean of one period (main)")                                                       \
    X(REAL, deviation, "", "0", "unit", "standard deviation, for normal; rounded to whole units, never below 0")       \
    X(REAL, every_hours, "", "24", "hour", "the period")                                                               \
    X(REAL, offset_hours, "", "0", "hour", "when in the period it falls")                                              \
    X(CHOICE, unmet, "backorder|lost", "backorder", "", "what happens to what the stock cannot serve")

#define LINE_COLUMNS(X)                                                                                                \
    X(ID, line, "", NULL, "", "assembly line; key")                                                                    \
    X(REF, enterprise, enterprises, NULL, "", "its plant")                                                             \
    X(REF, calendar, calendars, "", "", "empty: the plant's")                                                          \
    X(DATE, from, "", "", "", "first day of production; empty: always")                                                \
    X(DATE, until, "", "", "", "last day; empty: for ever")                                                            \
    X(INT, nominal, "", "0", "vehicle/year", "published design capacity: shown beside the simulated one, never used")  \
    X(CHOICE, shift_rule, "resume|finish|fit", "resume", "",                                                           \
      "work at the end of a shift: stops and resumes; is finished; is not begun unless its mean time is left")

#define SHOP_COLUMNS(X)                                                                                                \
    X(REF, line, lines, NULL, "", "the line")                                                                          \
    X(ID, shop, "", NULL, "", "name within the line (body, paint, final); key with the line")                          \
    X(TEXT, next, "", "", "",                                                                                          \
      "shop that takes its output; empty: finished. A shop named by several joins one of each")                        \
    X(REAL, cycle_seconds, "", NULL, "second", "mean time of one unit (main)")                                         \
    X(CHOICE, cycle_law, "constant|exponential|erlang", "constant", "", "law of the cycle time")                       \
    X(INT, shape, "", "1", "", "phases of erlang")                                                                     \
    X(INT, buffer, "", "0", "place", "places between this shop and the next")                                          \
    X(REAL, variant_share, "", "1", "share", "most of those places that one variant may hold")                         \
    X(CHOICE, blocking, "after|before|hold", "after", "",                                                              \
      "after: keeps a finished unit until there is a place behind; before: begins only with a place behind; "          \
      "hold: so too, and its units keep their places until the next shop has finished them")                           \
    X(CHOICE, failures, "none|calendar|work|cycle", "none", "",                                                        \
      "clock of the failures: calendar; only while working; or drawn as a unit begins, with chance cycle / up")        \
    X(CHOICE, failure_law, "exponential|geometric", "exponential", "", "of the times; geometric: in whole cycles")     \
    X(REAL, up_hours, "", "0", "hour", "mean time between failures")                                                   \
    X(REAL, down_hours, "", "0", "hour", "mean time to repair")

#define BUILD_COLUMNS(X)                                                                                               \
    X(REF, line, lines, NULL, "", "the line")                                                                          \
    X(REF, platform, platforms, NULL, "", "builds every variant of this platform")                                     \
    X(REAL, share, "", "1", "share", "share of the platform's orders that go to this line (main)")

#define VOLUME_COLUMNS(X)                                                                                              \
    X(REF, platform, platforms, NULL, "", "whose orders")                                                              \
    X(INT, year, "", NULL, "", "calendar year")                                                                        \
    X(CHOICE, channel, "local|domestic|export", "domestic", "", "the region, the rest of the country, abroad")         \
    X(INT, units, "", NULL, "vehicle", "wanted in the year (main)")                                                    \
    X(TEXT, shape, "", "", "", "shape over the year, a name in shapes.csv; empty: by days")

#define SHAPE_COLUMNS(X)                                                                                               \
    X(ID, shape, "", NULL, "", "name of the shape; key with year and month")                                           \
    X(INT, year, "", NULL, "", "calendar year")                                                                        \
    X(INT, month, "", NULL, "", "1 to 12")                                                                             \
    X(REAL, weight, "", NULL, "", "share of the year is weight over the year's sum (main)")

#define LOSS_COLUMNS(X)                                                                                                \
    X(ID, loss, "", NULL, "", "published loss that the reported totals already contain; key with month")               \
    X(DATE, month, "", NULL, "", "first day of the month it was lost in")                                              \
    X(TEXT, maker, "", "", "", "whose platforms; empty: all, in proportion")                                           \
    X(INT, units, "", NULL, "vehicle", "added to the orders of that month (main)")

#define MARKET_COLUMNS(X)                                                                                              \
    X(ID, market, "", NULL, "", "name; key")                                                                           \
    X(TEXT, name, "", "", "", "English name")                                                                          \
    X(TEXT, name_zh, "", "", "", "Chinese name")                                                                       \
    X(TEXT, iso3, "", "", "", "country code")                                                                          \
    X(CHOICE, channel, "local|domestic|export", "export", "", "one market is local, one domestic, any number abroad")  \
    X(REF, lane, lanes, NULL, "", "how vehicles get there")                                                            \
    X(REAL, price_ratio, "", "1", "ratio", "price there over the variant's export price (main)")

#define SHARE_COLUMNS(X)                                                                                               \
    X(REF, market, markets, NULL, "", "an export market")                                                              \
    X(INT, year, "", NULL, "", "calendar year; later years without rows keep the last")                                \
    X(REAL, share, "", NULL, "share", "of the year's exports; scaled to sum to 1 (main)")

#define LANE_COLUMNS(X)                                                                                                \
    X(ID, lane, "", NULL, "", "name; key")                                                                             \
    X(TEXT, name, "", "", "", "in words")

#define LEG_COLUMNS(X)                                                                                                 \
    X(REF, lane, lanes, NULL, "", "the lane")                                                                          \
    X(INT, leg, "", NULL, "", "1, 2, ...; leaving the region happens with the departure on leg 1")                     \
    X(CHOICE, mode, "river|rail|road|sea", NULL, "", "")                                                               \
    X(TEXT, origin, "", "", "", "where it starts")                                                                     \
    X(TEXT, destination, "", "", "", "where it ends")                                                                  \
    X(REAL, departures, "", NULL, "1/day", "departures a day (below 1: every so many days)")                           \
    X(INT, capacity, "", NULL, "vehicle", "vehicles per departure")                                                    \
    X(REAL, transit_hours, "", NULL, "hour", "from departure to arrival (main)")                                       \
    X(REAL, spread_hours, "", "0", "hour", "keyed spread of a departure, uniform from 0")                              \
    X(YUAN, cost, "", "0", "yuan/vehicle", "freight")

#define SHOCK_COLUMNS(X)                                                                                               \
    X(ID, shock, "", NULL, "", "event; several rows are its steps")                                                    \
    X(DATE, from, "", NULL, "", "first day of the step")                                                               \
    X(DATE, until, "", NULL, "", "last day of the step")                                                               \
    X(CHOICE, scope,                                                                                                   \
      "everything|region|outside|enterprise|family|product|district|zone|maker|line|lane|market|platform",             \
      NULL, "", "what is hit")                                                                                         \
    X(TEXT, target, "", "", "", "name of what is hit; empty for everything, region, outside")                          \
    X(CHOICE, basis, "capacity|planned_flow|allocation|demand|transit", "capacity", "",                                \
      "capacity: rate x factor; planned_flow: at most factor x planned use is made; allocation: at most factor x "     \
      "planned use is shipped; demand: orders x factor; transit: extra_hours later. A lane: its departures")     \
    X(REAL, factor, "", "0", "ratio", "0 stops it, 1 leaves it (main)")                                                \
    X(REAL, extra_hours, "", "0", "hour", "added to transit")                                                          \
    X(YESNO, active, "", "yes", "", "no: only when a run asks for it by --shock")                                      \
    X(TEXT, name, "", "", "", "in words")

#define REPORTED_COLUMNS(X)                                                                                            \
    X(ID, indicator, "", NULL, "", "indicator of the bulletin; key with period")                                       \
    X(TEXT, period, "", NULL, "", "2023, 2023-08 or 2023-01..2023-08")                                                 \
    X(REAL, value, "", NULL, "", "reported value (main)")                                                              \
    X(TEXT, unit, "", "", "", "its unit")                                                                              \
    X(CHOICE, role, "driven|derived|scored", "scored", "", "scored: never drives, so it counts as evidence")

#define CLAIM_COLUMNS(X)                                                                                               \
    X(INT, year, "", NULL, "", "calendar year")                                                                        \
    X(TEXT, period, "", NULL, "", "year, Jan-Aug, 2018-2022 ...")                                                      \
    X(TEXT, series, "", NULL, "", "what is claimed about: an indicator")                                               \
    X(TEXT, claim, "", NULL, "", "level, level above, growth, average growth a year, cumulative")                      \
    X(REAL, value, "", NULL, "", "the figure (main)")                                                                  \
    X(TEXT, unit, "", "", "", "its unit; ratio for growth")

#define PILE_COLUMNS(X)                                                                                                \
    X(DATE, date, "", NULL, "", "day of the count")                                                                    \
    X(REF, district, districts, "", "", "empty: the whole region")                                                     \
    X(CHOICE, kind, "all|public|private", "all", "", "")                                                               \
    X(INT, piles, "", NULL, "pile", "piles in place (main)")

#define HINDCAST_COLUMNS(X)                                                                                            \
    X(ID, shock, "", NULL, "", "event of shocks.csv; key with what follows")                                           \
    X(CHOICE, measure, "output|nev_output|exports|turnover|sales|stop_days|days_to_stop|days_to_start", NULL, "",      \
      "vehicles made, NEVs made, exports, turnover, vehicles sold; days without output that would have had some; "     \
      "days until the first such day; days until the first vehicle")                                                   \
    X(ID, of, "", "", "", "platform, maker of platforms or plant; empty: the region")                                  \
    X(DATE, from, "", NULL, "", "first day of the published figure")                                                   \
    X(DATE, until, "", NULL, "", "last day")                                                                           \
    X(CHOICE, as, "change|ratio|growth", "change", "",                                                                 \
      "with the shock less without; over without; or with the shock, against as many days just before")                \
    X(REAL, value, "", NULL, "", "published effect, in vehicles, yuan, days or as a ratio (main)")                     \
    X(CHOICE, used, "no|partly|yes", NULL, "", "whether the figure, or what it was made from, went into the scenario")

#define EXPECTED_COLUMNS(X)                                                                                            \
    X(CHOICE, measure,                                                                                                 \
      "on_hand|backlog|positive|covered|fill|orders|on_hand_sum|on_hand_end|orders_sum|received|lost|"                 \
      "throughput|level|blocked|made|"                                                                                 \
      "on_order|shortfall|full|ready|wait|cost|survived|survived_deviation|working|between|"                           \
      "waited_share|queue|queue_wait|admitted_wait|admitted_waited|wait_above|wait_quantile|refused|plugged|use|"      \
      "throttled|stay|session_energy|charging_hours|plugged_reading|waiting_reading|all_plugged|plugged_variance|"     \
      "plugged_covariance|plug_ins|plug_gap|plug_gap_deviation|plug_energy|"                                           \
      "lost_margin|survives|systemic_risk",                                           \
      NULL, "", "what is measured (docs/cases.md); key with row")                                                      \
    X(ID, row, "", NULL, "",                                                                                           \
      "where: enterprise/product of a stock, a line, line/shop, a site, or A+B@days of an outage")                     \
    X(REAL, value, "", "", "", "exact value; empty: found is only shown (main)")                                       \
    X(REAL, factor, "", "1", "", "what is found is multiplied by it: 0.001 where units are thousandths")

// T(name, row struct, COLUMNS, key columns, main column or "", required, meaning)
#define TABLES(T)                                                                                                      \
    T(districts, district_row, DISTRICT_COLUMNS, 1, "", 1, "places, in the region and outside")                        \
    T(calendars, calendar_row, CALENDAR_COLUMNS, 1, "", 0, "when work is done")                                        \
    T(shifts, shift_row, SHIFT_COLUMNS, 3, "", 0, "hours of a calendar")                                               \
    T(holidays, holiday_row, HOLIDAY_COLUMNS, 2, "", 0, "closed days")                                                 \
    T(enterprises, enterprise_row, ENTERPRISE_COLUMNS, 1, "size", 1, "plants and suppliers")                           \
    T(products, product_row, PRODUCT_COLUMNS, 1, "value", 1, "parts and materials")                                    \
    T(platforms, platform_row, PLATFORM_COLUMNS, 1, "", 0, "families of vehicles")                                     \
    T(variants, variant_row, VARIANT_COLUMNS, 1, "take", 0, "vehicles as ordered")                                     \
    T(bom, bom_row, BOM_COLUMNS, 3, "value", 0, "bills of materials")                                                  \
    T(makers, maker_row, MAKER_COLUMNS, 2, "headroom", 0, "who makes what")                                            \
    T(links, link_row, LINK_COLUMNS, 4, "share", 0, "who buys what from whom, where it is known")                      \
    T(flows, flow_row, FLOW_COLUMNS, 4, "yuan", 0, "who sells how much to whom, for the systemic risk index alone")    \
    T(sourcing, sourcing_row, SOURCING_COLUMNS, 1, "local_share", 0, "how unknown links are drawn")                    \
    T(stocks, stock_row, STOCK_COLUMNS, 3, "order_up_to", 0, "stocks with a policy of their own")                      \
    T(demands, demand_row, DEMAND_COLUMNS, 1, "mean", 0, "demand from outside at a stock")                             \
    T(lines, line_row, LINE_COLUMNS, 1, "", 0, "assembly lines")                                                       \
    T(shops, shop_row, SHOP_COLUMNS, 2, "cycle_seconds", 0, "shops of a line")                                         \
    T(builds, build_row, BUILD_COLUMNS, 2, "share", 0, "what a line builds")                                           \
    T(lanes, lane_row, LANE_COLUMNS, 1, "", 0, "ways out of the region")                                               \
    T(legs, leg_row, LEG_COLUMNS, 2, "transit_hours", 0, "legs of a lane")                                             \
    T(markets, market_row, MARKET_COLUMNS, 1, "price_ratio", 0, "where vehicles are sold")                             \
    T(shares, share_row, SHARE_COLUMNS, 2, "share", 0, "export shares by market and year")                             \
    T(volumes, volume_row, VOLUME_COLUMNS, 3, "units", 0, "vehicles wanted by platform, year and channel")             \
    T(shapes, shape_row, SHAPE_COLUMNS, 3, "weight", 0, "shape of a year by month")                                    \
    T(losses, loss_row, LOSS_COLUMNS, 2, "units", 0, "published losses, added to the orders")                          \
    T(shocks, shock_row, SHOCK_COLUMNS, 6, "factor", 0, "events that hit supply, demand or transport")                 \
    T(hindcast, hindcast_row, HINDCAST_COLUMNS, 5, "value", 0, "published effects of dated shocks, to be compared")    \
    T(reported, reported_row, REPORTED_COLUMNS, 2, "value", 0, "figures the run is driven by or scored against")       \
    T(claims, claim_row, CLAIM_COLUMNS, 0, "value", 0, "what was claimed, levels and growth; audited, never driving")  \
    T(piles, pile_row, PILE_COLUMNS, 3, "piles", 0, "charging piles by date")                                          \
    CHARGING_TABLES(T)                                                                                                 \
    T(expected, expected_row, EXPECTED_COLUMNS, 2, "value", 0, "exact results that a textbook case must give")

// Settings, the rows of settings.csv (columns: setting, value and the common ones).
// S(kind, name, default, low, high, unit, meaning); low and high bound what may be set.
#define SETTINGS(S)                                                                                                    \
    S(TEXT, region, "Region", 0, 0, "", "name of the region")                                                          \
    S(TEXT, region_zh, "", 0, 0, "", "its Chinese name")                                                               \
    S(DATE, from, "2023-01-01", 0, 0, "", "first day that counts")                                                     \
    S(DATE, until, "2023-12-31", 0, 0, "", "last day")                                                                 \
    S(INT, warm_up_days, "60", 0, 3650, "day", "days simulated before the first day that counts")                      \
    S(INT, tick_seconds, "3600", 60, 86400, "second", "length of a tick; divides a day")                               \
    S(INT, seed, "1", 0, 9007199254740991, "", "seed of all luck")                                                     \
    S(INT, replications, "4", 1, 100000, "run", "runs with other luck and the same inputs")                            \
    S(INT, worlds, "0", 0, 100000, "run", "runs with other luck and drawn inputs; 0: none")                            \
    S(INT, bulletin_year, "2023", 1900, 2200, "", "year of the bulletin")                                              \
    S(YUAN, turnover_threshold, "20000000", 0, 1e13, "yuan", "an enterprise counts as above threshold from here")      \
    S(INT, smart_level, "2", 0, 5, "", "driving level from which a vehicle counts as smart")                           \
    S(INT, firm_days, "30", 1, 56, "day", "horizon in which the build plan is firm")                                   \
    S(REAL, flex_up, "0.1", 0, 10, "share", "how far a day's plan may rise inside the horizon")                        \
    S(REAL, flex_down, "0.1", 0, 1, "share", "how far it may fall")                                                    \
    S(INT, order_book_days, "5", 0, 120, "day", "orders that plants keep waiting, so that lines work level")           \
    S(REAL, catch_up_days, "20", 1, 365, "day", "days over which a backlog is planned to be worked off")               \
    S(REAL, dealer_days, "45", 0, 200, "day", "dealers' stock they order up to, in days of expected sales")            \
    S(REAL, build_to_order_share, "0.2", 0, 1, "share", "share of buyers who wait for their vehicle")                  \
    S(INT, patience_days, "90", 1, 120, "day", "a waiting order is cancelled after so many days")                      \
    S(INT, switch_days, "7", 0, 365, "day", "short so long, an order moves to other approved links")                   \
    S(INT, qualify_days, "120", 0, 2000, "day", "short so long, an unapproved link opens")                             \
    S(REAL, overtime_above_days, "3", 0, 365, "day", "backlog in days of normal work from which overtime is worked")   \
    S(REAL, shift_fill, "0.9", 0.01, 10, "share",                                                                      \
      "part of a line's hours that four weeks' orders may fill before overtime or a further shift is planned")         \
    S(REAL, shift_add_days, "28", 0, 365, "day", "overtime so long adds the further shift")                            \
    S(CHOICE, saturate, "no", 0, 0, "no|lines|chain",                                                                  \
      "unlimited orders: lines with parts always there, or with the real chain")                                       \
    S(REAL, make_hours, "1", 0.01, 24, "hour", "a maker decides what to make once in so many hours")                  \
    S(REAL, read_hours, "0", 0, 8760, "hour", "stocks are read so often (end of the tick); 0: never")                  \
    S(REAL, read_offset_hours, "0", 0, 8760, "hour", "the tick of the period in which they are read")                  \
    S(YESNO, audit_every_tick, "no", 0, 0, "", "check the ledgers after each tick, not only each day")                 \
    CHARGING_SETTINGS(S)

#endif
