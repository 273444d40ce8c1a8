"""Districts, outside places, calendars, shifts, holidays, charging piles."""
import datetime

from common import between, around

# Outside places: id, name, zone, latitude, longitude (recalled city or port of the area).
OUTSIDE = [
    ("Yibin", "Yibin, Sichuan", "Sichuan", 28.75, 104.64),
    ("Chengdu", "Chengdu and Meishan, Sichuan", "Sichuan", 30.57, 104.07),
    ("Suining", "Suining, Sichuan", "Sichuan", 30.53, 105.59),
    ("Shanghai", "Shanghai", "Yangtze-Delta", 31.23, 121.47),
    ("Jiangsu-Zhejiang", "Jiangsu, Zhejiang and Anhui", "Yangtze-Delta", 31.3, 120.0),
    ("Hubei", "Hubei", "Central-China", 30.59, 114.3),
    ("Jilin", "Jilin and Liaoning", "North-East", 43.88, 125.32),
    ("Tianjin-Hebei", "Tianjin, Hebei and Beijing", "North-China", 39.13, 117.2),
    ("Guangdong", "Guangdong and Guangxi", "South-China", 23.13, 113.27),
    ("Japan-Korea", "Japan and Korea", "Abroad", 35.68, 139.69),
    ("Europe", "Europe", "Abroad", 50.11, 8.68),
    ("South-East-Asia", "Malaysia, Thailand and Taiwan", "Abroad", 5.41, 100.33),
]


def district_id(name_en):
    return name_en.split(" (")[0]


def districts_make(world):
    table = world.table("districts", "district name name_zh zone in_region lat lon population gdp nev_weight")
    for row in world.facts("districts"):
        table.add(district=district_id(row["name_en"]), name=row["name_en"], name_zh=row["name_zh"],
                  zone=row["zone"], in_region="yes", lat=row["lat"], lon=row["lon"],
                  population=row["population_2020"], gdp=round(float(row["gdp_2022_bn_cny"]) * 10 ** 9),
                  nev_weight=row["nev_stock_end_2023"], source=row["source"], confidence=row["confidence"],
                  note=f"GDP {row['confidence_gdp']}")
    for place, name, zone, lat, lon in OUTSIDE:
        table.add(district=place, name=name, zone=zone, in_region="no", lat=lat, lon=lon,
                  source="R", confidence="recalled", note="one point for a whole area")


CALENDARS = [
    ("plant", "vehicle plants: two shifts, Saturdays in overtime", "no"),
    ("supplier", "suppliers: two shifts six days a week", "no"),
    ("three-shift", "casting, moulding, stamping, tyres: three shifts six days a week", "no"),
    ("day-shift", "special-vehicle makers: one shift", "no"),
    ("outside", "suppliers outside the region: two shifts six days a week", "no"),
    ("always", "continuous: cells, glass, fabs, steel", "yes"),
]
SHIFTS = [
    ("plant", "1111100", 8, 24, "normal"), ("plant", "0000010", 8, 24, "overtime"),
    ("plant", "1111110", 0, 8, "extra"), ("plant", "0000001", 8, 24, "extra"),
    ("supplier", "1111110", 8, 24, "normal"), ("supplier", "0000001", 8, 24, "overtime"),
    ("supplier", "1111111", 0, 8, "extra"),
    ("three-shift", "1111110", 0, 24, "normal"), ("three-shift", "0000001", 0, 24, "overtime"),
    ("day-shift", "1111100", 8, 16, "normal"), ("day-shift", "0000010", 8, 16, "overtime"),
    ("day-shift", "1111110", 16, 24, "extra"),
    ("outside", "1111110", 8, 24, "normal"), ("outside", "0000001", 8, 24, "overtime"),
    ("outside", "1111111", 0, 8, "extra"),
]


def calendars_make(world):
    table = world.table("calendars", "calendar name always")
    for name, words, always in CALENDARS:
        table.add(calendar=name, name=words, always=always, source="J", confidence="assumed",
                  note="hours: facts.md derives JPH from 250 days x 16 h" if name == "plant" else "")
    table = world.table("shifts", "calendar days from_hour until_hour level")
    for name, days, start, end, level in SHIFTS:
        table.add(calendar=name, days=days, from_hour=start, until_hour=end, level=level, source="J",
                  confidence="assumed")


def holidays_make(world):
    table = world.table("holidays", "holiday from until calendar")
    for row in world.facts("spring_festival"):
        if not 2018 <= int(row["year"]) <= 2025:
            continue
        first = datetime.date.fromisoformat(row["first_day_lunar_year"])
        table.add(holiday="spring-festival", **{"from": str(first - datetime.timedelta(days=3))},
                  until=str(first + datetime.timedelta(days=10)), source="spring_festival.csv (R)",
                  confidence="recalled", note="14 days: ten working days, inside the 8-12 of the facts")
    for row in world.crosswalk("holidays"):
        table.add(holiday=row["holiday"], **{"from": row["from"]}, until=row["until"], source="R",
                  confidence="recalled", note="make-up working days are not modelled")
    for year in range(2018, 2025):
        first = datetime.date(year, 7, 31)
        first -= datetime.timedelta(days=first.weekday())
        table.add(holiday="heat-leave", **{"from": str(first)}, until=str(first + datetime.timedelta(days=4)),
                  calendar="plant", source="J", confidence="assumed",
                  note="facts.md: July and August hold the yearly maintenance and heat leave; five working days")


def piles_make(world):
    table = world.table("piles", "date district kind piles")
    kinds = {"piles_total": "all", "piles_public": "public", "piles_private": "private"}
    for row in world.facts("piles_by_year"):
        if row["metric"] not in kinds or row["period_end"] > "2025":
            continue
        date = row["period_end"] if "-" in row["period_end"] else row["period_end"] + "-12-31"
        ranged = between(row["low"], row["high"]) if row["low"] else {}
        table.add(date=date, kind=kinds[row["metric"]], piles=row["value"], source=row["source"],
                  confidence=row["confidence"], note=row["note"], **ranged)
    series = [("2022-12-31", "all", "piles_end_2022"), ("2023-12-31", "all", "piles_end_2023"),
              ("2023-12-31", "public", "public_piles_end_2023")]
    for date, kind, column in series:
        for row in world.facts("districts"):
            count = int(row[column])
            table.add(date=date, district=district_id(row["name_en"]), kind=kind, piles=count,
                      source="E (districts.csv)", confidence="estimated", **around(count, 0.6, 1.5, 0))


def places_make(world):
    districts_make(world)
    calendars_make(world)
    holidays_make(world)
    piles_make(world)
