"""Products, bills of materials, sourcing rules and the links that a source names."""
from common import around, between, keyed_share, pairs_of
from trades import MODES, STANDARD

BASES = ("ice", "bev", "phev", "erev")
BODY = ("body",)
# Families whose fractional quantity or share becomes an option.
OPTION_OF = {"ENG10": "turbo", "EXT07": "sunroof", "EXT10": "power-tailgate", "ELE08": "adas-domain",
             "BIW04": "alu-castings", "EDR01": "second-motor", "EDR02": "generator", "EDR03": "second-inverter"}
LEAST_MARGIN = 1.25             # a part is worth at least this many times what goes into it
CELL_PRICE = (450, 900)         # yuan per kWh, defaults.md: 0.9 in 2022, 0.45 at the end of 2023


def take_rate(row, base):
    """Share of vehicles that have the option, and the pieces every vehicle has."""
    quantity = float(row["qty_" + base])
    if row["family_id"] in ("EXT07", "EXT10", "ELE08", "ENG10") or quantity < 1:
        return (0, 1) if quantity >= 1 else (round(quantity, 2), 0)
    whole = int(quantity)
    return round(quantity - whole, 2), whole


def unit_value(row, base):
    quantity, value = float(row["qty_" + base]), float(row["value_cny_" + base])
    return value / quantity if quantity else 0


def products_make(world):
    table = world.table("products", "product name system per tier value")
    subtier = {r["component"]: r for r in world.crosswalk("subtier")}
    for row in world.facts("bom_modules"):
        family = row["family_id"]
        value = next(unit_value(row, b) for b in BASES if float(row["qty_" + b]) > 0)
        name, note = row["module"], "first of ICE, BEV, PHEV, EREV"
        if family in subtier:
            value, note = float(subtier[family]["unit_value"]), "unit: " + subtier[family]["unit"]
        value = round(value, 2)
        standard = family in STANDARD or row["tier"] == "2"
        table.add(product=family, name=name, system=row["system"], per="once" if standard else "platform",
                  tier=row["tier"], value=value, source=row["source"], confidence="estimated", note=note,
                  **around(value, 0.75, 1.35, 2))


class Bill:
    """One row of crosswalk/bills.csv."""

    def __init__(self, row):
        self.row, self.name, self.base = row, row["bill"], row["base"]
        drop = row["drop"].split()
        self.only = set(drop[1].split(";")) if drop and drop[0] == "KEEP" else None
        self.dropped = set() if self.only else set(row["drop"].split(";"))
        self.quantities = {name: int(q) for name, q in pairs_of(row["quantities"])}

    def has(self, family):
        if family in self.quantities:
            return True
        return family in self.only if self.only is not None else family not in self.dropped

    def scale(self, system):
        return float(self.row["scale_body"] if system in BODY else self.row["scale"])


def contents_value(world):
    """Value of what goes into one piece of a family, from crosswalk/subtier.csv."""
    inside = {}
    for row in world.crosswalk("subtier"):
        for parent, pieces in pairs_of(row["parents"]):
            inside[parent] = inside.get(parent, 0) + pieces * float(row["unit_value"])
    return inside


def bom_value_row(bill, row, quantity, inside):
    """Value of so many pieces in this bill, or nothing where all bills share the unit value."""
    family, base = row["family_id"], bill.base
    if family == "BAT01":
        price = unit_value(row, base)
        low, high = float(bill.row["kwh_low"]) * CELL_PRICE[0], float(bill.row["kwh_high"]) * CELL_PRICE[1]
        return {"value": round(quantity * price), **between(round(low), round(high))}
    if family in STANDARD:
        return {}
    each = unit_value(row, base)
    if family == "EDR02" and bill.name == "BILL-FCEV":
        return {"value": 200000, **between(120000, 300000)}
    if family == "INT01" and quantity > 1:
        each /= 4
    value = round(max(each * quantity * bill.scale(row["system"]), LEAST_MARGIN * quantity * inside.get(family, 0)), -1)
    return {"value": value, **around(value, 0.8, 1.3, 0)}


def bill_rows(world, bill):
    """(family row, pieces, option, take) of a bill."""
    for row in world.facts("bom_modules"):
        family = row["family_id"]
        if row["tier"] != "1" or not bill.has(family):
            continue
        if family == "BAT01":
            if float(bill.row["kwh"]) > 0:
                yield row, int(bill.row["kwh"]), "", 1
            continue
        if family in bill.quantities:
            yield row, bill.quantities[family], "", 1
            continue
        take, whole = take_rate(row, bill.base)
        if bill.row["options"] == "no" and whole == 0 and take > 0:
            continue
        if whole:
            yield row, whole, "", 1
        if take and bill.row["options"] == "yes":
            yield row, 1, OPTION_OF[family], take


