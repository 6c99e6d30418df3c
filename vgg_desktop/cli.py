"""The command line. Results go to stdout, everything else to stderr; both forms are a contract for scripts.

Heavy modules are imported by the commands that need them, so that `--help` answers at once.
"""

import argparse
import csv
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgg_desktop import __version__
from vgg_desktop.errors import Cancelled, ImageUnreadable, ModelError, VggDesktopError, format_bytes

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification
    from vgg_desktop.models.catalog import ModelSpec
    from vgg_desktop.models.store import InstalledModel, ModelStore

OK, SOME_FAILED, USAGE, MODEL_FAILED, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130
COMMANDS = ("models", "download", "verify", "remove", "import", "classify", "gui")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vgg-desktop",
        description="See what the VGG networks see in a picture. Without a command, the window opens.",
        epilog="exit codes: 0 all well, 1 some inputs failed, 2 usage, 3 model or network, 70 internal, 130 stopped",
    )
    parser.add_argument("--version", action="version", version=f"VGG Desktop {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="try every part of this installation, and say so"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, help: str, *, as_json: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        if as_json:
            command.add_argument("--json", action="store_true", help="print JSON Lines")
        return command

    add("models", "list the networks")
    for name, help in (
        ("download", "download networks, or go on where a download stopped"),
        ("verify", "compare the files of networks with their published SHA-256"),
        ("remove", "delete networks from this computer"),
    ):
        add(name, help).add_argument("ids", nargs="+", metavar="ID")
    command = add("import", "install a network from an ONNX file")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--id", help="what to call it (default: the file's name)")
    command.add_argument("--labels", type=Path, help="text file with the names of the classes, one a line")
    command.add_argument("--preprocessing", type=Path, metavar="FILE.toml", help="how pictures are prepared")
    command = add("classify", "say what pictures show", as_json=False)
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="pictures, or folders of pictures"
    )
    command.add_argument("--model", metavar="ID", help="the network (default: the one chosen in the window)")
    command.add_argument(
        "--top-k", type=int, default=None, metavar="K", help="classes per picture (default: 5)"
    )
    command.add_argument("--device", default="auto", help="auto, cpu, directml or cuda (default: auto)")
    command.add_argument(
        "--precision",
        choices=("exact", "fast"),
        default="exact",
        help="fast: in 8 bits, on the CPU; made when first asked for (default: exact)",
    )
    command.add_argument(
        "--decode",
        choices=("draft", "full"),
        default="draft",
        help="full: every pixel of a JPEG (default: draft)",
    )
    command.add_argument("--recursive", action="store_true", help="also the pictures in sub-folders")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON Lines")
    form.add_argument("--csv", action="store_true", help="print comma-separated values")
    add("gui", "open the window", as_json=False).add_argument("paths", nargs="*", type=Path, metavar="PATH")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command and give the exit code."""
    _prepare_streams()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--self-test"]:
        from vgg_desktop.self_test import run as run_self_test

        return run_self_test()
    if not any(each in COMMANDS or each in ("-h", "--help", "--version") for each in arguments[:1]):
        arguments = ["gui", *arguments]
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace, threading.Event], int] = {
        "models": _models,
        "download": _download,
        "verify": _verify,
        "remove": _remove,
        "import": _import,
        "classify": _classify,
        "gui": _gui,
    }[options.command]
    try:
        if options.command == "gui":  # takes Ctrl+C itself once the window is there
            return run(options, threading.Event())
        with _interruptible() as cancel:
            return run(options, cancel)
    except (Cancelled, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except VggDesktopError as error:
        print(error, file=sys.stderr)
        return MODEL_FAILED if isinstance(error, ModelError) else SOME_FAILED
    except BrokenPipeError:
        # The reader has gone; keep Python from complaining when it flushes at exit.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception:  # noqa: BLE001 - the last line of defence: a bug gets the exit code that says so
        import traceback

        traceback.print_exc()
        return INTERNAL


def _prepare_streams() -> None:
    """Let every file name be printed: as UTF-8 into pipes and files, with escapes for what cannot be said."""
    for stream in (sys.stdout, sys.stderr):
        # They are None in a program without a console, and anything where somebody has replaced them.
        if isinstance(stream, io.TextIOWrapper):
            chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")


def main_gui() -> int:
    """Open the window with the pictures named on the command line."""
    return main(["gui", *sys.argv[1:]])


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Give an event that Ctrl+C sets; a second Ctrl+C stops at once."""
    cancel = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        cancel.set()

    if threading.current_thread() is not threading.main_thread():
        yield cancel  # signals belong to the main thread
        return
    previous = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    except KeyboardInterrupt:
        raise Cancelled from None
    finally:
        signal.signal(signal.SIGINT, previous)


def _load() -> tuple["ModelStore", tuple["ModelSpec", ...]]:
    from vgg_desktop import settings
    from vgg_desktop.models.catalog import load_catalog
    from vgg_desktop.models.store import ModelStore, all_models

    store = ModelStore(settings.load().models_cache)
    return store, all_models(store, load_catalog())


def _print(options: argparse.Namespace, values: dict[str, Any], text: str) -> None:
    print(json.dumps(values, ensure_ascii=False) if options.json else text, flush=True)


def _models(options: argparse.Namespace, _cancel: threading.Event) -> int:
    store, specs = _load()
    for spec in specs:
        installed = store.find(spec) is not None
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
        place = "installed" if installed else "not here"
        _print(
            options,
            values,
            f"{spec.id:12} {spec.title:12} {format_bytes(spec.size):>8}  top-1 {accuracy:8}  {place}",
        )
    return OK


def _each_model(options: argparse.Namespace, act: Callable[["ModelStore", "ModelSpec"], str]) -> int:
    """Do something with every network named; one that fails does not keep the others from their turn."""
    from vgg_desktop.models.catalog import find

    store, specs = _load()
    chosen = [find(specs, id) for id in options.ids]
    code = OK
    for spec in chosen:
        try:
            status = act(store, spec)
        except ModelError as error:
            print(error, file=sys.stderr)
            failure = {"kind": error.kind, "message": str(error)}
            if options.json:
                print(json.dumps({"id": spec.id, "status": "failed", "error": failure}), flush=True)
            code = MODEL_FAILED
        else:
            _print(options, {"id": spec.id, "status": status}, f"{spec.title}: {status}")
    return code


def _download(options: argparse.Namespace, cancel: threading.Event) -> int:
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


def _verify(options: argparse.Namespace, cancel: threading.Event) -> int:
    def act(store: "ModelStore", spec: "ModelSpec") -> str:
        store.verify(spec, cancel)
        return "intact"

    return _each_model(options, act)


def _remove(options: argparse.Namespace, _cancel: threading.Event) -> int:
    def act(store: "ModelStore", spec: "ModelSpec") -> str:
        if spec.origin == "bundled":
            return "part of the app, stays"
        return "removed" if store.remove(spec) else "was not here"

    return _each_model(options, act)


def _import(options: argparse.Namespace, cancel: threading.Event) -> int:
    from vgg_desktop.inference.installation import import_model

    store, specs = _load()
    installed = import_model(
        store,
        tuple(spec for spec in specs if spec.origin != "imported"),
        options.file,
        id=options.id,
        labels=options.labels,
        preprocessing=options.preprocessing,
        cancel=cancel,
    )
    spec = installed.spec
    values = {"id": spec.id, "status": "installed", "sha256": spec.sha256}
    _print(options, values, f"{spec.title}: installed as {spec.id}")
    return OK


class _Lines:
    """A file for `csv.writer` that prints each row, ended with CR LF on every system (RFC 4180)."""

    def write(self, row: str) -> int:
        # On Windows the stream itself makes CR LF of LF.
        print(row, end="\n" if os.linesep == "\r\n" else "\r\n")
        return len(row)


def _classify(options: argparse.Namespace, cancel: threading.Event) -> int:
    from vgg_desktop import settings
    from vgg_desktop.export import CSV_HEADER
    from vgg_desktop.images.reading import find_pictures
    from vgg_desktop.inference.batch import classify_many
    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices import find_device
    from vgg_desktop.inference.installation import prepare
    from vgg_desktop.models.catalog import find

    k = options.top_k if options.top_k is not None else settings.Settings().top_k
    if k < 1:
        print("--top-k must be at least 1", file=sys.stderr)
        return USAGE
    store, specs = _load()
    spec = find(specs, options.model or settings.load().model)
    device = None if options.device == "auto" else find_device(options.device)
    installed = prepare(store, store.get(spec))
    if options.precision == "fast" and options.device in ("auto", "cpu"):
        _prepare_fast(installed, cancel)
    classifier = Classifier(installed, device=device, precision=options.precision)
    if classifier.fallback:
        print(f"Using the CPU: {classifier.fallback}", file=sys.stderr)
    table = csv.writer(_Lines(), lineterminator="") if options.csv else None
    if table is not None:
        table.writerow(CSV_HEADER)
    code = OK

    def pictures() -> Iterator[Path]:
        nonlocal code
        for path in options.paths:
            try:
                found = find_pictures(path, recursive=options.recursive)
            except ImageUnreadable as error:
                code = SOME_FAILED
                _print_failure(options, table, path, error)
                continue
            if not found:
                print(f"{path} holds no pictures.", file=sys.stderr)
                code = SOME_FAILED
            yield from found

    for answer in classify_many(classifier, pictures(), lambda path: path, k, decode=options.decode):
        if cancel.is_set():
            raise Cancelled
        if isinstance(answer.outcome, VggDesktopError):
            code = SOME_FAILED
            _print_failure(options, table, answer.item, answer.outcome)
        else:
            _print_result(options, table, answer.outcome)
    return code


def _prepare_fast(installed: "InstalledModel", cancel: threading.Event) -> None:
    """Make a network's 8-bit form unless it is there, and say how far its answers can be trusted."""
    from vgg_desktop.inference.fast import make_fast
    from vgg_desktop.inference.fast_model import find_fast
    from vgg_desktop.terminal import agreement_text, fast_bar

    made = find_fast(installed)
    if made is None:
        with fast_bar(installed.spec.title) as show:
            made = make_fast(installed, progress=show, cancel=cancel)
    print(agreement_text(made), file=sys.stderr)


def _print_failure(options: argparse.Namespace, table: Any, path: Path, error: VggDesktopError) -> None:  # noqa: ANN401 - csv.writer has no public type
    from vgg_desktop.export import failure_as_json, failure_csv_row

    if table is not None:
        table.writerow(failure_csv_row(path, error))
    if options.json:
        print(json.dumps(failure_as_json(path, error), ensure_ascii=False), flush=True)
    else:
        print(error, file=sys.stderr)


def _print_result(options: argparse.Namespace, table: Any, result: "Classification") -> None:  # noqa: ANN401 - csv.writer has no public type
    from vgg_desktop.export import as_json, csv_rows

    if table is not None:
        table.writerows(csv_rows(result))
        return
    lines = [
        str(result.path),
        *(f"  {each.probability * 100:5.1f} %  {each.label}" for each in result.predictions),
    ]
    _print(options, as_json(result), "\n".join(lines))


def _gui(options: argparse.Namespace, _cancel: threading.Event) -> int:
    if sys.platform == "win32":
        from vgg_desktop.inference.runtime import load_onnxruntime

        load_onnxruntime()  # before Qt: the other order fails there; elsewhere the worker loads it later
    from vgg_desktop.ui.app import run

    return run(options.paths)
