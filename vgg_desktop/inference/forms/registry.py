"""The forms of a network, each with one line here: found, made and opened in one way."""

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from vgg_desktop.errors import (
    Cancelled,
    FastUnavailable,
    FormUnavailable,
    ModelUnusable,
    NotEnoughSpace,
    StorageError,
    StoreBusy,
)
from vgg_desktop.files import remove_file, require_space, staged_folder, storage_errors
from vgg_desktop.inference import activity
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.forms.form import (
    Form,
    FormProgress,
    FormRecord,
    Making,
    read_record,
    write_record,
)
from vgg_desktop.inference.forms.make_half import Half
from vgg_desktop.inference.forms.make_int8 import FLOAT_GRAPH, Int8
from vgg_desktop.inference.forms.make_mapped import Mapped, Published
from vgg_desktop.inference.forms.make_winograd import Winograd
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.results import FormId, Precision
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)
PRECISIONS: tuple[Precision, ...] = ("exact", "fast")
# Of those in one precision that a device can run, the first that was made is used.
FORMS: dict[FormId, Form] = {each.id: each for each in (Winograd(), Mapped(), Published(), Int8(), Half())}


def find_form(installed: InstalledModel, id: FormId, *, chosen: bool = False) -> FormRecord | None:
    """Return what is known of a form that was made, is intact, and may be used.

    One that was `chosen` need not be faster, only right.
    """
    form = FORMS[id]
    known = read_record(form, installed) if form.record else FormRecord()
    return known if known is not None and (known.reason is None or (chosen and known.files)) else None


def graph_path(installed: InstalledModel, id: FormId) -> Path:
    """Return the file of a form that onnxruntime loads, which need not be there."""
    form = FORMS[id]
    return form.place(installed) / form.files[0] if form.files else installed.path


def resolve(
    installed: InstalledModel, device: Device, precision: Precision, form: FormId | None = None
) -> FormId | Reason:
    """Return which form answers on a device in a precision, or why none does; with `form` only that one may."""
    forms = (
        [FORMS[form]]
        if form is not None
        else [each for each in FORMS.values() if each.precision == precision]
    )
    possible = [each for each in forms if each.why_not_on(device) is None]
    for each in possible:
        if find_form(installed, each.id, chosen=form is not None) is not None:
            return each.id
    if not possible:
        return forms[0].why_not_on(device) or Why.FORM_NOT_MADE()
    known = read_record(possible[0], installed)
    return known.reason if known is not None and known.reason is not None else Why.FORM_NOT_MADE()


def why_not(
    installed: InstalledModel, device: Device, precision: Precision, form: FormId | None = None
) -> Reason | None:
    """Return why a network does not run on a device in a precision, or in that very form; None where it does."""
    found = resolve(installed, device, precision, form)
    return found if isinstance(found, Reason) else None


def available(installed: InstalledModel, device: Device) -> tuple[Precision, ...]:
    """Return the precisions in which a network runs on a device: Exact always, Fast where it was made."""
    return tuple(each for each in PRECISIONS if why_not(installed, device, each) is None)


def fast_form(device: Device) -> FormId | None:
    """Return which form is Fast on a device; None where there is none."""
    fast = (each for each in FORMS.values() if each.precision == "fast" and each.why_not_on(device) is None)
    return next((each.id for each in fast), None)


def why_not_offered(installed: InstalledModel, id: FormId) -> Reason | None:
    """Return why a form cannot be made of a network, or was made and is not worth it; else None.

    Reads the network's structure, a few milliseconds. Raises `ModelUnusable`, `StorageError`.
    """
    if (reason := FORMS[id].why_impossible(installed)) is not None:
        return reason
    made = find_form(installed, id)
    return Why.FORM_NOT_FASTER() if made is not None and not made.is_faster else None


def open_form(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    *,
    form: FormId | None = None,
    threads: int = 0,
) -> Scorer:
    """Load the best form of a network for a device in a precision, or that very form.

    Raises `FastUnavailable` where Fast was not made, `FormUnavailable`, `ModelUnusable`.
    """
    found = resolve(installed, device, precision, form)
    if isinstance(found, Reason):
        if form is not None:
            raise FormUnavailable(installed.spec.title, form, found)
        raise FastUnavailable(installed.spec.title, found)
    return FORMS[found].open(installed, device, threads)


def make_form(
    installed: InstalledModel,
    id: FormId,
    pictures: Sequence[Path] = (),
    *,
    progress: Callable[[FormProgress], None] = lambda _progress: None,
    cancel: threading.Event | None = None,
    chosen: bool = False,
) -> FormRecord:
    """Make a form of a network in place of the one that may be there, and return what it is worth.

    `pictures` are the user's own, to calibrate on. A form that is not used, as its `reason` says, leaves only the
    record of that, and not even this where the computer was too busy to tell. The files of one that was `chosen` stay
    where they are right, even if they are not faster. Nothing may have the old one open on Windows. Raises
    `FormUnavailable` for a network that has no such form (`FastUnavailable` for Fast), `ModelUnusable`, `StorageError`,
    `NotEnoughSpace`, `StoreBusy`, `Cancelled`; then no part of it is left, and a form in a folder of its own is as it
    was.
    """
    form = FORMS[id]
    if (reason := form.why_impossible(installed)) is not None:
        if form.precision == "fast":
            raise FastUnavailable(installed.spec.title, reason)
        raise FormUnavailable(installed.spec.title, id, reason)

    def making(folder: Path) -> Making:
        graph = graph_path(installed, "mapped" if find_form(installed, "mapped") is not None else "published")
        return Making(
            installed,
            folder,
            lambda: open_form(installed, CPU, "exact"),
            graph,
            pictures,
            progress,
            cancel or threading.Event(),
        )

    with storage_errors(installed.derived), network_lock(installed):
        if form.folder:
            with staged_folder(form.place(installed), form.needed(installed)) as staging:
                return write_record(form, installed, staging, form.make(making(staging)))
        try:
            _clear(form, installed)
            require_space(installed.derived, form.needed(installed))
            made = form.make(making(installed.derived))
            is_kept = made.reason is None or (chosen and made.reason != Why.FORM_NOT_SAME())
            if not is_kept:
                _clear(form, installed)
            if is_kept or made.reason != Why.FORM_BUSY():
                made = write_record(form, installed, installed.derived, made)
        except BaseException:
            with contextlib.suppress(OSError):
                _clear(form, installed)  # a disk that is full stays so otherwise
            raise
    logger.info("%s, %s: %s", installed.spec.id, id, made)
    return made


