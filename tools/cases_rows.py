"""The committed cases: rows of the literature as scenario folders. `CASES` lists them with where they come from."""
from cases_exposure import case_d1, case_d2 as case_d2_exposure, case_d4
from cases_kit import (CYCLE, MILLI, Case, assembly, assembly_case, bernoulli, costs, day, demand, demand_each_tick,
                       expect_line, expect_stock, failing_source, fluid, line, line_case, normal_loss, serial,
                       served_stock, shifts, slotted, source, stage, stage_by_ticks)


def case_a1():
    """Base stock, Poisson: twenty ticks to a mean lead time, and a lead of its own for every unit (Palm)."""
    case = Case(period=1)
    source(case)
    case.read_each_period()
    for name, rate, lead, level, on_hand, backlog, fill, wait in (
            ("A1-1", 4, 2.5, 13, 3.322472730, 0.322472730, 0.791556476, 0.080618183),
            ("A1-2", 10, 0.3, 5, 2.134620556, 0.134620556, 0.815263245, 0.013462056)):
        for law in ("fixed", "exponential", "uniform"):
            one = f"{name}-{law}"
            stage_by_ticks(case, one, 20, law, order_up_to=level)
            demand_each_tick(case, one, rate * lead / 20)
            expect_stock(case, one, on_hand=on_hand, backlog=backlog, positive=fill)
            case.expect("wait", one + "/X", wait, lead / 20)
    return case


def case_a2():
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, lead, level, on_hand, backlog, covered, positive, fill in (
            ("A2-1", 5, 2, 13, 3.322472730, 0.322472730, 0.864464423, 0.791556476, 0.935709532),
            ("A2-2", 20, 4, 90, 10.629356822, 0.629356822, 0.878563891, 0.855517418, 0.968547958)):
        stage(case, name, lead, order_up_to=level)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, covered=covered, positive=positive, fill=fill)
    return case


def case_a3():
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, review, lead, level, on_hand, backlog, fill in (
            ("A3-1", 4, 5, 3, 34, 14.086363834, 0.086363834, 0.981259326),
            ("A3-2", 1, 10, 5, 18, 8.561044817, 0.061044817, 0.969323702)):
        stage(case, name, lead, review=review * case.period, order_up_to=level)
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, fill=fill)
    return case


def case_a4():
    """The newsvendor as the base stock with a lead of one period."""
    case = Case()
    source(case)
    case.read_each_period()
    for name, mean, deviation, level, h, p, cost in (("A4-1", 50, 8, 56.603955927, 0.18, 0.70, 1.997605193),
                                                     ("A4-2", 120, 10, 132.815515655, 2, 18, 35.099666386)):
        on_hand, backlog = normal_loss(mean, deviation, level)
        stage(case, name, 1, order_up_to=round(level * MILLI), **costs(h, p))
        demand(case, name, ("normal", mean * MILLI, deviation * MILLI))
        expect_stock(case, name, 1 / MILLI, on_hand=round(on_hand, 9), backlog=round(backlog, 9), cost=cost)
    stage(case, "A4-3", 1, order_up_to=19, **costs(200, 270))
    demand(case, "A4-3", ("poisson", 18))
    expect_stock(case, "A4-3", on_hand=2.246996683, backlog=1.246996683, cost=786.088440935)
    return case


def case_a5():
    """(r,Q): whole lots at each review leave the position uniform on r+1..r+Q, as in continuous time."""
    case = Case()
    source(case)
    case.read_each_period()
    for name, r, q, rate, lead, periods, h, p, k, on_hand, backlog, fill, orders, cost in (
            ("A5-1", 3, 5, 1.5, 2, 2, 20, 150, 100, 3.105432827, 0.105432827, 0.866632830, 0.3, 107.923580633),
            ("A5-2", 6, 7, 12, 0.5, 1, 4, 28, 4, 4.168255312, 0.168255312, 0.863150807, 1.714285714, 28.241312842),
            ("A5-3", 20, 25, 10, 2, 2, 1, 9, 64, 13.176362945, 0.176362945, 0.928931777, 0.4, 40.363629449)):
        a_unit = periods / lead         # periods to a unit of time
        stage(case, name, periods, policy="r_Q", reorder_at=r, lot=q, **costs(h, p, k * a_unit))
        demand(case, name, ("poisson", rate / a_unit))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, positive=fill, cost=cost)
        case.expect("orders", name + "/X", orders, a_unit)
    return case


