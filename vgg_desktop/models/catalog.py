"""Which networks exist: `ModelSpec`, and the table read from `models.toml`."""

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from vgg_desktop import paths, settings
from vgg_desktop.errors import CatalogInvalid, UnknownModel
from vgg_desktop.files import safe_name
from vgg_desktop.models import preprocessing_files
from vgg_desktop.system_errors import system_reason
from vgg_desktop.tables import Table, TableInvalid, parse_table, read_text, read_toml
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)
MIRROR_VARIABLE = "VGG_DESKTOP_MIRROR"

Size: TypeAlias = int | tuple[int, int]  # the side of a square, or height and width, in pixels
Interpolation = Literal["nearest", "bilinear", "bicubic", "lanczos"]
Channels = Literal["RGB", "BGR", "grey"]
# "independent" classes do not exclude each other: each has a probability of its own, by a sigmoid.
Outputs = Literal[
    "logits", "probabilities", "percent", "independent", "independent-logits", "independent-percent"
]
Layout = Literal["channels-first", "channels-last", "flat"]
Origin = Literal["bundled", "download", "imported"]
MAX_SIDE = 4096  # pixels; no classifier looks at more


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a picture becomes a network's input: `(pixels / scale - mean) / std` after resize and centre crop.

    `keep_aspect` resizes the picture until it just covers `resize`, which sets the shorter side of a square;
    otherwise it is squashed to that size. `mean` and `std` are in the order of `channels`, one number for grey.
    """

    resize: Size
    crop: Size
    interpolation: Interpolation = "bilinear"
    keep_aspect: bool = True
    channels: Channels = "RGB"
    scale: float = 255.0
    mean: tuple[float, ...] = (0.0, 0.0, 0.0)
    std: tuple[float, ...] = (1.0, 1.0, 1.0)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return the number of channels, the height and the width of a prepared picture."""
        return len(self.mean), *height_and_width(self.crop)


def height_and_width(size: Size) -> tuple[int, int]:
    """Return height and width of a square by its side, or of what is not square."""
    return (size, size) if isinstance(size, int) else size


# The preset torchvision publishes for its ImageNet classifiers, and the zoo's `preprocess` to within a pixel.
IMAGENET_PREPROCESSING = Preprocessing(
    resize=256, crop=224, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)
)


@dataclass(frozen=True, slots=True)
class Interface:
    """How a network's file takes pictures and returns scores, as far as its header does not tell.

    `batch` is how many pictures one run takes, None for any number. `output` names the tensor of the scores, "" the
    only one. `single` says that the file computes in double precision, and runs in single.
    """

    layout: Layout = "channels-first"
    batch: int | None = None
    output: str = ""
    single: bool = False


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """Weights that an imported network keeps in another file beside it; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One network: where its file comes from, how to check it, and how to use it.

    `size` in bytes, `top1` and `top5` in percent. `labels` is the file of class names. `revision` counts how often
    an imported network got other labels or another preprocessing, so that old and new differ.
    """

    id: str
    title: str
    description: str
    filename: str
    size: int
    sha256: str
    origin: Origin
    labels: Path
    preprocessing: Preprocessing
    outputs: Outputs = "logits"
    addresses: tuple[str, ...] = ()
    top1: float | None = None
    top5: float | None = None
    license: str = ""
    external: tuple[ExternalFile, ...] = ()
    revision: int = 0
    interface: Interface = Interface()


def parse_preprocessing(values: object, where: str) -> tuple[Preprocessing, Outputs | None]:
    """Read a preprocessing table as written in TOML, with the meaning of the network's outputs if declared.

    Raises `TableInvalid`.
    """
    table = Table(values, where)
    crop = _take_size(table, "crop", where)
    channels: Channels = table.choice("channels", get_args(Channels), "RGB")
    count = 1 if channels == "grey" else 3
    preprocessing = Preprocessing(
        resize=_take_size(table, "resize", where, crop),
        crop=crop,
        interpolation=table.choice("interpolation", get_args(Interpolation), "bilinear"),
        keep_aspect=table.take("keep_aspect", bool, True),
        channels=channels,
        scale=table.number("scale", 255.0),
        mean=table.numbers("mean", count, 0.0),
        std=table.numbers("std", count, 1.0),
    )
    outputs: Outputs | None = table.choice("outputs", get_args(Outputs), None)
    table.finish()
    sides = zip(height_and_width(preprocessing.crop), height_and_width(preprocessing.resize), strict=True)
    if not all(1 <= cropped <= resized <= MAX_SIDE for cropped, resized in sides):
        raise TableInvalid(Why.TABLE_SIZES(where=where))
    if preprocessing.scale < 1:
        raise TableInvalid(Why.TABLE_SCALE(where=where))
    if not all(each > 0 for each in preprocessing.std):
        raise TableInvalid(Why.TABLE_STD(where=where))
    return preprocessing, outputs


def _take_size(table: Table, key: str, where: str, default: Any = ...) -> Size:  # noqa: ANN401 - no default
    """Take the side of a square, or height and width."""
    value = table.take(key, (int, list, tuple), default)
    if isinstance(value, int):
        return value
    if len(value) != 2 or not all(type(each) is int for each in value):
        raise TableInvalid(Why.TABLE_SIZES(where=where))
    height, width = value
    return height if height == width else (height, width)


