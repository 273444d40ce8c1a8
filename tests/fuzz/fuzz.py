#!/usr/bin/env python3
"""Runs the libFuzzer programs of a build folder side by side, each for some seconds, at low priority.

    tests/fuzz/fuzz.py build-fuzz [--seconds 60] [TARGET]...

Each target starts from tests/fuzz/corpus/TARGET and from what earlier runs kept in BUILD/fuzz/TARGET; what it finds
goes to BUILD/fuzz/TARGET-finding-*. The words of the schema make the dictionary. Closes with a line per target:
executions, edges covered, files kept, seconds. Fails when a target found something.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent


def dictionary_write(path):
    """Names of tables, columns, choices and settings, as the schema declares them."""
    schema = (HERE.parent.parent / "src" / "model" / "schema.h").read_text(encoding="utf-8")
    words = set(re.findall(r"[A-Za-z][\w]{1,30}", " ".join(re.findall(r"\bX\(\w+,\s*(\w+)", schema))))
    for choices in re.findall(r'"([a-z_]+(?:\|[a-z_]+)+)"', schema):
        words |= set(choices.split("|"))
    words |= set(re.findall(r"\b(?:INT|REAL|DATE|TEXT|YESNO|CHOICE|YUAN),\s*(\w+)", schema))
    words |= {"2023-01-01", "2023/1/5", "1e9", "0.5", "-1", "99999999999", "nan", "inf", "1,000", "12%", "3万",
              "parent", "action", "remove", "set", "source", "confidence", "low", "high", "law", "note",
              "--set", "--shock", "@", "=", "..", "2023-01..2023-08", "Q1-Q3", "Jan-Aug", "H1", "万", "亿"}
    lines = []
    for number, word in enumerate(sorted(words)):
        lines.append(f"word{number}=" + json.dumps("".join(f"\\x{b:02x}" if b > 126 else chr(b) for b in
                                                           word.encode())).replace("\\\\x", "\\x"))
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def start(build, target, seconds):
    place = build / "fuzz"
    kept = place / target
    kept.mkdir(parents=True, exist_ok=True)
    seeds = HERE / "corpus" / target
    log = open(place / f"{target}.log", "w", encoding="utf-8", errors="replace")
    command = ["nice", "-n", "19", str(build / "tests" / "fuzz" / f"fuzz_{target}"), str(kept), str(seeds),
               f"-max_total_time={seconds}", f"-dict={place / 'words.dict'}", "-timeout=20", "-entropic=0", "-rss_limit_mb=3000",
               "-print_final_stats=1", "-close_fd_mask=1", f"-artifact_prefix={place / target}-finding-"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=dict(os.environ)), log


def summary(build, target):
    text = (build / "fuzz" / f"{target}.log").read_text(encoding="utf-8", errors="replace")
    runs = re.findall(r"stat::number_of_executed_units:\s*(\d+)", text) or re.findall(r"^#(\d+)\s", text, re.M)
    covered = re.findall(r"cov: (\d+)", text)
    kept = len(list((build / "fuzz" / target).iterdir()))
    return f"{runs[-1] if runs else 0} executions, {covered[-1] if covered else 0} edges, {kept} inputs kept"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("build")
    arguments.add_argument("targets", nargs="*")
    arguments.add_argument("--seconds", type=int, default=60)
    options = arguments.parse_args()
    build = pathlib.Path(options.build).resolve()
    targets = options.targets or sorted(path.name for path in (HERE / "corpus").iterdir())
    (build / "fuzz").mkdir(exist_ok=True)
    dictionary_write(build / "fuzz" / "words.dict")
    started = time.monotonic()
    running = {target: start(build, target, options.seconds) for target in targets}
    failed = 0
    for target, (process, log) in running.items():
        status = process.wait()
        log.close()
        failed += status != 0
        verdict = "no finding" if status == 0 else f"FOUND SOMETHING, see {build}/fuzz/{target}.log"
        print(f"{target}: {verdict}, {summary(build, target)}, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
