"""Pictures sorted into a folder for each class, as copies or as hard links. Loads neither numpy nor Pillow."""

import contextlib
import filecmp
import itertools
import os
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.errors import ImageUnreadable, stop_if_cancelled
from vgg_desktop.export import Failed, Outcome, Progress, counted, is_sure
from vgg_desktop.files import (
    LONGEST_NAME,
    numbered,
    rename_new,
    require_space,
    storage_errors,
    temporary_file,
)
from vgg_desktop.models.labels import WORDNET_ID, comparable, folder_name, imagenet_labels
from vgg_desktop.paths import extended
from vgg_desktop.system_errors import system_reason

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification, Prediction

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sorting:
    """How pictures are sorted: what becomes of those whose best class is less probable than the threshold, 0 to 1.

    They go into the folder `unsure`, or where that is "" nowhere. With `link`, pictures become hard links, which take
    no space, where the system can make them, and copies elsewhere.
    """

    threshold: float = 0.0
    unsure: str = ""
    link: bool = False


@dataclass(frozen=True, slots=True)
class SortPlan:
    """What sorting would do: so many pictures of so many bytes in so many folders; `left_out` are the others.

    `can_link` tells whether hard links are possible.
    """

    pictures: int
    folders: int
    bytes: int
    left_out: int
    can_link: bool


@dataclass(slots=True)
class Sorted:
    """What sorting did; `kept` are pictures that were there already, `left_out` those that belonged nowhere."""

    copied: int = 0
    linked: int = 0
    kept: int = 0
    left_out: int = 0
    folders: int = 0
    not_linked: int = 0  # of those copied, those that could not be linked
    failed: list[Failed] = field(default_factory=list)

    @property
    def sorted(self) -> int:
        """How many pictures are in their folders."""
        return self.copied + self.linked + self.kept


def plan_sorting(
    folder: Path, outcomes: Iterable[Outcome], how: Sorting, *, cancel: threading.Event
) -> SortPlan:
    """Return what sorting into a folder would do. Raises `Cancelled`."""
    every = tuple(outcomes)
    places = _places(every, how)
    size, disks = 0, set()
    for result, _ in places:
        stop_if_cancelled(cancel)
        with contextlib.suppress(OSError):
            found = extended(result.path).stat()
            size += found.st_size
            disks.add(found.st_dev)
    folders = len({name for _, name in places})
    return SortPlan(len(places), folders, size, len(every) - len(places), _can_link(folder, disks))


def sort_into_folders(
    folder: Path,
    outcomes: Iterable[Outcome],
    how: Sorting = Sorting(),
    *,
    cancel: threading.Event,
    progress: Progress,
) -> Sorted:
    """Copy or link each classified picture into the folder of its best class under `folder`.

    Nothing is overwritten: a name that is taken gets a number, and an existing picture is kept. A picture that cannot
    be read costs only itself. What was copied before an error, or before the program was killed, remains, and the next
    run copies the others only. Raises `StorageError`, `NotEnoughSpace`, `Cancelled`.
    """
    folder, every = extended(folder, 2 * LONGEST_NAME), tuple(outcomes)
    places = _places(every, how)
    done = Sorted(left_out=len(every) - len(places), folders=len({name for _, name in places}))
    needed = 0 if how.link else sum(_size(each.path) for each, _ in places)
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        require_space(folder, needed)
    taken: set[Path] = set()
    with storage_errors(folder, needed):
        for result, name in counted(places, cancel, progress):
            target = folder / name
            target.mkdir(exist_ok=True)
            try:
                _put(extended(result.path), target, taken, done, cancel, link=how.link)
            except ImageUnreadable as error:
                done.failed.append(Failed(result.path, error.without_traceback()))
    return done


