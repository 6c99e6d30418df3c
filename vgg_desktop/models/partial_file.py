"""The part of a file that has arrived: it grows, outlives restarts, and gets its name once proved right."""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from vgg_desktop.errors import ChecksumMismatch, NotEnoughSpace, StorageError

BLOCK = 1 << 20

_STRONG_ETAG = re.compile(r'"[\x21\x23-\x7e]*"')  # RFC 9110, 8.8.3, without the obsolete bytes above ASCII
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")  # RFC 9110, 5.6.7
_MAX_SIDECAR = 1 << 16


def is_strong_etag(text: str) -> bool:
    """Return whether an entity tag may be sent in `If-Range`: weak ones must not be (RFC 9110, 13.1.5)."""
    return _STRONG_ETAG.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part's last bytes came from: the address, and what goes into `If-Range` there (or nothing)."""

    address: str
    validator: str = ""

    def is_usable(self) -> bool:
        """Return whether both values are what this program writes; a sidecar may hold anything."""
        known = not self.validator or is_strong_etag(self.validator) or _HTTP_DATE.fullmatch(self.validator)
        return bool(self.address and known)


class PartialFile:
    """`<name>.part` beside the target, and `<name>.part.json` that remembers its origin.

    A context manager; inside it the file is open and `size` bytes are on disk and in the running SHA-256,
    those of an earlier run after `rehash`. Raises `StorageError` and `NotEnoughSpace`, which keep the part.
    """

    def __init__(self, target: Path, *, size: int, sha256: str) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.expected_size = size
        self.size = 0
        self._sidecar = target.with_name(target.name + ".part.json")
        self._sha256 = sha256.lower()
        self._hash = hashlib.sha256()

    def __enter__(self) -> Self:
        with self._storage_errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered, so that `size` stays true when the next write fails or the process dies.
            self._file = self.path.open("a+b", buffering=0)
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
        if not self.size:
            self._remove()  # an empty part is nothing to resume

    @property
    def missing(self) -> int:
        """The number of bytes still to come."""
        return self.expected_size - self.size

    @property
    def origin(self) -> Origin | None:
        """Where the part came from, or None when that is not known; never fails."""
        try:
            with self._sidecar.open("rb") as file:
                values = json.loads(file.read(_MAX_SIDECAR))
            origin = Origin(str(values["address"]), str(values["validator"]))
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None  # junk: the part is as good as before, because its SHA-256 decides
        return origin if origin.is_usable() else None

    @origin.setter
    def origin(self, origin: Origin) -> None:
        # Only a hint: without it the next run resumes with a plain Range, so a failure here is no failure.
        with contextlib.suppress(OSError, ValueError):
            self._sidecar.write_text(json.dumps(asdict(origin)), "utf-8")

    def rehash(self, step: Callable[[int], None]) -> None:
        """Read what an earlier run left into the SHA-256; `step` gets the bytes done and may raise."""
        self._hash = hashlib.sha256()
        done = 0
        with self._storage_errors():
            self._file.seek(0)
        while done < self.size:
            with self._storage_errors():
                block = self._file.read(min(BLOCK, self.size - done))
            if not block:
                raise StorageError(self.path, "it became shorter while it was read")
            self._hash.update(block)
            done += len(block)
            step(done)

    def require_space(self, reserve: int) -> None:
        """Raise `NotEnoughSpace` unless the missing bytes and `reserve` more fit on the disk."""
        with self._storage_errors():
            free = shutil.disk_usage(self.path.parent).free
        if free < self.missing + reserve:
            raise NotEnoughSpace(self.target, self.missing + reserve, free)

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
        """Start over with an empty part of unknown origin."""
        with self._storage_errors():
            if self.size:
                self._file.truncate(0)
        with contextlib.suppress(OSError):
            self._sidecar.unlink()
        self.size = 0
        self._hash = hashlib.sha256()

    def check(self, source: str) -> None:
        """Raise `ChecksumMismatch`, blaming `source`, unless size and SHA-256 are the expected ones."""
        with self._storage_errors():
            on_disk = os.fstat(self._file.fileno()).st_size
        if on_disk != self.expected_size:  # a second writer is the one way to get here with all bytes counted
            raise ChecksumMismatch(source, f"{self.expected_size} bytes", f"{on_disk} bytes")
        if self._hash.hexdigest() != self._sha256:
            raise ChecksumMismatch(source, f"SHA-256 {self._sha256}", f"SHA-256 {self._hash.hexdigest()}")

    def install(self) -> None:
        """Flush the checked part to disk, then give it its name, in one step in place of any older file."""
        with self._storage_errors():
            os.fsync(self._file.fileno())
            self._file.close()  # Windows renames no open file
            self.path.replace(self.target)
        self._sync_folder()
        with contextlib.suppress(OSError):
            self._sidecar.unlink()

    def _sync_folder(self) -> None:
        """Make the new name survive a power failure where that can be asked for."""
        if os.name != "posix":
            return  # elsewhere a folder cannot be opened
        # Some network file systems refuse; the file itself is safe and in place.
        with contextlib.suppress(OSError):
            folder = os.open(self.target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()
        with contextlib.suppress(OSError):
            self._sidecar.unlink()

    @contextlib.contextmanager
    def _storage_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOSPC:
                free = shutil.disk_usage(self.path.parent).free
                raise NotEnoughSpace(self.target, self.missing, free) from error
            raise StorageError(self.path, error.strerror or str(error)) from error
