"""What textbook cases are made of: tables of a scenario, stocks and demands in periods of ticks, lines in units of time.

How a period, a lead time and a reading become ticks is told in docs/cases.md (M-1); the numbers here follow it.
"""
import csv
import datetime
import io
import math

MILLI = 1000          # normal demand is counted in thousandths of a unit
CYCLE = 60.0          # seconds that stand for one unit of time of a line


class Case:
    """Tables of one scenario, in the order they are written."""

    def __init__(self, period=4, days=3652, warm_up=60, replications=400, **settings):
        self.period = period
        self.tables = {"settings": [], "districts": [{"district": "Here"}]}
        self.days = days
        self.set("from", "2001-01-01")
        self.set("until", day(days - 1))
        self.set("warm_up_days", warm_up)
        self.set("replications", replications)
        for name, value in settings.items():
            self.set(name, value)

    def set(self, name, value):
        self.add("settings", setting=name, value=value)

    def add(self, table, **row):
        self.tables.setdefault(table, []).append({k: v for k, v in row.items() if v is not None})

    def expect(self, measure, row, value, factor=None):
        self.add("expected", measure=measure, row=row, value=value, factor=factor)

    def read_each_period(self, offset=None):
        """In the last tick of the period, after its demand, or in another one."""
        self.set("read_hours", self.period)
        self.set("read_offset_hours", self.period - 1 if offset is None else offset)

    def files(self, origin):
        """name -> text of every table, with the columns that are used."""
        out = {}
        for table, rows in self.tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row)) + ["source", "confidence"]
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
            writer.writeheader()
            for row in rows:
                writer.writerow({**{k: plain(v) for k, v in row.items()}, "source": origin,
                                 "confidence": "derived" if table == "expected" else "assumed"})
            out[table + ".csv"] = text.getvalue()
        return out


def plain(value):
    return repr(value) if isinstance(value, float) else str(value)


def day(number):
    """The date of a day counted from 2001-01-01."""
    return (datetime.date(2001, 1, 1) + datetime.timedelta(number)).isoformat()


# Stocks ---------------------------------------------------------------------------------------------------------

def source(case):
    """One unlimited source and one product serve a whole case."""
    if "products" not in case.tables:
        case.add("enterprises", enterprise="SOURCE", district="Here", kind="unlimited")
        case.add("products", product="X", value=1)


def failing_source(case, name, fails, recovers):
    """An unlimited source of its own that is up or down for whole periods (Markov)."""
    case.add("enterprises", enterprise=name, district="Here", kind="unlimited", up_hours=case.period / fails,
             down_hours=case.period / recovers, failures_every_hours=case.period)


def demand(case, stage, law, every=1, product="X", **more):
    """Demand falls in the last tick of the period."""
    kind, *parameters = law
    case.add("demands", demand="D-" + stage, enterprise=stage, product=product, demand_law=kind, mean=parameters[0],
             deviation=parameters[1] if len(parameters) > 1 else None, every_hours=case.period * every,
             offset_hours=case.period * every - 1, **more)


def demand_each_tick(case, stage, mean, product="X", **more):
    """Poisson demand spread over all ticks: what continuous time comes to."""
    case.add("demands", demand="D-" + stage, enterprise=stage, product=product, demand_law="poisson", mean=mean,
             every_hours=1, **more)


def transit(case, lead, meets_demand):
    """L periods less the hop of the order; one tick more less where the stock meets the demand (docs/cases.md)."""
    ticks = lead * case.period - (2 if meets_demand else 1)
    assert ticks >= 1, "a lead time of that many periods is shorter than the order's way"
    return ticks


def costs(h=None, p=None, order=None, unit=None):
    return {"holding_cost": h, "shortage_cost": p, "order_cost": order, "unit_cost": unit}


def stage(case, name, lead, supplier="SOURCE", meets_demand=True, review=1, policy="order_up_to", **levels):
    """One stock and its link; `lead` in periods, `review` in ticks."""
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    case.add("stocks", enterprise=name, product="X", policy=policy, review_hours=review, **levels)
    case.add("links", buyer=name, component="X", supplier=supplier, transit_hours=transit(case, lead, meets_demand))


