"""A download in its surroundings: threads, the disk, proxies and certificates."""

import errno
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtNetwork import QNetworkProxyFactory, QSslCertificate, QSslConfiguration

from tests.support import http_server
from tests.support.downloads import (
    DATA,
    HALF,
    HASTY,
    NAME,
    PATIENT,
    SIZE,
    assert_complete,
    fetch_data,
    leave_part,
    part_of,
    serving,
    start_program,
)
from tests.support.http_server import HttpServer, breaks_off, redirect, stalls, status
from vgg_desktop import http_client
from vgg_desktop.errors import DownloadRejected, NetworkError, NotEnoughSpace
from vgg_desktop.models import download

# --- threads


def test_works_from_the_command_line_without_an_application(tmp_path: Path) -> None:
    with serving() as server, start_program(server.url(NAME), tmp_path / NAME) as process:
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "done\n", "")
    assert_complete(tmp_path / NAME)


def test_a_thread_without_an_application_is_a_bug(tmp_path: Path) -> None:
    before = (
        "import functools\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "inner = fetch\n"
        "fetch = lambda *a, **k: ThreadPoolExecutor().submit(functools.partial(inner, *a, **k)).result()"
    )
    with start_program("http://127.0.0.1:1/", tmp_path / NAME, before) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "RuntimeError: a request in a thread needs a QCoreApplication" in errors


def test_works_in_a_python_thread(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        thread = threading.Thread(target=fetch_data, args=(server.url(NAME), tmp_path / NAME))
        thread.start()
        thread.join(60)
    assert_complete(tmp_path / NAME)


class _Worker(QThread):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def test_works_in_a_qthread_even_one_asked_to_quit(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        worker = _Worker(lambda: fetch_data(server.url(NAME), tmp_path / NAME))
        worker.start()
        worker.quit()
        assert worker.wait(60_000)
    assert_complete(tmp_path / NAME)


def test_progress_comes_from_the_calling_thread(tmp_path: Path) -> None:
    threads: set[threading.Thread] = set()
    with serving() as server:
        fetch_data(
            server.url(NAME), tmp_path / NAME, progress=lambda _: threads.add(threading.current_thread())
        )
    assert threads == {threading.current_thread()}


def test_nothing_of_qt_outlives_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replies: list[object] = []

    class Remembered(http_client.Exchange):
        def __enter__(self) -> "Remembered":
            replies.append(self._reply)
            return self

    monkeypatch.setattr(download, "Exchange", Remembered)
    kept: list[BaseException] = []  # and with it the traceback and its frames
    with serving(stalls(HALF), status(404)) as server:
        try:
            fetch_data(server.url(NAME), tmp_path / NAME, limits=HASTY)
        except DownloadRejected as error:
            kept.append(error)
    assert kept
    assert len(replies) == 2
    # The wrappers above are still here, so the objects behind them were destroyed and not merely forgotten.
    assert not any(shiboken6.isValid(each) for each in replies)


# --- the disk


def test_asks_for_room_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    missing = SIZE - HALF
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=missing + 99))
    with serving() as server:
        with pytest.raises(NotEnoughSpace) as caught:
            fetch_data(server.url(NAME), tmp_path / NAME, limits=replace(PATIENT, reserve=100))
        assert server.requests == []
        assert (caught.value.path, caught.value.needed, caught.value.free) == (
            tmp_path / NAME,
            missing + 100,
            missing + 99,
        )
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        fetch_data(server.url(NAME), tmp_path / NAME, limits=replace(PATIENT, reserve=99))
    assert_complete(tmp_path / NAME)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the always full device is Linux's")
def test_a_disk_that_fills_up_is_told(tmp_path: Path) -> None:
    part_of(tmp_path / NAME).symlink_to("/dev/full")
    with serving() as server, pytest.raises(NotEnoughSpace) as caught:
        fetch_data([server.url(NAME), server.url(NAME)], tmp_path / NAME)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ENOSPC
    assert len(server.requests) == 1  # another address would not help


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_write_that_fails_keeps_what_arrived(tmp_path: Path) -> None:
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({HALF}, {HALF}))"
    with serving() as server:
        with start_program(server.url(NAME), tmp_path / NAME, limit) as process:
            output, errors = process.communicate(timeout=60)
        assert output.startswith("StorageError")
        assert errors == ""
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[1].range == f"bytes={HALF}-"


