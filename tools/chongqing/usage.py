"""How vehicles are used and charged: profiles, tariffs, power curves, types and classes of the fleet.

Nothing in here was found for Chongqing. Hours come from published charging sets (crosswalk/charging_hours.csv), the rest
is judged inside the ranges of the facts; docs/region.md says which.
"""
from common import around, between

DAYS = ("workday", "restday")

# Relative weights of the hours 0 to 23, by judgement.
LEAVE_HOME = {
    "workday": [0, 0, 0, 0, .5, 2, 9, 27, 26, 11, 5, 3, 2, 3, 3, 2, 1.5, 1.5, 1, 1, .5, 0, 0, 0],
    "restday": [0, 0, 0, 0, .5, 1, 3, 8, 15, 18, 14, 9, 5, 5, 6, 5, 4, 3, 2, 1, .5, 0, 0, 0],
}
BASE_HOMES = [60, 55, 52, 50, 50, 52, 62, 75, 80, 82, 86, 94, 102, 98, 92, 92, 96, 108, 126, 140, 146, 138, 112, 82]
BASE_TRADE = [48, 45, 44, 43, 44, 48, 58, 74, 98, 118, 126, 124, 116, 122, 128, 128, 124, 116, 112, 116, 114, 100, 78, 58]
ROAD_TRIPS = [1, .6, .5, .5, .6, 1, 2, 3.5, 5, 6.5, 7.5, 8, 7.5, 7.5, 8, 8, 7.5, 6.5, 5.5, 4.5, 4, 3, 2, 1.3]
# January to December: heating in the mild winter, air conditioning in the hot summer.
SEASON = [1.14, 1.12, 1.02, .94, .93, .97, 1.06, 1.08, .99, .92, .95, 1.08]


def mean_one(weights):
    mean = sum(weights) / len(weights)
    return [round(w / mean, 4) for w in weights]


def later_by(hours, weights):
    return weights[-hours:] + weights[:-hours]


def profile_add(table, profile, days, weights, first=0, **origin):
    for slot, weight in enumerate(mean_one(weights), first):
        ranged = {} if origin["confidence"] == "derived" else around(weight, 0.7, 1.3, 4)
        table.add(profile=profile, days=days, slot=slot, weight=weight, **origin, **ranged)


def profiles_make(world):
    table = world.table("profiles", "profile days slot weight")
    hours = world.crosswalk("charging_hours")

    def shape(column):
        return [float(row[column]) for row in hours]

    judged = {"source": "J", "confidence": "assumed"}
    for days in DAYS:
        profile_add(table, "home-arrive", days, later_by(1, shape("elaad_home_" + days)), source="C02; J",
                    confidence="assumed", note="Dutch home starts one hour later: peak 18 to 21 h" if days == DAYS[0] else "")
        profile_add(table, "home-leave", days, LEAVE_HOME[days], **judged)
        profile_add(table, "depot-arrive", days, later_by(10, shape("elaad_work_workday")), source="C02; J",
                    confidence="assumed", note="arrivals at work ten hours later")
        profile_add(table, "road", days, ROAD_TRIPS, **judged)
    profile_add(table, "public", "all", shape("jiaxing_public"), source="C01", confidence="derived")
    profile_add(table, "base-homes", "all", BASE_HOMES, **judged)
    profile_add(table, "base-trade", "all", BASE_TRADE, **judged)
    profile_add(table, "season", "all", SEASON, first=1, **judged)


TARIFFS = [     # tariff, from, until, price, low, high, source, confidence
    ("public", 0, 8, .35, .28, .45, "R", "recalled"), ("public", 8, 11, .70, .60, .80, "R", "recalled"),
    ("public", 11, 17, 1.05, .90, 1.20, "R", "recalled"), ("public", 17, 20, .70, .60, .80, "R", "recalled"),
    ("public", 20, 22, 1.05, .90, 1.20, "R", "recalled"), ("public", 22, 24, .70, .60, .80, "R", "recalled"),
    ("flat", 0, 24, .75, .60, .90, "J", "assumed"),
    ("home", 0, 8, .36, .30, .45, "R", "recalled"), ("home", 8, 24, .54, .52, .64, "C06; R", "recalled"),
    ("estate", 0, 24, .54, .52, .64, "C06", "recalled"),
]
TARIFF_NOTES = {
    "public": "hours and steps of the city's time-of-use rule as recalled; not found in a source",
    "flat": "operators with one price a day",
    "home": "valley as recalled for homes with a meter of their own; price of a combined meter 0.54",
    "estate": "residential price of a combined meter",
}


