#!/usr/bin/env python3
"""Runs the test suites of a Meson build folder and closes with the plain line `N passed, N failed`.

A test that speaks TAP (cmocka does, told by CMOCKA_MESSAGE_OUTPUT) counts once per line ok / not ok; any other
counts once, unless it closes with a line like ours. A test that ended badly without a line `not ok` counts as one more that failed.
"""
import argparse
import json
import os
import re
import subprocess
import sys

SUMMED = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)
TAP = re.compile(r"^(not )?ok\b.*?(# SKIP.*)?$", re.MULTILINE)


def counted(test):
    """(passed, failed) of one row of the log."""
    bad = test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")
    passed = failed = 0
    for line in TAP.finditer(test.get("stdout") or ""):
        if line.group(1):
            failed += 1
        elif not line.group(2):
            passed += 1
    for line in SUMMED.finditer(test.get("stdout") or ""):
        passed, failed = passed + int(line.group(1)), failed + int(line.group(2))
    if passed + failed == 0 and test["result"] == "OK":
        passed = 1
    if bad and failed == 0:
        failed = 1
    return passed, failed


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder")
    arguments.add_argument("--slow", type=float, default=1, help="multiplies every time limit")
    arguments.add_argument("--suite", action="append", default=[], help="only this suite")
    options = arguments.parse_args()

    command = ["meson", "test", "-C", options.folder, "--no-rebuild", "--print-errorlogs",
               "--timeout-multiplier", str(options.slow)]
    for suite in options.suite:
        command += ["--suite", suite]
    log = os.path.join(options.folder, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    status = subprocess.run(command, check=False).returncode

    passed = failed = 0
    if os.path.exists(log):
        with open(log, encoding="utf-8") as lines:
            for line in lines:
                good, bad = counted(json.loads(line))
                passed, failed = passed + good, failed + bad
    if status != 0 and failed == 0:
        failed = 1
    sys.stdout.flush()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
