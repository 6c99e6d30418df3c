"""What of the pictures is shown, in which order, and in which groups."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from operator import attrgetter

from vgg_desktop.models.class_names import class_name
from vgg_desktop.ui.pictures.rows import (
    ClassKey,
    Filter,
    Grouping,
    Kind,
    Order,
    ResultRow,
    in_order,
    sort_key,
)
from vgg_desktop.ui.words.class_names import language

GroupKey = ClassKey | Kind
# The groups without a class come after the others, and last the one of whatever is added.
_REST = (Kind.UNSURE, Kind.FAILED, Kind.STOPPED, Kind.OPEN)


@dataclass(slots=True, eq=False)
class Group:
    """The pictures of one class, or those without one: a line of the list, with its pictures below unless folded."""

    key: GroupKey
    rows: list[ResultRow]
    is_folded: bool = False


Line = ResultRow | Group


class Arrangement:
    """The lines of the list: the rows that the filter shows, sorted, with the groups that they are in."""

    def __init__(self) -> None:
        self.filter = Filter()
        self.order = Order.ADDED
        self.grouping = Grouping.NONE
        self.folded: set[GroupKey] = set()
        self.passing: list[ResultRow] = []  # what the filter shows, the rows of folded groups too
        self.lines: list[Line] = []
        self.groups: list[Group] = []
        self.places: dict[ResultRow | GroupKey, int] = {}  # the numbers of the lines
        self._group_of: dict[ResultRow, Group] = {}

    @property
    def is_plain(self) -> bool:
        """Whether every row is shown where it was added."""
        is_sorted = self.order is not Order.ADDED or self.grouping is not Grouping.NONE
        return not (self.filter.is_active or is_sorted)

    def clear(self) -> None:
        """Forget every row; filter, order and grouping stay."""
        for store in (self.folded, self.passing, self.lines, self.groups, self.places, self._group_of):
            store.clear()

    def key_at(self, place: int) -> ResultRow | GroupKey:
        """Return what the line with a number is found by."""
        return _key(self.lines[place])

    def headers(self) -> list[int]:
        """Return the numbers of the lines that are groups."""
        return [self.places[group.key] for group in self.groups]

    def rows_at(self, places: Iterable[int]) -> list[ResultRow]:
        """Return the rows among some lines."""
        found = (self.lines[place] for place in places)
        return [line for line in found if isinstance(line, ResultRow)]

    def places_of(self, rows: Iterable[ResultRow]) -> list[int]:
        """Return the lines, from top to bottom, of the rows among these that are shown."""
        find = self.places.get
        return sorted(place for row in rows if (place := find(row)) is not None)

    def not_shown(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Return the rows among these that are not shown."""
        places = self.places
        return [row for row in rows if row not in places]

    def append(self, added: Iterable[ResultRow]) -> None:
        """Show rows that wait below all others, where in groups they belong too."""
        rows = list(added)
        if not rows:
            return
        self.passing += rows
        lines: list[Line] = list(rows)
        if self.grouping is not Grouping.NONE:
            header = []
            if not self.groups or self.groups[-1].key is not Kind.OPEN:
                self.groups.append(Group(Kind.OPEN, [], Kind.OPEN in self.folded))
                header = [self.groups[-1]]
            self.groups[-1].rows += rows
            self._group_of.update(dict.fromkeys(rows, self.groups[-1]))
            lines = [*header, *(() if self.groups[-1].is_folded else rows)]
        self.places.update(zip(map(_key, lines), itertools.count(len(self.lines))))
        self.lines += lines

    def arrange(self, rows: Iterable[ResultRow]) -> None:
        """Filter, sort and group all rows again."""
        passes = self.filter.passes
        passing = [row for row in rows if passes(row)] if self.filter.is_active else list(rows)
        if self.order is not Order.ADDED:
            passing.sort(key=sort_key(self.order))
        if self.grouping is Grouping.NONE:
            self.groups, self.passing, self.lines = [], passing, list(passing)
            self.places = dict(zip(passing, itertools.count()))
            self._group_of = {}
            return
        found = defaultdict[GroupKey, list[ResultRow]](list)
        group_of = self.filter.group_of
        for row in passing:
            found[group_of(row)].append(row)
        self.groups = [Group(key, members, key in self.folded) for key, members in found.items()]
        self._group_of = {row: group for group in self.groups for row in group.rows}
        self._line_up()

    def move(self, changed: Set[ResultRow]) -> None:
        """Put rows that have changed into their groups, without a look at the others; needs groups and no filter."""
        moving = [row for row in changed if row in self._group_of]
        groups = {group.key: group for group in self.groups}
        for left in {id(group): group for group in map(self._group_of.__getitem__, moving)}.values():
            left.rows = [row for row in left.rows if row not in changed]
        entered: dict[GroupKey, Group] = {}
        for row in moving:
            key = self.filter.group_of(row)
            if key not in groups:
                groups[key] = Group(key, [], key in self.folded)
            group = entered[key] = self._group_of[row] = groups[key]
            group.rows.append(row)
        for group in entered.values():
            group.rows.sort(key=attrgetter("number"))
            if self.order is not Order.ADDED:
                group.rows.sort(key=sort_key(self.order))
        self.groups = [group for group in groups.values() if group.rows]
        self._line_up()

    def _line_up(self) -> None:
        """Sort the groups, and make lines of them."""
        self.groups.sort(key=self._place)
        self.passing = list(itertools.chain.from_iterable(group.rows for group in self.groups))
        self.lines, self.places, count = [], {}, itertools.count()
        for group in self.groups:
            self.lines.append(group)
            self.places[group.key] = next(count)
            if not group.is_folded:
                self.lines += group.rows
                self.places.update(zip(group.rows, count, strict=False))

    def _place(self, group: Group) -> tuple[int, int, str, str]:
        if isinstance(group.key, Kind):
            return 1, _REST.index(group.key), "", ""
        size = -len(group.rows) if self.grouping is Grouping.LARGEST else 0
        return 0, size, in_order(class_name(*group.key, language())), group.key[0]


def _key(line: Line) -> ResultRow | GroupKey:
    return line.key if isinstance(line, Group) else line