def tariffs_make(world):
    table = world.table("tariffs", "tariff from_hour until_hour price")
    for tariff, start, end, price, low, high, source, confidence in TARIFFS:
        table.add(tariff=tariff, from_hour=start, until_hour=end, price=price, source=source, confidence=confidence,
                  note=TARIFF_NOTES[tariff], **between(low, high))


# Power over the best of the type by charge: iron phosphate tapers late, small packs early, fast packs hold on.
CURVES = {
    "phosphate": [(0, .75), (.1, .97), (.3, 1), (.5, .95), (.7, .75), (.8, .57), (.9, .35), (1, .08)],
    "nickel": [(0, .8), (.1, 1), (.3, .98), (.5, .85), (.7, .62), (.8, .48), (.9, .28), (1, .06)],
    "fast": [(0, .6), (.1, .9), (.2, 1), (.4, .95), (.6, .75), (.8, .45), (.9, .25), (1, .05)],
}
# type, name, powertrain, kWh, low, high, kWh/100 km, AC kW, DC kW, curve
TYPES = [
    ("bev-mini", "mini electric car", "BEV", 17, 12, 28, 10.5, 3.3, 25, "phosphate"),
    ("bev-compact", "compact electric car", "BEV", 45, 38, 52, 14, 6.6, 60, "phosphate"),
    ("bev-mid", "mid-size electric car", "BEV", 60, 52, 68, 15.5, 6.6, 80, "phosphate"),
    ("bev-large", "large electric car or SUV", "BEV", 80, 70, 95, 18, 11, 120, "nickel"),
    ("bev-fast", "electric car of a high-voltage platform", "BEV", 82, 75, 100, 17.5, 7, 240, "fast"),
    ("bev-hire", "ride-hailing sedan", "BEV", 52, 45, 60, 14, 6.6, 70, "phosphate"),
    ("bev-van", "delivery van", "BEV", 42, 36, 50, 22, 6.6, 60, "phosphate"),
    ("phev-small", "plug-in hybrid without fast charging", "PHEV", 10, 8, 13, 15, 3.3, 0, ""),
    ("phev-long", "plug-in hybrid of the longer range", "PHEV", 17, 14, 22, 15.5, 6.6, 17, ""),
    ("erev-suv", "range-extended SUV", "EREV", 36, 31, 40, 20, 6.6, 60, "nickel"),
]
TYPE_WEIGHTS = {
    "private": {"bev-mini": 18, "bev-compact": 38, "bev-mid": 28, "bev-large": 12, "bev-fast": 4,
                "phev-small": 40, "phev-long": 60, "erev-suv": 100},
    "hailing": {"bev-hire": 75, "bev-mid": 25, "phev-small": 30, "phev-long": 70, "erev-suv": 100},
    "work": {"bev-van": 85, "bev-mini": 15, "phev-long": 100, "erev-suv": 100},
}


def types_make(world):
    table = world.table("curves", "curve soc kw")
    used = sorted({(t[9], t[8]) for t in TYPES if t[9]})
    for shape, power in used:
        for soc, share in CURVES[shape]:
            kw = round(share * power, 1)
            table.add(curve=f"{shape}-{power}", soc=soc, kw=kw, source="J", confidence="assumed",
                      **around(kw, 0.85, 1.15, 2))
    table = world.table("ev_types", "type name powertrain battery_kwh kwh_per_100km ac_kw dc_kw curve efficiency")
    for name, words, powertrain, kwh, low, high, use, ac, dc, curve in TYPES:
        table.add(type=name, name=words, powertrain=powertrain, battery_kwh=kwh, kwh_per_100km=use, ac_kw=ac, dc_kw=dc,
                  curve=f"{curve}-{dc}" if curve else "", efficiency=0.92, source="J", confidence="assumed",
                  note="use 0.85 to 1.2, efficiency 0.88 to 0.95 of what is written", **between(low, high))


