"""What runs in the bundle before the program's first line, here in a Python of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from installers import bundle

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no LD_LIBRARY_PATH")
HOOKS = bundle.ROOT / "installers/hooks"


def run_hook(name: str, before: str, after: str) -> str:
    """Run a hook between two pieces of code, and give what was printed."""
    code = f"{before}\nimport runpy; runpy.run_path({str(HOOKS / name)!r})\n{after}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=bundle.ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@posix
def test_children_get_the_persons_own_library_path() -> None:
    ask = 'import subprocess; subprocess.run(["env"])'
    ours = 'import os; os.environ["LD_LIBRARY_PATH"] = "/usr/lib/vgg-desktop/_internal"'
    told = run_hook(
        "restore_library_path.py", f'{ours}; os.environ["LD_LIBRARY_PATH_ORIG"] = "/own"', ask
    ).splitlines()
    assert "LD_LIBRARY_PATH=/own" in told
    told = run_hook(
        "restore_library_path.py", f'{ours}; os.environ.pop("LD_LIBRARY_PATH_ORIG", None)', ask
    ).splitlines()
    assert not [line for line in told if line.startswith("LD_LIBRARY_PATH")]


@posix
def test_what_qt_starts_gets_it_too(tmp_path: Path) -> None:
    ours = 'import os; os.environ["LD_LIBRARY_PATH"] = "/ours"; os.environ["LD_LIBRARY_PATH_ORIG"] = "/own"'
    ask = (
        "from PySide6.QtCore import QProcess; p = QProcess(); p.start('env'); p.waitForFinished();"
        "print(p.readAllStandardOutput().data().decode())"
    )
    assert "LD_LIBRARY_PATH=/own" in run_hook("restore_library_path.py", ours, ask).splitlines()


def test_onnxruntime_is_loaded_before_qt_on_windows_only() -> None:
    ask = 'import sys; print(*(each for each in ("onnxruntime", "PySide6") if each in sys.modules))'
    pretend = "import numpy, sys; sys.platform = 'win32'"  # numpy itself must not be deceived
    assert run_hook("load_onnxruntime_first.py", pretend, ask) == "onnxruntime"
    if sys.platform != "win32":
        assert run_hook("load_onnxruntime_first.py", "", ask) == ""
