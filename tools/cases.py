#!/usr/bin/env python3
"""Writes the textbook cases of scenarios/cases: small networks and lines whose exact results are known.

    tools/cases.py                      writes every committed case anew
    tools/cases.py --check              exit 1 when a committed folder is not what this script writes
    tools/cases.py --out DIR serial --demand poisson:5 --lead 1,1,2 --stock 9,6,11
    tools/cases.py --out DIR stock --demand poisson:20 --policy s_S --reorder-at 14 --level 62 --lead 1
    tools/cases.py --out DIR line --means 1,1,1 --buffers 2,2 --law erlang:3
                                        a case of your own; `autopolis selftest DIR` runs it and shows what is found

How a period, a lead time and a reading become ticks is told in docs/cases.md (M-1); the numbers here follow it.
"""
import argparse
import csv
import datetime
import io
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "cases"
MILLI = 1000          # normal demand is counted in thousandths of a unit


class Case:
    """Tables of one scenario, in the order they are written."""

    def __init__(self, period=4, days=3652, warm_up=60, replications=400, **settings):
        first = 2001
        years, rest = divmod(days, 1461)
        until = f"{first + 4 * years - 1}-12-31" if rest == 0 else None
        self.period = period
        self.tables = {"settings": [], "districts": [{"district": "Here"}]}
        self.days = days
        self.set("from", "2001-01-01")
        self.set("until", until or last_day(days))
        self.set("warm_up_days", warm_up)
        self.set("replications", replications)
        for name, value in settings.items():
            self.set(name, value)

    def set(self, name, value):
        self.add("settings", setting=name, value=value)

    def add(self, table, **row):
        self.tables.setdefault(table, []).append({k: v for k, v in row.items() if v is not None})

    def expect(self, measure, row, value, factor=None):
        self.add("expected", measure=measure, row=row, value=value, factor=factor)

    def read_each_period(self):
        self.set("read_hours", self.period)
        self.set("read_offset_hours", self.period - 1)

    def files(self, origin):
        """name -> text of every table, with the columns that are used."""
        out = {}
        for table, rows in self.tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row)) + ["source", "confidence"]
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
            writer.writeheader()
            for row in rows:
                writer.writerow({**{k: plain(v) for k, v in row.items()}, "source": origin,
                                 "confidence": "derived" if table == "expected" else "assumed"})
            out[table + ".csv"] = text.getvalue()
        return out


def plain(value):
    return repr(value) if isinstance(value, float) else str(value)


def last_day(days):
    """The last of so many days from 2001-01-01."""
    return (datetime.date(2001, 1, 1) + datetime.timedelta(days - 1)).isoformat()


# Stages ---------------------------------------------------------------------------------------------------------

def source(case):
    """One unlimited source and one product serve a whole case."""
    if "products" not in case.tables:
        case.add("enterprises", enterprise="SOURCE", district="Here", kind="unlimited")
        case.add("products", product="X", value=1)


def demand(case, stage, law, every=1, **more):
    """Demand falls in the last tick of the period."""
    kind, *parameters = law
    case.add("demands", demand="D-" + stage, enterprise=stage, product="X", demand_law=kind, mean=parameters[0],
             deviation=parameters[1] if len(parameters) > 1 else None, every_hours=case.period * every,
             offset_hours=case.period * every - 1, **more)


def transit(case, lead, meets_demand):
    """L periods less the hop of the order; one tick more less where the stock meets the demand (docs/cases.md)."""
    ticks = lead * case.period - (2 if meets_demand else 1)
    assert ticks >= 1, "a lead time of that many periods is shorter than the order's way"
    return ticks


def stage(case, name, lead, supplier="SOURCE", meets_demand=True, review=1, policy="order_up_to", **levels):
    """One stock and its link; `lead` in periods, `review` in ticks."""
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    case.add("stocks", enterprise=name, product="X", policy=policy, review_hours=review, **levels)
    case.add("links", buyer=name, component="X", supplier=supplier, transit_hours=transit(case, lead, meets_demand))