@pytest.mark.skipif(sys.platform == "win32", reason="folders there are not read-only by mode")
def test_a_read_only_folder_is_told() -> None:
    # Permissions do not bind root, so the program gives that up; pytest's own folder would be closed to it then.
    drop = "import os\nif os.geteuid() == 0:\n    os.setegid(65534)\n    os.seteuid(65534)"
    with tempfile.TemporaryDirectory() as name, serving() as server:
        folder = Path(name)
        folder.chmod(0o555)
        with start_program(server.url(NAME), folder / NAME, drop) as process:
            output, errors = process.communicate(timeout=60)
        folder.chmod(0o755)
        assert output.startswith("StorageError")
        assert NAME in output
        assert errors == ""
        assert list(folder.iterdir()) == []
    assert server.requests == []


# --- proxies and certificates


@pytest.mark.qt_log_ignore("Failed to enumerate ciphers")  # Wine's
def test_an_untrusted_certificate_is_refused_by_name(tmp_path: Path) -> None:
    with HttpServer({NAME: DATA}, tls=True) as server, pytest.raises(NetworkError) as caught:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert "certificate is not trusted" in str(caught.value.reason)
    # Windows' own library has other words for it.
    assert re.search("self-signed|root CA certificate is not trusted", str(caught.value.reason))
    assert server.requests == []
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_to_an_untrusted_certificate_is_refused_by_name(tmp_path: Path) -> None:
    with HttpServer({NAME: DATA}, tls=True) as secure, serving() as server:
        server.otherwise = redirect(secure.url(NAME))
        with pytest.raises(NetworkError, match="certificate is not trusted here"):
            fetch_data(server.url(NAME), tmp_path / NAME)


def test_a_certificate_that_the_computer_trusts_is_accepted(tmp_path: Path) -> None:
    before = QSslConfiguration.defaultConfiguration()
    trusting = QSslConfiguration(before)
    trusting.addCaCertificates(QSslCertificate.fromPath(str(http_server.CERTIFICATE)))
    QSslConfiguration.setDefaultConfiguration(trusting)
    try:
        with HttpServer({NAME: DATA}, breaks_off(HALF), tls=True) as server:
            fetch_data(server.url(NAME), tmp_path / NAME)
    finally:
        QSslConfiguration.setDefaultConfiguration(before)
    assert_complete(tmp_path / NAME)


def test_https_is_never_left_for_http(tmp_path: Path) -> None:
    before = QSslConfiguration.defaultConfiguration()
    trusting = QSslConfiguration(before)
    trusting.addCaCertificates(QSslCertificate.fromPath(str(http_server.CERTIFICATE)))
    QSslConfiguration.setDefaultConfiguration(trusting)
    try:
        with serving() as plain, HttpServer({}, redirect(plain.url(NAME)), tls=True) as server:
            with pytest.raises(NetworkError, match="without encryption"):
                fetch_data(server.url(NAME), tmp_path / NAME)
            assert plain.requests == []
    finally:
        QSslConfiguration.setDefaultConfiguration(before)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the proxy is a setting of the system")
def test_uses_the_system_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert QNetworkProxyFactory.usesSystemConfiguration()
    with serving() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        fetch_data(f"http://models.invalid/{NAME}", tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert proxy.requests[0].path == f"http://models.invalid/{NAME}"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the proxy is a setting of the system")
def test_a_proxy_that_wants_a_password_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        proxy.otherwise = status(407, headers={"Proxy-Authenticate": 'Basic realm="office"'})
        monkeypatch.setenv("http_proxy", proxy.url(""))
        with pytest.raises(NetworkError, match="proxy requires a user name and a password"):
            fetch_data(f"http://models.invalid/{NAME}", tmp_path / NAME)
    assert len(proxy.requests) == 1
