"""Draw pictures that the starter network recognises; Fast is calibrated on them too.

The photographs beside them are the examples of the empty window; `resources/licences/NOTICE.txt` has their source.

python scripts/draw_examples.py resources/examples
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (480, 360)
FINE = 3  # drawn this much larger and shrunk, which smooths the edges

Point = tuple[float, float]


class Canvas:
    """Draws shapes in the coordinates of the finished picture."""

    def __init__(self, top: str, bottom: str, *, down_to: float = 1.0) -> None:
        width, height = (side * FINE for side in SIZE)
        self.image = Image.new("RGB", (width, height))
        self._draw = ImageDraw.Draw(self.image)
        self.shade(0, SIZE[1] * down_to, top, bottom)

    def shade(self, start: float, end: float, top: str, bottom: str) -> None:
        """Fill a band from one colour to another."""
        first, last = (
            Image.new("RGB", (1, 1), top).getpixel((0, 0)),
            Image.new("RGB", (1, 1), bottom).getpixel((0, 0)),
        )
        assert isinstance(first, tuple)
        assert isinstance(last, tuple)
        rows = range(round(start * FINE), round(end * FINE))
        for row in rows:
            part = (row - rows.start) / max(1, len(rows) - 1)
            colour = tuple(round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
            self._draw.line([(0, row), (self.image.width, row)], fill=colour)

    def polygon(self, colour: str, *points: Point) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def box(
        self, colour: str, left: float, top: float, right: float, bottom: float, radius: float = 0
    ) -> None:
        """Fill a rectangle with round corners."""
        self._draw.rounded_rectangle(
            [each * FINE for each in (left, top, right, bottom)], radius * FINE, fill=colour
        )

    def disc(self, colour: str, x: float, y: float, radius: float, squash: float = 1.0) -> None:
        """Fill a disc, or an ellipse that is `squash` times as high as it is wide."""
        self._draw.ellipse(
            [each * FINE for each in (x - radius, y - radius * squash, x + radius, y + radius * squash)],
            fill=colour,
        )

    def save(self, path: Path) -> None:
        """Write the picture as JPEG."""
        smooth = self.image.resize(SIZE, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.4))
        smooth.save(path, quality=88, optimize=True)


def ship() -> Canvas:
    """A ship with a red funnel at sea."""
    draw = Canvas("#8fb8e8", "#d9e8f5", down_to=0.66)
    draw.shade(236, 360, "#3b6d92", "#1d3f5c")
    draw.box("#e8e6df", 190, 150, 350, 200, 3)
    draw.box("#f4f3ee", 215, 118, 320, 152, 3)
    draw.box("#b8372b", 240, 70, 275, 120, 2)
    draw.box("#1d1d22", 240, 70, 275, 84, 2)
    for window in range(7):
        draw.disc("#34495e", 205 + 21 * window, 173, 5)
    draw.polygon("#26242c", (110, 196), (400, 196), (362, 252), (140, 252))
    draw.polygon("#a8322a", (134, 240), (370, 240), (362, 254), (140, 254))
    draw.box("#f4f3ee", 140, 204, 380, 209)
    for wave in range(9):
        draw.disc("#dfeaf2", 90 + 40 * wave, 256 + wave % 2 * 3, 26, 0.1)
    return draw


def airplane() -> Canvas:
    """An airliner under a blue sky."""
    draw = Canvas("#4a86d0", "#cfe2f4")
    for x, y, radius in ((80, 300, 60), (140, 312, 48), (400, 290, 54), (350, 306, 60)):
        draw.disc("#f3f7fb", x, y, radius, 0.35)
    draw.polygon("#c3c9d2", (215, 165), (275, 170), (330, 75), (300, 72))
    draw.disc("#eef1f5", 240, 180, 165, 0.14)
    draw.polygon("#eef1f5", (92, 182), (70, 110), (105, 112), (150, 172))
    draw.polygon("#2a5caa", (76, 118), (70, 108), (105, 110), (116, 124))
    draw.polygon("#d7dce3", (96, 190), (60, 214), (85, 216), (140, 194))
    draw.polygon("#aeb6c2", (210, 186), (280, 190), (240, 290), (205, 290))
    draw.disc("#7f8896", 245, 238, 24, 0.4)
    draw.polygon("#37445a", (386, 172), (376, 160), (352, 158), (358, 171))
    for window in range(13):
        draw.disc("#55637a", 170 + 13 * window, 172, 3.4)
    return draw


def truck() -> Canvas:
    """A lorry on a road."""
    draw = Canvas("#b9d2ea", "#eaf1f6", down_to=0.6)
    draw.shade(200, 262, "#7b9a5c", "#5f7f45")
    draw.shade(262, 360, "#6d6f73", "#4f5054")
    draw.box("#e9ebee", 40, 92, 310, 262, 4)
    draw.box("#cfd3d8", 40, 236, 310, 262)
    draw.box("#c2322c", 40, 150, 310, 190)
    draw.polygon("#c2322c", (316, 262), (316, 132), (388, 132), (424, 198), (438, 206), (438, 262))
    draw.polygon("#a9c7de", (340, 148), (382, 148), (408, 196), (340, 196))
    draw.box("#24252a", 40, 262, 442, 276, 3)
    draw.disc("#f5d66b", 430, 236, 8)
    for x in (90, 150, 372):
        draw.disc("#1b1b1f", x, 282, 32)
        draw.disc("#9a9da3", x, 282, 15)
    return draw


def main() -> None:
    """Draw them all into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in (("ship", ship), ("airplane", airplane), ("truck", truck)):
        draw().save(folder / f"{name}.jpg")


if __name__ == "__main__":
    main()
