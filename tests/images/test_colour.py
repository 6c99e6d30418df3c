import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin

from tests.support.images import encode, grey_profile, matrix_profile, png, png_chunk, read_bytes, smooth


def pixels_of(data: bytes) -> NDArray[np.int64]:
    return np.asarray(read_bytes(data, Path("picture")).image).astype(np.int64)


def ramp16() -> NDArray[np.uint16]:
    return (np.arange(256, dtype=np.uint16) * 257).reshape(16, 16)


@pytest.mark.parametrize("format", ["PNG", "TIFF", "JPEG2000"])
def test_16_bit_grey_is_scaled_not_clipped(format: str) -> None:
    found = pixels_of(encode(Image.fromarray(ramp16()), format))
    np.testing.assert_array_equal(found[:, :, 1], np.arange(256).reshape(16, 16))


def test_16_bit_big_endian_tiff() -> None:
    image = Image.frombytes("I;16B", (16, 16), ramp16().astype(">u2").tobytes())
    np.testing.assert_array_equal(pixels_of(encode(image, "TIFF"))[:, :, 0].ravel(), np.arange(256))


def test_16_bit_tiff_where_white_is_zero() -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[262] = 0
    found = pixels_of(encode(Image.fromarray(ramp16()), "TIFF", tiffinfo=tags))
    np.testing.assert_array_equal(found[:, :, 0].ravel(), np.arange(256)[::-1])


def test_signalling_nans_are_no_warning() -> None:
    values = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    data = encode(Image.fromarray(values), "TIFF")
    pixels = data.index(values.tobytes())
    signalling = (0x7F800001).to_bytes(4, "little")
    assert pixels_of(data[:pixels] + signalling + data[pixels + 4 :])[0, 0].max() == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 100.0, 200.0], [0, 100, 200]),
        ([0.0, 257.0, 65535.0], [0, 1, 255]),
        ([-1.0, 0.0, 1.0], [0, 128, 255]),
        ([float("nan"), float("inf"), 0.2], [0, 255, 51]),
        ([float("-inf"), 2.0, 2.0], [0, 2, 2]),
        ([-3.4e38, 0.0, 3.4e38], [0, 128, 255]),
        ([float("nan")] * 3, [0, 0, 0]),
    ],
)
def test_float_pictures(values: list[float], expected: list[int]) -> None:
    image = Image.fromarray(np.array([values], np.float32))
    assert np.abs(pixels_of(encode(image, "TIFF"))[0, :, 0] - expected).max() <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 100, 255], [0, 100, 255]),
        ([0, 25_700, 65_535], [0, 100, 255]),
        ([-100, 0, 100], [0, 128, 255]),
        ([0, 2**30, 2**31 - 1], [0, 128, 255]),
        ([-5, -5, -5], [0, 0, 0]),
    ],
)
def test_32_bit_pictures(values: list[int], expected: list[int]) -> None:
    image = Image.fromarray(np.array([values], np.int32))
    assert np.abs(pixels_of(encode(image, "TIFF"))[0, :, 0] - expected).max() <= 1


def test_one_bit_and_palette() -> None:
    one = Image.new("1", (8, 8), 1)
    one.putpixel((3, 3), 0)
    for format in ("PNG", "TIFF", "BMP", "GIF"):
        found = pixels_of(encode(one, format))
        assert found[3, 3].tolist() == [0, 0, 0]
        assert found[0, 0].tolist() == [255, 255, 255]
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([9, 8, 7, 1, 2, 3])
    for format in ("PNG", "TIFF", "BMP", "GIF"):
        assert pixels_of(encode(palette, format))[0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparency_is_shown_on_white(mode: str) -> None:
    image = Image.new("RGBA", (4, 1), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 128))
    image.putpixel((2, 0), (0, 0, 0, 0))
    data = encode(image.convert(mode), "TIFF" if mode == "PA" else "PNG")
    assert pixels_of(data)[0, :, 2].tolist() == [0, 127, 255, 0]


