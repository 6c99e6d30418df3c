"""Networks of Hugging Face transformers: `config.json` as labels, `preprocessor_config.json` as preprocessing.

The stored ones: `.exporters/transformers/bin/python -m tests.exporters.export_transformers tests/exporters/stored`.
"""

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from torch import nn
from transformers import (
    BaseImageProcessor,
    ConvNextImageProcessorPil,
    PreTrainedModel,
    ResNetConfig,
    ResNetForImageClassification,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessorPil,
)

from tests.exporters.example import (
    COLOURED,
    Pixels,
    forget_folders,
    new_folder,
    pictures_to_compare,
    training_set,
    write_example,
)

NAMES = {
    "id2label": dict(enumerate(COLOURED)),
    "label2id": {name: index for index, name in enumerate(COLOURED)},
}


def prepared(processor: BaseImageProcessor, pictures: list[Pixels] | Pixels) -> torch.Tensor:
    """Return pictures as the network gets them: (N, 3, H, W)."""
    return processor(images=list(pictures), return_tensors="pt")["pixel_values"]


def train(model: PreTrainedModel, images: torch.Tensor, targets: NDArray[np.int64]) -> None:
    """Train a network until its answers differ clearly."""
    classes = torch.from_numpy(targets)
    optimizer = torch.optim.Adam(model.parameters(), 0.005)
    for _ in range(300):
        model.train()
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images).logits, classes)
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            if nn.functional.cross_entropy(model(images).logits, classes) < 0.5:
                break


def export(
    name: str, model: PreTrainedModel, processor: BaseImageProcessor, side: int, *, dynamo: bool
) -> None:
    """Write a network with what is expected of it into a folder of its own; `side` is that of its pictures."""
    folder = new_folder(name)
    pixels, targets = training_set(COLOURED, side, side)
    train(model, prepared(processor, pixels), targets)
    shown = pictures_to_compare(COLOURED, side, side)
    images = prepared(processor, shown)
    with torch.no_grad():
        probabilities = model(images).logits.softmax(1).numpy()
    free = (
        {"dynamic_shapes": {"pixel_values": {0: torch.export.Dim("batch_size")}}, "external_data": False}
        if dynamo
        else {"dynamic_axes": {"pixel_values": {0: "batch_size"}, "logits": {0: "batch_size"}}}
    )
    path = folder / "network.onnx"
    torch.onnx.export(
        model,
        (images[:2],),
        path,
        dynamo=dynamo,
        input_names=["pixel_values"],
        output_names=["logits"],
        **free,
    )
    forget_folders(path)
    model.config.save_pretrained(folder)
    processor.save_pretrained(folder)
    write_example(
        folder,
        shown,
        probabilities,
        {},
        f"transformers {transformers.__version__}",
        COLOURED,
        labels="config.json",
        preprocessing="preprocessor_config.json",
    )


if __name__ == "__main__":
    torch.manual_seed(0)
    vit = ViTConfig(
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=32,
        patch_size=8,
        **NAMES,
    )
    export(
        "transformers-vit",
        ViTForImageClassification(vit),
        ViTImageProcessorPil(size={"height": 32, "width": 32}),
        32,
        dynamo=False,
    )
    resnet = ResNetConfig(
        embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1], layer_type="basic", num_channels=3, **NAMES
    )
    # The shorter side is resized to 32 / 0.875, then the middle is cropped.
    export(
        "transformers-resnet",
        ResNetForImageClassification(resnet),
        ConvNextImageProcessorPil(
            size={"shortest_edge": 32},
            crop_pct=0.875,
            image_mean=[0.485, 0.456, 0.406],
            image_std=[0.229, 0.224, 0.225],
        ),
        36,
        dynamo=True,
    )
