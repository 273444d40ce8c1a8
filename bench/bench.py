#!/usr/bin/env python3
"""Runs the benches of a build folder and prints what they found; --write also keeps it in bench/results.md.

Engine, plain C event loop and SimPy take turns, and the median of the rounds is kept, so that a busy machine disturbs
all of them alike; seconds are the processor's. SimPy is left out where Python has none: BENCH_PYTHON names another one.
"""
import argparse
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools" / "chongqing"))
import copies        # noqa: E402
import country       # noqa: E402
import folders       # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIO, YEAR, ROUNDS = "scenarios/chongqing", "2023", 3
COPIES = [int(count) for count in os.environ.get("BENCH_COPIES", "1,10,40").split(",")]   # 40 take minutes to read
SECONDS_MOST, SECONDS_AIM, MEGABYTES_MOST = 2.0, 1.0, 300


def output(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def machine():
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=True).stdout.strip()
    compiler = subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    return f"{model}, {cores} cores, {platform.system()} {platform.machine()}, {compiler}"


def commit():
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    changed = subprocess.run(["git", "status", "--porcelain", "src"], cwd=ROOT, capture_output=True, text=True,
                             check=False).stdout.strip()
    return (done.stdout.strip() or "before the first") + (" with changes" if changed else "")


def figure(text, name):
    found = re.search(rf"^{name}: ([\d.]+)", text, re.MULTILINE)
    return float(found.group(1)) if found else None


