#!/usr/bin/env python3
"""How many lists of runs the server sends in a second on loopback, and whether its memory stays where it is.

    bench/server.py build-check/autopolis
"""
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
GUESTS, ROUNDS, REQUESTS = 4, 5, 2500          # 10,000 requests a round


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii")).group(1))


def talk(port, token, requests):
    """One guest after the other's answer, on one connection."""
    request = f"GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.sendall(request)
        first = s.recv(65536)
        length = len(first)
        assert first.startswith(b"HTTP/1.1 200"), first[:200]
        for _ in range(requests - 1):
            s.sendall(request)
            got = len(s.recv(65536))
            while got < length:
                got += len(s.recv(65536))


def measure(port, token):
    guests = [threading.Thread(target=talk, args=(port, token, REQUESTS)) for _ in range(GUESTS)]
    started = time.monotonic()
    for guest in guests:
        guest.start()
    for guest in guests:
        guest.join()
    return GUESTS * REQUESTS / (time.monotonic() - started)


def main():
    with tempfile.TemporaryDirectory() as here:
        region, store = f"{here}/scenarios/region", f"{here}/results"
        os.mkdir(f"{here}/scenarios")
        subprocess.run([PROGRAM, "new", region], check=True, capture_output=True)
        for seed in range(1, 6):
            subprocess.run([PROGRAM, "run", region, "--from", "2023-03-01", "--until", "2023-03-07", "--replications", "1", "--quiet",
                            "--seed", str(seed), "--store", store], check=True)
        with subprocess.Popen([PROGRAM, "serve", store, "--scenarios", f"{here}/scenarios"], stdout=subprocess.PIPE, text=True) as server:
            port, token = re.search(r":(\d+)/#token=(\w+)", server.stdout.readline()).groups()
            measure(int(port), token)
            before = memory(server.pid)
            rates = [measure(int(port), token) for _ in range(ROUNDS)]
            after = memory(server.pid)
            server.send_signal(signal.SIGTERM)
        print(f"requests_a_second: {statistics.median(rates):.0f} (of {', '.join(f'{rate:.0f}' for rate in rates)})")
        print(f"memory_kb: {before} before, {after} after {ROUNDS * GUESTS * REQUESTS} requests more")


main()
