"""Platforms, variants, and what is wanted of them: volumes by year and channel, shapes, published losses."""
from common import YEARS, around, between, whole_parts

NEV = ("PHEV", "EREV", "BEV", "FCEV")
# Rise of the NEV stock in the city, thousand a year (piles_by_year.csv nev_stock; 2018 assumed); 27 % of it is made
# there (defaults.md: 20-35 %).
STOCK_RISE = {2018: 15, 2019: 15, 2020: 20, 2021: 60, 2022: 120, 2023: 205, 2024: 260}
MADE_HERE = 0.27
ICE_LOCAL = 0.06                    # share of petrol cars sold in the city itself (J, 0.03-0.1)
EXPORTS = {2018: 95000, 2019: 80000, 2020: 100000}      # assumed; later years are in output_by_year.csv
RAMP = (0.25, 0.5, 0.75, 1)         # launch: share of the full rate in the first months (J)
M7_2023 = {9: 12, 10: 22, 11: 30, 12: 36}               # new AITO M7 from 12 September 2023 (J)
M7_2024 = (16, 10, 13, 12, 11, 11, 10, 9, 9, 9, 9, 9)


def platform_rows(world):
    return world.crosswalk("platforms")


def platforms_make(world):
    table = world.table("platforms", "platform name maker bill")
    for row in platform_rows(world):
        table.add(platform=row["platform"], name=row["name"], maker=row["maker"], bill=row["bill"],
                  source="plants.csv (models); crosswalk/platforms.csv", confidence="assumed",
                  note="one powertrain and one bill per platform")


def trims_of(takes):
    """Nested trims that reproduce every take rate: a trim has all options whose rate is above its lower edge."""
    edges = sorted({0, 1} | {take for take in takes.values() if 0 < take < 1})
    trims = []
    for low, high in zip(edges, edges[1:]):
        trims.append((round(high - low, 4), sorted(o for o, take in takes.items() if take >= high)))
    return trims


def level_of(options, row):
    """Assisted-driving level from the sensors and the computer (J): 2 with the domain computer, 1 with cameras."""
    bare = ("BILL-ICE-S", "BILL-BEV-MINI", "BILL-BEV-VAN", "BILL-LT", "BILL-LT-S", "BILL-SP", "BILL-SP-BEV", "BILL-FCEV")
    if row["bill"] in bare:
        return 0
    if "adas-domain" in options or row["bill"].startswith("BILL-EREV"):
        return 2
    return 1 if "power-tailgate" in options else 0


def variants_make(world):
    table = world.table("variants", "variant name platform powertrain body driving_level options take price "
                        "export_price")
    for row in platform_rows(world):
        trims = trims_of(world.options.get(row["bill"], {}))
        if len(trims) == 1:
            trims = [(0.4, []), (0.6, [])]
        price = int(row["price"])
        mean = sum(take * (1 + 0.03 * len(options)) for take, options in trims)
        for k, (take, options) in enumerate(trims, 1):
            steps = len(options) if any(o for _, o in trims) else (1 if k == 1 else 0)
            mean_steps = mean if any(o for _, o in trims) else 1.012
            table.add(variant=f"{row['platform']}-{k}", name=f"{row['name']}, trim {k} of {len(trims)}",
                      platform=row["platform"], powertrain=row["powertrain"], body=row["body"],
                      driving_level=level_of(options, row), options=";".join(options), take=take,
                      price=round(price * (1 + 0.03 * steps) / mean_steps, -1),
                      source="bom_modules.csv (fitted shares); J (prices, levels)", confidence="estimated",
                      note="ex-works price assumed; 3 % per option around the platform's mean",
                      **around(take, 0.75, 1.25))


def year_totals(world):
    totals = {}
    for row in world.facts("output_by_year"):
        totals[row["metric"], int(row["year"])] = row
    return totals


def units_by_year(world):
    """Whole vehicles per platform and year: the judged thousands scaled to the reported totals, petrol and NEV apart."""
    totals, units = year_totals(world), {}
    for year in YEARS:
        everything = int(totals["vehicles_total", year]["value"])
        nev = int(totals["nev_total", year]["value"])
        for total, kind in ((nev, True), (everything - nev, False)):
            rows = [r for r in platform_rows(world) if (r["powertrain"] in NEV) == kind]
            parts = whole_parts(total, [float(r[f"y{year}"]) for r in rows])
            for row, count in zip(rows, parts):
                units[row["platform"], year] = count
    return units


def exports_by_year(world, units):
    """Whole exports per platform and year: weight x units, at most 70 % of a platform, scaled to the year's exports."""
    totals, exports = year_totals(world), {}
    for year in YEARS:
        total = int(totals["exports", year]["value"]) if ("exports", year) in totals else EXPORTS[year]
        rows = platform_rows(world)
        made = [units[r["platform"], year] for r in rows]
        weights, factor = [float(r["export_weight"]) for r in rows], 0.0
        low, high = 0.0, 10.0
        for _ in range(60):
            factor = (low + high) / 2
            sum_of = sum(min(0.7, w * factor) * m for w, m in zip(weights, made))
            low, high = (factor, high) if sum_of < total else (low, factor)
        parts = whole_parts(total, [min(0.7, w * factor) * m for w, m in zip(weights, made)])
        for row, count in zip(rows, parts):
            exports[row["platform"], year] = count
    return exports


