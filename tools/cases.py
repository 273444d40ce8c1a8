#!/usr/bin/env python3
"""Writes the textbook cases of scenarios/cases, and any other row of their families.

    tools/cases.py                      writes every committed case anew
    tools/cases.py --check              exit 1 when a committed folder is not what this script writes
    tools/cases.py --out DIR FAMILY ... a case of your own; `autopolis selftest DIR` runs it. What is not expected
                                        (--expect MEASURE=VALUE or ROW:MEASURE=VALUE, as often as you like) is shown

    stock      --demand poisson:20 --policy s_S --reorder-at 14 --level 62 --lead 1 --cost 1:9:64
    stock      --demand constant:10 --level 20 --lead 1 --fails 0.02 --recovers 0.2
    continuous --rate 4 --lead 2.5 --law exponential --level 13 [--lost] [--policy r_Q --reorder-at 3 --lot 5]
    serial     --demand poisson:5 --lead 1,1,2 --stock 9,6,11 --holding 7,4,2 --penalty 37.12
    assembly   --demand poisson:5 --level 7 --lead 1 --component 2:11 --component 2:13 [--usage 4]
    server     --level 5 --load 0.8 [--servers 2] [--lost]
    outage     --rate 10 --stock 60 --days 7 [--first]
    line       --means 1,1,1 --buffers 2,2 --law erlang:3 [--failures work:100,100,100:10,10,10] [--next 3,3,0]
    slotted    --fails 0.01,0.01 --recovers 0.1,0.1 --levels 4 [--clock calendar]
    bernoulli  --up 0.9,0.9 --levels 2
    fluid      --up 100,100 --down 10,10 --level 5 [--clock work]
    shift      --cycle 3 --spans 0-5,10-15 --rule finish --horizon 20
    exposure   --vehicle V1:100:3:50 --bill V1=E1+5S --stock E1:40 --site P1=V1,V2:150 --down P1+S1@2 --survives P1
    cascade    --firm A:1 --firm X:1 --flow "A>X:essential" --fails A --fails A+X
"""
import argparse
import pathlib
import sys

import cases_exposure
from cases_kit import (CYCLE, MILLI, Case, assembly, assembly_case, bernoulli, costs, demand, demand_each_tick,
                       failing_source, fluid, line, line_case, serial, served_stock, shifts, slotted, source, stage,
                       stage_by_ticks)
from cases_rows import CASES

HERE = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "cases"
ON_STOCK = ("on_hand", "backlog", "positive", "covered", "fill", "orders", "on_order", "shortfall", "full", "wait",
            "cost")
IN_UNITS = ("on_hand", "backlog", "on_order", "shortfall", "cost")


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


# Cases from the command line --------------------------------------------------------------------------------------

def numbers(text, kind=float):
    return [kind(word) for word in text.split(",")] if text else []


def law_of(text, scale=1):
    kind, *parameters = text.split(":")
    return (kind, *[float(word) * scale for word in parameters])


def scale_of(text):
    return MILLI if text.startswith("normal") and "whole" not in text else 1


def money_of(text):
    return costs(*numbers(text.replace(":", ","))) if text else {}


def show(case, options, rows, factors=()):
    """`rows`: row -> its measures. What --expect names is expected, the rest shown; factors: measure -> factor."""
    factors = dict(factors)
    expected = {}
    for words in options.expect or ():
        name, value = words.rsplit("=", 1)
        row, _, measure = name.rpartition(":")
        expected[(row or next(iter(rows)), measure)] = float(value)
    for row, measures in rows.items():
        for measure in measures:
            case.expect(measure, row, expected.pop((row, measure), ""), factors.get(measure))
    for (row, measure), value in expected.items():
        case.expect(measure, row, value, factors.get(measure))
    return case


def own_stock(o):
    scale = scale_of(o.demand)
    case = Case()
    source(case)
    case.read_each_period(o.read)
    supplier = "SOURCE"
    if o.fails:
        supplier = "FAILING"
        failing_source(case, supplier, o.fails, o.recovers)
    levels = {"order_up_to": o.level, "reorder_at": o.reorder_at, "lot": o.lot, "order_most": o.most}
    stage(case, "STAGE", o.lead, supplier, policy=o.policy,
          review=o.review * case.period if o.review > 1 or o.most else 1,
          **{name: round(level * scale) for name, level in levels.items() if level is not None}, **money_of(o.cost))
    demand(case, "STAGE", law_of(o.demand, scale), unmet="lost" if o.lost else None)
    return show(case, o, {"STAGE/X": ON_STOCK}, {measure: 1 / scale for measure in IN_UNITS if scale > 1})


