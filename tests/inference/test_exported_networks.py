"""Networks that real exporters wrote, stored with what their frameworks answered; `tests/exporters` made them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.exported import STORED, assert_app_agrees
from vgg_desktop.cli import main

FOLDERS = sorted(path.parent for path in STORED.glob("*/expected.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_app_answers_as_the_networks_framework(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def run(arguments: Sequence[str]) -> str:
        code = main(list(arguments))
        out, err = capfd.readouterr()
        assert code == 0, err
        return out

    assert_app_agrees(folder, run)
