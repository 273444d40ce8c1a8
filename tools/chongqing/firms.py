"""Enterprises that make parts: named by a source, synthetic in the region, synthetic outside; and what they make."""
from common import around, keyed_order, keyed_share
from places import district_id
from trades import MODES, NEV_PEAK, PROCESSES, areas_of, process_of

FLOOR, CEILING, ALPHA = 20e6, 25e9, 1.13      # facts 3.1: Pareto, truncated
NAMED_SOURCE = "suppliers_named.csv; crosswalk/suppliers.csv"


def pareto_size(key, floor=FLOOR):
    """Inverse of the Pareto law truncated at the ceiling, in whole 10,000 yuan."""
    tail = (floor / CEILING) ** ALPHA
    size = floor * (1 - keyed_share("size", key) * (1 - tail)) ** (-1 / ALPHA)
    return int(size // 10000) * 10000


def size_range(size, spread=3.0):
    low = max(FLOOR, size / spread)   # the register holds firms above the floor only
    return {"low": round(low), "high": round(size * spread), "law": "loguniform"}


class Firms:
    """Collects enterprises and maker rows; knows which firm makes which family."""

    def __init__(self, world):
        self.world = world
        self.enterprises = world.table("enterprises", "enterprise name name_zh district kind identity calendar "
                                       "family maker size ttr_low_days ttr_mode_days ttr_high_days events_per_year")
        self.makers = world.table("makers", "enterprise product headroom flow_hours yield cover_days "
                                  "outside_share overtime_share")
        self.family_rows = {r["family_id"]: r for r in world.facts("bom_modules")}
        self.makers_of = {f: [] for f in self.family_rows}     # family -> [(firm id, size, in region)]

    def enterprise_add(self, firm, name, district, group, first_family, size, **more):
        calendar, _, _, ttr, events = PROCESSES[process_of(first_family)]
        if more.pop("outside", False) and calendar == "supplier":
            calendar = "outside"
        self.enterprises.add(enterprise=firm, name=name, district=district, kind="supplier", calendar=calendar,
                             family=group, size=size, ttr_low_days=ttr[0], ttr_mode_days=ttr[1],
                             ttr_high_days=ttr[2], events_per_year=events, **more)

    def maker_add(self, firm, family, size, in_region, **more):
        process, row = process_of(family), self.family_rows[family]
        _, headroom, overtime, _, _ = PROCESSES[process]
        mode = MODES[row["delivery_mode"]]
        lead = 80 if family == "SUB01" else float(row["order_lead_days"])
        peak = NEV_PEAK if float(row["qty_ice"]) == 0 else 1
        values = {"headroom": round(headroom[0] * peak, 2), "low": round(headroom[1] * peak, 2),
                  "high": round(headroom[2] * peak, 2), "law": "triangular",
                  "flow_hours": max(1, round(lead * 24 * mode[5])), "cover_days": mode[4],
                  "outside_share": 0.35 if in_region else 0.6, "overtime_share": overtime,
                  "source": "J (process: " + process + ")", "confidence": "assumed"}
        if process in ("casting", "fab", "cells", "glass"):
            values["yield"] = {"casting": 0.96, "fab": 0.95, "cells": 0.95, "glass": 0.97}[process]
        values.update({k: v for k, v in more.items() if v is not None})
        self.makers.add(enterprise=firm, product=family, **values)
        self.makers_of[family].append((firm, size, in_region))


def named_make(firms):
    facts = {r["name"]: r for r in firms.world.facts("suppliers_named")}
    outside = {"Yibin", "Chengdu", "Suining"}
    taken = []                                             # (group, district) in the region
    for row in firms.world.crosswalk("suppliers"):
        fact = facts[row["name"]]
        if not row["families"]:
            continue
        in_region = row["district"] not in outside
        families, size = row["families"].split(";"), int(row["size"])
        firms.enterprise_add(row["id"], row["name"], row["district"], row["group"], families[0], size,
                             name_zh=fact["name_zh"], identity="named", source=NAMED_SOURCE + " (" + fact["source"] + ")",
                             confidence="assumed", note="the firm is " + fact["confidence"] + "; size assumed"
                             + ("; " + row["note"] if row["note"] else ""), **size_range(size, 2.0))
        for family in families:
            firms.maker_add(row["id"], family, size, in_region, outside_share=float(row["outside_share"]))
        if in_region:
            taken.append((row["group"], row["district"]))
    return taken


def families_drawn(firm, choices):
    """One to three families of the group, by weight and without replacement."""
    u = keyed_share("how many", firm)
    count, left, chosen = 1 + (u > 0.5) + (u > 0.8), list(choices), []
    for k in range(min(count, len(left))):
        point = keyed_share("family", firm, k) * sum(w for _, w in left)
        for i, (family, weight) in enumerate(left):
            point -= weight
            if point < 0 or i == len(left) - 1:
                chosen.append(family)
                del left[i]
                break
    return chosen


def group_weights(firms, families):
    rows = firms.family_rows
    return [(f, float(rows[f]["suppliers_in_reach"]) * max(0.05, float(rows[f]["share_from_sichuan_chongqing"])))
            for f in families]


def firm_plan(firms, taken):
    """(group row, number) of every synthetic firm, with the district slots that named firms leave free."""
    counts = {r["part_family"]: int(r["firms_above_scale_2023"]) for r in firms.world.facts("suppliers_family_split")}
    slots = []
    for row in firms.world.facts("districts"):
        name = district_id(row["name_en"])
        free = int(row["auto_parts_firms_above_scale"]) - sum(1 for _, d in taken if d == name)
        slots += [(name, k) for k in range(max(0, free))]
    slots = keyed_order(slots, "slot", lambda s: f"{s[0]}-{s[1]}")
    plan = []
    for group in firms.world.crosswalk("family_groups"):
        free = counts[group["part_family"]] - sum(1 for g, _ in taken if g == group["group"])
        plan += [(group, k) for k in range(1, free + 1)]
    plan = keyed_order(plan, "firm", lambda p: f"{p[0]['code']}-{p[1]}")
    assert len(plan) <= len(slots), (len(plan), len(slots))
    return sorted(zip(plan, slots), key=lambda z: (z[0][0]["code"], z[0][1]))


def families_left_over(firms, group, chosen):
    """Families of the group that nobody in the region makes: given to the firms with the lowest key."""
    for family in group["families"].split(";"):
        share = float(firms.family_rows[family]["share_from_sichuan_chongqing"])
        have = sum(1 for families in chosen.values() if family in families)
        have += sum(1 for _, _, local in firms.makers_of[family] if local)
        for firm in keyed_order(chosen, "left over " + family)[:max(0, (2 if share >= 0.3 else 1) - have)]:
            if family not in chosen[firm]:
                chosen[firm].append(family)


def synthetic_make(firms, taken):
    plan, by_group = firm_plan(firms, taken), {}
    for (group, k), (district, _) in plan:
        by_group.setdefault(group["code"], (group, []))[1].append((f"SYN-{group['code']}-{k:04d}", district, k))
    for code, (group, members) in by_group.items():
        weights = group_weights(firms, group["families"].split(";"))
        chosen = {firm: families_drawn(firm, weights) for firm, _, _ in members}
        families_left_over(firms, group, chosen)
        for firm, district, k in members:
            size = pareto_size(firm)
            firms.enterprise_add(firm, f"{group['part_family']} {k} (synthetic)", district, group["group"],
                                 chosen[firm][0], size, identity="synthetic",
                                 source="suppliers_family_split.csv; districts.csv; Pareto 1.13",
                                 confidence="synthetic", **size_range(size))
            for family in chosen[firm]:
                firms.maker_add(firm, family, size, True, confidence="synthetic",
                                outside_share=round(0.15 + 0.4 * keyed_share("outside", firm), 2))


def outside_make(firms):
    for family, row in firms.family_rows.items():
        share, reach = float(row["share_from_sichuan_chongqing"]), float(row["suppliers_in_reach"])
        if share >= 0.98:
            continue
        count = min(6, max(2 if share < 0.7 else 1, round(reach * (1 - share))))
        areas = areas_of(family, row["delivery_mode"])
        for k in range(1, count + 1):
            firm = f"OUT-{family}-{k:02d}"
            point = keyed_share("area", firm) * sum(w for _, w in areas)
            place = next((a for i, (a, _) in enumerate(areas) if point < sum(w for _, w in areas[:i + 1])), areas[-1][0])
            size = pareto_size(firm, 100e6)
            firms.enterprise_add(firm, f"{row['module']}: outside supplier {k} (synthetic)", place, "outside", family,
                                 size, outside=True, identity="synthetic",
                                 source="bom_modules.csv (suppliers in reach, share)", confidence="synthetic",
                                 **size_range(size))
            firms.maker_add(firm, family, size, False, confidence="synthetic")


def firms_make(world):
    firms = Firms(world)
    taken = named_make(firms)
    synthetic_make(firms, taken)
    outside_make(firms)
    return firms


