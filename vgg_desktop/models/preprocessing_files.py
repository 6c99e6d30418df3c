"""The preprocessing that other programs describe, as the table that our own TOML files hold.

Hugging Face's `preprocessor_config.json`, timm's `config.json`, Lobe's `signature.json`, Custom Vision's
`metadata_properties.json`, and the metadata of ONNX files: of Ultralytics, and Windows ML's standard keys
(onnx/docs/MetadataProps.md).
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from vgg_desktop.models.label_tables import plain
from vgg_desktop.tables import TableInvalid, is_finite, parse_table
from vgg_desktop.why import Why

TableValues: TypeAlias = dict[str, Any]
_IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
# Pillow's numbers of the filters, which Hugging Face writes.
_FILTERS = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic"}
# Hugging Face's processors for which one number is the shorter side, and those for which it is that of a square.
_SHORTER_SIDE = ("clip", "convnext", "bit", "mobilenet", "mobilevit", "levit", "poolformer")
_SQUARE = ("vit", "deit", "beit", "swin", "efficientnet", "perceiver")
_OF_HUGGING_FACE = ("do_resize", "do_normalize", "do_rescale", "image_mean", "image_processor_type")
# Pixels become `pixels / scale - offset`.
_RANGES = {
    "nominalrange_0_255": (1.0, 0.0),
    "normalized_0_1": (255.0, 0.0),
    "normalized_1_1": (127.5, 1.0),
    "nominalrange_16_235": (255 / 219, -16.0),
}


def read_values(values: Any, where: str) -> TableValues:  # noqa: ANN401 - JSON
    """Return the table that a JSON file of another program stands for; one in our own form is returned as it is.

    Raises `TableInvalid`.
    """
    if not isinstance(values, Mapping):
        raise TableInvalid(Why.TABLE_NOT_TABLE(where=where))
    for key in ("pretrained_cfg", "default_cfg", "data_config"):
        if isinstance(values.get(key), Mapping) and "input_size" in values[key]:
            return _read_timm(values[key], where)
    if "input_size" in values:
        return _read_timm(values, where)
    if isinstance(values.get("image_processor"), Mapping):
        return _read_hugging_face(values["image_processor"], where)
    if any(key in values for key in _OF_HUGGING_FACE):
        return _read_hugging_face(values, where)
    if "classes" in values and isinstance(values.get("inputs"), Mapping):
        return _read_lobe(values["inputs"], where)
    if any(str(key).startswith(("CustomVision.", "Image.")) for key in values):
        found = _read_windows({str(key): str(value) for key, value in values.items()}, None, where)
        if found is not None:
            return found
    if "crop" in values:
        return dict(values)
    raise TableInvalid(Why.PREPROCESSING_NONE())


def read_metadata(
    metadata: Mapping[str, str], size: int | tuple[int, int] | None, where: str
) -> TableValues | None:
    """Return the table that the metadata of an ONNX file stands for, None where it says nothing.

    `size` is that of the network's input, which Windows ML's keys do not tell. Raises `TableInvalid`.
    """
    for key in ("preprocessing", "preprocessor_config"):
        if key in metadata:
            return read_values(parse_table(metadata[key]), where)
    if metadata.get("task") == "classify" and "imgsz" in metadata:  # Ultralytics: pixels from 0 to 1
        sides = [int(side) for side in re.findall(r"[0-9]{1,5}", metadata["imgsz"])][:2]
        return {"crop": sides * 2 if len(sides) == 1 else sides}
    return _read_windows(metadata, size, where)


def _read_timm(values: Mapping[str, Any], where: str) -> TableValues:
    """timm resizes to the floor of size / crop_pct (timm/data/transforms_factory.py)."""
    size = values["input_size"]
    if not isinstance(size, list) or len(size) != 3 or not all(type(side) is int for side in size):
        raise TableInvalid(Why.TABLE_TYPE(key="input_size", where=where))
    mode, share = values.get("crop_mode") or "center", _positive(values, "crop_pct", 0.875, where)
    if mode not in ("center", "squash"):
        raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key="crop_mode", value=str(mode)))
    if values.get("crop_border_pixels"):
        raise TableInvalid(
            Why.PREPROCESSING_UNSUPPORTED(key="crop_border_pixels", value=str(values["crop_border_pixels"]))
        )
    return {
        "resize": [math.floor(side / share) for side in size[1:]],
        "crop": size[1:],
        "interpolation": values.get("interpolation") or "bicubic",
        "keep_aspect": mode == "center",
        **_channels(size[0], where),
        **{key: values.get(key) or default for key, default in _IMAGENET.items()},
    }


def _read_hugging_face(values: Mapping[str, Any], where: str) -> TableValues:
    """Read what transformers' image processors do (src/transformers/models/*/image_processing_*.py)."""
    kind = plain(values.get("image_processor_type") or values.get("feature_extractor_type") or "")
    for key in ("do_pad", "do_thumbnail", "do_align_long_axis"):
        if values.get(key):
            raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key=key, value="true"))
    crops = values.get("do_center_crop", kind.startswith(("clip", "levit", "poolformer"))) is True
    cropped, _ = _hugging_face_size(values, "crop_size", where)
    resized, is_shorter = _hugging_face_size(values, "size", where)
    resized, cropped = resized or cropped, cropped or resized
    if resized is None or cropped is None:
        raise TableInvalid(Why.TABLE_MISSING_KEY(where=where, key="size"))
    if is_shorter is None:
        is_shorter = kind.startswith(_SHORTER_SIDE) or (crops and not kind.startswith(_SQUARE))
    crop, share = cropped if crops else resized, _positive(values, "crop_pct", 0.875, where)
    if kind.startswith("convnext"):  # squashed from 384 pixels on
        is_shorter, crop = resized[0] < 384, resized
        resized = [int(side / share) for side in resized] if is_shorter else resized
    elif kind.startswith("poolformer") and values.get("crop_pct"):
        is_shorter, resized = True, [int(side / share) for side in resized]
    elif kind.startswith("levit") and is_shorter:
        resized = [int(256 / 224 * side) for side in resized]
    if values.get("do_resize") is False:  # pictures come in any size
        is_shorter, resized = True, crop
    if (filter := values.get("resample", 3 if kind.startswith(_SHORTER_SIDE) else 2)) not in _FILTERS:
        choices = ", ".join(f"{number} ({name})" for number, name in _FILTERS.items())
        raise TableInvalid(Why.TABLE_CHOICE(key="resample", where=where, choices=choices))
    return {
        "resize": resized,
        "crop": crop,
        "interpolation": _FILTERS[filter],
        "keep_aspect": is_shorter,
        "channels": "BGR" if values.get("do_flip_channel_order") else "RGB",
        **_hugging_face_numbers(values, kind, where),
    }