def serial(case, name, law, leads, levels):
    """A serial system of base-stock stages, downstream first. Returns the stages' names."""
    source(case)
    assert case.period > len(leads), "orders climb one stage a tick within the period"
    names = [f"{name}-{i + 1}" for i in range(len(leads))]
    for i, (lead, level) in enumerate(zip(leads, levels)):
        supplier = names[i + 1] if i + 1 < len(leads) else "SOURCE"
        stage(case, names[i], lead, supplier, meets_demand=i == 0, order_up_to=level)
    demand(case, names[0], law)
    return names


def expect_stock(case, stage_name, factor=None, **values):
    for measure, value in values.items():
        if value is None:
            continue
        case.expect(measure, stage_name + "/X", value, factor if measure in ("on_hand", "backlog") else None)


# Lines ----------------------------------------------------------------------------------------------------------

CYCLE = 60.0          # seconds that stand for one unit of time


def line_case(replications=200):
    case = Case(days=60, warm_up=5, replications=replications, saturate="lines")
    case.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    return case


def line(case, name, means, buffers, law=("exponential",), failures=None, feeders=1):
    """Stations in series (the first `feeders` side by side); means in units of time, buffers behind each but the last.

    failures: (clock, up means, down means) with clock calendar or work.
    """
    case.add("lines", line=name, enterprise="PLANT")
    case.add("platforms", platform=name, bill="NOTHING")
    case.add("variants", variant="V-" + name, platform=name)
    case.add("builds", line=name, platform=name)
    places = list(buffers) + [0]
    for i, (mean, buffer) in enumerate(zip(means, places)):
        after = max(i + 1, feeders)
        clock = {} if not failures else {
            "failures": failures[0], "up_hours": failures[1][i] * CYCLE / 3600,
            "down_hours": failures[2][i] * CYCLE / 3600}
        case.add("shops", line=name, shop=f"S{i + 1:02d}", next=f"S{after + 1:02d}" if after < len(means) else None,
                 cycle_seconds=mean * CYCLE, cycle_law=law[0], shape=law[1] if len(law) > 1 else None, buffer=buffer, **clock)


def expect_line(case, name, throughput, level=None, blocked=None):
    if throughput is not None:
        case.expect("throughput", name, throughput, CYCLE * 1000)
    if level is not None:
        case.expect("level", name, level)
    if blocked is not None:
        case.expect("blocked", name + "/S01", blocked)


# The cases ------------------------------------------------------------------------------------------------------

def normal_loss(mean, deviation, level):
    """(on hand, backlog) of a base stock against one normal demand."""
    z = (level - mean) / deviation
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    above = 0.5 * math.erfc(z / math.sqrt(2))
    backlog = deviation * (density - z * above)
    return level - mean + backlog, backlog


def case_a1():
    """Base stock, Poisson: the lead time as whole periods, so that continuous and periodic readings agree."""
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, lead, level, on_hand, backlog, fill in (
            ("A1-1", 10, 1, 13, 3.322472730, 0.322472730, 0.791556476),
            ("A1-2", 3, 1, 5, 2.134620556, 0.134620556, 0.815263245)):
        stage(case, name, lead, order_up_to=level)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, positive=fill)
    return case


def case_a2():
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, lead, level, on_hand, backlog, covered, positive, fill in (
            ("A2-1", 5, 2, 13, 3.322472730, 0.322472730, 0.864464423, 0.791556476, 0.935709532),
            ("A2-2", 20, 4, 90, 10.629356822, 0.629356822, 0.878563891, 0.855517418, 0.968547958)):
        stage(case, name, lead, order_up_to=level)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, covered=covered, positive=positive, fill=fill)
    return case


def case_a3():
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, review, lead, level, on_hand, backlog, fill in (
            ("A3-1", 4, 5, 3, 34, 14.086363834, 0.086363834, 0.981259326),
            ("A3-2", 1, 10, 5, 18, 8.561044817, 0.061044817, 0.969323702)):
        stage(case, name, lead, review=review * case.period, order_up_to=level)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, fill=fill)
    return case


