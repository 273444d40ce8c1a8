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


# Published effects, set beside the simulated ones and driving nothing by themselves: shock, measure, of, from, until, as,
# value, low, high, used, source, confidence, note.
NATIONAL = "national figure, all makers; national months also shape the orders of the year"
EFFECTS = [
    ("K01", "turnover", "", "2020-01-01", "2020-03-31", "ratio", -0.11, None, None, "no", "S110", "cited",
     "secondary industry of the city, all trades, on a year before"),
    ("K01", "output", "", "2020-02-01", "2020-02-29", "ratio", -0.8, -0.81, -0.79, "yes", "R (China Feb 285k)", "recalled",
     NATIONAL),
    ("K01", "days_to_start", "Changan Ford", "2020-02-10", "2020-03-31", "change", 9, None, None, "partly", "S63", "cited",
     "first car on 19 February; the steps were judged beside it"),
    ("K03", "output", "", "2021-01-01", "2021-12-31", "ratio", -0.074, -0.076, -0.071, "partly", "E from S109", "derived",
     "2.0-2.15M of China's 28.2M wanted; 8 % of the city's year is added to its orders"),
    ("K03", "output", "", "2021-09-01", "2021-09-30", "ratio", -0.179, None, None, "yes", "S124", "cited",
     "on a year before; " + NATIONAL),
    ("K03", "stop_days", "CQ-GWM-YC", "2021-05-01", "2021-06-30", "change", 5, 1, 61, "no", "S107", "estimated",
     "the plant stopped in May and June 2021; for how many days is not published"),
    ("K05", "days_to_stop", "TANK-300", "2022-03-28", "2022-06-01", "change", 17, None, None, "no", "S105;S106", "cited",
     "stopped from 14 April, eight suppliers down"),
    ("K05", "output", "", "2022-04-01", "2022-05-31", "change", -40000, -77000, 0, "partly", "E from S105,S111", "estimated",
     "the city's share of China's lost million; 40,000 are added to the orders of April"),
    ("K06", "output", "Changan Automobile", "2022-08-01", "2022-08-31", "change", -100000, None, None, "partly", "S99;S100",
     "cited", "a cut of the plan; the volume is added to the year's orders, a twelfth of it to August's"),
    ("K06", "output", "", "2022-08-01", "2022-08-31", "ratio", -0.5, -0.55, -0.45, "no", "E", "estimated",
     "judged in shocks.csv of the facts"),
    ("K06", "sales", "Seres", "2022-08-01", "2022-08-31", "growth", 0.102, None, None, "partly", "E from S27,S28", "derived",
     "of the Seres group, with its vans, on July; " + NATIONAL),
    ("K07", "nev_output", "", "2022-11-01", "2022-11-30", "ratio", -0.175, -0.2, -0.15, "partly", "E from S03,S04",
     "estimated", "36,500 between 43,000 and 46,000; the size of the step was judged beside it"),
]


def hindcast_make(world):
    table = world.table("hindcast", "shock measure of from until as value used")
    for shock, measure, of, start, end, how, value, low, high, used, source, confidence, note in EFFECTS:
        ranged = {"low": low, "high": high, "law": "triangular"} if low is not None else {}
        table.add(shock=shock, measure=measure, of=of, **{"from": start, "as": how}, until=end, value=value, used=used,
                  source=source, confidence=confidence, note=note, **ranged)


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
