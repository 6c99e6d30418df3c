"""Which builds of onnxruntime are installed: each has the same module inside, so only one may be."""

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath

_MODULE = PurePosixPath("onnxruntime/__init__.py")


def installed_builds(among: Iterable[Distribution] | None = None) -> tuple[str, ...]:
    """Return the builds of onnxruntime as "name version"; none in a bundle, which keeps no record of them."""
    found = {
        f"{each.metadata['Name']} {each.version}"
        for each in (_candidates() if among is None else among)
        # Others only begin alike: onnxruntime-extensions, or a plug-in with a module of its own.
        if (each.metadata["Name"] or "").lower().startswith("onnxruntime")
        and any(PurePosixPath(str(file).replace("\\", "/")) == _MODULE for file in each.files or ())
    }
    return tuple(sorted(found))


def _candidates() -> Iterator[Distribution]:
    """Return what is installed under a name that begins like onnxruntime's; reading all that is there takes longer."""
    for folder in dict.fromkeys(map(Path, sys.path)):
        for record in folder.glob("onnxruntime*.*-info"):
            yield Distribution.at(record)


def conflict(builds: Iterable[str] | None = None) -> str:
    """Return the sentence on several builds at once, and what to do, or ""."""
    names = [each.partition(" ")[0] for each in (installed_builds() if builds is None else builds)]
    if len(names) < 2:
        return ""
    return (
        f"several builds of onnxruntime are installed at once ({', '.join(names)}) and overwrite each other, "
        "so uninstall all of them and install only one"
    )
