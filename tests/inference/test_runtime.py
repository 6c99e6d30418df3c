"""The one door to onnxruntime."""

import threading
import warnings
from pathlib import Path

import onnx
import pytest

from tests.support.classifiers import classifier
from vgg_desktop.inference.runtime import Session


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
