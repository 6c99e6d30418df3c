"""The program's icon in the forms that systems want, drawn from `resources/icons/app.svg`."""

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from vgg_desktop import paths

LINUX_SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIDES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MAC_SIDE = 1024
INSTALLER_SIZE, INSTALLER_COLOUR = (328, 628), "#dfe8f8"


def draw(side: int, target: Path) -> Path:
    """Draw the icon as a square PNG of a size in pixels."""
    target.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(paths.resource("icons/app.svg"))).render(painter)
    painter.end()
    if not image.save(str(target)):
        raise OSError(f"{target} could not be written")
    return target


def for_this_system(folder: Path) -> str | None:
    """Return the icon that a program's file carries on this system, made in a folder; on Linux it carries none."""
    if sys.platform == "win32":
        return str(windows_icon(folder))
    return str(mac_icon(folder)) if sys.platform == "darwin" else None


def windows_icon(folder: Path) -> Path:
    """Make an `.ico` with each of its sizes drawn for itself."""
    drawn = []
    for side in WINDOWS_SIDES:
        with Image.open(draw(side, folder / f"icon-{side}.png")) as image:
            drawn.append(image.copy())
    target = folder / "vgg-desktop.ico"
    drawn[-1].save(target, sizes=[each.size for each in drawn], append_images=drawn[:-1])
    return target


def installer_picture(folder: Path) -> Path:
    """Make the picture beside the last page of the Windows installer, twice as large as it is shown at 96 dpi."""
    picture = Image.new("RGB", INSTALLER_SIZE, INSTALLER_COLOUR)
    with Image.open(draw(INSTALLER_SIZE[0] // 2, folder / "icon-installer.png")) as icon:
        picture.paste(icon, (INSTALLER_SIZE[0] // 4, INSTALLER_SIZE[0] // 2), icon)
    target = folder / "installer.bmp"
    picture.save(target)
    return target


def mac_icon(folder: Path) -> Path:
    """Make an `.icns`."""
    target = folder / "vgg-desktop.icns"
    with Image.open(draw(MAC_SIDE, folder / f"icon-{MAC_SIDE}.png")) as image:
        image.save(target)
    return target
