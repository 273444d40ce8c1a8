#!/usr/bin/env python3
"""Files and machines that mean no good, and the program as people meet it: message, exit status, nothing half. TAP.

    tests/golden/hostile.py build/autopolis
"""
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
NOBODY = 65534
SHORT = ["--from", "2023-03-01", "--until", "2023-03-07", "--replications", "1", "--threads", "1", "--quiet"]
MEMORY_MOST = 1 << 30              # of a reader that was given two gibibytes


class Skipped(Exception):
    """The machine lacks what the test needs."""


def call(*arguments, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120, **more)


def region(name):
    folder = WORK / name
    shutil.copytree(REGION, folder)
    return folder


def small_memory():
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))


def refused(folder, rule, status=1, **more):
    done = call("check", folder, **more)
    assert done.returncode == status and f"[{rule}]" in done.stdout + done.stderr, (done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def whole_or_absent(out):
    if not out.exists():
        return False
    assert json.loads((out / "manifest.json").read_text())["ledger"] == "balanced"
    base = sqlite3.connect(out / "results.sqlite")
    assert base.execute("pragma quick_check").fetchone()[0] == "ok"
    assert base.execute("select count(*) from indicators").fetchone()[0] > 0
    base.close()
    return True


def a_sparse_file_of_three_gibibytes_takes_no_memory():
    folder = region("sparse")
    with open(folder / "makers.csv", "wb") as file:
        file.truncate(3 << 30)
    refused(folder, "FILE_TOO_LARGE", preexec_fn=small_memory)
    with open(folder / "makers.csv", "wb") as file:
        file.truncate(900 << 20)
    refused(folder, "NUL_BYTE", preexec_fn=small_memory)


def a_line_of_two_gibibytes_is_refused_as_it_comes():
    folder = region("pipe")
    (folder / "makers.csv").unlink()
    os.mkfifo(folder / "makers.csv")
    sent = [0]

    def feed():
        piece = b"x" * (1 << 20)
        try:
            with open(folder / "makers.csv", "wb", buffering=0) as pipe:
                pipe.write(b"enterprise,product\n")
                for _ in range(2048):
                    sent[0] += pipe.write(piece)
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    said = refused(folder, "LINE_TOO_LONG", preexec_fn=small_memory)
    feeder.join(60)
    assert "makers.csv:2:" in said and sent[0] < 16 << 20, (said, sent)


def a_file_of_blank_lines_by_the_million_is_refused():
    folder = region("blank")
    (folder / "makers.csv").write_bytes(b"\n" * 21_000_000)
    refused(folder, "TOO_MANY_ROWS", preexec_fn=small_memory)


def dropped():
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def without_privileges():
    if os.getuid() != 0:
        return {}
    # the program itself may lie where nobody else may look
    try:
        subprocess.run([PROGRAM, "--version"], preexec_fn=dropped, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError) as why:
        raise Skipped(f"the program cannot be run by nobody here: {why}") from why
    return {"preexec_fn": dropped}


def what_may_not_be_read_says_so():
    more = without_privileges()
    folder = region("unreadable")
    os.chmod(WORK, 0o755)
    (folder / "makers.csv").chmod(0)
    said = refused(folder, "NO_PERMISSION", status=3, **more)
    assert "makers.csv" in said and "chmod u+r" in said
    folder.chmod(0)
    refused(folder, "NO_PERMISSION", status=3, **more)
    folder.chmod(0o755)


def where_nothing_may_be_written_says_so_before_the_work():
    more = without_privileges()
    place = WORK / "theirs"
    place.mkdir(mode=0o555)
    os.chmod(WORK, 0o755)
    done = call("run", REGION, *SHORT, "--out", place / "out", **more)
    assert done.returncode == 3 and "Permission denied" in done.stderr, done.stderr
    done = call("new", place / "fresh", **more)
    assert done.returncode == 3 and not list(place.iterdir()), done.stderr


def a_disk_that_fills_up_at_any_byte_leaves_nothing():
    tops = [0, 1, 4095, 4096, 8192, 20000, 40000, 65536]
    for top in tops:
        out, trace = WORK / "full", WORK / "full.csv"
        done = call("run", REGION, *SHORT, "--out", out, "--trace", trace,
                    preexec_fn=lambda top=top: resource.setrlimit(resource.RLIMIT_FSIZE, (top, top)))
        said = "File too large" in done.stderr or "could not be written" in done.stderr
        assert done.returncode == 3 and said, (top, done.returncode, done.stderr)
        left = [name for name in os.listdir(WORK) if name.startswith("full")]
        assert left in ([], ["full.csv"]), (top, left)     # the trace is complete before the result is written
        trace.unlink(missing_ok=True)


def a_full_file_system_leaves_nothing():
    place = WORK / "mounted"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        raise Skipped("no file system may be mounted here")
    try:
        done = call("run", REGION, *SHORT, "--out", place / "out")
        assert done.returncode == 3 and "full" in done.stderr, done.stderr
        assert not list(place.iterdir())
        done = call("new", place / "fresh")
        assert done.returncode in (0, 3) and (done.returncode == 0) == (place / "fresh").exists()
        assert not [path for path in place.iterdir() if path.name != "fresh"]
    finally:
        subprocess.run(["umount", place], check=True)


def stopped(command, sign):
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(0.7)
        running.send_signal(sign)
        _, said = running.communicate(timeout=60)
    return running.returncode, said


def an_interrupt_ends_every_command():
    folder = region("waits")
    (folder / "makers.csv").unlink()
    os.mkfifo(folder / "makers.csv")                       # nobody writes: the reader waits for ever
    for command in ["check", "audit", "run"]:
        status, said = stopped([PROGRAM, command, str(folder)], signal.SIGINT)
        assert status == 130 and b"interrupted" in said, (command, status, said)
    status, said = stopped([PROGRAM, "run", str(REGION), "--replications", "20000"], signal.SIGTERM)
    assert status == 130 and b"interrupted" in said, (status, said)


def killed_at_any_moment_a_result_is_whole_or_absent():
    dice, out, whole = random.Random(4), WORK / "killed", 0
    started = time.monotonic()
    assert call("run", REGION, *SHORT, "--out", out).returncode == 0
    takes = time.monotonic() - started
    for turn in range(24):
        if turn % 6 == 0:
            shutil.rmtree(out, ignore_errors=True)
        there = out.exists()
        with subprocess.Popen([PROGRAM, "run", str(REGION), *SHORT, "--out", str(out)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as running:
            time.sleep(dice.random() * takes * 1.1)
            running.kill()
        now = whole_or_absent(out)
        assert now or not there, "an earlier result is gone"
        whole += now
    for left in WORK.glob("killed.partial-*"):             # the next run is not in its way
        shutil.rmtree(left)
    assert call("run", REGION, *SHORT, "--out", out).returncode == 0 and whole_or_absent(out)


def names_of_any_bytes_do_no_harm():
    folder = os.fsencode(WORK) + b"/na\xffme\x1b[31m"
    shutil.copytree(os.fsencode(REGION), folder)
    out = WORK / "named"
    done = subprocess.run([os.fsencode(PROGRAM), b"run", folder, *map(os.fsencode, SHORT), b"--out", os.fsencode(out)],
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["scenario"].startswith("na\ufffdme")
    done = subprocess.run([os.fsencode(PROGRAM), b"check", folder + b"x"], capture_output=True, check=False)
    assert done.returncode == 1 and b"\x1b" not in done.stdout and done.stdout.decode("utf-8")
    done = subprocess.run([os.fsencode(PROGRAM), b"check", os.fsencode(REGION), b"--set", b"region=\xff"],
                          capture_output=True, check=False)
    assert done.returncode == 1 and b"[NOT_UTF8]" in done.stdout


TESTS = [a_sparse_file_of_three_gibibytes_takes_no_memory, a_line_of_two_gibibytes_is_refused_as_it_comes,
         a_file_of_blank_lines_by_the_million_is_refused, what_may_not_be_read_says_so,
         where_nothing_may_be_written_says_so_before_the_work, a_disk_that_fills_up_at_any_byte_leaves_nothing,
         a_full_file_system_leaves_nothing, an_interrupt_ends_every_command,
         killed_at_any_moment_a_result_is_whole_or_absent, names_of_any_bytes_do_no_harm]

with tempfile.TemporaryDirectory() as place:
    WORK = pathlib.Path(place)
    REGION = WORK / "region"
    with open(PROGRAM, "rb") as binary:
        SANITIZED = any(name in binary.read() for name in (b"__asan_init", b"__tsan_init"))
    assert call("new", REGION).returncode == 0
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__}")
        except Skipped as why:
            print(f"ok {number} - {test.__name__} # SKIP {why}")
        except (AssertionError, OSError, KeyError, ValueError, sqlite3.Error, subprocess.SubprocessError) as trouble:
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            inner = trouble.__traceback__.tb_next or trouble.__traceback__
            print(f"# {type(trouble).__name__} at line {inner.tb_lineno}: {str(trouble)[:600]}")
sys.exit(1 if failed else 0)
