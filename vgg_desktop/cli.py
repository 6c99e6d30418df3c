"""The command line. Results go to stdout, everything else to stderr; text and JSON are a contract for scripts.

Heavy modules are imported by the commands that need them, so that `--help` answers at once.
"""

import argparse
import errno
import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vgg_desktop import __version__, commands
from vgg_desktop.commands import benchmark, classify, devices, evaluate, networks, print_error
from vgg_desktop.errors import Cancelled, ModelError, VggDesktopError
from vgg_desktop.formatting import visible
from vgg_desktop.inference import ISOLATED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vgg-desktop",
        description="Classify pictures with VGG and other ONNX networks. Without a command, the window opens.",
        epilog="exit codes: 0 success, 1 some inputs failed, 2 usage error, 3 model or network error, "
        "70 internal error, 130 interrupted",
    )
    parser.add_argument("--version", action="version", version=f"VGG Desktop {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="check every part of this installation and report the result"
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, help: str, *, as_json: bool = True) -> argparse.ArgumentParser:
        command = subparsers.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        if as_json:
            command.add_argument("--json", action="store_true", help="print JSON Lines")
        return command

    add("models", "list the networks")
    for name, help, count in (
        ("download", "download networks, or resume interrupted downloads", "+"),
        ("verify", "check the files of networks (without ID: of all) against their published SHA-256", "*"),
        ("remove", "remove networks from this computer", "+"),
    ):
        add(name, help).add_argument("ids", nargs=count, metavar="ID")
    networks.add_import_to(add("import", "install a network from an ONNX file"))
    classify.add_to(add("classify", "classify pictures", as_json=False))
    evaluate.add_to(add("evaluate", "measure the accuracy of a network on pictures sorted by class"))
    add("devices", "list the devices that can run networks, and why others cannot")
    benchmark.add_to(add("benchmark", "measure how fast networks are on the devices of this computer"))
    add("diagnostics", "print diagnostic information for support", as_json=False)
    add("gui", "open the window", as_json=False).add_argument(
        "paths", nargs="*", type=commands.word_for_window, metavar="PATH"
    )
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == [ISOLATED]:
        from vgg_desktop.inference.isolated import serve

        return serve()
    _prepare_streams()
    if sys.platform == "win32":
        arguments = list(commands.split_quotes(arguments))
    if arguments == ["--self-test"]:
        from vgg_desktop.self_test import run as run_self_test

        return run_self_test()
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        if arguments and not _can_be_opened(arguments[0]):
            print(_unknown(arguments[0]), file=sys.stderr)
            return commands.USAGE
        arguments = ["gui", *arguments]
    options = _parser().parse_args(arguments)
    if sys.platform == "win32" and hasattr(options, "paths"):
        options.paths = commands.expand_patterns(options.paths)  # other systems' shells do that
    run = COMMANDS[options.command]
    try:
        if options.command == "gui":  # handles Ctrl+C itself once the window is open
            return run(options, threading.Event())
        with _interruptible() as cancel:
            return run(options, cancel)
    except (Cancelled, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return commands.INTERRUPTED
    except VggDesktopError as error:
        print_error(error)
        return commands.MODEL_FAILED if isinstance(error, ModelError) else commands.SOME_FAILED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug has an exit code of its own
        if _is_closed_pipe(error):
            # The reader has gone; keep Python from complaining when it flushes at exit.
            if sys.stdout is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return commands.OK
        import traceback

        traceback.print_exc()
        return commands.INTERNAL


def _is_closed_pipe(error: Exception) -> bool:
    """Return whether nobody reads stdout any more; on Windows that is an invalid argument, of no file."""
    if sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL:
        return error.filename is None
    return isinstance(error, BrokenPipeError)


def _can_be_opened(word: str) -> bool:
    """Return whether the first word may be for the window: an option, a link, or a path that exists."""
    is_pattern = sys.platform == "win32" and commands.is_pattern(word)
    return word.startswith("-") or commands.is_address(word) or is_pattern or os.path.lexists(word)


def _unknown(word: str) -> str:
    """Return what is said of a first word that is neither a command nor anything to open."""
    import difflib

    close = difflib.get_close_matches(word.lower(), COMMANDS, 1)
    hint = f"Did you mean {close[0]}?" if close else "vgg-desktop --help lists the commands."
    return f"{visible(word)} is no command, and there is no such file or folder. {hint}"


def _prepare_streams() -> None:
    """Let every file name be printed: as UTF-8 into pipes and files, with escapes for what cannot be encoded."""
    for stream in (sys.stdout, sys.stderr):
        # They are None in a program without a console, and of any type where they were replaced.
        if isinstance(stream, io.TextIOWrapper):
            chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")


def main_gui() -> int:
    """Open the window with the pictures named on the command line."""
    return main(["gui", *sys.argv[1:]])


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Return an event that Ctrl+C sets, and Ctrl+Break on Windows; the second time stops at once."""
    cancel = threading.Event()

    numbers = [signal.SIGINT]
    if sys.platform == "win32":
        numbers.append(signal.SIGBREAK)

    def stop(_number: int, _frame: object) -> None:
        for each in numbers:
            signal.signal(each, signal.default_int_handler)
        cancel.set()

    if threading.current_thread() is not threading.main_thread():
        yield cancel  # signals belong to the main thread
        return
    previous = {each: signal.signal(each, stop) for each in numbers}
    try:
        yield cancel
    except KeyboardInterrupt:
        raise Cancelled from None
    finally:
        for each, handler in previous.items():
            signal.signal(each, handler)


def _gui(options: argparse.Namespace, _cancel: threading.Event) -> int:
    if sys.platform == "win32":
        from vgg_desktop.inference.runtime import load_onnxruntime

        load_onnxruntime()  # before Qt: the other order fails there; elsewhere the worker loads it later
    gc.disable()  # what is imported and built now stays; `ui.garbage` collects in the window's thread
    from vgg_desktop.ui.start import run

    return run(options.paths)


COMMANDS: dict[str, Callable[[argparse.Namespace, threading.Event], int]] = {
    "models": networks.models,
    "download": networks.download,
    "verify": networks.verify,
    "remove": networks.remove,
    "import": networks.install_file,
    "classify": classify.run,
    "evaluate": evaluate.run,
    "devices": devices.run,
    "benchmark": benchmark.run,
    "diagnostics": devices.diagnose,
    "gui": _gui,
}