def bom_make(world):
    table = world.table("bom", "bill component option quantity value at")
    first = {"engine": "last", "body": "first"}
    options, inside = {}, contents_value(world)
    for bill in (Bill(r) for r in world.crosswalk("bills")):
        for row, pieces, option, take in bill_rows(world, bill):
            at = "last" if row["family_id"] == "BIW05" else first.get(row["system"], "last")
            table.add(bill=bill.name, component=row["family_id"], option=option, quantity=pieces, at=at,
                      source="bom_modules.csv; crosswalk/bills.csv", confidence="estimated",
                      note=f"fitted share {take}" if option else "",
                      **bom_value_row(bill, row, pieces, inside))
            if option:
                options.setdefault(bill.name, {})[option] = take
    for row in world.crosswalk("subtier"):
        for parent, pieces in pairs_of(row["parents"]):
            table.add(bill=parent, component=row["component"], quantity=int(pieces),
                      source="bom_modules.csv; crosswalk/subtier.csv", confidence="estimated")
    world.options = options


def sourcing_make(world, firms):
    table = world.table("sourcing", "product sources unapproved local_share transit_hours outside_hours "
                        "spread_hours review_hours cover_days")
    for row in world.facts("bom_modules"):
        family = row["family_id"]
        review, near, spread, far, _, _ = MODES[row["delivery_mode"]]
        share = float(row["share_from_sichuan_chongqing"])
        local = [m for m in firms.makers_of[family] if m[2]]
        away = [m for m in firms.makers_of[family] if not m[2]]
        centre = 0 if not local else 1 if not away else share
        ranged = between(round(centre * 0.75, 3), min(1, round(centre * 1.1, 3))) if 0 < centre < 1 else \
            between(centre, centre, "uniform")
        transit = float(row["transit_days"]) * 24
        table.add(product=family, sources=float(row["sources_per_plant"]),
                  unapproved=1 if row["sources_per_plant"] == "1" and len(local) + len(away) > 1 else 0,
                  local_share=centre, transit_hours=min(near, max(1, transit)), outside_hours=max(far, transit),
                  spread_hours=spread, review_hours=review, cover_days=row["in_plant_stock_days"],
                  source="bom_modules.csv", confidence="estimated",
                  note="local share: the file's share from Sichuan and Chongqing; low: a quarter of it in Sichuan",
                  **ranged)


def second_source(firms, family, buyer, chosen):
    """A synthetic second source for a named one: by size and key, in the region or not by the family's share."""
    share = float(firms.family_rows[family]["share_from_sichuan_chongqing"])
    near = keyed_share("second near", family, buyer) < share
    pool = [m for m in firms.makers_of[family] if m[0] not in chosen and m[0].startswith(("SYN", "OUT"))]
    pool = [m for m in pool if m[2] == near] or pool
    if not pool:
        return None
    point = keyed_share("second", family, buyer) * sum(m[1] for m in pool)
    for maker in pool:
        point -= maker[1]
        if point < 0:
            break
    return maker


def named_customers(world):
    """(buyer, family) -> named suppliers, from crosswalk/suppliers.csv."""
    every = [p["plant_id"] for p in world.crosswalk("plants") if p["plant_id"] not in ("CQ-SP", "CQ-GL", "CQ-LI", "CQ-HT")]
    who = {}
    for row in world.crosswalk("suppliers"):
        if not row["families"]:
            continue
        buyers = every if row["buyers"] == "ALL" else [b for b in row["buyers"].split(";") if b]
        for family in row["families"].split(";"):
            for buyer in buyers:
                who.setdefault((buyer, family), []).append(row["id"])
    return who


def links_make(world, firms, used):
    """used: (plant, family) pairs that some bill needs; a link of a family the plant never uses is left out."""
    table = world.table("links", "buyer component supplier share approved transit_hours spread_hours")
    for (buyer, family), named in sorted(named_customers(world).items()):
        if (buyer, family) not in used:
            continue
        size = {m[0]: m for m in firms.makers_of[family]}
        sources = int(float(firms.family_rows[family]["sources_per_plant"]))
        second = second_source(firms, family, buyer, named) if len(named) <= max(1, sources - 1) or len(named) == 1 else None
        part = (0.7 if sources == 1 else 0.6) if second else 1.0
        weights = [part / len(named)] * len(named)
        rows = list(zip(named, weights)) + ([(second[0], 1 - part)] if second else [])
        _, near, spread, far, _, _ = MODES[firms.family_rows[family]["delivery_mode"]]
        transit = float(firms.family_rows[family]["transit_days"]) * 24
        for supplier, share in rows:
            away = not size[supplier][2]
            hours = (36 if supplier in ("catl-changan-yibin", "calb-chengdu", "svolt-suining") else max(far, transit)) \
                if away else min(near, max(1, transit))
            table.add(buyer=buyer, component=family, supplier=supplier, share=round(share, 3), approved="yes",
                      transit_hours=hours, spread_hours=hours / 5 if away else spread,
                      source="suppliers_named.csv (customers); crosswalk/suppliers.csv", confidence="assumed",
                      note="customer named; share assumed" if supplier in named else "second source drawn",
                      **between(round(share * 0.6, 3), min(1, round(share * 1.4, 3))))
