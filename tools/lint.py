#!/usr/bin/env python3
"""clang-tidy, cppcheck and gcc -fanalyzer over the program's own code; fails when one of them says anything.

    tools/lint.py [clang-tidy|cppcheck|analyzer]... [--jobs N] [FILE]...

What they may not say is left out in .clang-tidy and tools/cppcheck.txt, with reasons.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ["-std=c17", "-D_DEFAULT_SOURCE", "-D_FILE_OFFSET_BITS=64", "-Isrc", "-Ibuild-lint"]
# Paths through allocators and tables of pointers that gcc 12 cannot follow; the sanitizers and tests/torture watch them.
ANALYZER = ["-O2", "-fanalyzer", "-Wno-analyzer-malloc-leak", "-Wno-analyzer-use-of-uninitialized-value",
            "-Wno-analyzer-null-argument", "-Wno-analyzer-possible-null-argument", "-Wno-analyzer-possible-null-dereference",
            "-Wno-analyzer-null-dereference"]


def clang_tidy(file):
    return ["clang-tidy", "--quiet", file, "--", *FLAGS]


def analyzer(file):
    return ["gcc", *FLAGS, *ANALYZER, "-c", "-o", os.devnull, file]


def cppcheck(_):
    return ["cppcheck", "--quiet", "--std=c11", "--enable=warning,portability", "--inline-suppr", "--max-configs=1", "--error-exitcode=1",
            "--suppressions-list=tools/cppcheck.txt", "-Isrc", "-D_DEFAULT_SOURCE", "-DAUTOPOLIS_VERSION=\"0\"", "src"]


def said(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    words = done.stdout + "\n".join(line for line in done.stderr.splitlines() if "warnings generated" not in line
                                    and not line.startswith(("Suppressed", "Use -header-filter")))
    return words.strip() if done.returncode or "warning:" in words else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="tools and files; nothing: everything")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_intermixed_args()
    tools = {"cppcheck": cppcheck, "analyzer": analyzer, "clang-tidy": clang_tidy}
    chosen = [name for name in tools if name in options.what] or list(tools)
    files = [word for word in options.what if word not in tools] or sorted(str(path.relative_to(ROOT))
                                                                        for path in (ROOT / "src").rglob("*.c"))
    version = ROOT / "build-lint" / "cli"
    version.mkdir(parents=True, exist_ok=True)
    (version / "version.h").write_text('#define AUTOPOLIS_VERSION "0"\n')
    failed = 0
    for name in chosen:
        if not shutil.which(tools[name]("")[0]):
            print(f"{name}: not installed")
            failed += 1
            continue
        commands = [tools[name](file) for file in (files if name != "cppcheck" else [""])]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            words = [text for text in pool.map(said, commands) if text]
        failed += len(words)
        print("\n".join(words) if words else f"{name}: clean")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
