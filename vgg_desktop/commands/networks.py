"""`vgg-desktop models`, `download`, `verify`, `remove` and `import`: the networks on this computer."""

import argparse
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.commands import MODEL_FAILED, OK, print_error, print_json, print_result
from vgg_desktop.commands.opening import open_store
from vgg_desktop.errors import ModelError
from vgg_desktop.formatting import format_bytes, visible

if TYPE_CHECKING:
    from vgg_desktop.models.catalog import ModelSpec
    from vgg_desktop.models.store import ModelStore


_OWN_PICTURES = Path()  # the option without a folder


def add_import_to(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--id", help="its id (default: the file's name)")
    command.add_argument("--labels", type=Path, help="the names of the classes: one per line, CSV or JSON")
    command.add_argument(
        "--preprocessing",
        type=Path,
        metavar="FILE",
        help="the preprocessing of its pictures, as TOML or JSON",
    )
    command.add_argument(
        "--find-preprocessing",
        nargs="?",
        type=Path,
        const=_OWN_PICTURES,
        metavar="FOLDER",
        help="find the preprocessing on the app's own pictures, or on a folder with one sub-folder per class",
    )
    command.add_argument(
        "--replace", action="store_true", help="put it in the place of the imported network with its id"
    )


def models(options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print every network."""
    store, specs = open_store()
    shown = [(visible(spec.id), visible(spec.title)) for spec in specs]
    id_width, title_width = (max(12, *map(len, column)) for column in zip(*shown, strict=True))
    for spec, (id, title) in zip(specs, shown, strict=True):
        installed = store.is_present(spec)
        accuracy = f"{spec.top1:.2f} %" if spec.top1 is not None else "unknown"
        values = {
            "id": spec.id,
            "title": spec.title,
            "installed": installed,
            "bytes": spec.size,
            "sha256": spec.sha256,
            "top1": spec.top1,
            "top5": spec.top5,
            "license": spec.license,
        }
        place = "installed" if installed else "not installed"
        text = (
            f"{id:{id_width}} {title:{title_width}} {format_bytes(spec.size):>9}  top-1 {accuracy:8}  {place}"
        )
        print_result(options, values, text)
    return OK


def _each_model(options: argparse.Namespace, act: Callable[["ModelStore", "ModelSpec"], str]) -> int:
    """Apply `act` to every named network; a failure does not stop the others."""
    from vgg_desktop.models.catalog import find

    store, specs = open_store()
    # Without ids, those on this computer.
    chosen = [find(specs, id) for id in options.ids] or [
        each for each in specs if each.origin == "imported" or (store.folder(each) / each.filename).exists()
    ]
    code = OK
    for spec in chosen:
        try:
            status = act(store, spec)
        except ModelError as error:
            print_error(error)
            failure = {"kind": error.kind, "message": str(error)}
            if options.json:
                print_json({"id": spec.id, "status": "failed", "error": failure})
            code = MODEL_FAILED
        else:
            print_result(options, {"id": spec.id, "status": status}, visible(f"{spec.title}: {status}"))
    return code


def download(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Download networks, or resume interrupted downloads."""
    from vgg_desktop.inference.installation import install
    from vgg_desktop.inference.runtime import load_onnxruntime

    load_onnxruntime()  # before Qt: on Windows the other order fails
    from vgg_desktop.models.download import fetch
    from vgg_desktop.terminal import download_bar

    def act(store: "ModelStore", spec: "ModelSpec") -> str:
        with download_bar(spec.title) as show:
            install(store, spec, fetch, show, cancel)
        return "installed"

    return _each_model(options, act)


def verify(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Compare files with their published SHA-256."""

    def act(store: "ModelStore", spec: "ModelSpec") -> str:
        store.verify(spec, cancel)
        return "intact"

    return _each_model(options, act)


def remove(options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Delete networks from this computer."""

    def act(store: "ModelStore", spec: "ModelSpec") -> str:
        if spec.origin == "bundled":
            return "part of the app, stays"
        if store.is_shared(spec):
            return "in a shared folder, stays"
        return "removed" if store.remove(spec) else "was not here"

    return _each_model(options, act)


def install_file(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Install a network from an ONNX file."""
    from vgg_desktop.inference.installation import import_model
    from vgg_desktop.models.details import read_details

    store, specs = open_store()
    finding: Path | None = options.find_preprocessing
    installed, notes, search = import_model(
        store,
        tuple(spec for spec in specs if spec.origin != "imported"),
        options.file,
        id=options.id,
        details=read_details(options.labels, options.preprocessing),
        replace=options.replace,
        fit="told" if finding is None else "used",
        pictures=finding if finding != _OWN_PICTURES else None,
        cancel=cancel,
    )
    spec = installed.spec
    for note in notes:
        print_error(f"{spec.title}: {note}")
    if finding is None and search is not None and search.fits and search.is_better:
        print_error(f"{spec.title}: import it again with --find-preprocessing to use that")
    values = {
        "id": spec.id,
        "status": "installed",
        "sha256": spec.sha256,
        "preprocessing": asdict(spec.preprocessing),
        "outputs": spec.outputs,
        "notes": [str(each) for each in notes],
    }
    print_result(options, values, visible(f"{spec.title}: installed as {spec.id}"))
    return OK
