"""Networks of Keras 3's `model.export(format="onnx")` on its PyTorch backend: channels last, pixels from 0 to 255.

The stored ones: `.exporters/keras/bin/python -m tests.exporters.export_keras tests/exporters/stored`.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np

from tests.exporters.example import (
    COLOURED,
    lines,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)

EXPORTER = f"Keras {keras.__version__} on PyTorch"
# The network rescales by itself.
PREPROCESSING = 'crop = 32\nscale = 1\nchannels = "RGB"\n'


def network(classes: int) -> keras.Model:
    """Return a network as the tutorials have it, with the rescaling inside; one class ends in a sigmoid."""
    image = keras.Input((32, 32, 3), name="image")
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(image)
    values = keras.layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(values)
    values = keras.layers.DepthwiseConv2D(3, padding="same")(values)
    values = keras.layers.BatchNormalization()(values)
    values = keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(values)
    values = keras.layers.GlobalAveragePooling2D()(values)
    values = keras.layers.Dropout(0.1)(values)
    end = "softmax" if classes > 1 else "sigmoid"
    return keras.Model(image, keras.layers.Dense(classes, activation=end, name="shares")(values))


def export(name: str, names: tuple[str, ...], labels: str, text: str) -> None:
    """Train a network, and write it with what is expected of it into a folder of its own."""
    keras.utils.set_random_seed(0)
    folder = new_folder(name)
    pixels, targets = training_set(names, 32, 32)
    is_binary = len(names) == 2
    model = network(1 if is_binary else len(names))
    loss = "binary_crossentropy" if is_binary else "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.01), loss)
    for _ in range(40):
        model.fit(pixels.astype(np.float32), targets, batch_size=100, verbose=0)
        if model.evaluate(pixels.astype(np.float32), targets, verbose=0) < 0.45:
            break
    shown = pictures_to_compare(names, 32, 32)
    probabilities = np.asarray(model.predict(np.stack(shown).astype(np.float32), verbose=0))
    if is_binary:
        probabilities = np.hstack([1 - probabilities, probabilities])
    model.export(folder / "network.onnx", format="onnx", verbose=False)
    files = {labels: text, "preprocessing.toml": PREPROCESSING}
    write_example(folder, shown, probabilities, files, EXPORTER, names, labels=labels)


def main() -> None:
    """Export every network."""
    export("keras-softmax", COLOURED, "class_names.json", json.dumps(COLOURED))
    export("keras-single-sigmoid", ("across", "down"), "labels.txt", lines(("across", "down")))


if __name__ == "__main__":
    main()