def case_a6():
    """(s,S), lead time nothing: ordered first in the period, there before its demand: one period here."""
    case = Case()
    source(case)
    case.read_each_period()
    h, p, k = 1, 9, 64
    rows = [(f"A6-{mean}", mean, 1, small, big, h, p, k, on_hand, backlog, orders, cost)
            for mean, small, big, on_hand, backlog, orders, cost in (
                (10, 6, 40, 16.105860, 0.278498, 0.256394, 35.021555),
                (20, 14, 62, 23.296163, 0.447909, 0.341339, 49.173036),
                (22, 16, 68, 25.621322, 0.440500, 0.344476, 51.632301),
                (24, 18, 54, 18.238887, 0.395670, 0.495593, 53.517865),
                (30, 23, 66, 21.568452, 0.462045, 0.501439, 57.818926),
                (40, 33, 87, 27.836230, 0.485170, 0.504830, 64.511847),
                (50, 42, 108, 33.907471, 0.532345, 0.504322, 70.975212),
                (52, 44, 112, 34.975151, 0.551801, 0.504762, 72.246106),
                (59, 51, 126, 38.727675, 0.616164, 0.506342, 76.679068),
                (61, 52, 131, 40.470002, 0.579336, 0.503824, 77.928735),
                (64, 55, 74, 10.440232, 0.440232, 1.000000, 78.402321),
                (70, 62, 81, 11.403748, 0.403748, 1.000000, 79.037484))]
    rows += [("A6-6", 6, 1, 4, 10, 1, 4, 5, 3.141147176, 0.370783044, 0.681966442, 8.034111561),
             ("A6-6-large", 6, 1, 6, 18, 1, 4, 5, None, None, None, 10.193798672),
             ("A6-4", 4, 1, 2, 7, 40, 125, 150, None, None, None, 223.574829567),
             ("A6-4-large", 4, 1, 4, 10, 40, 125, 150, None, None, None, 262.275561377),
             ("A6-lead", 20, 3, 14, 62, h, p, k, 1.454361896, 18.606107847, 0.341338947, 190.755025153)]
    for name, mean, lead, small, big, hold, short, order, on_hand, backlog, orders, cost in rows:
        stage(case, name, lead, policy="s_S", reorder_at=small, order_up_to=big, **costs(hold, short, order))
        demand(case, name, ("poisson", mean))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, orders=orders, cost=cost)
    return case


def case_a7():
    """Lost sales: a unit of time is 360 ticks of a minute, so that hardly two customers fall into one tick."""
    case = Case(days=400, warm_up=10, replications=200, tick_seconds=60)
    source(case)
    case.set("read_hours", 0.5)
    for name, level, rate, lead, lost, on_hand, on_order in (
            ("A7-1", 5, 2, 2, 0.199066874, 1.796267496, 3.203732504),
            ("A7-2", 3, 1, 1, 0.0625, 2.0625, 0.9375)):
        for law in ("fixed", "exponential"):
            one = f"{name}-{law}"
            stage_by_ticks(case, one, lead * 360, law, hour=1 / 60, order_up_to=level)
            case.add("demands", demand="D-" + one, enterprise=one, product="X", demand_law="poisson", mean=rate / 360,
                     every_hours=1 / 60, unmet="lost")
            expect_stock(case, one, fill=1 - lost, on_hand=on_hand, on_order=on_order)
    return case


def case_a8():
    """Make to stock, one exponential server: ten times of the server to a tick, exact inside it."""
    case = Case(period=1, replications=800)
    case.read_each_period()
    for name, level, load, on_hand, backlog, fill in (("A8-1", 5, 0.8, 2.310720000, 1.310720000, 0.672320000),
                                                      ("A8-2", 3, 0.5, 2.125, 0.125, 0.875)):
        product = served_stock(case, name, level, 10, 10 * load)
        expect_stock(case, name, product=product, on_hand=on_hand, backlog=backlog, fill=fill)
    return case


A9_ROWS = (("A9-8", 8, 10, 20, 11.134371248, 0.012993566, 0.878622318, 0.718698352),
           ("A9-9", 9, 10, 40, 27.905089591, 0.006328044, 3.101238453, 0.446499595))


def capacitated(offset):
    case = Case()
    source(case)
    case.read_each_period(offset)
    for name, mean, most, level, *_ in A9_ROWS:
        stage(case, name, 1, review=case.period, order_up_to=level, order_most=most)
        demand(case, name, ("poisson", mean))
    return case


