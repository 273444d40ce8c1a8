"""Vehicle plants: enterprises, lines, shops, and what a line builds."""
from common import around, between, keyed_share, pairs_of, whole_parts
from places import district_id
from trades import PROCESSES

HOURS_A_YEAR = 250 * 16 * 0.92      # facts 2: JPH is capacity / (250 d x 16 h x 0.92)
SPECIALS = 18
IN_HOUSE = "BIW01"                  # outer panels: the plant's own press shop


def special_districts(world):
    """Districts of the special-vehicle makers, drawn in proportion to their parts firms."""
    rows = [(district_id(r["name_en"]), int(r["auto_parts_firms_above_scale"])) for r in world.facts("districts")]
    places = []
    for k in range(1, SPECIALS + 1):
        point = keyed_share("special district", k) * sum(n for _, n in rows)
        places.append(next(d for i, (d, _) in enumerate(rows) if point < sum(n for _, n in rows[:i + 1])))
    return places


def line_shops(shops, line, cycle, source, confidence):
    """Body, paint and final; the painted-body store stands between paint and final."""
    ranged = between(round(cycle * 0.94, 2), round(cycle * 1.06, 2))
    # Hours between stops: availabilities of 0.97, 0.98 and 0.96 give about the 0.92 of the facts' rule for JPH.
    plan = [("body", "paint", 0.97, 24, 1, 26), ("paint", "final", 0.97, 90, 0.4, 40), ("final", "", 1, 0, 1, 19)]
    for shop, after, ratio, places, variant_share, up in plan:
        shops.add(line=line, shop=shop, next=after, cycle_seconds=round(cycle * ratio, 2),
                  buffer=max(2, round(places * min(1, 120 / cycle))) if places else 0,
                  variant_share=variant_share, failures="calendar", up_hours=up, down_hours=0.8, source=source,
                  confidence=confidence, low=round(ranged["low"] * ratio, 2), high=round(ranged["high"] * ratio, 2),
                  cycle_law="constant", law="uniform", note="buffers and failures assumed" if shop == "body" else "")


def line_cycles(plant, capacity):
    """Cycle seconds and yearly share of each line: cited takt, else equal parts of the derived JPH."""
    count, takt = int(plant["lines"]), float(plant["takt_seconds"] or 0)
    total = capacity / HOURS_A_YEAR
    if plant["plant_id"] == "CQ-CA-YB":
        return [(takt, 3600 / takt / total), (3600 / (total - 3600 / takt), 1 - 3600 / takt / total)]
    each = takt if takt else 3600 * count / total
    return [(round(each, 2), 1 / count)] * count


def plant_lines(lines, shops, plant, fact):
    capacity = int(fact["design_capacity"])
    cited = fact["confidence"] if plant["takt_seconds"] else "derived"
    confidence = "cited" if plant["takt_seconds"] else "estimated"
    for k, (cycle, part) in enumerate(line_cycles(plant, capacity), 1):
        line = f"{plant['plant_id']}-{k}"
        lines.add(line=line, enterprise=plant["plant_id"], nominal=round(capacity * part),
                  source=fact["source"], confidence=fact["confidence"], note=plant["note"],
                  **{"from": plant["from"], "until": plant["until"]})
        line_shops(shops, line, cycle, "plants.csv (takt)" if cited != "derived" else "plants.csv (JPH of the capacity)",
                   confidence)


def plant_enterprise(firms, plant, fact):
    fact_note = f"{fact['confidence']} in plants.csv" + ("; " + plant["note"] if plant["note"] else "")
    size = int(fact["output_2023"] or 0) * 100000
    ranged = {"low": round(size * 0.6), "high": round(size * 1.6), "law": "loguniform"} if size else \
        {"low": 0, "high": 0, "law": "uniform"}
    firms.enterprises.add(enterprise=plant["plant_id"], name=fact["owner"] + ": " + (fact["models"] or "no models"),
                          district=plant["district"], kind="plant", calendar="plant", identity="named",
                          family="vehicles", maker=fact["owner"].split(" (")[0], size=size, ttr_low_days=5,
                          ttr_mode_days=14, ttr_high_days=45, events_per_year=0.05, source=fact["source"],
                          confidence="assumed", note="size: output 2023 x 100,000 yuan; " + fact_note, **ranged)


