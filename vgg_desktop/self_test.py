"""`vgg-desktop --self-test`: tries every part that a broken installation could lack, and reports each."""

import importlib
import logging
import os
import pkgutil
import platform
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import vgg_desktop
from vgg_desktop import __version__, paths, settings
from vgg_desktop.models.catalog import ModelSpec, find, read_catalog
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.store import ModelStore

EXAMPLE, EXPECTED = "examples/sandals.jpg", "sandal"
FEWEST_MODULES = 50
FILES = (
    *("models.toml", "icons/app.svg", "licences/Apache-2.0.txt", "licences/NOTICE.txt"),
    *("known/pictures.tsv", "known/cat.jpg", EXAMPLE),
)


class NotAsExpected(Exception):
    """A part works, but with a wrong result."""


def run() -> int:
    """Check every part, print a line about each, and return the exit code. Leaves the user's own files alone."""
    print(f"VGG Desktop {__version__}, Python {platform.python_version()}, {platform.platform()}", flush=True)
    before = os.environ.get(paths.HOME_VARIABLE)
    # On Windows a file that is still open, such as the log, keeps its folder from being deleted.
    with tempfile.TemporaryDirectory(prefix="vgg-desktop-", ignore_cleanup_errors=True) as home:
        os.environ[paths.HOME_VARIABLE] = home
        try:
            failed = [name for name, part in PARTS.items() if not _succeeds(name, part)]
        finally:
            if before is None:
                del os.environ[paths.HOME_VARIABLE]
            else:
                os.environ[paths.HOME_VARIABLE] = before
    print(f"Failed: {', '.join(failed)}" if failed else "All is well.", flush=True)
    return 1 if failed else 0


def _succeeds(name: str, part: Callable[[], str]) -> bool:
    try:
        print(f"{name:15} ok: {part()}", flush=True)
    except Exception as error:  # noqa: BLE001 - whatever a broken installation raises is the result
        print(f"{name:15} FAILED: {error or type(error).__name__}", flush=True)
        if not isinstance(error, NotAsExpected):
            traceback.print_exc()
        return False
    return True


def _catalog() -> tuple[ModelSpec, ...]:
    return read_catalog(paths.resource("models.toml"))


def _resources() -> str:
    specs = _catalog()
    count = sum(len(read_labels(spec.labels)) for spec in specs)
    texts = [f"i18n/vgg_desktop_{each}.qm" for each in settings.LANGUAGES if each not in ("", "xx")]
    missing = [each for each in (*FILES, *texts) if not paths.resource(each).is_file()]
    if missing:
        raise NotAsExpected(f"there is no {', '.join(missing)}")
    return f"{len(specs)} networks with {count} names, {len(texts)} languages, in {paths.resource('.').resolve()}"


def _settings() -> str:
    machine = settings.read_machine()
    if machine.problem is not None:
        raise machine.problem
    return f"of the administrator: {machine}"


def _onnxruntime() -> str:
    from vgg_desktop.inference import runtime
    from vgg_desktop.inference.devices.listing import device_statuses, usable_devices

    return f"{runtime.version()} on {', '.join(each.name for each in usable_devices(device_statuses()))}"


def _default() -> tuple[ModelStore, ModelSpec]:
    return ModelStore(), find(_catalog(), settings.Settings().model)


def _networks() -> str:
    store, bundled = ModelStore(), [spec for spec in _catalog() if spec.origin == "bundled"]
    for spec in bundled:
        store.verify(spec, threading.Event())
    return f"{' and '.join(spec.title for spec in bundled)} are intact"


def _child() -> str:
    from vgg_desktop.inference.isolation import Isolation

    store, spec = _default()
    path = store.get(spec).path
    with Isolation(path, spec.size) as child:
        child.load()
        trial = child.try_out(spec.interface, spec.preprocessing.shape, spec.preprocessing)
        if trial.scores.shape[1] != len(read_labels(spec.labels)):
            raise NotAsExpected("it does not run the network")
    return "networks of the user's own can be tried in a process of their own"


def _picture() -> str:
    from vgg_desktop.inference.batch import classify_many
    from vgg_desktop.inference.forms.registry import ensure_runtime_graph
    from vgg_desktop.inference.opening import open_classifier
    from vgg_desktop.inference.results import format_fallback

    store, spec = _default()
    classifier = open_classifier(ensure_runtime_graph(store.get(spec)))
    for answer in classify_many(classifier, [paths.resource(EXAMPLE)], Path, 1):
        if isinstance(answer.outcome, Exception):
            raise answer.outcome
        best = answer.outcome.predictions[0]
        _expect(best.label)
        by = f", not by {format_fallback(classifier.fallback)}" if classifier.fallback else ""
        return f"{Path(EXAMPLE).name} shows a {best.label} ({best.probability:.0%}), says {classifier.device.name}{by}"
    raise NotAsExpected("there was no answer")


def _modules() -> str:
    names = [each.name for each in pkgutil.walk_packages(vgg_desktop.__path__, "vgg_desktop.")]
    for name in names:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    if len(names) < FEWEST_MODULES:
        raise NotAsExpected(f"only {len(names)} are there")
    return f"all {len(names)} can be loaded"


def _window() -> str:
    # Unless another is requested, one that needs no screen: servers have none, and nothing flashes up.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from vgg_desktop.ui.ui_check import run_ui_check

    logging.getLogger().addHandler(logging.NullHandler())  # what Qt remarks is no part of the report
    seen = run_ui_check(paths.resource(EXAMPLE))
    _expect(seen.label)
    if not seen.can_download:
        raise NotAsExpected("Qt finds no library for secure connections, so that nothing can be downloaded")
    if seen.without_picture:
        raise NotAsExpected(f"the examples have no picture: {', '.join(seen.without_picture)}")
    return f"opened on {seen.platform}, took a dropped picture, showed a {seen.label}, and closed"


def _expect(label: str) -> None:
    if label != EXPECTED:
        raise NotAsExpected(f"{EXAMPLE} was taken for a {label}, not a {EXPECTED}")


# onnxruntime comes before the window: on Windows it must be loaded before Qt.
PARTS: dict[str, Callable[[], str]] = {
    "resources": _resources,
    "settings": _settings,
    "onnxruntime": _onnxruntime,
    "networks": _networks,
    "child process": _child,
    "picture": _picture,
    "modules": _modules,
    "window": _window,
}
