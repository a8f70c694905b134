"""What the system says of itself, read without torch: kernel, distribution, clock policy."""

from __future__ import annotations

import platform
from pathlib import Path

_GOVERNOR = Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")


def operating_system() -> str:
    """``"Linux 6.1.0 x86_64, Debian GNU/Linux 12"``: kernel and distribution."""
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return kernel
    return f"{kernel}, {release.get('NAME', '')} {release.get('VERSION_ID', '')}".strip()


def governor(path: Path = _GOVERNOR) -> str | None:
    """The policy that sets the CPU's clock; None where the system (most virtual machines) has none."""
    try:
        return path.read_text().strip()
    except OSError:
        return None
