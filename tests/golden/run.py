#!/usr/bin/env python3
"""Golden tests: a command in, bytes out. Speaks TAP.

    tests/golden/run.py build/autopolis [--update] [NAME]...

Each folder beside this file is a test: `command` holds the arguments (without it: check input), `stdout`, `stderr`
and `status` what must come out. Commands run inside the folder, so that every path is the same on every machine.
--update accepts what comes out now; read the difference before you keep it.
"""
import argparse
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run(program, folder):
    command = folder / "command"
    arguments = shlex.split(command.read_text(encoding="utf-8")) if command.exists() else ["check", "input"]
    with tempfile.TemporaryDirectory() as place:
        # a copy: a command may write beside its input; small regions are parents of many inputs
        copy = pathlib.Path(place) / "tests" / "golden" / folder.name
        shutil.copytree(folder, copy)
        shutil.copytree(HERE.parent.parent / "scenarios" / "small", pathlib.Path(place) / "scenarios" / "small")
        done = subprocess.run([program, *arguments], cwd=copy, capture_output=True, timeout=120, check=False)
    return {"stdout": done.stdout, "stderr": done.stderr, "status": b"%d\n" % done.returncode}


def difference(folder, got):
    for name, text in got.items():
        file = folder / name
        wanted = file.read_bytes() if file.exists() else b""
        if wanted != text:
            yield f"{folder.name}/{name}: wanted"
            yield from wanted.decode("utf-8", "replace").splitlines()
            yield "got"
            yield from text.decode("utf-8", "replace").splitlines()


def accept(folder, got):
    for name, text in got.items():
        if text:
            (folder / name).write_bytes(text)
        else:
            (folder / name).unlink(missing_ok=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--update", action="store_true")
    options = arguments.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    folders = sorted(path for path in HERE.iterdir() if (path / "status").exists() or (path / "input").is_dir())
    folders = [folder for folder in folders if not options.names or folder.name in options.names]
    print(f"1..{len(folders)}")
    failed = 0
    for number, folder in enumerate(folders, 1):
        got = run(program, folder)
        if options.update:
            accept(folder, got)
        lines = list(difference(folder, got))
        failed += bool(lines)
        print(f"{'not ok' if lines else 'ok'} {number} - {folder.name}")
        for line in lines:
            print(f"# {line}")
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
