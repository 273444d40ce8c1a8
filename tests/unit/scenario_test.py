#!/usr/bin/env python3
"""The reference scenario: regeneration, provenance, joins, counts. Prints `N passed, N failed`.

Columns, keys and references are read from src/model/schema*.h, so this stays a check of its own beside the reader.
"""
import csv
import filecmp
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FOLDER = os.path.join(ROOT, "scenarios", "chongqing")
COMMON = {"source", "confidence", "low", "high", "law", "note", "action"}
CONFIDENCE = {"cited", "derived", "recalled", "estimated", "synthetic", "assumed"}
UNCERTAIN = {"recalled", "estimated", "synthetic", "assumed"}
LAWS = {"uniform", "triangular", "loguniform"}
YEARS = [str(y) for y in range(2018, 2025)]


def schema_read():
    """table -> (columns {name: (kind, of, required)}, keys, main column)"""
    text = "".join(open(os.path.join(ROOT, "src", "model", name), encoding="utf-8").read().replace("\\\n", " ")
                   for name in ("schema.h", "schema_charging.h"))
    blocks = {name: body for name, body in re.findall(r"#define (\w+_COLUMNS)\(X\)(.*)", text)}
    tables = {}
    for name, _, columns, keys, main in re.findall(r'T\((\w+), (\w+), (\w+), (\d+), "(\w*)"', text):
        rows = re.findall(r'X\((\w+),\s*(\w+),\s*("[^"]*"|\w+),\s*(NULL|"[^"]*")', blocks[columns])
        tables[name] = ({f: (kind, of.strip('"'), dflt == "NULL") for kind, f, of, dflt in rows}, int(keys), main)
    return tables


def rows_read(folder, name):
    with open(os.path.join(folder, name + ".csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cell_wrong(kind, of, cell, names):
    if kind == "REF":
        return cell not in names.get(of, ())
    if kind == "CHOICE":
        return cell not in of.split("|")
    if kind == "YESNO":
        return cell not in ("yes", "no")
    if kind == "INT":
        return not re.fullmatch(r"-?\d+", cell)
    if kind in ("REAL", "YUAN"):
        return not re.fullmatch(r"-?\d+(\.\d{1,%d})?" % (2 if kind == "YUAN" else 9), cell)
    if kind == "DATE":
        return not re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
    return False


class Checks:
    def __init__(self):
        self.passed, self.failed = 0, 0

    def check(self, name, problems):
        problems = list(problems)
        if problems:
            self.failed += 1
            print(f"FAILED {name}: {len(problems)}, first: {problems[:5]}")
        else:
            self.passed += 1


def provenance(name, row, main, line):
    at = f"{name}.csv:{line}"
    if not row.get("source"):
        yield at + " has no source"
    if row.get("confidence") not in CONFIDENCE:
        yield at + " has no confidence"
    cell = row.get(main) if main else None
    if cell and row["confidence"] in UNCERTAIN and re.fullmatch(r"-?[\d.]+", cell):
        low, high = row.get("low") or "", row.get("high") or ""
        if not low or not high or row.get("law") not in LAWS:
            yield at + " is uncertain and has no range"
        elif not float(low) <= float(cell) <= float(high):
            yield f"{at}: {cell} outside {low}..{high}"


def table_problems(name, rows, schema, names):
    columns, keys, _ = schema
    seen, key_columns = set(), list(columns)[:keys]
    for line, row in enumerate(rows, 2):
        at = f"{name}.csv:{line}"
        for column in row:
            if column not in columns and column not in COMMON:
                yield f"{at} column {column}"
        for column, (kind, of, required) in columns.items():
            cell = row.get(column) or ""
            if (required and not cell) or (cell and cell_wrong(kind, of, cell, names)):
                yield f"{at} {column} = {cell!r}"
        key = tuple(row.get(k) or "" for k in key_columns)
        if keys and key in seen:
            yield f"{at} repeats {key}"
        seen.add(key)


def sums(rows, keys, column):
    total = {}
    for row in rows:
        key = tuple(row[k] for k in keys)
        total[key] = total.get(key, 0.0) + float(row[column])
    return total


def regeneration(folder):
    tool = os.path.join(ROOT, "tools", "chongqing", "generate.py")
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, tool, folder, out], check=True, stdout=subprocess.DEVNULL)
        for name in sorted(os.listdir(out)):
            if not filecmp.cmp(os.path.join(out, name), os.path.join(folder, name), shallow=False):
                yield name
        here = {n for n in os.listdir(folder) if n.endswith(".csv")}
        yield from sorted(here.symmetric_difference(os.listdir(out)))


