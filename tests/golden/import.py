#!/usr/bin/env python3
"""Imports as people meet them: what is written can be checked and run, totals are exact, memory stays small. Speaks TAP.

    tests/golden/import.py build/autopolis
"""
import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
DATA = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data"      # beside the checkout; not part of it
GOLDEN = pathlib.Path(__file__).resolve().parent


class Skipped(Exception):
    pass


def call(*arguments, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, **more)


def rows(folder, name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def imported(kind, *arguments, **more):
    folder = WORK / f"import-{len(os.listdir(WORK))}"
    done = call("import", kind, *arguments, "--to", folder, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def recorded_sessions_keep_their_totals():
    file = DATA / "home_sessions_trondheim.csv"
    if not file.exists():
        raise Skipped("the folder of open data is not there")
    folder, said = imported("sessions", file)
    assert "sessions: 6,878, 87,493.28 kWh" in said and "\nsessions without end: 34 " in said, said
    kept = rows(folder, "sessions.csv")
    given = list(csv.DictReader(open(file, encoding="utf-8")))
    assert len(kept) == len(given) == 6878
    for old, new in zip(given, kept):
        pairs = [("session", "session"), ("garage", "site"), ("user", "user"), ("pile", "pile"), ("plug_in", "arrive"),
                 ("plug_out", "leave")]
        assert all(old[a] == new[b] for a, b in pairs) and float(old["kwh"]) == float(new["kwh"]), (old, new)
    assert call("check", folder).returncode == 0
    done = call("run", folder)
    assert done.returncode == 0 and "87,493.28" in done.stdout and "ledgers balanced" in done.stdout, done.stderr


def recorded_stays_give_the_occupancy_of_each_hour():
    targets = DATA / "occupancy_by_hour_targets.csv"
    if not targets.exists():
        raise Skipped("the folder of open data is not there")
    folder, _ = imported("sessions", DATA / "home_sessions_trondheim.csv")
    done = call("run", folder, "--from", "2019-10-07", "--until", "2019-12-15")
    found = {int(hour): (float(weekday), float(weekend)) for hour, weekday, weekend in
             re.findall(r"^ {2,3}(\d+) +([\d.]+) +[\d.]+ +([\d.]+) +[\d.]+$", done.stdout, re.MULTILINE)}
    assert len(found) == 24, done.stdout
    for row in csv.DictReader(open(targets, encoding="utf-8")):
        wanted = float(row["trondheim_weekday_mean"]), float(row["trondheim_weekend_mean"])
        assert all(abs(a - b) <= 0.001 for a, b in zip(found[int(row["hour"])], wanted)), (row, found)


def names_that_the_user_gives_win_over_guesses():
    text = "id,start,begin,kwh\n1,2020-01-01T10:00,2021-01-01T10:00,3\n"
    folder, said = imported("sessions", "-", "--arrive", "begin", input=text)
    assert "arrive = begin," in said and "kwh = kwh (guessed)" in said, said
    assert rows(folder, "sessions.csv")[0]["arrive"] == "2021-01-01T10:00"
    assert rows(folder, "sites.csv")[0]["site"] == "site"


def piles_are_as_many_as_sessions_at_once():
    text = ("session,site,pile,arrive,leave,kwh\n1,A,p,2020-01-01T10:00,2020-01-01T12:00,3\n"
            "2,A,p,2020-01-01T11:00,2020-01-01T13:00,3\n3,A,p,2020-01-01T12:00,2020-01-01T14:00,80\n"
            "4,A,p,2020-01-01T14:00,,3\n5,A,q,2020-01-01T10:00,2020-01-01T11:00,3\n")
    folder, _ = imported("sessions", "-", input=text)
    piles = {(row["site"], row["group"]): row for row in rows(folder, "site_piles.csv")}
    assert piles["A", "p"]["piles"] == "2" and piles["A", "q"]["piles"] == "1"
    assert piles["A", "p"]["kw"] == "43" and piles["A", "q"]["kw"] == "7"      # 80 kWh in two hours and a minute
    assert {row["setting"]: row["value"] for row in rows(folder, "settings.csv")}["until"] == "2020-01-01"


def a_long_table_comes_through_a_pipe():
    text = "id,arrive,leave,kwh\n" + "".join(f"{n},2020-01-{n % 28 + 1:02}T10:00,2020-01-{n % 28 + 1:02}T11:00,1.25\n"
                                            for n in range(50000))
    folder, said = imported("sessions", "-", input=text)
    assert len(text) > 2 ** 21 and "sessions: 50,000, 62,500.00 kWh" in said, said
    assert len(rows(folder, "sessions.csv")) == 50000


def options_of_the_other_kind_are_refused():
    done = call("import", "sessions", "x.csv", "--to", WORK / "no", "--districts", "d.csv")
    assert done.returncode == 2 and "--districts" in done.stderr
    done = call("import", "sites", "x.json", "--to", WORK / "no", "--arrive", "start")
    assert done.returncode == 2 and "sessions" in done.stderr
    done = call("import", "sessions", "-", "--to", WORK / "no", "--arrive", "start", input="[]")
    assert done.returncode == 1 and "NO_COLUMNS" in done.stderr


def what_was_imported_can_be_checked_and_run():
    for name in ["import-cdrs", "import-sites", "import-sessions-csv"]:
        command = (GOLDEN / name / "command").read_text().split(" --to")[0].split()
        options = ["--districts", "input/districts.csv"] if name == "import-sites" else []
        folder, _ = imported(command[1], command[2], *options, cwd=GOLDEN / name)
        for verb in ["check", "run"]:
            done = call(verb, folder)
            assert done.returncode == 0, (name, verb, done.stdout, done.stderr)


def sites_have_the_power_their_connectors_say():
    folder, _ = imported("sites", "input/locations.json", "--districts", "input/districts.csv",
                         cwd=GOLDEN / "import-sites")
    piles = [(row["site"], row["current"], row["connector"], row["piles"], row["kw"])
             for row in rows(folder, "site_piles.csv")]
    assert piles == [("L1", "dc", "GBT_DC", "2", "120"), ("L1", "ac", "GBT_AC", "1", "7"),
                     ("L2", "dc", "GBT_DC+IEC_62196_T2_COMBO", "1", "180"), ("L3", "ac", "IEC_62196_T2", "1", "22.1"),
                     ("L3", "ac", "IEC_62196_T2", "1", "22.2"), ("L1 CN*XYZ", "dc", "GBT_DC", "1", "120")], piles
    sites = {row["site"]: row for row in rows(folder, "sites.csv")}
    assert sites["L1"]["district"] == "YUZHONG" and sites["L2"]["district"] == "WANZHOU"
    assert sites["L3"]["access"] == "closed" and sites["L1"]["access"] == "public"


def times_move_to_the_local_time():
    folder, _ = imported("sessions", "input/cdrs.json", "--utc-offset", "+08:00", cwd=GOLDEN / "import-cdrs")
    assert [row["arrive"] for row in rows(folder, "sessions.csv")] == ["2023-06-30T05:39:09", "2023-07-01T05:39:09",
                                                                      "2023-07-01T08:00"]
    done = call("import", "sessions", "input/cdrs.json", "--utc-offset", "8", "--to", WORK / "offset",
                cwd=GOLDEN / "import-cdrs")
    assert done.returncode == 1 and "NOT_AN_OFFSET" in done.stderr and not (WORK / "offset").exists()


def wrong_documents_write_nothing():
    good = (GOLDEN / "import-sites" / "input" / "locations.json").read_bytes()
    folder = WORK / "wrong"
    texts = [good[:cut] for cut in range(0, len(good) - 1, 97)]
    texts += [b"[" * 100000, b'{"data":[' + b'{"a":' * 100000, b'["' + b"x" * 5000000 + b'"]', b'[{"id":"\xff"}]', b"[1]",
              b"[,]", b"[}", b'{"data":[]}x', b'{"data":[],"data":[]}', b'{"data":1}', b"[{\"id\":\"a\",\"id\":\"b\"}]",
              b"\x1f\x8b\x08", b'{"id":"L1"}', b"[{}]", b"[]]", b'{"data" []}', b"null", b'"text"', b"[{\"id\":\"\\u0000\"}]"]
    for text in texts:
        done = subprocess.run([PROGRAM, "import", "sites", "-", "--to", folder, "--skip-refused"], input=text,
                              capture_output=True, check=False)
        assert done.returncode == 1 and b"error: " in done.stderr and done.stdout == b"", (text[:60], done)
        assert not folder.exists() and not (WORK / "wrong.part").exists(), text[:60]


def a_long_document_needs_little_memory():
    """32 MB through a pipe; the most memory the process had is asked before the last byte."""
    text = json.loads((GOLDEN / "import-sites" / "input" / "locations.json").read_text(encoding="utf-8"))["data"][0]
    process = subprocess.Popen([PROGRAM, "import", "sites", "-", "--to", WORK / "long"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    process.stdin.write(b"[")
    for number in range(20000):
        text["id"] = f"SITE-{number}"
        process.stdin.write((b"," if number else b"") + json.dumps(text).encode())
    process.stdin.flush()
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    most = int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1))
    said, _ = process.communicate(b"]")
    assert process.returncode == 0 and "sites: 20,000, piles: 60,000" in said.decode(), said
    assert most < 50 * 1024 * (4 if sanitized() else 1), f"{most} KB"


def sanitized():
    """A program with sanitizers needs several times the memory."""
    return b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def a_full_disk_leaves_no_folder():
    text = "arrive,kwh\n" + "2020-01-01T10:00,3\n" * 3000
    text = "session," + text.replace("\n2020", "\n#,2020")
    lines = text.split("\n")
    text = "\n".join([lines[0]] + [line.replace("#", str(number)) for number, line in enumerate(lines[1:])])

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = call("import", "sessions", "-", "--to", WORK / "full", input=text, preexec_fn=small_files)
    assert done.returncode == 3 and "CANNOT_WRITE" in done.stderr, done.stderr
    assert not (WORK / "full").exists() and not (WORK / "full.part").exists()


def help_names_every_option():
    said = call("import", "--help").stdout
    for option in ["--to", "--arrive", "--leave", "--kwh", "--site", "--user", "--pile", "--session", "--utc-offset",
                   "--districts", "--skip-refused", "--kw", "--region"]:
        assert re.search(rf"^  {option} ?", said, re.MULTILINE), option
    assert call("import").returncode == call("import", "sites", "x").returncode == 2


TESTS = [recorded_sessions_keep_their_totals, recorded_stays_give_the_occupancy_of_each_hour,
         names_that_the_user_gives_win_over_guesses,
         piles_are_as_many_as_sessions_at_once, a_long_table_comes_through_a_pipe,
         options_of_the_other_kind_are_refused, what_was_imported_can_be_checked_and_run,
         sites_have_the_power_their_connectors_say, times_move_to_the_local_time, wrong_documents_write_nothing,
         a_long_document_needs_little_memory, a_full_disk_leaves_no_folder, help_names_every_option]


def main():
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} - {name}")
        except Skipped as reason:
            print(f"ok {number} - {name} # SKIP {reason}")
        except AssertionError as reason:
            failed += 1
            print(f"not ok {number} - {name}")
            for line in str(reason).splitlines():
                print(f"# {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        WORK = pathlib.Path(place)
        sys.exit(main())