@pytest.mark.parametrize("format", ["WEBP", "AVIF", "GIF", "JPEG2000", "TIFF"])
def test_hidden_colours_stay_hidden(format: str) -> None:
    image = Image.new("RGBA", (32, 32), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 32, 16))
    found = pixels_of(encode(image, format))
    assert np.abs(found[24, 16] - (255, 255, 255)).max() <= 2
    assert np.abs(found[4, 16] - (0, 0, 255)).max() <= 3


def test_single_transparent_colours_in_png() -> None:
    rgb = png(2, 1, 8, 2, b"\0\1\2\3\4\5\6", png_chunk(b"tRNS", struct.pack(">3H", 1, 2, 3)))
    assert pixels_of(rgb)[0].tolist() == [[255, 255, 255], [4, 5, 6]]
    grey = png(2, 1, 8, 0, b"\0\1\2", png_chunk(b"tRNS", struct.pack(">H", 1)))
    assert pixels_of(grey)[0, :, 0].tolist() == [255, 2]
    grey16 = png(
        2, 1, 16, 0, b"\0" + struct.pack(">2H", 257, 257 * 2), png_chunk(b"tRNS", struct.pack(">H", 257))
    )
    assert pixels_of(grey16)[0, :, 0].tolist() == [255, 2]
    bit = png(8, 1, 1, 0, b"\0\x0f", png_chunk(b"tRNS", struct.pack(">H", 0)))
    assert pixels_of(bit)[0, :, 0].tolist() == [128] * 4 + [255] * 4  # white on transparent, so on grey
    plte, trns = png_chunk(b"PLTE", bytes([9, 8, 7, 6, 5, 4])), png_chunk(b"tRNS", b"\0\x80")
    assert pixels_of(png(2, 1, 8, 3, b"\0\0\1", plte, trns))[0].tolist() == [[255, 255, 255], [130, 130, 129]]


def test_16_bit_grey_with_alpha_in_png() -> None:
    data = png(2, 1, 16, 4, b"\0" + struct.pack(">4H", 0, 0, 0x1234, 0xFFFF))
    assert pixels_of(data)[0, :, 0].tolist() == [255, 0x12]


def test_16_bit_colours_in_png() -> None:
    data = png(1, 1, 16, 2, b"\0" + struct.pack(">3H", 0xFFFF, 0x8000, 0x0100))
    assert pixels_of(data)[0, 0].tolist() == [255, 128, 1]


def test_cmyk_with_and_without_adobe_s_inversion() -> None:
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    jpeg = encode(cyan, "JPEG", quality=100)  # Pillow writes it as Adobe does, inverted and marked
    assert b"Adobe" in jpeg
    for data in (jpeg, encode(cyan, "TIFF")):
        assert np.abs(pixels_of(data)[8, 8] - (0, 255, 255)).max() <= 3


def test_ycck() -> None:
    # Pillow writes no YCCK, so its CMYK is marked as such: inverted cyan becomes Y, magenta Cb, yellow Cr.
    for cyan, expected in [(0, 0), (255, 255)]:
        cmyk = Image.new("CMYK", (16, 16), (cyan, 128, 128, 0))
        data = bytearray(encode(cmyk, "JPEG", quality=100))
        data[data.index(b"Adobe") + 11] = 2
        assert np.abs(pixels_of(bytes(data))[8, 8] - expected).max() <= 3