def press_shop(firms, plant):
    _, headroom, overtime, _, _ = PROCESSES["stamping"]
    firms.makers.add(enterprise=plant, product=IN_HOUSE, headroom=1.6, low=headroom[1], high=1.9, law="triangular",
                     flow_hours=8, cover_days=1.5, outside_share=0, overtime_share=overtime,
                     source="bom_modules.csv (in-house)", confidence="assumed", note="the plant's own press shop")


def special_make(world, firms, lines, shops, fact):
    capacity = int(fact["design_capacity"])
    weights = [1 / keyed_share("special size", k) ** 0.5 for k in range(SPECIALS)]
    for k, (place, units) in enumerate(zip(special_districts(world), whole_parts(capacity, weights)), 1):
        plant = f"CQ-SP-{k:02d}"
        size = round(units * 280000)
        firms.enterprises.add(enterprise=plant, name=f"Special-vehicle maker {k} (synthetic)", district=place,
                              kind="plant", calendar="day-shift", identity="synthetic", family="vehicles",
                              maker=f"Special-vehicle maker {k}", size=size, ttr_low_days=5, ttr_mode_days=14,
                              ttr_high_days=45, events_per_year=0.05, source="plants.csv (CQ-SP: about 18 firms)",
                              confidence="synthetic", low=round(size / 3), high=size * 3, law="loguniform")
        lines.add(line=plant + "-1", enterprise=plant, nominal=units, source="plants.csv (CQ-SP)",
                  confidence="synthetic", note="share of 50,000 drawn")
        line_shops(shops, plant + "-1", round(3600 * (HOURS_A_YEAR / 2) / units, 2), "plants.csv (CQ-SP)", "synthetic")
    world.special_weights = weights


def plants_make(world, firms):
    lines = world.table("lines", "line enterprise calendar from until nominal")
    shops = world.table("shops", "line shop next cycle_seconds cycle_law shape buffer variant_share failures up_hours "
                        "down_hours")
    facts = {r["plant_id"]: r for r in world.facts("plants")}
    pressing = plants_that_press(world)
    for plant in world.crosswalk("plants"):
        fact = facts[plant["plant_id"]]
        if plant["plant_id"] == "CQ-SP":
            special_make(world, firms, lines, shops, fact)
            continue
        plant_enterprise(firms, plant, fact)
        if int(plant["lines"]):
            plant_lines(lines, shops, plant, fact)
        if plant["plant_id"] in pressing:
            press_shop(firms, plant["plant_id"])


def plants_that_press(world):
    """Plants with a bill that has outer panels."""
    keep = {r["bill"] for r in world.crosswalk("bills") if r["drop"].startswith("KEEP")}
    return {line.rsplit("-", 1)[0] for p in world.crosswalk("platforms") if p["bill"] not in keep
            for line, _ in pairs_of(p["lines"])}


def builds_make(world):
    table = world.table("builds", "line platform share")
    for row in world.crosswalk("platforms"):
        if row["lines"] == "SPECIAL":
            weights = world.special_weights
            pairs = [(f"CQ-SP-{k:02d}-1", w / sum(weights)) for k, w in enumerate(weights, 1)]
            pairs = [(line, round(share, 6)) for line, share in pairs]
            pairs[-1] = (pairs[-1][0], round(1 - sum(s for _, s in pairs[:-1]), 6))
        else:
            pairs = pairs_of(row["lines"])
        for line, share in pairs:
            ranged = around(share, 0.8, 1.2) if len(pairs) > 1 else between(1, 1, "uniform")
            table.add(line=line, platform=row["platform"], share=share, source="plants.csv (models); J",
                      confidence="assumed", **ranged)
