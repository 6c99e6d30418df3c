"""Files with more than one picture: what is used of them, and that it is told."""

import struct
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.images import encode
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.images.reading import read
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

FRAMES = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
PAGES, FRAME = Why.IMAGE_FIRST_PAGE(), Why.IMAGE_ONE_FRAME()


def noted(path: Path, data: bytes) -> Reason | None:
    """Read a picture, which is removed at once, and return its note."""
    path.write_bytes(data)
    picture = read(path)
    path.unlink()
    assert np.abs(np.asarray(picture.image).astype(int) - (255, 0, 0)).max() <= 3
    return picture.note


@pytest.mark.parametrize(
    ("format", "note"), [("TIFF", PAGES), ("GIF", FRAME), ("WEBP", FRAME), ("PNG", FRAME), ("AVIF", FRAME)]
)
def test_only_the_first_is_read_and_that_is_told(format: str, note: Reason, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    assert noted(path, encode(FRAMES[0], format, save_all=True, append_images=FRAMES[1:])) == note
    assert noted(path, encode(FRAMES[0], format)) is None


def test_a_compressed_tiff_of_pages(tmp_path: Path) -> None:
    data = encode(FRAMES[0], "TIFF", save_all=True, append_images=FRAMES[1:], compression="tiff_lzw")
    assert noted(tmp_path / "picture", data) == PAGES


def tiff(*subfile_types: int | None, next_of_last: int = 0, order: str = "<", big: bool = False) -> bytes:
    """Return a TIFF with a red pixel in each directory (TIFF 6.0), which may say what it is in relation to others."""
    number, offset = ("Q", "Q") if big else ("H", "I")
    kinds = {"H": 3, "I": 4}
    data = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42))
    data += struct.pack(f"{order}HH", 8, 0) if big else b""
    place, pixel = len(data), len(data) + struct.calcsize(f"{order}{offset}")
    data += struct.pack(f"{order}{offset}", 0) + b"\xff\0\0\xff\0\0\0\0"
    bits = len(data)
    data += struct.pack(f"{order}4H", 8, 8, 8, 0)
    first = 0
    for subfile_type in subfile_types:
        tags = [(256, 2, 1), (257, 1, 1), (258, 0, 3), (259, 1, 1), (262, 2, 1), (273, pixel, 1), (277, 3, 1)]
        tags += [(278, 1, 1), (279, 6, 1)] + ([(254, subfile_type, 1)] if subfile_type is not None else [])
        struct.pack_into(f"{order}{offset}", data, place, len(data))
        first = first or len(data)
        data += struct.pack(f"{order}{number}", len(tags))
        for tag, value, count in sorted(tags):
            kind = "H" if tag == 258 else "I"
            data += struct.pack(f"{order}HH{offset}", tag, kinds[kind], count)
            if tag == 258 and big:  # it fits into the entry there
                data += struct.pack(f"{order}4H", 8, 8, 8, 0)
            else:
                value = bits if tag == 258 else value
                data += struct.pack(f"{order}I", value) + bytes(struct.calcsize(f"{order}{offset}") - 4)
        place = len(data)
        data += struct.pack(f"{order}{offset}", 0)
    struct.pack_into(f"{order}{offset}", data, place, first if next_of_last else 0)
    return bytes(data)


@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])  # as Pillow reads them
@pytest.mark.parametrize(
    ("subfile_types", "note"),
    [
        ((None,), None),
        ((None, None), PAGES),
        ((2, 2, 2), PAGES),
        ((0, 1, 1), None),  # a picture with its reduced copies
        ((0, 1, 0, 1), PAGES),
        ((0, 4), None),  # and with a mask
    ],
)
def test_reduced_copies_and_masks_are_no_pages(
    subfile_types: tuple[int | None, ...], note: Reason | None, order: str, big: bool, tmp_path: Path
) -> None:
    assert noted(tmp_path / "picture", tiff(*subfile_types, order=order, big=big)) == note


def test_a_directory_that_follows_itself_is_one(tmp_path: Path) -> None:
    assert noted(tmp_path / "picture", tiff(None, next_of_last=1)) is None


def test_frames_are_not_counted(tmp_path: Path) -> None:
    data = encode(FRAMES[0], "GIF", save_all=True, append_images=FRAMES[1:2], loop=0)
    start = data.rindex(b"\x2c")  # of the last frame (GIF89a, 20)
    path = tmp_path / "long.gif"
    path.write_bytes(data[:-1] + data[start:-1] * 300_000 + b";")
    begun = time.thread_time()
    assert read(path).note == FRAME
    assert time.thread_time() - begun < 0.5  # Pillow needs seconds to count them


def test_others_that_are_damaged_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    for format in ("GIF", "TIFF", "PNG"):
        data = encode(FRAMES[0], format, save_all=True, append_images=FRAMES[1:])
        for kept in range(len(data) // 2, len(data), 3):
            path.write_bytes(data[:kept])
            try:
                picture = read(path)
            except ImageUnreadable:
                continue
            assert picture.note in (PAGES, FRAME, None)
            assert picture.image.getpixel((0, 0)) == (255, 0, 0)
