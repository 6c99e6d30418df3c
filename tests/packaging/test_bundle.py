"""Which files of the libraries go into a bundle."""

import ast
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def spec() -> dict[str, Any]:
    """Return the functions of `pyinstaller.spec` that need no PyInstaller."""
    text = (ROOT / "pyinstaller.spec").read_text("utf-8")
    chosen: list[ast.stmt] = [
        each
        for each in ast.parse(text).body
        if (isinstance(each, ast.FunctionDef) and each.name == "is_used")
        or (isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "UNUSED_FILES")
    ]
    values: dict[str, Any] = {"Path": Path, "ROOT": ROOT}
    exec(compile(ast.Module(chosen, []), "pyinstaller.spec", "exec"), values)
    return values


@pytest.mark.parametrize(
    ("name", "is_used"),
    [
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", True),
        ("PySide6\\plugins\\imageformats\\qjpeg.dll", True),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.dylib", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", False),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/lib/libQt6Pdf.so.6", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
    ],
)
def test_what_is_used(spec: dict[str, Any], name: str, is_used: bool) -> None:
    assert spec["is_used"]((name, "", "BINARY")) is is_used
