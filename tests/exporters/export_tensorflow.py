"""Networks of tf2onnx: channels last, from a SavedModel, from Keras, and one that gets the pictures' bytes.

The stored ones: `.exporters/tensorflow/bin/python -m tests.exporters.export_tensorflow tests/exporters/stored`.
"""

import os
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import subprocess
import sys

import keras
import numpy as np
import tensorflow as tf
import tf2onnx
from numpy.typing import NDArray

from tests.exporters.example import (
    COLOURED,
    Pixels,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)

EXPORTER = f"tf2onnx {tf2onnx.__version__}"
MINUS_ONE_TO_ONE = "crop = 32\nmean = 0.5\nstd = 0.5\n"
# As Teachable Machine and TensorFlow Lite write them.
LABELS = "".join(f"{index} {name}\n" for index, name in enumerate(COLOURED))


def prepared(pixels: Pixels) -> NDArray[np.float32]:
    """Return pictures as most networks of TensorFlow get them: from -1 to 1."""
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def trained(seed: int) -> keras.Model:
    """Return a trained network (N, 32, 32, 3) -> shares of the classes."""
    keras.utils.set_random_seed(seed)
    pixels, targets = training_set(COLOURED, 32, 32)
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False),
            keras.layers.BatchNormalization(momentum=0.8),
            keras.layers.ReLU(6.0),
            keras.layers.SeparableConv2D(16, 3, strides=2, padding="same", activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(len(COLOURED), activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(60):
        model.fit(prepared(pixels), targets, batch_size=100, verbose=0)
        if model.evaluate(prepared(pixels), targets, verbose=0) < 0.45:
            break
    return model


def export_saved_model() -> None:
    """Export a SavedModel with tf2onnx's command line."""
    folder, model = new_folder("tensorflow-saved-model"), trained(0)
    shown = pictures_to_compare(COLOURED, 32, 32)
    with tempfile.TemporaryDirectory() as saved:
        model.export(saved, verbose=False)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "tf2onnx.convert",
                "--saved-model",
                saved,
                "--output",
                folder / "network.onnx",
            ],
            check=True,
        )
    files = {"labels.txt": LABELS, "preprocessing.toml": MINUS_ONE_TO_ONE}
    write_example(
        folder, shown, model.predict(prepared(np.stack(shown)), verbose=0), files, EXPORTER, COLOURED
    )


def export_bytes() -> None:
    """Export a function that takes one picture's bytes and prepares them itself."""
    folder, model = new_folder("tensorflow-bytes"), trained(1)
    shown = pictures_to_compare(COLOURED, 32, 32)

    @tf.function(input_signature=[tf.TensorSpec([1, 32, 32, 3], tf.uint8, "pixels")])  # type: ignore[untyped-decorator] # no TensorFlow here
    def serve(pixels: tf.Tensor) -> tf.Tensor:
        return tf.identity(model(tf.cast(pixels, tf.float32) / 127.5 - 1, training=False), "scores")

    tf2onnx.convert.from_function(
        serve, serve.input_signature, opset=13, output_path=str(folder / "network.onnx")
    )
    files = {"labels.txt": LABELS, "preprocessing.toml": "crop = 32\nscale = 1\n"}
    rows = np.concatenate([serve(tf.constant(each[None])).numpy() for each in shown])
    write_example(folder, shown, rows, files, EXPORTER, COLOURED)


def export_keras() -> None:
    """Export with Keras 3 on its TensorFlow backend, which calls tf2onnx."""
    folder, model = new_folder("tensorflow-keras"), trained(2)
    shown = pictures_to_compare(COLOURED, 32, 32)
    model.export(folder / "network.onnx", format="onnx", verbose=False)
    files = {"labels.txt": LABELS, "preprocessing.toml": MINUS_ONE_TO_ONE}
    write_example(
        folder, shown, model.predict(prepared(np.stack(shown)), verbose=0), files, EXPORTER, COLOURED
    )


if __name__ == "__main__":
    export_saved_model()
    export_bytes()
    export_keras()
