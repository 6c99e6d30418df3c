"""Several builds of onnxruntime at once are found by their records and explained."""

from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from vgg_desktop.errors import OnnxruntimeUnusable
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices.distributions import conflict, installed_builds


def install(folder: Path, name: str, version: str, module: str) -> None:
    """Lay down what an installer leaves of a package."""
    record = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    record.mkdir(parents=True)
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (record / "RECORD").write_text(f"{module}/__init__.py,,\n")
    (folder / module).mkdir(exist_ok=True)
    (folder / module / "__init__.py").touch()


def installed_in(folder: Path) -> list[Distribution]:
    return list(distributions(path=[str(folder)]))


def test_here_is_exactly_one() -> None:
    (build,) = installed_builds()
    assert build.split()[0].startswith("onnxruntime")
    assert build.split()[1] == runtime.version()
    assert conflict() == ""


def test_two_builds_at_once_are_told_with_what_to_do(tmp_path: Path) -> None:
    install(tmp_path, "onnxruntime", "1.32.0", "onnxruntime")
    install(tmp_path, "onnxruntime-gpu", "1.31.1", "onnxruntime")
    install(tmp_path, "onnxruntime-extensions", "0.14.0", "onnxruntime_extensions")
    builds = installed_builds(installed_in(tmp_path))
    assert builds == ("onnxruntime 1.32.0", "onnxruntime-gpu 1.31.1")
    assert conflict(builds) == (
        "several builds of onnxruntime are installed at once (onnxruntime, onnxruntime-gpu) and overwrite each "
        "other, so uninstall all of them and install only one"
    )


def test_what_is_left_when_one_of_two_is_uninstalled_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "onnxruntime-gpu", "1.31.1", "onnxruntime")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "onnxruntime")
    with pytest.raises(OnnxruntimeUnusable, match="install one again"):
        runtime.load_onnxruntime()
