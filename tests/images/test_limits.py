"""Pictures made to hold the program: how long one may take, and how soon one is given up."""

import io
import struct
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.images import many_scans
from vgg_desktop.errors import Cancelled, ImageTooLarge, ImageUnreadable
from vgg_desktop.images import decoders, limits, reading
from vgg_desktop.images.limits import MemoryBudget
from vgg_desktop.images.reading import read
from vgg_desktop.why import Why


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    path = tmp_path / "slow.jpg"
    path.write_bytes(many_scans(4000, 10_000))
    return path


def test_a_picture_may_take_so_long_and_no_longer(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    begun = time.thread_time()
    with pytest.raises(ImageUnreadable, match="it takes more than 0 seconds to decode"):
        read(slow)
    assert time.thread_time() - begun < 1.5


def test_one_that_is_not_wanted_any_more_is_given_up(slow: Path) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        read(slow, cancel=cancel)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("ends_by", ["cancel", "clock"])
def test_a_decoder_that_does_not_return_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends_by: str
) -> None:
    release, cancel, budget = threading.Event(), threading.Event(), MemoryBudget(10**9)
    monkeypatch.setattr(reading, "DECODING_MEMORY", budget)
    monkeypatch.setattr(decoders, "load_pixels", lambda _image: release.wait(30))
    Image.new("RGB", (8, 8)).save(tmp_path / "hangs.webp")
    if ends_by == "cancel":
        threading.Timer(0.2, cancel.set).start()
    else:
        monkeypatch.setattr(limits, "CLOCK_SECONDS", 0.2)
    with pytest.raises(Cancelled if ends_by == "cancel" else ImageUnreadable):
        read(tmp_path / "hangs.webp", cancel=cancel)
    assert budget._held  # it still has its memory
    release.set()
    while budget._held:
        time.sleep(0.01)


def jpeg_of_size(width: int, height: int) -> bytes:
    """Return a flat grey JPEG of any size (ITU T.81), each block of which takes two bits."""
    stream = io.BytesIO()
    Image.new("L", (8, 8), 128).save(stream, "JPEG", optimize=True)
    data = bytearray(stream.getvalue())
    frame = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, frame + 5, height, width)
    start = data.index(b"\xff\xda")
    start += 2 + struct.unpack_from(">H", data, start + 2)[0]
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    return bytes(data[:start]) + b"\0" * (blocks // 4 + 1) + b"\xff\xd9"


def test_a_draft_of_a_picture_that_is_too_large_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    path.write_bytes(jpeg_of_size(20_000, 12_000))
    picture = read(path, draft=768)
    assert (picture.width, picture.height, picture.image.size) == (20_000, 12_000, (2500, 1500))
    with pytest.raises(ImageTooLarge, match="240"):
        read(path)


def test_a_signalling_nan_leaves_no_warning(tmp_path: Path) -> None:
    values = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    Image.fromarray(values).save(tmp_path / "nan.tif")
    data = (tmp_path / "nan.tif").read_bytes()
    (tmp_path / "nan.tif").write_bytes(data.replace(values.tobytes()[:4], b"\1\0\xa0\x7f", 1))
    read(tmp_path / "nan.tif")  # warnings are errors here


def test_alpha_that_is_nought_everywhere_is_none(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (200, 30, 40, 0)).save(tmp_path / "nought.png")
    assert read(tmp_path / "nought.png").image.getpixel((0, 0)) == (200, 30, 40)


@pytest.mark.parametrize("extension", ["gif", "webp", "png"])
def test_an_empty_first_frame_gives_way_to_the_next(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"blank.{extension}"
    frames = [Image.new("RGBA", (8, 8), (0, 0, 0, 0)), Image.new("RGBA", (8, 8), (200, 30, 40, 255))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=50, lossless=True)
    assert read(path).image.getpixel((4, 4)) == (200, 30, 40)


def test_white_on_transparent_is_put_on_grey(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (8, 8), (255, 255, 255, 0))
    logo.paste((255, 255, 255, 255), (2, 2, 6, 6))
    logo.save(tmp_path / "logo.png")
    image = read(tmp_path / "logo.png").image
    assert image.getpixel((0, 0)) == (128, 128, 128)
    assert image.getpixel((4, 4)) == (255, 255, 255)


def test_a_very_large_jpeg_2000_is_decoded_at_a_part_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its decoder lets no other thread run: a window would not answer meanwhile."""
    path = tmp_path / "noise.jp2"
    noise = np.random.default_rng(0).integers(0, 256, (256, 320, 3), np.uint8)
    Image.fromarray(noise).save(path)
    whole = read(path)
    assert (whole.image.size, whole.note) == ((320, 256), None)
    monkeypatch.setattr(decoders, "JPEG2000_BYTES", path.stat().st_size // 10)
    reduced = read(path)
    assert reduced.image.size == (80, 64)
    assert (reduced.width, reduced.height) == (320, 256)
    assert reduced.note == Why.IMAGE_REDUCED()
    monkeypatch.setattr(decoders, "JPEG2000_BYTES", 1)  # there are only five levels
    assert read(path).image.size == (10, 8)