def stage_by_ticks(case, name, ticks, law="fixed", per="unit", hour=1, **levels):
    """A stock reviewed each tick; `ticks` from a demand to the arrival of what it made order, in the mean.

    An order hops for two ticks and rides for one at the least; the rest is drawn for each unit.
    """
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    case.add("stocks", enterprise=name, product="X", **{"policy": "order_up_to", "review_hours": hour, **levels})
    rest = ticks - 3
    assert rest >= 0, "choose a finer tick"
    spread = {} if law == "fixed" else {"spread_law": law, "spread_per": per,
                                        "spread_hours": (rest if law == "exponential" else 2 * rest) * hour}
    case.add("links", buyer=name, component="X", supplier="SOURCE",
             transit_hours=(1 + (rest if law == "fixed" else 0)) * hour, **spread)


def serial(case, name, law, leads, levels, holding=None, penalty=None):
    """A serial system of base-stock stages, downstream first. Returns the stages' names.

    With holding costs a unit also costs the rate of the stage it comes from for each period that it rides.
    """
    source(case)
    assert case.period > len(leads), "orders climb one stage a tick within the period"
    names = [f"{name}-{i + 1}" for i in range(len(leads))]
    for i, (lead, level) in enumerate(zip(leads, levels)):
        supplier = names[i + 1] if i + 1 < len(leads) else "SOURCE"
        money = {}
        if holding:
            money = costs(holding[i], penalty if i == 0 else None,
                          unit=holding[i + 1] * lead if i + 1 < len(leads) else None)
        stage(case, names[i], lead, supplier, meets_demand=i == 0, order_up_to=level, **money)
    demand(case, names[0], law)
    return names


def assembly(case, name, law, level, lead, components, usage=1, h=None, p=None):
    """A maker that assembles one kit of components; its stock meets the demand.

    Leads in ticks; components: (lead, level, holding cost).
    """
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    product = name + "-KIT"
    case.add("products", product=product, value=1)
    case.add("makers", enterprise=name, product=product, capacity=100000, flow_hours=lead - 1, cover_days=0,
             overtime_share=0)
    riding = sum(part[2] * usage for part in components if len(part) > 2) * lead / case.period
    case.add("stocks", enterprise=name, product=product, policy="order_up_to", order_up_to=level, review_hours=1,
             **(costs(h, p, unit=riding) if h else {}))
    for i, (ticks, base, *money) in enumerate(components):
        part = f"{name}-{chr(65 + i)}"
        case.add("products", product=part, value=1)
        case.add("bom", bill=product, component=part, quantity=usage)
        case.add("stocks", enterprise=name, product=part, policy="order_up_to", order_up_to=base, review_hours=1,
                 **(costs(money[0]) if money else {}))
        case.add("links", buyer=name, component=part, supplier="SOURCE", transit_hours=ticks - 1)
    demand(case, name, law, product=product)
    return f"{name}/{product}"


def assembly_case(period=4, offset=None):
    case = Case(period=period)
    case.add("enterprises", enterprise="SOURCE", district="Here", kind="unlimited")
    case.set("make_hours", 1)
    case.read_each_period(offset)
    return case


def expect_stock(case, stage_name, factor=None, product="X", **values):
    for measure, value in values.items():
        if value is not None:
            in_units = measure in ("on_hand", "backlog", "on_order", "shortfall", "cost")
            case.expect(measure, f"{stage_name}/{product}", value, factor if in_units else None)


def served_stock(case, name, level, rate, mean, servers=1, unmet=None):
    """A product made to stock by exponential servers against Poisson demand; rate (of all) and mean a tick."""
    product = name + "-X"
    case.add("enterprises", enterprise=name, district="Here", kind="supplier")
    case.add("products", product=product, value=1)
    case.add("makers", enterprise=name, product=product, capacity=rate, servers=servers, overtime_share=0)
    case.add("stocks", enterprise=name, product=product, policy="order_up_to", order_up_to=level)
    demand_each_tick(case, name, mean, product, unmet=unmet)
    return product


