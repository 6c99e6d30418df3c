import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image

from tests.support.images import noise_on_gradient, smooth
from vgg_desktop.images import preprocessing as module
from vgg_desktop.images.preprocessing import crop_box, preprocess, resized_size
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Interpolation, Preprocessing

# Made by make_references.py with torchvision itself, and with the Pillow that constraints.txt pins.
REFERENCES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("references.json").read_text("utf-8"))[
    "references"
]
PLAIN = Preprocessing(resize=256, crop=224)


def preset_of(kind: str) -> Preprocessing:
    if kind == "preset":
        return IMAGENET_PREPROCESSING
    aspect, interpolation = kind.split("-")
    assert interpolation in get_args(Interpolation)
    return replace(PLAIN, keep_aspect=aspect == "aspect", interpolation=interpolation)  # type: ignore[arg-type]  # checked above


@pytest.mark.parametrize(
    "reference", REFERENCES, ids=[f"{each['kind']}-{each['width']}x{each['height']}" for each in REFERENCES]
)
def test_equals_torchvision_bit_for_bit(reference: dict[str, Any]) -> None:
    pixels = noise_on_gradient(reference["width"], reference["height"], reference["seed"])
    tensor = preprocess(Image.fromarray(pixels), preset_of(reference["kind"]))
    assert tensor.dtype == np.float32
    assert tensor.shape == (3, 224, 224)
    assert tensor.flags.c_contiguous
    # The sample says what differs where the digest can only say that something does.
    sample = np.frombuffer(bytes.fromhex(reference["sample"]), "<f4").reshape(3, 2, 2)
    np.testing.assert_array_equal(tensor[:, 100:102, 111:113], sample)
    assert hashlib.sha256(tensor.astype("<f4").tobytes()).hexdigest() == reference["sha256"]


@pytest.mark.parametrize("interpolation", get_args(Interpolation))
@pytest.mark.parametrize("size", [(1, 700), (700, 1), (5, 4000), (255, 60_000), (3, 30_001), (60, 90)])
def test_long_pictures_give_nearly_the_same_with_and_without_the_whole(
    size: tuple[int, int], interpolation: Interpolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = Image.fromarray(noise_on_gradient(*size))
    preset = Preprocessing(resize=256, crop=224, interpolation=interpolation, scale=1.0)
    whole = preprocess(image, preset)
    monkeypatch.setattr(module, "_LARGEST_RESIZED", 1)
    difference = np.abs(preprocess(image, preset) - whole)
    if interpolation == "nearest":  # on the border between two pixels it may be either
        assert np.mean(difference > 0) < 0.02
    else:
        assert difference.max() <= 1


@pytest.mark.parametrize("interpolation", get_args(Interpolation))
@pytest.mark.parametrize("size", [(1, 1_000_000), (1_000_000, 1)])
def test_a_line_of_a_million_pixels_is_no_burden(size: tuple[int, int], interpolation: Interpolation) -> None:
    image = Image.new("RGB", size, (255, 0, 51))
    tensor = preprocess(image, replace(PLAIN, interpolation=interpolation))
    np.testing.assert_allclose(tensor[:, 0, 0], [1, 0, 0.2], rtol=1e-6)
    assert np.ptp(tensor, axis=(1, 2)).max() == 0


def test_bgr_swaps_before_mean_and_std() -> None:
    image = Image.new("RGB", (300, 300), (10, 20, 30))
    caffe = Preprocessing(resize=256, crop=224, channels="BGR", scale=1.0, mean=(1.0, 2.0, 3.0))
    assert preprocess(image, caffe)[:, 5, 5].tolist() == [29.0, 18.0, 7.0]


def test_scale_mean_and_std_apply_in_this_order() -> None:
    image = Image.new("RGB", (300, 300), (100, 100, 100))
    preset = Preprocessing(resize=256, crop=224, scale=10.0, mean=(1.0,) * 3, std=(3.0,) * 3)
    assert preprocess(image, preset)[:, 0, 0].tolist() == [3.0, 3.0, 3.0]


def test_grey_has_one_channel_by_the_weights_of_bt_601() -> None:
    grey = Preprocessing(resize=28, crop=28, channels="grey", scale=1.0, mean=(0.0,), std=(2.0,))
    tensor = preprocess(Image.new("RGB", (300, 300), (255, 0, 0)), grey)
    assert tensor.shape == grey.shape == (1, 28, 28)
    assert np.unique(tensor).tolist() == [38.0]  # 0.299 * 255 / 2


def test_height_and_width_may_differ() -> None:
    squashed = Preprocessing(resize=(60, 80), crop=(48, 64), keep_aspect=False)
    assert resized_size(640, 427, squashed) == (80, 60)
    assert crop_box(640, 480, squashed) == (64, 48, 576, 432)
    assert preprocess(smooth(640, 427), squashed).shape == squashed.shape == (3, 48, 64)
    kept = replace(squashed, keep_aspect=True)
    assert resized_size(640, 480, kept) == (80, 60)
    assert resized_size(640, 427, kept) == (89, 60)  # wider: the height is what just covers
    assert resized_size(480, 640, kept) == (80, 106)
    assert preprocess(smooth(480, 640), kept).shape == (3, 48, 64)


def test_the_input_is_left_alone() -> None:
    image = smooth(256, 256)
    before = image.tobytes()
    preprocess(image, IMAGENET_PREPROCESSING)
    assert image.tobytes() == before


@pytest.mark.parametrize(
    ("size", "resized"),
    [
        ((640, 427), (383, 256)),
        ((427, 640), (256, 383)),
        ((256, 256), (256, 256)),
        ((1, 5000), (256, 1_280_000)),
    ],
)
def test_resized_size_rounds_the_longer_side_down(size: tuple[int, int], resized: tuple[int, int]) -> None:
    assert resized_size(*size, IMAGENET_PREPROCESSING) == resized
    assert resized_size(*size, replace(IMAGENET_PREPROCESSING, keep_aspect=False)) == (256, 256)


def test_crop_box_is_in_the_picture_s_own_pixels() -> None:
    assert crop_box(256, 256, IMAGENET_PREPROCESSING) == (16, 16, 240, 240)
    assert crop_box(1024, 512, IMAGENET_PREPROCESSING) == (288, 32, 736, 480)
    # Half a pixel, (383 - 224) / 2 = 79.5, goes to the even 80.
    left, top, right, bottom = crop_box(640, 427, IMAGENET_PREPROCESSING)
    assert (left, right) == pytest.approx((80 * 640 / 383, 304 * 640 / 383))
    assert (top, bottom) == pytest.approx((16 * 427 / 256, 240 * 427 / 256))
    assert crop_box(512, 1024, replace(PLAIN, keep_aspect=False)) == (32, 64, 480, 960)


def test_crop_box_shows_what_the_network_sees() -> None:
    image = Image.new("RGB", (1024, 512), "black")
    left, top, right, bottom = (round(edge) for edge in crop_box(*image.size, PLAIN))
    image.paste("white", (left - 4, top - 4, right + 4, bottom + 4))
    assert preprocess(image, PLAIN).min() == 1.0
    image.paste("black", (left + 4, top, right, bottom))
    assert preprocess(image, PLAIN)[:, :, 0].max() > 0.5