def driven_totals(data):
    """Yearly totals, NEVs and exports of volumes.csv equal what drives."""
    nev = {v["platform"] for v in data["variants"] if v["powertrain"] in ("PHEV", "EREV", "BEV", "FCEV")}
    driven = {(r["indicator"], r["period"]): float(r["value"]) for r in data["reported"] if r["role"] == "driven"}
    for year in YEARS:
        rows = [r for r in data["volumes"] if r["year"] == year]
        got = {"vehicle_output": sum(int(r["units"]) for r in rows),
               "nev_output": sum(int(r["units"]) for r in rows if r["platform"] in nev),
               "export_units": sum(int(r["units"]) for r in rows if r["channel"] == "export")}
        for indicator, value in got.items():
            if (indicator, year) in driven and driven[indicator, year] != value:
                yield year, indicator, value, driven[indicator, year]


def fractions_reproduced(data):
    """Takes of the variants give each option its fitted share."""
    fitted = {(r["bill"], r["option"]): float(r["note"].split()[-1]) for r in data["bom"] if r.get("option")}
    bill = {p["platform"]: p["bill"] for p in data["platforms"]}
    for platform in bill:
        variants = [v for v in data["variants"] if v["platform"] == platform]
        if not 2 <= len(variants) <= 8:
            yield platform, len(variants)
        for (name, option), share in fitted.items():
            got = sum(float(v["take"]) for v in variants if option in v["options"].split(";"))
            if name == bill[platform] and abs(got - share) > 1e-6:
                yield platform, option, got, share


def chain_complete(data):
    """Every part that some bill needs has makers; every bill and shape that is named exists."""
    makers = {r["product"] for r in data["makers"]}
    bills = {r["bill"] for r in data["bom"]}
    shapes = {(r["shape"], r["year"]) for r in data["shapes"]}
    yield from sorted({r["component"] for r in data["bom"]} - makers)
    yield from [p["platform"] for p in data["platforms"] if p["bill"] not in bills]
    yield from [(v["platform"], v["year"]) for v in data["volumes"]
                if v["shape"] and (v["shape"], v["year"]) not in shapes]
    built = {r["platform"] for r in data["builds"]}
    yield from [p["platform"] for p in data["platforms"] if p["platform"] not in built]


def parents_worth_it(data):
    """A part is worth more than what goes into it, in every bill."""
    unit = {r["product"]: float(r["value"]) for r in data["products"]}
    inside = {}
    for row in data["bom"]:
        if row["bill"] in unit:
            inside[row["bill"]] = inside.get(row["bill"], 0) + int(row["quantity"]) * unit[row["component"]]
    for row in data["bom"]:
        part = row["component"]
        if row["bill"] not in unit and part in inside:
            each = float(row["value"]) / int(row["quantity"]) if row["value"] else unit[part]
            if each <= inside[part]:
                yield row["bill"], part, round(each), round(inside[part])


def near(name, got, wanted, slack):
    if not abs(got - wanted) <= slack * wanted:
        yield name, round(got, 3), wanted


def open_by(row, date):
    return (row["opened"] or "0") <= date


def group_sums_to_one(rows, keys, column):
    return [k for k, v in sums([r for r in rows if r[column]], keys, column).items() if abs(v - 1) > 1e-9]


def hours_covered(rows):
    """The rows of a tariff cover the day once."""
    for tariff in {r["tariff"] for r in rows}:
        hours = [h for r in rows if r["tariff"] == tariff for h in range(int(r["from_hour"]), int(r["until_hour"]))]
        if sorted(hours) != list(range(24)):
            yield tariff, sorted(hours)


