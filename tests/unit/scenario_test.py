#!/usr/bin/env python3
"""The reference scenario: regeneration, provenance, joins, counts. Prints `N passed, N failed`.

Columns, keys and references are read from src/model/schema.h, so this stays a check of its own beside the reader.
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
    text = open(os.path.join(ROOT, "src", "model", "schema.h"), encoding="utf-8").read().replace("\\\n", " ")
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
    for name, value, low, high in counts(data):
        checks.check(f"{name}: {value}, wanted {low}..{high}", [] if low <= value <= high else [value])
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
