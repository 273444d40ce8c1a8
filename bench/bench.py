#!/usr/bin/env python3
"""Runs the benches of a build folder and prints what they found; --write also keeps it in bench/results.md."""
import argparse
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIO, YEAR, ROUNDS = "scenarios/chongqing", "2023", 3
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
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if options.write:
        (ROOT / "bench" / "results.md").write_text(text, encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
