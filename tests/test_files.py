"""What every part does on the disk: names, locks, and what takes the place of something else."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vgg_desktop.errors import NotEnoughSpace, StoreBusy
from vgg_desktop.files import (
    exclusive_lock,
    finish_changes,
    numbered,
    remove_folder,
    rename_new,
    replacing,
    safe_name,
    staged_folder,
    storage_errors,
    unfinished_changes,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("cat.jpg", "cat.jpg"),
        ("ein Bild, 一张图 🐱.png", "ein Bild, 一张图 🐱.png"),
        ("e\u0301.png", "é.png"),
        ('a<b>:"c|d?*.png', "a b c d.png"),
        ("../../etc/passwd", "etc passwd"),
        ("line\nbreak\0.png", "line break.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("odd\udcff.png", "odd.png"),
        ("  .hidden. ", "hidden"),
        ("name .png", "name.png"),
        ("con.png", "_con.png"),
        ("COM1", "_COM1"),
        ("lpt¹.tar.png", "_lpt¹.tar.png"),
        ("console.png", "console.png"),
        ("", ""),
        ("...", ""),
    ],
)
def test_names_are_made_safe_for_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert safe_name(safe) == safe


def test_long_names_are_cut_and_keep_their_extension() -> None:
    assert safe_name("x" * 500 + ".jpeg") == "x" * 115 + ".jpeg"
    cut = safe_name("图" * 500 + ".png")
    assert cut == "图" * 38 + ".png"
    assert len(safe_name("a." + "x" * 500)) == 120


def breaks_off() -> Iterator[str]:
    yield "half"
    raise RuntimeError


def test_an_older_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("older")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.writelines(breaks_off())
    assert path.read_text() == "older"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_an_error_names_the_file_that_was_to_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"settings\.json"), replacing(tmp_path / "missing" / "settings.json"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the always full device is Linux's")
def test_a_full_disk_is_no_matter_of_permissions(tmp_path: Path) -> None:
    with (
        pytest.raises(NotEnoughSpace),
        storage_errors(tmp_path, 5),
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        full.write(b"more")


def test_two_threads_exclude_each_other(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with exclusive_lock(lock):
        with pytest.raises(StoreBusy), exclusive_lock(lock):
            pass
        held = threading.Event()

        def wait() -> None:
            with exclusive_lock(lock, timeout=60):
                held.set()

        thread = threading.Thread(target=wait)
        thread.start()
        assert not held.wait(0.1)
    thread.join(60)
    assert held.is_set()


def test_a_taken_name_is_kept(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "cat.jpg").write_text("older")
    with pytest.raises(FileExistsError):
        rename_new(tmp_path / "new", tmp_path / "cat.jpg")
    names = numbered(tmp_path / "cat.jpg")
    assert [next(names).name for _ in range(3)] == ["cat.jpg", "cat (2).jpg", "cat (3).jpg"]
    rename_new(tmp_path / "new", tmp_path / "cat (2).jpg")
    assert sorted(os.listdir(tmp_path)) == ["cat (2).jpg", "cat.jpg"]  # noqa: PTH208 - names
    assert (tmp_path / "cat.jpg").read_text() == "older"


def test_a_staged_folder_replaces_all_or_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "older").touch()
    with pytest.raises(FileNotFoundError), staged_folder(folder) as staging:
        (staging / "new").rename(staging / "newer")
    assert [each.name for each in folder.iterdir()] == ["older"]
    with staged_folder(folder) as staging:
        (staging / "new").touch()
    assert [each.name for each in folder.iterdir()] == ["new"]
    remove_folder(folder)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_finished_or_undone(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    for suffix in ("new", "old", "removed"):
        (tmp_path / f".net.{suffix}").mkdir()
        (tmp_path / f".net.{suffix}" / suffix).touch()
    assert set(unfinished_changes(tmp_path)) == {folder}
    finish_changes(folder)  # `.old` was renamed aside, and nothing took its place
    assert [each.name for each in tmp_path.iterdir()] == ["net"]
    assert [each.name for each in folder.iterdir()] == ["old"]
