#!/usr/bin/env python3
"""Runs a small scenario and looks at its report.html in a real Chromium, then at the same from the server: page.py
AUTOPOLIS FOLDER.

Needs Debian's chromium, nodejs and npm (tools/install.sh tests) and web/test's two packages (npm ci, pinned). Where the
network or a package is not to be had the test is skipped, and says so; AUTOPOLIS_BROWSER=must makes that a failure.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TESTS = os.path.join(ROOT, "web", "test")
SKIPPED = 77


def skipped(why):
    print(f"# no browser test: {why}")
    return 1 if os.environ.get("AUTOPOLIS_BROWSER") == "must" else SKIPPED


def packages_installed():
    wanted = os.path.join(TESTS, "node_modules", "playwright-core", "package.json")
    if os.path.exists(wanted) and os.path.exists(os.path.join(TESTS, "node_modules", "axe-core", "package.json")):
        return True
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=TESTS, capture_output=True,
                          text=True, timeout=120, check=False)
    if done.returncode != 0:
        print("# " + done.stderr.strip().replace("\n", "\n# ")[-600:])
    return done.returncode == 0


def rows(base, sql):
    return base.execute(sql).fetchall()


def numbers_of(folder):
    """What the page must show, asked of SQLite without the page's queries."""
    base = sqlite3.connect(os.path.join(folder, "results.sqlite"))
    year = int(rows(base, "SELECT value FROM about WHERE key = 'period'")[0][0][:4])
    week = [0.0] * 168
    for hour, came in rows(base, "SELECT hour_of_week, came FROM charging_week"):
        week[hour] += came
    return {
        "bulletin": rows(base, "SELECT b.indicator, i.simulated FROM bulletin b JOIN indicators i ON i.indicator = "
                               "b.indicator AND i.period = b.period WHERE i.simulated IS NOT NULL"),
        "vehicle_output": rows(base, f"SELECT simulated FROM indicators WHERE indicator = 'vehicle_output' AND period = '{year}'")[0][0],
        "districts": rows(base, "SELECT d.district, y.vehicles FROM districts d JOIN district_years y ON y.district = "
                                f"d.district WHERE d.in_region = 1 AND y.year = {year}"),
        "exports": [row[0] for row in rows(base, "SELECT y.gone FROM market_years y JOIN markets m ON m.market = y.market "
                                                 f"WHERE m.channel = 'export' AND y.year = {year} AND y.gone > 0 ORDER BY 1 DESC")],
        "enterprises": rows(base, "SELECT count(*) FROM enterprises")[0][0],
        "makers": [row[0] for row in rows(base, f"SELECT DISTINCT maker FROM deliveries WHERE year = {year}")],
        "delivered": rows(base, f"SELECT sum(value) FROM deliveries WHERE year = {year}")[0][0],
        "months": [row[0] for row in rows(base, "SELECT simulated FROM indicators WHERE indicator = 'vehicle_output' "
                                                "AND period LIKE '____-__' ORDER BY period")],
        "week": week,
    }


def served(program, folder, result, pictures):
    """The same page from `autopolis serve`, where the program has it: a what-if from click to comparison."""
    if subprocess.run([program, "serve", "--help"], capture_output=True, check=False).returncode != 0:
        return 0
    results = os.path.join(folder, "served")
    os.makedirs(results)
    shutil.copytree(result, os.path.join(results, "baseline"))
    return subprocess.run(["node", os.path.join(TESTS, "serve.test.mjs"), program, results, os.path.join(ROOT, "scenarios"),
                           pictures], check=False).returncode


def stressed(program, folder, result):
    """A stress test joined with the run in one page, where the program has it; what it must show, else None."""
    if subprocess.run([program, "stress", "--help"], capture_output=True, check=False).returncode != 0:
        return None
    test = os.path.join(folder, "stress")
    subprocess.run([program, "stress", os.path.join(ROOT, "scenarios", "small"), "--days", "14", "--start", "2023-06-01",
                    "--replications", "2", "--out", test], check=True, stdout=subprocess.DEVNULL)
    os.makedirs(os.path.join(folder, "joined"))
    with open(os.path.join(folder, "joined", "report.html"), "wb") as page:
        subprocess.run([program, "report", result, test], check=True, stdout=page)
    base = sqlite3.connect(os.path.join(test, "results.sqlite"))
    ranks = rows(base, "SELECT lost, delayed FROM stress_ranks WHERE kind = 'enterprise' AND days = '14' ORDER BY rank LIMIT 10")
    return {"folder": os.path.join(folder, "joined"), "ranks": ranks}


def main():
    program, folder = sys.argv[1:3]
    browser = os.environ.get("AUTOPOLIS_CHROMIUM", "/usr/bin/chromium")
    if not os.path.exists(browser) or not shutil.which("node") or not shutil.which("npm"):
        return skipped("chromium, node or npm is not installed")
    if not packages_installed():
        return skipped("npm ci of web/test failed")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    result = os.path.join(folder, "result")
    subprocess.run([program, "run", os.path.join(ROOT, "scenarios", "small"), "--replications", "2", "--out", result],
                   check=True, stdout=subprocess.DEVNULL)
    numbers = os.path.join(folder, "numbers.json")
    with open(numbers, "w", encoding="utf-8") as file:
        json.dump(numbers_of(result) | {"stress": stressed(program, folder, result)}, file)
    report = os.path.getsize(os.path.join(result, "report.html"))
    print(f"# report.html of scenarios/small: {report} bytes; pictures in {os.path.join(folder, 'pictures')}")
    pictures = os.path.join(folder, "pictures")
    done = subprocess.run(["node", os.path.join(TESTS, "page.test.mjs"), result, pictures, numbers], check=False).returncode
    return served(program, folder, result, pictures) or done


if __name__ == "__main__":
    sys.exit(main())
