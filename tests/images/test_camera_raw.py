"""Camera raw files: refused by that name, alone and in a folder."""

from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin

from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.images.finding import find_pictures
from vgg_desktop.images.reading import read


@pytest.mark.parametrize(
    "tags",
    [{50706: b"\1\4\0\0"}, {254: 1, 330: 8}],
    ids=["DNG", "a preview before the sensor's pixels"],
)
def test_a_preview_is_not_taken_for_the_picture(tmp_path: Path, tags: dict[int, int | bytes]) -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory.tagtype[tag] = 1 if isinstance(value, bytes) else 4
        directory[tag] = value
    path = tmp_path / "camera.nef"
    Image.new("RGB", (16, 12)).save(path, "TIFF", tiffinfo=directory)
    assert list(find_pictures(tmp_path, recursive=False)) == [path]
    with pytest.raises(ImageUnreadable, match="it is a camera raw file, not a picture"):
        read(path)


def test_raw_files_of_their_own_kind(tmp_path: Path) -> None:
    path = tmp_path / "camera.raf"
    path.write_bytes(b"FUJIFILMCCD-RAW 0201FF383501" + bytes(100))
    with pytest.raises(ImageUnreadable, match="it is a camera raw file"):
        read(path)


def test_an_ordinary_tiff_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (16, 12)).save(tmp_path / "plain.tif")
    assert read(tmp_path / "plain.tif").width == 16


def test_a_tiff_that_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "cut.tif").write_bytes(b"II*\0\x08")
    with pytest.raises(ImageUnreadable, match=r"it is (cut off|damaged)"):
        read(tmp_path / "cut.tif")
