"""Folders made from a network's file: made aside, put in place when all went well, by one process at a time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vgg_desktop.errors import NotEnoughSpace
from vgg_desktop.models.storage import NEW, lock, put_in_place, storage_errors


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from making something in the same folder. Raises `StoreBusy`, `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+b") as file:
        lock(file.fileno(), folder)
        yield


@contextmanager
def making(folder: Path, needed: int) -> Iterator[Path]:
    """Return an empty folder that takes the place of `folder` at the end; `needed` is its size in bytes.

    Raises `NotEnoughSpace`, `StorageError`, `StoreBusy`; then, and when the making fails, all is as it was.
    """
    staging = folder.with_name(folder.name + NEW)
    with storage_errors(folder), alone(folder.parent):
        shutil.rmtree(staging, ignore_errors=True)
        try:
            staging.mkdir()
            free = shutil.disk_usage(staging).free
            if needed > free:
                raise NotEnoughSpace(staging, needed, free)
            yield staging
            put_in_place(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
