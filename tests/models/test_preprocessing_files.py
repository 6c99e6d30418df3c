"""The preprocessing that other programs describe."""

import json
from pathlib import Path
from typing import Any

import pytest

from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    Preprocessing,
    Size,
    preprocessing_in,
    read_preprocessing,
)
from vgg_desktop.why import Why

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
HALF = {"mean": (0.5,) * 3, "std": (0.5,) * 3}
NUMBERS: dict[str, Any] = {"image_mean": list(MEAN), "image_std": list(STD)}
# What transformers writes beside the sizes.
USUAL = {
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "resample": 2,
    "rescale_factor": 0.00392156862745098,
    **NUMBERS,
}
SQUARE, CROP = {"height": 224, "width": 224}, {"height": 224, "width": 224}
TIMM = {"input_size": [3, 224, 224], "interpolation": "bicubic", "mean": list(MEAN), "std": list(STD)}
CUSTOM_VISION = {
    "CustomVision.Metadata.Version": "1.2",
    "CustomVision.Preprocess.CropHeight": "0",
    "CustomVision.Preprocess.CropMethod": "NoCrop",
    "CustomVision.Preprocess.CropWidth": "0",
    "CustomVision.Preprocess.NormalizeMean": "[0.0, 0.0, 0.0]",
    "CustomVision.Preprocess.NormalizeStd": "[1.0, 1.0, 1.0]",
    "CustomVision.Preprocess.ResizeMethod": "Stretch",
    "CustomVision.Preprocess.TargetHeight": "300",
    "CustomVision.Preprocess.TargetWidth": "300",
    "Image.BitmapPixelFormat": "Rgb8",
    "Image.ColorSpaceGamma": "SRGB",
    "Image.NominalPixelRange": "Normalized_0_1",
}
LOBE = {
    "doc_id": "x",
    "format": "onnx",
    "inputs": {"Image": {"dtype": "float32", "shape": [None, 224, 224, 3], "name": "Image:0"}},
    "outputs": {"Confidences": {"dtype": "float32", "shape": [None, 2]}},
    "classes": {"Label": ["a", "b"]},
    "filename": "model.onnx",
}


def usual(resize: Size, crop: Size, **others: Any) -> Preprocessing:  # noqa: ANN401 - what differs
    return Preprocessing(resize, crop, **{"mean": MEAN, "std": STD, **others})


