"""The one door to onnxruntime."""

import sys
import threading
import warnings
from importlib.metadata import Distribution, distributions
from pathlib import Path
from types import SimpleNamespace

import onnx
import pytest

from tests.support.classifiers import classifier
from vgg_desktop.errors import OnnxruntimeUnusable
from vgg_desktop.inference import runtime
from vgg_desktop.inference.runtime import Session, conflict, installed_builds, load_onnxruntime, version


def test_threads_make_sessions_without_warnings_or_changed_filters(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(10):
                # Not offered here: onnxruntime warns and takes the other.
                assert Session(path, "TensorrtExecutionProvider").provider == "CPUExecutionProvider"
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        warnings.warn("still told", stacklevel=1)
    assert failures == []
    assert [str(each.message) for each in caught] == ["still told"]
    assert capfd.readouterr().err == ""


def install(folder: Path, name: str, version: str, module: str) -> None:
    """Lay down what an installer leaves of a package."""
    record = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    record.mkdir(parents=True)
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (record / "RECORD").write_text(f"{module}/__init__.py,,\n")
    (folder / module).mkdir(exist_ok=True)
    (folder / module / "__init__.py").touch()


def installed_in(folder: Path) -> list[Distribution]:
    return list(distributions(path=[str(folder)]))


def test_here_is_exactly_one() -> None:
    (build,) = installed_builds()
    assert build.split()[0].startswith("onnxruntime")
    assert build.split()[1] == version()
    assert conflict() is None


def test_two_builds_at_once_are_told_with_what_to_do(tmp_path: Path) -> None:
    install(tmp_path, "onnxruntime", "1.32.0", "onnxruntime")
    install(tmp_path, "onnxruntime-gpu", "1.31.1", "onnxruntime")
    install(tmp_path, "onnxruntime-extensions", "0.14.0", "onnxruntime_extensions")
    builds = installed_builds(installed_in(tmp_path))
    assert builds == ("onnxruntime 1.32.0", "onnxruntime-gpu 1.31.1")
    assert str(conflict(builds)) == (
        "several builds of onnxruntime are installed at once (onnxruntime, onnxruntime-gpu) and overwrite each "
        "other, so uninstall all of them and install only one"
    )


def test_what_is_left_when_one_of_two_is_uninstalled_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "onnxruntime-gpu", "1.31.1", "onnxruntime")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "onnxruntime")
    with pytest.raises(OnnxruntimeUnusable, match="install one again"):
        load_onnxruntime()


def test_cudas_libraries_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(runtime, "load_onnxruntime", lambda: SimpleNamespace(preload_dlls=preload))

    def preload(directory: str) -> None:
        loaded.append(directory)

    runtime.load_nvidia_libraries.cache_clear()
    try:
        runtime.load_nvidia_libraries()
        runtime.load_nvidia_libraries()
    finally:
        runtime.load_nvidia_libraries.cache_clear()
    assert loaded == [""]
