"""Markets, yearly export shares, lanes and their legs."""
from common import YEARS, around

SAILINGS = 3.0          # facts 4.3: about three ro-ro sailings a day are possible city-wide


def market_shares(world):
    """Share of 2022 and 2023 per market: rows of the facts split by crosswalk/markets.csv."""
    facts = {r["market"]: r for r in world.facts("export_destinations")}
    rows = world.crosswalk("markets")
    others = sum(float(r["part"]) for r in rows if r["of"] == "OTH")
    rest = next(r for r in facts.values() if r["iso3"] == "OTH")
    shares = {}
    for row in rows:
        fact = rest if row["of"] == "OTH" else facts[row["of"]]
        part = float(row["part"]) / others if row["of"] == "OTH" else float(row["part"])
        for year in (2022, 2023):
            shares[row["market"], year] = round(float(fact[f"chongqing_share_{year}"]) * part, 6)
    return shares


def markets_make(world):
    table = world.table("markets", "market name name_zh iso3 channel lane price_ratio")
    table.add(market="chongqing", name="Chongqing", name_zh="重庆", iso3="CHN", channel="local", lane="LOCAL",
              price_ratio=1, source="D", confidence="derived")
    table.add(market="china", name="rest of China", name_zh="国内其他地区", iso3="CHN", channel="domestic",
              lane="DOMESTIC", price_ratio=1, source="D", confidence="derived")
    for row in world.crosswalk("markets"):
        ratio = float(row["price_ratio"])
        table.add(market=row["market"], name=row["name"], name_zh=row["name_zh"], iso3=row["iso3"], channel="export",
                  lane=row["lane"], price_ratio=ratio, source="export_destinations.csv; crosswalk/markets.csv; J (ratio)",
                  confidence="assumed", **around(ratio, 0.85, 1.15, 3))
    shares = market_shares(world)
    world.market_shares = shares
    table = world.table("shares", "market year share")
    for row in world.crosswalk("markets"):
        for year in YEARS:
            known = year in (2022, 2023)
            share = shares[row["market"], 2022 if year < 2023 else 2023]
            confidence = "estimated" if known and row["of"] != "OTH" else "assumed"
            source = "export_destinations.csv" if known else "export_destinations.csv (nearest year)"
            note = "one of about 50 others: weight assumed" if row["of"] == "OTH" else ""
            table.add(market=row["market"], year=year, share=share, source=source, confidence=confidence, note=note,
                      **around(share, 0.6, 1.5))


def ship_departures(world):
    """Sailings a day of each ro-ro lane: the three possible ones in proportion to the flow of 2023, weekly at least."""
    flow = {}
    for row in world.crosswalk("markets"):
        flow[row["lane"]] = flow.get(row["lane"], 0) + world.market_shares[row["market"], 2023]
    ships = [r["lane"] for r in world.crosswalk("lanes") if r["share_of_ships"] == "yes"]
    total = sum(flow[lane] for lane in ships)
    return {lane: round(max(1 / 7, SAILINGS * flow[lane] / total), 3) for lane in ships}


def lanes_make(world):
    lanes = world.table("lanes", "lane name")
    legs = world.table("legs", "lane leg mode origin destination departures capacity transit_hours spread_hours cost")
    facts = {r["lane_id"]: r for r in world.facts("lanes")}
    sailings = ship_departures(world)
    for row in world.crosswalk("lanes"):
        lanes.add(lane=row["lane"], name=row["name"], source="lanes.csv; crosswalk/lanes.csv", confidence="assumed",
                  note=row["note"])
        for number, leg in enumerate(row["legs"].split(";"), 1):
            fact = facts[leg]
            departures = float(row["departures"] or sailings[row["lane"]]) if number == 1 else 0.5
            days, low, high = (float(fact["transit_days" + k]) if fact["transit_days" + k] else None
                               for k in ("", "_low", "_high"))
            mode = {"water": "river", "rail": "rail", "road": "road", "sea": "sea"}[fact["mode"].split()[0]]
            legs.add(lane=row["lane"], leg=number, mode=mode, origin=fact["origin"], destination=fact["destination"],
                     departures=departures, capacity=leg_capacity(fact, leg, number), transit_hours=days * 24,
                     spread_hours=round(((high or days) - days) * 12), cost=fact["cost_cny_per_vehicle"],
                     source=fact["source"], confidence="assumed", low=(low or days) * 24, high=(high or days) * 24,
                     law="triangular", note="days " + fact["confidence"] + "; departures assumed")


def leg_capacity(fact, leg, number):
    if number > 1:
        return max(1500, int(fact["vehicles_per_unit"] or 0))
    return int(fact["vehicles_per_unit"] or 8)


def markets_all(world):
    markets_make(world)
    lanes_make(world)
