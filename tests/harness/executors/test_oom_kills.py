"""fitment.harness.executors.oom_kills: the kernel's own count."""

from __future__ import annotations

from pathlib import Path

from fitment.harness.executors import oom_kills


def test_count_is_the_kernels(tmp_path: Path) -> None:
    """The line of /proc/vmstat is read, and none of its neighbours."""
    vmstat = tmp_path / "vmstat"
    vmstat.write_text("nr_free_pages 12\noom_kill 7\noom_kill_other 9\n")
    assert oom_kills.count(vmstat) == 7


def test_a_system_that_does_not_say(tmp_path: Path) -> None:
    """No such line, or no such file, is None: not zero kills."""
    (tmp_path / "vmstat").write_text("nr_free_pages 12\n")
    assert oom_kills.count(tmp_path / "vmstat") is None
    assert oom_kills.count(tmp_path / "absent") is None
