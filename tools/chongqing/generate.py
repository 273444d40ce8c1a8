#!/usr/bin/env python3
"""Writes the reference scenario from facts/ and crosswalk/: python3 tools/chongqing/generate.py [FROM [TO]].

FROM holds facts/ and crosswalk/ (default: scenarios/chongqing); TO takes the tables (default: FROM).
The same input gives the same bytes: no clock, no random module, no seed.
"""
import os
import sys

sys.dont_write_bytecode = True      # a generator leaves only its tables behind

from chain import Bill, bill_rows, bom_make, links_make, products_make, sourcing_make
from charging import charging_make
from common import World, pairs_of
from events import hindcast_make, shocks_make
from firms import firms_make
from markets import markets_all
from places import places_make
from plants import builds_make, plants_make
from scores import scores_make, sources_write
from vehicles import vehicles_make


def families_used(world):
    """(plant, family) pairs that some bill of the plant's platforms needs."""
    bills = {r["bill"]: {row["family_id"] for row, _, _, _ in bill_rows(world, Bill(r))}
             for r in world.crosswalk("bills")}
    used = set()
    for row in world.crosswalk("platforms"):
        for line, _ in pairs_of(row["lines"]) if row["lines"] != "SPECIAL" else []:
            used |= {(line.rsplit("-", 1)[0], family) for family in bills[row["bill"]]}
    return used


def scenario_make(folder):
    world = World(folder)
    places_make(world)
    firms = firms_make(world)
    plants_make(world, firms)
    products_make(world)
    bom_make(world)
    sourcing_make(world, firms)
    links_make(world, firms, families_used(world))
    builds_make(world)
    vehicles_make(world)
    markets_all(world)
    shocks_make(world)
    hindcast_make(world)
    scores_make(world)
    charging_make(world)
    return world


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    start = arguments[0] if arguments else os.path.join(here, "..", "..", "scenarios", "chongqing")
    target = arguments[1] if len(arguments) > 1 else start
    world = scenario_make(start)
    os.makedirs(target, exist_ok=True)
    for table in world.tables.values():
        table.write(target)
    sources_write(world, target)
    print(", ".join(f"{name} {len(table.rows)}" for name, table in world.tables.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
