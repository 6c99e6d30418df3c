"""A network of paddle2onnx, as PaddleClas ends them: logits in the file or a softmax.

The stored ones: `.exporters/paddle/bin/python -m tests.exporters.export_paddle tests/exporters/stored`.
"""

import numpy as np
import paddle
import paddle2onnx
from numpy.typing import NDArray
from paddle import nn

from tests.exporters.example import (
    COLOURED,
    Pixels,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)

EXPORTER = f"paddle2onnx {paddle2onnx.__version__}"
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def prepared(pixels: Pixels) -> NDArray[np.float32]:
    """Return pictures (N, H, W, 3) as PaddleClas prepares them: (N, 3, H, W)."""
    images = pixels.astype(np.float32).transpose(0, 3, 1, 2) / np.float32(255)
    mean, std = (np.array(each, np.float32)[:, None, None] for each in (MEAN, STD))
    return np.asarray((images - mean) / std, np.float32)


def main() -> None:
    """Train a network, and write it with what is expected of it into a folder of its own."""
    folder = new_folder("paddle-softmax")
    paddle.seed(0)
    pixels, targets = training_set(COLOURED, 32, 32)
    images, classes = paddle.to_tensor(prepared(pixels)), paddle.to_tensor(targets)
    features = nn.Sequential(
        nn.Conv2D(3, 8, 3, stride=2, padding=1, bias_attr=False),
        nn.BatchNorm2D(8),
        nn.Hardswish(),
        nn.Conv2D(8, 16, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2D(1),
        nn.Flatten(),
        nn.Linear(16, len(COLOURED)),
    )
    optimizer = paddle.optimizer.Adam(0.01, parameters=features.parameters())
    for _ in range(400):
        features.train()
        loss = nn.functional.cross_entropy(features(images), classes)
        loss.backward()
        optimizer.step()
        optimizer.clear_grad()
        features.eval()
        if float(nn.functional.cross_entropy(features(images), classes)) < 0.8:
            break
    model = nn.Sequential(features, nn.Softmax())
    model.eval()
    shown = pictures_to_compare(COLOURED, 32, 32)
    probabilities = model(paddle.to_tensor(prepared(np.stack(shown)))).numpy()
    spec = [paddle.static.InputSpec([None, 3, 32, 32], "float32", "x")]
    paddle.onnx.export(model, str(folder / "network"), input_spec=spec)
    files = {
        # As PaddleClas has them.
        "label_list.txt": "".join(f"{index} {name}\n" for index, name in enumerate(COLOURED)),
        "preprocessing.toml": f"crop = 32\nmean = {list(MEAN)}\nstd = {list(STD)}\n",
    }
    write_example(folder, shown, probabilities, files, EXPORTER, COLOURED, labels="label_list.txt")


if __name__ == "__main__":
    main()
