"""Scenario folders for the benches: lines, and stock networks of a thousand nodes. Written anew for each run."""
import csv
import pathlib

NODES = 1000
DAILY = {"tick_seconds": 86400, "make_hours": 24}
MEAN = 5                     # units a day at a node that meets demand


class Folder:
    """Tables by name, each row as it would stand in the file."""

    def __init__(self, **settings):
        self.tables = {"districts": [{"district": "Here"}], "settings": []}
        for name, value in {"from": "2001-01-01", "until": "2010-12-31", "warm_up_days": 60, **settings}.items():
            self.add("settings", setting=name, value=value)

    def add(self, table, **row):
        self.tables.setdefault(table, []).append(row)

    def write(self, folder):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True)
        for name, rows in self.tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row)) + ["source", "confidence"]
            with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows({**row, "source": "bench", "confidence": "synthetic"} for row in rows)
        return folder


def line(law, seconds, places, variants=1, **settings):
    """One line that is never starved and never blocked at its ends, so that all the work is in its shops."""
    made = Folder(saturate="lines", **settings)
    made.add("enterprises", enterprise="PLANT", district="Here", kind="plant")
    made.add("platforms", platform="LINE", bill="NOTHING")
    for v in range(variants):
        made.add("variants", variant=f"V{v:02d}", platform="LINE", take=(v + 1) / sum(range(variants + 1)))
    made.add("lines", line="LINE", enterprise="PLANT")
    made.add("builds", line="LINE", platform="LINE")
    kind, *shape = law.split(":")
    for i, cycle in enumerate(seconds):
        last = i + 1 == len(seconds)
        made.add("shops", line="LINE", shop=f"S{i:02d}", next="" if last else f"S{i + 1:02d}", cycle_seconds=cycle,
                 cycle_law=kind, shape=shape[0] if shape else 1, buffer=0 if last else places)
    return made


def network():
    made = Folder(**DAILY)
    made.add("enterprises", enterprise="SOURCE", district="Here", kind="unlimited")
    return made


def name_of(node):
    return f"N{node:04d}"


def stage(made, node, supplier, mean):
    """A base-stock stage that reviews each day: two days of demand under way, some days of safety."""
    made.add("enterprises", enterprise=name_of(node), district="Here", kind="supplier")
    made.add("stocks", enterprise=name_of(node), product="X", policy="order_up_to", review_hours=24,
             order_up_to=round(4 * mean))
    made.add("links", buyer=name_of(node), component="X", supplier=supplier, transit_hours=24)


def demand(made, node, product, mean):
    made.add("demands", demand=f"D{node:04d}", enterprise=name_of(node), product=product, demand_law="poisson", mean=mean,
             every_hours=24)


def serial(nodes=NODES):
    made = network()
    made.add("products", product="X", value=1)
    for node in range(nodes):
        stage(made, node, "SOURCE" if node + 1 == nodes else name_of(node + 1), MEAN)
    demand(made, 0, "X", MEAN)
    return made


def stages(count=NODES):
    """Base-stock stages that have nothing to do with each other, level 20; an order is there on the third day."""
    made = network()
    made.add("settings", setting="read_hours", value=24)
    made.add("products", product="X", value=1)
    for node in range(count):
        stage(made, node, "SOURCE", MEAN)
        demand(made, node, "X", MEAN)
    return made


def distribution(nodes=NODES, fan=10):
    made = network()
    made.add("products", product="X", value=1)
    leaves = [1] * nodes
    for node in reversed(range(1, nodes)):
        parent = (node - 1) // fan
        leaves[parent] += leaves[node] - (leaves[parent] == 1 and node == min(nodes - 1, fan * parent + fan))
    for node in range(nodes):
        stage(made, node, name_of((node - 1) // fan) if node else "SOURCE", MEAN * leaves[node])
        if fan * node + 1 >= nodes:
            demand(made, node, "X", MEAN)
    return made


def assembly(nodes=NODES, fan=3):
    """Every node makes its product of one of each of its components; the leaves need none."""
    made = network()
    made.tables["enterprises"].clear()
    for node in range(nodes):
        own = f"P{node:04d}"
        made.add("products", product=own, value=1)
        made.add("enterprises", enterprise=name_of(node), district="Here", kind="supplier")
        made.add("makers", enterprise=name_of(node), product=own, capacity=1000, flow_hours=24, overtime_share=0)
        made.add("stocks", enterprise=name_of(node), product=own, policy="order_up_to", order_up_to=3 * MEAN,
                 review_hours=24)
        for child in range(fan * node + 1, min(fan * node + fan + 1, nodes)):
            part = f"P{child:04d}"
            made.add("bom", bill=own, component=part, quantity=1)
            made.add("stocks", enterprise=name_of(node), product=part, policy="order_up_to", order_up_to=4 * MEAN,
                     review_hours=24)
            made.add("links", buyer=name_of(node), component=part, supplier=name_of(child), transit_hours=24)
    demand(made, 0, "P0000", MEAN)
    return made
