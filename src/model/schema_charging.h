// The tables of the charging side: fleet, sites, piles, sessions. Same rules as schema.h, which lists them.
#ifndef MODEL_SCHEMA_CHARGING_H
#define MODEL_SCHEMA_CHARGING_H

#define PROFILE_COLUMNS(X)                                                                                             \
    X(ID, profile, "", NULL, "", "shape over the hours of a day or the months of a year; key with days and slot")      \
    X(CHOICE, days, "all|workday|restday", "all", "", "restday: Saturday, Sunday and holidays")                        \
    X(INT, slot, "", NULL, "", "hour 0 to 23; of a yearly profile month 1 to 12")                                      \
    X(REAL, weight, "", NULL, "", "relative weight; hours without a row weigh 0 (main)")

#define TARIFF_COLUMNS(X)                                                                                              \
    X(ID, tariff, "", NULL, "", "name; key with from_hour; the rows of a tariff cover the day once")                   \
    X(INT, from_hour, "", NULL, "hour", "0 to 23")                                                                     \
    X(INT, until_hour, "", NULL, "hour", "above from_hour, up to 24")                                                  \
    X(YUAN, price, "", NULL, "yuan/kWh", "energy price without the site's fee (main)")

#define CURVE_COLUMNS(X)                                                                                               \
    X(ID, curve, "", NULL, "", "most DC power a battery takes by its charge; key with soc")                            \
    X(REAL, soc, "", NULL, "share", "charge over capacity; a curve has points at 0 and 1, linear between")             \
    X(REAL, kw, "", NULL, "kW", "power taken there, above 0 (main)")

#define EV_TYPE_COLUMNS(X)                                                                                             \
    X(ID, type, "", NULL, "", "kind of NEV as the fleet sees it; key")                                                 \
    X(TEXT, name, "", "", "", "in words")                                                                              \
    X(CHOICE, powertrain, "BEV|PHEV|EREV", "BEV", "", "PHEV and EREV can drive on fuel")                               \
    X(REAL, battery_kwh, "", NULL, "kWh", "usable capacity (main)")                                                    \
    X(REAL, kwh_per_100km, "", "15", "kWh", "use at the wheel side of the battery, before the season's factor")        \
    X(REAL, ac_kw, "", "7", "kW", "most it takes from an AC pile")                                                     \
    X(REAL, dc_kw, "", "0", "kW", "most it takes from a DC pile; 0: cannot")                                           \
    X(TEXT, curve, "", "", "", "name in curves.csv that limits DC power by charge; empty: dc_kw at any charge")        \
    X(REAL, efficiency, "", "0.92", "share", "what reaches the battery of what the pile delivers")

#define EV_CLASS_COLUMNS(X)                                                                                            \
    X(ID, class, "", NULL, "", "private, ride-hailing, work ...; key")                                                 \
    X(TEXT, name, "", "", "", "in words")                                                                              \
    X(CHOICE, kind, "daily|shift", "daily", "",                                                                        \
      "daily: one plan a day; shift: drives from shift_from to shift_until and charges in between")                    \
    X(REAL, share, "", "1", "share", "of the vehicles that join, after classes with rows in hailing.csv (main)")       \
    X(REAL, km_per_day, "", NULL, "km", "mean over vehicles and days on which it is used")                             \
    X(REAL, km_spread, "", "0", "ratio", "coefficient of variation of the persons' means (lognormal)")                 \
    X(CHOICE, day_law, "constant|exponential|gamma|uniform", "constant", "", "law of a day around the person's mean")  \
    X(REAL, day_spread, "", "0", "ratio", "gamma: coefficient of variation; uniform: half width over mean")            \
    X(REAL, rest_factor, "", "1", "ratio", "km on Saturday and Sunday over those of a workday")                        \
    X(REAL, holiday_factor, "", "1", "ratio", "km on holidays over those of a workday")                                \
    X(TEXT, season, "", "", "", "yearly profile of the use per km (mean 1); empty: none")                              \
    X(REAL, active_share, "", "1", "share", "used on a day")                                                           \
    X(REAL, shift_from, "", "6", "hour", "kind shift: begins to drive")                                                \
    X(REAL, shift_until, "", "23", "hour", "kind shift: stops, up to 24")                                              \
    X(TEXT, home_profile, "", "", "", "hours at which it comes home; empty: 18")                                       \
    X(TEXT, leave_profile, "", "", "", "hours at which it leaves next morning; empty: 8")                              \
    X(TEXT, public_profile, "", "", "", "hours at which it asks for public charging; empty: any")                      \
    X(CHOICE, plug_rule, "below|not_above", "below", "",                                                               \
      "plugs in at home when its charge is below plug_below, or also at it")                                           \
    X(REAL, plug_below, "", "0.5", "share", "charge after the day's drive at which it plugs in at home")               \
    X(REAL, plug_below_spread, "", "0", "share", "spread over vehicles, uniform around it")                            \
    X(REAL, plug_share, "", "0", "share", "chance to plug in on an evening whatever the charge")                       \
    X(REAL, cheap_share, "", "0", "share", "of vehicles whose charging waits for the cheapest hours")                  \
    X(REAL, public_below, "", "0.3", "share", "charge at which it asks for public charging")                           \
    X(REAL, public_below_spread, "", "0", "share", "spread over days, uniform around it")                              \
    X(REAL, public_until, "", "0.8", "share", "charge at which it leaves a DC pile")                                   \
    X(REAL, public_until_spread, "", "0", "share", "spread over sessions, uniform around it, cut at full")             \
    X(REAL, ac_share, "", "0", "share", "of its public requests that are for AC")                                      \
    X(REAL, ac_stay_hours, "", "4", "hour", "mean stay at an AC pile (exponential); it leaves full or not")            \
    X(REAL, patience_minutes, "", "60", "minute", "mean of what it would wait in a queue (exponential)")               \
    X(INT, tries, "", "3", "", "sites asked before it gives up for the day")                                           \
    X(REAL, fuel_share, "", "1", "share", "of the PHEVs and EREVs that drive on fuel rather than wait at all")

