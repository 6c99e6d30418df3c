"""What every part does on the disk: names, locks, and what takes the place of something else."""

import ctypes
import errno
import mmap
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vgg_desktop.errors import NotEnoughSpace, StorageError, StoreBusy
from vgg_desktop.files import (
    exclusive_lock,
    finish_changes,
    make_private,
    numbered,
    remove_file,
    remove_folder,
    remove_unfinished,
    rename_new,
    replace_mapped,
    replacing,
    safe_name,
    staged_folder,
    storage_errors,
    unfinished_changes,
    write_json,
)
from vgg_desktop.paths import extended, plain
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why


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
    path = tmp_path / "config" / "settings.json"
    path.parent.mkdir()
    path.write_text("older")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.writelines(breaks_off())
    assert path.read_text() == "older"
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


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
    for suffix in ("new", "old", "01234567.removed"):
        (tmp_path / f".net.{suffix}").mkdir()
        (tmp_path / f".net.{suffix}" / suffix).touch()
    assert set(unfinished_changes(tmp_path)) == {folder}
    finish_changes(folder)  # `.old` was renamed aside, and nothing took its place
    assert [each.name for each in tmp_path.iterdir()] == ["net"]
    assert [each.name for each in folder.iterdir()] == ["old"]


@pytest.mark.parametrize(
    ("path", "long"),
    [
        (r"C:\pics\a.jpg", r"\\?\C:\pics\a.jpg"),
        (r"\\server\share\a.jpg", r"\\?\UNC\server\share\a.jpg"),
    ],
)
def test_long_paths_have_a_prefix_that_is_not_shown(path: str, long: str) -> None:
    assert str(plain(long)) == str(plain(path)) == path
    assert extended(Path(path)) == Path(path)
    if sys.platform == "win32":
        for same in (path, path.replace("\\", "/"), path.replace("a.jpg", r"b\..\a.jpg"), long):
            assert str(extended(Path(same), 247)) == long


# What is open in another program


def test_what_is_open_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """As a virus scanner has a file open that is new."""
    path = tmp_path / "results.csv"
    path.write_text("older")
    file = path.open()
    timer = threading.Timer(0.2, file.close)
    timer.start()
    with replacing(path) as new:
        new.write("newer")
    timer.join()
    assert path.read_text() == "newer"


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere an open file is replaced like any other")
def test_a_file_that_is_open_elsewhere_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("older")
    with path.open(), pytest.raises(StorageError) as caught, storage_errors(path), replacing(path) as new:
        new.write("newer")
    assert (caught.value.path, caught.value.reason) == (path, Why.SYSTEM_IN_USE())
    assert path.read_text() == "older"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere only the folder's permissions matter")
def test_a_file_that_may_not_be_written_is_not_said_to_be_open(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("older")
    path.chmod(stat.S_IREAD)
    with pytest.raises(StorageError) as caught, storage_errors(path), replacing(path) as new:
        new.write("newer")
    assert (caught.value.path, caught.value.reason) == (path, Why.SYSTEM_PERMISSION())
    assert path.read_text() == "older"


def error_of_removal(folder: Path) -> OSError | None:
    try:
        remove_folder(folder)
    except OSError as error:
        return error
    return None


def test_a_folder_in_use_is_kept_or_removed_as_a_whole(tmp_path: Path) -> None:
    """Windows renames no folder with an open file in it; others do, and delete the rest when they can."""
    folder = tmp_path / "net"
    folder.mkdir()
    for name in ("a.onnx", "b.onnx", "c.json"):
        (folder / name).write_text(name)
    (folder / "c.json").chmod(stat.S_IREAD)  # as copied from a CD
    with (folder / "b.onnx").open():
        if (error := error_of_removal(folder)) is not None:
            assert system_reason(error) == Why.SYSTEM_IN_USE()
            assert error.filename == str(folder)
            assert len(list(folder.iterdir())) == 3
        else:
            assert not folder.exists()
    finish_changes(folder)
    if folder.exists():
        remove_folder(folder)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Map a file into memory and close it, as onnxruntime does; Python's own mapping keeps it open on Windows."""
    if sys.platform == "win32":
        import msvcrt

        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateFileMappingW.restype = kernel.MapViewOfFile.restype = ctypes.c_void_p
        with path.open("rb") as file:
            handle = ctypes.c_void_p(msvcrt.get_osfhandle(file.fileno()))
            section = ctypes.c_void_p(kernel.CreateFileMappingW(handle, None, 2, 0, 0, None))  # PAGE_READONLY
            view = ctypes.c_void_p(kernel.MapViewOfFile(section, 4, 0, 0, 0))  # FILE_MAP_READ
            kernel.CloseHandle(section)
        assert view.value
        yield
        kernel.UnmapViewOfFile(view)
    else:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ):
            file.close()
            yield


