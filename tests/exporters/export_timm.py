"""Networks of timm with seeded weights, with timm's own `config.json` as preprocessing; too large to be stored."""

import numpy as np
import timm
import torch
from PIL import Image
from timm.data import create_transform, resolve_data_config
from timm.models._hub import save_config_for_hf
from timm.utils.onnx import onnx_export
from torch import nn

from tests.exporters.example import COLOURED, Pixels, draw, lines, new_folder, write_example


def export(name: str, side: int, *, dynamo: bool) -> None:
    """Train the last layer of a network, and write all with what is expected of it into a folder of its own.

    The pictures have `side` pixels, to which timm's evaluation resizes; it then crops them.
    """
    folder = new_folder(f"timm-{name.replace('_', '-')}")
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    model = timm.create_model(name, pretrained=False, num_classes=len(COLOURED))
    transform = create_transform(**resolve_data_config({}, model=model), is_training=False)

    def prepared(pictures: list[Pixels]) -> torch.Tensor:
        return torch.stack([transform(Image.fromarray(each)) for each in pictures])

    targets = torch.arange(60) % len(COLOURED)
    images = prepared([draw(COLOURED[each], side, side, random) for each in targets.tolist()])
    with torch.no_grad():
        model.train()
        for _ in range(20):
            model(images[torch.randperm(60)[:20]])  # what batch normalisation has seen so far is nothing
        model.eval()
        features = model.forward_head(model.forward_features(images), pre_logits=True)
    head = model.get_classifier()
    optimizer = torch.optim.Adam(head.parameters(), 0.01)
    for _ in range(500):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(head(features), targets)
        loss.backward()
        optimizer.step()
        if float(loss.detach()) < 0.5:
            break
    shown = [draw(each, side, side, random) for each in COLOURED[:4]]
    with torch.no_grad():
        probabilities = model(prepared(shown)).softmax(1).numpy()
    onnx_export(model, str(folder / "network.onnx"), batch_size=2, use_dynamo=dynamo)
    save_config_for_hf(model, str(folder / "config.json"), {"label_names": list(COLOURED)})
    write_example(
        folder,
        shown,
        probabilities,
        {"labels.txt": lines(COLOURED)},
        f"timm {timm.__version__}",
        COLOURED,
        preprocessing="config.json",
    )


if __name__ == "__main__":
    export("mobilenetv3_small_050", 256, dynamo=False)
    export("test_vit", 168, dynamo=True)