def case_a4():
    """The newsvendor as the base stock with a lead of one period."""
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, deviation, level, h, p, cost in (("A4-1", 50, 8, 56.603955927, 0.18, 0.70, 1.997605193),
                                                     ("A4-2", 120, 10, 132.815515655, 2, 18, 35.099666386)):
        on_hand, backlog = normal_loss(mean, deviation, level)
        assert abs(h * on_hand + p * backlog - cost) < 1e-7
        stage(case, name, 1, order_up_to=round(level * MILLI))
        demand(case, name, ("normal", mean * MILLI, deviation * MILLI))
        expect_stock(case, name, 1 / MILLI, on_hand=round(on_hand, 9), backlog=round(backlog, 9))
    stage(case, "A4-3", 1, order_up_to=19)
    demand(case, "A4-3", ("poisson", 18))
    expect_stock(case, "A4-3", on_hand=2.246996683, backlog=1.246996683)
    return case


def case_a5():
    """(r,Q): with whole lots at each review the position is uniform on r+1..r+Q, as in continuous time."""
    case = Case()
    source(case)
    case.read_each_period()
    for name, r, q, mean, lead, on_hand, backlog, fill in (
            ("A5-1", 3, 5, 1.5, 2, 3.105432827, 0.105432827, 0.866632830),
            ("A5-2", 6, 7, 6, 1, 4.168255312, 0.168255312, 0.863150807),
            ("A5-3", 20, 25, 10, 2, 13.176362945, 0.176362945, 0.928931777)):
        stage(case, name, lead, policy="r_Q", reorder_at=r, lot=q)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, positive=fill)
    return case


def case_a6():
    """(s,S), lead time nothing: ordered first in the period, there before its demand: one period here."""
    case = Case()
    source(case)
    case.read_each_period()
    rows = ((10, 6, 40, 16.105860, 0.278498, 0.256394), (20, 14, 62, 23.296163, 0.447909, 0.341339),
            (22, 16, 68, 25.621322, 0.440500, 0.344476), (24, 18, 54, 18.238887, 0.395670, 0.495593),
            (30, 23, 66, 21.568452, 0.462045, 0.501439), (40, 33, 87, 27.836230, 0.485170, 0.504830),
            (50, 42, 108, 33.907471, 0.532345, 0.504322), (52, 44, 112, 34.975151, 0.551801, 0.504762),
            (59, 51, 126, 38.727675, 0.616164, 0.506342), (61, 52, 131, 40.470002, 0.579336, 0.503824),
            (64, 55, 74, 10.440232, 0.440232, 1.000000), (70, 62, 81, 11.403748, 0.403748, 1.000000))
    for mean, small, big, on_hand, backlog, orders in rows:
        name = f"A6-{mean}"
        stage(case, name, 1, policy="s_S", reorder_at=small, order_up_to=big)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, orders=None if orders == 1 else orders)
    stage(case, "A6-6", 1, policy="s_S", reorder_at=4, order_up_to=10)
    demand(case, "A6-6", ("poisson", 6))
    expect_stock(case, "A6-6", on_hand=3.141147176, backlog=0.370783044, orders=0.681966442)
    stage(case, "A6-lead", 3, policy="s_S", reorder_at=14, order_up_to=62)
    demand(case, "A6-lead", ("poisson", 20))
    expect_stock(case, "A6-lead", on_hand=1.454361896, backlog=18.606107847, orders=0.341338947)
    return case


def case_a9():
    case = Case()
    source(case)
    case.read_each_period()
    for mean, most, level, on_hand, backlog in ((8, 10, 20, 11.134371248, 0.012993566),
                                                (9, 10, 40, 27.905089591, 0.006328044)):
        name = f"A9-{mean}"
        stage(case, name, 1, review=case.period, order_up_to=level, order_most=most)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog)
    return case


def case_a12():
    """Deterministic (R,Q): a unit of time is a day; stock after the demand of time t is held until t + 1."""
    case = Case(period=24, days=59, warm_up=0, replications=1)
    source(case)
    case.set("read_hours", 24)
    case.set("read_offset_hours", 0)
    for name, demands, orders, received, end, area in (("A12-1", (120,), 7, 3000, 400, 38000),
                                                       ("A12-2", (120, 80), 12, 5500, 500, 35500)):
        stage(case, name, 2, policy="r_Q", reorder_at=500, lot=500, opening=1000)
        for amount in demands:
            case.add("demands", demand=f"D-{name}-{amount}", enterprise=name, product="X", demand_law="constant",
                     mean=amount, every_hours=48, offset_hours=0)
        row = name + "/X"
        case.expect("orders_sum", row, orders)
        case.expect("received", row, received)
        case.expect("on_hand_end", row, end)
        case.expect("on_hand_sum", row, area)
    return case


