"""Which files of a folder are pictures to read, and how soon they are known."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.images.test_reading import FILES
from tests.support.platforms import not_on_wine
from vgg_desktop.errors import Cancelled, ImageUnreadable
from vgg_desktop.images.finding import find_pictures
from vgg_desktop.images.reading import read


def test_find_pictures(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt", ".hidden.png", "sub/ü.webp", ".git/c.png", "__MACOSX/a.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "folder.png").mkdir()
    assert list(find_pictures(tmp_path, recursive=False)) == [tmp_path / "a.png", tmp_path / "b.JPG"]
    assert list(find_pictures(tmp_path, recursive=True)) == [
        tmp_path / "a.png",
        tmp_path / "b.JPG",
        tmp_path / "sub" / "ü.webp",
    ]
    assert list(find_pictures(tmp_path / "notes.txt", recursive=False)) == [tmp_path / "notes.txt"]
    assert list(find_pictures(tmp_path / "missing", recursive=True)) == [tmp_path / "missing"]


def test_names_that_no_file_can_have_come_back_as_they_are() -> None:
    for path in (Path("x" * 300 + ".png"), Path("a\0b.png")):
        assert list(find_pictures(path, recursive=True)) == [path]
        with pytest.raises(ImageUnreadable):
            read(path)


@pytest.fixture
def permissions(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with sub-folders `closed` (cannot be listed) and `opaque` (its files cannot be looked at)."""
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("root may read anything; Windows has no such mode")
    for name in ("closed", "opaque"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").write_bytes(FILES["PNG"])
    (tmp_path / "b.png").write_bytes(FILES["PNG"])
    (tmp_path / "closed").chmod(0o300)
    (tmp_path / "opaque").chmod(0o400)
    yield tmp_path
    for name in ("closed", "opaque"):
        (tmp_path / name).chmod(0o700)


def test_folder_that_cannot_be_read_is_told(permissions: Path) -> None:
    with pytest.raises(ImageUnreadable, match="permission was denied"):
        list(find_pictures(permissions / "closed", recursive=True))
    told: list[ImageUnreadable] = []
    assert list(find_pictures(permissions, recursive=True, failed=told.append)) == [
        permissions / "b.png",
        permissions / "opaque" / "a.png",
    ]
    assert [each.path for each in told] == [permissions / "closed"]
    hidden = permissions / "opaque" / "a.png"
    assert list(find_pictures(hidden, recursive=False)) == [hidden]
    with pytest.raises(ImageUnreadable, match="permission was denied"):
        read(hidden)


def test_links_that_lead_nowhere_and_pipes_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    try:
        (tmp_path / "lost.png").symlink_to(tmp_path / "missing.png")
        os.mkfifo(tmp_path / "pipe.png")
    except (OSError, AttributeError):
        pytest.skip("this system has neither")
    assert list(find_pictures(tmp_path, recursive=True)) == [tmp_path / "a.png"]


@pytest.mark.parametrize(
    "name",
    [
        "@eaDir/cat.jpg/SYNOPHOTO_THUMB_XL.jpg", "#recycle/a.jpg", "$RECYCLE.BIN/a.jpg", "__MACOSX/a.jpg",
        ".thumbnails/a.png", "._cat.jpg", "System Volume Information/a.jpg", "deep/@EADIR/a.jpg", "lost+found/a.jpg",
    ],
)  # fmt: skip
def test_what_systems_and_network_drives_leave_is_passed_over(tmp_path: Path, name: str) -> None:
    for each in ("cat.jpg", name):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_bytes(b"x")
    assert list(find_pictures(tmp_path, recursive=True)) == [tmp_path / "cat.jpg"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a tree of 2000 folders with a picture each."""
    for outer in range(40):
        for inner in range(50):
            folder = tmp_path / f"{outer:02}" / f"{inner:02}"
            folder.mkdir(parents=True)
            (folder / "a.png").touch()
    return tmp_path


def test_pictures_come_in_a_stable_order_while_the_search_goes_on(tree: Path) -> None:
    found = find_pictures(tree, recursive=True)
    assert next(found) == tree / "00" / "00" / "a.png"
    (tree / "39" / "49" / "b.png").touch()  # not looked at yet
    rest = list(found)
    assert len(rest) == 2000
    assert rest == sorted(rest)


def test_a_search_can_be_stopped_at_any_moment(tree: Path) -> None:
    cancel = threading.Event()
    found = find_pictures(tree, recursive=True, cancel=cancel)
    next(found)
    cancel.set()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(found)
    assert time.monotonic() - started < 1


@not_on_wine("makes no symbolic links, and reports no error")
def test_links_to_pictures_count_and_each_folder_once(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    for folder in (pictures / "a", pictures / "z", tmp_path / "outside" / "deep"):
        folder.mkdir(parents=True)
        (folder / "a.png").write_bytes(FILES["PNG"])
    try:
        (pictures / "linked.png").symlink_to(tmp_path / "outside" / "deep" / "a.png")
        (pictures / "a" / "again").symlink_to(pictures / "z")
        (pictures / "b").symlink_to(tmp_path / "outside")
        (pictures / "c").symlink_to(tmp_path / "outside")
        (tmp_path / "outside" / "round").symlink_to(pictures)
    except OSError:
        pytest.skip("links need a permission here")
    found = [path.relative_to(pictures).as_posix() for path in find_pictures(pictures, recursive=True)]
    assert found == ["linked.png", "a/a.png", "z/a.png", "b/deep/a.png"]
    assert len(list(find_pictures(pictures, recursive=False))) == 1
    assert len(list(find_pictures(pictures / "b", recursive=True))) == 4  # a link may be chosen itself


def test_content_decides_where_the_extension_says_nothing(tmp_path: Path) -> None:
    right = ("a.jfif", "b.jpg_large", "c.MPO", "d", "e.jpg~", "f.jpeg!d")
    for name in (*right, "x.txt", "y.dat"):
        (tmp_path / name).write_bytes(FILES["JPEG"])
    for name in ("README", "z.jpg_notes"):
        (tmp_path / name).write_bytes(b"BM" + b"W and other cars")
    assert [path.name for path in find_pictures(tmp_path, recursive=False)] == list(right)
    assert all(read(tmp_path / name).width for name in right)