@pytest.mark.parametrize(
    ("lab", "expected"),
    [((255, 128, 128), (255, 255, 255)), ((0, 128, 128), (0, 0, 0)), ((138, 209, 198), (255, 0, 0))],
)
def test_lab(lab: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    image = Image.merge("LAB", [Image.new("L", (4, 4), value) for value in lab])
    assert np.abs(pixels_of(encode(image, "TIFF"))[0, 0] - expected).max() <= 6


def test_ycbcr_tiff() -> None:
    data = encode(smooth().convert("YCbCr"), "TIFF")
    assert np.abs(pixels_of(data) - np.asarray(smooth()).astype(int)).max() <= 3


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_an_embedded_profile_is_applied(format: str) -> None:
    options = {} if format in ("PNG", "TIFF") else {"quality": 95}
    image = Image.new("RGB", (32, 32), (240, 30, 60))
    data = encode(image, format, icc_profile=matrix_profile(swap_red_and_blue=True), **options)
    assert np.abs(pixels_of(data)[16, 16] - (60, 30, 240)).max() <= 8


def test_a_profile_that_is_srgb_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encode(smooth(), "PNG", icc_profile=srgb)
    np.testing.assert_array_equal(pixels_of(data), np.asarray(smooth()))


def test_a_profile_called_srgb_is_not_believed() -> None:
    linear = matrix_profile(gamma=1.0).replace(b"test\0", b"sRGB\0")
    assert pixels_of(encode(Image.new("RGB", (4, 4), (64, 64, 64)), "PNG", icc_profile=linear))[0, 0, 0] > 120


def test_profiles_of_grey() -> None:
    linear = grey_profile(1.0)
    found = pixels_of(encode(Image.new("L", (4, 4), 64), "PNG", icc_profile=linear))
    assert np.abs(found - 137).max() <= 2
    deep = Image.fromarray(np.full((4, 4), 64 * 257, np.uint16))
    assert np.abs(pixels_of(encode(deep, "PNG", icc_profile=linear)) - 137).max() <= 2


def test_a_profile_applies_under_transparency() -> None:
    image = Image.new("RGBA", (2, 1), (240, 30, 60, 255))
    image.putpixel((1, 0), (240, 30, 60, 0))
    found = pixels_of(encode(image, "PNG", icc_profile=matrix_profile(swap_red_and_blue=True)))
    assert np.abs(found[0] - [(60, 30, 240), (255, 255, 255)]).max() <= 8


@pytest.mark.parametrize(
    "profile",
    [b"x", b"acsp" * 50, matrix_profile()[:200], matrix_profile()[:-60] + bytes(60), grey_profile(2.2)],
    ids=["tiny", "noise", "cut off", "without curves", "of another kind"],
)
def test_profiles_of_no_use_are_ignored(profile: bytes) -> None:
    for format in ("PNG", "TIFF"):
        data = encode(smooth(), format, icc_profile=profile)
        np.testing.assert_array_equal(pixels_of(data), np.asarray(smooth()))


def test_cmyk_profile_of_another_kind_is_ignored() -> None:
    data = encode(Image.new("CMYK", (16, 16), (255, 0, 0, 0)), "TIFF", icc_profile=matrix_profile())
    assert pixels_of(data)[8, 8].tolist() == [0, 255, 255]


def test_a_damaged_compressed_profile_in_png_is_ignored() -> None:
    chunk = png_chunk(b"iCCP", b"a\0\0" + zlib.compress(matrix_profile())[:50])
    assert pixels_of(png(1, 1, 8, 2, b"\0\1\2\3", chunk))[0, 0].tolist() == [1, 2, 3]


def grey_tiff(bits: int, values: list[int], photometric: int = 1) -> bytes:
    """Return a TIFF of one row of grey with any number of bits, which Pillow itself cannot write."""
    packed = "".join(f"{value:0{bits}b}" for value in values)
    packed += "0" * (-len(packed) % 8)
    row = int(packed, 2).to_bytes(len(packed) // 8, "big")
    tags = [
        (256, 3, len(values)),
        (257, 3, 1),
        (258, 3, bits),
        (259, 3, 1),
        (262, 3, photometric),
        (273, 4, 8 + 2 + 9 * 12 + 4),
        (277, 3, 1),
        (278, 3, 1),
        (279, 4, len(row)),
    ]
    directory = struct.pack("<H", len(tags))
    for tag, kind, value in tags:
        directory += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(4) + row


def test_12_bit_tiff_uses_its_own_range() -> None:
    values = [0, 16 * 100, 16 * 200, 4095]
    assert pixels_of(grey_tiff(12, values))[0, :, 0].tolist() == [0, 100, 199, 255]


def test_tiff_of_16_bits_keeps_its_range() -> None:
    data = encode(Image.fromarray(np.array([[0, 4095, 65535]], np.uint16)), "TIFF")
    assert pixels_of(data)[0, :, 0].tolist() == [0, 16, 255]