FORMS: dict[str, tuple[dict[str, Any], Preprocessing]] = {
    "ViT": (
        {**USUAL, "image_processor_type": "ViTImageProcessor", "size": SQUARE},
        usual(224, 224, keep_aspect=False),
    ),
    "ViT of old": (
        {
            "do_normalize": True,
            "do_resize": True,
            "feature_extractor_type": "ViTFeatureExtractor",
            "image_mean": [0.5] * 3,
            "image_std": [0.5] * 3,
            "resample": 2,
            "size": 224,
        },
        usual(224, 224, keep_aspect=False, **HALF),
    ),
    "DeiT": (
        {
            **USUAL,
            "image_processor_type": "DeiTImageProcessor",
            "resample": 3,
            "size": {"height": 256, "width": 256},
            "do_center_crop": True,
            "crop_size": CROP,
        },
        usual(256, 224, interpolation="bicubic", keep_aspect=False),
    ),
    "DeiT of old": (
        {
            **USUAL,
            "feature_extractor_type": "DeiTFeatureExtractor",
            "size": 256,
            "do_center_crop": True,
            "crop_size": 224,
        },
        usual(256, 224, keep_aspect=False),
    ),
    "CLIP of old": (
        {
            "crop_size": 224,
            "do_center_crop": True,
            "do_normalize": True,
            "do_resize": True,
            "feature_extractor_type": "CLIPFeatureExtractor",
            **NUMBERS,
            "resample": 3,
            "size": 224,
        },
        usual(224, 224, interpolation="bicubic"),
    ),
    "MobileNet": (
        {
            **USUAL,
            "image_processor_type": "MobileNetV2ImageProcessor",
            "size": {"shortest_edge": 256},
            "do_center_crop": True,
            "crop_size": CROP,
        },
        usual(256, 224),
    ),
    "MobileViT": (
        {
            "crop_size": {"height": 256, "width": 256},
            "do_center_crop": True,
            "do_flip_channel_order": True,
            "do_rescale": True,
            "do_resize": True,
            "image_processor_type": "MobileViTImageProcessor",
            "resample": 2,
            "rescale_factor": 0.00392156862745098,
            "size": {"shortest_edge": 288},
        },
        Preprocessing(288, 256, channels="BGR"),
    ),
    "ConvNeXT": (
        {
            **USUAL,
            "image_processor_type": "ConvNextImageProcessor",
            "resample": 3,
            "size": {"shortest_edge": 224},
            "crop_pct": 0.875,
        },
        usual(256, 224, interpolation="bicubic"),
    ),
    "ConvNeXT without share": (
        {
            **USUAL,
            "feature_extractor_type": "ConvNextFeatureExtractor",
            "resample": 3,
            "size": 224,
            "crop_pct": None,
        },
        usual(256, 224, interpolation="bicubic"),
    ),
    "ConvNeXT of large pictures": (
        {
            **USUAL,
            "image_processor_type": "ConvNextImageProcessor",
            "size": {"shortest_edge": 384},
            "crop_pct": 0.875,
        },
        usual(384, 384, keep_aspect=False),
    ),
    "PoolFormer": (
        {
            **USUAL,
            "image_processor_type": "PoolFormerImageProcessor",
            "size": {"shortest_edge": 224},
            "crop_pct": 0.9,
            "do_center_crop": True,
            "crop_size": CROP,
        },
        usual(248, 224),
    ),
    "LeViT": (
        {
            **USUAL,
            "image_processor_type": "LevitImageProcessor",
            "size": {"shortest_edge": 224},
            "do_center_crop": True,
            "crop_size": CROP,
        },
        usual(256, 224),
    ),
    "EfficientNet": (
        {
            **USUAL,
            "image_processor_type": "EfficientNetImageProcessor",
            "size": SQUARE,
            "do_center_crop": False,
            "crop_size": {"height": 289, "width": 289},
            "resample": 0,
            "rescale_offset": False,
            "include_top": True,
            "image_std": [0.5] * 3,
        },
        usual(224, 224, interpolation="nearest", keep_aspect=False, std=(0.25,) * 3),
    ),
    "offset": (
        {
            "do_rescale": True,
            "rescale_factor": 1 / 127.5,
            "rescale_offset": True,
            "do_normalize": False,
            "size": SQUARE,
        },
        Preprocessing(224, 224, keep_aspect=False, scale=127.5, mean=(1.0,) * 3),
    ),
    "raw pixels": (
        {"do_rescale": False, "do_normalize": False, "do_resize": True, "resample": 1, "size": SQUARE},
        Preprocessing(224, 224, interpolation="lanczos", keep_aspect=False, scale=1.0),
    ),
    "no resize": (
        {**USUAL, "do_resize": False, "do_center_crop": True, "crop_size": 224, "size": 512},
        usual(224, 224),
    ),
    "no resize and no crop": ({**USUAL, "do_resize": False, "size": {"shortest_edge": 512}}, usual(512, 512)),
    "shorter side without a crop": ({**USUAL, "size": {"shortest_edge": 224}}, usual(224, 224)),
    "not square": (
        {**USUAL, "size": {"height": 224, "width": 320}},
        usual((224, 320), (224, 320), keep_aspect=False),
    ),
    "one mean": (
        {**USUAL, "size": SQUARE, "image_mean": 0.5, "image_std": [0.5]},
        usual(224, 224, keep_aspect=False, **HALF),
    ),
    "in a processor_config.json": (
        {"image_processor": {**USUAL, "size": SQUARE}, "processor_class": "X"},
        usual(224, 224, keep_aspect=False),
    ),
    "timm": (
        {"architecture": "resnet18", "pretrained_cfg": {**TIMM, "crop_pct": 0.95, "crop_mode": "center"}},
        usual(235, 224, interpolation="bicubic"),
    ),
    "timm, flat": ({**TIMM, "interpolation": "bilinear", "crop_pct": 0.875}, IMAGENET_PREPROCESSING),
    "timm without most": (
        {"pretrained_cfg": {"input_size": [3, 224, 224]}},
        usual(256, 224, interpolation="bicubic"),
    ),
    "timm, squash": (
        {**TIMM, "crop_pct": 1.0, "crop_mode": "squash"},
        usual(224, 224, interpolation="bicubic", keep_aspect=False),
    ),
    "timm, not square": (
        {**TIMM, "input_size": [3, 224, 320], "crop_pct": 0.9},
        usual((248, 355), (224, 320), interpolation="bicubic"),
    ),
    "timm, grey": (
        {
            "input_size": [1, 28, 28],
            "crop_pct": 1,
            "mean": [0.13],
            "std": [0.31],
            "interpolation": "bilinear",
        },
        Preprocessing(28, 28, channels="grey", mean=(0.13,), std=(0.31,)),
    ),
    "Custom Vision": (CUSTOM_VISION, Preprocessing(300, 300, keep_aspect=False)),
    "Custom Vision, cropped": (
        {
            **CUSTOM_VISION,
            "CustomVision.Preprocess.CropMethod": "OneCropCenter",
            "CustomVision.Preprocess.CropHeight": "224",
            "CustomVision.Preprocess.CropWidth": "224",
            "CustomVision.Preprocess.ResizeMethod": "ByShorterSide",
            "CustomVision.Preprocess.TargetHeight": "256",
            "CustomVision.Preprocess.TargetWidth": "256",
            "CustomVision.Preprocess.NormalizeMean": "[123.0, 117.0, 104.0]",
            "Image.NominalPixelRange": "NominalRange_0_255",
        },
        Preprocessing(256, 224, scale=1.0, mean=(123.0, 117.0, 104.0)),
    ),
    "Lobe": (LOBE, Preprocessing(224, 224, interpolation="bicubic")),
    "our own as JSON": ({"crop": 32, "scale": 1}, Preprocessing(32, 32, scale=1.0)),
}


