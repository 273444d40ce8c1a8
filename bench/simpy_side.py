#!/usr/bin/env python3
"""The line, the base-stock stage and the M/M/10 site of event_loop.c in SimPy: simpy_side.py line|stock|site COUNT."""
import math
import random
import sys
import time

import simpy

SHOPS, PLACES, SERVERS = 5, 10, 10


def line(count):
    env, luck, done = simpy.Environment(), random.Random(1), [0] * SHOPS
    stores = [simpy.Store(env, PLACES) for _ in range(SHOPS - 1)]

    def shop(i):
        while True:
            if i > 0:
                yield stores[i - 1].get()
            yield env.timeout(luck.expovariate(1 / 60))
            done[i] += 1
            if i < SHOPS - 1:
                yield stores[i].put(1)

    for i in range(SHOPS):
        env.process(shop(i))
    while sum(done) < count:
        env.run(env.now + 6000)
    return sum(done), 60 * done[-1] / env.now


def stock(days):
    env, luck = simpy.Environment(), random.Random(1)
    held = {"on_hand": 20, "backlog": 0, "sum": 0}
    least = math.exp(-5)

    def poisson():
        n, product = 0, luck.random()
        while product > least:
            n, product = n + 1, product * luck.random()
        return n

    def delivery(wanted):
        yield env.timeout(2.5)                 # ordered after the day's demand, there before that of the third day
        served = min(wanted, held["backlog"])
        held["backlog"] -= served
        held["on_hand"] += wanted - served

    def demand():
        while True:
            wanted = poisson()
            sold = min(wanted, held["on_hand"])
            held["on_hand"] -= sold
            held["backlog"] += wanted - sold
            held["sum"] += held["backlog"]
            if wanted:
                env.process(delivery(wanted))
            yield env.timeout(1)

    env.process(demand())
    env.run(days)
    return days, held["sum"] / days


def site(count):
    env, luck, waits = simpy.Environment(), random.Random(1), []
    servers = simpy.Resource(env, SERVERS)

    def customer():
        came = env.now
        with servers.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(luck.expovariate(1))

    def arrivals():
        while True:
            yield env.timeout(luck.expovariate(8))
            env.process(customer())

    env.process(arrivals())
    while len(waits) < count:
        env.run(env.now + 100)
    return len(waits), sum(waits) / len(waits)


if __name__ == "__main__":
    began = time.process_time()
    done, result = {"line": line, "stock": stock, "site": site}[sys.argv[1]](int(sys.argv[2]))
    seconds = time.process_time() - began
    print(f"result: {result:.4f}\nseconds: {seconds:.6f}\nnanoseconds each: {1e9 * seconds / done:.2f}")
