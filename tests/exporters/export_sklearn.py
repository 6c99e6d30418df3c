"""Networks of skl2onnx: pictures as flat rows of 64 values, text or numbers as classes, with ZipMap and without.

The stored ones: `.exporters/sklearn/bin/python -m tests.exporters.export_sklearn tests/exporters/stored`.
"""

from typing import Any

import numpy as np
import skl2onnx
from numpy.typing import NDArray
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.base import ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.exporters.example import DIGITS, Pixels, draw_digit, lines, new_folder, write_example

EXPORTER = f"skl2onnx {skl2onnx.__version__}"
# The network gets sixteen shades of grey, as scikit-learn's own digits have.
PREPROCESSING = 'crop = 8\nscale = 15\nchannels = "grey"\n'


def flat(pictures: list[Pixels], kind: type) -> NDArray[Any]:
    """Return pictures (N, 8, 8) as the rows (N, 64) that the classifiers get."""
    return np.stack(pictures).reshape(-1, 64).astype(kind) / 15


def export(
    name: str, classifier: ClassifierMixin | Pipeline, *, as_text: bool, kind: type, zipmap: bool
) -> None:
    """Train a classifier, and write it with what is expected of it into a folder of its own."""
    folder, random = new_folder(name), np.random.default_rng(0)
    digits = np.arange(2000) % 10
    rows = flat([draw_digit(int(digit), random) for digit in digits], kind)
    classifier.fit(rows, np.array(DIGITS)[digits] if as_text else digits)
    shown = [draw_digit(digit, random) for digit in (1, 4, 7, 9)]
    probabilities = classifier.predict_proba(flat(shown, kind))
    tensor = DoubleTensorType if kind is np.float64 else FloatTensorType
    network = skl2onnx.convert_sklearn(
        classifier,
        initial_types=[("X", tensor([None, 64]))],
        options=None if zipmap else {id(classifier): {"zipmap": False}},
    )
    (folder / "network.onnx").write_bytes(network.SerializeToString())
    names = [str(each) for each in classifier.classes_]
    files = {"labels.txt": lines(names), "preprocessing.toml": PREPROCESSING}
    write_example(folder, shown, probabilities, files, EXPORTER, names)


def main() -> None:
    """Export every network."""
    dense = MLPClassifier((24,), "tanh", max_iter=60, alpha=0.1, random_state=0)
    export("sklearn-zipmap", dense, as_text=True, kind=np.float32, zipmap=True)
    scaled = make_pipeline(StandardScaler(), LogisticRegression(C=0.05))
    export("sklearn-no-zipmap", scaled, as_text=False, kind=np.float32, zipmap=False)
    wide = MLPClassifier((24,), "tanh", max_iter=60, alpha=0.1, random_state=1)
    export("sklearn-double", wide, as_text=False, kind=np.float64, zipmap=False)


if __name__ == "__main__":
    main()
