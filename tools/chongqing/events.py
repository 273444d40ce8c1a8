"""Dated shocks in steps. Which are active, and why, is said in docs/region.md."""
from common import around
from trades import CHIP_FAMILIES

# shock, from, until, scope, target, basis, factor, extra hours, active
STEPS = [
    ("K01", "2020-01-24", "2020-02-09", "everything", "", "capacity", 0, 0, "yes"),
    ("K01", "2020-02-10", "2020-02-13", "everything", "", "capacity", 0.1, 0, "yes"),
    ("K01", "2020-02-14", "2020-02-18", "everything", "", "capacity", 0.3, 0, "yes"),
    ("K01", "2020-02-19", "2020-02-23", "everything", "", "capacity", 0.5, 0, "yes"),
    ("K01", "2020-02-24", "2020-02-28", "everything", "", "capacity", 0.7, 0, "yes"),
    ("K01", "2020-02-29", "2020-03-10", "everything", "", "capacity", 0.85, 0, "yes"),
    ("K01", "2020-03-11", "2020-03-31", "everything", "", "capacity", 0.95, 0, "yes"),
    ("K04", "2021-09-20", "2021-10-15", "product", "SUB03", "capacity", 0.9, 0, "yes"),
    ("K04", "2021-09-20", "2021-10-15", "product", "SUB11", "capacity", 0.9, 0, "yes"),
    ("K05", "2022-03-28", "2022-04-30", "zone", "Yangtze-Delta", "capacity", 0.4, 0, "yes"),
    ("K05", "2022-05-01", "2022-06-01", "zone", "Yangtze-Delta", "capacity", 0.75, 0, "yes"),
    ("K05", "2022-03-28", "2022-06-01", "zone", "Yangtze-Delta", "transit", 1, 120, "yes"),
    ("K05", "2022-03-28", "2022-04-30", "zone", "North-East", "capacity", 0.4, 0, "yes"),
    ("K05", "2022-05-01", "2022-06-01", "zone", "North-East", "capacity", 0.75, 0, "yes"),
    ("K05", "2022-03-28", "2022-06-01", "zone", "North-East", "transit", 1, 120, "yes"),
    ("K06", "2022-08-15", "2022-08-28", "region", "", "capacity", 0.05, 0, "yes"),
    ("K06", "2022-08-29", "2022-08-31", "region", "", "capacity", 0.6, 0, "yes"),
    ("K06", "2022-08-15", "2022-08-27", "zone", "Sichuan", "capacity", 0.05, 0, "yes"),
    ("K07", "2022-11-09", "2022-12-01", "zone", "central", "capacity", 0.75, 0, "yes"),
    ("K08", "2022-12-15", "2022-12-20", "everything", "", "capacity", 0.9, 0, "yes"),
    ("K08", "2022-12-21", "2023-01-08", "everything", "", "capacity", 0.8, 0, "yes"),
    ("K08", "2023-01-09", "2023-01-20", "everything", "", "capacity", 0.9, 0, "yes"),
    ("K10", "2023-09-12", "2024-03-31", "platform", "AITO-M7-NEW", "demand", 1.5, 0, "no"),
    ("K11", "2023-12-15", "2024-12-31", "lane", "L1-EUROPE", "transit", 1, 240, "yes"),
    ("K14", "2018-06-01", "2018-12-31", "enterprise", "CQ-CA-LY", "capacity", 0.5, 0, "no"),
    ("K14", "2018-06-01", "2020-12-31", "enterprise", "CQ-RX", "capacity", 0.1, 0, "no"),
    ("K14", "2022-01-01", "2024-12-31", "enterprise", "CQ-BH", "capacity", 0, 0, "no"),
]
# K03: allocation of the chip families in 2021, inside the 0.88-0.95 of defaults.md.
CHIP_STEPS = [("2021-01-01", "2021-04-30", 0.95), ("2021-05-01", "2021-09-30", 0.88), ("2021-10-01", "2021-12-31", 0.93)]
PETROL_DEMAND = [("K09", "2023-01-01", "2023-03-31", 0.88), ("K12", "2022-06-01", "2022-12-31", 1.12),
                 ("K13", "2019-01-01", "2019-06-30", 0.85)]
SHIP_LANES_LEG1 = ("K02", "2020-08-17", "2020-08-20")
WHY_OFF = {"K09": "inside the national months of petrol cars, which drive", "K10": "a planned launch: in the shapes",
           "K12": "inside the national months of petrol cars, which drive",
           "K13": "inside the national months of petrol cars, which drive", "K14": "in the volumes and the lines' dates"}


def step_add(table, facts, step):
    shock, start, end, scope, target, basis, factor, extra, active = step
    fact = facts[shock]
    hard = factor in (0, 1)
    ranged = {"low": factor, "high": factor if factor else 0.02, "law": "uniform"} if hard else \
        around(factor, 0.9, min(1.1, 1 / factor if factor < 1 else 1.1), 3)
    if shock == "K03":
        ranged = {"low": 0.85, "high": 0.97, "law": "triangular"}
    if factor == 0.05:
        ranged = {"low": 0, "high": 0.15, "law": "triangular"}
    table.add(shock=shock, **{"from": start}, until=end, scope=scope, target=target, basis=basis, factor=factor,
              extra_hours=extra, active=active, name=fact["name"], source=fact["source"],
              confidence="assumed" if fact["confidence"] == "cited" else fact["confidence"],
              note=WHY_OFF.get(shock, "dates " + fact["confidence"] + "; size of the step judged"), **ranged)


def shocks_make(world):
    table = world.table("shocks", "shock from until scope target basis factor extra_hours active name")
    facts = {r["shock_id"]: r for r in world.facts("shocks")}
    steps = list(STEPS)
    for row in world.crosswalk("lanes"):
        if row["lane"].startswith("L1-"):
            shock, start, end = SHIP_LANES_LEG1
            steps.append((shock, start, end, "lane", row["lane"], "capacity", 0, 0, "yes"))
    for start, end, factor in CHIP_STEPS:
        steps += [("K03", start, end, "product", family, "allocation", factor, 0, "yes") for family in CHIP_FAMILIES]
    for shock, start, end, factor in PETROL_DEMAND:
        for row in world.crosswalk("platforms"):
            if row["powertrain"] == "ICE" and float(row[f"y{start[:4]}"]):
                steps.append((shock, start, end, "platform", row["platform"], "demand", factor, 0, "no"))
    for step in sorted(steps, key=lambda s: s[:6]):
        step_add(table, facts, step)
