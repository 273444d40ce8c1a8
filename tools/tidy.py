#!/usr/bin/env python3
"""The house rules that a machine can check, one TAP line per rule.

    tools/tidy.py [--library build/libautopolis.a] [--compiler cc]
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOMS = ["base", "model", "read", "state", "tick", "fleet", "study", "write", "serve", "cli"]   # bottom-up
FILE_LINES, HEADER_LINES, FUNCTION_LINES, COLUMNS, DEPTH, PARAMETERS = 600, 150, 60, 120, 3, 5
# The exception list may only shrink. File: why.
# Headers of a room that others may include; every header of a room that is not listed here.
DOORS = {"model": {"model.h"}, "read": {"read.h", "complaints_text.h", "describe.h", "folder_new.h", "import.h", "kept.h", "ranges.h", "manifest_file.h"},
         "state": {"state.h"}, "tick": {"tick.h"}, "fleet": {"fleet.h"}}
MANY_PARAMETERS = {"request_take": "libmicrohttpd's own signature",
                   "complain": "printf-like: where, what rule, which words",
                   "draw_poisson": "who, why and when, then the law"}
LONG_FILES = {"src/model/schema.h": "the tables, declared once",
              "src/model/schema_charging.h": "the tables of the charging side, declared once",
              "src/model/model.h": "every row of the model in one place"}

QUIET = re.compile(r"\b(printf|puts|putchar|vprintf|perror|exit|_exit|abort|quick_exit)\s*\(|\b(stdout|stderr)\b")
NEVER = re.compile(r"\b(s?rand|random|gettimeofday|clock_gettime|localtime|gmtime|longjmp|setjmp)\s*\(|"
                   r"(?<![\w.>])(time|clock)\s*\(|\bgoto\b")
LIBM = re.compile(r"(?<![\w.>])(exp|exp2|expm1|log|log2|log10|log1p|pow|sqrt|cbrt|hypot|sin|cos|tan|asin|acos|atan|"
                  r"atan2|floor|ceil|round|lround|llround|rint|trunc|fmod|fabs|erf|erfc|tgamma|lgamma)f?l?\s*\(")
WORDS = re.compile(r"digital twin|\bTODO\b|\bFIXME\b|\bXXX\b", re.IGNORECASE)


def sources(*folders, ends=(".c", ".h")):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in ends and path.is_file():
                yield path


def name_of(path):
    return str(path.relative_to(ROOT))


def bare(text):
    """The code without comments and the insides of strings, lines kept."""
    def blank(found):
        token = found.group(0)
        if token.startswith('"'):
            return '""'
        if token.startswith("'"):
            return "' '"
        return "\n" * token.count("\n")
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text, flags=re.DOTALL)


def doors():
    """A room opens only rooms below it in the list, through their doors."""
    for path in sources("src"):
        room = path.parent.name
        if room not in ROOMS:
            yield f"{name_of(path)}: no such room"
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#include "(\w+)/([\w.]+)"', line)
            if not found or found.group(1) not in ROOMS:
                continue
            other, header = found.groups()
            if ROOMS.index(other) > ROOMS.index(room):
                yield f"{name_of(path)}:{number}: {room} opens {other}, which lies above it"
            elif other != room and header not in DOORS.get(other, {header}):
                yield f"{name_of(path)}:{number}: the door of {other} is {', '.join(sorted(DOORS[other]))}"


def own_header_first():
    for path in sources("src", ends=(".c",)):
        own = f"{path.parent.name}/{path.stem}.h"
        if (ROOT / "src" / own).exists():
            first = re.search(r'#include ["<]([^">]+)', path.read_text())
            if not first or first.group(1) != own:
                yield f"{name_of(path)}: includes its own header first"


def body_measure(lines, start):
    """(deepest block, last line) of the function that starts on a line; braces of initializers are no blocks."""
    opened, deepest = [], 0
    for j in range(start, len(lines)):
        for brace in re.finditer(r"[{}]", lines[j]):
            if brace.group(0) == "{":
                before = lines[j][:brace.start()]
                opened.append(bool(re.search(r"(\) |\belse |\bdo |: |^)$", before)))
                deepest = max(deepest, sum(opened))
            elif opened:
                opened.pop()
                if not opened:
                    return deepest, j
    return deepest, len(lines) - 1


def functions(text):
    """(name, first line, lines, parameters, deepest block) of every function body in the file."""
    lines = bare(text).split("\n")
    head, start = "", 0
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("#"):
            while line.endswith("\\") and i + 1 < len(lines):
                i += 1
                line = lines[i]
            head = ""
        elif line and not line[0].isspace() and not line.startswith("}"):
            if not head:
                start = i
            head += " " + line
        elif head:
            head += " " + line.strip()
        if head and "{" in head:
            found = re.search(r"(\w+)\s*\(([^{}]*)\)\s*(__attribute__\S*\s*)?\{", head)
            if found and not re.match(r"\s*(struct|enum|union|typedef)\s+\w*\s*\{", head):
                deepest, end = body_measure(lines, start)
                inside = found.group(2)
                count = 0 if inside.strip() in ("", "void") else inside.count(",") + 1
                yield found.group(1), start + 1, end - start + 1, count, deepest - 1
                i = end
            head = ""
        elif head.rstrip().endswith(";") or line.startswith("}"):
            head = ""
        i += 1


def sizes():
    for path in sources("src", "tests", "bench"):
        text = path.read_text()
        lines = text.splitlines()
        most = HEADER_LINES if path.suffix == ".h" else FILE_LINES
        if len(lines) > most and name_of(path) not in LONG_FILES:
            yield f"{name_of(path)}: {len(lines)} lines, at most {most}"
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                yield f"{name_of(path)}:{number}: {len(line)} columns, at most {COLUMNS}"
            if line != line.rstrip() or "\t" in line:
                yield f"{name_of(path)}:{number}: a tab, or space at the end of the line"
        if path.suffix != ".c":
            continue
        for name, first, length, parameters, depth in functions(text):
            if length > FUNCTION_LINES:
                yield f"{name_of(path)}:{first}: {name} has {length} lines, at most {FUNCTION_LINES}"
            if parameters > PARAMETERS and name not in MANY_PARAMETERS:
                yield f"{name_of(path)}:{first}: {name} has {parameters} parameters, at most {PARAMETERS}"
            if depth > DEPTH:
                yield f"{name_of(path)}:{first}: {name} is {depth} blocks deep, at most {DEPTH}"


def calls():
    """The library never prints, exits, draws from the machine or uses libm; only the command line has a clock."""
    for path in sources("src"):
        room = path.parent.name
        for number, line in enumerate(bare(path.read_text()).split("\n"), 1):
            at = f"{name_of(path)}:{number}"
            if room != "cli" and path.name != "trouble.c" and QUIET.search(line):
                yield f"{at}: prints or exits: {line.strip()}"
            never = NEVER.search(line)
            if never and not (room == "cli" and "clock_gettime" in never.group(0)):
                yield f"{at}: {never.group(0).strip()}"
            if LIBM.search(line):
                yield f"{at}: libm: {line.strip()}"


def tags():
    page = (ROOT / "docs" / "model.md").read_text()
    known = set(re.findall(r"\*\*(M-\d+(?:\.\d+)?)", page))
    for path in sources("src", "tests", "bench"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for tag in re.findall(r"\bM-\d+(?:\.\d+)?", line):
                if tag not in known:
                    yield f"{name_of(path)}:{number}: docs/model.md has no {tag}"


def words():
    for path in sources("src", "tests", "bench", "docs", "tools", "include", ends=(".c", ".h", ".md", ".py", ".sh")):
        if path == pathlib.Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if WORDS.search(line):
                yield f"{name_of(path)}:{number}: {line.strip()[:80]}"


def described():
    """src/README.md says a sentence about every file."""
    page = ROOT / "src" / "README.md"
    text = page.read_text() if page.exists() else ""
    for path in sources("src", ends=(".c",)):
        if path.name not in text and f"`{path.stem}`" not in text:
            yield f"{name_of(path)}: not in src/README.md"


def headers(compiler):
    for path in sources("src", "include", ends=(".h",)):
        command = [compiler, "-std=c17", "-D_DEFAULT_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c",
                   "-I", str(ROOT / "src"), "-I", str(ROOT / "include"), "-include", str(path), "/dev/null"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{name_of(path)}: does not compile alone: {done.stderr.splitlines()[0] if done.stderr else ''}"


def commands_known():
    """command -> its options, as the program's own tables declare them."""
    main = (ROOT / "src" / "cli" / "main.c").read_text()
    options = (ROOT / "src" / "cli" / "options.c").read_text()
    kept = re.search(r"enum \{ KEPT = ([^}]+?) \}", options)
    options = options.replace("KEPT", kept.group(1)) if kept else options
    known = {name: {"--help", "--version"} for name in re.findall(r'\{"(\w+)", command_\w+,', main)}
    kept = re.search(r"KEPT = ([\w |]+)", options)         # a name for several commands
    options = re.sub(r"\bKEPT\b", kept.group(1).strip(), options) if kept else options
    bits = {name: name.lower()[4:] for name in re.findall(r"FOR_\w+", options)}
    for option, where in re.findall(r'\{"(--[\w-]+)",\s*(?:NULL|"[^"]*"),\s*((?:FOR_\w+[\s|]*)+),', options):
        for bit in re.findall(r"FOR_\w+", where):
            known.get(bits[bit], set()).add(option)
    if "selftest" in known:            # it reads its arguments itself
        known["selftest"] |= {"--json", "--threads"}
    return known


