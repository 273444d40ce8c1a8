#!/usr/bin/env python3
"""Writes the charging cases of scenarios/cases: queues, sharing, curves and habits whose exact results are known.

    tools/cases_charging.py                      writes every committed case anew
    tools/cases_charging.py --check              exit 1 when a committed folder is not what this script writes
    tools/cases_charging.py --out DIR queue --piles 10 --rate 8 --hours 1
    tools/cases_charging.py --out DIR queue --piles 4 --rate 4 --hours 1 --places 4
    tools/cases_charging.py --out DIR loss --piles 50 --load 45 --law lognormal:2
    tools/cases_charging.py --out DIR shared --full 10 --rate 16 --hours 0.5 --law constant
    tools/cases_charging.py --out DIR curve --battery 60 --points 0:60,0.8:60,1:10 --from 0.2 --until 0.8
    tools/cases_charging.py --out DIR plug --law exponential --mean 8 --above 24
                                                 a case of your own; `autopolis selftest DIR` runs it

The expected values are computed here from the textbook formulas (docs/cases.md says which).
"""
import argparse
import cmath
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import cases      # noqa: E402  (how a folder is written)
import cases_kit  # noqa: E402  (the tables of a case)

HERE = cases.HERE
KW = 60.0             # of a pile, where its power does not matter
FACTORS = (1, 1000)   # a small value is given in thousandths, so that its standard error is judged by its own size


# Formulas -------------------------------------------------------------------------------------------------------

def erlang_b(c, a):
    b = 1.0
    for k in range(1, c + 1):
        b = a * b / (k + a * b)
    return b


def erlang_c(c, a):
    b = erlang_b(c, a)
    return c * b / (c - a * (1 - b))


def birth_death(rate, deaths, most):
    """Probabilities of a birth-death chain 0..most; deaths(n) is the rate from n to n - 1."""
    p, scale = [1.0], 1.0
    for n in range(1, most + 1):
        p.append(p[-1] * rate / deaths(n))
        scale += p[-1]
        if p[-1] < 1e-18 * scale and n > 10:
            break
    return [x / scale for x in p]


def constant_times(c, a):
    """(P(wait), Lq) of M/D/c (Crommelin 1932)."""
    roots = []
    for k in range(1, c):
        z = cmath.exp(2j * math.pi * k / c)
        for _ in range(500):
            z = cmath.exp((a * (z - 1) + 2j * math.pi * k) / c)
        roots.append(z)
    queue = (a * a - c * (c - 1)) / (2 * (c - a)) + sum(1 / (1 - z) for z in roots).real
    product = 1
    for z in roots:
        product *= 1 - z
    return 1 - (c - a) / complex(product).real, queue


def turn_of(law, mean, w):
    """E[exp(-i w S)] of a time S."""
    kind, *more = law
    if kind == "exponential":
        return 1 / (1 + 1j * w * mean)
    if kind == "constant":
        return cmath.exp(-1j * w * mean)
    half = more[0]
    return (cmath.exp(-1j * w * (mean - half)) - cmath.exp(-1j * w * (mean + half))) / (2j * w * half)


def wave_mean(t, rate, swing, law, mean):
    """Mean number at time t with enough piles, arrivals rate (1 + swing sin(2 pi t / 24)) (Eick, Massey, Whitt 1993)."""
    w = 2 * math.pi / 24
    tail = (1 - turn_of(law, mean, w)) / (1j * w)          # integral of P(S > u) exp(-i w u)
    return rate * (mean + swing * (cmath.exp(1j * w * t) * tail).imag)


def hourly_means(counts, per_day, law, mean):
    """Mean number over each clock hour with enough piles and rates constant within hours, the same every day."""
    rates = [per_day * n / sum(counts) for n in counts]
    if law == "exponential":
        decay, at = math.exp(-1 / mean), 0.0
        for _ in range(40 + int(40 * mean)):
            for rate in rates:
                at = rate * mean + (at - rate * mean) * decay
        out = []
        for rate in rates:
            level = rate * mean
            out.append(level + (at - level) * mean * (1 - decay))
            at = level + (at - level) * decay
        return out

    def twice(x):
        """Integral of the integral of the rate, from 0 to x (x may be negative)."""
        first, second, at = 0.0, 0.0, 0.0
        if x < 0:
            days = -math.floor(x / 24)
            at, first = -24.0 * days, -per_day * days
            second = integral_before(rates, per_day, days)
        while at < x:
            step = min(1.0, x - at)
            rate = rates[int(round(at)) % 24]
            second += first * step + rate * step * step / 2
            first += rate * step
            at += step
        return second

    return [twice(h + 1) - twice(h) - (twice(h + 1 - mean) - twice(h - mean)) for h in range(24)]