@pytest.mark.parametrize(("values", "expected"), FORMS.values(), ids=FORMS)
def test_every_form_gives_its_programs_preprocessing(
    values: dict[str, Any], expected: Preprocessing, tmp_path: Path
) -> None:
    path = tmp_path / "preprocessor_config.json"
    path.write_text(json.dumps(values), "utf-8-sig")
    assert read_preprocessing(path) == (expected, None)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"model_type": "vit", "id2label": {"0": "a", "1": "b"}, "image_size": 224}, Why.PREPROCESSING_NONE),
        ({**USUAL}, Why.TABLE_MISSING_KEY),
        ({**USUAL, "size": {"longest_edge": 224}}, Why.PREPROCESSING_UNSUPPORTED),
        ({**USUAL, "size": SQUARE, "do_pad": True}, Why.PREPROCESSING_UNSUPPORTED),
        ({**USUAL, "size": {"height": "224", "width": 224}}, Why.TABLE_TYPE),
        ({**USUAL, "size": {"height": -224, "width": 224}}, Why.TABLE_TYPE),
        ({**USUAL, "size": 224.5}, Why.TABLE_TYPE),
        ({**USUAL, "size": SQUARE, "resample": 4}, Why.TABLE_CHOICE),
        ({**USUAL, "size": SQUARE, "rescale_factor": -1}, Why.TABLE_TYPE),
        ({**USUAL, "size": SQUARE, "rescale_factor": "x"}, Why.TABLE_TYPE),
        ({**USUAL, "size": SQUARE, "rescale_factor": 2}, Why.TABLE_SCALE),
        ({**USUAL, "size": SQUARE, "image_mean": None}, Why.TABLE_MISSING_KEY),
        ({**USUAL, "size": SQUARE, "image_mean": [1, 2]}, Why.TABLE_NUMBERS),
        ({**USUAL, "size": SQUARE, "image_std": [0, 0, 0]}, Why.TABLE_STD),
        ({**USUAL, "size": 224, "do_center_crop": True, "crop_size": 256}, Why.TABLE_SIZES),
        ({**USUAL, "size": 10_000}, Why.TABLE_SIZES),
        ({**TIMM, "crop_mode": "border"}, Why.PREPROCESSING_UNSUPPORTED),
        ({**TIMM, "crop_border_pixels": 4}, Why.PREPROCESSING_UNSUPPORTED),
        ({**TIMM, "interpolation": "random"}, Why.TABLE_CHOICE),
        ({**TIMM, "input_size": [4, 224, 224]}, Why.PREPROCESSING_UNSUPPORTED),
        ({**TIMM, "input_size": 224}, Why.TABLE_TYPE),
        ({**TIMM, "crop_pct": float("nan")}, Why.TABLE_TYPE),
        ({**LOBE, "inputs": {}}, Why.TABLE_MISSING_KEY),
        ({**CUSTOM_VISION, "Image.ColorSpaceGamma": "Linear"}, Why.PREPROCESSING_UNSUPPORTED),
        ({**CUSTOM_VISION, "Image.NominalPixelRange": "Other"}, Why.PREPROCESSING_UNSUPPORTED),
        ({**CUSTOM_VISION, "CustomVision.Preprocess.NormalizeMean": "[0"}, Why.TABLE_NUMBERS),
        ({"crop": 32, "krop": 5}, Why.TABLE_UNKNOWN_KEY),
        ({}, Why.PREPROCESSING_NONE),
    ],
)
def test_what_cannot_be_done_is_refused(values: dict[str, Any], why: Why, tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(values))
    with pytest.raises(CatalogInvalid) as caught:
        read_preprocessing(path)
    assert caught.value.reason.why is why


