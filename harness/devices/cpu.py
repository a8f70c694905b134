"""The CPU that this process may use."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from ..meters import host_memory
from .found import FoundDevice


def find() -> tuple[FoundDevice, ...]:
    """The CPU, always one."""
    cores = physical_cores()
    return (
        FoundDevice("cpu", "cpu", hardware_class(model_name(), cores), memory_bytes(), None, None, cores),
    )


def synchronise(device: str) -> None:
    """Returns at once: CPU work is done when its call returns."""


def empty_cache(device: str) -> None:
    """Returns at once: there is no cache between the allocator and the system."""


def free_memory_bytes(device: str) -> int | None:
    """What the machine and our control group can still give; None where neither is known."""
    return host_memory.available_bytes()


def hardware_class(model: str, cores: int) -> str:
    """``"12th Gen Intel Core i7-12700H, 14 cores"``: the name without marks and filler, physical cores."""
    bare = re.sub(r"\((?:R|TM|C)\)|\bCPU\b", " ", model, flags=re.IGNORECASE)
    return f"{' '.join(bare.split())}, {cores} core{'s' if cores != 1 else ''}"


def model_name() -> str:
    """The processor's marketing name; its architecture where it doesn't tell one (many ARM boards)."""
    found = re.search(r"^model name\s*:\s*(.+)$", _text(Path("/proc/cpuinfo")), re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def physical_cores() -> int:
    """The physical cores behind the CPUs that this process may run on, at least 1."""
    usable = os.sched_getaffinity(0)
    cores = {_core(cpu) for cpu in usable}
    return len(cores)


def memory_bytes() -> int:
    """The machine's memory, or the control group's limit where that is smaller."""
    installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _text(Path("/sys/fs/cgroup/memory.max")).strip()
    return min(installed, int(limit)) if limit.isdigit() else installed


def _core(cpu: int) -> tuple[str, str]:
    """Package and core of a logical CPU; itself where the kernel doesn't tell."""
    topology = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology")
    package, core = _text(topology / "physical_package_id"), _text(topology / "core_id")
    return (package, core) if core else ("", str(cpu))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