def integral_before(rates, per_day, days):
    """Minus the integral of the cumulative count from -24 days to 0, where that count is 0 at 0."""
    first, second = -per_day * days, 0.0
    for _ in range(days):
        for rate in rates:
            second += first + rate / 2
            first += rate
    return -second


def wave_queue(c, rate, swing, hours, leaves=False, steps=100, states=None):
    """(hourly mean Lq, mean Lq, mean wait, P(wait or refused)) of a daily wave, by the equations of state (RK4)."""
    top = c if leaves else (states or 8 * c + 60)
    p = [0.0] * (top + 1)
    p[0] = 1.0
    death = [min(n, c) / hours for n in range(top + 1)]

    def change(p, rate):
        out = [-rate * p[0] + death[1] * p[1]]
        for n in range(1, top):
            out.append(rate * p[n - 1] - (rate + death[n]) * p[n] + death[n + 1] * p[n + 1])
        return out + [rate * p[top - 1] - death[top] * p[top]]

    def rate_at(t):
        return rate * (1 + swing * math.sin(2 * math.pi * t / 24))

    h = 1 / steps
    for day in range(8):
        queue, arrivals, waits = [0.0] * 24, 0.0, 0.0
        for i in range(24 * steps):
            t = i * h
            now = rate_at(t)
            queue[i // steps] += sum((n - c) * x for n, x in enumerate(p) if n > c) * h
            arrivals += now * h
            waits += now * h * (p[top] if leaves else sum(p[c:]))
            k1 = change(p, now)
            middle = rate_at(t + h / 2)
            k2 = change([x + h / 2 * k for x, k in zip(p, k1)], middle)
            k3 = change([x + h / 2 * k for x, k in zip(p, k2)], middle)
            k4 = change([x + h * k for x, k in zip(p, k3)], rate_at(t + h))
            p = [x + h / 6 * (a + 2 * b + 2 * d + e) for x, a, b, d, e in zip(p, k1, k2, k3, k4)]
    mean = sum(queue) / 24
    return queue, mean, mean * 24 / arrivals, waits / arrivals


def classes_waits(c, hours, rates):
    """Mean waits by priority, highest first, the same exponential times, no interruption (Cobham 1954)."""
    a = sum(rates) * hours
    first = erlang_c(c, a) * hours / c
    out, before = [], 0.0
    for rate in rates:
        after = before + rate * hours / c
        out.append(first / ((1 - before) * (1 - after)))
        before = after
    return out


def renewal(law, mean, above):
    """(mean, standard deviation) of the days until the sum of daily uses exceeds `above`."""
    kind, *more = law
    if kind == "exponential":
        return 1 + above / mean, math.sqrt(above / mean)
    stays, n = [], 0                                       # P(the first n uses do not exceed it)
    while not stays or stays[-1] > 1e-15:
        if kind == "constant":
            stays.append(1.0 if n * mean <= above else 0.0)
        else:                                              # Irwin and Hall's sum of uniforms; more[0]: half width / mean
            half = more[0] * mean
            y = (above - n * (mean - half)) / (2 * half)
            stays.append(1.0 if y >= n else 0.0 if y < 0 else
                         sum((-1) ** k * math.comb(n, k) * (y - k) ** n for k in range(int(y) + 1)) / math.factorial(n))
        n += 1
    first = sum(stays)
    second = sum((2 * n + 1) * p for n, p in enumerate(stays))
    return first, math.sqrt(max(second - first * first, 0))


def curve_minutes(battery, points, begin, end, most):
    """Minutes from one charge to another; points (soc, kW), linear between, cut at `most`."""
    def power(soc):
        for (s0, p0), (s1, p1) in zip(points, points[1:]):
            if s0 <= soc <= s1:
                return min(most, p0 + (p1 - p0) * (soc - s0) / (s1 - s0))
        raise ValueError(soc)
    kinks = {begin, end} | {s for s, _ in points if begin < s < end}
    for (s0, p0), (s1, p1) in zip(points, points[1:]):
        if (p0 - most) * (p1 - most) < 0:
            cross = s0 + (most - p0) / (p1 - p0) * (s1 - s0)
            kinks |= {cross} if begin < cross < end else set()
    hours, kinks = 0.0, sorted(kinks)
    for s0, s1 in zip(kinks, kinks[1:]):
        p0, p1 = power(s0), power(s1)
        energy = battery * (s1 - s0)
        hours += energy / p0 if abs(p1 - p0) < 1e-12 else energy / (p1 - p0) * math.log(p1 / p0)
    return hours * 60


# Tables ---------------------------------------------------------------------------------------------------------

def case_of(days=364, warm_up=7, replications=400):
    case = cases_kit.Case(days=days, warm_up=warm_up, replications=replications)
    case.add("enterprises", enterprise="NOBODY", district="Here", kind="supplier")
    case.add("products", product="NOTHING", value=1)
    return case


def site(case, name, piles, kw=KW, current="dc", **more):
    """A site that only its streams use; piles -1: always enough."""
    case.add("sites", site=name, district="Here", access="closed", **more)
    case.add("site_piles", site=name, group="piles", current=current, piles=piles, kw=kw)


def stream(case, name, rate, hours=1.0, law=("exponential",), site=None, **more):
    """Arrivals at the site of that name; the time at full power has a law and a mean."""
    case.add("streams", stream=name, site=site or name, per_hour=rate, size=hours, size_law=law[0],
             size_spread=law[1] if len(law) > 1 else None, **more)


def expect(case, measure, row, value):
    """A small value is given in thousandths: its standard error is judged by its own size."""
    factor = next((f for f in FACTORS if value * f >= 0.4), FACTORS[-1])
    case.expect(measure, row, float(f"{value * factor:.13g}"), factor if factor != 1 else None)


def expect_coarse(case, measure, row, value):
    """Scaled to 0.2, where an error of 0.002 (1 %) is small enough."""
    factor = float(f"{0.2 / value:.1g}")
    case.expect(measure, row, float(f"{value * factor:.13g}"), factor)


def expect_minutes(case, measure, row, hours):
    case.expect(measure, row, float(f"{hours * 60:.13g}"), 60)


def queue(case, name, c, rate, hours):
    """M/M/c."""
    a = rate * hours
    wait, drain = erlang_c(c, a), c / hours - rate
    site(case, name, c)
    stream(case, name, rate, hours)
    busy = a / c >= 0.93                                 # long queues are long remembered: an error of 1 % will do
    judged = expect_coarse if busy else expect
    judged(case, "waited_share", name, wait)
    judged(case, "queue", name, wait * rate / drain)
    (expect_coarse if busy else expect_minutes)(case, "queue_wait", name, wait / drain)
    judged(case, "wait_above", name + ">15", wait * math.exp(-drain * 0.25))
    if wait > 0.05 and not busy:
        case.expect("wait_quantile", name + "%95", math.log(wait / 0.05) / drain * 60)
    expect(case, "use", name, a / c)


def loss(case, name, c, a, law=("exponential",)):
    """M/G/c/c: who finds all piles taken leaves."""
    b = erlang_b(c, a)
    site(case, name, c)
    stream(case, name, a, 1.0, law, patience_law="constant")
    (expect if b > 0.04 else expect_coarse)(case, "refused", name, b)
    expect(case, "plugged", name, a * (1 - b))
    expect(case, "use", name, a * (1 - b) / c)


def limited(case, name, c, most, rate, hours):
    """M/M/c/K."""
    p = birth_death(rate, lambda n: min(n, c) / hours, most)
    line = sum((n - c) * x for n, x in enumerate(p) if n > c)
    refused = p[most]
    site(case, name, c, places=most - c)
    stream(case, name, rate, hours)
    expect(case, "refused", name, refused)
    expect(case, "queue", name, line)
    expect_minutes(case, "admitted_wait", name, line / (rate * (1 - refused)))
    expect(case, "admitted_waited", name, sum(p[c:most]) / (1 - refused))
    expect(case, "use", name, rate * hours * (1 - refused) / c)


def impatient(case, name, c, rate, hours, patience):
    """Erlang A."""
    p = birth_death(rate, lambda n: min(n, c) / hours + max(n - c, 0) / patience, 100 * c + 2000)
    line = sum((n - c) * x for n, x in enumerate(p) if n > c)
    site(case, name, c)
    stream(case, name, rate, hours, patience_law="exponential", patience_minutes=patience * 60)
    expect(case, "waited_share", name, sum(p[c:]))
    expect(case, "queue", name, line)
    expect_minutes(case, "queue_wait", name, line / rate)
    expect(case, "refused", name, line / patience / rate)
    expect(case, "use", name, sum(min(n, c) * x for n, x in enumerate(p)) / c)


def constant(case, name, c, load):
    """M/D/c with times of an hour."""
    wait, line = constant_times(c, c * load)
    site(case, name, c)
    stream(case, name, c * load, 1.0, ("constant",))
    expect(case, "waited_share", name, wait)
    coarse = expect if load < 0.93 else expect_coarse
    coarse(case, "queue", name, line)
    coarse(case, "queue_wait", name, line / (c * load))


def single(case, name, rate, hours, law, spread2):
    """M/G/1 by the squared coefficient of variation (Pollaczek, Khinchine)."""
    load = rate * hours
    site(case, name, 1)
    stream(case, name, rate, hours, law)
    expect(case, "queue_wait", name, load * hours * (1 + spread2) / (2 * (1 - load)))
    expect(case, "use", name, load)


def shared(case, name, k, rate, hours, law):
    """A site of k times a pile's power with plugs for all: processor sharing."""
    a = rate * hours
    wait = erlang_c(int(k), a)
    stay = hours * (1 + wait / (k - a))
    site(case, name, -1, site_kw=k * KW)
    stream(case, name, rate, hours, law)
    expect(case, "throttled", name, wait)
    expect_minutes(case, "stay", name, stay)
    expect(case, "plugged", name, rate * stay)


def classes(case, name, c, hours, rates):
    """Several classes, highest priority first."""
    site(case, name, c, queue="priority")
    for i, (rate, wait) in enumerate(zip(rates, classes_waits(c, hours, rates))):
        stream(case, f"{name}-{i + 1}", rate, hours, site=name, priority=len(rates) - i)
        expect_coarse(case, "queue_wait", f"{name}-{i + 1}", wait)
    fifo = erlang_c(c, sum(rates) * hours) / (c / hours - sum(rates))
    expect_coarse(case, "queue_wait", name, fifo)


def curve(case, name, battery, points, begin, end, pile_kw, efficiency=1.0, car_kw=None, current="dc"):
    """One session after the other along a curve: no luck but the arrivals."""
    most = min(pile_kw, car_kw or pile_kw)
    level = [(0.0, most), (1.0, most)]
    minutes = curve_minutes(battery, points or level, begin, end, most) / efficiency
    for soc, kw in points or ():
        case.add("curves", curve=name, soc=soc, kw=kw)
    case.add("ev_types", type=name, battery_kwh=battery, efficiency=efficiency, ac_kw=car_kw or pile_kw,
             dc_kw=car_kw or pile_kw, curve=name if points else None)
    site(case, name, -1, kw=pile_kw, current=current)
    case.add("streams", stream=name, site=name, per_hour=1, amount="soc", type=name, soc_from=begin, soc_until=end,
             current=current, until=cases_kit.day(case.days - 3))
    case.expect("stay", name, float(f"{minutes:.13g}"), 60)
    case.expect("session_energy", name, float(f"{battery * (end - begin) / efficiency:.13g}"))


HOME = {"from_year": 1900, "home": "own", "share": 1, "kw": 50}


def habit(case, name, battery, plug_ins, energy, gap=None, deviation=None, share=1, **habits):
    """A class that charges at home by its habit; 10 kWh per 100 km, so that a kWh is 10 km."""
    case.add("ev_types", type=name, battery_kwh=battery, kwh_per_100km=10, efficiency=1, ac_kw=50)
    case.add("ev_classes", **{"class": name}, share=share, public_below=0, **habits)
    case.add("class_types", **{"class": name}, type=name)
    case.add("homes", **{"class": name}, **HOME)
    case.expect("plug_ins", name, plug_ins)
    if energy:
        case.expect("plug_energy", name, energy)
    if gap:
        case.expect("plug_gap", name, gap)
    if deviation:
        case.expect("plug_gap_deviation", name, deviation)


def fleet(case, vehicles):
    case.add("fleet_stock", date="2000-01-01", vehicles=vehicles)
    case.set("fleet_life_years", 100)


# The cases ------------------------------------------------------------------------------------------------------

JIAXING = [11381, 7012, 5101, 4548, 3969, 3876, 5670, 7076, 9746, 17125, 22106, 30205, 31555, 30480, 31632, 31779, 27663,
           21716, 23848, 26068, 21974, 22843, 24104, 19600]
THREE_LAWS = (("constant",), ("exponential",), ("lognormal", 1.5))


def profile(case, name, weights):
    mean = sum(weights) / len(weights)
    for hour, weight in enumerate(weights):
        case.add("profiles", profile=name, slot=hour, weight=weight / mean)


def case_queues(*rows, **settings):
    def make():
        case = case_of(**settings)
        for name, c, rate, hours in rows:
            queue(case, name, c, rate, hours)
        return case
    return make


def case_b():
    case = case_of(days=728)
    for name, c, a in (("B1", 1, 0.5), ("B3", 10, 8), ("B5", 50, 45)):
        for law in THREE_LAWS:
            loss(case, f"{name}-{law[0]}", c, a, law)
    return case


def case_b7():
    case = case_of(days=91)
    for law in THREE_LAWS:
        loss(case, f"B7-{law[0]}", 508, 500, law)
    return case


def case_c():
    case = case_of()
    limited(case, "C1", 4, 8, 4, 1)
    limited(case, "C3", 10, 30, 9.5, 1)
    return case


def case_d():
    case = case_of()
    impatient(case, "D1", 1, 1, 1, 1)
    impatient(case, "D3", 10, 12, 1, 0.5)
    return case


def case_e(*rows, **settings):
    def make():
        case = case_of(**settings)
        for c, load in rows:
            constant(case, f"E{c}-{load}", c, load)
        return case
    return make


def case_g():
    case = case_of(days=1456)
    single(case, "G-constant", 0.8, 1, ("constant",), 0)
    single(case, "G-uniform", 0.8, 1, ("uniform", 0.5), 1 / 12)
    single(case, "G-exponential", 0.8, 1, ("exponential",), 1)
    single(case, "G-erlang", 0.8, 1, ("erlang", 3), 1 / 3)
    return case


def case_g_lognormal():
    """Needs more runs than the others."""
    case = case_of(days=1456)
    single(case, "G-lognormal", 0.8, 1, ("lognormal", 1.23), 1.23)
    return case


def case_g_hyper():
    """Would need still more: a lower load."""
    case = case_of(days=728)
    single(case, "G-hyperexponential", 0.5, 1, ("hyperexponential", 2), 2)
    return case


def case_h():
    case = case_of(days=364)
    site(case, "H1", -1)
    stream(case, "H1", 30, 0.8, ("lognormal", 1.23))
    site(case, "H1-exponential", -1)
    stream(case, "H1-exponential", 30, 0.8)
    for name in ("H1", "H1-exponential"):
        expect(case, "plugged", name, 24)
        expect(case, "plugged_variance", name, 24)
    for lag in (0.4, 0.8):
        expect(case, "plugged_covariance", f"H1-exponential+{lag}", 24 * math.exp(-lag / 0.8))
    return case


def case_i1():
    case = case_of(days=182)
    for name, law in (("exponential", ("exponential",)), ("constant", ("constant",)), ("uniform", ("uniform", 1))):
        row = "I1-" + name
        site(case, row, -1)
        stream(case, row, 100, 2, law, swing=0.8)
        for t in (0, 3, 6, 8, 12, 18):
            expect(case, "plugged_reading", f"{row}@{t}", wave_mean(t, 100, 0.8, law, 2))
    expect(case, "plugged_reading", "I1-exponential@7.84243328892", wave_mean(7.84243328892, 100, 0.8, ("exponential",), 2))
    expect(case, "plugged_reading", "I1-constant@7", wave_mean(7, 100, 0.8, ("constant",), 2))
    return case


def case_i2():
    case = case_of(days=91)
    profile(case, "jiaxing", JIAXING)
    for name, law, hours in (("exponential-1", "exponential", 1), ("constant-1", "constant", 1),
                             ("constant-half", "constant", 0.5), ("constant-8", "constant", 8)):
        row = "I2-" + name
        site(case, row, -1)
        stream(case, row, 10000 / 24, hours, (law,), profile="jiaxing")
        for hour, value in enumerate(hourly_means(JIAXING, 10000, law, hours)):
            expect(case, "plugged", f"{row}@{hour}", value)
        expect(case, "plugged", row, 10000 * hours / 24)
    return case


R1_QUEUE = [0.58850, 1.16611, 2.14377, 3.56764, 5.39438, 7.49075, 9.65699, 11.65934, 13.26206, 14.25584, 14.48439,
            13.87169, 12.45123, 10.39089, 7.99101, 5.62443, 3.61895, 2.14661, 1.19891, 0.65392, 0.36880, 0.23833,
            0.21400, 0.30743]
R2_BUSY = [4.44554, 2.92069, 1.93047, 1.44172, 1.19568, 1.07176, 1.23046, 1.56675, 2.06678, 3.23452, 4.66365, 6.26063,
           7.35190, 7.69496, 7.87123, 8.02772, 7.82212, 7.02217, 6.47959, 6.58161, 6.34223, 6.05815, 6.13744, 5.78223]


def case_r():
    """Arrivals by a daily sine."""
    case = case_of(days=1456)
    site(case, "R1", 10)
    stream(case, "R1", 8, 1, swing=0.5)
    case.expect("queue", "R1", 5.947748)
    case.expect("queue_wait", "R1", 0.743468)
    case.expect("waited_share", "R1", 0.625814)
    for hour, value in enumerate(R1_QUEUE):
        small = 0.1 if value < 6 else 1      # its error may be an absolute 0.02 where the queue is short
        case.expect("queue", f"R1@{hour}", round(value * small, 7), small if small < 1 else None)
    return case


def case_r1_peak():
    """The longest queue, and who leaves when all piles are taken."""
    case = case_of(days=1456)
    site(case, "R1", 10)
    stream(case, "R1", 8, 1, swing=0.5)
    case.expect("waiting_reading", "R1@10.28", 14.54032)
    site(case, "R1-leave", 10)
    stream(case, "R1-leave", 8, 1, swing=0.5, patience_law="constant")
    case.expect("refused", "R1-leave", 0.174667)
    case.expect("all_plugged", "R1-leave@6.28", 0.150639, 0.5)
    return case


def case_r2():
    case = case_of(days=364)
    profile(case, "jiaxing", JIAXING)
    site(case, "R2", 10)
    stream(case, "R2", 6, 0.8, profile="jiaxing")
    for hour, value in enumerate(R2_BUSY):
        case.expect("plugged", f"R2@{hour}", value)
    case.expect("queue_wait", "R2", 3.32, 60)
    return case


def case_k(name, k, rate, hours, **settings):
    def make():
        case = case_of(**settings)
        for law in THREE_LAWS:
            shared(case, f"{name}-{law[0]}", k, rate, hours, law)
        return case
    return make


def case_l():
    case = case_of()
    classes(case, "L1", 4, 1, (1, 2))
    classes(case, "L3", 20, 0.5, (12, 24))
    return case


def case_m():
    """Three curves: no luck, so equal to rounding."""
    case = case_of(days=30, warm_up=0, replications=2)
    first = [(0, 60), (0.8, 60), (1, 10)]
    for name, begin, end in (("M1-low", 0.2, 0.8), ("M1-high", 0.8, 1.0), ("M1", 0.2, 1.0)):
        curve(case, name, 60, first, begin, end, 120)
    second = [(0, 100), (0.5, 100), (0.8, 40), (1, 10)]
    curve(case, "M2-low", 80, second, 0.1, 0.8, 100)
    curve(case, "M2", 80, second, 0.1, 1.0, 120)
    curve(case, "M3", 50, None, 0.3, 1.0, 7, efficiency=0.92, current="ac")
    return case


def case_m4(rule, plug_ins, energy):
    def make():
        case = case_of(days=365, warm_up=0, replications=2)
        habit(case, "M4", 60, plug_ins, energy, km_per_day=100, plug_rule=rule, plug_below=0.5)
        fleet(case, 1000)
        return case
    return make


def case_n():
    """Habits as renewal processes; used kWh above X is charge below 1 - X / battery."""
    case = case_of(days=364, warm_up=84, replications=100)
    third = 1 / 3
    habit(case, "N1", 200, 91.25, 32, gap=4, share=third, km_per_day=80, day_law="exponential", plug_below=1 - 24 / 200)
    habit(case, "N2", 200, 103.051245, 28.3354166667, gap=3.54192708333, share=third, km_per_day=80, day_law="uniform",
          day_spread=0.5, plug_below=1 - 24 / 200)
    habit(case, "N3", 200, 164.25, None, gap=1 / 0.45, deviation=math.sqrt(0.55) / 0.45, share=third, km_per_day=40,
          plug_below=0, plug_share=0.45)
    fleet(case, 3000)
    return case


CASES = {
    "Q-A1": ("M/M/1; Erlang 1917", case_queues(("A1", 1, 0.8, 1), days=1456)),
    "Q-A3": ("M/M/c; Erlang 1917", case_queues(("A3", 6, 6, 0.8), ("A4", 10, 8, 1), days=728)),
    "Q-A5": ("M/M/c; Erlang 1917", case_queues(("A5", 20, 36, 0.5))),
    "Q-A7": ("M/M/c; Erlang 1917", case_queues(("A7", 100, 95, 1))),
    "Q-A-pooling": ("two sites apart and pooled; Erlang 1917",
                    case_queues(("pooled-1", 5, 4, 1), ("pooled-2", 10, 8, 1), ("pooled-4", 20, 16, 1), days=364)),
    "Q-B": ("Erlang B, any law", case_b),
    "Q-B7": ("Erlang B, any law", case_b7),
    "Q-C": ("M/M/c/K", case_c),
    "Q-D": ("Erlang A; Palm 1946", case_d),
    "Q-E": ("M/D/c; Crommelin 1932", case_e((1, 0.8), (2, 0.5), (5, 0.5), (20, 0.8), days=728)),
    "Q-E10": ("M/D/c; Crommelin 1932", case_e((10, 0.5), days=728)),
    "Q-E-busy": ("M/D/c; Crommelin 1932", case_e((2, 0.9), (5, 0.9), (10, 0.9), days=728)),
    "Q-E-large": ("M/D/c; Crommelin 1932", case_e((20, 0.95), (50, 0.9))),
    "Q-G": ("M/G/1; Pollaczek, Khinchine", case_g),
    "Q-G-lognormal": ("M/G/1; Pollaczek, Khinchine", case_g_lognormal),
    "Q-G-hyper": ("M/G/1; Pollaczek, Khinchine", case_g_hyper),
    "Q-H": ("M/G/infinity", case_h),
    "Q-I1": ("M(t)/G/infinity; Eick, Massey, Whitt 1993", case_i1),
    "Q-I2": ("M(t)/G/infinity; starts by hour, Jiaxing", case_i2),
    "Q-K1": ("processor sharing: as M/M/k for any law", case_k("K1", 1, 0.7, 1, days=1456)),
    "Q-K3": ("processor sharing: as M/M/k for any law", case_k("K3", 10, 16, 0.5)),
    "Q-L": ("two priorities; Cobham 1954", case_l),
    "Q-M": ("charging curves", case_m),
    "Q-M4-below": ("charging below half", case_m4("below", 91, 40)),
    "Q-M4-not-above": ("charging at half or below", case_m4("not_above", 121, 30)),
    "Q-N": ("plug-in habits as renewal processes", case_n),
    "Q-R1": ("M(t)/M/c, by the equations of state", case_r),
    "Q-R1-peak": ("M(t)/M/c, by the equations of state", case_r1_peak),
    "Q-R2": ("M(t)/M/c, starts by hour, Jiaxing", case_r2),
}


def law_of(text):
    kind, *more = text.split(":")
    return (kind, *map(float, more))


def own_case(options):
    case = case_of(days=options.days, replications=options.replications)
    if options.kind == "queue":
        law = law_of(options.law)
        if options.places is not None:
            limited(case, "SITE", options.piles, options.piles + options.places, options.rate, options.hours)
        elif options.patience:
            impatient(case, "SITE", options.piles, options.rate, options.hours, options.patience)
        elif law[0] == "exponential":
            queue(case, "SITE", options.piles, options.rate, options.hours)
        else:
            site(case, "SITE", options.piles)
            stream(case, "SITE", options.rate, options.hours, law)
            for measure in ("waited_share", "queue", "queue_wait", "use"):
                case.expect(measure, "SITE", "")
    elif options.kind == "loss":
        loss(case, "SITE", options.piles, options.load, law_of(options.law))
    elif options.kind == "constant":
        constant(case, "SITE", options.piles, options.load)
    elif options.kind == "shared":
        shared(case, "SITE", options.full, options.rate, options.hours, law_of(options.law))
    elif options.kind == "classes":
        classes(case, "SITE", options.piles, options.hours, cases.numbers(options.rates))
    elif options.kind == "wave":
        site(case, "SITE", options.piles)
        leaves = {"patience_law": "constant"} if options.leave else {}
        stream(case, "SITE", options.rate, options.hours, law_of(options.law), swing=options.swing, **leaves)
        if options.piles < 0:
            for t in range(0, 24, 3):
                expect(case, "plugged_reading", f"SITE@{t}",
                       wave_mean(t, options.rate, options.swing, law_of(options.law), options.hours))
        else:
            by_hour, mean, wait, share = wave_queue(options.piles, options.rate, options.swing, options.hours, options.leave)
            case.expect("refused" if options.leave else "waited_share", "SITE", share)
            if not options.leave:
                case.expect("queue", "SITE", mean)
                case.expect("queue_wait", "SITE", wait)
                for hour, value in enumerate(by_hour):
                    case.expect("queue", f"SITE@{hour}", value * 0.1, 0.1)
    elif options.kind == "curve":
        case = case_of(days=30, warm_up=0, replications=2)
        points = [tuple(map(float, point.split(":"))) for point in options.points.split(",")] if options.points else None
        curve(case, "SITE", options.battery, points, getattr(options, "from"), options.until, options.pile_kw,
              options.efficiency, options.car_kw)
    else:
        case = case_of(days=364, warm_up=84, replications=100)
        battery = 200
        law = law_of(options.law)
        habit(case, "CLASS", battery, "", None, km_per_day=options.mean * 10, day_law=law[0],
              day_spread=law[1] if len(law) > 1 else None, plug_below=1 - options.above / battery,
              plug_share=options.share)
        gap, deviation = renewal(law, options.mean, options.above) if not options.share else ("", "")
        if not options.share:
            case.tables["expected"][-1]["value"] = 365 / gap
        case.expect("plug_energy", "CLASS", gap * options.mean if gap else "")
        case.expect("plug_gap", "CLASS", gap)
        if deviation != 0:
            case.expect("plug_gap_deviation", "CLASS", deviation)
        fleet(case, 1000)
    return case


def options_parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--out", type=pathlib.Path, help="folder of a case of your own")
    parser.add_argument("--days", type=int, default=364, help="of one replication")
    parser.add_argument("--replications", type=int, default=400, help="at most")
    kinds = parser.add_subparsers(dest="kind")

    def kind(name, text, *names, **more):
        sub = kinds.add_parser(name, help=text)
        for option in names:
            sub.add_argument("--" + option, type=int if option in ("piles", "full") else float, required=True)
        for option, default in more.items():
            sub.add_argument("--" + option.replace("_", "-"), default=default,
                             type=str if option in ("law", "points", "rates") else int if option == "places" else float)
        return sub

    kind("queue", "first come, first served", "piles", "rate", "hours", law="exponential", places=None, patience=None)
    kind("loss", "who finds all piles taken leaves; times of an hour", "piles", "load", law="exponential")
    kind("constant", "times of exactly an hour; load per pile", "piles", "load")
    kind("shared", "a site with the power of so many piles and plugs for all", "full", "rate", "hours", law="exponential")
    kind("classes", "priorities, highest first", "piles", "hours", rates="1,2")
    kind("wave", "arrivals by a daily sine; piles -1: always enough", "piles", "rate", "hours", law="exponential",
         swing=0.5).add_argument("--leave", action="store_true", help="who finds all piles taken leaves")
    kind("curve", "one charging curve", "battery", "from", "until", points="", pile_kw=120.0, car_kw=None, efficiency=1.0)
    kind("plug", "a habit at home; energy in kWh", "mean", law="exponential", above=24.0, share=0.0)
    options = parser.parse_args()
    if options.kind and not options.out:
        parser.error("--out DIR says where the case goes")
    return options


def main():
    options = options_parse()
    if options.kind:
        cases.folder_write(options.out, own_case(options).files("command line"))
        return 0
    wrong = []
    for name, (origin, make) in CASES.items():
        files = make().files(origin)
        if options.check:
            wrong += [f"{name}/{file}" for file in cases.folder_differs(HERE / name, files)]
        else:
            cases.folder_write(HERE / name, files)
    if wrong:
        print("not what tools/cases_charging.py writes: " + ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
