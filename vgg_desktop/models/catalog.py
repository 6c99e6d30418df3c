"""Which networks exist: `ModelSpec`, and the table read from `models.toml`."""

import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid, UnknownModel
from vgg_desktop.models.texts import read_text

MIRROR_VARIABLE = "VGG_DESKTOP_MIRROR"

Interpolation = Literal["nearest", "bilinear", "bicubic", "lanczos"]
Channels = Literal["RGB", "BGR"]
Outputs = Literal["logits", "probabilities"]
Origin = Literal["bundled", "download", "imported"]


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a picture becomes a network's input: `(pixels / scale - mean) / std` after resize and centre crop.

    Sizes in pixels. `keep_aspect` resizes the shorter side to `resize`; otherwise the picture is squashed to a
    square. `mean` and `std` are in the order of `channels`.
    """

    resize: int
    crop: int
    interpolation: Interpolation = "bilinear"
    keep_aspect: bool = True
    channels: Channels = "RGB"
    scale: float = 255.0
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)


# The preset torchvision publishes for its ImageNet classifiers, and the zoo's `preprocess` to within a pixel.
IMAGENET_PREPROCESSING = Preprocessing(
    resize=256, crop=224, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)
)


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


class _Table:
    """One TOML table, read key by key; what is missing, of the wrong type or left over is an error."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise ValueError(f"{where} must be a table")
        self._values = dict(values)
        self._where = where

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:  # noqa: ANN401 - TOML
        """Remove and return one value; without a default the key must be there."""
        value = self._values.pop(key, default)
        if value is ...:
            raise ValueError(f"{self._where} lacks `{key}`")
        allowed = kind if isinstance(kind, tuple) else (kind,)
        if value is not default and (
            not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)
        ):
            raise ValueError(f"`{key}` of {self._where} has the wrong type")
        return value

    def number(self, key: str, default: float | None) -> Any:  # noqa: ANN401 - the default's type or a float
        """Take a number that is finite."""
        value = self.take(key, (int, float), default)
        if value is default:
            return value
        if not _is_finite(value):
            raise ValueError(f"`{key}` of {self._where} has the wrong type")
        return float(value)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None) -> str | None:
        """Take one of several words."""
        value = self.take(key, str, default)
        if value is not default and value not in allowed:
            raise ValueError(f"`{key}` of {self._where} must be one of {', '.join(allowed)}")
        return None if value is None else str(value)

    def finish(self) -> None:
        """Refuse keys nobody asked for: most are spelling mistakes."""
        if self._values:
            raise ValueError(f"{self._where} has an unknown key `{next(iter(self._values))}`")


def _is_finite(value: object) -> bool:
    """Return whether a value is a number that a float can hold; TOML has `inf`, `nan` and integers of any size."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def _triple(value: list[Any] | int | float, name: str) -> tuple[float, float, float]:
    values = value if isinstance(value, list) else [value] * 3
    if len(values) != 3 or not all(map(_is_finite, values)):
        raise ValueError(f"`{name}` must be a number or three numbers")
    first, second, third = (float(each) for each in values)
    return first, second, third


def parse_preprocessing(values: object, where: str) -> tuple[Preprocessing, Outputs | None]:
    """Read a preprocessing table as written in TOML, with the meaning of the network's outputs if it is said.

    Raises `ValueError` saying what is wrong.
    """
    table = _Table(values, where)
    numbers = (list, int, float)
    crop = table.take("crop", int)
    preprocessing = Preprocessing(
        resize=table.take("resize", int, crop),
        crop=crop,
        interpolation=cast(Interpolation, table.choice("interpolation", get_args(Interpolation), "bilinear")),
        keep_aspect=table.take("keep_aspect", bool, True),
        channels=cast(Channels, table.choice("channels", get_args(Channels), "RGB")),
        scale=table.number("scale", 255.0),
        mean=_triple(table.take("mean", numbers, 0.0), "mean"),
        std=_triple(table.take("std", numbers, 1.0), "std"),
    )
    outputs = cast(Outputs | None, table.choice("outputs", get_args(Outputs), None))
    table.finish()
    if not 1 <= preprocessing.crop <= preprocessing.resize <= 4096:
        raise ValueError(f"{where} needs 1 <= crop <= resize <= 4096")
    if preprocessing.scale < 1:
        raise ValueError(f"`scale` of {where} divides the pixels: write 255 for values from 0 to 1")
    if not all(each > 0 for each in preprocessing.std):
        raise ValueError(f"`std` of {where} must be positive")
    return preprocessing, outputs


def _load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises `CatalogInvalid`."""
    try:
        return tomllib.loads(read_text(path))
    except ValueError as error:
        raise CatalogInvalid(path, str(error)) from error
    except RecursionError as error:
        raise CatalogInvalid(path, "it is nested too deeply") from error