def case_a7():
    """Lost sales: a unit of time is 360 ticks of a minute, so that hardly two customers fall into one tick."""
    case = Case(period=6, days=400, warm_up=10, replications=200, tick_seconds=60)
    source(case)
    case.set("read_hours", 1)
    for name, level, rate, lead, lost, on_hand in (("A7-1", 5, 2, 2, 0.199066874, 1.796267496),
                                                   ("A7-2", 3, 1, 1, 0.0625, 2.0625)):
        case.add("enterprises", enterprise=name, district="Here", kind="supplier")
        case.add("stocks", enterprise=name, product="X", policy="order_up_to", order_up_to=level, review_hours=1 / 60)
        case.add("links", buyer=name, component="X", supplier="SOURCE", transit_hours=lead * case.period - 2 / 60)
        case.add("demands", demand="D-" + name, enterprise=name, product="X", demand_law="poisson", mean=rate / 360,
                 every_hours=1 / 60, unmet="lost")
        case.expect("fill", name + "/X", 1 - lost)
        case.expect("on_hand", name + "/X", on_hand)
    return case


def outage(case, name, spare, lost=None, tier=None, rate=None):
    """Ten units a day over a pipeline of five days; the maker M-name is down on the days 20 to 29."""
    maker, lead = "M-" + name, 5
    case.add("enterprises", enterprise=maker, district="Here", kind="supplier")
    case.add("makers", enterprise=maker, product="X", capacity=rate or 100000, cover_days=0,
             overtime_share=0)
    case.add("stocks", enterprise=maker, product="X", policy="order_up_to", order_up_to=0)
    case.add("shocks", shock="DOWN-" + name, **{"from": day(20), "until": day(29)}, scope="enterprise", target=maker,
             basis="capacity", factor=0)
    supplier = maker
    if tier is not None:
        # Its own pipeline is one day of the five.
        supplier = "T-" + name
        stage(case, supplier, 1, maker, meets_demand=False, order_up_to=10 + tier)
        lead = 4
    level = 10 * lead + spare
    if rate:
        lead -= 1   # a day of the five goes by while a slow maker works the order off
    stage(case, name, lead, supplier, order_up_to=level)
    case.add("demands", demand="D-" + name, enterprise=name, product="X", demand_law="constant", mean=10,
             every_hours=24, offset_hours=23, unmet="backorder" if rate else "lost")
    if lost is not None:
        case.expect("lost", name + "/X", lost)


def day(number):
    """The date of a day counted from 2001-01-01."""
    return (datetime.date(2001, 1, 1) + datetime.timedelta(number)).isoformat()


def case_a13():
    """Outage of a single source for a week: stock filled at its start, then nothing; one thousand weeks a run."""
    weeks = 1000
    case = Case(period=24, days=7 * weeks, warm_up=7, replications=2000)
    source(case)
    for name, mean, level, lost in (("A13-1", 10, 60, 10.432309121), ("A13-2", 10, 80, 0.510331072)):
        case.add("enterprises", enterprise=name, district="Here", kind="supplier")
        case.add("stocks", enterprise=name, product="X", policy="order_up_to", order_up_to=level, review_hours=168)
        case.add("links", buyer=name, component="X", supplier="SOURCE", transit_hours=1)
        demand(case, name, ("poisson", mean), unmet="lost")
        case.expect("lost", name + "/X", lost, 1 / weeks)
    return case


def case_a13_down():
    case = Case(period=24, days=120, warm_up=20, replications=1)
    case.add("products", product="X", value=1)
    case.set("read_hours", 24)
    case.set("read_offset_hours", 23)
    outage(case, "A13-20", 20, lost=80)
    outage(case, "A13-55", 20, lost=45, tier=35)
    outage(case, "A13-100", 100, lost=0)
    outage(case, "A13-late", 20, rate=0.5)
    case.expect("backlog", "A13-late/X", 1920, 120)
    return case