#define CLASS_TYPE_COLUMNS(X)                                                                                          \
    X(REF, class, ev_classes, NULL, "", "the class")                                                                   \
    X(REF, type, ev_types, NULL, "", "a type of its vehicles")                                                         \
    X(REAL, weight, "", "1", "", "relative weight among the class's types of that powertrain (main)")

#define HOME_COLUMNS(X)                                                                                                \
    X(REF, class, ev_classes, NULL, "", "the class")                                                                   \
    X(INT, from_year, "", "1900", "", "for vehicles that join from this year on, until a later row takes over")        \
    X(CHOICE, home, "own|socket|shared|none", NULL, "", "own pile, socket, piles shared by residents, nothing")        \
    X(REAL, share, "", NULL, "share", "of the class; the shares of a class and year sum to 1 (main)")                  \
    X(REAL, kw, "", "7", "kW", "power of an own pile or socket")

#define HAILING_COLUMNS(X)                                                                                             \
    X(REF, class, ev_classes, NULL, "", "class of kind shift")                                                         \
    X(INT, year, "", NULL, "", "at its end")                                                                           \
    X(INT, vehicles, "", NULL, "vehicle", "cars in the trade, of any powertrain")                                      \
    X(REAL, electric_share, "", NULL, "share", "of them NEVs (main)")                                                  \
    X(REAL, active_share, "", NULL, "share", "on the road on a day")                                                   \
    X(REAL, km_per_active_day, "", NULL, "km", "driven by one that is active")

#define FLEET_STOCK_COLUMNS(X)                                                                                         \
    X(DATE, date, "", NULL, "", "evening of the count; key")                                                           \
    X(INT, vehicles, "", NULL, "vehicle",                                                                              \
      "NEVs registered: the last count before the run's first day opens the fleet (main)")

#define FLEET_INFLOW_COLUMNS(X)                                                                                        \
    X(INT, year, "", NULL, "", "calendar year; key")                                                                   \
    X(INT, registrations, "", NULL, "vehicle", "NEVs wanted by buyers of the region, from here and elsewhere (main)")  \
    X(REAL, bev_share, "", "0.7", "share", "of those bought from elsewhere: BEV, the rest PHEV and EREV")              \
    X(TEXT, shape, "", "", "", "shape over the year, a name in shapes.csv; empty: by days")

#define FEEDER_COLUMNS(X)                                                                                              \
    X(ID, feeder, "", NULL, "", "part of the grid that sites and homes hang on; key")                                  \
    X(REF, district, districts, NULL, "", "where")                                                                     \
    X(REAL, kva, "", NULL, "kVA", "limit, at a power factor of 1 (main)")                                              \
    X(REAL, base_kw, "", "0", "kW", "mean load without charging")                                                      \
    X(TEXT, base_shape, "", "", "", "daily profile of the base load; empty: flat")                                     \
    X(REAL, homes_share, "", "0", "share", "of the home charging of its district")

