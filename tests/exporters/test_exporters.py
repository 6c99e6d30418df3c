"""Networks made by the exporters themselves, imported through the command line: `make test-exporters`.

Each exporter has an environment of its own in `.exporters`, which the Makefile sets up, and a script beside this file.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.exported import assert_app_agrees

pytestmark = pytest.mark.exporters
ROOT = Path(__file__).parents[2]
KNOWN = sorted(path.stem for path in Path(__file__).parent.glob("requirements/*.txt"))
CHOSEN = [name for name in os.environ.get("EXPORTERS", ",".join(KNOWN)).split(",") if name]


def output_of(arguments: Sequence[str], what: str) -> str:
    """Run a program in the repository and return what it prints; the test fails where it fails."""
    done = subprocess.run(
        arguments, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        pytest.fail(f"{what} failed: {' '.join(arguments)}\n{done.stderr[-4000:]}", pytrace=False)
    return done.stdout


@pytest.mark.parametrize("name", CHOSEN)
def test_the_app_answers_as_the_exporters_framework(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name not in KNOWN:
        pytest.fail(f"there is no exporter called {name}; there are {', '.join(KNOWN)}", pytrace=False)
    environment = ROOT / ".exporters" / name
    if not (environment / "ready.stamp").exists():
        log = environment / "pip.log"
        pytest.fail(f"the environment of {name} could not be set up; {log} says why", pytrace=False)
    made = tmp_path / "made"
    # As a program would be: nothing of this environment, and no home but the exporter's own.
    python = str(environment / "bin" / "python")
    output_of([python, "-m", f"tests.exporters.export_{name}", str(made)], f"The exporter {name}")
    folders = sorted(made.iterdir())
    assert folders
    different = []
    for folder in folders:
        monkeypatch.setenv("VGG_DESKTOP_HOME", str(tmp_path / f"home of {folder.name}"))
        try:
            assert_app_agrees(
                folder, lambda arguments: output_of([sys.executable, "-m", "vgg_desktop", *arguments], name)
            )
        except (AssertionError, pytest.fail.Exception) as error:
            different.append(f"{folder.name}: {error}")
    if different:
        pytest.fail("\n".join(different), pytrace=False)
