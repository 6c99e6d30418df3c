"""Pictures that tests make themselves: deterministic pixels, encoded files, colour profiles, odd chunks."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vgg_desktop.images.reading import Picture, decode


def noise_on_gradient(width: int, height: int, seed: int = 0) -> NDArray[np.uint8]:
    """Return pixels (height, width, 3) that are the same on every machine: half gradients, half noise.

    Only the raw stream of numpy's generators is promised to stay the same over versions, so only it is used.
    """
    count = width * height * 3
    raw = np.random.PCG64(seed).random_raw((count + 7) // 8).astype("<u8").view(np.uint8)[:count]
    noise = raw.reshape(height, width, 3) // 2
    rows = (np.arange(height) * 127 // max(1, height - 1))[:, None, None]
    columns = (np.arange(width) * 127 // max(1, width - 1))[None, :, None]
    channels = np.array([0, 1, 2])
    gradient = np.where(channels == 0, rows, np.where(channels == 1, columns, 127 - rows))
    return (noise + gradient).astype(np.uint8)


def smooth(width: int = 48, height: int = 32) -> Image.Image:
    """Return an opaque RGB picture without noise, which lossy formats keep nearly as it is."""
    rows = np.linspace(20, 235, height)[:, None]
    columns = np.linspace(20, 235, width)[None, :]
    planes = [rows + 0 * columns, columns + 0 * rows, (rows + columns) / 2]
    return Image.fromarray(np.stack(planes, axis=-1).astype(np.uint8))


def quarters(width: int = 48, height: int = 32) -> Image.Image:
    """Return a picture whose four quarters are red, green, blue and white, so that every turn shows."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("white", (width // 2, height // 2, width, height))
    return image


def encode(image: Image.Image, format: str, **options: object) -> bytes:
    """Return the bytes of a picture's file in one of Pillow's formats."""
    buffer = io.BytesIO()
    # Of a copy: saving leaves the format's settings on the picture, and the next format stumbles over them.
    image.copy().save(buffer, format, **options)
    return buffer.getvalue()


def read_bytes(data: bytes, name: Path, draft: int | None = None) -> Picture:
    """Read a picture from the bytes of a file; errors call it `name`."""
    return decode(io.BytesIO(data), name, draft)


def png_chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG, its checksum included."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int, height: int, depth: int, colour_type: int, rows: bytes, *chunks: bytes, declared: bytes = b""
) -> bytes:
    """Return a PNG of any kind: `rows` with their filter bytes, `chunks` before the pixels.

    `declared` replaces the header's eight bytes of width and height.
    """
    size = declared or struct.pack(">II", width, height)
    header = png_chunk(b"IHDR", size + bytes([depth, colour_type, 0, 0, 0]))
    pixels = png_chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + png_chunk(b"IEND", b"")


def matrix_profile(*, swap_red_and_blue: bool = False, gamma: float = 2.2) -> bytes:
    """Return an ICC profile (version 2.4) of sRGB's primaries, or with two of them exchanged."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    if swap_red_and_blue:
        red, blue = blue, red
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))
    description = b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(78)
    tags = [
        (b"desc", description),
        (b"wtpt", _xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", _xyz(*red)),
        (b"gXYZ", _xyz(*green)),
        (b"bXYZ", _xyz(*blue)),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float) -> bytes:
    """Return an ICC profile of grey with this gamma."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))
    return _profile(b"GRAY", [(b"wtpt", _xyz(0.9642, 1.0, 0.8249)), (b"kTRC", curve)])


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(each * 65536) for each in (x, y, z)))


def _profile(space: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        padded = data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += padded
    rest = table + body
    header = struct.pack(
        ">I4xI4s4s4s12x4s", 128 + len(rest), 0x02400000, b"mntr", space, b"XYZ ", b"acsp"
    ) + bytes(28)
    return header + _xyz(0.9642, 1.0, 0.8249)[8:] + bytes(128 - len(header) - 12) + rest


def many_scans(side: int, scans: int) -> bytes:
    """Return a progressive JPEG whose last scan is repeated: each costs a pass over all pixels."""
    stream = io.BytesIO()
    Image.new("L", (side, side), 128).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def slow_tiff(side: int, scans: int) -> bytes:
    """Return a TIFF with such a JPEG in it, of at most 90 scans: one call of its decoder takes seconds."""
    jpeg = many_scans(side, scans)
    tags = {256: side, 257: side, 258: 8, 259: 7, 262: 1, 273: 8, 277: 1, 278: side, 279: len(jpeg)}
    jpeg += bytes(len(jpeg) % 2)
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return (
        struct.pack("<2sHI", b"II", 42, 8 + len(jpeg))
        + jpeg
        + struct.pack("<H", len(tags))
        + entries
        + bytes(4)
    )