def profiles_whole(rows):
    """24 hours from 0, or 12 months from 1, with mean 1; both kinds of days or all days."""
    days = {}
    for row in rows:
        days.setdefault(row["profile"], {}).setdefault(row["days"], {})[int(row["slot"])] = float(row["weight"])
    for name, kinds in days.items():
        if set(kinds) not in ({"all"}, {"workday", "restday"}):
            yield name, sorted(kinds)
        for slots in kinds.values():
            if list(slots) not in (list(range(24)), list(range(1, 13))) or abs(sum(slots.values()) / len(slots) - 1) > 1e-3:
                yield name, list(slots), sum(slots.values())


def curves_whole(rows):
    for name in {r["curve"] for r in rows}:
        soc = [float(r["soc"]) for r in rows if r["curve"] == name]
        if soc != sorted(set(soc)) or soc[0] != 0 or soc[-1] != 1:
            yield name, soc
    yield from (r["curve"] for r in rows if float(r["kw"]) <= 0)


def charging_names(data):
    """Profiles, curves and tariffs that are named only as text; every class has a type of each group of powertrains."""
    known = {c: {r[c[:-1]] for r in data[c]} for c in ("profiles", "curves", "tariffs")}
    wanted = [("profiles", r[c]) for r in data["ev_classes"] for c in r if c.endswith("_profile") or c == "season"]
    wanted += [("profiles", r["base_shape"]) for r in data["feeders"]] + [("profiles", r["profile"]) for r in data["streams"]]
    wanted += [("tariffs", r["value"]) for r in rows_read(FOLDER, "settings") if r["setting"] == "home_tariff"]
    wanted += [("curves", r["curve"]) for r in data["ev_types"]] + [("tariffs", r["tariff"]) for r in data["sites"]]
    yield from sorted({(table, name) for table, name in wanted if name and name not in known[table]})
    powertrain = {t["type"]: t["powertrain"] for t in data["ev_types"]}
    for row in data["ev_classes"]:
        has = {powertrain[t["type"]] for t in data["class_types"] if t["class"] == row["class"]}
        if not {"BEV", "PHEV"} <= has:
            yield row["class"], has


def sites_placed(data):
    """A site, its feeder and its catchment lie in one district; a catchment has one access and at most 30 sites."""
    feeders = {f["feeder"]: f["district"] for f in data["feeders"]}
    members = {}
    for site in data["sites"]:
        if feeders[site["feeder"]] != site["district"] or not site["catchment"].startswith(site["district"] + "/"):
            yield site["site"], site["feeder"], site["catchment"]
        members.setdefault(site["catchment"], []).append(site["access"])
    yield from [(name, len(m)) for name, m in members.items() if len(m) > 30 or len(set(m)) > 1]
    yield from sorted({s["site"] for s in data["sites"]} - {p["site"] for p in data["site_piles"]})
    yield from [d["district"] for d in data["districts"] if d["in_region"] == "yes" and float(d["nev_weight"] or 0) <= 0]
    central = [d for d in data["districts"] if d["in_region"] == "yes"]
    where = {d["district"]: (float(d["lat"]), float(d["lon"])) for d in central}
    for site in data["sites"]:
        lat, lon = where[site["district"]]
        if abs(float(site["lat"]) - lat) > 0.8 or abs(float(site["lon"]) - lon) > 0.8:
            yield site["site"], "far from its district"


def public_counts(data):
    """Open public piles follow the counts of the facts; sizes, DC share and the expressway as stated."""
    sites = {s["site"]: s for s in data["sites"]}
    public = [(p, sites[p["site"]]) for p in data["site_piles"] if sites[p["site"]]["access"] == "public"]

    def piles(date, wanted=lambda p, s: True):
        return sum(int(p["piles"]) for p, s in public if open_by(s, date) and wanted(p, s))

    for row in rows_read(os.path.join(FOLDER, "facts"), "piles_by_year"):
        if row["metric"] == "piles_public" and row["period_end"] < "2025":
            date = row["period_end"] if "-" in row["period_end"] else row["period_end"] + "-12-31"
            yield from near("public " + date, piles(date), int(row["value"]), 0.01)
    end = "2023-12-31"
    stations = [s for s in sites.values() if s["name"]]
    yield from near("DC share", piles(end, lambda p, s: p["current"] == "dc") / piles(end), 0.6, 0.03)
    yield from near("sites", sum(s["access"] == "public" and open_by(s, end) for s in sites.values()), 3100, 0.1)
    yield from near("expressway stations", len(stations), 138, 0)
    yield from near("expressway piles", piles("2022-05-31", lambda p, s: s["name"]), 572, 0)
    for district in data["districts"]:
        if district["in_region"] == "yes" and not any(s["district"] == district["district"] for _, s in public):
            yield district["district"], "no public site"


