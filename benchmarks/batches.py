"""How long a picture takes in batches of different sizes, alone and while other threads decode pictures.

    python -m benchmarks.batches [--rounds N] [--network vgg16] [--home FOLDER]

onnxruntime's threads spin for a while when they wait for work, which costs the decoding threads their cores; so each
size is run with and without spinning. This is what `MAX_BATCH` and `spinning` in `vgg_desktop/inference` rest on.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import full_size
from benchmarks.pictures import TWELVE_MEGAPIXELS, make_pictures
from benchmarks.table import in_turn, show
from vgg_desktop.images.reading import read
from vgg_desktop.inference.forms.registry import graph_path
from vgg_desktop.inference.runtime import load_onnxruntime

SIZES = (1, 2, 4, 8, 16)


@contextmanager
def decoding(picture: Path, threads: int) -> Iterator[None]:
    """Decode a picture over and over in other threads."""
    over = threading.Event()

    def decode() -> None:
        while not over.is_set():
            read(picture, draft=768)

    running = [threading.Thread(target=decode) for _ in range(threads)]
    for each in running:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in running:
            each.join()


def main() -> None:
    """Measure in turn and print two tables."""
    parser = full_size.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--decoders", type=int, default=1)
    options = parser.parse_args()
    with full_size.home(options.home, options.network), TemporaryDirectory() as folder:
        graph = graph_path(full_size.find(options.network), "mapped")
        picture = make_pictures(Path(folder), 1, TWELVE_MEGAPIXELS)[0]
        onnxruntime = load_onnxruntime()
        measures = {}
        for spinning in ("1", "0"):
            settings = onnxruntime.SessionOptions()
            settings.add_session_config_entry("session.disable_prepacking", "1")
            settings.add_session_config_entry("session.intra_op.allow_spinning", spinning)
            session = onnxruntime.InferenceSession(str(graph), settings)

            def once(size: int, session: object = session) -> float:
                images = np.zeros((size, 3, 224, 224), np.float32)
                begun = time.perf_counter()
                session.run(None, {"data": images})  # type: ignore[attr-defined] # the library ships no types
                return (time.perf_counter() - begun) * 1000 / size

            for size in SIZES:
                word = "spinning" if spinning == "1" else "waiting"
                measures[f"batch of {size}, {word}"] = partial(once, size)
        alone = in_turn(measures, options.rounds)
        with decoding(picture, options.decoders):
            busy = in_turn(measures, options.rounds)
    show(f"{options.network}, nothing else runs", "ms a picture", alone, "batch of 1, spinning")
    show(
        f"{options.network}, {options.decoders} thread(s) decode",
        "ms a picture",
        busy,
        "batch of 1, spinning",
    )


if __name__ == "__main__":
    main()