def case_a9():
    case = capacitated(None)
    for name, _, _, _, on_hand, backlog, _, _ in A9_ROWS:
        expect_stock(case, name, on_hand=on_hand, backlog=backlog)
    return case


def case_a9_ordered():
    """Read in the tick after the order: the shortfall behind the level."""
    case = capacitated(1)
    for name, *_, shortfall, full in A9_ROWS:
        expect_stock(case, name, shortfall=shortfall, full=full)
    return case


def case_a10():
    """A source that is up or down for whole periods; what is ordered while it is down comes when it is up again."""
    case = Case(period=3, replications=2000)
    source(case)
    case.read_each_period()
    for name, amount, fails, recovers, h, p, level, on_hand, backlog, cost in (
            ("A10-1", 2000, .04, .25, .25, 3, 2000, 0, 1103.448276, 3310.344828),
            ("A10-2", 2000, .04, .25, .25, 3, 6000, 3517.241379, 620.689655, 2741.379310),
            ("A10-3", 2000, .04, .25, .25, 3, 10000, 7245.689655, 349.137931, 2858.836207),
            ("A10-4", 10, .02, .2, 1, 9, 20, 9.090909, 3.636364, 41.818182)):
        failing_source(case, "SOURCE-" + name, fails, recovers)
        stage(case, name, 1, "SOURCE-" + name, order_up_to=level, **costs(h, p))
        demand(case, name, ("constant", amount))
        expect_stock(case, name, on_hand=on_hand, backlog=backlog, cost=cost)
    return case


def case_a12():
    """Deterministic (R,Q): a unit of time is a day; stock after the demand of time t is held until t + 1."""
    case = Case(period=24, days=59, warm_up=0, replications=1)
    source(case)
    case.set("read_hours", 24)
    case.set("read_offset_hours", 0)
    for name, demands, orders, received, end, area in (("A12-1", (120,), 7, 3000, 400, 38000),
                                                       ("A12-2", (120, 80), 12, 5500, 500, 35500)):
        stage(case, name, 2, policy="r_Q", reorder_at=500, lot=500, opening=1000)
        for amount in demands:
            case.add("demands", demand=f"D-{name}-{amount}", enterprise=name, product="X", demand_law="constant",
                     mean=amount, every_hours=48, offset_hours=0)
        row = name + "/X"
        case.expect("orders_sum", row, orders)
        case.expect("received", row, received)
        case.expect("on_hand_end", row, end)
        case.expect("on_hand_sum", row, area)
    return case


A13_ROWS = (("A13-1", 10, 60, 7, 10.432309121, 0.126668493, 6.1, 0.781025),
            ("A13-2", 10, 80, 7, 0.510331072, 0.893417295, 8.1, 0.9),
            ("A13-3", 2, 15, 10, 5.250411397, 0.156513135, 8.0, 2.0))


def case_a13():
    """An outage again and again: an hour stands for a day of it; the stock is filled, then nothing comes for T days."""
    period = 16
    case = Case(period=period, days=7300, warm_up=10, replications=2000)
    source(case)
    case.read_each_period()
    for name, mean, level, days, lost, survived, *_ in A13_ROWS:
        case.add("enterprises", enterprise=name, district="Here", kind="supplier")
        case.add("stocks", enterprise=name, product="X", policy="order_up_to", order_up_to=level, review_hours=period)
        case.add("links", buyer=name, component="X", supplier="SOURCE", transit_hours=1)
        for number in range(days):
            case.add("demands", demand=f"D-{name}-{number}", enterprise=name, product="X", demand_law="poisson",
                     mean=mean, every_hours=period, offset_hours=period - 1 - number)
        expect_stock(case, name, backlog=lost, covered=survived)
    return case


def case_a13_survived():
    """One outage to a run: when is the first unit missing?"""
    case = Case(days=20, warm_up=0, replications=40000, tick_seconds=1800)
    source(case)
    case.set("read_hours", 0.5)
    for name, mean, level, _, _, _, survived, deviation in A13_ROWS:
        case.add("enterprises", enterprise=name, district="Here", kind="supplier")
        case.add("stocks", enterprise=name, product="X", policy="none", opening=level)
        case.add("demands", demand="D-" + name, enterprise=name, product="X", demand_law="poisson", mean=mean / 48,
                 every_hours=0.5)
        expect_stock(case, name, survived=survived, survived_deviation=deviation)
    return case