class Speeds:
    """One folder of many lines' and networks' worth, run in turns with the yardsticks."""

    def __init__(self, programs, place):
        self.programs, self.place, self.rows = programs, pathlib.Path(place), []

    def engine(self, folder, until):
        return output(self.programs / "run_speed", folder, until)

    def row(self, what, figure_found, bar=""):
        self.rows.append(f"| {what} | {figure_found} | {bar} |")

    def median(self, folder, until, name):
        return statistics.median(figure(self.engine(folder, until), name) for _ in range(ROUNDS))

    def lines(self):
        for law, name, bar in (("exponential", "exponential", 30), ("constant", "constant", 80), ("erlang:3", "Erlang-3", None)):
            seconds = [60, 54, 57, 48, 61.2] if law == "constant" else [60] * 5
            folder = folders.line(law, seconds, 10).write(self.place / f"line-{name}")
            each = self.median(folder, "2005-12-31", "nanoseconds a completion")
            self.row(f"line of 5 shops, {name} times", f"{1000 / each:.1f} million completions a second ({each:.1f} ns)",
                     f"{bar} million" if bar else "")
        folder = folders.line("constant", [61.2, 61.2, 63.09], 30, 6).write(self.place / "line-mixed")
        each = self.median(folder, "2005-12-31", "nanoseconds a completion")
        self.row("line of 3 shops, constant times, 6 variants levelled", f"{1000 / each:.1f} million completions a second ({each:.1f} ns)")

    def networks(self):
        for name in ("serial", "assembly", "distribution"):
            folder = getattr(folders, name)().write(self.place / name)
            until = "2003-12-31"
            rate = self.median(folder, until, "node-days a second") * folders.NODES / figure(self.engine(folder, until), "stocks")
            self.row(f"{name} network of {folders.NODES} nodes, daily ticks", f"{rate / 1e6:.1f} million node-days a second", "20 million")

    def sides(self):
        line = self.place / "line-exponential"
        stages = folders.stages().write(self.place / "stages")
        queue = self.place / "queue"
        output(sys.executable, ROOT / "tools" / "cases_charging.py", "--out", queue, "--days", "364", "queue", "--piles", "10",
               "--rate", "480", "--hours", "0.016666666666666666")
        python = os.environ.get("BENCH_PYTHON", sys.executable)
        has_simpy = subprocess.run([python, "-c", "import simpy"], capture_output=True, check=False).returncode == 0
        for what, folder, until, counts, unit in (
                ("line", line, "2005-12-31", (3000000, 150000), "completion"),
                ("stock", stages, "2002-12-31", (3000000, 80000), "stage-day"),
                ("site", None, None, (3000000, 80000), "customer")):
            found = {"engine": [], "C": [], "SimPy": []}
            results = {}
            for _ in range(ROUNDS):
                if what == "site":
                    text = output(self.programs / "charging_year", queue, "2023", "1")
                    found["engine"].append(figure(text, "nanoseconds a session"))
                    results["engine"] = figure(text, "mean wait in hours") * 60   # service takes a minute
                else:
                    text = self.engine(folder, until)
                    each = figure(text, "nanoseconds a completion") or 1e9 / figure(text, "node-days a second")
                    found["engine"].append(each)
                    results["engine"] = figure(text, "throughput a minute") or figure(text, "mean backlog")
                text = output(self.programs / "event_loop", what, str(counts[0]))
                found["C"].append(figure(text, "nanoseconds each"))
                results["C"] = figure(text, "result")
                if has_simpy:
                    text = output(python, ROOT / "bench" / "simpy_side.py", what, str(counts[1]))
                    found["SimPy"].append(figure(text, "nanoseconds each"))
                    results["SimPy"] = figure(text, "result")
            each = {who: statistics.median(times) for who, times in found.items() if times}
            words = ", ".join(f"{who} {ns:,.0f} ns ({results[who]:.3f})" for who, ns in each.items())
            if "engine" in each and "SimPy" in each:
                words += f": SimPy / engine = {each['SimPy'] / each['engine']:.0f}"
            if "engine" in each:
                words += f", C / engine = {each['C'] / each['engine']:.1f}"
            self.row(f"{'M/M/10 site' if what == 'site' else what}, a {unit} (result)", words)
        if not has_simpy:
            self.row("SimPy", "not installed here: left out")

    def scale(self):
        source = ROOT / SCENARIO
        base = None
        for count in COPIES:
            folder = self.place / f"copies-{count}"
            copies.copies_write(source, count, folder)
            text = output(self.programs / "run_speed", folder, "2023-01-14", "2023-01-01")
            found = [figure(text, name) for name in ("build", "warm-up", "peak memory")]
            base = base or found
            self.row(f"{count} cop{'y' if count == 1 else 'ies'} of the scenario",
                     f"build {found[0]:.2f} s (x {found[0] / base[0]:.1f}), 60 days {found[1]:.2f} s (x {found[1] / base[1]:.1f}), "
                     f"{found[2]:.0f} MB (x {found[2] / base[2]:.1f})", "linear")

    def charging(self):
        """A year of a fleet that stays as large as it is at the end of 2023, on one hand and on two."""
        one, two = [], []
        for _ in range(2):
            one.append(output(self.programs / "charging_year", ROOT / SCENARIO, "2024", "1"))
            two.append(output(self.programs / "charging_year", ROOT / SCENARIO, "2024", "2"))
        seconds = [min(figure(text, "elapsed") for text in texts) for texts in (one, two)]
        words = dict(line.partition(": ")[::2] for line in one[0].splitlines())
        self.row(f"a charging year: {words['vehicles at the end']} vehicles, {words['piles at the end']} piles, sessions "
                 f"{words['sessions']}", f"{seconds[0]:.1f} s on one core, {words['peak memory']}", "8 s, 500 MB")
        same = {re.search(r"^state: (\w+)", text, re.MULTILINE).group(1) for text in one + two}
        self.row(f"the same on two ({'same' if len(same) == 1 else 'OTHER'} bytes)",
                 f"{seconds[1]:.1f} s, {seconds[0] / seconds[1]:.2f} times as fast", "1.8")

    def exposure(self):
        """Linear programs and the systemic risk index, twice: the bytes must be the same."""
        texts = [output(self.programs / "exposure_bench", ROOT / SCENARIO) for _ in range(2)]
        hashes = {re.search(r"^hash: (\w+)", text, re.MULTILINE).group(1) for text in texts}
        least = {name: min(figure(text, name) for text in texts) for name in ("seconds", "risk seconds")}
        count = {name: figure(texts[0], name) for name in ("programs", "risk of", "never lose", "top 20 of both")}
        self.row(f"{count['programs']:.0f} linear programs, lost over its time to recover and time to survive of each "
                 f"regional enterprise ({'same' if len(hashes) == 1 else 'OTHER'} bytes)",
                 f"{least['seconds']:.1f} s on one core; {count['never lose']:.0f} never lose anything", "60 s")
        self.row(f"systemic risk index of {count['risk of']:.0f} enterprises",
                 f"{least['risk seconds']:.3f} s; against the programs Kendall {figure(texts[0], 'kendall'):.2f}, "
                 f"{count['top 20 of both']:.0f} of 20", "2 s")

    def country(self):
        """Forty times the same: a year would take minutes, so some days of it, from their difference."""
        days, regions = (2, 6), max(COPIES)
        folder = country.country_write(ROOT / SCENARIO, regions, self.place / "country")
        texts = [output(self.programs / "charging_year", folder, "2024", "2", str(count)) for count in days]
        seconds = [figure(text, "elapsed") for text in texts]
        a_day = (seconds[1] - seconds[0]) / (days[1] - days[0])
        words = dict(line.partition(": ")[::2] for line in texts[1].splitlines())
        self.row(f"{regions} such regions on two cores: {words['vehicles at the end']} vehicles, {words['piles at the end']} piles",
                 f"{a_day:.2f} s a day (days 3 to 6), {366 * a_day:.0f} s a year at that pace, {words['peak memory']}; tables "
                 f"read in {figure(texts[0], 'read'):.1f} s", "300 s, 8 GB")

    def stress(self):
        """Every enterprise of the region out for 7, 14 and 28 days, 730 days on; BENCH_STRESS_EVERY=20 takes a sample."""
        every = os.environ.get("BENCH_STRESS_EVERY", "1")
        text = output(self.programs / "stress_bench", ROOT / SCENARIO, "2023-01-01", "730", every, "50", "2")
        found = {name: figure(text, name) for name in ("outages", "elapsed", "an outage", "a full rerun", "ratio", "not settled")}
        words = f"{found['outages']:.0f} outages" + ("" if every == "1" else f" (every {every}th enterprise)")
        self.row(f"stress test: {words}, 7, 14 and 28 days, horizon 730", f"{found['elapsed']:.0f} s on two cores, "
                 f"{found['an outage']:.0f} ms of one each; {found['not settled']:.0f} not settled", "180 s, aim 60 s")
        self.row("full reruns of the same horizon, a sample of 50", f"{found['a full rerun']:.0f} ms each: a what-if is "
                 f"{found['ratio']:.1f} times as fast, same output", "20")

    def kept(self):
        """What keeping a result costs of a run, in pairs; and the list of runs from the server."""
        program, seconds = self.programs.parent / "autopolis", {}
        for _ in range(ROUNDS):
            for more in ([], ["--fresh", "--out", str(pathlib.Path(self.place) / "kept")]):
                before = os.times()
                output(program, "run", "scenarios/small", "--quiet", "--threads", "1", *more)
                after = os.times()
                took = sum(after[2:4]) - sum(before[2:4])
                seconds[len(more)] = min(took, seconds.get(len(more), took))
        self.row("keeping the result of a run of scenarios/small, processor time more than without", f"{seconds[3] / seconds[0] - 1:.1%}",
                 "10 %")
        text = output(sys.executable, ROOT / "bench" / "server.py", program)
        memory = re.search(r"memory_kb: (\d+) before, (\d+) after (\d+)", text).groups()
        self.row("lists of runs that the server sends in a second, loopback", f"{figure(text, 'requests_a_second'):,.0f}; {memory[0]} kB before "
                 f"and {memory[1]} kB after {memory[2]} more", "2,000; flat")

    def threads(self):
        """Pairs: two replications one after the other, and the same two side by side."""
        command = [self.programs / "run_speed", ROOT / SCENARIO, "2023-03-31", "2023-01-01"]
        ratios = []
        for _ in range(ROUNDS):
            began = time.monotonic()
            for _ in range(2):
                output(*command)
            alone = time.monotonic() - began
            both = [threading.Thread(target=output, args=command) for _ in range(2)]
            began = time.monotonic()
            for one in both:
                one.start()
            for one in both:
                one.join()
            ratios.append(alone / (time.monotonic() - began))
        self.row("two replications side by side on two cores, wall clock", f"{statistics.median(ratios):.2f} times as fast "
                 f"(rounds: {', '.join(f'{r:.2f}' for r in ratios)})", "1.9")