# Lines ----------------------------------------------------------------------------------------------------------

def line_case(days=60, replications=200, **settings):
    case = Case(days=days, warm_up=5, replications=replications, saturate="lines", **settings)
    case.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    return case


def line(case, name, means, buffers, law=("exponential",), failures=None, feeders=1, follow=None, blocking=None,
         calendar=None, shift_rule=None, cycle=CYCLE):
    """Stations in series (the first `feeders` side by side); means in units of time, buffers behind each but the last.

    failures: (clock, up means, down means[, law]) with clock calendar, work or cycle; 0 as an up mean: never fails.
    follow: for each station the number of the next one (from 1, 0 for the last), where it is another graph.
    """
    case.add("lines", line=name, enterprise="PLANT", calendar=calendar, shift_rule=shift_rule)
    case.add("platforms", platform=name, bill="NOTHING")
    case.add("variants", variant="V-" + name, platform=name)
    case.add("builds", line=name, platform=name)
    places = list(buffers) + [0] * (len(means) - len(buffers))
    for i, (mean, buffer) in enumerate(zip(means, places)):
        after = follow[i] if follow else max(i + 2, feeders + 1) if i + 1 < len(means) else 0
        clock = {}
        if failures and failures[1][i]:
            clock = {"failures": failures[0], "up_hours": failures[1][i] * cycle / 3600,
                     "down_hours": failures[2][i] * cycle / 3600,
                     "failure_law": failures[3] if len(failures) > 3 else None}
        case.add("shops", line=name, shop=f"S{i + 1:02d}", next=f"S{after:02d}" if after else None,
                 cycle_seconds=mean * cycle, cycle_law=law[0], shape=law[1] if len(law) > 1 else None, buffer=buffer,
                 blocking=blocking, **clock)


def slotted(case, name, fails, recovers, levels, clock="cycle"):
    """Unit cycles, geometric failures and repairs; a level counts all parts between two machines."""
    line(case, name, [1] * len(fails), levels, ("constant",),
         (clock, [1 / p for p in fails], [1 / r for r in recovers], "geometric"), blocking="hold")


def bernoulli(case, name, up, levels):
    """Each machine works in a slot with chance p; a part leaves its buffer as its slot begins."""
    line(case, name, [1] * len(up), levels, ("constant",),
         ("cycle", [1 / (1 - p) if p < 1 else 0 for p in up], [1 / p for p in up], "geometric"), blocking="before")


def fluid(case, name, up, down, level, clock, parts=10):
    """Two machines of speed 1 and a tank, in parts of 1 / `parts`: of those in the tank two stand on machines."""
    line(case, name, [1 / parts, 1 / parts], [max(round(level * parts) - 2, 0)], ("constant",), (clock, up, down))


def shifts(case, calendar, spans):
    """A calendar of spans (from, until) in hours from Monday 2001-01-01 on."""
    case.add("calendars", calendar=calendar, always="no")
    for start, end in spans:
        for number in range(int(start) // 24, (int(end) - 1) // 24 + 1):
            low, high = max(start, 24 * number) - 24 * number, min(end, 24 * number + 24) - 24 * number
            case.add("shifts", calendar=calendar, days="".join("1" if d == number else "0" for d in range(7)),
                     from_hour=low, until_hour=high)


def expect_line(case, name, throughput=None, level=None, blocked=None, parts=1, between=()):
    if throughput is not None:
        case.expect("throughput", name, throughput, CYCLE * 1000 / parts)
    if level is not None:
        case.expect("level", name, level)
    if blocked is not None:
        case.expect("blocked", name + "/S01", blocked)
    for i, units in enumerate(between):
        case.expect("between", f"{name}/S{i + 1:02d}", units)


# Formulas -------------------------------------------------------------------------------------------------------

def normal_loss(mean, deviation, level):
    """(on hand, backlog) of a base stock against one normal demand."""
    z = (level - mean) / deviation
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    above = 0.5 * math.erfc(z / math.sqrt(2))
    backlog = deviation * (density - z * above)
    return level - mean + backlog, backlog