def outage(case, name, spare, lost=None, tier=None, rate=None):
    """Ten units a day over a pipeline of five days; the maker M-name is down on the days 20 to 29."""
    maker, lead = "M-" + name, 5
    case.add("enterprises", enterprise=maker, district="Here", kind="supplier")
    case.add("makers", enterprise=maker, product="X", capacity=rate or 100000, cover_days=0,
             overtime_share=0)
    case.add("stocks", enterprise=maker, product="X", policy="order_up_to", order_up_to=0)
    case.add("shocks", shock="DOWN-" + name, **{"from": day(20), "until": day(29)}, scope="enterprise", target=maker,
             basis="capacity", factor=0)
    supplier = maker
    if tier is not None:
        # Its own pipeline is one day of the five.
        supplier = "T-" + name
        stage(case, supplier, 1, maker, meets_demand=False, order_up_to=10 + tier)
        lead = 4
    level = 10 * lead + spare
    if rate:
        lead -= 1   # a day of the five goes by while a slow maker works the order off
    stage(case, name, lead, supplier, order_up_to=level)
    case.add("demands", demand="D-" + name, enterprise=name, product="X", demand_law="constant", mean=10,
             every_hours=24, offset_hours=23, unmet="backorder" if rate else "lost")
    if lost is not None:
        case.expect("lost", name + "/X", lost)


def case_a13_down():
    case = Case(period=24, days=120, warm_up=20, replications=1)
    case.add("products", product="X", value=1)
    case.set("read_hours", 24)
    case.set("read_offset_hours", 23)
    outage(case, "A13-20", 20, lost=80)
    outage(case, "A13-55", 20, lost=45, tier=35)
    outage(case, "A13-100", 100, lost=0)
    outage(case, "A13-late", 20, rate=0.5)
    case.expect("backlog", "A13-late/X", 1920, 120)
    return case


def case_b1():
    case = Case(period=6)
    case.read_each_period()
    quarter = (1, .75, .5, .25)
    rows = (
        ("S1", ("normal", 5 * MILLI, MILLI), (1, 1, 2), (6490, 5530, 10690), 1 / MILLI, (7, 4, 2), 37.12, 47.660182,
         ((1.262348, 0.121187, 0.8416), (0.593798, 0.348840, 0.6049), (0.975041, 0.285041, 0.6872))),
        ("S3", ("normal", 100 * MILLI, 15 * MILLI), (1, 1), (123490, 104930), 1 / MILLI, (2, 1), 15, 166.250643,
         ((20.719954, 1.069418, 0.8824), (8.769464, 3.839464, 0.6288))),
        ("S6", ("poisson", 5), (1, 1, 2), (9, 6, 11), None, (7, 4, 2), 37.12, 72.046741021,
         ((3.287847588, 0.288216889, 0.824885935), (1.166229194, 1.000369301, 0.498300578),
          (1.834140107, 0.834140107, 0.583039750))),
        ("S8", ("poisson", 4), (1, 1, 1, 1), (8, 5, 5, 4), None, quarter, 9, 12.687897828,
         ((3.312210163, 0.206529575, 0.853015860), (1.060514408, 0.894319411, 0.493942561),
          (1.052337744, 0.833805003, 0.493991616), (0.781467259, 0.781467259, 0.433470120))),
        ("S10", ("poisson", 4), (1, 1, 1, 1), (11, 6, 5, 5), None, quarter, 99, 16.205544137,
         ((6.573598936, 0.013238391, 0.986384035), (1.816403333, 0.439639455, 0.682423200),
          (1.212931928, 0.623236122, 0.556030075), (1.410304194, 0.410304194, 0.628836935))),
    )
    for name, law, leads, levels, factor, holding, penalty, cost, values in rows:
        stages = serial(case, name, law, leads, levels, holding, penalty)
        for one, (on_hand, backlog, positive) in zip(stages, values):
            expect_stock(case, one, factor, on_hand=on_hand, backlog=backlog, positive=positive)
        case.expect("cost", name + "-*/X", cost, factor)
    return case


def case_b1_ten():
    case = Case(period=12)
    case.read_each_period()
    stages = serial(case, "TEN", ("poisson", 5), (1,) * 10, (8,) + (6,) * 9, tuple(range(10, 0, -1)), 50)
    expect_stock(case, stages[0], on_hand=2.307423479, backlog=0.652156753)
    expect_stock(case, stages[9], on_hand=1.493297504, backlog=0.493297504)
    case.expect("cost", "TEN-*/X", 329.615034470)
    return case


