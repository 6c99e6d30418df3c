"""How far each network is: the real thread, a real server, tiny networks."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from pytestqt.qtbot import QtBot

from tests.support.http_server import Fault, HttpServer, breaks_off, drips, status
from vgg_desktop import settings
from vgg_desktop.errors import ChecksumMismatch, DownloadRejected
from vgg_desktop.history.history import History
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.details import read_details
from vgg_desktop.models.store import ModelStore, all_models
from vgg_desktop.ui.app import load_fetch
from vgg_desktop.ui.jobs import JobQueue, Report
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.work.engine import Engine
from vgg_desktop.ui.work.networks import NetworkFiles

WAIT = 30_000


@dataclass
class Networks:
    downloads: Downloads
    store: ModelStore
    inference: JobQueue
    server: HttpServer

    def phase(self, id: str) -> Phase:
        return self.downloads.state(id).phase

    def wait_for(self, qtbot: QtBot, id: str, phase: Phase) -> None:
        qtbot.waitUntil(lambda: self.phase(id) is phase, timeout=WAIT)

    def get(self, qtbot: QtBot, id: str) -> None:
        self.downloads.start(id)
        self.wait_for(qtbot, id, Phase.INSTALLED)

    def damage(self, id: str) -> None:
        """Change one byte in a way that only the checksum shows."""
        spec = self.downloads.spec(id)
        assert spec is not None
        path = self.store.folder(spec) / spec.filename
        before = path.stat()
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@contextmanager
def running_networks(server: HttpServer) -> Iterator[Networks]:
    store, catalog = ModelStore(), load_catalog()
    names = ("downloads", "networks", "trials", "inference")
    queues = [JobQueue(name) for name in names]
    files = NetworkFiles(store, catalog, load_fetch, Engine(store, queues[3], History()), queues[3])
    specs = all_models(store, catalog)
    downloads = Downloads(specs, files, {spec.id: files.look(spec) for spec in specs}, *queues[:3])
    for queue in queues:
        queue.start()
    yield Networks(downloads, store, queues[3], server)
    for queue in queues:
        queue.request_stop()
    for queue in queues:
        assert queue.wait(20_000)


@pytest.fixture
def networks(server: HttpServer) -> Iterator[Networks]:
    with running_networks(server) as networks:
        yield networks


def own_network(path: Path, classes: int = 3, side: int = 16) -> Path:
    """Write a classifier that the catalog does not know: the mean of the picture times seeded weights."""
    random = np.random.default_rng(classes)
    weights: NDArray[np.float32] = random.standard_normal((3, classes)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["picture"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["flat"]),
            helper.make_node("MatMul", ["flat", "weights"], ["scores"]),
        ],
        "own",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ("N", 3, side, side))],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ("N", classes))],
        initializer=[numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    path.write_bytes(model.SerializeToString())
    assert onnx.load(path).graph.name == "own"
    return path


def test_download_goes_through_its_phases(networks: Networks, qtbot: QtBot) -> None:
    networks.server.script.append(drips(400_000))
    seen: list[Phase] = []
    fractions: list[float] = []

    def note(id: str) -> None:
        seen.append(networks.phase(id))
        overall = networks.downloads.overall()
        fractions.extend([] if overall is None else [overall.fraction])

    networks.downloads.changed.connect(note)
    assert networks.phase("tiny-vgg16") is Phase.ABSENT
    with qtbot.waitSignal(networks.downloads.installed, timeout=WAIT) as installed:
        networks.downloads.start("tiny-vgg16")
    assert installed.args is not None
    assert installed.args[0] is networks.downloads.spec("tiny-vgg16")
    assert list(dict.fromkeys(seen)) == [Phase.DOWNLOADING, Phase.TESTING, Phase.INSTALLED]
    assert fractions == sorted(fractions)
    assert 0 < fractions[len(fractions) // 2] < 1
    assert networks.downloads.overall() is None
    assert networks.downloads.disk_use() > 100_000


def test_cancelled_download_is_kept_and_resumed(networks: Networks, qtbot: QtBot) -> None:
    networks.server.script.append(drips(60_000))
    networks.downloads.start("tiny-vgg19")

    def has_begun() -> bool:
        progress = networks.downloads.state("tiny-vgg19").progress
        return progress is not None and progress.received > 0

    qtbot.waitUntil(has_begun, timeout=WAIT)
    with qtbot.waitSignal(networks.downloads.sizesChanged, timeout=WAIT):
        networks.downloads.cancel("tiny-vgg19")
        assert networks.phase("tiny-vgg19") is Phase.PARTIAL
    state = networks.downloads.state("tiny-vgg19")
    assert state.phase is Phase.PARTIAL
    assert state.progress is not None
    assert 0 < state.progress.fraction < 1
    assert networks.downloads.overall() is None
    networks.get(qtbot, "tiny-vgg19")
    assert networks.server.requests[-1].range is not None


def test_broken_connection_is_taken_up_again(networks: Networks, qtbot: QtBot) -> None:
    networks.server.script.append(breaks_off(150_000))
    networks.downloads.start("tiny-vgg16")
    networks.wait_for(qtbot, "tiny-vgg16", Phase.RECONNECTING)
    progress = networks.downloads.state("tiny-vgg16").progress
    assert progress is not None
    assert "interrupted" in str(progress.note)
    networks.wait_for(qtbot, "tiny-vgg16", Phase.INSTALLED)
    assert networks.server.requests[-1].range is not None


def test_refused_download_can_be_tried_again(networks: Networks, qtbot: QtBot) -> None:
    networks.server.otherwise = status(404)
    with qtbot.waitSignal(networks.downloads.failed, timeout=WAIT):
        networks.downloads.start("tiny-vgg16")
    state = networks.downloads.state("tiny-vgg16")
    assert state.phase is Phase.FAILED
    assert isinstance(state.error, DownloadRejected)
    networks.server.otherwise = Fault()
    networks.get(qtbot, "tiny-vgg16")
    assert networks.downloads.state("tiny-vgg16").error is None


def test_downloads_wait_for_each_other(networks: Networks, qtbot: QtBot) -> None:
    networks.server.script.append(drips(60_000))
    for id in ("tiny-vgg16", "tiny-vgg19", "tiny-vgg16-bn"):
        networks.downloads.start(id)
        networks.downloads.start(id)  # a second click changes nothing
    qtbot.waitUntil(lambda: bool(networks.server.requests), timeout=WAIT)
    assert networks.phase("tiny-vgg16") is Phase.DOWNLOADING
    assert networks.phase("tiny-vgg19") is Phase.WAITING
    assert networks.phase("tiny-vgg16-bn") is Phase.WAITING
    overall = networks.downloads.overall()
    assert overall is not None
    assert overall.count == 3
    networks.downloads.cancel("tiny-vgg19")
    assert networks.phase("tiny-vgg19") is Phase.ABSENT
    networks.downloads.cancel("tiny-vgg16")
    networks.wait_for(qtbot, "tiny-vgg16-bn", Phase.INSTALLED)
    assert [Path(each.path).name for each in networks.server.requests] == ["vgg16-7.onnx", "vgg16-bn-7.onnx"]


def test_a_download_waits_for_whatever_its_thread_does(
    networks: Networks, qtbot: QtBot, tmp_path: Path
) -> None:
    networks.get(qtbot, "tiny-vgg19")
    busy, gate = threading.Event(), threading.Event()

    def classify(_cancel: threading.Event, _report: Report) -> None:
        busy.set()
        gate.wait(WAIT / 1000)

    networks.inference.submit(classify)
    assert busy.wait(WAIT / 1000)
    networks.downloads.move(tmp_path / "other disk")  # which waits until no network is in use
    networks.downloads.start("tiny-vgg16")
    qtbot.wait(200)
    assert networks.phase("tiny-vgg16") is Phase.WAITING
    assert not [each for each in networks.server.requests if "vgg16-7" in each.path]
    with qtbot.waitSignal(networks.downloads.moved, timeout=WAIT):
        gate.set()
    assert settings.load().models_cache == tmp_path / "other disk"
    networks.wait_for(qtbot, "tiny-vgg16", Phase.INSTALLED)
    assert str(networks.downloads.folder("tiny-vgg16")).startswith(str(tmp_path / "other disk"))


def test_other_address_is_asked_first_from_then_on(server: HttpServer, qtbot: QtBot) -> None:
    with running_networks(server) as networks:
        spec = networks.downloads.spec("tiny-vgg16")
        assert spec is not None
        networks.downloads.add(replace(spec, addresses=(server.url("away.onnx"), *spec.addresses)))
        networks.downloads.start("tiny-vgg16", other_address=True)
        networks.wait_for(qtbot, "tiny-vgg16", Phase.INSTALLED)
    assert [each.path for each in server.requests] == ["/vgg16-7.onnx"]


def test_damaged_file_is_found_and_fetched_again(networks: Networks, qtbot: QtBot) -> None:
    networks.get(qtbot, "tiny-vgg16")
    with qtbot.waitSignal(networks.downloads.verified, timeout=WAIT):
        networks.downloads.verify("tiny-vgg16")
    networks.damage("tiny-vgg16")
    assert networks.phase("tiny-vgg16") is Phase.INSTALLED
    with qtbot.waitSignal(networks.downloads.failed, timeout=WAIT):
        networks.downloads.verify("tiny-vgg16")
        assert networks.phase("tiny-vgg16") is Phase.VERIFYING
    state = networks.downloads.state("tiny-vgg16")
    assert state.phase is Phase.FAILED
    assert isinstance(state.error, ChecksumMismatch)
    networks.get(qtbot, "tiny-vgg16")


def test_removed_network_can_be_downloaded_again(networks: Networks, qtbot: QtBot) -> None:
    networks.get(qtbot, "tiny-vgg16")
    with qtbot.waitSignal(networks.downloads.removed, timeout=WAIT):
        networks.downloads.remove("tiny-vgg16")
    assert networks.phase("tiny-vgg16") is Phase.ABSENT
    assert networks.downloads.disk_use() == 0
    networks.downloads.remove("starter")  # comes with the app, and stays
    assert networks.phase("starter") is Phase.INSTALLED


def test_import_is_known_until_it_is_removed(networks: Networks, qtbot: QtBot, tmp_path: Path) -> None:
    path = own_network(tmp_path / "flowers.onnx")
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    with qtbot.waitSignals([networks.downloads.added, networks.downloads.imported], timeout=WAIT):
        networks.downloads.import_file(path, read_details(labels, how))
    assert networks.phase("flowers") is Phase.INSTALLED
    with qtbot.waitSignal(networks.downloads.removed, timeout=WAIT):
        networks.downloads.remove("flowers")
    assert networks.downloads.spec("flowers") is None


def test_network_of_the_catalog_is_recognised_in_a_file(
    networks: Networks, qtbot: QtBot, tiny_networks: Path
) -> None:
    known = len(networks.downloads.specs())
    with qtbot.waitSignal(networks.downloads.imported, timeout=WAIT):
        networks.downloads.import_file(tiny_networks / "vgg19-7.onnx")
    assert networks.phase("tiny-vgg19") is Phase.INSTALLED
    assert len(networks.downloads.specs()) == known
    assert not networks.server.requests


def test_failed_import_names_its_request(networks: Networks, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(networks.downloads.importFailed, timeout=WAIT) as failed:
        asked = networks.downloads.import_file(tmp_path / "nothing.onnx")
    assert failed.args is not None
    assert failed.args[0] is asked