@pytest.mark.parametrize("text", ['{"a": ', '{"a": ' * 100_000, "[1]", "{" + '"a": 1, ' * 3_000_000])
def test_damaged_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(text)
    with pytest.raises(CatalogInvalid):
        read_preprocessing(path)


ULTRALYTICS = {
    "author": "Ultralytics",
    "task": "classify",
    "imgsz": "[224, 224]",
    "names": "{0: 'a', 1: 'b'}",
}
BGR = {"Image.BitmapPixelFormat": "Bgr8", "Image.NominalPixelRange": "NominalRange_0_255"}


@pytest.mark.parametrize(
    ("metadata", "size", "expected"),
    [
        (ULTRALYTICS, None, Preprocessing(224, 224)),
        ({**ULTRALYTICS, "imgsz": "64"}, None, Preprocessing(64, 64)),
        ({**ULTRALYTICS, "task": "detect"}, 224, None),
        (BGR, 224, Preprocessing(224, 224, keep_aspect=False, channels="BGR", scale=1.0)),
        (
            BGR,
            (224, 320),
            Preprocessing((224, 320), (224, 320), keep_aspect=False, channels="BGR", scale=1.0),
        ),
        (BGR, None, None),
        ({**BGR, "Image.ColorSpaceGamma": "Linear"}, 224, None),
        (
            {"Image.BitmapPixelFormat": "Rgb8", "Image.NominalPixelRange": "Normalized_1_1"},
            224,
            Preprocessing(224, 224, keep_aspect=False, scale=127.5, mean=(1.0,) * 3),
        ),
        (
            {"Image.BitmapPixelFormat": "Gray8", "Image.NominalPixelRange": "Normalized_0_1"},
            28,
            Preprocessing(28, 28, keep_aspect=False, channels="grey", mean=(0.0,), std=(1.0,)),
        ),
        (
            {"Image.BitmapPixelFormat": "Rgb8", "Image.NominalPixelRange": "NominalRange_16_235"},
            224,
            Preprocessing(224, 224, keep_aspect=False, scale=255 / 219, mean=(-16.0,) * 3),
        ),
        (CUSTOM_VISION, None, Preprocessing(300, 300, keep_aspect=False)),
        ({"preprocessing": "resize = 36\ncrop = 32"}, None, Preprocessing(36, 32)),
        ({"preprocessing": json.dumps({**USUAL, "size": SQUARE})}, None, usual(224, 224, keep_aspect=False)),
        ({"preprocessing": "???"}, 224, None),
        ({"producer": "x"}, 224, None),
        ({}, None, None),
    ],
)
def test_preprocessing_in_the_metadata_of_a_network(
    metadata: dict[str, str],
    size: Size | None,
    expected: Preprocessing | None,
) -> None:
    found = preprocessing_in(metadata, size)
    assert found == (None if expected is None else (expected, None))
