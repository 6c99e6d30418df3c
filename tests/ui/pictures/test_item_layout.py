"""Where the lines of a list or a grid are: every point belongs to one of them, and each is found where it is."""

import random

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from vgg_desktop.ui.pictures.item_layout import ItemLayout


def test_a_list_without_headers() -> None:
    layout = ItemLayout(3, (), 200, QSize(10, 50), 20, 1)
    assert layout.height == 150
    assert [layout.rect(item) for item in range(3)] == [QRect(0, 50 * item, 200, 50) for item in range(3)]
    assert layout.item_at(QPoint(199, 149)) == 2
    assert layout.item_at(QPoint(5, 150)) is None


def test_a_grid_with_headers_begins_a_line_after_each() -> None:
    layout = ItemLayout(7, (0, 4, 5), 300, QSize(100, 50), 20, 3)  # three, none, and one picture
    assert layout.rect(0) == QRect(0, 0, 300, 20)
    assert layout.rect(3) == QRect(200, 20, 100, 50)
    assert layout.rect(4) == QRect(0, 70, 300, 20)
    assert layout.rect(6) == QRect(0, 110, 100, 50)
    assert layout.height == 160
    assert [item for item in range(7) if layout.is_header(item)] == [0, 4, 5]
    assert layout.item_at(QPoint(150, 120)) is None  # beside the only one of its line
    assert layout.item_near(QPoint(150, 120)) == 6
    assert layout.within(QRect(0, 0, 300, 31)) == range(4)


def test_of_one_line_only_what_is_in_the_area_is_looked_at() -> None:
    layout = ItemLayout(100_000, (), 100_000 * 50, QSize(50, 50), 0, 100_000)
    assert layout.height == 50
    assert layout.within(QRect(120, 0, 200, 50)) == range(2, 7)


def test_nothing() -> None:
    layout = ItemLayout(0, (), 200, QSize(10, 50), 20, 2)
    assert (layout.height, layout.item_near(QPoint(1, 1))) == (0, None)
    assert layout.within(QRect(0, 0, 200, 100)) == range(0)


@pytest.mark.parametrize("seed", range(30))
def test_every_item_is_found_where_it_is(seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(10):
        count = choose.randrange(40)
        headers = sorted({0, *(choose.randrange(count) for _ in range(choose.randrange(5)))}) if count else []
        size, columns = QSize(40, choose.randrange(5, 60)), choose.randrange(1, 5)
        layout = ItemLayout(count, choose.choice((headers, [])), choose.randrange(50, 300), size, 20, columns)
        rects = [layout.rect(item) for item in range(count)]
        for item, rect in enumerate(rects):
            assert layout.item_at(rect.center()) == item
            assert rect.bottom() < layout.height
            assert not any(rect.intersects(other) for other in rects[:item])
        for top in range(0, layout.height, 7):
            visible = {
                item for item, rect in enumerate(rects) if top <= rect.bottom() and rect.top() <= top + 30
            }
            found = set(layout.within(QRect(0, top, layout.width, 31)))
            assert visible <= found
            assert len(found) <= len(visible) + columns