def joining(data):
    """year -> class -> vehicles that join; the year before the first row of registrations: the fleet as it stood."""
    stock = {r["date"][:4]: int(r["vehicles"]) for r in data["fleet_stock"] if r["date"].endswith("12-31")}
    joins = {"2017": stock["2017"]} | {r["year"]: int(r["registrations"]) for r in data["fleet_inflow"] if r["year"] > "2017"}
    trade = {r["year"]: int(r["vehicles"]) * float(r["electric_share"]) for r in data["hailing"]}
    work = next(float(r["share"]) for r in data["ev_classes"] if r["class"] == "work")
    life = next(float(r["value"]) for r in rows_read(FOLDER, "settings") if r["setting"] == "fleet_life_years")
    for year, count in sorted(joins.items()):
        cars = trade[year] - (trade[str(int(year) - 1)] * (1 - 1 / life) if year > "2017" else 0)
        yield year, {"hailing": cars, "work": (count - cars) * work, "private": (count - cars) * (1 - work)}


def private_counts(data):
    """Own piles of those who joined, and the residents' piles, give the private piles of the counts."""
    own = {}
    for row in data["homes"]:
        if row["home"] == "own":
            own[row["class"], row["from_year"]] = float(row["share"])
    sites = {s["site"]: s for s in data["sites"] if s["access"] == "residents"}
    reported = {r["period"]: float(r["value"]) for r in data["reported"] if r["indicator"] == "piles_private"}
    total = 0.0
    for year, classes in joining(data):
        total += sum(n * own.get((c, year), own[c, "1900"]) for c, n in classes.items())
        shared = sum(int(p["piles"]) for p in data["site_piles"]
                     if p["site"] in sites and open_by(sites[p["site"]], year + "-12-31"))
        if year in reported:
            yield from near("private piles " + year, total + shared, reported[year], 0.02)


def stock_follows(data):
    """Registrations are the growth of the stock and a little more: what is scrapped."""
    stock = {r["date"][:4]: int(r["vehicles"]) for r in data["fleet_stock"] if r["date"].endswith("12-31")}
    for row in data["fleet_inflow"]:
        if row["year"] < "2017":
            continue
        growth = stock[row["year"]] - stock[str(int(row["year"]) - 1)]
        if not 0 <= int(row["registrations"]) - growth <= 0.02 * stock[row["year"]]:
            yield row["year"], row["registrations"], growth


def holidays_fourfold(data):
    """On holidays a station's streams add up to four times those of a plain day; none begins before the station."""
    opened = {s["site"]: s["opened"] or "0" for s in data["sites"]}
    rates = {(r["site"], r["until"], r["days"]): float(r["per_hour"]) for r in data["streams"] if r["site"]}
    for (site, until, days), rate in rates.items():
        if days == "all" and abs(rates[site, until, "holiday"] / rate - 3) > 0.01:
            yield site, until
    yield from [r["stream"] for r in data["streams"] if r["site"] and r["from"] < opened[r["site"]]]


