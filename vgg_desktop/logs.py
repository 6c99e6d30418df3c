"""Logging: one rotating file in the user's log folder, and what goes on its first lines."""

import logging
import logging.handlers
import platform

from vgg_desktop import __version__, paths

logger = logging.getLogger(__name__)


def set_up() -> None:
    """Send the log to `vgg-desktop.log`; a folder that cannot be written costs the log and nothing else."""
    root = logging.getLogger("vgg_desktop")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    try:
        folder = paths.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "vgg-desktop.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    logger.info("VGG Desktop %s, Python %s, %s", __version__, platform.python_version(), platform.platform())
