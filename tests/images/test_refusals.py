"""What cannot be read, and the reason a user is told."""

import os
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.images.test_reading import FILES, HEIC, NAME, reason_of
from tests.support.images import encode, png, png_chunk, read_bytes, smooth
from vgg_desktop.errors import ImageTooLarge, ImageUnreadable
from vgg_desktop.images import reading
from vgg_desktop.images.reading import read


def test_the_failing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "🐕 fehlt.png"
    with pytest.raises(ImageUnreadable) as caught:
        read(path)
    assert str(caught.value) == f"{path} could not be read: there is no such file or folder."


def test_what_is_no_file_of_a_picture(tmp_path: Path) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(ImageUnreadable) as caught:
            read(path)
        return str(caught.value.reason)

    empty, text = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    text.write_text("Not a picture", encoding="utf-8")
    assert reason(tmp_path) == "it is a folder"
    assert reason(empty) == "it is empty"
    assert reason(text).startswith("it is not a picture of a supported kind (JPEG, PNG, ")
    assert reason(Path("nul\0l.png")) == "this name is not allowed for a file"
    assert reason(tmp_path / ("x" * 5000)).startswith(("its name is too long", "there is no such file"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(ImageUnreadable, match="it is not a regular file"):
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
        (b'<?xml version="1.0"?><svg>', "an SVG drawing"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\xff\x0a....", "a JPEG XL picture"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", "a video or a picture of another kind"),
    ],
)
def test_says_what_else_it_is(beginning: bytes, what: str) -> None:
    assert reason_of(beginning + bytes(100)).startswith(f"it is {what}, not a picture of a supported kind (")


@pytest.mark.parametrize("missing", ["pi_heif", "_pi_heif"])  # the second is its library
def test_without_a_decoder_for_heic_the_answer_helps(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pi_heif  # noqa: F401 - all of it, which comes back after the test

    for name in [each for each in sys.modules if each.split(".")[0] == "pi_heif"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
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
def test_the_limit_on_pixels(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PIXELS", 64 * 48)
    assert read_bytes(FILES[format], NAME).width == 64
    monkeypatch.setattr(reading, "MAX_PIXELS", 64 * 48 - 1)
    with pytest.raises(ImageTooLarge) as caught:
        read_bytes(FILES[format], NAME)
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
    bomb = zlib.compress(bytes(30_000_000))
    rows = b"\0\0\0\0"
    for chunk in (png_chunk(b"zTXt", b"a\0\0" + bomb), png_chunk(b"iCCP", b"a\0\0" + bomb)):
        data = png(1, 1, 8, 2, rows, chunk)
        assert reason_of(data) == "its text or colour profile is too large to unpack"


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Image.Image:
        raise MemoryError

    monkeypatch.setattr(reading, "to_srgb", fail)
    assert reason_of(FILES["PNG"]) == "there is not enough memory to decode it"


def test_errors_of_the_disk_are_not_blamed_on_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Image.Image:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(reading, "to_srgb", fail)
    assert reason_of(FILES["PNG"]) == "the disk reports an input/output error"