def case_b1():
    case = Case(period=6)
    case.read_each_period()
    rows = (
        ("S1", ("normal", 5 * MILLI, MILLI), (1, 1, 2), (6490, 5530, 10690), 1 / MILLI,
         ((1.262348, 0.121187, 0.8416), (0.593798, 0.348840, 0.6049), (0.975041, 0.285041, 0.6872))),
        ("S3", ("normal", 100 * MILLI, 15 * MILLI), (1, 1), (123490, 104930), 1 / MILLI,
         ((20.719954, 1.069418, 0.8824), (8.769464, 3.839464, 0.6288))),
        ("S6", ("poisson", 5), (1, 1, 2), (9, 6, 11), None,
         ((3.287847588, 0.288216889, 0.824885935), (1.166229194, 1.000369301, 0.498300578),
          (1.834140107, 0.834140107, 0.583039750))),
        ("S8", ("poisson", 4), (1, 1, 1, 1), (8, 5, 5, 4), None,
         ((3.312210163, 0.206529575, 0.853015860), (1.060514408, 0.894319411, 0.493942561),
          (1.052337744, 0.833805003, 0.493991616), (0.781467259, 0.781467259, 0.433470120))),
        ("S10", ("poisson", 4), (1, 1, 1, 1), (11, 6, 5, 5), None,
         ((6.573598936, 0.013238391, 0.986384035), (1.816403333, 0.439639455, 0.682423200),
          (1.212931928, 0.623236122, 0.556030075), (1.410304194, 0.410304194, 0.628836935))),
    )
    for name, law, leads, levels, factor, values in rows:
        stages = serial(case, name, law, leads, levels)
        for one, (on_hand, backlog, positive) in zip(stages, values):
            expect_stock(case, one, factor, on_hand=on_hand, backlog=backlog, positive=positive)
    return case


def assembly(case, name, mean, level, lead, components, usage=1):
    """A maker that assembles one of each component; its stock meets the demand. Leads in ticks: (lead, level, id)."""
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    product = name + "-KIT"
    case.add("products", product=product, value=1)
    case.add("makers", enterprise=name, product=product, capacity=100000, flow_hours=lead - 1, cover_days=0,
             overtime_share=0)
    case.add("stocks", enterprise=name, product=product, policy="order_up_to", order_up_to=level, review_hours=1)
    for ticks, base, part in components:
        case.add("products", product=part, value=1)
        case.add("bom", bill=product, component=part, quantity=usage)
        case.add("stocks", enterprise=name, product=part, policy="order_up_to", order_up_to=base, review_hours=1)
        case.add("links", buyer=name, component=part, supplier="SOURCE", transit_hours=ticks - 1)
    case.add("demands", demand="D-" + name, enterprise=name, product=product, demand_law="poisson", mean=mean,
             every_hours=case.period, offset_hours=case.period - 1)
    return f"{name}/{product}"


def assembly_case():
    case = Case(period=4)
    case.add("enterprises", enterprise="SOURCE", district="Here", kind="unlimited")
    case.set("make_hours", 1)
    case.read_each_period()
    return case


def case_b2():
    """Assembly, one for one: kits are started in the tick after the demand if every part is there."""
    case = assembly_case()
    row = assembly(case, "B2-1", 5, 7, 4, ((8, 11, "B2-1-A"), (8, 13, "B2-1-B")))
    for measure, value in (("on_hand", 1.806889559), ("backlog", 0.641029667), ("positive", 0.640660366)):
        case.expect(measure, row, value)
    case.expect("on_hand", "B2-1/B2-1-A", 1.834140107)
    case.expect("on_hand", "B2-1/B2-1-B", 3.834140107)
    # The second row in half units of time: leads 1, 2, 4 and an assembly of half a unit.
    row = assembly(case, "B2-2", 1, 3, 4, ((8, 4, "B2-2-A"), (16, 6, "B2-2-B"), (32, 11, "B2-2-C")))
    for measure, value in (("on_hand", 1.772159555), ("backlog", 0.130839967), ("positive", 0.834998942)):
        case.expect(measure, row, value)
    for part, value in (("A", 2.358680412), ("B", 2.358680412), ("C", 3.358680412)):
        case.expect("on_hand", f"B2-2/B2-2-{part}", value)
    return case


def case_b3():
    """Four of one part in a product, whole kits only."""
    case = assembly_case()
    row = assembly(case, "B3", 5, 7, 4, ((8, 42, "B3-A"),), usage=4)
    case.expect("on_hand", row, 1.610612449)
    case.expect("backlog", row, 0.861712807)
    case.expect("on_hand", "B3/B3-A", 7.004401429)
    return case


