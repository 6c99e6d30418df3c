"""What the garbage collector leaves alone: the only place that freezes.

Looking through hundreds of thousands of objects stops every thread for up to a fifth of a second, a dozen times while
that many rows are added. So what lives as long as the program or the list is frozen, each time after a collection: what
is garbage by then would be kept too. While rows are added only the young are collected, since a whole collection takes
0.1 s; what of the old is garbage goes with `release`.
"""

import gc


def begin() -> None:
    """Keep what has been imported and built, and collect from now on what is made."""
    gc.collect()
    gc.freeze()
    gc.enable()


def keep_what_is_there() -> None:
    """Collect the young once more, then leave everything alone that is there now, until `release`."""
    gc.collect(1)
    gc.freeze()


def release() -> None:
    """Collect everything again, because much of what was kept is gone."""
    gc.unfreeze()
