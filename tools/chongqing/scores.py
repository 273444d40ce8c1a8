"""Reported figures with their role, claims, sources, settings."""
import csv
import os

from common import YEARS, between

MONTHS = {m: i for i, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
SERIES = {"total": "vehicle_output", "nev": "nev_output", "exports": "export_units"}
YEAR_METRICS = {  # metric of output_by_year: indicator, factor, unit, role
    "vehicles_total": ("vehicle_output", 1, "vehicle", "driven"),
    "nev_total": ("nev_output", 1, "vehicle", "driven"),
    "exports": ("export_units", 1, "vehicle", "driven"),
    "exports_value": ("export_value", 10 ** 9, "yuan", "scored"),
    "auto_output_value": ("turnover", 10 ** 9, "yuan", "scored"),
    "capacity": ("vehicle_capacity", 1, "vehicle", "scored"),
    "firms_above_20M": ("enterprises_above_threshold", 1, "enterprise", "scored"),
    "local_content_city": ("local_content", 1, "share", "scored"),
}


def months_of(year, text):
    """'Jan-Aug' of 2023 as 2023-01..2023-08."""
    first, last = (MONTHS[m] for m in text.split(" ")[0].split("-"))
    return f"{year}-{first:02d}..{year}-{last:02d}"


def reported_years(world, table):
    for row in world.facts("output_by_year"):
        if row["metric"] not in YEAR_METRICS or not 2018 <= int(row["year"]) <= 2024:
            continue
        indicator, factor, unit, role = YEAR_METRICS[row["metric"]]
        ranged = between(float(row["low"]) * factor, float(row["high"]) * factor) if row["low"] else {}
        confidence = row["confidence"]
        if row["source"].startswith("E from") and confidence == "cited":
            confidence = "derived"
        if not ranged and confidence in ("estimated", "recalled"):
            ranged = between(float(row["value"]) * factor * 0.95, float(row["value"]) * factor * 1.05)
        note = row["note"]
        if indicator == "enterprises_above_threshold":
            note = "more than; " + note
        table.add(indicator=indicator, period=row["year"], value=round(float(row["value"]) * factor, 6), unit=unit,
                  role=role, source=row["source"], confidence=confidence, note=note, **ranged)


def reported_checkpoints(world, table):
    for row in world.facts("output_checkpoints"):
        period = row["period"].replace(" exports", "")
        if row["kind"] != "cum" or row["series"] not in SERIES or period == "Jan-Dec":
            continue
        table.add(indicator=SERIES[row["series"]], period=months_of(row["year"], period), value=row["value"],
                  unit="vehicle", role="scored", source=row["source"],
                  confidence="derived" if row["note"] else row["confidence"], note=row["note"])


def reported_others(world, table):
    rows = [
        ("nev_output_growth", "2023", 500400 / 365000 - 1, "ratio", "derived", "E from A0,S06,S13", "levels"),
        ("nev_output_growth", "2022", 365000 / 152100 - 1, "ratio", "derived", "E from S13,S02", "levels"),
        ("nev_output_growth", "2024", 953200 / 500400 - 1, "ratio", "derived", "S06", "levels"),
        ("nev_output_cagr", "2018-2022", 0.98, "ratio", "derived", "A0", "the 2018 level was made from it"),
        ("nev_share", "2022", 365000 / 2092000, "share", "derived", "E from S13", "levels"),
        ("nev_share", "2023", 500400 / 2320000, "share", "derived", "E from A0,S06", "levels"),
        ("export_units_growth", "2023", 0.298, "ratio", "derived", "A0", "the 2022 level was made from it"),
        ("export_value_growth", "2023", 0.519, "ratio", "scored", "A0", ""),
        ("capacity_use", "2023", 2320000 / 4000000, "share", "scored", "E from A0", "output over the round 4.0M"),
        ("export_markets", "2023", 80, "market", "driven", "A0", "more than; the markets are given"),
        ("piles_added", "2023", 100000, "pile", "derived", "A0", "by construction: docs/region.md"),
    ]
    for indicator, period, value, unit, role, source, note in rows:
        table.add(indicator=indicator, period=period, value=round(value, 4), unit=unit, role=role, source=source,
                  confidence="derived" if source.startswith("E from") else "cited", note=note)
    table.add(indicator="vehicle_output", period="2022-08", value=95000, unit="vehicle", role="scored",
              source="shocks.csv (K06); E", confidence="estimated",
              note="the city's August about 45 to 55 % down", **between(85000, 104000))
    for row in world.facts("piles_by_year"):
        if row["metric"] == "piles_total" and row["period_end"] in [str(y) for y in YEARS]:
            ranged = between(row["low"], row["high"]) if row["low"] else {}
            table.add(indicator="piles", period=row["period_end"], value=row["value"], unit="pile", role="derived",
                      source=row["source"], confidence=row["confidence"], note=row["note"], **ranged)


# Expectations of the charging side that no city figure supports: (indicator, value, low, high, unit, source, note).
CHARGING_SCORES = [
    ("energy_per_nev_day", 9, 8, 13, "kWh", "E from S95; defaults.md", "215 GWh in 151 days over about 153,000 NEVs, all uses"),
    ("pile_use_ac", 0.275, 0.20, 0.35, "share", "defaults.md (J)", ""),
    ("pile_charging_dc", 0.115, 0.08, 0.15, "share", "defaults.md (J)", ""),
    ("pile_use_ac_spread", 0.17, 0.15, 0.19, "share", "defaults.md; C05", "Shenzhen, by zones"),
    ("night_day_ratio", 1.28, 1.0, 1.4, "1", "C05", "Shenzhen, 12 % fast piles; occupancy, not energy"),
    ("energy_per_pile_day", 75, 46, 108, "kWh", "charging.md", "China August 2023 46, Jiaxing 108; 75 closes the facts' loop"),
    ("sessions_per_pile_day", 4.5, 4, 6.5, "1", "charging.md; C01", "Jiaxing 6.5"),
    ("energy_per_session", 16.4, 15, 30, "kWh", "C01; defaults.md", "Jiaxing, all public; 20-30 expected of DC"),
    ("public_share", 0.5, 0.35, 0.7, "share", "charging.md", "the facts' own assumption"),
]


def reported_charging(world, table):
    """Counts that drive or follow by construction, one figure of the city, and expectations."""
    for row in world.facts("piles_by_year"):
        year, metric = row["period_end"], row["metric"]
        ranged = between(row["low"], row["high"]) if row["low"] else {}
        common = {"value": row["value"], "source": row["source"], "confidence": row["confidence"], **ranged}
        if metric == "nev_stock" and year in [str(y) for y in YEARS]:
            table.add(indicator="fleet", period=year, unit="vehicle", role="driven", note=row["note"], **common)
        if metric == "nev_stock" and year == "2022-05-31":
            table.add(indicator="fleet", period="2022-05", unit="vehicle", role="derived", **common,
                      note="the counts around it were judged from it")
        if metric in ("piles_public", "piles_private") and year in ("2022", "2023"):
            table.add(indicator=metric, period=year, unit="pile", role="derived", note=row["note"], **common)
        if metric == "energy_jan_may":
            table.add(indicator="charging_energy", period="2022-01..2022-05", value=int(row["value"]) * 10 ** 6,
                      unit="kWh", role="scored", source=row["source"], confidence=row["confidence"],
                      note="all uses, so with buses and trucks, which the fleet has not")
    table.add(indicator="made_here_share", period="2023", value=0.275, unit="share", role="derived", source="defaults.md (J)",
              confidence="assumed", note="the setting of that name", **between(0.2, 0.35))
    for indicator, value, low, high, unit, source, note in CHARGING_SCORES:
        table.add(indicator=indicator, period="2023", value=value, unit=unit, role="scored", source=source,
                  confidence="assumed", note=note, **between(low, high))


def claims_make(world):
    table = world.table("claims", "year period series claim value unit")
    for row in world.facts("claims"):
        table.add(**{k: row[k] for k in ("year", "period", "series", "claim", "value", "unit", "source", "confidence")})
    for row in world.facts("output_checkpoints"):
        period = row["period"].replace(" exports", "")
        if row["kind"] != "cum" or row["series"] not in SERIES or period == "Jan-Dec":
            continue
        table.add(year=row["year"], period=period, series=SERIES[row["series"]], claim="cumulative",
                  value=row["value"], unit="vehicles", source=row["source"],
                  confidence="derived" if row["note"] else row["confidence"], note=row["note"])


CHARGING_SOURCES = [{"id": i, "what": what, "date": date, "address": address} for i, what, date, address in [
    ("C01", "Jiaxing public charging, 441,077 sessions: starts by hour, share under 1 kWh (aggregates)", "",
     "https://github.com/Chogaliu/Public-EV-Charging-Datasets-Review-and-Explorer"),
    ("C02", "ElaadNL: published shares of charging starts by hour, home, public and work", "", "(as published)"),
    ("C03", "EPFL DC fast charging, 1,878 sessions: charge on arrival and leaving", "",
     "https://github.com/DESL-EPFL/Level-3-EV-charging-dataset"),
    ("C04", "Press on motorway charging on holidays: about 4x normal on 1 October 2021, waits of 1 to 4 h", "2021-10",
     "https://www.shine.cn"),
    ("C05", "ST-EVCDP, piles per public site in Shenzhen (law of sizes only)", "",
     "https://github.com/IntelligentSystemsLab/ST-EVCDP"),
    ("C06", "Chongqing residential electricity prices: 0.52 first step, 0.54 combined meters", "",
     "https://chinaidiom.com/Four-characteridioms/h8xshxkr1a.html"),
    ("C07", "WEVJ 12(4) 169: how PHEV drivers of seven cities charge, share of car-days by distance", "2021",
     "https://doi.org/10.3390/wevj12040169"),
]]


def sources_write(world, target):
    rows = world.facts("sources")
    rows += CHARGING_SOURCES + [
        {"id": "R", "what": "recalled: general knowledge, no source found", "date": "", "address": ""},
        {"id": "E", "what": "estimated in the facts by a rule that is stated there", "date": "", "address": ""},
        {"id": "J", "what": "judgement, ranges of facts/defaults.md where it has them", "date": "", "address": ""},
        {"id": "D", "what": "design of this scenario (docs/region.md)", "date": "", "address": ""},
    ]
    with open(os.path.join(target, "sources.csv"), "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, ["id", "what", "date", "address"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


SETTINGS = [
    ("region", "Chongqing", "A0", "cited", None, None),
    ("region_zh", "重庆", "A0", "cited", None, None),
    ("from", "2018-01-01", "D", "derived", None, None),
    ("until", "2024-12-31", "D", "derived", None, None),
    ("warm_up_days", "60", "D", "derived", None, None),
    ("tick_seconds", "3600", "D", "derived", None, None),
    ("bulletin_year", "2023", "A0", "derived", None, None),
    ("turnover_threshold", "20000000", "A0", "cited", None, None),
    ("smart_level", "2", "J", "assumed", 1, 3),
    ("firm_days", "30", "J", "assumed", 21, 42),
    ("order_book_days", "5", "J", "assumed", 3, 10),
    ("flex_up", "0.1", "J", "assumed", 0.05, 0.2),
    ("flex_down", "0.1", "J", "assumed", 0.05, 0.2),
    ("catch_up_days", "20", "J", "assumed", 10, 40),
    ("dealer_days", "45", "J", "assumed", 42, 57),
    ("build_to_order_share", "0.2", "J", "assumed", 0.1, 0.35),
    ("patience_days", "90", "J", "assumed", 45, 120),
    ("make_hours", "8", "D", "derived", None, None),
    ("replications", "4", "D", "derived", None, None),
    ("worlds", "4", "D", "derived", None, None),
    ("switch_days", "6", "J", "assumed", 3, 10),
    ("qualify_days", "150", "J", "assumed", 90, 250),
    ("overtime_above_days", "3", "J", "assumed", 2, 6),
    ("shift_fill", "0.9", "J", "assumed", 0.85, 0.95),
    ("shift_add_days", "28", "J", "assumed", 20, 60),
]


def settings_make(world):
    table = world.table("settings", "setting value")
    for name, value, source, confidence, low, high in SETTINGS:
        ranged = between(low, high) if low is not None else {}
        table.add(setting=name, value=value, source=source, confidence=confidence, **ranged)


def scores_make(world):
    table = world.table("reported", "indicator period value unit role")
    reported_years(world, table)
    reported_checkpoints(world, table)
    reported_others(world, table)
    reported_charging(world, table)
    claims_make(world)
    settings_make(world)