def case_b1_ten():
    case = Case(period=12)
    case.read_each_period()
    stages = serial(case, "TEN", ("poisson", 5), (1,) * 10, (8,) + (6,) * 9)
    expect_stock(case, stages[0], on_hand=2.307423479, backlog=0.652156753)
    expect_stock(case, stages[9], on_hand=1.493297504, backlog=0.493297504)
    return case


def case_c1():
    case = line_case()
    table = {
        (2, 0): (0.666666667, 1.666667), (2, 1): (0.75, None), (2, 2): (0.8, None), (2, 3): (0.833333333, None),
        (2, 4): (0.857142857, None), (4, 0): (0.514775489, None), (4, 1): (0.631152685, None),
        (4, 2): (0.700712902, 6.482147), (4, 3): (0.747709512, None), (4, 4): (0.781776022, None),
        (6, 0): (0.466713263, None), (8, 0): (0.443070267, None), (10, 0): (0.428960733, 7.410895),
        (3, 5): (0.830759074, None), (3, 10): (0.894418545, None), (3, 1): (None, 3.531798),
        (3, 0): (0.564102564, 2.358974), (5, 0): (None, 3.778560),
    }
    for (stations, places), (throughput, level) in table.items():
        name = f"K{stations}-b{places}"
        line(case, name, [1] * stations, [places] * (stations - 1))
        expect_line(case, name, throughput, level, None if throughput is None else round(1 - throughput, 9))
    return case


def case_c2():
    case = line_case()
    for stations, phases, values in ((2, 2, (0.727272727, 0.821428571, 0.868217054)),
                                     (2, 4, (0.785276074, 0.882177010, 0.919861851)),
                                     (3, 3, (0.684224039, 0.809467715, 0.864527199)),
                                     (4, 2, (0.597706858, 0.730682022, 0.797777618)),
                                     (4, 4, (0.678228619, 0.818186670, 0.874261611)),
                                     (5, 3, (0.622348872, 0.768264340, 0.833552251))):
        for places, throughput in enumerate(values):
            name = f"K{stations}-k{phases}-b{places}"
            line(case, name, [1] * stations, [places] * (stations - 1), ("erlang", phases))
            expect_line(case, name, throughput)
    return case


def case_c3():
    case = line_case()
    rates = (("A", (1, 1.2), (0,), 0.725274725, 1.604396), ("B", (2, 1), (1,), 0.933333333, 2.733333),
             ("C", (1, 0.8, 1), (2, 2), 0.660484949, 4.598001),
             ("D", (1, 1.1, 1.2, 1.3), (1, 1, 1), 0.709882180, 4.294609),
             ("E", (1 / 1.2, 1 / 0.8, 1, 1 / 0.9, 1 / 1.1), (1, 1, 1, 1), 0.610255734, 6.016310))
    for name, speeds, places, throughput, level in rates:
        means = [1 / speed for speed in speeds]
        line(case, name, means, places)
        expect_line(case, name, throughput, level)
        line(case, name + "-reversed", means[::-1], places[::-1])
        expect_line(case, name + "-reversed", throughput)
    for name, means, throughput in (("BOWL3", (1.085533, 0.828934, 1.085533), 0.567181858),
                                    ("BOWL4", (1.136544, 0.863456, 0.863456, 1.136544), 0.519631211)):
        line(case, name, means, [0] * (len(means) - 1))
        expect_line(case, name, throughput)
    for places, throughput in (((2, 2, 2), 0.700712902), ((1, 3, 2), 0.693295971), ((2, 3, 1), 0.693295971),
                               ((6, 0, 0), 0.563844624), ((2, 2), 0.734016672), ((1, 3), 0.717767786),
                               ((3, 1), 0.717767786)):
        name = "PLACES-" + "".join(map(str, places))
        line(case, name, [1] * (len(places) + 1), places)
        expect_line(case, name, throughput)
    return case


def case_c4():
    case = line_case()
    for name, speeds, places, throughput in (("A", (1, 1, 1), (0, 0), 6 / 11), ("B", (1, 1, 1), (2, 2), 0.731999145),
                                             ("C", (1, 1.2, 1.5), (2, 3), 0.883504692)):
        line(case, name, [1 / speed for speed in speeds], places, feeders=2)
        expect_line(case, name, round(throughput, 9))
    return case


