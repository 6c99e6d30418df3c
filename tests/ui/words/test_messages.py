"""Every failure in a user's words: no error without a branch, no word that stays English."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import vgg_desktop
from tests.support.devices import GPU, OTHER_GPU
from vgg_desktop import errors
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.images.reading import read
from vgg_desktop.inference.results import Skipped
from vgg_desktop.reasons import Bytes
from vgg_desktop.ui.words.languages import Languages
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import fallback_text, reason_text
from vgg_desktop.why import Why


def errors_of(kind: type[VggDesktopError]) -> Iterator[type[VggDesktopError]]:
    for each in kind.__subclasses__():
        yield each
        yield from errors_of(each)


ERRORS = [each for each in errors_of(VggDesktopError) if each is not errors.ModelError]
SAMPLES: dict[str, Any] = {
    "path": Path("/pictures/{braces} & <b>bold</b>.png"),
    "url": "https://example.org/a.onnx",
    "status": 404,
    "width": 20_000,
    "height": 20_000,
    "limit": 200_000_000,
    "needed": Bytes(553_437_328),
    "free": Bytes(12_000_000),
    "known": "starter, vgg16",
    "offered": "cpu",
    "reason": Why.FILE_EMPTY(),
    "found": Why.FOUND_WEB_PAGE(),
    "expected": Why.CONTENT_BYTES(count=553_437_328),
    "actual": Why.CONTENT_SHA256(digest="00ff"),
}


def make(kind: type[VggDesktopError]) -> VggDesktopError:
    return kind(*(SAMPLES.get(name, f"<{name}>") for name in fields_of(kind)))


def fields_of(kind: type[VggDesktopError]) -> list[str]:
    return (
        [field.name for field in dataclasses.fields(cast(Any, kind))] if kind is not errors.NoDisplay else []
    )


class Shouting(QTranslator):
    """A translation of everything: in capitals, so that what was left out is seen."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return "".join(part if part.startswith("{") else part.upper() for part in _split(text))


def _split(text: str) -> list[str]:
    parts, rest = [], text
    while "{" in rest:
        start = rest.index("{")
        end = rest.index("}", start) + 1
        parts += [rest[:start], rest[start:end]]
        rest = rest[end:]
    return [*parts, rest]


@pytest.fixture
def shouting() -> Iterator[None]:
    translator = Shouting()
    assert QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_words_of_its_own(kind: type[VggDesktopError]) -> None:
    message = describe(make(kind))
    assert message.title not in ("That did not work", describe(KeyError("x")).title)
    assert "\n" not in message.title
    assert len(message.title) < 60
    assert not message.title.endswith(".")
    assert message.text.endswith(".") or "classify PICTURE" in message.text
    assert "{" not in message.text.replace("{braces}", "")
    if "path" in fields_of(kind):
        assert str(SAMPLES["path"]) in message.text


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_details_are_for_whoever_is_asked(kind: type[VggDesktopError]) -> None:
    error = make(kind)
    error.__cause__ = OSError(5, "Input/output error")
    lines = describe(error).details.splitlines()
    assert lines[0] == f"{kind.kind}: {error}"
    assert "caused by OSError: [Errno 5] Input/output error" in lines
    assert f"VGG Desktop {vgg_desktop.__version__}" in lines
    assert any(line.startswith("Qt 6.") for line in lines)
    assert any(line.startswith("onnxruntime ") for line in lines)


@pytest.mark.usefixtures("shouting")
@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_word_can_be_translated(kind: type[VggDesktopError]) -> None:
    message = describe(make(kind))
    assert message.title == message.title.upper()
    facts = [
        str(SAMPLES["path"]),
        SAMPLES["url"],
        "starter, vgg16",
        "cpu",
        "<id>",
        "<name>",
        "<source>",
        "<device>",
        "<form>",
        "00ff",
    ]
    text = message.text
    for fact in facts:
        text = text.replace(fact, "")
    text = text.replace("kB", "KB")
    assert text == text.upper()
    assert message.details == describe(make(kind)).details
    assert str(make(kind)) in message.details  # English, for whoever is asked for help


def test_an_unknown_exception_is_called_an_internal_error() -> None:
    try:
        dict[str, str]()["nothing"]
    except KeyError as error:
        message = describe(error)
    assert message.title == "Something went wrong inside VGG Desktop"
    assert "Traceback" in message.details
    assert "test_messages.py" in message.details


def test_a_chain_of_causes_that_bites_its_tail_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert describe(first).details.count("caused by") == 1


@pytest.mark.usefixtures("shouting")
def test_reasons_are_translated_with_what_varies_in_its_place(tmp_path: Path) -> None:
    assert reason_text(Why.FILE_EMPTY()) == "IT IS EMPTY"
    assert reason_text(Why.IMAGE_CUT_OFF_AT(percent=40)) == "IT IS CUT OFF AFTER ABOUT 40 %"
    assert reason_text(Why.IMPORT_WEIGHTS_MISSING(name="Käse.bin")).startswith(
        "ITS WEIGHTS ARE MISSING: Käse.bin"
    )
    waiting = Why.HTTP_NEXT(reason=Why.HTTP_STATUS(status=503), host="example.org")
    assert reason_text(waiting) == "THE SERVER ANSWERED 503; TRYING example.org"
    document = tmp_path / "report.png"
    document.write_bytes(b"%PDF-1.7")
    with pytest.raises(errors.ImageUnreadable) as caught:
        read(document)
    text = describe(caught.value).text
    assert "IT IS A PDF DOCUMENT, NOT A PICTURE OF A SUPPORTED KIND (JPEG, PNG" in text


@pytest.mark.usefixtures("shouting")
def test_why_devices_were_skipped_is_translated_whole() -> None:
    # Several reasons have semicolons themselves.
    too_large = Why.NETWORK_INPUT_BYTES(size=Bytes(2_000_000_000), limit=Bytes(1_000_000_000))
    full = Why.NETWORK_ONNXRUNTIME(text="out of memory ; GPU=0 ; hostname=pc")
    fallback = (Skipped(GPU, full), Skipped(OTHER_GPU, too_large), Skipped(None, Why.FORM_NOT_MADE()))
    assert fallback_text(fallback) == (
        "Test GPU: ONNXRUNTIME SAYS: out of memory ; GPU=0 ; hostname=pc; "
        "Second GPU: ITS INPUT TAKES 2.0 GB; THE LIMIT IS 1.0 GB; IT HAS NOT BEEN PREPARED ON THIS COMPUTER YET"
    )


def test_values_follow_the_language(languages: Languages) -> None:
    languages.apply("de")
    too_large = Why.NETWORK_INPUT_BYTES(size=Bytes(2_000_000_000), limit=Bytes(1_500_000_000))
    assert reason_text(too_large) == "Die Eingabe braucht 2,0 GB; die Grenze liegt bei 1,5 GB"
    assert reason_text(Why.CONTENT_BYTES(count=553_437_328)) == "553.437.328 Bytes"
    assert (
        reason_text(Why.LINK_NOT_PICTURE(found=Why.FOUND_WEB_PAGE())) == "Das ist eine Webseite und kein Bild"
    )
    no_space = errors.NotEnoughSpace(Path("/models"), Bytes(553_437_328), Bytes(12_000_000))
    assert describe(no_space).text.startswith(
        f"{Path('/models')} braucht noch 553 MB, auf dem Datenträger sind aber nur 12,0 MB frei."
    )


class _Slip(QTranslator):
    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return "{5} {"


def test_a_translators_slip_leaves_the_english() -> None:
    translator = _Slip()
    QCoreApplication.installTranslator(translator)
    try:
        assert reason_text(Why.HTTP_STATUS(status=503)) == "the server answered 503"
    finally:
        QCoreApplication.removeTranslator(translator)
