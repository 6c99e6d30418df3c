"""How large 8-bit weights may be on this processor: some add products in too narrow registers."""

import functools
import tempfile
from pathlib import Path

import numpy as np

from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.runtime import Session
from vgg_desktop.models.onnx_writing import initializer, model, node, value

FULL, REDUCED = 127, 63
_SIDE = 64


@functools.cache
def weight_limit() -> int:
    """Return the largest weight whose sums come out right: 127, or 63 on x86 processors without VNNI.

    Those add two products of 8-bit integers in 16 bits, and 255 * 127 * 2 is more than fits. Tried out, as no
    library here names the processor's instructions. Raises `ModelUnusable`, `OSError`.
    """
    weights = np.full((_SIDE, _SIDE), FULL, np.int8)
    graph = model(
        "saturation",
        nodes=node("MatMulInteger", ["values", "weights"], "sums"),
        initializers=initializer("weights", weights),
        picture=value("values", "uint8", _SIDE),
        scores=value("sums", "int32", _SIDE),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saturation.onnx"
        path.write_bytes(graph)
        session = Session(path, CPU.provider)
        (sums,) = session.run({"values": np.full((_SIDE, _SIDE), 255, np.uint8)})
    return FULL if bool((sums == 255 * FULL * _SIDE).all()) else REDUCED