def table_columns():
    """table -> its columns, from the schema."""
    text = "\n".join(path.read_text() for path in sorted((ROOT / "src" / "model").glob("schema*.h")))
    text = text.replace("\\\n", " ")
    blocks = dict(re.findall(r"#define (\w+_COLUMNS)\(X\)(.*)", text))
    return {table: set(re.findall(r"X\(\w+,\s*(\w+),", blocks.get(block, "")))
            for table, block in re.findall(r"T\((\w+), \w+, (\w+), \d+,", text)}


def command_fault(line, known):
    """What is wrong with a command line of autopolis; None: nothing."""
    words = re.split(r"\s+", line.split("#")[0].strip())
    command = words[1] if len(words) > 1 else ""
    if command.startswith("--") or command in ("COMMAND", ""):
        return None
    if command not in known:
        return f"no command {command}"
    for word in words[2:]:
        option = re.match(r"\[?(--[\w-]+)", word)
        if option and option.group(1) not in known[command]:
            return f"{command} has no option {option.group(1)}"
    return None


def csv_fault(block, tables):
    """A table's header must be one that the reader knows."""
    common = {"source", "confidence", "low", "high", "law", "note", "action"}
    header = set(block.strip().splitlines()[0].split(",")) - common
    if header == {"setting", "value"} or any(header <= columns for columns in tables.values()):
        return None
    return f"no table has the columns {', '.join(sorted(header))}"