def b2_networks(case):
    """The second row in half units of time: leads 1, 2, 4 and an assembly of half a unit."""
    return (assembly(case, "B2-1", ("poisson", 5), 7, 4, ((8, 11), (8, 13))),
            assembly(case, "B2-2", ("poisson", 1), 3, 4, ((8, 4), (16, 6), (32, 11))),
            assembly(case, "B2-3", ("normal", 5, 1), 7, 4, ((8, 13, 1), (8, 11, 1)), h=2, p=20))


def case_b2():
    """Assembly, one for one: kits are started in the tick after the demand if every part is there."""
    case = assembly_case()
    first, second, third = b2_networks(case)
    for row, values in ((first, (1.806889559, 0.641029667, 0.640660366)),
                        (second, (1.772159555, 0.130839967, 0.834998942)), (third, (1.835830, 0.035474, None))):
        for measure, value in zip(("on_hand", "backlog", "positive"), values):
            if value is not None:
                case.expect(measure, row, value)
    for name, values in (("B2-1", (1.834140107, 3.834140107)), ("B2-2", (2.358680412, 2.358680412, 3.358680412)),
                         ("B2-3", (3.199644, 1.199644))):
        for part, value in zip("ABC", values):
            case.expect("on_hand", f"{name}/{name}-{part}", value)
    case.expect("cost", "B2-3/*", 18.780426)
    return case


def case_b2_started():
    """Read in the tick in which the kits are started: what is short of them, and whether one more could be."""
    case = assembly_case(offset=0)
    first, second, _ = b2_networks(case)
    for row, short, none in ((first, 0.834140107, 0.696776146), (second, 0.358680412, 0.820768743)):
        case.expect("shortfall", row, short)
        case.expect("full", row, none)
    case.expect("ready", first, 0.583039750)
    return case


def case_b3():
    """Four of one part in a product, whole kits only."""
    case = assembly_case()
    row = assembly(case, "B3", ("poisson", 5), 7, 4, ((8, 42),), usage=4)
    case.expect("on_hand", row, 1.610612449)
    case.expect("backlog", row, 0.861712807)
    case.expect("on_hand", "B3/B3-A", 7.004401429)
    return case


def case_b3_started():
    case = assembly_case(offset=0)
    case.expect("shortfall", assembly(case, "B3", ("poisson", 5), 7, 4, ((8, 42),), usage=4), 1.251100357)
    return case


def case_c1():
    case = line_case()
    table = {
        (2, 0): (0.666666667, 1.666667), (2, 1): (0.75, None), (2, 2): (0.8, None), (2, 3): (0.833333333, None),
        (2, 4): (0.857142857, None), (4, 0): (0.514775489, None), (4, 1): (0.631152685, None),
        (4, 2): (0.700712902, 6.482147), (4, 3): (0.747709512, None), (4, 4): (0.781776022, None),
        (6, 0): (0.466713263, None), (8, 0): (0.443070267, None), (10, 0): (0.428960733, 7.410895),
        (3, 5): (0.830759074, None), (3, 10): (0.894418545, None), (3, 1): (None, 3.531798),
        (3, 0): (0.564102564, 2.358974), (5, 0): (None, 3.778560),
    }
    for (stations, places), (throughput, level) in table.items():
        name = f"K{stations}-b{places}"
        line(case, name, [1] * stations, [places] * (stations - 1))
        expect_line(case, name, throughput, level, None if throughput is None else round(1 - throughput, 9))
    return case


def case_c2():
    case = line_case()
    for stations, phases, values in ((2, 2, (0.727272727, 0.821428571, 0.868217054)),
                                     (2, 4, (0.785276074, 0.882177010, 0.919861851)),
                                     (3, 3, (0.684224039, 0.809467715, 0.864527199)),
                                     (4, 2, (0.597706858, 0.730682022, 0.797777618)),
                                     (4, 4, (0.678228619, 0.818186670, 0.874261611)),
                                     (5, 3, (0.622348872, 0.768264340, 0.833552251))):
        for places, throughput in enumerate(values):
            name = f"K{stations}-k{phases}-b{places}"
            line(case, name, [1] * stations, [places] * (stations - 1), ("erlang", phases))
            expect_line(case, name, throughput)
    return case


