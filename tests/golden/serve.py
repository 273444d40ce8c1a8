#!/usr/bin/env python3
"""The server as pages, people and bad neighbours meet it. TAP.

    tests/golden/serve.py build/autopolis [TEST...]
"""
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SHORT = {"from": "2023-03-01", "until": "2023-03-07", "replications": 1}
GUESTS = 1000


class Skipped(Exception):
    """The machine lacks what the test needs."""


class Server:
    def __init__(self, folder, *more, **spawn):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen([PROGRAM, "serve", str(folder), "--scenarios", str(WORK / "scenarios"), *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **spawn)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#token=([0-9a-f]{48})\n", line)
        assert found, (line, self.process.stderr.read())
        self.port, self.token = int(found.group(1)), found.group(2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, (self.process.returncode, said)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        head = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            head["Content-Type"] = "application/json"
            body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        head.update({name.replace("_", "-"): value for name, value in headers.items() if value is not None})
        for name in [name.replace("_", "-") for name, value in headers.items() if value is None]:
            head.pop(name, None)
        connection.request(method, path, body, head)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        kind = answer.getheader("Content-Type", "")
        return answer.status, json.loads(text) if kind.startswith("application/json") else text, answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)[:2]

    def raw(self, text, wait=5):
        """The first bytes of the answer to any bytes; b"" when the server only hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as s:
            s.sendall(text)
            try:
                return s.recv(4096)
            except (ConnectionResetError, socket.timeout):
                return b""

    def start(self, study="run", scenario="region", **options):
        status, said, _ = self.ask("POST", "/api/runs", {"study": study, "scenario": scenario, "options": {**SHORT, **options}})
        assert status == 201, (status, said)
        return said["id"]

    def ended(self, run, seconds=60):
        for _ in range(seconds * 20):
            status, entry = self.get(f"/api/runs/{run}")
            assert status == 200, entry
            if entry["state"] not in ("waiting", "running"):
                return entry
            time.sleep(0.05)
        raise AssertionError(f"{run} does not end: {entry}")


def fresh(name):
    return WORK / name


def a_run_from_click_to_page_data():
    with Server(fresh("one")) as s:
        assert s.get("/api/runs") == (200, {"runs": []})
        assert {"name": "region", "overlay": False} in s.get("/api/scenarios")[1]["scenarios"]
        run = s.start()
        entry = s.ended(run)
        assert entry["state"] == "done" and entry["result"].startswith("region-"), entry
        status, page = s.get(f"/api/runs/{run}/page.json")
        base = sqlite3.connect(s.folder / entry["result"] / "results.sqlite")
        rows = page["tables"]["indicators"]
        at = {name: i for i, name in enumerate(rows["columns"])}
        assert status == 200 and len(rows["rows"]) == base.execute("select count(*) from indicators").fetchone()[0] > 10
        for row in rows["rows"]:
            value = base.execute("select simulated from indicators where indicator = ? and period = ?",
                                 (row[at["indicator"]], row[at["period"]])).fetchone()[0]
            found = row[at["simulated"]]
            assert found is value or abs(found - value) <= 1e-5 * abs(value), row
        assert s.get(f"/api/runs/{run}/files/results.sqlite")[1] == (s.folder / entry["result"] / "results.sqlite").read_bytes()
        again = s.ended(s.start())                          # the same question: answered from the store
        assert again["result"] == entry["result"] and "answered from" in again["message"], again
        assert len(s.get("/api/runs")[1]["runs"]) == 2


def what_the_command_line_kept_is_in_the_list():
    folder = fresh("kept")
    subprocess.run([PROGRAM, "run", str(WORK / "scenarios" / "region"), "--store", str(folder), "--quiet", "--from", "2023-03-01",
                    "--until", "2023-03-07", "--replications", "1"], check=True)
    with Server(folder) as s:
        runs = s.get("/api/runs")[1]["runs"]
        assert [run["state"] for run in runs] == ["done"] and runs[0]["scenario"] == "region", runs
        assert s.get(f"/api/runs/{runs[0]['id']}/page.json")[0] == 200
        run = s.ended(s.start())
        assert run["result"] == runs[0]["id"]
        compared = s.get(f"/api/runs/{run['id']}/compare/{runs[0]['id']}")[1]
        assert compared["settings"] == [] and compared["input_rows"] == [] and compared["indicators"]


def a_whatif_is_told_apart_row_by_row():
    with Server(fresh("whatif")) as s:
        base = s.ended(s.start())
        shock = {"shock": "stop", "from": "2023-03-02", "until": "2023-03-05", "scope": "everything", "basis": "capacity", "factor": 0}
        other = s.ended(s.start(shocks=[shock], set={"dealer_days": 30}))
        assert base["state"] == other["state"] == "done" and base["result"] != other["result"], (base, other)
        compared = s.get(f"/api/runs/{base['id']}/compare/{other['id']}")[1]
        assert [(row["setting"], row["b"]) for row in compared["settings"]] == [("dealer_days", "30")]
        assert any(row["table"] == "shocks" and row["a"] is None for row in compared["input_rows"]), compared["input_rows"]
        made = {row["indicator"]: row for row in compared["indicators"]}["vehicle_output"]
        assert made["b"] < made["a"], made


def complaints_are_those_of_the_command_line():
    with Server(fresh("complaints")) as s:
        options = {"set": {"dealer_day": 3, "patience_days": "soon"}}
        status, said, answer = s.ask("POST", "/api/runs", {"study": "run", "scenario": "region", "options": options})
        line = subprocess.run([PROGRAM, "check", "region", "--json", "--set=dealer_day=3", "--set=patience_days=soon"],
                              cwd=WORK / "scenarios", capture_output=True, text=True, check=False)
        assert status == 422 and said == json.loads(line.stdout) and said["count"] == 2, said
        status, said, _ = s.ask("POST", "/api/scenarios/region/check", {"options": options})
        assert status == 422 and said == json.loads(line.stdout)
        assert s.ask("POST", "/api/scenarios/region/check", {"options": {}})[1]["ok"] is True
        status, said, _ = s.ask("POST", "/api/runs", {"study": "run", "scenario": "region", "options": {"from": "2023-13-01"}})
        line = subprocess.run([PROGRAM, "check", "region", "--from=2023-13-01"], cwd=WORK / "scenarios", capture_output=True, text=True,
                              check=False)
        assert status == 400 and said["error"] == line.stderr, (said, line.stderr)
        assert s.get("/api/runs")[1]["runs"] == []


def an_overlay_takes_only_what_is_right():
    with Server(fresh("overlays")) as s:
        assert s.ask("PUT", "/api/scenarios/region/settings/dealer_days", {"value": 30})[0] == 409       # only overlays change
        assert s.ask("POST", "/api/overlays", {"name": "mine", "parent": "region"})[0] == 201
        assert s.ask("POST", "/api/overlays", {"name": "mine", "parent": "region"})[0] == 409
        assert s.ask("POST", "/api/overlays", {"name": "yours", "parent": "nowhere"})[0] == 404
        overlay = s.folder / "scenarios" / "mine"
        assert s.ask("PUT", "/api/scenarios/mine/settings/dealer_days", {"value": 30})[1]["ok"] is True
        assert s.ask("PUT", "/api/scenarios/mine/settings/dealer_days", {"value": 31})[0] == 200
        before = (overlay / "settings.csv").read_text()
        assert before.count("dealer_days") == 1 and ",31," in before.replace("dealer_days,31", ",31,"), before
        status, said, _ = s.ask("PUT", "/api/scenarios/mine/settings/dealer_days", {"value": "many"})
        assert status == 422 and said["complaints"][0]["file"] == "mine/settings.csv", said
        assert (overlay / "settings.csv").read_text() == before
        maker = {"enterprise": "TYRES", "product": "TYRE", "headroom": 2.5}
        assert s.ask("PUT", "/api/scenarios/mine/rows/makers", {"cells": maker})[0] == 200
        status, said, _ = s.ask("PUT", "/api/scenarios/mine/rows/makers", {"cells": {**maker, "enterprise": "TIRES"}})
        assert status == 422 and "TYRES" in said["complaints"][0]["suggestion"], said
        assert s.ask("PUT", "/api/scenarios/mine/rows/makers", {"cells": {**maker, "colour": "red"}})[0] == 400
        assert s.ask("PUT", "/api/scenarios/mine/rows/nothing", {"cells": maker})[0] == 400
        assert "TIRES" not in (overlay / "makers.csv").read_text()
        assert not [name for name in os.listdir(s.folder / "scenarios") if name != "mine"]
        assert s.ended(s.start(scenario="mine"))["state"] == "done"


def a_study_can_be_cancelled_and_tried_again():
    with Server(fresh("cancel")) as s:
        run = s.start(**{"from": "2023-01-01", "until": "2023-12-31", "replications": 2000})
        waits = s.start()                                   # one at a time
        while s.get(f"/api/runs/{run}")[1]["progress"] == 0:
            time.sleep(0.05)
        assert s.get(f"/api/runs/{waits}")[1]["state"] == "waiting"
        assert s.ask("POST", f"/api/runs/{run}/cancel", {})[0] == 200
        entry = s.ended(run)
        assert entry["state"] == "cancelled" and "interrupted" in entry["message"], entry
        assert s.ended(waits)["state"] == "done"
        assert not [name for name in os.listdir(s.folder) if "partial" in name]
        assert s.ask("POST", f"/api/runs/{run}/cancel", {})[0] == 409
        again = s.ask("POST", f"/api/runs/{run}/retry", {})[1]["id"]
        assert again != run and s.ask("POST", f"/api/runs/{again}/cancel", {})[0] == 200
        s.ended(again)
        assert s.ask("DELETE", f"/api/runs/{run}")[0] == 200 and s.get(f"/api/runs/{run}")[0] == 404


def events_tell_progress_and_the_end():
    with Server(fresh("events")) as s:
        run = s.start(**{"from": "2023-01-01", "until": "2023-06-30", "replications": 2})
        with socket.create_connection(("127.0.0.1", s.port), timeout=60) as stream:
            stream.sendall(f"GET /api/runs/{run}/events HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\n"
                           f"Authorization: Bearer {s.token}\r\n\r\n".encode())
            heard = b""
            while b"event: end" not in heard:
                piece = stream.recv(4096)
                assert piece, heard
                heard += piece
        told = [json.loads(line) for line in re.findall(r"event: progress\r?\n(?:[0-9a-f]+\r\n)?data: (.*)", heard.decode())]
        done = [row["done"] for row in told]
        assert b"text/event-stream" in heard and len(done) >= 2 and done == sorted(done) and done[-1] > 0, heard
        assert s.ended(run)["state"] == "done"


def a_crash_takes_nobody_else_down():
    with Server(fresh("crash")) as s:
        run = s.start(**{"from": "2023-01-01", "until": "2023-12-31", "replications": 2000})
        while s.get(f"/api/runs/{run}")[1]["state"] != "running":
            time.sleep(0.05)
        time.sleep(0.3)
        child = subprocess.run(["pgrep", "-P", str(s.process.pid)], capture_output=True, text=True, check=True).stdout.split()
        assert len(child) == 1, child
        os.kill(int(child[0]), signal.SIGKILL)
        entry = s.ended(run)
        assert entry["state"] == "failed" and "signal 9" in entry["message"], entry
        assert s.ended(s.start())["state"] == "done"


def jobs_outlive_the_server_that_ended():
    folder = fresh("outlive")
    with Server(folder) as s:
        done = s.ended(s.start())["id"]
        runs = s.start(**{"from": "2023-01-01", "until": "2023-12-31", "replications": 2000})
        while s.get(f"/api/runs/{runs}")[1]["state"] != "running":
            time.sleep(0.05)
    with Server(folder) as s:
        assert s.get(f"/api/runs/{done}")[1]["state"] == "done"
        assert s.get(f"/api/runs/{runs}")[1]["state"] == "interrupted"


def without_the_token_nothing_is_told():
    with Server(fresh("token")) as s:
        run = s.ended(s.start())["id"]
        paths = ["/api/runs", f"/api/runs/{run}", f"/api/runs/{run}/page.json", f"/api/runs/{run}/files/results.sqlite",
                 "/api/scenarios", "/api/events", "/api/nothing", "/anything"]
        for token in (None, "", "Bearer ", "Bearer 0", f"Bearer {s.token[:-1]}", f"Bearer {s.token}x", f"Basic {s.token}",
                      f"Bearer {s.token[:-1]}{'0' if s.token[-1] != '0' else '1'}"):
            for path in paths:
                status, said = s.get(path, Authorization=token)
                assert status == 401 and set(said) == {"error"}, (token, path, status)
            for method in ("POST", "PUT", "DELETE"):
                assert s.ask(method, f"/api/runs/{run}", {}, Authorization=token)[0] == 401
        status, page, answer = s.ask("GET", "/", Authorization=None)
        assert status == 200 and s.token.encode() not in page and b'type="application/json">null<' in page
        policy = answer.getheader("Content-Security-Policy")
        assert "default-src 'none'" in policy and "'unsafe" not in policy and "frame-ancestors 'none'" in policy, policy
        assert answer.getheader("X-Content-Type-Options") == "nosniff" and answer.getheader("Cache-Control") == "no-store"


def other_sites_and_names_are_refused():
    with Server(fresh("origin")) as s:
        own = f"127.0.0.1:{s.port}"
        for host in ("evil.example", f"evil.example:{s.port}", "127.0.0.1", f"127.0.0.1:{s.port + 1}", f"127.0.0.1:{s.port}.evil.example", ""):
            assert s.get("/api/runs", Host=host)[0] in (400, 403), host
            assert s.get("/", Host=host)[0] in (400, 403), host
        for host in (own, f"localhost:{s.port}"):
            assert s.get("/api/runs", Host=host)[0] == 200, host
        for origin in ("http://evil.example", "null", f"https://{own}", "http://127.0.0.1", f"http://{own}.evil.example", "file://"):
            assert s.ask("POST", "/api/runs", {}, Origin=origin)[0] == 403, origin
        assert s.ask("POST", "/api/runs", {}, Origin=f"http://{own}")[0] == 400          # it comes through, and is empty
        assert s.get("/api/runs", Sec_Fetch_Site="cross-site")[0] == 403
        assert s.ask("POST", "/api/runs", b"{}", Content_Type="text/plain")[0] == 415
        assert b" 400 " in s.raw(b"GET /api/runs HTTP/1.1\r\n\r\n") or b" 403 " in s.raw(b"GET /api/runs HTTP/1.0\r\n\r\n")


def no_path_leads_out_of_the_folder():
    with Server(fresh("paths")) as s:
        run = s.ended(s.start())
        (WORK / "secret").mkdir()
        (WORK / "secret" / "manifest.json").write_text('{"question": "mine"}')
        (WORK / "secret" / "results.sqlite").write_text("mine")
        (s.folder / "linked").symlink_to(WORK / "secret")
        half = s.folder / "half"
        half.mkdir()
        (half / "manifest.json").write_text('{"question": "x", "study": "run", "scenario": "region"}')
        (half / "results.sqlite").symlink_to(WORK / "secret" / "results.sqlite")
        (half / "report.html").symlink_to("/etc/passwd")
        os.mkfifo(half / "pipe")
        for start in ("..", "%2e%2e", ".%2e", "..%2f..", "%2e%2e%2f", "....//", "linked", "jobs", ".server", "..%00", "half%00x", "/etc",
                      "%c0%ae%c0%ae", "..\\..", "-x", "a/../.."):
            for end in ("page.json", "files/results.sqlite", "files/manifest.json", "log", "files/..%2fmanifest.json", "compare/linked"):
                status, said = s.get(f"/api/runs/{start}/{end}")
                assert status in (400, 404, 405), (start, end, status, said)
        assert s.get("/api/runs/half/page.json")[0] == 404 and s.get("/api/runs/half/files/report.html")[0] == 404
        assert s.get(f"/api/runs/{run['id']}/compare/half")[0] in (404, 500)
        for scenario in ("..", "../region", "/etc", "linked", "", ".", "a/b", "region/", "re\ngion"):
            status, said, _ = s.ask("POST", "/api/runs", {"study": "run", "scenario": scenario})
            assert status in (400, 404, 422), (scenario, status, said)
        (WORK / "scenarios" / "link").symlink_to(WORK / "scenarios" / "region")
        assert s.ask("POST", "/api/runs", {"study": "run", "scenario": "link"})[0] == 404
        (WORK / "scenarios" / "link").unlink()
        for options in ({"shock": ["/etc/passwd.csv"]}, {"shock": ["../x"]}, {"out": "x"}, {"store": "/tmp"}, {"trace": "x"}, {"set": {"a=b": 1}},
                        {"shocks": [{"file": "x"}]}, {"from": "2023-01-01\n--out=x"}, {"other": "../region"}, {"set": []}, []):
            status, said, _ = s.ask("POST", "/api/runs", {"study": "run", "scenario": "region", "options": options})
            assert status in (400, 422), (options, status, said)
        status, said, _ = s.ask("POST", "/api/runs", {"study": "run", "scenario": "region", "options": {"lang": "--out=/tmp/x"}})
        assert status == 201 and s.ended(said["id"])["state"] == "failed"              # a value, never an option
        for name in ("..", ".x", "a/b", "-x", "x" * 200, "", "jobs/x", "a\0b"):
            assert s.ask("POST", "/api/overlays", {"name": name, "parent": "region"})[0] == 400, name


def malformed_requests_harm_nobody():
    with Server(fresh("malformed")) as s:
        head = f"Host: 127.0.0.1:{s.port}\r\nAuthorization: Bearer {s.token}\r\n".encode()
        for text in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n" + head + b"\r\n", b"\x00" * 500,
                     b"GET /api/runs HTTP/1.1\r\n" + head + b"Host: twice\r\n\r\n", b"GET " + b"/" * 100000 + b" HTTP/1.1\r\n\r\n",
                     b"GET /api/runs HTTP/1.1\r\n" + head + b"X: " + b"y" * 200000 + b"\r\n\r\n", b"GET /api/runs HTTP/1.1\r\n: x\r\n\r\n",
                     b"GET /api/runs HTTP/1.1\r\n" + head + b"".join(b"H%d: x\r\n" % i for i in range(5000)) + b"\r\n",
                     b"POST /api/runs HTTP/1.1\r\n" + head + b"Content-Length: -1\r\n\r\n", b"TRACE / HTTP/1.1\r\n" + head + b"\r\n",
                     b"POST /api/runs HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n",
                     b"POST /api/runs HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                     b"GET /api/runs\r\n\r\n", b"CONNECT evil.example:443 HTTP/1.1\r\n" + head + b"\r\n", os.urandom(3000)):
            answer = s.raw(text, wait=1)
            assert b" 200 " not in answer[:20] or text.startswith(b"GET / HTTP/9.9") or b"twice" in text, (text[:60], answer[:200])
        for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"study":1}', b'{"study":"run"}', b'{"study":"run","scenario":"region","options":[]}',
                     b"[" * 100000, b'{"a":' * 50000, b'{"study":"run","study":"run","scenario":"region"}', b'{"study":"sh","scenario":"region"}'):
            status, said, _ = s.ask("POST", "/api/runs", body)
            assert status == 400 and said["error"], (body[:40], status)
        large = b'{"study":"run","scenario":"region","options":{"name":"' + b"x" * (1 << 20) + b'"}}'
        try:
            assert s.ask("POST", "/api/runs", large)[0] == 413
        except (BrokenPipeError, ConnectionResetError):
            pass                                                # it hung up before it was told everything
        with socket.create_connection(("127.0.0.1", s.port), timeout=10) as chunks:
            chunks.sendall(b"POST /api/runs HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(40):
                chunks.sendall(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
            chunks.sendall(b"0\r\n\r\n")
            assert b" 413 " in chunks.recv(200)
        assert s.get("/api/runs") == (200, {"runs": []})


def a_thousand_idle_guests_are_no_burden():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < GUESTS + 200:
        raise Skipped("too few open files are allowed here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, GUESTS + 200), hard))
    with Server(fresh("guests")) as s:
        guests = []
        try:
            for i in range(GUESTS):
                guest = socket.create_connection(("127.0.0.1", s.port), timeout=10)
                if i % 2:
                    guest.sendall(b"GET /api/runs HTTP/1.1\r\nHost: ")       # and never goes on
                guests.append(guest)
            started = time.monotonic()
            for _ in range(20):
                assert s.get("/api/runs")[0] == 200
            took = (time.monotonic() - started) / 20
            assert took < 0.2, took
            assert s.ended(s.start())["state"] == "done"
        finally:
            for guest in guests:
                guest.close()
        assert s.get("/api/runs")[0] == 200


def who_takes_too_long_is_shown_out():
    with Server(fresh("slow"), "--patience", "2") as s:
        s.ended(s.start())
        head = f"GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\nX: ".encode()
        drop, deaf = (socket.create_connection(("127.0.0.1", s.port), timeout=10) for _ in range(2))
        deaf.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\n\r\n".encode() * 50)          # and reads nothing of it
        began = time.monotonic()
        drop.sendall(head)
        try:
            while time.monotonic() - began < 15:
                drop.sendall(b"y")                              # a byte now and then
                assert s.get("/api/runs")[0] == 200             # meanwhile others are served
                time.sleep(0.3)
            raise AssertionError("a drop now and then was served for 15 s")
        except (BrokenPipeError, ConnectionResetError):
            assert 1.5 < time.monotonic() - began < 10, time.monotonic() - began
        time.sleep(1)
        taken, piece = 0, b"x"
        try:
            while piece:
                piece = deaf.recv(1 << 16)
                taken += len(piece)
        except ConnectionResetError:
            pass
        assert taken < 50 * 300_000, taken                      # it was cut off before it had everything
        drop.close()
        deaf.close()


def many_requests_at_once_and_memory_stays():
    def memory(s):
        text = pathlib.Path(f"/proc/{s.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1))

    def talk(s, count):
        connection = http.client.HTTPConnection("127.0.0.1", s.port, timeout=30)
        for _ in range(count):
            connection.request("GET", "/api/runs", headers={"Authorization": f"Bearer {s.token}"})
            answer = connection.getresponse()
            assert answer.status == 200 and answer.read().startswith(b'{"runs"')
        connection.close()

    with Server(fresh("many")) as s:
        s.ended(s.start())
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: talk(s, 100), range(4)))
            before = memory(s)
            list(pool.map(lambda _: talk(s, 500), range(4)))
        assert SANITIZED or memory(s) <= before + 512, (before, memory(s))


def two_servers_do_not_share_a_folder():
    folder = fresh("shared")
    with Server(folder) as s:
        other = subprocess.run([PROGRAM, "serve", str(folder)], capture_output=True, text=True, check=False, timeout=20)
        assert other.returncode == 3 and "another server has this folder" in other.stderr and other.stdout == "", other
        other = subprocess.run([PROGRAM, "serve", str(fresh("elsewhere")), "--port", str(s.port)], capture_output=True, text=True,
                               check=False, timeout=20)
        assert other.returncode == 3 and "in use" in other.stderr, other
        assert s.get("/api/runs")[0] == 200
    with Server(folder) as s:
        assert s.get("/api/runs")[0] == 200


def a_full_disk_is_told_and_harmless():
    place = fresh("mounted")
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        raise Skipped("no file system may be mounted here")
    try:
        with Server(place / "served") as s:
            entry = s.ended(s.start())                        # the result is larger than the disk
            assert entry["state"] == "failed" and ("full" in entry["message"] or "No space" in entry["message"]), entry
            with open(place / "filler", "wb", buffering=0) as filler:
                try:
                    while True:
                        filler.write(b"x" * 4096)
                except OSError:
                    pass
            status, said, _ = s.ask("POST", "/api/runs", {"study": "run", "scenario": "region", "options": SHORT})
            assert status == 507 and "No space" in said["error"], (status, said)
            status, said, _ = s.ask("POST", "/api/overlays", {"name": "mine", "parent": "region"})
            assert status == 507, (status, said)
            (place / "filler").unlink()
            assert s.ask("POST", "/api/overlays", {"name": "mine", "parent": "region"})[0] == 201
            assert not [name for name in os.listdir(place / "served") if "partial" in name]
    finally:
        subprocess.run(["umount", place], check=True)


TESTS = [a_run_from_click_to_page_data, what_the_command_line_kept_is_in_the_list, a_whatif_is_told_apart_row_by_row,
         complaints_are_those_of_the_command_line, an_overlay_takes_only_what_is_right, a_study_can_be_cancelled_and_tried_again,
         events_tell_progress_and_the_end, a_crash_takes_nobody_else_down, jobs_outlive_the_server_that_ended,
         without_the_token_nothing_is_told, other_sites_and_names_are_refused, no_path_leads_out_of_the_folder,
         malformed_requests_harm_nobody, a_thousand_idle_guests_are_no_burden,
         who_takes_too_long_is_shown_out, many_requests_at_once_and_memory_stays,
         two_servers_do_not_share_a_folder, a_full_disk_is_told_and_harmless]

TESTS = [test for test in TESTS if len(sys.argv) < 3 or test.__name__ in sys.argv[2:]]

with tempfile.TemporaryDirectory() as here:
    WORK = pathlib.Path(here)
    with open(PROGRAM, "rb") as binary:
        SANITIZED = any(name in binary.read() for name in (b"__asan_init", b"__tsan_init"))
    (WORK / "scenarios").mkdir()
    subprocess.run([PROGRAM, "new", str(WORK / "scenarios" / "region")], check=True, capture_output=True)
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        began = time.monotonic()
        try:
            test()
            print(f"ok {number} - {test.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
        except Skipped as why:
            print(f"ok {number} - {test.__name__} # SKIP {why}")
        except (AssertionError, OSError, KeyError, ValueError, TypeError, sqlite3.Error, subprocess.SubprocessError,
                http.client.HTTPException) as trouble:
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            inner = trouble.__traceback__.tb_next or trouble.__traceback__
            print(f"# {type(trouble).__name__} at line {inner.tb_lineno}: {str(trouble)[:600]}", flush=True)
sys.exit(1 if failed else 0)
