"""What the window waits for at its start."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("numpy", "PIL", "onnxruntime")

# Exits with what is loaded at the first paint, in a process of its own: this one has everything loaded.
CODE = """
import os, sys
from vgg_desktop import cli
import vgg_desktop.ui.main_window as main_window

def paintEvent(window, event):
    print(*(name for name in sys.argv[1:] if name in sys.modules), "painted", flush=True)
    os._exit(0)

main_window.MainWindow.paintEvent = paintEvent
cli.main(["gui"])
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(app_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *HEAVY], capture_output=True, text=True, check=True, timeout=100
    )
    *loaded, last = done.stdout.split()
    assert last == "painted"
    # On Windows onnxruntime, which brings numpy, must come before Qt.
    assert set(loaded) <= ({"numpy", "onnxruntime"} if sys.platform == "win32" else set())
