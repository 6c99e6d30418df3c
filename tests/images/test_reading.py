import os
import struct
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tests.support.images import encode, png, png_chunk, quarters, read_bytes, smooth
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.images.kinds import EXTENSIONS, FORMAT_NAMES, HEAD_SIZE, recognise
from vgg_desktop.images.reading import read

NAME = Path("picture")
# `quarters(64, 48)` through Debian's `heif-enc -q 60`: nothing that the tests install can encode HEIC.
HEIC = Path(__file__).with_name("quarters.heic").read_bytes()

FILES = {
    "JPEG": encode(quarters(64, 48), "JPEG", quality=95, subsampling=0),
    "PNG": encode(quarters(64, 48), "PNG"),
    "WebP": encode(quarters(64, 48), "WEBP", lossless=True),
    "AVIF": encode(quarters(64, 48), "AVIF", quality=95, subsampling="4:4:4"),
    "HEIC": HEIC,
    "GIF": encode(quarters(64, 48), "GIF"),
    "BMP": encode(quarters(64, 48), "BMP"),
    "TIFF": encode(quarters(64, 48), "TIFF", compression="tiff_lzw"),
    "JPEG 2000": encode(quarters(64, 48), "JPEG2000"),
}


def pixels_of(data: bytes) -> NDArray[np.int64]:
    return np.asarray(read_bytes(data, NAME).image).astype(np.int64)


def reason_of(data: bytes) -> str:
    with pytest.raises(ImageUnreadable) as caught:
        read_bytes(data, NAME)
    return str(caught.value.reason)


def assert_close(found: NDArray[np.int64], image: Image.Image, tolerance: int) -> None:
    expected = np.asarray(image).astype(np.int64)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= tolerance


def kind_of(data: bytes) -> str | None:
    kind = recognise(data[:HEAD_SIZE])
    return kind.name if kind else None


def test_every_format_has_an_example() -> None:
    assert set(FILES) == set(FORMAT_NAMES)


