"""What a bundle is made of: the installed packages that the program needs, and a list of them (an SBOM).

    python -m installers.parts FILE

writes the list as CycloneDX 1.6.
"""

import json
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

from vgg_desktop import __version__

PROGRAM = "vgg-desktop"


def needed() -> list[metadata.Distribution]:
    """Return the installed packages that the program needs, by name; one for another system is not installed."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        name = waiting.pop()
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if package.name in found:
            continue
        found[package.name] = package
        wanted = [each for each in package.requires or () if "extra ==" not in each]
        waiting += [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in wanted]
    return [found[name] for name in sorted(found, key=str.lower) if name != PROGRAM]


def bill_of_materials() -> dict[str, object]:
    """Return the list in CycloneDX's form."""
    components = [_component(each.name, each.version, _licence(each)) for each in needed()]
    python = {"type": "platform", "name": "Python", "version": platform.python_version()}
    program = {"type": "application", "name": PROGRAM, "version": __version__}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [*components, python],
    }


def _component(name: str, version: str, licence: str) -> dict[str, object]:
    plain = re.sub(r"[-_.]+", "-", name).lower()
    facts: dict[str, object] = {"type": "library", "name": name, "version": version}
    facts["purl"] = f"pkg:pypi/{plain}@{version}"
    return {**facts, "licenses": [{"license": {"name": licence}}]} if licence else facts


def _licence(package: metadata.Distribution) -> str:
    facts = package.metadata
    told = next((facts[name] for name in ("License-Expression", "License") if name in facts), "")
    return told.strip().partition("\n")[0]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill_of_materials(), indent=1) + "\n", "utf-8")
