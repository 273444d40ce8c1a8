"""Charging sites, their piles, the feeders they hang on, and visitors on the expressways. All of it is synthetic.

A district's sites open in a fixed order so that the public piles follow the counts; sizes follow a law of the facts; places
are drawn around the district's seat. Nothing here is a real site.
"""
import datetime
import math

from common import around, between, keyed_share, number_text, whole_parts
from places import district_id

LAST_DAY = datetime.date(2024, 12, 31)
FIRST_DAY = datetime.date(2017, 12, 31)               # what stands then has no opening date
# Piles of a public site: quantiles of Shenzhen's (crosswalk/site_sizes.csv) times this, so that the mean is about 9.4:
# 2,975 stations in August 2023 (S16) and about 3,200 at the end of the year for 26,700 and 30,000 piles.
SIZE_SCALE = 0.64
LARGEST_SHARE = 0.25                                  # of a district's public piles at the end of 2023
KINDS = [("dc", 0.49), ("mixed", 0.30), ("ac", 0.21)]
MIXED_DC = 1 / 3                                      # 0.49 + 0.30 / 3 = 0.59, with the expressway 0.60 of the piles
# Power of a site's DC piles by the year it opens.
POWERS = [(2019, [(60, .85), (120, .15)]), (2022, [(60, .72), (120, .23), (180, .05)]),
          (2030, [(60, .55), (120, .32), (180, .10), (250, .03)])]
SUPER_FROM, SUPER_SHARE = datetime.date(2023, 7, 1), 0.5
CAPPED_SHARE, CAPPED_FROM_PILES = 0.45, 4             # sites with less power than their DC piles add up to
RESIDENT_PILES = (16, 64)                             # piles of an estate, uniform
CATCHMENT_SITES, FEEDER_SITES = 30, 6
FEEDER_KVA = [(4000, .25), (6300, .35), (8000, .25), (10000, .15)]
OWN_FEEDER_KW = 2500
CARS_PER_HOME_FEEDER = 1200
EXPRESS_STATIONS, EXPRESS_PILES = 138, 572            # S95 and the facts, May 2022
EXPRESS_FROM, EXPRESS_UNTIL = datetime.date(2016, 1, 1), datetime.date(2022, 5, 31)
# Visitors: arrivals an hour and expressway pile on a plain day. Recalled: the State Grid's some 10,000 expressway piles
# delivered about 1.4 GWh on 1 October 2021, four times the normal: 33 kWh or 1.3 charges a pile on a normal day, 0.055 an
# hour. Grown with the national fleet, less the piles added elsewhere; nobody counted piles here after May 2022.
VISITS = [("2018-01-01", "2021-12-31", .03), ("2022-01-01", "2022-12-31", .08),
          ("2023-01-01", "2023-12-31", .12), ("2024-01-01", "2024-12-31", .16)]
BUSY_SPREAD = 2.2                                     # of the logarithm between the quietest and the busiest station
HOLIDAY_TIMES = 4


def drawn(choices, *key):
    """One of (value, share) by the key."""
    at = keyed_share(*key) * sum(share for _, share in choices)
    for value, share in choices:
        at -= share
        if at < 0:
            return value
    return choices[-1][0]


def size_drawn(quantiles, key):
    """Piles by the law: log-linear between its quantiles."""
    at = keyed_share("site size", key)
    for (p0, n0), (p1, n1) in zip(quantiles, quantiles[1:]):
        if at <= p1:
            part = (at - p0) / (p1 - p0)
            return max(1, round(SIZE_SCALE * n0 * (n1 / n0) ** part))
    return 1


class Site:
    def __init__(self, name, district, piles, opened):
        self.name, self.district, self.piles, self.opened = name, district, piles, opened
        self.access, self.kind, self.words = "public", "dc", ""
        self.lat = self.lon = 0.0
        self.catchment = self.feeder = ""
        self.groups = []                              # name, current, piles, kW

    def rated_kw(self):
        return sum(piles * kw for _, _, piles, kw in self.groups)

    def open_on(self, date):
        return self.opened is None or self.opened <= date