def _hugging_face_size(
    values: Mapping[str, Any], key: str, where: str
) -> tuple[list[int] | None, bool | None]:
    """Return height and width, and whether they are the shorter side; None where the file does not say."""
    size = values.get(key)
    if size is None:
        return None, None
    is_shorter: bool | None = None
    if isinstance(size, Mapping):
        is_shorter = "shortest_edge" in size
        if not is_shorter and not {"height", "width"} <= set(size):
            raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key=key, value=", ".join(map(str, size))))
        size = size["shortest_edge"] if is_shorter else [size["height"], size["width"]]
    elif isinstance(size, list):
        is_shorter = False
    sides = size if isinstance(size, list) else [size, size]
    if len(sides) != 2 or not all(type(side) is int and side > 0 for side in sides):
        raise TableInvalid(Why.TABLE_TYPE(key=key, where=where))
    return sides, is_shorter


def _hugging_face_numbers(values: Mapping[str, Any], kind: str, where: str) -> TableValues:
    """Return scale, mean and deviation: pixels are multiplied, less one if there is an offset, then normalised."""
    numbers: TableValues = {"scale": 1.0}
    if values.get("do_rescale", True):
        # To six digits, since 1/255 is written with fewer than it has.
        numbers["scale"] = round(1 / _positive(values, "rescale_factor", 1 / 255, where), 6)
    mean, std = [0.0] * 3, [1.0] * 3
    if values.get("do_normalize", "image_mean" in values):
        mean, std = (_three(values, key, where) for key in ("image_mean", "image_std"))
    if values.get("rescale_offset"):
        mean = [each + 1 for each in mean]
    if values.get("include_top") and kind.startswith("efficientnet"):  # it divides by the deviation twice
        std = (
            [each * each for each in std]
            if values.get("do_normalize", True)
            else _three(values, "image_std", where)
        )
    return {**numbers, "mean": mean, "std": std}