CLASSES = {
    "private": {
        "name": "private cars", "kind": "daily", "share": 0.96, "km_per_day": 47.5, "km_spread": 0.5,
        "day_law": "gamma", "day_spread": 0.75, "rest_factor": 1, "holiday_factor": 1.3, "season": "season",
        "active_share": 0.75, "home_profile": "home-arrive", "leave_profile": "home-leave", "public_profile": "public",
        "plug_below": 0.65, "plug_below_spread": 0.25, "plug_share": 0.05, "cheap_share": 0.35, "public_below": 0.3,
        "public_below_spread": 0.15, "public_until": 0.8, "public_until_spread": 0.15, "ac_share": 0.25,
        "ac_stay_hours": 5, "patience_minutes": 40, "tries": 3, "fuel_share": 0.8},
    "hailing": {
        "name": "ride-hailing cars and taxis", "kind": "shift", "share": 0, "km_per_day": 200, "km_spread": 0.15,
        "day_law": "gamma", "day_spread": 0.3, "rest_factor": 1, "holiday_factor": 1, "season": "season",
        "active_share": 1, "shift_from": 6, "shift_until": 24, "plug_below": 0.8, "plug_below_spread": 0.1,
        "plug_share": 0.3, "cheap_share": 0.7, "public_below": 0.3, "public_below_spread": 0.1, "public_until": 0.85,
        "public_until_spread": 0.1, "ac_share": 0.03, "ac_stay_hours": 6, "patience_minutes": 25, "tries": 4,
        "fuel_share": 0.3},
    "work": {
        "name": "delivery vans and other work cars", "kind": "daily", "share": 0.04, "km_per_day": 90, "km_spread": 0.3,
        "day_law": "gamma", "day_spread": 0.4, "rest_factor": 0.6, "holiday_factor": 0.3, "season": "season",
        "active_share": 0.85, "home_profile": "depot-arrive", "leave_profile": "home-leave",
        "public_profile": "public", "plug_below": 0.8, "plug_below_spread": 0.1, "plug_share": 0.3, "cheap_share": 0.5,
        "public_below": 0.3, "public_below_spread": 0.1, "public_until": 0.85, "public_until_spread": 0.1,
        "ac_share": 0.1, "ac_stay_hours": 6, "patience_minutes": 30, "tries": 3, "fuel_share": 0.5},
}
CLASS_COLUMNS = ("class name kind share km_per_day km_spread day_law day_spread rest_factor holiday_factor season "
                 "active_share shift_from shift_until home_profile leave_profile public_profile plug_rule plug_below "
                 "plug_below_spread plug_share cheap_share public_below public_below_spread public_until "
                 "public_until_spread ac_share ac_stay_hours patience_minutes tries fuel_share")
CLASS_NOTES = {
    "private": "13,000 km a year (facts, assumed): 47.5 x 0.75 x 365; 0.66 of car-days under 50 km and 0.84 under 80 km "
               "by these laws, 0.59-0.69 and 0.78-0.86 in the facts (C07). Ranges: km 42-55, plug_below 0.55-0.75, "
               "cheap_share 0.2-0.5, ac_share 0.1-0.4, patience 15-90, fuel_share 0.6-0.95",
    "hailing": "km, active share by year in hailing.csv. Ranges: plug_below 0.6-0.9, public_below 0.2-0.4, patience "
               "10-45, tries 2-6",
    "work": "ranges: km 60-120, active 0.7-0.95, patience 15-60",
}


def classes_make(world):
    table = world.table("ev_classes", CLASS_COLUMNS)
    for name, cells in CLASSES.items():
        share = cells["share"]
        ranged = between(0, 0, "uniform") if share == 0 else between(0.02, 0.08) if name == "work" else between(0.92, 0.98)
        table.add(**{"class": name}, **cells, plug_rule="below", source="J", confidence="assumed",
                  note=CLASS_NOTES[name], **ranged)
    table = world.table("class_types", "class type weight")
    for name, weights in TYPE_WEIGHTS.items():
        for type_name, weight in weights.items():
            table.add(**{"class": name}, type=type_name, weight=weight, source="J", confidence="assumed",
                      **around(weight, 0.6, 1.5, 1))


def usage_make(world):
    profiles_make(world)
    tariffs_make(world)
    types_make(world)
    classes_make(world)
