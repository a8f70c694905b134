"""fitment.harness.meters.host_memory: the least of what the machine and each control group leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.meters.host_memory import available_bytes

MACHINE = "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n"


def left(folder: Path, membership: str, files: dict[str, str], meminfo: str = MACHINE) -> int | None:
    """What is available on a system with these files under /sys/fs/cgroup."""
    (folder / "proc/self").mkdir(parents=True)
    (folder / "proc/self/cgroup").write_text(membership)
    (folder / "proc/meminfo").write_text(meminfo)
    (folder / "cgroup").mkdir()
    for name, content in files.items():
        path = folder / "cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return available_bytes(folder / "proc", folder / "cgroup")


V2 = {"job/memory.max": "5000000\n", "job/memory.current": "4000000\n"}
CACHE = {"job/memory.stat": "anon 7\ninactive_file 600000\n"}
PARENT = {"memory.max": "100\n", "memory.current": "200\n"}
V1 = {"memory/x/memory.limit_in_bytes": "3000000\n", "memory/x/memory.usage_in_bytes": "1000000\n"}


@pytest.mark.parametrize(
    ("membership", "files", "expected"),
    [
        ("", {}, 8000 * 1024),
        ("0::/job\n", V2, 1_000_000),
        ("0::/job\n", V2 | CACHE, 1_600_000),
        ("0::/job\n", V2 | {"job/memory.max": "max\n"}, 8000 * 1024),
        ("0::/job\n", V2 | PARENT, 0),
        ("4:memory:/x\n", V1, 2_000_000),
        ("4:memory:/x\n", V1 | {"memory/x/memory.stat": "total_inactive_file 5\n"}, 2_000_005),
        ("4:memory:/x\n", V1 | {"memory/x/memory.limit_in_bytes": "9223372036854771712\n"}, 8000 * 1024),
    ],
)
def test_least_limit_holds(tmp_path: Path, membership: str, files: dict[str, str], expected: int) -> None:
    """Limit less usage, of our group or a parent; cached files don't count as used, "max" is no limit."""
    assert left(tmp_path, membership, files) == expected


def test_a_system_that_says_nothing(tmp_path: Path) -> None:
    """No MemAvailable and no group is None, not 0."""
    assert left(tmp_path, "", {}, "MemTotal: 9000 kB\n") is None


def test_this_machine_has_some_memory() -> None:
    """The real files give a figure."""
    found = available_bytes()
    assert found is not None
    assert found > 0
