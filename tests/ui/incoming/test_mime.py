"""What can be dropped or pasted, as file managers, browsers, terminals and screenshots hand it over."""

import base64
import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from tests.support.images import encode, quarters, smooth
from vgg_desktop.ui.incoming import addresses
from vgg_desktop.ui.incoming.mime import (
    Incoming,
    Summary,
    decode,
    describe,
    examine,
    from_words,
    summary,
)
from vgg_desktop.ui.incoming.session_folder import PictureData

PNG = encode(quarters(), "PNG")
JPEG = encode(smooth(), "JPEG")
LINK = "https://example.org/cats/tabby.jpg"
INLINE = "data:image/png;base64," + base64.b64encode(PNG).decode()
PASTED = (PictureData("Pasted picture.png", PNG),)
windows = pytest.mark.skipif(sys.platform != "win32", reason="paths of Windows")
posix = pytest.mark.skipif(sys.platform == "win32", reason="names of POSIX")


def can_take(mime: QMimeData | None) -> bool:
    """Return whether the window would take a drag."""
    return not summary(mime).is_empty


def carrying(**formats: bytes | str) -> QMimeData:
    """Return data in several formats, `text__html` for text/html and so on."""
    data = QMimeData()
    for name, content in formats.items():
        raw = content.encode() if isinstance(content, str) else content
        data.setData(name.replace("__", "/").replace("_", "-"), raw)
    return data


def with_urls(*urls: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else QUrl(url) for url in urls])
    return data


