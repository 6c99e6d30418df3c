"""What the processor and the memory of this computer could do at best, measured, and what that means for VGG 16.

    python -m benchmarks.limits

A picture costs 15.5 thousand million multiply-adds, and 8.0 as Exact computes it (models/winograd.py), not counting
its transforms. The fully connected layers' 494 MB of weights are read once a batch, as floats; as bytes a quarter of
that.
"""

import os
import threading
import time
from collections.abc import Callable

import numpy as np

MULTIPLY_ADDS, OURS = 15.47e9, 8.05e9
FULLY_CONNECTED_BYTES = 494e6
SIDE = 4096
BLOCK = 128 << 20


def best_seconds(act: Callable[[], object], runs: int = 5) -> float:
    """Return the shortest of some runs: a limit is what nothing disturbed."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return min(times)


def multiply_adds_a_second() -> float:
    """Return the rate of a large matrix product in 32-bit floats on all cores."""
    random = np.random.default_rng(0)
    left, right = (random.standard_normal((SIDE, SIDE), dtype=np.float32) for _ in range(2))
    return float(SIDE**3 / best_seconds(lambda: left @ right))


def bytes_a_second() -> float:
    """Return the rate at which all cores together read memory that is in no cache."""
    blocks = [np.ones(BLOCK // 4, np.float32) for _ in range(os.cpu_count() or 1)]

    def read() -> None:
        threads = [threading.Thread(target=np.max, args=(block,)) for block in blocks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return BLOCK * len(blocks) / best_seconds(read)


def main() -> None:
    """Measure and print."""
    rate, bandwidth = multiply_adds_a_second(), bytes_a_second()
    computing, reading = MULTIPLY_ADDS / rate * 1000, FULLY_CONNECTED_BYTES / bandwidth * 1000
    print("\n**What this computer could do at best**\n\n| | |\n|---|---:|")
    print(f"| multiply-adds per second, 32-bit floats (matrix product) | {rate / 1e9:.0f} thousand million |")
    print(f"| bytes read per second | {bandwidth / 1e9:.1f} GB |")
    print(f"| computing one picture | {computing:.0f} ms |")
    print(f"| reading the fully connected weights for one batch | {reading:.0f} ms |")
    print(f"| one picture alone: both | {computing + reading:.0f} ms |")
    print(f"| one of a batch of 8 | {computing + reading / 8:.0f} ms |")
    ours = OURS / rate * 1000
    print(f"| one picture alone with half the multiply-adds | {ours + reading:.0f} ms |")
    print(f"| one of a batch of 8 with half the multiply-adds | {ours + reading / 8:.0f} ms |")
    print(
        f"| one picture in 8 bits: four products at once, a quarter of the bytes | {(computing + reading) / 4:.0f} ms |"
    )


if __name__ == "__main__":
    main()
