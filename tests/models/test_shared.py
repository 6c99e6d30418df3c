"""Networks in a shared folder: used like installed ones, and never changed."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import onnx
import pytest

from tests.support.catalogs import write_own_catalog
from tests.support.classifiers import bring_in, classifier, write_details
from tests.support.http_server import HttpServer
from tests.support.machine import write_machine_settings
from vgg_desktop import paths, settings
from vgg_desktop.cli import main
from vgg_desktop.models import shared
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.shared import Shared, find_shared
from vgg_desktop.models.store import ModelStore, all_models

EXAMPLE = str(paths.resource("examples/ship.jpg"))


def facts(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return how large and how old everything below a folder is."""
    return {each: (each.stat().st_size, each.stat().st_mtime_ns) for each in folder.rglob("*")}


@pytest.fixture
def share(
    tiny_networks: Path, app_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Fill a folder as an administrator does, with a catalog's network and one of their own; yield it read-only."""
    folder = tmp_path / "share"
    with HttpServer(tiny_networks) as server:
        for home in (folder, app_home):
            write_own_catalog(tiny_networks, server.url(""), home=home)
        monkeypatch.setenv("VGG_DESKTOP_HOME", str(folder))
        assert main(["download", "tiny-vgg16"]) == 0
        onnx.save(classifier("N"), tmp_path / "fruit.onnx")
        bring_in(tmp_path / "fruit.onnx", **write_details(tmp_path))
        monkeypatch.setenv("VGG_DESKTOP_HOME", str(app_home))
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o555 if each.is_dir() else 0o444)
        write_machine_settings(shared_networks=str(folder), locked=["shared_networks"])
        before = facts(folder)
        yield folder
        assert facts(folder) == before
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o755)


def test_shared_networks_count_as_installed(share: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    listed = [
        line for line in capfd.readouterr().out.splitlines() if " installed" in line and "not" not in line
    ]
    assert [line.split()[0] for line in listed] == ["everyday", "starter", "tiny-vgg16", "fruit"]
    for id in ("tiny-vgg16", "fruit"):
        assert main(["classify", "--model", id, EXAMPLE]) == 0
        assert capfd.readouterr().out
        assert main(["verify", id]) == 0
        assert main(["download", id]) == 0
        assert main(["remove", id]) == 0
        assert "in a shared folder, stays" in capfd.readouterr().out
        assert main(["classify", "--model", id, EXAMPLE]) == 0
    assert not list((paths.cache_folder() / "models").rglob("vgg16-7.onnx"))


def test_fast_is_made_in_the_users_own_folder(share: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fast = ["classify", "--json", "--device", "cpu", "--precision", "fast", "--model", "tiny-vgg16", EXAMPLE]
    assert main(fast) == 0
    assert '"form": "int8"' in capfd.readouterr().out
    assert (paths.cache_folder() / "models/tiny-vgg16/fast/fast.onnx").is_file()
    assert main([*fast[:3], "cpu", "--form", "mapped", "--model", "tiny-vgg16", EXAMPLE]) == 3
    assert "the network is in a shared folder, which is only read" in capfd.readouterr().err


def test_each_user_verifies_the_file_once(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, store = find(load_catalog(), "tiny-vgg16"), ModelStore(None, find_shared(share))
    assert store.find(spec) is None
    assert store.is_present(spec)
    installed = store.get(spec)
    assert installed.path == share / "cache/models/tiny-vgg16/vgg16-7.onnx"
    assert (installed.derived / "record.json").is_file()
    assert ModelStore(None, find_shared(share)).find(spec) == installed


def test_a_damaged_file_is_not_used_and_can_be_downloaded(
    share: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(share, damaged)
    path = damaged / "cache/models/tiny-vgg16/vgg16-7.onnx"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    write_machine_settings(shared_networks=str(damaged))
    assert main(["classify", "--model", "tiny-vgg16", EXAMPLE]) == 3
    assert "damaged" in capfd.readouterr().err
    assert main(["download", "tiny-vgg16"]) == 0
    assert main(["classify", "--model", "tiny-vgg16", EXAMPLE]) == 0
    assert (paths.cache_folder() / "models/tiny-vgg16/vgg16-7.onnx").is_file()
    shutil.rmtree(damaged, ignore_errors=True)


def test_the_users_own_comes_first_and_each_is_listed_once(share: Path, tmp_path: Path) -> None:
    store = ModelStore(None, find_shared(share))
    spec = find(load_catalog(), "tiny-vgg16")
    own = store.install_file(spec, share / "cache/models/tiny-vgg16/vgg16-7.onnx")
    assert own.path.is_relative_to(paths.cache_folder())
    assert not store.is_shared(spec)
    assert store.remove(spec)
    assert store.is_shared(spec)
    (fruit,) = store.imported()
    assert main(["import", str(tmp_path / "fruit.onnx")]) == 0  # known by its SHA-256, it stays where it is
    assert store.imported() == (fruit,)
    own = bring_in(tmp_path / "fruit.onnx", id="apples", **write_details(tmp_path))
    assert store.imported() == (own.spec,)
    ids = [each.id for each in all_models(store, load_catalog())]
    assert len(ids) == len(set(ids))


def test_other_labels_make_a_copy_of_the_users_own(share: Path, tmp_path: Path) -> None:
    store = ModelStore(None, find_shared(share))
    (before,) = store.imported()
    details = write_details(tmp_path)
    (tmp_path / "other.txt").write_text(details["labels"].read_text("utf-8").upper(), "utf-8")
    assert main(["import", str(tmp_path / "fruit.onnx"), "--labels", str(tmp_path / "other.txt")]) == 0
    (after,) = store.imported()
    assert after.id == before.id
    assert after.labels.is_relative_to(paths.data_folder())
    assert not store.is_shared(after)


def test_a_folder_that_is_missing_costs_only_itself(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings.save(settings.Settings(shared_networks=str(tmp_path / "offline")))
    assert main(["classify", "--model", "starter", EXAMPLE]) == 0
    assert (
        f"{tmp_path / 'offline'} could not be read or written: there is no such file or folder" in caplog.text
    )


def test_a_folder_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(folder: Path) -> Shared:
        time.sleep(30)
        return Shared(folder)

    monkeypatch.setattr(shared, "TIMEOUT", 0.2)
    monkeypatch.setattr(shared, "_look", hang)
    started = time.monotonic()
    found = find_shared(tmp_path)
    assert time.monotonic() - started < 10
    assert found.folder is None
    assert "did not answer in time" in str(found.problem)


@pytest.mark.skipif(os.name != "posix", reason="makes a pipe in the place of a description")
def test_a_description_that_never_ends_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "data/models/fruit/spec.json"
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    monkeypatch.setattr(shared, "TIMEOUT", 0.2)
    assert find_shared(tmp_path).problem is not None
    os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))  # lets the thread end