def case_c3():
    case = line_case()
    rates = (("A", (1, 1.2), (0,), 0.725274725, 1.604396), ("B", (2, 1), (1,), 0.933333333, 2.733333),
             ("C", (1, 0.8, 1), (2, 2), 0.660484949, 4.598001),
             ("D", (1, 1.1, 1.2, 1.3), (1, 1, 1), 0.709882180, 4.294609),
             ("E", (1 / 1.2, 1 / 0.8, 1, 1 / 0.9, 1 / 1.1), (1, 1, 1, 1), 0.610255734, 6.016310))
    for name, speeds, places, throughput, level in rates:
        means = [1 / speed for speed in speeds]
        line(case, name, means, places)
        expect_line(case, name, throughput, level)
        line(case, name + "-reversed", means[::-1], places[::-1])
        expect_line(case, name + "-reversed", throughput)
    for name, means, throughput in (("BOWL3", (1.085533, 0.828934, 1.085533), 0.567181858),
                                    ("BOWL4", (1.136544, 0.863456, 0.863456, 1.136544), 0.519631211)):
        line(case, name, means, [0] * (len(means) - 1))
        expect_line(case, name, throughput)
    for places, throughput in (((2, 2, 2), 0.700712902), ((1, 3, 2), 0.693295971), ((2, 3, 1), 0.693295971),
                               ((6, 0, 0), 0.563844624), ((2, 2), 0.734016672), ((1, 3), 0.717767786),
                               ((3, 1), 0.717767786)):
        name = "PLACES-" + "".join(map(str, places))
        line(case, name, [1] * (len(places) + 1), places)
        expect_line(case, name, throughput)
    return case


def case_c4():
    case = line_case()
    for name, speeds, places, throughput in (("A", (1, 1, 1), (0, 0), 6 / 11), ("B", (1, 1, 1), (2, 2), 0.731999145),
                                             ("C", (1, 1.2, 1.5), (2, 3), 0.883504692)):
        line(case, name, [1 / speed for speed in speeds], places, feeders=2)
        expect_line(case, name, round(throughput, 9))
    return case


def case_c5():
    case = line_case(replications=600)
    for name, speeds, down, repair, places, work, calendar in (
            ("A", (1, 1), (.01, .01), (.1, .1), (0,), 0.589954823, 0.558128672),
            ("B", (1, 1), (.01, .01), (.1, .1), (8,), 0.785921140, 0.775910012),
            ("C", (2, 1), (.1, .05), (.5, .4), (3,), 0.844910230, 0.828400188),
            ("D", (1, 1, 1), (.01,) * 3, (.1,) * 3, (2, 2), 0.614295822, 0.578983228),
            ("E", (1, 1.1, 1.2), (.02, .03, .04), (.2, .2, .25), (3, 5), 0.701451918, 0.675666790)):
        means = [1 / speed for speed in speeds]
        for clock, throughput in (("work", work), ("calendar", calendar)):
            line(case, f"{name}-{clock}", means, places,
                 failures=(clock, [1 / p for p in down], [1 / r for r in repair]))
            expect_line(case, f"{name}-{clock}", throughput)
    return case


# Row B's mean level, 10, needs three times the replications of all others together: its row is one command away.
C6_ROWS = (("A", (.01, .01), (.1, .1), (4,), 0.840936136, (2,)),
           ("B", (.01, .01), (.1, .1), (20,), 0.870540722, ()),
           ("C", (.1, .1), (.1, .1), (10,), 0.397727273, (5,)),
           ("D", (.02, .01), (.2, .05), (8,), 0.790712615, (3.910439,)),
           ("E", (.1, .1), (.9, .9), (2,), 0.825, (1,)),
           ("F", (.01,) * 3, (.1,) * 3, (10, 10), 0.819137083, (5.983370, 4.016630)),
           ("G", (.01, .02, .01), (.1, .2, .1), (6, 8), 0.809983965, (3.793717, 2.784870)),
           ("H", (.01, .005, .02, .01), (.1, .08, .15, .1), (5, 5, 5), 0.757677625, (3.237819, 3.043874, 1.682149)))


def case_c6():
    """Slotted lines: unit cycles, geometric failures that are drawn as a unit begins."""
    case = line_case(replications=600)
    for name, fails, recovers, levels, throughput, between in C6_ROWS:
        slotted(case, name, fails, recovers, levels)
        expect_line(case, name, throughput, between=between)
        if name in "DGH":
            slotted(case, name + "-reversed", fails[::-1], recovers[::-1], levels[::-1])
            expect_line(case, name + "-reversed", throughput)
    # Failures at any up time, whether the machine works or not.
    for (name, fails, recovers, levels, _, _), throughput in zip(C6_ROWS, (0.835758352, 0.868937092, 0.375,
                                                                           0.784668561, 0.825)):
        slotted(case, name + "-calendar", fails, recovers, levels, "calendar")
        expect_line(case, name + "-calendar", throughput)
    return case


