"""`import` says whether the preprocessing fits, and uses a better one when asked to."""

import json
from pathlib import Path

import onnx
import pytest

from tests.support.classifiers import classifier
from tests.support.prepared import CAFFE, PREPARATIONS, drawn, made_for
from vgg_desktop import paths
from vgg_desktop.cli import main
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Preprocessing
from vgg_desktop.models.store import ModelStore

RIGHT = "right on 15 of 15 known pictures"


def used() -> Preprocessing:
    (spec,) = ModelStore().imported()
    return spec.preprocessing


def test_a_better_fit_is_told_and_used_when_asked_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], app_home: Path
) -> None:
    path = str(made_for(CAFFE, "everyday", tmp_path))
    assert main(["import", path, "--id", "mine", "--json"]) == 0
    out, err = capfd.readouterr()
    assert used() == IMAGENET_PREPROCESSING
    assert RIGHT in err
    assert "import it again with --find-preprocessing to use that" in err
    assert any("usual one of ImageNet networks" in each for each in json.loads(out)["notes"])

    assert main(["import", path]) == 0  # nothing is asked for, and nothing searched again
    assert RIGHT not in capfd.readouterr().err

    assert main(["import", path, "--find-preprocessing", "--json"]) == 0
    out, err = capfd.readouterr()
    found = used()
    assert (found.channels, found.scale, found.mean) == ("BGR", 1.0, CAFFE.mean)
    assert json.loads(out)["preprocessing"]["channels"] == "BGR"
    assert RIGHT in err
    assert "--find-preprocessing" not in err


def test_what_was_said_stays_unless_asked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], app_home: Path
) -> None:
    path = made_for(PREPARATIONS["0 to 255"], "everyday", tmp_path)
    (tmp_path / "raw.toml").write_text("resize = 256\ncrop = 224\nscale = 1\n")
    assert main(["import", str(path), "--preprocessing", str(tmp_path / "raw.toml")]) == 0
    assert used() == PREPARATIONS["0 to 255"]
    assert f"its preprocessing fits: {RIGHT}" in capfd.readouterr().err


def test_a_network_that_nothing_fits_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], app_home: Path
) -> None:
    path = tmp_path / "random.onnx"
    onnx.save(classifier("N", 1000, side=224), path)
    assert main(["import", str(path), "--find-preprocessing"]) == 0
    assert "no usual preprocessing fits" in capfd.readouterr().err
    assert used() == IMAGENET_PREPROCESSING


def test_a_folder_serves_for_any_classes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], app_home: Path
) -> None:
    path = str(made_for(PREPARATIONS["-1 to 1, BGR"], "starter", tmp_path))
    labels = ["--labels", str(paths.resource("labels/cifar10.tsv"))]
    assert main(["import", path, *labels, "--find-preprocessing"]) == 3
    assert "a folder of pictures with one sub-folder per class is needed" in capfd.readouterr().err
    assert main(["import", path, *labels, "--find-preprocessing", str(drawn(tmp_path / "folder"))]) == 0
    assert used().channels == "BGR"
    assert used().mean == pytest.approx((0.5,) * 3)
    assert main(["import", path, "--find-preprocessing", str(tmp_path / "nothing")]) == 1
