"""Folders made from a network's file: made aside, put in place when all went well, by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vgg_desktop.files import exclusive_lock, staged_folder, storage_errors


@contextmanager
def making(folder: Path, needed: int) -> Iterator[Path]:
    """Return an empty folder that takes the place of `folder` at the end; `needed` is its size in bytes.

    Raises `NotEnoughSpace`, `StorageError`, `StoreBusy`; then, and when the making fails, all is as it was.
    """
    with storage_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(folder.parent / ".lock"), staged_folder(folder, needed) as staging:
            yield staging
