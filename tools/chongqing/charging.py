"""The fleet and its homes: counts at dates, registrations by year, homes by class, ride-hailing, settings.

Counts of vehicles and piles are the facts'; what a year adds follows from them. The shares of own and shared home
piles are growth of the private piles over registrations, so private piles repeat the counts by construction.
"""
import datetime
import math

from common import YEARS, between, whole_parts
from sites import sites_make
from usage import CLASSES, usage_make

LIFE_YEARS, LIFE_SPREAD = 11, 2.2                     # fleet_life_years and a fifth of it
EARLIER_STOCK = {2013: 500, 2014: 2000, 2015: 7000, 2016: 14000, 2017: 24000}
EARLIER_RANGE = {2016: (8000, 20000), 2017: (15000, 32000)}
# National share of public piles (NEA and EVCIPA counts, recalled), and the city's over it at the end of 2022.
NATIONAL_PUBLIC = {2016: 0.58, 2017: 0.48, 2018: 0.386, 2019: 0.423, 2020: 0.48, 2021: 0.438, 2022: 0.345}
EARLIER_PILES = {2016: 4500, 2017: 8000}
SHARED_OF_PRIVATE = 0.10        # of private piles, those that residents share
VEHICLES_PER_SHARED = 2.0           # a car at a shared pile stays till morning: 0.3 plug-ins a day each are 0.6 nights
BEV_SHARE = {2017: .78, 2018: .78, 2019: .80, 2020: .82, 2021: .83, 2022: .78, 2023: .70, 2024: .60}
# At the year's end: cars in the trade, electric share, active share, km a day of one that is active.
HAILING = {2017: (50000, .04, .60, 230), 2018: (60000, .08, .60, 230), 2019: (72000, .12, .58, 230),
           2020: (78000, .20, .50, 220), 2021: (87000, .34, .52, 220), 2022: (95000, .48, .48, 215),
           2023: (104000, .63, .45, 210), 2024: (114000, .74, .40, 200)}
OTHER_HOMES = {"hailing": {"own": .10, "socket": 0, "shared": .10}, "work": {"own": .30, "socket": .05, "shared": .05}}
SOCKET_SHARE = 0.06


def year_end(year):
    return datetime.date(year, 12, 31)


def date_of(period):
    return datetime.date.fromisoformat(period) if "-" in period else year_end(int(period))


def counts_of(world, metric):
    """date -> (value, low, high, row)"""
    rows = [r for r in world.facts("piles_by_year") if r["metric"] == metric]
    return {date_of(r["period_end"]): (int(r["value"]), int(r["low"] or r["value"]), int(r["high"] or r["value"]), r)
            for r in rows}


def between_counts(counts, date):
    """Linear between the known dates."""
    known = sorted(counts)
    after = next(d for d in known if d >= date)
    before = max((d for d in known if d <= date), default=after)
    if before == after:
        return counts[after]
    part = (date - before).days / (after - before).days
    return counts[before] + part * (counts[after] - counts[before])


def piles_curves(world):
    """date -> public piles, private piles: the facts, before 2022 by the national share of public piles."""
    total = {d: v[0] for d, v in counts_of(world, "piles_total").items()}
    total |= {year_end(y): n for y, n in EARLIER_PILES.items()}
    public = {d: v[0] for d, v in counts_of(world, "piles_public").items()}
    ratio = public[year_end(2022)] / total[year_end(2022)] / NATIONAL_PUBLIC[2022]
    for year in range(2016, 2022):
        public[year_end(year)] = round(total[year_end(year)] * NATIONAL_PUBLIC[year] * ratio, -1)
    private = {d: total[d] - between_counts(public, d) for d in total if d >= year_end(2016) and d.month != 5}
    return public, private


def stock_make(world):
    table = world.table("fleet_stock", "date vehicles")
    for year, (low, high) in EARLIER_RANGE.items():
        table.add(date=str(year_end(year)), vehicles=EARLIER_STOCK[year], source="E from piles_by_year.csv; R",
                  confidence="estimated", note="end of 2018 scaled by national stocks", **between(low, high))
    for date, (value, low, high, row) in sorted(counts_of(world, "nev_stock").items()):
        if date > year_end(2024):
            continue
        ranged = between(low, high) if row["low"] else {}
        table.add(date=str(date), vehicles=value, source=row["source"], confidence=row["confidence"], note=row["note"],
                  **ranged)


def stock_at_ends(world):
    stock = dict(EARLIER_STOCK)
    stock |= {d.year: v[0] for d, v in counts_of(world, "nev_stock").items() if d == year_end(d.year)}
    return stock


def died_by(age):
    return 0.5 * (1 + math.erf((age - LIFE_YEARS) / (LIFE_SPREAD * math.sqrt(2))))


def registrations_of(stock):
    """Growth plus what the cohorts lose in the year by a normal life: joined in mid-year, so ages are halves."""
    joined = {}
    for year in sorted(stock):
        scrapped = sum(n * (died_by(year - y + 0.5) - died_by(year - y - 0.5)) for y, n in joined.items())
        joined[year] = stock[year] - stock.get(year - 1, 0) + scrapped
    return {y: round(n, -2) for y, n in joined.items()}


def inflow_make(world, stock):
    table = world.table("fleet_inflow", "year registrations bev_share shape")
    joined = registrations_of(stock)
    for year in (2014, 2015, 2016, 2017, *YEARS):        # the years before the run weigh the homes of the opening fleet
        count = int(joined[year])
        table.add(year=year, registrations=count, bev_share=BEV_SHARE.get(year, 0.75), shape="NEV" if year > 2017 else "",
                  source="E (fleet_stock.csv); R (bev_share)", confidence="estimated",
                  note="growth of the stock plus scrapping; bev_share national sales, recalled", low=round(count * 0.85),
                  high=round(count * 1.15), law="triangular")
    return joined


