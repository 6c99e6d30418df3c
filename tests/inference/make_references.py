"""Make `torch_logits.npz`: what an independent PyTorch network gives with the weights of the tiny zoo networks.

    python -m tests.inference.make_references     (needs torch and onnx)

The layers are put together from the published description, not from the ONNX graph; only the weights are read.
"""

from pathlib import Path

import numpy as np
import torch
from onnx import numpy_helper
from torch import nn

from tests.inference.make_inputs import SEED, images
from tests.support import networks

# Simonyan & Zisserman 2014, table 1: convolutions by stage; "M" is max pooling.
LAYERS = {
    "vgg16": "CCMCCMCCCMCCCMCCCM",
    "vgg19": "CCMCCMCCCCMCCCCMCCCCM",
}


def reference(id: str, inputs: torch.Tensor) -> torch.Tensor:
    """Return the logits (N, 1000) of the network for inputs (N, 3, 224, 224)."""
    model = networks.zoo_vgg(id)
    weights = {
        each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in model.graph.initializer
    }
    value, conv = inputs, 0
    for layer in LAYERS[id.removesuffix("-bn")]:
        if layer == "M":
            value = nn.functional.max_pool2d(value, 2)
            continue
        name = f"vgg0_conv{conv}"
        value = nn.functional.conv2d(value, weights[f"{name}_weight"], weights[f"{name}_bias"], padding=1)
        if id.endswith("-bn"):
            name = f"vgg0_batchnorm{conv}"
            value = nn.functional.batch_norm(
                value,
                weights[f"{name}_running_mean"],
                weights[f"{name}_running_var"],
                weights[f"{name}_gamma"],
                weights[f"{name}_beta"],
                eps=1e-5,
            )
        value = nn.functional.relu(value)
        conv += 1
    value = value.flatten(1)
    for dense in range(3):
        name = f"vgg0_dense{dense}"
        value = nn.functional.linear(value, weights[f"{name}_weight"], weights[f"{name}_bias"])
        value = nn.functional.relu(value) if dense < 2 else value
    return value


def main() -> None:
    """Write the logits of all four networks for two seeded images."""
    with torch.inference_mode():
        logits = {id: reference(id, torch.from_numpy(images(2, SEED))).numpy() for id in networks.FILENAMES}
    np.savez_compressed(Path(__file__).with_name("torch_logits.npz"), **logits)


if __name__ == "__main__":
    main()
