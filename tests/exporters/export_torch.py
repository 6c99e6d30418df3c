"""Networks of `torch.onnx.export`, of both its exporters, with outputs of every kind.

The stored ones: `.exporters/torch/bin/python -m tests.exporters.export_torch tests/exporters/stored`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tests.exporters.example import (
    COLOURED,
    GREY,
    Pixels,
    forget_folders,
    lines,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)


def convolutional(channels: int, classes: int) -> nn.Module:
    """Return a small network of convolutions, with batch normalisation and a pooled end, to logits."""
    return nn.Sequential(
        nn.Conv2d(channels, 8, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(inplace=True),
        nn.Conv2d(8, 16, 3, stride=2, padding=1),
        nn.ReLU(inplace=True),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Dropout(0.1),
        nn.Linear(16, classes),
    )


def squeezed(channels: int, classes: int) -> nn.Module:
    """Return a network that ends in a convolution, as SqueezeNet does: (N, C, 1, 1)."""
    return nn.Sequential(
        nn.Conv2d(channels, 8, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, classes, 1),
        nn.AdaptiveAvgPool2d(1),
    )


def lenet(channels: int, classes: int) -> nn.Module:
    """Return a network for pictures of 28 pixels, with a dense layer behind a flattened map."""
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 8, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(8 * 4 * 4, classes),
    )


class View(nn.Module):  # type: ignore[misc] # without PyTorch here
    """A network that reshapes to the batch that it sees: in a traced file, that of the export."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.features = convolutional(channels, 12)
        self.head = nn.Linear(12, classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return logits (N, C)."""
        features = self.features(images)
        return self.head(features.view(int(features.shape[0]), 12))


class WithFeatures(nn.Module):  # type: ignore[misc] # without PyTorch here
    """A network with two outputs: as many features as there are classes, then the logits."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.features = convolutional(channels, classes)
        self.head = nn.Linear(classes, classes)

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return features (N, C) and logits (N, C)."""
        features = self.features(images)
        return features, self.head(features)


@dataclass(frozen=True, slots=True)
class Network:
    """A network to export; `end` follows its logits in the file, `shares` makes probabilities of its output."""

    name: str
    make: Callable[[int, int], nn.Module]
    dynamo: bool
    batch: int | None = None  # None: free
    free_size: bool = False  # any height and width
    traced_batch: int = 2  # of the pictures that a free batch is exported with
    names: Sequence[str] = COLOURED
    size: tuple[int, int] = (32, 32)
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    end: nn.Module | None = None
    shares: nn.Module = field(default_factory=lambda: nn.Softmax(-1))
    outputs: tuple[str, ...] = ("output",)
    type: torch.dtype = torch.float32
    independent: bool = False
    labels: str = "labels.txt"

    def prepared(self, pixels: Pixels) -> torch.Tensor:
        """Return pictures (N, H, W, 3) as torchvision's ToTensor and Normalize do: (N, C, H, W)."""
        images = torch.from_numpy(pixels[..., : len(self.mean)]).permute(0, 3, 1, 2).to(torch.float32) / 255
        mean, std = (torch.tensor(each)[:, None, None] for each in (self.mean, self.std))
        return (images - mean) / std

    def logits(self, output: Any) -> torch.Tensor:  # noqa: ANN401 # a tensor, or features and logits
        """Return the logits (N, C) of what the network returns before its `end`."""
        return (output[-1] if isinstance(output, tuple) else output).flatten(1)

    def trained(self) -> nn.Module:
        """Return the network, trained until its answers differ clearly."""
        torch.manual_seed(0)
        pixels, targets = training_set(self.names, *self.size)
        images, classes = self.prepared(pixels), torch.from_numpy(targets)
        model = self.make(len(self.mean), len(self.names))
        optimizer = torch.optim.Adam(model.parameters(), 0.01)
        for _ in range(400):
            model.train()
            optimizer.zero_grad()
            logits = self.logits(model(images))
            loss = (
                nn.functional.binary_cross_entropy_with_logits(logits, nn.functional.one_hot(classes).float())
                if self.independent
                else nn.functional.cross_entropy(logits, classes)
            )
            loss.backward()
            optimizer.step()
            model.eval()
            with torch.no_grad():
                if nn.functional.cross_entropy(self.logits(model(images)), classes) < 0.5:
                    break
        return (nn.Sequential(model, self.end) if self.end is not None else model).eval().to(self.type)

    def probabilities(self, model: nn.Module, images: torch.Tensor) -> NDArray[Any]:
        """Return the probabilities (N, C); the network gets one picture at a time, since it may be for one only."""
        with torch.no_grad():
            outputs = [model(image[None].to(self.type)) for image in images]
            rows = [output[-1] if isinstance(output, tuple) else output for output in outputs]
            return np.stack([self.shares(row.flatten()).numpy() for row in rows])

    def export(self) -> None:
        """Write the network with what is expected of it into a folder of its own."""
        folder, model = new_folder(self.name), self.trained()
        shown = pictures_to_compare(self.names, *self.size)
        images = self.prepared(np.stack(shown))
        free: dict[str, Any] = {}
        if self.batch is None and self.dynamo:
            free = {"dynamic_shapes": ({0: torch.export.Dim("batch")},)}
        elif self.batch is None:
            free = {"dynamic_axes": {each: {0: "batch_size"} for each in ("input", *self.outputs)}}
            if self.free_size:
                free["dynamic_axes"]["input"] |= {2: "height", 3: "width"}
        path = folder / "network.onnx"
        torch.onnx.export(
            model,
            (images[: self.batch or self.traced_batch].to(self.type),),
            path,
            dynamo=self.dynamo,
            input_names=["input"],
            output_names=list(self.outputs),
            **free,
        )
        forget_folders(path)
        height, width = self.size
        crop = height if height == width else [height, width]
        preprocessing = f"crop = {crop}\nmean = {list(self.mean)}\nstd = {list(self.std)}\n"
        if len(self.mean) == 1:
            preprocessing += 'channels = "grey"\n'
            shown = [pixels[..., 0] for pixels in shown]
        labels = (
            lines(self.names)
            if self.labels.endswith(".txt")
            else json.dumps({name: index for index, name in enumerate(self.names)})
        )
        write_example(
            folder,
            shown,
            self.probabilities(model, images),
            {self.labels: labels, "preprocessing.toml": preprocessing},
            f"torch.onnx {torch.__version__}, dynamo={self.dynamo}",
            self.names,
            labels=self.labels,
        )


NETWORKS = (
    Network("torch-dynamo-logits", convolutional, dynamo=True),
    # As torchvision's ImageFolder has them.
    Network("torch-script-logits", convolutional, dynamo=False, labels="class_to_idx.json"),
    Network(
        *("torch-dynamo-one-picture", lenet),
        dynamo=True,
        batch=1,
        size=(28, 28),
        end=nn.Softmax(1),
        shares=nn.Identity(),
    ),
    Network("torch-dynamo-three-pictures", lenet, dynamo=True, batch=3, size=(28, 28)),
    Network("torch-dynamo-vector", convolutional, dynamo=True, batch=1, end=nn.Flatten(0)),
    Network("torch-script-log-softmax", convolutional, dynamo=False, end=nn.LogSoftmax(1)),
    Network("torch-script-map", squeezed, dynamo=False),
    Network("torch-script-any-size", convolutional, dynamo=False, size=(40, 40), free_size=True),
    Network(
        *("torch-script-independent", convolutional),
        dynamo=False,
        independent=True,
        end=nn.Sigmoid(),
        shares=nn.Identity(),
    ),
    Network("torch-script-fixed-inside", View, dynamo=False, traced_batch=1),
    Network("torch-dynamo-two-outputs", WithFeatures, dynamo=True, outputs=("features", "logits")),
    Network("torch-dynamo-wide", convolutional, dynamo=True, size=(24, 40)),
    Network(
        *("torch-script-grey", lenet), dynamo=False, names=GREY, size=(28, 28), mean=(0.1307,), std=(0.3081,)
    ),
    Network("torch-dynamo-double", convolutional, dynamo=True, type=torch.float64),
)

if __name__ == "__main__":
    torch.set_num_threads(1)
    for network in NETWORKS:
        network.export()
