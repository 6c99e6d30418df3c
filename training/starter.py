"""Train the starter network on CIFAR-10 and write `starter.onnx`.

    python -m training.starter cifar10-train.zip cifar10-test.zip --output resources/models/starter.onnx

The archives hold CIFAR-10 (Krizhevsky 2009) as pictures, one folder a class. Every choice below is a published
one: a whitened first layer, identity at the start of the others, and flips that alternate (Jordan 2024, "94% on
CIFAR-10 in 3.29 seconds on a single GPU"); crops and zoom per picture, cutout (DeVries & Taylor 2017), label
smoothing (Szegedy et al. 2016), one learning-rate cycle (Smith & Topin 2018), Nesterov momentum, weights averaged
over the last steps (Polyak & Juditsky 1992, as an exponential average).
"""

import argparse
import copy
import itertools
import math
import os
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from PIL import Image
from torch import nn
from torch.nn import functional

from training.starter_network import CLASSES, MEAN, STD, StarterNetwork, export

BATCH = 512
WEIGHT_DECAY = 7e-4
MOMENTUM = 0.9
SMOOTHING = 0.1
KEEP = 0.998  # of the averaged weights, at each step
SHIFT = 3  # pixels


@dataclass(frozen=True)
class Phase:
    """One rise and fall of the learning rate, and how much the pictures vary meanwhile.

    `warm_up` is the share of the steps in which the rate rises. `varied` is the share of pictures that are zoomed and
    tinted, at the first step and at the last; `hole` is the side of the square that cutout blanks, in pixels.
    """

    epochs: float
    peak_rate: float
    warm_up: float
    varied: tuple[float, float]
    hole: int


# Variation makes shrunken photographs familiar. The last epochs show the pictures nearly as they will be tested, which
# brings the statistics of batch normalisation in line (Touvron et al. 2019, "Fixing the train-test resolution
# discrepancy", for another kind of variation).
PHASES = (
    Phase(epochs=25, peak_rate=0.4, warm_up=0.2, varied=(0.35, 0.1), hole=10),
    Phase(epochs=4, peak_rate=0.03, warm_up=0.05, varied=(0.1, 0.0), hole=0),
)


