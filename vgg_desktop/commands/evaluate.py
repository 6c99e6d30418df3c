"""`vgg-desktop evaluate`: the accuracy of a network on a folder of pictures sorted by class."""

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgg_desktop.commands import OK, SOME_FAILED, print_error, print_result
from vgg_desktop.commands.opening import add_network_to, open_classifier

if TYPE_CHECKING:
    from vgg_desktop.evaluation import Report, Share
    from vgg_desktop.inference.classifier import Classifier


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    command.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="with one sub-folder per class, named by WordNet id, index or name",
    )
    add_network_to(command)
    command.add_argument(
        "--protocol",
        choices=("centre", "squash"),
        default="centre",
        help="centre: crop as classify does; squash: ignore the aspect ratio, as the zoo measured (default: centre)",
    )


def run(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Evaluate and print; 1 where some pictures could not be read. Raises every `ModelError`, `FolderNotLabelled`."""
    from vgg_desktop.evaluation import evaluate
    from vgg_desktop.terminal import count_bar

    classifier = open_classifier(options, cancel)
    with count_bar(classifier.spec.title) as show:
        report = evaluate(
            classifier,
            options.folder,
            options.protocol,
            progress=show,
            failed=print_error,
            cancel=cancel,
        )
    print_result(options, _as_json(options, classifier, report), _as_text(options, classifier, report))
    return SOME_FAILED if report.failed else OK


def _as_json(options: argparse.Namespace, classifier: "Classifier", report: "Report") -> dict[str, Any]:
    spec = classifier.spec
    published = None if spec.top1 is None else {"top1": spec.top1, "top5": spec.top5}
    return {
        "model": spec.id,
        "images": report.images,
        "top1": report.top1.percent,
        "top5": report.top5.percent,
        "interval95": {"top1": report.top1.interval95, "top5": report.top5.interval95},
        "published": published,
        "failed": report.failed,
        "protocol": options.protocol,
        "device": classifier.device.id,
        "precision": classifier.precision,
        "sha256": spec.sha256,
    }


def _as_text(options: argparse.Namespace, classifier: "Classifier", report: "Report") -> str:
    spec = classifier.spec
    unread = f", {report.failed} could not be read" if report.failed else ""
    head = f"{spec.title}, {options.protocol}: {report.images} pictures{unread}"
    lines = (head, _line("top-1", report.top1, spec.top1), _line("top-5", report.top5, spec.top5))
    return "\n".join(lines)


def _line(name: str, found: "Share", published: float | None) -> str:
    low, high = found.interval95
    text = f"  {name}  {found.percent:6.2f} %  (95 % interval {low:.2f} to {high:.2f})"
    if published is None:
        return text
    is_near = low <= published <= high
    return f"{text}  published {published:.2f} %, {'within' if is_near else 'outside'} the interval"
