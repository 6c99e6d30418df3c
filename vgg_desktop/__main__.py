"""`python -m vgg_desktop`: the same as the `vgg-desktop` command."""

import sys

from vgg_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