def load(archive: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Read an archive of pictures `CLASS/name.jpg` as (N, 32, 32, 3) and their class numbers (N,)."""
    images, labels = [], []
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            folder = Path(name).parent.name
            if folder in CLASSES and not name.endswith("/"):
                with files.open(name) as file, Image.open(file) as image:
                    images.append(np.asarray(image.convert("RGB")))
                labels.append(CLASSES.index(folder))
    return np.stack(images), np.array(labels, dtype=np.int64)


def normalise(images: torch.Tensor) -> torch.Tensor:
    """Turn (N, 3, 32, 32) values from 0 to 255 into the network's input."""
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (images.float() / 255 - mean) / std


def augment(images: torch.Tensor, mirrored: torch.Tensor, share: float, hole: int) -> torch.Tensor:
    """Vary normalised pictures (N, 3, 32, 32), each by itself; `mirrored` (N,) tells which are flipped.

    All are shifted by whole pixels and lose a square of `hole` pixels. A `share` of them is also zoomed and shifted by
    fractions of a pixel, bilinearly, which varies the sharpness too: photographs that were shrunk to 32 x 32 are not
    as crisp as CIFAR's. Their contrast, brightness and tint vary a little for the same reason.
    """
    count = len(images)
    varied = torch.rand(count, 1) < share

    def vary(low: float, high: float, columns: int = 1) -> torch.Tensor:
        return torch.where(varied, torch.empty(count, columns).uniform_(low, high), 0.0)

    zoom, stretch = torch.exp(vary(math.log(0.8), math.log(1.12))), torch.exp(vary(-0.08, 0.08))
    matrix = torch.zeros(count, 2, 3)
    matrix[:, 0, 0:1] = zoom * stretch * torch.where(mirrored[:, None], -1.0, 1.0)
    matrix[:, 1, 1:2] = zoom / stretch
    # 1 / 16 is a pixel in affine_grid's coordinates, which run from -1 to 1.
    matrix[:, :, 2] = torch.randint(-SHIFT, SHIFT + 1, (count, 2)) / 16 + vary(-0.03, 0.03, 2)
    grid = functional.affine_grid(matrix, [count, 3, 32, 32], align_corners=False)
    images = functional.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
    images = images * (1 + vary(-0.2, 0.2))[:, :, None, None]
    images = images + (vary(-0.25, 0.25) + vary(-0.08, 0.08, 3))[:, :, None, None]
    row = torch.arange(32).view(1, 32, 1) - torch.randint(0, 32, (count, 1, 1))
    column = torch.arange(32).view(1, 1, 32) - torch.randint(0, 32, (count, 1, 1))
    lost = (row.abs() < hole // 2) & (column.abs() < hole // 2)
    return images.masked_fill(lost.unsqueeze(1), 0.0)


def prepare(network: StarterNetwork, images: torch.Tensor) -> None:
    """Set the weights that training starts from; the first convolution whitens and stays as it is.

    Its filters are the main components of the 3 x 3 patches of `images` (N, 3, 32, 32), each with both signs, so
    that the ReLU behind them loses nothing.
    """
    convolutions = [layer for layer in network.features if isinstance(layer, nn.Conv2d)]
    first, *others = convolutions
    patches = functional.unfold(images[:5000], 3).permute(0, 2, 1).reshape(-1, 27).double()
    values, vectors = torch.linalg.eigh(torch.cov(patches.T))
    half = first.out_channels // 2
    filters = (vectors / torch.sqrt(values + 5e-4)).T.flip(0)[:half].float().view(half, 3, 3, 3)
    with torch.no_grad():
        first.weight.copy_(torch.cat((filters, -filters)))
        for layer in others:
            nn.init.dirac_(layer.weight[: layer.in_channels])
    first.weight.requires_grad_(False)


def train(
    network: StarterNetwork, images: torch.Tensor, labels: torch.Tensor, phase: Phase
) -> StarterNetwork:
    """Train on normalised pictures (N, 3, 32, 32) and classes (N,); gives the averaged network."""
    network = network.to(memory_format=torch.channels_last).train()
    average = copy.deepcopy(network)
    trained = [each for each in network.parameters() if each.requires_grad]
    optimiser = torch.optim.SGD(
        [
            {"params": [each for each in trained if each.ndim > 1], "weight_decay": WEIGHT_DECAY},
            {"params": [each for each in trained if each.ndim == 1], "weight_decay": 0.0},
        ],
        lr=phase.peak_rate,
        momentum=MOMENTUM,
        nesterov=True,
    )
    per_epoch = len(images) // BATCH
    steps = round(phase.epochs * per_epoch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / (phase.warm_up * steps), (1 - step / steps) / (1 - phase.warm_up)),
    )
    loss_of = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    started, total = time.monotonic(), 0.0
    order = torch.randperm(len(images))
    mirrored = torch.rand(len(images)) < 0.5
    for step in range(steps):
        batch = step % per_epoch
        if batch == 0:
            order = torch.randperm(len(images))
            mirrored = ~mirrored  # every picture is seen from both sides in every two epochs
        chosen = order[batch * BATCH : (batch + 1) * BATCH]
        share = phase.varied[0] + (phase.varied[1] - phase.varied[0]) * step / steps
        inputs = augment(images[chosen], mirrored[chosen], share, phase.hole).to(
            memory_format=torch.channels_last
        )
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(network(inputs), labels[chosen])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        # The average forgets quickly at first and ever more slowly later: early weights are of no use.
        keep = min(KEEP, (1 + step) / (10 + step))
        with torch.no_grad():
            for old, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
                if old.is_floating_point():
                    old.lerp_(new, 1 - keep)
        total += loss.item()
        if batch == per_epoch - 1:
            seconds = time.monotonic() - started
            print(f"step {step + 1}/{steps} loss {total / (batch + 1):.4f} {seconds:.0f} s", flush=True)
            total = 0.0
    return average.eval()


def read_weights(path: Path) -> StarterNetwork:
    """Return the network with the weights of an exported file."""
    network = StarterNetwork()
    stored = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    conv = dense = 0
    with torch.no_grad():
        for layer in itertools.chain(network.features, network.head):
            names: dict[str, torch.Tensor | None] = {}
            if isinstance(layer, nn.Conv2d):
                name = f"vgg0_conv{conv}"
                names = {f"{name}_weight_half": layer.weight, f"{name}_bias": layer.bias}
            elif isinstance(layer, nn.BatchNorm2d):
                name = f"vgg0_batchnorm{conv}"
                names = {f"{name}_gamma": layer.weight, f"{name}_beta": layer.bias}
                names |= {
                    f"{name}_running_mean": layer.running_mean,
                    f"{name}_running_var": layer.running_var,
                }
                conv += 1
            elif isinstance(layer, nn.Linear):
                name = f"vgg0_dense{dense}"
                names = {f"{name}_weight_half": layer.weight, f"{name}_bias": layer.bias}
                dense += 1
            for key, target in names.items():
                assert target is not None
                target.copy_(torch.from_numpy(stored[key].astype(np.float32)))
    return network


def accuracy(network: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the share of pictures whose most probable class is right."""
    right = 0
    with torch.inference_mode():
        for start in range(0, len(images), 1000):
            logits = network(images[start : start + 1000])
            right += int((logits.argmax(1) == labels[start : start + 1000]).sum())
    return right / len(images)


def onnx_scores(path: Path, images: torch.Tensor) -> NDArray[np.float32]:
    """Run the exported file itself over normalised pictures; gives logits (N, 10)."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    parts = [
        session.run(None, {"data": images[start : start + 1000].numpy()})[0]
        for start in range(0, len(images), 1000)
    ]
    return np.concatenate(parts)


def main() -> None:
    """Train, export, and report what the exported file scores on the test pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="go on from this exported file")
    parser.add_argument("--done", type=int, default=0, help="phases that it has behind it")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    pixels, labels = load(arguments.train)
    images = normalise(torch.from_numpy(pixels).permute(0, 3, 1, 2))
    if arguments.start:
        network = read_weights(arguments.start)
        first = next(layer for layer in network.features if isinstance(layer, nn.Conv2d))
        first.weight.requires_grad_(False)
    else:
        network = StarterNetwork()
        prepare(network, images)
    for phase in PHASES[arguments.done :]:
        network = train(network, images, torch.from_numpy(labels), phase)
    del images
    pixels, labels = load(arguments.test)
    images = normalise(torch.from_numpy(pixels).permute(0, 3, 1, 2)).contiguous()
    print(f"PyTorch: top-1 {accuracy(network, images, torch.from_numpy(labels)):.4f}", flush=True)
    export(network.cpu(), arguments.output, {"classes": ",".join(CLASSES), "trained on": "CIFAR-10"})
    scores = onnx_scores(arguments.output, images)
    order = np.argsort(-scores, axis=1)
    right = order[:, 0] == labels
    top5 = (order[:, :5] == labels[:, None]).any(axis=1)
    print(f"onnxruntime: top-1 {right.mean():.4f}, top-5 {top5.mean():.4f}")
    for index, name in enumerate(CLASSES):
        print(f"  {name:10} {right[labels == index].mean():.3f}")
    print(f"{arguments.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
