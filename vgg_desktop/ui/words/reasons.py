"""Translates the reasons that the core gives in English.

The core knows no Qt, so its errors carry finished English. Every sentence it can give is listed here as a template,
where the tools that collect texts for translators find it; a test compares the list with the core's source.
"""

import functools
import re
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_PICTURES: Final = (
    QT_TRANSLATE_NOOP("Reasons", "it is a folder"),
    QT_TRANSLATE_NOOP("Reasons", "it is not an ordinary file"),
    QT_TRANSLATE_NOOP("Reasons", "it has {0}; the limit is {1}"),
    QT_TRANSLATE_NOOP("Reasons", "there is no such file"),
    QT_TRANSLATE_NOOP("Reasons", "there is no permission to read it"),
    QT_TRANSLATE_NOOP("Reasons", "the system says: {0}"),
    QT_TRANSLATE_NOOP("Reasons", "no file can have this name"),
    QT_TRANSLATE_NOOP("Reasons", "it is empty"),
    QT_TRANSLATE_NOOP("Reasons", "it is {0}, not a picture of a supported kind ({1})"),
    QT_TRANSLATE_NOOP("Reasons", "it is not a picture of a supported kind ({0})"),
    QT_TRANSLATE_NOOP(
        "Reasons", "{0} pictures cannot be decoded on this system; save it as JPEG and try again"
    ),
    QT_TRANSLATE_NOOP("Reasons", "it has more pixels than are safe to decode"),
    QT_TRANSLATE_NOOP("Reasons", "it has {0} x {1} pixels; no side may have more than {2}"),
    QT_TRANSLATE_NOOP("Reasons", "there is not enough memory to decode it"),
    QT_TRANSLATE_NOOP("Reasons", "it carries texts or a colour profile that are too large to unpack"),
    QT_TRANSLATE_NOOP("Reasons", "it is damaged, or of a rare variant that is not supported"),
    QT_TRANSLATE_NOOP("Reasons", "it is cut off after about {0} %"),
    QT_TRANSLATE_NOOP("Reasons", "it is cut off"),
    # What a file is instead of a picture.
    QT_TRANSLATE_NOOP("Reasons", "a PDF document"),
    QT_TRANSLATE_NOOP("Reasons", "an archive or an office document"),
    QT_TRANSLATE_NOOP("Reasons", "a JPEG XL picture"),
    QT_TRANSLATE_NOOP("Reasons", "a Photoshop document"),
    QT_TRANSLATE_NOOP("Reasons", "an icon"),
    QT_TRANSLATE_NOOP("Reasons", "a PostScript document"),
    QT_TRANSLATE_NOOP("Reasons", "a video or a picture of another kind"),
    QT_TRANSLATE_NOOP("Reasons", "a web page"),
    QT_TRANSLATE_NOOP("Reasons", "an SVG drawing or another XML document"),
)
_DOWNLOADS: Final = (
    QT_TRANSLATE_NOOP("Reasons", "the server refused the connection"),
    QT_TRANSLATE_NOOP("Reasons", "the connection broke off"),
    QT_TRANSLATE_NOOP("Reasons", "the server's name was not found, perhaps because there is no connection"),
    QT_TRANSLATE_NOOP("Reasons", "the server did not answer in time"),
    QT_TRANSLATE_NOOP("Reasons", "the network connection was lost"),
    QT_TRANSLATE_NOOP("Reasons", "there is no network connection"),
    QT_TRANSLATE_NOOP("Reasons", "the server sends the request round in circles"),
    QT_TRANSLATE_NOOP("Reasons", "the server redirects to an unprotected address"),
    QT_TRANSLATE_NOOP("Reasons", "the proxy refused the connection"),
    QT_TRANSLATE_NOOP("Reasons", "the proxy closed the connection"),
    QT_TRANSLATE_NOOP("Reasons", "the proxy's name was not found"),
    QT_TRANSLATE_NOOP("Reasons", "the proxy did not answer in time"),
    QT_TRANSLATE_NOOP("Reasons", "the proxy asks for a name and a password"),
    QT_TRANSLATE_NOOP("Reasons", "the address begins neither with https:// nor with http://"),
    QT_TRANSLATE_NOOP("Reasons", "the answer was not understandable"),
    QT_TRANSLATE_NOOP("Reasons", "the server's certificate is not trusted here ({0})"),
    QT_TRANSLATE_NOOP("Reasons", "nothing arrived for {0} seconds"),
    QT_TRANSLATE_NOOP("Reasons", "the server answered {0}"),
    QT_TRANSLATE_NOOP("Reasons", "the server sent the file compressed ({0}), which was not asked for"),
    QT_TRANSLATE_NOOP("Reasons", "the server sent another part of the file than was asked for"),
    QT_TRANSLATE_NOOP("Reasons", "the server sent nothing"),
    QT_TRANSLATE_NOOP("Reasons", "it has more than {0}"),
    QT_TRANSLATE_NOOP("Reasons", "it is {0}, not a picture"),
    QT_TRANSLATE_NOOP("Reasons", "it is not a picture of a supported kind"),
    # What arrived or was chosen instead of a network.
    QT_TRANSLATE_NOOP("Reasons", "a Git LFS pointer"),
    QT_TRANSLATE_NOOP("Reasons", "an error message of the server"),
    QT_TRANSLATE_NOOP("Reasons", "an XML document"),
    QT_TRANSLATE_NOOP("Reasons", "a JSON document"),
    # What was expected and found where a file is not the published one.
    QT_TRANSLATE_NOOP("Reasons", "{0} bytes"),
    QT_TRANSLATE_NOOP("Reasons", "SHA-256 {0}"),
    QT_TRANSLATE_NOOP("Reasons", "another (the file changed meanwhile)"),
)
_NETWORKS: Final = (
    QT_TRANSLATE_NOOP("Reasons", "it became shorter while it was read"),
    QT_TRANSLATE_NOOP("Reasons", "it is cut off or is no ONNX file"),
    QT_TRANSLATE_NOOP("Reasons", "it is damaged or is no ONNX file"),
    QT_TRANSLATE_NOOP("Reasons", "the weights {0} are cut off"),
    QT_TRANSLATE_NOOP("Reasons", "its graph is nested too deeply"),
    QT_TRANSLATE_NOOP("Reasons", "it uses sparse weights, which are not supported"),
    QT_TRANSLATE_NOOP("Reasons", "it has too many parts to be an image classifier"),
    QT_TRANSLATE_NOOP("Reasons", "onnxruntime says: {0}"),
    QT_TRANSLATE_NOOP("Reasons", "a classifier has one output, and this network has {0}"),
    QT_TRANSLATE_NOOP("Reasons", "a classifier has one input, the picture, and this network has {0}"),
    QT_TRANSLATE_NOOP("Reasons", "it gives {0}, not one row of classes a picture"),
    QT_TRANSLATE_NOOP("Reasons", "it knows only one class"),
    QT_TRANSLATE_NOOP("Reasons", "its results are not finite numbers"),
    QT_TRANSLATE_NOOP("Reasons", "its input is {0}, not floating-point numbers"),
    QT_TRANSLATE_NOOP("Reasons", "its input has {0} dimensions, and a batch of pictures has four"),
    QT_TRANSLATE_NOOP("Reasons", "its input is {0} x {1} pixels; only squares are supported"),
    QT_TRANSLATE_NOOP("Reasons", "its input has the colour channels last; only channels first is supported"),
    QT_TRANSLATE_NOOP("Reasons", "its input has {0} channels, and a picture has three"),
    QT_TRANSLATE_NOOP("Reasons", "it gives {0} classes, and its labels name {1}"),
    QT_TRANSLATE_NOOP("Reasons", "it wants to read {0} outside its own folder"),
    QT_TRANSLATE_NOOP("Reasons", "its weights are missing: {0} is not beside it"),
    QT_TRANSLATE_NOOP("Reasons", "`{0}` is no id; use small letters, digits, dots and dashes"),
    QT_TRANSLATE_NOOP("Reasons", "the id {0} is taken; choose another with --id"),
    QT_TRANSLATE_NOOP("Reasons", "its input is {0} pixels wide, and `crop` says {1}"),
    QT_TRANSLATE_NOOP("Reasons", "it has {0} classes, not ImageNet's 1000; give its labels"),
    QT_TRANSLATE_NOOP("Reasons", "it has {0} classes, not ImageNet's 1000; give its preprocessing"),
    QT_TRANSLATE_NOOP(
        "Reasons", "it has {0} classes, not ImageNet's 1000; give its labels and its preprocessing"
    ),
    QT_TRANSLATE_NOOP("Reasons", "it has {0} classes, not ImageNet's 1000; give its {1}"),
    QT_TRANSLATE_NOOP("Reasons", "it has {0} classes, and {1} names {2}"),
    QT_TRANSLATE_NOOP("Reasons", "its input is only {0} pixels wide; give its preprocessing"),
    QT_TRANSLATE_NOOP("Reasons", "{0} was not taken into use"),
    QT_TRANSLATE_NOOP("Reasons", "it takes {0} pictures at once; the limit is {1}"),
    QT_TRANSLATE_NOOP("Reasons", "its input is {0} pixels wide; the limit is {1}"),
    QT_TRANSLATE_NOOP("Reasons", "its input takes {0}; the limit is {1}"),
    QT_TRANSLATE_NOOP("Reasons", "its outputs are probabilities already, and not logits as `outputs` says"),
    QT_TRANSLATE_NOOP("Reasons", "its outputs are logits, and not probabilities as `outputs` says"),
    QT_TRANSLATE_NOOP(
        "Reasons", "its weights are in {0}, a name that the app needs itself; give that file another"
    ),
    QT_TRANSLATE_NOOP("Reasons", "it is damaged; remove it and import it again"),
    # Why a device is not used.
    QT_TRANSLATE_NOOP("Reasons", "it was not found on this computer"),
    QT_TRANSLATE_NOOP("Reasons", "it was not taken into use"),
    QT_TRANSLATE_NOOP("Reasons", "its answers differ from the processor's by {0} %"),
    QT_TRANSLATE_NOOP("Reasons", "several pictures at once get other answers than one alone"),
    QT_TRANSLATE_NOOP("Reasons", "it gave the same answer to different pictures"),
    QT_TRANSLATE_NOOP("Reasons", "it gave the same number for every class"),
    QT_TRANSLATE_NOOP("Reasons", "it takes {0} s for one picture"),
    QT_TRANSLATE_NOOP("Reasons", "the program ended while it was tested"),
    QT_TRANSLATE_NOOP("Reasons", "another VGG Desktop is testing it"),
    QT_TRANSLATE_NOOP("Reasons", "it is slower here than the processor"),
    # Why there is no Fast.
    QT_TRANSLATE_NOOP("Reasons", "its layers do not follow one another as those of a VGG network do"),
    QT_TRANSLATE_NOOP("Reasons", "its weights are in a file of their own"),
    QT_TRANSLATE_NOOP("Reasons", "its weights are not floating-point numbers of 32 bits"),
    QT_TRANSLATE_NOOP("Reasons", "it has not been made on this computer yet"),
    QT_TRANSLATE_NOOP("Reasons", "it is not faster on this computer"),
    QT_TRANSLATE_NOOP("Reasons", "it runs on the CPU only"),
)
_DEVICES: Final = (
    QT_TRANSLATE_NOOP("Reasons", "the NVIDIA driver was not found"),
    QT_TRANSLATE_NOOP("Reasons", "no NVIDIA graphics card was found"),
    QT_TRANSLATE_NOOP("Reasons", "the NVIDIA driver did not start (error {0})"),
    QT_TRANSLATE_NOOP("Reasons", "the NVIDIA driver supports CUDA up to {0}, and CUDA {1} is needed"),
    QT_TRANSLATE_NOOP("Reasons", "cuDNN {0} was not found"),
    QT_TRANSLATE_NOOP("Reasons", "TensorRT {0} was not found"),
    QT_TRANSLATE_NOOP("Reasons", "CUDA's library {0} was not found"),
    QT_TRANSLATE_NOOP("Reasons", "the library {0} was not found"),
    QT_TRANSLATE_NOOP("Reasons", "a library that onnxruntime needs for it was not found"),
    QT_TRANSLATE_NOOP("Reasons", "no graphics card with DirectX 12 was found"),
    QT_TRANSLATE_NOOP("Reasons", "its files are gone, as when one of two builds of it was uninstalled"),
    QT_TRANSLATE_NOOP(
        "Reasons",
        "several builds of onnxruntime are installed at once ({0}) and overwrite each other, "
        "so uninstall all of them and install only one",
    ),
)
_CATALOGS: Final = (
    QT_TRANSLATE_NOOP("Reasons", "{0} lacks `{1}`"),
    QT_TRANSLATE_NOOP("Reasons", "`{0}` of {1} has the wrong type"),
    QT_TRANSLATE_NOOP("Reasons", "`{0}` of {1} must be one of {2}"),
    QT_TRANSLATE_NOOP("Reasons", "{0} has an unknown key `{1}`"),
    QT_TRANSLATE_NOOP("Reasons", "`{0}` must be a number or three numbers"),
    QT_TRANSLATE_NOOP("Reasons", "{0} needs 1 <= crop <= resize <= 4096"),
    QT_TRANSLATE_NOOP("Reasons", "`scale` of {0} divides the pixels: write 255 for values from 0 to 1"),
    QT_TRANSLATE_NOOP("Reasons", "`std` of {0} must be positive"),
    QT_TRANSLATE_NOOP("Reasons", "model {0} names an unknown preprocessing `{1}`"),
    QT_TRANSLATE_NOOP("Reasons", "`{0}` is no id: small letters, digits, dots and dashes"),
    QT_TRANSLATE_NOOP("Reasons", "`file` of model {0} must be a plain name that ends in .onnx"),
    QT_TRANSLATE_NOOP("Reasons", "`sha256` of model {0} must have 64 hexadecimal digits"),
    QT_TRANSLATE_NOOP("Reasons", "`bytes` of model {0} must be positive"),
    QT_TRANSLATE_NOOP("Reasons", "`addresses` of model {0} must be https:// or http:// addresses"),
    QT_TRANSLATE_NOOP("Reasons", "model {0} has no `addresses`"),
    QT_TRANSLATE_NOOP("Reasons", "the id `{0}` is taken"),
    QT_TRANSLATE_NOOP("Reasons", "one of its ids is taken by an imported network"),
    QT_TRANSLATE_NOOP("Reasons", "line {0} is empty"),
    QT_TRANSLATE_NOOP("Reasons", "it needs at least two classes, one a line"),
    QT_TRANSLATE_NOOP("Reasons", "{0} must be a table"),
    QT_TRANSLATE_NOOP("Reasons", "it is nested too deeply"),
    QT_TRANSLATE_NOOP("Reasons", "it is no text in UTF-8; save it as UTF-8 and try again"),
)
_SYSTEM: Final = (
    QT_TRANSLATE_NOOP("Reasons", "Permission denied"),
    QT_TRANSLATE_NOOP("Reasons", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Reasons", "No such file or directory"),
    QT_TRANSLATE_NOOP("Reasons", "Is a directory"),
    QT_TRANSLATE_NOOP("Reasons", "Not a directory"),
    QT_TRANSLATE_NOOP("Reasons", "File exists"),
    QT_TRANSLATE_NOOP("Reasons", "File name too long"),
    QT_TRANSLATE_NOOP("Reasons", "Read-only file system"),
    QT_TRANSLATE_NOOP("Reasons", "No space left on device"),
    QT_TRANSLATE_NOOP("Reasons", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Reasons", "Input/output error"),
    QT_TRANSLATE_NOOP("Reasons", "Too many open files"),
    QT_TRANSLATE_NOOP("Reasons", "Connection timed out"),
    QT_TRANSLATE_NOOP("Reasons", "Stale file handle"),
)
# Those that hold another reason; looked at first, because the inner one may allow anything at its end.
_AROUND: Final = (
    QT_TRANSLATE_NOOP("Reasons", "{0}; attempt {1} of {2} in {3} s"),
    QT_TRANSLATE_NOOP("Reasons", "[Errno {0}] {1}: {2}"),
)
TEMPLATES: Final = tuple(
    map(str, (*_AROUND, *_PICTURES, *_DOWNLOADS, *_NETWORKS, *_DEVICES, *_CATALOGS, *_SYSTEM))
)

_PLACE: Final = re.compile(r"\{\d\}")


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the templates with something that varies; after those around others, the one with most words first."""
    varying = [text for text in TEMPLATES if _PLACE.search(text)]
    varying.sort(key=lambda text: (text not in _AROUND, -len(_PLACE.sub("", text))))
    return tuple(
        (re.compile("(.+)".join(map(re.escape, _PLACE.split(text))), re.DOTALL), text) for text in varying
    )


def find_template(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the template that an English reason was made from and what stands in its places, or None."""
    if text in TEMPLATES:
        return text, ()
    for pattern, template in _patterns():
        if match := pattern.fullmatch(text):
            return template, match.groups()
    return None


def reason(text: str) -> str:
    """Translate a reason that the core gives in English; what is not known stays as it is. Thread: any."""
    found = find_template(text)
    if found is None:
        return text
    template, values = found
    translated = QCoreApplication.translate("Reasons", template)
    # A translator's slip in the places must not turn one failure into two.
    try:
        return translated.format(*map(reason, values)) if values else translated
    except (LookupError, ValueError):
        return text


def device_reason(text: str) -> str:
    """Translate why better devices were skipped: `NAME: reason` or a sentence, joined by semicolons."""
    parts = []
    for part in text.split("; "):
        device, colon, why = part.partition(": ")
        if find_template(part) is None and colon and find_template(why) is not None:
            parts.append(f"{device}: {reason(why)}")
        else:
            parts.append(reason(part))
    return "; ".join(parts)