def _places(outcomes: Iterable[Outcome], how: Sorting) -> "list[tuple[Classification, str]]":
    """Return the pictures that are sorted with the names of their folders."""
    results = [each for each in outcomes if not isinstance(each, Failed) and each.predictions]
    sure = [each for each in results if is_sure(each, how.threshold)]
    names = _folder_names(each.predictions[0] for each in sure)
    places = [(each, names[each.predictions[0].id, each.predictions[0].label]) for each in sure]
    if how.unsure:
        unsure = folder_name("", how.unsure)
        places += [(each, unsure) for each in results if not is_sure(each, how.threshold)]
    return places


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return extended(path).stat().st_size
    return 0


def _can_link(folder: Path, disks: set[int]) -> bool:
    """Return whether a folder, which need not exist yet, is on the only disk of some files and can hold hard links."""
    existing = next((each for each in (folder, *folder.parents) if each.is_dir()), None)
    if existing is None:
        return False
    with contextlib.suppress(OSError):
        if disks != {existing.stat().st_dev}:
            return False
        # Few systems tell whether a file system has hard links.
        with temporary_file(existing / "link") as one, temporary_file(existing / "link") as other:
            one.touch(exist_ok=False)
            other.hardlink_to(one)
            return True
    return False


def _folder_names(best: Iterable["Prediction"]) -> dict[tuple[str, str], str]:
    """Return the folder's name for each class, by its id and label.

    Classes that would share a name get their ids too: "crane" is a bird and a machine.
    """
    classes = {(each.id, each.label) for each in best}
    known = set(classes)
    if any(WORDNET_ID.fullmatch(id) for id, _ in classes):
        # So that a folder has the same name whichever classes occur: next time it may be the other crane.
        known |= {(each.id, each.name) for each in imagenet_labels()}
    sharing = defaultdict[str, set[str]](set)
    for id, label in known:
        # Most file systems of Windows and macOS ignore case.
        sharing[comparable(folder_name(id, label))].add(id)
    return {
        (id, label): folder_name(id, label, with_id=len(sharing[comparable(folder_name(id, label))]) > 1)
        for id, label in classes
    }


def _put(
    source: Path, folder: Path, taken: set[Path], done: Sorted, cancel: threading.Event, *, link: bool
) -> None:
    """Copy or link a picture into a folder, under a name that is free; it appears whole.

    A copy that an earlier run made is kept. `taken` are the names that this run has given. Raises `ImageUnreadable`,
    `Cancelled`, `OSError`.
    """
    with _unreadable(source):
        source.stat()
    if (folder / source.name).exists() and (folder / source.name).samefile(source):
        done.kept += 1
        return
    targets = numbered(folder / source.name)
    for target in targets:
        if target in taken:
            continue
        if not target.exists():
            break
        if target.is_file() and _is_same(source, target):
            taken.add(target)
            done.kept += 1
            return
    if link:
        for each in itertools.chain([target], targets):
            try:
                os.link(source.resolve(), each)  # a link to a file becomes a link to what it points to
            except FileExistsError:
                continue
            except OSError:  # another disk, a file system without them, or as many as it can have
                done.not_linked += 1
                break
            taken.add(each)
            done.linked += 1
            return
    with temporary_file(folder / source.name) as temporary:
        _copy(source, temporary, cancel)
        for each in itertools.chain([target], targets):
            with contextlib.suppress(FileExistsError):
                rename_new(temporary, each)
                taken.add(each)
                done.copied += 1
                return


def _copy(source: Path, target: Path, cancel: threading.Event) -> None:
    with _unreadable(source):
        original = source.open("rb")
    with original, target.open("xb") as copy:
        while True:
            with _unreadable(source):
                block = original.read(_BLOCK)
            if not block:
                break
            stop_if_cancelled(cancel)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    with contextlib.suppress(OSError):  # some file systems keep no times
        shutil.copystat(source, target)


def _is_same(source: Path, target: Path) -> bool:
    with _unreadable(source):
        return filecmp.cmp(source, target, shallow=False)


@contextlib.contextmanager
def _unreadable(source: Path) -> Iterator[None]:
    """Raise `ImageUnreadable` for an error about a picture, which is not one about the folder."""
    try:
        yield
    except OSError as error:
        raise ImageUnreadable(source, system_reason(error)) from error
