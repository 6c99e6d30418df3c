"""Compiles what Wine lacks of Windows' libraries: `python3 libraries.py WINE_LIBRARIES TARGET`, with mingw.

A library NAME.dll made here has the functions `our_FUNCTION` of libraries/NAME.c and forwards all others to
NAMEwine.dll, a copy of Wine's. Wine loads its own library instead of any that is marked as built in, so the copy's
mark is overwritten.
"""

import re
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "libraries"
REPLACED = ("ucrtbase", "mscms", "dxgi", "d3d12")
MARK, OTHER_MARK = b"Wine builtin DLL", b"Wine renamed DLL"
# mingw passes complex numbers as Microsoft's compiler does, whose `long double` is a `double`.
COMPLEX = [
    *(
        f"c{arc}{name}{hyperbolic}"
        for arc in ("", "a")
        for name in ("sin", "cos", "tan")
        for hyperbolic in ("", "h")
    ),
    *("cabs", "carg", "cexp", "cimag", "clog", "conj", "cpow", "cproj", "creal", "csqrt"),
]


def tool(name: str, *arguments: object) -> str:
    """Run a tool of mingw and return its output. Raises `CalledProcessError`."""
    command = [f"x86_64-w64-mingw32-{name}", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def exported(library: Path) -> dict[str, int]:
    """Return the names of the functions in a library that others may call, with their numbers."""
    table = tool("objdump", "-p", library).rpartition("[Ordinal/Name Pointer] Table")[2]
    found = re.findall(r"\+base\[ *(\d+)\] +[0-9a-f]+ +(\S+)$", table, re.MULTILINE)
    return {name: int(number) for number, name in found}


def define(file: Path, library: str, functions: list[str]) -> None:
    """Write the list of a library's functions for mingw's linker."""
    file.write_text("\n".join([f"LIBRARY {library}.dll", "EXPORTS", *functions, ""]))


def replace(name: str, wine: Path, target: Path) -> None:
    """Compile one library that replaces some functions of Wine's."""
    original = (wine / f"{name}.dll").read_bytes()
    if original.count(MARK) != 1:
        sys.exit(f"{name}.dll is not one of Wine's")
    (target / f"{name}wine.dll").write_bytes(original.replace(MARK, OTHER_MARK))

    compiled, definition = target / f"{name}.o", target / f"{name}.def"
    tool("gcc", "-O2", "-fno-builtin", "-c", SOURCES / f"{name}.c", "-o", compiled)
    ours = {each: f"our_{each}" for each in re.findall(r" T our_(\w+)$", tool("nm", compiled), re.MULTILINE)}
    functions, links = exported(wine / f"{name}.dll"), ["-lkernel32"]
    if name == "ucrtbase":
        ours |= {each + kind: each + kind.replace("l", "") for each in COMPLEX for kind in ("", "f", "l")}
        # What mingw's functions call in their turn comes from Wine's library, or the new one would call itself.
        define(definition, f"{name}wine", list(functions))
        wines = str(target / f"lib{name}.a")
        tool("dlltool", "-d", definition, "-l", wines)
        links = [f"-Wl,-u,{each}" for each in sorted(set(ours.values()))]
        links += ["-lmingwex", "-lgcc", wines, "-lmingwex", "-lgcc", wines, "-lkernel32"]
    unknown = ours.keys() - functions
    if unknown:
        sys.exit(f"Wine's {name}.dll has no {', '.join(sorted(unknown))}")
    define(
        definition,
        name,
        [f"{each} = {ours.get(each, f'{name}wine.{each}')} @{number}" for each, number in functions.items()],
    )
    compile_library(name, target, compiled, definition, *links)


def compile_library(name: str, target: Path, *arguments: object) -> None:
    """Link a library that needs nothing when it is loaded."""
    tool("gcc", "-O2", "-fno-builtin", "-shared", "-nostdlib", "-s", *arguments, SOURCES / "entry.c", "-Wl,-e,entry",
         "-o", target / f"{name}.dll")  # fmt: skip


def main() -> None:
    """Compile them all."""
    wine, target = map(Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    for name in REPLACED:
        replace(name, wine, target)
    compile_library("icuuc", target, SOURCES / "icuuc.c")


if __name__ == "__main__":
    main()
