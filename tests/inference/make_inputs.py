"""Seeded inputs that the stored references were made from."""

import numpy as np
from numpy.typing import NDArray

SEED = 7


def images(count: int, seed: int) -> NDArray[np.float32]:
    """Return noise in the shape of prepared pictures, (count, 3, 224, 224)."""
    return np.random.default_rng(seed).standard_normal((count, 3, 224, 224), dtype=np.float32)
