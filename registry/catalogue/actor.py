"""Who decides."""

from __future__ import annotations

import getpass
import os
import socket


def actor() -> str:
    """``user@host`` of this process; the user's number where the system knows no name for it."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without an entry
        user = str(os.getuid())
    shown = f"{user}@{socket.gethostname()}"
    return shown.encode("utf-8", "backslashreplace").decode()
