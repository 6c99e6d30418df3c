"""Install, verify, move and remove, with real files and real sessions."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import networks
from tests.support.catalogs import write_own_catalog
from tests.support.classifiers import bring_in, files_below, runtime_graph
from tests.support.http_server import HttpServer, instead
from vgg_desktop import files
from vgg_desktop.cli import main
from vgg_desktop.errors import (
    Cancelled,
    ChecksumMismatch,
    ModelNotInstalled,
    StorageError,
    StoreBusy,
    WrongContent,
)
from vgg_desktop.files import exclusive_lock
from vgg_desktop.inference.forms.registry import ensure_runtime_graph
from vgg_desktop.inference.installation import install
from vgg_desktop.models import storage
from vgg_desktop.models.catalog import ModelSpec, find, load_catalog
from vgg_desktop.models.download import fetch
from vgg_desktop.models.storage import MOVE, Move, copy_all, rename_all
from vgg_desktop.models.store import InstalledModel, ModelStore, network_lock

LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 553437328\n"


@pytest.fixture
def server(tiny_networks: Path, app_home: Path) -> Iterator[HttpServer]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        yield server


def spec_of(id: str) -> ModelSpec:
    return find(load_catalog(), id)


def get(store: ModelStore, id: str) -> InstalledModel:
    return install(store, spec_of(id), fetch, lambda _: None, threading.Event())


@pytest.mark.parametrize("id", ["tiny-vgg16", "tiny-vgg16-bn", "tiny-vgg19", "tiny-vgg19-bn"])
def test_install_verify_remove(id: str, server: HttpServer, tiny_networks: Path) -> None:
    store = ModelStore()
    with pytest.raises(ModelNotInstalled):
        store.get(spec_of(id))
    installed = get(store, id)
    assert runtime_graph(installed) == "mapped"
    assert installed.path.read_bytes() == (tiny_networks / installed.path.name).read_bytes()
    store.verify(installed.spec, threading.Event())
    assert get(store, id) == installed
    assert len(server.requests) == 1
    assert store.remove(installed.spec)
    assert store.find(installed.spec) is None
    assert not store.remove(installed.spec)


def test_changed_file_counts_as_not_installed(server: HttpServer) -> None:
    store = ModelStore()
    installed = get(store, "tiny-vgg16")
    data = bytearray(installed.path.read_bytes())
    data[-5] ^= 1
    installed.path.write_bytes(data)
    assert store.find(installed.spec) is None
    with pytest.raises(ChecksumMismatch):
        store.get(installed.spec)
    assert not store.is_present(installed.spec)  # which is known from now on
    with pytest.raises(ModelNotInstalled):
        store.get(installed.spec)
    with pytest.raises(ChecksumMismatch):
        store.verify(installed.spec, threading.Event())
    get(store, "tiny-vgg16")
    store.verify(installed.spec, threading.Event())
    assert len(server.requests) == 2


def test_a_file_with_another_time_or_without_a_record_is_checked_by_its_content(server: HttpServer) -> None:
    store = ModelStore()
    installed = get(store, "tiny-vgg16")
    os.utime(installed.path, (1, 1))  # as of a backup
    assert store.find(installed.spec) is None
    assert store.is_present(installed.spec)
    assert store.get(installed.spec) == installed
    assert store.find(installed.spec) == installed
    installed.path.with_name("record.json").unlink()
    assert store.get_all([installed.spec, spec_of("tiny-vgg19")]) == [installed]
    assert len(server.requests) == 1


def test_damaged_record_costs_only_a_check(server: HttpServer) -> None:
    store = ModelStore()
    installed = get(store, "tiny-vgg16")
    for junk in ("", "[]", "{", '{"sha256": 5}'):
        installed.path.with_name("record.json").write_text(junk)
        assert store.find(installed.spec) is None
        assert runtime_graph(get(store, "tiny-vgg16")) == "mapped"
    assert len(server.requests) == 1


def test_pointer_instead_of_a_network_is_named(server: HttpServer) -> None:
    server.otherwise = instead(LFS_POINTER)
    store = ModelStore()
    with pytest.raises(WrongContent, match="Git LFS pointer"):
        get(store, "tiny-vgg16")
    assert store.find(spec_of("tiny-vgg16")) is None


def test_one_writer_of_a_network_across_processes(server: HttpServer, app_home: Path) -> None:
    code = (
        "import sys; from vgg_desktop.models.catalog import find, load_catalog\n"
        "from vgg_desktop.models.store import ModelStore\n"
        "with ModelStore().lock(find(load_catalog(), 'tiny-vgg16')):\n"
        "    print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(StoreBusy):
            get(ModelStore(), "tiny-vgg16")
        assert (
            runtime_graph(get(ModelStore(), "tiny-vgg19")) == "mapped"
        )  # each network has a lock of its own
        other.communicate("")
    assert runtime_graph(get(ModelStore(), "tiny-vgg16")) == "mapped"


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere; Windows has no such mode"
)
def test_folder_that_cannot_be_written(server: HttpServer, app_home: Path) -> None:
    app_home.mkdir(exist_ok=True)
    app_home.chmod(0o500)
    with pytest.raises(StorageError):
        get(ModelStore(), "tiny-vgg16")
    app_home.chmod(0o700)


def test_folder_that_is_a_file(server: HttpServer, app_home: Path) -> None:
    (app_home / "cache").write_text("in the way")
    with pytest.raises(StorageError):
        get(ModelStore(), "tiny-vgg16")


def test_zoo_file_is_recognised_by_its_content(
    server: HttpServer, tiny_networks: Path, tmp_path: Path
) -> None:
    file = tmp_path / "who knows what.bin"
    shutil.copyfile(tiny_networks / "vgg19-bn-7.onnx", file)
    installed = bring_in(file)
    assert installed.spec.id == "tiny-vgg19-bn"
    assert runtime_graph(installed) == "mapped"
    assert server.requests == []


def test_full_size_table_matches_the_catalog() -> None:
    for id, size in networks.FULL_SIZES.items():
        spec = spec_of(id)
        assert (spec.size, spec.filename) == (size, networks.FILENAMES[id])


# Another folder for the networks


@pytest.fixture
def two_installed(server: HttpServer) -> ModelStore:
    store = ModelStore()
    for id in ("tiny-vgg16", "tiny-vgg19"):
        assert runtime_graph(get(store, id)) == "mapped"
    return store


IDS = ("tiny-vgg16", "tiny-vgg19")


def test_networks_move_and_are_found_in_the_new_folder(
    two_installed: ModelStore, server: HttpServer, app_home: Path, tmp_path: Path
) -> None:
    place = tmp_path / "größere Platte"
    two_installed.move(place, threading.Event())
    for store in (two_installed, ModelStore(place)):
        for id in IDS:
            installed = get(store, id)
            assert installed.path.is_relative_to(place)
            assert runtime_graph(installed) == "mapped"
            store.verify(installed.spec, threading.Event())
    assert ModelStore().find(spec_of("tiny-vgg16")) is None
    assert files_below(app_home / "cache") == set()
    two_installed.move(None, threading.Event())
    assert ModelStore().find(spec_of("tiny-vgg16")) is not None
    assert files_below(place) == set()
    assert len(server.requests) == 2


def test_what_is_there_already_is_kept(two_installed: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "models" / "tiny-vgg16").mkdir(parents=True)
    (tmp_path / "models" / "tiny-vgg16" / "mine.txt").write_text("mine")
    two_installed.move(tmp_path, threading.Event())
    assert (tmp_path / "models" / "tiny-vgg16" / "mine.txt").read_text() == "mine"
    assert two_installed.find(spec_of("tiny-vgg19")) is not None
    assert ModelStore().find(spec_of("tiny-vgg16")) is not None


def test_failed_move_leaves_the_networks_where_they_were(two_installed: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(StorageError):
        two_installed.move(tmp_path, threading.Event())
    for store in (two_installed, ModelStore()):
        assert all(store.find(spec_of(id)) for id in IDS)


def test_moved_folders_go_back_when_one_cannot_be_moved(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "target").mkdir()
    with pytest.raises(FileNotFoundError):
        rename_all([tmp_path / "a", tmp_path / "missing"], tmp_path / "target")
    assert (tmp_path / "a").is_dir()
    assert list((tmp_path / "target").iterdir()) == []


def test_copies_to_another_disk_are_valid(two_installed: ModelStore, tmp_path: Path) -> None:
    place = tmp_path / "other" / "models"
    place.mkdir(parents=True)
    copy_all([two_installed.folder(spec_of(id)) for id in IDS], place, threading.Event())
    assert all(ModelStore(tmp_path / "other").find(spec_of(id)) for id in IDS)
    assert all(ModelStore().find(spec_of(id)) for id in IDS)  # they are removed afterwards


def test_cancelled_or_failed_copy_leaves_the_networks_where_they_were(
    two_installed: ModelStore, tmp_path: Path
) -> None:
    folders = [two_installed.folder(spec_of(id)) for id in IDS]
    place = tmp_path / "models"
    place.mkdir()
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        copy_all(folders, place, cancel)
    (place / "tiny-vgg19").write_text("in the way")
    with pytest.raises(OSError, match="tiny-vgg19"):
        copy_all(folders, place, threading.Event())
    assert files_below(place) <= {"tiny-vgg19"}
    assert all(two_installed.find(spec_of(id)) for id in IDS)


# Half a download


def test_adopting_a_file_leaves_half_a_download_alone(
    server: HttpServer, tiny_networks: Path, app_home: Path
) -> None:
    folder = ModelStore().folder(spec_of("tiny-vgg16"))
    folder.mkdir(parents=True)
    part = folder / "vgg16-7.onnx.part"
    part.write_bytes(b"half")
    assert runtime_graph(bring_in(tiny_networks / "vgg16-7.onnx")) == "mapped"
    assert part.read_bytes() == b"half"
    assert server.requests == []


def test_while_the_network_is_busy_the_file_itself_is_used(server: HttpServer) -> None:
    store, spec = ModelStore(), spec_of("tiny-vgg16")
    installed = store.install(spec, fetch, lambda _: None, threading.Event())
    with network_lock(installed):
        assert runtime_graph(ensure_runtime_graph(installed)) == "published"
    assert runtime_graph(ensure_runtime_graph(installed)) == "mapped"
    own = {"vgg16-7.onnx", "record.json", "classify.onnx", "classify.json"}
    assert files_below(installed.path.parent) == own


# What does not wait for each other, and what is left of what was killed


def test_a_download_holds_up_no_other_network(
    server: HttpServer, tiny_networks: Path, tmp_path: Path
) -> None:
    store, running, go_on = ModelStore(), threading.Event(), threading.Event()
    kept = get(store, "tiny-vgg19")

    def slow(*args: Any, **options: Any) -> None:  # noqa: ANN401 - what `fetch` takes
        running.set()
        go_on.wait(60)
        fetch(*args, **options)

    spec = spec_of("tiny-vgg16")
    thread = threading.Thread(target=store.install, args=(spec, slow, lambda _: None, threading.Event()))
    thread.start()
    try:
        assert running.wait(60)
        with pytest.raises(StoreBusy):
            store.install(spec, fetch, lambda _: None, threading.Event())
        with pytest.raises(StoreBusy):
            store.move(tmp_path / "other", threading.Event())
        store.verify(kept.spec, threading.Event())
        assert bring_in(tiny_networks / "vgg19-bn-7.onnx").spec.id == "tiny-vgg19-bn"
        assert store.remove(kept.spec)
    finally:
        go_on.set()
        thread.join(60)
    assert store.find(spec) is not None


def test_the_lock_of_an_installed_network_is_the_store_s(server: HttpServer) -> None:
    store = ModelStore()
    for installed in (get(store, "tiny-vgg16"), *map(store.get, map(spec_of, ("starter", "everyday")))):
        with network_lock(installed), pytest.raises(StoreBusy), store.lock(installed.spec):
            pass


def test_what_killed_processes_left_goes_with_the_next_change(server: HttpServer) -> None:
    store = ModelStore()
    folder = get(store, "tiny-vgg16").path.parent
    busy = get(store, "tiny-vgg19").path.parent
    for name in (".gone.new", ".gone.removed", ".tiny-vgg16.old", ".tiny-vgg19.new", ".MOVING.new"):
        (folder.parent / name).mkdir()
        (folder.parent / name / "vgg16-7.onnx.copy").write_bytes(bytes(1000))
    with store.lock(spec_of("tiny-vgg19")), store.lock(spec_of("tiny-vgg16-bn")):
        left = {each.name for each in busy.parent.glob(".*")}
    assert left <= {".locks", ".tiny-vgg19.new"}
    assert store.find(spec_of("tiny-vgg16")) is not None


@pytest.mark.parametrize("origin", ["cache", "data"])
def test_what_killed_processes_left_goes_with_the_next_start(
    origin: str, server: HttpServer, app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = get(ModelStore(), "tiny-vgg16").path
    folder = app_home / origin / "models"
    for name in (".gone.new", ".gone.removed", "tiny-vgg16"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "vgg16-7.onnx.copy").write_bytes(bytes(1000))
    with exclusive_lock(_lock_of(folder, "tiny-vgg16")):
        assert main(["models"]) == 0  # somebody works on this one
        assert {each for each in files_below(folder) if each.endswith(".copy")} == {
            "tiny-vgg16/vgg16-7.onnx.copy"
        }
    assert main(["models"]) == 0
    assert not {each for each in files_below(folder) if each.endswith(".copy")}
    assert {each.name for each in folder.glob(".*")} == {".locks"}
    assert whole.exists()
    assert capfd.readouterr().err == ""


def _lock_of(folder: Path, id: str) -> Path:
    (folder / ".locks").mkdir(exist_ok=True)
    return folder / ".locks" / id


def test_a_network_that_was_only_renamed_aside_comes_back(server: HttpServer) -> None:
    store = ModelStore()
    folder = get(store, "tiny-vgg16").path.parent
    folder.rename(folder.with_name(f".{folder.name}.old"))
    with store.lock(spec_of("tiny-vgg19")):
        pass
    assert store.find(spec_of("tiny-vgg16")) is not None


def test_half_a_removed_network_does_not_come_back(server: HttpServer) -> None:
    store = ModelStore()
    folder = get(store, "tiny-vgg16").path.parent
    folder.rename(folder.with_name(f".{folder.name}.removed"))
    assert store.find(spec_of("tiny-vgg16")) is None
    assert runtime_graph(get(store, "tiny-vgg16")) == "mapped"
    assert files_below(folder.parent) == {
        f"tiny-vgg16/{name}" for name in ("vgg16-7.onnx", "record.json", "classify.onnx", "classify.json")
    }


@pytest.mark.parametrize("is_committed", [False, True])
@pytest.mark.parametrize("step", ["begun", "half", "renamed", "copied"])
def test_a_killed_move_is_finished_or_undone_by_the_next_start(
    two_installed: ModelStore, app_home: Path, tmp_path: Path, step: str, is_committed: bool
) -> None:
    source, target = app_home / "cache" / "models", tmp_path / "models"
    target.mkdir()
    Move(source, target, IDS).begin()
    folders = [source / id for id in IDS]
    if step == "copied":
        copy_all(folders, target, threading.Event())
        (target / ".MOVING.new" / "half").mkdir(parents=True)
    else:
        rename_all(folders[: {"begun": 0, "half": 1, "renamed": 2}[step]], target)
    store = ModelStore(tmp_path if is_committed else None)  # as the settings say
    store.tidy()
    assert all(store.find(spec_of(id)) for id in IDS)
    other = source if is_committed else target
    assert [each.name for each in other.iterdir() if each.name != ".locks"] == []
    assert not (store.folder(spec_of(IDS[0])).parent / MOVE).exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"source": 3, "target": "/", "names": [1]}', "[" * 100_000]
)
def test_a_move_that_cannot_be_read_is_none(two_installed: ModelStore, app_home: Path, text: str) -> None:
    (app_home / "cache" / "models" / MOVE).write_text(text)
    two_installed.tidy()
    assert all(two_installed.find(spec_of(id)) for id in IDS)


class Killed(BaseException):
    """Takes the place of the end of the process."""


@pytest.mark.parametrize("when", ["begin", "commit", "undo"])
def test_a_move_that_is_killed_between_its_two_notes_leaves_none(
    two_installed: ModelStore, app_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    source, target = app_home / "cache" / "models", tmp_path / "models"
    target.mkdir()
    calls: list[object] = []

    def once(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the original
            calls.append(arguments)
            if len(calls) > 1:
                raise Killed
            return function(*arguments, **options)

        return call

    move = Move(source, target, IDS)
    if when != "begin":
        move.begin()
    act = {"begin": move.begin, "commit": move.finish, "undo": move.undo}[when]
    with monkeypatch.context() as patch:
        if when == "begin":
            patch.setattr(storage, "write_json", once(files.write_json))
        else:
            patch.setattr(Path, "unlink", once(Path.unlink))
        with pytest.raises(Killed):
            act()
    (ModelStore(tmp_path) if when == "commit" else two_installed).tidy()
    assert not [each for each in (source, target) if (each / MOVE).exists()]


def test_the_settings_are_written_before_the_old_place_is_cleared(
    two_installed: ModelStore, tmp_path: Path
) -> None:
    seen: list[bool] = []
    two_installed.move(
        tmp_path, threading.Event(), lambda: seen.append((tmp_path / "models" / MOVE).exists())
    )
    assert seen == [True]
    assert two_installed.chosen == tmp_path


def test_half_a_copy_of_a_killed_move_is_not_taken_for_a_network(
    two_installed: ModelStore, tmp_path: Path
) -> None:
    place = tmp_path / "models"
    half = place / ".MOVING.new" / "tiny-vgg16"
    half.mkdir(parents=True)
    (half / "vgg16-7.onnx").write_bytes(b"half")
    copy_all([two_installed.folder(spec_of(id)) for id in IDS], place, threading.Event())
    assert all(ModelStore(tmp_path).find(spec_of(id)) for id in IDS)
    assert {each.name for each in place.iterdir()} == set(IDS)


def test_copies_that_a_killed_move_had_finished_are_not_kept_twice(
    two_installed: ModelStore, app_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    copy_all([two_installed.folder(spec_of("tiny-vgg16"))], tmp_path / "models", threading.Event())
    two_installed.move(tmp_path, threading.Event())
    assert all(two_installed.find(spec_of(id)) for id in IDS)
    assert files_below(app_home / "cache") == set()


def test_half_a_form_of_a_killed_process_goes_with_the_next_start(two_installed: ModelStore) -> None:
    folder = two_installed.folder(spec_of("tiny-vgg16"))
    before = files_below(folder)
    with two_installed.lock(spec_of("tiny-vgg16")):  # while one is being made
        for name in (".fast.new", ".half.removed"):
            (folder / name).mkdir()
            (folder / name / "fast.onnx").write_bytes(b"half")
        ModelStore().tidy()
        assert len(files_below(folder)) == len(before) + 2
    ModelStore().tidy()
    assert files_below(folder) == before