def case_c7():
    """Bernoulli lines: a machine that cannot begin in a slot tries again in the next."""
    case = line_case(replications=600)
    for i, (up, levels, throughput) in enumerate((
            ((.9, .9), (1,), 0.818181818), ((.9, .9), (2,), 0.857142857), ((.9, .9), (3,), 0.870967742),
            ((.85, .95), (5,), 0.849788416), ((.9,) * 3, (1, 1), 0.755725191), ((.9,) * 3, (2, 2), 0.831887272),
            ((.9, .8, .7), (2, 3), 0.675428808), ((.7, .8, .9), (3, 2), 0.675428808),
            ((.95, .9, .92, .88, .94), (2,) * 4, 0.822517727))):
        name = f"BERNOULLI-{i + 1}"
        bernoulli(case, name, up, levels)
        expect_line(case, name, throughput)
    return case


def case_c8():
    """Fluid lines as the limit of small parts: ten to a unit."""
    case = line_case(replications=600)
    parts = 10
    for i, (clock, down, repair, level, throughput) in enumerate((
            ("calendar", (.01, .01), (.1, .1), 5, 0.844271593), ("calendar", (.01, .01), (.1, .1), 10, 0.855771794),
            ("calendar", (.01, .01), (.1, .1), 50, 0.887052342), ("calendar", (.05, .1), (.15, .1), 6, 0.446688760),
            ("calendar", (.02, .01), (.2, .05), 20, 0.809805480), ("work", (.01, .01), (.1, .1), 10, 0.858725762),
            ("work", (.01, .01), (.1, .1), 0, 0.833333333))):
        name = f"FLUID-{i + 1}"
        fluid(case, name, [1 / p for p in down], [1 / r for r in repair], level, clock, parts)
        expect_line(case, name, throughput, parts=parts)
    return case


def case_c11():
    """Shifts: a unit of time is an hour; three of them to a part; shifts of five hours every ten."""
    case = Case(days=5, warm_up=0, replications=1, saturate="lines")
    case.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    shifts(case, "SHORT", [(0, 5), (10, 15)])
    shifts(case, "LONG", [(start, start + 5) for start in range(0, 100, 10)])
    for name, calendar, rule, hours, made, working in (("RESUME", "SHORT", None, 20, 3, .5),
                                                       ("FINISH", "SHORT", "finish", 20, 4, .6),
                                                       ("FIT", "SHORT", "fit", 20, 2, .3),
                                                       ("LONG", "LONG", None, 100, 16, .5)):
        line(case, name, [3 * 3600 / CYCLE], [], ("constant",), calendar=calendar, shift_rule=rule)
        case.expect("made", name, made)
        case.expect("working", name + "/S01", working, 24 * 5 / hours)
    return case