def charging_checks(checks, data):
    checks.check("homes sum to 1", group_sums_to_one(data["homes"], ["class", "from_year"], "share"))
    checks.check("homes' feeders sum to 1 in each district", group_sums_to_one(data["feeders"], ["district"], "homes_share"))
    checks.check("tariffs cover the day", hours_covered(data["tariffs"]))
    checks.check("profiles are whole", profiles_whole(data["profiles"]))
    checks.check("curves are whole", curves_whole(data["curves"]))
    checks.check("names of the charging side", charging_names(data))
    checks.check("sites, feeders and catchments", sites_placed(data))
    checks.check("public piles follow the counts", public_counts(data))
    checks.check("private piles follow the counts", private_counts(data))
    checks.check("streams of the expressway", holidays_fourfold(data))
    checks.check("registrations follow the stock", stock_follows(data))


def counts(data):
    inside = {d["district"] for d in data["districts"] if d["in_region"] == "yes"}
    plants = [e for e in data["enterprises"] if e["kind"] == "plant"]
    facts = rows_read(os.path.join(FOLDER, "facts"), "suppliers_named")
    plant_names = {r["owner"] for r in rows_read(os.path.join(FOLDER, "facts"), "plants")}
    named = [e for e in data["enterprises"] if e["identity"] == "named"]
    yield "districts", len(inside), 38, 38
    yield "enterprises in the region", sum(e["district"] in inside for e in data["enterprises"]), 1200, 1300
    yield "suppliers outside", sum(e["district"] not in inside for e in data["enterprises"]), 150, 300
    yield "makers", len({e["maker"] for e in plants}), 20, 60
    yield "tier-1 families", sum(p["tier"] == "1" for p in data["products"]), 95, 95
    yield "sub-tier families", sum(p["tier"] == "2" for p in data["products"]), 12, 12
    yield "sub-tier families with parents", len({r["component"] for r in data["bom"]
                                                 if r["component"].startswith("SUB")}), 12, 12
    yield "export markets", sum(m["channel"] == "export" for m in data["markets"]), 80, 200
    yield "powertrains", len({v["powertrain"] for v in data["variants"]}), 4, 6
    yield "named by no source", sum(e["name"] not in {f["name"] for f in facts} and
                                    e["name"].split(":")[0] not in plant_names for e in named), 0, 0
    working = {m["enterprise"] for m in data["makers"]} | {e["enterprise"] for e in plants}
    yield "idle suppliers", sum(e["enterprise"] not in working for e in data["enterprises"]), 0, 0
    nominal = sum(int(r["nominal"]) for r in data["lines"]
                  if (r["from"] or "0") <= "2023-01-01" and (r["until"] or "9") >= "2021-12-31")
    yield "nominal capacity with Hyundai", nominal, 3900000, 4100000


def main():
    checks, schema = Checks(), schema_read()
    checks.check("regeneration gives identical bytes", regeneration(FOLDER))
    data = {name: rows_read(FOLDER, name) for name in schema if os.path.exists(os.path.join(FOLDER, name + ".csv"))}
    names = {name: {r[next(iter(columns))] for r in data[name]} for name, (columns, _, _) in schema.items() if name in data}
    for name, rows in data.items():
        checks.check(f"{name}: columns, types, keys, references", table_problems(name, rows, schema[name], names))
        checks.check(f"{name}: source, confidence, ranges",
                     (p for i, r in enumerate(rows, 2) for p in provenance(name, r, schema[name][2], i)))
    settings = rows_read(FOLDER, "settings")
    checks.check("settings: provenance", (p for i, r in enumerate(settings, 2) for p in provenance("settings", r, "value", i)))
    checks.check("driven totals", driven_totals(data))
    checks.check("take rates", fractions_reproduced(data))
    checks.check("takes sum to 1", [k for k, v in sums(data["variants"], ["platform"], "take").items() if abs(v - 1) > 1e-9])
    checks.check("builds sum to 1", [k for k, v in sums(data["builds"], ["platform"], "share").items() if abs(v - 1) > 1e-6])
    checks.check("export shares sum to 1", [(k, v) for k, v in sums(data["shares"], ["year"], "share").items() if abs(v - 1) > 0.01])
    checks.check("every part has makers", chain_complete(data))
    checks.check("parts are worth more than their contents", parents_worth_it(data))
    charging_checks(checks, data)
    for name, value, low, high in counts(data):
        checks.check(f"{name}: {value}, wanted {low}..{high}", [] if low <= value <= high else [value])
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
