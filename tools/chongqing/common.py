"""What every part of the generator shares: tables in and out, keyed draws, ranges.

A draw is a function of the row's id and a purpose (SHA-256), never of a sequence: adding a row changes no
other row, and there is no seed to pick.
"""
import csv
import hashlib
import os

COMMON = ["source", "confidence", "low", "high", "law", "note"]
YEARS = range(2018, 2025)


def keyed_share(*key):
    """A number in (0, 1) that depends on the key alone."""
    digest = hashlib.sha256("|".join(str(k) for k in key).encode()).digest()
    return (int.from_bytes(digest[:6], "big") + 0.5) / 2 ** 48


def keyed_order(items, purpose, name=str):
    return sorted(items, key=lambda item: (keyed_share(purpose, name(item)), name(item)))


def number_text(value):
    """The shortest plain text: no exponent, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def around(value, low, high, digits=6):
    """The range value*low..value*high with its law, as cells."""
    return {"low": round(value * low, digits), "high": round(value * high, digits), "law": "triangular"}


def between(low, high, law="triangular"):
    return {"low": low, "high": high, "law": law}


def whole_parts(total, weights):
    """Whole numbers that sum to total, in proportion (largest remainder, earlier first)."""
    sum_of = sum(weights)
    exact = [total * w / sum_of for w in weights]
    parts = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:total - sum(parts)]:
        parts[i] += 1
    return parts


class Table:
    """Rows of one output file; a column is written only when some row uses it."""

    def __init__(self, name, columns):
        self.name, self.columns, self.rows = name, columns, []

    def add(self, **row):
        unknown = set(row) - set(self.columns) - set(COMMON)
        assert not unknown, f"{self.name}: {unknown}"
        assert row.get("source") and row.get("confidence"), f"{self.name}: {row}"
        self.rows.append(row)

    def write(self, folder):
        used = [c for c in self.columns if any(r.get(c) not in (None, "") for r in self.rows)]
        used += ["source", "confidence"]
        used += [c for c in COMMON[2:] if any(r.get(c) not in (None, "") for r in self.rows)]
        with open(os.path.join(folder, self.name + ".csv"), "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(used)
            for row in self.rows:
                cells = [row.get(c) for c in used]
                writer.writerow(["" if c is None else number_text(c) if isinstance(c, (int, float)) else c
                                 for c in cells])


class World:
    """The facts, the crosswalks and the tables under construction."""

    def __init__(self, folder):
        self.folder, self.tables = folder, {}
        self.note = {}

    def facts(self, name):
        return read_rows(os.path.join(self.folder, "facts", name + ".csv"))

    def crosswalk(self, name):
        return read_rows(os.path.join(self.folder, "crosswalk", name + ".csv"))

    def table(self, name, columns):
        self.tables[name] = Table(name, columns.split())
        return self.tables[name]


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pairs_of(text):
    """'A:1;B:2' as a list of (name, number)."""
    return [(p.split(":")[0], float(p.split(":")[1])) for p in text.split(";") if p]