def speeds(programs):
    with tempfile.TemporaryDirectory() as place:
        found = Speeds(programs, place)
        for part in (found.lines, found.networks, found.sides, found.charging, found.country, found.stress, found.exposure,
                     found.scale, found.kept, found.threads):
            part()
        return ["", "| speed | found | bar |", "|---|---|---|", *found.rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/results.md")
    options = parser.parse_args()
    folder = options.folder.resolve() / "bench"

    runs = [output(folder / "chain_year", SCENARIO, YEAR) for _ in range(ROUNDS)]
    seconds = [float(re.search(r"^year: ([\d.]+)", run, re.MULTILINE).group(1)) for run in runs]
    best = runs[seconds.index(min(seconds))]
    memory = float(re.search(r"peak memory: (\d+)", best).group(1))
    same = output(folder / "same_bytes", SCENARIO, YEAR, ROOT / "tests/golden/chongqing.hash")

    met = min(seconds) <= SECONDS_MOST and memory < MEGABYTES_MOST
    lines = ["# Bench", "",
             f"One simulated year ({YEAR}) of `{SCENARIO}` on one core, processor time, the best of {ROUNDS} "
             f"({', '.join(f'{s:.2f}' for s in seconds)} s).",
             f"Bar: at most {SECONDS_MOST:g} s (aim {SECONDS_AIM:g} s) and under {MEGABYTES_MOST} MB: "
             f"{'met' if met else 'NOT met'}.", "",
             f"Machine: {machine()}. Commit: {commit()}. Written by `make bench`.", "", "| what | figure |", "|---|---|"]
    for line in best.splitlines():
        name, _, value = line.partition(": ")
        lines.append(f"| {name} | {value} |")
    for line in same.splitlines():
        name, _, value = line.partition(": ")
        lines.append(f"| golden hash, {name} | {value} |")
    lines += speeds(folder)
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if options.write:
        (ROOT / "bench" / "results.md").write_text(text, encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