def read_preprocessing(path: Path) -> tuple[Preprocessing, Outputs | None]:
    """Read the preprocessing of an imported network; the outputs are None if not declared.

    From our TOML, or a JSON file as `preprocessing_files` lists them. Raises `CatalogInvalid`.
    """
    text = read_text(path)
    try:
        values: object = parse_table(text)
        if text.lstrip().startswith("{"):
            values = preprocessing_files.read_values(values, path.name)
        return parse_preprocessing(values, path.name)
    except TableInvalid as error:
        raise CatalogInvalid(path, error.reason) from error


def preprocessing_in(
    metadata: Mapping[str, str], size: Size | None = None
) -> tuple[Preprocessing, Outputs | None] | None:
    """Return the preprocessing in the metadata of an ONNX file; None where there is none that can be used.

    `size` is that of the network's input, if it is fixed: Windows ML's keys do not tell it.
    """
    try:
        values = preprocessing_files.read_metadata(metadata, size, "metadata")
        return None if values is None else parse_preprocessing(values, "metadata")
    except TableInvalid as error:
        logger.info("The preprocessing in the metadata of a network is skipped: %s", error)
        return None


def is_id(text: str) -> bool:
    """Return whether a text may be the id of a network, and so the name of its folder on every system."""
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text) is not None and safe_name(text) == text


def _parse_model(values: object, presets: Mapping[str, Any], folder: Path) -> ModelSpec:
    table = Table(values, f"model {values.get('id', '?') if isinstance(values, dict) else '?'}")
    id = table.take("id", str)
    preset = table.take("preprocessing", str)
    if preset not in presets:
        raise TableInvalid(Why.TABLE_PRESET(id=id, name=preset))
    preprocessing, outputs = parse_preprocessing(presets[preset], preset)
    addresses = table.take("addresses", list, [])
    bundled = table.take("bundled", bool, False)
    spec = ModelSpec(
        id=id,
        title=table.take("title", str),
        description=table.take("description", str, ""),
        filename=table.take("file", str),
        size=table.take("bytes", int),
        sha256=table.take("sha256", str),
        origin="bundled" if bundled else "download",
        labels=folder / table.take("labels", str),
        preprocessing=preprocessing,
        outputs=outputs or "logits",
        addresses=tuple(addresses),
        top1=table.number("top1", None),
        top5=table.number("top5", None),
        license=table.take("license", str, ""),
    )
    table.finish()
    are_addresses = all(isinstance(each, str) and re.match(r"https?://", each) for each in addresses)
    for is_valid, why in (
        (is_id(id), Why.TABLE_ID),
        (re.fullmatch(r"\w[\w.-]*\.onnx", spec.filename), Why.TABLE_FILE),
        (re.fullmatch(r"[0-9a-f]{64}", spec.sha256), Why.TABLE_SHA256),
        (spec.size > 0, Why.TABLE_POSITIVE),
        (are_addresses, Why.TABLE_ADDRESSES),
        (bundled or addresses, Why.TABLE_NO_ADDRESSES),
    ):
        if not is_valid:
            raise TableInvalid(why(id=id))
    return spec


def read_catalog(path: Path) -> tuple[ModelSpec, ...]:
    """Read one `models.toml`: `[preprocessing.NAME]` tables and `[[model]]` entries that refer to them.

    Labels are files relative to the catalog's folder. Raises `CatalogInvalid`.
    """
    values = read_toml(path)
    try:
        document = Table(values, path.name)
        presets = document.take("preprocessing", dict, {})
        specs = tuple(_parse_model(each, presets, path.parent) for each in document.take("model", list))
        document.finish()
    except TableInvalid as error:
        raise CatalogInvalid(path, error.reason) from error
    return specs


def load_catalog(invalid: Callable[[CatalogInvalid], object] = logger.warning) -> tuple[ModelSpec, ...]:
    """Return every network that is known without importing one: the bundled catalog, then the user's own `models.toml`.

    The latter, where it cannot be used, costs only itself: `invalid` is called with the reason.
    """
    bundled = read_catalog(paths.resource("models.toml"))
    path = paths.config_folder() / "models.toml"
    try:
        if not path.exists():
            return bundled
        own = read_catalog(path)
        ids = [spec.id for spec in (*bundled, *own)]
        if taken := next((id for id in ids if ids.count(id) > 1), None):
            raise CatalogInvalid(path, Why.TABLE_ID_TAKEN(id=taken))
    except OSError as error:  # its folder may not be looked into
        invalid(CatalogInvalid(path, system_reason(error)))
    except CatalogInvalid as error:
        invalid(error)
    else:
        return bundled + own
    return bundled


def find(specs: tuple[ModelSpec, ...], id: str) -> ModelSpec:
    """Return the network of this id. Raises `UnknownModel`."""
    for spec in specs:
        if spec.id == id:
            return spec
    raise UnknownModel(id, ", ".join(spec.id for spec in specs))


def download_addresses(spec: ModelSpec) -> tuple[str, ...]:
    """Return the addresses to try in order: the mirror's, of `VGG_DESKTOP_MIRROR` or the settings, then the catalog's.

    Where the administrator has locked a mirror it is the only address.
    """
    chosen = settings.load()
    is_locked = "mirror" in chosen.locked
    mirror = chosen.mirror if is_locked else os.environ.get(MIRROR_VARIABLE) or chosen.mirror
    own = (f"{mirror.rstrip('/')}/{spec.filename}",) if mirror else ()
    return own if own and is_locked else own + spec.addresses
