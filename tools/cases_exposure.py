"""Cases of exposure: what outages cost by linear program, how long they are survived, and the systemic risk index.

A period of the published instance is a day here, and a tick. "Any site may supply any site" is a depot that holds every
stock, buys from every site that makes the item and sells to every site that needs it. A capacity that several items of
a site share is a part of its own, SLOT, of which the site makes so many a day and every unit of those items takes one.
"""
import re

from cases_kit import Case, day

DEPOT, SLOT = "DEPOT", "SLOT"
NEVER = 36500          # a time to survive that no outage reaches


def bill_of(text):
    """E1+G+5S+4W -> {"E1": 1, "G": 1, "S": 5, "W": 4}"""
    parts = {}
    for word in text.replace(" ", "").split("+"):
        quantity, part = re.fullmatch(r"(?:(\d+)\*?)?([^\d*].*)", word).groups()
        parts[part] = parts.get(part, 0) + int(quantity or 1)
    return parts


def exposure(vehicles, bills, stocks, sites):
    """vehicles: name -> (demand a period, margin, stock); bills: item -> {part: quantity}; stocks: part -> units;
    sites: name -> (items, capacity a period)."""
    case = Case(days=60, warm_up=0, replications=1, tick_seconds=86400, make_hours=24)
    shared = {item for items, _ in sites.values() if len(items) > 1 for item in items}
    items = list(dict.fromkeys([*vehicles, *bills, *stocks, *(part for bill in bills.values() for part in bill)]))
    for item in items:
        case.add("products", product=item, value=1, margin=vehicles[item][1] if item in vehicles else None)
        for part, quantity in bills.get(item, {}).items():
            case.add("bom", bill=item, component=part, quantity=quantity)
        if item in shared:
            case.add("bom", bill=item, component=SLOT, quantity=1)
    if shared:
        case.add("products", product=SLOT, value=0)
    case.add("enterprises", enterprise=DEPOT, district="Here", kind="supplier")
    for item in items:
        held = vehicles[item][2] if item in vehicles else stocks.get(item, 0)
        case.add("stocks", enterprise=DEPOT, product=item, policy="order_up_to", order_up_to=held, opening=held)
    total = {}
    for made, capacity in sites.values():
        for item in made:
            total[item] = total.get(item, 0) + capacity
    for site, (made, capacity) in sites.items():
        case.add("enterprises", enterprise=site, district="Here", kind="supplier")
        case.add("shocks", shock=site, **{"from": day(0), "until": day(5)}, scope="enterprise", target=site,
                 basis="capacity", factor=0, active="no")   # for simulations
        makers_add(case, site, made, capacity, shared)
        for item in made:
            case.add("links", buyer=DEPOT, component=item, supplier=site, transit_hours=24,
                     share=round(capacity / total[item], 6))
        parts_add(case, site, made, capacity, bills)
    for item, (mean, _, _) in vehicles.items():
        case.add("demands", demand="D-" + item, enterprise=DEPOT, product=item, demand_law="constant", mean=mean,
                 every_hours=24, unmet="lost")
    return case


def makers_add(case, site, made, capacity, shared):
    for item in [*made, *([SLOT] if shared.intersection(made) else [])]:
        case.add("makers", enterprise=site, product=item, capacity=capacity / 24, cover_days=0, overtime_share=0)
        case.add("stocks", enterprise=site, product=item, policy="order_up_to",
                 order_up_to=round(capacity) if item == SLOT else 0, opening=0)


def parts_add(case, site, made, capacity, bills):
    """Parts are bought for a period ahead; who makes its own parts cannot buy them (name it as two sites)."""
    needs = {}
    for item in made:
        for part, quantity in bills.get(item, {}).items():
            assert part not in made, f"{site} makes {part} and uses it: name it as two sites that are down together"
            needs[part] = max(needs.get(part, 0), quantity)
    for part, quantity in needs.items():
        case.add("stocks", enterprise=site, product=part, policy="order_up_to",
                 order_up_to=round(2 * quantity * capacity), opening=0)
        case.add("links", buyer=site, component=part, supplier=DEPOT, transit_hours=24)


def cascade(sectors, flows):
    """sectors: firm -> sector; flows: (supplier, customer, kind, weight)."""
    case = Case(days=1, warm_up=0, replications=1)
    case.add("products", product="NOTHING", value=0)
    for firm, sector in sectors.items():
        case.add("enterprises", enterprise=firm, district="Here", kind="supplier", family=str(sector))
    for supplier, customer, kind, weight in flows:
        case.add("flows", supplier=supplier, buyer=customer, kind=kind, yuan=weight)
    return case


# Rows --------------------------------------------------------------------------------------------------------------

def case_d1():
    case = exposure({"P1": (75, 5000, 20), "P2": (50, 6500, 25)}, {}, {},
                    {"S1": (("P1", "P2"), 30), "S2": (("P1", "P2"), 45), "S3": (("P1", "P2"), 60)})
    for down, lost, survived in (("none", 0, NEVER), ("S1", 0, 2.25), ("S2", 125000, 9 / 7), ("S3", 275000, 0.9)):
        case.expect("lost_margin", f"{down}@2", lost)
        case.expect("survives", down, survived)
    return case


D2_VEHICLES = {"V1": (100, 3, 50), "V2": (60, 5, 30), "V3": (40, 8, 20)}
D2_BILLS = {"V1": bill_of("E1+G+5S+4W"), "V2": bill_of("E2+G+5S+4W"), "V3": bill_of("E2+G+7S+4W"),
            "E1": bill_of("2C+K"), "E2": bill_of("3C+K"), "G": bill_of("C+2K"), "S": bill_of("3F")}