def _read_lobe(inputs: Mapping[str, Any], where: str) -> TableValues:
    """Lobe fills the input, as its own programs do (lobe-python, src/lobe/image_utils.py)."""
    described = inputs.get("Image")
    shape = described.get("shape") if isinstance(described, Mapping) else None
    if not isinstance(shape, list) or len(shape) != 4:
        raise TableInvalid(Why.TABLE_MISSING_KEY(where=where, key="inputs.Image.shape"))
    return {"crop": shape[1:3], "interpolation": "bicubic", **_channels(shape[3], where)}


def _read_windows(
    metadata: Mapping[str, str], size: int | tuple[int, int] | None, where: str
) -> TableValues | None:
    """Read Windows ML's keys and those of Custom Vision, whose own programs squash pictures that are not cropped."""
    known = {key.casefold(): value for key, value in metadata.items()}
    pixels, values = known.get("image.bitmappixelformat", ""), known.get("image.nominalpixelrange", "")
    if not pixels and not values:
        return None
    if known.get("image.colorspacegamma", "").casefold() == "linear":
        raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key="Image.ColorSpaceGamma", value="Linear"))
    if values and values.casefold() not in _RANGES:
        raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key="Image.NominalPixelRange", value=values))
    scale, offset = _RANGES[values.casefold() or "normalized_0_1"]

    def sides(kind: str) -> list[int] | None:
        found = [known.get(f"customvision.preprocess.{kind}{side}", "") for side in ("height", "width")]
        return (
            [int(side) for side in found]
            if all(re.fullmatch(r"[1-9][0-9]{0,4}", side) for side in found)
            else None
        )

    target, crop = sides("target"), sides("crop")
    is_grey = pixels.casefold() == "gray8"
    table: TableValues = {
        "channels": "grey" if is_grey else "BGR" if pixels.casefold()[:3] == "bgr" else "RGB"
    }
    if crop and known.get("customvision.preprocess.cropmethod", "").casefold() == "onecropcenter":
        table |= {"resize": target or crop, "crop": crop}
    elif side := size or target:
        table |= {"crop": side, "keep_aspect": False}
    else:
        return None
    count = 1 if is_grey else 3
    mean = _listed(known.get("customvision.preprocess.normalizemean", ""), [0.0] * count, where)
    std = _listed(known.get("customvision.preprocess.normalizestd", ""), [1.0] * count, where)
    if any(abs(each) > 1 for each in mean):  # they are meant for pixels from 0 to 255
        scale, offset = 1.0, 0.0
    return {**table, "scale": scale, "mean": [each + offset for each in mean], "std": std}


def _channels(count: object, where: str) -> TableValues:
    if count not in (1, 3):
        raise TableInvalid(Why.PREPROCESSING_UNSUPPORTED(key="channels", value=str(count)))
    return {"channels": "grey" if count == 1 else "RGB"}


def _positive(values: Mapping[str, Any], key: str, default: float, where: str) -> float:
    value = values.get(key) or default
    if not is_finite(value) or value <= 0:
        raise TableInvalid(Why.TABLE_TYPE(key=key, where=where))
    return float(value)


def _three(values: Mapping[str, Any], key: str, where: str) -> list[float]:
    value = values.get(key)
    if value is None:
        raise TableInvalid(Why.TABLE_MISSING_KEY(where=where, key=key))
    numbers = (
        value * 3
        if isinstance(value, list) and len(value) == 1
        else value
        if isinstance(value, list)
        else [value] * 3
    )
    if len(numbers) != 3 or not all(map(is_finite, numbers)):
        raise TableInvalid(Why.TABLE_NUMBERS(key=key))
    return [float(each) for each in numbers]


def _listed(text: str, default: list[float], where: str) -> list[float]:
    """Return the numbers of a text such as "[0.0, 0.0, 0.0]"; the default for none."""
    try:
        numbers = json.loads(text) if text else default
    except (ValueError, RecursionError) as error:
        raise TableInvalid(Why.TABLE_NUMBERS(key="Normalize")) from error
    if not isinstance(numbers, list) or not all(map(is_finite, numbers)):
        raise TableInvalid(Why.TABLE_NUMBERS(key="Normalize"))
    return numbers if len(numbers) == len(default) else default