def test_a_mapped_file_makes_room_for_another(tmp_path: Path) -> None:
    """Its removal must not wait for the other process that has a network's weights mapped."""
    path = tmp_path / "weights"
    path.write_bytes(b"older")
    with mapped(path):
        remove_file(path)
        path.write_bytes(b"newer")
    with mapped(path):
        (tmp_path / "partial").write_bytes(b"newest")
        replace_mapped(tmp_path / "partial", path)
    assert set(unfinished_changes(tmp_path)) <= {path}
    finish_changes(path)
    assert [each.name for each in tmp_path.iterdir()] == ["weights"]
    assert path.read_bytes() == b"newest"
    remove_file(path)
    remove_file(path)


# What killed processes leave


def notes(home: Path) -> list[str]:
    folder = home / "cache" / "unfinished"
    return [each.name for each in folder.iterdir()] if folder.exists() else []


def killed_while_writing(target: Path) -> str:
    """Kill a program in the middle of a file, and return the name of what it left."""
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom vgg_desktop.files import replacing\n"
        "with replacing(Path(sys.argv[1])) as file:\n"
        "    file.write('half'); file.flush(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(target)], check=False)
    assert done.returncode != 0
    (left,) = (each.name for each in target.parent.iterdir() if each != target)
    return left


def test_the_next_start_deletes_what_a_killed_process_was_writing(app_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "results.csv"
    target.parent.mkdir()
    target.write_text("before")
    left = killed_while_writing(target)
    assert notes(app_home) == [left]
    remove_unfinished()
    assert list(target.parent.iterdir()) == [target]
    assert target.read_text() == "before"
    assert notes(app_home) == []


def test_what_is_being_written_stays(app_home: Path, tmp_path: Path) -> None:
    with replacing(tmp_path / "results.csv") as file:
        file.write("whole")
        remove_unfinished()
        assert len(notes(app_home)) == 1
    assert (tmp_path / "results.csv").read_text() == "whole"
    assert notes(app_home) == []


def test_a_note_deletes_no_file_of_the_user(app_home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    folder = app_home / "cache" / "unfinished"
    folder.mkdir(parents=True)
    (folder / ".vgg-desktop-00000000.new").write_text(str(tmp_path / "mine.txt"))
    (folder / "mine.txt").write_text(str(tmp_path / "mine.txt"))
    (folder / "cut").write_text("")
    remove_unfinished()
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_private_file_is_the_user_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")
    path.chmod(0o644)
    make_private(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    write_json(path, {}, private=True)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_a_folder_that_knows_no_locks_costs_a_warning(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import fcntl

    def refuse(_file: int, _operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with exclusive_lock(tmp_path / "lock"):
        pass
    assert f"{tmp_path} knows no locks" in caplog.text
    with replacing(tmp_path / "a.txt") as file:
        remove_unfinished()  # which cannot know whether the other process lives
        file.write("whole")
    assert (tmp_path / "a.txt").read_text() == "whole"