D2_STOCKS = {"E1": 40, "E2": 40, "G": 100, "S": 400, "W": 300, "C": 500, "K": 300, "F": 1000}
D2_SITES = {"P1": (("V1", "V2"), 150), "P2": (("V2", "V3"), 90), "A": (("E1",), 110), "B": (("E2",), 70),
            "Cc": (("E1", "E2"), 60), "D": (("G",), 130), "Ee": (("G",), 100), "Fs": (("S",), 700),
            "Gs": (("S",), 500), "H": (("W",), 500), "I": (("W",), 400), "J": (("C",), 600), "Kc": (("C",), 150),
            "L": (("K",), 650), "M": (("F",), 2400), "N": (("F",), 1200)}
# site: lost at 2 periods, at 6, time to survive. Fractions that the published decimals round: by the same program in
# exact arithmetic.
D2_LOST = {"none": (0, 0, NEVER), "P1": (450, 1700, 0.5), "P2": (480, 1760, 0.5), "L": (320, 3620, 22 / 15),
           "Fs": (132, 1524, 47 / 29), "H": (75, 1275, 1.75), "M": (52, 5120 / 3, 191 / 102), "D": (0, 1200, 2),
           "J": (0, 2305, 23 / 11), "A": (0, 720, 2.25), "B": (0, 750, 2.25), "I": (0, 825, 7 / 3),
           "Gs": (0, 804, 47 / 19), "Ee": (0, 660, 20 / 7), "Cc": (0, 450, 3), "N": (0, 244, 191 / 42),
           "Kc": (0, 0, 11.5)}


def case_d2():
    case = exposure(D2_VEHICLES, D2_BILLS, D2_STOCKS, D2_SITES)
    for down, (two, six, survived) in D2_LOST.items():
        case.expect("lost_margin", f"{down}@2", two)
        case.expect("lost_margin", f"{down}@6", six)
        case.expect("survives", down, survived)
    return case


D4_SECTORS = {"A": 1, "X": 1, "I": 1, "B": 2, "C": 2, "D": 2, "L": 2, "E": 3, "F": 3, "J": 3, "K": 4, "G": 5, "H": 99}
D4_FLOWS = [("A", "X", "essential", 1), ("B", "X", "essential", 1), ("C", "X", "essential", 1),
            ("D", "X", "essential", 1), ("E", "X", "non_essential", 1), ("F", "X", "non_essential", 1),
            ("G", "X", "non_essential", 1), ("H", "X", "irrelevant", 1), ("X", "I", "essential", 1),
            ("X", "J", "non_essential", 1), ("X", "K", "essential", 1), ("K", "L", "essential", 1)]
D4_RISK = {"X": 1, "A": 5 / 12, "K": 7 / 18, "L": 7 / 18, "I": 11 / 36, "J": 11 / 36, "B": 23 / 168, "C": 23 / 168,
           "D": 23 / 168, "E": 343 / 2784, "F": 343 / 2784, "G": 343 / 2784, "H": 1 / 12}


def case_d4():
    case = cascade(D4_SECTORS, D4_FLOWS)
    for down, risk in D4_RISK.items():
        case.expect("systemic_risk", down, risk)
    case.expect("systemic_risk", "E+I", 0.369731801)   # nine digits are known: 1e-9 of it
    return case


# Of one's own ------------------------------------------------------------------------------------------------------

def own_exposure(o):
    vehicles = {}
    for text in o.vehicle:
        name, *numbers = text.split(":")
        demand, margin, stock = [float(word) for word in numbers] + [0] * (3 - len(numbers))
        vehicles[name] = (demand, margin, round(stock))
    stocks = {name: int(units) for name, units in (text.rsplit(":", 1) for text in o.stock or ())}
    sites = {}
    for text in o.site:
        name, rest = text.split("=", 1)
        made, capacity = rest.rsplit(":", 1)
        sites[name] = (tuple(made.split(",")), float(capacity))
    bills = {name: bill_of(parts) for name, parts in (text.split("=", 1) for text in o.bill or ())}
    return exposure(vehicles, bills, stocks, sites), {
        **{down: ("lost_margin",) for down in o.down or ()}, **{down: ("survives",) for down in o.survives or ()}}


def own_cascade(o):
    sectors = dict(text.rsplit(":", 1) for text in o.firm)
    flows = []
    for text in o.flow:
        names, kind, *weight = text.split(":")
        supplier, customer = names.split(">")
        flows.append((supplier, customer, kind, float(weight[0]) if weight else 1))
    return cascade(sectors, flows), {down: ("systemic_risk",) for down in o.fails}


def families(family):
    p = family("exposure", own_exposure, "what outages cost, and how long they are survived (D1, D2)")
    p.add_argument("--vehicle", action="append", required=True, metavar="V1:100:3:50",
                   help="demand a period, margin, stock")
    p.add_argument("--bill", action="append", metavar="V1=E1+G+5S+4W")
    p.add_argument("--stock", action="append", metavar="E1:40")
    p.add_argument("--site", action="append", required=True, metavar="P1=V1,V2:150", help="items, capacity a period")
    p.add_argument("--down", action="append", metavar="P1+J@2", help="who is down, and for how many periods: lost_margin")
    p.add_argument("--survives", action="append", metavar="P1", help="who is down: longest outage without loss")

    p = family("cascade", own_cascade, "systemic risk index (D4)")
    p.add_argument("--firm", action="append", required=True, metavar="A:1", help="its sector")
    p.add_argument("--flow", action="append", required=True, metavar="A>X:essential[:WEIGHT]",
                   help="essential, non_essential or irrelevant")
    p.add_argument("--fails", action="append", required=True, metavar="E+I", help="who fails together")