def with_text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def with_html(html: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    return data


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return a picture, a folder and a network, with names that need care."""
    found = {
        name: tmp_path / name for name in ("ein Bild #1, 50% 一张图.png", "folder.onnx", "net.ONNX", "notes")
    }
    for path in found.values():
        if path.name == "folder.onnx":
            path.mkdir()
        else:
            path.write_bytes(PNG)
    return {"picture": found["ein Bild #1, 50% 一张图.png"], "folder": found["folder.onnx"]} | {
        "network": found["net.ONNX"],
        "notes": found["notes"],
    }


# --- files


def test_files_folders_and_networks(files: dict[str, Path]) -> None:
    data = with_urls(files["folder"], files["network"], files["picture"], files["folder"])
    assert examine(data) == Incoming(
        paths=(str(files["folder"]), str(files["picture"])), networks=(files["network"],)
    )
    assert summary(data) == Summary(files=1, folders=1, networks=1)
    assert can_take(data)


def test_archives_of_networks_are_networks_and_others_files(tmp_path: Path) -> None:
    def archive(name: str, *contents: str) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w") as made:
            for each in contents:
                made.writestr(each, b"content")
        return tmp_path / name

    lobe, other = archive("lobe.ZIP", "model/net.ONNX", "labels.txt"), archive("tm.zip", "model.tflite")
    pictures, damaged, folder = archive("holiday.zip", "a.jpg"), tmp_path / "cut.zip", tmp_path / "folder.zip"
    damaged.write_bytes(lobe.read_bytes()[:-30])
    folder.mkdir()
    data = with_urls(pictures, lobe, damaged, other, folder)
    assert examine(data) == Incoming(
        paths=tuple(map(str, (pictures, damaged, folder))), networks=(lobe, other)
    )
    assert summary(data) == Summary(files=2, folders=1, networks=2)


@posix
def test_a_pipe_named_like_an_archive_does_not_hold_the_window(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert examine(with_urls(tmp_path / "pipe.zip")).paths == (str(tmp_path / "pipe.zip"),)


def test_a_missing_file_is_left_to_the_reader(tmp_path: Path) -> None:
    assert examine(with_urls(tmp_path / "gone.png")).paths == (str(tmp_path / "gone.png"),)


def test_ten_thousand_files_are_counted_without_looking_at_each(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(10_000)]
    for path in (*paths[:2], paths[-1]):
        path.mkdir()
    data = with_urls(*paths)
    assert summary(data) == Summary(files=9998, folders=2)
    assert examine(data).paths == tuple(map(str, paths))


@posix
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    data = carrying(text__uri_list=f"file://{tmp_path}/caf%E9%20%C3%A9.png\r\n")
    assert examine(data).paths == (str(tmp_path / "caf\udce9 é.png"),)


@posix
def test_local_host_is_this_computer(tmp_path: Path) -> None:
    assert examine(carrying(text__uri_list=f"file://localhost{tmp_path}/a.png")).paths == (
        str(tmp_path / "a.png"),
    )


@windows
@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///C:/a%20b/%C3%BC%20%26%20100%25.jpg", r"C:\a b\ü & 100%.jpg"),
        ("file:///C:/", "C:\\"),
        ("file://localhost/C:/x.jpg", r"C:\x.jpg"),
        ("file://server/share/x.jpg", r"\\server\share\x.jpg"),
        ("file://///server/share/x.jpg", r"\\server\share\x.jpg"),
        ("file:////%3F/C:/x.jpg", r"\\?\C:\x.jpg"),
    ],
)
def test_addresses_of_files_as_windows_writes_them(address: str, path: str) -> None:
    assert examine(with_urls(address)).paths == (path,)
    assert from_words([Path(path), address]).paths == (path,)  # one file, once
    assert addresses.text_addresses(path) == [addresses.encoded(QUrl.fromLocalFile(path))]
    assert examine(with_urls(addresses.encoded(QUrl.fromLocalFile(path)))).paths == (path,)


@pytest.mark.parametrize("word", ["copy", "cut"])
def test_copied_in_a_file_manager(word: str, files: dict[str, Path]) -> None:
    url = bytes(QUrl.fromLocalFile(str(files["picture"])).toEncoded().data()).decode()
    data = carrying(x_special__gnome_copied_files=f"{word}\n{url}")
    assert examine(data) == Incoming(paths=(str(files["picture"]),))
    assert summary(data) == Summary(files=1)


def test_files_go_before_the_icon_beside_them(files: dict[str, Path]) -> None:
    data = with_urls(files["picture"])
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    data.setData("image/png", PNG)
    assert examine(data) == Incoming(paths=(str(files["picture"]),))
    assert summary(data) == Summary(files=1)


def test_files_and_links_in_one_list(files: dict[str, Path]) -> None:
    data = with_urls(files["picture"], LINK, LINK)
    assert examine(data) == Incoming(paths=(str(files["picture"]),), links=(LINK,))
    assert summary(data) == Summary(files=1, links=1)


# --- pictures without a file


def test_a_screenshot_becomes_a_png() -> None:
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 200, 30))
    for picture in (image, QPixmap.fromImage(image)):
        data = QMimeData()
        data.setImageData(picture)
        assert can_take(data)
        assert summary(data) == Summary(pictures=1)
        (pasted,) = examine(data).pictures
        assert pasted.name == "Pasted picture.png"
        decoded = Image.open(io.BytesIO(pasted.data))
        assert (decoded.format, decoded.size, decoded.convert("RGB").getpixel((5, 5))) == (
            "PNG",
            (30, 20),
            (10, 200, 30),
        )


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_bytes_of_a_file_stay_as_they_are(format: str) -> None:
    content = encode(smooth(), format)
    data = QMimeData()
    data.setData(f"image/{format.lower()}", content)
    assert summary(data) == Summary(pictures=1)
    (pasted,) = examine(data).pictures
    assert pasted.data == content
    assert pasted.name.startswith("Pasted picture.")


def test_an_offer_that_turns_out_empty_is_passed_over() -> None:
    data = carrying(image__png=b"", image__jpeg=JPEG)
    assert examine(data).pictures == (PictureData("Pasted picture.jpg", JPEG),)
    data = carrying(image__png=b"", text__uri_list=LINK)
    assert examine(data) == Incoming(links=(LINK,))
    assert examine(carrying(image__png=b"no picture")).is_empty


def test_a_pictures_bytes_go_before_its_link() -> None:
    data = carrying(text__uri_list=LINK, image__png=PNG, text__html=f'<img src="{LINK}">')
    assert examine(data) == Incoming(pictures=PASTED)


def test_through_the_real_clipboard(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    image = QImage(12, 9, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    clipboard.setImage(image)
    (pasted,) = examine(clipboard.mimeData()).pictures
    assert Image.open(io.BytesIO(pasted.data)).size == (12, 9)
    clipboard.setText("nothing of interest")
    assert not can_take(clipboard.mimeData())
    clipboard.clear()
    assert examine(clipboard.mimeData()).is_empty


@pytest.mark.parametrize(
    "address",
    [
        INLINE,
        INLINE.replace("data:image/png", "DATA:IMAGE/PNG;name=a"),
        INLINE.rstrip("="),
        INLINE[:60] + "\r\n " + INLINE[60:],
        "data:image/png;base64," + quote_from_bytes(base64.b64encode(PNG), safe=""),
        "data:image/png," + quote_from_bytes(PNG),
    ],
    ids=["base64", "capitals", "no padding", "line breaks", "percent base64", "percent"],
)
def test_pictures_inside_addresses(address: str) -> None:
    (inline,) = examine(with_html(f"<img src='{address}'>")).inline
    assert (decode(inline),) == PASTED
    assert addresses.decode_inline(address) == PNG


@pytest.mark.parametrize("data", [with_text(INLINE), with_urls(INLINE), with_text(f"\n{INLINE}\n")])
def test_an_address_with_a_picture_as_text_or_url(data: QMimeData) -> None:
    assert summary(data) == Summary(pictures=1)
    assert examine(data) == Incoming(inline=(INLINE,))


@pytest.mark.parametrize(
    "address",
    [
        "data:image/png;base64",
        "data:image/png;base64,",
        "data:image/png;base64,A",
        "data:image/png;base64,%%%",
        "data:image/png;base64,AB=CD",
        "data:text/html,<p>",
        "data:,",
        "data:image/png,",
    ],
)
def test_malformed_addresses_are_ignored(address: str) -> None:
    assert addresses.decode_inline(address) is None
    assert decode(address) is None


def test_addresses_with_too_much_in_them_are_ignored() -> None:
    most = 4 * addresses.MAX_BYTES // 3
    assert addresses.decode_inline("data:image/png;base64," + "A" * (most + 8)) is None
    assert addresses.decode_inline("data:image/png," + "A" * (addresses.MAX_BYTES + 1)) is None


# --- links


def test_links() -> None:
    data = with_urls(LINK, "HTTP://Example.org/a b.png", LINK, "mailto:me@example.org", "https:///nowhere")
    assert examine(data) == Incoming(links=(LINK, "http://example.org/a%20b.png"))
    assert summary(data) == Summary(links=2)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_links_of_firefox(encoding: str) -> None:
    other = "https://example.org/ü.png"
    text = f"{LINK}\nTabby, the cat\n{other}\nhttps://example.org/title.png"
    data = carrying(text__x_moz_url=text.encode(encoding))
    assert examine(data) == Incoming(links=(LINK, "https://example.org/%C3%BC.png"))


@pytest.mark.parametrize(
    "html",
    [
        f"<meta charset='utf-8'><IMG alt='>' SRC={LINK} width=3>",
        f"<p>Look: <a href='https://example.org/page'><img data-src='x' src='\n{LINK} '></a><img src='https://b/c'>",
        f"<img src='//example.org/cats/tabby.jpg'>{'x' * 200_000}",
        f"<img><img src=''><img src='/relative.png'><img src='blob:https://x/1'><img src='{LINK}'>",
        f"<!--[if gte vml 1]><img src='https://wrong/'><![endif]-->{' ' * 200_000}<img src='{LINK}'/>",
    ],
)
def test_the_first_picture_of_a_web_page_that_can_be_had(html: str) -> None:
    data = with_html(html)
    assert examine(data) == Incoming(links=(LINK,))
    assert summary(data) == Summary(links=1)


def test_entities_in_an_address() -> None:
    assert examine(with_html("<img src='https://example.org/?a=1&amp;b=2'>")).links == (
        "https://example.org/?a=1&b=2",
    )


def test_a_picture_that_is_itself_a_link() -> None:
    data = with_html(f"<a href='https://example.org/page'><img src='{LINK}'></a>")
    data.setUrls([QUrl("https://example.org/page")])
    data.setText("https://example.org/page")
    assert examine(data) == Incoming(links=(LINK,))
    data.setUrls([QUrl("https://example.org/page"), QUrl("https://example.org/other")])
    assert examine(data).links == ("https://example.org/page", "https://example.org/other")


def test_markup_without_a_picture_leaves_the_link() -> None:
    data = with_html("<a href='https://example.org/page'>page</a><img src='relative.png'")
    data.setUrls([QUrl(LINK)])
    assert examine(data) == Incoming(links=(LINK,))


def test_odd_markup_is_no_picture() -> None:
    for html in ("<![x[", "<!x [", "<img src='https://a/" + "x" * 100_000, "<" * 10_000, "\0", "<img src=''"):
        assert examine(with_html(html)).is_empty


# --- text


def test_a_link_as_text() -> None:
    for text in (LINK, f"  {LINK}\n", f"{LINK}\0"):
        assert examine(with_text(text)) == Incoming(links=(LINK,))
    assert examine(with_text(f"{LINK}\nhttp://b.org/c.png")).links == (LINK, "http://b.org/c.png")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "cat.png",
        f"look at {LINK}",
        f"{LINK} is nice",
        "https://",
        f"a cat\n{LINK}",
    ],
)
def test_other_text_cannot_be_opened(text: str) -> None:
    data = with_text(text)
    assert not can_take(data)
    assert examine(data).is_empty
    assert summary(data) == Summary(only_text=True)
    assert describe(summary(data)).startswith("Text cannot be opened. ")


def test_words_of_a_command_line(files: dict[str, Path]) -> None:
    file = QUrl.fromLocalFile(str(files["notes"])).toString()
    words = (files["picture"], files["network"], file, LINK, INLINE, "smb://server/share/x.jpg", LINK)
    assert from_words(words) == Incoming(
        paths=(str(files["picture"]), str(files["notes"])),
        networks=(files["network"],),
        links=(LINK,),
        inline=(INLINE,),
        elsewhere=("smb://server/share/x.jpg",),
    )


@windows
def test_open_with_hands_over_what_explorer_quotes(tmp_path: Path) -> None:
    program = (
        "import json, sys; from vgg_desktop.commands import expand_patterns, word_for_window;"
        "print(json.dumps([str(each) for each in expand_patterns(map(word_for_window, sys.argv[1:]))]))"
    )
    names = ["C:\\", r"\\server\share\a b.jpg", r"\\?\C:\x [1].jpg", r"E:\100% & more\ä 'b'.png", "C:\\a b\\"]
    names.append(str(tmp_path / "long" / Path(*["name of a folder" * 6] * 4) / "ü.png"))
    assert len(names[-1]) > 260
    for name in names:  # one window each: Explorer starts the program for every file
        line = f'"{sys.executable}" -c "{program}" "{name}"'
        done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
        assert json.loads(done.stdout) == [str(Path(name))], done.stderr


ELSEWHERE = (
    "smb://server/share/x.jpg",
    "sftp://me:secret@server/home/me/x.jpg",
    "ftp://server/x.jpg",
    "afp://server/volume/x.jpg",
    "mtp:/Telephone/DCIM/x.jpg",
    "gphoto2://Camera/DCIM/x.jpg",
)
on_posix = () if sys.platform == "win32" else ("file://server/share/x.jpg",)  # there it is a share's path


@pytest.mark.parametrize("address", [*ELSEWHERE, *on_posix])
def test_what_lies_elsewhere_is_told_from_what_cannot_be_opened(address: str, files: dict[str, Path]) -> None:
    encoded = addresses.encoded(QUrl(address))
    for data in (
        with_urls(address),
        with_text(address),
        carrying(x_special__gnome_copied_files=f"copy\n{address}"),
    ):
        assert examine(data) == Incoming(elsewhere=(encoded,))
        assert summary(data) == Summary(elsewhere=1)
        assert describe(summary(data)).startswith("This is on another computer or device. Copy it to this ")
    assert "secret" not in addresses.place(address)
    assert "server" not in address or addresses.place(address).endswith("://server")
    mixed = with_urls(address, files["picture"], LINK)
    assert examine(mixed) == Incoming(paths=(str(files["picture"]),), links=(LINK,), elsewhere=(encoded,))
    assert describe(summary(mixed)) == "1 file(s) and 1 link(s)"


@posix
def test_this_computer_may_be_named(tmp_path: Path) -> None:
    named = f"file://{socket.gethostname()}{tmp_path}/a.png"
    assert examine(carrying(text__uri_list=named)) == Incoming(paths=(str(tmp_path / "a.png"),))


def test_paths_as_text(files: dict[str, Path], tmp_path: Path) -> None:
    lines = (
        files["picture"],
        f'"{files["folder"]}"',
        f"'{files['network']}'",
        tmp_path / "gone.png",
        QUrl.fromLocalFile(str(files["notes"])).toString(),
    )
    data = with_text("\r\n".join(map(str, lines)))
    assert examine(data) == Incoming(
        paths=(str(files["picture"]), str(files["folder"]), str(files["notes"])),
        networks=(files["network"],),
    )
    assert summary(data) == Summary(files=2, folders=1, networks=1)


def test_paths_that_are_not_there_are_text(tmp_path: Path) -> None:
    assert summary(with_text(str(tmp_path / "gone.png"))) == Summary(only_text=True)
    assert not can_take(with_text("/* a comment of a program */"))
    assert not can_take(with_text("/" + "long" * 2000))
    assert not can_take(with_text("/nul\0byte"))


def test_a_very_long_text_is_no_list() -> None:
    assert not can_take(with_text("/tmp\n" * 5_000_000))


def test_nothing_at_all() -> None:
    assert examine(QMimeData()).is_empty
    assert describe(summary(QMimeData())) == (
        "This cannot be opened. Drop pictures, folders or links to pictures."
    )
    assert not can_take(with_urls("mailto:me@example.org", "blob:https://a/b"))


@pytest.mark.parametrize(
    ("counted", "text"),
    [
        (Summary(files=1), "1 file(s)"),
        (Summary(files=3, folders=1), "3 file(s) and 1 folder(s)"),
        (Summary(files=3, folders=1, links=2), "3 file(s), 1 folder(s) and 2 link(s)"),
        (Summary(networks=1, pictures=2), "1 network(s) and 2 picture(s)"),
    ],
)
def test_counts_in_words(counted: Summary, text: str) -> None:
    assert describe(counted) == text  # the forms of one and many come with the translations, English included
