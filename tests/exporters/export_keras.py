"""Networks of Keras 3's `model.export(format="onnx")` on its PyTorch backend: channels last, pixels from 0 to 255.

The stored ones: `.exporters/keras/bin/python -m tests.exporters.export_keras tests/exporters/stored`.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from numpy.typing import NDArray

from tests.exporters.example import (
    COLOURED,
    GREY,
    Pixels,
    lines,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)

EXPORTER = f"Keras {keras.__version__} on PyTorch"


def network(shape: tuple[int, int, int], classes: int, end: str | None, *, rescales: bool) -> keras.Model:
    """Return a network as the tutorials have it; `end` is its last activation."""
    image = keras.Input(shape, name="image")
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(image) if rescales else image
    values = keras.layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(values)
    values = keras.layers.DepthwiseConv2D(3, padding="same")(values)
    values = keras.layers.BatchNormalization()(values)
    values = keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(values)
    values = keras.layers.GlobalAveragePooling2D()(values)
    values = keras.layers.Dropout(0.1)(values)
    return keras.Model(image, keras.layers.Dense(classes, activation=end, name="scores")(values))


def export(
    name: str,
    names: tuple[str, ...],
    end: str | None,
    labels: tuple[str, str],
    *,
    side: int = 32,
    channels: int = 3,
    rescales: bool = True,
) -> None:
    """Train a network, and write it with what is expected of it into a folder of its own."""
    keras.utils.set_random_seed(0)
    folder, is_binary = new_folder(name), end == "sigmoid"

    def prepared(pixels: Pixels) -> NDArray[np.float32]:
        return pixels[..., :channels].astype(np.float32) / np.float32(1 if rescales else 255)

    pixels, targets = training_set(names, side, side)
    model = network((side, side, channels), 1 if is_binary else len(names), end, rescales=rescales)
    loss = (
        keras.losses.BinaryCrossentropy()
        if is_binary
        else keras.losses.SparseCategoricalCrossentropy(from_logits=end is None)
    )
    model.compile(keras.optimizers.Adam(0.01), loss)
    for _ in range(40):
        model.fit(prepared(pixels), targets, batch_size=100, verbose=0)
        if model.evaluate(prepared(pixels), targets, verbose=0) < 0.45:
            break
    shown = pictures_to_compare(names, side, side)
    scores = np.asarray(model.predict(prepared(np.stack(shown)), verbose=0))
    if is_binary:
        scores = np.hstack([1 - scores, scores])
    elif end is None:
        scores = np.asarray(keras.ops.convert_to_numpy(keras.ops.softmax(scores)))
    model.export(folder / "network.onnx", format="onnx", verbose=False)
    colours = 'channels = "grey"\n' if channels == 1 else ""
    preprocessing = f"crop = {side}\nscale = {1 if rescales else 255}\n{colours}"
    write_example(
        folder,
        shown if channels == 3 else [each[..., 0] for each in shown],
        scores,
        {labels[0]: labels[1], "preprocessing.toml": preprocessing},
        EXPORTER,
        names,
        labels=labels[0],
    )


if __name__ == "__main__":
    export("keras-softmax", COLOURED, "softmax", ("class_names.json", json.dumps(COLOURED)))
    two = ("across", "down")
    export("keras-single-sigmoid", two, "sigmoid", ("labels.txt", lines(two)))
    grey = ("labels.txt", lines(GREY))
    export("keras-grey-logits", GREY, None, grey, side=28, channels=1, rescales=False)