@pytest.mark.parametrize("format", FILES)
def test_reads_each_format_by_content(format: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(FILES[format])
    picture = read(path)
    assert (kind_of(FILES[format]), picture.width, picture.height) == (format, 64, 48)
    assert picture.image.mode == "RGB"
    assert_close(np.asarray(picture.image).astype(np.int64), quarters(64, 48), 6)
    path.unlink()  # nothing keeps the file open, which Windows would not allow


def test_jpeg_2000_codestream_and_big_tiff_are_recognised() -> None:
    for kind, data in (
        ("JPEG 2000", encode(smooth(), "JPEG2000", no_jp2=True)),
        ("TIFF", encode(smooth(), "TIFF", big_tiff=True)),
    ):
        assert read_bytes(data, NAME).width == 48
        assert kind_of(data) == kind


def test_avif_under_the_containers_brand_is_avif() -> None:
    data = FILES["AVIF"]
    assert data[8:12] == b"avif"
    data = data[:8] + b"mif1" + data[12:]
    assert read_bytes(data, NAME).width == 64
    assert kind_of(data) == "AVIF"


def test_constants_suit_dialogs() -> None:
    assert FORMAT_NAMES[0] == "JPEG"
    assert all(extension.startswith(".") and extension == extension.lower() for extension in EXTENSIONS)
    assert len(set(EXTENSIONS)) == len(EXTENSIONS)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_upright(orientation: int, format: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"quality": 95} if format in ("JPEG", "WEBP", "AVIF") else {}
    data = encode(quarters(64, 48), format, exif=exif, **options)
    upright = quarters(64, 48)
    upright.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(upright)
    picture = read_bytes(data, NAME)
    assert (picture.width, picture.height) == picture.image.size == upright.size
    found, expected = np.asarray(picture.image).astype(int), np.asarray(upright).astype(int)
    for row, column in [(8, 8), (8, -8), (-8, 8), (-8, -8)]:
        assert np.abs(found[row, column] - expected[row, column]).max() <= 12


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0II*\0\xff\xff\xff\xff"]
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_broken_exif_costs_nothing(exif: bytes, format: str) -> None:
    assert_close(pixels_of(encode(smooth(), format, exif=exif)), smooth(), 30)


def test_draft_decodes_a_jpeg_smaller_and_keeps_its_size() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encode(quarters(800, 480), "JPEG", exif=exif)
    picture = read_bytes(data, NAME, draft=100)
    assert (picture.width, picture.height) == (480, 800)
    assert picture.image.size == (120, 200)
    assert read_bytes(data, NAME, draft=10_000).image.size == (480, 800)
    assert read_bytes(encode(quarters(80, 48), "PNG"), NAME, draft=4).image.size == (80, 48)


def test_a_tiff_of_very_many_pages_does_not_hang() -> None:
    data = bytearray(encode(Image.new("L", (4, 4)), "TIFF"))
    (start,) = struct.unpack("<I", data[4:8])
    (entries,) = struct.unpack("<H", data[start : start + 2])
    directory = data[start : start + 2 + 12 * entries]
    data[4:8] = struct.pack("<I", len(data))
    for _ in range(20_000):
        data += directory + struct.pack("<I", len(data) + len(directory) + 4)
    started = time.perf_counter()
    assert read_bytes(bytes(data), NAME).width == 4
    assert time.perf_counter() - started < 3


def test_damaged_later_frames_do_not_matter() -> None:
    frames = [Image.effect_noise((50, 50), deviation) for deviation in (20, 50, 90)]
    for format in ("GIF", "PNG"):
        data = encode(frames[0], format, save_all=True, append_images=frames[1:])
        assert read_bytes(data[:-1000], NAME).image.size == (50, 50)


@pytest.mark.parametrize(
    "name",
    [
        "with spaces.png",
        "Käfer Größe.png",
        "图片.png",
        "🐕 🦆.png",
        "no extension",
        "percent%20.png",
        "ñ" * 80,
    ],
)
def test_any_name_will_do(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES["PNG"])
    assert read(path).width == 64


def broken_tiff() -> bytes:
    data = bytearray(encode(quarters(64, 48), "TIFF", compression="tiff_adobe_deflate"))
    data[8:40] = b"\xaa" * 32
    return bytes(data)


def test_pillow_lets_libtiff_write_to_the_standard_error_stream(capfd: pytest.CaptureFixture[str]) -> None:
    # Why `quiet_decoding` is there; when this fails, it can go.
    import io

    with pytest.raises(OSError, match="decoder error"):
        Image.open(io.BytesIO(broken_tiff())).load()
    assert "ZIPDecode" in capfd.readouterr().err


def test_nothing_of_libtiff_reaches_the_standard_error_stream(capfd: pytest.CaptureFixture[str]) -> None:
    assert reason_of(broken_tiff()).startswith("it is damaged")
    assert capfd.readouterr().err == ""
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_reads_without_a_standard_error_stream(tmp_path: Path) -> None:
    # Without one, the picture's own file gets the descriptor 2.
    path = tmp_path / "picture.tif"
    path.write_bytes(FILES["TIFF"])
    program = (
        "import sys, pathlib; from vgg_desktop.images.reading import read;"
        "print(read(pathlib.Path(sys.argv[1])).width)"
    )
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout.strip() == "64"


def test_importing_the_reader_brings_no_window_and_no_runtime() -> None:
    program = (
        "import sys, vgg_desktop.images.reading, vgg_desktop.images.preprocessing;"
        "print([name for name in ('PySide6', 'onnxruntime', 'pi_heif') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_several_threads_read_at_once_without_warnings(capfd: pytest.CaptureFixture[str]) -> None:
    # Palette with transparency as bytes, a broken TIFF directory, a damaged APNG: all of these warn in Pillow.
    warns = [
        png(1, 1, 8, 2, b"\0\1\2\3", png_chunk(b"acTL", b"\0\0\0\0\0\0\0\0")),
        encode(quarters(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\2\0" + b"\x12\x01\x03\0\xff\xff\0\0" * 3),
        broken_tiff(),
        FILES["TIFF"],
        FILES["GIF"],
    ]
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(15):
                for data in warns:
                    try:
                        read_bytes(data, NAME)
                    except ImageUnreadable:
                        continue
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert [str(each.message) for each in caught] == []
    assert capfd.readouterr().err == ""


def test_what_a_camera_says(tmp_path: Path) -> None:
    def read_with(*facts: object) -> tuple[str, str]:
        exif = Image.Exif()
        for tag, value in zip((0x010F, 0x0110), facts, strict=False):
            exif[tag] = value
        if len(facts) > 2:
            exif.get_ifd(0x8769)[0x9003] = facts[2]
        Image.new("RGB", (8, 8)).save(path := tmp_path / "a.jpg", exif=exif)
        picture = read(path)
        return picture.camera, picture.taken

    assert read_with() == ("", "")
    assert read_with("Canon", "Canon EOS 5D", "2024:05:31 18:02:11") == (
        "Canon EOS 5D",
        "2024:05:31 18:02:11",
    )
    assert read_with("NIKON", "D3\0 ") == ("NIKON D3", "")
    assert read_with("a\x1b[2J\u202eb" + "x" * 200, "")[0].startswith("a\\x1b[2J")
    assert len(read_with("x" * 200, "y")[0]) < 100