def own_continuous(o):
    """A minute to a tick; as many of them to a lead time as --ticks says."""
    case = Case(days=400, warm_up=10, replications=400, tick_seconds=60)
    source(case)
    case.set("read_hours", 0.25)
    levels = {"order_up_to": o.level, "reorder_at": o.reorder_at, "lot": o.lot}
    stage_by_ticks(case, "STAGE", o.ticks, o.law, o.per, 1 / 60, policy=o.policy,
                   **{name: value for name, value in levels.items() if value is not None}, **money_of(o.cost))
    a_unit = o.ticks / o.lead
    case.add("demands", demand="D", enterprise="STAGE", product="X", demand_law="poisson", mean=o.rate / a_unit,
             every_hours=1 / 60, unmet="lost" if o.lost else None)
    # Orders are counted for each reading of fifteen ticks; a wait is in readings.
    return show(case, o, {"STAGE/X": ON_STOCK}, {"orders": a_unit / 15, "wait": 15 / a_unit})


def own_serial(o):
    leads, scale = numbers(o.lead, int), scale_of(o.demand)
    case = Case(period=next(k for k in (4, 6, 8, 12, 24) if k > len(leads)))
    case.read_each_period()
    names = serial(case, "STAGE", law_of(o.demand, scale), leads,
                   [round(level * scale) for level in numbers(o.stock)], numbers(o.holding), o.penalty)
    rows = {f"{name}/X": ("on_hand", "backlog", "positive", "covered") for name in names}
    rows["STAGE-1/X"] += ("fill",)
    rows["STAGE-*/X"] = ("cost",)
    return show(case, o, rows, {measure: 1 / scale for measure in IN_UNITS if scale > 1})


def own_assembly(o):
    case = assembly_case(offset=o.read)
    parts = [[float(word) for word in part.split(":")] for part in o.component]
    row = assembly(case, "PLANT", law_of(o.demand), o.level, round(o.lead * 4),
                   [(round(lead * 4), round(level), *money) for lead, level, *money in parts], o.usage,
                   *(numbers(o.cost.replace(":", ",")) if o.cost else ()))
    rows = {row: ("on_hand", "backlog", "positive", "shortfall", "full", "ready")}
    rows.update({f"PLANT/PLANT-{chr(65 + i)}": ("on_hand",) for i in range(len(parts))})
    rows["PLANT/*"] = ("cost",)
    return show(case, o, rows)


def own_server(o):
    case = Case(period=1, replications=800)
    case.read_each_period()
    product = served_stock(case, "MAKER", o.level, 10, 10 * o.load, o.servers, "lost" if o.lost else None)
    return show(case, o, {f"MAKER/{product}": ("on_hand", "backlog", "fill", "positive", "shortfall")})


def own_outage(o):
    """Read in the outage's last tick; or, to see when the first unit is missing, in every one."""
    case = Case(days=o.horizon if o.first else o.days, warm_up=0, replications=40000, tick_seconds=1800)
    source(case)
    case.set("read_hours", 0.5 if o.first else o.days * 24)
    case.set("read_offset_hours", 0 if o.first else o.days * 24 - 0.5)
    case.add("enterprises", enterprise="STOCK", district="Here", kind="supplier")
    case.add("stocks", enterprise="STOCK", product="X", policy="none", opening=o.stock)
    case.add("demands", demand="D", enterprise="STOCK", product="X", demand_law="poisson", mean=o.rate / 48,
             every_hours=0.5)
    # Backlog: what would have been lost; covered: the chance that nothing would.
    return show(case, o, {"STOCK/X": ("survived", "survived_deviation") if o.first else ("backlog", "covered")})


def own_line(o):
    case = line_case(replications=2000)
    kind, *shape = o.law.split(":")
    failures = None
    if o.failures:
        clock, up, down, *law = o.failures.split(":")
        failures = (clock, numbers(up), numbers(down), *law)
    line(case, "LINE", numbers(o.means), numbers(o.buffers, int), (kind, *shape), failures, o.feeders,
         numbers(o.next, int), o.blocking)
    return line_shown(case, o, len(numbers(o.means)))


