"""What the operating system's errors about a file mean, as reasons; Windows' own among them."""

import errno
import os

from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_BY_ERRNO = {
    errno.EACCES: Why.SYSTEM_PERMISSION,
    errno.EPERM: Why.SYSTEM_NOT_PERMITTED,
    errno.ENOENT: Why.SYSTEM_NO_FILE,
    errno.EISDIR: Why.SYSTEM_IS_FOLDER,
    errno.ENOTDIR: Why.SYSTEM_NOT_FOLDER,
    errno.EEXIST: Why.SYSTEM_EXISTS,
    errno.ENAMETOOLONG: Why.SYSTEM_NAME_TOO_LONG,
    errno.EROFS: Why.SYSTEM_READ_ONLY,
    errno.ENOSPC: Why.SYSTEM_DISK_FULL,
    errno.EDQUOT: Why.SYSTEM_QUOTA,
    errno.EIO: Why.SYSTEM_INPUT_OUTPUT,
    errno.EMFILE: Why.SYSTEM_TOO_MANY_FILES,
    errno.ENFILE: Why.SYSTEM_TOO_MANY_FILES,
    errno.ETIMEDOUT: Why.SYSTEM_TIMED_OUT,
    errno.ESTALE: Why.SYSTEM_STALE,
}
_INVALID_NAME = 123
# Windows' own, of which Python's numbers tell less, something else, or nothing.
_BY_WINDOWS = {
    6: Why.SYSTEM_IMPOSSIBLE_NAME,  # a device, such as CON
    19: Why.SYSTEM_READ_ONLY,
    23: Why.SYSTEM_INPUT_OUTPUT,
    32: Why.SYSTEM_IN_USE,
    33: Why.SYSTEM_IN_USE,
    39: Why.SYSTEM_DISK_FULL,
    53: Why.SYSTEM_STALE,  # a path on a computer that does not answer
    59: Why.SYSTEM_STALE,
    64: Why.SYSTEM_STALE,
    66: Why.SYSTEM_IMPOSSIBLE_NAME,  # a device
    67: Why.SYSTEM_STALE,
    _INVALID_NAME: Why.SYSTEM_IMPOSSIBLE_NAME,
    206: Why.SYSTEM_NAME_TOO_LONG,
    1117: Why.SYSTEM_INPUT_OUTPUT,
    1224: Why.SYSTEM_IN_USE,  # mapped into memory
    1295: Why.SYSTEM_QUOTA,
}
_TAKEN_FOR_PERMISSION = range(19, 37)  # the state of drives, all of which Python calls EACCES


def system_reason(error: OSError | ValueError) -> Reason:
    """Return why the operating system refused a file; a `ValueError` is that of a name no file can have."""
    if not isinstance(error, OSError):
        return Why.SYSTEM_IMPOSSIBLE_NAME()
    windows: int | None = getattr(error, "winerror", None)
    if windows == _INVALID_NAME and any(each in str(error.filename) for each in "*?"):
        return Why.SYSTEM_NO_FILE()  # a pattern that nothing matches
    if windows in _BY_WINDOWS:
        return _BY_WINDOWS[windows]()
    if error.errno in _BY_ERRNO and windows not in _TAKEN_FOR_PERMISSION:
        return _BY_ERRNO[error.errno]()
    if windows is not None:
        return Why.SYSTEM_SAYS(text=error.strerror or str(error))
    if error.errno is not None:
        return Why.SYSTEM_SAYS(text=os.strerror(error.errno))
    return Why.SYSTEM_SAYS(text=str(error)) if str(error) else Why.SYSTEM_UNKNOWN()
