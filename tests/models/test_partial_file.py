import hashlib
from pathlib import Path

import pytest

from vgg_desktop.errors import ChecksumMismatch, StorageError
from vgg_desktop.models.partial_file import PartialFile

DATA = bytes(range(256)) * 20
SHA256 = hashlib.sha256(DATA).hexdigest()


def partial(folder: Path) -> PartialFile:
    return PartialFile(folder / "net.onnx", size=len(DATA), sha256=SHA256)


def test_survives_a_restart(tmp_path: Path) -> None:
    with partial(tmp_path) as part:
        part.append(DATA[:1000])
    steps: list[int] = []
    with partial(tmp_path) as part:
        assert part.size == 1000
        part.rehash(steps.append)
        part.append(DATA[1000:])
        part.check("a")
        part.install()
    assert steps == [1000]
    assert [each.name for each in tmp_path.iterdir()] == ["net.onnx"]
    assert (tmp_path / "net.onnx").read_bytes() == DATA


def test_leaves_nothing_behind_when_nothing_arrived(tmp_path: Path) -> None:
    with partial(tmp_path / "new"):
        pass
    assert list((tmp_path / "new").iterdir()) == []


def test_a_part_that_is_too_large_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "net.onnx.part").write_bytes(DATA + b"!")
    with partial(tmp_path) as part:
        assert part.size == 0


def test_a_second_writer_is_noticed(tmp_path: Path) -> None:
    with partial(tmp_path) as part:
        part.append(DATA)
        with part.path.open("ab") as other:
            other.write(b"more")
        with pytest.raises(ChecksumMismatch, match="5124 bytes"):
            part.check("a")


def test_a_folder_in_the_way_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "net.onnx.part").mkdir()
    with pytest.raises(StorageError), partial(tmp_path):
        pass


def test_a_file_in_place_of_the_folder_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"")
    with pytest.raises(StorageError), partial(tmp_path / "models"):
        pass