def line_shown(case, o, shops, parts=1):
    rows = {"LINE": ("throughput", "level"), "LINE/S01": ("blocked",)}
    for i in range(1, shops):
        rows.setdefault(f"LINE/S{i:02d}", ())
        rows[f"LINE/S{i:02d}"] += ("between",)
    return show(case, o, rows, {"throughput": CYCLE * 1000 / parts, "between": 1 / parts if parts > 1 else None})


def own_slotted(o):
    case = line_case(replications=2000)
    slotted(case, "LINE", numbers(o.fails), numbers(o.recovers), numbers(o.levels, int), o.clock)
    return line_shown(case, o, len(numbers(o.fails)))


def own_bernoulli(o):
    case = line_case(replications=2000)
    bernoulli(case, "LINE", numbers(o.up), numbers(o.levels, int))
    return line_shown(case, o, len(numbers(o.up)))


def own_fluid(o):
    case = line_case(replications=2000)
    fluid(case, "LINE", numbers(o.up), numbers(o.down), o.level, o.clock, o.parts)
    return line_shown(case, o, 2, o.parts)


def own_shift(o):
    days = -(-round(o.horizon) // 24)
    case = Case(days=days, warm_up=0, replications=1, saturate="lines")
    case.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    shifts(case, "SHIFTS", [tuple(float(end) for end in span.split("-")) for span in o.spans.split(",")])
    line(case, "LINE", [o.cycle * 3600 / CYCLE], [], ("constant",), calendar="SHIFTS", shift_rule=o.rule)
    return show(case, o, {"LINE": ("made",), "LINE/S01": ("working",)}, {"working": 24 * days / o.horizon})


# The command line -------------------------------------------------------------------------------------------------

def stock_options(p, lead_kind):
    p.add_argument("--policy", default="order_up_to", choices=["order_up_to", "s_S", "r_Q"])
    p.add_argument("--lead", type=lead_kind, required=True, help="in periods; ordered first in a period and there "
                   "before its demand is 1. continuous: in units of time")
    p.add_argument("--level", type=float if lead_kind is int else int, help="S")
    p.add_argument("--reorder-at", type=float if lead_kind is int else int, help="s or r")
    p.add_argument("--lot", type=float if lead_kind is int else int, help="Q")
    p.add_argument("--lost", action="store_true", help="what the stock cannot serve is lost")
    p.add_argument("--cost", help="holding:shortage[:an order[:a unit]], for each reading")


def families(kinds):
    def family(name, make, text):
        p = kinds.add_parser(name, help=text)
        p.add_argument("--expect", action="append", metavar="[ROW:]MEASURE=VALUE", help="what must be found")
        p.set_defaults(make=make)
        return p

    p = family("stock", own_stock, "one stage, periodic, any policy (A2-A6, A9, A10)")
    p.add_argument("--demand", required=True, help="poisson:MEAN, normal:MEAN:DEVIATION or constant:MEAN")
    stock_options(p, int)
    p.add_argument("--most", type=float, help="most in one order, review once a period")
    p.add_argument("--review", type=int, default=1, help="periods between reviews")
    p.add_argument("--fails", type=float, help="chance that the source fails in a period")
    p.add_argument("--recovers", type=float, help="chance that it recovers")
    p.add_argument("--read", type=int, help="tick of the four in which stocks are read; 1: after the order, before "
                   "the demand")

    p = family("continuous", own_continuous, "one stage in continuous time (A1, A5, A7)")
    p.add_argument("--rate", type=float, required=True, help="of the demand, in a unit of time")
    stock_options(p, float)
    p.add_argument("--law", default="fixed", choices=["fixed", "uniform", "exponential"], help="of the lead time")
    p.add_argument("--per", default="unit", choices=["unit", "shipment"], help="what has a lead time of its own")
    p.add_argument("--ticks", type=int, default=360, help="ticks to a lead time; fewer run faster and coarser")

    p = family("serial", own_serial, "base-stock stages in series, downstream first (B1)")
    p.add_argument("--demand", required=True, help="as for stock")
    p.add_argument("--lead", required=True, help="lead times in periods: 1,1,2")
    p.add_argument("--stock", required=True, help="local base-stock levels: 9,6,11")
    p.add_argument("--holding", help="local holding costs: 7,4,2")
    p.add_argument("--penalty", type=float, help="of a unit of backlog at the first stage")

    p = family("assembly", own_assembly, "one-for-one assembly (B2, B3)")
    p.add_argument("--demand", required=True, help="poisson:MEAN, or normal:MEAN:DEVIATION in whole units")
    p.add_argument("--level", type=int, required=True, help="base stock of the finished product")
    p.add_argument("--lead", type=float, required=True, help="assembly time in periods, quarters allowed")
    p.add_argument("--component", action="append", required=True, help="LEAD:LEVEL[:HOLDING COST], in periods")
    p.add_argument("--usage", type=int, default=1, help="of each component in a product")
    p.add_argument("--cost", help="holding:shortage of the finished product")
    p.add_argument("--read", type=int, help="0: in the tick in which kits are started (shortfall, full, ready)")

    p = family("server", own_server, "made to stock by exponential servers (A8)")
    p.add_argument("--level", type=int, required=True, help="base stock")
    p.add_argument("--load", type=float, required=True, help="demand over what all servers can make")
    p.add_argument("--servers", type=int, default=1)
    p.add_argument("--lost", action="store_true", help="what the stock cannot serve is lost")

    p = family("outage", own_outage, "no supply for some days (A13)")
    p.add_argument("--rate", type=float, required=True, help="Poisson demand a day")
    p.add_argument("--stock", type=int, required=True, help="on hand at the start")
    p.add_argument("--days", type=int, required=True, help="length of the outage")
    p.add_argument("--first", action="store_true", help="measure when the first unit is missing, not what is lost")
    p.add_argument("--horizon", type=int, default=30, help="with --first: days until which it is waited for")

    p = family("line", own_line, "stations, first never starved, last never blocked (C1-C5)")
    p.add_argument("--means", required=True, help="mean times: 1,1,1")
    p.add_argument("--buffers", default="", help="places behind each station but the last: 2,2")
    p.add_argument("--feeders", type=int, default=1, help="so many first stations side by side, then a join")
    p.add_argument("--next", help="another graph: for each station the number of the next, 0 for the last: 3,3,0")
    p.add_argument("--failures", help="calendar, work or cycle, mean up times, mean down times[, law]: "
                   "work:100,100:10,10")
    p.add_argument("--law", default="exponential", help="exponential, constant or erlang:PHASES")
    p.add_argument("--blocking", choices=["after", "before"])

    p = family("slotted", own_slotted, "unit cycles, geometric failures (C6)")
    p.add_argument("--fails", required=True, help="chances in a slot: 0.01,0.01")
    p.add_argument("--recovers", required=True, help="chances in a slot: 0.1,0.1")
    p.add_argument("--levels", required=True, help="most parts between two machines, both counted: 4")
    p.add_argument("--clock", default="cycle", choices=["cycle", "calendar"], help="cycle: fails only when it works")

    p = family("bernoulli", own_bernoulli, "each machine up or down in each slot (C7)")
    p.add_argument("--up", required=True, help="chances: 0.9,0.9")
    p.add_argument("--levels", required=True, help="places between machines: 2")

    p = family("fluid", own_fluid, "two machines of speed 1 and a tank, as small parts (C8)")
    p.add_argument("--up", required=True, help="mean up times: 100,100")
    p.add_argument("--down", required=True, help="mean down times: 10,10")
    p.add_argument("--level", type=float, required=True, help="size of the tank")
    p.add_argument("--clock", default="calendar", choices=["work", "calendar"])
    p.add_argument("--parts", type=int, default=10, help="parts to a unit")

    p = family("shift", own_shift, "one machine and shifts (C11)")
    p.add_argument("--cycle", type=float, required=True, help="hours to a part")
    p.add_argument("--spans", required=True, help="shifts in whole hours: 0-5,10-15")
    p.add_argument("--rule", default="resume", choices=["resume", "finish", "fit"])
    p.add_argument("--horizon", type=float, required=True, help="hours, which `working` is a share of")
    cases_exposure.families(family)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--out", type=pathlib.Path, help="folder of a case of your own")
    parser.set_defaults(make=None)
    families(parser.add_subparsers(dest="family"))
    options = parser.parse_args()

    if options.make:
        if not options.out:
            parser.error("--out DIR says where the case goes")
        made = options.make(options)
        case = show(made[0], options, made[1]) if isinstance(made, tuple) else made
        folder_write(options.out, case.files("command line"))
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
