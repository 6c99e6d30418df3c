"""The list of reasons is complete: whatever prose the core's source holds can be translated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import vgg_desktop
from vgg_desktop.ui.words.reasons import TEMPLATES, find_template

PACKAGE = Path(vgg_desktop.__file__).parent
MODULES = sorted(
    path
    for room in ("images", "models", "inference")
    for path in (PACKAGE / room).rglob("*.py")
    if path.stem != "diagnostics"  # all of it is English, for whoever is asked for help
)
# Prose that no user reads as a reason, by module; everything else must be in the list.
NO_REASONS = {
    "damage": {"decompressed data too large"},  # looked for in other libraries' words
    "kinds": {"JPEG 2000"},
    "reading": {"a picture of a supported kind (7)"},  # only ever a part of a reason
    "catalog": {"model 7"},
    "download": {  # said to programmers
        "a download needs an address",
        "fetch in a thread needs a QCoreApplication, which belongs to the main thread",
    },
    "http_answer": {r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)"},
    "partial_file": {r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"},
    "listing": {
        *("GPU (DirectML)", "7 (DirectML)", "7 (CUDA)", "7 (TensorRT)", "7 (Core ML)", "7 (OpenVINO)"),
        *("7 (CPU)", "7 (7)", "7 7", "Intel 7", "macOS 7"),
    },
    "computer": {"model name"},
    "distributions": {"7 7"},
    "dxgi": {"there is no DirectX on this system", "DirectX gives no list of graphics cards"},  # caught
    "nvidia": {"NVIDIA GPU", "cannot open shared object file|Could not find module"},
    "facts": {  # lines of the diagnostics, in English for whoever helps
        *("7 on 7, 7", "7: 7", "7: not used, 7", "passed, scores within 7 % of the CPU's"),
        "7 pictures/s at 7, 7",
    },
    "choosing": {"7: 7"},
    "wishes": {"7: 7"},
    "guarded": {"7: 7"},
    "installation": {"Imported by you."},
}


class Prose:
    """The strings of a module that hold a space, docstrings and what goes to the log left out."""

    def __init__(self, path: Path) -> None:
        self._tree = ast.parse(path.read_text("utf-8"))
        self._constants = {
            target.id: node.value
            for node in self._tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def texts(self) -> set[str]:
        return {text for text in self._walk(self._tree) if " " in text.strip()}

    def _walk(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Expr(value=ast.Constant()):
                return
            case ast.Assert():
                yield from self._walk(node.test)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logger"))):
                return
            case ast.JoinedStr() | ast.Constant(value=str()):
                yield self._sample(node)
            case _:
                for child in ast.iter_child_nodes(node):
                    yield from self._walk(child)

    def _sample(self, node: ast.AST) -> str:
        """Return what a string can look like, with 7 for everything that varies."""
        match node:
            case ast.Constant():
                return str(node.value)
            case ast.JoinedStr():
                return "".join(map(self._sample, node.values))
            case ast.FormattedValue(value=ast.Name(id=name)) if name in self._constants:
                return self._sample(self._constants[name])
            case _:
                return "7"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_reason_is_listed(path: Path) -> None:
    missing = {text for text in Prose(path).texts() if find_template(text) is None}
    assert missing == NO_REASONS.get(path.stem, set()), "list it in vgg_desktop/ui/words/reasons.py"


def test_the_links_reasons_are_listed() -> None:
    tree = ast.parse((PACKAGE / "ui" / "incoming" / "links.py").read_text("utf-8"))
    prose = Prose(PACKAGE / "ui" / "incoming" / "links.py")
    said = {
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_fail"
        for text in prose._walk(node.args[0])
    }
    assert len(said) >= 6
    assert {text for text in said if find_template(text) is None} == set()


def test_templates_are_listed_once_and_well_formed() -> None:
    assert len(set(TEMPLATES)) == len(TEMPLATES)
    for template in TEMPLATES:
        sample = template.format(*map(str, range(9)))
        assert find_template(sample) is not None
        assert template == template.strip().rstrip(".")
