import hashlib
import json
from pathlib import Path

import pytest

from vgg_desktop.errors import ChecksumMismatch, StorageError
from vgg_desktop.models.partial_file import Origin, PartialFile

DATA = bytes(range(256)) * 20
SHA256 = hashlib.sha256(DATA).hexdigest()


def partial(folder: Path) -> PartialFile:
    return PartialFile(folder / "net.onnx", size=len(DATA), sha256=SHA256)


def test_survives_a_restart(tmp_path: Path) -> None:
    with partial(tmp_path) as part:
        part.append(DATA[:1000])
        part.origin = Origin("http://a/net.onnx", '"tag"')
    steps: list[int] = []
    with partial(tmp_path) as part:
        assert part.size == 1000
        assert part.origin == Origin("http://a/net.onnx", '"tag"')
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


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b"null",
        b"[1]",
        b'{"address": 1}',
        json.dumps({"address": "http://a/", "validator": '"a"\r\nX-Evil: 1'}).encode(),
        json.dumps({"address": "http://a/", "validator": 'W/"weak"'}).encode(),
        json.dumps({"address": "", "validator": '"a"'}).encode(),
        b'{"address": "' + b"x" * 100_000,
    ],
)
def test_junk_in_the_sidecar_is_no_origin(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "net.onnx.part").write_bytes(DATA[:10])
    (tmp_path / "net.onnx.part.json").write_bytes(junk)
    with partial(tmp_path) as part:
        assert part.origin is None
        assert part.size == 10


def test_a_sidecar_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "net.onnx.part.json").mkdir()
    with partial(tmp_path) as part:
        part.origin = Origin("http://a/")
        part.append(DATA)
        part.check("a")
        part.install()
    assert (tmp_path / "net.onnx").read_bytes() == DATA


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