def case_d2():
    """The multi-tier network of the outage cases, with Poisson demand and order-up-to stocks: nothing is expected.

    Six weeks from full stocks; a site's capacity is shared between its products beforehand. Every site has a shock of
    its first two weeks, to be asked for.
    """
    case = Case(days=42, warm_up=0, replications=12)
    week = 168
    bills = {"V1": {"E1": 1, "G": 1, "S": 5, "W": 4}, "V2": {"E2": 1, "G": 1, "S": 5, "W": 4},
             "V3": {"E2": 1, "G": 1, "S": 7, "W": 4}, "E1": {"C": 2, "K": 1}, "E2": {"C": 3, "K": 1},
             "G": {"C": 1, "K": 2}, "S": {"F": 3}}
    # site -> product -> (weekly capacity, stock)
    makes = {"P1": {"V1": (100, 50), "V2": (50, 15)}, "P2": {"V2": (40, 15), "V3": (50, 20)}, "A": {"E1": (110, 30)},
             "B": {"E2": (70, 30)}, "CC": {"E1": (15, 5), "E2": (45, 15)}, "D": {"G": (130, 55)},
             "EE": {"G": (100, 45)}, "FS": {"S": (700, 240)}, "GS": {"S": (500, 160)}, "H": {"W": (500, 170)},
             "I": {"W": (400, 130)}, "J": {"C": (600, 500)}, "KC": {"K": (150, 60)}, "L": {"K": (650, 240)},
             "M": {"F": (2400, 670)}, "N": {"F": (1200, 330)}}
    margins = {"V1": 3, "V2": 5, "V3": 8}
    for product in ("V1", "V2", "V3", "E1", "E2", "G", "S", "W", "C", "K", "F"):
        case.add("products", product=product, value=1, margin=margins.get(product))
    for bill, parts in bills.items():
        for part, quantity in parts.items():
            case.add("bom", bill=bill, component=part, quantity=quantity)
    for site, products in makes.items():
        case.add("enterprises", enterprise=site, district="Here", kind="supplier")
        case.add("shocks", shock=site, **{"from": day(0), "until": day(13)}, scope="enterprise", target=site,
                 basis="capacity", factor=0, active="no")
        use = {}
        for product, (capacity, level) in products.items():
            case.add("makers", enterprise=site, product=product, capacity=capacity / week, cover_days=0,
                     overtime_share=0)
            case.add("stocks", enterprise=site, product=product, policy="order_up_to", order_up_to=level,
                     review_hours=24, **costs(p=margins.get(product)))
            for part, quantity in bills.get(product, {}).items():
                use[part] = use.get(part, 0) + quantity * capacity
        for part, weekly in use.items():
            sources = {maker: made[part][0] for maker, made in makes.items() if part in made}
            case.add("stocks", enterprise=site, product=part, policy="order_up_to", order_up_to=-(-weekly * 3 // 7),
                     review_hours=24)
            for maker, capacity in sources.items():
                case.add("links", buyer=site, component=part, supplier=maker, transit_hours=24,
                         share=round(capacity / sum(sources.values()), 6))
    for site, product, weekly in (("P1", "V1", 100), ("P1", "V2", 30), ("P2", "V2", 30), ("P2", "V3", 40)):
        case.add("demands", demand=f"D-{site}-{product}", enterprise=site, product=product, demand_law="poisson",
                 mean=weekly / 7, every_hours=24, unmet="lost")
        case.expect("fill", f"{site}/{product}", "")
    return case


CASES = {
    "A1": ("Palm 1938; Feeney & Sherbrooke 1966", case_a1),
    "A2": ("Poisson base stock; Zipkin 2000", case_a2),
    "A3": ("order up to S every R periods; Zipkin 2000", case_a3),
    "A4": ("newsvendor; Snyder & Shen, examples 4.1-4.4", case_a4),
    "A5": ("Federgruen & Zheng 1992", case_a5),
    "A6": ("Zheng & Federgruen 1991", case_a6),
    "A7": ("Erlang loss", case_a7),
    "A8": ("Buzacott & Shanthikumar 1993", case_a8),
    "A9": ("Federgruen & Zipkin 1986; Glasserman & Tayur 1994", case_a9),
    "A9-ordered": ("Federgruen & Zipkin 1986; Glasserman & Tayur 1994", case_a9_ordered),
    "A10": ("Snyder & Shen, example 9.3; Tomlin 2006", case_a10),
    "A12": ("SupplyNetPy validation against anyLogistix", case_a12),
    "A13": ("gamma time to survive; Poisson demand", case_a13),
    "A13-survived": ("gamma time to survive; Poisson demand", case_a13_survived),
    "A13-down": ("arithmetic of one outage", case_a13_down),
    "B1": ("Clark & Scarf 1960; Chen & Zheng 1994; Shang & Song 2003", case_b1),
    "B1-ten": ("Clark & Scarf 1960; ten stages", case_b1_ten),
    "B2": ("Rosling 1989; Song 1998", case_b2),
    "B2-started": ("Rosling 1989; Song 1998", case_b2_started),
    "B3": ("whole kits only; usage four", case_b3),
    "B3-started": ("whole kits only; usage four", case_b3_started),
    "C1": ("Hunt 1956; Hillier & Boling 1967", case_c1),
    "C2": ("Hillier & Boling 1967; Erlang service", case_c2),
    "C3": ("Hunt 1956; Hillier & Boling 1966", case_c3),
    "C4": ("assembly of two saturated feeders; Markov chain", case_c4),
    "C5": ("Gershwin & Berman 1981", case_c5),
    "C6": ("Buzacott 1967; Gershwin & Schick 1983; Gershwin 1994", case_c6),
    "C7": ("Li & Meerkov 2009", case_c7),
    "C8": ("fluid lines; Gershwin 1994", case_c8),
    "C11": ("shifts; ManPy examples", case_c11),
    "D1": ("HEC Montreal teaching instance; after Simchi-Levi et al. 2015", case_d1),
    "D2": ("own instance; after Simchi-Levi et al. 2015", case_d2_exposure),
    "D2-chain": ("own instance; after Simchi-Levi et al. 2015", case_d2),
    "D4": ("Diem et al. 2022", case_d4),
}
