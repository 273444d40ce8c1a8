#!/usr/bin/env python3
"""Writes N copies of the scenario side by side, for benchmarks of scale: copies.py N OUT.

Copy 1 keeps the ids; copy k > 1 appends "~k" to the ids of plants, suppliers, platforms, variants, lines and parts'
bills. Places, calendars, products, markets, lanes and shocks are shared, and so is the supply of standard parts: a
rule of sourcing.csv then draws from the suppliers of all copies. Yearly volumes grow N-fold.
"""
import csv
import os
import sys

# table: columns whose ids belong to a copy
OWN = {
    "enterprises": ["enterprise"], "platforms": ["platform"], "variants": ["variant", "platform"],
    "makers": ["enterprise"], "links": ["buyer", "platform", "supplier"], "lines": ["line", "enterprise"],
    "shops": ["line"], "builds": ["line", "platform"], "volumes": ["platform"], "stocks": ["enterprise", "platform"],
}


def rows_copied(columns, own, rows, copies):
    where = [columns.index(c) for c in own if c in columns]
    yield from rows
    for k in range(2, copies + 1):
        for row in rows:
            copy = list(row)
            for i in where:
                copy[i] = f"{row[i]}~{k}" if row[i] else ""
            yield copy


def scale_lanes(columns, rows, copies):
    """Lanes are shared: their departures grow with the copies."""
    at = columns.index("departures")
    for row in rows:
        row[at] = f"{float(row[at]) * copies:.6f}".rstrip("0").rstrip(".")


def copies_write(source, copies, out):
    os.makedirs(out, exist_ok=True)
    for name in sorted(n for n in os.listdir(source) if n.endswith(".csv")):
        with open(os.path.join(source, name), newline="", encoding="utf-8") as file:
            columns, *rows = csv.reader(file)
        table = name[:-4]
        if table == "legs":
            scale_lanes(columns, rows, copies)
        with open(os.path.join(out, name), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows_copied(columns, OWN[table], rows, copies) if table in OWN else rows)


def main(arguments):
    if len(arguments) != 2 or not arguments[0].isdigit() or int(arguments[0]) < 1:
        print(__doc__, file=sys.stderr)
        return 2
    here = os.path.dirname(os.path.abspath(__file__))
    copies_write(os.path.join(here, "..", "..", "scenarios", "chongqing"), int(arguments[0]), arguments[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