#define SITE_COLUMNS(X)                                                                                                \
    X(ID, site, "", NULL, "", "charging site; key")                                                                    \
    X(TEXT, name, "", "", "", "in words")                                                                              \
    X(REF, district, districts, NULL, "", "where")                                                                     \
    X(ID, catchment, "", "", "", "sites among which a driver chooses at sight; empty: the district")                   \
    X(CHOICE, access, "public|residents|closed", "public", "",                                                         \
      "residents: vehicles with a shared home pile of the district; closed: only streams and sessions that name it")   \
    X(DATE, opened, "", "", "", "first day; empty: always")                                                            \
    X(DATE, until, "", "", "", "last day; empty: for ever")                                                            \
    X(INT, places, "", "-1", "vehicle", "waiting places; who finds none leaves; -1: no limit")                         \
    X(CHOICE, queue, "fifo|priority", "fifo", "", "priority: higher first, nobody is interrupted")                     \
    X(REAL, site_kw, "", "0", "kW", "power of the site, shared equally by who charges; 0: no limit (main)")            \
    X(REF, feeder, feeders, "", "", "what it hangs on; empty: not watched")                                            \
    X(TEXT, tariff, "", "", "", "energy price, a name in tariffs.csv; empty: free")                                    \
    X(YUAN, fee, "", "0", "yuan/kWh", "service fee on top")                                                            \
    X(REAL, lat, "", "0", "degree", "latitude")                                                                        \
    X(REAL, lon, "", "0", "degree", "longitude")

#define SITE_PILE_COLUMNS(X)                                                                                           \
    X(REF, site, sites, NULL, "", "the site")                                                                          \
    X(ID, group, "", NULL, "", "piles alike; key with the site")                                                       \
    X(CHOICE, current, "ac|dc", "dc", "", "")                                                                          \
    X(TEXT, connector, "", "", "", "name of the plug")                                                                 \
    X(INT, piles, "", "-1", "pile", "how many; -1: always enough (textbook) (main)")                                   \
    X(REAL, kw, "", NULL, "kW", "rated power of one")                                                                  \
    X(DATE, opened, "", "", "", "first day; empty: the site's")

#define STREAM_COLUMNS(X)                                                                                              \
    X(ID, stream, "", NULL, "", "requests from outside the fleet: visitors, textbook arrivals; key")                   \
    X(REF, site, sites, "", "", "where they ask; empty: at a site in reach of the district")                           \
    X(REF, district, districts, "", "", "when no site is named")                                                       \
    X(CHOICE, current, "ac|dc", "dc", "", "what they ask for")                                                         \
    X(REAL, per_hour, "", NULL, "1/hour", "mean arrivals, Poisson (main)")                                             \
    X(TEXT, profile, "", "", "", "daily profile of the rate (mean 1 over the day); empty: flat")                       \
    X(REAL, swing, "", "0", "ratio", "rate x (1 + swing x sin(2 pi (hour - swing_from) / 24)), up to 1")               \
    X(REAL, swing_from, "", "0", "hour", "where the sine is 0 and rises")                                              \
    X(CHOICE, days, "all|workday|restday|holiday", "all", "", "on which days")                                         \
    X(DATE, from, "", "", "", "first day; empty: always")                                                              \
    X(DATE, until, "", "", "", "last day; empty: for ever")                                                            \
    X(CHOICE, amount, "hours|kwh|soc", "hours", "",                                                                    \
      "what size is: hours at full power, energy delivered, or soc_from to soc_until of the type's battery")           \
    X(REAL, size, "", "1", "", "mean, in the unit of amount")                                                          \
    X(CHOICE, size_law, "constant|exponential|uniform|lognormal|erlang|hyperexponential", "exponential", "",           \
      "law of the size; hyperexponential: two exponentials, half of the sum from each")                                \
    X(REAL, size_spread, "", "0", "",                                                                                  \
      "uniform: half width; lognormal, hyperexponential: squared coefficient of variation; erlang: phases")            \
    X(REF, type, ev_types, "", "", "limits the power; empty: the pile's power throughout")                             \
    X(REAL, soc_from, "", "0.2", "share", "charge on arrival, with a type")                                            \
    X(REAL, soc_until, "", "0.8", "share", "charge on leaving, with amount soc")                                       \
    X(CHOICE, patience_law, "none|constant|exponential", "none", "", "none: waits as long as it takes")                \
    X(REAL, patience_minutes, "", "0", "minute", "mean; 0 with constant: leaves when no pile is free")                 \
    X(INT, priority, "", "0", "", "at a site with queue priority: higher first")