def c_fault(block, compiler):
    command = [compiler, "-std=c17", "-D_DEFAULT_SOURCE", "-fsyntax-only", "-x", "c", "-I", str(ROOT / "src"), "-"]
    done = subprocess.run(command, input=block, capture_output=True, text=True, check=False)
    return done.stderr.splitlines()[0] if done.returncode else None


def documents(compiler):
    """Code blocks of README and docs: commands exist with their options, tables can be read, C compiles."""
    known, tables = commands_known(), table_columns()
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = path.read_text()
        for found in re.finditer(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            kind, block = found.groups()
            at = f"{name_of(path)}:{text.count(chr(10), 0, found.start()) + 1}"
            faults = [command_fault(line[line.index("autopolis "):], known) for line in block.splitlines()
                      if re.match(r"(\$ )?(build\S*/)?autopolis ", line)]
            if kind == "csv" or re.match(r"\w+(,\w+){2,}\n", block):
                faults.append(csv_fault(block, tables))
            if kind == "c":
                faults.append(c_fault(block, compiler))
            yield from (f"{at}: {fault}" for fault in faults if fault)


def globals_that_change(library):
    """No symbol of the library lies in .data or .bss."""
    if not library:
        return
    table = subprocess.run(["objdump", "-t", library], capture_output=True, text=True, check=True).stdout
    for line in table.splitlines():
        found = re.match(r"^[0-9a-f]+ .{7} (\.data|\.bss|\.tdata|\.tbss|\*COM\*)\s+([0-9a-f]+)\s+(\S+)", line)
        if found and int(found.group(2), 16) and not found.group(3).startswith((".", "__odr_asan", "__tsan")):
            yield f"{found.group(3)} lies in {found.group(1)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", help="static library whose symbols are looked at")
    parser.add_argument("--compiler", default="cc")
    options = parser.parse_args()
    rules = [
        ("rooms open only doors above them", doors()),
        ("a file includes its own header first", own_header_first()),
        ("files, functions and lines keep their sizes", sizes()),
        ("the library never prints, exits, tells the time or uses libm", calls()),
        ("cited paragraphs exist in docs/model.md", tags()),
        ("no word that we do not say", words()),
        ("src/README.md names every file", described()),
        ("headers compile alone", headers(options.compiler)),
        ("code blocks in README and docs can be run, read or compiled", documents(options.compiler)),
        ("the library has no global that changes", globals_that_change(options.library)),
    ]
    print(f"1..{len(rules)}")
    failed = 0
    for number, (rule, complaints) in enumerate(rules, 1):
        found = list(complaints)
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} - {rule}")
        for complaint in found[:40]:
            print(f"#   {complaint}")
        if len(found) > 40:
            print(f"#   and {len(found) - 40} more")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