def hailing_make(world):
    table = world.table("hailing", "class year vehicles electric_share active_share km_per_active_day")
    for year, (vehicles, electric, active, km) in HAILING.items():
        table.add(**{"class": "hailing"}, year=year, vehicles=vehicles, electric_share=electric, active_share=active,
                  km_per_active_day=km, source="defaults.md; J", confidence="assumed",
                  note="about 101,000 cars in the central city in June 2023; 37 % active in early 2025; 180-260 km",
                  low=round(electric * 0.7, 3), high=round(min(0.95, electric * 1.3), 3), law="triangular")


def hailing_electric(year):
    vehicles, electric, _, _ = HAILING[year]
    return vehicles * electric


def joined_mix(year, joined, stock):
    """Shares of the classes among those who join in the year."""
    if year == 2017:
        trade = hailing_electric(2017) / stock[2017]
    else:
        kept = hailing_electric(year - 1) * (1 - 1 / LIFE_YEARS)
        trade = (hailing_electric(year) - kept) / joined[year]
    work = (1 - trade) * CLASSES["work"]["share"]
    return {"hailing": trade, "work": work, "private": 1 - trade - work}


def home_shares(year, joined, stock, private):
    """Own and shared among all who join, from the counts of private piles; then what is left for private cars."""
    if year == 2017:        # the fleet as it stood
        grown, joins = private[year_end(2017)], stock[2017]
    else:
        grown, joins = private[year_end(year)] - private[year_end(year - 1)], joined[year]
    mix = joined_mix(year, joined, stock)
    wanted = {"own": (1 - SHARED_OF_PRIVATE) * grown / joins,
              "shared": SHARED_OF_PRIVATE * VEHICLES_PER_SHARED * grown / joins}
    shares = {name: dict(homes) for name, homes in OTHER_HOMES.items()}
    shares["private"] = {home: (wanted[home] - sum(mix[c] * OTHER_HOMES[c][home] for c in OTHER_HOMES)) / mix["private"]
                         for home in wanted}
    shares["private"]["socket"] = SOCKET_SHARE
    return shares


def homes_make(world, joined, stock, private):
    table = world.table("homes", "class from_year home share kw")
    for year in (2017, *YEARS):
        for name, homes in home_shares(year, joined, stock, private).items():
            if name != "private" and year > 2017:
                continue
            parts = whole_parts(10000, [homes["own"], homes["socket"], homes["shared"],
                                        1 - homes["own"] - homes["socket"] - homes["shared"]])
            assert min(parts) >= 0 and sum(parts) == 10000, (name, year, parts)
            for home, part in zip(("own", "socket", "shared", "none"), parts):
                home_add(table, name, year, home, part / 10000)


def home_add(table, name, year, home, share):
    counted = name == "private" and home in ("own", "shared")
    table.add(**{"class": name}, from_year=1900 if year == 2017 else year, home=home, share=share,
              kw={"own": 7, "socket": 2.2}.get(home), source="E (piles_by_year.csv, fleet_stock.csv)" if counted else "J",
              confidence="estimated" if counted else "assumed",
              note={"own": "growth of private piles less shared ones, over registrations",
                    "shared": "a tenth (0.05-0.2) of private piles is shared, by 2 (1.5-4) vehicles each"}[home]
              if counted else "", low=round(share * 0.8, 4), high=round(min(1, share * 1.2), 4), law="triangular")


CHARGING_SETTINGS = [   # setting, value, source, confidence, low, high
    ("made_here_share", "0.28", "defaults.md; J", "assumed", 0.2, 0.35),
    ("substitution", "0.8", "J", "assumed", 0.5, 0.95),
    ("fleet_life_years", "11", "J", "assumed", 9, 13),
    ("choice_sites", "4", "D", "derived", None, None),
    ("choice_wait", "0.1", "J", "assumed", 0.05, 0.2),
    ("choice_power", "0.5", "J", "assumed", 0.2, 1),
    ("choice_price", "1", "J", "assumed", 0.5, 3),
    ("gravity_km", "8", "J", "assumed", 5, 12),
    ("retry_minutes", "15", "J", "assumed", 10, 30),
    ("failed_start_share", "0.08", "C01; J", "assumed", 0.03, 0.15),
    ("failed_start_minutes", "4", "J", "assumed", 2, 8),
    ("overstay_minutes", "6", "J", "assumed", 2, 15),
    ("pile_up_days", "60", "J", "assumed", 30, 120),
    ("pile_down_hours", "36", "J", "assumed", 12, 96),
    ("home_tariff", "home", "R", "recalled", None, None),
    ("charging_from", "2022-01-01", "D", "derived", None, None),
    ("charging_until", "2023-12-31", "D", "derived", None, None),   # keeps a run short
]


def settings_add(world):
    table = world.tables["settings"]
    for name, value, source, confidence, low, high in CHARGING_SETTINGS:
        ranged = between(low, high) if low is not None else {}
        table.add(setting=name, value=value, source=source, confidence=confidence, **ranged)


def shared_piles(world, private):
    """Piles that residents share, by date."""
    return {d: n * SHARED_OF_PRIVATE for d, n in private.items()}


def charging_make(world):
    usage_make(world)
    public, private = piles_curves(world)
    stock = stock_at_ends(world)
    stock_make(world)
    hailing_make(world)
    joined = inflow_make(world, stock)
    homes_make(world, joined, stock, private)
    sites_make(world, public, shared_piles(world, private))
    settings_add(world)
