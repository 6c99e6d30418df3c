"""What the list says of a picture and of a group, in the user's language."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from vgg_desktop.models.class_names import class_name
from vgg_desktop.ui.pictures.arrangement import Group, GroupKey
from vgg_desktop.ui.pictures.rows import OPEN, Filter, Kind, ResultRow, RowState
from vgg_desktop.ui.words.class_names import language, name_of
from vgg_desktop.ui.words.formats import as_sentence, percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text

translate = QCoreApplication.translate


class RowTexts:
    """Texts of rows and groups; `title_of` returns the title of the network with an id."""

    def __init__(self, filter: Filter, title_of: Callable[[str], str] = str) -> None:
        self._filter = filter
        self.title_of = title_of

    def group_name(self, key: GroupKey) -> str:
        """Return the name of a group."""
        if not isinstance(key, Kind):
            return class_name(*key, language())
        names = {
            Kind.UNSURE: translate("ResultsModel", "Unsure"),
            Kind.FAILED: translate("ResultsModel", "Failed"),
            Kind.STOPPED: translate("ResultsModel", "Stopped"),
            Kind.OPEN: translate("ResultsModel", "Not classified yet"),
        }
        return names[key]

    def group(self, group: Group) -> str:
        """Return what a screen reader says of a group."""
        text = translate("ResultsModel", "Group {0}: %n picture(s)", "", len(group.rows))
        text = text.format(self.group_name(group.key))
        return translate("ResultsModel", "{0}, folded").format(text) if group.is_folded else text

    def summary(self, row: ResultRow) -> str:
        """Return the best class of a picture, why it has none, or an earlier one with the network that it is from."""
        if row.answer is not None:
            return f"{self.headline(row)}, {percent(row.probability)}"
        if row.state is RowState.FAILED and row.error is not None:
            # The row shows the file's name already; only the reason is added.
            why = getattr(row.error, "reason", None)
            return as_sentence(reason_text(why)) if why else describe(row.error).title
        return (
            self._state(row) if row.previous is None else f"{self.headline(row)} {percent(row.probability)}"
        )

    def spoken(self, row: ResultRow) -> str:
        """Return the summary, and that a picture waits whose summary is an earlier answer."""
        waits = row.previous is not None and row.state in OPEN
        return f"{self._state(row)}, {self.summary(row)}" if waits else self.summary(row)

    def headline(self, row: ResultRow) -> str:
        """Return the best class, and beside it the one that the filter found; of an earlier answer whose it is."""
        if (previous := row.previous) is not None:
            text = translate("ResultsModel", "{network}: {label}")
            text = text.format(network=self.title_of(previous.model), label=row.label)
            return text if row.state in OPEN else f"{self._state(row)} · {text}"
        is_unsure = self._filter.is_unsure(row)
        name = translate("ResultsModel", "Not sure: {0}").format(row.label) if is_unsure else row.label
        found = self._filter.matching_class(row)
        if found is None or found is row.classification.predictions[0]:  # type: ignore[union-attr] # found in it
            return name
        return f"{name} ({name_of(found)} {percent(found.probability)})"

    def remarks(self, row: ResultRow) -> Iterator[str]:
        """Yield what went wrong with a picture, and what is to be known of its result."""
        if row.error is not None:
            yield describe(row.error).text
        if row.previous is not None:
            yield self.spoken(row)
        if row.answer is not None and row.answer.note is not None:
            yield as_sentence(reason_text(row.answer.note))

    @staticmethod
    def _state(row: ResultRow) -> str:
        names = {
            RowState.WAITING: translate("ResultsModel", "Waiting"),
            RowState.RUNNING: translate("ResultsModel", "Working…"),
            RowState.CANCELLED: translate("ResultsModel", "Stopped"),
        }
        return names.get(row.state, "")
