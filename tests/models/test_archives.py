"""Networks in archives, and what lies beside a network."""

import json
import random
import stat
import struct
import threading
import zipfile
from pathlib import Path

import pytest

from vgg_desktop.errors import Cancelled, ImportNeedsDetails, ModelUnusable, NotEnoughSpace, StorageError
from vgg_desktop.models.archives import companions, is_archive, open_archive
from vgg_desktop.models.catalog import read_preprocessing
from vgg_desktop.models.labels import read_labels
from vgg_desktop.reasons import Bytes

ONNX = b"\x08\x07 a network"
LOBE = json.dumps(
    {
        "doc_id": "x",
        "format": "onnx",
        "filename": "model.onnx",
        "inputs": {"Image": {"dtype": "float32", "shape": [None, 224, 224, 3]}},
        "classes": {"Label": ["cat", "dog"]},
    }
)
CUSTOM_VISION = json.dumps(
    {
        "CustomVision.Preprocess.ResizeMethod": "Stretch",
        "CustomVision.Preprocess.TargetHeight": "224",
        "CustomVision.Preprocess.TargetWidth": "224",
        "Image.BitmapPixelFormat": "Bgr8",
        "Image.NominalPixelRange": "NominalRange_0_255",
    }
)
HUGGING_FACE = json.dumps({"id2label": {"0": "cat", "1": "dog"}, "model_type": "vit"})
PROCESSOR = json.dumps({"do_resize": True, "size": {"height": 224, "width": 224}})
TIMM = json.dumps({"label_names": ["cat", "dog"], "pretrained_cfg": {"input_size": [3, 224, 224]}})
Files = dict[str, bytes | str]