def case_c5():
    case = line_case(replications=600)
    for name, speeds, down, repair, places, work, calendar in (
            ("A", (1, 1), (.01, .01), (.1, .1), (0,), 0.589954823, 0.558128672),
            ("B", (1, 1), (.01, .01), (.1, .1), (8,), 0.785921140, 0.775910012),
            ("C", (2, 1), (.1, .05), (.5, .4), (3,), 0.844910230, 0.828400188),
            ("D", (1, 1, 1), (.01,) * 3, (.1,) * 3, (2, 2), 0.614295822, 0.578983228),
            ("E", (1, 1.1, 1.2), (.02, .03, .04), (.2, .2, .25), (3, 5), 0.701451918, 0.675666790)):
        means = [1 / speed for speed in speeds]
        for clock, throughput in (("work", work), ("calendar", calendar)):
            line(case, f"{name}-{clock}", means, places,
                 failures=(clock, [1 / p for p in down], [1 / r for r in repair]))
            expect_line(case, f"{name}-{clock}", throughput)
    return case


def case_c11():
    """Shifts: work stops at the end of a shift and resumes. 2001-01-01 is a Monday; shifts of 5 hours every 10."""
    case = Case(days=5, warm_up=0, replications=1, saturate="lines")
    case.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    case.add("calendars", calendar="LONG", always="no")
    case.add("calendars", calendar="SHORT", always="no")
    for start in range(0, 100, 10):
        for day in range(start // 24, (start + 4) // 24 + 1):
            low, high = max(start, 24 * day) - 24 * day, min(start + 5, 24 * day + 24) - 24 * day
            days = "".join("1" if d == day else "0" for d in range(7))
            for calendar in ("LONG", "SHORT") if start < 20 else ("LONG",):
                case.add("shifts", calendar=calendar, days=days, from_hour=low, until_hour=high)
    for name, made in (("SHORT", 3), ("LONG", 16)):
        line(case, name, [1], [], ("constant",))
        case.tables["lines"][-1]["calendar"] = name
        case.tables["shops"][-1]["cycle_seconds"] = 3 * 3600
        case.expect("made", name, made)
    return case


CASES = {
    "A1": ("Palm 1938; Feeney & Sherbrooke 1966", case_a1),
    "A2": ("Poisson base stock; Zipkin 2000", case_a2),
    "A3": ("order up to S every R periods; Zipkin 2000", case_a3),
    "A4": ("newsvendor; Snyder & Shen, examples 4.1-4.4", case_a4),
    "A5": ("Federgruen & Zheng 1992", case_a5),
    "A6": ("Zheng & Federgruen 1991", case_a6),
    "A9": ("Federgruen & Zipkin 1986; Glasserman & Tayur 1994", case_a9),
    "A7": ("Erlang loss", case_a7),
    "A13": ("gamma time to survive; Poisson demand", case_a13),
    "A13-down": ("arithmetic of one outage", case_a13_down),
    "A12": ("SupplyNetPy validation against anyLogistix", case_a12),
    "B1": ("Clark & Scarf 1960; Chen & Zheng 1994; Shang & Song 2003", case_b1),
    "B1-ten": ("Clark & Scarf 1960; ten stages", case_b1_ten),
    "B2": ("Rosling 1989; Song 1998", case_b2),
    "B3": ("whole kits only; usage four", case_b3),
    "C1": ("Hunt 1956; Hillier & Boling 1967", case_c1),
    "C2": ("Hillier & Boling 1967; Erlang service", case_c2),
    "C3": ("Hunt 1956; Hillier & Boling 1966", case_c3),
    "C4": ("assembly of two saturated feeders; Markov chain", case_c4),
    "C5": ("Gershwin & Berman 1981", case_c5),
    "C11": ("shifts; ManPy examples", case_c11),
}


def folder_write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.csv"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def folder_differs(folder, files):
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
    return sorted(name for name in present.keys() | files.keys() if present.get(name) != files.get(name))


def numbers(text, kind=float):
    return [kind(word) for word in text.split(",")] if text else []


def law_of(text, scale):
    kind, *parameters = text.split(":")
    return (kind, *[float(word) * scale for word in parameters])


def own_case(options):
    """A case from the command line: nothing is expected, everything is shown."""
    if options.kind == "serial":
        leads = numbers(options.lead, int)
        scale = MILLI if options.demand.startswith("normal") else 1
        case = Case(period=next(k for k in (4, 6, 8, 12, 24) if k > len(leads)))
        case.read_each_period()
        levels = [round(level * scale) for level in numbers(options.stock)]
        for name in serial(case, "STAGE", law_of(options.demand, scale), leads, levels):
            expect_stock(case, name, 1 / scale, on_hand="", backlog="", positive="", covered="")
        case.expect("fill", "STAGE-1/X", "")
        return case
    if options.kind == "stock":
        scale = MILLI if options.demand.startswith("normal") else 1
        case = Case()
        source(case)
        case.read_each_period()
        levels = {"order_up_to": options.level, "reorder_at": options.reorder_at, "lot": options.lot,
                  "order_most": options.most}
        stage(case, "STAGE", options.lead, policy=options.policy,
              review=options.review * case.period if options.review > 1 or options.most else 1,
              **{name: round(level * scale) for name, level in levels.items() if level is not None})
        demand(case, "STAGE", law_of(options.demand, scale), unmet="lost" if options.lost else None)
        expect_stock(case, "STAGE", 1 / scale, on_hand="", backlog="", positive="", covered="", fill="", orders="")
        return case
    case = line_case()
    kind, *shape = options.law.split(":")
    failures = None
    if options.failures:
        clock, up, down = options.failures.split(":")
        failures = (clock, numbers(up), numbers(down))
    line(case, "LINE", numbers(options.means), numbers(options.buffers, int), (kind, *shape), failures,
         options.feeders)
    case.expect("blocked", "LINE/S01", "")
    case.expect("throughput", "LINE", "", CYCLE * 1000)
    case.expect("level", "LINE", "")
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--out", type=pathlib.Path, help="folder of a case of your own")
    kinds = parser.add_subparsers(dest="kind")
    chain = kinds.add_parser("serial", help="base-stock stages in series, downstream first")
    chain.add_argument("--demand", required=True, help="poisson:MEAN, normal:MEAN:DEVIATION or constant:MEAN")
    chain.add_argument("--lead", required=True, help="lead times in periods: 1,1,2")
    chain.add_argument("--stock", required=True, help="local base-stock levels: 9,6,11")
    one = kinds.add_parser("stock", help="one stage with any policy")
    one.add_argument("--demand", required=True, help="as for serial")
    one.add_argument("--policy", default="order_up_to", choices=["order_up_to", "s_S", "r_Q"])
    one.add_argument("--lead", type=int, required=True, help="periods; ordered first in a period and there before its "
                     "demand is 1")
    one.add_argument("--level", type=float, help="S")
    one.add_argument("--reorder-at", type=float, help="s or r")
    one.add_argument("--lot", type=float, help="Q")
    one.add_argument("--most", type=float, help="most in one order, review once a period")
    one.add_argument("--review", type=int, default=1, help="periods between reviews")
    one.add_argument("--lost", action="store_true", help="what the stock cannot serve is lost")
    shops = kinds.add_parser("line", help="stations in series, first never starved, last never blocked")
    shops.add_argument("--means", required=True, help="mean times: 1,1,1")
    shops.add_argument("--buffers", default="", help="places between stations: 2,2")
    shops.add_argument("--feeders", type=int, default=1, help="so many first stations side by side, then a join")
    shops.add_argument("--failures", help="calendar or work, mean up times, mean down times: work:100,100:10,10")
    shops.add_argument("--law", default="exponential", help="exponential, constant or erlang:PHASES")
    options = parser.parse_args()

    if options.kind:
        if not options.out:
            parser.error("--out DIR says where the case goes")
        folder_write(options.out, own_case(options).files("command line"))
        return 0
    wrong = []
    for name, (origin, make) in CASES.items():
        files = make().files(origin)
        if options.check:
            wrong += [f"{name}/{file}" for file in folder_differs(HERE / name, files)]
        else:
            folder_write(HERE / name, files)
    if wrong:
        print("not what tools/cases.py writes: " + ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
