"""The probabilities of all classes of a picture as a few bytes: their logarithms in half precision, compressed.

A probability p comes back with a relative error of at most |ln p| / 2048: 0.3 % for 1/1000, next to nothing near 1. The
best classes, which are what is shown, are kept beside them in single precision.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

BEST = 20  # classes
_LOWEST = -60000.0  # for a probability of 0; half precision ends at -65504
_BEST_CLASS = np.dtype([("index", "<u4"), ("probability", "<f4")])


def pack_scores(probabilities: NDArray[np.float64]) -> bytes:
    """Return the logarithms of probabilities (C,) as bytes."""
    with np.errstate(divide="ignore"):
        logarithms = np.maximum(np.log(probabilities), _LOWEST).astype("<f2")
    # The bytes of higher and of lower value apart are a fifth smaller.
    return zlib.compress(logarithms.view(np.uint8).reshape(-1, 2).T.tobytes(), 1)


def unpack_scores(data: bytes) -> NDArray[np.float32]:
    """Return the logarithms of probabilities (C,) that `pack_scores` made. Raises `ValueError` for anything else."""
    try:
        planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(2, -1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return np.ascontiguousarray(planes.T).view("<f2").ravel().astype(np.float32)


def pack_best(probabilities: NDArray[np.float64]) -> bytes:
    """Return the indices and probabilities of the best classes of (C,) as bytes."""
    from vgg_desktop.inference.classifier import top_k

    best = top_k(probabilities, BEST)
    packed = np.empty(len(best), _BEST_CLASS)
    packed["index"], packed["probability"] = best, probabilities[best]
    return packed.tobytes()


def unpack_best(data: bytes, k: int) -> list[tuple[int, float]]:
    """Return the k best classes and their probabilities, the best first. Raises `ValueError` for other bytes."""
    best = np.frombuffer(data, _BEST_CLASS)[:k]
    return list(zip(best["index"].tolist(), best["probability"].tolist(), strict=True))
