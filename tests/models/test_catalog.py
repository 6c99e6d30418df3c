"""The bundled catalog's facts, and what a user's own may not do."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid, UnknownModel
from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    Preprocessing,
    download_addresses,
    find,
    load_catalog,
    read_catalog,
    read_preprocessing,
)
from vgg_desktop.models.labels import read_labels

SHA256 = {
    "vgg16": "f20805a3ecccaa88647bbab4ad011ff2412a9838485ea844de0fcbce349820b9",
    "vgg16-bn": "4fdceabf1ef715c9ed3020fa2eac1cb2a448296c086b03633c80cf47e1c5afce",
    "vgg19": "692f9f927f1df1b89033787a77a73eac59fd9b3344f9ecdf0b13221e41c2046f",
    "vgg19-bn": "ce0987dfa6228ad29708013f38b7f73cbc14ca6066a05fc22ee49b35871c63ed",
}


def test_bundled_catalog() -> None:
    specs = load_catalog()
    assert [spec.id for spec in specs] == ["everyday", "starter", *SHA256]
    for id, digest in SHA256.items():
        spec = find(specs, id)
        assert spec.sha256 == digest
        assert spec.preprocessing == IMAGENET_PREPROCESSING
        assert [address.split("/")[2] for address in spec.addresses] == [
            "huggingface.co",
            "media.githubusercontent.com",
            "s3.amazonaws.com",
        ]
        assert len(read_labels(spec.labels)) == 1000


@pytest.mark.parametrize(("id", "top1", "classes"), [("everyday", 75.1, 1000), ("starter", 91.14, 10)])
def test_bundled_networks_are_the_files_that_the_catalog_describes(
    id: str, top1: float, classes: int
) -> None:
    spec = find(load_catalog(), id)
    assert spec.origin == "bundled"
    data = (paths.resource("models") / spec.filename).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (spec.size, spec.sha256)
    assert spec.size <= 10_000_000
    assert (spec.top1, len(read_labels(spec.labels))) == (top1, classes)


def test_the_everyday_network_answers_as_its_published_weights() -> None:
    spec = find(load_catalog(), "everyday")
    known = json.loads(paths.resource("models/everyday.json").read_text("utf-8"))
    assert known["exported"] == {"sha256": spec.sha256, "bytes": spec.size}
    for pictures in (known["photographs"], known["noise"]):
        assert pictures["same_first_class"] == pictures["pictures"] >= 50
        assert pictures["largest_difference_of_probability"] < 0.01
    preprocessing = spec.preprocessing
    for pixel in (0, 127, 255):
        mean, std = preprocessing.mean[0], preprocessing.std[0]
        assert (pixel / preprocessing.scale - mean) / std == pytest.approx((pixel - 127) / 128)


def test_imagenet_labels() -> None:
    labels = read_labels(paths.resource("labels/imagenet.tsv"))
    ids = [label.id for label in labels]
    assert ids == sorted(set(ids))
    assert [label.index for label in labels] == list(range(1000))
    assert labels[134].name == labels[517].name.split(",")[0] == "crane"
    assert labels[638].name.split(",")[0] == labels[639].name.split(",")[0] == "maillot"
    assert (labels[65].name, labels[285].name) == ("sea snake", "Egyptian cat")


def test_mirror_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find(load_catalog(), "vgg16")
    monkeypatch.setenv("VGG_DESKTOP_MIRROR", "https://models.example/vgg/")
    assert download_addresses(spec) == ("https://models.example/vgg/vgg16-7.onnx", *spec.addresses)


def test_unknown_id_names_the_known_ones() -> None:
    with pytest.raises(UnknownModel, match="vgg19-bn"):
        find(load_catalog(), "vgg20")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('sha256 = "f2', 'sha256 = "F2', "64 hexadecimal"),
        ("bytes = 553437328", "bytes = -1", "positive"),
        ("bytes = 553437328", 'bytes = "many"', "wrong type"),
        ("bytes = 553437328", "byte = 1", "lacks `bytes`"),
        ('file = "vgg16-7.onnx"', 'file = "../vgg16-7.onnx"', "plain name"),
        ('"https://huggingface.co', '"ftp://huggingface.co', "https"),
        ('preprocessing = "imagenet"', 'preprocessing = "none"', "unknown preprocessing"),
        ("top1 = 72.62", "top_1 = 72.62", "unknown key"),
        ("[[model]]", "[[model]", "Expected"),
    ],
)
def test_mistakes_are_named(old: str, new: str, reason: str, tmp_path: Path) -> None:
    text = paths.resource("models.toml").read_text("utf-8")
    path = tmp_path / "models.toml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CatalogInvalid, match=reason):
        read_catalog(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (paths.resource("models.toml").read_text("utf-8"), "taken"),
        ("[[model]", "Expected"),
        (("a" + ".a" * 100_000 + " = 1"), "nested"),
    ],
    ids=["ids", "broken", "nested"],
)
def test_own_catalog_that_is_invalid_costs_only_itself(app_home: Path, text: str, reason: str) -> None:
    (app_home / "config").mkdir(parents=True)
    (app_home / "config" / "models.toml").write_text(text, "utf-8")
    found: list[CatalogInvalid] = []
    assert load_catalog(found.append) == read_catalog(paths.resource("models.toml"))
    (error,) = found
    assert reason in str(error)


def test_own_catalog_that_is_a_folder_costs_only_itself(app_home: Path) -> None:
    (app_home / "config" / "models.toml").mkdir(parents=True)
    found: list[CatalogInvalid] = []
    assert "starter" in [spec.id for spec in load_catalog(found.append)]
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "crop = 0",
        "crop = 224\nresize = 100",
        "crop = 224\nscale = 0.0039",
        "crop = 224\nstd = 0",
        "crop = 224\nmean = [1, 2]",
        'crop = 224\nchannels = "grey"\nmean = [1, 2, 3]',
        "crop = [224]",
        "crop = [224, 2.5]",
        "crop = [224, 224, 3]",
        "crop = [8, 16]\nresize = [16, 8]",
    ],
)
def test_impossible_preprocessing_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "preprocessing.toml"
    path.write_text(text)
    with pytest.raises(CatalogInvalid):
        read_preprocessing(path)


MODEL = f"""
[[model]]
id = "mine"
title = "Mine"
file = "mine.onnx"
bytes = 5
sha256 = "{"0" * 64}"
labels = "labels.txt"
preprocessing = "p"
addresses = ["https://example.org/mine.onnx"]
"""
PRESET = "[preprocessing.p]\ncrop = 8\n"


@pytest.mark.parametrize(
    "text",
    [
        "model = [1, 2]",
        "model = [[1]]",
        "model = 5",
        '[model]\nid = "x"',
        "preprocessing = 5\nmodel = []",
        'preprocessing = ["p"]\n' + MODEL,
        MODEL + "[preprocessing]\np = 5",
        MODEL + '[preprocessing]\np = ["a"]',
        PRESET.replace("8", "[8]") + MODEL,
        PRESET.replace("8", '"8"') + MODEL,
        PRESET + "mean = [[1], 2, 3]" + MODEL,
        PRESET + "mean = [1, 2, true]" + MODEL,
        PRESET + "mean = inf" + MODEL,
        PRESET + "std = nan" + MODEL,
        PRESET + "scale = nan" + MODEL,
        PRESET + f"scale = {10**400}" + MODEL,
        PRESET + f"std = {10**400}" + MODEL,
        PRESET + MODEL.replace("bytes = 5", f"bytes = {10**400}"),
        PRESET + MODEL + "top1 = nan",
        PRESET + MODEL + f"top5 = {10**400}",
        PRESET + MODEL.replace('["https://example.org/mine.onnx"]', "[[1], {}]"),
        PRESET + MODEL.replace('"mine"', "{}"),
        PRESET + MODEL.replace('preprocessing = "p"', "preprocessing = []"),
        "model = " + "[" * 5000 + "]" * 5000,
        "a." * 3000 + "b = 1",
        "a." * 100_000 + "b = 1",
        "model = {" + '"a".' * 100_000 + "b = 1}",
        'a."=".' * 100_000 + "b = 1",
        "#" * 1_000_001,
        "\0",
    ],
    ids=range(30),
)
def test_odd_shapes_are_mistakes_and_no_crash(text: str, tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogInvalid):
        read_catalog(path)
    with pytest.raises(CatalogInvalid):
        read_preprocessing(path)


def test_a_catalog_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(PRESET + MODEL, "utf-8-sig")
    (spec,) = read_catalog(path)
    assert (spec.id, spec.preprocessing.scale, spec.outputs, spec.top1) == ("mine", 255, "logits", None)


@pytest.mark.parametrize("reader", [read_catalog, read_preprocessing, read_labels])
def test_files_that_are_no_text_are_told_in_plain_words(
    reader: Callable[[Path], object], tmp_path: Path
) -> None:
    binary = tmp_path / "file"
    binary.write_bytes(b"\x81\xfe\x8d")
    for path, reason in {
        tmp_path / "missing": "there is no such file or folder",
        binary: "it is not UTF-8 text; save it as UTF-8 and try again",
        Path("\0"): "this name is not allowed for a file",
    }.items():
        with pytest.raises(CatalogInvalid) as caught:
            reader(path)
        assert str(caught.value.reason) == reason
    if os.name != "nt":
        with pytest.raises(CatalogInvalid, match="it is a folder"):
            reader(tmp_path)


def test_outputs_are_known_only_when_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "preprocessing.toml"
    for text, expected in (("", None), ('outputs = "logits"', "logits")):
        path.write_text("crop = 8\n" + text)
        assert read_preprocessing(path)[1] == expected


def test_sizes_may_be_height_and_width_and_channels_grey(tmp_path: Path) -> None:
    path = tmp_path / "preprocessing.toml"
    path.write_text('crop = [48, 64]\nchannels = "grey"\nmean = 0.5\nstd = [0.25]\noutputs = "percent"\n')
    found, outputs = read_preprocessing(path)
    assert found == Preprocessing(resize=(48, 64), crop=(48, 64), channels="grey", mean=(0.5,), std=(0.25,))
    assert outputs == "percent"
    path.write_text("crop = [48, 48]\nresize = 64\n")
    assert read_preprocessing(path)[0] == Preprocessing(resize=64, crop=48)
