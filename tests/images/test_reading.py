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

from tests.support.images import encode, png, png_chunk, quarters, smooth
from vgg_desktop.errors import ImageTooLarge, ImageUnreadable
from vgg_desktop.images import reading
from vgg_desktop.images.reading import EXTENSIONS, FORMAT_NAMES, find_pictures, read, read_bytes

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
    return caught.value.reason


def assert_close(found: NDArray[np.int64], image: Image.Image, tolerance: int) -> None:
    expected = np.asarray(image).astype(np.int64)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= tolerance


def test_every_format_has_an_example() -> None:
    assert set(FILES) == set(FORMAT_NAMES)


@pytest.mark.parametrize("format", FILES)
def test_reads_each_format_by_content(format: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(FILES[format])
    picture = read(path)
    assert (picture.format, picture.width, picture.height, picture.frames) == (format, 64, 48, 1)
    assert picture.image.mode == "RGB"
    assert_close(np.asarray(picture.image).astype(np.int64), quarters(64, 48), 6)
    path.unlink()  # nothing keeps the file open, which Windows would not allow


def test_jpeg_2000_codestream_and_big_tiff_are_recognised() -> None:
    assert read_bytes(encode(smooth(), "JPEG2000", no_jp2=True), NAME).format == "JPEG 2000"
    assert read_bytes(encode(smooth(), "TIFF", big_tiff=True), NAME).format == "TIFF"


def test_avif_under_the_containers_brand_is_avif() -> None:
    data = FILES["AVIF"]
    assert data[8:12] == b"avif"
    assert read_bytes(data[:8] + b"mif1" + data[12:], NAME).format == "AVIF"


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


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_only_the_first_frame_is_read(format: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    path = tmp_path / "picture"
    path.write_bytes(encode(frames[0], format, save_all=True, append_images=frames[1:]))
    picture = read(path)
    path.unlink()
    assert picture.frames == 3
    assert np.abs(np.asarray(picture.image).astype(int) - (255, 0, 0)).max() <= 3


def test_a_tiff_of_very_many_pages_does_not_hang() -> None:
    data = bytearray(encode(Image.new("L", (4, 4)), "TIFF"))
    (start,) = struct.unpack("<I", data[4:8])
    (entries,) = struct.unpack("<H", data[start : start + 2])
    directory = data[start : start + 2 + 12 * entries]
    data[4:8] = struct.pack("<I", len(data))
    for _ in range(20_000):
        data += directory + struct.pack("<I", len(data) + len(directory) + 4)
    started = time.perf_counter()
    assert read_bytes(bytes(data), NAME).frames == 1000
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


def test_the_failing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "🐕 fehlt.png"
    with pytest.raises(ImageUnreadable) as caught:
        read(path)
    assert str(caught.value) == f"{path} could not be read: there is no such file."


def test_what_is_no_file_of_a_picture(tmp_path: Path) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(ImageUnreadable) as caught:
            read(path)
        return caught.value.reason

    empty, text = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    text.write_text("Not a picture", encoding="utf-8")
    assert reason(tmp_path) == "it is a folder"
    assert reason(empty) == "it is empty"
    assert reason(text).startswith("it is not a picture of a supported kind (JPEG, PNG, ")
    assert reason(Path("nul\0l.png")) == "no file can have this name"
    assert reason(tmp_path / ("x" * 5000)).startswith(("the system says: ", "there is no such file"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(ImageUnreadable, match="it is not an ordinary file"):
            read(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(FILES["PNG"])
    path.chmod(0)
    with pytest.raises(ImageUnreadable, match="there is no permission to read it"):
        read(path)


def test_a_file_of_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    path = tmp_path / "large.bmp"
    path.write_bytes(FILES["BMP"])
    with pytest.raises(ImageUnreadable, match=r"it has 9\.3 kB; the limit is 100 bytes"):
        read(path)


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b'<?xml version="1.0"?><svg>', "an SVG drawing or another XML document"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\xff\x0a....", "a JPEG XL picture"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", "a video or a picture of another kind"),
    ],
)
def test_says_what_else_it_is(beginning: bytes, what: str) -> None:
    assert reason_of(beginning + bytes(100)).startswith(f"it is {what}, not a picture of a supported kind (")


def test_without_a_decoder_for_heic_the_answer_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    assert reason_of(HEIC) == "HEIC pictures cannot be decoded on this system; save it as JPEG and try again"


@pytest.mark.parametrize("format", FILES)
def test_says_that_a_file_is_cut_off(format: str) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    pillow_name = {"WebP": "WEBP", "JPEG 2000": "JPEG2000"}.get(format, format)
    data = HEIC if format == "HEIC" else encode(noise, pillow_name)
    reason = reason_of(data[: len(data) * 4 // 5])
    percent = int(reason.removeprefix("it is cut off after about ").removesuffix(" %"))
    assert 65 <= percent <= 85


def test_says_that_a_file_without_a_row_is_cut_off() -> None:
    assert reason_of(encode(smooth(), "JPEG", progressive=True)[:-20]) == "it is cut off"
    assert reason_of(FILES["PNG"][:33]) == "it is cut off"


def test_says_that_a_picture_is_damaged() -> None:
    data = bytearray(FILES["PNG"])
    data[data.index(b"IDAT") + 8] ^= 0xFF
    assert reason_of(bytes(data)) == "it is damaged, or of a rare variant that is not supported"


@pytest.mark.parametrize("format", FILES)
def test_the_limit_on_pixels(format: str) -> None:
    assert read_bytes(FILES[format], NAME, max_pixels=64 * 48).width == 64
    with pytest.raises(ImageTooLarge) as caught:
        read_bytes(FILES[format], NAME, max_pixels=64 * 48 - 1)
    error = caught.value
    assert (error.path, error.width, error.height, error.limit) == (NAME, 64, 48, 64 * 48 - 1)


def test_large_pictures_are_refused_by_their_header_alone() -> None:
    jpeg = bytearray(FILES["JPEG"])
    start = jpeg.index(b"\xff\xc0") + 5
    jpeg[start : start + 4] = struct.pack(">HH", 65500, 65500)
    webp = bytearray(encode(smooth(), "WEBP", exif=b"Exif\0\0II*\0"))
    assert webp[12:16] == b"VP8X"
    webp[24:30] = b"\xfe\x3f\x00" * 2
    gif = bytearray(FILES["GIF"])
    gif[6:10] = b"\xff" * 4
    huge = png(0, 0, 8, 2, b"", declared=struct.pack(">II", 2_000_000_000, 2_000_000_000))
    for data in (bytes(jpeg), bytes(webp), bytes(gif), huge):
        with pytest.raises(ImageTooLarge):
            read_bytes(data, NAME)


def test_limits_between_pillows_warning_and_ours_are_ours() -> None:
    # 190 million pixels: Pillow would call this an attack. It is cut off, so nothing large is decoded.
    data = png(0, 0, 1, 0, b"", declared=struct.pack(">II", 19_000, 10_000))
    assert reason_of(data).startswith("it is cut off")


def test_a_very_long_side_is_refused() -> None:
    data = png(0, 0, 8, 2, b"", declared=struct.pack(">II", 1, 200_000_000))
    assert reason_of(data) == "it has 1 x 200000000 pixels; no side may have more than 1000000"


def test_limits_of_pillow_stay_as_they_were() -> None:
    before = Image.MAX_IMAGE_PIXELS
    for data in FILES.values():
        read_bytes(data, NAME)
    assert before == Image.MAX_IMAGE_PIXELS is not None


def test_texts_and_profiles_that_unpack_to_too_much() -> None:
    import zlib

    bomb = zlib.compress(bytes(30_000_000))
    rows = b"\0\0\0\0"
    for chunk in (png_chunk(b"zTXt", b"a\0\0" + bomb), png_chunk(b"iCCP", b"a\0\0" + bomb)):
        data = png(1, 1, 8, 2, rows, chunk)
        assert reason_of(data) == "it carries texts or a colour profile that are too large to unpack"


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: Image.Image) -> Image.Image:
        raise MemoryError

    monkeypatch.setattr(reading, "to_srgb", fail)
    assert reason_of(FILES["PNG"]) == "there is not enough memory to decode it"


def test_errors_of_the_disk_are_not_blamed_on_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Image.Image) -> Image.Image:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(reading, "to_srgb", fail)
    assert reason_of(FILES["PNG"]) == f"the system says: {os.strerror(5)}"


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


def test_find_pictures(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt", ".hidden.png", "sub/ü.webp", ".git/c.png", "__MACOSX/a.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "folder.png").mkdir()
    assert find_pictures(tmp_path, recursive=False) == [tmp_path / "a.png", tmp_path / "b.JPG"]
    assert find_pictures(tmp_path, recursive=True) == [
        tmp_path / "a.png",
        tmp_path / "b.JPG",
        tmp_path / "sub" / "ü.webp",
    ]
    assert find_pictures(tmp_path / "notes.txt", recursive=False) == [tmp_path / "notes.txt"]
    assert find_pictures(tmp_path / "missing", recursive=True) == [tmp_path / "missing"]
