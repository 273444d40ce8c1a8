#!/usr/bin/env python3
"""Results that last: the store, the manifest run again, a database that can be read while it is written. TAP.

    tests/golden/keep.py build/autopolis
"""
import csv
import io
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SHORT = ["--from", "2023-03-01", "--until", "2023-03-31", "--replications", "2"]


def call(*arguments, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120, **more)


def kept(*arguments):
    done = call("run", REGION, *SHORT, *arguments)
    assert done.returncode == 0, done.stderr
    return done


def the_same_question_is_answered_from_the_store():
    store = WORK / "store"
    first = kept("--store", store)
    assert "answered" not in first.stderr and len(os.listdir(store)) == 1
    folder = store / os.listdir(store)[0]
    stamp = (folder / "manifest.json").stat().st_mtime_ns
    again = kept("--store", store, "--threads", "1")
    assert again.stdout == first.stdout and f"answered from {folder}" in again.stderr, again.stderr
    assert kept("--store", store, "--lang", "zh").stdout == call("run", REGION, *SHORT, "--lang", "zh").stdout
    fresh, stored = json.loads(call("run", REGION, *SHORT, "--json").stdout), json.loads(kept("--store", store, "--json").stdout)
    assert stored["seconds"] == 0
    fresh["seconds"] = 0
    assert fresh == stored
    assert kept("--store", store, "--quiet").stdout == "" and (folder / "manifest.json").stat().st_mtime_ns == stamp
    assert "answered" not in kept("--store", store, "--fresh").stderr and (folder / "manifest.json").stat().st_mtime_ns > stamp
    for other in (["--seed", "5"], ["--set", "dealer_days=44"], ["--until", "2023-03-30"]):
        assert "answered" not in kept("--store", store, *other).stderr, other
    assert len(os.listdir(store)) == 4
    done = call("run", REGION, *SHORT, "--store", store, "--out", WORK / "x")
    assert done.returncode == 2 and "exclude" in done.stderr
    assert call("run", REGION, *SHORT, "--tables").returncode == 2


def a_changed_input_is_another_question():
    region, out = WORK / "changing", WORK / "changed"
    shutil.copytree(REGION, region)
    assert call("run", region, *SHORT, "--out", out, "--quiet").returncode == 0
    assert "answered" in call("run", region, *SHORT, "--out", out).stderr
    text = (region / "settings.csv").read_text()
    (region / "settings.csv").write_text(text.replace("\n", "\r\n"))     # same values, other bytes
    assert "answered" not in call("run", region, *SHORT, "--out", out).stderr


def another_shock_is_another_question():
    store, days = WORK / "shocks", ["--from", "2023-03-20", "--until", "2023-04-10", "--replications", "1"]
    assert "answered" not in call("run", REGION, *days, "--store", store).stderr
    assert "answered" not in call("run", REGION, *days, "--store", store, "--shock", "chip-shortage").stderr
    assert len(os.listdir(store)) == 2
    assert "answered" in call("run", REGION, *days, "--store", store, "--shock", "chip-shortage").stderr


def an_explanation_is_kept():
    store, asked = WORK / "explained", ["explain", REGION, "--until", "2023-06-30", "--enterprise", "SEATS-A", "--from", "2023-03-06"]
    first = call(*asked, "--days", "14", "--store", store)
    assert first.returncode == 0 and "answered" not in first.stderr, first.stderr
    again = call(*asked, "--days", "14", "--store", store)
    assert again.stdout == first.stdout and "answered" in again.stderr
    assert call(*asked, "--days", "14", "--store", store, "--lang", "zh").stdout == call(*asked, "--days", "14", "--lang", "zh").stdout
    assert "answered" not in call(*asked, "--days", "7", "--store", store).stderr and len(os.listdir(store)) == 2
    told = json.loads(call(*asked, "--days", "14", "--store", store, "--json").stdout)
    folder = next(store / name for name in os.listdir(store)
                  if "14" in json.loads((store / name / "manifest.json").read_text())["command"])
    base = sqlite3.connect(folder / "results.sqlite")
    assert base.execute("select kind, text from explain_steps order by position").fetchall() == \
        [(event["kind"], event["text"]) for event in told["events"]]
    assert [row[0] for row in base.execute("select made from explain_days order by day")] == told["by_day"]["made"]
    assert base.execute("select max(late) from explain_lines").fetchone()[0] > 0


