"""What an administrator does: settings for all users of the computer."""

import json
import os
from pathlib import Path


def write_machine_settings(**values: object) -> Path:
    """Write the machine-wide settings of a test, as far as the computer has none itself, and return the file."""
    file = Path(os.environ["VGG_DESKTOP_MACHINE"], "settings.json")
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(values), "utf-8")
    return file