def _clear(form: Form, installed: InstalledModel) -> None:
    """Remove what was made beside the published file. Raises `OSError`."""
    # Removed and not overwritten: another process, which took another onnxruntime, may have the weights mapped.
    for name in (form.record, *form.files):
        remove_file(form.place(installed) / name)


def _tidy(installed: InstalledModel) -> None:
    """Remove what killed processes left of forms beside the published file, unless one is being made there."""

    def is_left(form: Form) -> bool:
        place = form.place(installed)
        return not (place / form.record).exists() and any((place / name).exists() for name in form.files)

    beside = [form for form in FORMS.values() if form.files and not form.folder]
    if any(map(is_left, beside)) or (installed.derived / FLOAT_GRAPH).exists():
        with contextlib.suppress(StoreBusy, StorageError, OSError), network_lock(installed):
            remove_file(installed.derived / FLOAT_GRAPH)
            for form in filter(is_left, beside):
                _clear(form, installed)


def _make(
    installed: InstalledModel, id: FormId, stop: Callable[[], bool], isolation: Isolation | None = None
) -> None:
    """Make a form, of an imported network in a child process: in `isolation`, or in one of its own.

    Raises as `make_form` does, and `Cancelled` once `stop` returns true; then nothing of the form is left.
    """
    try:
        if isolation is not None:
            isolation.make(installed, id)
            return
        size = installed.path.stat().st_size + sum(each.size for each in installed.spec.external)
        with Isolation(installed.path, size, stop) as own:
            own.make(installed, id)
    except StoreBusy:
        raise
    except BaseException:  # a child that was ended leaves a part of it
        with contextlib.suppress(StoreBusy, StorageError, OSError), network_lock(installed):
            _clear(FORMS[id], installed)
        raise


def ensure_runtime_graph(installed: InstalledModel, *, isolation: Isolation | None = None) -> InstalledModel:
    """Return the network once the graph through which it loads quickly is there; made now unless it is.

    That of an imported network is made in a child process, `isolation` if given. Where it cannot be made now, because
    another process changes the network or the disk is full, the published file is used. Raises `ModelUnusable` where
    that does not run either.
    """
    _tidy(installed)
    form = FORMS["mapped"]
    if form.why_impossible(installed) is None and read_record(form, installed) is None:
        try:
            if installed.spec.origin == "imported":
                _make(installed, "mapped", lambda: False, isolation)
            else:
                make_form(installed, "mapped")
        except (StoreBusy, StorageError, NotEnoughSpace) as error:  # it is only slower without
            logger.warning("%s", error)
    return installed


def improve(installed: InstalledModel, cancel: threading.Event) -> bool:
    """Find out whether Winograd's convolutions are faster here, unless that is known; return whether they were made.

    For a moment when nothing else runs, as they are timed; some seconds for a VGG network. Where something else does
    run, nothing is decided, nor when it is cancelled. Raises `ModelUnusable` where the network itself does not run.
    """
    form = FORMS["winograd"]
    known = read_record(form, installed)
    is_decided = known is not None and known.reason != Why.FORM_BUSY()
    if is_decided or find_form(installed, "mapped") is None:
        return False
    try:
        if activity.is_disturbed() or form.why_impossible(installed) is not None:
            return False
        if installed.spec.origin != "imported":
            return make_form(installed, form.id, cancel=cancel).reason is None
        return _improve_isolated(form, installed, cancel)
    except (StoreBusy, StorageError, NotEnoughSpace) as error:  # it is only slower without
        logger.warning("%s", error)
    except Cancelled:
        logger.info("%s: not decided about %s", installed.spec.id, form.id)
    return False


def _improve_isolated(form: Form, installed: InstalledModel, cancel: threading.Event) -> bool:
    """Do what `improve` does to an imported network, which has run before. Raises as `make_form` does."""
    try:
        _make(installed, form.id, lambda: cancel.is_set() or activity.is_running())
    except ModelUnusable as error:  # the form crashes, or takes too long
        with network_lock(installed), storage_errors(installed.derived):
            write_record(form, installed, installed.derived, FormRecord(error.reason))
    return find_form(installed, form.id) is not None


def reserved_names() -> set[str]:
    """Return the names beside a network's file under which forms of it are kept."""
    names = {FLOAT_GRAPH}
    for form in FORMS.values():
        names |= {form.folder} if form.folder else {form.record, *form.files}
    return names - {""}