def where_a_file_of_shocks_lies_is_no_part_of_the_question():
    out, places = WORK / "shocked", [WORK / "here", WORK / "there"]
    for place in places:
        place.mkdir()
        (place / "x.csv").write_text("shock,from,until,scope,target,basis,factor\nSTOP,2023-03-02,2023-03-04,everything,,capacity,0\n")
    kept("--out", out, "--shock", places[0] / "x.csv")
    assert "answered" in kept("--out", out, "--shock", places[1] / "x.csv").stderr
    assert str(WORK).encode() not in (out / "results.sqlite").read_bytes()
    assert call("reproduce", out / "manifest.json").stdout.startswith("identical")
    (places[0] / "x.csv").unlink()
    assert "it is gone" in call("reproduce", out / "manifest.json").stdout


def a_manifest_runs_again_to_the_same_bytes():
    out = WORK / "first"
    kept("--out", out, "--quiet", "--tables", "--threads", "1")
    done = call("reproduce", out / "manifest.json", cwd="/")
    files = sum(1 for path in out.rglob("*") if path.is_file()) - 1
    assert done.returncode == 0 and done.stdout == f"identical: {files} files, byte by byte\n", (done.stdout, done.stderr)
    moved = WORK / "elsewhere" / "region"                  # another name would be another scenario
    shutil.copytree(REGION, moved)
    assert call("reproduce", out / "manifest.json", moved).stdout.startswith("identical")
    with open(moved / "makers.csv", "a", encoding="utf-8") as file:
        file.write("\n")
    (moved / "bom.csv").unlink()
    done = call("reproduce", out / "manifest.json", moved)
    assert done.returncode == 1 and "input makers.csv: it differs" in done.stdout and "input bom.csv: it is gone" in done.stdout
    manifest = json.loads((out / "manifest.json").read_text())
    for file in manifest["outputs"]:
        file["sha256"] = "0" * 64 if file["path"] == "results.sqlite" else file["sha256"]
    (out / "manifest.json").write_text(json.dumps(manifest))
    base = sqlite3.connect(out / "results.sqlite")
    base.execute("update months set vehicles = vehicles + 1 where month = '2023-03'")
    base.commit()
    base.close()
    done = call("reproduce", out / "manifest.json")
    told = re.search(r"  months: 1 rows of then.*\n    then: month 2023-03, vehicles (\d+).*\n    now:  month 2023-03, vehicles (\d+)", done.stdout)
    assert done.returncode == 1 and told and int(told.group(1)) == int(told.group(2)) + 1, done


def what_is_no_manifest_is_refused_with_words():
    for text in ("", "{", "[]", "{}", '{"command": 3}', '{"version": "1", "outputs": {}}', "\x00"):
        path = WORK / "wrong.json"
        path.write_text(text)
        done = call("reproduce", path)
        assert done.returncode == 1 and "wrong.json: " in done.stderr and done.stdout == "", (text, done.stderr)
    assert call("reproduce", WORK / "nothing.json").returncode == 1
    assert call("reproduce").returncode == 2


def the_database_keeps_its_word():
    out = WORK / "checked"
    kept("--out", out, "--quiet", "--tables")
    base = sqlite3.connect(out / "results.sqlite")
    assert base.execute("pragma foreign_key_check").fetchall() == [] and base.execute("pragma user_version").fetchone()[0] == 1
    names = {name for (name,) in base.execute("select name from sqlite_master where type = 'table'")}
    assert names == {name for (name,) in base.execute("select table_name from tables")}
    assert base.execute("pragma journal_mode").fetchone()[0] == "delete"
    for name, keys in base.execute("select table_name, key_columns from tables").fetchall():
        info = base.execute(f"pragma table_info({name})").fetchall()
        known = base.execute("select column_name from units where table_name = ?", (name,)).fetchall()
        assert {row[1] for row in info} == {row[0] for row in known}, name
        assert [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]] == [row[1] for row in info[:keys]], name
        with open(out / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(io.StringIO(file.read())))
        assert rows[0] == [row[1] for row in info] and len(rows) - 1 == base.execute(f"select count(*) from {name}").fetchone()[0], name
    total = "select sum({}) from {}"
    assert base.execute(total.format("vehicles", "days")).fetchone() == base.execute(total.format("made", "variant_years")).fetchone()
    assert base.execute(total.format("vehicles", "days")).fetchone() == base.execute(total.format("vehicles", "district_years")).fetchone()
    assert base.execute(total.format("gone", "market_years")).fetchone() == base.execute(total.format("units", "deliveries")).fetchone()
    assert abs(base.execute(total.format("value", "flows")).fetchone()[0] / base.execute(total.format("parts", "enterprise_years")).fetchone()[0] - 1) < 1e-9
    assert base.execute("select count(*) from trust where confidence = 'synthetic'").fetchone()[0] > 5
    assert base.execute("select min(service_level), max(service_level) from enterprise_years").fetchone() > (0, 0.5)