def packed(folder: Path, files: Files, method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path


@pytest.mark.parametrize(
    ("files", "model", "labels", "preprocessing"),
    [
        (
            {"model.onnx": ONNX, "signature.json": LOBE, "onnx_example.py": "x", "requirements.txt": "numpy"},
            "model.onnx",
            "signature.json",
            "signature.json",
        ),
        (
            {"model.onnx": ONNX, "signature.json": LOBE, "labels.txt": "cat\ndog"},
            "model.onnx",
            "labels.txt",
            "signature.json",
        ),
        (
            {
                "model.onnx": ONNX,
                "labels.txt": "cat\r\ndog\r\n",
                "metadata_properties.json": CUSTOM_VISION,
                "cvexport.manifest": "{}",
                "LICENSE": "x",
                "python/predict.py": "x",
            },
            "model.onnx",
            "labels.txt",
            "metadata_properties.json",
        ),
        (
            {
                "vit/onnx/model.onnx": ONNX,
                "vit/config.json": HUGGING_FACE,
                "vit/preprocessor_config.json": PROCESSOR,
            },
            "vit/onnx/model.onnx",
            "vit/config.json",
            "vit/preprocessor_config.json",
        ),
        ({"a/resnet.onnx": ONNX, "a/config.json": TIMM}, "a/resnet.onnx", "a/config.json", "a/config.json"),
        (
            {"Net.ONNX": ONNX, "NET.labels.TXT": "cat\ndog", "net.TOML": "crop = 8"},
            "Net.ONNX",
            "NET.labels.TXT",
            "net.TOML",
        ),
        (
            {
                "__MACOSX/._net.onnx": b"x",
                ".hidden/b.onnx": b"x",
                "net.onnx": ONNX,
                "__MACOSX/labels.txt": "x\ny",
            },
            "net.onnx",
            None,
            None,
        ),
        ({"a\\b\\net.onnx": ONNX, "a\\b\\labels.txt": "cat\ndog"}, "a/b/net.onnx", "a/b/labels.txt", None),
        (
            {"net.onnx": ONNX, "labels.txt": "cat"},
            "net.onnx",
            "labels.txt",
            None,
        ),  # the import says what is wrong
        ({"net.onnx": ONNX, "labels.txt": "cat\ndog", "classes.txt": "dog\ncat"}, "net.onnx", None, None),
        (
            {"net.onnx": ONNX, "labels.txt": "cat\ndog", "classes.txt": "0 cat\n1 dog"},
            "net.onnx",
            "labels.txt",
            None,
        ),
        (
            {"b/net.onnx": ONNX, "b/labels.txt": "cat\ndog", "labels.txt": "x\ny"},
            "b/net.onnx",
            "b/labels.txt",
            None,
        ),
        ({"n\u00e4t 1.onnx": ONNX}, "n\u00e4t 1.onnx", None, None),
    ],
)
def test_archives_with_one_network_are_opened(
    files: Files, model: str, labels: str | None, preprocessing: str | None, tmp_path: Path
) -> None:
    path, folder = packed(tmp_path, files), tmp_path / "unpacked"
    assert is_archive(path.read_bytes()[:4])
    contents = open_archive(path, folder)
    assert contents.model == folder / model
    assert contents.model.read_bytes() == ONNX
    assert contents.labels == (labels and folder / labels)
    assert contents.preprocessing == (preprocessing and folder / preprocessing)
    if preprocessing is not None:
        read_preprocessing(folder / preprocessing)


def test_external_data_comes_along_and_pictures_do_not(tmp_path: Path) -> None:
    files: Files = {
        "net/net.onnx": ONNX,
        "net/net.onnx.data": b"weights",
        "net/parts/conv1.weight": b"more",
        "net/cat.jpg": b"picture",
        "other/large.bin": b"x",
    }
    open_archive(packed(tmp_path, files, zipfile.ZIP_STORED), tmp_path / "unpacked")
    found = {
        str(each.relative_to(tmp_path / "unpacked").as_posix())
        for each in (tmp_path / "unpacked").rglob("*.*")
    }
    assert found == {"net/net.onnx", "net/net.onnx.data", "net/parts/conv1.weight"}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"model_unquant.tflite": b"x", "labels.txt": "0 cat\n1 dog"},
            "the archive holds a network of TensorFlow Lite (model_unquant.tflite) and no ONNX file; "
            "tf2onnx can make one from it",
        ),
        ({"keras_model.h5": b"x", "labels.txt": "0 cat\n1 dog"}, "of Keras (keras_model.h5)"),
        ({"model.json": "{}", "metadata.json": "{}", "weights.bin": b"x"}, "of TensorFlow.js (model.json)"),
        (
            {"saved_model.pb": b"x", "variables/variables.index": b"x", "signature.json": LOBE},
            "of TensorFlow (saved",
        ),
        (
            {"config.json": "{}", "metadata.json": "{}", "model.weights.h5": b"x"},
            "of Keras (model.weights.h5)",
        ),
        (
            {"resnet/data.pkl": b"x", "resnet/data/0": b"x"},
            "of PyTorch (data.pkl) and no ONNX file; torch.onnx",
        ),
        ({"model.mlmodel": b"x"}, "of Core ML (model.mlmodel)"),
        (
            {"a.jpg": b"x", "b.jpg": b"x", "c/d.jpg": b"x", "e.txt": "x"},
            "no ONNX file, but a.jpg, b.jpg, c …",
        ),
        ({}, "the archive is empty"),
        ({"__MACOSX/._a.onnx": b"x"}, "the archive is empty"),
        ({"../net.onnx": ONNX}, "a file whose name is unsafe: ../net.onnx"),
        ({"/etc/net.onnx": ONNX}, "a file whose name is unsafe: /etc/net.onnx"),
        ({"C:\\net.onnx": ONNX}, "a file whose name is unsafe: C:/net.onnx"),
        ({"a/..\\..\\net.onnx": ONNX}, "a file whose name is unsafe"),
        ({"net.onnx": ONNX, **{f"{n}.bin": b"" for n in range(1001)}}, "more than 1000 files"),
        ({"net.onnx": ONNX, **{f"x/{n:0200}.jpg": b"" for n in range(9000)}}, "more than 1000 files"),
        ({"net.onnx": ONNX, "zeros.bin": bytes(101_000_000)}, "the archive unpacks to 10"),
    ],
)
def test_other_archives_are_refused(files: Files, reason: str, tmp_path: Path) -> None:
    path = packed(tmp_path, files)
    with pytest.raises(ModelUnusable) as caught:
        open_archive(path, tmp_path / "unpacked")
    assert reason in str(caught.value.reason)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export.zip"]


def test_several_networks_need_a_choice(tmp_path: Path) -> None:
    with pytest.raises(ImportNeedsDetails, match=r"several ONNX files \(a.onnx, b.onnx\)"):
        open_archive(packed(tmp_path, {"a.onnx": ONNX, "x/b.onnx": ONNX}), tmp_path / "unpacked")


