#!/usr/bin/env python3
"""Is the built page of today's sources? web/dist/page.sha256 says of which sources web/dist/page.html was built.

page.py --check    fails when they differ; with Node 20.19 or newer and web/node_modules, builds anew and compares
page.py --build    npm ci, builds, and writes the checksum
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEB = os.path.join(ROOT, "web")
SUM = os.path.join(WEB, "dist", "page.sha256")
BUILT = os.path.join(WEB, "dist", "page.html")
# Everything that the build reads.
FILES = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"]


def sources():
    paths = list(FILES)
    for folder, _, names in os.walk(os.path.join(WEB, "src")):
        paths += [os.path.relpath(os.path.join(folder, name), WEB) for name in names]
    return sorted(paths)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def listing():
    lines = [f"{digest(os.path.join(WEB, path))}  {path}" for path in sources()]
    return "\n".join(lines + [f"{digest(BUILT)}  dist/page.html"]) + "\n"


def node_builds():
    """Whether this machine can build: Vite wants a newer Node than Debian 12 has."""
    if not shutil.which("node") or not os.path.isdir(os.path.join(WEB, "node_modules", "vite")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    return version >= (20, 19)


def vite(out):
    command = [os.path.join(WEB, "node_modules", ".bin", "vite"), "build", "--logLevel", "error", "--outDir", out, "--emptyOutDir"]
    subprocess.run(command, cwd=WEB, check=True)


def check():
    with open(SUM, encoding="utf-8") as file:
        written = file.read()
    if written != listing():
        stale = set(listing().splitlines()) ^ set(written.splitlines())
        print("web/dist is stale, run `python3 tools/page.py --build`:", *sorted({line.split()[1] for line in stale}))
        return 1
    if not node_builds():
        print("web/dist is of today's sources (checksums; no Node that could build it again)")
        return 0
    with tempfile.TemporaryDirectory() as out:
        vite(out)
        same = digest(os.path.join(out, "page.html")) == digest(BUILT)
    print("web/dist is of today's sources, and building it again gives the same bytes" if same
          else "building web/ again gives another page.html than the one that is committed")
    return 0 if same else 1


def build():
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=WEB, check=True)
    subprocess.run([os.path.join(WEB, "node_modules", ".bin", "tsc"), "--noEmit"], cwd=WEB, check=True)
    vite(os.path.join(WEB, "dist"))
    with open(SUM, "w", encoding="utf-8") as file:
        file.write(listing())
    return 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--build", action="store_true")
    options = arguments.parse_args()
    return build() if options.build else check()


if __name__ == "__main__":
    sys.exit(main())