class Place:
    """A district as the sites need it."""

    def __init__(self, row, public_total):
        self.name = district_id(row["name_en"])
        self.lat, self.lon = float(row["lat"]), float(row["lon"])
        self.far_lat, self.far_lon = float(row["centroid_lat"]), float(row["centroid_lon"])
        self.area = float(row["area_km2"])
        self.public = int(row["public_piles_end_2023"])
        self.cars = int(row["nev_stock_end_2023"])
        self.weight = self.public / public_total

    def spot(self, key):
        """Four in five in the town around the seat, the rest over the district."""
        turn = 2 * math.pi * keyed_share("site turn", key)
        reach, radius = keyed_share("site reach", key), math.sqrt(self.area / math.pi)
        if keyed_share("site town", key) < 0.8:
            lat, lon, km = self.lat, self.lon, min(4.0, 0.3 * radius) * math.sqrt(-2 * math.log(reach))
        else:
            lat, lon, km = self.far_lat, self.far_lon, 0.7 * radius * math.sqrt(reach)
        lat += km * math.sin(turn) / 111.2
        return round(lat, 4), round(lon + km * math.cos(turn) / (111.2 * math.cos(math.radians(lat))), 4)


def date_reaching(curve, count):
    """First day on which the curve {date: count} reaches the count; None at the start, LAST_DAY + 1 beyond the end."""
    known = sorted(curve)
    if count <= curve[known[0]]:
        return None
    for before, after in zip(known, known[1:]):
        if count <= curve[after]:
            part = (count - curve[before]) / (curve[after] - curve[before])
            return before + datetime.timedelta(days=math.ceil(part * (after - before).days))
    return LAST_DAY + datetime.timedelta(days=1)


def curve_cut(curve):
    """The curve from FIRST_DAY to LAST_DAY."""
    known = sorted(curve)
    inside = {d: curve[d] for d in known if FIRST_DAY <= d <= LAST_DAY}
    if LAST_DAY not in inside:
        before, after = max(inside), min(d for d in known if d > LAST_DAY)
        inside[LAST_DAY] = curve[before] + (curve[after] - curve[before]) * (LAST_DAY - before).days / (after - before).days
    return inside


def express_at(date):
    part = (date - EXPRESS_FROM).days / (EXPRESS_UNTIL - EXPRESS_FROM).days
    return EXPRESS_PILES * min(1.0, max(0.0, part))


