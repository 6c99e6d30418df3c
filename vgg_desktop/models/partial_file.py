"""The partial file of a download: appended to, kept across restarts, renamed once verified."""

import contextlib
import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from vgg_desktop.errors import ChecksumMismatch, StorageError
from vgg_desktop.files import replace_mapped, require_space, storage_errors, sync_folder
from vgg_desktop.why import Why

BLOCK = 1 << 20


class PartialFile:
    """`<name>.part` beside the target. Only the SHA-256 of the whole verifies its bytes.

    A context manager; inside it the file is open and `size` bytes are on disk and in the running SHA-256,
    those of an earlier run after `rehash`. Raises `StorageError` and `NotEnoughSpace`, which keep the part.
    """

    def __init__(self, target: Path, *, size: int, sha256: str) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.expected_size = size
        self.size = 0
        self._sha256 = sha256.lower()
        self._hash = hashlib.sha256()

    def __enter__(self) -> Self:
        with self._storage_errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered, so that `size` stays true when the next write fails or the process dies.
            self._file = self.path.open("a+b", buffering=0)
        with contextlib.suppress(OSError):
            self.path.with_name(f"{self.path.name}.json").unlink(missing_ok=True)  # of an older version
        try:
            with self._storage_errors():
                self.size = os.fstat(self._file.fileno()).st_size
            if self.size > self.expected_size:
                self.discard()
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()
        if not self.size:  # an empty part is nothing to resume
            with contextlib.suppress(OSError):
                self.path.unlink()

    @property
    def missing(self) -> int:
        """The number of bytes still to come."""
        return self.expected_size - self.size

    def rehash(self, step: Callable[[int], None]) -> None:
        """Read what an earlier run left into the SHA-256; `step` gets the bytes done and may raise."""
        done = 0
        with self._storage_errors():
            self._file.seek(0)
        while done < self.size:
            with self._storage_errors():
                block = self._file.read(min(BLOCK, self.size - done))
            if not block:
                raise StorageError(self.path, Why.ONNX_SHORTER())
            self._hash.update(block)
            done += len(block)
            step(done)

    def require_space(self, reserve: int) -> None:
        """Raise `NotEnoughSpace` unless the missing bytes and `reserve` more fit on the disk."""
        require_space(self.target, self.missing + reserve)

    def append(self, data: bytes) -> None:
        """Write bytes at the end; the caller never passes more than are missing."""
        rest = memoryview(data)
        while rest:
            with self._storage_errors():
                written = self._file.write(rest)
            self._hash.update(rest[:written])
            self.size += written
            rest = rest[written:]

    def discard(self) -> None:
        """Start over with an empty part."""
        with self._storage_errors():
            if self.size:
                self._file.truncate(0)
        self.size = 0
        self._hash = hashlib.sha256()

    def check(self, source: str) -> None:
        """Raise `ChecksumMismatch`, blaming `source`, unless size and SHA-256 are the expected ones."""
        with self._storage_errors():
            on_disk = os.fstat(self._file.fileno()).st_size
        if on_disk != self.expected_size:  # a second writer is the one way to get here with all bytes counted
            expected, found = Why.CONTENT_BYTES(count=self.expected_size), Why.CONTENT_BYTES(count=on_disk)
            raise ChecksumMismatch(source, expected, found)
        if (digest := self._hash.hexdigest()) != self._sha256:
            expected, found = Why.CONTENT_SHA256(digest=self._sha256), Why.CONTENT_SHA256(digest=digest)
            raise ChecksumMismatch(source, expected, found)

    def install(self) -> None:
        """Flush the checked part to disk, then rename it to the target, in one step in place of any older file."""
        with self._storage_errors():
            os.fsync(self._file.fileno())
            self._file.close()  # Windows renames no open file
            replace_mapped(self.path, self.target)
        sync_folder(self.target.parent)  # the new name should survive a power failure

    def _storage_errors(self) -> AbstractContextManager[None]:
        return storage_errors(self.path, self.missing)