#define SESSION_COLUMNS(X)                                                                                             \
    X(ID, session, "", NULL, "", "recorded session, replayed as it was; key")                                          \
    X(REF, site, sites, NULL, "", "where")                                                                             \
    X(TEXT, pile, "", "", "", "group of piles at the site; empty: its first")                                          \
    X(TEXT, user, "", "", "", "who")                                                                                   \
    X(MOMENT, arrive, "", NULL, "", "plugged in, local time YYYY-MM-DDTHH:MM[:SS]")                                    \
    X(MOMENT, leave, "", "", "", "plugged out; empty: not recorded (no stay, energy counts on arrival)")               \
    X(REAL, kwh, "", NULL, "kWh", "energy delivered (main)")

#define CHARGING_TABLES(T)                                                                                             \
    T(profiles, profile_row, PROFILE_COLUMNS, 3, "weight", 0, "shapes over a day or a year")                           \
    T(tariffs, tariff_row, TARIFF_COLUMNS, 2, "price", 0, "energy prices by hour")                                     \
    T(curves, curve_row, CURVE_COLUMNS, 2, "kw", 0, "charging power by charge")                                        \
    T(ev_types, ev_type_row, EV_TYPE_COLUMNS, 1, "battery_kwh", 0, "kinds of NEV in the fleet")                        \
    T(ev_classes, ev_class_row, EV_CLASS_COLUMNS, 1, "share", 0, "how vehicles are used and charged")                  \
    T(class_types, class_type_row, CLASS_TYPE_COLUMNS, 2, "weight", 0, "types of a class")                             \
    T(homes, home_row, HOME_COLUMNS, 3, "share", 0, "charging at home by class")                                       \
    T(hailing, hailing_row, HAILING_COLUMNS, 2, "electric_share", 0, "ride-hailing and taxis by year")                 \
    T(fleet_stock, fleet_stock_row, FLEET_STOCK_COLUMNS, 1, "vehicles", 0, "NEVs registered in the region by date")    \
    T(fleet_inflow, fleet_inflow_row, FLEET_INFLOW_COLUMNS, 1, "registrations", 0, "NEVs wanted by buyers here")       \
    T(feeders, feeder_row, FEEDER_COLUMNS, 1, "kva", 0, "grid feeders")                                                \
    T(sites, site_row, SITE_COLUMNS, 1, "site_kw", 0, "charging sites")                                                \
    T(site_piles, site_pile_row, SITE_PILE_COLUMNS, 2, "piles", 0, "piles of the sites")                               \
    T(streams, stream_row, STREAM_COLUMNS, 1, "per_hour", 0, "requests from outside the fleet")                        \
    T(sessions, session_row, SESSION_COLUMNS, 1, "kwh", 0, "recorded sessions that replace the fleet")

#define CHARGING_SETTINGS(S)                                                                                           \
    S(REAL, made_here_share, "0.28", 0, 1, "share", "of the NEVs wanted here, ordered from makers of the region")   \
    S(REAL, substitution, "0.8", 0, 1, "share", "of buyers lost by the region's makers: they buy from elsewhere")  \
    S(REAL, fleet_life_years, "11", 1, 100, "year", "mean life of a vehicle; its spread is a fifth of it")             \
    S(INT, choice_sites, "4", 1, 8, "site", "sites in sight of a driver within a catchment")                          \
    S(REAL, choice_wait, "0.1", 0, 100, "1/minute", "logit weight of a minute of waiting")                             \
    S(REAL, choice_power, "0.5", 0, 100, "1/(100 kW)", "logit weight of power")                                        \
    S(REAL, choice_price, "1", 0, 100, "1/yuan", "logit weight of the price of a kWh")                                 \
    S(REAL, gravity_km, "8", 0.1, 1000, "km", "pull of a catchment: its piles x exp(-distance / this)")                \
    S(REAL, retry_minutes, "15", 1, 1440, "minute", "from giving up at a site to asking at the next")                  \
    S(REAL, failed_start_share, "0", 0, 0.9, "share", "of plug-ins that fail: a few minutes, no energy, another try")  \
    S(REAL, failed_start_minutes, "5", 0, 120, "minute", "how long a failed start holds the pile")                     \
    S(REAL, overstay_minutes, "0", 0, 1440, "minute", "mean time a DC pile stays taken after charging (exponential)")  \
    S(REAL, pile_up_days, "0", 0, 100000, "day", "mean days between failures of a public pile; 0: never")              \
    S(REAL, pile_down_hours, "24", 0, 10000, "hour", "mean hours until it is repaired")                                \
    S(TEXT, home_tariff, "", 0, 0, "", "tariff at home, a name in tariffs.csv; empty: none is cheaper")                \
    S(DATE, charging_from, "", 0, 0, "", "first day on which the fleet drives and charges; empty: the run's first")    \
    S(DATE, charging_until, "", 0, 0, "", "last such day; empty: the run's last")

#endif
