"""Hundreds of damaged and odd pictures: each gives a result or its reason, and nothing else happens."""

import io
import os
import random
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.images.test_reading import FILES, HEIC, NAME, kind_of
from tests.support.images import encode, matrix_profile, png, png_chunk, quarters, read_bytes
from vgg_desktop.errors import ImageTooLarge, ImageUnreadable
from vgg_desktop.images import decoders, reading
from vgg_desktop.images.reading import Picture, read

SLOW = 5.0  # seconds; all are tiny


@pytest.fixture(autouse=True)
def fewer_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged headers may ask for much: what a test may take is less than what a user's picture may."""
    monkeypatch.setattr(reading, "MAX_PIXELS", 4_000_000)


def sources() -> dict[str, bytes]:
    """Return files of every format and of the variants that take other ways through the decoders."""
    colours = quarters(40, 30)
    noise = Image.effect_noise((40, 30), 60).convert("RGB")
    alpha = noise.convert("RGBA")
    alpha.putalpha(noise.getchannel("R"))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a description"
    frames = [colours, colours.rotate(90), colours.rotate(180)]
    profile = matrix_profile(swap_red_and_blue=True)
    made = {
        "jpeg": encode(noise, "JPEG", exif=exif, icc_profile=profile),
        "jpeg-progressive": encode(noise, "JPEG", progressive=True),
        "jpeg-cmyk": encode(noise.convert("CMYK"), "JPEG"),
        "png": encode(noise, "PNG", exif=exif, icc_profile=profile),
        "png-palette": encode(colours.convert("P"), "PNG", transparency=3),
        "png-16": encode(Image.new("I;16", (40, 30), 40_000), "PNG"),
        "apng": encode(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        "webp": encode(noise, "WEBP", exif=exif, icc_profile=profile),
        "webp-lossless": encode(alpha, "WEBP", lossless=True),
        "webp-animated": encode(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        "avif": encode(alpha, "AVIF", exif=exif, icc_profile=profile),
        "avif-animated": encode(frames[0], "AVIF", save_all=True, append_images=frames[1:]),
        "heic": HEIC,
        "gif": encode(noise, "GIF"),
        "gif-animated": encode(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "bmp": encode(noise, "BMP"),
        "bmp-palette": encode(colours.convert("P"), "BMP"),
        "jp2": encode(noise, "JPEG2000"),
        "j2k": encode(alpha, "JPEG2000", no_jp2=True, irreversible=True),
        "tiff-pages": encode(frames[0], "TIFF", save_all=True, append_images=frames[1:]),
        "tiff-lab": encode(noise.convert("LAB"), "TIFF", exif=exif, icc_profile=profile),
        "tiff-float": encode(noise.convert("F"), "TIFF"),
        "tiff-fax": encode(noise.convert("1"), "TIFF", compression="group4"),
    }
    zstd = [] if sys.platform == "win32" else ["zstd"]  # which Pillow's wheel for Windows lacks
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", *zstd):
        made[f"tiff-{compression}"] = encode(noise, "TIFF", compression=compression)
    return made


def cut(data: bytearray, numbers: random.Random) -> bytes:
    return bytes(data[: numbers.randrange(len(data))])


def flip(data: bytearray, numbers: random.Random) -> bytes:
    for _ in range(numbers.choice([1, 1, 2, 5, 20])):
        data[numbers.randrange(len(data))] ^= 1 << numbers.randrange(8)
    return bytes(data)


def edit_header(data: bytearray, numbers: random.Random) -> bytes:
    for _ in range(numbers.choice([1, 2, 4])):
        position = numbers.randrange(min(len(data), 160))
        data[position : position + 1] = bytes(
            [numbers.choice([0, 1, 0x7F, 0x80, 0xFF, numbers.randrange(256)])]
        )
    return bytes(data)


def overwrite(data: bytearray, numbers: random.Random) -> bytes:
    start, length = numbers.randrange(len(data)), numbers.choice([2, 4, 8, 40])
    value = numbers.choice([b"\0", b"\xff", b"\x7f", b"\xaa"])
    data[start : start + length] = value * min(length, len(data) - start)
    return bytes(data)


def splice(data: bytearray, numbers: random.Random) -> bytes:
    start, end = sorted(numbers.randrange(len(data)) for _ in range(2))
    del data[start : min(end, start + 50)]
    return bytes(data)


DAMAGES: list[Callable[[bytearray, random.Random], bytes]] = [cut, flip, edit_header, overwrite, splice]


def damaged(data: bytes, seed: str) -> Iterator[bytes]:
    numbers = random.Random(seed)
    for damage in DAMAGES:
        for _ in range(8):
            yield damage(bytearray(data), numbers)


def outcome(data: bytes) -> Picture | ImageUnreadable | ImageTooLarge:
    """Read within the limits of time. Any other exception fails the test, and so do warnings."""
    started = time.perf_counter()
    result: Picture | ImageUnreadable | ImageTooLarge
    try:
        result = read_bytes(data, NAME)
    except (ImageUnreadable, ImageTooLarge) as error:
        result = error
    assert time.perf_counter() - started < SLOW
    return result


@pytest.mark.parametrize("name", sources())
def test_damaged_pictures(
    name: str, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    data = sources()[name]
    assert isinstance(outcome(data), Picture)
    reasons = set()
    for each in damaged(data, name):
        result = outcome(each)
        if isinstance(result, Picture):
            assert result.image.mode == "RGB"
            assert result.image.size == (result.width, result.height)
        elif isinstance(result, ImageUnreadable):
            assert str(result.reason).startswith(("it ", "no ", "there is "))
            reasons.add(str(result.reason))
    assert reasons
    assert list(recwarn) == []
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


def test_damaged_files_on_the_disk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    # Decoders read files otherwise than memory: by descriptor, and with other errors at impossible positions.
    path = tmp_path / "damaged 🐕"
    for name, data in sources().items():
        if not name.startswith(("tiff", "bmp", "gif", "jp")):
            continue
        for each in damaged(data, name):
            path.write_bytes(each)
            try:
                read(path)
            except (ImageUnreadable, ImageTooLarge) as error:
                assert "the system says" not in str(error)  # noqa: PT017 - either outcome is fine
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", FILES)
def test_a_picture_cut_off_anywhere_never_passes_for_another_kind(name: str) -> None:
    data = FILES[name]
    for length in range(20, len(data), max(1, len(data) // 40)):
        result = outcome(data[:length])
        if isinstance(result, Picture):  # nothing that matters was lost
            assert kind_of(data[:length]) == name
        else:
            assert isinstance(result, ImageUnreadable)
            assert "supported kind" not in str(result.reason)


def test_odd_but_harmless_pictures() -> None:
    rows = b"\0" + b"\1\2\3" * 2
    odd = [
        FILES["JPEG"] + b"and something after the end",
        FILES["PNG"] + bytes(100),
        encode(Image.new("RGB", (1, 1)), "JPEG"),
        encode(Image.new("L", (65_000, 1)), "PNG"),
        png(2, 1, 8, 2, rows, png_chunk(b"tEXt", b"no separator"), png_chunk(b"gAMA", b"\0\0\0\0")),
        png(2, 1, 8, 2, rows, png_chunk(b"pHYs", b"\0" * 9), png_chunk(b"eXIf", b"nonsense")),
        png(2, 1, 8, 2, rows, png_chunk(b"acTL", struct.pack(">II", 2**31, 0))),
    ]
    for data in odd:
        assert isinstance(outcome(data), Picture)


def test_pictures_that_promise_more_than_they_hold() -> None:
    start = time.perf_counter()
    bomb = png(0, 0, 8, 6, b"", declared=struct.pack(">II", 2000, 2000))
    loop = bytearray(encode(quarters(), "TIFF"))
    (directory,) = struct.unpack("<I", loop[4:8])
    (entries,) = struct.unpack("<H", loop[directory : directory + 2])
    link = directory + 2 + 12 * entries
    loop[link : link + 4] = struct.pack("<I", directory)  # its own next page
    many = FILES["GIF"][:-1] + b"," + b"\0\0\0\0\1\0\1\0\0\2\2\x44\1\0" * 2000
    for data in (bomb, bytes(loop), many):
        outcome(data)
    assert time.perf_counter() - start < SLOW


def test_random_bytes_behind_each_signature() -> None:
    numbers = random.Random(11)
    for data in FILES.values():
        for _ in range(15):
            outcome(data[:16] + numbers.randbytes(400))


def test_several_threads_read_damaged_pictures(capfd: pytest.CaptureFixture[str]) -> None:
    wrong: list[BaseException] = []

    def work(seed: int) -> None:
        try:
            for name in ("tiff-tiff_lzw", "tiff-jpeg", "png", "gif-animated"):
                for each in damaged(made[name], f"{name}{seed}"):
                    outcome(each)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            wrong.append(error)

    made = sources()
    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert capfd.readouterr().err == ""
    os.write(2, b"restored")
    assert capfd.readouterr().err == "restored"


def test_a_file_that_is_emptied_while_it_is_read_is_damaged() -> None:
    """A program that saves a picture once more first empties its file."""
    reason = decoders.why_undecodable(OSError("image file is truncated"), None, io.BytesIO(b""))
    assert str(reason)
