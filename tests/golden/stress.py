#!/usr/bin/env python3
"""The stress test as people meet it: interrupted and gone on with, kept, and asked again. Speaks TAP.

    tests/golden/stress.py build/autopolis
"""
import csv
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SHORT = ["--start", "2023-02-01", "--horizon", "60", "--days", "ttr,7"]


def call(*arguments, **more):
    return subprocess.run([PROGRAM, "stress", REGION, *map(str, arguments)], capture_output=True, text=True, check=False,
                          timeout=120, **more)


def interrupted(path, *arguments):
    """Stops a test as soon as some outages are kept."""
    resume = pathlib.Path(f"{path}.resume")
    with subprocess.Popen([PROGRAM, "stress", REGION, *arguments, "--csv", path], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as running:
        while running.poll() is None and not (resume.exists() and len(resume.read_bytes().splitlines()) > 8):
            time.sleep(0.002)
        running.send_signal(signal.SIGINT)
        printed, said = running.communicate(timeout=60)
    assert running.returncode == 130, (running.returncode, said)
    assert printed == b"" and b"--resume goes on" in said, said
    assert not path.exists() and resume.exists()
    return resume


def a_resumed_test_is_the_uninterrupted_one():
    whole, parts = WORK / "whole.csv", WORK / "parts.csv"
    first = call(*SHORT, "--what", "all", "--replications", "3", "--csv", whole)
    assert first.returncode == 0, first.stderr
    resume = interrupted(parts, *SHORT, "--what", "all", "--replications", "3", "--threads", "2")
    with open(resume, "a", encoding="ascii") as file:
        file.write("17 4 4 4")               # cut off while it was written
    assert call(*SHORT, "--what", "all", "--replications", "3", "--csv", parts).returncode == 1      # not by mistake
    other = call(*SHORT, "--what", "all", "--replications", "4", "--csv", parts, "--resume")
    assert other.returncode == 1 and "other options" in other.stderr
    done = call(*SHORT, "--what", "all", "--replications", "3", "--csv", parts, "--resume", "--threads", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout == first.stdout and parts.read_bytes() == whole.read_bytes()
    assert not resume.exists()


def a_changed_scenario_is_not_gone_on_with():
    path = WORK / "changed.csv"
    resume = interrupted(path, *SHORT, "--replications", "50")
    table = pathlib.Path(REGION) / "products.csv"
    before = table.read_bytes()
    table.write_bytes(before + b"\n")
    done = call(*SHORT, "--replications", "50", "--csv", path, "--resume")
    table.write_bytes(before)
    assert done.returncode == 1 and "another scenario" in done.stderr, done.stderr
    assert resume.exists() and not path.exists()


def the_table_has_every_outage_and_the_object_agrees():
    path = WORK / "rows.csv"
    done = call(*SHORT, "--csv", path, "--json")
    found = json.loads(done.stdout)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == found["outages"] == len(found["first_run"])
    for row, other in zip(rows, found["first_run"]):
        assert row["target"] == other["target"] and float(row["deficit"]) == other["deficit"]
        assert int(row["deficit"]) == int(row["delayed"]) + max(int(row["lost"]), 0)
        assert (row["settled_days"] == "") == (other["settled_days"] is None) == (row["differs"] != "")
    ranks = sorted((time["rank"], time["figures"]["deficit"]["mean"]) for subject in found["subjects"]
                   if subject["kind"] == "enterprise" for time in subject["times"] if time["days"] == "7")
    assert [rank for rank, _ in ranks] == list(range(1, len(ranks) + 1))
    assert all(a[1] >= b[1] for a, b in zip(ranks, ranks[1:]))


def a_result_is_kept_and_asked_again():
    out = WORK / "kept"
    first = call(*SHORT, "--measures", "--why", "--out", out)
    assert first.returncode == 0, first.stderr
    again = call(*SHORT, "--measures", "--why", "--out", out)
    assert again.stdout == first.stdout and "answered" in again.stderr
    assert "answered" not in call(*SHORT, "--measures", "--out", out).stderr     # another question
    assert call(*SHORT, "--measures", "--why", "--out", out).returncode == 0
    with sqlite3.connect(out / "results.sqlite") as base:
        ranked = base.execute("SELECT target, deficit, lost + delayed FROM stress_ranks WHERE kind = 'enterprise' AND "
                              "days = 'ttr' ORDER BY rank").fetchall()
        assert len(ranked) == 11 and all(a[1] >= b[1] for a, b in zip(ranked, ranked[1:]))
        assert base.execute("SELECT count(*) FROM stress_ranks WHERE cause LIKE 'outage%'").fetchone()[0] >= 3
        assert base.execute("SELECT count(DISTINCT measure) FROM stress_measures").fetchone()[0] == 4
        assert base.execute("SELECT count(*) FROM stress_ranks LEFT JOIN stress_rows USING (kind, target) WHERE "
                            "stress_rows.shown IS NOT 1").fetchone()[0] == 0


def what_cannot_be_asked_is_two():
    for wrong in (["--what", "firms"], ["--days", "7,7"], ["--days", "-1"], ["--start", "2023-02-30"], ["--horizon", "0"],
                  ["--every", "0"], ["--resume"], ["--replications", "0"]):
        assert call(*wrong).returncode == 2, wrong


TESTS = [a_resumed_test_is_the_uninterrupted_one, a_changed_scenario_is_not_gone_on_with,
         the_table_has_every_outage_and_the_object_agrees, a_result_is_kept_and_asked_again, what_cannot_be_asked_is_two]

with tempfile.TemporaryDirectory() as folder:
    WORK = pathlib.Path(folder)
    REGION = str(WORK / "region")
    assert subprocess.run([PROGRAM, "new", REGION], capture_output=True, check=False).returncode == 0
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__}")
        except (AssertionError, OSError, KeyError, ValueError, subprocess.TimeoutExpired, sqlite3.Error) as trouble:
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            inner = trouble.__traceback__.tb_next or trouble.__traceback__
            print(f"# {type(trouble).__name__} at line {inner.tb_lineno}: {trouble}")
sys.exit(1 if failed else 0)
