"""Bring the catalogues in `resources/i18n` in line with the texts in the code, and compile them.

    python scripts/translations.py

New texts appear in the `.ts` files as unfinished; translate them there and run this again.
"""

import ast
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

from vgg_desktop import errors
from vgg_desktop.why import Why

ROOT = Path(__file__).resolve().parents[1]
I18N = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "de", "ja")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the code; `comment` distinguishes equal texts, `plural` ones contain %n."""

    context: str
    source: str
    comment: str = ""
    plural: bool = False


def tool(name: str) -> str:
    """Return the path of one of Qt's tools, which come with PySide6."""
    folder = Path(PySide6.__file__).parent
    found = next((folder / each for each in (name, f"{name}.exe") if (folder / each).exists()), None)
    if found is None:
        found = Path(sys.executable).with_name(f"pyside6-{name}")
    return str(found)


def core_texts() -> Iterator[Text]:
    """Return the texts of errors and reasons, which are data of the core and translated in the context "Errors"."""
    for error in _all_subclasses(errors.VggDesktopError):
        yield from (Text("Errors", text) for text in (error.title, error.text))
    yield from (Text("Errors", str(why.value)) for why in Why)


def _all_subclasses(kind: type[errors.VggDesktopError]) -> Iterator[type[errors.VggDesktopError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all_subclasses(each)


def texts(path: Path) -> Iterator[Text]:
    """Return the texts of a module in their order. Raises `ValueError` for one that is no literal."""
    yield from _walk(ast.parse(path.read_text("utf-8")), "", path)


def _walk(node: ast.AST, context: str, path: Path) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        context = node.name
    if isinstance(node, ast.Call) and (name := _called(node.func)):
        given = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
        if name == "tr":
            given.insert(0, context)
        source, comment = (*given[1:3], None, None)[:2]
        if isinstance(source, str) and isinstance(given[0], str) and not node.keywords:
            yield Text(given[0], source, comment if isinstance(comment, str) else "", len(given) > 3)
        elif path.name not in ("reasons.py", "why.py"):  # which translates what `core_texts` lists
            raise ValueError(f"{path.name}, line {node.lineno}: only literals can be translated")
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, context, path)


def _called(function: ast.expr) -> str:
    """Return the name of a function that translates, or nothing; bytes have a `translate` too."""
    match function:
        case ast.Attribute(attr="tr"):
            return "tr"
        case ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"):
            return "translate"
        case ast.Name(id="translate" as name):
            return name
        case _:
            return ""


def _as_cpp(text: Text) -> str:
    """Write a text as lupdate finds it; in Python it misses plurals of `translate` and what is inside an f-string."""
    context, source, comment = (
        json.dumps(each, ensure_ascii=False) for each in (text.context, text.source, text.comment)
    )
    return f"QCoreApplication::translate({context}, {source}, {comment}{', 1' if text.plural else ''});\n"


def update(folder: Path = I18N) -> None:
    """Add new texts to the catalogues in a folder and drop those that the code has no longer."""
    modules = sorted((ROOT / "vgg_desktop" / "ui").rglob("*.py"))
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "texts.cpp"
        found = itertools.chain(core_texts(), *map(texts, modules))
        source.write_text("".join(map(_as_cpp, dict.fromkeys(found))), "utf-8")
        for language in LANGUAGES:
            # English needs its plurals only: its other texts are those in the code.
            only = ["-pluralonly"] if language == "en" else []
            options = [
                "-no-obsolete",
                "-locations",
                "none",
                "-source-language",
                "en",
                "-target-language",
                language,
            ]
            catalogue = str(folder / f"vgg_desktop_{language}.ts")
            command = [tool("lupdate"), *only, *options, str(source), "-ts", catalogue]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def compile_all(folder: Path = I18N) -> None:
    """Make the `.qm` files that Qt reads."""
    for catalogue in sorted(folder.glob("*.ts")):
        command = [tool("lrelease"), "-silent", str(catalogue), "-qm", str(catalogue.with_suffix(".qm"))]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    update()
    compile_all()
