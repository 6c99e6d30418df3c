"""How much is decoded at the same time."""

import threading
import time
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.images import decoders, reading
from vgg_desktop.images.limits import MemoryBudget
from vgg_desktop.images.reading import BYTES_PER_PIXEL, read


def run(*works: threading.Thread) -> None:
    for each in works:
        each.start()
    for each in works:
        each.join(60)
        assert not each.is_alive()


def test_pictures_decoded_at_once_stay_within_the_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 3 * 100 * 100 * BYTES_PER_PIXEL
    monkeypatch.setattr(reading, "DECODING_MEMORY", MemoryBudget(limit))
    lock, pixels, held, most = threading.Lock(), decoders.load_pixels, 0, 0
    alone: list[int] = []

    def counted(image: ImageFile.ImageFile) -> None:
        nonlocal held, most
        size = image.width * image.height * BYTES_PER_PIXEL
        with lock:
            held += size
            most = max(most, held)
            if size > limit:
                alone.append(held - size)
        time.sleep(0.02)  # long enough for the others to come along
        pixels(image)
        with lock:
            held -= size

    monkeypatch.setattr(decoders, "load_pixels", counted)
    Image.new("RGB", (100, 100)).save(tmp_path / "small.png")
    Image.new("RGB", (400, 400)).save(tmp_path / "large.png")
    paths = [tmp_path / name for name in ["small.png"] * 12 + ["large.png"] + ["small.png"] * 12]
    run(*(threading.Thread(target=read, args=(path,)) for path in paths))
    assert most == 400 * 400 * BYTES_PER_PIXEL  # the large one is decoded too, and alone
    assert alone == [0]


def test_a_large_one_is_not_passed_over_for_ever() -> None:
    budget, order = MemoryBudget(10), list[int]()
    started = threading.Event()

    def take(amount: int) -> None:
        with budget.hold(amount):
            order.append(amount)

    with budget.hold(5):
        large = threading.Thread(target=take, args=(50,))
        large.start()
        while not budget._waiting:
            assert not started.wait(0.01)
        small = threading.Thread(target=take, args=(5,))
        small.start()
        small.join(0.1)
        assert order == []  # there is room for it, but it came later
    large.join(60)
    small.join(60)
    assert order == [50, 5]


def test_what_fails_gives_its_memory_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = MemoryBudget(1)
    monkeypatch.setattr(reading, "DECODING_MEMORY", budget)
    Image.effect_noise((100, 100), 50).save(tmp_path / "noise.png")
    data = (tmp_path / "noise.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(ImageUnreadable):
        read(tmp_path / "cut.png")
    assert read(tmp_path / "noise.png").width == 100
