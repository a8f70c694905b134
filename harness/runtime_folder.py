"""The current user's folder for what lives no longer than the machine runs: locks and links."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def runtime_folder() -> Path:
    """$XDG_RUNTIME_DIR/fitment, else a folder in the temporary one that carries our user id."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK):
        return Path(runtime) / "fitment"
    return Path(tempfile.gettempdir()) / f"fitment-{os.getuid()}"
