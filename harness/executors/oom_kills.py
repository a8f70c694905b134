"""How often the kernel's OOM killer has struck, so that its SIGKILL can be told from anybody else's."""

from __future__ import annotations

import re
from pathlib import Path

_VMSTAT = Path("/proc/vmstat")  # counts the kills of control groups' limits, too


def count(vmstat: Path = _VMSTAT) -> int | None:
    """Processes killed since boot; None where the kernel doesn't say."""
    try:
        found = re.search(r"^oom_kill (\d+)$", vmstat.read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None
