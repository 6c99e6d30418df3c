"""Fixtures of the tests of texts."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from vgg_desktop.ui.words.languages import Languages


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """Return the languages, and leave none of them behind."""
    languages = Languages(qapp)
    yield languages
    languages.remove()
    languages.deleteLater()