def shape_name(row, year):
    kind = "NEV" if row["powertrain"] in NEV else "ICE"
    if row["platform"] == "AITO-M7-NEW":
        return "M7"
    for word, date in (("launch", row["launch"]), ("end", row["end"])):
        if date and int(date[:4]) == year and not (word == "launch" and date.endswith("-01")):
            return f"{kind}-{word}-{date}"
    return kind


def volumes_make(world):
    table = world.table("volumes", "platform year channel units shape")
    units = units_by_year(world)
    exports = exports_by_year(world, units)
    world.units, world.exports, world.shape_names = units, exports, set()
    for row in platform_rows(world):
        for year in YEARS:
            made, abroad = units[row["platform"], year], exports[row["platform"], year]
            if not made:
                continue
            home = made - abroad
            nev_total = sum(u for (p, y), u in units.items() if y == year and is_nev(world, p))
            share = STOCK_RISE[year] * 1000 * MADE_HERE / nev_total if row["powertrain"] in NEV else ICE_LOCAL
            local = round(home * min(0.3, share))
            shape = shape_name(row, year)
            world.shape_names.add((shape, year))
            for channel, count in (("local", local), ("domestic", home - local), ("export", abroad)):
                if count:
                    table.add(platform=row["platform"], year=year, channel=channel, units=count, shape=shape,
                              source="output_by_year.csv; plants.csv; crosswalk/platforms.csv", confidence="estimated",
                              **around(count, 0.92, 1.08, 0))


def is_nev(world, platform):
    if not hasattr(world, "nev_platforms"):
        world.nev_platforms = {r["platform"] for r in platform_rows(world) if r["powertrain"] in NEV}
    return platform in world.nev_platforms


def month_weights(world):
    """National months: NEV, and all less NEV."""
    weights = {}
    for row in world.facts("output_by_month"):
        year, month = int(row["year"]), int(row["month"])
        nev = int(row["china_nev"])
        weights["NEV", year, month] = (nev, row["confidence_china_nev"])
        worst = "recalled" if "recalled" in (row["confidence_china_nev"], row["confidence_china_total"]) else "derived"
        weights["ICE", year, month] = (int(row["china_vehicles"]) - nev, worst)
    return weights


def launch_weight(name, month):
    """Share of the national month that a shape such as NEV-launch-2022-07 takes in its own year."""
    parts = name.split("-")
    edge = int(parts[3])
    if parts[1] == "end":
        return 1 if month <= edge else 0
    if month < edge:
        return 0
    return RAMP[month - edge] if month - edge < len(RAMP) else 1


def shapes_make(world):
    table = world.table("shapes", "shape year month weight")
    weights = month_weights(world)
    for name, year in sorted(world.shape_names):
        for month in range(1, 13):
            if name == "M7":
                weight = M7_2023.get(month, 0) if year == 2023 else M7_2024[month - 1]
                table.add(shape=name, year=year, month=month, weight=weight, source="shocks.csv (K10: dated launch); J",
                          confidence="assumed", **around(weight, 0.75, 1.3))
                continue
            kind = name.split("-")[0]
            weight, confidence = weights[kind, year, month]
            source = "output_by_month.csv (national)"
            if "-" in name:
                weight, confidence = round(weight * launch_weight(name, month)), "assumed"
                source += "; dated launch; ramp J"
            ranged = around(weight, 0.95, 1.05, 0) if confidence != "cited" and confidence != "derived" else {}
            table.add(shape=name, year=year, month=month, weight=weight, source=source, confidence=confidence, **ranged)


def losses_make(world):
    """Published losses that the reported totals already contain; supply shocks then act on them."""
    table = world.table("losses", "loss month maker units")
    weights = month_weights(world)
    year = [sum(weights[kind, 2022, month][0] for kind in ("ICE", "NEV")) for month in range(1, 13)]
    for month, units in enumerate(whole_parts(100000, year), 1):
        table.add(loss="power-rationing-2022", month=f"2022-{month:02d}-01", maker="Changan Automobile", units=units,
                  source="S99;S100", confidence="derived",
                  note="Changan cut its August plan by about 100,000 (cited): over the year, as national months have no such dip",
                  **between(round(units * 0.6), units))
    chips = [1, 1, 1, 1, 1.6, 1.6, 1.6, 1.6, 1.6, 0.7, 0.7, 0.7]
    lost = round(1998000 * 0.08)
    for month, units in enumerate(whole_parts(lost, chips), 1):
        table.add(loss="chips-2021", month=f"2021-{month:02d}-01", units=units, source="S109; defaults.md",
                  confidence="estimated", note="China lost about 8 %; the city's share taken in proportion",
                  **between(round(units * 0.5), round(units * 1.3)))
    table.add(loss="lockdowns-2022", month="2022-04-01", units=40000, source="E from S105,S111", confidence="estimated",
              note="China lost about 1M: 77,000 in proportion; half taken, as the city itself was open",
              **between(0, 77000))


def vehicles_make(world):
    platforms_make(world)
    variants_make(world)
    volumes_make(world)
    shapes_make(world)
    losses_make(world)
