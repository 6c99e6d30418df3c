"""A network with its labels and preprocessing: in a zip archive, as of Lobe and Custom Vision, or in a folder."""

import errno
import stat
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails, ModelUnusable, stop_if_cancelled
from vgg_desktop.files import require_space, storage_errors
from vgg_desktop.models.catalog import read_preprocessing
from vgg_desktop.models.label_files import in_one_line
from vgg_desktop.models.labels import read_labels
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.why import Why

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_FILES = 1000
_LONGEST_DIRECTORY = 2_000_000  # bytes: about 20,000 files, each of which takes half a kilobyte of memory
_LARGEST = 10_000_000_000  # bytes unpacked
# Weights hardly shrink; deflate makes of nothing but noughts a thousandth.
_HIGHEST_RATIO, _ALWAYS_ALLOWED = 100, 100_000_000
_CHUNK = 1 << 20
# What lies beside networks and is no external data of an ONNX file.
_LEFT_OUT = frozenset(
    (
        *(".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".webp"),
        *(".html", ".ipynb", ".js", ".md", ".pdf", ".py"),
        *(".h5", ".keras", ".pb", ".pt", ".pth", ".tflite"),
    )
)
# How files of other networks end, whose they are, and what makes ONNX of them.
_OTHERS = (
    (".tflite", "TensorFlow Lite", "tf2onnx"),
    ("model.weights.h5", "Keras", "tf2onnx"),
    (".keras", "Keras", "tf2onnx"),
    (".h5", "Keras", "tf2onnx"),
    ("saved_model.pb", "TensorFlow", "tf2onnx"),
    (".pb", "TensorFlow", "tf2onnx"),
    ("model.json", "TensorFlow.js", "tf2onnx"),
    ("data.pkl", "PyTorch", "torch.onnx"),
    (".safetensors", "PyTorch", "torch.onnx"),
    (".pth", "PyTorch", "torch.onnx"),
    (".pt", "PyTorch", "torch.onnx"),
    (".mlmodel", "Core ML", "onnxmltools"),
    (".pdmodel", "PaddlePaddle", "paddle2onnx"),
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, struct.error)
# Names in small letters, the surest first; what stands in one line is equally sure. {} is the network's own name.
_LABELS = (
    (
        "{}.labels.txt",
        "{}.txt",
        "{}_labels.txt",
        "{}-labels.txt",
        "{}.labels.json",
        "{}.labels.csv",
        "{}.tsv",
    ),
    (
        *(
            "labels.txt",
            "labels.tsv",
            "labels.csv",
            "labels.json",
            "label.txt",
            "classes.txt",
            "classes.json",
        ),
        *("class_names.txt", "class_names.json", "class_indices.json", "class_indices.txt", "synset.txt"),
    ),
    ("signature.json",),
    ("config.json",),
)
_PREPROCESSING = (
    ("{}.toml", "{}.preprocessing.toml", "{}.preprocessing.json"),
    ("preprocessor_config.json", "preprocessing.toml", "preprocessing.json", "metadata_properties.json"),
    ("signature.json",),
    ("config.json",),
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The unpacked files of an archive: the network and, where they are there, class names and preprocessing."""

    model: Path
    labels: Path | None
    preprocessing: Path | None


def is_archive(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is a zip archive."""
    return head.startswith(_SIGNATURES)


def holds_network(path: Path) -> bool:
    """Return whether a file is a zip archive with a network in it, of ONNX or of what makes it, by names alone."""
    try:
        if not path.is_file():  # opening a pipe would wait
            return False
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            names = [name.casefold() for name in archive.namelist()]
    except (OSError, ModelUnusable, *_DAMAGED):
        return False
    return any(name.endswith((".onnx", *(ending for ending, *_ in _OTHERS))) for name in names)


def open_archive(path: Path, folder: Path, cancel: threading.Event | None = None) -> Contents:
    """Unpack the one network of a zip archive, with its external data, labels and preprocessing, into a folder.

    Nothing is written outside `folder`. Raises `ModelUnusable`, `ImportNeedsDetails` for several networks,
    `NotEnoughSpace`, `StorageError`, `Cancelled`.
    """
    with storage_errors(path):
        try:
            _check_directory(path)
            with zipfile.ZipFile(path) as archive:
                return _unpack(path, archive, folder, cancel)
        except NotImplementedError as error:
            raise ModelUnusable(path, Why.ARCHIVE_METHOD()) from error
        except _DAMAGED as error:
            raise ModelUnusable(path, Why.ARCHIVE_DAMAGED()) from error
        except OSError as error:
            if error.errno == errno.EINVAL:  # a position before the start of the file
                raise ModelUnusable(path, Why.ARCHIVE_DAMAGED()) from error
            raise


def companions(path: Path) -> tuple[Path | None, Path | None]:
    """Return the files of labels and preprocessing that lie beside a network and can be read, None where unclear.

    Beside several networks only files that have its name count.
    """
    try:
        files = {each.name.casefold(): each for each in path.parent.iterdir() if each.is_file()}
    except OSError:
        return None, None
    is_alone = sum(name.endswith(".onnx") for name in files) < 2
    tiers = slice(None) if is_alone else slice(1)
    return (
        _surest(files, path.stem, _LABELS[tiers], read_labels),
        _surest(files, path.stem, _PREPROCESSING[tiers], read_preprocessing),
    )


def _surest(
    files: dict[str, Path], stem: str, tiers: Iterable[Iterable[str]], read: Callable[[Path], object]
) -> Path | None:
    """Return the first file of the surest names that can be read; None if others as sure say something else."""
    for names in tiers:
        found = {}
        for name in names:
            if (file := files.get(name.format(stem.casefold()))) is not None:
                try:
                    found[file] = read(file)
                except CatalogInvalid:
                    continue
        if found:
            first, *others = found.values()
            return next(iter(found)) if all(each == first for each in others) else None
    return None


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of files is too long to be read (APPNOTE.TXT 4.3.14 and 4.3.16)."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 0x10000 - 100))
        tail = file.read()
    sizes = [0]
    if (at := tail.rfind(b"PK\x05\x06")) >= 0 and len(tail) >= at + 16:
        (length,) = struct.unpack_from("<L", tail, at + 12)
        sizes.append(0 if length == 0xFFFFFFFF else length)
    if (at := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= at + 48:
        sizes += struct.unpack_from("<Q", tail, at + 40)
    if max(sizes) > _LONGEST_DIRECTORY:
        raise ModelUnusable(path, Why.ARCHIVE_FILES(limit=_MOST_FILES))


def _unpack(path: Path, archive: zipfile.ZipFile, folder: Path, cancel: threading.Event | None) -> Contents:
    files = {}
    for info in archive.infolist():
        name = in_one_line(info.filename).replace("\\", "/")
        place = PurePosixPath(name)
        if not place.parts or place.is_absolute() or ".." in place.parts or ":" in name:
            raise ModelUnusable(path, Why.ARCHIVE_NAME(name=name[:100]))
        # Hidden files, and what macOS adds, were put there by no user.
        if not name.endswith("/") and not any(part.startswith((".", "__MACOSX")) for part in place.parts):
            files[place] = info
    networks = [place for place in files if place.suffix.casefold() == ".onnx"]
    if not networks:
        raise ModelUnusable(path, _why_no_network(list(files)))
    if len(networks) > 1:
        names = ", ".join(place.name for place in networks[:5])
        raise ImportNeedsDetails(path, Why.ARCHIVE_SEVERAL(names=names))
    (network,) = networks
    wanted = {place: info for place, info in files.items() if _is_wanted(place, network)}
    _check(path, wanted)
    with storage_errors(folder):
        require_space(folder, sum(info.file_size for info in wanted.values()))
    for place, info in wanted.items():
        _extract(archive, info, folder / place, cancel)
    own = network.stem.casefold()
    # The network's own folder comes first, then what is least deep.
    order = sorted(wanted, key=lambda place: (place.parent == network.parent, -len(place.parts)))
    found = {place.name.casefold(): folder / place for place in order}
    labels = _surest(found, own, _LABELS, read_labels)
    # Labels that cannot be read are returned too, so that the user is told why.
    unread = [found[name.format(own)] for tier in _LABELS[:2] for name in tier if name.format(own) in found]
    if labels is None and len(unread) == 1:
        labels = unread[0]
    return Contents(folder / network, labels, _surest(found, own, _PREPROCESSING, read_preprocessing))


def _is_wanted(place: PurePosixPath, network: PurePosixPath) -> bool:
    """Return whether a file may belong to a network: it lies in its folder, or is described by its name."""
    described = {
        name.format(network.stem.casefold()) for tier in (*_LABELS, *_PREPROCESSING) for name in tier
    }
    is_beside = network.parent in place.parents and place.suffix.casefold() not in _LEFT_OUT
    return is_beside or place.name.casefold() in described


def _check(path: Path, wanted: dict[PurePosixPath, zipfile.ZipInfo]) -> None:
    """Raise `ModelUnusable` for what cannot or should not be unpacked."""
    if len(wanted) > _MOST_FILES:
        raise ModelUnusable(path, Why.ARCHIVE_FILES(limit=_MOST_FILES))
    for place, info in wanted.items():
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ModelUnusable(path, Why.ARCHIVE_LINK(name=place.name))
        if info.flag_bits & 1:
            raise ModelUnusable(path, Why.ARCHIVE_PASSWORD())
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ModelUnusable(path, Why.ARCHIVE_METHOD())
    size, packed = sum(info.file_size for info in wanted.values()), path.stat().st_size
    limit = min(_LARGEST, max(_ALWAYS_ALLOWED, _HIGHEST_RATIO * packed))
    if size > limit:
        raise ModelUnusable(path, Why.ARCHIVE_SIZE(size=Bytes(size), limit=Bytes(limit)))


def _extract(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, cancel: threading.Event | None
) -> None:
    """Unpack one file, whose checksum is verified; no more than its declared size is written."""
    with archive.open(info) as source, storage_errors(target, info.file_size):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            while chunk := source.read(_CHUNK):
                stop_if_cancelled(cancel)
                file.write(chunk)


def _why_no_network(places: list[PurePosixPath]) -> Reason:
    """Return what an archive without an ONNX file holds."""
    if not places:
        return Why.ARCHIVE_EMPTY()
    for ending, program, converter in _OTHERS:
        for place in places:
            if place.name.casefold().endswith(ending):
                return Why.ARCHIVE_OTHER(program=program, name=place.name, converter=converter)
    names = sorted({place.parts[0] for place in places})
    return Why.ARCHIVE_NO_NETWORK(names=", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