def express_sites(places):
    """138 stations by the root of the district's area; sizes in pairs of piles; opened evenly until May 2022."""
    stations = whole_parts(EXPRESS_STATIONS, [math.sqrt(p.area) for p in places])
    names = [(p, f"{p.name}-X{i:02d}") for p, n in zip(places, stations) for i in range(1, n + 1)]
    pairs = whole_parts(EXPRESS_PILES // 2 - len(names), [0.1 + keyed_share("express size", name) for _, name in names])
    order = sorted(range(len(names)), key=lambda i: keyed_share("express order", names[i][1]))
    days, sites = (EXPRESS_UNTIL - EXPRESS_FROM).days, []
    for rank, i in enumerate(order):
        place, name = names[i]
        opened = EXPRESS_FROM + datetime.timedelta(days=round(days * (rank + 0.5) / len(names)))
        site = Site(name, place, 2 * (1 + pairs[i]), None if opened <= FIRST_DAY else opened)
        power = drawn([(60, .7), (120, .3)], "express power", name)
        site.groups = [(f"DC{power}", "dc", site.piles, power)]
        site.words = "expressway service area"
        sites.append(site)
    return sorted(sites, key=lambda s: s.name)


def groups_make(site):
    """AC and DC piles of a public site, and what is super-fast among them."""
    site.kind = drawn(KINDS, "site kind", site.name)
    fast = {"dc": site.piles, "ac": 0, "mixed": min(site.piles - 1, max(1, round(site.piles * MIXED_DC)))}[site.kind]
    slow = site.piles - fast
    year = site.opened.year if site.opened else FIRST_DAY.year
    power = drawn(next(c for last, c in POWERS if year <= last), "site power", site.name)
    quick = 0
    if site.opened and site.opened >= SUPER_FROM and fast >= 2 and keyed_share("site super", site.name) < SUPER_SHARE:
        quick = 1 if fast < 6 else 2
    if fast > quick:
        site.groups.append((f"DC{power}", "dc", fast - quick, power))
    if quick:
        best = drawn([(250, .3), (480, .7)], "super power", site.name)
        site.groups.append((f"DC{best}S", "dc", quick, best))
    if slow:
        site.groups.append(("AC7", "ac", slow, 7))


def sites_in_turn(place, curve, size_of, prefix):
    """The district's sites in the order in which they open: each when half of it is due."""
    sites, sum_of = [], 0.0
    while True:
        name = f"{place.name}-{prefix}{len(sites) + 1:03d}"
        piles = size_of(name)
        opened = date_reaching(curve, sum_of + piles / 2)
        if opened and opened > LAST_DAY:
            return sites
        sites.append(Site(name, place, piles, opened))
        sum_of += piles


def public_sites(world, places, public):
    quantiles = [(float(r["quantile"]), float(r["piles"])) for r in world.crosswalk("site_sizes")]
    curve, sites = curve_cut(public), []
    for place in places:
        own = {d: (n - express_at(d)) * place.weight for d, n in curve.items()}
        most = max(4, int(place.public * LARGEST_SHARE))
        for site in sites_in_turn(place, own, lambda name: min(most, size_drawn(quantiles, name)), ""):
            groups_make(site)
            sites.append(site)
    return sites


def resident_sites(places, shared):
    """Piles that residents share, by the NEVs of the district."""
    low, high = RESIDENT_PILES
    curve, cars, sites = curve_cut(shared), sum(p.cars for p in places), []
    for place in places:
        own = {d: n * place.cars / cars for d, n in curve.items()}
        most = max(4, int(max(own.values()) / 2))

        def size_of(name):
            return min(most, round(low + (high - low) * keyed_share("estate size", name)))

        for site in sites_in_turn(place, own, size_of, "R"):
            site.access, site.groups = "residents", [("AC7", "ac", site.piles, 7)]
            sites.append(site)
    return sites


def split_by_place(sites, most):
    """Halves along the longer side until no part has more than `most`."""
    if len(sites) <= most:
        return [sites]
    tall = max(s.lat for s in sites) - min(s.lat for s in sites)
    wide = (max(s.lon for s in sites) - min(s.lon for s in sites)) * math.cos(math.radians(sites[0].lat))
    ordered = sorted(sites, key=lambda s: (s.lat if tall > wide else s.lon, s.name))
    half = len(ordered) // 2
    return split_by_place(ordered[:half], most) + split_by_place(ordered[half:], most)


class Feeders:
    def __init__(self, world):
        self.table = world.table("feeders", "feeder district kva base_kw base_shape homes_share")
        self.counts = {}

    def add(self, place, kind, rated, homes_share=None):
        """Size drawn, never under half of what may charge there; free at the peak of the base load: 0.1 to 0.6 of it."""
        number = self.counts[place.name, kind] = self.counts.get((place.name, kind), 0) + 1
        name = f"{place.name}-{kind}{number:02d}"
        kva = max(drawn(FEEDER_KVA, "feeder kva", name), math.ceil(rated / 2 / 500) * 500)
        free = 0.1 + 0.5 * keyed_share("feeder free", name)
        shape, peak = ("base-homes", 1.639) if kind == "H" else ("base-trade", 1.358)
        self.table.add(feeder=name, district=place.name, kva=kva, base_kw=round(kva * (1 - free) / peak),
                       base_shape=shape, homes_share=homes_share, source="D; J", confidence="synthetic",
                       **around(kva, 0.75, 1.25, 0))
        return name


def homes_feeders(feeders, place):
    """The district's homes spread over feeders of about 1,200 NEVs each."""
    count = max(1, round(place.cars / CARS_PER_HOME_FEEDER))
    weights = [0.7 + 0.6 * keyed_share("home feeder", place.name, i) for i in range(count)]
    return [feeders.add(place, "H", 0, part / 10000) for part in whole_parts(10000, weights)]


def neighbours_make(feeders, place, sites):
    """Catchments by place, and inside them feeders of a few neighbours; a big site has its own."""
    for number, part in enumerate(split_by_place(sites, CATCHMENT_SITES), 1):
        small = [s for s in part if s.rated_kw() < OWN_FEEDER_KW]
        for site in part:
            site.catchment = f"{place.name}/{number}"
            if site.rated_kw() >= OWN_FEEDER_KW:
                site.feeder = feeders.add(place, "F", site.rated_kw())
        for leaf in split_by_place(small, FEEDER_SITES) if small else []:
            name = feeders.add(place, "F", sum(s.rated_kw() for s in leaf))
            for site in leaf:
                site.feeder = name


def places_make(world, places, groups):
    """Coordinates, catchments and feeders, district by district."""
    public, express, residents = groups
    feeders = Feeders(world)
    for place in places:
        homes = homes_feeders(feeders, place)
        mine = [[s for s in group if s.district is place] for group in groups]
        for site in mine[0] + mine[1] + mine[2]:
            site.lat, site.lon = place.spot(site.name)
        neighbours_make(feeders, place, mine[0])
        if mine[1]:
            for site in mine[1]:
                site.catchment = site.name.replace("-X", "/X")      # alone on its road
                site.feeder = feeders.add(place, "X", site.rated_kw())
        for number, part in enumerate(split_by_place(mine[2], CATCHMENT_SITES) if mine[2] else [], 1):
            for site in part:
                site.catchment = f"{place.name}/R{number}"
                site.feeder = homes[int(keyed_share("estate feeder", site.name) * len(homes))]
    return public + express + residents


def site_power(site):
    """Power of the whole site where it is less than its piles', else None."""
    fast = sum(piles for _, current, piles, _ in site.groups if current == "dc")
    if fast < CAPPED_FROM_PILES or keyed_share("site capped", site.name) >= CAPPED_SHARE:
        return None
    return round(site.rated_kw() * (0.45 + 0.4 * keyed_share("site power share", site.name)), -1)


def site_price(site):
    """Tariff and service fee."""
    if site.access == "residents":
        return "estate", round(0.2 + 0.2 * keyed_share("site fee", site.name), 2)
    if site.words:
        return "public", round(0.6 + 0.2 * keyed_share("site fee", site.name), 2)
    tariff = "flat" if keyed_share("site tariff", site.name) < 0.25 else "public"
    return tariff, round(0.2 + 0.4 * keyed_share("site fee", site.name), 2)


def site_rows(world, sites):
    table = world.table("sites", "site name district catchment access opened site_kw feeder tariff fee lat lon")
    piles_table = world.table("site_piles", "site group current connector piles kw")
    for site in sites:
        power, (tariff, fee) = site_power(site), site_price(site)
        ranged = around(power, 0.8, 1.2, 0) if power else {}
        source = "S95; D" if site.words else "D"
        table.add(site=site.name, name=site.words, district=site.district.name, catchment=site.catchment,
                  access=site.access, opened=str(site.opened) if site.opened else "", site_kw=power, feeder=site.feeder,
                  tariff=tariff, fee=fee, lat=site.lat, lon=site.lon, source=source, confidence="synthetic", **ranged)
        for name, current, piles, kw in site.groups:
            spread = round(piles * 0.25)
            piles_table.add(site=site.name, group=name, current=current,
                            connector="GBT_AC" if current == "ac" else "GBT_DC", piles=piles, kw=kw, source=source,
                            confidence="synthetic", **between(piles - spread, piles + spread))


def busy_share(site):
    """How busy a station is against the mean of them all: trunk roads and side roads."""
    mean = math.sinh(BUSY_SPREAD / 2) / (BUSY_SPREAD / 2)
    return math.exp(BUSY_SPREAD * (keyed_share("station busy", site.name) - 0.5)) / mean


def streams_make(world, sites, places):
    table = world.table("streams", "stream site district current per_hour profile days from until amount size size_law "
                                   "size_spread type soc_from soc_until patience_law patience_minutes")
    trip = {"current": "dc", "profile": "road", "amount": "soc", "size": 1, "size_law": "constant", "type": "bev-mid",
            "soc_from": 0.25, "soc_until": 0.8, "patience_law": "exponential", "patience_minutes": 60,
            "source": "J", "confidence": "assumed"}
    for site in (s for s in sites if s.words):
        for start, end, rate in VISITS:
            first = max(datetime.date.fromisoformat(start), site.opened or FIRST_DAY)
            if str(first) > end:
                continue
            for days, times in (("all", 1), ("holiday", HOLIDAY_TIMES - 1)):
                flow = round(rate * site.piles * times * busy_share(site), 4)
                table.add(stream=f"{site.name}-{start[:4]}-{days}", site=site.name, per_hour=flow, days=days,
                          **{"from": str(first)}, until=end, **trip, **around(flow, 0.5, 1.6, 4))
    for place in places:
        for start, end, rate in VISITS:
            flow = round(rate * 0.01 * place.public, 4)
            table.add(stream=f"{place.name}-visitors-{start[:4]}", district=place.name, per_hour=flow, days="holiday",
                      **{"from": start}, until=end, **trip, **around(flow, 0.3, 2, 4))


def sites_make(world, public, shared):
    rows = world.facts("districts")
    total = sum(int(r["public_piles_end_2023"]) for r in rows)
    places = [Place(r, total) for r in rows]
    groups = (public_sites(world, places, public), express_sites(places), resident_sites(places, shared))
    sites = places_make(world, places, groups)
    site_rows(world, sites)
    streams_make(world, sites, places)
