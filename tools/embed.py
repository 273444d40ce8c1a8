#!/usr/bin/env python3
"""Writes a file as a C array, so that the program carries it: embed.py FILE NAME OUTPUT."""
import sys


def main():
    path, name, output = sys.argv[1:4]
    with open(path, "rb") as file:
        content = file.read()
    rows = [",".join(str(byte if byte < 128 else byte - 256) for byte in content[at:at + 32])
            for at in range(0, len(content), 32)]
    with open(output, "w", encoding="ascii") as out:
        out.write("#include <stddef.h>\n\n")
        out.write(f"extern const char {name}_bytes[];\nextern const size_t {name}_byte_count;\n")
        out.write(f"const char {name}_bytes[] = {{\n" + ",\n".join(rows) + ",0\n};\n")
        out.write(f"const size_t {name}_byte_count = sizeof {name}_bytes - 1;\n")


if __name__ == "__main__":
    main()
