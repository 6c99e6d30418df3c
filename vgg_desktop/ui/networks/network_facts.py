"""Texts about networks: their purpose, size, accuracy and speed, in the user's language."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.ui.networks.state import NetworkState, Phase
from vgg_desktop.ui.words.formats import data_rate, data_size, number, percent, percent_done, time_left

translate = QCoreApplication.translate
MEMORY_RATIO = 1.25  # memory in use to file size; measured: 683 MB for the 553 MB of VGG 16
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Fact:
    """A small labelled value; `hint` explains it."""

    caption: str
    value: str
    hint: str


def purpose(spec: ModelSpec) -> str:
    """Return the purpose of a network as text."""
    known = {
        "everyday": translate(
            "NetworkFacts",
            "Ready at once, fast and accurate: EfficientNet-Lite0, by Google. It recognises a thousand things.",
        ),
        "starter": translate(
            "NetworkFacts",
            "A small VGG that anyone can train, for teaching and tests. It recognises only ten things: airplane, "
            "automobile, bird, cat, deer, dog, frog, horse, ship and truck.",
        ),
        "vgg16": translate(
            "NetworkFacts",
            "The smallest of the four and the fastest; a good first choice. It recognises a thousand things.",
        ),
        "vgg16-bn": translate(
            "NetworkFacts",
            "As large and about as fast as VGG 16, but trained with batch normalisation and slightly more "
            "accurate. It recognises a thousand things.",
        ),
        "vgg19": translate(
            "NetworkFacts",
            "Three more layers than VGG 16: slightly more accurate and slightly slower. It recognises a "
            "thousand things.",
        ),
        "vgg19-bn": translate(
            "NetworkFacts",
            "The most accurate of the four and the largest; as slow as VGG 19. It recognises a thousand "
            "things.",
        ),
    }
    if spec.origin == "imported":
        return translate("NetworkFacts", "Imported from a file.")
    return known.get(spec.id, spec.description)


def facts(spec: ModelSpec, milliseconds: float | None) -> tuple[Fact, ...]:
    """Return size, accuracy, memory and speed; `milliseconds` is the measured time for one picture, if known."""
    return (_size(spec), _accuracy(spec), _memory(spec), _speed(milliseconds))


def _size(spec: ModelSpec) -> Fact:
    if spec.origin == "download":
        return Fact(translate("NetworkFacts", "Download size"), data_size(spec.size), "")
    return Fact(translate("NetworkFacts", "File size"), data_size(spec.size), "")


def _accuracy(spec: ModelSpec) -> Fact:
    if spec.id == "starter":
        caption = translate("NetworkFacts", "Top-1 / Top-5, measured")
        hint = translate(
            "NetworkFacts",
            "How often the correct class came first, and how often it was among the first five, measured on "
            "the CIFAR-10 test set with ten classes. Not comparable with networks that recognise a thousand.",
        )
    else:
        caption = translate("NetworkFacts", "Top-1 / Top-5, published")
        hint = translate(
            "NetworkFacts",
            "How often the correct class came first, and how often it was among the first five, as published "
            "by the network's authors.",
        )
    if spec.top1 is None:
        hint = translate("NetworkFacts", "No accuracy was published for this network.")
        return Fact(caption, UNKNOWN, hint)
    top5 = UNKNOWN if spec.top5 is None else percent(spec.top5 / 100)
    return Fact(caption, f"{percent(spec.top1 / 100)} / {top5}", hint)


def _memory(spec: ModelSpec) -> Fact:
    return Fact(
        translate("NetworkFacts", "Memory (approx.)"),
        data_size(float(f"{spec.size * MEMORY_RATIO:.2g}")),
        translate("NetworkFacts", "Estimated from the size of the file, as measured with VGG 16."),
    )


def _speed(milliseconds: float | None) -> Fact:
    caption = translate("NetworkFacts", "Speed on this computer")
    if milliseconds is None or milliseconds <= 0:
        hint = translate("NetworkFacts", "Measured with the first pictures.")
        return Fact(caption, UNKNOWN, hint)
    value = translate("NetworkFacts", "{rate} pictures per second ({time} ms each)").format(
        rate=number(1000 / milliseconds, 2), time=number(milliseconds, 2)
    )
    return Fact(caption, value, "")


def arrived(progress: DownloadProgress) -> str:
    """Return how much has been downloaded: `123 MB of 553 MB (22 %)`."""
    return translate("NetworkFacts", "{received} of {total} ({percent})").format(
        received=data_size(progress.received),
        total=data_size(progress.total),
        percent=percent_done(progress.fraction),
    )


def pace(progress: DownloadProgress) -> str:
    """Return how fast it goes and how long it will take, or nothing while that is not known."""
    if not progress.speed:
        return ""
    speed = data_rate(progress.speed)
    return speed if progress.seconds_left is None else f"{speed} · {time_left(progress.seconds_left)}"


def phase_texts(state: NetworkState) -> tuple[str, str]:
    """Return the amount and the current phase of what is done with a network, both "" while nothing is."""
    progress = state.progress
    amount = arrived(progress) if progress is not None else ""
    match state.phase:
        case Phase.PARTIAL:
            return amount, translate("NetworkFacts", "Paused")
        case Phase.WAITING:
            text = translate("NetworkFacts", "Waiting in the queue")
            return (amount, text) if amount else (text, "")
        case Phase.DOWNLOADING if progress is None or progress.phase != "downloading":
            text = translate("NetworkFacts", "Connecting…")
            return (amount, text) if amount else (text, "")
        case Phase.DOWNLOADING if progress is not None:
            return amount, pace(progress)
        case Phase.RECONNECTING:
            return amount, translate("NetworkFacts", "Reconnecting…")
        case Phase.VERIFYING:
            return translate("NetworkFacts", "Verifying…"), amount
        case Phase.TESTING:
            return translate("NetworkFacts", "Verified. Testing it on this computer…"), ""
        case Phase.REMOVING:
            return translate("NetworkFacts", "Deleting…"), ""
        case _:
            return "", ""
