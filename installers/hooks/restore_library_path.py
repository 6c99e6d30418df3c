"""Return children the user's own `LD_LIBRARY_PATH` back: browsers and file managers break with our libraries.

The loader read ours when this process began and needs the variable no more. `os.environ` is also Qt's.
"""

import os

own = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if own is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = own
