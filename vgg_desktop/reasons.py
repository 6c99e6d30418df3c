"""Why something failed or is not used, as data: an identifier with its values.

The core formats a reason in English with `str`; the window translates its text and formats the values in the user's
language. `why.Why` lists every reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias, Union

from vgg_desktop.formatting import format_bytes


class Bytes(int):
    """A number of bytes, shown as a size."""


Value: TypeAlias = Union[str, int, float, "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a clause without a capital letter or a full stop. `values` are those of the text's fields."""

    why: "Text"
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return self.format(lambda text: text, english)

    def format(self, translate: Callable[[str], str], show: Callable[[Value], str]) -> str:
        """Return the reason as text: `translate` gets its English text, `show` each value that is no reason."""
        return self.fill(self.why.value, dict(self.values), translate, show)

    @staticmethod
    def fill(
        text: str, values: Mapping[str, Value], translate: Callable[[str], str], show: Callable[[Value], str]
    ) -> str:
        """Return an English text with fields, translated and filled in; reasons among the values likewise."""
        shown = {
            name: value.format(translate, show) if isinstance(value, Reason) else show(value)
            for name, value in values.items()
        }
        try:
            return translate(text).format(**shown)
        except (LookupError, ValueError):  # a slip of a translator must not turn one failure into two
            return text.format(**shown)

    def as_json(self) -> dict[str, Any]:
        """Return an object that `why.reason_from_json` reads."""
        values = {
            name: value.as_json()
            if isinstance(value, Reason)
            else {"bytes": int(value)}
            if isinstance(value, Bytes)
            else value
            for name, value in self.values
        }
        return {"id": self.why.id, **({"values": values} if values else {})}


def english(value: Value) -> str:
    """Return a value of a reason as English text."""
    return format_bytes(value) if isinstance(value, Bytes) else str(value)


class Text(Enum):
    """The English texts of reasons, by their identifiers; calling a member fills in the values."""

    @property
    def id(self) -> str:
        """Return the identifier: `image-empty`."""
        return self.name.lower().replace("_", "-")

    def __call__(self, **values: Value) -> Reason:
        """Return this reason with the values of its text's fields. Raises `KeyError` where one is missing."""
        self.value.format_map(values)
        return Reason(self, tuple(values.items()))
