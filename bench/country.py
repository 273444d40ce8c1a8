#!/usr/bin/env python3
"""A country of N regions side by side, for the speed of charging: country.py SCENARIO N OUT.

Every copy has its own districts, sites, piles, streams and feeders, far enough from the others that nobody drives
there; vehicles are N times as many. The chain is left as it is: a charging year does not run it.
"""
import csv
import pathlib
import sys

# table: columns whose names belong to a copy
OWN = {
    "districts": ["district"], "sites": ["site", "district", "catchment", "feeder"], "site_piles": ["site"],
    "streams": ["stream", "site", "district"], "feeders": ["feeder", "district"], "piles": ["district"],
}
# table: counts of the whole region, and the column that must be empty for it
TIMES = {"fleet_stock": ("vehicles", None), "fleet_inflow": ("registrations", None), "hailing": ("vehicles", None),
         "piles": ("piles", "district")}
COLUMNS, DEGREES = 8, 6      # of the map: copies in a row, and from one to the next


def row_copied(row, own, k):
    copy = {**row, **{name: f"{row[name]}~{k}" for name in own if row.get(name)}}
    for name, steps in (("lat", -(k // COLUMNS)), ("lon", k % COLUMNS)):
        if row.get(name):
            copy[name] = f"{float(row[name]) + DEGREES * steps:.5f}"
    return copy


def table_written(name, rows, count):
    column, empty = TIMES.get(name, (None, None))
    for row in rows:
        whole = column and not (empty and row[empty])
        grown = [column] if whole else []
        if whole and row.get("low") and float(row["low"]) <= float(row[column]) <= float(row["high"]):
            grown += ["low", "high"]
        yield {**row, **{name: round(float(row[name]) * count) for name in grown}}
    for k in range(1, count):
        for row in rows if name in OWN else ():
            if any(row.get(own) for own in OWN[name]) and row.get("in_region") != "no":
                yield row_copied(row, OWN[name], k)


def country_write(source, count, out):
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        with open(out / path.name, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
            writer.writeheader()
            writer.writerows(table_written(path.stem, rows, count))
    return out


def main(arguments):
    if len(arguments) != 3 or not arguments[1].isdigit() or int(arguments[1]) < 1:
        print(__doc__, file=sys.stderr)
        return 2
    country_write(pathlib.Path(arguments[0]), int(arguments[1]), pathlib.Path(arguments[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