def read_preprocessing(path: Path) -> tuple[Preprocessing, Outputs | None]:
    """Read the preprocessing TOML of an imported network; the outputs are None where it does not say.

    Raises `CatalogInvalid`.
    """
    values = _load_toml(path)
    try:
        return parse_preprocessing(values, path.name)
    except ValueError as error:
        raise CatalogInvalid(path, str(error)) from error


def _parse_model(values: object, presets: Mapping[str, Any], folder: Path) -> ModelSpec:
    table = _Table(values, f"model {values.get('id', '?') if isinstance(values, dict) else '?'}")
    id = table.take("id", str)
    preprocessing_name = table.take("preprocessing", str)
    if preprocessing_name not in presets:
        raise ValueError(f"model {id} names an unknown preprocessing `{preprocessing_name}`")
    preprocessing, outputs = parse_preprocessing(presets[preprocessing_name], preprocessing_name)
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
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", spec.id):
        raise ValueError(f"`{spec.id}` is no id: small letters, digits, dots and dashes")
    if not re.fullmatch(r"[\w.-]+\.onnx", spec.filename) or spec.filename.startswith("."):
        raise ValueError(f"`file` of model {id} must be a plain name that ends in .onnx")
    if not re.fullmatch(r"[0-9a-f]{64}", spec.sha256):
        raise ValueError(f"`sha256` of model {id} must have 64 hexadecimal digits")
    if not _is_finite(spec.size):
        raise ValueError(f"`bytes` of model {id} has the wrong type")
    if spec.size <= 0:
        raise ValueError(f"`bytes` of model {id} must be positive")
    if not all(isinstance(each, str) and re.match(r"https?://", each) for each in addresses):
        raise ValueError(f"`addresses` of model {id} must be https:// or http:// addresses")
    if not bundled and not addresses:
        raise ValueError(f"model {id} has no `addresses`")
    return spec


def read_catalog(path: Path) -> tuple[ModelSpec, ...]:
    """Read one `models.toml`: `[preprocessing.NAME]` tables and `[[model]]` entries that refer to them.

    Labels are files relative to the catalog's folder. Raises `CatalogInvalid`.
    """
    values = _load_toml(path)
    try:
        document = _Table(values, path.name)
        presets = document.take("preprocessing", dict, {})
        specs = tuple(_parse_model(each, presets, path.parent) for each in document.take("model", list))
        document.finish()
    except ValueError as error:
        raise CatalogInvalid(path, str(error)) from error
    return specs


def load_catalog() -> tuple[ModelSpec, ...]:
    """Return every network that can be had: the bundled catalog, then the user's own `models.toml`.

    Raises `CatalogInvalid`.
    """
    specs = read_catalog(paths.resource("models.toml"))
    own = paths.config_folder() / "models.toml"
    if own.exists():
        specs += read_catalog(own)
        seen: set[str] = set()
        for spec in specs:
            if spec.id in seen:
                raise CatalogInvalid(own, f"the id `{spec.id}` is taken")
            seen.add(spec.id)
    return specs


def find(specs: tuple[ModelSpec, ...], id: str) -> ModelSpec:
    """Return the network of this id. Raises `UnknownModel`."""
    for spec in specs:
        if spec.id == id:
            return spec
    raise UnknownModel(id, [spec.id for spec in specs])


def download_addresses(spec: ModelSpec) -> tuple[str, ...]:
    """Return the addresses to try in order; `VGG_DESKTOP_MIRROR` puts a base address before the catalog's own."""
    mirror = os.environ.get(MIRROR_VARIABLE)
    own = (f"{mirror.rstrip('/')}/{spec.filename}",) if mirror else ()
    return own + spec.addresses
