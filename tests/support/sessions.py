"""How many networks are loaded at once, counted in the real sessions of onnxruntime."""

import weakref
from typing import Any

import pytest

from vgg_desktop.inference.runtime import Session


class Sessions:
    """The sessions that live; `most` is how many networks there were at once since `begin`.

    The dense layers of a network in two parts have a session of their own, and are not counted.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._alive: weakref.WeakSet[Session] = weakref.WeakSet()
        self.made = self.most = 0
        make, those = Session.__init__, self

        def counted(session: Session, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as the real one
            make(session, *arguments, **options)
            those._alive.add(session)
            those.made += 1
            those.most = max(those.most, those.count)

        monkeypatch.setattr(Session, "__init__", counted)

    @property
    def count(self) -> int:
        """Return how many networks are loaded now."""
        return sum(session._path.name != "dense.onnx" for session in self._alive)

    def begin(self) -> None:
        """Count from here on."""
        self.made, self.most = 0, self.count