def it_can_be_read_while_it_is_written():
    out, seen = WORK / "growing", []
    with subprocess.Popen([PROGRAM, "run", str(REGION), *SHORT[:-1], "10", "--threads", "1", "--out", str(out), "--quiet"]) as running:
        while running.poll() is None:
            for partial in WORK.glob("growing.partial-*"):
                try:
                    base = sqlite3.connect(f"file:{partial}/results.sqlite?mode=ro", uri=True, timeout=5)
                    runs = base.execute("select count(*) from runs").fetchone()[0]
                    values = base.execute("select count(distinct replication) from run_values").fetchone()[0]
                    assert values >= runs
                    seen.append(runs)
                    time.sleep(0.02)                        # a reader that dawdles is waited for
                    base.close()
                except sqlite3.OperationalError:
                    pass                                    # not there yet, or just renamed
    assert running.returncode == 0 and seen == sorted(seen) and len(set(seen)) > 3, seen


def killed_at_any_of_fifty_moments_a_result_is_the_old_or_the_new():
    dice, out = random.Random(6), WORK / "killed"
    command = [PROGRAM, "run", str(REGION), "--from", "2023-03-01", "--until", "2023-03-03", "--replications", "1", "--threads", "1",
               "--set", "warm_up_days=1", "--quiet", "--fresh", "--out", str(out)]
    took = []
    for _ in range(3):
        began = time.monotonic()
        subprocess.run(command, check=True)
        took.append(time.monotonic() - began)
    old, moments = (out / "manifest.json").stat().st_mtime_ns, 0       # its bytes may repeat: the run is that short
    for _ in range(50):
        with subprocess.Popen(command) as running:
            time.sleep(dice.random() * max(took) * 1.05)
            running.kill()
        now = (out / "manifest.json").stat().st_mtime_ns
        moments += now != old
        old = now
        base = sqlite3.connect(out / "results.sqlite")
        assert base.execute("pragma quick_check").fetchone()[0] == "ok"
        assert base.execute("select count(*) from indicators").fetchone()[0] > 0
        base.close()
        for file in json.loads((out / "manifest.json").read_bytes())["outputs"]:
            assert (out / file["path"]).stat().st_size == file["bytes"], file
    assert 0 < moments < 50, moments                         # some were killed before it was in place, some after
    for left in WORK.glob("killed.partial-*"):
        shutil.rmtree(left)


TESTS = [the_same_question_is_answered_from_the_store, a_changed_input_is_another_question, another_shock_is_another_question,
         an_explanation_is_kept,
         where_a_file_of_shocks_lies_is_no_part_of_the_question, a_manifest_runs_again_to_the_same_bytes,
         what_is_no_manifest_is_refused_with_words, the_database_keeps_its_word, it_can_be_read_while_it_is_written,
         killed_at_any_of_fifty_moments_a_result_is_the_old_or_the_new]

with tempfile.TemporaryDirectory() as here:
    WORK = pathlib.Path(here)
    REGION = WORK / "region"
    assert call("new", REGION).returncode == 0
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        began = time.monotonic()
        try:
            test()
            print(f"ok {number} - {test.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
        except (AssertionError, OSError, KeyError, ValueError, TypeError, sqlite3.Error, subprocess.SubprocessError) as trouble:
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            inner = trouble.__traceback__.tb_next or trouble.__traceback__
            print(f"# {type(trouble).__name__} at line {inner.tb_lineno}: {str(trouble)[:600]}", flush=True)
sys.exit(1 if failed else 0)
