"""The folder of pasted and fetched pictures: safe names, nothing overwritten, gone at the end."""

import contextlib
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.images import encode, quarters, smooth
from vgg_desktop.errors import NotEnoughSpace, StorageError
from vgg_desktop.ui.incoming.session_folder import SessionFolder, picture_name

PNG = encode(quarters(), "PNG")
JPEG = encode(smooth(), "JPEG")
posix = pytest.mark.skipif(sys.platform == "win32", reason="names of POSIX")


def test_pictures_get_names_of_their_own_and_go_at_the_end(tmp_path: Path) -> None:
    with contextlib.closing(SessionFolder(tmp_path)) as folder:
        assert folder.path is None
        assert list(tmp_path.iterdir()) == []
        paths = [folder.write("Pasted picture.png", PNG) for _ in range(3)]
        paths.append(folder.write("cat.jpg", JPEG))
        assert [path.name for path in paths] == [
            "Pasted picture.png",
            "Pasted picture (2).png",
            "Pasted picture (3).png",
            "cat.jpg",
        ]
        assert [path.read_bytes() for path in paths] == [PNG] * 3 + [JPEG]
        assert {path.parent for path in paths} == {folder.path}
    assert list(tmp_path.iterdir()) == []
    folder.close()
    assert folder.path is None


def test_without_a_parent_it_is_a_temporary_folder() -> None:
    with contextlib.closing(SessionFolder()) as folder:
        path = folder.write("cat.png", PNG)
        assert path.is_file()
    assert not path.exists()


@posix
def test_other_users_may_not_look(tmp_path: Path) -> None:
    with contextlib.closing(SessionFolder(tmp_path)) as folder:
        assert folder.write("cat.png", PNG).parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_was_tidied_away_is_made_again(tmp_path: Path) -> None:
    with contextlib.closing(SessionFolder(tmp_path)) as folder:
        shutil.rmtree(folder.write("cat.png", PNG).parent)
        assert folder.write("cat.png", PNG).read_bytes() == PNG


@pytest.mark.parametrize(
    "name", ["../../cat.png", "/etc/passwd", "C:\\x\\cat.png", "..", "", "a/../../b.png"]
)
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with contextlib.closing(SessionFolder(tmp_path)) as folder:
        path = folder.write(name, PNG)
        assert path.resolve().parent == folder.path


def test_no_place_to_write_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with (
        contextlib.closing(SessionFolder(tmp_path / "file")) as folder,
        pytest.raises(StorageError) as caught,
    ):
        folder.write("cat.png", PNG)
    assert str(tmp_path / "file") in str(caught.value.path)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.closing(SessionFolder(tmp_path)) as folder:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=len(PNG) - 1))
        with pytest.raises(NotEnoughSpace) as caught:
            folder.write("cat.png", PNG)
        assert (caught.value.path.name, caught.value.needed, caught.value.free) == (
            "cat.png",
            len(PNG),
            len(PNG) - 1,
        )
        assert folder.path is not None
        assert list(folder.path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "right"),
    [
        ("cat.jpg", JPEG, "cat.jpg"),
        ("cat.JPEG", JPEG, "cat.JPEG"),
        ("cat.jpg", PNG, "cat.png"),
        ("show.php", PNG, "show.php.png"),
        ("Mr. Tabby", PNG, "Mr. Tabby.png"),
        ("", PNG, "picture.png"),
        (".png", PNG, "png.png"),
        ("cat.jpg", b"no picture", "cat.jpg"),
    ],
)
def test_extensions_say_what_a_picture_is(name: str, data: bytes, right: str) -> None:
    assert picture_name(name, data) == right
