"""On Windows the C++ library that comes with Qt is too old for onnxruntime; whichever is first is used by both.

PyInstaller's own hooks, which run after this one, import Qt before the program's first line.
"""

import sys

if sys.platform == "win32":
    from vgg_desktop.inference.runtime import load_onnxruntime

    load_onnxruntime()