def test_links_and_passwords_and_rare_methods_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("net.onnx", ONNX)
        link = zipfile.ZipInfo("weights.bin")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ModelUnusable, match=r"holds a link: weights\.bin"):
        open_archive(path, tmp_path / "unpacked")
    path = packed(tmp_path, {"net.onnx": ONNX})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(ModelUnusable, match="has a password"):
        open_archive(path, tmp_path / "unpacked")
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(ModelUnusable, match="in a rare way"):
            open_archive(packed(tmp_path, {"net.onnx": ONNX}, method), tmp_path / "unpacked")


def test_damage_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path, {"net.onnx": ONNX * 500, "labels.txt": "cat\ndog"})
    whole = path.read_bytes()
    for data in (whole[:50], whole[:-30], whole[:4], b"PK\x03\x04" + b"x" * 300):
        path.write_bytes(data)
        with pytest.raises(ModelUnusable, match="damaged or cut off"):
            open_archive(path, tmp_path / "unpacked")
    chance = random.Random(3)
    for number in range(200):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(whole))] = chance.randrange(256)
        path.write_bytes(changed)
        folder = tmp_path / "changed" / str(number)
        try:
            contents = open_archive(path, folder)
        except (ModelUnusable, ImportNeedsDetails):
            continue
        assert contents.model.read_bytes() == ONNX * 500
        assert contents.model.is_relative_to(folder)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["changed", "export.zip"]


def test_a_long_list_of_files_is_not_read(tmp_path: Path) -> None:
    path = packed(tmp_path, {"net.onnx": ONNX})
    data = bytearray(path.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    wide = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    path.write_bytes(data[:end] + wide + locator + data[end:])
    with pytest.raises(ModelUnusable, match="more than 1000 files"):
        open_archive(path, tmp_path / "unpacked")


def test_missing_archives_full_disks_and_cancelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="no such file"):
        open_archive(tmp_path / "missing.zip", tmp_path / "unpacked")
    path, cancel = packed(tmp_path, {"net.onnx": ONNX}), threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        open_archive(path, tmp_path / "unpacked", cancel)
    monkeypatch.setattr("vgg_desktop.files.free_bytes", lambda _path: Bytes(3))
    with pytest.raises(NotEnoughSpace):
        open_archive(path, tmp_path / "full")


@pytest.mark.parametrize(
    ("files", "labels", "preprocessing"),
    [
        ({}, None, None),
        ({"labels.txt": "a\nb"}, "labels.txt", None),
        ({"Labels.TXT": "a\nb"}, "Labels.TXT", None),
        ({"class_indices.json": '{"a": 0, "b": 1}'}, "class_indices.json", None),
        (
            {"config.json": HUGGING_FACE, "preprocessor_config.json": PROCESSOR},
            "config.json",
            "preprocessor_config.json",
        ),
        ({"config.json": TIMM}, "config.json", "config.json"),
        ({"config.json": HUGGING_FACE}, "config.json", None),
        ({"config.json": '{"unrelated": 1}'}, None, None),
        ({"signature.json": LOBE}, "signature.json", "signature.json"),
        ({"net.txt": "a\nb", "net.toml": "crop = 8", "labels.txt": "x\ny"}, "net.txt", "net.toml"),
        ({"net.labels.txt": "a\nb", "net.txt": "0 a\n1 b"}, "net.labels.txt", None),
        ({"labels.txt": "a\nb", "classes.txt": "b\na"}, None, None),
        ({"labels.txt": "a", "classes.txt": "a\nb"}, "classes.txt", None),
        ({"other.txt": "a\nb", "other.toml": "crop = 8"}, None, None),
        ({"net.toml": "krop = 8"}, None, None),
        ({"other.onnx": "x", "labels.txt": "a\nb", "config.json": TIMM}, None, None),
        ({"other.onnx": "x", "labels.txt": "x\ny", "net.txt": "a\nb"}, "net.txt", None),
    ],
)
def test_what_lies_beside_a_network(
    files: dict[str, str], labels: str | None, preprocessing: str | None, tmp_path: Path
) -> None:
    network = tmp_path / "net.onnx"
    network.write_bytes(ONNX)
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    found = companions(network)
    assert found == (labels and tmp_path / labels, preprocessing and tmp_path / preprocessing)
    if labels is not None:
        assert len(read_labels(tmp_path / labels)) == 2
    assert companions(tmp_path / "missing" / "net.onnx") == (None, None)
